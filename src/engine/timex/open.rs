//! Dates with fields left open: `XXXX-05`, `XXXX-WXX-4TNI`, `1989-QX`.

use std::fmt;

use super::period::{Period, Season, year_text};
use super::time_of_day::TimeOfDay;
use crate::calendar::Day;

/// A date of which the year, or more, is left open, with a time of day where one is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "plain words")]
pub struct OpenDate {
    pub fields: OpenFields,
    pub time: Option<TimeOfDay>,
}

/// What an open date does say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpenFields {
    /// `XXXX`.
    AnyYear,
    /// `XXXX-XX`.
    AnyMonth,
    /// `XXXX-XX-XX`.
    AnyDay,
    /// `XXXX-WXX`.
    AnyWeek,
    /// `XXXX-WXX-WE`.
    AnyWeekend,
    /// `XXXX-WXX-WD`: Monday to Friday.
    AnyWorkday,
    /// `XXXX-QX`.
    AnyQuarter,
    /// `1989-QX`.
    QuarterOfYear(i32),
    /// `XXXX-SU`.
    Season(Season),
    /// `XXXX-H1`.
    Half(u32),
    /// `XXXX-Q3`.
    Quarter(u32),
    /// `XXXX-05`.
    Month(u32),
    /// `XXXX-05-03`.
    MonthAndDay(u32, u32),
    /// `XXXX-XX-03`.
    DayOfMonth(u32),
    /// `XXXX-WXX-4`; 0 is Monday, and spelled 1.
    Weekday(u32),
}

impl OpenDate {
    /// Without a time of day.
    pub fn new(fields: OpenFields) -> OpenDate {
        OpenDate { fields, time: None }
    }

    /// The day of these fields at a time.
    pub fn at(self, time: TimeOfDay) -> OpenDate {
        OpenDate { time: Some(time), ..self }
    }

    pub(super) fn read(text: &str) -> Option<OpenDate> {
        let (date, time) = match text.split_once('T') {
            Some((date, time)) => (date, Some(TimeOfDay::parse(time)?)),
            None => (text, None),
        };
        Some(OpenDate { fields: OpenFields::parse(date)?, time })
    }
}

impl OpenFields {
    /// Names one day, if an unknown one.
    pub fn is_day(self) -> bool {
        matches!(
            self,
            OpenFields::AnyDay
                | OpenFields::MonthAndDay(..)
                | OpenFields::DayOfMonth(_)
                | OpenFields::Weekday(_)
        )
    }

    fn parse(text: &str) -> Option<OpenFields> {
        let number = |text: &str, len: usize| {
            let fits = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| text.parse::<u32>().ok()).flatten()
        };
        Some(match text {
            "XXXX" => OpenFields::AnyYear,
            "XXXX-XX" => OpenFields::AnyMonth,
            "XXXX-XX-XX" => OpenFields::AnyDay,
            "XXXX-WXX" => OpenFields::AnyWeek,
            "XXXX-WXX-WE" => OpenFields::AnyWeekend,
            "XXXX-WXX-WD" => OpenFields::AnyWorkday,
            "XXXX-QX" => OpenFields::AnyQuarter,
            _ => {
                let Some(rest) = text.strip_prefix("XXXX-") else {
                    return match Period::parse(text.strip_suffix("-QX")?)? {
                        Period::Year(year) => Some(OpenFields::QuarterOfYear(year)),
                        _ => None,
                    };
                };
                if let Some(weekday) = rest.strip_prefix("WXX-") {
                    let n = number(weekday, 1).filter(|n| (1..=7).contains(n))?;
                    return Some(OpenFields::Weekday(n - 1));
                }
                if let Some(day) = rest.strip_prefix("XX-") {
                    let day = number(day, 2).filter(|n| (1..=31).contains(n))?;
                    return Some(OpenFields::DayOfMonth(day));
                }
                return OpenFields::parse_within_a_year(rest);
            }
        })
    }

    /// `05`, `05-03`, `Q3`, `SU`: what comes after the year.
    fn parse_within_a_year(text: &str) -> Option<OpenFields> {
        if let (Some(season), 2) = (Season::from_code(text), text.len()) {
            return Some(OpenFields::Season(season));
        }
        let number = |text: &str| {
            let fits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| text.parse::<u32>().ok()).flatten()
        };
        if let Some(n) = text.strip_prefix('Q') {
            return number(n).filter(|n| (1..=4).contains(n)).map(OpenFields::Quarter);
        }
        if let Some(n) = text.strip_prefix('H') {
            return number(n).filter(|n| (1..=2).contains(n)).map(OpenFields::Half);
        }
        match text.split_once('-') {
            None => number(text).filter(|m| (1..=12).contains(m)).map(OpenFields::Month),
            Some((month, day)) => {
                let (month, day) = (number(month)?, number(day)?);
                // A leap year has every day.
                Day::new(2000, month, day)?;
                Some(OpenFields::MonthAndDay(month, day))
            }
        }
    }
}

impl fmt::Display for OpenDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fields)?;
        match self.time {
            Some(time) => write!(f, "T{time}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for OpenFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            OpenFields::AnyYear => f.write_str("XXXX"),
            OpenFields::AnyMonth => f.write_str("XXXX-XX"),
            OpenFields::AnyDay => f.write_str("XXXX-XX-XX"),
            OpenFields::AnyWeek => f.write_str("XXXX-WXX"),
            OpenFields::AnyWeekend => f.write_str("XXXX-WXX-WE"),
            OpenFields::AnyWorkday => f.write_str("XXXX-WXX-WD"),
            OpenFields::AnyQuarter => f.write_str("XXXX-QX"),
            OpenFields::QuarterOfYear(year) => write!(f, "{}-QX", year_text(year)),
            OpenFields::Season(season) => write!(f, "XXXX-{}", season.code()),
            OpenFields::Half(half) => write!(f, "XXXX-H{half}"),
            OpenFields::Quarter(quarter) => write!(f, "XXXX-Q{quarter}"),
            OpenFields::Month(month) => write!(f, "XXXX-{month:02}"),
            OpenFields::MonthAndDay(month, day) => write!(f, "XXXX-{month:02}-{day:02}"),
            OpenFields::DayOfMonth(day) => write!(f, "XXXX-XX-{day:02}"),
            OpenFields::Weekday(weekday) => write!(f, "XXXX-WXX-{}", weekday + 1),
        }
    }
}
