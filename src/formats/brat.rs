//! brat standoff, zipped: the text, its annotations, and the configuration that names their types.
//! Offsets are code points. An annotation over several lines is in as many pieces, as brat wants it.
//!
//! What brat has no line for goes along as a note of each annotation, in the fields of Galley JSON. The document as it
//! was written stands beside it, in a file that brat leaves alone: by it is told what was changed and taken out.

use std::collections::HashMap;
use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

use super::archive;
use super::export::{ExportAnnotation, ExportDocument, content};
use super::format::Format;
use super::galley_json::{self, AnnotationJson, EntityJson};
use super::import::{Import, ImportFiles};
use super::imported::ImportedDocument;

pub(super) const FORMAT: Format = Format {
    id: "brat",
    name: "brat standoff",
    description: "a zip with .txt, .ann and annotation.conf; opens here again",
    extension: ".brat.zip",
    media_type: "application/zip",
    carries: content::ALL,
    write: write_archive,
    read: Some(read),
};

/// The type of the notes that carry Galley's fields.
const NOTE_TYPE: &str = "Galley";
/// The field of a note that holds the entity whose first mention the annotation is.
const NOTE_ENTITY: &str = "of";

/// What the name of the file ends in that holds the document as it was written.
pub const WRITTEN: &str = ".before.galley.json";

/// What the note of an annotation says.
#[derive(Serialize)]
struct Note<'a> {
    #[serde(flatten)]
    annotation: &'a AnnotationJson<'a>,
    #[serde(rename = "of", skip_serializing_if = "Option::is_none")]
    entity: Option<&'a EntityJson<'a>>,
}

fn write_archive(export: &ExportDocument) -> Vec<u8> {
    let mut types: Vec<String> = Vec::new();
    for annotation in &export.annotations {
        let name = type_name(annotation.label);
        if !types.contains(&name) {
            types.push(name);
        }
    }
    let stem = export.file_stem();
    archive::write(&[
        (format!("{stem}.txt"), export.text().as_bytes().to_vec()),
        (format!("{stem}.ann"), write_standoff(export).into_bytes()),
        (format!("{stem}{WRITTEN}"), galley_json::FORMAT.write(export)),
        ("annotation.conf".to_owned(), write_configuration(&types).into_bytes()),
    ])
}

/// A label as a type of brat's: letters and digits of ASCII, `-` and `_`.
fn type_name(label: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    label.chars().map(|c| if is_plain(c) { c } else { '_' }).collect()
}

fn write_configuration(types: &[String]) -> String {
    let entities: String = types.iter().map(|name| format!("{name}\n")).collect();
    format!(
        "[entities]\n{entities}\n\
         [relations]\n\
         Speaker\tArg1:<ENTITY>, Arg2:<ENTITY>\n\
         Equiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n\
         <OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n\
         [events]\n\n\
         [attributes]\n"
    )
}

/// The `.ann` file. Annotations are numbered from one, in the document's order.
fn write_standoff(export: &ExportDocument) -> String {
    let mut out = String::new();
    let numbered = || (1..).zip(&export.annotations);
    // Writing to a string does not fail.
    for (number, annotation) in numbered() {
        let (ranges, words) = split_lines(export, annotation);
        let name = type_name(annotation.label);
        let _ = writeln!(out, "T{number}\t{name} {ranges}\t{words}");
    }
    for (number, annotation) in numbered() {
        if let Some(speaker) = export.speaker_annotation(annotation) {
            let _ = writeln!(out, "R{number}\tSpeaker Arg1:T{number} Arg2:T{}", speaker + 1);
        }
    }
    let numbers: HashMap<&str, usize> = numbered().map(|(n, a)| (a.id(), n)).collect();
    for (number, annotation) in numbered() {
        let first_mention = |entity: &&EntityJson<'_>| {
            entity.mentions.first().is_some_and(|mention| mention == annotation.id())
        };
        let entity = export.file.entities.iter().find(first_mention);
        if let Some(entity) = entity.filter(|entity| entity.mentions.len() > 1) {
            let mut mentions: Vec<usize> =
                entity.mentions.iter().filter_map(|id| numbers.get(id.as_ref()).copied()).collect();
            mentions.sort_unstable();
            out.push_str("*\tEquiv");
            mentions.iter().for_each(|mention| out.push_str(&format!(" T{mention}")));
            out.push('\n');
        }
        let note = Note { annotation: &annotation.json, entity };
        let note = serde_json::to_string(&note).unwrap_or_default();
        let _ = writeln!(out, "#{number}\t{NOTE_TYPE} T{number}\t{note}");
    }
    out
}

/// Whether brat's lines end here: they are Python's, which end at more than line feeds.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The range with the line ends at its edges, which brat's pieces leave out, where our note has them and nobody has
/// moved the rest. In code points.
fn with_line_ends(text: &str, [start, end]: [u32; 2], note: &Value) -> [u32; 2] {
    let Some(words) = note["text"]
        .as_str()
        .filter(|words| words.starts_with(ends_line) || words.ends_with(ends_line))
    else {
        return [start, end];
    };
    let count = |words: &str| words.chars().count() as u32;
    let inner = words.trim_start_matches(ends_line);
    let before = count(words) - count(inner);
    let from = start.saturating_sub(before);
    let there = text.chars().skip(from as usize).take(words.chars().count());
    let moved = before > start || count(inner.trim_end_matches(ends_line)) != end - start;
    match !moved && there.eq(words.chars()) {
        true => [from, from + count(words)],
        false => [start, end],
    }
}

