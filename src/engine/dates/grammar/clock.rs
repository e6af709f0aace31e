//! Times of day: "7:30 p.m. EST", "noon", "half past five", "four in the morning".

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Found, Meaning, Partial, Time, YearRef};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{ClockTime, DayPart, Unit};

impl Parser<'_> {
    /// A clock time with its zone, and the lexeme after it.
    pub(super) fn clock(&self, i: usize) -> Option<(Time, usize)> {
        let (time, to) = self.bare_clock(i)?;
        Some((time, self.zone(to)))
    }

    fn bare_clock(&self, i: usize) -> Option<(Time, usize)> {
        let told = |n: u8| (n != 255).then_some(u32::from(n));
        match self.kind(i) {
            Kind::Clock(h, m, s, half) if !self.glued(i) || self.ends_clock_range(i) => {
                let (mut hour, mut to, mut half) = (u32::from(h), i + 1, half);
                if half == 0
                    && let Kind::AmPm(pm) = self.kind(to)
                {
                    if hour > 12 && !pm {
                        return None;
                    }
                    hour = if hour <= 12 { hour % 12 + if pm { 12 } else { 0 } } else { hour };
                    half = 1;
                    to += 1;
                }
                if half == 0
                    && let Some((pm, after)) = self.in_the_part(to)
                {
                    hour = if (1..12).contains(&hour) && pm { hour + 12 } else { hour };
                    half = 1;
                    to = after;
                }
                let clock = ClockTime::new(hour, told(m), told(s))?;
                Some((Time::Clock(clock, half != 0 || hour > 12 || h == 0), to))
            }
            // "(1930 UTC)"
            Kind::Number(n, 4)
                if n < 2400
                    && n % 100 < 60
                    && self.kind(i + 1) == Kind::Zone
                    && self.shouted(i + 1) =>
            {
                let clock = ClockTime::new(n / 100, Some(n % 100), None)?;
                Some((Time::Clock(clock, true), i + 1))
            }
            Kind::Number(h, 1..=2) if !self.glued(i) => {
                if let Kind::AmPm(pm) = self.kind(i + 1)
                    && (1..=12).contains(&h)
                    && self.half_of_day_stands(i + 1)
                {
                    let hour = h % 12 + if pm { 12 } else { 0 };
                    return Some((Time::Clock(ClockTime::new(hour, None, None)?, true), i + 2));
                }
                self.spoken(i, h, i + 1)
            }
            Kind::Cardinal(h @ 1..=12) => {
                if let Kind::AmPm(pm) = self.kind(i + 1)
                    && self.half_of_day_stands(i + 1)
                {
                    let hour = h % 12 + if pm { 12 } else { 0 };
                    return Some((Time::Clock(ClockTime::new(hour, None, None)?, true), i + 2));
                }
                self.spoken(i, h, i + 1)
            }
            // "7.30 p.m."
            Kind::Decimal(n)
                if matches!(self.kind(i + 1), Kind::AmPm(_)) && n / 100 <= 12 && n >= 100 =>
            {
                let Kind::AmPm(pm) = self.kind(i + 1) else {
                    return None;
                };
                let hour = n / 100 % 12 + if pm { 12 } else { 0 };
                Some((Time::Clock(ClockTime::new(hour, Some(n % 100), None)?, true), i + 2))
            }
            Kind::Word(W::Noon | W::Midnight)
                if self.capital(i) && !self.opens(i) && !self.shouted(i) =>
            {
                None
            }
            Kind::Word(W::Noon) if self.says(i.wrapping_sub(1), "high") => None,
            Kind::Word(W::Noon | W::Midnight)
                if self.is(i.wrapping_sub(1), W::A)
                    || self.capital(i)
                        && self.capital(i + 1)
                        && self.kind(i + 1) == Kind::Other =>
            {
                None
            }
            Kind::Word(W::Noon) => {
                Some((Time::Clock(ClockTime::new(12, None, None)?, true), i + 1))
            }
            Kind::Word(W::Midnight) => {
                Some((Time::Clock(ClockTime::new(24, None, None)?, true), i + 1))
            }
            Kind::Word(W::Half) if self.is(i + 1, W::Past) => {
                let (h, to) = self.hour(i + 2)?;
                Some((Time::Clock(ClockTime::new(h, Some(30), None)?, false), to))
            }
            _ => self.past_the_hour(i),
        }
    }

    /// "4:30pm" of "3:30-4:30pm".
    fn ends_clock_range(&self, i: usize) -> bool {
        i >= 2
            && self.joined(i - 1)
            && matches!(self.kind(i - 2), Kind::Clock(..) | Kind::Number(_, 1 | 2))
            && !self.glued(i - 2)
    }

    /// "am" the verb is no half of the day.
    fn half_of_day_stands(&self, i: usize) -> bool {
        let text = self.text(i);
        !self.says_any(
            i + 1,
            &["radio", "station", "stations", "band", "frequency", "frequencies", "and"],
        ) && (text.contains('.') || self.spaced(i + 1) || !matches!(text, "am") || !self.spaced(i))
    }

    fn hour(&self, i: usize) -> Option<(u32, usize)> {
        match self.kind(i) {
            Kind::Number(h, 1..=2) | Kind::Cardinal(h) if (1..=12).contains(&h) => Some((h, i + 1)),
            _ => None,
        }
    }

    /// "a quarter past five", "ten to six".
    fn past_the_hour(&self, i: usize) -> Option<(Time, usize)> {
        let at = self.skip(i, &[W::A]);
        if self.kind(at) != Kind::Unit(Unit::Quarter) {
            return None;
        }
        let past = self.is_any(at + 1, &[W::Past, W::After]);
        let to_hour = self.is_any(at + 1, &[W::To, W::Before]);
        if !past && !to_hour {
            return None;
        }
        let (h, to) = self.hour(at + 2)?;
        let clock = if past {
            ClockTime::new(h, Some(15), None)?
        } else {
            ClockTime::new((h + 11) % 12, Some(45), None)?
        };
        Some((Time::Clock(clock, false), to))
    }

    /// "five o'clock", "4 in the morning".
    fn spoken(&self, i: usize, hour: u32, to: usize) -> Option<(Time, usize)> {
        if !(1..=12).contains(&hour) || self.glued(i) {
            return None;
        }
        let oclock = self.is(to, W::OClock);
        let to = to + usize::from(oclock);
        match self.in_the_part(to) {
            Some((pm, after)) => {
                let hour = hour % 12 + if pm { 12 } else { 0 };
                Some((Time::Clock(ClockTime::new(hour, None, None)?, true), after))
            }
            None if oclock => Some((Time::Clock(ClockTime::new(hour, None, None)?, false), to)),
            None => None,
        }
    }

    /// "in the morning", "at night": true for the second half of the day.
    fn in_the_part(&self, i: usize) -> Option<(bool, usize)> {
        if self.is(i, W::In)
            && self.is(i + 1, W::The)
            && let Kind::Part(part) = self.kind(i + 2)
        {
            return Some((part != DayPart::Morning, i + 3));
        }
        (self.is(i, W::At) && self.kind(i + 1) == Kind::Part(DayPart::Night))
            .then_some((true, i + 2))
    }

    fn zone(&self, i: usize) -> usize {
        if self.kind(i) == Kind::Zone && self.shouted(i) {
            return i + 1;
        }
        if self.says_any(i, &["local", "eastern", "pacific", "central", "mountain"])
            && (self.is(i + 1, W::Time)
                || self.says(i + 1, "standard")
                || self.says(i + 1, "daylight"))
        {
            let at = i + 1 + usize::from(!self.is(i + 1, W::Time));
            return if self.is(at, W::Time) { at + 1 } else { i };
        }
        i
    }

    /// A time of day with the day that it belongs to, before or after it.
    pub(super) fn time_first(&self, i: usize) -> Option<Found> {
        let (time, to) = self.clock(i)?;
        let sure = !matches!(time, Time::Clock(_, false));
        // "19:30" stands alone; "5 o'clock" does too; scores ("2:1") do not.
        if !sure && !self.clock_stands(i) {
            return None;
        }
        let at = self.skip_mark(to, ',');
        let at = self.skip(at, &[W::On]);
        let comma_or_on = at > to;
        if let Some(day) = self.day(at)
            && (!comma_or_on || !matches!(day.meaning, Meaning::Ref(_)))
            && day.time.is_none()
        {
            return Some(Found { time: Some(time), from: i, ..day });
        }
        let mut found = found(i, to, Meaning::TimeOnly);
        found.time = Some(time);
        Some(found)
    }

    fn clock_stands(&self, i: usize) -> bool {
        match self.kind(i) {
            Kind::Clock(h, m, s, 0) => {
                let cue = self.is_any(
                    i.wrapping_sub(1),
                    &[
                        W::At,
                        W::By,
                        W::Until,
                        W::From,
                        W::About,
                        W::Before,
                        W::After,
                        W::To,
                        W::Since,
                        W::Between,
                    ],
                );
                let alone = self.lexemes.len() <= 3;
                let zoned = self.kind(i + 1) == Kind::Zone && self.shouted(i + 1);
                let dated = self.day(self.skip_mark(i + 1, ',')).is_some()
                    && self.is(i + 1, W::On)
                        | matches!(
                            self.kind(i + 1),
                            Kind::Weekday(_) | Kind::Word(W::Today | W::Tomorrow | W::Yesterday)
                        );
                cue || alone
                    || zoned
                    || dated
                    || self.text(i).len() == 5
                        && s == 255
                        && h < 24
                        && m < 60
                        && self.mark(i.wrapping_sub(1), '(')
            }
            _ => true,
        }
    }

    /// What a day's own rule reads: no time, no modifier.
    pub(super) fn day(&self, i: usize) -> Option<Found> {
        self.iso(i)
            .or_else(|| self.near(i))
            .or_else(|| self.deictic_day(i))
            .or_else(|| self.slashes(i))
            .or_else(|| self.mixed(i))
            .or_else(|| self.date(i).filter(|f| is_day(&f.meaning)))
            .or_else(|| self.told_day(i))
    }

    /// A day with a time of day after it: "Wednesday night", "May 3 at 5 p.m.".
    pub(super) fn day_first(&self, i: usize) -> Option<Found> {
        let day = self.day(i)?;
        if !is_day(&day.meaning) || day.time.is_some() {
            return None;
        }
        let to = day.to;
        if let Kind::Part(part) = self.kind(to) {
            return Some(Found { time: Some(Time::Part(part)), to: to + 1, ..day });
        }
        if self.is(to, W::Early) || self.is(to, W::Late) {
            return None;
        }
        let at = self.skip_mark(to, ',');
        let at = self.skip(at, &[W::At]);
        let at = if at > to { at } else { self.skip_mark(to, 'T') };
        let (time, to) = self.clock(at)?;
        let written = matches!(time, Time::Clock(_, true))
            || matches!(self.kind(at), Kind::Clock(..))
            || self.is(at - 1, W::At);
        if matches!(self.kind(at), Kind::Word(W::Half)) && !self.is(at - 1, W::At) {
            return None;
        }
        if !written {
            return None;
        }
        // "Thu Oct 26 11:00:09 2023"
        let (meaning, to) = match (day.meaning, self.kind(to)) {
            (Meaning::Partial(p), Kind::Number(year @ 1900..2100, 4))
                if p.year == YearRef::Open && p.month.is_some() =>
            {
                let year = YearRef::Known(year as i32);
                (Meaning::Partial(Partial { year, ..p }), to + 1)
            }
            (meaning, _) => (meaning, to),
        };
        Some(Found { time: Some(time), meaning, to, ..day })
    }

    /// "the night of July 5", "the morning of the 3rd".
    pub(super) fn part_of_day_of(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let Kind::Part(part) = self.kind(the) else {
            return None;
        };
        if !self.is_any(the + 1, &[W::Of, W::On]) && !matches!(self.kind(the + 1), Kind::Weekday(_))
        {
            return None;
        }
        let at = self.skip(the + 1, &[W::Of, W::On]);
        let day = self.day(at).or_else(|| self.lone_day(at))?;
        if !is_day(&day.meaning) || day.time.is_some() || the == i && !self.is(the + 1, W::Of) {
            return None;
        }
        Some(Found { from: i, time: Some(Time::Part(part)), ..day })
    }

    fn lone_day(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let Kind::Ordinal(day @ 1..=31, true) = self.kind(the) else {
            return None;
        };
        let partial = Partial { day: Some(day as u8), ..Partial::NONE };
        Some(found(i, the + 1, Meaning::Partial(partial)))
    }
}

/// Does it name one day?
pub(in crate::dates) fn is_day(meaning: &Meaning) -> bool {
    use crate::dates::meaning::Sub;
    match meaning {
        Meaning::Partial(p) | Meaning::Near(_, p) => {
            p.day.is_some()
                || p.weekday.is_some()
                || matches!(p.sub, Some(Sub::Holiday(_) | Sub::NthWeekday(..) | Sub::LastDay))
        }
        Meaning::Either(..) => true,
        Meaning::Shift(unit, ..) => *unit == Unit::Day,
        Meaning::Same(unit) => *unit == Unit::Day,
        _ => false,
    }
}
