//! Values that a person types: ISO 8601, EDTF, TIMEX3 and plain words.

use std::fmt;

use super::names::{self, MONTHS, WEEKDAYS};
use super::period::{Clock, Part, Period, Season, interval_of};
use super::scan::{Cursor, PieceKind, pieces};
use super::words::is_length;
use super::{Value, absolute};
use crate::calendar::{Day, Stamp, days_in_month};
use crate::document::TimexType;

/// Why a typed value was refused, with the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueError {
    /// Nothing was typed.
    Empty,
    /// No month has this number.
    NoSuchMonth(u32),
    /// Year, month, day: that month is shorter.
    NoSuchDay(i32, u32, u32),
    /// No day has this time: hour, minute.
    NoSuchTime(u32, u32),
    /// The weekday typed, and the day it does not fall on.
    WrongWeekday(u32, Day),
    /// "04/03/2021": both readings.
    TwoReadings(Day, Day),
    /// The year is missing and there is no publication date to take it from.
    NeedsYear,
    /// "yesterday", "Friday": there is no publication date to count from.
    NeedsPublished,
    /// The first of a range comes after its second.
    Reversed,
    /// Nothing that is known as a date.
    Unknown(String),
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = |m: u32| MONTHS.get((m as usize).wrapping_sub(1)).unwrap_or(&"");
        let words = |d: &Day| format!("{} {} {}", d.day(), month(d.month()), d.year());
        match self {
            ValueError::Empty => write!(f, "type a date, for example 3 May 2021 or 2021-05-03"),
            ValueError::NoSuchMonth(m) => {
                write!(f, "there is no month {m}: months go from 01 to 12")
            }
            ValueError::NoSuchDay(y, m, d) => write!(
                f,
                "there is no {d} {} {y}: that month has {} days",
                month(*m),
                days_in_month(*y, *m)
            ),
            ValueError::NoSuchTime(h, m) => {
                write!(
                    f,
                    "there is no time {h:02}:{m:02}: times go from 00:00 to 24:00"
                )
            }
            ValueError::WrongWeekday(w, d) => write!(
                f,
                "{} is a {}, not a {}",
                words(d),
                WEEKDAYS.get(d.weekday() as usize).unwrap_or(&""),
                WEEKDAYS.get(*w as usize).unwrap_or(&"")
            ),
            ValueError::TwoReadings(a, b) => write!(
                f,
                "this could be {} or {}: type {a} or {b}",
                words(a),
                words(b)
            ),
            ValueError::NeedsYear => write!(f, "add the year, for example 3 May 2021"),
            ValueError::NeedsPublished => write!(
                f,
                "the article has no publication date to count from: set it first, or type the day itself"
            ),
            ValueError::Reversed => {
                write!(f, "the range ends before it begins: swap the two dates")
            }
            ValueError::Unknown(text) => write!(
                f,
                "\"{text}\" is not understood: try 3 May 2021, 2021-05, 1990s, three months or every Friday"
            ),
        }
    }
}

impl std::error::Error for ValueError {}

/// Longer input is no date.
const LONGEST: usize = 80;

/// Reads what a person typed: ISO 8601 (`2021-05-03`, `2021-W18`, `P3M`), EDTF (`2021~`,
/// `2021-05/2021-07`, `2021-21`, `198X`, `../2021`), TIMEX3 (`2021-07-21TNI`, `XXXX-WXX-5`,
/// `PAST_REF`) and plain words ("3 May 2021", "Wednesday night", "early May", "three months",
/// "every Friday"). Words that count from a day count from `published`.
///
/// # Errors
/// [`ValueError`], in words for people.
pub fn parse_value(typed: &str, published: Option<Stamp>) -> Result<Value, ValueError> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(ValueError::Empty);
    }
    let unknown = || ValueError::Unknown(text.chars().take(40).collect());
    if text.len() > LONGEST {
        return Err(unknown());
    }
    if let Some(value) = code(text)? {
        return Ok(value);
    }
    let pieces = pieces(text);
    let mut reader = Reader {
        cursor: Cursor::new(&pieces, 0),
        published,
        error: None,
    };
    let value = reader.value();
    match (reader.error, value, reader.cursor.peek()) {
        (Some(error), ..) => Err(error),
        (None, Some(value), None) => Ok(value),
        _ => Err(unknown()),
    }
}

fn value(kind: TimexType, text: String, modifier: Option<&'static str>) -> Value {
    Value {
        kind,
        interval: interval_of(&text),
        value: text,
        modifier,
    }
}

