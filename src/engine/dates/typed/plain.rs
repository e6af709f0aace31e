//! Plain words: "3 May 2021", "Wednesday night", "every two weeks".

use super::code::exact_day;
use super::error::ValueError;
use crate::calendar::pieces::{Cursor, PieceKind};
use crate::calendar::written::{read_zoned_clock, skip_ordinal_suffix};
use crate::calendar::{Day, Stamp, monday_of_week, month_number, weekday_number};
use crate::dates::expression::DateValue;
use crate::dates::holidays::{Holiday, HolidayRule, holidays};
use crate::dates::vocabulary::{LexemeKind, Word, class_of};
use crate::timex::{
    ClockTime, DayPart, Modifier, Period, Season, TimexType, TimexValue, UtcOffset,
    year_of_two_digits,
};

/// Reads plain words.
pub(super) struct Reader<'p, 'a> {
    pub(super) cursor: Cursor<'p, 'a>,
    pub(super) published: Option<Stamp>,
    /// The year that stands at the end: in "May to July 2021" it is that of both.
    pub(super) last_year: Option<i32>,
    pub(super) error: Option<ValueError>,
}

/// Words before a date, with what they make of it.
const MODIFIERS: [(&[&str], Modifier); 25] = [
    (&["early", "in"], Modifier::Start),
    (&["early"], Modifier::Start),
    (&["the", "beginning", "of"], Modifier::Start),
    (&["the", "start", "of"], Modifier::Start),
    (&["beginning", "of"], Modifier::Start),
    (&["start", "of"], Modifier::Start),
    (&["late", "in"], Modifier::End),
    (&["late"], Modifier::End),
    (&["the", "end", "of"], Modifier::End),
    (&["end", "of"], Modifier::End),
    (&["the", "middle", "of"], Modifier::Mid),
    (&["mid", "-"], Modifier::Mid),
    (&["mid"], Modifier::Mid),
    (&["about"], Modifier::Approx),
    (&["around"], Modifier::Approx),
    (&["circa"], Modifier::Approx),
    (&["more", "than"], Modifier::MoreThan),
    (&["less", "than"], Modifier::LessThan),
    (&["at", "least"], Modifier::EqualOrMore),
    (&["at", "most"], Modifier::EqualOrLess),
    (&["before"], Modifier::Before),
    (&["after"], Modifier::After),
    (&["since"], Modifier::OnOrAfter),
    (&["from"], Modifier::OnOrAfter),
    (&["until"], Modifier::OnOrBefore),
];

/// Between the two ends of a range.
const TO: [&str; 5] = ["to", "–", "-", "until", "through"];

impl Reader<'_, '_> {
    fn fail<T>(&mut self, error: ValueError) -> Option<T> {
        self.error.get_or_insert(error);
        None
    }

    pub(super) fn skip_word(&mut self, text: &str) -> bool {
        self.cursor.skip_any(&[text], false)
    }

    pub(super) fn skip_phrase(&mut self, words: &[&str]) -> bool {
        self.cursor
            .attempt(|c| words.iter().all(|w| c.skip_any(&[w], false)).then_some(()))
            .is_some()
    }

