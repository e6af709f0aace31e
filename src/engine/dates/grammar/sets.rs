//! Sets: "every Friday", "twice a week", "daily", "Tuesday nights", "$1 billion a year".

use super::parser::Parser;
use crate::dates::meaning::{Meaning, ParsedDate, Recurrence, Time};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Amount, Season, Unit};
use crate::vocabulary::dates::{BEFORE_SINGLE_UNIT, SPEED_UNITS};

impl Parser<'_> {
    /// "every Friday", "each month", "every two weeks", "every other day".
    pub(super) fn read_every(&self, i: usize) -> Option<ParsedDate> {
        if !self.is_any_word(i, &[W::Every, W::Each]) {
            return None;
        }
        let set = |to, often| Some(ParsedDate::new(i, to, Meaning::Set(often)));
        let at = i + 1;
        match self.kind(at) {
            LexemeKind::Unit(Unit::Weekend) => return set(at + 1, Recurrence::Weekends),
            LexemeKind::Unit(Unit::Period) => return None,
            LexemeKind::Unit(unit) => return set(at + 1, Recurrence::Units(Amount::ONE, unit)),
            LexemeKind::Weekday(day) => {
                if let LexemeKind::Part(part) = self.kind(at + 1) {
                    let mut read =
                        ParsedDate::new(i, at + 2, Meaning::Set(Recurrence::Weekday(day)));
                    read.time = Some(Time::Part(part));
                    return Some(read);
                }
                return set(at + 1, Recurrence::Weekday(day));
            }
            LexemeKind::Month(month) if self.is_capitalized(at) => {
                return set(at + 1, Recurrence::Month(month));
            }
            LexemeKind::Season(season) => return set(at + 1, Recurrence::Season(season)),
            LexemeKind::Part(part) => return set(at + 1, Recurrence::Part(part)),
            LexemeKind::Holiday => {
                let (partial, to) = self.read_holiday(at)?;
                if let Some(crate::dates::meaning::YearPart::Holiday(holiday)) = partial.sub {
                    return set(to, Recurrence::Holiday(holiday));
                }
            }
            LexemeKind::Word(W::Few) => {
                if let LexemeKind::Units(unit) = self.kind(at + 1) {
                    return set(at + 2, Recurrence::Units(Amount::Vague, unit));
                }
            }
            LexemeKind::Word(W::Other) => {
                if let LexemeKind::Unit(unit) = self.kind(at + 1) {
                    return set(at + 2, Recurrence::Units(Amount::Exact(200), unit));
                }
            }
            _ => {}
        }
        if self.text_is(at, "single")
            && let LexemeKind::Unit(unit) = self.kind(at + 1)
        {
            return set(at + 2, Recurrence::Units(Amount::ONE, unit));
        }
        let (amount, _, to) = self.read_amount(at)?;
        match self.kind(to) {
            LexemeKind::Units(unit) => set(to + 1, Recurrence::Units(amount, unit)),
            _ => None,
        }
    }

    /// "daily", "weekly": unless part of a name ("Daily News").
    pub(super) fn read_adverb(&self, i: usize) -> Option<ParsedDate> {
        let LexemeKind::Every(unit) = self.kind(i) else {
            return None;
        };
        if self.is_capitalized(i) && !self.opens_sentence(i)
            || self.is_mark(i + 1, '-') && self.is_joining_hyphen(i + 1)
            || self.is_glued(i)
        {
            return None;
        }
        let adjective = self.text_is_any_of(i, &["annual", "everyday", "quarterly"]);
        // "the party's daily Granma" is a paper.
        let paper = self.is_capitalized(i + 1)
            && self.kind(i + 1) == LexemeKind::Other
            && self.is_spaced(i + 1);
        if adjective || paper || (self.is_capitalized(i) && self.is_capitalized(i + 1)) {
            return None;
        }
        Some(ParsedDate::new(i, i + 1, Meaning::Set(Recurrence::Units(Amount::ONE, unit))))
    }

    /// "Fridays", "Tuesday nights", "weekends", "weekdays".
    pub(super) fn read_plural_days(&self, i: usize) -> Option<ParsedDate> {
        let set = |to, often| Some(ParsedDate::new(i, to, Meaning::Set(often)));
        match self.kind(i) {
            LexemeKind::Weekdays(day) => {
                if let LexemeKind::Parts(part) | LexemeKind::Part(part) = self.kind(i + 1) {
                    let mut read =
                        ParsedDate::new(i, i + 2, Meaning::Set(Recurrence::Weekday(day)));
                    read.time = Some(Time::Part(part));
                    return Some(read);
                }
                set(i + 1, Recurrence::Weekday(day))
            }
            // "on Monday and Tuesday nights"
            LexemeKind::Weekday(day)
                if self.is_any_word(i + 1, &[W::And, W::Or])
                    && matches!(self.kind(i + 2), LexemeKind::Weekday(_))
                    && matches!(self.kind(i + 3), LexemeKind::Parts(_)) =>
            {
                let LexemeKind::Parts(part) = self.kind(i + 3) else {
                    return None;
                };
                let mut read = ParsedDate::new(i, i + 1, Meaning::Set(Recurrence::Weekday(day)));
                read.time = Some(Time::Part(part));
                Some(read)
            }
            LexemeKind::Weekday(day) => match self.kind(i + 1) {
                LexemeKind::Parts(part) => {
                    let mut read =
                        ParsedDate::new(i, i + 2, Meaning::Set(Recurrence::Weekday(day)));
                    read.time = Some(Time::Part(part));
                    Some(read)
                }
                _ => None,
            },
            LexemeKind::Units(Unit::Weekend) => {
                let counted = matches!(
                    self.kind_before(i),
                    LexemeKind::Cardinal(_) | LexemeKind::Number(..) | LexemeKind::Word(_)
                ) && !self
                    .is_any_word(i.wrapping_sub(1), &[W::On, W::At, W::And, W::Or]);
                (!counted).then(|| set(i + 1, Recurrence::Weekends))?
            }
            LexemeKind::Word(W::Weekdays) => set(i + 1, Recurrence::Weekdays),
            _ => None,
        }
    }

    /// "twice a week", "three times a day", "once every two years", "$10 a month", "per day".
    pub(super) fn read_rate(&self, i: usize) -> Option<ParsedDate> {
        let set = |to, unit| {
            Some(ParsedDate::new(i, to, Meaning::Set(Recurrence::Units(Amount::ONE, unit))))
        };
        if self.is_any_word(i, &[W::Once, W::Twice])
            && self.is_any_word(i + 1, &[W::A, W::Per, W::Each, W::Every])
        {
            return match self.kind(i + 2) {
                LexemeKind::Unit(unit) if unit != Unit::Period => set(i + 3, unit),
                _ => None,
            };
        }
        if matches!(
            self.kind(i),
            LexemeKind::Cardinal(_)
                | LexemeKind::Number(..)
                | LexemeKind::Word(W::Several | W::Many)
        ) && self.is_word(i + 1, W::Times)
            && self.is_any_word(i + 2, &[W::A, W::Per, W::Each, W::Every])
        {
            return match self.kind(i + 3) {
                LexemeKind::Unit(unit) if unit != Unit::Period => set(i + 4, unit),
                _ => None,
            };
        }
        let LexemeKind::Unit(unit) = self.kind(i + 1) else {
            return None;
        };
        if unit == Unit::Period || unit == Unit::Quarter && self.is_word(i, W::A) {
            return None;
        }
        if self.is_word(i, W::Per) {
            // "157 miles per hour" is a speed.
            let speed = unit <= Unit::Hour && self.text_is_in(i.wrapping_sub(1), &SPEED_UNITS);
            return if speed { None } else { set(i + 2, unit) };
        }
        if !self.is_word(i, W::A)
            || self.is_any_word(
                i + 2,
                &[W::Ago, W::Earlier, W::Later, W::Before, W::After, W::From, W::And, W::Or],
            )
        {
            return None;
        }
        // A price or count stands shortly before: "$1 billion a year", "four flights a week".
        let amount = (1..=4).filter_map(|d| i.checked_sub(d)).any(|j| {
            matches!(
                self.kind(j),
                LexemeKind::Number(..)
                    | LexemeKind::Decimal(_)
                    | LexemeKind::Cardinal(_)
                    | LexemeKind::Multiple(_)
                    | LexemeKind::Word(W::Hundreds | W::Thousands | W::Dozens)
            ) || self.text_is_any_of(j, &["million", "billion", "cents", "dollars", "percent"])
        });
        let before = self.kind_before(i);
        let noun =
            matches!(before, LexemeKind::Other | LexemeKind::Units(_) | LexemeKind::Multiple(_))
                || self.is_mark(i.wrapping_sub(1), '%')
                || matches!(before, LexemeKind::Number(..) | LexemeKind::Decimal(_));
        let verb = self.text_is_in(i.wrapping_sub(1), &BEFORE_SINGLE_UNIT);
        (amount && noun && !verb).then(|| set(i + 2, unit))?
    }

    /// "winters", "summers".
    pub(super) fn read_plural_seasons(&self, i: usize) -> Option<ParsedDate> {
        let LexemeKind::Seasons(season) = self.kind(i) else {
            return None;
        };
        let name = matches!(season, Season::Spring) || self.is_capitalized(i);
        (!name).then(|| ParsedDate::new(i, i + 1, Meaning::Set(Recurrence::Season(season))))
    }
}
