//! Who and what is named: mentions with label and confidence, and amounts by a grammar.
//!
//! Owns the tagger, its model and the reading of one article as a whole. Must not know dates,
//! quotes or which mentions are the same entity (that is `linking`).

pub(crate) mod context;
pub(crate) mod features;
mod model;
pub(crate) mod sequence;
pub(crate) mod tagger;
pub(crate) mod tags;
pub(crate) mod weights;
pub(crate) mod words;

pub use model::Model;
#[cfg(feature = "training")]
pub(crate) use model::{Calibration, KIND, VERSION};

use crate::document::{Confidence, Label};
use crate::layout::Layout;
use crate::text::{Reading, Span};

/// A mention of a named thing or an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where; without a leading "the" or a trailing possessive.
    pub span: Span,
    /// What.
    pub label: Label,
    /// Calibrated.
    pub confidence: Confidence,
    /// Why, in words for people.
    pub reason: Option<String>,
}

/// Finds all mentions, in text order, none inside another. Total and deterministic.
pub fn find(reading: &Reading<'_>, _layout: &Layout, model: &Model) -> Vec<Mention> {
    let prepared = tagger::Prepared::new(reading, &model.lexicon);
    let found = tagger::tag(&prepared, model);
    tagger::mentions(reading, &found, model)
}
