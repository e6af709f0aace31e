//! Calendar periods as TIMEX3 spells them, and the interval that each stands for.

use std::fmt;

use super::digits::parse_digits;
use super::interval::Interval;
use super::time_of_day::{ClockTime, DayPart, TimeOfDay};
use super::timex_type::TimexType;
use crate::calendar::{Day, days_in_month, monday_of_week};

/// The year that two digits mean: 50 to 99 are of the last century.
pub fn year_of_two_digits(two: i32) -> i32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

/// A stretch of the calendar with a TIMEX3 spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// `19`: the years 1900 to 1999.
    Century(i32),
    /// `199`: the years 1990 to 1999.
    Decade(i32),
    /// Astronomical: 0 is 1 BC, spelled `BC0001`.
    Year(i32),
    /// `2021-H1`.
    Half(i32, u32),
    /// `2021-Q3`.
    Quarter(i32, u32),
    /// `2021-SU`; a winter begins in its year's December.
    Season(i32, Season),
    /// `2021-07`.
    Month(i32, u32),
    /// `2021-W29`, ISO 8601.
    Week(i32, u32),
    /// `2021-W29-WE`.
    Weekend(i32, u32),
    /// `2021-07-22`.
    Day(Day),
    /// `2021-07-22TNI`.
    Part(Day, DayPart),
    /// `2021-07-22T19`, `…T19:27`, `…T19:27:00`, `…T19:27Z`, `…T17:30-05:00`.
    Clock(Day, ClockTime),
}

/// The four seasons of the northern half, as TIMEX3 names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "plain words")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// TIMEX3's code, name for people, first month.
const SEASONS: [(Season, &str, &str, u32); 4] = [
    (Season::Spring, "SP", "spring", 3),
    (Season::Summer, "SU", "summer", 6),
    (Season::Autumn, "FA", "autumn", 9),
    (Season::Winter, "WI", "winter", 12),
];

impl Season {
    /// All seasons, from spring.
    pub const ALL: [Season; 4] = [Season::Spring, Season::Summer, Season::Autumn, Season::Winter];

    /// TIMEX3's two letters.
    pub fn code(self) -> &'static str {
        SEASONS[self as usize].1
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        SEASONS[self as usize].2
    }

    /// 3, 6, 9, 12.
    pub fn first_month(self) -> u32 {
        SEASONS[self as usize].3
    }

    pub(super) fn from_code(code: &str) -> Option<Season> {
        SEASONS.iter().find(|row| row.1 == code).map(|row| row.0)
    }
}

/// A year as TIMEX3 spells it: `2021`, `BC0481`.
pub(super) fn year_text(year: i32) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |d: Day| format!("{}-{:02}-{:02}", year_text(d.year()), d.month(), d.day());
        match *self {
            Period::Century(c) => write!(f, "{c:02}"),
            Period::Decade(d) => write!(f, "{d:03}"),
            Period::Year(y) => f.write_str(&year_text(y)),
            Period::Half(y, h) => write!(f, "{}-H{h}", year_text(y)),
            Period::Quarter(y, q) => write!(f, "{}-Q{q}", year_text(y)),
            Period::Season(y, s) => write!(f, "{}-{}", year_text(y), s.code()),
            Period::Month(y, m) => write!(f, "{}-{m:02}", year_text(y)),
            Period::Week(y, w) => write!(f, "{}-W{w:02}", year_text(y)),
            Period::Weekend(y, w) => write!(f, "{}-W{w:02}-WE", year_text(y)),
            Period::Day(d) => f.write_str(&day(d)),
            Period::Part(d, part) => write!(f, "{}T{}", day(d), part.code()),
            Period::Clock(d, clock) => write!(f, "{}T{clock}", day(d)),
        }
    }
}