    pub(super) fn read_value(&mut self) -> Option<DateValue> {
        if let Some(set) = self.read_set() {
            return Some(set);
        }
        let modifier = MODIFIERS
            .iter()
            .find(|(words, _)| self.skip_phrase(words))
            .map(|(_, modifier)| modifier.clone());
        if let Some(period) = self.read_counted_from_today() {
            return Some(DateValue { modifier, ..DateValue::new(period.timex_type(), period) });
        }
        if self.error.is_some() {
            return None;
        }
        if let Some(length) = self.read_length(false) {
            return Some(DateValue { modifier, ..DateValue::new(TimexType::Duration, length) });
        }
        let to: &[&str] = if self.skip_word("between") { &["and"] } else { &TO };
        let (period, end) = match self.read_days_of_one_month(to) {
            Some((first, last)) => (Period::Day(first), Some(Period::Day(last))),
            None => {
                let period = self.read_period()?;
                (period, self.read_range_end(period, to))
            }
        };
        if self.error.is_some() {
            return None;
        }
        if let Some(end) = end {
            if let (Some((a, _)), Some((_, b))) = (period.days(), end.days())
                && a > b
            {
                return self.fail(ValueError::Reversed);
            }
            return Some(DateValue::new(TimexType::Date, TimexValue::Range(period, end)));
        }
        let tail = if self.skip_phrase(&["or", "later"]) {
            Some(Modifier::OnOrAfter)
        } else if self.skip_phrase(&["or", "earlier"]) {
            Some(Modifier::OnOrBefore)
        } else {
            None
        };
        Some(DateValue {
            modifier: modifier.or(tail),
            ..DateValue::new(period.timex_type(), period)
        })
    }

    /// "3-5 May 2021": the month stands behind the second day alone.
    fn read_days_of_one_month(&mut self, to: &[&str]) -> Option<(Day, Day)> {
        let start = self.cursor;
        let first = self.cursor.attempt(|c| {
            let n = c.take(|p| p.number().filter(|_| p.text.len() <= 2))?;
            skip_ordinal_suffix(c);
            c.skip_any(to, false).then_some(n)
        });
        if let Some(first) = first
            && let Some(last) = self.read_full_day()
        {
            let first = self.exact_day_or_fail(last.year(), last.month(), first)?;
            return Some((first, last));
        }
        self.cursor = start;
        None
    }

    /// The second end of a range that begins with `first`: "to July", "-5" behind "May 3".
    fn read_range_end(&mut self, first: Period, to: &[&str]) -> Option<Period> {
        let start = self.cursor;
        if !self.cursor.skip_any(to, false) {
            return None;
        }
        if let Some(end) = self.read_period() {
            return Some(end);
        }
        if let Period::Day(day) = first
            && let Some(n) = self.cursor.take(|p| p.number().filter(|_| p.text.len() <= 2))
        {
            skip_ordinal_suffix(&mut self.cursor);
            self.read_year();
            let last = self.exact_day_or_fail(day.year(), day.month(), n)?;
            return Some(Period::Day(last));
        }
        self.cursor = start;
        None
    }

    pub(super) fn read_day_part(&mut self) -> Option<DayPart> {
        self.cursor.take(|p| match class_of(p.text) {
            LexemeKind::Part(part) => Some(part),
            LexemeKind::Word(Word::Noon) => Some(DayPart::Midday),
            _ => None,
        })
    }

    pub(super) fn read_season(&mut self) -> Option<Season> {
        self.cursor.take(|p| match class_of(p.text) {
            LexemeKind::Season(season) => Some(season),
            _ => None,
        })
    }

    fn read_year(&mut self) -> Option<i32> {
        self.cursor.attempt(|c| {
            c.skip_any(&[",", "of", "in"], false);
            let (n, len) = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            let bc = c.skip_any(&["BC", "BCE"], false);
            if bc {
                return i32::try_from(n).ok().filter(|n| *n < 9999).map(|n| 1 - n);
            }
            (len == 4 && (1..3000).contains(&n)).then_some(n as i32)
        })
    }

    /// The year that follows, else that of publication.
    fn read_year_or_published(&mut self) -> Option<i32> {
        let year = self.read_year().or(self.last_year);
        match year.or(self.published.map(|s| s.day.year())) {
            None => self.fail(ValueError::NeedsYear),
            year => year,
        }
    }

    pub(super) fn publication_day(&mut self) -> Option<Day> {
        match self.published {
            Some(stamp) => Some(stamp.day),
            None => self.fail(ValueError::NeedsPublished),
        }
    }

