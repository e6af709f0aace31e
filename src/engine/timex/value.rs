use std::fmt;

use super::interval::Interval;
use super::length::Length;
use super::open::{OpenDate, OpenFields};
use super::period::Period;
use super::time_of_day::TimeOfDay;

/// A TIMEX3 value. Every text is one: what no other variant spells is [`TimexValue::Other`], so that
/// a value from a file is written back as it was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TimexValue {
    /// `PAST_REF`.
    Reference(Reference),
    /// `2021-07-22`, `2021-07-21TNI`.
    Period(Period),
    /// `2021-05-03/2021-05-05`.
    Range(Period, Period),
    /// `XXXX-WXX-5`.
    Open(OpenDate),
    /// `P3M`.
    Length(Length),
    /// A text that no other variant spells.
    Other(String),
}

/// A time that is not known more closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "plain words")]
pub enum Reference {
    Past,
    Present,
    Future,
}

impl Reference {
    const ALL: [(Reference, &'static str); 3] = [
        (Reference::Past, "PAST_REF"),
        (Reference::Present, "PRESENT_REF"),
        (Reference::Future, "FUTURE_REF"),
    ];
}

impl TimexValue {
    /// Reads any text; the value's spelling is that text.
    pub fn parse(text: &str) -> TimexValue {
        TimexValue::read(text)
            .filter(|value| value.to_string() == text)
            .unwrap_or_else(|| TimexValue::Other(text.to_owned()))
    }

    /// Reads TIMEX3 and other spellings of ISO 8601 and EDTF that mean the same (`198X`,
    /// `2021-W29-4`, a zone `-0500`). `None` for what is neither.
    pub fn read(text: &str) -> Option<TimexValue> {
        if let Some((reference, _)) = Reference::ALL.iter().find(|row| row.1 == text) {
            return Some(TimexValue::Reference(*reference));
        }
        if let Some((from, to)) = text.split_once('/') {
            return Some(TimexValue::Range(Period::parse(from)?, Period::parse(to)?));
        }
        Period::parse(text)
            .map(TimexValue::Period)
            .or_else(|| Length::read(text).map(TimexValue::Length))
            .or_else(|| OpenDate::read(text).map(TimexValue::Open))
    }

    /// What the value says, though its text may not be spelled as this type spells it.
    pub fn normalized(&self) -> Option<TimexValue> {
        match self {
            TimexValue::Other(text) => TimexValue::read(text),
            value => Some(value.clone()),
        }
    }

    /// The calendar interval that the value stands for. `None` for durations, sets, `PAST_REF` and
    /// its like, and values with fields left open (`XXXX-05`). A clock time is told by the clock of its
    /// own zone. Winters begin in their year's
    /// December; a night runs from 20:00 to 04:59.
    pub fn interval(&self) -> Option<Interval> {
        match self.normalized()? {
            TimexValue::Period(period) => period.interval(),
            TimexValue::Range(from, to) => {
                Some(Interval { from: from.interval()?.from, to: to.interval()?.to })
            }
            _ => None,
        }
    }

    /// The same day at a time of day.
    pub fn at(&self, time: TimeOfDay) -> TimexValue {
        match self {
            TimexValue::Period(Period::Day(day)) => TimexValue::Period(Period::at(*day, time)),
            TimexValue::Open(open) => TimexValue::Open(open.at(time)),
            value => TimexValue::Other(format!("{value}T{time}")),
        }
    }
}

impl fmt::Display for TimexValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimexValue::Reference(reference) => {
                let row = Reference::ALL.iter().find(|row| row.0 == *reference);
                f.write_str(row.map_or("", |row| row.1))
            }
            TimexValue::Period(period) => period.fmt(f),
            TimexValue::Range(from, to) => write!(f, "{from}/{to}"),
            TimexValue::Open(open) => open.fmt(f),
            TimexValue::Length(length) => length.fmt(f),
            TimexValue::Other(text) => f.write_str(text),
        }
    }
}

impl From<Reference> for TimexValue {
    fn from(reference: Reference) -> TimexValue {
        TimexValue::Reference(reference)
    }
}

impl From<Period> for TimexValue {
    fn from(period: Period) -> TimexValue {
        TimexValue::Period(period)
    }
}

impl From<OpenFields> for TimexValue {
    fn from(fields: OpenFields) -> TimexValue {
        TimexValue::Open(OpenDate::new(fields))
    }
}

impl From<OpenDate> for TimexValue {
    fn from(open: OpenDate) -> TimexValue {
        TimexValue::Open(open)
    }
}

impl From<Length> for TimexValue {
    fn from(length: Length) -> TimexValue {
        TimexValue::Length(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_understood() {
        for text in [
            "PAST_REF",
            "PRESENT_REF",
            "FUTURE_REF",
            "2021-07-22",
            "2021-07-21TNI",
            "2021-05/2021-07-03",
            "XXXX",
            "XXXX-XX-XXT19:30",
            "XXXX-WXX-4TNI",
            "XXXX-WXX-WD",
            "XXXX-05-03",
            "XXXX-XX-20",
            "XXXX-SU",
            "XXXX-H1",
            "XXXX-Q3",
            "XXXX-QX",
            "1989-QX",
            "BC0050-QX",
            "P3M",
            "PT1H30M",
            "P1Y6M",
            "P1DT3H",
            "PXW",
            "PXX",
            "P2.5D",
            "PX",
            "P0.25Q",
            "2021-07-22T19:27Z",
            "2021-07-22T17:30-05:00",
            "XXXX-XX-XXT18:00+05:30",
        ] {
            let value = TimexValue::parse(text);
            assert_eq!(matches!(value, TimexValue::Other(_)), text == "PX", "{text}");
            assert_eq!(value.to_string(), text);
        }
    }

    #[test]
    fn other_spellings_are_kept_and_understood() {
        for (text, normal) in [
            ("198X", "198"),
            ("2021-W29-4", "2021-07-22"),
            ("2021-07-22T19:27+00:00", "2021-07-22T19:27Z"),
            ("2021-07-22T17:30-0500", "2021-07-22T17:30-05:00"),
            ("2013-03-20T22-05", "2013-03-20T22-05:00"),
            ("P03M", "P3M"),
            ("PXXY", "PXY"),
        ] {
            let value = TimexValue::parse(text);
            assert_eq!(value, TimexValue::Other(text.to_owned()));
            assert_eq!(value.normalized().map(|v| v.to_string()).as_deref(), Some(normal));
        }
        assert_eq!(TimexValue::parse("BC05").normalized(), None);
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_written_back(text in "\\PC{0,20}|[0-9XBCPTWQHSU:+/.-]{0,24}") {
            let value = TimexValue::parse(&text);
            assert_eq!(value.to_string(), text);
            let _ = value.interval();
            if let Some(normal) = value.normalized() {
                assert_eq!(TimexValue::parse(&normal.to_string()), normal);
            }
        }
    }
}
