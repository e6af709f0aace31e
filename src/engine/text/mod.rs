//! The text itself: what was pasted, and how it divides into tokens, sentences and paragraphs.
//!
//! Owns offsets of every unit. Must not know what is named, dated or said in the text.
//! Invariant: every [`Span`] that this room hands out lies on character boundaries of its
//! [`SourceText`]; slicing never panics, with a span of another text it gives an empty string.

mod case;
mod diacritics;
mod grapheme;
mod normalize;
mod offsets;
mod segment;
mod source;
mod span;
mod token;
mod tokenized;

pub use case::{lowercase, lowercase_char};
pub use diacritics::plain_letters;
pub use normalize::NormalizedText;
pub use offsets::OffsetMap;
pub use source::{MAX_BYTES, SourceText, TextError, with_line_feeds};
pub use span::Span;
pub use token::{Token, TokenKind};
pub use tokenized::{Paragraph, Sentence, TokenizedText};

/// The words of `text` with one space between them, on one line.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The paragraphs of a text as it was pasted, without whitespace at their ends: a line each, or
/// several lines that were wrapped at a fixed width. An engine's [`TokenizedText`] divides it alike.
pub fn paragraphs(source: &SourceText) -> Vec<Span> {
    segment::paragraphs(source, normalize::cuts_words(source.as_str()))
}
