//! Who and what is named: mentions with label and confidence, and amounts by a grammar.
//!
//! Owns the tagger, its model and the reading of one article as a whole. Must not know dates,
//! quotes or which mentions are the same entity (that is `linking`).

use crate::asset::AssetError;
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

/// The trained tagger with its word lists.
#[derive(Debug, Clone, Default)]
pub struct Model {}

impl Model {
    /// Opens the asset that `galley train entities` writes.
    ///
    /// # Errors
    /// [`AssetError`], for any bytes that are not a sound model of this version.
    pub fn from_bytes(_bytes: &[u8]) -> Result<Model, AssetError> {
        Ok(Model {})
    }

    /// Name, version and checksum for the document's generator line.
    pub fn name(&self) -> String {
        "entities-en 0".to_owned()
    }
}

/// Finds all mentions, in text order, none inside another. Total and deterministic.
pub fn find(_reading: &Reading<'_>, _layout: &Layout, _model: &Model) -> Vec<Mention> {
    Vec::new()
}
