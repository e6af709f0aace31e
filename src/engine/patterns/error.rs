//! Why a pattern is refused, in plain words.

use std::fmt;

use regex_syntax::ast::ErrorKind as Syntax;
use regex_syntax::hir::ErrorKind as Meaning;

use super::rule::{MAX_PATTERN_CHARS, MAX_PATTERNS};

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternError {
    /// It is not written as a regular expression.
    Syntax {
        /// The character where it goes wrong, counted from 1.
        at: usize,
        /// What is wrong there.
        why: &'static str,
    },
    /// It would take too much memory and time: mostly repetitions inside repetitions.
    TooLarge,
    /// It fits the empty text, and so every place of every text.
    MatchesNothing,
    /// It fits no text at all.
    NeverMatches,
    /// It is blank, or longer than [`MAX_PATTERN_CHARS`] characters.
    Length,
    /// The list has more than [`MAX_PATTERNS`] patterns.
    TooMany,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PatternError::Syntax { at, why } => write!(f, "at character {at}: {why}"),
            PatternError::TooLarge => {
                write!(f, "it is too large: repeat less, as {{1,20}} instead of {{1,2000}}")
            }
            PatternError::MatchesNothing => {
                write!(
                    f,
                    "it matches nothing at every place: let it ask for one character at least, as + instead of *"
                )
            }
            PatternError::NeverMatches => write!(f, "there is no text that it could match"),
            PatternError::Length => {
                write!(f, "it is blank or longer than {MAX_PATTERN_CHARS} characters")
            }
            PatternError::TooMany => write!(f, "a list holds at most {MAX_PATTERNS} patterns"),
        }
    }
}

impl std::error::Error for PatternError {}

/// What the parser says, for people.
pub(super) fn describe(error: &regex_syntax::Error) -> PatternError {
    match error {
        regex_syntax::Error::Parse(e) => match e.kind() {
            Syntax::NestLimitExceeded(_) | Syntax::CaptureLimitExceeded => PatternError::TooLarge,
            kind => at_character(e.pattern(), e.span().start.offset, syntax_words(kind)),
        },
        regex_syntax::Error::Translate(e) => {
            at_character(e.pattern(), e.span().start.offset, meaning_words(e.kind()))
        }
        _ => PatternError::Syntax { at: 1, why: "this cannot be read" },
    }
}

fn at_character(pattern: &str, offset: usize, why: &'static str) -> PatternError {
    let before = pattern.get(..offset).unwrap_or(pattern);
    PatternError::Syntax { at: before.chars().count() + 1, why }
}

fn syntax_words(kind: &Syntax) -> &'static str {
    match kind {
        Syntax::ClassUnclosed => "this [ has no ]",
        Syntax::ClassRangeInvalid => "this range runs backwards",
        Syntax::ClassEscapeInvalid | Syntax::ClassRangeLiteral => "this cannot stand inside [ ]",
        Syntax::GroupUnclosed => "this ( has no )",
        Syntax::GroupUnopened => "this ) has no (",
        Syntax::GroupNameEmpty => "this group's name is empty",
        Syntax::GroupNameInvalid => {
            "a group's name is made of letters, digits and _, and begins with a letter"
        }
        Syntax::GroupNameDuplicate { .. } => "two groups have this name",
        Syntax::GroupNameUnexpectedEof => "this group's name has no >",
        Syntax::RepetitionMissing => {
            "there is nothing to repeat before this; for the character itself write a \\ before it"
        }
        Syntax::RepetitionCountInvalid => "the least number of repetitions is above the most",
        Syntax::RepetitionCountUnclosed => "this { has no }; for the character itself write \\{",
        Syntax::RepetitionCountDecimalEmpty | Syntax::DecimalEmpty | Syntax::DecimalInvalid => {
            "a number of repetitions is missing; for the character itself write \\{"
        }
        Syntax::EscapeUnexpectedEof => "the pattern ends with a \\",
        Syntax::EscapeUnrecognized => "this \\ stands before a character that needs none",
        Syntax::EscapeHexEmpty | Syntax::EscapeHexInvalid | Syntax::EscapeHexInvalidDigit => {
            "this is no character's number"
        }
        Syntax::FlagUnrecognized
        | Syntax::FlagUnexpectedEof
        | Syntax::FlagDanglingNegation
        | Syntax::FlagDuplicate { .. }
        | Syntax::FlagRepeatedNegation { .. } => "these flags cannot be read; (?i) takes any case",
        Syntax::UnsupportedBackreference => {
            "a pattern cannot ask for what a group had matched before (\\1)"
        }
        Syntax::UnsupportedLookAround => {
            "a pattern cannot look ahead or behind: name the part to be marked, (?<it>…)"
        }
        _ => "this cannot be read",
    }
}

fn meaning_words(kind: &Meaning) -> &'static str {
    match kind {
        Meaning::UnicodePropertyNotFound
        | Meaning::UnicodePropertyValueNotFound
        | Meaning::UnicodePerlClassNotFound => {
            "this class of characters is not known; \\w, \\d, \\s and [A-Z] are"
        }
        Meaning::UnicodeCaseUnavailable => "upper and lower case cannot be the same here",
        Meaning::InvalidUtf8 | Meaning::UnicodeNotAllowed | Meaning::InvalidLineTerminator => {
            "a pattern finds characters, not bytes"
        }
        _ => "this cannot be read",
    }
}
