//! Numbers and amounts: "twenty-five", "2 1/2", "a couple of", "three or four", years in words.

use super::Parser;
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Amount, Modifier};

impl Parser<'_> {
    /// A whole number in words or digits below 100,000, and the lexeme after it. "a" is none.
    pub(super) fn whole(&self, i: usize) -> Option<(u32, usize)> {
        match self.kind(i) {
            Kind::Number(n, _) => Some((n, i + 1)),
            Kind::Cardinal(_) | Kind::Multiple(_) => self.words(i),
            Kind::Word(W::A) if matches!(self.kind(i + 1), Kind::Multiple(_)) => self.words(i + 1),
            _ => None,
        }
    }

    /// "two thousand and one", "ninety-six", "hundred".
    fn words(&self, i: usize) -> Option<(u32, usize)> {
        let (mut total, mut part, mut at, mut seen) = (0u32, 0u32, i, false);
        // The longest such number has eight words.
        for _ in 0..8 {
            match self.kind(at) {
                Kind::Cardinal(n)
                    if part % 10 == 0 && (part == 0 || part % 100 >= 20 || part % 100 == 0) =>
                {
                    if seen && part % 100 >= 20 && n >= 10 {
                        break;
                    }
                    part += n;
                    at += 1;
                }
                Kind::Multiple(100) if part < 100 => {
                    part = part.max(1) * 100;
                    at += 1;
                }
                Kind::Multiple(1000) if total == 0 => {
                    total = part.max(1) * 1000;
                    part = 0;
                    at += 1;
                }
                Kind::Mark('-') if seen && self.joined(at) && part % 10 == 0 && part >= 20 => {
                    match self.kind(at + 1) {
                        Kind::Cardinal(n) if n < 10 => at += 1,
                        _ => break,
                    }
                    continue;
                }
                Kind::Word(W::And)
                    if seen
                        && (part >= 100 || total > 0)
                        && matches!(self.kind(at + 1), Kind::Cardinal(_)) =>
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
    pub(super) fn year_in_words(&self, i: usize) -> Option<(i32, usize)> {
        let Kind::Cardinal(head) = self.kind(i) else {
            return None;
        };
        if head == 2 && self.kind(i + 1) == Kind::Multiple(1000) {
            let (n, to) = self.words(i)?;
            return (2000..2100).contains(&n).then_some((n as i32, to));
        }
        if !(13..=20).contains(&head) {
            return None;
        }
        let at = i + 1 + usize::from(self.joined(i + 1));
        let Kind::Cardinal(tens) = self.kind(at) else {
            return None;
        };
        if tens < 10 {
            return None;
        }
        let (tail, to) = self.words(at)?;
        (tail < 100).then_some(((head * 100 + tail) as i32, to))
    }

    /// What may follow an amount's unit: "(a year) and a half", "(a week) or so". Changes what was read and
    /// gives the lexeme after it.
    pub(super) fn and_a_half_or_so(
        &self,
        to: usize,
        amount: &mut Amount,
        modifier: &mut Option<Modifier>,
    ) -> Option<usize> {
        if self.is(to, W::And) && self.is(to + 1, W::A) && self.is(to + 2, W::Half) {
            if let Amount::Exact(n) = amount {
                *n += 50;
            }
            return Some(to + 3);
        }
        if self.is(to, W::Or) && self.is(to + 1, W::So) {
            *modifier = Some(Modifier::Approx);
            return Some(to + 2);
        }
        None
    }

    /// An amount: exact or vague, a modifier that its own words carry, and the lexeme after it.
    pub(super) fn amount(&self, i: usize) -> Option<(Amount, Option<Modifier>, usize)> {
        let vague = |to| Some((Amount::Vague, None, to));
        match self.kind(i) {
            Kind::Decimal(n) => return Some((Amount::Exact(n), None, i + 1)),
            Kind::Word(W::A) if self.is(i + 1, W::Couple) => {
                return Some((
                    Amount::Exact(200),
                    Some(Modifier::Approx),
                    self.skip(i + 2, &[W::Of]),
                ));
            }
            Kind::Word(W::Couple) => {
                return Some((
                    Amount::Exact(200),
                    Some(Modifier::Approx),
                    self.skip(i + 1, &[W::Of]),
                ));
            }
            Kind::Word(W::A) if self.is(i + 1, W::Few) || self.is(i + 1, W::Many) => {
                return vague(i + 2);
            }
            Kind::Word(W::A)
                if self.says_any(i + 1, &["number", "handful", "string", "series"]) =>
            {
                return self.is(i + 2, W::Of).then_some(()).and_then(|()| vague(i + 3));
            }
            Kind::Word(W::Few | W::Several | W::Many) => return vague(i + 1),
            Kind::Word(W::Some) => {
                if let Some((n, _, to)) = self.whole(i + 1).and_then(|_| self.amount(i + 1)) {
                    return Some((n, Some(Modifier::Approx), to));
                }
                return vague(i + 1);
            }
            Kind::Word(W::Dozens | W::Hundreds | W::Thousands) if self.is(i + 1, W::Of) => {
                return vague(i + 2);
            }
            Kind::Word(W::A) if self.is(i + 1, W::Dozen) => {
                return Some((Amount::Exact(1200), None, i + 2));
            }
            Kind::Word(W::Half) => {
                let to = i + 1 + usize::from(self.joined(i + 1));
                return Some((Amount::Exact(50), None, self.skip(to, &[W::A])));
            }
            Kind::Word(W::A) if self.is(i + 1, W::Half) => {
                return Some((Amount::Exact(50), None, i + 2 + usize::from(self.joined(i + 2))));
            }
            _ => {}
        }
        let (n, mut to) = self.whole(i)?;
        let mut hundredths = n.checked_mul(100)?;
        if self.is(to, W::Dozen) && n < 1000 {
            return Some((Amount::Exact(hundredths * 12), None, to + 1));
        }
        // "2 1/2"
        if let (Kind::Number(a, 1), true, Kind::Number(b, 1)) =
            (self.kind(to), self.mark(to + 1, '/'), self.kind(to + 2))
            && a < b
        {
            return Some((Amount::Exact(hundredths + a * 100 / b), None, to + 3));
        }
        // "two and a half", "two-and-a-half"
        let dash = usize::from(self.joined(to));
        if self.is(to + dash, W::And) {
            let at = to + dash + 1;
            let at = at + usize::from(self.joined(at));
            let a = self.skip(at, &[W::A]);
            let a = a + usize::from(self.joined(a));
            if self.is(a, W::Half) {
                hundredths += 50;
                return Some((Amount::Exact(hundredths), None, a + 1));
            }
        }
        // "two to six", "three or four", "12-18": the first is the value.
        let joint = self.is_any(to, &[W::To, W::Or]) || (self.mark(to, '-') && n < 1000);
        if joint
            && let Some((m, after)) = self.whole(to + 1)
            && m > n
            && (self.unit(after).is_some() || self.mark(after, '-'))
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
            Kind::Number(..) | Kind::Decimal(_) | Kind::Cardinal(_) | Kind::Multiple(_)
        ) || self.is(i, W::A) && !self.is_any(i + 1, &[W::Few])
    }

    /// Words before an amount or a date: "about", "more than", "at least"; with the lexeme after.
    pub(super) fn approximator(&self, i: usize) -> Option<(Modifier, usize)> {
        let Kind::Word(word) = self.kind(i) else {
            return None;
        };
        let found = match word {
            W::About | W::Approximately | W::Roughly => (Modifier::Approx, i + 1),
            W::Nearly | W::Almost => (Modifier::LessThan, i + 1),
            // "over a week", not "over the past year", "over several years".
            W::Over if self.counts(i + 1) => (Modifier::MoreThan, i + 1),
            W::Under if self.counts(i + 1) => (Modifier::LessThan, i + 1),
            W::More if self.is(i + 1, W::Than) => (Modifier::MoreThan, i + 2),
            W::Less if self.is(i + 1, W::Than) => (Modifier::LessThan, i + 2),
            W::At if self.is(i + 1, W::Least) => (Modifier::EqualOrMore, i + 2),
            W::At if self.is(i + 1, W::Most) => (Modifier::EqualOrLess, i + 2),
            W::Up if self.is(i + 1, W::To) => (Modifier::EqualOrLess, i + 2),
            W::No if self.is(i + 1, W::More) && self.is(i + 2, W::Than) => {
                (Modifier::EqualOrLess, i + 3)
            }
            W::No if self.is(i + 1, W::Less) && self.is(i + 2, W::Than) => {
                (Modifier::EqualOrMore, i + 3)
            }
            W::Not if self.is(i + 1, W::More) && self.is(i + 2, W::Than) => {
                (Modifier::EqualOrLess, i + 3)
            }
            _ => return None,
        };
        Some(found)
    }
}
