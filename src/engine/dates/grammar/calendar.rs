//! Calendar dates: days, months, years, seasons, decades, in every order that people write.

use super::parser::Parser;
use crate::dates::holidays::holidays;
use crate::dates::meaning::{Meaning, ParsedDate, PartialDate, YearPart, YearRef};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Unit, year_of_two_digits};
use crate::vocabulary::dates::MAYDAY_CALLS;

impl Parser<'_> {
    /// A month's name, with what shows that it is one: `may` and `march` are verbs, `mar` is none.
    pub(super) fn read_month(&self, i: usize) -> Option<u8> {
        let LexemeKind::Month(month) = self.kind(i) else {
            return None;
        };
        if self.is_capitalized(i) {
            return Some(month);
        }
        // Lower case: full names that are no other word, or beside a day or year.
        let text = self.text(i);
        let unlike = !matches!(text, "march" | "august");
        let number =
            |k: LexemeKind| matches!(k, LexemeKind::Number(_, 1 | 2 | 4) | LexemeKind::Ordinal(..));
        // "3 may 2021", but "by 2100 may", "the first march", "of 10 only 3 may come"
        let before = match text {
            "may" | "march" => {
                matches!(
                    self.kind_before(i),
                    LexemeKind::Number(_, 1 | 2) | LexemeKind::Ordinal(_, true)
                ) && self.closes(i + 1)
            }
            _ => number(self.kind_before(i)),
        };
        ((unlike && text.len() > 3) || number(self.kind(i + 1)) || before).then_some(month)
    }

    /// A weekday's name; "sat", "sun", "wed" and "mon" only where they can be nothing else.
    pub(super) fn read_weekday(&self, i: usize) -> Option<u8> {
        let LexemeKind::Weekday(day) = self.kind(i) else {
            return None;
        };
        let text = self.text(i);
        if text.len() > 4 && text.ends_with("day")
            || text.len() > 4 && self.is_capitalized(i)
            || self.text_is(i, "sunday")
        {
            return Some(day);
        }
        let dotted = text.ends_with('.');
        let near = |k: LexemeKind| {
            matches!(k, LexemeKind::Month(_) | LexemeKind::Clock(..) | LexemeKind::Part(_))
        };
        let word = matches!(
            self.kind_before(i),
            LexemeKind::Word(W::On | W::This | W::Last | W::Next | W::Every | W::Until | W::Each)
        );
        let comma = usize::from(self.is_mark(i + 1, ',') || self.is_mark(i + 1, '.'));
        let after = self.kind(i + 1 + comma);
        let dated = near(after)
            || matches!(after, LexemeKind::Number(_, 1 | 2) | LexemeKind::Ordinal(_, true))
                && (comma > 0 || matches!(self.kind(i + 2 + comma), LexemeKind::Month(_)));
        let sure = !matches!(text.trim_end_matches('.'), "Sat" | "Sun" | "Mon");
        if self.is_capitalized(i) && !self.is_uppercase(i) {
            return (sure
                || dotted
                || dated
                || word
                || self.is_mark(i + 1, '-')
                || self.lexemes.len() == 1)
                .then_some(day);
        }
        (dated || word && !self.opens_sentence(i)).then_some(day)
    }

    /// A day of the month in digits or as an ordinal: its number and the lexeme after it.
    pub(super) fn read_day_of_month(&self, i: usize) -> Option<(u8, usize)> {
        match self.kind(i) {
            LexemeKind::Number(n, 1..=2) if (1..=31).contains(&n) => Some((n as u8, i + 1)),
            LexemeKind::Ordinal(n, _) if (1..=31).contains(&n) => Some((n as u8, i + 1)),
            // "twenty-third"
            LexemeKind::Cardinal(tens @ (20 | 30)) => {
                let at = i + 1 + usize::from(self.is_joining_hyphen(i + 1));
                match self.kind(at) {
                    LexemeKind::Ordinal(n @ 1..=9, false) if tens + n <= 31 => {
                        Some(((tens + n) as u8, at + 1))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Any calendar date: weekday, day, month, year, season, holiday.
    pub(super) fn read_date(&self, i: usize) -> Option<ParsedDate> {
        let (found, to) = self.read_partial(i)?;
        Some(ParsedDate::new(i, to, Meaning::Partial(found)))
    }

    pub(super) fn read_partial(&self, i: usize) -> Option<(PartialDate, usize)> {
        // "Thursday, the 22nd of July"
        if let Some(weekday) = self.read_weekday(i) {
            let mut at = i + 1;
            at = self.skip_mark(at, '.');
            let comma = self.is_mark(at, ',');
            at = self.skip_mark(at, ',');
            let the = self.skip_word(at, &[W::The]);
            if let Some((partial, to)) = self.read_month_and_day(the)
                && partial.day.is_some()
            {
                let partial = PartialDate { weekday: Some(weekday), ..partial };
                return Some((partial, to));
            }
            // "Friday the 13th"
            if the > at
                && !comma
                && let LexemeKind::Ordinal(day @ 1..=31, digits) = self.kind(the)
                && (digits || self.closes(the + 1))
            {
                let partial = PartialDate {
                    weekday: Some(weekday),
                    day: Some(day as u8),
                    ..PartialDate::NONE
                };
                return Some((partial, the + 1));
            }
            let partial = PartialDate { weekday: Some(weekday), ..PartialDate::NONE };
            return Some((partial, i + 1));
        }
        // "May Day", before the month of May
        let may_day =
            self.kind(i) == LexemeKind::Month(5) && self.kind(i + 1) == LexemeKind::Unit(Unit::Day);
        if may_day && self.is_capitalized(i + 1) {
            return self.read_holiday(i).filter(|(_, to)| !self.text_is_in(*to, &MAYDAY_CALLS));
        }
        self.read_month_and_day(i).or_else(|| self.read_holiday(i)).or_else(|| self.read_season(i))
    }

    /// "July 23, 2021", "23 July", "the 3rd of May", "May 2021", "May".
    pub(super) fn read_month_and_day(&self, i: usize) -> Option<(PartialDate, usize)> {
        let dated = |month: u8, day: Option<u8>, year: YearRef| PartialDate {
            year,
            month: Some(month),
            day,
            ..PartialDate::NONE
        };
        if let Some(month) = self.read_month(i) {
            let at = self.skip_mark(i + 1, '.');
            // "August-10, 2012"
            let dash = self.is_joining_hyphen(at)
                && matches!(self.kind(at + 1), LexemeKind::Number(_, 1..=2));
            let at = at + usize::from(dash);
            // "March, 6th 2016"
            let comma = self.is_mark(at, ',')
                && matches!(self.kind(at + 1), LexemeKind::Ordinal(_, true))
                && self.read_any_year(at + 2).is_some();
            let at = at + usize::from(comma);
            let the = self.skip_word(at, &[W::The]);
            if let Some((day, to)) = self.read_day_of_month(the)
                && (the == at || matches!(self.kind(the), LexemeKind::Ordinal(..)))
                && !self.is_word(to, W::Bc)
                && self.day_may_end(to)
            {
                if let Some((year, to)) = self.read_any_year(to) {
                    return Some((dated(month, Some(day), year), to));
                }
                if let Some((year, to)) = self.read_short_year(self.skip_mark(to, ',')) {
                    return Some((dated(month, Some(day), year), to));
                }
                if let (true, LexemeKind::Number(y, 4)) =
                    (dash && self.is_joining_hyphen(to), self.kind(to + 1))
                {
                    return Some((dated(month, Some(day), YearRef::Known(y as i32)), to + 2));
                }
                return Some((dated(month, Some(day), YearRef::Open), to));
            }
            // "August 32", "February 151998": nothing at all.
            if matches!(self.kind(at), LexemeKind::Number(n, 1..=2) if !(1..=31).contains(&n))
                && !self.is_word(at + 1, W::Bc)
            {
                return None;
            }
            if let Some((year, to)) = self.read_any_year(at) {
                return Some((dated(month, None, year), to));
            }
            return Some((dated(month, None, YearRef::Open), i + 1));
        }
        let the = self.skip_word(i, &[W::The]);
        if self.is_glued(the) && !self.ends_range(the) {
            return None;
        }
        let (day, to) = self.read_day_of_month(the)?;
        let dash = self.is_joining_hyphen(to)
            || self.is_mark(to, '/') && !self.is_spaced(to) && !self.is_spaced(to + 1);
        let at = if dash { to + 1 } else { self.skip_word(to, &[W::Of]) };
        let month = match self.kind(at) {
            LexemeKind::Month(_) => self.read_month(at).or_else(|| self.read_month_of(at))?,
            _ => return None,
        };
        // "the first march", "of ten, 3 may come"
        let word = matches!(self.kind(to - 1), LexemeKind::Ordinal(_, false))
            || self.read_any_year(at + 1).is_none() && !self.closes(at + 1);
        if word && at == to && matches!(self.text(at), "march" | "may") {
            return None;
        }
        let end = at + 1;
        let at = self.skip_mark(end, '.');
        let at = if dash && self.is_joining_hyphen(at) { at + 1 } else { at };
        if let Some((year, to)) = self.read_any_year(at) {
            return Some((dated(month, Some(day), year), to));
        }
        if let (true, LexemeKind::Number(y, 2 | 4)) =
            (dash && self.is_mark(at - 1, '-'), self.kind(at))
        {
            let year = if y < 100 { year_of_two_digits(y as i32) } else { y as i32 };
            return Some((dated(month, Some(day), YearRef::Known(year)), at + 1));
        }
        if let Some((year, to)) = self.read_short_year(at).filter(|_| !dash) {
            return Some((dated(month, Some(day), year), to));
        }
        // "3rd Feb 12"
        if let (LexemeKind::Ordinal(_, true), LexemeKind::Number(y, 2)) =
            (self.kind(to - 1), self.kind(at))
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
    pub(super) fn read_year_first(&self, i: usize) -> Option<ParsedDate> {
        let LexemeKind::Number(year, 4) = self.kind(i) else {
            return None;
        };
        if self.is_glued(i)
            || !(1000..2200).contains(&year)
            || !matches!(self.kind(i + 1), LexemeKind::Month(_))
        {
            return None;
        }
        let (partial, to) = self.read_month_and_day(i + 1)?;
        let ends = to >= self.lexemes.len() || matches!(self.kind(to), LexemeKind::Mark('.' | ','));
        ((partial.day.is_some() || ends) && partial.year == YearRef::Open).then(|| {
            let partial = PartialDate { year: YearRef::Known(year as i32), ..partial };
            ParsedDate::new(i, to, Meaning::Partial(partial))
        })
    }

    /// "25" of "22-25 April", "2" of "17 August-2 September".
    fn ends_range(&self, i: usize) -> bool {
        i >= 2
            && self.is_joining_hyphen(i - 1)
            && matches!(
                self.kind(i - 2),
                LexemeKind::Number(_, 1 | 2) | LexemeKind::Ordinal(..) | LexemeKind::Month(_)
            )
            && !(i >= 3 && (self.is_glued(i - 2) || self.is_mark(i - 3, '-')))
    }

    fn read_month_of(&self, i: usize) -> Option<u8> {
        match self.kind(i) {
            LexemeKind::Month(m) => Some(m),
            _ => None,
        }
    }

    /// What stands after a day's number does not make it another number ("May 3.5 million").
    fn day_may_end(&self, to: usize) -> bool {
        !matches!(self.kind(to), LexemeKind::Mark('%'))
            && !self.text_is_any_of(to, &["million", "billion", "percent"])
            && (!self.is_mark(to, '/') || self.is_spaced(to))
    }

    /// "Thanksgiving", "Christmas Eve 2020", "last year's Easter" (the year after only).
    pub(super) fn read_holiday(&self, i: usize) -> Option<(PartialDate, usize)> {
        if !matches!(self.kind(i), LexemeKind::Holiday | LexemeKind::Month(5))
            || !self.is_capitalized(i)
        {
            return None;
        }
        let (holiday, to) =
            holidays().iter().find_map(|h| Some((h, self.read_phrase(i, h.name)?)))?;
        let partial =
            |year| PartialDate { year, sub: Some(YearPart::Holiday(holiday)), ..PartialDate::NONE };
        match self.read_any_year(to) {
            Some((year, to)) => Some((partial(year), to)),
            None => Some((partial(YearRef::Open), to)),
        }
    }

    /// Matches `name`'s words from `i`, possessives and full stops aside.
    fn read_phrase(&self, i: usize, name: &str) -> Option<usize> {
        let mut at = i;
        for word in name.split(' ') {
            if at > i && (self.is_word(at, W::Poss) || self.is_mark(at, '\'')) {
                at += 1;
            }
            // "Eid al-Fitr"
            if at > i && self.is_joining_hyphen(at) {
                at += 1;
            }
            let text = self.text(at);
            let text = text.strip_suffix('.').unwrap_or(text);
            let long = name.len() > 18 && !self.is_capitalized(at);
            if !text.eq_ignore_ascii_case(word) || long {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// "summer 1918", "the spring of 2020"; a season alone only with "the".
    pub(super) fn read_season(&self, i: usize) -> Option<(PartialDate, usize)> {
        let at = self.skip_word(i, &[W::The]);
        let LexemeKind::Season(season) = self.kind(at) else {
            return None;
        };
        let partial =
            |year| PartialDate { year, sub: Some(YearPart::Season(season)), ..PartialDate::NONE };
        if let Some((year, to)) = self.read_any_year(at + 1) {
            return Some((partial(year), to));
        }
        Some((partial(YearRef::Open), at + 1))
    }

    /// "the 20th" alone: a day of the antecedent's month.
    pub(super) fn read_lone_ordinal(&self, i: usize) -> Option<ParsedDate> {
        if !self.is_word(i, W::The) {
            return None;
        }
        let LexemeKind::Ordinal(day @ 1..=31, true) = self.kind(i + 1) else {
            return None;
        };
        let partial = PartialDate { day: Some(day as u8), ..PartialDate::NONE };
        // "the 5th of next month"
        if let Some(found) = self.read_of_month(i, i + 2, partial) {
            return Some(found);
        }
        let cue = self.is_any_word(
            i.wrapping_sub(1),
            &[W::On, W::By, W::Until, W::From, W::To, W::Since, W::Before, W::After],
        );
        let ends = matches!(
            self.kind(i + 2),
            LexemeKind::Mark('.' | ',' | ';' | ')' | '-' | '—' | '!' | '?' | '"' | '”')
                | LexemeKind::Word(W::To | W::And | W::Until | W::At | W::In)
        ) || i + 2 >= self.lexemes.len();
        (cue && ends).then(|| ParsedDate::new(i, i + 2, Meaning::Partial(partial)))
    }
}
