//! Galley's file formats: a [`Document`](galley_engine::Document) as bytes, and what of a file can be
//! read as one.
//!
//! ```
//! use galley_engine::{Models, Options, analyze};
//! use galley_formats::{ExportDocument, Format, galley_json};
//!
//! let options = Options { id: Some("rain".to_owned()), ..Options::default() };
//! let document = analyze("It rained on 3 May 2021.", &options, &Models::default())?;
//!
//! // Galley JSON loses nothing.
//! let json = galley_json::write(&document, true)?;
//! assert_eq!(galley_json::read(&json)?, document);
//!
//! // Every other format is written from an export, and says what it cannot carry.
//! let export = ExportDocument::new(&document)?;
//! let conll = Format::named("conll").expect("one of FORMATS");
//! assert_eq!(conll.file_name(&export), "rain.conll");
//! assert_eq!(conll.losses(&export), "1 date value");
//! assert!(String::from_utf8(conll.write(&export))?.contains("2021"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - [`galley_json`] is Galley's own format: [`read`](galley_json::read()) refuses what is not sound,
//!   [`salvage`](galley_json::salvage()) leaves it out and names it.
//! - [`FORMATS`] is the ordered list of all formats; [`import()`] opens those of other programs.
//! - [`write_edits`] and [`read_edits`] keep what people changed beside the document that they began with.
//!
//! A format is a file with a [`Format`] and a row in [`FORMATS`]; `tests/examples/add_format.rs` writes one.
//!
//! **Units.** Offsets in Galley JSON are code points of the text, ends exclusive; [`ExportAnnotation`] has
//! them in code points and in bytes. **Errors.** Every [`FormatError`] is a sentence for people, and no file
//! makes a reader panic.
//!
//! Owns how a document is spelled in a file. Must not change what it says.

mod archive;
mod brat;
mod conll;
mod doccano;
mod edit_log;
mod export;
pub mod galley_json;
mod html;
mod import;
mod json_text;
mod label_studio;
mod markup;
mod prodigy;
mod quotes_csv;
mod spacy;
mod tei;
mod w3c;

use std::fmt;

pub use edit_log::{read_edits, write_edits};
pub use export::{ExportAnnotation, ExportDocument, file_stem};
pub use import::{Import, import, is_foreign};

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
    /// What of a document it can carry: bits of `export::content`.
    carries: u16,
    write: fn(&ExportDocument) -> Vec<u8>,
    read: Option<Read>,
}

/// Reads files that belong together; `None` when they are of another format.
type Read = fn(&import::ImportFiles) -> Option<Vec<Import>>;

/// Every format, in the order in which it is offered. A new one is a file and a row.
pub const FORMATS: &[Format] = &[
    galley_json::FORMAT,
    w3c::FORMAT,
    spacy::FORMAT,
    prodigy::FORMAT,
    label_studio::FORMAT,
    doccano::FORMAT,
    brat::FORMAT,
    conll::FORMAT,
    tei::FORMAT,
    quotes_csv::FORMAT,
    html::FORMAT,
];

impl Format {
    /// The format of this name.
    pub fn named(word: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.word == word)
    }

    /// What a file in it lacks of this document: "3 nested spans, 5 speakers"; empty: nothing.
    pub fn losses(&self, export: &ExportDocument) -> String {
        export.losses(self.carries)
    }

    /// The file's bytes.
    pub fn write(&self, export: &ExportDocument) -> Vec<u8> {
        (self.write)(export)
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
    pub fn file_name(&self, export: &ExportDocument) -> String {
        export.file_stem() + self.extension
    }
}