    /// Any calendar period in words.
    fn read_period(&mut self) -> Option<Period> {
        let start = self.cursor;
        // "the night of Wednesday 21 July 2021"
        self.skip_word("the");
        if let Some(part) = self.read_day_part()
            && self.skip_word("of")
        {
            let day = self.read_day()?;
            return Some(Period::Part(day, part));
        }
        self.cursor = start;
        if let Some(period) = self.read_part_of_today() {
            return Some(period);
        }
        if let Some(period) = self.read_longer_period() {
            return Some(period);
        }
        if self.error.is_some() {
            return None;
        }
        self.cursor = start;
        // "5 p.m. tomorrow", "17:00"
        if let Some(clock) = self.read_clock() {
            self.cursor.skip_any(&[",", "on"], false);
            let day = match self.cursor.peek() {
                Some(_) => self.read_day()?,
                None => self.publication_day()?,
            };
            return Some(Period::Clock(day, clock));
        }
        let day = self.read_day()?;
        if let Some(part) = self.read_day_part() {
            return Some(Period::Part(day, part));
        }
        let before = self.cursor;
        self.cursor.skip_any(&[",", "at", "T"], false);
        let at = self.cursor;
        if let Some(clock) = self.read_clock() {
            return Some(Period::Clock(day, clock));
        }
        self.cursor = at;
        // "25:00" is meant as a time and is none.
        if let Some(h) = self.cursor.take(|p| p.number())
            && self.cursor.skip_any(&[":"], true)
            && let Some(m) = self.cursor.take(|p| p.number())
        {
            return self.fail(ValueError::NoSuchTime(h, m));
        }
        self.cursor = before;
        Some(Period::Day(day))
    }

    /// "5 p.m.", "19:30".
    fn read_clock(&mut self) -> Option<ClockTime> {
        let ((h, m, s), zone) = read_zoned_clock(&mut self.cursor)?;
        let second = (s > 0).then_some(u32::from(s));
        let clock = ClockTime::new(u32::from(h), Some(u32::from(m)), second)?;
        Some(clock.in_zone(zone.and_then(UtcOffset::from_minutes)))
    }

    /// "tonight", "last night", "this morning".
    fn read_part_of_today(&mut self) -> Option<Period> {
        let (part, back) = if self.skip_word("tonight") {
            (DayPart::Night, 0)
        } else if self.skip_phrase(&["last", "night"]) {
            (DayPart::Night, -1)
        } else {
            let start = self.cursor;
            let Some(part) = self.skip_word("this").then(|| self.read_day_part()).flatten() else {
                self.cursor = start;
                return None;
            };
            (part, 0)
        };
        let day = self.publication_day()?.plus_days(back)?;
        Some(Period::Part(day, part))
    }

