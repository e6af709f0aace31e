//! Prodigy JSONL: one task a line, tokens with their spans. Offsets are code points, `token_end` is the
//! last token.

use super::Format;
use super::json::Writer;
use super::sheet::{Sheet, Token, has};

pub(super) const ROW: Format = Format {
    word: "prodigy",
    name: "Prodigy JSONL",
    about: "tokens and spans, for spans.manual",
    extension: ".prodigy.jsonl",
    media_type: "application/jsonl",
    carries: has::MARKS | has::ABOUT,
    write,
    read: None,
};

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = Writer::default();
    out.open("", '{');
    out.text("text", sheet.text());
    out.open("meta", '{');
    for name in ["id", "title", "published"] {
        if !sheet.about(name).is_empty() {
            out.text(name, sheet.about(name));
        }
    }
    out.close('}');
    let tokens = tokens(&mut out, sheet, true);
    out.open("spans", '[');
    for mark in &sheet.marks {
        let (start, end) = sheet.trimmed(mark);
        if start < end {
            let first = tokens.partition_point(|t| t.end <= start);
            let after = tokens.partition_point(|t| t.start < end);
            out.open("", '{');
            out.number("start", sheet.units.point_of_byte(start));
            out.number("end", sheet.units.point_of_byte(end));
            out.number("token_start", first);
            out.number("token_end", after.saturating_sub(1));
            out.text("label", &mark.label);
            out.close('}');
        }
    }
    out.close(']');
    out.text("answer", "accept");
    out.close('}');
    out.file()
}

/// The list of tokens, with their words or without.
pub(super) fn tokens(out: &mut Writer, sheet: &Sheet, words: bool) -> Vec<Token> {
    let tokens = sheet.tokens();
    out.open("tokens", '[');
    for (i, token) in tokens.iter().enumerate() {
        out.open("", '{');
        if words {
            out.text("text", sheet.slice(token.start, token.end));
        }
        out.number("id", i);
        out.number("start", sheet.units.point_of_byte(token.start));
        out.number("end", sheet.units.point_of_byte(token.end));
        if words {
            out.raw("ws", if token.spaced { "true" } else { "false" });
        }
        out.close('}');
    }
    out.close(']');
    tokens
}
