//! Galley JSON, version 1: the format that loses nothing.
//!
//! Offsets are code points, ends exclusive. A document that breaks an invariant is refused, on the
//! way out and on the way in.

#[doc(hidden)]
pub mod dto;
#[doc(hidden)]
pub mod object;
mod pretty;
#[doc(hidden)]
pub mod read;
mod salvage;
#[doc(hidden)]
pub mod write;

use super::json::Writer;
use super::sheet::{Sheet, has};

pub use super::FormatError;
pub use read::read;
pub use salvage::salvage;
pub use write::{write, write_for_formats};

pub(super) const ROW: super::Format = super::Format {
    word: "galley",
    name: "Galley JSON",
    about: "all that there is; opens here again",
    extension: ".galley.json",
    media_type: "application/json",
    carries: has::ALL,
    write: again,
    read: None,
};

/// What the sheet was made from, as people read it.
fn again(sheet: &Sheet) -> Vec<u8> {
    let mut tree = sheet.tree.clone();
    let mut annotations = tree.get("annotations").items().to_vec();
    annotations.iter_mut().for_each(|a| a.drop(write::SAID));
    tree.set("annotations", super::json::Value::List(annotations));
    let mut out = Writer::default();
    out.value("", &tree);
    pretty::pretty(&out.0).into_bytes()
}

/// True for the beginning of a Galley document, sound or not.
pub fn looks_like(bytes: &[u8]) -> bool {
    // The first keys decide; whether it is sound, its reader says.
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(400)).unwrap_or_default());
    head.contains("\"format\"") && head.contains("\"galley\"")
}

/// The name of the format, in its files.
const FORMAT: &str = "galley";
/// The version that is written, and the only one that is read.
const VERSION: u32 = 1;
/// The unit of every offset.
const UNIT: &str = "unicode-code-point";

#[cfg(test)]
mod salvage_tests;
#[cfg(test)]
mod tests;
