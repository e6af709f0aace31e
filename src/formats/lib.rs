//! Files: one file a format, one ordered list of formats.
//!
//! Owns how a document is spelled. Must not change what it says.

mod brat;
mod conll;
mod csv;
mod doccano;
pub mod galley;
mod html;
mod import;
mod json;
mod label_studio;
mod prodigy;
mod sheet;
mod spacy;
mod tei;
mod w3c;
mod xml;
mod zip;

use std::fmt;

use galley_engine::document::Document;
pub use import::{Found, Given, is_foreign, read};
pub use sheet::{Sheet, stem};

/// Why a file was not read, or a document not written: a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError(pub String);

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FormatError {}

/// A format that documents are handed over in.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub word: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
    /// What a file's name ends in, with the full stop.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What of a document it can carry: bits of `sheet::has`.
    carries: u16,
    write: fn(&Sheet) -> Vec<u8>,
    read: Option<Read>,
}

/// Reads files that belong together; `None` when they are of another format.
type Read = fn(&Given) -> Option<Vec<Found>>;

/// Every format, in the order in which it is offered. A new one is a file and a row.
pub const FORMATS: &[Format] = &[
    galley::ROW,
    w3c::ROW,
    spacy::ROW,
    prodigy::ROW,
    label_studio::ROW,
    doccano::ROW,
    brat::ROW,
    conll::ROW,
    tei::ROW,
    csv::ROW,
    html::ROW,
];

impl Format {
    /// The format of this name.
    pub fn named(word: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.word == word)
    }

    /// What a file in it lacks of this document: "3 nested spans, 5 speakers"; empty: nothing.
    pub fn lost(&self, sheet: &Sheet) -> String {
        sheet.lost(self.carries)
    }

    /// The file's bytes.
    pub fn write(&self, sheet: &Sheet) -> Vec<u8> {
        (self.write)(sheet)
    }

    /// True when several documents can be written one after another into one file.
    pub fn is_lines(&self) -> bool {
        self.extension.ends_with("jsonl")
    }

    /// True when documents can stand one after another in a text file.
    pub fn is_text(&self) -> bool {
        matches!(self.word, "conll" | "csv" | "galley")
    }

    /// True when files in it are opened again with their annotations.
    pub fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// The name of a document's file.
    pub fn file_name(&self, sheet: &Sheet) -> String {
        sheet.stem() + self.extension
    }
}

/// A document, ready to be written in any format.
///
/// # Errors
/// When it breaks an invariant: refused with the reason, never written wrong.
pub fn sheet(document: &Document) -> Result<Sheet, FormatError> {
    Sheet::new(&galley::write_for_formats(document)?)
}
