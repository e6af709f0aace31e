//! The first of two, which lacks what the second says: "28 and 29 August", "3:30-4:30pm".

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Found, Meaning, Partial, Time, YearRef};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Amount, ClockTime, Modifier, Unit};

impl Parser<'_> {
    /// What stands between the two ends of a range or list; the lexeme after it.
    fn between(&self, i: usize) -> Option<usize> {
        (self.mark(i, '-')
            || self.mark(i, '—')
            || self.mark(i, '&')
            || self.is_any(i, &[W::And, W::To, W::Or, W::Through, W::Until]))
        .then_some(i + 1)
    }

    /// "28" of "28 and 29 August", "the 13th" of "the 13th to the 19th of October 1950".
    pub(super) fn first_day(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        if self.glued(the) {
            return None;
        }
        let (day, to) = self.day_of_month(the)?;
        let next = self.between(to)?;
        let (second, _) = self.month_and_day(next)?;
        if !matches!(self.kind(self.skip(next, &[W::The])), Kind::Number(..) | Kind::Ordinal(..)) {
            return None;
        }
        let end = second.day?;
        (end > day).then(|| {
            let partial = Partial { day: Some(day), ..second };
            found(i, to, Meaning::Partial(partial))
        })
    }

    /// "5" of "May 3-5", "29" of "August 28 and 29, 1918": read after the first day.
    pub(in crate::dates) fn second_day(&self, first: &Found) -> Option<Found> {
        let Meaning::Partial(partial) = first.meaning else {
            return None;
        };
        if let Some(second) = self.second_year(first, partial) {
            return Some(second);
        }
        let (_, from, None) = (partial.month?, partial.day?, first.time) else {
            return None;
        };
        // Only after "May 3", not after "3 May" nor "the 13th" of "the 13th to the 19th of May".
        if !(first.from..first.to).any(|i| matches!(self.kind(i), Kind::Month(_))) {
            return None;
        }
        if !matches!(
            self.kind(first.to.checked_sub(1)?),
            Kind::Number(_, 1 | 2) | Kind::Ordinal(..)
        ) {
            return None;
        }
        let next = self.between(first.to)?;
        let spaced_dash = self.mark(first.to, '-') && self.spaced(first.to);
        let the = self.skip(next, &[W::The]);
        // "May eighth - tenth"
        let words = self.mark(first.to, '-') || self.is(first.to, W::To);
        let day = match self.kind(the) {
            Kind::Number(day, 1..=2) | Kind::Ordinal(day, true) => day,
            Kind::Ordinal(day, false) if words => day,
            _ => return None,
        };
        let day = u8::try_from(day).ok().filter(|&d| d > from && d <= 31)?;
        if self.unit(the + 1).is_some()
            || matches!(
                self.kind(the + 1),
                Kind::Month(_) | Kind::AmPm(_) | Kind::Mark('%' | ':' | '/') | Kind::Multiple(_)
            )
            || self.mark(the + 1, '-') && !spaced_dash
            || (self.kind(the + 1) == Kind::Other
                && self.is(first.to, W::And)
                && !matches!(self.kind(the), Kind::Ordinal(..))
                && !self.says_any(the + 1, &["were", "was", "are", "is", "will", "as", "with"]))
        {
            return None;
        }
        let (year, to) = match self.any_year(the + 1) {
            Some((year, to)) => (year, to),
            None => (partial.year, the + 1),
        };
        let partial = Partial { day: Some(day), year, weekday: None, ..partial };
        let mut second = found(the, to, Meaning::Partial(partial));
        second.rule = "day range";
        Some(second)
    }

    /// "94" of "1990-94".
    fn second_year(&self, first: &Found, partial: Partial) -> Option<Found> {
        let (YearRef::Known(year), None, None) = (partial.year, partial.month, partial.sub) else {
            return None;
        };
        let slash =
            self.mark(first.to, '/') && year > 0 && self.next_year(first.to + 1, year as u32);
        let two = match self.kind(first.to + 1) {
            Kind::Number(two, 2) if !slash || two > 0 => two as i32,
            // "2021/2022"
            Kind::Number(four, 4) if slash && four % 100 > 0 => (four % 100) as i32,
            _ => return None,
        };
        let ends = !self.spaced(first.to + 2)
            || self.spaced(first.to + 2) && self.unit(first.to + 2).is_none();
        if !(self.joined(first.to) || slash)
            || year <= 0
            || two <= year % 100
            || !ends
            || self.mark(first.to + 2, '-')
        {
            return None;
        }
        let partial = Partial { year: YearRef::Known(year - year % 100 + two), ..partial };
        let mut second = found(first.to + 1, first.to + 2, Meaning::Partial(partial));
        second.rule = "year";
        Some(second)
    }

    /// "3:30" of "3:30-4:30pm": the second time says which half of the day.
    pub(super) fn first_clock(&self, i: usize) -> Option<Found> {
        if self.glued(i) {
            return None;
        }
        let (hour, minute) = match self.kind(i) {
            Kind::Clock(h, m, 255, 0) => (u32::from(h), Some(u32::from(m))),
            Kind::Number(h, 1..=2) => (h, None),
            _ => return None,
        };
        let next = self.between(i + 1)?;
        let (end, _) = self.clock(next)?;
        let Time::Clock(end, true) = end else {
            return None;
        };
        let told = matches!(self.kind(next), Kind::Clock(_, _, _, 1 | 2))
            || matches!(self.kind(next + 1), Kind::AmPm(_));
        let last = u32::from(end.hour);
        if !told
            || !(1..=12).contains(&hour)
            || self.is(i + 1, W::And) && minute.is_none() && !self.is(i.wrapping_sub(1), W::Between)
        {
            return None;
        }
        let late = hour % 12 + 12;
        let hour = if last >= 12 && late <= last { late } else { hour % 12 };
        let mut read = found(i, i + 1, Meaning::TimeOnly);
        read.time = Some(Time::Clock(ClockTime::new(hour, minute, None)?, true));
        Some(read)
    }

    /// "1994 or later", "1990 and beyond".
    pub(super) fn onward(&self, i: usize) -> Option<Found> {
        let year = self.bare_year(i)?;
        if self.is(year.to, W::Or) && self.is_any(year.to + 1, &[W::Earlier, W::Before]) {
            return Some(Found { to: year.to + 2, modifier: Some(Modifier::OnOrBefore), ..year });
        }
        let tail = (self.is(year.to, W::Or) && self.is(year.to + 1, W::Later))
            || (self.is(year.to, W::And) && self.is(year.to + 1, W::Beyond));
        tail.then_some(Found { to: year.to + 2, modifier: Some(Modifier::OnOrAfter), ..year })
    }

    /// "year-end", "year end", "year's end", "month's end".
    pub(super) fn year_end(&self, i: usize) -> Option<Found> {
        let at = self.skip(i, &[W::The]);
        let (unit, to) = match self.kind(at) {
            Kind::Word(W::YearEnd) => (Unit::Year, at + 1),
            Kind::Unit(unit @ (Unit::Year | Unit::Month | Unit::Week)) => {
                let end = at + 1 + usize::from(self.joined(at + 1) || self.is(at + 1, W::Poss));
                if !self.is(end, W::End) || end == at + 1 && unit != Unit::Year {
                    return None;
                }
                (unit, end + 1)
            }
            _ => return None,
        };
        let mut read = found(i, to, Meaning::The(unit));
        if let Some((year, to)) = self.any_year(to)
            && unit == Unit::Year
        {
            let partial = Partial { year, ..Partial::NONE };
            read = found(i, to, Meaning::Partial(partial));
        }
        read.modifier = Some(Modifier::End);
        Some(read)
    }

    /// "some time", "a while", "a short time".
    pub(super) fn some_time(&self, i: usize) -> Option<Found> {
        let length = |to| Some(found(i, to, Meaning::Length(Amount::Vague, Unit::Period)));
        if self.is(i, W::Some) && self.is(i + 1, W::Time) && self.is(i.wrapping_sub(1), W::For) {
            return length(i + 2);
        }
        if self.is(i, W::A) {
            let cue = self.is_any(i.wrapping_sub(1), &[W::For, W::In, W::After]);
            if self.says(i + 1, "while") && cue {
                return length(i + 2);
            }
            if (self.is(i + 1, W::Long) || self.says(i + 1, "short"))
                && self.says_any(i + 2, &["time", "while", "period"])
                && cue
            {
                return length(i + 3);
            }
        }
        None
    }

    /// "the year", "the month", "the week": the one told of.
    pub(super) fn the_period(&self, i: usize) -> Option<Found> {
        if !self.is(i, W::The) {
            return None;
        }
        let at = self.skip(i + 1, &[W::Full, W::Entire, W::Whole, W::Fiscal]);
        let Kind::Unit(unit) = self.kind(at) else {
            return None;
        };
        let cue = match unit {
            Unit::Year | Unit::Week | Unit::Month => {
                self.is_any(
                    i.wrapping_sub(1),
                    &[W::For, W::In, W::During, W::Over, W::Throughout, W::Of],
                ) || at > i + 1
            }
            Unit::Day => {
                self.is(i.wrapping_sub(1), W::In)
                    && self.is_any(i.wrapping_sub(2), &[W::Later, W::Earlier])
            }
            _ => false,
        };
        // "the year ended March 31": a length that the date after it places.
        if unit == Unit::Year && cue && self.is_any(at + 1, &[W::Ended, W::Ending]) {
            return Some(found(i, at + 1, Meaning::Length(Amount::ONE, Unit::Year)));
        }
        let ends = !self.is_any(at + 1, &[W::Of, W::Old])
            && !matches!(self.kind(at + 1), Kind::Mark('-') | Kind::Number(..));
        (cue && ends).then(|| found(i, at + 1, Meaning::The(unit)))
    }
}
