//! Texts to read: whole files, and JSON lines.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use galley_engine::calendar::Stamp;
use galley_engine::text::MAX_BYTES;
use galley_engine::user_words::{self, WordListFile};
use galley_intake::{IntakeError, MAX_FILE_BYTES, Reading};
use serde::Deserialize;
use serde_json::Value;

use crate::outcome::complain;

/// A text and what its sender knows about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    pub(crate) published: Option<Stamp>,
}

/// Longest line that is kept, in bytes: the longest text with every character escaped.
const MAX_LINE_BYTES: usize = 6 * MAX_BYTES + (1 << 20);

/// The name of a file in messages.
pub(crate) fn display_name(path: &Path) -> Cow<'_, str> {
    if path.as_os_str() == "-" { Cow::Borrowed("standard input") } else { path.to_string_lossy() }
}

/// A file, or standard input for `-`.
///
/// # Errors
/// In words that follow the file's name.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read + Send>, String> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).map_err(|e| describe_error(&e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err("is a directory, not a file".to_owned());
    }
    Ok(Box::new(file))
}

/// Why a file could not be read, without the system's number.
pub(crate) fn describe_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read (permission denied)".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory, not a file".to_owned(),
        _ => format!("could not be read: {error}"),
    }
}

/// The whole text of a file; its name without the extension is the id.
///
/// # Errors
/// In words that follow the file's name.
pub(crate) fn read_text_file(path: &Path) -> Result<Record, String> {
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that a longer file is refused and not cut.
    let limit = MAX_BYTES as u64 + 4;
    open(path)?.take(limit).read_to_end(&mut bytes).map_err(|e| describe_error(&e))?;
    if bytes.len() as u64 == limit {
        return Err(format!(
            "is longer than the {} MB that are read at once: split it and try again",
            MAX_BYTES / 1_000_000
        ));
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        if e.as_bytes().starts_with(b"\xff\xfe") || e.as_bytes().starts_with(b"\xfe\xff") {
            "is UTF-16, not UTF-8: save it as UTF-8".to_owned()
        } else {
            format!("is not UTF-8 text (byte {at}): save it as UTF-8")
        }
    })?;
    let id = (path.as_os_str() != "-")
        .then(|| path.file_stem())
        .flatten()
        .map(|stem| stem.to_string_lossy().into_owned());
    Ok(Record { id, text, published: None })
}

/// The articles of a file, in whatever format it is.
///
/// # Errors
/// In words that follow the file's name.
pub(crate) fn read_articles(path: &Path) -> Result<Reading, String> {
    let limit = MAX_FILE_BYTES as u64;
    let size = std::fs::metadata(path).map_or(0, |m| if m.is_file() { m.len() } else { 0 });
    if size > limit {
        return Err(IntakeError::TooLarge { bytes: size }.to_string());
    }
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that a longer stream is refused and not cut.
    open(path)?.take(limit + 1).read_to_end(&mut bytes).map_err(|e| describe_error(&e))?;
    let is_stream = path.as_os_str() == "-";
    let name = if is_stream { Cow::Borrowed("") } else { path.to_string_lossy() };
    let mut reading = galley_intake::read_all(&name, &bytes).map_err(|why| why.to_string())?;
    // A file's name is its article's, a folder's is not.
    for article in &mut reading.articles {
        let inner = article.name.strip_prefix(&*name).unwrap_or_default().trim_start_matches('/');
        article.name = inner.to_owned();
    }
    Ok(reading)
}

/// Files, and for folders all files in them, by path; hidden ones are passed over.
pub(crate) fn expand_folders(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            list_folder(&path, &mut files, 0);
        } else {
            files.push(path);
        }
    }
    files
}

