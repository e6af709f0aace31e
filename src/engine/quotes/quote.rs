//! A finished quote.

use crate::document::{Confidence, QuoteKind, Strength};
use crate::text::Span;

/// A piece of reported speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Hull of the parts, with the quotation marks.
    pub span: Span,
    /// Direct, mixed, indirect.
    pub kind: QuoteKind,
    /// The words without marks, without a leading "that".
    pub parts: Vec<Span>,
    /// "said", "according to".
    pub cue: Vec<Span>,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// Speech, document, attitude.
    pub strength: Strength,
    /// How sure that this is reported speech.
    pub confidence: Confidence,
    /// Why, in words for people ("cue verb: said").
    pub reason: Option<String>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker, title and all.
    pub mention: Vec<Span>,
    /// Index into the clusters given to [`super::find`], through pronouns and role nouns.
    pub cluster: Option<usize>,
    /// The name, where no cluster has it.
    pub name: Option<String>,
    /// How sure.
    pub confidence: Confidence,
}
