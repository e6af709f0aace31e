//! What a file says of a document, before it is made into one: its annotations, what Galley had written of them, and
//! what labels mean by themselves.
//!
//! Must not know how it was read, nor what becomes of it.

use serde::Deserialize;
use serde_json::Value;

use super::export::QUOTE_LABEL;
use super::galley_json::{AnnotationJson, EntityJson, IntervalJson, PointRange, TimexJson};
use super::json_text::{number, text};
use galley_engine::document::{Document, Label};
use galley_engine::text::{OffsetMap, SourceText};
use galley_engine::timex::TimexValue;

/// What Galley had written of an annotation.
pub(super) struct Kept {
    pub(super) id: String,
    /// Its label where there are only labels.
    pub(super) label: String,
    /// Where it stood, when its words are still there.
    pub(super) range: Option<PointRange>,
    /// The value of its date.
    pub(super) value: String,
    /// Its fields; or why they cannot be read.
    pub(super) json: Result<Box<AnnotationJson<'static>>, String>,
}

impl Kept {
    pub(super) fn new(annotation: &Value, source: &SourceText, offsets: &OffsetMap) -> Kept {
        let range = number(&annotation["start"]).zip(number(&annotation["end"]));
        let range = range.map(|(start, end)| [start, end]).filter(|range| {
            let [start, end] = range.map(|point| offsets.byte_of_point(point as usize));
            source.as_str().get(start..end) == annotation["text"].as_str()
        });
        let json = AnnotationJson::deserialize(annotation.clone());
        Kept {
            id: text(&annotation["id"]).to_owned(),
            label: label_in_json(annotation).to_owned(),
            range,
            value: text(&annotation["timex"]["value"]).to_owned(),
            json: json.map(Box::new).map_err(|why| why.to_string()),
        }
    }
}

/// The label of an annotation in Galley JSON, for programs that know nothing but labels.
fn label_in_json(annotation: &Value) -> &str {
    match text(&annotation["kind"]) {
        "date" => text(&annotation["timex"]["type"]),
        "quote" => QUOTE_LABEL,
        _ => text(&annotation["label"]),
    }
}

/// An annotation as the file has it.
pub(super) struct FoundAnnotation {
    /// Its id there; empty when it has none.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) range: PointRange,
    /// The value of a date, where the file has one.
    pub(super) value: Option<String>,
    /// The name of an entity, or of who speaks, where the file has one.
    pub(super) name: Option<String>,
    /// What Galley had written of it, by its place among these.
    pub(super) kept: Option<usize>,
}

/// What a file says, ready to be compared with what Galley had written.
pub(super) struct FoundDocument {
    pub(super) head: Document,
    pub(super) offsets: OffsetMap,
    pub(super) entities: Vec<Result<EntityJson<'static>, String>>,
    pub(super) kept: Vec<Kept>,
    pub(super) is_kept_complete: bool,
    pub(super) has_all_relations: bool,
    pub(super) annotations: Vec<FoundAnnotation>,
    /// Pairs that mention one entity.
    pub(super) same_entity: Vec<(usize, usize)>,
    /// Quotes and the words that name their speakers.
    pub(super) speakers: Vec<(usize, usize)>,
    /// Quotes of which the file does not tell who speaks.
    pub(super) undecided: Vec<usize>,
    pub(super) left_out: Vec<String>,
}

/// Are two labels one, apart from signs that brat has not in the names of types?
pub(super) fn is_same_label(one: &str, other: &str) -> bool {
    let plain = |label: &str| -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        label.chars().map(|c| if is_plain(c) { c } else { '_' }).collect()
    };
    plain(one) == plain(other)
}

/// What a label means by itself.
pub(super) enum Meaning {
    /// A type of TIMEX3.
    Date(&'static str),
    /// A kind of quote.
    Quote(&'static str),
    /// A label of entities.
    Entity(String),
}

/// What other programs' labels mean.
pub(super) fn meaning_of(label: &str) -> Meaning {
    let label = label.trim();
    match label.to_ascii_uppercase().as_str() {
        "DATE" => Meaning::Date("DATE"),
        "TIME" => Meaning::Date("TIME"),
        "DURATION" => Meaning::Date("DURATION"),
        "SET" => Meaning::Date("SET"),
        "QUOTE" | "QUOTATION" | "DIRECT" => Meaning::Quote("direct"),
        "MIXED" => Meaning::Quote("mixed"),
        "INDIRECT" => Meaning::Quote("indirect"),
        "PER" | "PEOPLE" => Meaning::Entity("PERSON".to_owned()),
        "ORGANIZATION" | "ORGANISATION" => Meaning::Entity("ORG".to_owned()),
        "LOCATION" => Meaning::Entity("LOC".to_owned()),
        known if Label::parse(known).is_some() => Meaning::Entity(known.to_owned()),
        _ => Meaning::Entity(label.to_owned()),
    }
}

/// The value of a date of which nothing is known but its type.
pub(super) fn unknown_value(kind: &str) -> &'static str {
    if kind == "DURATION" { "PXX" } else { "XXXX-XX-XX" }
}

/// What is known of an annotation that has nothing but a label, and of a date its value; `entity` is that of a name.
pub(super) fn labelled_annotation(
    found: &FoundAnnotation,
    words: &str,
    entity: impl FnOnce(&str) -> String,
) -> AnnotationJson<'static> {
    let json = AnnotationJson {
        confidence: Some(1.0),
        status: Some("added".into()),
        ..AnnotationJson::default()
    };
    match meaning_of(&found.label) {
        Meaning::Date(kind) => {
            let value = found.value.clone().unwrap_or_else(|| unknown_value(kind).to_owned());
            let interval = TimexValue::parse(&value).interval();
            let interval = interval.map(|i| IntervalJson { from: i.from.into(), to: i.to.into() });
            let timex =
                TimexJson { kind: kind.into(), value: value.into(), modifier: None, anchor: None };
            AnnotationJson {
                kind: Some("date".into()),
                timex: Some(timex),
                interval: Some(interval),
                ..json
            }
        }
        Meaning::Quote(kind) => AnnotationJson {
            kind: Some("quote".into()),
            label: Some(kind.into()),
            parts: Some(vec![without_quotation_marks(words, found.range)]),
            ..json
        },
        Meaning::Entity(label) => {
            let is_name = Label::parse(&label).is_none_or(Label::is_name);
            AnnotationJson {
                kind: Some("entity".into()),
                entity: is_name.then(|| Some(entity(&label).into())),
                label: Some(label.into()),
                ..json
            }
        }
    }
}

/// The range of the words within quotation marks; all of it where there is nothing else.
pub(super) fn without_quotation_marks(words: &str, [start, end]: PointRange) -> PointRange {
    const MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
    let inner = words.trim_start_matches(MARKS);
    let from = start + (words.chars().count() - inner.chars().count()) as u32;
    let to = from + inner.trim_end_matches(MARKS).chars().count() as u32;
    if from < to { [from, to] } else { [start, end] }
}
