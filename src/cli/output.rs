//! Where documents go in other formats: standard output, a file, a folder.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use galley_formats::{ExportDocument, FORMATS, Format};
use serde::Deserialize;

use crate::partial_file::{self, PartialFile};

/// Documents for which it is said what a format cannot carry.
const MAX_LOSS_REPORTS: usize = 5;

/// A document in a format.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    /// The name that its file would have.
    name: String,
    /// What the format cannot carry of it.
    lost: String,
}

impl Written {
    /// Galley JSON, which lacks nothing.
    pub(crate) fn galley(json: String, id: Option<&str>) -> Written {
        let extension = FORMATS.first().map_or("", |f| f.extension);
        Written {
            bytes: json.into_bytes(),
            name: galley_formats::file_stem(id.unwrap_or_default()) + extension,
            lost: String::new(),
        }
    }
}

impl Written {
    /// Puts the other fields of the line that it was made from into a line of JSON, as its last field.
    pub(crate) fn carry(&mut self, columns: Option<&str>) {
        let end = self.bytes.iter().rposition(|&b| b == b'}');
        if let (Some(columns), Some(end)) = (columns, end) {
            let field = format!(",\"columns\":{columns}");
            self.bytes.splice(end..end, field.into_bytes());
        }
    }

    /// What is wrong with a line, in its place: `{"id":…,"error":…}`.
    pub(crate) fn error(id: Option<String>, why: &str) -> Written {
        let line = serde_json::json!({ "id": id, "error": why });
        Written {
            bytes: format!("{line}\n").into_bytes(),
            name: String::new(),
            lost: String::new(),
        }
    }
}

/// Writes a document in a format.
pub(crate) fn write_format(format: &Format, export: &ExportDocument) -> Written {
    Written {
        bytes: format.write(export),
        name: format.file_name(export),
        lost: format.losses(export),
    }
}

/// Where documents go, one after another.
pub(crate) struct Output {
    to: To,
    format: &'static Format,
    documents: usize,
    names: HashSet<PathBuf>,
}

enum To {
    /// Standard output, or a file that is no plain file (a device, a pipe).
    Stream(Box<dyn Write>),
    File(PartialFile),
    Folder(PathBuf),
    /// Nothing more: it was finished or given up.
    Closed,
}

/// The ids of documents that an output has, and how often.
#[derive(Debug, Default)]
pub(crate) struct KnownIds(HashMap<Box<str>, u32>);

impl KnownIds {
    /// Is a document of this id there? Each counts once.
    pub(crate) fn take(&mut self, id: &str) -> bool {
        match self.0.get_mut(id) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many documents.
    pub(crate) fn len(&self) -> usize {
        self.0.values().map(|&n| n as usize).sum()
    }
}

/// Of a line of the output, what it is about.
#[derive(Deserialize)]
struct OutputLine {
    document: Option<OutputDocument>,
    /// Of a line that was bad.
    id: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct OutputDocument {
    id: Option<String>,
}

impl Output {
    /// Opens it.
    ///
    /// # Errors
    /// In words for people.
    pub(crate) fn open(path: Option<&Path>, format: &'static Format) -> Result<Output, String> {
        let to = match path {
            None => To::Stream(Box::new(io::stdout().lock())),
            Some(path) if path.is_dir() || path.to_string_lossy().ends_with(['/', '\\']) => {
                std::fs::create_dir_all(path)
                    .map_err(|e| format!("{}: cannot be made: {e}", path.display()))?;
                To::Folder(path.to_owned())
            }
            Some(path) => {
                let special = std::fs::metadata(path).is_ok_and(|about| !about.is_file());
                let opened = match special {
                    true => std::fs::File::create(path)
                        .map(|file| To::Stream(Box::new(io::BufWriter::new(file)))),
                    false => PartialFile::create(path).map(To::File),
                };
                opened.map_err(|e| format!("{}: cannot be written: {e}", path.display()))?
            }
        };
        Ok(Output { to, format, documents: 0, names: HashSet::new() })
    }

