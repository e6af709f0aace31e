//! This, last, next; ago, later; around a holiday.

use super::dated::{period_in_year, resolve_partial_date, without_known_year};
use super::discourse::Discourse;
use super::resolved::{NO_PUBLICATION_DATE, Resolved, ResolvedAgainst};
use crate::calendar::Day;
use crate::dates::meaning::{CountedFrom, PartialDate, Which, YearPart};
use crate::dates::mention::Cue;
use crate::dates::tense::Tense;
use crate::timex::{
    Amount, ClockTime, Length, OpenFields, Period, Reference, Season, TimexType, Unit,
};

/// "last Friday", "next May", "this summer".
pub(super) fn resolve_near(
    which: Which,
    partial: PartialDate,
    from_antecedent: bool,
    discourse: &Discourse,
) -> Option<Resolved> {
    let base = if from_antecedent { CountedFrom::Antecedent } else { CountedFrom::Published };
    let Some((anchor, against)) = discourse.base_day(base) else {
        return Some(without_known_year(partial));
    };
    if let (Some(weekday), None) = (partial.weekday, partial.month) {
        let back = i64::from((anchor.weekday() + 7 - u32::from(weekday)) % 7);
        let (day, reason) = match which {
            Which::Last => {
                (anchor.plus_days(if back == 0 { -7 } else { -back })?, "the last such day before")
            }
            Which::Next => (anchor.plus_days(7 - back)?, "the next such day after"),
            Which::WeekBefore => {
                let monday = anchor.plus_days(-i64::from(anchor.weekday()) - 7)?;
                (monday.plus_days(i64::from(weekday))?, "that day of the week before")
            }
            Which::This if discourse.tense == Tense::Past => {
                (anchor.plus_days(-back)?, "the latest such day")
            }
            Which::This => (anchor.plus_days((7 - back) % 7)?, "the coming such day"),
        };
        return Some(Resolved::period(Period::Day(day), against, reason, 920));
    }
    let year = anchor.year();
    // A period that begins in December spans the turn of the year.
    let order = |p: Period| p.days();
    let candidates = (-1..=1).filter_map(|n| period_in_year(partial, year + n));
    let mut last = None;
    let mut this = None;
    let mut next = None;
    let by_month = partial.day.is_none() && partial.sub.is_none();
    for period in candidates {
        let (from, to) = order(period)?;
        if to < anchor {
            last = Some(period);
        } else if from <= anchor {
            this = Some(period);
        } else if next.is_none() {
            next = Some(period);
        }
    }
    // Of the month just gone one says "last month", or names it alone.
    if which == Which::Last
        && by_month
        && let (Some(Period::Month(y, m)), Some(gone)) = (last, anchor.plus_months(-1))
        && (y, m) == (gone.year(), gone.month())
    {
        last = period_in_year(partial, y - 1);
    }
    let (period, reason) = match which {
        Which::Last | Which::WeekBefore => (last?, "the last one before"),
        Which::Next => (next?, "the next one after"),
        Which::This => {
            let own = period_in_year(partial, year)?;
            let winter = matches!(partial.sub, Some(YearPart::Season(Season::Winter)));
            let own = if winter && anchor.month() <= 4 {
                period_in_year(partial, year - 1)?
            } else {
                own
            };
            (if by_month { own } else { this.unwrap_or(own) }, "this year's")
        }
    };
    Some(Resolved::period(period, against, reason, 900))
}

/// Whole units from the base.
pub(super) fn resolve_shift(
    unit: Unit,
    n: i32,
    base: CountedFrom,
    discourse: &Discourse,
) -> Resolved {
    let Some((anchor, against)) = discourse.base_day_for_unit(base, unit) else {
        let value = match unit {
            Unit::Day => OpenFields::AnyDay,
            Unit::Week => OpenFields::AnyWeek,
            Unit::Weekend => OpenFields::AnyWeekend,
            Unit::Month => OpenFields::AnyMonth,
            Unit::Quarter => OpenFields::AnyQuarter,
            _ => OpenFields::AnyYear,
        };
        return Resolved::other(TimexType::Date, value, NO_PUBLICATION_DATE, 500);
    };
    let antecedent = discourse.antecedent;
    let period = match unit {
        Unit::Day => anchor.plus_days(i64::from(n)).map(Period::Day),
        Unit::Week => anchor.plus_days(7 * i64::from(n)).map(week_of_day),
        Unit::Weekend => return resolve_weekend(anchor, against, n, discourse),
        Unit::Month => anchor.plus_months(i64::from(n)).map(|d| Period::Month(d.year(), d.month())),
        Unit::Quarter => anchor
            .plus_months(3 * i64::from(n))
            .map(|d| Period::Quarter(d.year(), d.month().div_ceil(3))),
        Unit::Year => Some(Period::Year(anchor.year() + n)),
        Unit::Decade => Some(Period::Decade(anchor.year().div_euclid(10) + n)),
        Unit::Century => Some(Period::Century(anchor.year().div_euclid(100) + n)),
        _ => None,
    };
    // "the next day" after a month is not known to the day.
    let vague = against == ResolvedAgainst::Antecedent
        && unit == Unit::Day
        && base == CountedFrom::Antecedent
        && discourse.antecedent_day.is_none()
        && matches!(antecedent, Some(Period::Year(_)));
    let reason = match (against, n) {
        (ResolvedAgainst::Antecedent, _) => "counted from the date told",
        (_, 0) => "the time of publication",
        _ => "counted from the publication date",
    };
    let sure = match (against, unit) {
        (ResolvedAgainst::Antecedent, _) => 750,
        (_, Unit::Day) => 950,
        _ => 900,
    };
    match period {
        Some(period) if !vague => Resolved::period(period, against, reason, sure),
        _ => Resolved::other(
            TimexType::Date,
            OpenFields::AnyDay,
            "the day told of is not known",
            400,
        ),
    }
}

