//! Publication dates: a day, with a clock time where one is known.

use std::fmt;

use super::day::Day;

/// A publication date: a day, and where it is known a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The day.
    pub day: Day,
    /// Hour, minute, second.
    pub time: Option<(u8, u8, u8)>,
}

impl Stamp {
    /// Reads `2021-07-23`, `2021-07-23T19:27`, `2021-07-23 19:27:00`, with or without fractions
    /// of a second and a zone (both dropped: the paper's own clock is meant).
    pub fn parse(text: &str) -> Option<Stamp> {
        let text = text.trim();
        let day = Day::parse(text.get(..10)?)?;
        let rest = text.get(10..)?;
        if rest.is_empty() {
            return Some(Stamp { day, time: None });
        }
        let clock = rest.strip_prefix(['T', 't', ' '])?.trim_start();
        let two = |at: usize, below: u8| {
            let part = clock.get(at..at + 2)?;
            part.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
            part.parse::<u8>().ok().filter(|&n| n < below)
        };
        (clock.get(2..3)? == ":").then_some(())?;
        let (hour, minute) = (two(0, 24)?, two(3, 60)?);
        let (second, rest) = if clock.get(5..6) == Some(":") {
            (two(6, 61)?, clock.get(8..)?)
        } else {
            (0, clock.get(5..)?)
        };
        let known = rest.trim_start().chars().next();
        known
            .is_none_or(|c| matches!(c, '.' | ',' | '+' | '-') || c.is_ascii_alphabetic())
            .then_some(())?;
        Some(Stamp { day, time: Some((hour, minute, second)) })
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        match self.time {
            Some((h, m, s)) => write!(f, "T{h:02}:{m:02}:{s:02}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        for (text, want) in [
            ("2021-07-23", Some("2021-07-23")),
            ("2021-07-23 19:27:00", Some("2021-07-23T19:27:00")),
            ("2021-07-23T19:27", Some("2021-07-23T19:27:00")),
            ("2013-02-12T04:30:00-02:00", Some("2013-02-12T04:30:00")),
            ("2012-08-10T12:00:00.000Z", Some("2012-08-10T12:00:00")),
            ("2021-07-23T25:00", None),
            ("2021-07-23é", None),
            ("é", None),
        ] {
            assert_eq!(Stamp::parse(text).map(|s| s.to_string()).as_deref(), want, "{text}");
        }
    }
}
