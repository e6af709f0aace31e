//! spaCy JSONL: one `Doc` a line, as `Doc.to_json` writes and `Doc.from_json` reads it. Offsets are code points.
//!
//! `ents` holds the annotations that stand side by side, the span group `sc` all of them.

use serde::Serialize;

use super::export::{ExportDocument, content};
use super::format::Format;
use super::json_text;

pub(super) const FORMAT: Format = Format {
    id: "spacy",
    name: "spaCy JSONL",
    description: "Doc.from_json: tokens, entities, all marks as the span group “sc”",
    extension: ".spacy.jsonl",
    media_type: "application/jsonl",
    carries: content::WHOLE_TEXT | content::ANNOTATIONS & !content::EDGES,
    write,
    read: None,
};

#[derive(Serialize)]
struct Doc<'a> {
    text: &'a str,
    ents: Vec<DocSpan<'a>>,
    spans: SpanGroups<'a>,
    tokens: Vec<DocToken>,
}

#[derive(Serialize)]
struct SpanGroups<'a> {
    sc: Vec<DocSpan<'a>>,
}

#[derive(Serialize)]
struct DocSpan<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    kb_id: &'a str,
}

#[derive(Serialize)]
struct DocToken {
    id: usize,
    start: usize,
    end: usize,
}

fn write(export: &ExportDocument) -> Vec<u8> {
    let offsets = &export.offsets;
    let span = |i: usize| {
        let annotation = export.annotations.get(i)?;
        let (start, end) = export.trimmed(annotation);
        (start < end).then(|| DocSpan {
            start: offsets.point_of_byte(start),
            end: offsets.point_of_byte(end),
            label: annotation.label,
            kb_id: "",
        })
    };
    let side_by_side = export.without_overlaps(content::NAMES | content::DATES);
    let tokens = export.tokens().into_iter().enumerate().map(|(id, token)| DocToken {
        id,
        start: offsets.point_of_byte(token.start),
        end: offsets.point_of_byte(token.end),
    });
    json_text::to_line(&Doc {
        text: export.text(),
        ents: side_by_side.into_iter().filter_map(span).collect(),
        spans: SpanGroups { sc: (0..export.annotations.len()).filter_map(span).collect() },
        tokens: tokens.collect(),
    })
}
