//! The lexemes of one paragraph, and what a rule asks of them.

use crate::dates::lexer::Lexeme;
use crate::dates::vocabulary::{LexemeKind, Word};
use crate::timex::Unit;
use crate::vocabulary::WordSet;

/// The lexemes of one paragraph, read by index; what is out of bounds reads as `Other`.
#[derive(Clone, Copy)]
pub(in crate::dates) struct Parser<'a> {
    pub(in crate::dates) lexemes: &'a [Lexeme],
    pub(in crate::dates) text: &'a str,
}

impl<'a> Parser<'a> {
    pub(in crate::dates) fn kind(&self, i: usize) -> LexemeKind {
        self.lexemes.get(i).map_or(LexemeKind::Other, |l| l.kind)
    }

    /// The kind of the lexeme before `i`.
    pub(in crate::dates) fn kind_before(&self, i: usize) -> LexemeKind {
        i.checked_sub(1).map_or(LexemeKind::Other, |j| self.kind(j))
    }

    pub(in crate::dates) fn is_word(&self, i: usize, word: Word) -> bool {
        self.kind(i) == LexemeKind::Word(word)
    }

    pub(in crate::dates) fn is_any_word(&self, i: usize, words: &[Word]) -> bool {
        matches!(self.kind(i), LexemeKind::Word(w) if words.contains(&w))
    }

    pub(in crate::dates) fn is_mark(&self, i: usize, mark: char) -> bool {
        self.kind(i) == LexemeKind::Mark(mark)
    }

    /// A hyphen that joins: no space on either side.
    pub(in crate::dates) fn is_joining_hyphen(&self, i: usize) -> bool {
        self.is_mark(i, '-') && !self.is_spaced(i) && !self.is_spaced(i + 1)
    }

    pub(in crate::dates) fn is_spaced(&self, i: usize) -> bool {
        self.lexemes.get(i).is_none_or(|l| l.spaced)
    }

    pub(in crate::dates) fn opens_sentence(&self, i: usize) -> bool {
        self.lexemes.get(i).is_some_and(|l| l.opens)
    }

    /// The characters of lexeme `i`.
    pub(in crate::dates) fn text(&self, i: usize) -> &'a str {
        self.lexemes
            .get(i)
            .map_or("", |l| self.text.get(l.start as usize..l.end as usize).unwrap_or(""))
    }

    pub(in crate::dates) fn is_capitalized(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    /// More than one letter, all of them capitals.
    pub(in crate::dates) fn is_uppercase(&self, i: usize) -> bool {
        let text = self.text(i);
        text.len() > 1 && !text.bytes().any(|b| b.is_ascii_lowercase())
    }

    /// True for the word `lower` in any case.
    pub(in crate::dates) fn text_is(&self, i: usize, lower: &str) -> bool {
        self.text(i).eq_ignore_ascii_case(lower)
    }

    pub(in crate::dates) fn text_is_any_of(&self, i: usize, lower: &[&str]) -> bool {
        let text = self.text(i);
        lower.iter().any(|w| text.eq_ignore_ascii_case(w))
    }

    /// True for a word of `list` in any case.
    pub(in crate::dates) fn text_is_in(&self, i: usize, list: &WordSet) -> bool {
        list.contains_any_case(self.text(i))
    }

    /// Skips one of `words`.
    pub(in crate::dates) fn skip_word(&self, i: usize, words: &[Word]) -> usize {
        i + usize::from(self.is_any_word(i, words))
    }

    /// Skips one mark.
    pub(in crate::dates) fn skip_mark(&self, i: usize, mark: char) -> usize {
        i + usize::from(self.is_mark(i, mark))
    }

    /// A unit, singular or plural, at `i`: the unit and whether it is plural.
    pub(in crate::dates) fn unit_at(&self, i: usize) -> Option<(Unit, bool)> {
        match self.kind(i) {
            LexemeKind::Unit(unit) => Some((unit, false)),
            LexemeKind::Units(unit) => Some((unit, true)),
            _ => None,
        }
    }
}
