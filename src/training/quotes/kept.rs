//! What the taggers learnt, kept in a file: learning them takes most of the time.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::quotes::learn::{Pass, feature_hash};

/// Both taggers and what they say of articles that they have not learnt from.
pub(crate) struct Kept {
    /// Both passes, as the model file holds them.
    pub packed: Vec<u8>,
    /// One an article.
    pub passes: Vec<Pass>,
}

#[derive(Serialize, Deserialize)]
struct File {
    features: u64,
    packed: Vec<u8>,
    passes: Vec<(Vec<u8>, Vec<i32>, Vec<u8>)>,
}

impl Kept {
    /// `None`: there is no such file, or other features made it.
    pub(crate) fn read(path: &Path) -> Option<Kept> {
        let file: File = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        let pass = |(tags, margins, others)| Pass {
            tags,
            margins,
            others,
        };
        (file.features == feature_hash()).then(|| Kept {
            packed: file.packed,
            passes: file.passes.into_iter().map(pass).collect(),
        })
    }

    /// # Errors
    /// The path and what the system says of it.
    pub(crate) fn write(&self, path: &Path) -> Result<(), String> {
        let pass = |p: &Pass| (p.tags.clone(), p.margins.clone(), p.others.clone());
        let file = File {
            features: feature_hash(),
            packed: self.packed.clone(),
            passes: self.passes.iter().map(pass).collect(),
        };
        let bytes = serde_json::to_vec(&file).map_err(|e| e.to_string())?;
        std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
    }
}