/// What `partial` says of the month that lies so many months after the base.
pub(super) fn resolve_in_month(
    n: i32,
    base: CountedFrom,
    partial: PartialDate,
    discourse: &Discourse,
) -> Option<Resolved> {
    let month = resolve_shift(Unit::Month, n, base, discourse);
    let Some(Period::Month(year, at)) = month.period else {
        let value = OpenFields::AnyDay.into();
        return Some(Resolved { value, ..month });
    };
    let partial = PartialDate { month: Some(at as u8), ..partial };
    let there = period_in_year(partial, year)?;
    Some(Resolved { value: there.into(), period: Some(there), ..month })
}

pub(super) fn week_of_day(day: Day) -> Period {
    let (year, week) = day.iso_week();
    Period::Week(year, week)
}

pub(super) fn resolve_weekend(
    anchor: Day,
    against: ResolvedAgainst,
    n: i32,
    discourse: &Discourse,
) -> Resolved {
    let weekday = anchor.weekday();
    // On Monday to Thursday the weekend that is past, unless the sentence looks ahead.
    let mut weeks = i64::from(n);
    if n == 0 && weekday < 5 && against == ResolvedAgainst::Published {
        let ahead = discourse.looks_ahead()
            || discourse.tense != Tense::Past && weekday >= 3 && discourse.cue != Cue::Behind;
        weeks = if ahead { 0 } else { -1 };
    }
    match anchor.plus_days(7 * weeks).map(Day::iso_week) {
        Some((y, w)) => Resolved::period(
            Period::Weekend(y, w),
            against,
            "the weekend nearest to the publication date",
            800,
        ),
        None => Resolved::other(TimexType::Date, OpenFields::AnyWeekend, NO_PUBLICATION_DATE, 400),
    }
}

