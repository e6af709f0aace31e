//! Files that are opened together, and which of them are other programs'.

use serde_json::Value;

use super::archive;
use super::error::FormatError;
use super::galley_json::{Salvaged, looks_like};

/// A document that was found in a file, with what was left out of it; or why it could not be read.
pub type Import = Result<Salvaged, FormatError>;

/// Files that were opened together.
pub(super) struct ImportFiles {
    /// Names and bytes; an archive is unpacked.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What the first file that is JSON says.
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
                        let parsed = serde_json::from_str(text);
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

/// True for a file that is read here: an archive, brat's annotations, JSON that is not Galley's.
pub fn is_importable(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let ends_with = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    bytes.starts_with(b"PK\x03\x04") && !ends_with(&[".docx", ".odt", ".xlsx", ".pptx", ".epub"])
        || ends_with(&[".ann", ".jsonld"])
        || ends_with(&[".json"]) && !looks_like(bytes)
}
