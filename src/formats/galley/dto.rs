//! The file's own shapes, apart from the document's: the order of fields is the file's order.

use std::borrow::Cow;

use serde::Serialize;

use super::object::object;

type Text<'a> = Cow<'a, str>;

/// Start and end, in code points.
pub(crate) type Range = [u32; 2];

#[derive(Default, Serialize)]
pub(crate) struct FileDto<'a> {
    pub(super) format: Text<'a>,
    pub(super) version: u32,
    pub(super) generator: GeneratorDto<'a>,
    pub(super) document: DocumentDto<'a>,
    pub(super) offsets: OffsetsDto<'a>,
    pub(super) annotations: Vec<AnnotationDto<'a>>,
    pub(super) entities: Vec<EntityDto<'a>>,
    pub(super) review: ReviewDto,
}

/// What is read before anything else, so that a file of another version is named as one.
#[derive(Default)]
pub(super) struct HeadDto<'a> {
    pub(super) format: Text<'a>,
    pub(super) version: Option<f64>,
}

#[derive(Default, Serialize)]
pub(crate) struct GeneratorDto<'a> {
    pub(super) name: Text<'a>,
    pub(super) version: Text<'a>,
    pub(super) model: Text<'a>,
}

#[derive(Default, Serialize)]
pub(crate) struct DocumentDto<'a> {
    pub(super) id: Option<Text<'a>>,
    pub(super) title: Option<Text<'a>>,
    pub(super) language: Text<'a>,
    pub(super) published: Option<Text<'a>>,
    pub(super) published_source: Option<Text<'a>>,
    pub(super) text: Text<'a>,
    pub(super) text_sha256: Option<Text<'a>>,
}

#[derive(Serialize)]
pub(crate) struct OffsetsDto<'a> {
    pub(super) unit: Text<'a>,
    pub(super) end: Text<'a>,
}

impl Default for OffsetsDto<'_> {
    fn default() -> Self {
        OffsetsDto { unit: super::UNIT.into(), end: "exclusive".into() }
    }
}

/// An annotation; also the record of a machine's reading, and the arguments of a stored edit,
/// where only what is told is there. `Some(None)` is an explicit null.
#[derive(Default, Serialize)]
pub(crate) struct AnnotationDto<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) end: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entity: Option<Option<Text<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) timex: Option<TimexDto<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) interval: Option<Option<IntervalDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alternatives: Option<Vec<ReadingDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parts: Option<Vec<Range>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue: Option<Vec<Range>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) speaker: Option<Option<SpeakerDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) strength: Option<Text<'a>>,
    /// When a quote was said; for other formats alone, never in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) said: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) machine: Option<Box<AnnotationDto<'a>>>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub(crate) struct TimexDto<'a> {
    #[serde(rename = "type")]
    pub(super) kind: Text<'a>,
    pub(super) value: Text<'a>,
    #[serde(rename = "mod")]
    pub(super) modifier: Option<Text<'a>>,
    pub(super) anchor: Option<Text<'a>>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub(crate) struct IntervalDto<'a> {
    pub(super) from: Text<'a>,
    pub(super) to: Text<'a>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub(crate) struct ReadingDto<'a> {
    pub(super) timex: TimexDto<'a>,
    pub(super) interval: Option<IntervalDto<'a>>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub(crate) struct SpeakerDto<'a> {
    pub(super) mention: Vec<Range>,
    pub(super) entity: Option<Text<'a>>,
    pub(super) name: Option<Text<'a>>,
    pub(super) confidence: Option<f64>,
}

#[derive(Default, Serialize)]
pub(crate) struct EntityDto<'a> {
    pub(super) id: Text<'a>,
    pub(super) label: Text<'a>,
    pub(super) name: Text<'a>,
    pub(super) aliases: Vec<Text<'a>>,
    pub(super) mentions: Vec<Text<'a>>,
    /// Left out while it is the machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Text<'a>>,
}

#[derive(Default, Serialize)]
pub(crate) struct ReviewDto {
    pub(super) machine: u32,
    pub(super) accepted: u32,
    pub(super) corrected: u32,
    pub(super) added: u32,
    pub(super) rejected: u32,
}

object!(FileDto<'a> {
    format: "format", version: "version", generator: "generator", document: "document",
    offsets: "offsets", annotations: "annotations", entities: "entities"
} needs "format", "version", "document");
object!(HeadDto<'a> { format: "format", version: "version" });
object!(GeneratorDto<'a> { name: "name", version: "version", model: "model" });
object!(DocumentDto<'a> {
    id: "id", title: "title", language: "language", published: "published",
    published_source: "published_source", text: "text", text_sha256: "text_sha256"
} needs "text");
object!(OffsetsDto<'a> { unit: "unit", end: "end" } needs "unit", "end");
object!(AnnotationDto<'a> {
    id: "id", kind: "kind", label: "label", start: "start", end: "end", text: "text",
    timex: "timex", alternatives: "alternatives", parts: "parts", cue: "cue",
    strength: "strength", confidence: "confidence", reason: "reason", status: "status",
    machine: "machine";
    null entity: "entity", interval: "interval", speaker: "speaker"
});
object!(TimexDto<'a> { kind: "type", value: "value", modifier: "mod", anchor: "anchor" } needs "type", "value");
object!(IntervalDto<'a> { from: "from", to: "to" } needs "from", "to");
object!(ReadingDto<'a> { timex: "timex", interval: "interval" } needs "timex");
object!(SpeakerDto<'a> { mention: "mention", entity: "entity", name: "name", confidence: "confidence" });
object!(EntityDto<'a> {
    id: "id", label: "label", name: "name", aliases: "aliases", mentions: "mentions",
    status: "status"
} needs "id", "label", "name");
