//! Plain words: "3 May 2021", "Wednesday night", "every two weeks".

use super::code::day as exact_day;
use super::{ValueError, of_period, value};
use crate::calendar::{Day, Stamp};
use crate::dates::holidays::{HOLIDAYS, Holiday, Rule};
use crate::dates::period::{Clock, Part, Period, Season, century_of, monday};
use crate::dates::scan::{Cursor, PieceKind};
use crate::dates::{Value, absolute, names};
use crate::document::TimexType;

/// Reads plain words.
pub(super) struct Reader<'p, 'a> {
    pub(super) cursor: Cursor<'p, 'a>,
    pub(super) published: Option<Stamp>,
    /// The year that stands at the end: in "May to July 2021" it is that of both.
    pub(super) last_year: Option<i32>,
    pub(super) error: Option<ValueError>,
}

/// Words before a date, with TIMEX3's mod.
const MODIFIERS: [(&[&str], &str); 25] = [
    (&["early", "in"], "START"),
    (&["early"], "START"),
    (&["the", "beginning", "of"], "START"),
    (&["the", "start", "of"], "START"),
    (&["beginning", "of"], "START"),
    (&["start", "of"], "START"),
    (&["late", "in"], "END"),
    (&["late"], "END"),
    (&["the", "end", "of"], "END"),
    (&["end", "of"], "END"),
    (&["the", "middle", "of"], "MID"),
    (&["mid", "-"], "MID"),
    (&["mid"], "MID"),
    (&["about"], "APPROX"),
    (&["around"], "APPROX"),
    (&["circa"], "APPROX"),
    (&["more", "than"], "MORE_THAN"),
    (&["less", "than"], "LESS_THAN"),
    (&["at", "least"], "EQUAL_OR_MORE"),
    (&["at", "most"], "EQUAL_OR_LESS"),
    (&["before"], "BEFORE"),
    (&["after"], "AFTER"),
    (&["since"], "ON_OR_AFTER"),
    (&["from"], "ON_OR_AFTER"),
    (&["until"], "ON_OR_BEFORE"),
];

/// Between the two ends of a range.
const TO: [&str; 5] = ["to", "–", "-", "until", "through"];

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

const PARTS: [(&str, Part); 7] = [
    ("morning", Part::Morning),
    ("midday", Part::Midday),
    ("noon", Part::Midday),
    ("afternoon", Part::Afternoon),
    ("evening", Part::Evening),
    ("night", Part::Night),
    ("daytime", Part::Daytime),
];

const SEASONS: [(&str, Season); 5] = [
    ("spring", Season::Spring),
    ("summer", Season::Summer),
    ("autumn", Season::Autumn),
    ("fall", Season::Autumn),
    ("winter", Season::Winter),
];

impl Reader<'_, '_> {
    fn fail<T>(&mut self, error: ValueError) -> Option<T> {
        self.error.get_or_insert(error);
        None
    }

    pub(super) fn word(&mut self, text: &str) -> bool {
        self.cursor.mark(&[text], false)
    }

    pub(super) fn phrase(&mut self, words: &[&str]) -> bool {
        self.cursor.attempt(|c| words.iter().all(|w| c.mark(&[w], false)).then_some(())).is_some()
    }

