//! The taggers, kept in a file: learning them takes much of the time.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::network::Group;
use galley_engine::quotes::training::feature_hash;

/// Taggers as the model file holds them; what is missing is learnt.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    features: u64,
    /// The linear tagger, learnt from all articles.
    pub linear: Vec<u8>,
    /// The same, each learnt from the articles outside one fold.
    pub folds: Vec<Vec<u8>>,
    /// Networks that learnt beside the linear tagger at this share.
    pub share: i32,
    pub teachers: Option<Group>,
    /// What the teachers' readings taught.
    pub network: Option<Group>,
}

impl Kept {
    pub(crate) fn new(linear: Vec<u8>, folds: Vec<Vec<u8>>, share: i32) -> Kept {
        Kept { features: feature_hash(), linear, folds, share, teachers: None, network: None }
    }

    /// `None`: there is no such file, or other features made it.
    pub(crate) fn read(path: &Path) -> Option<Kept> {
        let kept: Kept = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        (kept.features == feature_hash()).then_some(kept)
    }

    /// # Errors
    /// The path and what the system says of it.
    pub(crate) fn write(&self, path: &Path) -> Result<(), String> {
        let bytes = serde_json::to_vec(self).map_err(|e| e.to_string())?;
        std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
    }
}