fn of_period(period: Period, modifier: Option<&'static str>) -> Value {
    let kind = match period {
        Period::Part(..) | Period::Clock(..) => TimexType::Time,
        _ => TimexType::Date,
    };
    value(kind, period.to_string(), modifier)
}

/// Codes: ISO 8601, EDTF, TIMEX3. `None` when it looks like none of them.
fn code(text: &str) -> Result<Option<Value>, ValueError> {
    let upper = text.to_ascii_uppercase();
    if matches!(upper.as_str(), "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") {
        return Ok(Some(value(TimexType::Date, upper, None)));
    }
    if upper.starts_with('P') && is_length(&upper) {
        return Ok(Some(value(TimexType::Duration, upper, None)));
    }
    let (body, modifier) = match upper.strip_suffix(['~', '?', '%']) {
        Some(body) => (body, Some("APPROX")),
        None => (upper.as_str(), None),
    };
    if let Some((from, to)) = body.split_once('/')
        && body.len() > 8
    {
        return range(from.trim(), to.trim());
    }
    if let Some(open) = open_code(body) {
        return Ok(Some(value(open, body.to_owned(), modifier)));
    }
    Ok(single(body)?.map(|p| of_period(p, modifier)))
}

fn range(from: &str, to: &str) -> Result<Option<Value>, ValueError> {
    match (from, to) {
        ("" | "..", to) => {
            return Ok(single(to)?.map(|p| of_period(p, Some("ON_OR_BEFORE"))));
        }
        (from, "" | "..") => {
            return Ok(single(from)?.map(|p| of_period(p, Some("ON_OR_AFTER"))));
        }
        _ => {}
    }
    let (Some(from), Some(to)) = (single(from)?, single(to)?) else {
        return Ok(None);
    };
    match (from.days(), to.days()) {
        (Some((a, _)), Some((_, b))) if a > b => Err(ValueError::Reversed),
        _ => Ok(Some(value(TimexType::Date, format!("{from}/{to}"), None))),
    }
}

/// Codes with open fields that keep them: `XXXX-WXX-5` (a set), `XXXX-05`.
fn open_code(body: &str) -> Option<TimexType> {
    let rest = body.strip_prefix("XXXX")?;
    let fits = rest.len() <= 12
        && rest
            .bytes()
            .all(|b| b.is_ascii_digit() || b"-XWQHTDEMOAFVNISPUR".contains(&b));
    fits.then_some(
        if rest.starts_with("-WXX-") || rest.starts_with("-XX-XXT") {
            TimexType::Set
        } else {
            TimexType::Date
        },
    )
}