/// "two weeks ago", "three days later".
pub(super) fn resolve_offset(
    amount: Amount,
    unit: Unit,
    sign: i32,
    base: CountedFrom,
    discourse: &Discourse,
) -> Option<Resolved> {
    let vague = |value: Reference| {
        Some(Resolved::other(TimexType::Date, value, "how long is not told", 600))
    };
    let reference = if sign < 0 { Reference::Past } else { Reference::Future };
    let Amount::Exact(hundredths) = amount else {
        return vague(reference);
    };
    // In a company's report "a year ago" is the same quarter a year before.
    if unit == Unit::Year
        && hundredths == 100
        && sign < 0
        && discourse.report
        && let Some((year, quarter)) = discourse.compared_quarter()
    {
        return Some(Resolved::period(
            Period::Quarter(year - 1, quarter),
            ResolvedAgainst::Antecedent,
            "the same quarter a year before, as company reports say it",
            680,
        ));
    }
    // Results of nine months, "compared with … a year earlier": the year before the report's.
    let base = if discourse.reports_long_period() && unit == Unit::Year && sign < 0 {
        CountedFrom::Published
    } else {
        base
    };
    // "an hour and a half later": how long it took is all that is known.
    if base == CountedFrom::Antecedent && unit <= Unit::Hour {
        let reason = "a length of time: when it began is not told";
        return Some(Resolved::other(TimexType::Duration, Length::of(amount, unit)?, reason, 600));
    }
    let Some((anchor, against)) = discourse.base_day_for_unit(base, unit) else {
        return vague(reference);
    };
    // "a month later", where only a year is known.
    if against == ResolvedAgainst::Antecedent
        && unit <= Unit::Month
        && matches!(discourse.antecedent, Some(Period::Year(_)))
    {
        return vague(reference);
    }
    let n = i64::from(sign) * i64::from(hundredths);
    let whole = n / 100;
    let year = |years: i64| i32::try_from(i64::from(anchor.year()) + years).ok();
    let period = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let stamp = discourse.published.filter(|_| against == ResolvedAgainst::Published);
            let per = match unit {
                Unit::Hour => 3600,
                Unit::Minute => 60,
                _ => 1,
            };
            match stamp.and_then(|s| s.time) {
                Some((h, m, s)) => {
                    let seconds =
                        i64::from(h) * 3600 + i64::from(m) * 60 + i64::from(s) + n * per / 100;
                    let day = anchor.plus_days(seconds.div_euclid(86_400))?;
                    let rest = seconds.rem_euclid(86_400) as u32;
                    let clock = ClockTime::new(rest / 3600, Some(rest / 60 % 60), None)?;
                    Some(Period::Clock(day, clock))
                }
                None => return vague(reference),
            }
        }
        Unit::Day => anchor.plus_days(whole).map(Period::Day),
        Unit::Weekend | Unit::Week => anchor.plus_days(7 * whole).map(week_of_day),
        Unit::Fortnight => anchor.plus_days(14 * whole).map(week_of_day),
        Unit::Month => anchor.plus_months(whole).map(|d| Period::Month(d.year(), d.month())),
        Unit::Quarter => {
            anchor.plus_months(3 * whole).map(|d| Period::Quarter(d.year(), d.month().div_ceil(3)))
        }
        Unit::Year if n % 100 != 0 => {
            anchor.plus_months(n * 12 / 100).map(|d| Period::Month(d.year(), d.month()))
        }
        Unit::Year => year(whole).map(Period::Year),
        Unit::Decade => year(n / 10).map(Period::Year),
        Unit::Century => year(n).map(Period::Year),
        Unit::Millennium => year(n * 10).map(Period::Year),
        Unit::Season | Unit::Period => return vague(reference),
    };
    let reason = if against == ResolvedAgainst::Published {
        "counted from the publication date"
    } else {
        "counted from the date told"
    };
    let sure = if against == ResolvedAgainst::Published { 850 } else { 700 };
    match period.filter(|p| p.days().is_some()) {
        Some(period) => Some(Resolved::period(period, against, reason, sure)),
        None => vague(reference),
    }
}

/// "Labor Day weekend": of a Monday or Tuesday the weekend before, of other days the one of its week.
pub(super) fn resolve_weekend_of(partial: PartialDate, discourse: &Discourse) -> Option<Resolved> {
    let day = resolve_partial_date(partial, discourse)?;
    let Some(Period::Day(holiday)) = day.period else {
        let value = OpenFields::AnyWeekend.into();
        return Some(Resolved { value, period: None, others: Vec::new(), ..day });
    };
    let back = if holiday.weekday() < 2 { -7 } else { 0 };
    let (year, week) = holiday.plus_days(back)?.iso_week();
    let there = Period::Weekend(year, week);
    Some(Resolved { value: there.into(), period: Some(there), others: Vec::new(), ..day })
}

/// "two days before Christmas", "the week of March 6".
pub(super) fn resolve_around(
    amount: Amount,
    unit: Unit,
    sign: i32,
    partial: PartialDate,
    discourse: &Discourse,
) -> Option<Resolved> {
    // "a week from Tuesday": from the coming one.
    let mut coming = *discourse;
    coming.tense = Tense::Future;
    let day = match partial.weekday {
        Some(_) if sign != 0 => resolve_partial_date(partial, &coming)?,
        _ => resolve_partial_date(partial, discourse)?,
    };
    let Some(Period::Day(base)) = day.period else {
        return None;
    };
    if sign == 0 {
        let (y, w) = base.iso_week();
        let there = if unit == Unit::Weekend { Period::Weekend(y, w) } else { Period::Week(y, w) };
        return Some(Resolved {
            value: there.into(),
            period: Some(there),
            others: Vec::new(),
            ..day
        });
    }
    let Amount::Exact(hundredths) = amount else {
        return None;
    };
    let n = i64::from(sign) * i64::from(hundredths) / 100;
    let there = match unit {
        Unit::Day => base.plus_days(n)?,
        Unit::Week => base.plus_days(7 * n)?,
        Unit::Fortnight => base.plus_days(14 * n)?,
        Unit::Month => base.plus_months(n)?,
        Unit::Year => base.plus_months(12 * n)?,
        _ => return None,
    };
    Some(Resolved {
        value: Period::Day(there).into(),
        period: Some(Period::Day(there)),
        others: Vec::new(),
        ..day
    })
}
