//! The shapes of Galley JSON, apart from the document's: fields stand in the order in which they are written.
//!
//! Owns the names, the order and the presence of fields. Must not know what their values mean: that is
//! for the reader and the writer.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

/// The name of the format, in its files.
pub(super) const FORMAT_NAME: &str = "galley";
/// The version that is written, and the only one that is read.
pub(super) const VERSION: u32 = 1;
/// The unit of every offset.
pub(super) const UNIT: &str = "unicode-code-point";

type Text<'a> = Cow<'a, str>;

/// Start and end, in code points.
pub(crate) type PointRange = [u32; 2];

#[derive(Default, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct FileJson<'a> {
    pub(crate) format: Text<'a>,
    pub(crate) version: u32,
    #[serde(default)]
    pub(crate) generator: GeneratorJson<'a>,
    pub(crate) document: DocumentJson<'a>,
    #[serde(default)]
    pub(crate) offsets: OffsetsJson<'a>,
    #[serde(default)]
    pub(crate) annotations: Vec<AnnotationJson<'a>>,
    #[serde(default)]
    pub(crate) entities: Vec<EntityJson<'a>>,
    /// Counted anew whenever a file is written.
    #[serde(skip_deserializing)]
    pub(crate) review: ReviewJson,
}

/// What is read before anything else, so that a file of another version is named as one.
#[derive(Default, Deserialize)]
#[serde(default, expecting = "an object")]
pub(crate) struct HeadJson<'a> {
    pub(crate) format: Text<'a>,
    pub(crate) version: Option<f64>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, expecting = "an object")]
pub(crate) struct GeneratorJson<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) version: Text<'a>,
    pub(crate) model: Text<'a>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct DocumentJson<'a> {
    pub(crate) id: Option<Text<'a>>,
    pub(crate) title: Option<Text<'a>>,
    #[serde(default)]
    pub(crate) language: Text<'a>,
    pub(crate) published: Option<Text<'a>>,
    pub(crate) published_source: Option<Text<'a>>,
    pub(crate) text: Text<'a>,
    pub(crate) text_sha256: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) zones: Vec<ZoneJson<'a>>,
}

/// A part of the page that is no paragraph of the story.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, expecting = "an object")]
pub(crate) struct ZoneJson<'a> {
    pub(crate) zone: Text<'a>,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct OffsetsJson<'a> {
    pub(crate) unit: Text<'a>,
    pub(crate) end: Text<'a>,
}

impl Default for OffsetsJson<'_> {
    fn default() -> Self {
        OffsetsJson { unit: UNIT.into(), end: "exclusive".into() }
    }
}

/// An annotation. Also the machine's reading of a corrected one and the arguments of a stored edit: these
/// have only the fields that they need. `Some(None)` is an explicit null.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, expecting = "an object")]
pub(crate) struct AnnotationJson<'a> {
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
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "null_or_value")]
    pub(crate) entity: Option<Option<Text<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) timex: Option<TimexJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "null_or_value")]
    pub(crate) interval: Option<Option<IntervalJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alternatives: Option<Vec<DateReadingJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parts: Option<Vec<PointRange>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cue: Option<Vec<PointRange>>,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "null_or_value")]
    pub(crate) speaker: Option<Option<SpeakerJson<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) strength: Option<Text<'a>>,
    /// When a quote was said. Other formats carry it; a Galley file has the dates themselves.
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    pub(crate) said: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) machine: Option<Box<AnnotationJson<'a>>>,
}

/// Keeps a null apart from a field that is absent.
fn null_or_value<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(from).map(Some)
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct TimexJson<'a> {
    #[serde(rename = "type")]
    pub(crate) kind: Text<'a>,
    pub(crate) value: Text<'a>,
    #[serde(rename = "mod")]
    pub(crate) modifier: Option<Text<'a>>,
    pub(crate) anchor: Option<Text<'a>>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct IntervalJson<'a> {
    pub(crate) from: Text<'a>,
    pub(crate) to: Text<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct DateReadingJson<'a> {
    pub(crate) timex: TimexJson<'a>,
    pub(crate) interval: Option<IntervalJson<'a>>,
}

#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, expecting = "an object")]
pub(crate) struct SpeakerJson<'a> {
    pub(crate) mention: Vec<PointRange>,
    pub(crate) entity: Option<Text<'a>>,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) confidence: Option<f64>,
}

#[derive(Serialize, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct EntityJson<'a> {
    pub(crate) id: Text<'a>,
    pub(crate) label: Text<'a>,
    pub(crate) name: Text<'a>,
    #[serde(default)]
    pub(crate) aliases: Vec<Text<'a>>,
    #[serde(default)]
    pub(crate) mentions: Vec<Text<'a>>,
    /// Left out while it is the machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Text<'a>>,
}

#[derive(Default, Serialize)]
pub(crate) struct ReviewJson {
    pub(crate) machine: u32,
    pub(crate) accepted: u32,
    pub(crate) corrected: u32,
    pub(crate) added: u32,
    pub(crate) rejected: u32,
}
