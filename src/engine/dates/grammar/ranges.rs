//! The first of two, which lacks what the second says: "28 and 29 August", "3:30-4:30pm".

use super::parser::Parser;
use crate::dates::meaning::{Meaning, ParsedDate, PartialDate, Time, YearRef};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Amount, ClockTime, Modifier, Unit};
use crate::vocabulary::dates::AFTER_COUNTED_DAY;

impl Parser<'_> {
    /// What stands between the two ends of a range or list; the lexeme after it.
    fn read_between(&self, i: usize) -> Option<usize> {
        (self.is_mark(i, '-')
            || self.is_mark(i, '—')
            || self.is_mark(i, '&')
            || self.is_any_word(i, &[W::And, W::To, W::Or, W::Through, W::Until]))
        .then_some(i + 1)
    }

    /// "28" of "28 and 29 August", "the 13th" of "the 13th to the 19th of October 1950".
    pub(super) fn read_first_day(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        if self.is_glued(the) {
            return None;
        }
        let (day, to) = self.read_day_of_month(the)?;
        let next = self.read_between(to)?;
        let (second, _) = self.read_month_and_day(next)?;
        if !matches!(
            self.kind(self.skip_word(next, &[W::The])),
            LexemeKind::Number(..) | LexemeKind::Ordinal(..)
        ) {
            return None;
        }
        let end = second.day?;
        (end > day).then(|| {
            let partial = PartialDate { day: Some(day), ..second };
            ParsedDate::new(i, to, Meaning::Partial(partial))
        })
    }

    /// "5" of "May 3-5", "29" of "August 28 and 29, 1918": read after the first day.
    pub(in crate::dates) fn read_second_day(&self, first: &ParsedDate) -> Option<ParsedDate> {
        let Meaning::Partial(partial) = first.meaning else {
            return None;
        };
        if let Some(second) = self.read_second_year(first, partial) {
            return Some(second);
        }
        let (_, from, None) = (partial.month?, partial.day?, first.time) else {
            return None;
        };
        // Only after "May 3", not after "3 May" nor "the 13th" of "the 13th to the 19th of May".
        if !(first.from..first.to).any(|i| matches!(self.kind(i), LexemeKind::Month(_))) {
            return None;
        }
        if !matches!(
            self.kind(first.to.checked_sub(1)?),
            LexemeKind::Number(_, 1 | 2) | LexemeKind::Ordinal(..)
        ) {
            return None;
        }
        let next = self.read_between(first.to)?;
        let spaced_dash = self.is_mark(first.to, '-') && self.is_spaced(first.to);
        let the = self.skip_word(next, &[W::The]);
        // "May eighth - tenth"
        let words = self.is_mark(first.to, '-') || self.is_word(first.to, W::To);
        let day = match self.kind(the) {
            LexemeKind::Number(day, 1..=2) | LexemeKind::Ordinal(day, true) => day,
            LexemeKind::Ordinal(day, false) if words => day,
            _ => return None,
        };
        let day = u8::try_from(day).ok().filter(|&d| d > from && d <= 31)?;
        if self.unit_at(the + 1).is_some()
            || matches!(
                self.kind(the + 1),
                LexemeKind::Month(_)
                    | LexemeKind::AmPm(_)
                    | LexemeKind::Mark('%' | ':' | '/')
                    | LexemeKind::Multiple(_)
            )
            || self.is_mark(the + 1, '-') && !spaced_dash
            || (self.kind(the + 1) == LexemeKind::Other
                && self.is_word(first.to, W::And)
                && !matches!(self.kind(the), LexemeKind::Ordinal(..))
                && !self.text_is_in(the + 1, &AFTER_COUNTED_DAY))
        {
            return None;
        }
        let (year, to) = match self.read_any_year(the + 1) {
            Some((year, to)) => (year, to),
            None => (partial.year, the + 1),
        };
        let partial = PartialDate { day: Some(day), year, weekday: None, ..partial };
        let mut second = ParsedDate::new(the, to, Meaning::Partial(partial));
        second.rule = "day range";
        Some(second)
    }

    /// "94" of "1990-94".
    fn read_second_year(&self, first: &ParsedDate, partial: PartialDate) -> Option<ParsedDate> {
        let (YearRef::Known(year), None, None) = (partial.year, partial.month, partial.sub) else {
            return None;
        };
        let slash =
            self.is_mark(first.to, '/') && year > 0 && self.next_year(first.to + 1, year as u32);
        let two = match self.kind(first.to + 1) {
            LexemeKind::Number(two, 2) if !slash || two > 0 => two as i32,
            // "2021/2022"
            LexemeKind::Number(four, 4) if slash && four % 100 > 0 => (four % 100) as i32,
            _ => return None,
        };
        let ends = !self.is_spaced(first.to + 2)
            || self.is_spaced(first.to + 2) && self.unit_at(first.to + 2).is_none();
        if !(self.is_joining_hyphen(first.to) || slash)
            || year <= 0
            || two <= year % 100
            || !ends
            || self.is_mark(first.to + 2, '-')
        {
            return None;
        }
        let partial = PartialDate { year: YearRef::Known(year - year % 100 + two), ..partial };
        let mut second = ParsedDate::new(first.to + 1, first.to + 2, Meaning::Partial(partial));
        second.rule = "year";
        Some(second)
    }

    /// "3:30" of "3:30-4:30pm": the second time says which half of the day.
    pub(super) fn read_first_clock(&self, i: usize) -> Option<ParsedDate> {
        if self.is_glued(i) {
            return None;
        }
        let (hour, minute) = match self.kind(i) {
            LexemeKind::Clock(h, m, 255, 0) => (u32::from(h), Some(u32::from(m))),
            LexemeKind::Number(h, 1..=2) => (h, None),
            _ => return None,
        };
        let next = self.read_between(i + 1)?;
        let (end, _) = self.read_clock(next)?;
        let Time::Clock(end, true) = end else {
            return None;
        };
        let has_half = matches!(self.kind(next), LexemeKind::Clock(_, _, _, 1 | 2))
            || matches!(self.kind(next + 1), LexemeKind::AmPm(_));
        let last = u32::from(end.hour);
        if !has_half
            || !(1..=12).contains(&hour)
            || self.is_word(i + 1, W::And)
                && minute.is_none()
                && !self.is_word(i.wrapping_sub(1), W::Between)
        {
            return None;
        }
        let late = hour % 12 + 12;
        let hour = if last >= 12 && late <= last { late } else { hour % 12 };
        let mut read = ParsedDate::new(i, i + 1, Meaning::TimeOnly);
        read.time = Some(Time::Clock(ClockTime::new(hour, minute, None)?, true));
        Some(read)
    }

    /// "1994 or later", "1990 and beyond".
    pub(super) fn read_onward(&self, i: usize) -> Option<ParsedDate> {
        let year = self.read_bare_year(i)?;
        if self.is_word(year.to, W::Or) && self.is_any_word(year.to + 1, &[W::Earlier, W::Before]) {
            return Some(ParsedDate {
                to: year.to + 2,
                modifier: Some(Modifier::OnOrBefore),
                ..year
            });
        }
        let tail = (self.is_word(year.to, W::Or) && self.is_word(year.to + 1, W::Later))
            || (self.is_word(year.to, W::And) && self.is_word(year.to + 1, W::Beyond));
        tail.then_some(ParsedDate { to: year.to + 2, modifier: Some(Modifier::OnOrAfter), ..year })
    }

    /// "year-end", "year end", "year's end", "month's end".
    pub(super) fn read_year_end(&self, i: usize) -> Option<ParsedDate> {
        let at = self.skip_word(i, &[W::The]);
        let (unit, to) = match self.kind(at) {
            LexemeKind::Word(W::YearEnd) => (Unit::Year, at + 1),
            LexemeKind::Unit(unit @ (Unit::Year | Unit::Month | Unit::Week)) => {
                let end = at
                    + 1
                    + usize::from(self.is_joining_hyphen(at + 1) || self.is_word(at + 1, W::Poss));
                if !self.is_word(end, W::End) || end == at + 1 && unit != Unit::Year {
                    return None;
                }
                (unit, end + 1)
            }
            _ => return None,
        };
        let mut read = ParsedDate::new(i, to, Meaning::The(unit));
        if let Some((year, to)) = self.read_any_year(to)
            && unit == Unit::Year
        {
            let partial = PartialDate { year, ..PartialDate::NONE };
            read = ParsedDate::new(i, to, Meaning::Partial(partial));
        }
        read.modifier = Some(Modifier::End);
        Some(read)
    }

    /// "some time", "a while", "a short time".
    pub(super) fn read_some_time(&self, i: usize) -> Option<ParsedDate> {
        let length =
            |to| Some(ParsedDate::new(i, to, Meaning::Length(Amount::Vague, Unit::Period)));
        if self.is_word(i, W::Some)
            && self.is_word(i + 1, W::Time)
            && self.is_word(i.wrapping_sub(1), W::For)
        {
            return length(i + 2);
        }
        if self.is_word(i, W::A) {
            let cue = self.is_any_word(i.wrapping_sub(1), &[W::For, W::In, W::After]);
            if self.text_is(i + 1, "while") && cue {
                return length(i + 2);
            }
            if (self.is_word(i + 1, W::Long) || self.text_is(i + 1, "short"))
                && self.text_is_any_of(i + 2, &["time", "while", "period"])
                && cue
            {
                return length(i + 3);
            }
        }
        None
    }

    /// "the year", "the month", "the week": the antecedent.
    pub(super) fn read_the_period(&self, i: usize) -> Option<ParsedDate> {
        if !self.is_word(i, W::The) {
            return None;
        }
        let at = self.skip_word(i + 1, &[W::Full, W::Entire, W::Whole, W::Fiscal]);
        let LexemeKind::Unit(unit) = self.kind(at) else {
            return None;
        };
        let cue = match unit {
            Unit::Year | Unit::Week | Unit::Month => {
                self.is_any_word(
                    i.wrapping_sub(1),
                    &[W::For, W::In, W::During, W::Over, W::Throughout, W::Of],
                ) || at > i + 1
            }
            Unit::Day => {
                self.is_word(i.wrapping_sub(1), W::In)
                    && self.is_any_word(i.wrapping_sub(2), &[W::Later, W::Earlier])
            }
            _ => false,
        };
        // "the year ended March 31": a length that the date after it places.
        if unit == Unit::Year && cue && self.is_any_word(at + 1, &[W::Ended, W::Ending]) {
            return Some(ParsedDate::new(i, at + 1, Meaning::Length(Amount::ONE, Unit::Year)));
        }
        let ends = !self.is_any_word(at + 1, &[W::Of, W::Old])
            && !matches!(self.kind(at + 1), LexemeKind::Mark('-') | LexemeKind::Number(..));
        (cue && ends).then(|| ParsedDate::new(i, at + 1, Meaning::The(unit)))
    }
}
