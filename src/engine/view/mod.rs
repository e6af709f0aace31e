//! The document as it is drawn: flat segments, lanes, lists for the panels.
//!
//! Owns what is shown where. Must not know the browser.

pub mod axis;
pub mod context;
mod quotes;
mod segments;
pub mod timeline;

pub use quotes::{is_report, is_unattributed, speaker_name};
pub use segments::{
    CERTAIN_FROM, MAX_MARKS_PER_SEGMENT, ParagraphBlock, Segment, SegmentMark, drawn_annotations,
    is_uncertain, label_name, segment_document, segment_paragraphs,
};
