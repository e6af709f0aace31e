//! A backup: all that a browser keeps, in one zip archive.
//!
//! | file | what |
//! |---|---|
//! | `galley-backup.json` | the first file: version, and the titles of the documents in their order |
//! | `documents/0001/entry.json` | the document's line in the list |
//! | `documents/0001/reading.galley.json` | the document before every edit, in Galley JSON |
//! | `documents/0001/edits.jsonl` | its edits ([`crate::write_edits`]), a part a line |
//! | `desk.galley` | names, patterns, labels |
//! | `joined.json` | people that were joined over documents |
//!
//! Each document has files of its own, so that a damaged one takes no other along. Must not know how any of it is
//! kept in the browser.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::archive::{self, ArchiveWriter};

const MANIFEST: &str = "galley-backup.json";
const WORDS: &str = "desk.galley";
const JOINED: &str = "joined.json";
const ENTRY: &str = "entry.json";
const READING: &str = "reading.galley.json";
const EDITS: &str = "edits.jsonl";
/// Bytes that a backup may unpack to.
const MAX_BACKUP_BYTES: usize = 1 << 30;

/// A document of a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupDocument {
    /// Its title.
    pub title: String,
    /// Its line in the list, as JSON; empty: it is damaged.
    pub entry: String,
    /// The document before every edit, in Galley JSON.
    pub reading: String,
    /// Its edits in the parts in which they were kept; empty: there are none.
    pub edits: Vec<String>,
}

/// What a backup holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backup {
    /// Its documents.
    pub documents: Vec<BackupDocument>,
    /// The list of names, patterns and labels; empty: there is none.
    pub words: String,
    /// The people that were joined; empty: none.
    pub joined: String,
    /// What is damaged, in plain words.
    pub damaged: Vec<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    backup: u32,
    documents: Vec<String>,
}

/// Writes a backup, document by document.
#[derive(Debug, Default)]
pub struct BackupWriter {
    archive: ArchiveWriter,
    documents: usize,
}

impl BackupWriter {
    /// A backup of documents with these titles, to be added in this order.
    pub fn new(titles: Vec<String>) -> BackupWriter {
        let mut writer = BackupWriter::default();
        let manifest = Manifest { backup: 1, documents: titles };
        writer.put(MANIFEST, &serde_json::to_string(&manifest).unwrap_or_default());
        writer
    }

    fn put(&mut self, name: &str, text: &str) {
        // It fails for names alone that are longer than any of these.
        let _ = self.archive.add(name, text.as_bytes());
    }

    /// Adds a document; `None`: it could not be read, its place stays empty.
    pub fn add(&mut self, document: Option<&BackupDocument>) {
        self.documents += 1;
        let folder = format!("documents/{:04}", self.documents);
        if let Some(document) = document {
            self.put(&format!("{folder}/{ENTRY}"), &document.entry);
            self.put(&format!("{folder}/{READING}"), &document.reading);
            self.put(&format!("{folder}/{EDITS}"), &document.edits.join("\n"));
        }
    }

    /// The backup with the list of names and the people that were joined.
    pub fn finish(mut self, words: &str, joined: &str) -> Vec<u8> {
        for (name, text) in [(WORDS, words), (JOINED, joined)] {
            if !text.is_empty() {
                self.put(name, text);
            }
        }
        self.archive.finish().unwrap_or_default()
    }
}

/// True for the bytes of a backup, also of a damaged one: it begins with its manifest.
pub fn is_backup(bytes: &[u8]) -> bool {
    bytes.starts_with(archive::FILE_HEAD)
        && bytes.get(30..30 + MANIFEST.len()).is_some_and(|name| name == MANIFEST.as_bytes())
}

