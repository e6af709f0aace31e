//! What coreference is told of each token.

use crate::vocabulary::people::Gender;

/// How a token is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spelling {
    /// A word without capitals.
    Lowercase,
    /// "Paris"
    Capitalized,
    /// A capital alone: "A".
    CapitalLetter,
    /// Capitals alone, more than one: "WHO".
    Uppercase,
    /// Anything else: numbers, marks, "iPhone".
    #[default]
    Other,
}

/// What a first name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstName {
    /// It is none.
    #[default]
    No,
    /// Its bearers are nearly always of this gender.
    Of(Gender),
    /// It is one.
    Either,
}

/// A token as coreference sees it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Token {
    /// Capitals.
    pub spelling: Spelling,
    /// Between quotation marks.
    pub quoted: bool,
    /// First of its sentence.
    pub first: bool,
    /// A mark of punctuation.
    pub punct: bool,
    /// It begins cues of speech.
    pub cue: bool,
    /// As a first name.
    pub first_name: FirstName,
}

impl Token {
    /// No capital.
    pub(super) fn is_lowercase(&self) -> bool {
        self.spelling == Spelling::Lowercase
    }

    /// Its first letter is a capital.
    pub(super) fn is_capitalized(&self) -> bool {
        !matches!(self.spelling, Spelling::Lowercase | Spelling::Other)
    }

    /// The same of a word of more than one letter.
    pub(super) fn is_capitalized_word(&self) -> bool {
        matches!(self.spelling, Spelling::Capitalized | Spelling::Uppercase)
    }
}
