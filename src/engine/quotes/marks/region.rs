//! A stretch of text between quotation marks.

use crate::text::Span;

/// How a region is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// “ ” „ " `` ''
    Double,
    /// ‘ ’ '
    Single,
    /// « » ‹ › 「 」
    Guillemet,
    /// A dialogue dash, a block quote: the rest of the paragraph.
    Line,
}

/// A stretch between two marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// With the marks.
    pub outer: Span,
    /// Without them, and without white space at the ends.
    pub inner: Span,
    /// What marks it.
    pub style: Style,
    /// How many regions hold it.
    pub depth: u8,
    /// False: it runs to the end of its paragraph.
    pub closed: bool,
    /// False: it came over from the paragraph before without a mark.
    pub opened: bool,
    /// Index into the text's paragraphs.
    pub paragraph: usize,
}
