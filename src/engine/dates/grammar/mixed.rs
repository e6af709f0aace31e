//! Dates of a month's name and figures with marks between them, as logs, forms and tables write
//! them: "06/Nov/2023", "Aug/10/2012", "2012/Aug/10", "Sep-2012".

use super::parser::Parser;
use crate::dates::lexer::parse_clock_text;
use crate::dates::meaning::{Meaning, ParsedDate, PartialDate, Time, YearRef};
use crate::dates::vocabulary::LexemeKind;
use crate::timex::{ClockTime, year_of_two_digits};

impl Parser<'_> {
    /// Two or three fields, no space between them, one of them a month's name.
    pub(super) fn read_mixed(&self, i: usize) -> Option<ParsedDate> {
        let sep = ['/', '-'].into_iter().find(|m| self.is_mark(i + 1, *m))?;
        if self.is_glued(i) || self.is_spaced(i + 1) || self.is_spaced(i + 2) {
            return None;
        }
        let third = self.is_mark(i + 3, sep) && !self.is_spaced(i + 3) && !self.is_spaced(i + 4);
        let third = if third { self.kind(i + 4) } else { LexemeKind::Other };
        // "06/Nov/2023:06:36:02", of a server's log
        if let (LexemeKind::Number(d, 1..=2), LexemeKind::Month(m), LexemeKind::Other) =
            (self.kind(i), self.kind(i + 2), third)
            && let Some((year, clock)) = self.text(i + 4).split_once(':')
            && year.len() == 4
            && let (Ok(year), Some((h, minute, s, 0))) =
                (year.parse::<u32>(), parse_clock_text(clock))
        {
            let mut found = self.read_named_day(i, year, m, d, i + 5)?;
            let second = (s != 255).then_some(u32::from(s));
            let clock = ClockTime::new(u32::from(h), Some(u32::from(minute)), second)?;
            found.time = Some(Time::Clock(clock, true));
            return Some(found);
        }
        let (year, month, day, to) = match (self.kind(i), self.kind(i + 2), third) {
            // "August/10, 2012"
            (LexemeKind::Month(m), LexemeKind::Number(d, 1..=2), LexemeKind::Other)
                if self.is_mark(i + 3, ',')
                    && matches!(self.kind(i + 4), LexemeKind::Number(_, 4)) =>
            {
                let LexemeKind::Number(y, _) = self.kind(i + 4) else {
                    return None;
                };
                (y, m, Some(d), i + 5)
            }
            (LexemeKind::Number(d, 1..=2), LexemeKind::Month(m), LexemeKind::Number(y, 2 | 4)) => {
                (y, m, Some(d), i + 5)
            }
            (LexemeKind::Month(m), LexemeKind::Number(d, 1..=2), LexemeKind::Number(y, 4)) => {
                (y, m, Some(d), i + 5)
            }
            (LexemeKind::Number(y, 4), LexemeKind::Month(m), LexemeKind::Number(d, 1..=2)) => {
                (y, m, Some(d), i + 5)
            }
            (LexemeKind::Month(m), LexemeKind::Number(y @ 1000..2200, 4), LexemeKind::Other)
                if self.is_capitalized(i) =>
            {
                (y, m, None, i + 3)
            }
            _ => return None,
        };
        match day {
            Some(day) => self.read_named_day(i, year, month, day, to),
            None => {
                let partial = PartialDate {
                    year: YearRef::Known(i32::try_from(year).ok()?),
                    month: Some(month),
                    ..PartialDate::NONE
                };
                Some(ParsedDate::new(i, to, Meaning::Partial(partial)))
            }
        }
    }

    fn read_named_day(
        &self,
        i: usize,
        year: u32,
        month: u8,
        day: u32,
        to: usize,
    ) -> Option<ParsedDate> {
        let year = i32::try_from(year).ok()?;
        let year = if year < 100 { year_of_two_digits(year) } else { year };
        crate::calendar::Day::new(year, u32::from(month), day)?;
        let partial = PartialDate {
            year: YearRef::Known(year),
            month: Some(month),
            day: Some(day as u8),
            ..PartialDate::NONE
        };
        Some(ParsedDate::new(i, to, Meaning::Partial(partial)))
    }

    /// "96" of "3 Aug 96": nothing may follow that could count by it.
    pub(super) fn read_short_year(&self, i: usize) -> Option<(YearRef, usize)> {
        let LexemeKind::Number(year @ 32..=99, 2) = self.kind(i) else {
            return None;
        };
        let ends = i + 1 >= self.lexemes.len()
            || matches!(
                self.kind(i + 1),
                LexemeKind::Mark('.' | ',' | ';' | ')' | '!' | '?' | '"' | '”')
            );
        (self.is_spaced(i) && ends)
            .then(|| (YearRef::Known(year_of_two_digits(year as i32)), i + 1))
    }
}
