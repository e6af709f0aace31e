//! What a pattern says, as it is written in a file.

use crate::document::Label;

/// A pattern with the label of what it finds. Whether it can be read is found out by
/// [`super::Pattern::new`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternRule {
    /// What is found bears this label.
    pub label: Label,
    /// The regular expression, as [`normalize_pattern`] leaves it.
    pub pattern: String,
    /// Upper and lower case are the same.
    pub any_case: bool,
}

/// Characters of the longest pattern.
pub const MAX_PATTERN_CHARS: usize = 1000;
/// Patterns that one list can have.
pub const MAX_PATTERNS: usize = 200;

/// A pattern without white space at its ends. `None` when nothing is left, when it is longer than
/// [`MAX_PATTERN_CHARS`] characters, or holds control characters (a tab is written `\t`).
pub fn normalize_pattern(pattern: &str) -> Option<String> {
    let pattern = pattern.trim();
    let sound = !pattern.is_empty()
        && pattern.chars().count() <= MAX_PATTERN_CHARS
        && !pattern.contains(char::is_control);
    sound.then(|| pattern.to_owned())
}
