#![allow(dead_code, reason = "each test program uses a part of it")]
//! Writing, opening and comparing documents.

use galley_engine::Document;
use galley_formats::{ExportDocument, Format};
use serde_json::Value;

pub(crate) fn written(word: &str, document: &Document) -> Vec<u8> {
    let format = Format::by_id(word).unwrap();
    format.write(&ExportDocument::new(document).unwrap())
}

pub(crate) fn text(word: &str, document: &Document) -> String {
    String::from_utf8(written(word, document)).unwrap()
}

pub(crate) fn parsed(word: &str, document: &Document) -> Value {
    serde_json::from_slice(&written(word, document)).unwrap()
}

/// The document that a file of this name and these bytes holds, and what was left out of it.
pub(crate) fn opened(files: &[(&str, &[u8])]) -> (Document, Vec<String>) {
    let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
    let mut found = galley_formats::import(files.collect()).unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap()
}

/// Formats that lose nothing on the way back, with names of their files.
pub(crate) const WHOLE: [(&str, &str); 5] = [
    ("w3c", "a.jsonld"),
    ("label-studio", "a.json"),
    ("brat", "a.zip"),
    ("spacy", "a.jsonl"),
    ("prodigy", "a.jsonl"),
];

/// Where each annotation stands and its label, in formats that know nothing else.
pub(crate) fn marks(document: &Document) -> Vec<(usize, usize, String)> {
    let export = ExportDocument::new(document).unwrap();
    let marks = export.annotations().iter();
    let mut marks: Vec<_> =
        marks.map(|a| (a.start_point, a.end_point, a.label.to_owned())).collect();
    marks.sort();
    marks
}

pub(crate) fn points(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}
