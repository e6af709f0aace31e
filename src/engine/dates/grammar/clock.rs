//! Times of day: "7:30 p.m. EST", "noon", "half past five", "four in the morning".

use super::parser::Parser;
use crate::dates::meaning::{Meaning, ParsedDate, PartialDate, Time, YearRef};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{ClockTime, DayPart, Unit, UtcOffset};
use crate::vocabulary::dates::AFTER_VERB_AM;

impl Parser<'_> {
    /// A clock time with its zone, and the lexeme after it.
    pub(super) fn read_clock(&self, i: usize) -> Option<(Time, usize)> {
        let (time, to) = self.read_bare_clock(i)?;
        let (zone, to) = self.read_zone(to);
        match time {
            Time::Clock(clock, sure) => Some((Time::Clock(clock.in_zone(zone), sure), to)),
            part @ Time::Part(_) => Some((part, to)),
        }
    }

    fn read_bare_clock(&self, i: usize) -> Option<(Time, usize)> {
        let given = |n: u8| (n != 255).then_some(u32::from(n));
        match self.kind(i) {
            LexemeKind::Clock(h, m, s, half) if !self.is_glued(i) || self.ends_clock_range(i) => {
                let (mut hour, mut to, mut half) = (u32::from(h), i + 1, half);
                if half == 0
                    && let LexemeKind::AmPm(pm) = self.kind(to)
                {
                    if hour > 12 && !pm {
                        return None;
                    }
                    hour = if hour <= 12 { hour % 12 + if pm { 12 } else { 0 } } else { hour };
                    half = 1;
                    to += 1;
                }
                if half == 0
                    && let Some((pm, after)) = self.read_in_the_part(to)
                {
                    hour = if (1..12).contains(&hour) && pm { hour + 12 } else { hour };
                    half = 1;
                    to = after;
                }
                let clock = ClockTime::new(hour, given(m), given(s))?;
                Some((Time::Clock(clock, half != 0 || hour > 12 || h == 0), to))
            }
            // "(1930 UTC)"
            LexemeKind::Number(n, 4) if n < 2400 && n % 100 < 60 && self.is_zone(i + 1) => {
                let clock = ClockTime::new(n / 100, Some(n % 100), None)?;
                Some((Time::Clock(clock, true), i + 1))
            }
            LexemeKind::Number(h, 1..=2) if !self.is_glued(i) => {
                if let LexemeKind::AmPm(pm) = self.kind(i + 1)
                    && (1..=12).contains(&h)
                    && self.half_of_day_stands(i + 1)
                {
                    let hour = h % 12 + if pm { 12 } else { 0 };
                    return Some((Time::Clock(ClockTime::new(hour, None, None)?, true), i + 2));
                }
                self.read_spoken(i, h, i + 1)
            }
            LexemeKind::Cardinal(h @ 1..=12) => {
                if let LexemeKind::AmPm(pm) = self.kind(i + 1)
                    && self.half_of_day_stands(i + 1)
                {
                    let hour = h % 12 + if pm { 12 } else { 0 };
                    return Some((Time::Clock(ClockTime::new(hour, None, None)?, true), i + 2));
                }
                self.read_spoken(i, h, i + 1)
            }
            // "7.30 p.m."
            LexemeKind::Decimal(n)
                if matches!(self.kind(i + 1), LexemeKind::AmPm(_)) && n / 100 <= 12 && n >= 100 =>
            {
                let LexemeKind::AmPm(pm) = self.kind(i + 1) else {
                    return None;
                };
                let hour = n / 100 % 12 + if pm { 12 } else { 0 };
                Some((Time::Clock(ClockTime::new(hour, Some(n % 100), None)?, true), i + 2))
            }
            LexemeKind::Word(W::Noon | W::Midnight)
                if self.is_capitalized(i) && !self.opens_sentence(i) && !self.is_uppercase(i) =>
            {
                None
            }
            LexemeKind::Word(W::Noon) if self.text_is(i.wrapping_sub(1), "high") => None,
            LexemeKind::Word(W::Noon | W::Midnight)
                if self.is_word(i.wrapping_sub(1), W::A)
                    || self.is_capitalized(i)
                        && self.is_capitalized(i + 1)
                        && self.kind(i + 1) == LexemeKind::Other =>
            {
                None
            }
            LexemeKind::Word(W::Noon) => {
                Some((Time::Clock(ClockTime::new(12, None, None)?, true), i + 1))
            }
            LexemeKind::Word(W::Midnight) => {
                Some((Time::Clock(ClockTime::new(24, None, None)?, true), i + 1))
            }
            LexemeKind::Word(W::Half) if self.is_word(i + 1, W::Past) => {
                let (h, to) = self.read_hour(i + 2)?;
                Some((Time::Clock(ClockTime::new(h, Some(30), None)?, false), to))
            }
            _ => self.read_past_the_hour(i),
        }
    }

    /// "4:30pm" of "3:30-4:30pm".
    fn ends_clock_range(&self, i: usize) -> bool {
        i >= 2
            && self.is_joining_hyphen(i - 1)
            && matches!(self.kind(i - 2), LexemeKind::Clock(..) | LexemeKind::Number(_, 1 | 2))
            && !self.is_glued(i - 2)
    }

    /// "am" the verb is no half of the day.
    fn half_of_day_stands(&self, i: usize) -> bool {
        let text = self.text(i);
        // "I am and remain"; "at 3 p.m. and", "by 9 AM and" are times.
        (!self.text_is_in(i + 1, &AFTER_VERB_AM) || self.is_word(i + 1, W::And) && text != "am")
            && (text.contains('.')
                || self.is_spaced(i + 1)
                || !matches!(text, "am")
                || !self.is_spaced(i))
    }

    fn read_hour(&self, i: usize) -> Option<(u32, usize)> {
        match self.kind(i) {
            LexemeKind::Number(h, 1..=2) | LexemeKind::Cardinal(h) if (1..=12).contains(&h) => {
                Some((h, i + 1))
            }
            _ => None,
        }
    }

    /// "a quarter past five", "ten to six".
    fn read_past_the_hour(&self, i: usize) -> Option<(Time, usize)> {
        let at = self.skip_word(i, &[W::A]);
        if self.kind(at) != LexemeKind::Unit(Unit::Quarter) {
            return None;
        }
        let past = self.is_any_word(at + 1, &[W::Past, W::After]);
        let to_hour = self.is_any_word(at + 1, &[W::To, W::Before]);
        if !past && !to_hour {
            return None;
        }
        let (h, to) = self.read_hour(at + 2)?;
        let clock = if past {
            ClockTime::new(h, Some(15), None)?
        } else {
            ClockTime::new((h + 11) % 12, Some(45), None)?
        };
        Some((Time::Clock(clock, false), to))
    }

    /// "five o'clock", "4 in the morning".
    fn read_spoken(&self, i: usize, hour: u32, to: usize) -> Option<(Time, usize)> {
        if !(1..=12).contains(&hour) || self.is_glued(i) {
            return None;
        }
        let oclock = self.is_word(to, W::OClock);
        let to = to + usize::from(oclock);
        match self.read_in_the_part(to) {
            Some((pm, after)) => {
                let hour = hour % 12 + if pm { 12 } else { 0 };
                Some((Time::Clock(ClockTime::new(hour, None, None)?, true), after))
            }
            None if oclock => Some((Time::Clock(ClockTime::new(hour, None, None)?, false), to)),
            None => None,
        }
    }

    /// "in the morning", "at night": true for the second half of the day.
    fn read_in_the_part(&self, i: usize) -> Option<(bool, usize)> {
        if self.is_word(i, W::In)
            && self.is_word(i + 1, W::The)
            && let LexemeKind::Part(part) = self.kind(i + 2)
        {
            return Some((part != DayPart::Morning, i + 3));
        }
        (self.is_word(i, W::At) && self.kind(i + 1) == LexemeKind::Part(DayPart::Night))
            .then_some((true, i + 2))
    }

    /// The zone at `i`, where its distance from UTC is known, and the lexeme after it.
    fn read_zone(&self, i: usize) -> (Option<UtcOffset>, usize) {
        match self.kind(i) {
            LexemeKind::Zone(minutes) if self.is_uppercase(i) => {
                (minutes.and_then(UtcOffset::from_minutes), i + 1)
            }
            _ => (None, self.skip_zone_in_words(i)),
        }
    }

    /// "EST", in capitals.
    pub(super) fn is_zone(&self, i: usize) -> bool {
        matches!(self.kind(i), LexemeKind::Zone(_)) && self.is_uppercase(i)
    }

    /// "eastern standard time", "local time".
    fn skip_zone_in_words(&self, i: usize) -> usize {
        if self.text_is_any_of(i, &["local", "eastern", "pacific", "central", "mountain"])
            && (self.is_word(i + 1, W::Time)
                || self.text_is(i + 1, "standard")
                || self.text_is(i + 1, "daylight"))
        {
            let at = i + 1 + usize::from(!self.is_word(i + 1, W::Time));
            return if self.is_word(at, W::Time) { at + 1 } else { i };
        }
        i
    }

    /// A time of day with the day that it belongs to, before or after it.
    pub(super) fn read_time_first(&self, i: usize) -> Option<ParsedDate> {
        let (time, to) = self.read_clock(i)?;
        let sure = !matches!(time, Time::Clock(_, false));
        // "19:30" stands alone; "5 o'clock" does too; scores ("2:1") do not.
        if !sure && !self.clock_stands(i) {
            return None;
        }
        let at = self.skip_mark(to, ',');
        let at = self.skip_word(at, &[W::On]);
        let comma_or_on = at > to;
        if let Some(day) = self.read_day(at)
            && (!comma_or_on || !matches!(day.meaning, Meaning::Ref(_)))
            && day.time.is_none()
        {
            return Some(ParsedDate { time: Some(time), from: i, ..day });
        }
        let mut found = ParsedDate::new(i, to, Meaning::TimeOnly);
        found.time = Some(time);
        Some(found)
    }

    fn clock_stands(&self, i: usize) -> bool {
        match self.kind(i) {
            LexemeKind::Clock(h, m, s, 0) => {
                let cue = self.is_any_word(
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
                let zoned = self.is_zone(i + 1);
                let stamp = self.is_mark(i + 1, ',')
                    && matches!(self.read_day(i + 2).map(|day| day.meaning),
                        Some(Meaning::Partial(p)) if p.day.is_some() && p.year != YearRef::Open);
                let dated = self.read_day(self.skip_mark(i + 1, ',')).is_some()
                    && self.is_word(i + 1, W::On)
                        | matches!(
                            self.kind(i + 1),
                            LexemeKind::Weekday(_)
                                | LexemeKind::Word(W::Today | W::Tomorrow | W::Yesterday)
                        );
                cue || alone
                    || zoned
                    || stamp
                    || dated
                    || self.text(i).len() == 5
                        && s == 255
                        && h < 24
                        && m < 60
                        && self.is_mark(i.wrapping_sub(1), '(')
            }
            _ => true,
        }
    }

    /// What a day's own rule reads: no time, no modifier.
    pub(super) fn read_day(&self, i: usize) -> Option<ParsedDate> {
        self.read_iso(i)
            .or_else(|| self.read_near(i))
            .or_else(|| self.read_weekday_last(i))
            .or_else(|| self.read_deictic_day(i))
            .or_else(|| self.read_slashes(i))
            .or_else(|| self.read_mixed(i))
            .or_else(|| self.read_date(i).filter(|f| is_day(&f.meaning)))
            .or_else(|| self.read_told_day(i))
    }

    /// A day with a time of day after it: "Wednesday night", "May 3 at 5 p.m.".
    pub(super) fn read_day_first(&self, i: usize) -> Option<ParsedDate> {
        let day = self.read_day(i)?;
        if !is_day(&day.meaning) || day.time.is_some() {
            return None;
        }
        let to = day.to;
        if let LexemeKind::Part(part) = self.kind(to) {
            return Some(ParsedDate { time: Some(Time::Part(part)), to: to + 1, ..day });
        }
        if self.is_word(to, W::Early) || self.is_word(to, W::Late) {
            return None;
        }
        let at = self.skip_mark(to, ',');
        let at = self.skip_word(at, &[W::At]);
        let at = if at > to { at } else { self.skip_mark(to, 'T') };
        let at = if at > to { at } else { self.skip_stamp_mark(to, &day) };
        let (time, to) = self.read_clock(at).or_else(|| self.read_point_clock(at, &day))?;
        let written = matches!(time, Time::Clock(_, true))
            || matches!(self.kind(at), LexemeKind::Clock(..))
            || self.is_word(at - 1, W::At);
        if matches!(self.kind(at), LexemeKind::Word(W::Half)) && !self.is_word(at - 1, W::At) {
            return None;
        }
        if !written {
            return None;
        }
        // "Thu Oct 26 11:00:09 2023"
        let (meaning, to) = match (day.meaning, self.kind(to)) {
            (Meaning::Partial(p), LexemeKind::Number(year @ 1900..2100, 4))
                if p.year == YearRef::Open && p.month.is_some() =>
            {
                let year = YearRef::Known(year as i32);
                (Meaning::Partial(PartialDate { year, ..p }), to + 1)
            }
            (meaning, _) => (meaning, to),
        };
        Some(ParsedDate { time: Some(time), meaning, to, ..day })
    }

    /// The lexeme after "/", "|" or a dot that sets the clock of a page's stamp off its day:
    /// "September 21, 2018 / 8:59 AM".
    fn skip_stamp_mark(&self, i: usize, day: &ParsedDate) -> usize {
        let dated =
            matches!(day.meaning, Meaning::Partial(p) if matches!(p.year, YearRef::Known(_)));
        let mark =
            matches!(self.kind(i), LexemeKind::Mark('/' | '|' | '·' | '•' | '—' | '-' | '@'));
        let clock = matches!(self.kind(i + 1), LexemeKind::Clock(..))
            || matches!(self.kind(i + 2), LexemeKind::AmPm(_));
        let apart = self.is_spaced(i) && self.is_spaced(i + 1);
        i + usize::from(dated && mark && apart && clock)
    }

    /// "12.42 CET" of "24 Feb 2024 12.42 CET": a zone or nothing more follows.
    fn read_point_clock(&self, i: usize, day: &ParsedDate) -> Option<(Time, usize)> {
        let dated =
            matches!(day.meaning, Meaning::Partial(p) if matches!(p.year, YearRef::Known(_)));
        let (LexemeKind::Decimal(n), true) = (self.kind(i), dated) else {
            return None;
        };
        let places = self.text(i).split_once('.').map_or(0, |(_, places)| places.len());
        let ends = i + 1 >= self.lexemes.len() || matches!(self.kind(i + 1), LexemeKind::Mark(_));
        if places != 2 || n / 100 > 23 || !(self.is_zone(i + 1) || ends) {
            return None;
        }
        let (zone, to) = self.read_zone(i + 1);
        let clock = ClockTime::new(n / 100, Some(n % 100), None)?;
        Some((Time::Clock(clock.in_zone(zone), true), to))
    }

    /// "the night of July 5", "the morning of the 3rd".
    pub(super) fn read_part_of_day_of(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        let LexemeKind::Part(part) = self.kind(the) else {
            return None;
        };
        if !self.is_any_word(the + 1, &[W::Of, W::On])
            && !matches!(self.kind(the + 1), LexemeKind::Weekday(_))
        {
            return None;
        }
        let at = self.skip_word(the + 1, &[W::Of, W::On]);
        let day = self.read_day(at).or_else(|| self.read_lone_day(at))?;
        if !is_day(&day.meaning) || day.time.is_some() || the == i && !self.is_word(the + 1, W::Of)
        {
            return None;
        }
        Some(ParsedDate { from: i, time: Some(Time::Part(part)), ..day })
    }

    fn read_lone_day(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        let LexemeKind::Ordinal(day @ 1..=31, true) = self.kind(the) else {
            return None;
        };
        let partial = PartialDate { day: Some(day as u8), ..PartialDate::NONE };
        Some(ParsedDate::new(i, the + 1, Meaning::Partial(partial)))
    }
}

/// Does it name one day?
pub(in crate::dates) fn is_day(meaning: &Meaning) -> bool {
    use crate::dates::meaning::YearPart;
    match meaning {
        Meaning::Partial(p) | Meaning::Near(_, p) => {
            p.day.is_some()
                || p.weekday.is_some()
                || matches!(
                    p.sub,
                    Some(YearPart::Holiday(_) | YearPart::NthWeekday(..) | YearPart::LastDay)
                )
        }
        Meaning::Either(..) => true,
        Meaning::Shift(unit, ..) => *unit == Unit::Day,
        Meaning::Same(unit) => *unit == Unit::Day,
        _ => false,
    }
}
