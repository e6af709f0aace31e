//! What the browser keeps of a document: the reading it began with, the edits, a line for the list.

use serde::{Deserialize, Serialize};

use galley_engine::edits::EditLog;
use galley_formats::{galley_json, read_edits};

pub use galley_formats::write_edits;

/// A line of the list of documents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// When it was last saved, in milliseconds since 1970 (the storage layer fills it in).
    pub updated: u64,
    /// Counts every save, to notice another tab's.
    pub revision: u32,
    /// Words of the text.
    pub words: u32,
    /// Edits in force.
    pub edits: u32,
}

/// Everything that is kept of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// Its line in the list.
    pub entry: Entry,
    /// The document before every edit, as Galley JSON.
    pub base: String,
    /// The edits ([`galley_formats::write_edits`]).
    pub edits: String,
}

/// Opens what was kept. Says how many edits no longer applied.
///
/// # Errors
/// In plain words, when the reading itself is damaged; damaged edits are left out and counted.
pub fn open(stored: &Stored) -> Result<(EditLog, usize), String> {
    let base = galley_json::read(&stored.base).map_err(|e| e.to_string())?;
    Ok(read_edits(base, &stored.edits))
}