    pub(super) fn value(&mut self) -> Option<Value> {
        if let Some(set) = self.set() {
            return Some(set);
        }
        let modifier =
            MODIFIERS.iter().find(|(words, _)| self.phrase(words)).map(|(_, name)| *name);
        if let Some(period) = self.counted_from_today() {
            return Some(of_period(period, modifier));
        }
        if self.error.is_some() {
            return None;
        }
        if let Some(length) = self.length(false) {
            return Some(value(TimexType::Duration, length, modifier));
        }
        let to: &[&str] = if self.word("between") { &["and"] } else { &TO };
        let (period, end) = match self.days_of_a_month(to) {
            Some((first, last)) => (Period::Day(first), Some(Period::Day(last))),
            None => {
                let period = self.period()?;
                (period, self.end(period, to))
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
            return Some(value(TimexType::Date, format!("{period}/{end}"), None));
        }
        let tail = if self.phrase(&["or", "later"]) {
            Some("ON_OR_AFTER")
        } else if self.phrase(&["or", "earlier"]) {
            Some("ON_OR_BEFORE")
        } else {
            None
        };
        Some(of_period(period, modifier.or(tail)))
    }

    /// "3-5 May 2021": the month stands behind the second day alone.
    fn days_of_a_month(&mut self, to: &[&str]) -> Option<(Day, Day)> {
        let start = self.cursor;
        let first = self.cursor.attempt(|c| {
            let n = c.take(|p| p.number().filter(|_| p.text.len() <= 2))?;
            absolute::ordinal(c);
            c.mark(to, false).then_some(n)
        });
        if let Some(first) = first
            && let Some(last) = self.full_or_numeric()
        {
            let first = self.exact(last.year(), last.month(), first)?;
            return Some((first, last));
        }
        self.cursor = start;
        None
    }

    /// The second end of a range that begins with `first`: "to July", "-5" behind "May 3".
    fn end(&mut self, first: Period, to: &[&str]) -> Option<Period> {
        let start = self.cursor;
        if !self.cursor.mark(to, false) {
            return None;
        }
        if let Some(end) = self.period() {
            return Some(end);
        }
        if let Period::Day(day) = first
            && let Some(n) = self.cursor.take(|p| p.number().filter(|_| p.text.len() <= 2))
        {
            absolute::ordinal(&mut self.cursor);
            self.year();
            let last = self.exact(day.year(), day.month(), n)?;
            return Some(Period::Day(last));
        }
        self.cursor = start;
        None
    }

    pub(super) fn part(&mut self) -> Option<Part> {
        self.cursor.take(|p| PARTS.iter().find(|(name, _)| p.is(name)).map(|row| row.1))
    }

    pub(super) fn season(&mut self) -> Option<Season> {
        self.cursor.take(|p| SEASONS.iter().find(|(name, _)| p.is(name)).map(|row| row.1))
    }

    fn year(&mut self) -> Option<i32> {
        self.cursor.attempt(|c| {
            c.mark(&[",", "of", "in"], false);
            let (n, len) = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            let bc = c.mark(&["BC", "BCE"], false);
            if bc {
                return i32::try_from(n).ok().filter(|n| *n < 9999).map(|n| 1 - n);
            }
            (len == 4 && (1..3000).contains(&n)).then_some(n as i32)
        })
    }

    /// The year that follows, else that of publication.
    fn this_year(&mut self) -> Option<i32> {
        let year = self.year().or(self.last_year);
        match year.or(self.published.map(|s| s.day.year())) {
            None => self.fail(ValueError::NeedsYear),
            year => year,
        }
    }

    pub(super) fn today(&mut self) -> Option<Day> {
        match self.published {
            Some(stamp) => Some(stamp.day),
            None => self.fail(ValueError::NeedsPublished),
        }
    }

    /// Any calendar period in words.
    fn period(&mut self) -> Option<Period> {
        let start = self.cursor;
        // "the night of Wednesday 21 July 2021"
        self.word("the");
        if let Some(part) = self.part()
            && self.word("of")
        {
            let day = self.day()?;
            return Some(Period::Part(day, part));
        }
        self.cursor = start;
        if let Some(period) = self.of_today() {
            return Some(period);
        }
        if let Some(period) = self.larger() {
            return Some(period);
        }
        if self.error.is_some() {
            return None;
        }
        self.cursor = start;
        // "5 p.m. tomorrow", "17:00"
        if let Some(clock) = self.clock() {
            self.cursor.mark(&[",", "on"], false);
            let day = match self.cursor.peek() {
                Some(_) => self.day()?,
                None => self.today()?,
            };
            return Some(Period::Clock(day, clock));
        }
        let day = self.day()?;
        if let Some(part) = self.part() {
            return Some(Period::Part(day, part));
        }
        let before = self.cursor;
        self.cursor.mark(&[",", "at", "T"], false);
        let at = self.cursor;
        if let Some(clock) = self.clock() {
            return Some(Period::Clock(day, clock));
        }
        self.cursor = at;
        // "25:00" is meant as a time and is none.
        if let Some(h) = self.cursor.take(|p| p.number())
            && self.cursor.mark(&[":"], true)
            && let Some(m) = self.cursor.take(|p| p.number())
        {
            return self.fail(ValueError::NoSuchTime(h, m));
        }
        self.cursor = before;
        Some(Period::Day(day))
    }

    /// "5 p.m.", "19:30".
    fn clock(&mut self) -> Option<Clock> {
        let (h, m, s) = absolute::clock(&mut self.cursor)?;
        let second = (s > 0).then_some(u32::from(s));
        Clock::new(u32::from(h), Some(u32::from(m)), second)
    }

    /// "tonight", "last night", "this morning".
    fn of_today(&mut self) -> Option<Period> {
        let (part, back) = if self.word("tonight") {
            (Part::Night, 0)
        } else if self.phrase(&["last", "night"]) {
            (Part::Night, -1)
        } else {
            let start = self.cursor;
            let Some(part) = self.word("this").then(|| self.part()).flatten() else {
                self.cursor = start;
                return None;
            };
            (part, 0)
        };
        let day = self.today()?.plus_days(back)?;
        Some(Period::Part(day, part))
    }

    /// Periods longer than a day.
    fn larger(&mut self) -> Option<Period> {
        let start = self.cursor;
        self.word("the");
        // "1990s", "20th century", "Q3 2021", "third quarter of 2021", "first half of 2021"
        let decade = self.cursor.attempt(|c| {
            let n = c.take(|p| p.number().filter(|n| n % 10 == 0 && p.text.len() == 4))?;
            c.mark(&["s"], true).then_some(n)
        });
        if let Some(n) = decade {
            return Some(Period::Decade(n as i32 / 10));
        }
        let century = self.cursor.attempt(|c| {
            let n = c.take(|p| p.number().filter(|n| (1..=30).contains(n)))?;
            absolute::ordinal(c);
            c.mark(&["century"], false).then_some(n)
        });
        if let Some(n) = century {
            return Some(Period::Century(n as i32 - 1));
        }
        // "FY2021", "fiscal year 2021", "FY21"
        let fiscal = self.cursor.attempt(|c| {
            if !c.mark(&["FY"], false) {
                c.mark(&["fiscal"], false).then_some(())?;
                c.mark(&["year"], false);
            }
            c.take(|p| p.number().map(|n| (n, p.text.len())))
        });
        match fiscal {
            Some((n, 4)) => return Some(Period::Year(n as i32)),
            Some((n, 2)) => return Some(Period::Year(century_of(n as i32))),
            _ => {}
        }
        let quarter = self.cursor.attempt(|c| {
            c.mark(&["Q"], false).then_some(())?;
            c.take(|p| p.number().filter(|n| (1..=4).contains(n) && !p.spaced))
        });
        if let Some(q) = quarter {
            return self.this_year().map(|y| Period::Quarter(y, q));
        }
        let nth = self.cursor.take(|p| ORDINALS.iter().position(|o| p.is(o)).map(|i| i as u32 + 1));
        if let Some(n) = nth {
            if self.word("quarter") {
                return self.this_year().map(|y| Period::Quarter(y, n));
            }
            if n <= 2 && self.word("half") {
                return self.this_year().map(|y| Period::Half(y, n));
            }
        }
        self.cursor = start;
        self.word("the");
        if let Some(season) = self.season() {
            return self.this_year().map(|y| Period::Season(y, season));
        }
        let weekend = self.phrase(&["weekend", "of"]);
        if weekend || self.phrase(&["week", "of"]) {
            let (y, w) = self.day()?.iso_week();
            return Some(if weekend { Period::Weekend(y, w) } else { Period::Week(y, w) });
        }
        if self.word("week") {
            let w = self.cursor.take(|p| p.number())?;
            let y = self.year()?;
            return monday(y, w).map(|_| Period::Week(y, w));
        }
        self.cursor = start;
        // "May 2021", "May"; "May 3" is a day's.
        if let Some(m) = self.cursor.take(|p| names::month(p.text)) {
            self.cursor.mark(&["."], true);
            if let Some(y) = self.year() {
                return Some(Period::Month(y, m));
            }
            if self.cursor.peek().is_none_or(|p| p.is("and") || TO.iter().any(|to| p.is(to))) {
                return self.this_year().map(|y| Period::Month(y, m));
            }
        }
        self.cursor = start;
        let year = self.year()?;
        // "2021-5-3" is a day's, "2009-2010" is none.
        let mut on = self.cursor;
        if on.mark(&["-", "/", "."], false)
            && on.take(|p| (p.text.len() < 4).then_some(())).is_some()
        {
            self.cursor = start;
            return None;
        }
        let quarter = self.cursor.attempt(|c| {
            c.mark(&["Q"], false).then_some(())?;
            c.take(|p| p.number().filter(|n| (1..=4).contains(n)))
        });
        Some(quarter.map_or(Period::Year(year), |q| Period::Quarter(year, q)))
    }

    /// "today", "Thursday", "3 May 2021", "May 3", "Mon 3 May 2021", "23.07.2021".
    fn day(&mut self) -> Option<Day> {
        for (word, n) in [("today", 0), ("yesterday", -1), ("tomorrow", 1)] {
            if self.word(word) {
                return self.today()?.plus_days(n);
            }
        }
        let last = self.word("last");
        let next = !last && self.word("next");
        if let Some(holiday) = self.holiday() {
            return self.day_of_holiday(holiday, last, next);
        }
        let weekday = self.cursor.take(|p| names::weekday(p.text));
        if weekday.is_some() {
            self.cursor.mark(&["."], true);
            self.cursor.mark(&[","], false);
            self.word("the");
        }
        let read = self.full_or_numeric();
        if self.error.is_some() {
            return None;
        }
        match (weekday, read) {
            (Some(w), Some(day)) if day.weekday() != w => {
                self.fail(ValueError::WrongWeekday(w, day))
            }
            (_, Some(day)) => Some(day),
            (Some(w), None) => {
                let today = self.today()?;
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
    fn holiday(&mut self) -> Option<&'static Holiday> {
        HOLIDAYS.iter().find(|holiday| {
            let read = self.cursor.attempt(|c| {
                for word in holiday.name.split(' ') {
                    c.mark(&[word], false).then_some(())?;
                    if c.mark(&["'", "’"], true) {
                        c.mark(&["s"], true);
                    }
                }
                Some(())
            });
            read.is_some() && holiday.rule != Rule::EasterWeek
        })
    }

    /// Its day in the year told, else in that of publication; the last before, the next after that day.
    fn day_of_holiday(&mut self, holiday: &Holiday, last: bool, next: bool) -> Option<Day> {
        if !last && !next {
            let year = self.this_year()?;
            return holiday.day(year);
        }
        let today = self.today()?;
        let this = holiday.day(today.year())?;
        match (last, next) {
            (true, _) if this >= today => holiday.day(today.year() - 1),
            (_, true) if this <= today => holiday.day(today.year() + 1),
            _ => Some(this),
        }
    }

    fn full_or_numeric(&mut self) -> Option<Day> {
        let start = self.cursor;
        self.word("the");
        let numbers = self.cursor.attempt(|c| {
            let a = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            let mark = *["-", "/", "."].iter().find(|m| c.mark(&[m], true))?;
            let b = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            c.mark(&[mark], true).then_some(())?;
            let y = c.take(|p| p.number().map(|n| (n, p.text.len())))?;
            Some((a, b, y, mark))
        });
        if let Some((a, b, y, mark)) = numbers {
            if a.1 == 4 {
                return self.exact(a.0 as i32, b.0, y.0);
            }
            let year = match y.1 {
                4 => y.0 as i32,
                2 => century_of(y.0 as i32),
                _ => return None,
            };
            if mark == "." {
                return self.exact(year, b.0, a.0);
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
                (None, None) => self.exact(year, a.0.min(b.0), a.0.max(b.0)),
            };
        }
        self.cursor = start;
        let month = self.cursor.take(|p| names::month(p.text));
        if month.is_some() {
            self.cursor.mark(&["."], true);
        }
        self.word("the");
        let day = self
            .cursor
            .take(|p| p.number().filter(|_| p.kind == PieceKind::Number && p.text.len() <= 2));
        let (Some(day), month) = (day, month) else {
            self.cursor = start;
            return None;
        };
        absolute::ordinal(&mut self.cursor);
        let month = match month {
            Some(m) => m,
            None => {
                self.cursor.mark(&["of", "-"], false);
                match self.cursor.take(|p| names::month(p.text)) {
                    Some(m) => {
                        self.cursor.mark(&["."], true);
                        self.cursor.mark(&["-"], true);
                        m
                    }
                    None => {
                        self.cursor = start;
                        return None;
                    }
                }
            }
        };
        let year = self.this_year()?;
        self.exact(year, month, day)
    }

    fn exact(&mut self, year: i32, month: u32, day: u32) -> Option<Day> {
        match exact_day(year, month, day) {
            Ok(day) => Some(day),
            Err(error) => self.fail(error),
        }
    }
}
