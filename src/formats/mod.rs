//! Files: one file a format, one ordered list of formats.
//!
//! Owns how a document is spelled. Must not change what it says.

pub mod galley;

use std::fmt;

use crate::document::Document;

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
    /// Its name for people.
    pub name: &'static str,
    /// What a file's name ends in, with the full stop.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// The file's bytes.
    pub write: fn(&Document) -> Result<Vec<u8>, FormatError>,
}

/// Every format, in the order in which it is offered. A new one is a file and a row.
pub const FORMATS: &[Format] = &[Format {
    name: "Galley JSON",
    extension: ".galley.json",
    media_type: "application/json",
    write: |document| galley::write(document, true).map(String::into_bytes),
}];
