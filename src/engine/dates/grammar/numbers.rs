//! Numbers and amounts: "twenty-five", "2 1/2", "a couple of", "three or four", years in words.

use super::parser::Parser;
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Amount, Modifier};
use crate::vocabulary::dates::BEFORE_LONGER_LENGTH;

impl Parser<'_> {
    /// A whole number in words or digits below 100,000, and the lexeme after it. "a" is none.
    pub(super) fn read_whole(&self, i: usize) -> Option<(u32, usize)> {
        match self.kind(i) {
            LexemeKind::Number(n, _) => Some((n, i + 1)),
            LexemeKind::Cardinal(_) | LexemeKind::Multiple(_) => self.read_words(i),
            LexemeKind::Word(W::A) if matches!(self.kind(i + 1), LexemeKind::Multiple(_)) => {
                self.read_words(i + 1)
            }
            _ => None,
        }
    }

    /// "two thousand and one", "ninety-six", "hundred".
    fn read_words(&self, i: usize) -> Option<(u32, usize)> {
        let (mut total, mut part, mut at, mut seen) = (0u32, 0u32, i, false);
        // The longest such number has eight words.
        for _ in 0..8 {
            match self.kind(at) {
                LexemeKind::Cardinal(n)
                    if part % 10 == 0 && (part == 0 || part % 100 >= 20 || part % 100 == 0) =>
                {
                    if seen && part % 100 >= 20 && n >= 10 {
                        break;
                    }
                    part += n;
                    at += 1;
                }
                LexemeKind::Multiple(100) if part < 100 => {
                    part = part.max(1) * 100;
                    at += 1;
                }
                LexemeKind::Multiple(1000) if total == 0 => {
                    total = part.max(1) * 1000;
                    part = 0;
                    at += 1;
                }
                LexemeKind::Mark('-')
                    if seen && self.is_joining_hyphen(at) && part % 10 == 0 && part >= 20 =>
                {
                    match self.kind(at + 1) {
                        LexemeKind::Cardinal(n) if n < 10 => at += 1,
                        _ => break,
                    }
                    continue;
                }
                LexemeKind::Word(W::And)
                    if seen
                        && (part >= 100 || total > 0)
                        && matches!(self.kind(at + 1), LexemeKind::Cardinal(_)) =>
                {
                    at += 1;
                    continue;
                }
                _ => break,
            }
            seen = true;
        }
        let number = total + part;
        (seen && number < 100_000).then_some((number, at))
    }

    /// "nineteen ninety-six", "two thousand one", "twenty ten": a year in words.
    pub(super) fn read_year_in_words(&self, i: usize) -> Option<(i32, usize)> {
        let LexemeKind::Cardinal(head) = self.kind(i) else {
            return None;
        };
        if head == 2 && self.kind(i + 1) == LexemeKind::Multiple(1000) {
            let (n, to) = self.read_words(i)?;
            return (2000..2100).contains(&n).then_some((n as i32, to));
        }
        if !(13..=20).contains(&head) {
            return None;
        }
        let at = i + 1 + usize::from(self.is_joining_hyphen(i + 1));
        let LexemeKind::Cardinal(tens) = self.kind(at) else {
            return None;
        };
        if tens < 10 {
            return None;
        }
        let (tail, to) = self.read_words(at)?;
        (tail < 100).then_some(((head * 100 + tail) as i32, to))
    }

    /// What may follow an amount's unit: "(a year) and a half", "(a week) or so". Changes what was read and
    /// gives the lexeme after it.
    pub(super) fn read_and_a_half_or_so(
        &self,
        to: usize,
        amount: &mut Amount,
        modifier: &mut Option<Modifier>,
    ) -> Option<usize> {
        if self.is_word(to, W::And) && self.is_word(to + 1, W::A) && self.is_word(to + 2, W::Half) {
            if let Amount::Exact(n) = amount {
                *n += 50;
            }
            return Some(to + 3);
        }
        if self.is_word(to, W::Or) && self.is_word(to + 1, W::So) {
            *modifier = Some(Modifier::Approx);
            return Some(to + 2);
        }
        None
    }

    /// An amount: exact or vague, a modifier that its own words carry, and the lexeme after it.
    pub(super) fn read_amount(&self, i: usize) -> Option<(Amount, Option<Modifier>, usize)> {
        let vague = |to| Some((Amount::Vague, None, to));
        match self.kind(i) {
            LexemeKind::Decimal(n) => return Some((Amount::Exact(n), None, i + 1)),
            LexemeKind::Word(W::A) if self.is_word(i + 1, W::Couple) => {
                return Some((
                    Amount::Exact(200),
                    Some(Modifier::Approx),
                    self.skip_word(i + 2, &[W::Of]),
                ));
            }
            LexemeKind::Word(W::Couple) => {
                return Some((
                    Amount::Exact(200),
                    Some(Modifier::Approx),
                    self.skip_word(i + 1, &[W::Of]),
                ));
            }
            LexemeKind::Word(W::A)
                if self.is_word(i + 1, W::Few) || self.is_word(i + 1, W::Many) =>
            {
                return vague(i + 2);
            }
            LexemeKind::Word(W::A)
                if self.text_is_any_of(i + 1, &["number", "handful", "string", "series"]) =>
            {
                return self.is_word(i + 2, W::Of).then_some(()).and_then(|()| vague(i + 3));
            }
            LexemeKind::Word(W::Few | W::Several | W::Many) => return vague(i + 1),
            LexemeKind::Word(W::Some) => {
                if let Some((n, _, to)) =
                    self.read_whole(i + 1).and_then(|_| self.read_amount(i + 1))
                {
                    return Some((n, Some(Modifier::Approx), to));
                }
                return vague(i + 1);
            }
            LexemeKind::Word(W::Dozens | W::Hundreds | W::Thousands)
                if self.is_word(i + 1, W::Of) =>
            {
                return vague(i + 2);
            }
            LexemeKind::Word(W::A) if self.is_word(i + 1, W::Dozen) => {
                return Some((Amount::Exact(1200), None, i + 2));
            }
            LexemeKind::Word(W::Half) => {
                let to = i + 1 + usize::from(self.is_joining_hyphen(i + 1));
                return Some((Amount::Exact(50), None, self.skip_word(to, &[W::A])));
            }
            LexemeKind::Word(W::A) if self.is_word(i + 1, W::Half) => {
                return Some((
                    Amount::Exact(50),
                    None,
                    i + 2 + usize::from(self.is_joining_hyphen(i + 2)),
                ));
            }
            _ => {}
        }
        let (n, mut to) = self.read_whole(i)?;
        let mut hundredths = n.checked_mul(100)?;
        if self.is_word(to, W::Dozen) && n < 1000 {
            return Some((Amount::Exact(hundredths * 12), None, to + 1));
        }
        // "2 1/2"
        if let (LexemeKind::Number(a, 1), true, LexemeKind::Number(b, 1)) =
            (self.kind(to), self.is_mark(to + 1, '/'), self.kind(to + 2))
            && a < b
        {
            return Some((Amount::Exact(hundredths + a * 100 / b), None, to + 3));
        }
        // "two and a half", "two-and-a-half"
        let dash = usize::from(self.is_joining_hyphen(to));
        if self.is_word(to + dash, W::And) {
            let at = to + dash + 1;
            let at = at + usize::from(self.is_joining_hyphen(at));
            let a = self.skip_word(at, &[W::A]);
            let a = a + usize::from(self.is_joining_hyphen(a));
            if self.is_word(a, W::Half) {
                hundredths += 50;
                return Some((Amount::Exact(hundredths), None, a + 1));
            }
        }
        // "two to six", "three or four", "12-18": the first is the value.
        let joint = self.is_any_word(to, &[W::To, W::Or]) || (self.is_mark(to, '-') && n < 1000);
        if joint
            && let Some((m, after)) = self.read_whole(to + 1)
            && m > n
            && (self.unit_at(after).is_some() || self.is_mark(after, '-'))
        {
            to = after;
            return Some((Amount::Exact(hundredths), Some(Modifier::EqualOrMore), to));
        }
        Some((Amount::Exact(hundredths), None, to))
    }

    /// An exact amount, or "a", begins at `i`.
    fn counts(&self, i: usize) -> bool {
        matches!(
            self.kind(i),
            LexemeKind::Number(..)
                | LexemeKind::Decimal(_)
                | LexemeKind::Cardinal(_)
                | LexemeKind::Multiple(_)
        ) || self.is_word(i, W::A) && !self.is_any_word(i + 1, &[W::Few])
    }

    /// "for over a year", "just over an hour", "Over a week ago"; but "fell over two days".
    fn over_is_more_than(&self, i: usize) -> bool {
        let before = i.wrapping_sub(1);
        self.opens_sentence(i)
            || i == 0
            || self.text_is_in(before, &BEFORE_LONGER_LENGTH)
            || matches!(self.kind(before), LexemeKind::Mark(_))
            || (i + 3..i + 5)
                .any(|at| self.is_any_word(at, &[W::Ago, W::Later, W::Earlier, W::Old]))
    }

    /// Words before an amount or a date: "about", "more than", "at least"; with the lexeme after.
    pub(super) fn read_approximator(&self, i: usize) -> Option<(Modifier, usize)> {
        let LexemeKind::Word(word) = self.kind(i) else {
            return None;
        };
        let found = match word {
            W::About | W::Approximately | W::Roughly => (Modifier::Approx, i + 1),
            W::Nearly | W::Almost => (Modifier::LessThan, i + 1),
            // "over a week", not "over the past year", "over several years".
            W::Over if self.counts(i + 1) && self.over_is_more_than(i) => {
                (Modifier::MoreThan, i + 1)
            }
            W::Under if self.counts(i + 1) => (Modifier::LessThan, i + 1),
            W::More if self.is_word(i + 1, W::Than) => (Modifier::MoreThan, i + 2),
            W::Less if self.is_word(i + 1, W::Than) => (Modifier::LessThan, i + 2),
            W::At if self.is_word(i + 1, W::Least) => (Modifier::EqualOrMore, i + 2),
            W::At if self.is_word(i + 1, W::Most) => (Modifier::EqualOrLess, i + 2),
            W::Up if self.is_word(i + 1, W::To) => (Modifier::EqualOrLess, i + 2),
            W::No if self.is_word(i + 1, W::More) && self.is_word(i + 2, W::Than) => {
                (Modifier::EqualOrLess, i + 3)
            }
            W::No if self.is_word(i + 1, W::Less) && self.is_word(i + 2, W::Than) => {
                (Modifier::EqualOrMore, i + 3)
            }
            W::Not if self.is_word(i + 1, W::More) && self.is_word(i + 2, W::Than) => {
                (Modifier::EqualOrLess, i + 3)
            }
            _ => return None,
        };
        Some(found)
    }
}
