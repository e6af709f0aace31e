//! What the room hands out: temporal expressions with their values.

use crate::document::Confidence;
use crate::text::Span;
use crate::timex::{Modifier, TimexType, TimexValue, in_words};

/// A temporal expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// TimeML's extent: without a leading preposition.
    pub span: Span,
    /// The value as read.
    pub value: DateValue,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// Other readings, likeliest first ("04/03").
    pub alternatives: Vec<DateValue>,
    /// How sure.
    pub confidence: Confidence,
    /// Why, in words for people ("weekday before the publication date").
    pub reason: Option<String>,
}

/// TIMEX3's type, value and modifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateValue {
    /// DATE, TIME, DURATION, SET.
    pub kind: TimexType,
    /// `2021-07-22`, `P3M`, `PAST_REF` …
    pub value: TimexValue,
    /// `APPROX`, `START` …
    pub modifier: Option<Modifier>,
}

impl DateValue {
    /// Without a modifier.
    pub fn new(kind: TimexType, value: impl Into<TimexValue>) -> DateValue {
        DateValue { kind, value: value.into(), modifier: None }
    }

    /// The value in words for people.
    pub fn in_words(&self) -> String {
        in_words(self.kind, &self.value, self.modifier.as_ref())
    }
}

/// What an expression was resolved against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// Nothing.
    #[default]
    None,
    /// The publication date.
    Published,
    /// The expression with this index in the result of [`find`].
    Expression(usize),
}
