//! Durations: "three months", "the past two years", "a 30-day …", "recent weeks", "for years".

use super::parser::Parser;
use crate::dates::meaning::{Meaning, ParsedDate};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Amount, Modifier, Unit};
use crate::vocabulary::dates::{AFTER_ADJECTIVE_MINUTE, BEFORE_VERB_LAST, LENGTH_ADJECTIVES};

impl Parser<'_> {
    /// An amount with its unit.
    pub(super) fn read_length(&self, i: usize) -> Option<ParsedDate> {
        if self.is_glued(i) && !self.is_mark(i.wrapping_sub(1), '-') {
            return None;
        }
        let (modifier, start) = match self.read_approximator(i) {
            Some((modifier, at)) => (Some(modifier), at),
            None => (None, i),
        };
        let (window, at) = self.window(start);
        if start > i
            && window
            && !matches!(self.kind(at), LexemeKind::Number(..) | LexemeKind::Cardinal(_))
        {
            return None;
        }
        let (amount, own, mut to) = match self.read_amount(at) {
            Some(read) => read,
            None if self.is_any_word(at, &[W::A, W::Another]) => (Amount::ONE, None, at + 1),
            None if window => match self.kind(at) {
                LexemeKind::Units(_) => (Amount::Vague, None, at),
                _ => return None,
            },
            None => match self.kind(at) {
                LexemeKind::NumberUnit(n, unit) => {
                    let mut read = ParsedDate::new(
                        i,
                        at + 1,
                        Meaning::Length(Amount::Exact(n.checked_mul(100)?), unit),
                    );
                    read.modifier = modifier;
                    return self.is_old(at + 1).is_none().then_some(read);
                }
                _ => return None,
            },
        };
        let counted = to;
        to = self.skip_word(
            to,
            &[
                W::Additional,
                W::More,
                W::Full,
                W::Whole,
                W::Entire,
                W::Consecutive,
                W::Straight,
                W::Long,
                W::Other,
            ],
        );
        if self.text_is_in(to, &LENGTH_ADJECTIVES) {
            to += 1;
        }
        let hyphen = self.is_joining_hyphen(to);
        if hyphen {
            to += 1;
        }
        let unit = match self.kind(to) {
            LexemeKind::Unit(unit) | LexemeKind::Units(unit) => unit,
            LexemeKind::Ordinal(2, false) if hyphen || self.kind(at) == LexemeKind::Cardinal(1) => {
                Unit::Second
            }
            _ => return None,
        };
        let plural = matches!(self.kind(to), LexemeKind::Units(_));
        // "a good day for the valley" is no length; "a good ten years" is.
        if !plural && self.text_is_any_of(to - 1, &["good"]) {
            return None;
        }
        if amount == Amount::Vague && !plural && !hyphen {
            return None;
        }
        // "three-quarters of", the programme "60 Minutes", the hope of "one day".
        if unit == Unit::Quarter
            && amount != Amount::Vague
            && (hyphen && plural || self.is_word(to + 1, W::Of) && !window)
            || self.is_capitalized(to) && !self.is_uppercase(to) && !self.opens_sentence(i)
            || !self.one_day_counts(at, to)
            || unit == Unit::Minute && !plural && self.text_is_in(to + 1, &AFTER_ADJECTIVE_MINUTE)
        {
            return None;
        }
        if unit == Unit::Period && !(plural || self.is_word(at, W::A)) {
            return None;
        }
        if unit == Unit::Season {
            return None;
        }
        // "a second", "two quarter pounds", "one half"
        if !plural
            && !hyphen
            && counted == at + 1
            && self.is_word(at, W::A)
            && matches!(unit, Unit::Period | Unit::Quarter | Unit::Weekend)
        {
            return None;
        }
        to += 1;
        if hyphen && self.is_joining_hyphen(to) && self.is_word(to + 1, W::Long) {
            to += 2;
        }
        if self.is_old(to).is_some() {
            return None;
        }
        // "24 hours a day", "seven days a week": always, as in 24/7.
        let round = matches!(
            (amount, unit),
            (Amount::Exact(2400), Unit::Hour) | (Amount::Exact(700), Unit::Day)
        );
        if round
            && self.is_word(to, W::A)
            && matches!(self.kind(to + 1), LexemeKind::Unit(Unit::Day | Unit::Week))
        {
            return None;
        }
        let mut amount = amount;
        let mut modifier = modifier.or(own);
        if let Some(after) = self.read_and_a_half_or_so(to, &mut amount, &mut modifier) {
            to = after;
        } else if self.is_word(to, W::Or) && self.is_any_word(to + 1, &[W::More]) {
            modifier = Some(Modifier::EqualOrMore);
            to += 2;
        } else if self.is_word(to, W::Or)
            && self.kind(to + 1) == LexemeKind::Cardinal(2)
            && self.closes(to + 2)
        {
            to += 2;
        } else if self.is_word(to, W::Or) && self.is_word(to + 1, W::Less) {
            modifier = Some(Modifier::EqualOrLess);
            to += 2;
        }
        // "an hour and 30 minutes"
        let and = self.skip_word(to, &[W::And]);
        if let Amount::Exact(_) = amount
            && let Some((second, None, next)) = self.read_amount(and)
            && let LexemeKind::Unit(smaller) | LexemeKind::Units(smaller) = self.kind(next)
            && smaller < unit
            && (and > to
                || matches!(self.kind(to), LexemeKind::Number(..) | LexemeKind::Cardinal(_)))
            && self.is_old(next + 1).is_none()
            && !self.is_any_word(next + 1, &[W::Ago, W::Later, W::Earlier])
        {
            let mut read =
                ParsedDate::new(i, next + 1, Meaning::Lengths(amount, unit, second, smaller));
            read.modifier = modifier;
            return Some(read);
        }
        // One unit of the past or future is a date: "the past year"; the shift rule has it.
        if window && counted == at && !plural {
            return None;
        }
        // "the 30-day rate": the article is the rate's.
        let from = if hyphen && self.is_word(i, W::The) { i + 1 } else { i };
        // "the weeks before": a bare plural stands without its article.
        if amount == Amount::Vague && at == start + 1 && self.is_word(start, W::The) {
            return None;
        }
        // "recent weeks and months"
        let bare = window && counted == at && self.is_any_word(to, &[W::Or, W::And]);
        if bare && plural && matches!(self.kind(to + 1), LexemeKind::Units(_)) {
            to += 2;
        }
        let mut read = ParsedDate::new(from, to, Meaning::Length(amount, unit));
        read.modifier = modifier;
        // "the first three days of …" and "each of the past three years" keep their own words.
        Some(read)
    }

    /// "one day" is a length only where it is counted: "for one day", "one day of".
    fn one_day_counts(&self, at: usize, to: usize) -> bool {
        let one_day = self.kind(at) == LexemeKind::Cardinal(1)
            && self.kind(to) == LexemeKind::Unit(Unit::Day)
            && to == at + 1;
        !one_day
            || self.is_any_word(
                at.wrapping_sub(1),
                &[
                    W::For,
                    W::In,
                    W::By,
                    W::Than,
                    W::Only,
                    W::Just,
                    W::Least,
                    W::Within,
                    W::About,
                    W::After,
                ],
            )
            || self.is_word(to + 1, W::Of)
            || self.is_mark(to + 1, '-')
            || self.text_is_any_of(at.wrapping_sub(1), &["job", "lasted", "took", "every"])
    }

    /// "the past", "the next", "the first", "recent" before an amount.
    fn window(&self, i: usize) -> (bool, usize) {
        let the = self.skip_word(i, &[W::The]);
        let at = match self.kind(the) {
            // "it won't last a day", "slated to last two years"
            LexemeKind::Word(W::Last)
                if self.is_word(the + 1, W::A)
                    || the == i && self.text_is_in(i.wrapping_sub(1), &BEFORE_VERB_LAST) =>
            {
                return (false, i);
            }
            LexemeKind::Word(
                W::Last
                | W::Past
                | W::Next
                | W::Coming
                | W::Previous
                | W::Following
                | W::Final
                | W::Latest
                | W::Recent
                | W::Subsequent
                | W::Upcoming
                | W::Prior,
            ) => the + 1,
            LexemeKind::Ordinal(1, false) => the + 1,
            _ if the > i => the,
            _ => return (false, i),
        };
        (true, at)
    }

    /// "-old", "years old", "years of age": the age of something, and no date.
    pub(super) fn is_old(&self, i: usize) -> Option<usize> {
        let at = i + usize::from(self.is_mark(i, '-'));
        if self.is_word(at, W::Old) || self.text_is_any_of(at, &["olds", "older", "younger"]) {
            return Some(at + 1);
        }
        (self.is_word(at, W::Of) && self.is_word(at + 1, W::Age)).then_some(at + 2)
    }

    /// "for years", "in days", "months of …", "recent weeks", "the coming years".
    pub(super) fn read_bare_units(&self, i: usize) -> Option<ParsedDate> {
        // "the weeks ahead", "over the years"
        if self.is_word(i, W::The)
            && let LexemeKind::Units(unit) = self.kind(i + 1)
            && unit >= Unit::Day
            && unit != Unit::Period
        {
            let ahead = self.is_word(i + 2, W::Ahead);
            let over = self.is_word(i.wrapping_sub(1), W::Over) && self.closes(i + 2);
            return (ahead || over).then(|| {
                ParsedDate::new(i, i + 2 + usize::from(ahead), Meaning::Length(Amount::Vague, unit))
            });
        }
        let LexemeKind::Units(unit) = self.kind(i) else {
            return None;
        };
        if matches!(
            unit,
            Unit::Period | Unit::Quarter | Unit::Second | Unit::Weekend | Unit::Season
        ) {
            return None;
        }
        let cue = self
            .is_any_word(i.wrapping_sub(1), &[W::For, W::In, W::Within, W::Over, W::After])
            || self.is_word(i.wrapping_sub(1), W::The)
                && self.is_any_word(i + 1, &[W::Before, W::After, W::That])
            || self.is_joining_hyphen(i + 1) && self.is_word(i + 2, W::Long)
            || self.is_word(i + 1, W::Of) && !self.is_word(i.wrapping_sub(1), W::The)
            || self.is_word(i + 1, W::Before)
            || self.is_word(i + 1, W::After);
        // "in the early hours of Monday": a part of that day.
        if self.is_word(i.wrapping_sub(1), W::Early)
            || self.text_is_any_of(i.wrapping_sub(1), &["small", "wee", "opening", "closing"])
        {
            return None;
        }
        let title = self.is_capitalized(i) && !self.opens_sentence(i) && !self.is_uppercase(i);
        if !cue || title || self.is_old(i + 1).is_some() {
            return None;
        }
        // "weeks or months"
        let or = self.is_any_word(i + 1, &[W::Or, W::And])
            && matches!(self.kind(i + 2), LexemeKind::Units(_));
        let to = if or || self.is_joining_hyphen(i + 1) && self.is_word(i + 2, W::Long) {
            i + 3
        } else {
            i + 1
        };
        Some(ParsedDate::new(i, to, Meaning::Length(Amount::Vague, unit)))
    }

    /// "month-long", "day-long"; "half-hour".
    pub(super) fn read_unit_long(&self, i: usize) -> Option<ParsedDate> {
        let LexemeKind::Unit(unit) = self.kind(i) else {
            return None;
        };
        (self.is_joining_hyphen(i + 1) && self.is_word(i + 2, W::Long))
            .then(|| ParsedDate::new(i, i + 3, Meaning::Length(Amount::ONE, unit)))
    }
}
