//! Dates with fields left out: which year, which week.

use super::discourse::Discourse;
use super::length::holiday_in_any_year;
use super::resolved::{NO_PUBLICATION_DATE, Resolved, ResolvedAgainst};
use crate::calendar::Day;
use crate::dates::holidays::{HolidayRule, easter_sunday, nth_weekday};
use crate::dates::meaning::{PartialDate, YearPart, YearRef};
use crate::dates::mention::Cue;
use crate::dates::tense::Tense;
use crate::timex::{OpenFields, Period, TimexType, TimexValue};

/// A date with the fields that are written.
pub(super) fn resolve_partial_date(
    partial: PartialDate,
    discourse: &Discourse,
) -> Option<Resolved> {
    if partial.year != YearRef::Open {
        let (year, against) = match discourse.resolve_year(partial.year) {
            Some(known) => known,
            None => return Some(without_known_year(partial)),
        };
        let period = period_in_year(partial, year)?;
        let reason = match partial.year {
            YearRef::Known(_) => "it is written out",
            YearRef::Published(_) => "counted from the publication year",
            _ => "counted from the year told of",
        };
        let sure = if matches!(partial.year, YearRef::Known(_)) { 970 } else { 900 };
        return Some(Resolved::period(period, against, reason, sure));
    }
    let Some((anchor, against)) = discourse.anchor_day() else {
        period_in_year(partial, 2000)?;
        return Some(without_known_year(partial));
    };
    if let (Some(weekday), None, None, None) =
        (partial.weekday, partial.month, partial.day, partial.sub)
    {
        // A month or year before it does not say which of its Fridays.
        if against == ResolvedAgainst::Antecedent && !discourse.antecedent_fits_a_week() {
            return Some(without_known_year(partial));
        }
        return resolve_weekday(anchor, against, u32::from(weekday), discourse);
    }
    if let (None, Some(day)) = (partial.month, partial.day) {
        return resolve_day_of_month(partial.weekday, day, discourse);
    }
    if let (Some(weekday), Some(_)) = (partial.weekday, partial.day)
        && let Some(period) = nearest_year_on_weekday(partial, anchor.year(), weekday)
    {
        return Some(Resolved::period(
            period,
            against,
            "the nearest year in which the weekday fits",
            930,
        ));
    }
    let resolved = resolve_without_year(partial, anchor, against, discourse)?;
    // "from December to May": the range ends after it begins.
    let begins = resolved.period.and_then(Period::days).map(|(from, _)| from);
    match (discourse.range_start, begins) {
        (Some(first), Some(day)) if day < first => {
            let later = period_in_year(partial, first.year())
                .filter(|p| p.days().is_some_and(|(from, _)| from >= first))
                .or_else(|| period_in_year(partial, first.year() + 1))?;
            Some(Resolved::period(
                later,
                against,
                "the first such time after the range begins",
                850,
            ))
        }
        _ => Some(resolved),
    }
}

/// The date in the nearest year that puts it on its weekday, this year first.
pub(super) fn nearest_year_on_weekday(
    partial: PartialDate,
    year: i32,
    weekday: u8,
) -> Option<Period> {
    [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6]
        .into_iter()
        .filter_map(|n| period_in_year(partial, year + n))
        .find(|p| matches!(p, Period::Day(d) if d.weekday() == u32::from(weekday)))
}

/// The period that the fields name in a year; `None` when there is no such day.
pub(super) fn period_in_year(partial: PartialDate, year: i32) -> Option<Period> {
    match (partial.sub, partial.month, partial.day) {
        (Some(YearPart::Season(s)), ..) => Some(Period::Season(year, s)),
        (Some(YearPart::Quarter(q)), ..) => Some(Period::Quarter(year, u32::from(q))),
        (Some(YearPart::Half(h)), ..) => Some(Period::Half(year, u32::from(h))),
        (Some(YearPart::Week(w)), ..) => {
            Some(Period::Week(year, u32::from(w))).filter(|p| p.days().is_some())
        }
        (Some(YearPart::Holiday(holiday)), ..) => match holiday.rule {
            HolidayRule::EasterWeek => {
                let (y, w) = easter_sunday(year)?.plus_days(-6)?.iso_week();
                Some(Period::Week(y, w))
            }
            _ => holiday.day(year).map(Period::Day),
        },
        (Some(YearPart::NthWeek(which, end)), Some(month), _) => {
            // Weeks are counted by their Mondays, the last by its Sunday.
            let monday = if which < 0 {
                nth_weekday(year, month, which, 6)?.plus_days(-6)?
            } else {
                nth_weekday(year, month, which, 0)?
            };
            let (y, w) = monday.iso_week();
            Some(if end { Period::Weekend(y, w) } else { Period::Week(y, w) })
        }
        (Some(YearPart::LastDay), Some(month), _) => {
            let last = crate::calendar::days_in_month(year, u32::from(month));
            Day::new(year, u32::from(month), last).map(Period::Day)
        }
        (Some(YearPart::NthWeekday(which, weekday)), Some(month), _) => {
            nth_weekday(year, month, which, weekday).map(Period::Day)
        }
        (_, Some(month), Some(day)) => {
            Day::new(year, u32::from(month), u32::from(day)).map(Period::Day)
        }
        (_, Some(month), None) => Some(Period::Month(year, u32::from(month))),
        _ => Some(Period::Year(year)),
    }
}

