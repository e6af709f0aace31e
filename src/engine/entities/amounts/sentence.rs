//! One sentence as the grammar reads it, and the amounts found in it.
//!
//! The confidences say how often such an amount is right. Money: its exact words in the sets that
//! annotate it (the model card has the counts). All others: samples of a news archive, read by a
//! person.

use std::ops::Range;

use crate::document::Label;
use crate::text::TokenizedText;
use crate::vocabulary::calendar::{CALENDAR, CalendarKind};

/// Money with a sign: "$5".
pub(super) const SIGN_PERMILLE: u16 = 945;
/// Money with a code: "USD 5".
pub(super) const CODE_PERMILLE: u16 = 905;
/// Money whose currency is named: "5 euros".
pub(super) const NAMED_PERMILLE: u16 = 885;
/// "5 percent"
pub(super) const PERCENT_PERMILLE: u16 = 985;
/// A quantity: "5 km".
pub(super) const UNIT_PERMILLE: u16 = 960;
/// "fifth"
pub(super) const ORDINAL_PERMILLE: u16 = 940;
/// Any other number.
pub(super) const NUMBER_PERMILLE: u16 = 920;

/// An amount, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) label: Label,
    pub(super) tokens: Range<usize>,
    pub(super) confidence: u16,
    pub(super) reason: &'static str,
}

/// A sentence whose amounts are looked for.
pub(super) struct AmountScanner<'a, 't> {
    pub(super) tokenized: &'a TokenizedText<'t>,
    pub(super) range: Range<usize>,
}

impl AmountScanner<'_, '_> {
    /// Token `i` in lowercase; nothing outside the sentence.
    pub(super) fn lowercase_at(&self, i: usize) -> String {
        if self.range.contains(&i) {
            crate::entities::words::lowercase_word(self.tokenized.word(i))
        } else {
            String::new()
        }
    }

    /// Does token `i` follow the one before without a space?
    pub(super) fn is_glued(&self, i: usize) -> bool {
        self.range.contains(&i) && self.tokenized.tokens().get(i).is_some_and(|t| !t.spaced)
    }

    /// Is token `i` a hyphen or a dash?
    pub(super) fn is_dash(&self, i: usize) -> bool {
        self.range.contains(&i) && matches!(self.tokenized.word(i), "-" | "–" | "‑")
    }

    /// Does token `i` begin with a digit?
    pub(super) fn begins_with_digit(&self, i: usize) -> bool {
        self.range.contains(&i) && self.tokenized.word(i).starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Is it a month's name, or its short form with a full stop? In lowercase.
pub(super) fn is_month(word: &str) -> bool {
    let bare = word.strip_suffix('.');
    CALENDAR
        .get(bare.unwrap_or(word))
        .is_some_and(|entry| entry.kind == CalendarKind::Month && entry.short == bare.is_some())
}