/// Reads a backup. What is damaged is left out and named; `None`: it is no backup.
pub fn read_backup(bytes: &[u8]) -> Option<Backup> {
    // Without its directory, which stands at its end, every file is found by itself.
    let (files, is_cut) = match archive::read_up_to(bytes, MAX_BACKUP_BYTES) {
        Some(files) => (files, false),
        None => (archive::salvage(bytes, MAX_BACKUP_BYTES), true),
    };
    let mut backup = Backup::default();
    let mut manifest = None;
    let mut found: BTreeMap<usize, BackupDocument> = BTreeMap::new();
    let mut edited = Vec::new();
    for (name, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut path = name.split('/');
        match (path.next(), path.next(), path.next(), path.next()) {
            (Some(MANIFEST), None, ..) => manifest = serde_json::from_str::<Manifest>(&text).ok(),
            (Some(WORDS), None, ..) => backup.words = text,
            (Some(JOINED), None, ..) => backup.joined = text,
            (Some("documents"), Some(number), Some(file), None) => {
                let Ok(number) = number.parse() else { continue };
                let document = found.entry(number).or_default();
                match file {
                    ENTRY => document.entry = text,
                    READING => document.reading = text,
                    EDITS => {
                        edited.push(number);
                        document.edits = text.lines().map(str::to_owned).collect();
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if manifest.is_none() && !is_backup(bytes) {
        return None;
    }
    let titles = manifest.unwrap_or_default().documents;
    let all = titles.len().max(found.last_key_value().map_or(0, |(number, _)| *number));
    for number in 1..=all {
        let mut document = found.remove(&number).unwrap_or_default();
        document.title = match titles.get(number - 1) {
            Some(title) => title.clone(),
            None => format!("document {number}"),
        };
        if document.reading.is_empty() {
            backup.damaged.push(format!("“{}” is damaged and was left out", document.title));
            continue;
        }
        if !edited.contains(&number) {
            backup.damaged.push(format!("“{}” came without its edits", document.title));
        }
        backup.documents.push(document);
    }
    if is_cut {
        backup.damaged.push("the end of the file is missing".to_owned());
    }
    Some(backup)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(n: usize) -> BackupDocument {
        BackupDocument {
            title: format!("Flood “{n}”"),
            entry: format!("{{\"key\":\"k-{n}\"}}"),
            reading: format!("{{\"text\":\"{}\"}}", "It rained. ".repeat(50 + n)),
            edits: vec!["{\"cursor\":0}".to_owned(), "{\"keep\":0}".to_owned()],
        }
    }

    fn write(count: usize) -> Vec<u8> {
        let titles = (0..count).map(|n| document(n).title).collect();
        let mut writer = BackupWriter::new(titles);
        (0..count).for_each(|n| writer.add(Some(&document(n))));
        writer.finish("never\t*\tMay\n", "[]")
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = write(3);
        assert!(is_backup(&bytes));
        let backup = read_backup(&bytes).unwrap();
        assert_eq!(backup.documents, [document(0), document(1), document(2)]);
        assert_eq!((backup.words.as_str(), backup.joined.as_str()), ("never\t*\tMay\n", "[]"));
        assert!(backup.damaged.is_empty());
        assert_eq!(read_backup(&archive::write(&[("a.txt".to_owned(), vec![1])])), None);
        assert_eq!(read_backup(b"no"), None);
    }

    #[test]
    fn a_cut_backup_gives_what_is_whole_and_names_the_rest() {
        let bytes = write(3);
        let name = b"documents/0003/reading.galley.json";
        let at = bytes.windows(name.len()).position(|w| w == name).unwrap();
        let backup = read_backup(&bytes[..at + 40]).unwrap();
        assert_eq!(backup.documents, [document(0), document(1)]);
        assert_eq!(backup.damaged.len(), 2, "{:?}", backup.damaged);
        assert!(backup.damaged[0].contains("Flood “2”"));
    }

    #[test]
    fn a_damaged_file_takes_no_other_along() {
        let bytes = write(2);
        let name = b"documents/0001/edits.jsonl";
        let at = bytes.windows(name.len()).position(|w| w == name).unwrap();
        let mut bytes = bytes;
        bytes[at + name.len() + 6] ^= 0x55;
        let backup = read_backup(&bytes).unwrap();
        assert_eq!(backup.documents.len(), 2);
        assert!(backup.documents[0].edits.is_empty());
        assert_eq!(backup.damaged, ["“Flood “0”” came without its edits"]);
    }

    proptest::proptest! {
        #[test]
        fn any_damage_is_taken(at: usize, byte: u8, cut: usize) {
            let mut bytes = write(2);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len());
            let _ = read_backup(&bytes);
        }
    }
}