/// `depth`: folders around this one; a link may lead back to one of them.
fn list_folder(folder: &Path, files: &mut Vec<PathBuf>, depth: usize) {
    const MAX_FOLDERS_DEEP: usize = 32;
    let Ok(entries) = std::fs::read_dir(folder) else {
        // Said when it is opened.
        files.push(folder.to_owned());
        return;
    };
    let mut inside: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for path in inside {
        let is_hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        match path.is_dir() {
            _ if is_hidden => {}
            true if depth < MAX_FOLDERS_DEEP => list_folder(&path, files, depth + 1),
            true => {}
            false => files.push(path),
        }
    }
}

/// A list of the reader's own names and patterns, with what was learned. Damaged lines are told and left out; false
/// if there were any.
///
/// # Errors
/// In words for people, with the file's name.
pub(crate) fn read_word_list(path: &Path) -> Result<(WordListFile, bool), String> {
    let name = display_name(path);
    let text = read_text_file(path).map_err(|why| format!("{name}: {why}"))?.text;
    let (list, damage) = user_words::parse_word_list(&text);
    damage.iter().for_each(|line| complain(format_args!("{name}: {line}")));
    Ok((list, damage.is_empty()))
}

/// A line that was read, or what is wrong with the file.
#[derive(Debug)]
pub(crate) enum Line {
    /// Line `number` (from 1) of `file`.
    Text { file: Option<PathBuf>, number: u64, bytes: Vec<u8> },
    /// Line `number` is too long to be kept; it was skipped.
    TooLong { file: Option<PathBuf>, number: u64 },
    /// The file cannot be read (any further).
    Broken { file: PathBuf, why: String },
}

/// The lines of several files, one after another.
pub(crate) struct Lines {
    files: std::vec::IntoIter<PathBuf>,
    // Named in messages when there is more than one file.
    several: bool,
    open: Option<Open>,
}

struct Open {
    path: PathBuf,
    reader: io::BufReader<Box<dyn Read + Send>>,
    lines: u64,
}

impl Lines {
    /// `files` may hold `-`.
    pub(crate) fn new(files: Vec<PathBuf>) -> Lines {
        Lines { several: files.len() > 1, files: files.into_iter(), open: None }
    }

    /// The next line that is not blank, with the number of bytes read for it.
    pub(crate) fn next_line(&mut self) -> Option<(Line, usize)> {
        let mut read = 0;
        loop {
            if self.open.is_none() {
                let path = self.files.next()?;
                match open(&path) {
                    Ok(file) => {
                        let reader = io::BufReader::with_capacity(1 << 16, file);
                        let lines = 0;
                        self.open = Some(Open { path, reader, lines });
                    }
                    Err(why) => return Some((Line::Broken { file: path, why }, read)),
                }
            }
            let open = self.open.as_mut()?;
            let mut bytes = Vec::new();
            let got =
                open.reader.by_ref().take(MAX_LINE_BYTES as u64).read_until(b'\n', &mut bytes);
            let name = self.several.then(|| open.path.clone());
            open.lines += 1;
            let number = open.lines;
            match got {
                Ok(0) => self.open = None,
                Ok(n) if n == MAX_LINE_BYTES && bytes.last() != Some(&b'\n') => {
                    read += n;
                    drop(bytes);
                    match skip_line(&mut open.reader) {
                        Ok(n) => read += n,
                        Err(_) => self.open = None,
                    }
                    return Some((Line::TooLong { file: name, number }, read));
                }
                Ok(n) => {
                    read += n;
                    if !bytes.trim_ascii().is_empty() {
                        let file = name;
                        return Some((Line::Text { file, number, bytes }, read));
                    }
                }
                Err(error) => {
                    let file = self.open.take()?.path;
                    let why = describe_error(&error);
                    return Some((Line::Broken { file, why }, read));
                }
            }
        }
    }
}

