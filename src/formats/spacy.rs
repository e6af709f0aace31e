//! spaCy JSONL: one `Doc` a line, as `Doc.to_json` writes and `Doc.from_json` reads it. Offsets are code points.
//!
//! `ents` holds the annotations that stand side by side, the span group `sc` all of them; of the groups `quotes` and
//! `speakers` the spans at one place belong together. Beside what spaCy reads stand `relations`, with the same in
//! Prodigy's shape, and `galley`, the document as it was written. (Custom attributes under `_` would have to be
//! registered before spaCy reads them.)

use serde::Serialize;
use serde_json::Value;

use super::export::{ExportDocument, content};
use super::extension::Extension;
use super::format::Format;
use super::import::{Import, ImportFiles};
use super::imported::ImportedDocument;
use super::json_text::{self, text};
use super::token_spans::{self, SpeakerRelation};

pub(super) const FORMAT: Format = Format {
    id: "spacy",
    name: "spaCy JSONL",
    description: "Doc.from_json: tokens, entities, all marks as the span group “sc”; opens here again",
    extension: ".spacy.jsonl",
    media_type: "application/jsonl",
    carries: content::ALL & !content::EDGES,
    write,
    read: Some(read),
};

#[derive(Serialize)]
struct Doc<'a> {
    text: &'a str,
    ents: Vec<DocSpan<'a>>,
    spans: SpanGroups<'a>,
    tokens: Vec<DocToken>,
    relations: Vec<SpeakerRelation<'a>>,
    galley: Extension<'a>,
}

#[derive(Serialize)]
struct SpanGroups<'a> {
    sc: Vec<DocSpan<'a>>,
    quotes: Vec<DocSpan<'a>>,
    speakers: Vec<DocSpan<'a>>,
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
    let pairs = export.speaker_pairs().into_iter();
    let pairs = pairs.filter_map(|(quote, speaker)| span(quote).zip(span(speaker)));
    let (quotes, speakers) = pairs.unzip();
    let side_by_side = export.without_overlaps(content::NAMES | content::DATES);
    let all_tokens = export.tokens();
    let tokens = all_tokens.iter().enumerate().map(|(id, token)| DocToken {
        id,
        start: offsets.point_of_byte(token.start),
        end: offsets.point_of_byte(token.end),
    });
    json_text::to_line(&Doc {
        text: export.text(),
        ents: side_by_side.into_iter().filter_map(span).collect(),
        spans: SpanGroups {
            sc: (0..export.annotations.len()).filter_map(span).collect(),
            quotes,
            speakers,
        },
        tokens: tokens.collect(),
        relations: token_spans::speaker_relations(export, &all_tokens),
        galley: Extension::new(export),
    })
}

fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    let is_doc = |row: &Value| {
        row["text"].is_string() && (row["ents"].is_array() || row["spans"].is_object())
    };
    Some(files.rows(is_doc)?.iter().map(read_doc).collect())
}

fn read_doc(doc: &Value) -> Import {
    let kept = if doc["galley"].is_object() { &doc["galley"] } else { &doc["_"]["galley"] };
    let mut document = ImportedDocument::new(text(&doc["text"]), kept);
    let groups = doc["spans"].as_object().into_iter().flat_map(|groups| groups.values());
    let places = token_spans::read_spans(&mut document, groups.chain([&doc["ents"]]));
    let groups = &doc["spans"];
    if groups["quotes"].is_array() && groups["speakers"].is_array() {
        token_spans::read_pairs(&mut document, &places, &groups["quotes"], &groups["speakers"]);
    } else {
        token_spans::read_relations(&mut document, &places, &doc["relations"]);
    }
    document.finish()
}
