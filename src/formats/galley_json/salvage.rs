//! A damaged file: what can be read is read, the rest is named.
//!
//! The pieces of the file are found by their brackets and read one by one, so that what is wrong with one
//! annotation, or an end that is missing, costs nothing else.

use serde::Deserialize;

use super::builder::{DocumentBuilder, Salvaged};
use super::schema::{AnnotationJson, DocumentJson, EntityJson, FileJson, GeneratorJson};
use super::schema::{FORMAT_NAME, VERSION};
use super::{read, write};
use crate::error::FormatError;

/// Reads a file as [`read`](super::read()) does; when that fails, what of it can be read, and a line for
/// each thing that was left out.
///
/// # Errors
/// As [`read`](super::read()), when not even the text can be read.
pub fn salvage(json: &str) -> Result<Salvaged, FormatError> {
    read::read(json)
        .map(|document| (document, Vec::new()))
        .or_else(|why| salvage_pieces(json.trim_start_matches('\u{feff}')).ok_or(why))
}

/// A field of an object, or an item of a list.
struct Piece<'j> {
    /// The name of a field.
    name: String,
    json: &'j str,
    /// Where it begins, in bytes of the file.
    at: usize,
    /// True when it ends before the file does.
    is_whole: bool,
}

impl<'j> Piece<'j> {
    /// What it says, or what is wrong with it: serde's words, without its place within the piece.
    fn parse<T: Deserialize<'j>>(&self) -> Result<T, String> {
        serde_json::from_str(self.json).map_err(|why| match self.is_whole {
            true => why.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
            false => "the file ends in the middle of it".to_owned(),
        })
    }
}

fn salvage_pieces(json: &str) -> Option<Salvaged> {
    let start = json.len() - json.trim_start().len();
    let (fields, is_whole) = split_pieces(json, start, b'{')?;
    let field = |name: &str| fields.iter().find(|f| f.name == name);
    if field("format")?.parse::<String>().ok()? != FORMAT_NAME || field("version")?.json != "1" {
        return None;
    }
    let generator = field("generator").and_then(|f| f.parse::<GeneratorJson<'_>>().ok());
    let mut file = FileJson {
        format: FORMAT_NAME.into(),
        version: VERSION,
        generator: generator.unwrap_or_default(),
        document: field("document")?.parse::<DocumentJson<'_>>().ok()?,
        ..FileJson::default()
    };
    if let Some(offsets) = field("offsets") {
        file.offsets = offsets.parse().ok()?;
    }
    let sum = file.document.text_sha256.take();
    let is_changed =
        sum.is_some_and(|sum| !sum.eq_ignore_ascii_case(&write::sha256(&file.document.text)));
    let mut builder = DocumentBuilder::new(read::document_from_json(file).ok()?);
    if is_changed {
        builder.leave_out("the text was changed after the file was written".to_owned());
    }
    let has_lines = json.contains('\n');
    let place = |at: usize| {
        let before = json.get(..at).unwrap_or_default();
        match has_lines {
            true => format!("line {}, ", before.matches('\n').count() + 1),
            false => String::new(),
        }
    };
    let items = |name: &str| {
        let list = field(name).and_then(|field| split_pieces(json, field.at, b'['));
        list.map_or(Vec::new(), |(items, _)| items)
    };
    for item in items("annotations") {
        builder.add_annotation(&place(item.at), item.parse::<AnnotationJson<'_>>());
    }
    for item in items("entities") {
        builder.add_entity(&place(item.at), item.parse::<EntityJson<'_>>());
    }
    if !is_whole && builder.is_complete() {
        builder.leave_out(format!("{}the file ends before its end", place(json.len())));
    }
    builder.finish().ok()
}

/// The fields of the object, or the items of the list, that begins at `start`, and whether it ends.
/// `None` when none begins there.
fn split_pieces(json: &str, start: usize, bracket: u8) -> Option<(Vec<Piece<'_>>, bool)> {
    let bytes = json.as_bytes();
    if bytes.get(start) != Some(&bracket) {
        return None;
    }
    let mut found = Vec::new();
    let (mut deep, mut string, mut escaped) = (0u32, false, false);
    let mut from = start + 1;
    let mut colon = None;
    for i in start.. {
        let byte = bytes.get(i).copied();
        let ends = match byte {
            None => true,
            Some(_) if escaped => {
                escaped = false;
                false
            }
            Some(b'\\') if string => {
                escaped = true;
                false
            }
            Some(b'"') => {
                string = !string;
                false
            }
            Some(_) if string => false,
            Some(b'{' | b'[') => {
                deep += 1;
                false
            }
            Some(b'}' | b']') => {
                deep -= 1;
                deep == 0
            }
            Some(b':') => {
                colon = colon.or((deep == 1).then_some(i));
                false
            }
            Some(b',') => deep == 1,
            Some(_) => false,
        };
        if !ends {
            continue;
        }
        let begin = colon.map_or(from, |at| at + 1);
        let cut = json.get(begin..i).unwrap_or_default();
        let piece = cut.trim_ascii();
        if !piece.is_empty() {
            let name = colon.and_then(|at| json.get(from..at)).unwrap_or_default();
            found.push(Piece {
                name: serde_json::from_str(name).unwrap_or_default(),
                json: piece,
                at: begin + (cut.len() - cut.trim_ascii_start().len()),
                is_whole: byte.is_some(),
            });
        }
        if byte.is_none() || deep == 0 {
            break;
        }
        from = i + 1;
        colon = None;
    }
    Some((found, deep == 0))
}
