//! What the taggers and the grammar of amounts find.

use crate::document::{Confidence, Label};
use crate::text::Span;

/// A mention of a named thing or an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where; without a leading "the" or a trailing possessive.
    pub span: Span,
    /// What.
    pub label: Label,
    /// Calibrated.
    pub confidence: Confidence,
    /// Why; shown to people.
    pub reason: Option<String>,
}
