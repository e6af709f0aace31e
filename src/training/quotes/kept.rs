//! The taggers, kept in a file: learning them takes much of the time.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::quotes::learn::feature_hash;

/// Taggers as the model file holds them.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    features: u64,
    /// First and second pass, learnt from all articles.
    pub all: [Vec<u8>; 2],
    /// The same, each learnt from the articles outside one fold.
    pub folds: [Vec<Vec<u8>>; 2],
    /// The networks that learnt beside them.
    #[serde(default)]
    pub networks: Option<Networks>,
}

/// Networks as the model file holds them.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Networks {
    /// What they were learnt beside: linear passes, and what these count.
    pub passes: usize,
    pub share: i32,
    /// Learnt from all articles.
    pub all: Vec<Vec<u8>>,
    /// Learnt from the articles outside one half.
    pub folds: Vec<Vec<Vec<u8>>>,
}

impl Kept {
    pub(crate) fn new(all: [Vec<u8>; 2], folds: [Vec<Vec<u8>>; 2]) -> Kept {
        Kept {
            features: feature_hash(),
            all,
            folds,
            networks: None,
        }
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

impl Networks {
    pub(crate) fn new(passes: usize, share: i32) -> Networks {
        Networks {
            passes,
            share,
            all: Vec::new(),
            folds: vec![Vec::new(); 2],
        }
    }
}
