//! Why a typed value is refused, in words for people.

use std::fmt;

use crate::calendar::{Day, days_in_month, month_name, weekday_name};

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
        let words = |d: &Day| format!("{} {} {}", d.day(), month_name(d.month()), d.year());
        match self {
            ValueError::Empty => write!(f, "type a date, for example 3 May 2021 or 2021-05-03"),
            ValueError::NoSuchMonth(m) => {
                write!(f, "there is no month {m}: months go from 01 to 12")
            }
            ValueError::NoSuchDay(y, m, d) => write!(
                f,
                "there is no {d} {} {y}: that month has {} days",
                month_name(*m),
                days_in_month(*y, *m)
            ),
            ValueError::NoSuchTime(h, m) => {
                write!(f, "there is no time {h:02}:{m:02}: times go from 00:00 to 24:00")
            }
            ValueError::WrongWeekday(w, d) => write!(
                f,
                "{} is a {}, not a {}",
                words(d),
                weekday_name(d.weekday()),
                weekday_name(*w)
            ),
            ValueError::TwoReadings(a, b) => {
                write!(f, "this could be {} or {}: type {a} or {b}", words(a), words(b))
            }
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
