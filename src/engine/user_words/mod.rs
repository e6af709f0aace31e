//! The reader's own words: names that are always marked, names that never are, patterns, and labels
//! of the reader's own.
//!
//! Owns the rules of a list, where its names stand in a text, and the format of its file. Must not
//! know what else was found there: `linking` decides which of two overlapping findings stays.

mod file;
mod find;
mod list;

pub use file::{LineError, format_word_list, merge_edits, parse_word_list};
pub use find::{EntryMatch, WordList, WordMatch};
pub use list::{
    LABEL_COLOURS, LearnedLine, MAX_NAME_CHARS, PATTERN_REASON, REASON, UserLabel, WordEntry,
    WordListFile, WordRule, normalize_name,
};
