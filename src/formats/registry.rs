//! The list of formats, and reading a file of any of them.

use super::error::FormatError;
use super::format::Format;
use super::import::{Import, ImportFiles};
use super::{
    brat, conll, csv_files, doccano, galley_json, html, label_studio, label_studio_config,
    markdown, prodigy, spacy, tei, timeml, w3c, xlsx,
};

/// Every format, in the order in which it is offered. A new one is a file and a row.
pub const FORMATS: &[Format] = &[
    galley_json::FORMAT,
    w3c::FORMAT,
    spacy::FORMAT,
    prodigy::FORMAT,
    label_studio::FORMAT,
    label_studio_config::FORMAT,
    doccano::FORMAT,
    doccano::RELATIONS,
    brat::FORMAT,
    conll::FORMAT,
    tei::FORMAT,
    xlsx::FORMAT,
    csv_files::QUOTES,
    csv_files::ENTITIES,
    csv_files::DATES,
    timeml::FORMAT,
    markdown::FORMAT,
    html::FORMAT,
    html::INTERACTIVE,
];

impl Format {
    /// The format with this id.
    pub fn by_id(id: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.id == id)
    }
}

/// Reads files that belong together: the documents in them.
///
/// # Errors
/// In words: no format that is known, or nothing in it that can be opened.
pub fn import(files: Vec<(String, Vec<u8>)>) -> Result<Vec<Import>, FormatError> {
    let files = ImportFiles::new(files)?;
    let readers = FORMATS.iter().filter_map(|format| format.read);
    let mut found = readers.filter_map(|read| read(&files)).filter(|found| !found.is_empty());
    found.next().ok_or_else(|| {
        FormatError(
            "no text with annotations was found in it: W3C Web Annotation with its text, JSON of Label Studio, \
             spaCy, Prodigy and doccano, CoNLL, TEI and brat (a zip, or the .ann with its .txt) are opened"
                .to_owned(),
        )
    })
}
