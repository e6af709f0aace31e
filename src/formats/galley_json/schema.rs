//! The shapes of Galley JSON, apart from the document's: fields stand in the order in which they are written.
//!
//! Comments on fields are what the schema and its page say of them (`contract`), so they are written for readers
//! of files. Owns the names, the order and the presence of fields. Must not know what their values mean: that is
//! for the reader and the writer.

use std::borrow::Cow;

use galley_engine::document::Label;
use schemars::JsonSchema;
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

/// An article with its annotations: one file, or one line of JSON lines.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
#[schemars(rename = "GalleyDocument")]
pub(crate) struct FileJson<'a> {
    /// By which a file is known.
    #[schemars(extend("const" = FORMAT_NAME))]
    pub(crate) format: Text<'a>,
    /// The version of the format. Another number is another format.
    #[schemars(extend("const" = VERSION))]
    pub(crate) version: u32,
    /// Which program and models read the text.
    #[serde(default)]
    pub(crate) generator: GeneratorJson<'a>,
    /// The article.
    pub(crate) document: DocumentJson<'a>,
    /// How places in the text are counted.
    #[serde(default)]
    pub(crate) offsets: OffsetsJson<'a>,
    /// What was found in the text or marked by people, in the order of the text. They may stand within and across each
    /// other.
    #[serde(default)]
    pub(crate) annotations: Vec<AnnotationJson<'a>>,
    /// Whom and what the text names, in the order of their first mentions.
    #[serde(default)]
    pub(crate) entities: Vec<EntityJson<'a>>,
    /// How many annotations stand at each status; counted anew whenever a file is written.
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

/// Which program and models read the text.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, expecting = "an object")]
#[schemars(rename = "Generator")]
pub(crate) struct GeneratorJson<'a> {
    /// The program: `galley`; empty for files of other programs.
    pub(crate) name: Text<'a>,
    /// Its version.
    pub(crate) version: Text<'a>,
    /// The models, by name, version and checksum.
    pub(crate) model: Text<'a>,
}

/// The article: its text and what is known of it as a whole.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
#[schemars(rename = "Document")]
pub(crate) struct DocumentJson<'a> {
    /// The caller's name for it: of a file, or of a row of a table.
    pub(crate) id: Option<Text<'a>>,
    /// The headline.
    pub(crate) title: Option<Text<'a>>,
    /// The language of the text, as an ISO 639-1 code.
    #[serde(default)]
    pub(crate) language: Text<'a>,
    /// When the article appeared, `2021-07-23` or `2021-07-23T19:27:00`; relative dates are resolved against it.
    pub(crate) published: Option<Text<'a>>,
    /// Where `published` comes from: read in the text, or given; null where there is none.
    #[schemars(extend("enum" = ["text", "given", null]))]
    pub(crate) published_source: Option<Text<'a>>,
    /// The text that every place in the file is counted in. Line ends are LF.
    pub(crate) text: Text<'a>,
    /// SHA-256 of the text's UTF-8 bytes, in lowercase hexadecimal digits. A file with another sum is refused.
    pub(crate) text_sha256: Option<Text<'a>>,
    /// The parts of the page that are no paragraphs of the story, in the order of the text; left out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) zones: Vec<ZoneJson<'a>>,
}

/// A part of the page that is no paragraph of the story.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, expecting = "an object")]
#[schemars(rename = "Zone")]
pub(crate) struct ZoneJson<'a> {
    /// What it is. Readers leave out zones that they do not know.
    #[schemars(extend("examples" = ["title", "standfirst", "section", "byline", "date", "caption", "subhead", "furniture", "signoff"]))]
    pub(crate) zone: Text<'a>,
    /// Its first code point.
    pub(crate) start: u32,
    /// The code point after it.
    pub(crate) end: u32,
}

