//! From what an expression says to the day it means, by the publication date, the last date
//! and the tense around it.

mod dated;
mod discourse;
mod length;
mod relative;
mod reports;
mod resolved;

use dated::resolve_partial_date;
use length::recurrence_value;
use relative::{
    resolve_around, resolve_in_month, resolve_near, resolve_offset, resolve_shift,
    resolve_weekend_of,
};

pub(super) use discourse::Discourse;
use reports::{resolve_quarter, resolve_same_period, resolve_same_unit};
pub(super) use resolved::{Resolved, ResolvedAgainst};

use super::meaning::{CountedFrom, Meaning, ParsedDate, Time};
use super::mention::Cue;
use crate::timex::{
    Amount, DayPart, Length, OpenDate, OpenFields, Period, Reference, TimexType, TimexValue, Unit,
};
use resolved::NO_PUBLICATION_DATE;

/// Resolves `found`; `None` for days that do not exist and for what turns out to be no date.
pub(super) fn resolve(found: &ParsedDate, discourse: &Discourse) -> Option<Resolved> {
    let mut resolved = resolve_meaning(found, discourse)?;
    if let Some(time) = found.time {
        resolved = with_time(resolved, time, found);
    }
    resolved.modifier = found.modifier.clone().or(resolved.modifier);
    Some(resolved)
}

