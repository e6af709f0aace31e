//! Calendar dates: days, months, years, seasons, decades, in every order that people write.

use super::Parser;
use crate::dates::holidays::HOLIDAYS;
use crate::dates::lexer::century_of;
use crate::dates::meaning::{Found, Meaning, Partial, Sub, Time, YearRef};
use crate::dates::period::Clock;
use crate::dates::vocabulary::{Kind, Unit, Word as W};

/// A reading without modifiers.
pub(super) fn found(from: usize, to: usize, meaning: Meaning) -> Found {
    Found {
        from,
        to,
        meaning,
        time: None,
        modifier: None,
        rule: "",
    }
}

impl Parser<'_> {
    /// `2021-07-23`, `2021-07-23T19:27:00`, `2021/07/23`, `2021-07`.
    pub(super) fn iso(&self, i: usize) -> Option<Found> {
        let Kind::Number(year, 4) = self.kind(i) else {
            return None;
        };
        let sep = ['-', '/'].into_iter().find(|m| self.mark(i + 1, *m))?;
        let tight = |at: usize| !self.spaced(at);
        if !tight(i + 1) || !tight(i + 2) || self.glued(i) {
            return None;
        }
        let Kind::Number(month, len @ 1..=2) = self.kind(i + 2) else {
            return None;
        };
        let year = year as i32;
        let partial = |month: u32, day: Option<u32>| Partial {
            year: YearRef::Known(year),
            month: Some(month as u8),
            day: day.map(|d| d as u8),
            ..Partial::NONE
        };
        if self.mark(i + 3, sep) && tight(i + 3) && tight(i + 4) {
            let (day, clock) = match self.kind(i + 4) {
                Kind::Number(day, 1..=2) => (day, None),
                Kind::DayClock(day, h, m, s) => (u32::from(day), Some((h, m, s))),
                _ => return None,
            };
            let meaning = Meaning::Partial(partial(month, Some(day)));
            let mut found = found(i, i + 5, meaning);
            found.time = clock.and_then(|(h, m, s)| {
                let second = (s != 255).then_some(u32::from(s));
                let clock = Clock::new(u32::from(h), Some(u32::from(m)), second)?;
                Some(Time::Clock(clock, true))
            });
            return Some(found);
        }
        // A month alone must have two digits and be no range of years ("2009-10").
        (sep == '-' && len == 2 && (1..=12).contains(&month) && (month as i32) <= year % 100 - 5
            || sep == '-' && len == 2 && month < 8 && year > 2009)
            .then(|| found(i, i + 3, Meaning::Partial(partial(month, None))))
    }

    /// Joined to what stands before it: part of another number, a name or a price.
    pub(super) fn glued(&self, i: usize) -> bool {
        !self.spaced(i)
            && i > 0
            && matches!(
                self.before(i),
                Kind::Mark(
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
                ) | Kind::Other
                    | Kind::Number(..)
            )
    }

    /// `7/23/2021`, `23.07.2021`, `04/03`, with both readings where both are days.
    pub(super) fn slashes(&self, i: usize) -> Option<Found> {
        let Kind::Number(a, 1..=2) = self.kind(i) else {
            return self.dots(i);
        };
        if self.glued(i) || self.spaced(i + 1) || self.spaced(i + 2) {
            return None;
        }
        let sep = ['/', '-'].into_iter().find(|m| self.mark(i + 1, *m))?;
        let Kind::Number(b, b_len @ 1..=2) = self.kind(i + 2) else {
            return None;
        };
        let third = match self.kind(i + 4) {
            Kind::Number(y, len @ (2 | 4))
                if self.mark(i + 3, sep) && !self.spaced(i + 3) && !self.spaced(i + 4) =>
            {
                let year = if len == 4 {
                    y as i32
                } else {
                    century_of(y as i32)
                };
                Some(year)
            }
            _ => None,
        };
        let partial = |year: Option<i32>, month: u32, day: u32| {
            let fits = (1..=12).contains(&month)
                && (1..=31).contains(&day)
                && crate::calendar::Day::new(year.unwrap_or(2000), month, day).is_some();
            fits.then_some(Partial {
                year: year.map_or(YearRef::Open, YearRef::Known),
                month: Some(month as u8),
                day: Some(day as u8),
                ..Partial::NONE
            })
        };
        if third.is_none() {
            // "9/11" is a day; "3/4" a fraction, unless something says that a day is meant.
            if sep != '/' || self.mark(i + 3, '/') || self.mark(i + 3, '%') {
                return None;
            }
            let attacks = a == 9 && b == 11;
            let cue = self.is_any(
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
            ) || matches!(self.before(i), Kind::Weekday(_))
                || self.says_any(i.wrapping_sub(1), &["dated", "date", "ending", "due"]);
            let alone = i == 0 && self.lexemes.len() == 3;
            let written_out = self.text(i).len() == 2 && b_len == 2;
            if !(attacks || cue || alone || written_out)
                || self.unit(i + 3).is_some()
                || matches!(self.kind(i + 3), Kind::Mark('-')) && self.unit(i + 4).is_some()
            {
                return None;
            }
            if attacks && !alone {
                return partial(Some(2001), 9, 11).map(|p| found(i, i + 3, Meaning::Partial(p)));
            }
        } else if sep == '-' && self.text(i + 4).len() != 4 {
            // "10-31-74", where only one reading is a day.
            let whole = self.text(i).len() == 2 && b_len == 2 && (a > 12) != (b > 12);
            if !whole {
                return None;
            }
        }
        let to = if third.is_some() { i + 5 } else { i + 3 };
        if self.mark(to, sep) && !self.spaced(to) && !self.spaced(to + 1) {
            return None;
        }
        let meaning = match (partial(third, a, b), partial(third, b, a)) {
            (Some(us), Some(uk)) if us != uk => Meaning::Either(us, uk),
            (Some(one), _) | (None, Some(one)) => Meaning::Partial(one),
            (None, None) => return None,
        };
        Some(found(i, to, meaning))
    }

    /// `23.07.2021`: the tokenizer keeps it whole.
    fn dots(&self, i: usize) -> Option<Found> {
        if self.kind(i) != Kind::Dotted || self.glued(i) {
            return None;
        }
        let text = self.text(i);
        if text.len() == 10
            && text.is_ascii()
            && let Some(day) = crate::calendar::Day::parse(&text.replace('.', "-"))
            && (1900..2100).contains(&day.year())
        {
            let partial = Partial {
                year: YearRef::Known(day.year()),
                month: Some(day.month() as u8),
                day: Some(day.day() as u8),
                ..Partial::NONE
            };
            return Some(found(i, i + 1, Meaning::Partial(partial)));
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
            let partial = Partial {
                year: YearRef::Known(year),
                month: Some(month as u8),
                day: Some(day as u8),
                ..Partial::NONE
            };
            found(i, i + 1, Meaning::Partial(partial))
        })
    }

    /// A month's name, with what shows that it is one: `may` and `march` are verbs, `mar` is none.
    pub(super) fn month(&self, i: usize) -> Option<u8> {
        let Kind::Month(month) = self.kind(i) else {
            return None;
        };
        if self.capital(i) {
            return Some(month);
        }
        // Lower case: full names that are no other word, or beside a day or year.
        let text = self.text(i);
        let unlike = !matches!(
            text,
            "may" | "march" | "mar" | "dec" | "sep" | "jan" | "jun" | "august"
        );
        let number = |k: Kind| matches!(k, Kind::Number(_, 1 | 2 | 4) | Kind::Ordinal(..));
        ((unlike && text.len() > 3) || number(self.kind(i + 1)) || number(self.before(i)))
            .then_some(month)
    }

    /// A weekday's name; "sat", "sun", "wed" and "mon" only where they can be nothing else.
    pub(super) fn weekday(&self, i: usize) -> Option<u8> {
        let Kind::Weekday(day) = self.kind(i) else {
            return None;
        };
        let text = self.text(i);
        if text.len() > 4 && text.ends_with("day")
            || text.len() > 4 && self.capital(i)
            || self.says(i, "sunday")
        {
            return Some(day);
        }
        let dotted = text.ends_with('.');
        let near = |k: Kind| matches!(k, Kind::Month(_) | Kind::Clock(..) | Kind::Part(_));
        let word = matches!(
            self.before(i),
            Kind::Word(W::On | W::This | W::Last | W::Next | W::Every | W::Until | W::Each)
        );
        let comma = usize::from(self.mark(i + 1, ',') || self.mark(i + 1, '.'));
        let after = self.kind(i + 1 + comma);
        let dated = near(after)
            || matches!(after, Kind::Number(_, 1 | 2) | Kind::Ordinal(_, true))
                && (comma > 0 || matches!(self.kind(i + 2 + comma), Kind::Month(_)));
        let sure = matches!(
            text.trim_end_matches('.'),
            "Tue" | "Tues" | "Weds" | "Thu" | "Thur" | "Thurs" | "Fri" | "Wed"
        );
        if self.capital(i) && !self.shouted(i) {
            return (sure
                || dotted
                || dated
                || word
                || self.mark(i + 1, '-')
                || self.lexemes.len() == 1)
                .then_some(day);
        }
        (dated || word && !self.opens(i)).then_some(day)
    }

    /// A day of the month in digits or as an ordinal: its number and the lexeme after it.
    pub(super) fn day_of_month(&self, i: usize) -> Option<(u8, usize)> {
        match self.kind(i) {
            Kind::Number(n, 1..=2) if (1..=31).contains(&n) => Some((n as u8, i + 1)),
            Kind::Ordinal(n, _) if (1..=31).contains(&n) => Some((n as u8, i + 1)),
            // "twenty-third"
            Kind::Cardinal(tens @ (20 | 30)) => {
                let at = i + 1 + usize::from(self.joined(i + 1));
                match self.kind(at) {
                    Kind::Ordinal(n @ 1..=9, false) if tens + n <= 31 => {
                        Some(((tens + n) as u8, at + 1))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A year that stands after a month or a season: digits, `'98`, words, BC.
    pub(super) fn year_after(&self, i: usize) -> Option<(YearRef, usize)> {
        match self.kind(i) {
            Kind::Number(n, 1..=4) if self.is(i + 1, W::Ad) && self.shouted(i + 1) => {
                Some((YearRef::Known(n as i32), i + 2))
            }
            Kind::Number(n, len @ 3..=4)
                if len == 4 && (1000..3001).contains(&n) || self.is(i + 1, W::Bc) =>
            {
                if self.is(i + 1, W::Bc) {
                    return Some((YearRef::Known(1 - n as i32), i + 2));
                }
                // Not "May 2021.5" or "3 May 1500 people".
                let to = i + 1;
                Some((YearRef::Known(n as i32), self.skip(to, &[W::Ad])))
            }
            Kind::Number(n, 1..=2) if self.is(i + 1, W::Bc) => {
                Some((YearRef::Known(1 - n as i32), i + 2))
            }
            Kind::Mark('\'') if !self.spaced(i + 1) => match self.kind(i + 1) {
                Kind::Number(n, 2) => Some((YearRef::Known(century_of(n as i32)), i + 2)),
                _ => None,
            },
            Kind::Cardinal(13..=20 | 2) => {
                self.year_in_words(i).map(|(y, to)| (YearRef::Known(y), to))
            }
            _ => None,
        }
    }

    /// "this year", "of last year", "next year", "of that year", "a year ago", "a year earlier".
    pub(super) fn year_phrase(&self, i: usize) -> Option<(YearRef, usize)> {
        let at = self.skip(i, &[W::Of, W::In]);
        let at = self.skip(at, &[W::The]);
        let year = |at: usize| self.kind(at) == Kind::Unit(Unit::Year);
        let second = |word: &[W]| self.is_any(at, word) && year(at + 1);
        let of = self.is(i, W::Of);
        if second(&[W::Last]) || (of && second(&[W::Past])) {
            return Some((YearRef::Published(-1), at + 2));
        }
        if second(&[W::This]) || second(&[W::Current]) {
            return Some((YearRef::Published(0), at + 2));
        }
        if second(&[W::Next]) || second(&[W::Coming]) {
            return Some((YearRef::Published(1), at + 2));
        }
        if second(&[W::That, W::Same])
            || (self.is(at, W::That) && self.is(at + 1, W::Same) && year(at + 2))
        {
            return Some((
                YearRef::Told(0),
                at + 2 + usize::from(self.is(at + 1, W::Same)),
            ));
        }
        if second(&[W::Previous, W::Prior]) {
            return Some((YearRef::Told(-1), at + 2));
        }
        if second(&[W::Following]) {
            return Some((YearRef::Told(1), at + 2));
        }
        if self.is(at, W::A) && year(at + 1) {
            if self.is(at + 2, W::Ago) {
                return Some((YearRef::Published(-1), at + 3));
            }
            if self.is(at + 2, W::Earlier) {
                return Some((YearRef::Told(-1), at + 3));
            }
        }
        None
    }

    /// A year after an optional comma or "of", or a phrase for one.
    pub(super) fn any_year(&self, i: usize) -> Option<(YearRef, usize)> {
        if let Some(phrase) = self.year_phrase(i) {
            return Some(phrase);
        }
        let at = if self.mark(i, ',') || self.is(i, W::Of) {
            i + 1
        } else {
            i
        };
        if self.spaced(at) || at == i && self.mark(at, '\'') {
            return self.year_after(at);
        }
        if self.mark(i, ',') {
            self.year_after(at)
        } else {
            None
        }
    }

    /// Any calendar date: weekday, day, month, year, season, holiday.
    pub(super) fn date(&self, i: usize) -> Option<Found> {
        let (found, to) = self.partial(i)?;
        Some(self::found(i, to, Meaning::Partial(found)))
    }

    pub(super) fn partial(&self, i: usize) -> Option<(Partial, usize)> {
        // "Thursday, the 22nd of July"
        if let Some(weekday) = self.weekday(i) {
            let mut at = i + 1;
            at = self.skip_mark(at, '.');
            let comma = self.mark(at, ',');
            at = self.skip_mark(at, ',');
            let the = self.skip(at, &[W::The]);
            if let Some((partial, to)) = self.month_and_day(the)
                && partial.day.is_some()
            {
                let partial = Partial {
                    weekday: Some(weekday),
                    ..partial
                };
                return Some((partial, to));
            }
            // "Friday the 13th"
            if the > at
                && !comma
                && let Kind::Ordinal(day @ 1..=31, digits) = self.kind(the)
                && (digits || self.closes(the + 1))
            {
                let partial = Partial {
                    weekday: Some(weekday),
                    day: Some(day as u8),
                    ..Partial::NONE
                };
                return Some((partial, the + 1));
            }
            let partial = Partial {
                weekday: Some(weekday),
                ..Partial::NONE
            };
            return Some((partial, i + 1));
        }
        self.month_and_day(i)
            .or_else(|| self.holiday(i))
            .or_else(|| self.season(i))
    }

    /// "July 23, 2021", "23 July", "the 3rd of May", "May 2021", "May".
    pub(super) fn month_and_day(&self, i: usize) -> Option<(Partial, usize)> {
        let dated = |month: u8, day: Option<u8>, year: YearRef| Partial {
            year,
            month: Some(month),
            day,
            ..Partial::NONE
        };
        if let Some(month) = self.month(i) {
            let at = self.skip_mark(i + 1, '.');
            // "August-10, 2012"
            let dash = self.joined(at) && matches!(self.kind(at + 1), Kind::Number(_, 1..=2));
            let at = at + usize::from(dash);
            let the = self.skip(at, &[W::The]);
            if let Some((day, to)) = self.day_of_month(the)
                && (the == at || matches!(self.kind(the), Kind::Ordinal(..)))
                && !self.is(to, W::Bc)
                && self.day_may_end(to)
            {
                if let Some((year, to)) = self.any_year(to) {
                    return Some((dated(month, Some(day), year), to));
                }
                if let (true, Kind::Number(y, 4)) = (dash && self.joined(to), self.kind(to + 1)) {
                    return Some((dated(month, Some(day), YearRef::Known(y as i32)), to + 2));
                }
                return Some((dated(month, Some(day), YearRef::Open), to));
            }
            // "August 32", "February 151998": nothing at all.
            if matches!(self.kind(at), Kind::Number(n, 1..=2) if !(1..=31).contains(&n))
                && !self.is(at + 1, W::Bc)
            {
                return None;
            }
            if let Some((year, to)) = self.any_year(at) {
                return Some((dated(month, None, year), to));
            }
            return Some((dated(month, None, YearRef::Open), i + 1));
        }
        let the = self.skip(i, &[W::The]);
        if self.glued(the) && !self.ends_range(the) {
            return None;
        }
        let (day, to) = self.day_of_month(the)?;
        let dash =
            self.joined(to) || self.mark(to, '/') && !self.spaced(to) && !self.spaced(to + 1);
        let at = if dash {
            to + 1
        } else {
            self.skip(to, &[W::Of])
        };
        let month = match self.kind(at) {
            Kind::Month(_) => self.month(at).or_else(|| self.month_of(at))?,
            _ => return None,
        };
        let end = at + 1;
        let at = self.skip_mark(end, '.');
        let at = if dash && self.joined(at) { at + 1 } else { at };
        if let Some((year, to)) = self.any_year(at) {
            return Some((dated(month, Some(day), year), to));
        }
        if let (true, Kind::Number(y, 2 | 4)) = (dash && self.mark(at - 1, '-'), self.kind(at)) {
            let year = if y < 100 {
                century_of(y as i32)
            } else {
                y as i32
            };
            return Some((dated(month, Some(day), YearRef::Known(year)), at + 1));
        }
        // "3rd Feb 82"
        if let (Kind::Ordinal(_, true), Kind::Number(y, 2)) = (self.kind(to - 1), self.kind(at))
            && self.closes(at + 1)
        {
            return Some((
                dated(month, Some(day), YearRef::Known(century_of(y as i32))),
                at + 1,
            ));
        }
        Some((dated(month, Some(day), YearRef::Open), end))
    }

    /// "2018 March 18": year first.
    pub(super) fn year_first(&self, i: usize) -> Option<Found> {
        let Kind::Number(year, 4) = self.kind(i) else {
            return None;
        };
        if self.glued(i)
            || !(1000..2200).contains(&year)
            || !matches!(self.kind(i + 1), Kind::Month(_))
        {
            return None;
        }
        let (partial, to) = self.month_and_day(i + 1)?;
        (partial.day.is_some() && partial.year == YearRef::Open).then(|| {
            let partial = Partial {
                year: YearRef::Known(year as i32),
                ..partial
            };
            found(i, to, Meaning::Partial(partial))
        })
    }

    /// "25" of "22-25 April", "2" of "17 August-2 September".
    fn ends_range(&self, i: usize) -> bool {
        i >= 2
            && self.joined(i - 1)
            && matches!(
                self.kind(i - 2),
                Kind::Number(_, 1 | 2) | Kind::Ordinal(..) | Kind::Month(_)
            )
            && !(i >= 3 && (self.glued(i - 2) || self.mark(i - 3, '-')))
    }

    fn month_of(&self, i: usize) -> Option<u8> {
        match self.kind(i) {
            Kind::Month(m) => Some(m),
            _ => None,
        }
    }

    /// What stands after a day's number does not make it another number ("May 3.5 million").
    fn day_may_end(&self, to: usize) -> bool {
        !matches!(self.kind(to), Kind::Mark('%'))
            && !self.says_any(to, &["million", "billion", "percent"])
            && (!self.mark(to, '/') || self.spaced(to))
    }

    /// "Thanksgiving", "Christmas Eve 2020", "last year's Easter" (the year after only).
    pub(super) fn holiday(&self, i: usize) -> Option<(Partial, usize)> {
        if !matches!(self.kind(i), Kind::Holiday | Kind::Month(5)) || !self.capital(i) {
            return None;
        }
        let (holiday, to) = HOLIDAYS
            .iter()
            .find_map(|h| Some((h, self.phrase(i, h.name)?)))?;
        let partial = |year| Partial {
            year,
            sub: Some(Sub::Holiday(holiday)),
            ..Partial::NONE
        };
        match self.any_year(to) {
            Some((year, to)) => Some((partial(year), to)),
            None => Some((partial(YearRef::Open), to)),
        }
    }

    /// Matches `name`'s words from `i`, possessives and full stops aside.
    fn phrase(&self, i: usize, name: &str) -> Option<usize> {
        let mut at = i;
        for word in name.split(' ') {
            if at > i && (self.is(at, W::Poss) || self.mark(at, '\'')) {
                at += 1;
            }
            let text = self.text(at);
            let text = text.strip_suffix('.').unwrap_or(text);
            let long = name.len() > 18 && !self.capital(at);
            if !text.eq_ignore_ascii_case(word) || long {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// "summer 1918", "the spring of 2020"; a season alone only with "the".
    pub(super) fn season(&self, i: usize) -> Option<(Partial, usize)> {
        let at = self.skip(i, &[W::The]);
        let Kind::Season(season) = self.kind(at) else {
            return None;
        };
        let partial = |year| Partial {
            year,
            sub: Some(Sub::Season(season)),
            ..Partial::NONE
        };
        if let Some((year, to)) = self.any_year(at + 1) {
            return Some((partial(year), to));
        }
        Some((partial(YearRef::Open), at + 1))
    }

    /// A bare year.
    pub(super) fn bare_year(&self, i: usize) -> Option<Found> {
        let known = |year: i32, to: usize| {
            let partial = Partial {
                year: YearRef::Known(year),
                ..Partial::NONE
            };
            Some(found(i, to, Meaning::Partial(partial)))
        };
        // "AD 79", "the year 2000", "the year two thousand"
        if self.is(i, W::Ad)
            && self.shouted(i)
            && let Kind::Number(n, 1..=4) = self.kind(i + 1)
        {
            return known(n as i32, i + 2);
        }
        if self.kind(self.skip(i, &[W::The])) == Kind::Unit(Unit::Year) {
            let at = self.skip(i, &[W::The]) + 1;
            let (year, to) = self.year_after(at)?;
            let YearRef::Known(year) = year else {
                return None;
            };
            return known(year, to);
        }
        if self.mark(i, '\'')
            && !self.spaced(i + 1)
            && let Kind::Number(n, 2) = self.kind(i + 1)
            && self.spaced(i)
            && !self.mark(i + 2, '\'')
        {
            return (n >= 30 || self.is_any(i.wrapping_sub(1), &[W::In, W::Since, W::Of]))
                .then(|| known(century_of(n as i32), i + 2))?;
        }
        if let Some((year, to)) = self.year_in_words(i) {
            // "two thousand degrees"
            let round = year == 2000
                && !self.is_any(
                    i.wrapping_sub(1),
                    &[W::In, W::Since, W::By, W::Until, W::Of, W::Before, W::After],
                );
            if round {
                return None;
            }
            let quantity = self.unit(to).is_some();
            return if quantity { None } else { known(year, to) };
        }
        let Kind::Number(n, len) = self.kind(i) else {
            return None;
        };
        // A number that is the whole text may be anything; as a heading it is a year.
        if self.lexemes.len() == 1 && self.text.trim().len() == self.text(i).len() {
            return None;
        }
        let in_range = i >= 2 && self.joined(i - 1) && matches!(self.kind(i - 2), Kind::Number(..));
        if len <= 4 && self.is(i + 1, W::Bc) && (!self.glued(i) || in_range) {
            return known(1 - n as i32, i + 2);
        }
        // "499-493 BC", "499 to 493 BC"
        if len <= 4
            && (self.joined(i + 1) || self.is(i + 1, W::To))
            && !self.glued(i)
            && matches!(self.kind(i + 2), Kind::Number(m, 1..=4) if m < n)
            && self.is(i + 3, W::Bc)
        {
            return known(1 - n as i32, i + 1);
        }
        if len <= 4 && self.is(i + 1, W::Ad) && self.shouted(i + 1) && !self.glued(i) {
            return known(n as i32, i + 2);
        }
        if len != 4 || !(1000..2100).contains(&n) || !self.year_stands(i, n) {
            return None;
        }
        known(n as i32, i + 1)
    }

    /// Is the four-digit number at `i` a year and no amount?
    fn year_stands(&self, i: usize, n: u32) -> bool {
        if self.glued(i) && !(self.mark(i.wrapping_sub(1), '-') && self.year_range_before(i)) {
            return false;
        }
        if self.unit(i + 1).is_some() && !matches!(self.kind(i + 1), Kind::Unit(_))
            || matches!(
                self.kind(i + 1),
                Kind::Mark('%' | '°' | '/' | '@') | Kind::Multiple(_)
            )
            || self.mark(i + 1, '-')
                && !self.spaced(i + 1)
                && !matches!(
                    self.kind(i + 2),
                    Kind::Number(..)
                        | Kind::Word(_)
                        | Kind::Season(_)
                        | Kind::Other
                        | Kind::Month(_)
                        | Kind::Unit(_)
                )
            || self.says_any(
                i + 1,
                &[
                    "percent",
                    "million",
                    "billion",
                    "feet",
                    "miles",
                    "km",
                    "kg",
                    "meters",
                    "metres",
                    "pounds",
                    "dollars",
                    "euros",
                    "people",
                    "troops",
                    "men",
                    "soldiers",
                    "points",
                    "tons",
                    "tonnes",
                    "votes",
                    "workers",
                    "employees",
                    "students",
                    "jobs",
                    "homes",
                    "shares",
                    "block",
                ],
            )
        {
            return false;
        }
        // "August 32, 2014", "2012 80 10", "Windows 2000", "2012-1400"
        let impossible = self.mark(i.wrapping_sub(1), ',')
            && matches!(self.kind(i.wrapping_sub(2)), Kind::Number(_, 1..=2))
            && matches!(self.kind(i.wrapping_sub(3)), Kind::Month(_))
            || matches!(self.before(i), Kind::Month(_))
                && matches!(self.kind(i.wrapping_sub(2)), Kind::Number(_, 1..=2));
        let before = i.wrapping_sub(1);
        // An event's year is one: "Film Festival 2014".
        const EVENTS: [&str; 22] = [
            "olympics",
            "games",
            "cup",
            "festival",
            "championship",
            "championships",
            "euro",
            "expo",
            "awards",
            "award",
            "conference",
            "summit",
            "show",
            "open",
            "prix",
            "final",
            "finals",
            "convention",
            "forum",
            "tour",
            "exhibition",
            "league",
        ];
        let name = self.before(i) == Kind::Other
            && self.capital(before)
            && !self.opens(before)
            && !self.opens(i)
            && !self.says_any(before, &EVENTS);
        let code = self.joined(i + 1)
            && matches!(self.kind(i + 2), Kind::Number(m, 4..) if m <= n || m > n + 300)
            || self.mark(before, '-')
                && !self.spaced(i)
                && matches!(self.kind(i.wrapping_sub(2)), Kind::Number(m, 4) if m >= n || n > m + 300);
        // "As of Wednesday, 1885 aftershocks"
        let next = self.text(i + 1);
        let counts = n < 1900
            && self.kind(i + 1) == Kind::Other
            && next.ends_with('s')
            && !self.capital(i + 1)
            && matches!(
                self.before(i),
                Kind::Mark(_) | Kind::Word(W::And | W::Or | W::For | W::To)
            );
        let zoned = self.kind(i + 1) == Kind::Zone && self.shouted(i + 1);
        if counts
            || zoned
            || impossible
            || name
            || code
            || matches!(self.kind(i + 1), Kind::Number(_, 1..=2)) && self.opens(i)
        {
            return false;
        }
        let cue = matches!(
            self.before(i),
            Kind::Word(
                W::In
                    | W::Since
                    | W::By
                    | W::Until
                    | W::Of
                    | W::From
                    | W::To
                    | W::Before
                    | W::After
                    | W::During
                    | W::Late
                    | W::Early
                    | W::Mid
                    | W::Fiscal
                    | W::Between
                    | W::And
                    | W::Through
                    | W::For
                    | W::The
                    | W::Throughout
                    | W::Or
                    | W::About
            ) | Kind::Mark('(' | '-' | ',' | '—' | '/' | ':' | '[')
        );
        if (1900..2050).contains(&n) {
            let number = matches!(
                self.before(i),
                Kind::Mark('#' | '$' | '£' | '€') | Kind::Number(..)
            ) || self.says_any(
                i.wrapping_sub(1),
                &[
                    "no", "no.", "number", "page", "flight", "route", "highway", "room", "article",
                    "section", "windows", "office", "boeing", "least", "than", "nearly", "roughly",
                    "over", "some", "only", "another", "channel", "model",
                ],
            ) || self.is(i.wrapping_sub(1), W::About);
            return !number || self.opens(i);
        }
        // "1861-1863", "1789: the Estates meet"
        let range = (self.joined(i + 1) || self.mark(i + 1, '—'))
            && matches!(self.kind(i + 2), Kind::Number(m, 4) if m > n && m < n + 200);
        let heads = self.opens(i) && self.mark(i + 1, ':') && self.spaced(i + 2);
        (cue || range || heads) && !self.is(i.wrapping_sub(1), W::About) && n < 2050
    }

    fn year_range_before(&self, i: usize) -> bool {
        i >= 2
            && matches!(
                self.kind(i - 2),
                Kind::Number(_, 4)
                    | Kind::Word(W::Post | W::Pre | W::Mid | W::Late | W::Early)
                    | Kind::Other
                    | Kind::Season(_)
                    | Kind::Month(_)
            )
    }

    /// "the 1990s", "1980s", "the '80s", "the nineties".
    pub(super) fn decade(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let (first, to, known) = match self.kind(the) {
            Kind::Decade(year) => (year, the + 1, true),
            Kind::Mark('\'') if !self.spaced(the + 1) => match self.kind(the + 1) {
                Kind::Nineties(tens) => (1900 + i32::from(tens), the + 2, false),
                _ => return None,
            },
            Kind::Nineties(tens)
                if the > i
                    || self.is_any(i.wrapping_sub(1), &[W::Early, W::Late, W::Mid])
                    || self.mark(i.wrapping_sub(1), '-')
                        && self.is_any(i.wrapping_sub(2), &[W::Early, W::Late, W::Mid]) =>
            {
                // "in her early thirties", "in the 90s" of degrees.
                if (1..=2).any(|d| {
                    self.says_any(
                        i.wrapping_sub(d),
                        &["his", "her", "their", "my", "our", "your", "its"],
                    )
                }) {
                    return None;
                }
                if self.says_any(the + 1, &["degrees", "percent", "per"]) {
                    return None;
                }
                (1900 + i32::from(tens), the + 1, false)
            }
            _ => return None,
        };
        // Decades of "the 1900s" are centuries, in most mouths.
        Some(found(i, to, Meaning::Decade(first, known)))
    }

    /// "the 19th century", "the early twentieth century", "21st-century".
    pub(super) fn century(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let (n, at) = match self.kind(the) {
            Kind::Ordinal(n @ 1..=30, _) => (n, the + 1),
            Kind::Cardinal(20) => {
                let at = the + 1 + usize::from(self.joined(the + 1));
                match self.kind(at) {
                    Kind::Ordinal(n @ 1..=9, false) => (20 + n, at + 1),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let at = at + usize::from(self.joined(at));
        if self.kind(at) != Kind::Unit(Unit::Century) {
            return None;
        }
        let bc = self.is(at + 1, W::Bc);
        let century = if bc { -(n as i32) } else { n as i32 - 1 };
        Some(found(
            i,
            at + 1 + usize::from(bc),
            Meaning::Century(century),
        ))
    }

    /// "the 20th" alone: a day of the month that was told.
    pub(super) fn lone_ordinal(&self, i: usize) -> Option<Found> {
        if !self.is(i, W::The) {
            return None;
        }
        let Kind::Ordinal(day @ 1..=31, true) = self.kind(i + 1) else {
            return None;
        };
        let cue = self.is_any(
            i.wrapping_sub(1),
            &[
                W::On,
                W::By,
                W::Until,
                W::From,
                W::To,
                W::Since,
                W::Before,
                W::After,
            ],
        );
        let ends = matches!(
            self.kind(i + 2),
            Kind::Mark('.' | ',' | ';' | ')' | '-' | '—' | '!' | '?' | '"' | '”')
                | Kind::Word(W::To | W::And | W::Until | W::At | W::In)
        ) || i + 2 >= self.lexemes.len();
        (cue && ends).then(|| {
            let partial = Partial {
                day: Some(day as u8),
                ..Partial::NONE
            };
            found(i, i + 2, Meaning::Partial(partial))
        })
    }
}
