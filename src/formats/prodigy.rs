//! Prodigy JSONL: one task a line, tokens with their spans. Offsets are code points, `token_end` is the
//! last token.

use serde::Serialize;
use serde_json::Value;

use super::export::{ExportDocument, content};
use super::extension::Extension;
use super::format::Format;
use super::import::{Import, ImportFiles};
use super::imported::ImportedDocument;
use super::json_text::{self, text};
use super::token_spans::{self, SpeakerRelation, TokenSpan};

pub(super) const FORMAT: Format = Format {
    id: "prodigy",
    name: "Prodigy JSONL",
    description: "tokens, spans and speakers, for spans.manual and rel.manual; opens here again",
    extension: ".prodigy.jsonl",
    media_type: "application/jsonl",
    carries: content::ALL & !content::EDGES,
    write,
    read: Some(read),
};

#[derive(Serialize)]
struct Task<'a> {
    text: &'a str,
    meta: Meta<'a>,
    tokens: Vec<TaskToken<'a>>,
    spans: Vec<TokenSpan<'a>>,
    relations: Vec<SpeakerRelation<'a>>,
    answer: &'a str,
    /// The document as it was written: Prodigy keeps what it does not know.
    galley: Extension<'a>,
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

fn write(export: &ExportDocument) -> Vec<u8> {
    let offsets = &export.offsets;
    let tokens = export.tokens();
    let spans = (0..export.annotations.len())
        .filter_map(|annotation| token_spans::token_span(export, &tokens, annotation));
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
        relations: token_spans::speaker_relations(export, &tokens),
        answer: "accept",
        galley: Extension::new(export),
    })
}

fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    let is_task = |row: &Value| row["text"].is_string() && row["spans"].is_array();
    Some(files.rows(is_task)?.iter().map(read_task).collect())
}

fn read_task(task: &Value) -> Import {
    let mut document = ImportedDocument::new(text(&task["text"]), &task["galley"]);
    let places = token_spans::read_spans(&mut document, [&task["spans"]].into_iter());
    token_spans::read_relations(&mut document, &places, &task["relations"]);
    for name in ["id", "title", "published"] {
        document.set_metadata(name, text(&task["meta"][name]));
    }
    document.finish()
}
