//! Files that are opened together, and which of them are other programs'.

use serde_json::Value;

use super::archive;
use super::error::FormatError;
use super::galley_json::{Salvaged, looks_like};
use super::json_text::items;

/// A document that was found in a file, with what was left out of it; or why it could not be read.
pub type Import = Result<Salvaged, FormatError>;

/// Files that were opened together.
pub(super) struct ImportFiles {
    /// Names and bytes; an archive is unpacked.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What the first file that is JSON says; of JSON lines the list of them.
    pub(super) json: Option<Value>,
}

impl ImportFiles {
    pub(super) fn new(files: Vec<(String, Vec<u8>)>) -> Result<ImportFiles, FormatError> {
        let mut all = Vec::new();
        let mut json = None;
        for (name, bytes) in files {
            match archive::read(&bytes) {
                Some(files) if bytes.starts_with(b"PK") => all.extend(files),
                _ => {
                    let text = std::str::from_utf8(&bytes).unwrap_or_default();
                    let text = text.trim_start_matches('\u{feff}');
                    let is_json = text.trim_start().starts_with(['{', '[']);
                    if json.is_none() && is_json && !name.ends_with(".txt") {
                        let parsed = serde_json::from_str(text).or_else(|why| {
                            let lines = serde_json::Deserializer::from_str(text).into_iter();
                            let rows = lines.collect::<Result<Vec<Value>, _>>().ok();
                            // Objects one after another are lines; anything else is damage.
                            let rows = rows.filter(|rows| rows.len() > 1);
                            rows.map(Value::Array).ok_or(why)
                        });
                        json =
                            Some(parsed.map_err(|why| {
                                FormatError(format!("the file is damaged: {why}"))
                            })?);
                    }
                    all.push((name, bytes));
                }
            }
        }
        Ok(ImportFiles { files: all, json })
    }

    /// The documents of a file that has one a line, when every one is what `is_one` says.
    pub(super) fn rows(&self, is_one: impl Fn(&Value) -> bool) -> Option<&[Value]> {
        let rows = items(self.json.as_ref()?);
        (!rows.is_empty() && rows.iter().all(is_one)).then_some(rows)
    }

    /// The bytes of the file with this name.
    pub(super) fn named(&self, name: &str) -> Option<&[u8]> {
        let found = self.files.iter().find(|(known, _)| known == name);
        found.map(|(_, bytes)| bytes.as_slice())
    }

    /// The text of the file with this name, `.txt` after it; of any text file for no name.
    pub(super) fn text_beside(&self, stem: &str) -> Option<&str> {
        let found = self.files.iter().find(|(name, _)| {
            name.strip_suffix(".txt").is_some_and(|name| stem.is_empty() || name == stem)
        });
        std::str::from_utf8(&found?.1).ok()
    }
}

/// The name of a file without its folders and everything from the first full stop on.
pub(super) fn stem_of(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    name.split('.').next().unwrap_or_default()
}

/// Does a file begin as TEI does?
pub(super) fn is_tei(bytes: &[u8]) -> bool {
    has(head(bytes), b"<TEI")
}

/// Bytes of a file that are looked at to tell what it is.
const HEAD_BYTES: usize = 4096;

/// Ends of names of files with a token a line.
pub(super) const CONLL_ENDS: [&str; 7] =
    [".conll", ".conll03", ".conll2003", ".iob", ".iob2", ".bio", ".bioes"];

/// True for a file that is read here: an archive, brat's annotations, CoNLL, TEI, JSON that is not Galley's, lines of
/// JSON with annotations.
pub fn is_importable(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let ends_with = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    bytes.starts_with(archive::FILE_HEAD)
        && !ends_with(&[".docx", ".odt", ".xlsx", ".pptx", ".epub"])
        || ends_with(&[".ann", ".jsonld"])
        || ends_with(&CONLL_ENDS)
        || ends_with(&[".json"]) && !looks_like(bytes)
        || ends_with(&[".jsonl", ".ndjson"]) && !looks_like(bytes) && has_marks(bytes)
        || ends_with(&[".xml", ".tei"]) && is_tei(bytes)
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..bytes.len().min(HEAD_BYTES)).unwrap_or_default()
}

fn has(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// Is the first line of JSON lines a text with annotations, and no article alone?
fn has_marks(bytes: &[u8]) -> bool {
    const KEYS: [&[u8]; 6] =
        [b"\"label\"", b"\"labels\"", b"\"entities\"", b"\"spans\"", b"\"ents\"", b"\"tokens\""];
    let line = bytes.split(|&b| b == b'\n').find(|line| !line.trim_ascii().is_empty());
    line.is_some_and(|line| has(line, b"\"text\"") && KEYS.iter().any(|key| has(line, key)))
}