fn resolve_meaning(found: &ParsedDate, discourse: &Discourse) -> Option<Resolved> {
    match found.meaning {
        Meaning::TimeOnly => match discourse.day_of_time() {
            Some((day, against)) => {
                Some(Resolved::period(Period::Day(day), against, "the day told of", 600))
            }
            None => {
                Some(Resolved::other(TimexType::Date, OpenFields::AnyDay, NO_PUBLICATION_DATE, 500))
            }
        },
        Meaning::Partial(partial) => resolve_partial_date(partial, discourse),
        Meaning::Either(us, uk) => {
            let mut first = resolve_partial_date(us, discourse);
            let second = resolve_partial_date(uk, discourse);
            match (&mut first, second) {
                (Some(first), Some(second)) => {
                    first.others.push(second.value);
                    first.reason =
                        "month first, as American papers write; the other reading is kept";
                    first.confidence = 600;
                }
                (None, second) => first = second,
                _ => {}
            }
            first
        }
        Meaning::Decade(first, _) => Some(Resolved::period(
            Period::Decade(first.div_euclid(10)),
            ResolvedAgainst::Nothing,
            "the decade is written out",
            920,
        )),
        Meaning::Century(c) if c >= 0 => Some(Resolved::period(
            Period::Century(c),
            ResolvedAgainst::Nothing,
            "the century is written out",
            920,
        )),
        Meaning::Century(c) => Some(Resolved::other(
            TimexType::Date,
            // TIMEX3 spells centuries before the first, which are no period here.
            TimexValue::parse(&format!("BC{:02}", -c - 1)),
            "the century is written out",
            800,
        )),
        // "the corresponding period last year", "the same quarter a year ago"
        Meaning::Shift(Unit::Year, -1, CountedFrom::Published)
        | Meaning::Offset(Amount::ONE, Unit::Year, -1, _)
            if discourse.cue == Cue::SamePeriod =>
        {
            resolve_same_period(-1, discourse)
        }
        Meaning::Shift(unit, n, base) => Some(resolve_shift(unit, n, base, discourse)),
        Meaning::OfMonth(n, base, partial) => resolve_in_month(n, base, partial, discourse),
        Meaning::Near(which, partial) => {
            resolve_near(which, partial, found.rule == "told", discourse)
        }
        Meaning::Offset(amount, unit, sign, base) => {
            resolve_offset(amount, unit, sign, base, discourse)
        }
        Meaning::Around(amount, unit, sign, partial) => {
            resolve_around(amount, unit, sign, partial, discourse)
        }
        Meaning::WeekendOf(partial) => resolve_weekend_of(partial, discourse),
        Meaning::FiscalQuarter(n, year) => resolve_quarter(n, year, discourse),
        Meaning::SamePeriod(n) => resolve_same_period(n, discourse),
        Meaning::PeriodOf(year) => match discourse.resolve_year(year) {
            Some((year, against)) if discourse.compared_quarter().is_none() => {
                Some(Resolved::period(Period::Year(year), against, "the year is told", 700))
            }
            _ => resolve_quarter(0, year, discourse),
        },
        Meaning::Same(unit) => resolve_same_unit(unit, discourse),
        // "since year-end"
        Meaning::The(Unit::Year) if discourse.cue == Cue::Behind => {
            Some(resolve_shift(Unit::Year, -1, CountedFrom::Published, discourse))
        }
        Meaning::The(unit) => {
            // A month before it says nothing of "the week".
            let known = unit != Unit::Week || discourse.antecedent_day.is_some();
            let here = discourse.narrative
                || discourse.antecedent_paragraph == discourse.paragraph
                    && discourse.antecedent.is_some()
                    && known
                || unit == Unit::Quarter && discourse.reported_quarter().is_some();
            if here {
                return resolve_same_unit(unit, discourse);
            }
            resolve_same_unit(unit, &discourse.without_antecedent())
        }
        Meaning::Then => discourse.antecedent.map(|period| {
            Resolved::period(period, ResolvedAgainst::Antecedent, "the time told of", 700)
        }),
        Meaning::Length(amount, unit) => {
            let length = Length::of(amount, unit)?;
            Some(Resolved::other(TimexType::Duration, length, "a length of time", 870))
        }
        Meaning::Lengths(first, first_unit, second, second_unit) => {
            let length = Length::of(first, first_unit)?.and(Length::of(second, second_unit)?)?;
            Some(Resolved::other(TimexType::Duration, length, "a length of time", 900))
        }
        Meaning::Set(often) => {
            let value = recurrence_value(often, found.time)?;
            Some(Resolved::other(TimexType::Set, value, "it happens again and again", 800))
        }
        Meaning::Ref(Reference::Past) => Some(Resolved::other(
            TimexType::Date,
            Reference::Past,
            "a past that is not told more closely",
            720,
        )),
        Meaning::Ref(Reference::Present) => {
            Some(Resolved::other(TimexType::Date, Reference::Present, "the time of writing", 850))
        }
        Meaning::Ref(Reference::Future) => Some(Resolved::other(
            TimexType::Date,
            Reference::Future,
            "a future that is not told more closely",
            850,
        )),
    }
}

fn with_time(day: Resolved, time: Time, found: &ParsedDate) -> Resolved {
    if day.kind == TimexType::Set {
        return day;
    }
    let time_of_day = time.of_day();
    if day.period.is_none_or(|period| !matches!(period, Period::Day(_))) {
        // "the morning of an unknown day"
        let fields = match day.value {
            TimexValue::Open(open) if open.fields.is_day() => open.fields,
            _ => OpenFields::AnyDay,
        };
        let value = TimexValue::Open(OpenDate::new(fields).at(time_of_day));
        return Resolved { kind: TimexType::Time, value, period: None, ..day };
    }
    if matches!(found.meaning, Meaning::TimeOnly)
        && matches!(time, Time::Part(DayPart::Night | DayPart::Daytime))
    {
        // "at night": any night.
        let value = OpenDate::new(OpenFields::AnyDay).at(time_of_day);
        return Resolved::other(TimexType::Time, value, "no day is meant", 700);
    }
    let value = day.value.at(time_of_day);
    Resolved {
        kind: TimexType::Time,
        period: match value {
            TimexValue::Period(period) => Some(period),
            _ => None,
        },
        value,
        others: day.others.iter().map(|other| other.at(time_of_day)).collect(),
        ..day
    }
}
