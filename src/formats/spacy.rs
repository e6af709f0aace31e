//! spaCy JSONL: one `Doc` a line, as `Doc.to_json` writes and `Doc.from_json` reads it. Offsets are code points.
//!
//! `ents` holds what stands side by side, the span group `sc` all marks.

use super::json::Writer;
use super::sheet::{Sheet, has};
use super::{Format, prodigy};

pub(super) const ROW: Format = Format {
    word: "spacy",
    name: "spaCy JSONL",
    about: "Doc.from_json: tokens, entities, all marks as the span group “sc”",
    extension: ".spacy.jsonl",
    media_type: "application/jsonl",
    carries: has::MARKS,
    write,
    read: None,
};

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = Writer::default();
    out.open("", '{');
    out.text("text", sheet.text());
    out.open("ents", '[');
    for i in sheet.flat(has::NAMES | has::DATES) {
        span(&mut out, sheet, i);
    }
    out.close(']');
    out.open("spans", '{');
    out.open("sc", '[');
    for i in 0..sheet.marks.len() {
        span(&mut out, sheet, i);
    }
    out.close(']');
    out.close('}');
    prodigy::tokens(&mut out, sheet, false);
    out.close('}');
    out.file()
}

fn span(out: &mut Writer, sheet: &Sheet, i: usize) {
    let mark = &sheet.marks[i];
    let (start, end) = sheet.trimmed(mark);
    if start < end {
        out.open("", '{');
        out.number("start", sheet.units.point_of_byte(start));
        out.number("end", sheet.units.point_of_byte(end));
        out.text("label", &mark.label);
        out.text("kb_id", "");
        out.close('}');
    }
}
