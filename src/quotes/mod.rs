//! Who said what: direct, mixed and indirect speech with cue and speaker.
//!
//! Owns mark pairing, the cue and content tagger, the ranking of speakers and the resolution of
//! speaking pronouns. Must not know dates or how mentions were found; it reads them.

use crate::asset::AssetError;
use crate::document::{Confidence, QuoteKind, Strength};
use crate::entities::Mention;
use crate::layout::Layout;
use crate::linking::Cluster;
use crate::text::{Reading, Span};

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
    /// Index into the clusters given to [`find`], through pronouns and role nouns.
    pub cluster: Option<usize>,
    /// How sure.
    pub confidence: Confidence,
}

/// The trained tagger and ranker.
#[derive(Debug, Clone, Default)]
pub struct Model {}

impl Model {
    /// Opens the asset that `galley train quotes` writes.
    ///
    /// # Errors
    /// [`AssetError`], for any bytes that are not a sound model of this version.
    pub fn from_bytes(_bytes: &[u8]) -> Result<Model, AssetError> {
        Ok(Model {})
    }

    /// Name, version and checksum for the document's generator line.
    pub fn name(&self) -> String {
        "quotes-en 0".to_owned()
    }
}

/// Finds all reported speech, in text order. Total and deterministic.
pub fn find(
    _reading: &Reading<'_>,
    _layout: &Layout,
    _mentions: &[Mention],
    _clusters: &[Cluster],
    _model: &Model,
) -> Vec<Quote> {
    Vec::new()
}
