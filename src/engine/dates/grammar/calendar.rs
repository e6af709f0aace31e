//! Calendar dates: days, months, years, seasons, decades, in every order that people write.

use super::Parser;
use crate::dates::holidays::HOLIDAYS;
use crate::dates::meaning::{Found, Meaning, Partial, Sub, YearRef};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Unit, year_of_two_digits};

/// What makes a "May Day" a cry for help.
const CALLS: [&str; 7] = ["call", "calls", "signal", "signals", "message", "alert", "distress"];

/// A reading without modifiers.
pub(super) fn found(from: usize, to: usize, meaning: Meaning) -> Found {
    Found { from, to, meaning, time: None, modifier: None, rule: "" }
}

impl Parser<'_> {
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
        let unlike =
            !matches!(text, "may" | "march" | "mar" | "dec" | "sep" | "jan" | "jun" | "august");
        let number = |k: Kind| matches!(k, Kind::Number(_, 1 | 2 | 4) | Kind::Ordinal(..));
        // "3 may 2021", but "by 2100 may", "the first march", "of 10 only 3 may come"
        let before = match text {
            "may" | "march" => {
                matches!(self.before(i), Kind::Number(_, 1 | 2) | Kind::Ordinal(_, true))
                    && self.closes(i + 1)
            }
            _ => number(self.before(i)),
        };
        ((unlike && text.len() > 3) || number(self.kind(i + 1)) || before).then_some(month)
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
                let partial = Partial { weekday: Some(weekday), ..partial };
                return Some((partial, to));
            }
            // "Friday the 13th"
            if the > at
                && !comma
                && let Kind::Ordinal(day @ 1..=31, digits) = self.kind(the)
                && (digits || self.closes(the + 1))
            {
                let partial =
                    Partial { weekday: Some(weekday), day: Some(day as u8), ..Partial::NONE };
                return Some((partial, the + 1));
            }
            let partial = Partial { weekday: Some(weekday), ..Partial::NONE };
            return Some((partial, i + 1));
        }
        // "May Day", before the month of May
        let may_day = self.kind(i) == Kind::Month(5) && self.kind(i + 1) == Kind::Unit(Unit::Day);
        if may_day && self.capital(i + 1) {
            return self.holiday(i).filter(|(_, to)| !self.says_any(*to, &CALLS));
        }
        self.month_and_day(i).or_else(|| self.holiday(i)).or_else(|| self.season(i))
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
            // "March, 6th 2016"
            let comma = self.mark(at, ',')
                && matches!(self.kind(at + 1), Kind::Ordinal(_, true))
                && self.any_year(at + 2).is_some();
            let at = at + usize::from(comma);
            let the = self.skip(at, &[W::The]);
            if let Some((day, to)) = self.day_of_month(the)
                && (the == at || matches!(self.kind(the), Kind::Ordinal(..)))
                && !self.is(to, W::Bc)
                && self.day_may_end(to)
            {
                if let Some((year, to)) = self.any_year(to) {
                    return Some((dated(month, Some(day), year), to));
                }
                if let Some((year, to)) = self.short_year(self.skip_mark(to, ',')) {
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
        let at = if dash { to + 1 } else { self.skip(to, &[W::Of]) };
        let month = match self.kind(at) {
            Kind::Month(_) => self.month(at).or_else(|| self.month_of(at))?,
            _ => return None,
        };
        // "the first march", "of ten, 3 may come"
        let word = matches!(self.kind(to - 1), Kind::Ordinal(_, false))
            || self.any_year(at + 1).is_none() && !self.closes(at + 1);
        if word && at == to && matches!(self.text(at), "march" | "may") {
            return None;
        }
        let end = at + 1;
        let at = self.skip_mark(end, '.');
        let at = if dash && self.joined(at) { at + 1 } else { at };
        if let Some((year, to)) = self.any_year(at) {
            return Some((dated(month, Some(day), year), to));
        }
        if let (true, Kind::Number(y, 2 | 4)) = (dash && self.mark(at - 1, '-'), self.kind(at)) {
            let year = if y < 100 { year_of_two_digits(y as i32) } else { y as i32 };
            return Some((dated(month, Some(day), YearRef::Known(year)), at + 1));
        }
        if let Some((year, to)) = self.short_year(at).filter(|_| !dash) {
            return Some((dated(month, Some(day), year), to));
        }
        // "3rd Feb 12"
        if let (Kind::Ordinal(_, true), Kind::Number(y, 2)) = (self.kind(to - 1), self.kind(at))
            && self.closes(at + 1)
        {
            return Some((
                dated(month, Some(day), YearRef::Known(year_of_two_digits(y as i32))),
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
        let ends = to >= self.lexemes.len() || matches!(self.kind(to), Kind::Mark('.' | ','));
        ((partial.day.is_some() || ends) && partial.year == YearRef::Open).then(|| {
            let partial = Partial { year: YearRef::Known(year as i32), ..partial };
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
        let (holiday, to) = HOLIDAYS.iter().find_map(|h| Some((h, self.phrase(i, h.name)?)))?;
        let partial = |year| Partial { year, sub: Some(Sub::Holiday(holiday)), ..Partial::NONE };
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
        let partial = |year| Partial { year, sub: Some(Sub::Season(season)), ..Partial::NONE };
        if let Some((year, to)) = self.any_year(at + 1) {
            return Some((partial(year), to));
        }
        Some((partial(YearRef::Open), at + 1))
    }

    /// "the 20th" alone: a day of the month that was told.
    pub(super) fn lone_ordinal(&self, i: usize) -> Option<Found> {
        if !self.is(i, W::The) {
            return None;
        }
        let Kind::Ordinal(day @ 1..=31, true) = self.kind(i + 1) else {
            return None;
        };
        let partial = Partial { day: Some(day as u8), ..Partial::NONE };
        // "the 5th of next month"
        if let Some(found) = self.of_month(i, i + 2, partial) {
            return Some(found);
        }
        let cue = self.is_any(
            i.wrapping_sub(1),
            &[W::On, W::By, W::Until, W::From, W::To, W::Since, W::Before, W::After],
        );
        let ends = matches!(
            self.kind(i + 2),
            Kind::Mark('.' | ',' | ';' | ')' | '-' | '—' | '!' | '?' | '"' | '”')
                | Kind::Word(W::To | W::And | W::Until | W::At | W::In)
        ) || i + 2 >= self.lexemes.len();
        (cue && ends).then(|| found(i, i + 2, Meaning::Partial(partial)))
    }
}
