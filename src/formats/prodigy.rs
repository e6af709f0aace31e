//! Prodigy JSONL: one task a line, tokens with their spans. Offsets are code points, `token_end` is the
//! last token.

use serde::Serialize;

use super::export::{ExportDocument, content};
use super::format::Format;
use super::json_text;

pub(super) const FORMAT: Format = Format {
    id: "prodigy",
    name: "Prodigy JSONL",
    description: "tokens and spans, for spans.manual",
    extension: ".prodigy.jsonl",
    media_type: "application/jsonl",
    carries: content::WHOLE_TEXT | content::METADATA | content::ANNOTATIONS & !content::EDGES,
    write,
    read: None,
};

#[derive(Serialize)]
struct Task<'a> {
    text: &'a str,
    meta: Meta<'a>,
    tokens: Vec<TaskToken<'a>>,
    spans: Vec<TaskSpan<'a>>,
    answer: &'a str,
}

#[derive(Serialize)]
struct Meta<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
}

#[derive(Serialize)]
struct TaskToken<'a> {
    text: &'a str,
    id: usize,
    start: usize,
    end: usize,
    ws: bool,
}

#[derive(Serialize)]
struct TaskSpan<'a> {
    start: usize,
    end: usize,
    token_start: usize,
    token_end: usize,
    label: &'a str,
}

fn write(export: &ExportDocument) -> Vec<u8> {
    let offsets = &export.offsets;
    let tokens = export.tokens();
    let spans = export.annotations.iter().filter_map(|annotation| {
        let (start, end) = export.trimmed(annotation);
        (start < end).then(|| TaskSpan {
            start: offsets.point_of_byte(start),
            end: offsets.point_of_byte(end),
            token_start: tokens.partition_point(|t| t.end <= start),
            token_end: tokens.partition_point(|t| t.start < end).saturating_sub(1),
            label: annotation.label,
        })
    });
    json_text::to_line(&Task {
        text: export.text(),
        meta: Meta { id: export.id(), title: export.title(), published: export.published() },
        spans: spans.collect(),
        tokens: tokens
            .iter()
            .enumerate()
            .map(|(id, token)| TaskToken {
                text: export.slice(token.start, token.end),
                id,
                start: offsets.point_of_byte(token.start),
                end: offsets.point_of_byte(token.end),
                ws: token.has_space_after,
            })
            .collect(),
        answer: "accept",
    })
}
