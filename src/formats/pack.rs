//! Several documents in one download: one file with all of them, or a zip archive with a file each.

use super::archive;
use super::csv_files::BYTE_ORDER_MARK;
use super::export::ExportDocument;
use super::format::Format;
use super::galley_json;

/// Puts documents together in one format.
#[derive(Debug)]
pub struct PackWriter {
    format: &'static Format,
    /// For an archive: its files.
    files: Option<Vec<(String, Vec<u8>)>>,
    /// For one file: what stands in it.
    bytes: Vec<u8>,
}

impl PackWriter {
    /// True when several documents can stand in one file of this format.
    pub fn can_be_one_file(format: &Format) -> bool {
        format.is_json_lines() || format.is_concatenable()
    }

    /// A download in this format; `zip`: an archive with a file each. Formats that cannot stand in one file are
    /// always put into an archive.
    pub fn new(format: &'static Format, zip: bool) -> PackWriter {
        let zip = zip || !PackWriter::can_be_one_file(format);
        PackWriter { format, files: zip.then(Vec::new), bytes: Vec::new() }
    }

    /// Adds a document; `name` is that of its file in the archive, without the end.
    pub fn add(&mut self, name: &str, export: &ExportDocument) {
        let mut bytes = match (self.format.id, &self.files) {
            // A line each.
            ("galley", None) => {
                galley_json::write(export.document(), false).unwrap_or_default().into_bytes()
            }
            _ => self.format.write(export),
        };
        match &mut self.files {
            Some(files) => {
                if self.format.is_table() {
                    bytes.splice(0..0, BYTE_ORDER_MARK);
                }
                files.push((format!("{name}{}", self.format.extension), bytes));
            }
            None => {
                match self.bytes.is_empty() {
                    true => self.bytes.extend_from_slice(&bytes),
                    false => self.bytes.extend_from_slice(self.format.without_head(&bytes)),
                }
                if !self.bytes.ends_with(b"\n") {
                    self.bytes.push(b'\n');
                }
            }
        }
    }

    /// The end of the file's name, its bytes, its media type.
    pub fn finish(self) -> (String, Vec<u8>, &'static str) {
        match self.files {
            Some(files) => (".zip".to_owned(), archive::write(&files), "application/zip"),
            None if self.format.id == "galley" => {
                (".galley.jsonl".to_owned(), self.bytes, "application/jsonl")
            }
            None => {
                let mut bytes = self.bytes;
                if self.format.is_table() {
                    bytes.splice(0..0, BYTE_ORDER_MARK);
                }
                (self.format.extension.to_owned(), bytes, self.format.media_type)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FORMATS;
    use galley_engine::{Models, Options, analyze};

    #[test]
    fn every_format_packs_two_documents_both_ways() {
        let read = |text: &str| analyze(text, &Options::default(), &Models::default()).unwrap();
        let documents = [read("It rained on 3 May 2021."), read("“No,” said Ann Ray on Monday.")];
        for format in FORMATS {
            for zip in [false, true] {
                let mut pack = PackWriter::new(format, zip);
                for (i, document) in documents.iter().enumerate() {
                    pack.add(&format!("d{i}"), &ExportDocument::new(document).unwrap());
                }
                let (name, bytes, _) = pack.finish();
                if zip || !PackWriter::can_be_one_file(format) {
                    let files = archive::read(&bytes).unwrap();
                    assert_eq!(files.len(), 2, "{}", format.id);
                    assert_eq!(files[1].0, format!("d1{}", format.extension));
                    continue;
                }
                assert!(name.contains('.') && bytes.ends_with(b"\n"), "{name}");
                if name.ends_with("jsonl") {
                    assert_eq!(bytes.iter().filter(|&&b| b == b'\n').count(), 2, "{}", format.id);
                }
                if format.is_table() {
                    let text = String::from_utf8(bytes).unwrap();
                    let head = text.split(',').next().unwrap();
                    assert_eq!(text.matches(head).count(), 1, "{text}");
                }
            }
        }
    }
}
