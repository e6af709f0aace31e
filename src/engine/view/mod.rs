//! The document as it is drawn: flat segments, lanes, lists for the panels.
//!
//! Owns what is shown where. Must not know the browser.

pub mod axis;
pub mod context;
mod segments;
pub mod timeline;

pub use segments::{Block, CERTAIN_FROM, DEEPEST, Mark, Segment, blocks, is_uncertain, label};
