//! What quotes are built from.

use super::marks::Region;
use super::model::Extra;
use super::words::Word;
use crate::text::TokenizedText;

/// What a quote is built from, beside its draft.
pub(super) struct QuoteBuilder<'a> {
    pub reading: &'a TokenizedText<'a>,
    pub regions: &'a [Region],
    pub words: &'a [Word],
    pub extra: &'a Extra,
}
