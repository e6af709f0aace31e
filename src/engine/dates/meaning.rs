//! What an expression says, before it is known which day that is.

use super::holidays::Holiday;
use crate::timex::{Amount, ClockTime, DayPart, Modifier, Reference, Season, TimeOfDay, Unit};

/// An expression as the grammar read it.
#[derive(Debug, Clone)]
pub(super) struct ParsedDate {
    /// Lexemes, half open.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) meaning: Meaning,
    pub(super) time: Option<Time>,
    pub(super) modifier: Option<Modifier>,
    /// The name of the rule that read it.
    pub(super) rule: &'static str,
}

impl ParsedDate {
    /// Without time and modifier; the rule is filled in by whoever calls it.
    pub(super) fn new(from: usize, to: usize, meaning: Meaning) -> ParsedDate {
        ParsedDate { from, to, meaning, time: None, modifier: None, rule: "" }
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// A clock time, and whether am or pm is written (or clear, as in 19:30).
    Clock(ClockTime, bool),
    Part(DayPart),
}

impl Time {
    /// As values say it: to the minute at least.
    pub(super) fn of_day(self) -> TimeOfDay {
        match self {
            Time::Clock(clock, _) => {
                TimeOfDay::Clock(ClockTime { minute: Some(clock.minute.unwrap_or(0)), ..clock })
            }
            Time::Part(part) => TimeOfDay::Part(part),
        }
    }
}

/// Which year, as far as the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearRef {
    Open,
    Known(i32),
    /// Years after the publication year.
    Published(i32),
    /// Years after the year of the antecedent.
    Antecedent(i32),
}

/// A part of the year that is neither month nor day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearPart {
    Season(Season),
    Quarter(u8),
    Half(u8),
    Holiday(&'static Holiday),
    /// First Monday = (1, 0), last Friday = (-1, 4) of the month.
    NthWeekday(i8, u8),
    /// Of the month.
    LastDay,
    /// Of the year, by ISO 8601.
    Week(u8),
    /// First (1) … last (−1) whole week of the month; true: its weekend.
    NthWeek(i8, bool),
}

/// A date with the fields that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PartialDate {
    pub(super) year: YearRef,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) weekday: Option<u8>,
    pub(super) sub: Option<YearPart>,
}

impl PartialDate {
    pub(super) const NONE: PartialDate =
        PartialDate { year: YearRef::Open, month: None, day: None, weekday: None, sub: None };
}

/// Which of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// "last", "past"
    Last,
    /// "this", "the current"
    This,
    /// "next", "coming"
    Next,
    /// "Thursday last": of the week before.
    WeekBefore,
}

/// What a shift is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountedFrom {
    Published,
    Antecedent,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recurrence {
    /// Every so many units.
    Units(Amount, Unit),
    Weekday(u8),
    Weekdays,
    Weekends,
    Month(u8),
    Season(Season),
    Part(DayPart),
    Holiday(&'static Holiday),
}

/// What an expression says, without its time of day and modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Only a time of day is written.
    TimeOnly,
    Partial(PartialDate),
    /// Both readings of "04/03/2021": month first; day first.
    Either(PartialDate, PartialDate),
    /// First year, and whether the century is written.
    Decade(i32, bool),
    Century(i32),
    /// Whole units from the base: "yesterday", "this year", "next month".
    Shift(Unit, i32, CountedFrom),
    /// "last Friday", "next May", "this summer".
    Near(Which, PartialDate),
    /// "two weeks ago" −, "three days later" +.
    Offset(Amount, Unit, i32, CountedFrom),
    /// A count of units after (+) or before (−) another date, "two days before Christmas".
    Around(Amount, Unit, i32, PartialDate),
    /// The weekend that a holiday makes long: "Labor Day weekend", "the Fourth of July weekend".
    WeekendOf(PartialDate),
    /// "the last Friday of the month", "the 5th of next month": months after the base's.
    OfMonth(i32, CountedFrom, PartialDate),
    /// "the third quarter", "the quarter": of a company report; 0: which is not said.
    FiscalQuarter(u8, YearRef),
    /// "the year-earlier quarter": the antecedent, years later.
    SamePeriod(i32),
    /// "the 1988 period": the antecedent, in that year.
    PeriodOf(YearRef),
    /// "the month": the antecedent's in this paragraph, else that of publication.
    The(Unit),
    /// "then": the antecedent.
    Then,
    /// "the day", "that week": the antecedent at this grain.
    Same(Unit),
    Length(Amount, Unit),
    /// Two units: "an hour and 30 minutes".
    Lengths(Amount, Unit, Amount, Unit),
    Set(Recurrence),
    Ref(Reference),
}
