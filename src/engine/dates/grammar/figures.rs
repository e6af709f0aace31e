//! Days in figures: ISO 8601, "7/23/2021", "23.07.2021".

use super::parser::Parser;
use crate::dates::lexer::parse_clock_text;
use crate::dates::meaning::{Meaning, ParsedDate, PartialDate, Time, YearPart, YearRef};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{ClockTime, year_of_two_digits};

impl Parser<'_> {
    /// `2021-07-23`, `2021-07-23T19:27:00`, `2021/07/23`, `2021-07`.
    pub(super) fn read_iso(&self, i: usize) -> Option<ParsedDate> {
        let LexemeKind::Number(year, 4) = self.kind(i) else {
            return None;
        };
        let sep = ['-', '/'].into_iter().find(|m| self.is_mark(i + 1, *m))?;
        let tight = |at: usize| !self.is_spaced(at);
        if !tight(i + 1) || !tight(i + 2) || self.is_glued(i) {
            return None;
        }
        let year = year as i32;
        if sep == '-' && self.kind(i + 2) == LexemeKind::Other {
            return self.read_iso_week(i, year);
        }
        let LexemeKind::Number(month, len @ 1..=2) = self.kind(i + 2) else {
            return None;
        };
        let partial = |month: u32, day: Option<u32>| PartialDate {
            year: YearRef::Known(year),
            month: Some(month as u8),
            day: day.map(|d| d as u8),
            ..PartialDate::NONE
        };
        if self.is_mark(i + 3, sep) && tight(i + 3) && tight(i + 4) {
            let (day, clock) = match self.kind(i + 4) {
                LexemeKind::Number(day, 1..=2) => (day, None),
                LexemeKind::DayClock(day, h, m, s) => (u32::from(day), Some((h, m, s))),
                _ => return None,
            };
            let meaning = Meaning::Partial(partial(month, Some(day)));
            let mut found = ParsedDate::new(i, i + 5, meaning);
            found.time = clock.and_then(|(h, m, s)| {
                let second = (s != 255).then_some(u32::from(s));
                let clock = ClockTime::new(u32::from(h), Some(u32::from(m)), second)?;
                Some(Time::Clock(clock, true))
            });
            return Some(found);
        }
        // A month alone must have two digits and be no range of years ("2009-10").
        (sep == '-' && len == 2 && (1..=12).contains(&month) && (month as i32) <= year % 100
            || sep == '-' && len == 2 && month < 8 && year > 2009)
            .then(|| ParsedDate::new(i, i + 3, Meaning::Partial(partial(month, None))))
    }

    /// "W29" of `2021-W29`.
    fn read_iso_week(&self, i: usize, year: i32) -> Option<ParsedDate> {
        let week = self.text(i + 2).strip_prefix('W').filter(|w| w.len() == 2)?;
        let week = week.parse().ok()?;
        if self.is_joining_hyphen(i + 3) {
            return None;
        }
        let partial = PartialDate {
            year: YearRef::Known(year),
            sub: Some(YearPart::Week(week)),
            ..PartialDate::NONE
        };
        Some(ParsedDate::new(i, i + 3, Meaning::Partial(partial)))
    }

    /// Joined to what stands before it: part of another number, a name or a price.
    pub(super) fn is_glued(&self, i: usize) -> bool {
        !self.is_spaced(i)
            && i > 0
            && matches!(
                self.kind_before(i),
                LexemeKind::Mark(
                    '$' | '£'
                        | '€'
                        | '#'
                        | '.'
                        | '/'
                        | '_'
                        | '-'
                        | ':'
                        | '*'
                        | '+'
                        | '~'
                        | '='
                        | '¥'
                        | '%'
                        | '&'
                        | '@'
                ) | LexemeKind::Other
                    | LexemeKind::Number(..)
            )
    }

    /// `7/23/2021`, `23.07.2021`, `04/03`, with both readings where both are days.
    pub(super) fn read_slashes(&self, i: usize) -> Option<ParsedDate> {
        if let Some(found) = self.read_month_in_figures(i).or_else(|| self.read_spaced_figures(i)) {
            return Some(found);
        }
        let LexemeKind::Number(a, 1..=2) = self.kind(i) else {
            return self.read_dots(i);
        };
        // "/05/25/2015" may open a line.
        let led = i == 1 && self.is_mark(0, '/');
        if self.is_glued(i) && !led || self.is_spaced(i + 1) || self.is_spaced(i + 2) {
            return None;
        }
        let sep = ['/', '-'].into_iter().find(|m| self.is_mark(i + 1, *m))?;
        let LexemeKind::Number(b, b_len @ 1..=2) = self.kind(i + 2) else {
            return None;
        };
        let mut time = None;
        let third = match self.kind(i + 4) {
            // "05/31/2024:14:15:02", "05/31/2024.14:15", of a log
            LexemeKind::Other if self.is_mark(i + 3, sep) && !self.is_spaced(i + 4) => {
                let (year, clock) = self.text(i + 4).split_once([':', '.'])?;
                let (h, minute, s, _) = parse_clock_text(clock)?;
                let second = (s != 255).then_some(u32::from(s));
                let clock = ClockTime::new(u32::from(h), Some(u32::from(minute)), second)?;
                time = Some(Time::Clock(clock, true));
                Some(year.parse().ok().filter(|_| year.len() == 4)?)
            }
            LexemeKind::Number(y, len @ (2 | 4))
                if self.is_mark(i + 3, sep) && !self.is_spaced(i + 3) && !self.is_spaced(i + 4) =>
            {
                let year = if len == 4 { y as i32 } else { year_of_two_digits(y as i32) };
                Some(year)
            }
            _ => None,
        };
        let partial = |year: Option<i32>, month: u32, day: u32| {
            let fits = (1..=12).contains(&month)
                && (1..=31).contains(&day)
                && crate::calendar::Day::new(year.unwrap_or(2000), month, day).is_some();
            fits.then_some(PartialDate {
                year: year.map_or(YearRef::Open, YearRef::Known),
                month: Some(month as u8),
                day: Some(day as u8),
                ..PartialDate::NONE
            })
        };
        if third.is_none() {
            if led {
                return None;
            }
            // "9/11" is a day; "3/4" a fraction, unless something says that a day is meant.
            if sep != '/' || self.is_mark(i + 3, '/') || self.is_mark(i + 3, '%') {
                return None;
            }
            let attacks = a == 9 && b == 11;
            let cue = self.is_any_word(
                i.wrapping_sub(1),
                &[
                    W::On,
                    W::By,
                    W::Since,
                    W::Until,
                    W::From,
                    W::To,
                    W::Before,
                    W::After,
                    W::Through,
                ],
            ) || matches!(self.kind_before(i), LexemeKind::Weekday(_))
                || self.text_is_any_of(i.wrapping_sub(1), &["dated", "date", "ending", "due"]);
            // "4/25 at 4:00pm"
            let timed = self.is_word(i + 3, W::At) && self.read_clock(i + 4).is_some();
            let cue = cue || timed;
            let alone = i == 0 && self.lexemes.len() == 3;
            let written_out = self.text(i).len() == 2 && b_len == 2;
            if !(attacks || cue || alone || written_out)
                || self.unit_at(i + 3).is_some()
                || matches!(self.kind(i + 3), LexemeKind::Mark('-'))
                    && self.unit_at(i + 4).is_some()
            {
                return None;
            }
            if attacks && !alone {
                return partial(Some(2001), 9, 11)
                    .map(|p| ParsedDate::new(i, i + 3, Meaning::Partial(p)));
            }
        } else if sep == '-' && self.text(i + 4).len() != 4 {
            // "10-31-74", where only one reading is a day.
            let whole = self.text(i).len() == 2 && b_len == 2 && (a > 12) != (b > 12);
            if !whole {
                return None;
            }
        }
        let to = if third.is_some() { i + 5 } else { i + 3 };
        if self.is_mark(to, sep) && !self.is_spaced(to) && !self.is_spaced(to + 1) {
            return None;
        }
        let meaning = match (partial(third, a, b), partial(third, b, a)) {
            (Some(us), Some(uk)) if us != uk => Meaning::Either(us, uk),
            (Some(one), _) | (None, Some(one)) => Meaning::Partial(one),
            (None, None) => return None,
        };
        let mut found = ParsedDate::new(i, to, meaning);
        found.time = time;
        Some(found)
    }

    /// `04/2016`, `2014/10` where nothing but a date is asked for: a case's number looks the same.
    fn read_month_in_figures(&self, i: usize) -> Option<ParsedDate> {
        let (LexemeKind::Number(a, a_len), LexemeKind::Number(b, b_len)) =
            (self.kind(i), self.kind(i + 2))
        else {
            return None;
        };
        let (year, month) = match (a_len, b_len) {
            (1..=2, 4) => (b, a),
            (4, 2) => (a, b),
            _ => return None,
        };
        let tight = self.is_mark(i + 1, '/') && !self.is_spaced(i + 1) && !self.is_spaced(i + 2);
        let cue = i == 0 && self.lexemes.len() == 3
            || matches!(self.kind_before(i), LexemeKind::Mark('(' | '[' | ':'))
                && self.closes(i + 3)
            || self.is_any_word(
                i.wrapping_sub(1),
                &[W::In, W::Since, W::By, W::Until, W::From, W::Before, W::After],
            );
        let goes_on =
            matches!(self.kind(i + 3), LexemeKind::Mark('/' | '-')) && !self.is_spaced(i + 3);
        if !tight
            || !cue
            || goes_on
            || self.is_glued(i) && !self.is_mark(i.wrapping_sub(1), ':')
            || !(1..=12).contains(&month)
            || !(1900..2100).contains(&year)
        {
            return None;
        }
        let partial = PartialDate {
            year: YearRef::Known(year as i32),
            month: Some(month as u8),
            ..PartialDate::NONE
        };
        Some(ParsedDate::new(i, i + 3, Meaning::Partial(partial)))
    }

    /// `31 10 1974`, `2014 12 28` as all that a line holds.
    fn read_spaced_figures(&self, i: usize) -> Option<ParsedDate> {
        if i != 0 || self.lexemes.len() != 3 {
            return None;
        }
        let (a, b, c) = match (self.kind(0), self.kind(1), self.kind(2)) {
            (
                LexemeKind::Number(y, 4),
                LexemeKind::Number(m, 1..=2),
                LexemeKind::Number(d, 1..=2),
            ) => (y, m, d),
            (
                LexemeKind::Number(d, 1..=2),
                LexemeKind::Number(m, 1..=2),
                LexemeKind::Number(y, 4),
            ) => {
                if m > 12 {
                    (y, d, m)
                } else {
                    (y, m, d)
                }
            }
            _ => return None,
        };
        let fits = (1900..2100).contains(&a) && crate::calendar::Day::new(a as i32, b, c).is_some();
        fits.then(|| {
            let partial = PartialDate {
                year: YearRef::Known(a as i32),
                month: Some(b as u8),
                day: Some(c as u8),
                ..PartialDate::NONE
            };
            ParsedDate::new(0, 3, Meaning::Partial(partial))
        })
    }

    /// `23.07.2021`: the tokenizer keeps it whole.
    fn read_dots(&self, i: usize) -> Option<ParsedDate> {
        if self.kind(i) != LexemeKind::Dotted || self.is_glued(i) {
            return None;
        }
        let text = self.text(i);
        if text.len() == 10
            && text.is_ascii()
            && let Some(day) = crate::calendar::Day::parse(&text.replace('.', "-"))
            && (1900..2100).contains(&day.year())
        {
            let partial = PartialDate {
                year: YearRef::Known(day.year()),
                month: Some(day.month() as u8),
                day: Some(day.day() as u8),
                ..PartialDate::NONE
            };
            return Some(ParsedDate::new(i, i + 1, Meaning::Partial(partial)));
        }
        let mut parts = self.text(i).split('.');
        let mut number = |len: std::ops::RangeInclusive<usize>| {
            let part = parts.next()?;
            (len.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
            part.parse::<u32>().ok()
        };
        let (day, month) = (number(1..=2)?, number(1..=2)?);
        let year = number(4..=4)? as i32;
        parts.next().is_none().then_some(())?;
        let (day, month) = if crate::calendar::Day::new(year, month, day).is_some() {
            (day, month)
        } else {
            (month, day)
        };
        crate::calendar::Day::new(year, month, day)?;
        (1900..2100).contains(&year).then(|| {
            let partial = PartialDate {
                year: YearRef::Known(year),
                month: Some(month as u8),
                day: Some(day as u8),
                ..PartialDate::NONE
            };
            ParsedDate::new(i, i + 1, Meaning::Partial(partial))
        })
    }
}
