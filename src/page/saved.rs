//! What the browser keeps of a document: the reading it began with, the edits, a line for the list.

use serde::{Deserialize, Serialize};

use galley_engine::document::{Document, Status};
use galley_engine::edits::EditLog;
use galley_formats::{galley_json, read_edit_parts};

pub use galley_formats::{write_edits, write_edits_after};

/// A line of the list of documents: all that the list shows, so that it is drawn without any document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// When it was last saved, in milliseconds since 1970 (the storage layer fills it in).
    pub updated: u64,
    /// Counts every save, to notice another tab's. In a save: the one that it builds on.
    pub revision: u32,
    /// Words of the text.
    pub words: u32,
    /// Edits in force.
    pub edits: u32,
    /// How much of it a person has checked; `None`: kept by a version that did not count.
    #[serde(default)]
    pub checked: Option<Checked>,
    /// The collection that a person put it into; empty: none.
    #[serde(default)]
    pub collection: String,
    /// In a save: the last revision that this tab has seen in storage.
    #[serde(skip)]
    pub seen: u32,
    /// The tab that saved it last (the storage layer fills it in).
    #[serde(default)]
    pub writer: String,
}

/// How many of a document's annotations a person has checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checked {
    /// Accepted, corrected, added or rejected.
    pub done: u32,
    /// All of them.
    pub all: u32,
}

impl Checked {
    /// Counts a document's annotations.
    pub fn of(document: &Document) -> Checked {
        let done = document.annotations.iter().filter(|a| a.status != Status::Machine).count();
        let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Checked { done: number(done), all: number(document.annotations.len()) }
    }

    /// True when nothing is left to check.
    pub fn is_complete(self) -> bool {
        self.done >= self.all
    }
}

/// Edits as a save writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditsToKeep {
    /// All of them ([`write_edits`]); what was appended before goes.
    Whole(String),
    /// Those after the last save ([`write_edits_after`]), appended.
    Part(String),
}

/// Everything that is kept of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stored {
    /// Its line in the list.
    pub entry: Entry,
    /// The document before every edit, as Galley JSON.
    pub base: String,
    /// The edits ([`galley_formats::write_edits`]).
    pub edits: String,
    /// What was appended to the edits since, in order ([`galley_formats::write_edits_after`]).
    #[serde(default)]
    pub parts: Vec<String>,
}

/// Opens what was kept. Says how many edits no longer applied.
///
/// # Errors
/// In plain words, when the reading itself is damaged; damaged edits are left out and counted.
pub fn open(stored: &Stored) -> Result<(EditLog, usize), String> {
    let base = galley_json::read(&stored.base).map_err(|e| e.to_string())?;
    let mut parts = vec![stored.edits.as_str()];
    parts.extend(stored.parts.iter().map(String::as_str));
    Ok(read_edit_parts(base, &parts))
}

/// True when `kept` has all of `other`: the same reading, and its edits or these and more.
pub fn holds(kept: &Stored, other: &Stored) -> bool {
    if kept.base == other.base && kept.edits == other.edits && kept.parts == other.parts {
        return true;
    }
    let (Ok((kept, 0)), Ok((other, 0))) = (open(kept), open(other)) else { return false };
    let is_longer = kept.edits().len() > other.edits().len();
    kept.base() == other.base()
        && kept.edits().starts_with(other.edits())
        && (is_longer || kept.cursor() == other.cursor())
}

/// A line of the list for a document that is brought back beside another state of it.
pub fn beside(entry: &Entry, key: String) -> Entry {
    let title = match entry.title.ends_with(FROM_BACKUP) {
        true => entry.title.clone(),
        false => format!("{}{FROM_BACKUP}", entry.title),
    };
    Entry { key, title, ..entry.clone() }
}

/// What the title of a document ends in that stands beside another state of it.
const FROM_BACKUP: &str = " (from the backup)";
