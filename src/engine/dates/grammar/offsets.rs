//! Counts from another date: "two weeks ago", "three days later", "two days before Christmas".

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Base, Found, Meaning, Sub};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Amount, Unit};

impl Parser<'_> {
    /// "two weeks ago", "three days later", "a month from now", "a year earlier".
    pub(super) fn offset(&self, i: usize) -> Option<Found> {
        // "the day before Thanksgiving"
        if self.is(i, W::The) {
            let sign = match self.kind(i + 2) {
                Kind::Word(W::Before) => -1,
                Kind::Word(W::After) => 1,
                _ => return None,
            };
            return match self.kind(i + 1) {
                Kind::Unit(Unit::Day) => self.around(i, Amount::ONE, Unit::Day, sign, i + 3),
                _ => None,
            };
        }
        let (modifier, at) = match self.approximator(i) {
            Some((modifier, at)) => (Some(modifier), at),
            None => (None, i),
        };
        let (amount, own, mut to) = match self.amount(at) {
            Some(read) => read,
            None if self.is(at, W::A) => (Amount::ONE, None, at + 1),
            None => match self.kind(at) {
                Kind::Units(_) => (Amount::Vague, None, at),
                Kind::NumberUnit(n, _) => (Amount::Exact(n.checked_mul(100)?), None, at),
                _ => return None,
            },
        };
        to = self.skip(to, &[W::Full, W::Long, W::More]);
        to = self.skip_mark(to, '-');
        let unit = match self.kind(to) {
            Kind::Unit(unit) | Kind::Units(unit) | Kind::NumberUnit(_, unit) => unit,
            Kind::Ordinal(2, false) => Unit::Second,
            _ => return None,
        };
        to += 1;
        // "a year and a half ago", "a week or so ago", "a year or two ago"
        let mut amount = amount;
        let mut modifier = modifier.or(own);
        if let Some(after) = self.and_a_half_or_so(to, &mut amount, &mut modifier) {
            to = after;
        } else if self.is(to, W::Or) && matches!(self.kind(to + 1), Kind::Cardinal(_)) {
            amount = Amount::Vague;
            to += 2;
        }
        let dash = self.joined(to);
        let word = if dash { to + 1 } else { to };
        let (sign, base, end) = match self.kind(word) {
            Kind::Word(W::Ago) => (-1, Base::Published, word + 1),
            Kind::Word(W::Back) if self.spaced(word) && self.closes(word + 1) => {
                (-1, Base::Published, word + 1)
            }
            Kind::Word(W::Earlier) => (-1, Base::Antecedent, word + 1),
            Kind::Word(W::Prior) if !self.is(word + 1, W::To) => (-1, Base::Antecedent, word + 1),
            Kind::Word(W::Later) => (1, Base::Antecedent, word + 1),
            Kind::Word(W::Before | W::After)
                if self.says(word + 1, "that") && self.closes(word + 2) =>
            {
                (if self.is(word, W::Before) { -1 } else { 1 }, Base::Antecedent, word + 2)
            }
            Kind::Word(W::Hence) => (1, Base::Published, word + 1),
            Kind::Word(W::From) if self.is_any(word + 1, &[W::Now, W::Today]) => {
                (1, Base::Published, word + 2)
            }
            Kind::Word(W::Before | W::After | W::From) => {
                let sign = if self.is(word, W::Before) { -1 } else { 1 };
                return self.around(i, amount, unit, sign, word + 1);
            }
            _ => return None,
        };
        // "a year-earlier loss": the article is the loss's.
        let from = if dash && self.is(i, W::A) { i + 1 } else { i };
        let mut found = found(from, end, Meaning::Offset(amount, unit, sign, base));
        found.modifier = modifier;
        Some(found)
    }

    /// "two days before Christmas", "a week after Easter", "three days from tomorrow".
    fn around(&self, i: usize, amount: Amount, unit: Unit, sign: i32, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        match day.meaning {
            Meaning::Partial(partial) if matches!(partial.sub, Some(Sub::Holiday(_))) => {
                Some(found(i, day.to, Meaning::Around(amount, unit, sign, partial)))
            }
            // "a week from Tuesday"
            Meaning::Partial(partial)
                if partial.month.is_none()
                    && partial.weekday.is_some()
                    && partial.day.is_none()
                    && self.is(at - 1, W::From)
                    && unit == Unit::Week =>
            {
                let next = Meaning::Around(amount, unit, sign, partial);
                Some(found(i, day.to, next))
            }
            Meaning::Shift(Unit::Day, n, Base::Published)
                if matches!(unit, Unit::Day | Unit::Week) =>
            {
                let Amount::Exact(hundredths) = amount else {
                    return None;
                };
                let days = if unit == Unit::Week { 7 } else { 1 };
                let n = n + sign * days * i32::try_from(hundredths / 100).ok()?;
                Some(found(i, day.to, Meaning::Shift(Unit::Day, n, Base::Published)))
            }
            _ => None,
        }
    }
}