    /// Periods longer than a day.
    fn read_longer_period(&mut self) -> Option<Period> {
        let start = self.cursor;
        self.skip_word("the");
        // "1990s", "20th century", "Q3 2021", "third quarter of 2021", "first half of 2021"
        let decade = self.cursor.attempt(|c| {
            let n = c.take(|p| p.number().filter(|n| n % 10 == 0 && p.text.len() == 4))?;
            c.skip_any(&["s"], true).then_some(n)
        });
        if let Some(n) = decade {
            return Some(Period::Decade(n as i32 / 10));
        }
        let century = self.cursor.attempt(|c| {
            let n = c.take(|p| p.number().filter(|n| (1..=30).contains(n)))?;
            skip_ordinal_suffix(c);
            c.skip_any(&["century"], false).then_some(n)
        });
        if let Some(n) = century {
            return Some(Period::Century(n as i32 - 1));
        }
        // "FY2021", "fiscal year 2021", "FY21"
        let fiscal = self.cursor.attempt(|c| {
            if !c.skip_any(&["FY"], false) {
                c.skip_any(&["fiscal"], false).then_some(())?;
                c.skip_any(&["year"], false);
            }
            c.take(|p| p.number().map(|n| (n, p.text.len())))
        });
        match fiscal {
            Some((n, 4)) => return Some(Period::Year(n as i32)),
            Some((n, 2)) => return Some(Period::Year(year_of_two_digits(n as i32))),
            _ => {}
        }
        let quarter = self.cursor.attempt(|c| {
            c.skip_any(&["Q"], false).then_some(())?;
            c.take(|p| p.number().filter(|n| (1..=4).contains(n) && !p.spaced))
        });
        if let Some(q) = quarter {
            return self.read_year_or_published().map(|y| Period::Quarter(y, q));
        }
        let nth = self.cursor.take(|p| match class_of(p.text) {
            LexemeKind::Ordinal(n @ 1..=4, false) => Some(n),
            _ => None,
        });
        if let Some(n) = nth {
            if self.skip_word("quarter") {
                return self.read_year_or_published().map(|y| Period::Quarter(y, n));
            }
            if n <= 2 && self.skip_word("half") {
                return self.read_year_or_published().map(|y| Period::Half(y, n));
            }
        }
        self.cursor = start;
        self.skip_word("the");
        if let Some(season) = self.read_season() {
            return self.read_year_or_published().map(|y| Period::Season(y, season));
        }
        let weekend = self.skip_phrase(&["weekend", "of"]);
        if weekend || self.skip_phrase(&["week", "of"]) {
            let (y, w) = self.read_day()?.iso_week();
            return Some(if weekend { Period::Weekend(y, w) } else { Period::Week(y, w) });
        }
        if self.skip_word("week") {
            let w = self.cursor.take(|p| p.number())?;
            let y = self.read_year()?;
            return monday_of_week(y, w).map(|_| Period::Week(y, w));
        }
        self.cursor = start;
        // "May 2021", "May"; "May 3" is a day's.
        if let Some(m) = self.cursor.take(|p| month_number(p.text)) {
            self.cursor.skip_any(&["."], true);
            if let Some(y) = self.read_year() {
                return Some(Period::Month(y, m));
            }
            if self.cursor.peek().is_none_or(|p| p.is("and") || TO.iter().any(|to| p.is(to))) {
                return self.read_year_or_published().map(|y| Period::Month(y, m));
            }
        }
        self.cursor = start;
        let year = self.read_year()?;
        // "2021-5-3" is a day's, "2009-2010" is none.
        let mut on = self.cursor;
        if on.skip_any(&["-", "/", "."], false)
            && on.take(|p| (p.text.len() < 4).then_some(())).is_some()
        {
            self.cursor = start;
            return None;
        }
        let quarter = self.cursor.attempt(|c| {
            c.skip_any(&["Q"], false).then_some(())?;
            c.take(|p| p.number().filter(|n| (1..=4).contains(n)))
        });
        Some(quarter.map_or(Period::Year(year), |q| Period::Quarter(year, q)))
    }

    /// "today", "Thursday", "3 May 2021", "May 3", "Mon 3 May 2021", "23.07.2021".
    fn read_day(&mut self) -> Option<Day> {
        for (word, n) in [("today", 0), ("yesterday", -1), ("tomorrow", 1)] {
            if self.skip_word(word) {
                return self.publication_day()?.plus_days(n);
            }
        }
        let last = self.skip_word("last");
        let next = !last && self.skip_word("next");
        if let Some(holiday) = self.read_holiday() {
            return self.day_of_holiday(holiday, last, next);
        }
        let weekday = self.cursor.take(|p| weekday_number(p.text));
        if weekday.is_some() {
            self.cursor.skip_any(&["."], true);
            self.cursor.skip_any(&[","], false);
            self.skip_word("the");
        }
        let read = self.read_full_day();
        if self.error.is_some() {
            return None;
        }
        match (weekday, read) {
            (Some(w), Some(day)) if day.weekday() != w => {
                self.fail(ValueError::WrongWeekday(w, day))
            }
            (_, Some(day)) => Some(day),
            (Some(w), None) => {
                let today = self.publication_day()?;
                let back = i64::from((today.weekday() + 7 - w) % 7);
                today.plus_days(match (last, next) {
                    (true, _) if back == 0 => -7,
                    (_, true) => 7 - back,
                    _ => -back,
                })
            }
            (None, None) => None,
        }
    }

