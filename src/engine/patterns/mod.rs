//! Patterns of the reader's own: what a regular expression finds is marked.
//!
//! Owns the rule of a pattern, why one is refused, where its matches stand, and the list of
//! patterns that come with the program. Must not know what else was found there (`linking` decides
//! which of two overlapping findings stays), nor the format of a file (`user_words`).
//!
//! A pattern is written as the crate `regex` reads it, whose searches take linear time whatever the
//! pattern is. It is tried on each paragraph by itself, so `^` and `$` are a paragraph's ends. What
//! is marked is the whole match; where the pattern has named groups, those that took part instead:
//! `\(NYSE: (?<it>[A-Z]+)\)` marks the ticker alone.

mod error;
mod find;
mod rule;
mod shipped;

pub use error::PatternError;
pub use find::{Pattern, PatternMatch, PatternSet};
pub use rule::{MAX_PATTERN_CHARS, MAX_PATTERNS, PatternRule, normalize_pattern};
pub use shipped::{ShippedPattern, shipped_patterns};
