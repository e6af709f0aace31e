//! The document: a text with its annotations and entities, and what must always hold of it.
//!
//! Owns the data model and its invariants. Must not know how an annotation was found, how it is
//! shown or how a file spells it (that is `formats`).

mod annotation;
mod check;
mod label;
mod spelling;
mod values;
mod zone;

pub use annotation::{
    Annotation, Body, DateBody, EntityBody, Generator, MachineReading, QuoteBody, SUGGESTED,
    Speaker, Suggestion,
};
pub use check::Violation;
pub use label::{Kind, Label};
pub use values::{
    Anchor, AnnotationId, Confidence, DateReading, EntityId, QuoteKind, Status, Strength, Timex,
};
pub use zone::{PagePart, Zone};

pub use crate::timex::{Interval, Modifier, TimexType, TimexValue};

use crate::calendar::Stamp;
use crate::text::SourceText;

/// Someone or something that the text names, with all its mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Stable within the document: `e4`.
    pub id: EntityId,
    /// The label of its mentions.
    pub label: Label,
    /// The fullest name.
    pub name: String,
    /// Its other names, in order of appearance.
    pub aliases: Vec<String>,
    /// Annotations of kind entity, in text order; without the rejected ones.
    pub mentions: Vec<AnnotationId>,
    /// `Machine`; `Corrected` when a person named, merged or relabelled it; `Added` when a person
    /// made it. A new reading leaves what a person decided.
    pub status: Status,
}

/// Where the publication date came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PublishedSource {
    /// There is none.
    #[default]
    Unknown,
    /// Read in the text.
    Text,
    /// Given by the caller or set by a person.
    Given,
}

/// A text, what was found in it and what people made of that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The caller's name for it.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// ISO 639-1 code.
    pub language: String,
    /// When the article appeared; every relative date hangs on it.
    pub published: Option<Stamp>,
    /// Where that came from.
    pub published_source: PublishedSource,
    /// Which program and models made it.
    pub generator: Generator,
    /// The text that every span cuts.
    pub text: SourceText,
    /// The parts of the page that are not the story's own paragraphs, in text order, none over another.
    pub parts: Vec<PagePart>,
    /// Sorted by (start, −end, id).
    pub annotations: Vec<Annotation>,
    /// In order of first mention.
    pub entities: Vec<Entity>,
}

impl Document {
    /// The annotation with this id.
    pub fn annotation(&self, id: &AnnotationId) -> Option<&Annotation> {
        self.annotations.iter().find(|a| &a.id == id)
    }

    /// The entity with this id.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.iter().find(|e| &e.id == id)
    }

    /// Takes over those of `parts` that cut the text, in text order and none over another.
    pub fn set_parts(&mut self, parts: impl IntoIterator<Item = PagePart>) {
        self.parts.clear();
        let mut end = 0;
        for part in parts {
            let (from, to) = (part.span.start(), part.span.end());
            if from >= end && from < to && self.text.span(from, to).is_some() {
                end = to;
                self.parts.push(part);
            }
        }
    }

    /// Puts the annotations into their order: (start, −end, id).
    pub fn sort_annotations(&mut self) {
        self.annotations.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    }
}
