//! The file's own shapes, apart from the document's: the order of fields is the file's order.

use std::borrow::Cow;

use serde::Serialize;

use super::object::object;

type Text<'a> = Cow<'a, str>;

/// Start and end, in code points.
pub type Range = [u32; 2];

#[derive(Default, Serialize)]
pub struct FileDto<'a> {
    pub format: Text<'a>,
    pub version: u32,
    pub generator: GeneratorDto<'a>,
    pub document: DocumentDto<'a>,
    pub offsets: OffsetsDto<'a>,
    pub annotations: Vec<AnnotationDto<'a>>,
    pub entities: Vec<EntityDto<'a>>,
    pub review: ReviewDto,
}

/// What is read before anything else, so that a file of another version is named as one.
#[derive(Default)]
pub struct HeadDto<'a> {
    pub format: Text<'a>,
    pub version: Option<f64>,
}

#[derive(Default, Serialize)]
pub struct GeneratorDto<'a> {
    pub name: Text<'a>,
    pub version: Text<'a>,
    pub model: Text<'a>,
}

#[derive(Default, Serialize)]
pub struct DocumentDto<'a> {
    pub id: Option<Text<'a>>,
    pub title: Option<Text<'a>>,
    pub language: Text<'a>,
    pub published: Option<Text<'a>>,
    pub published_source: Option<Text<'a>>,
    pub text: Text<'a>,
    pub text_sha256: Option<Text<'a>>,
}

#[derive(Serialize)]
pub struct OffsetsDto<'a> {
    pub unit: Text<'a>,
    pub end: Text<'a>,
}

impl Default for OffsetsDto<'_> {
    fn default() -> Self {
        OffsetsDto { unit: super::UNIT.into(), end: "exclusive".into() }
    }
}

/// An annotation; also the record of a machine's reading, and the arguments of a stored edit,
/// where only what is told is there. `Some(None)` is an explicit null.
#[derive(Default, Serialize)]
pub struct AnnotationDto<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<Option<Text<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timex: Option<TimexDto<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Option<IntervalDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternatives: Option<Vec<ReadingDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<Range>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<Vec<Range>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Option<SpeakerDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<Text<'a>>,
    /// When a quote was said; for other formats alone, never in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub machine: Option<Box<AnnotationDto<'a>>>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub struct TimexDto<'a> {
    #[serde(rename = "type")]
    pub kind: Text<'a>,
    pub value: Text<'a>,
    #[serde(rename = "mod")]
    pub modifier: Option<Text<'a>>,
    pub anchor: Option<Text<'a>>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub struct IntervalDto<'a> {
    pub from: Text<'a>,
    pub to: Text<'a>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub struct ReadingDto<'a> {
    pub timex: TimexDto<'a>,
    pub interval: Option<IntervalDto<'a>>,
}

#[derive(Clone, PartialEq, Default, Serialize)]
pub struct SpeakerDto<'a> {
    pub mention: Vec<Range>,
    pub entity: Option<Text<'a>>,
    pub name: Option<Text<'a>>,
    pub confidence: Option<f64>,
}

#[derive(Default, Serialize)]
pub struct EntityDto<'a> {
    pub id: Text<'a>,
    pub label: Text<'a>,
    pub name: Text<'a>,
    pub aliases: Vec<Text<'a>>,
    pub mentions: Vec<Text<'a>>,
    /// Left out while it is the machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Text<'a>>,
}

#[derive(Default, Serialize)]
pub struct ReviewDto {
    pub machine: u32,
    pub accepted: u32,
    pub corrected: u32,
    pub added: u32,
    pub rejected: u32,
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
