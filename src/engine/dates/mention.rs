//! An expression as it stands in the text, read and not yet resolved.

use super::meaning::ParsedDate;
use super::tense::Tense;
use crate::text::Span;

/// An expression that was read and not yet resolved.
pub(super) struct DateMention {
    pub(super) found: ParsedDate,
    pub(super) span: Span,
    pub(super) tense: Tense,
    pub(super) cue: Cue,
    pub(super) paragraph: usize,
    pub(super) sentence: usize,
    /// A quarter whose last day stands after it.
    pub(super) ended: bool,
    /// What a company reports on when it is longer than a quarter: "the nine months".
    pub(super) long_period: bool,
    /// The lexeme at which the other end of a range begins: "from Friday to Monday".
    pub(super) range_to: Option<usize>,
    /// "and", "to" or a dash comes right after.
    pub(super) joins: bool,
}

/// The word before an expression, where it tells of time's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    None,
    /// by, until, due
    Ahead,
    /// as early as
    Surely,
    /// since
    Behind,
    /// "the corresponding quarter", before "last year".
    SamePeriod,
}
