//! The file's own shapes, apart from the document's: the order of fields is the file's order.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

type Text<'a> = Cow<'a, str>;

/// Start and end, in code points.
pub(crate) type Range = [u32; 2];

#[derive(Serialize, Deserialize)]
pub(crate) struct FileDto<'a> {
    pub(super) format: Text<'a>,
    pub(super) version: u32,
    #[serde(default)]
    pub(super) generator: GeneratorDto<'a>,
    pub(super) document: DocumentDto<'a>,
    #[serde(default)]
    pub(super) offsets: OffsetsDto<'a>,
    #[serde(default)]
    pub(super) annotations: Vec<AnnotationDto<'a>>,
    #[serde(default)]
    pub(super) entities: Vec<EntityDto<'a>>,
    #[serde(skip_deserializing)]
    pub(super) review: ReviewDto,
}

/// What is read before anything else, so that a file of another version is named as one.
#[derive(Deserialize)]
pub(super) struct HeadDto<'a> {
    #[serde(default)]
    pub(super) format: Text<'a>,
    #[serde(default)]
    pub(super) version: Option<f64>,
}

#[derive(Default, Serialize, Deserialize)]
pub(crate) struct GeneratorDto<'a> {
    #[serde(default)]
    pub(super) name: Text<'a>,
    #[serde(default)]
    pub(super) version: Text<'a>,
    #[serde(default)]
    pub(super) model: Text<'a>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct DocumentDto<'a> {
    #[serde(default)]
    pub(super) id: Option<Text<'a>>,
    #[serde(default)]
    pub(super) title: Option<Text<'a>>,
    #[serde(default)]
    pub(super) language: Text<'a>,
    #[serde(default)]
    pub(super) published: Option<Text<'a>>,
    #[serde(default)]
    pub(super) published_source: Option<Text<'a>>,
    pub(super) text: Text<'a>,
    #[serde(default)]
    pub(super) text_sha256: Option<Text<'a>>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct OffsetsDto<'a> {
    pub(super) unit: Text<'a>,
    pub(super) end: Text<'a>,
}

impl Default for OffsetsDto<'_> {
    fn default() -> Self {
        OffsetsDto {
            unit: super::UNIT.into(),
            end: "exclusive".into(),
        }
    }
}

/// An annotation; also the record of a machine's reading, and the arguments of a stored edit,
/// where only what is told is there. `Some(None)` is an explicit null.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
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
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "explicit_text"
    )]
    pub(crate) entity: Option<Option<Text<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) timex: Option<TimexDto<'a>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "explicit_interval"
    )]
    pub(crate) interval: Option<Option<IntervalDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alternatives: Option<Vec<ReadingDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parts: Option<Vec<Range>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue: Option<Vec<Range>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "explicit_speaker"
    )]
    pub(crate) speaker: Option<Option<SpeakerDto<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) strength: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) machine: Option<Box<AnnotationDto<'a>>>,
}

// Serde takes a null for an absent field unless it is told otherwise.
fn explicit_text<'de, 'a, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<Option<Text<'a>>>, D::Error> {
    Option::deserialize(d).map(Some)
}

fn explicit_interval<'de, 'a, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<Option<IntervalDto<'a>>>, D::Error> {
    Option::deserialize(d).map(Some)
}

fn explicit_speaker<'de, 'a, D: Deserializer<'de>>(
    d: D,
) -> Result<Option<Option<SpeakerDto<'a>>>, D::Error> {
    Option::deserialize(d).map(Some)
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TimexDto<'a> {
    #[serde(rename = "type")]
    pub(super) kind: Text<'a>,
    pub(super) value: Text<'a>,
    #[serde(default, rename = "mod")]
    pub(super) modifier: Option<Text<'a>>,
    #[serde(default)]
    pub(super) anchor: Option<Text<'a>>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct IntervalDto<'a> {
    pub(super) from: Text<'a>,
    pub(super) to: Text<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReadingDto<'a> {
    pub(super) timex: TimexDto<'a>,
    #[serde(default)]
    pub(super) interval: Option<IntervalDto<'a>>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SpeakerDto<'a> {
    #[serde(default)]
    pub(super) mention: Vec<Range>,
    #[serde(default)]
    pub(super) entity: Option<Text<'a>>,
    #[serde(default)]
    pub(super) name: Option<Text<'a>>,
    #[serde(default)]
    pub(super) confidence: Option<f64>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct EntityDto<'a> {
    pub(super) id: Text<'a>,
    pub(super) label: Text<'a>,
    pub(super) name: Text<'a>,
    #[serde(default)]
    pub(super) aliases: Vec<Text<'a>>,
    #[serde(default)]
    pub(super) mentions: Vec<Text<'a>>,
    /// Left out while it is the machine's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