    /// Opens a file of Galley JSON lines that an earlier run began, to go on with it; and says which
    /// documents it has.
    ///
    /// # Errors
    /// In words for people: the file cannot be read, or holds something else.
    pub(crate) fn resume(
        path: &Path,
        format: &'static Format,
    ) -> Result<(Output, KnownIds), String> {
        let file = PartialFile::resume(path)
            .map_err(|e| format!("{}: cannot be gone on with: {e}", path.display()))?;
        match known_ids(&file) {
            Ok(known) => {
                let documents = known.len();
                let to = To::File(file);
                Ok((Output { to, format, documents, names: HashSet::new() }, known))
            }
            Err(why) => Err(format!("{}: {why}", file.partial_path().display())),
        }
    }

    /// True when another document would spoil what was written: it has to go into a folder.
    pub(crate) fn is_full(&self) -> bool {
        !self.is_folder()
            && self.documents > 0
            && !self.format.is_json_lines()
            && !self.format.is_concatenable()
    }

    /// True when each document has a file of its own.
    pub(crate) fn is_folder(&self) -> bool {
        matches!(self.to, To::Folder(_))
    }

    /// Writes one. What is lost of it comes back in words, for the first few.
    ///
    /// # Errors
    /// Of the system.
    pub(crate) fn put(&mut self, written: &Written) -> io::Result<Option<String>> {
        let before = self.documents;
        self.documents += 1;
        let stream: &mut dyn Write = match &mut self.to {
            To::Stream(out) => out,
            To::File(out) => out,
            To::Closed => return Err(io::ErrorKind::BrokenPipe.into()),
            To::Folder(folder) => {
                // Two documents of one name are two files.
                let mut path = folder.join(&written.name);
                let mut n = 2;
                while !self.names.insert(path.clone()) {
                    path = folder.join(format!("{n}-{}", written.name));
                    n += 1;
                }
                partial_file::write_whole(&path, &written.bytes)?;
                return Ok(self.loss_report(written, before));
            }
        };
        let bytes = match before {
            0 => written.bytes.as_slice(),
            _ => self.format.without_head(&written.bytes),
        };
        stream.write_all(bytes)?;
        Ok(self.loss_report(written, before))
    }

    /// What is lost of a document, for the first few.
    fn loss_report(&self, written: &Written, before: usize) -> Option<String> {
        let (name, lost) = (self.format.name, &written.lost);
        (!lost.is_empty() && before < MAX_LOSS_REPORTS)
            .then(|| format!("{}: {name} cannot carry {lost}", written.name))
    }

    /// Everything was written: a file gets its name.
    ///
    /// # Errors
    /// Of the system.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.to, To::Closed) {
            To::Stream(mut out) => out.flush(),
            To::File(file) => file.complete(),
            To::Folder(_) | To::Closed => Ok(()),
        }
    }

    /// The run ends early. What was there before stays as it was; of JSON lines the whole ones are kept
    /// beside it. Says where they are.
    pub(crate) fn give_up(&mut self) -> Option<String> {
        match std::mem::replace(&mut self.to, To::Closed) {
            To::Stream(mut out) => {
                let _ = out.flush();
                None
            }
            To::File(file) if self.format.is_json_lines() => {
                let partial = file.partial_path().display().to_string();
                file.keep_whole_lines().then_some(partial)
            }
            To::File(file) => {
                file.discard();
                None
            }
            To::Folder(_) | To::Closed => None,
        }
    }
}

/// The ids of the documents that a file of Galley JSON lines holds.
fn known_ids(file: &PartialFile) -> Result<KnownIds, String> {
    let mut known = KnownIds::default();
    let lines = file.lines().map_err(|e| format!("could not be read: {e}"))?;
    for (i, line) in lines.enumerate() {
        let line = line.map_err(|e| format!("could not be read: {e}"))?;
        let read = serde_json::from_slice::<OutputLine>(&line).ok().and_then(|line| {
            let bad = line.error.map(|_| OutputDocument { id: line.id });
            line.document.or(bad)
        });
        let Some(document) = read else {
            return Err(format!("line {} is no document in Galley JSON", i + 1));
        };
        if let Some(id) = document.id {
            *known.0.entry(id.into()).or_default() += 1;
        }
    }
    Ok(known)
}
