//! Dates of a month's name and figures with marks between them, as logs, forms and tables write
//! them: "06/Nov/2023", "Aug/10/2012", "2012/Aug/10", "Sep-2012".

use super::Parser;
use super::calendar::found;
use crate::dates::lexer::clock_text;
use crate::dates::meaning::{Found, Meaning, Partial, Time, YearRef};
use crate::dates::vocabulary::Kind;
use crate::timex::{ClockTime, year_of_two_digits};

impl Parser<'_> {
    /// Two or three fields, no space between them, one of them a month's name.
    pub(super) fn mixed(&self, i: usize) -> Option<Found> {
        let sep = ['/', '-'].into_iter().find(|m| self.mark(i + 1, *m))?;
        if self.glued(i) || self.spaced(i + 1) || self.spaced(i + 2) {
            return None;
        }
        let third = self.mark(i + 3, sep) && !self.spaced(i + 3) && !self.spaced(i + 4);
        let third = if third { self.kind(i + 4) } else { Kind::Other };
        // "06/Nov/2023:06:36:02", of a server's log
        if let (Kind::Number(d, 1..=2), Kind::Month(m), Kind::Other) =
            (self.kind(i), self.kind(i + 2), third)
            && let Some((year, clock)) = self.text(i + 4).split_once(':')
            && year.len() == 4
            && let (Ok(year), Some((h, minute, s, 0))) = (year.parse::<u32>(), clock_text(clock))
        {
            let mut found = self.named_day(i, year, m, d, i + 5)?;
            let second = (s != 255).then_some(u32::from(s));
            let clock = ClockTime::new(u32::from(h), Some(u32::from(minute)), second)?;
            found.time = Some(Time::Clock(clock, true));
            return Some(found);
        }
        let (year, month, day, to) = match (self.kind(i), self.kind(i + 2), third) {
            // "August/10, 2012"
            (Kind::Month(m), Kind::Number(d, 1..=2), Kind::Other)
                if self.mark(i + 3, ',') && matches!(self.kind(i + 4), Kind::Number(_, 4)) =>
            {
                let Kind::Number(y, _) = self.kind(i + 4) else {
                    return None;
                };
                (y, m, Some(d), i + 5)
            }
            (Kind::Number(d, 1..=2), Kind::Month(m), Kind::Number(y, 2 | 4)) => {
                (y, m, Some(d), i + 5)
            }
            (Kind::Month(m), Kind::Number(d, 1..=2), Kind::Number(y, 4)) => (y, m, Some(d), i + 5),
            (Kind::Number(y, 4), Kind::Month(m), Kind::Number(d, 1..=2)) => (y, m, Some(d), i + 5),
            (Kind::Month(m), Kind::Number(y @ 1000..2200, 4), Kind::Other) if self.capital(i) => {
                (y, m, None, i + 3)
            }
            _ => return None,
        };
        match day {
            Some(day) => self.named_day(i, year, month, day, to),
            None => {
                let partial = Partial {
                    year: YearRef::Known(i32::try_from(year).ok()?),
                    month: Some(month),
                    ..Partial::NONE
                };
                Some(found(i, to, Meaning::Partial(partial)))
            }
        }
    }

    fn named_day(&self, i: usize, year: u32, month: u8, day: u32, to: usize) -> Option<Found> {
        let year = i32::try_from(year).ok()?;
        let year = if year < 100 { year_of_two_digits(year) } else { year };
        crate::calendar::Day::new(year, u32::from(month), day)?;
        let partial = Partial {
            year: YearRef::Known(year),
            month: Some(month),
            day: Some(day as u8),
            ..Partial::NONE
        };
        Some(found(i, to, Meaning::Partial(partial)))
    }

    /// "96" of "3 Aug 96": nothing may follow that could count by it.
    pub(super) fn short_year(&self, i: usize) -> Option<(YearRef, usize)> {
        let Kind::Number(year @ 32..=99, 2) = self.kind(i) else {
            return None;
        };
        let ends = i + 1 >= self.lexemes.len()
            || matches!(
                self.kind(i + 1),
                Kind::Mark('.' | ',' | ';' | ')' | '!' | '?' | '"' | '”')
            );
        (self.spaced(i) && ends).then(|| (YearRef::Known(year_of_two_digits(year as i32)), i + 1))
    }
}
