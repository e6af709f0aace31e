use std::borrow::Cow;
use std::fmt;

use super::Span;

/// The longest text that is read, in bytes after normalisation. Offsets are 32-bit and a browser
/// tab has little more than this to give; a longer text is refused with a message, never by a panic.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// Longer than [`MAX_BYTES`]; carries its length in bytes.
    TooLong(usize),
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextError::TooLong(bytes) => write!(
                f,
                "the text has {} MB and at most {} MB are read at once: split it and try again",
                bytes / 1_000_000,
                MAX_BYTES / 1_000_000
            ),
        }
    }
}

impl std::error::Error for TextError {}

/// The exact text that every offset cuts: what came in, with CRLF and CR turned to LF and a
/// leading byte order mark dropped. Nothing else changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceText {
    text: String,
}

/// A text in which every line end is a line feed, as in [`SourceText`].
pub fn with_line_feeds(raw: &str) -> Cow<'_, str> {
    match raw.contains('\r') {
        true => raw.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => raw.into(),
    }
}

impl SourceText {
    /// No text at all.
    pub const EMPTY: SourceText = SourceText { text: String::new() };

    /// Normalises `raw`.
    ///
    /// # Errors
    /// [`TextError::TooLong`] above [`MAX_BYTES`].
    pub fn new(raw: &str) -> Result<SourceText, TextError> {
        // All of them, so that a normalised text stays as it is when it is read again.
        let raw = raw.trim_start_matches('\u{feff}');
        if raw.len() > MAX_BYTES {
            return Err(TextError::TooLong(raw.len()));
        }
        Ok(SourceText { text: with_line_feeds(raw).into_owned() })
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// True when there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A checked span, in bytes: `None` when out of bounds, reversed or inside a character.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        self.text.get(start..end).map(|_| Span::new(start, end))
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span::new(0, self.text.len())
    }

    /// The characters that `span` covers; empty for a span of another text that does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// `span` without the whitespace at its ends.
    pub fn trim(&self, span: Span) -> Span {
        let cut = self.slice(span);
        let start = span.start() + (cut.len() - cut.trim_start().len());
        Span::new(start, start + cut.trim().len())
    }
}
