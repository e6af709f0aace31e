//! The grammar: from lexemes to what they say. A rule is one small function; [`rules::Rule::ALL`] is
//! their order, each with its cases. Nothing here knows the calendar around the text.

mod bounded;
mod calendar;
mod clock;
mod eras;
mod figures;
mod length;
mod mixed;
mod numbers;
mod offsets;
mod points;
mod ranges;
mod references;
mod relative;
pub(super) mod rules;
mod sets;
mod years;

pub(super) use clock::is_day;

use super::lexer::Lexeme;
use super::meaning::Found;
use super::vocabulary::{Kind, Word};
use crate::timex::Unit;

/// The lexemes of one paragraph, read by index; what is out of bounds reads as `Other`.
#[derive(Clone, Copy)]
pub(super) struct Parser<'a> {
    pub(super) lexemes: &'a [Lexeme],
    pub(super) text: &'a str,
}

impl<'a> Parser<'a> {
    pub(super) fn kind(&self, i: usize) -> Kind {
        self.lexemes.get(i).map_or(Kind::Other, |l| l.kind)
    }

    /// The kind of the lexeme before `i`.
    pub(super) fn before(&self, i: usize) -> Kind {
        i.checked_sub(1).map_or(Kind::Other, |j| self.kind(j))
    }

    pub(super) fn is(&self, i: usize, word: Word) -> bool {
        self.kind(i) == Kind::Word(word)
    }

    pub(super) fn is_any(&self, i: usize, words: &[Word]) -> bool {
        matches!(self.kind(i), Kind::Word(w) if words.contains(&w))
    }

    pub(super) fn mark(&self, i: usize, mark: char) -> bool {
        self.kind(i) == Kind::Mark(mark)
    }

    /// A hyphen that joins: no space on either side.
    pub(super) fn joined(&self, i: usize) -> bool {
        self.mark(i, '-') && !self.spaced(i) && !self.spaced(i + 1)
    }

    pub(super) fn spaced(&self, i: usize) -> bool {
        self.lexemes.get(i).is_none_or(|l| l.spaced)
    }

    pub(super) fn opens(&self, i: usize) -> bool {
        self.lexemes.get(i).is_some_and(|l| l.opens)
    }

    /// The characters of lexeme `i`.
    pub(super) fn text(&self, i: usize) -> &'a str {
        self.lexemes
            .get(i)
            .map_or("", |l| self.text.get(l.start as usize..l.end as usize).unwrap_or(""))
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.text(i).starts_with(char::is_uppercase)
    }

    /// More than one letter, all of them capitals.
    pub(super) fn shouted(&self, i: usize) -> bool {
        let text = self.text(i);
        text.len() > 1 && !text.bytes().any(|b| b.is_ascii_lowercase())
    }

    /// True for the word `lower` in any case.
    pub(super) fn says(&self, i: usize, lower: &str) -> bool {
        self.text(i).eq_ignore_ascii_case(lower)
    }

    pub(super) fn says_any(&self, i: usize, lower: &[&str]) -> bool {
        let text = self.text(i);
        lower.iter().any(|w| text.eq_ignore_ascii_case(w))
    }

    /// Skips one of `words`.
    pub(super) fn skip(&self, i: usize, words: &[Word]) -> usize {
        i + usize::from(self.is_any(i, words))
    }

    /// Skips one mark.
    pub(super) fn skip_mark(&self, i: usize, mark: char) -> usize {
        i + usize::from(self.mark(i, mark))
    }

    /// A unit, singular or plural, at `i`: the unit and whether it is plural.
    pub(super) fn unit(&self, i: usize) -> Option<(Unit, bool)> {
        match self.kind(i) {
            Kind::Unit(unit) => Some((unit, false)),
            Kind::Units(unit) => Some((unit, true)),
            _ => None,
        }
    }

    /// The longest reading that begins at lexeme `i`; of equals the rule that stands first.
    pub(super) fn read(&self, i: usize) -> Option<Found> {
        let class = rules::bit(self.kind(i));
        if class == 0 {
            return None;
        }
        let mut best: Option<Found> = None;
        for rule in rules::Rule::<'a>::ALL.iter().filter(|r| r.begins & class != 0) {
            if let Some(mut found) = (rule.read)(self, i)
                && best.as_ref().is_none_or(|b| found.to > b.to)
            {
                if found.rule.is_empty() {
                    found.rule = rule.name;
                }
                best = Some(found);
            }
        }
        best
    }
}