/// As much as is known without a year.
pub(super) fn without_known_year(partial: PartialDate) -> Resolved {
    let fields = match (partial.sub, partial.month, partial.day, partial.weekday) {
        (Some(YearPart::Season(season)), ..) => OpenFields::Season(season),
        (Some(YearPart::Quarter(quarter)), ..) => OpenFields::Quarter(u32::from(quarter)),
        (Some(YearPart::Half(half)), ..) => OpenFields::Half(u32::from(half)),
        (Some(YearPart::Holiday(holiday)), ..) => holiday_in_any_year(holiday),
        (_, Some(month), Some(day), _) => OpenFields::MonthAndDay(u32::from(month), u32::from(day)),
        (_, Some(month), None, _) => OpenFields::Month(u32::from(month)),
        (_, None, Some(day), _) => OpenFields::DayOfMonth(u32::from(day)),
        (_, None, None, Some(weekday)) => OpenFields::Weekday(u32::from(weekday)),
        _ => OpenFields::AnyYear,
    };
    Resolved::other(TimexType::Date, fields, NO_PUBLICATION_DATE, 600)
}

/// A bare weekday.
pub(super) fn resolve_weekday(
    anchor: Day,
    against: ResolvedAgainst,
    weekday: u32,
    discourse: &Discourse,
) -> Option<Resolved> {
    let back = i64::from((anchor.weekday() + 7 - weekday) % 7);
    if against == ResolvedAgainst::Antecedent {
        let day = anchor.plus_days((7 - back) % 7)?;
        return Some(Resolved::period(
            Period::Day(day),
            against,
            "the first such day from the date told",
            600,
        ));
    }
    // "from Friday to Monday"
    if let Some(first) = discourse.range_start {
        let days = (weekday + 7 - first.weekday()) % 7;
        return Some(Resolved::period(
            Period::Day(first.plus_days(i64::from(if days == 0 { 7 } else { days }))?),
            against,
            "the first such day after the range begins",
            900,
        ));
    }
    let latest = anchor.plus_days(-back)?;
    let next = anchor.plus_days(if back == 0 { 7 } else { 7 - back })?;
    let (day, other, reason, sure) = if discourse.looks_ahead() && back != 0 {
        (
            next,
            latest,
            "the next such day after the publication date: the sentence looks ahead",
            850,
        )
    } else if back == 0 {
        (latest, next, "the day of publication itself", 980)
    } else if discourse.tense == Tense::Past {
        (latest, next, "the latest such day up to the publication date", 970)
    } else {
        (latest, next, "the latest such day up to the publication date", 900)
    };
    let mut resolved = Resolved::period(Period::Day(day), against, reason, sure);
    resolved.others.push(Period::Day(other).into());
    Some(resolved)
}

/// "the 20th", "Friday the 13th".
pub(super) fn resolve_day_of_month(
    weekday: Option<u8>,
    day: u8,
    discourse: &Discourse,
) -> Option<Resolved> {
    let antecedent = discourse.antecedent_start().map(|d| (d, ResolvedAgainst::Antecedent));
    let (anchor, against) = antecedent.or_else(|| discourse.anchor_day())?;
    let mut month = Day::new(anchor.year(), anchor.month(), 1)?;
    if let Some(weekday) = weekday {
        // Up to fourteen months hold one of each weekday.
        for n in 0..14 {
            let there = month.plus_months(n)?;
            if let Some(d) = Day::new(there.year(), there.month(), u32::from(day))
                && d.weekday() == u32::from(weekday)
            {
                month = there;
                break;
            }
        }
    }
    let day = Day::new(month.year(), month.month(), u32::from(day))?;
    Some(Resolved::period(Period::Day(day), against, "a day of the month told of", 700))
}

