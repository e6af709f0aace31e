//! doccano JSONL, for sequence labelling: one text a line with its labels. Offsets are code points.

use super::Format;
use super::json::Writer;
use super::sheet::{Sheet, has};

pub(super) const ROW: Format = Format {
    word: "doccano",
    name: "doccano JSONL",
    about: "sequence labelling (allow overlapping spans)",
    extension: ".doccano.jsonl",
    media_type: "application/jsonl",
    carries: has::MARKS | has::ABOUT,
    write,
    read: None,
};

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = Writer::default();
    out.open("", '{');
    out.text("text", sheet.text());
    out.open("label", '[');
    for mark in &sheet.marks {
        out.open("", '[');
        out.number("", mark.points[0]);
        out.number("", mark.points[1]);
        out.text("", &mark.label);
        out.close(']');
    }
    out.close(']');
    // What else a line holds is kept there as what is known of the text.
    for name in ["title", "published"] {
        if !sheet.about(name).is_empty() {
            out.text(name, sheet.about(name));
        }
    }
    out.close('}');
    out.file()
}
