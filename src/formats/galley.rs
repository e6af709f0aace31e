//! Galley JSON, version 1: the format that loses nothing.
//!
//! Offsets are code points, ends exclusive. A document that breaks an invariant is refused, on the
//! way out and on the way in.

pub(crate) mod dto;
pub(crate) mod object;
mod pretty;
pub(crate) mod read;
pub(crate) mod write;

pub use super::FormatError;
pub use read::read;
pub use write::write;

/// The name of the format, in its files.
const FORMAT: &str = "galley";
/// The version that is written, and the only one that is read.
const VERSION: u32 = 1;
/// The unit of every offset.
const UNIT: &str = "unicode-code-point";

#[cfg(test)]
mod tests;