/// How places in the text are counted.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
#[schemars(rename = "Offsets")]
pub(crate) struct OffsetsJson<'a> {
    /// The unit of all places: Unicode code points, as Python counts them (JavaScript counts UTF-16 units).
    #[schemars(extend("const" = UNIT))]
    pub(crate) unit: Text<'a>,
    /// `end` is the place after the last code point.
    #[schemars(extend("const" = "exclusive"))]
    pub(crate) end: Text<'a>,
}

impl Default for OffsetsJson<'_> {
    fn default() -> Self {
        OffsetsJson { unit: UNIT.into(), end: "exclusive".into() }
    }
}

/// A marked stretch of the text: a name, a date or a quote. Which fields there are depends on its kind.
// Also the machine's reading of a corrected one and the arguments of a stored edit: these have only the fields that
// they need. `Some(None)` is an explicit null.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, expecting = "an object")]
#[schemars(rename = "Annotation")]
pub(crate) struct AnnotationJson<'a> {
    /// Stable within the document; two annotations never have the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>")]
    pub(crate) id: Option<Text<'a>>,
    /// What it is: a mention of an entity (or an amount), a date, or reported speech.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>", extend("enum" = ["entity", "date", "quote"]))]
    pub(crate) kind: Option<Text<'a>>,
    /// Of an entity its label (OntoNotes', or one of the reader's own); of a quote how it is reported: `direct` in
    /// quotation marks, `indirect` without, `mixed` both.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>", extend("examples" = label_names()))]
    pub(crate) label: Option<Text<'a>>,
    /// Its first code point.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub(crate) start: Option<u32>,
    /// The code point after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    pub(crate) end: Option<u32>,
    /// The words at that place; a file where they are others is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>")]
    pub(crate) text: Option<Text<'a>>,
    /// Of an entity's mention: the id of the entity; null for amounts, and for names that are none's.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "null_or_value")]
    #[schemars(with = "Option<Text<'a>>")]
    pub(crate) entity: Option<Option<Text<'a>>>,
    /// Of a date: its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TimexJson<'a>")]
    pub(crate) timex: Option<TimexJson<'a>>,
    /// Of a date: the calendar interval that its value stands for; null where it stands for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "null_or_value")]
    #[schemars(with = "Option<IntervalJson<'a>>")]
    pub(crate) interval: Option<Option<IntervalJson<'a>>>,
    /// Of a date: other readings, the likeliest first; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<DateReadingJson<'a>>")]
    pub(crate) alternatives: Option<Vec<DateReadingJson<'a>>>,
    /// Of a quote: the places of the quoted words, without quotation marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PointRange>")]
    pub(crate) parts: Option<Vec<PointRange>>,
    /// Of a quote: the places of the words that introduce it ("said", "according to").
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<PointRange>")]
    pub(crate) cue: Option<Vec<PointRange>>,
    /// Of a quote: who speaks; null where the text names nobody.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "null_or_value")]
    #[schemars(with = "Option<SpeakerJson<'a>>")]
    pub(crate) speaker: Option<Option<SpeakerJson<'a>>>,
    /// Of a quote: whether it is speech, the words of a document, or an attitude.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>", extend("enum" = ["speech", "document", "attitude"]))]
    pub(crate) strength: Option<Text<'a>>,
    /// When a quote was said. Other formats carry it; a Galley file has the dates themselves.
    #[serde(skip_serializing_if = "Option::is_none", skip_deserializing)]
    #[schemars(skip)]
    pub(crate) said: Option<Text<'a>>,
    /// How sure the machine was, from 0 to 1 in thousandths; 1 for what a person said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "f64", range(min = 0.0, max = 1.0))]
    pub(crate) confidence: Option<f64>,
    /// Why the machine thinks so, in words for people; left out where it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>")]
    pub(crate) reason: Option<Text<'a>>,
    /// What became of it: the machine's, accepted, corrected or added by a person, or rejected (it is none, and never comes
    /// back).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>", extend("enum" = ["machine", "accepted", "corrected", "added", "rejected"]))]
    pub(crate) status: Option<Text<'a>>,
    /// Of a corrected one: what the machine had read, so that a corrected file doubles as evaluation data.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "AnnotationJson<'a>")]
    pub(crate) machine: Option<Box<AnnotationJson<'a>>>,
}

