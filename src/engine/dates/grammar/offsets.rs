//! Counts from another date: "two weeks ago", "three days later", "two days before Christmas".

use super::parser::Parser;
use crate::dates::meaning::{CountedFrom, Meaning, ParsedDate, YearPart};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Amount, Unit};

impl Parser<'_> {
    /// "two weeks ago", "three days later", "a month from now", "a year earlier".
    pub(super) fn read_offset(&self, i: usize) -> Option<ParsedDate> {
        // "the day before Thanksgiving"
        if self.is_word(i, W::The) {
            let sign = match self.kind(i + 2) {
                LexemeKind::Word(W::Before) => -1,
                LexemeKind::Word(W::After) => 1,
                _ => return None,
            };
            return match self.kind(i + 1) {
                LexemeKind::Unit(Unit::Day) => {
                    self.read_around(i, Amount::ONE, Unit::Day, sign, i + 3)
                }
                _ => None,
            };
        }
        let (modifier, at) = match self.read_approximator(i) {
            Some((modifier, at)) => (Some(modifier), at),
            None => (None, i),
        };
        let (amount, own, mut to) = match self.read_amount(at) {
            Some(read) => read,
            None if self.is_word(at, W::A) => (Amount::ONE, None, at + 1),
            None => match self.kind(at) {
                LexemeKind::Units(_) => (Amount::Vague, None, at),
                LexemeKind::NumberUnit(n, _) => (Amount::Exact(n.checked_mul(100)?), None, at),
                _ => return None,
            },
        };
        to = self.skip_word(to, &[W::Full, W::Long, W::More]);
        to = self.skip_mark(to, '-');
        let unit = match self.kind(to) {
            LexemeKind::Unit(unit) | LexemeKind::Units(unit) | LexemeKind::NumberUnit(_, unit) => {
                unit
            }
            LexemeKind::Ordinal(2, false) => Unit::Second,
            _ => return None,
        };
        to += 1;
        // "a year and a half ago", "a week or so ago", "a year or two ago"
        let mut amount = amount;
        let mut modifier = modifier.or(own);
        if let Some(after) = self.read_and_a_half_or_so(to, &mut amount, &mut modifier) {
            to = after;
        } else if self.is_word(to, W::Or) && matches!(self.kind(to + 1), LexemeKind::Cardinal(_)) {
            amount = Amount::Vague;
            to += 2;
        }
        let dash = self.is_joining_hyphen(to);
        let word = if dash { to + 1 } else { to };
        let (sign, base, end) = match self.kind(word) {
            LexemeKind::Word(W::Ago) => (-1, CountedFrom::Published, word + 1),
            LexemeKind::Word(W::Back) if self.is_spaced(word) && self.closes(word + 1) => {
                (-1, CountedFrom::Published, word + 1)
            }
            LexemeKind::Word(W::Earlier) => (-1, CountedFrom::Antecedent, word + 1),
            LexemeKind::Word(W::Prior) if !self.is_word(word + 1, W::To) => {
                (-1, CountedFrom::Antecedent, word + 1)
            }
            LexemeKind::Word(W::Later) => (1, CountedFrom::Antecedent, word + 1),
            LexemeKind::Word(W::Before | W::After)
                if self.text_is(word + 1, "that") && self.closes(word + 2) =>
            {
                (
                    if self.is_word(word, W::Before) { -1 } else { 1 },
                    CountedFrom::Antecedent,
                    word + 2,
                )
            }
            LexemeKind::Word(W::Hence) => (1, CountedFrom::Published, word + 1),
            LexemeKind::Word(W::From) if self.is_any_word(word + 1, &[W::Now, W::Today]) => {
                (1, CountedFrom::Published, word + 2)
            }
            LexemeKind::Word(W::Before | W::After | W::From) => {
                let sign = if self.is_word(word, W::Before) { -1 } else { 1 };
                return self.read_around(i, amount, unit, sign, word + 1);
            }
            _ => return None,
        };
        // "a year-earlier loss": the article is the loss's.
        let from = if dash && self.is_word(i, W::A) { i + 1 } else { i };
        let mut found = ParsedDate::new(from, end, Meaning::Offset(amount, unit, sign, base));
        found.modifier = modifier;
        Some(found)
    }

    /// "two days before Christmas", "a week after Easter", "three days from tomorrow".
    fn read_around(
        &self,
        i: usize,
        amount: Amount,
        unit: Unit,
        sign: i32,
        at: usize,
    ) -> Option<ParsedDate> {
        let day = self.read_day(at)?;
        match day.meaning {
            Meaning::Partial(partial) if matches!(partial.sub, Some(YearPart::Holiday(_))) => {
                Some(ParsedDate::new(i, day.to, Meaning::Around(amount, unit, sign, partial)))
            }
            // "a week from Tuesday"
            Meaning::Partial(partial)
                if partial.month.is_none()
                    && partial.weekday.is_some()
                    && partial.day.is_none()
                    && self.is_word(at - 1, W::From)
                    && unit == Unit::Week =>
            {
                let next = Meaning::Around(amount, unit, sign, partial);
                Some(ParsedDate::new(i, day.to, next))
            }
            Meaning::Shift(Unit::Day, n, CountedFrom::Published)
                if matches!(unit, Unit::Day | Unit::Week) =>
            {
                let Amount::Exact(hundredths) = amount else {
                    return None;
                };
                let days = if unit == Unit::Week { 7 } else { 1 };
                let n = n + sign * days * i32::try_from(hundredths / 100).ok()?;
                Some(ParsedDate::new(
                    i,
                    day.to,
                    Meaning::Shift(Unit::Day, n, CountedFrom::Published),
                ))
            }
            _ => None,
        }
    }
}
