//! brat standoff, zipped: the text, its annotations, and the configuration that names their types.
//! Offsets are code points. An annotation over several lines is in as many pieces, as brat wants it.
//!
//! What brat has no line for goes along as a note of each annotation, in the fields of Galley JSON.

use super::import::{Draft, Found, Given};
use super::json::{self, Value, Writer};
use super::sheet::{Mark, Sheet, has};
use super::{Format, zip};

pub(super) const ROW: Format = Format {
    word: "brat",
    name: "brat standoff",
    about: "a zip with .txt, .ann and annotation.conf; opens here again",
    extension: ".brat.zip",
    media_type: "application/zip",
    carries: has::ALL & !has::REJECTED & !has::ABOUT,
    write,
    read: Some(read),
};

/// The type of the notes that carry Galley's fields.
const NOTE: &str = "Galley";

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::new();
    let mut types: Vec<String> = Vec::new();
    for (i, mark) in sheet.marks.iter().enumerate() {
        let name = mark.label.replace(char::is_whitespace, "_");
        let (spans, words) = pieces(sheet, mark);
        out.push_str(&format!("T{}\t{name} {spans}\t{words}\n", i + 1));
        if !types.contains(&name) {
            types.push(name);
        }
    }
    for (i, mark) in sheet.marks.iter().enumerate() {
        if let Some(by) = sheet.speaker_mark(mark) {
            out.push_str(&format!("R{0}\tSpeaker Arg1:T{0} Arg2:T{1}\n", i + 1, by + 1));
        }
    }
    for (i, mark) in sheet.marks.iter().enumerate() {
        let fields = sheet.fields(mark);
        let mut note = Writer::default();
        let mut kept = fields.clone();
        let entities = sheet.tree.get("entities").items().iter();
        let mut own =
            entities.filter(|e| e.get("mentions").items().first() == Some(fields.get("id")));
        if let Some(entity) = own.next() {
            let mentions = entity.get("mentions").items();
            if mentions.len() > 1 {
                out.push_str("*\tEquiv");
                let named = |m: &&Mark| mentions.contains(sheet.fields(m).get("id"));
                let places = sheet.marks.iter().enumerate().filter(|(_, m)| named(m));
                places.for_each(|(at, _)| out.push_str(&format!(" T{}", at + 1)));
                out.push('\n');
            }
            kept.set("of", entity.clone());
        }
        note.value("", &kept);
        out.push_str(&format!("#{0}\t{NOTE} T{0}\t{1}\n", i + 1, note.0));
    }
    let stem = sheet.stem();
    let conf = format!(
        "[entities]\n{}\n[relations]\nSpeaker\tArg1:<ENTITY>, Arg2:<ENTITY>\nEquiv\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive\n\n[events]\n\n[attributes]\n",
        types.iter().map(|t| format!("{t}\n")).collect::<String>()
    );
    zip::write(&[
        (format!("{stem}.txt"), sheet.text().as_bytes().to_vec()),
        (format!("{stem}.ann"), out.into_bytes()),
        ("annotation.conf".to_owned(), conf.into_bytes()),
    ])
}

/// The places and the words of a mark, a piece a line of the text.
fn pieces(sheet: &Sheet, mark: &Mark) -> (String, String) {
    let (mut spans, mut words) = (String::new(), String::new());
    let mut at = mark.points[0];
    for line in sheet.words(mark).split('\n') {
        let end = at + line.chars().count();
        if at < end {
            if !spans.is_empty() {
                spans.push(';');
                words.push(' ');
            }
            spans.push_str(&format!("{at} {end}"));
            words.push_str(line);
        }
        at = end + 1;
    }
    if spans.is_empty() {
        // Nothing but the end of a line: brat shows it as a blank.
        return (format!("{} {}", mark.points[0], mark.points[1]), " ".to_owned());
    }
    (spans, words)
}

fn read(given: &Given) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    for (name, bytes) in &given.files {
        let Some(stem) = name.strip_suffix(".ann") else {
            continue;
        };
        let (Some(text), Ok(lines)) = (given.text_beside(stem), std::str::from_utf8(bytes)) else {
            continue;
        };
        let mut document = standoff(text, lines);
        document.about("id", stem.rsplit('/').next().unwrap_or_default());
        found.push(document.done());
    }
    Some(found)
}

fn standoff(text: &str, lines: &str) -> Draft {
    let mut draft = Draft::new(text, &Value::Null);
    // Each line: its id, what it says, the rest.
    let parts = |line: &'_ str| -> Option<[String; 3]> {
        let mut parts = line.split('\t').map(str::to_owned);
        Some([parts.next()?, parts.next()?, parts.next().unwrap_or_default()])
    };
    let lines: Vec<[String; 3]> = lines.lines().filter_map(parts).collect();
    let mut kept: Vec<(&str, Value)> = Vec::new();
    for [id, what, rest] in &lines {
        if id.starts_with('#')
            && let Some(target) = what.strip_prefix(NOTE)
            && let Ok(fields) = json::parse(rest)
        {
            kept.push((target.trim(), fields));
        }
    }
    kept.sort_by(|a, b| a.0.cmp(b.0));
    let mut places: Vec<(&str, usize)> = Vec::new();
    for [id, what, _] in lines.iter().filter(|line| line[0].starts_with('T')) {
        let (label, spans) = what.split_once(' ').unwrap_or((what, ""));
        let mut numbers = spans.split([' ', ';']).map(|n| n.parse().unwrap_or_default());
        let start = draft.point(numbers.next().unwrap_or_default());
        let end = draft.point(numbers.next_back().unwrap_or_default());
        let note = kept.binary_search_by(|(target, _)| (*target).cmp(id));
        let mut fields = match note {
            Ok(at) => std::mem::take(&mut kept[at].1),
            Err(_) => Value::Null,
        };
        if let Value::Object(_) = fields.get("of") {
            draft.entity(fields.get("of").clone());
            fields.drop("of");
        }
        places.push((id, draft.add("", label, [start, end], &fields)));
    }
    let place = |id: &str| places.iter().find(|(known, _)| *known == id).map(|(_, at)| *at);
    for [id, what, _] in &lines {
        let mut words = what.split(' ');
        let kind = words.next().unwrap_or_default();
        let mut places = words.filter_map(|w| place(w.rsplit(':').next().unwrap_or_default()));
        let Some(first) = places.next() else { continue };
        if id == "*" && kind == "Equiv" {
            places.for_each(|other| draft.same(first, other));
        } else if id.starts_with('R')
            && kind.eq_ignore_ascii_case("speaker")
            && let Some(by) = places.next()
        {
            draft.speaker(first, by);
        }
    }
    draft
}
