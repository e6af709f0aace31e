//! What every format has: names, what it carries, how it is written and read.

use super::export::{ExportDocument, content};
use super::import::{Import, ImportFiles};

/// By which a format is known for a table.
pub(super) const CSV_MEDIA_TYPE: &str = "text/csv";

/// A format that documents are handed over in.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it is good for, in a few words.
    pub description: &'static str,
    /// What a file's name ends in, with the full stop.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What of a document it can carry: bits of `export::content`.
    pub(super) carries: u16,
    pub(super) write: fn(&ExportDocument) -> Vec<u8>,
    pub(super) read: Option<Read>,
}

/// Reads files that belong together; `None` when they are of another format.
pub(super) type Read = fn(&ImportFiles) -> Option<Vec<Import>>;

impl Format {
    /// What a file in it lacks of this document: "3 nested spans, 5 speakers"; empty: nothing.
    pub fn losses(&self, export: &ExportDocument) -> String {
        export.losses(self.carries)
    }

    /// The file's bytes.
    pub fn write(&self, export: &ExportDocument) -> Vec<u8> {
        (self.write)(export)
    }

    /// True when several documents can be written one after another into one file.
    pub fn is_json_lines(&self) -> bool {
        self.extension.ends_with("jsonl")
    }

    /// True when documents can stand one after another in a text file.
    pub fn is_concatenable(&self) -> bool {
        self.is_table() || matches!(self.id, "conll" | "galley")
    }

    /// True for CSV: the head stands once where there are several documents in a file, and a file for a person begins
    /// with [`BYTE_ORDER_MARK`](crate::BYTE_ORDER_MARK).
    pub fn is_table(&self) -> bool {
        self.media_type == CSV_MEDIA_TYPE
    }

    /// What of this table goes into a file that has its head already.
    pub fn without_head<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let head = match self.is_table() {
            true => bytes.iter().position(|&b| b == b'\n').map_or(0, |at| at + 1),
            false => 0,
        };
        bytes.get(head..).unwrap_or_default()
    }

    /// True when files in it are opened again with all that there is; of others labels, places and what else they carry
    /// come back.
    pub fn is_readable(&self) -> bool {
        self.read.is_some() && self.carries | content::EDGES == content::ALL
    }

    /// The name of a document's file.
    pub fn file_name(&self, export: &ExportDocument) -> String {
        export.file_stem() + self.extension
    }
}
