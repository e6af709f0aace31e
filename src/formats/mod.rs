//! Files: one file a format, one ordered list of formats.
//!
//! Owns how a document is spelled. Must not change what it says.

pub mod galley;
