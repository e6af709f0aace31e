//! The document as it is drawn: flat segments, lanes, lists for the panels.
//!
//! Owns what is shown where. Must not know the browser.

mod segments;

pub use segments::{Block, CERTAIN_FROM, DEEPEST, Mark, Segment, blocks, is_uncertain, label};