    /// "Christmas", "New Year's Eve", "Mothers' Day".
    fn read_holiday(&mut self) -> Option<&'static Holiday> {
        holidays().iter().find(|holiday| {
            let read = self.cursor.attempt(|c| {
                for word in holiday.name.split(' ') {
                    c.skip_any(&[word], false).then_some(())?;
                    if c.skip_any(&["'", "’"], true) {
                        c.skip_any(&["s"], true);
                    }
                }
                Some(())
            });
            read.is_some() && holiday.rule != HolidayRule::EasterWeek
        })
    }

    /// Its day in the year that follows, else in that of publication; `last`, `next`: before or after the
    /// day of publication.
    fn day_of_holiday(&mut self, holiday: &Holiday, last: bool, next: bool) -> Option<Day> {
        if !last && !next {
            let year = self.read_year_or_published()?;
            return holiday.day(year);
        }
        let today = self.publication_day()?;
        let this = holiday.day(today.year())?;
        match (last, next) {
            (true, _) if this >= today => holiday.day(today.year() - 1),
            (_, true) if this <= today => holiday.day(today.year() + 1),
            _ => Some(this),
        }
    }

    fn read_full_day(&mut self) -> Option<Day> {
        let start = self.cursor;
        self.skip_word("the");
        let numbers = self.cursor.attempt(|c| {
            let a = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            let mark = *["-", "/", "."].iter().find(|m| c.skip_any(&[m], true))?;
            let b = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            c.skip_any(&[mark], true).then_some(())?;
            let y = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            Some((a, b, y, mark))
        });
        if let Some((a, b, y, mark)) = numbers {
            if a.1 == 4 {
                return self.exact_day_or_fail(a.0 as i32, b.0, y.0);
            }
            let year = match y.1 {
                4 => y.0 as i32,
                2 => year_of_two_digits(y.0 as i32),
                _ => return None,
            };
            if mark == "." {
                return self.exact_day_or_fail(year, b.0, a.0);
            }
            let of = |m, d| Day::new(year, m, d);
            return match (of(b.0, a.0), of(a.0, b.0)) {
                (Some(one), Some(two)) if one != two => {
                    self.fail(ValueError::TwoReadings(one, two))
                }
                (Some(day), _) | (None, Some(day)) => Some(day),
                (None, None) if a.0 > 12 && b.0 > 12 => {
                    self.fail(ValueError::NoSuchMonth(a.0.min(b.0)))
                }
                (None, None) => self.exact_day_or_fail(year, a.0.min(b.0), a.0.max(b.0)),
            };
        }
        self.cursor = start;
        let month = self.cursor.take(|p| month_number(p.text));
        if month.is_some() {
            self.cursor.skip_any(&["."], true);
        }
        self.skip_word("the");
        let day = self
            .cursor
            .take(|p| p.number().filter(|_| p.kind == PieceKind::Number && p.text.len() <= 2));
        let (Some(day), month) = (day, month) else {
            self.cursor = start;
            return None;
        };
        skip_ordinal_suffix(&mut self.cursor);
        let month = match month {
            Some(m) => m,
            None => {
                self.cursor.skip_any(&["of", "-"], false);
                match self.cursor.take(|p| month_number(p.text)) {
                    Some(m) => {
                        self.cursor.skip_any(&["."], true);
                        self.cursor.skip_any(&["-"], true);
                        m
                    }
                    None => {
                        self.cursor = start;
                        return None;
                    }
                }
            }
        };
        let year = self.read_year_or_published()?;
        self.exact_day_or_fail(year, month, day)
    }

    fn exact_day_or_fail(&mut self, year: i32, month: u32, day: u32) -> Option<Day> {
        match exact_day(year, month, day) {
            Ok(day) => Some(day),
            Err(error) => self.fail(error),
        }
    }
}