/// Month, day of a month, season, holiday without a year.
pub(super) fn resolve_without_year(
    partial: PartialDate,
    anchor: Day,
    against: ResolvedAgainst,
    discourse: &Discourse,
) -> Option<Resolved> {
    let year = anchor.year();
    if against == ResolvedAgainst::Antecedent {
        return resolve_in_antecedent_year(partial, year, discourse);
    }
    if partial.day.is_some()
        && let Some(told) = discourse.told_day()
        && let Some(period) = nearest_to(partial, told)
    {
        return Some(Resolved::period(
            period,
            ResolvedAgainst::Antecedent,
            "in the year that the story has come to",
            800,
        ));
    }
    let here = period_in_year(partial, year);
    // 29 February: the nearest leap year is not asked for.
    let (from, to) = here.and_then(Period::days)?;
    let others = |n: i32| period_in_year(partial, year + n);
    if from <= anchor && anchor <= to {
        let mut resolved = Resolved::period(here?, against, "it is the time of publication", 940);
        resolved.others.extend(others(-1).map(TimexValue::from));
        return Some(resolved);
    }
    if from > anchor {
        // Not yet come this year.
        let months =
            (from.year() - anchor.year()) * 12 + from.month() as i32 - anchor.month() as i32;
        // A date some weeks ahead is this year's whatever the tense ("extended to Nov. 20"): one
        // eleven months back would be written with its year.
        // Since a time, or in one that opens a sentence of the past: that is over.
        let over = discourse.cue == Cue::Behind && months > 0;
        let back = (over || months > 2)
            && !matches!(discourse.cue, Cue::Ahead | Cue::Surely)
            && (discourse.looks_back()
                || months > 6
                    && !matches!(discourse.tense, Tense::Future | Tense::Perhaps | Tense::Possible)
                    // A day without any verb: a diary's, a notice's.
                    && (discourse.tense != Tense::Unknown || partial.day.is_none()));
        if back && let Some(last) = others(-1) {
            let mut resolved =
                Resolved::period(last, against, "last year's: the sentence looks back", 930);
            resolved.others.push(here?.into());
            return Some(resolved);
        }
        let mut resolved =
            Resolved::period(here?, against, "still to come in the year of publication", 910);
        resolved.others.extend(others(-1).map(TimexValue::from));
        return Some(resolved);
    }
    // Gone by this year.
    let months = anchor.month() as i32 - from.month() as i32;
    // Of a month just gone nobody says that something "will" come in it without "next".
    let ahead = discourse.tense == Tense::Future && months > 1 && discourse.cue != Cue::Behind
        || discourse.cue == Cue::Ahead && discourse.tense == Tense::Future
        || months >= 10 && !discourse.looks_back() && partial.day.is_none()
        // "would be paid in January", told in October
        || discourse.tense == Tense::Perhaps && months >= 6
        // "may resign in May", told in July; "has called a strike for May"
        || discourse.tense == Tense::Possible && months > 1 && discourse.cue != Cue::Behind
        || discourse.cue == Cue::Surely
        || discourse.cue == Cue::Ahead && months > 3 && (months > 6 || discourse.tense != Tense::Past);
    if ahead && let Some(next) = others(1) {
        let mut resolved =
            Resolved::period(next, against, "next year's: the sentence looks ahead", 800);
        resolved.others.push(here?.into());
        return Some(resolved);
    }
    let mut resolved =
        Resolved::period(here?, against, "the latest up to the publication date", 930);
    resolved.others.extend(others(1).map(TimexValue::from));
    Some(resolved)
}

/// The month or day nearest to a day that was told, where it lies within four months of it.
fn nearest_to(partial: PartialDate, told: Day) -> Option<Period> {
    partial.month?;
    let months =
        |day: Day| (day.year() - told.year()) * 12 + day.month() as i32 - told.month() as i32;
    (-1..=1)
        .filter_map(|n| period_in_year(partial, told.year() + n))
        .find(|period| period.days().is_some_and(|(from, _)| (-4..=4).contains(&months(from))))
}

pub(super) fn resolve_in_antecedent_year(
    partial: PartialDate,
    year: i32,
    discourse: &Discourse,
) -> Option<Resolved> {
    if let Some(aside) = discourse.passing_year {
        return Some(Resolved::period(
            period_in_year(partial, aside)?,
            ResolvedAgainst::Antecedent,
            "in the year told of",
            750,
        ));
    }
    if let Some((year, month)) = discourse.story_month {
        // A story goes on: the nearest such time, three months back at most.
        let here = period_in_year(partial, year)?;
        let period = match (month, here.days()) {
            (1.., Some((from, _))) => {
                let ahead = from.month() as i32 - month as i32;
                if ahead < -6 && !matches!(partial.sub, Some(YearPart::Season(_))) {
                    period_in_year(partial, year + 1)?
                } else if ahead > 8 {
                    period_in_year(partial, year - 1)?
                } else {
                    here
                }
            }
            _ => here,
        };
        return Some(Resolved::period(
            period,
            ResolvedAgainst::Antecedent,
            "in the year told of",
            800,
        ));
    }
    let mut period = period_in_year(partial, year)?;
    // A story goes on: January after December is the next year's.
    if let (Some((from, _)), Some(antecedent)) = (period.days(), discourse.antecedent_start())
        && antecedent.month() >= 11
        && from.month() <= 2
        && !matches!(discourse.antecedent, Some(Period::Year(_)))
        && let Some(next) = period_in_year(partial, year + 1)
    {
        period = next;
    }
    Some(Resolved::period(period, ResolvedAgainst::Antecedent, "in the year told of", 780))
}