impl Period {
    /// Reads a TIMEX3 value that is a calendar period with nothing left open. Also reads `198X`
    /// and `19XX`, and an ISO weekday `2021-W29-4`.
    pub fn parse(value: &str) -> Option<Period> {
        let (date, time) = match value.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (value, None),
        };
        let period = Period::parse_date(date)?;
        let Some(time) = time else {
            return Some(period);
        };
        let Period::Day(day) = period else {
            return None;
        };
        Some(Period::at(day, TimeOfDay::parse(time)?))
    }

    /// A time of a day.
    pub fn at(day: Day, time: TimeOfDay) -> Period {
        match time {
            TimeOfDay::Part(part) => Period::Part(day, part),
            TimeOfDay::Clock(clock) => Period::Clock(day, clock),
        }
    }

    /// TIME for what is shorter than a day, else DATE.
    pub fn timex_type(self) -> TimexType {
        match self {
            Period::Part(..) | Period::Clock(..) => TimexType::Time,
            _ => TimexType::Date,
        }
    }

    fn parse_date(date: &str) -> Option<Period> {
        let (bc, date) = match date.strip_prefix("BC") {
            Some(rest) => (true, rest),
            None => (false, date),
        };
        let head = date.split('-').next()?;
        let bare = head.len() == date.len();
        let shown = head.trim_end_matches('X');
        if bare && !bc && shown.len() < 4 && head.len() <= 4 {
            return match shown.len() {
                3 => Some(Period::Decade(parse_digits(shown, 3)? as i32)),
                2 if head.len() != 3 => Some(Period::Century(parse_digits(shown, 2)? as i32)),
                _ => None,
            };
        }
        let year = parse_digits(head, 4)? as i32;
        let year = if bc { 1 - year } else { year };
        if bare {
            return Some(Period::Year(year));
        }
        let mut rest = date.get(5..)?.split('-');
        let (second, third) = (rest.next()?, rest.next());
        rest.next().is_none().then_some(())?;
        match (second, third) {
            (code, None) if Season::from_code(code).is_some() => {
                Season::from_code(code).map(|s| Period::Season(year, s))
            }
            (code, None) if code.starts_with(['H', 'Q']) => {
                let n = parse_digits(code.get(1..)?, 1)?;
                if code.starts_with('H') {
                    (1..=2).contains(&n).then_some(Period::Half(year, n))
                } else {
                    (1..=4).contains(&n).then_some(Period::Quarter(year, n))
                }
            }
            (code, third) if code.starts_with('W') => {
                let n = code.get(1..)?;
                let week = parse_digits(n, n.len().clamp(1, 2))?;
                let monday = monday_of_week(year, week)?;
                match third {
                    None => Some(Period::Week(year, week)),
                    Some("WE") => Some(Period::Weekend(year, week)),
                    Some(d) => {
                        let d = parse_digits(d, 1).filter(|d| (1..=7).contains(d))?;
                        monday.plus_days(i64::from(d) - 1).map(Period::Day)
                    }
                }
            }
            (month, None) => {
                let month = parse_digits(month, 2)?;
                (1..=12).contains(&month).then_some(Period::Month(year, month))
            }
            (month, Some(day)) => {
                Day::new(year, parse_digits(month, 2)?, parse_digits(day, 2)?).map(Period::Day)
            }
        }
    }

    /// First and last day.
    pub fn days(self) -> Option<(Day, Day)> {
        let months = |year: i32, first: u32, count: i64| {
            let from = Day::new(year, first, 1)?;
            let last = from.plus_months(count - 1)?;
            let to = Day::new(last.year(), last.month(), days_in_month(last.year(), last.month()))?;
            Some((from, to))
        };
        let week = |year, week, from: i64, to: i64| {
            let monday = monday_of_week(year, week)?;
            Some((monday.plus_days(from)?, monday.plus_days(to)?))
        };
        match self {
            // TIMEX3 spells no others.
            Period::Century(c @ 0..=99) => months(c * 100, 1, 1200),
            Period::Decade(d @ 0..=999) => months(d * 10, 1, 120),
            Period::Century(_) | Period::Decade(_) => None,
            Period::Year(y) => months(y, 1, 12),
            Period::Half(y, h) => months(y, h.checked_mul(6)?.checked_sub(5)?, 6),
            Period::Quarter(y, q) => months(y, q.checked_mul(3)?.checked_sub(2)?, 3),
            Period::Season(y, s) => months(y, s.first_month(), 3),
            Period::Month(y, m) => months(y, m, 1),
            Period::Week(y, w) => week(y, w, 0, 6),
            Period::Weekend(y, w) => week(y, w, 5, 6),
            Period::Day(d) | Period::Part(d, _) | Period::Clock(d, _) => Some((d, d)),
        }
    }

    /// First and last instant, both inclusive, at the period's own grain.
    pub fn interval(self) -> Option<Interval> {
        let at = |day: Day, hour: u32| format!("{day}T{hour:02}:00");
        match self {
            Period::Part(day, part) => {
                let (first, hours) = part.hours();
                let end = first + hours;
                let last = if end > 24 { day.plus_days(1)? } else { day };
                Some(Interval {
                    from: at(day, first),
                    to: format!("{last}T{:02}:59", (end - 1) % 24),
                })
            }
            Period::Clock(day, clock) => {
                let (day, hour) = match clock.hour {
                    24 => (day.plus_days(1)?, 0),
                    hour => (day, hour),
                };
                let instant = |minute: u8| match clock.second {
                    Some(s) => format!("{day}T{hour:02}:{minute:02}:{s:02}"),
                    None => format!("{day}T{hour:02}:{minute:02}"),
                };
                Some(Interval {
                    from: instant(clock.minute.unwrap_or(0)),
                    to: instant(clock.minute.unwrap_or(0)),
                })
            }
            _ => {
                let (from, to) = self.days()?;
                Some(Interval { from: from.to_string(), to: to.to_string() })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timex::TimexValue;

    #[test]
    fn spellings_and_intervals() {
        for (value, from, to) in [
            ("2021-07-22", "2021-07-22", "2021-07-22"),
            ("2021-02", "2021-02-01", "2021-02-28"),
            ("2021", "2021-01-01", "2021-12-31"),
            ("199", "1990-01-01", "1999-12-31"),
            ("19", "1900-01-01", "1999-12-31"),
            ("2021-Q3", "2021-07-01", "2021-09-30"),
            ("2021-H2", "2021-07-01", "2021-12-31"),
            ("2021-WI", "2021-12-01", "2022-02-28"),
            ("2021-W29", "2021-07-19", "2021-07-25"),
            ("2020-W53-WE", "2021-01-02", "2021-01-03"),
            ("2021-07-21TNI", "2021-07-21T20:00", "2021-07-22T04:59"),
            ("2021-07-23T19:27:00", "2021-07-23T19:27:00", "2021-07-23T19:27:00"),
            ("2021-07-23T24:00", "2021-07-24T00:00", "2021-07-24T00:00"),
            ("BC0490-08", "-0489-08-01", "-0489-08-31"),
        ] {
            let period = Period::parse(value).unwrap();
            assert_eq!(period.to_string(), value);
            let interval = period.interval().unwrap();
            assert_eq!((interval.from.as_str(), interval.to.as_str()), (from, to), "{value}");
        }
        for other in [
            "PXY", "P3D", "PAST_REF", "XXXX-05", "2021-13", "2021-02-30", "2021-W60", "2021-Q5",
            "", "T", "é", "2021-07-22Té", "2021-é", "19X",
        ] {
            assert_eq!(TimexValue::parse(other).interval(), None, "{other}");
        }
        assert_eq!(Period::parse("198X"), Some(Period::Decade(198)));
        assert_eq!(Period::parse("19XX"), Some(Period::Century(19)));
        let range = TimexValue::parse("2021-05/2021-07-03");
        assert_eq!(range.interval().map(|i| i.to), Some("2021-07-03".into()));
    }
}
