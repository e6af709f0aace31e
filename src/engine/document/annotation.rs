use std::cmp::Reverse;

use super::{
    Anchor, AnnotationId, Confidence, DateReading, EntityId, Interval, Kind, Label, QuoteKind,
    Status, Strength, Timex,
};
use crate::text::Span;

/// One marked stretch of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Stable.
    pub id: AnnotationId,
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// What.
    pub body: Body,
    /// How sure the machine was; certain when a person said so.
    pub confidence: Confidence,
    /// What became of it.
    pub status: Status,
    /// Why the machine thinks so, in words for people ("cue verb: said").
    pub reason: Option<String>,
    /// The machine's first reading of what a person corrected.
    pub machine: Option<Box<MachineReading>>,
}

/// What the machine had said before a person corrected it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineReading {
    /// Where it had been.
    pub span: Span,
    /// What it had been.
    pub body: Body,
    /// How sure it had been.
    pub confidence: Confidence,
}

/// A label of the reader's own that a stretch of the text may bear: no annotation, until a person
/// takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Where, in bytes of the document's text.
    pub span: Span,
    /// The label.
    pub label: Label,
    /// How sure the machine is.
    pub confidence: Confidence,
    /// Why, in words for people; it begins with [`SUGGESTED`].
    pub reason: String,
}

/// The reason of what was suggested begins so; it stays with what a person took or refused.
pub const SUGGESTED: &str = "suggested";

/// What an annotation is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their types")]
pub enum Body {
    Entity(EntityBody),
    Date(DateBody),
    Quote(QuoteBody),
}

/// A mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityBody {
    /// What it is.
    pub label: Label,
    /// Which entity it mentions; amounts mention none.
    pub entity: Option<EntityId>,
}

/// A temporal expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateBody {
    /// Its value.
    pub timex: Timex,
    /// The calendar interval that the value stands for.
    pub interval: Option<Interval>,
    /// Other readings, likeliest first.
    pub alternatives: Vec<DateReading>,
}

/// Reported words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteBody {
    /// Direct, mixed, indirect.
    pub kind: QuoteKind,
    /// The words themselves, without marks.
    pub parts: Vec<Span>,
    /// "said", "according to".
    pub cue: Vec<Span>,
    /// Who speaks; `None` where the text names nobody.
    pub speaker: Option<Speaker>,
    /// Speech, document, attitude.
    pub strength: Strength,
}

/// Who speaks a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker ("he", "Taliban spokesman Zabihullah Mujahid").
    pub mention: Vec<Span>,
    /// The entity, where it is known.
    pub entity: Option<EntityId>,
    /// The name, resolved through pronouns.
    pub name: Option<String>,
    /// How sure.
    pub confidence: Confidence,
}

/// Which program and models made a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Generator {
    /// `galley`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The models, by name, version and checksum.
    pub model: String,
}

impl Annotation {
    /// The family it is drawn with.
    pub fn kind(&self) -> Kind {
        match &self.body {
            Body::Entity(e) => e.label.kind(),
            Body::Date(_) => Kind::Date,
            Body::Quote(_) => Kind::Quote,
        }
    }

    /// Sort key: (start, −end, id).
    pub fn sort_key(&self) -> (usize, Reverse<usize>, &AnnotationId) {
        (self.span.start(), Reverse(self.span.end()), &self.id)
    }

    /// Calls `f` with every span that it holds; what a machine had said before is left alone.
    pub(crate) fn for_each_span_mut(&mut self, mut f: impl FnMut(&mut Span)) {
        f(&mut self.span);
        if let Body::Quote(q) = &mut self.body {
            let mention = q.speaker.iter_mut().flat_map(|s| &mut s.mention);
            q.parts.iter_mut().chain(&mut q.cue).chain(mention).for_each(f);
        }
    }

    /// The entity that it mentions.
    pub fn entity(&self) -> Option<&EntityId> {
        match &self.body {
            Body::Entity(e) => e.entity.as_ref(),
            _ => None,
        }
    }

    /// What its date was resolved against.
    pub fn anchor(&self) -> Option<&Anchor> {
        match &self.body {
            Body::Date(d) => Some(&d.timex.anchor),
            _ => None,
        }
    }
}
