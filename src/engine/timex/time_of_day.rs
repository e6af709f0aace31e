//! Times of day: clock times and the parts that TIMEX3 names.

use std::fmt;

use super::digits::parse_digits;

/// A clock time; what is not given is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClockTime {
    /// 0–24; 24 is the end of the day.
    pub hour: u8,
    /// 0–59.
    pub minute: Option<u8>,
    /// 0–60.
    pub second: Option<u8>,
    /// The zone that the text names; `None`: the clock of whoever writes.
    pub zone: Option<UtcOffset>,
}

/// How far a zone's clock is ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UtcOffset {
    /// −1439 to 1439.
    minutes: i16,
}

impl UtcOffset {
    /// `None` for a day or more.
    pub fn from_minutes(minutes: i16) -> Option<UtcOffset> {
        (-1439..=1439).contains(&minutes).then_some(UtcOffset { minutes })
    }

    /// Minutes ahead of UTC; negative: behind.
    pub fn minutes(self) -> i16 {
        self.minutes
    }

    /// Reads `Z`, `+02:00`, `-0500`, `+02`.
    pub fn parse(text: &str) -> Option<UtcOffset> {
        if matches!(text, "Z" | "z") {
            return UtcOffset::from_minutes(0);
        }
        let (sign, digits) = match text.strip_prefix('+') {
            Some(digits) => (1, digits),
            None => (-1, text.strip_prefix(['-', '−'])?),
        };
        let hours = parse_digits(digits.get(..2)?, 2)?;
        let rest = digits.get(2..)?;
        let minutes = match rest.strip_prefix(':').unwrap_or(rest) {
            "" if rest.is_empty() => 0,
            minutes => parse_digits(minutes, 2).filter(|&m| m < 60)?,
        };
        UtcOffset::from_minutes(sign * i16::try_from(hours * 60 + minutes).ok()?)
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.minutes == 0 {
            return f.write_str("Z");
        }
        let sign = if self.minutes < 0 { '-' } else { '+' };
        let minutes = self.minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// Parts of the day, as TIMEX3 names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "plain words")]
pub enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "plain words")]
pub enum TimeOfDay {
    Clock(ClockTime),
    Part(DayPart),
}

/// TIMEX3's code, name for people, first hour, how many hours.
const PARTS: [(DayPart, &str, &str, u32, u32); 6] = [
    (DayPart::Morning, "MO", "morning", 6, 6),
    (DayPart::Midday, "MI", "midday", 11, 3),
    (DayPart::Afternoon, "AF", "afternoon", 12, 6),
    (DayPart::Evening, "EV", "evening", 18, 4),
    (DayPart::Night, "NI", "night", 20, 9),
    (DayPart::Daytime, "DT", "daytime", 6, 12),
];

impl DayPart {
    /// All parts of the day.
    pub const ALL: [DayPart; 6] = [
        DayPart::Morning,
        DayPart::Midday,
        DayPart::Afternoon,
        DayPart::Evening,
        DayPart::Night,
        DayPart::Daytime,
    ];

    /// TIMEX3's two letters.
    pub fn code(self) -> &'static str {
        PARTS[self as usize].1
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        PARTS[self as usize].2
    }

    fn from_code(code: &str) -> Option<DayPart> {
        PARTS.iter().find(|row| row.1 == code).map(|row| row.0)
    }

    /// Its first hour, and how many hours it has.
    pub(super) fn hours(self) -> (u32, u32) {
        let (.., first, count) = PARTS[self as usize];
        (first, count)
    }
}

impl ClockTime {
    /// `None` when no day has this time; 24:00 is the end of a day.
    pub fn new(hour: u32, minute: Option<u32>, second: Option<u32>) -> Option<ClockTime> {
        let fits = hour <= 24
            && minute.is_none_or(|m| m < 60)
            && second.is_none_or(|s| s <= 60)
            && (hour < 24 || (minute.unwrap_or(0) == 0 && second.unwrap_or(0) == 0));
        fits.then_some(ClockTime {
            hour: hour as u8,
            minute: minute.map(|m| m as u8),
            second: second.map(|s| s as u8),
            zone: None,
        })
    }

    /// The same time by the clock of `zone`.
    pub fn in_zone(self, zone: Option<UtcOffset>) -> ClockTime {
        ClockTime { zone, ..self }
    }

    fn parse(text: &str) -> Option<ClockTime> {
        let (text, zone) = split_zone(text)?;
        let mut parts = text.split(':');
        let hour = parse_digits(parts.next()?, 2)?;
        let minute = match parts.next() {
            Some(m) => Some(parse_digits(m, 2)?),
            None => None,
        };
        let second = match parts.next() {
            Some(s) => Some(parse_digits(s.split(['.', ',']).next()?, 2)?),
            None => None,
        };
        parts.next().is_none().then_some(())?;
        ClockTime::new(hour, minute, second).map(|clock| clock.in_zone(zone))
    }
}

/// `19:27Z`, `19:27+02:00`: the time and its zone; `None` for a zone that is none.
fn split_zone(text: &str) -> Option<(&str, Option<UtcOffset>)> {
    match text.rfind(['+', '-', '−', 'Z', 'z']) {
        Some(at) => Some((&text[..at], Some(UtcOffset::parse(&text[at..])?))),
        None => Some((text, None)),
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.hour)?;
        if let Some(minute) = self.minute {
            write!(f, ":{minute:02}")?;
        }
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        self.zone.map_or(Ok(()), |zone| zone.fmt(f))
    }
}

impl TimeOfDay {
    /// Reads what stands after a value's `T`: `NI`, `19:27`.
    pub(super) fn parse(text: &str) -> Option<TimeOfDay> {
        match DayPart::from_code(text) {
            Some(part) => Some(TimeOfDay::Part(part)),
            None => ClockTime::parse(text).map(TimeOfDay::Clock),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimeOfDay::Clock(clock) => clock.fmt(f),
            TimeOfDay::Part(part) => f.write_str(part.code()),
        }
    }
}
