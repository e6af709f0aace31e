//! Counts of units in words: lengths, sets, and what is counted from the publication date.

use super::plain::Reader;
use super::value;
use crate::dates::period::Period;
use crate::dates::words::is_length;
use crate::dates::{Value, names};
use crate::document::TimexType;

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

impl Reader<'_, '_> {
    /// "every Friday", "every two weeks", "daily".
    pub(super) fn set(&mut self) -> Option<Value> {
        let adverbs = [
            ("hourly", "PT1H"),
            ("daily", "P1D"),
            ("weekly", "P1W"),
            ("monthly", "P1M"),
            ("quarterly", "P1Q"),
            ("yearly", "P1Y"),
            ("annually", "P1Y"),
            ("weekends", "XXXX-WXX-WE"),
            ("weekdays", "XXXX-WXX-WD"),
        ];
        if let Some((_, code)) = adverbs.iter().find(|(word, _)| self.word(word)) {
            return Some(value(TimexType::Set, (*code).to_owned(), None));
        }
        // "twice a week"
        if self.phrase(&["once", "a"]) || self.phrase(&["twice", "a"]) {
            let code = self.length(true)?;
            return Some(value(TimexType::Set, code, None));
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

    /// A unit, singular or plural.
    fn unit(&mut self) -> Option<&'static (&'static str, bool, &'static str, u32)> {
        self.cursor.take(|p| {
            UNITS.iter().find(|(name, ..)| {
                p.is(name)
                    || p.text.strip_suffix('s').is_some_and(|t| t.eq_ignore_ascii_case(name))
                    || (*name == "century" && p.is("centuries"))
            })
        })
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
    pub(super) fn length(&mut self, bare: bool) -> Option<String> {
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
            let unit = self.unit();
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

    /// "last week", "this year", "two months ago", "three days from now".
    pub(super) fn counted_from_today(&mut self) -> Option<Period> {
        let start = self.cursor;
        let which = [("last", -1), ("this", 0), ("next", 1)];
        let (unit, n) = match which.iter().find(|(word, _)| self.word(word)) {
            Some((_, n)) if self.word("weekend") => ("weekend", *n),
            Some((_, n)) => (self.unit().map_or("", |row| row.0), *n),
            None => {
                let n = self.count().and_then(|n| n.parse::<i64>().ok());
                let unit = self.unit().map_or("", |row| row.0);
                let sign =
                    if self.word("ago") { -1 } else { i64::from(self.phrase(&["from", "now"])) };
                match n {
                    Some(n) if sign != 0 => (unit, sign * n),
                    _ => ("", 0),
                }
            }
        };
        if !matches!(unit, "day" | "week" | "weekend" | "month" | "quarter" | "year") {
            self.cursor = start;
            return None;
        }
        let today = self.today()?;
        let months = |n| today.plus_months(n);
        match unit {
            "day" => today.plus_days(n).map(Period::Day),
            "month" => months(n).map(|d| Period::Month(d.year(), d.month())),
            "quarter" => {
                months(n.checked_mul(3)?).map(|d| Period::Quarter(d.year(), d.month().div_ceil(3)))
            }
            "year" => months(n.checked_mul(12)?).map(|d| Period::Year(d.year())),
            _ => {
                let (y, w) = today.plus_days(n.checked_mul(7)?)?.iso_week();
                Some(if unit == "weekend" { Period::Weekend(y, w) } else { Period::Week(y, w) })
            }
        }
    }
}