/// The ranges and the words of an annotation, a piece for each line of the text.
fn split_lines(export: &ExportDocument, annotation: &ExportAnnotation<'_>) -> (String, String) {
    let (mut ranges, mut pieces) = (Vec::new(), Vec::new());
    let mut start = annotation.start_point;
    for line in export.words(annotation).split(ends_line) {
        let end = start + line.chars().count();
        if start < end {
            ranges.push(format!("{start} {end}"));
            pieces.push(line);
        }
        start = end + 1;
    }
    if ranges.is_empty() {
        // Nothing but line ends: brat shows them as a space.
        return (format!("{} {}", annotation.start_point, annotation.end_point), " ".to_owned());
    }
    (ranges.join(";"), pieces.join(" "))
}

/// What is lost of an annotation in pieces that are parted by more than line ends: it becomes one stretch.
fn describe_gap(text: &str, ranges: &str) -> Option<String> {
    let number = |word: &str| word.parse::<usize>().ok();
    let pieces = ranges.split(';').map(|piece| {
        let (start, end) = piece.split_once(' ')?;
        number(start).zip(number(end))
    });
    let pieces: Vec<(usize, usize)> = pieces.collect::<Option<_>>()?;
    let is_gap = |(&(_, from), &(to, _)): (&(usize, usize), &(usize, usize))| {
        let between = text.chars().skip(from).take(to.saturating_sub(from));
        from < to && !between.clone().all(|c| ends_line(c) || c == '\r')
    };
    pieces
        .iter()
        .zip(pieces.iter().skip(1))
        .any(is_gap)
        .then(|| format!("the gaps between its {} pieces", pieces.len()))
}

/// What a line says that a document has no place for.
fn without_place(line: &Line<'_>) -> Option<String> {
    let what = match line.id.chars().next()? {
        'A' | 'M' => "attribute",
        'N' => "normalisation",
        'E' => "event",
        'R' if !line.content.to_ascii_lowercase().starts_with("speaker ") => "relation",
        '*' if !line.content.starts_with("Equiv ") => "relation",
        '#' if !line.content.starts_with(NOTE_TYPE) => {
            return Some(format!("note “{}”", line.rest));
        }
        _ => return None,
    };
    Some(format!("{what} “{}”", line.content))
}

fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    let mut found = Vec::new();
    for (name, bytes) in &files.files {
        let Some(stem) = name.strip_suffix(".ann") else {
            continue;
        };
        let (Some(text), Ok(lines)) = (files.text_beside(stem), std::str::from_utf8(bytes)) else {
            continue;
        };
        let written = files.named(&format!("{stem}{WRITTEN}"));
        let written = written.and_then(|bytes| serde_json::from_slice(bytes).ok());
        let mut document = read_standoff(text, lines, &written.unwrap_or_default());
        document.set_metadata("id", stem.rsplit('/').next().unwrap_or_default());
        found.push(document.finish());
    }
    Some(found)
}

/// A line of an `.ann` file.
struct Line<'a> {
    id: &'a str,
    content: &'a str,
    rest: &'a str,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Line<'a>> {
        let mut columns = line.split('\t');
        Some(Line {
            id: columns.next()?,
            content: columns.next()?,
            rest: columns.next().unwrap_or_default(),
        })
    }
}

/// `written`: the document as Galley had written it, or null.
fn read_standoff(text: &str, lines: &str, written: &Value) -> ImportedDocument {
    let mut document = ImportedDocument::new(text, written);
    document.has_all_relations();
    let lines: Vec<Line<'_>> = lines.lines().filter_map(Line::parse).collect();
    let mut notes: HashMap<&str, Value> = HashMap::new();
    for line in lines.iter().filter(|line| line.id.starts_with('#')) {
        if let Some(target) = line.content.strip_prefix(NOTE_TYPE)
            && let Ok(note) = serde_json::from_str(line.rest)
        {
            notes.entry(target.trim()).or_insert(note);
        }
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.id.starts_with('T')) {
        let (label, ranges) = line.content.split_once(' ').unwrap_or((line.content, ""));
        if let Some(what) = describe_gap(text, ranges) {
            document.leave_out(format!("{}: {what}", line.id));
        }
        let mut numbers = ranges.split([' ', ';']).map(|n| n.parse().unwrap_or_default());
        let start = document.point(numbers.next().unwrap_or_default());
        let end = document.point(numbers.next_back().unwrap_or_default());
        let note = notes.remove(line.id).unwrap_or_default();
        if note[NOTE_ENTITY].is_object() && written.is_null() {
            document.add_entity(note[NOTE_ENTITY].clone());
        }
        let [start, end] = with_line_ends(text, [start, end], &note);
        let place = document.add_annotation("", label, [start, end], &note);
        places.entry(line.id).or_insert(place);
    }
    document.match_by_place();
    for line in &lines {
        if let Some(what) = without_place(line) {
            document.leave_out(format!("{}: {what}", line.id));
        }
        let mut words = line.content.split(' ');
        let kind = words.next().unwrap_or_default();
        let mut arguments = words.filter_map(|word| {
            let id = word.rsplit(':').next().unwrap_or_default();
            places.get(id).copied()
        });
        let Some(first) = arguments.next() else { continue };
        if line.id == "*" && kind == "Equiv" {
            arguments.for_each(|other| document.set_same_entity(first, other));
        } else if line.id.starts_with('R')
            && kind.eq_ignore_ascii_case("speaker")
            && let Some(speaker) = arguments.next()
        {
            document.set_speaker(first, speaker);
        }
    }
    document
}
