//! What is kept beside a document for search and lists over many: its text, names, quotes and dates, with where
//! they stand. Made anew from the document whenever it is missing or out of date.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::words;
use galley_engine::document::{AnnotationId, Body, Document, EntityId, Kind, Label, Status};
use galley_engine::view::axis::TimeRange;
use galley_engine::view::speaker_name;

/// A document, as lists over many need it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Digest {
    /// Its title, as the list has it.
    pub title: String,
    /// Its text.
    pub text: String,
    /// Its publication date, as written by [`galley_engine::calendar::Stamp`].
    pub published: Option<String>,
    /// Its entities that are mentioned.
    pub names: Vec<Name>,
    /// Its quotes, in the order of the text.
    pub quotes: Vec<QuoteFound>,
    /// Its dates, in the order of the text.
    pub dates: Vec<DateFound>,
}

/// An entity of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Its id there.
    pub entity: String,
    /// Its canonical name.
    pub name: String,
    /// Its label, as files have it.
    pub label: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Where it is mentioned, in the order of the text.
    pub mentions: Vec<NameMention>,
}

impl Name {
    /// What it is; a label that this program does not know counts as other.
    pub fn kind(&self) -> Kind {
        Label::named(&self.label).map_or(Kind::Other, Label::kind)
    }

    /// Its label for people.
    pub fn label_title(&self) -> &str {
        match Label::named(&self.label) {
            Some(label) => label.title(),
            None => &self.label,
        }
    }
}

/// A mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameMention {
    /// Its annotation.
    pub id: String,
    /// Its first byte in the text.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// A person has checked it.
    pub checked: bool,
}

/// A quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteFound {
    /// Its annotation.
    pub id: String,
    /// Its first byte in the text.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// What is quoted, without what stands between its parts.
    pub words: String,
    /// Who speaks, as the document names them.
    pub speaker: Option<String>,
    /// The index of the speaker among the names.
    pub speaker_name: Option<u32>,
    /// A person has checked it.
    pub checked: bool,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateFound {
    /// Its annotation.
    pub id: String,
    /// Its first byte in the text.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// Its TIMEX3 value.
    pub value: String,
    /// Its value for people.
    pub meaning: String,
    /// Its place in the calendar, in minutes; `None`: it has none.
    pub place: Option<(i64, i64)>,
    /// A person has checked it.
    pub checked: bool,
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Digest {
    /// The digest of a document under this title. Linear.
    pub fn of(document: &Document, title: &str) -> Digest {
        let mut digest = Digest {
            title: title.to_owned(),
            text: document.text.as_str().to_owned(),
            published: document.published.map(|stamp| stamp.to_string()),
            ..Digest::default()
        };
        let mentioned = |id: &AnnotationId, mentions: &HashMap<&AnnotationId, NameMention>| {
            mentions.get(id).cloned()
        };
        let live = || document.annotations.iter().filter(|a| a.status != Status::Rejected);
        let mentions: HashMap<&AnnotationId, NameMention> = live()
            .filter(|a| a.entity().is_some())
            .map(|a| {
                let mention = NameMention {
                    id: a.id.0.clone(),
                    start: offset(a.span.start()),
                    end: offset(a.span.end()),
                    checked: a.status != Status::Machine,
                };
                (&a.id, mention)
            })
            .collect();
        let mut index: HashMap<&EntityId, u32> = HashMap::new();
        for entity in &document.entities {
            let mut own: Vec<NameMention> =
                entity.mentions.iter().filter_map(|id| mentioned(id, &mentions)).collect();
            if own.is_empty() {
                continue;
            }
            own.sort_by_key(|m| (m.start, m.end));
            index.insert(&entity.id, offset(digest.names.len()));
            digest.names.push(Name {
                entity: entity.id.0.clone(),
                name: entity.name.clone(),
                label: entity.label.name().to_owned(),
                aliases: entity.aliases.clone(),
                mentions: own,
            });
        }
        for a in live() {
            let (start, end) = (offset(a.span.start()), offset(a.span.end()));
            let (id, checked) = (a.id.0.clone(), a.status != Status::Machine);
            match &a.body {
                Body::Entity(_) => {}
                Body::Quote(quote) => {
                    let parts = quote.parts.iter().map(|&part| document.text.slice(part));
                    let words = match quote.parts.is_empty() {
                        true => document.text.slice(a.span).to_owned(),
                        false => parts.collect::<Vec<_>>().join(" … "),
                    };
                    let entity = quote.speaker.as_ref().and_then(|s| s.entity.as_ref());
                    digest.quotes.push(QuoteFound {
                        id,
                        start,
                        end,
                        words,
                        speaker: speaker_name(document, a).flatten(),
                        speaker_name: entity.and_then(|id| index.get(id)).copied(),
                        checked,
                    });
                }
                Body::Date(date) => {
                    let place = date.interval.as_ref().and_then(TimeRange::of);
                    digest.dates.push(DateFound {
                        id,
                        start,
                        end,
                        value: date.timex.value.to_string(),
                        meaning: words::date_in_words(&date.timex),
                        place: place.map(|range| (range.from, range.to)),
                        checked,
                    });
                }
            }
        }
        digest
    }

    /// As JSON, for storage.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The inverse of [`Digest::to_json`]; `None`: it was kept by another version.
    pub fn from_json(json: &str) -> Option<Digest> {
        serde_json::from_str(json).ok()
    }
}
