//! Galley JSON, version 1: the format that loses nothing.
//!
//! Owns how a document is spelled in it and what of a damaged file can be read. Offsets are code points,
//! ends exclusive. A document that breaks an invariant is refused, on the way out and on the way in.
//!
//! `document.zones` is optional: `[{"zone": "furniture", "start": 0, "end": 5}, …]`, in text order, the
//! parts of the page that are not the story's own paragraphs. Zones are `title`, `standfirst`, `section`,
//! `byline`, `date`, `caption`, `subhead`, `furniture`, `signoff`. A reader that does not know the field
//! loses nothing else; a zone of another name, or one that does not fit the text, is left out.

mod builder;
mod format;
mod pretty;
mod read;
mod salvage;
mod schema;
mod write;

pub(crate) use builder::DocumentBuilder;
pub use builder::Salvaged;
pub(crate) use format::FORMAT;
pub use read::read;
pub(crate) use read::{
    JsonReader, document_head_from_json, interval_from_json, parse_confidence, timex_from_json,
};
pub use salvage::salvage;
pub(crate) use schema::{
    AnnotationJson, DocumentJson, EntityJson, FileJson, GeneratorJson, IntervalJson, PointRange,
    TimexJson, ZoneJson,
};
pub use write::write;
pub(crate) use write::{JsonWriter, decimal, file_to_json, interval_to_json, timex_to_json};

/// True for the beginning of a Galley document, sound or not.
pub fn looks_like(bytes: &[u8]) -> bool {
    // The first keys decide; whether it is sound, its reader says.
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(400)).unwrap_or_default());
    head.contains("\"format\"") && head.contains("\"galley\"")
}

#[cfg(test)]
mod salvage_tests;
#[cfg(test)]
mod tests;
