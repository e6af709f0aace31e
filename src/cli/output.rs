//! Where documents go in other formats: standard output, a file, a folder.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use galley_formats::{ExportDocument, FORMATS, Format};

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
    Stream(Box<dyn Write>),
    Folder(PathBuf),
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
                let file = std::fs::File::create(path);
                let file =
                    file.map_err(|e| format!("{}: cannot be written: {e}", path.display()))?;
                To::Stream(Box::new(io::BufWriter::new(file)))
            }
        };
        Ok(Output { to, format, documents: 0, names: HashSet::new() })
    }

    /// True when another document would spoil what was written: it has to go into a folder.
    pub(crate) fn is_full(&self) -> bool {
        let stream = matches!(self.to, To::Stream(_));
        stream
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
        match &mut self.to {
            To::Stream(out) => {
                let bytes = written.bytes.as_slice();
                // One table has one head.
                let head = match self.format.id == "csv" && before > 0 {
                    true => bytes.iter().position(|&b| b == b'\n').map_or(0, |at| at + 1),
                    false => 0,
                };
                out.write_all(bytes.get(head..).unwrap_or_default())?;
            }
            To::Folder(folder) => {
                // Two documents of one name are two files.
                let mut path = folder.join(&written.name);
                let mut n = 2;
                while !self.names.insert(path.clone()) {
                    path = folder.join(format!("{n}-{}", written.name));
                    n += 1;
                }
                std::fs::write(path, &written.bytes)?;
            }
        }
        let (name, lost) = (self.format.name, &written.lost);
        Ok((!lost.is_empty() && before < MAX_LOSS_REPORTS)
            .then(|| format!("{}: {name} cannot carry {lost}", written.name)))
    }

    /// # Errors
    /// Of the system.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Stream(out) => out.flush(),
            To::Folder(_) => Ok(()),
        }
    }
}