/// The labels that come with the program.
fn label_names() -> Vec<&'static str> {
    Label::ALL.iter().map(|row| row.0.name()).collect()
}

/// Keeps a null apart from a field that is absent.
fn null_or_value<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(from).map(Some)
}

/// A value as TIMEX3 (ISO-TimeML) has it.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
#[schemars(rename = "Timex")]
pub(crate) struct TimexJson<'a> {
    /// What the expression names: a day or longer, a time of day, a length, or something that recurs.
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["DATE", "TIME", "DURATION", "SET"]))]
    pub(crate) kind: Text<'a>,
    /// The value: `2021-07-22`, `2021-W30`, `2021-07-21TNI`, `P3M`, `XXXX-WXX-5`, `PAST_REF`. X stands for what is not known.
    pub(crate) value: Text<'a>,
    /// What the words add to the value: `APPROX`, `START`, `END`, `BEFORE`, `AFTER` …; null where they add nothing.
    #[serde(rename = "mod")]
    pub(crate) modifier: Option<Text<'a>>,
    /// What a relative date was resolved against: `published`, or the id of another date; null where it stands by itself.
    pub(crate) anchor: Option<Text<'a>>,
}

/// A stretch of the calendar: its first and its last day or instant.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
#[schemars(rename = "Interval")]
pub(crate) struct IntervalJson<'a> {
    /// The first day, or instant.
    pub(crate) from: Text<'a>,
    /// The last one; it belongs to the interval.
    pub(crate) to: Text<'a>,
}

/// Another way to read a date ("04/03").
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
#[schemars(rename = "DateReading")]
pub(crate) struct DateReadingJson<'a> {
    /// The value.
    pub(crate) timex: TimexJson<'a>,
    /// Its interval.
    pub(crate) interval: Option<IntervalJson<'a>>,
}

/// Who speaks a quote.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, expecting = "an object")]
#[schemars(rename = "Speaker")]
pub(crate) struct SpeakerJson<'a> {
    /// The places of the words that name the speaker ("he", "the minister").
    pub(crate) mention: Vec<PointRange>,
    /// The id of the entity, where it is known.
    pub(crate) entity: Option<Text<'a>>,
    /// The name, resolved through pronouns; null where it is not known.
    pub(crate) name: Option<Text<'a>>,
    /// How sure the machine was, from 0 to 1.
    pub(crate) confidence: Option<f64>,
}

/// Someone or something that the text names, with all its mentions.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "an object")]
#[schemars(rename = "Entity")]
pub(crate) struct EntityJson<'a> {
    /// Stable within the document.
    pub(crate) id: Text<'a>,
    /// The label of its mentions.
    pub(crate) label: Text<'a>,
    /// The fullest name.
    pub(crate) name: Text<'a>,
    /// Its other names, in the order of the text.
    #[serde(default)]
    pub(crate) aliases: Vec<Text<'a>>,
    /// The ids of the annotations that mention it, in the order of the text; without the rejected ones.
    #[serde(default)]
    pub(crate) mentions: Vec<Text<'a>>,
    /// `corrected` when a person named, merged or relabelled it, `added` when a person made it; left out while it is the
    /// machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text<'a>", extend("enum" = ["accepted", "corrected", "added", "rejected"]))]
    pub(crate) status: Option<Text<'a>>,
}

/// How many annotations stand at each status.
#[derive(Default, Serialize, JsonSchema)]
#[schemars(rename = "Review")]
pub(crate) struct ReviewJson {
    /// Nobody has decided on them.
    pub(crate) machine: u32,
    /// Right as they are.
    pub(crate) accepted: u32,
    /// Changed by a person.
    pub(crate) corrected: u32,
    /// Made by a person.
    pub(crate) added: u32,
    /// No annotations, by a person's decision.
    pub(crate) rejected: u32,
}