fn skip_line(file: &mut impl BufRead) -> io::Result<usize> {
    let mut skipped = 0;
    loop {
        let buffer = file.fill_buf()?;
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let end = buffer.iter().position(|&b| b == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        file.consume(used);
        skipped += used;
        if end.is_some() {
            return Ok(skipped);
        }
    }
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    id: Value,
    text: Option<Value>,
    #[serde(default)]
    published: Value,
}

/// Reads `{"id", "text", "published"?}`. The id may be a number; an absent or null date is none;
/// unknown fields are ignored.
///
/// # Errors
/// What is wrong with the line, in words.
pub(crate) fn parse_record(line: &[u8]) -> Result<Record, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let line = std::str::from_utf8(line)
        .map_err(|e| format!("is not UTF-8 text (byte {})", e.valid_up_to() + 1))?;
    let fields: Fields = serde_json::from_str(line.trim()).map_err(|e| {
        let why = e
            .to_string()
            .replace(" at line 1 column ", ", column ")
            .replace("unexpected end of hex escape", "half a surrogate pair");
        format!("is not a JSON object of the kind {{\"id\", \"text\"}}: {why}")
    })?;
    let text = match fields.text {
        Some(Value::String(text)) => text,
        Some(_) => return Err("\"text\" is not a string".to_owned()),
        None => return Err("has no \"text\"".to_owned()),
    };
    let id = match fields.id {
        Value::Null => None,
        Value::String(id) => Some(id),
        Value::Number(id) => Some(id.to_string()),
        _ => return Err("\"id\" is neither a string nor a number".to_owned()),
    };
    Ok(Record { id, text, published: parse_published(&fields.published)? })
}

/// The fields of a line besides those of a record, as JSON; `None` where there are none, or the line is no object.
pub(crate) fn other_fields(line: &[u8]) -> Option<String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let mut fields: serde_json::Map<String, Value> = serde_json::from_slice(line).ok()?;
    fields.retain(|name, _| !["id", "text", "published"].contains(&name.as_str()));
    (!fields.is_empty()).then(|| Value::Object(fields).to_string())
}

/// The id of a line that is no record, where it can be told.
pub(crate) fn parse_id(line: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Value>(line).ok()?.get("id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// An ISO date, with or without a clock; as corpora of time expressions write it also
/// `{"instant": …}`.
fn parse_published(value: &Value) -> Result<Option<Stamp>, String> {
    let written = match value {
        Value::Null => return Ok(None),
        Value::String(text) => Some(text.as_str()),
        Value::Object(fields) => match fields.get("instant") {
            None | Some(Value::Null) => return Ok(None),
            Some(instant) => instant.as_str(),
        },
        _ => None,
    };
    match written {
        Some(text) if text.trim().is_empty() => Ok(None),
        Some(text) => Stamp::parse(text).map(Some).ok_or_else(|| {
            format!(
                "\"published\" is not a date such as 2021-07-23 or 2021-07-23T19:27:00: \"{text}\""
            )
        }),
        None => Err("\"published\" is not a date such as \"2021-07-23\"".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read() {
        let got =
            parse_record(br#"{"id":7,"text":"a\nb","published":"2021-07-23 19:27","more":[1]}"#);
        let want = Record {
            id: Some("7".to_owned()),
            text: "a\nb".to_owned(),
            published: Stamp::parse("2021-07-23T19:27:00"),
        };
        assert_eq!(got, Ok(want));
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        for (line, word) in [
            (&b"{\"id\":\"a\"}"[..], "has no \"text\""),
            (b"{\"text\":3}", "is not a string"),
            (b"{\"text\":null}", "has no \"text\""),
            (b"[]", "not a JSON object"),
            (b"{\"text\":\"a\"", "not a JSON object"),
            (b"{\"text\":\"\\ud800\"}", "surrogate"),
            (b"{\"text\":\"\\udc00x\"}", "surrogate"),
            (b"{\"text\":\"\xff\"}", "not UTF-8"),
            (b"{\"text\":\"\",\"published\":\"soon\"}", "\"published\""),
            (b"{\"text\":\"\",\"published\":12}", "\"published\""),
            (b"{\"text\":\"\",\"id\":[]}", "\"id\""),
        ] {
            let why = parse_record(line).unwrap_err();
            assert!(why.contains(word), "{why}");
        }
    }
}
