//! Which dates are meant: temporal expressions with TIMEX3 values, resolved.
//!
//! Owns lexer, grammar, resolution and values. Must not know entities or quotes' speakers.
//!
//! The finder: `lexer` (tokens to what they can be, by `vocabulary`) → `grammar` (small readers in
//! one ordered list, `grammar/rules.rs`, to a `meaning`) → `filter` → `context` (what neighbours
//! say of each other) → `resolve` (publication date, what was told, `tense`) → [`Expression`].
//! The page links only `absolute`, `typed`, `words` and `period`, which know nothing of the
//! finder. Cases stand in `tests/data/dates`: `rules.txt` by rule, `news.txt` and `stories.txt`
//! by resolution, `silent.txt` what is no date, `typed.txt` and `absolute.txt` for the page.
//!
//! A new form: a word in `vocabulary`, or one reader and its row in `grammar/rules.rs`, with its
//! cases under its name in `rules.txt`. A new holiday is one row in `holidays`.

mod absolute;
mod context;
mod filter;
mod find;
mod grammar;
mod holidays;
mod lexer;
mod meaning;
mod names;
mod period;
mod read;
mod resolve;
mod scan;
mod tense;
#[cfg(test)]
mod tests;
mod typed;
mod vocabulary;
mod words;

pub use absolute::absolute;
pub use find::Explanation;
pub use period::interval_of;
pub use typed::{ValueError, parse_value};
pub use words::in_words;

use crate::calendar::Stamp;
use crate::document::{Confidence, Interval, TimexType};
use crate::layout::Layout;
use crate::text::{Span, TokenizedText};

/// A temporal expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// TimeML's extent: without a leading preposition.
    pub span: Span,
    /// The value as read.
    pub value: Value,
    /// What it was resolved against.
    pub anchor: Anchor,
    /// Other readings, likeliest first ("04/03").
    pub alternatives: Vec<Value>,
    /// How sure.
    pub confidence: Confidence,
    /// Why, in words for people ("weekday before the publication date").
    pub reason: Option<String>,
}

/// TIMEX3 type, value and mod, with the interval they stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// DATE, TIME, DURATION, SET.
    pub kind: TimexType,
    /// `2021-07-22`, `P3M`, `PAST_REF` …
    pub value: String,
    /// `APPROX`, `START` …
    pub modifier: Option<&'static str>,
    /// Its calendar interval, where it has one.
    pub interval: Option<Interval>,
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

/// Finds and resolves all temporal expressions, in text order, none inside another. Without a
/// publication date relative ones stay unresolved. Total and deterministic.
pub fn find(
    reading: &TokenizedText<'_>,
    layout: &Layout,
    published: Option<Stamp>,
) -> Vec<Expression> {
    find::find(reading, layout, published).into_iter().map(|(expression, _)| expression).collect()
}

/// [`find`], and with every expression the rule that read it and how it was resolved.
pub fn explain(
    reading: &TokenizedText<'_>,
    layout: &Layout,
    published: Option<Stamp>,
) -> Vec<(Expression, Explanation)> {
    find::find(reading, layout, published)
}