/// One calendar period in code; errors for months and days that do not exist.
fn single(body: &str) -> Result<Option<Period>, ValueError> {
    let spaced = body.len() > 11 && body.as_bytes().get(10) == Some(&b' ');
    let joined;
    let body = if spaced {
        joined = body.replacen(' ', "T", 1);
        joined.as_str()
    } else {
        body
    };
    if let Some(period) = Period::parse(body) {
        return Ok(Some(period));
    }
    let (date, time) = match body.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (body, None),
    };
    let fields: Vec<&str> = date.split('-').collect();
    let number = |s: &str, len: usize| {
        (s.len() == len && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<u32>().ok())
            .flatten()
    };
    let Some(year) = fields.first().and_then(|y| number(y, 4)) else {
        return Ok(None);
    };
    let year_number = i32::try_from(year).unwrap_or(0);
    let month = fields.get(1).copied();
    match (month, fields.get(2).copied(), fields.len()) {
        // EDTF: unspecified digits.
        (Some("XX"), None | Some("XX"), 2..=3) => Ok(Some(Period::Year(year_number))),
        (Some(m), Some("XX"), 3) => match number(m, 2) {
            Some(m @ 1..=12) => Ok(Some(Period::Month(year_number, m))),
            Some(m) => Err(ValueError::NoSuchMonth(m)),
            None => Ok(None),
        },
        // EDTF: seasons, quarters, halves.
        (Some(m), None, 2) => match number(m, 2) {
            Some(21) => Ok(Some(Period::Season(year_number, Season::Spring))),
            Some(22) => Ok(Some(Period::Season(year_number, Season::Summer))),
            Some(23) => Ok(Some(Period::Season(year_number, Season::Autumn))),
            Some(24) => Ok(Some(Period::Season(year_number, Season::Winter))),
            Some(q @ 33..=36) => Ok(Some(Period::Quarter(year_number, q - 32))),
            Some(h @ 40..=41) => Ok(Some(Period::Half(year_number, h - 39))),
            Some(m) => Err(ValueError::NoSuchMonth(m)),
            None => Ok(None),
        },
        (Some(m), Some(d), 3) => match (
            number(m, m.len().clamp(1, 2)),
            number(d, d.len().clamp(1, 2)),
        ) {
            (Some(m), Some(d)) => {
                let day = day(year_number, m, d)?;
                match time {
                    None => Ok(Some(Period::Day(day))),
                    Some(time) => {
                        let mut parts = time
                            .split(':')
                            .map(|p| p.get(..2).and_then(|p| number(p, 2)));
                        match (parts.next().flatten(), parts.next().flatten()) {
                            (Some(h), m) => Err(ValueError::NoSuchTime(h, m.unwrap_or(0))),
                            _ => Ok(None),
                        }
                    }
                }
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

fn day(year: i32, month: u32, day: u32) -> Result<Day, ValueError> {
    if !(1..=12).contains(&month) {
        return Err(ValueError::NoSuchMonth(month));
    }
    Day::new(year, month, day).ok_or(ValueError::NoSuchDay(year, month, day))
}

/// Reads plain words.
struct Reader<'p, 'a> {
    cursor: Cursor<'p, 'a>,
    published: Option<Stamp>,
    error: Option<ValueError>,
}

/// Words before a date, with TIMEX3's mod.
const MODIFIERS: [(&[&str], &str); 17] = [
    (&["early", "in"], "START"),
    (&["early"], "START"),
    (&["the", "beginning", "of"], "START"),
    (&["the", "start", "of"], "START"),
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
];

/// Units in the singular with their TIMEX3 code; true inside a day.
const UNITS: [(&str, bool, &str, u32); 11] = [
    ("second", true, "S", 1),
    ("minute", true, "M", 1),
    ("hour", true, "H", 1),
    ("day", false, "D", 1),
    ("week", false, "W", 1),
    ("fortnight", false, "W", 2),
    ("month", false, "M", 1),
    ("quarter", false, "Q", 1),
    ("year", false, "Y", 1),
    ("decade", false, "Y", 10),
    ("century", false, "Y", 100),
];

const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

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

    fn word(&mut self, text: &str) -> bool {
        self.cursor.mark(&[text], false)
    }

    fn phrase(&mut self, words: &[&str]) -> bool {
        self.cursor
            .attempt(|c| words.iter().all(|w| c.mark(&[w], false)).then_some(()))
            .is_some()
    }

    fn value(&mut self) -> Option<Value> {
        if let Some(set) = self.set() {
            return Some(set);
        }
        let modifier = MODIFIERS
            .iter()
            .find(|(words, _)| self.phrase(words))
            .map(|(_, name)| *name);
        if let Some(length) = self.length(false) {
            return Some(value(TimexType::Duration, length, modifier));
        }
        let period = self.period()?;
        let tail = if self.phrase(&["or", "later"]) {
            Some("ON_OR_AFTER")
        } else if self.phrase(&["or", "earlier"]) {
            Some("ON_OR_BEFORE")
        } else {
            None
        };
        if self.phrase(&["to"]) || self.phrase(&["–"]) {
            let end = self.period()?;
            if let (Some((a, _)), Some((_, b))) = (period.days(), end.days())
                && a > b
            {
                return self.fail(ValueError::Reversed);
            }
            return Some(value(TimexType::Date, format!("{period}/{end}"), None));
        }
        Some(of_period(period, modifier.or(tail)))
    }

    /// "every Friday", "every two weeks", "daily".
    fn set(&mut self) -> Option<Value> {
        let adverbs = [
            ("hourly", "PT1H"),
            ("daily", "P1D"),
            ("weekly", "P1W"),
            ("monthly", "P1M"),
            ("quarterly", "P1Q"),
            ("yearly", "P1Y"),
            ("annually", "P1Y"),
        ];
        if let Some((_, code)) = adverbs.iter().find(|(word, _)| self.word(word)) {
            return Some(value(TimexType::Set, (*code).to_owned(), None));
        }
        if !self.word("every") && !self.word("each") {
            return None;
        }
        let weekday = self.cursor.take(|p| names::weekday(p.text));
        let part = self.part();
        let part_code = part.map(|p| format!("T{}", p.code())).unwrap_or_default();
        let code = match weekday {
            Some(w) => format!("XXXX-WXX-{}{part_code}", w + 1),
            None if part.is_some() => format!("XXXX-XX-XX{part_code}"),
            None if self.word("weekend") => "XXXX-WXX-WE".to_owned(),
            None if self.word("weekday") => "XXXX-WXX-WD".to_owned(),
            None => match self.cursor.take(|p| names::month(p.text)) {
                Some(m) => format!("XXXX-{m:02}"),
                None => match self.season() {
                    Some(season) => format!("XXXX-{}", season.code()),
                    None => self.length(true)?,
                },
            },
        };
        Some(value(TimexType::Set, code, None))
    }

    fn count(&mut self) -> Option<String> {
        self.cursor.take(|p| {
            if let Some(n) = p.number() {
                return Some(n.to_string());
            }
            if ["a", "an"].iter().any(|w| p.is(w)) {
                return Some("1".to_owned());
            }
            if ["several", "some", "few"].iter().any(|w| p.is(w)) {
                return Some("X".to_owned());
            }
            let n = NUMBERS.iter().position(|w| p.is(w))?;
            Some(n.to_string())
        })
    }

    /// "three months", "a year and six months".
    fn length(&mut self, bare: bool) -> Option<String> {
        let start = self.cursor;
        let mut code = "P".to_owned();
        let mut inside_day = false;
        let mut any = false;
        loop {
            let before = self.cursor;
            if any && !self.word("and") && !self.word(",") {
                break;
            }
            let n = self.count();
            let unit = self.cursor.take(|p| {
                UNITS.iter().find(|(name, ..)| {
                    p.is(name)
                        || p.text
                            .strip_suffix('s')
                            .is_some_and(|t| t.eq_ignore_ascii_case(name))
                        || (*name == "century" && p.is("centuries"))
                })
            });
            // "every month" has no number.
            let n = match (n, any) {
                (None, false) if bare => Some("1".to_owned()),
                (n, _) => n,
            };
            let (Some(n), Some(&(_, in_day, letter, times))) = (n, unit) else {
                self.cursor = before;
                break;
            };
            let n = match n.parse::<u32>() {
                Ok(n) => n.checked_mul(times)?.to_string(),
                Err(_) => n,
            };
            if in_day && !inside_day {
                code.push('T');
                inside_day = true;
            }
            code.push_str(&n);
            code.push_str(letter);
            any = true;
        }
        if !any || !is_length(&code) {
            self.cursor = start;
            return None;
        }
        Some(code)
    }

    fn part(&mut self) -> Option<Part> {
        self.cursor
            .take(|p| PARTS.iter().find(|(name, _)| p.is(name)).map(|row| row.1))
    }

    fn season(&mut self) -> Option<Season> {
        self.cursor
            .take(|p| SEASONS.iter().find(|(name, _)| p.is(name)).map(|row| row.1))
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

    fn today(&mut self) -> Option<Day> {
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
        if let Some(period) = self.larger() {
            return Some(period);
        }
        if self.error.is_some() {
            return None;
        }
        self.cursor = start;
        let day = self.day()?;
        if let Some(part) = self.part() {
            return Some(Period::Part(day, part));
        }
        let before = self.cursor;
        self.cursor.mark(&[",", "at", "T"], false);
        let at = self.cursor;
        if let Some((h, m, s)) = absolute::clock(&mut self.cursor) {
            let second = (s > 0).then_some(u32::from(s));
            let clock = Clock::new(u32::from(h), Some(u32::from(m)), second)?;
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
            c.mark(&["st", "nd", "rd", "th"], true);
            c.mark(&["century"], false).then_some(n)
        });
        if let Some(n) = century {
            return Some(Period::Century(n as i32 - 1));
        }
        let quarter = self.cursor.attempt(|c| {
            c.mark(&["Q"], false).then_some(())?;
            c.take(|p| p.number().filter(|n| (1..=4).contains(n) && !p.spaced))
        });
        if let Some(q) = quarter {
            return self.year().map(|y| Period::Quarter(y, q));
        }
        let nth = self
            .cursor
            .take(|p| ORDINALS.iter().position(|o| p.is(o)).map(|i| i as u32 + 1));
        if let Some(n) = nth {
            if self.word("quarter") {
                return self.year().map(|y| Period::Quarter(y, n));
            }
            if n <= 2 && self.word("half") {
                return self.year().map(|y| Period::Half(y, n));
            }
        }
        self.cursor = start;
        self.word("the");
        if let Some(season) = self.season() {
            return match self.year().or(self.published.map(|s| s.day.year())) {
                Some(y) => Some(Period::Season(y, season)),
                None => self.fail(ValueError::NeedsYear),
            };
        }
        let weekend = self.phrase(&["weekend", "of"]);
        if weekend || self.phrase(&["week", "of"]) {
            let (y, w) = self.day()?.iso_week();
            return Some(if weekend {
                Period::Weekend(y, w)
            } else {
                Period::Week(y, w)
            });
        }
        if self.word("week") {
            let w = self.cursor.take(|p| p.number())?;
            let y = self.year()?;
            return super::period::monday(y, w).map(|_| Period::Week(y, w));
        }
        self.cursor = start;
        // "May 2021", "May"; "May 3" is a day's.
        if let Some(m) = self.cursor.take(|p| names::month(p.text)) {
            self.cursor.mark(&["."], true);
            if let Some(y) = self.year() {
                return Some(Period::Month(y, m));
            }
            if self.cursor.peek().is_none() {
                return match self.published {
                    Some(stamp) => Some(Period::Month(stamp.day.year(), m)),
                    None => self.fail(ValueError::NeedsYear),
                };
            }
        }
        self.cursor = start;
        let year = self.year()?;
        if self
            .cursor
            .peek()
            .is_some_and(|p| matches!(p.text, "-" | "/" | "."))
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
        for (word, n) in [
            ("today", 0),
            ("yesterday", -1),
            ("tomorrow", 1),
            ("tonight", 0),
        ] {
            if self.word(word) {
                return self.today()?.plus_days(n);
            }
        }
        let last = self.word("last");
        let next = !last && self.word("next");
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
                return self.exact(a.0, b.0, y.0);
            }
            let year = match y.1 {
                4 => y.0,
                2 if y.0 < 50 => 2000 + y.0,
                2 => 1900 + y.0,
                _ => return None,
            };
            if mark == "." {
                return self.exact(year, b.0, a.0);
            }
            let of = |m, d| Day::new(i32::try_from(year).ok()?, m, d);
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
        let day = self.cursor.take(|p| {
            p.number()
                .filter(|_| p.kind == PieceKind::Number && p.text.len() <= 2)
        });
        let (Some(day), month) = (day, month) else {
            self.cursor = start;
            return None;
        };
        self.cursor.mark(&["st", "nd", "rd", "th"], true);
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
        match self.year() {
            Some(y) => match self::day(y, month, day) {
                Ok(day) => Some(day),
                Err(error) => self.fail(error),
            },
            None => match self.published {
                Some(stamp) => match self::day(stamp.day.year(), month, day) {
                    Ok(day) => Some(day),
                    Err(error) => self.fail(error),
                },
                None => self.fail(ValueError::NeedsYear),
            },
        }
    }

    fn exact(&mut self, year: u32, month: u32, day: u32) -> Option<Day> {
        match self::day(i32::try_from(year).ok()?, month, day) {
            Ok(day) => Some(day),
            Err(error) => self.fail(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_values() {
        let published = Stamp::parse("2021-07-23T19:27:00");
        for line in include_str!("../../tests/data/dates/typed.txt").lines() {
            let Some((typed, want)) = line.split_once(" => ") else {
                continue;
            };
            let got = match parse_value(typed, published) {
                Ok(v) => {
                    let kind = match v.kind {
                        TimexType::Date => "",
                        TimexType::Time => "TIME ",
                        TimexType::Duration => "DURATION ",
                        TimexType::Set => "SET ",
                    };
                    let modifier = v.modifier.map(|m| format!(" {m}")).unwrap_or_default();
                    format!("{kind}{}{modifier}", v.value)
                }
                Err(error) => format!("error: {error}"),
            };
            assert_eq!(got, want, "{typed}");
        }
        assert_eq!(parse_value("Friday", None), Err(ValueError::NeedsPublished));
        assert_eq!(parse_value("3 May", None), Err(ValueError::NeedsYear));
    }

    proptest::proptest! {
        #[test]
        fn anything_may_be_typed(text in "\\PC{0,40}|[0-9XPTWQ:/. -]{0,24}") {
            for published in [None, Stamp::parse("2021-07-23")] {
                if let Ok(value) = parse_value(&text, published) {
                    assert!(!super::super::in_words(&value).is_empty());
                }
            }
        }

        #[test]
        fn what_is_read_out_can_be_typed(n in -700_000i64..700_000) {
            let day = Day::from_number(n).unwrap();
            if (1000..2999).contains(&day.year()) {
                let (y, w) = day.iso_week();
                for period in [
                    Period::Day(day), Period::Part(day, Part::Night), Period::Month(day.year(), day.month()),
                    Period::Year(day.year()), Period::Quarter(day.year(), day.month().div_ceil(3)),
                    Period::Season(day.year(), Season::Autumn), Period::Week(y, w), Period::Weekend(y, w),
                ] {
                    let typed = of_period(period, None);
                    let words = super::super::in_words(&typed);
                    if y >= 1000 {
                        assert_eq!(parse_value(&words, None), Ok(typed.clone()), "{}", words);
                    }
                    assert_eq!(parse_value(&typed.value, None), Ok(typed));
                }
            }
        }
    }
}
