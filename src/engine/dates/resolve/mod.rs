//! From what an expression says to the day it means, by the publication date, the last date told
//! and the tense around it.

mod dated;
mod length;
mod relative;
mod reports;
mod resolved;
mod scene;

use dated::dated;
use length::repeated;
use relative::{around, near, of_month, offset, shifted};

use reports::{quarter, same, same_period};
pub(super) use resolved::{Resolved, ResolvedAgainst};
pub(super) use scene::Scene;

use super::meaning::{Base, Found, Meaning, Ref, Time};
use super::mention::Cue;
use crate::timex::{
    Amount, DayPart, Length, OpenDate, OpenFields, Period, Reference, TimexType, TimexValue, Unit,
};
use resolved::NO_PUBLICATION_DATE;

/// Resolves `found`; `None` for days that do not exist and for what turns out to be no date.
pub(super) fn resolve(found: &Found, scene: &Scene) -> Option<Resolved> {
    let mut resolved = resolve_meaning(found, scene)?;
    if let Some(time) = found.time {
        resolved = with_time(resolved, time, found);
    }
    resolved.modifier = found.modifier.clone().or(resolved.modifier);
    Some(resolved)
}

fn resolve_meaning(found: &Found, scene: &Scene) -> Option<Resolved> {
    match found.meaning {
        Meaning::TimeOnly => match scene
            .told_past
            .filter(|(_, p)| *p + 2 > scene.paragraph || scene.narrative)
            .map(|(day, _)| (day, ResolvedAgainst::Antecedent))
            .or_else(|| scene.base(Base::Published))
        {
            Some((day, against)) => {
                Some(Resolved::period(Period::Day(day), against, "the day told of", 600))
            }
            None => {
                Some(Resolved::other(TimexType::Date, OpenFields::AnyDay, NO_PUBLICATION_DATE, 500))
            }
        },
        Meaning::Partial(partial) => dated(partial, scene),
        Meaning::Either(us, uk) => {
            let mut first = dated(us, scene);
            let second = dated(uk, scene);
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
        Meaning::Shift(Unit::Year, -1, Base::Published)
        | Meaning::Offset(Amount::ONE, Unit::Year, -1, _)
            if scene.cue == Cue::SamePeriod =>
        {
            same_period(-1, scene)
        }
        Meaning::Shift(unit, n, base) => Some(shifted(unit, n, base, scene)),
        Meaning::OfMonth(n, base, partial) => of_month(n, base, partial, scene),
        Meaning::Near(which, partial) => near(which, partial, found.rule == "told", scene),
        Meaning::Offset(amount, unit, sign, base) => offset(amount, unit, sign, base, scene),
        Meaning::Around(amount, unit, sign, partial) => around(amount, unit, sign, partial, scene),
        Meaning::FiscalQuarter(n, year) => quarter(n, year, scene),
        Meaning::SamePeriod(n) => same_period(n, scene),
        Meaning::PeriodOf(year) => match scene.year(year) {
            Some((year, against)) if scene.compared_quarter().is_none() => {
                Some(Resolved::period(Period::Year(year), against, "the year is told", 700))
            }
            _ => quarter(0, year, scene),
        },
        Meaning::Same(unit) => same(unit, scene),
        // "since year-end"
        Meaning::The(Unit::Year) if scene.cue == Cue::Behind => {
            Some(shifted(Unit::Year, -1, Base::Published, scene))
        }
        Meaning::The(unit) => {
            // A month that was told says nothing of "the week".
            let known = unit != Unit::Week || scene.told_day.is_some();
            let here = scene.narrative
                || scene.told_in == scene.paragraph && scene.told.is_some() && known
                || unit == Unit::Quarter && scene.told_quarter().is_some();
            if here {
                return same(unit, scene);
            }
            same(unit, &scene.without_told())
        }
        Meaning::Then => scene.told.map(|period| {
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
            let value = repeated(often, found.time)?;
            Some(Resolved::other(TimexType::Set, value, "it happens again and again", 800))
        }
        Meaning::Ref(Ref::Past) => Some(Resolved::other(
            TimexType::Date,
            Reference::Past,
            "a past that is not told more closely",
            720,
        )),
        Meaning::Ref(Ref::Present) => {
            Some(Resolved::other(TimexType::Date, Reference::Present, "the time of writing", 850))
        }
        Meaning::Ref(Ref::Future) => Some(Resolved::other(
            TimexType::Date,
            Reference::Future,
            "a future that is not told more closely",
            850,
        )),
    }
}

fn with_time(day: Resolved, time: Time, found: &Found) -> Resolved {
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
