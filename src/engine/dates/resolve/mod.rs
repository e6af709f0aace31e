//! From what an expression says to the day it means, by the publication date, the last date told
//! and the tense around it.

mod dated;
mod length;
mod relative;
mod reports;
mod scene;

use dated::dated;
use length::{length, set};
use relative::{around, near, of_month, offset, shifted};

use reports::{quarter, same, same_period};
pub(super) use scene::{Cue, Scene};

use super::meaning::{Amount, Base, Found, Meaning, Modifier, Ref, Time};
use super::period::{Clock, Part, Period};
use super::vocabulary::Unit;
use crate::document::TimexType;

/// What a relative expression hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hung {
    Nothing,
    Published,
    Told,
}

/// A value before it is dressed as an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) kind: TimexType,
    pub(super) value: String,
    pub(super) modifier: Option<Modifier>,
    pub(super) hung: Hung,
    /// Other values, likeliest first.
    pub(super) others: Vec<String>,
    /// In words for people.
    pub(super) reason: &'static str,
    /// The period, where the value is one.
    pub(super) period: Option<Period>,
    /// Per mille, before the document's own doubts.
    pub(super) sure: u16,
}

fn plain(period: Period, hung: Hung, reason: &'static str, sure: u16) -> Resolved {
    let kind = match period {
        Period::Part(..) | Period::Clock(..) => TimexType::Time,
        _ => TimexType::Date,
    };
    Resolved {
        kind,
        value: period.to_string(),
        modifier: None,
        hung,
        others: Vec::new(),
        reason,
        period: Some(period),
        sure,
    }
}

fn open(kind: TimexType, value: impl Into<String>, reason: &'static str, sure: u16) -> Resolved {
    Resolved {
        kind,
        value: value.into(),
        modifier: None,
        hung: Hung::Nothing,
        others: Vec::new(),
        reason,
        period: None,
        sure,
    }
}

const UNKNOWN: &str = "no publication date is known to count from";

/// Resolves `found`; `None` for days that do not exist and for what turns out to be no date.
pub(super) fn resolve(found: &Found, scene: &Scene) -> Option<Resolved> {
    let mut resolved = heart(found, scene)?;
    if let Some(time) = found.time {
        resolved = with_time(resolved, time, found, scene)?;
    }
    resolved.modifier = found.modifier.or(resolved.modifier);
    Some(resolved)
}

fn heart(found: &Found, scene: &Scene) -> Option<Resolved> {
    match found.meaning {
        Meaning::TimeOnly => match scene
            .told_past
            .filter(|(_, p)| *p + 2 > scene.paragraph || scene.narrative)
            .map(|(day, _)| (day, Hung::Told))
            .or_else(|| scene.base(Base::Published))
        {
            Some((day, hung)) => Some(plain(Period::Day(day), hung, "the day told of", 600)),
            None => Some(open(TimexType::Date, "XXXX-XX-XX", UNKNOWN, 500)),
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
                    first.sure = 600;
                }
                (None, second) => first = second,
                _ => {}
            }
            first
        }
        Meaning::Decade(first, _) => Some(plain(
            Period::Decade(first.div_euclid(10)),
            Hung::Nothing,
            "the decade is written out",
            920,
        )),
        Meaning::Century(c) if c >= 0 => {
            Some(plain(Period::Century(c), Hung::Nothing, "the century is written out", 920))
        }
        Meaning::Century(c) => Some(open(
            TimexType::Date,
            format!("BC{:02}", -c - 1),
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
            Some((year, hung)) if scene.compared_quarter().is_none() => {
                Some(plain(Period::Year(year), hung, "the year is told", 700))
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
        Meaning::Then => {
            scene.told.map(|period| plain(period, Hung::Told, "the time told of", 700))
        }
        Meaning::Length(amount, unit) => {
            Some(open(TimexType::Duration, length(amount, unit)?, "a length of time", 870))
        }
        Meaning::Lengths(a, u, b, v) => {
            let (one, two) = (length(a, u)?, length(b, v)?);
            let joined = match (one.strip_prefix("PT"), two.strip_prefix("PT")) {
                (Some(_), Some(tail)) => format!("{one}{tail}"),
                (None, Some(tail)) => format!("{one}T{tail}"),
                (None, None) => format!("{one}{}", &two[1..]),
                (Some(_), None) => return None,
            };
            Some(open(TimexType::Duration, joined, "a length of time", 900))
        }
        Meaning::Set(often) => {
            Some(open(TimexType::Set, set(often, found.time)?, "it happens again and again", 800))
        }
        Meaning::Ref(Ref::Past) => {
            Some(open(TimexType::Date, "PAST_REF", "a past that is not told more closely", 720))
        }
        Meaning::Ref(Ref::Present) => {
            Some(open(TimexType::Date, "PRESENT_REF", "the time of writing", 850))
        }
        Meaning::Ref(Ref::Future) => {
            Some(open(TimexType::Date, "FUTURE_REF", "a future that is not told more closely", 850))
        }
    }
}

fn with_time(day: Resolved, time: Time, found: &Found, scene: &Scene) -> Option<Resolved> {
    if day.kind == TimexType::Set {
        return Some(day);
    }
    let suffix = match time {
        Time::Clock(clock, _) => {
            let minute = clock.minute.unwrap_or(0);
            match clock.second {
                Some(s) => format!("T{:02}:{minute:02}:{s:02}", clock.hour),
                None => format!("T{:02}:{minute:02}", clock.hour),
            }
        }
        Time::Part(part) => format!("T{}", part.code()),
    };
    let Some(Period::Day(base)) = day.period else {
        // "the morning of an unknown day"
        let head = if day.value.len() == 10 { day.value.as_str() } else { "XXXX-XX-XX" };
        return Some(Resolved {
            kind: TimexType::Time,
            value: format!("{head}{suffix}"),
            period: None,
            ..day
        });
    };
    if matches!(found.meaning, Meaning::TimeOnly)
        && matches!(time, Time::Part(Part::Night | Part::Daytime))
    {
        // "at night": any night.
        return Some(open(TimexType::Time, format!("XXXX-XX-XX{suffix}"), "no day is meant", 700));
    }
    let period = match time {
        Time::Clock(clock, _) => {
            Period::Clock(base, Clock { minute: Some(clock.minute.unwrap_or(0)), ..clock })
        }
        Time::Part(part) => Period::Part(base, part),
    };
    let _ = scene;
    Some(Resolved {
        kind: TimexType::Time,
        value: period.to_string(),
        period: Some(period),
        others: day.others.iter().map(|o| format!("{o}{suffix}")).collect(),
        ..day
    })
}
