//! W3C Web Annotation, JSON-LD: a page of annotations, each with its words and its place (code points).
//!
//! What the vocabulary has no word for stands beside it under `galley`, as in Galley JSON: so nothing is
//! lost on the way back.

use serde::Serialize;
use serde_json::{Value, json};

use super::export::{ExportAnnotation, ExportDocument, content};
use super::format::Format;
use super::galley_json::{AnnotationJson, DocumentJson, EntityJson, GeneratorJson};
use super::import::{Import, ImportFiles};
use super::imported::ImportedDocument;
use super::json_text::{self, items, number, text};
use galley_engine::document::Body;

pub(super) const FORMAT: Format = Format {
    id: "w3c",
    name: "W3C Web Annotation",
    description: "JSON-LD, with words and places; opens here again",
    extension: ".w3c.jsonld",
    media_type: "application/ld+json",
    carries: content::ALL,
    write,
    read: Some(read),
};

/// Characters of the text that are given before and after an annotation.
const CONTEXT_CHARS: usize = 32;

/// The page; its items are written one a line.
#[derive(Serialize)]
struct AnnotationPage<'a> {
    #[serde(rename = "@context")]
    context: Value,
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    galley: PageExtension<'a>,
    items: [(); 0],
}

/// What Galley JSON says of the document as a whole.
#[derive(Serialize)]
struct PageExtension<'a> {
    generator: &'a GeneratorJson<'a>,
    document: &'a DocumentJson<'a>,
    entities: &'a [EntityJson<'a>],
    /// All of them, by which is told what was changed in the items.
    annotations: Vec<&'a AnnotationJson<'a>>,
}

#[derive(Serialize)]
struct WebAnnotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'a str,
    motivation: &'a str,
    body: Vec<TextualBody<'a>>,
    target: Target<'a>,
    galley: &'a AnnotationJson<'a>,
}

#[derive(Serialize)]
struct TextualBody<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    purpose: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: [Selector<'a>; 2],
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    #[serde(rename = "TextQuoteSelector")]
    TextQuote { exact: &'a str, prefix: &'a str, suffix: &'a str },
    #[serde(rename = "TextPositionSelector")]
    TextPosition { start: usize, end: usize },
}

fn write(export: &ExportDocument) -> Vec<u8> {
    let file = &export.file;
    let source = format!("urn:sha256:{}", file.document.text_sha256.as_deref().unwrap_or_default());
    let page = AnnotationPage {
        context: json!([
            "http://www.w3.org/ns/anno.jsonld",
            {"@version": 1.1, "galley": {"@id": "urn:x-galley:fields", "@type": "@json"}}
        ]),
        id: format!("{source}#annotations"),
        kind: "AnnotationPage",
        galley: PageExtension {
            generator: &file.generator,
            document: &file.document,
            entities: &file.entities,
            annotations: export.all_annotations().collect(),
        },
        items: [],
    };
    let descriptions: Vec<String> =
        export.annotations.iter().map(|annotation| describe(export, annotation)).collect();
    let items = export.annotations.iter().zip(&descriptions);
    let items = items.map(|(annotation, description)| WebAnnotation {
        id: format!("{source}#{}", annotation.id()),
        kind: "Annotation",
        motivation: "tagging",
        body: bodies(annotation.label, description),
        target: Target { source: &source, selector: selectors(export, annotation) },
        galley: &annotation.json,
    });
    json_text::to_lines(&page, items)
}

/// A date's value, a quote's speaker or an entity's name.
fn describe(export: &ExportDocument, annotation: &ExportAnnotation<'_>) -> String {
    match &annotation.annotation.body {
        Body::Date(_) => annotation.date_value().unwrap_or_default().to_owned(),
        Body::Quote(_) => export.speaker_name(annotation),
        Body::Entity(mention) => {
            export.entity(mention.entity.as_ref()).map_or(String::new(), |e| e.name.clone())
        }
    }
}

fn bodies<'a>(label: &'a str, description: &'a str) -> Vec<TextualBody<'a>> {
    let body = |purpose, value| TextualBody { kind: "TextualBody", purpose, value };
    let description = (!description.is_empty()).then(|| body("describing", description));
    std::iter::once(body("tagging", label)).chain(description).collect()
}

fn selectors<'a>(
    export: &ExportDocument<'a>,
    annotation: &ExportAnnotation<'a>,
) -> [Selector<'a>; 2] {
    let before = export.slice(0, annotation.start);
    let from = before.char_indices().rev().take(CONTEXT_CHARS).last();
    let from = from.map_or(before.len(), |(at, _)| at);
    let after = export.slice(annotation.end, export.text().len());
    let to = after.char_indices().nth(CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
    [
        Selector::TextQuote {
            exact: export.words(annotation),
            prefix: before.get(from..).unwrap_or_default(),
            suffix: after.get(..to).unwrap_or_default(),
        },
        Selector::TextPosition { start: annotation.start_point, end: annotation.end_point },
    ]
}

fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    let root = files.json.as_ref()?;
    let context = &items(root).first()?["@context"];
    if !items(context).iter().any(|c| text(c).contains("anno.jsonld")) {
        return None;
    }
    // A collection has its first page in it; a file can also be a list of annotations or a single one.
    let page = if root["first"].is_object() { &root["first"] } else { root };
    let annotations = if page["items"].is_null() { root } else { &page["items"] };
    let extension = &page["galley"];
    let document_text = match extension["document"]["text"].as_str() {
        Some(text) => text,
        None => files.text_beside("")?,
    };
    let mut document = ImportedDocument::new(document_text, extension);
    for annotation in items(annotations) {
        read_annotation(&mut document, annotation);
    }
    Some(vec![document.finish()])
}

fn read_annotation(document: &mut ImportedDocument, annotation: &Value) {
    let target = &annotation["target"];
    let target = items(target).first().unwrap_or(target);
    let (mut exact, mut prefix, mut position) = ("", "", None);
    for selector in items(&target["selector"]) {
        match text(&selector["type"]) {
            "TextQuoteSelector" => {
                exact = text(&selector["exact"]);
                prefix = text(&selector["prefix"]);
            }
            "TextPositionSelector" => {
                position = number(&selector["start"]).zip(number(&selector["end"]));
            }
            _ => {}
        }
    }
    let range = document.locate(position, exact, prefix);
    let bodies = items(&annotation["body"]);
    let tag = bodies.iter().find(|body| text(&body["purpose"]) == "tagging");
    let tag = tag.or_else(|| bodies.iter().find(|body| !text(&body["value"]).is_empty()));
    let label = tag.map_or(&annotation["bodyValue"], |body| &body["value"]);
    // The last part of an IRI: ids here are short.
    let id = text(&annotation["id"]).rsplit(['#', '/']).next().unwrap_or_default();
    let place = document.add_annotation(id, text(label), range, &annotation["galley"]);
    let value = bodies.iter().find(|body| text(&body["purpose"]) == "describing");
    if let Some(value) = value {
        document.describe(place, text(&value["value"]));
    }
}
