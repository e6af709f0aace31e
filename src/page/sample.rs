//! The article of "Try a sample", written for this project.

/// Its text. All people and events in it are invented.
pub const TEXT: &str = include_str!("../../www/sample.txt");
