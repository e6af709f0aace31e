//! A value with what it was resolved against, before it is made an expression.

use crate::timex::{Modifier, Period, TimexType, TimexValue};

/// What a relative expression was resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dates) enum ResolvedAgainst {
    Nothing,
    Published,
    /// An expression before it in the text.
    Antecedent,
}

/// A value before it is made an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dates) struct Resolved {
    pub(in crate::dates) kind: TimexType,
    pub(in crate::dates) value: TimexValue,
    pub(in crate::dates) modifier: Option<Modifier>,
    pub(in crate::dates) against: ResolvedAgainst,
    /// Other values, likeliest first.
    pub(in crate::dates) others: Vec<TimexValue>,
    /// In words for people.
    pub(in crate::dates) reason: &'static str,
    /// The period, where the value is one that later expressions can be resolved against.
    pub(in crate::dates) period: Option<Period>,
    /// In thousandths, before the document's own doubts.
    pub(in crate::dates) confidence: u16,
}

impl Resolved {
    /// A period of the calendar.
    pub(super) fn period(
        period: Period,
        against: ResolvedAgainst,
        reason: &'static str,
        confidence: u16,
    ) -> Resolved {
        Resolved {
            kind: period.timex_type(),
            value: period.into(),
            modifier: None,
            against,
            others: Vec::new(),
            reason,
            period: Some(period),
            confidence,
        }
    }

    /// A value that nothing can be resolved against.
    pub(super) fn other(
        kind: TimexType,
        value: impl Into<TimexValue>,
        reason: &'static str,
        confidence: u16,
    ) -> Resolved {
        Resolved {
            kind,
            value: value.into(),
            modifier: None,
            against: ResolvedAgainst::Nothing,
            others: Vec::new(),
            reason,
            period: None,
            confidence,
        }
    }
}

/// The reason given where there is no publication date.
pub(super) const NO_PUBLICATION_DATE: &str = "no publication date is known to count from";
