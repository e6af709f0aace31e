//! Which dates are meant: temporal expressions with TIMEX3 values, resolved.
//!
//! Owns lexer, grammar and resolution. Must not know layout, entities or quotes' speakers.
//!
//! The finder: `lexer` (tokens to what they can be, by `vocabulary`) → `grammar` (small readers in
//! one ordered list, `grammar/rules.rs`, to a `meaning`) → `filter` → `context` (what neighbours
//! say of each other) → `resolve` (publication date, antecedent, `tense`) → [`Expression`].
//! `typed` reads what a person types and knows nothing of the finder. Cases stand in `tests/data/dates`: `rules.txt` by rule, `news.txt` and `stories.txt`
//! by resolution, `silent.txt` what is no date, `typed.txt` and `absolute.txt` for the page.
//!
//! A new form: a line of `vocabulary/dates/date_words.txt`, or one reader and its row in
//! `grammar/rules.rs`, with its cases under its name in `rules.txt`. A new holiday is one line of
//! `vocabulary/dates/holidays.txt`.

mod context;
mod direction;
mod expression;
mod filter;
mod find;
mod grammar;
mod holidays;
mod lexer;
mod meaning;
mod mention;
mod read;
mod resolve;
mod tense;
#[cfg(test)]
mod tests;
mod typed;
mod vocabulary;

pub use expression::{Anchor, DateValue, Expression};
pub use find::Explanation;
pub use typed::{ValueError, parse_value};

use crate::calendar::Stamp;
use crate::text::{Span, TokenizedText};

/// Finds and resolves all temporal expressions, in text order, none inside another. What stands in the
/// publication line is one expression, with the date that was read there. Without a publication date
/// relative expressions stay unresolved. Total and deterministic.
pub fn find(
    reading: &TokenizedText<'_>,
    publication_line: Option<(Stamp, Span)>,
    published: Option<Stamp>,
) -> Vec<Expression> {
    find::find(reading, publication_line, published)
        .into_iter()
        .map(|(expression, _)| expression)
        .collect()
}

/// [`find`], and with every expression the rule that read it and how it was resolved.
pub fn explain(
    reading: &TokenizedText<'_>,
    publication_line: Option<(Stamp, Span)>,
    published: Option<Stamp>,
) -> Vec<(Expression, Explanation)> {
    find::find(reading, publication_line, published)
}
