//! What of a document another format has no field for: in a field of ours, with every annotation as it was written.
//!
//! By these a reader tells what a person changed, moved and took out since ([`reconcile`](super::reconcile)).

use serde::Serialize;

use super::export::ExportDocument;
use super::galley_json::{AnnotationJson, EntityJson, GeneratorJson, ZoneJson};

/// A document without its text, which the format has itself; fields as in Galley JSON.
#[derive(Serialize)]
pub(super) struct Extension<'a> {
    generator: &'a GeneratorJson<'a>,
    document: DocumentWithoutText<'a>,
    entities: &'a [EntityJson<'a>],
    /// All, the rejected ones too.
    annotations: Vec<&'a AnnotationJson<'a>>,
}

#[derive(Serialize)]
struct DocumentWithoutText<'a> {
    id: Option<&'a str>,
    title: Option<&'a str>,
    language: &'a str,
    published: Option<&'a str>,
    published_source: Option<&'a str>,
    text_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    zones: &'a [ZoneJson<'a>],
}

impl<'a> Extension<'a> {
    pub(super) fn new(export: &'a ExportDocument<'_>) -> Extension<'a> {
        let document = &export.file.document;
        Extension {
            generator: &export.file.generator,
            document: DocumentWithoutText {
                id: document.id.as_deref(),
                title: document.title.as_deref(),
                language: &document.language,
                published: document.published.as_deref(),
                published_source: document.published_source.as_deref(),
                text_sha256: document.text_sha256.as_deref(),
                zones: &document.zones,
            },
            entities: &export.file.entities,
            annotations: export.all_annotations().collect(),
        }
    }
}
