//! Quarters as company reports name them, and "that year", "the same quarter": the antecedent.

use super::discourse::Discourse;
use super::relative::week_of_day;
use super::resolved::{NO_PUBLICATION_DATE, Resolved, ResolvedAgainst};
use crate::dates::meaning::{CountedFrom, YearRef};
use crate::dates::tense::Tense;
use crate::timex::{OpenFields, Period, TimexType, TimexValue, Unit};

/// Quarters as companies count them; without a number the last one that was named, or that ended.
pub(super) fn resolve_quarter(n: u8, year: YearRef, discourse: &Discourse) -> Option<Resolved> {
    let known = discourse.resolve_year(year);
    let said = (n > 0).then_some(u32::from(n));
    let Some((anchor, against)) = discourse.anchor_day() else {
        let value = match (known, said) {
            (Some((year, _)), Some(quarter)) => TimexValue::Period(Period::Quarter(year, quarter)),
            (Some((year, _)), None) => OpenFields::QuarterOfYear(year).into(),
            (None, Some(quarter)) => OpenFields::Quarter(quarter).into(),
            (None, None) => OpenFields::AnyQuarter.into(),
        };
        return Some(Resolved::other(TimexType::Date, value, NO_PUBLICATION_DATE, 500));
    };
    let current = anchor.month().div_ceil(3);
    let (last_year, last) =
        if current == 1 { (anchor.year() - 1, 4) } else { (anchor.year(), current - 1) };
    if let Some((year, against)) = known {
        let q = said.or(discourse.reported_quarter().map(|(_, q)| q)).unwrap_or(last);
        return Some(Resolved::period(Period::Quarter(year, q), against, "the year is told", 850));
    }
    match said {
        Some(q) => {
            let mut year = anchor.year();
            if q > current && discourse.looks_back() {
                // In January the third quarter is last year's; in August the fiscal fourth is this year's.
                year -= i32::from(q - current > 1);
            } else if q < current && discourse.tense == Tense::Future && current - q > 1 {
                year += 1;
            }
            Some(Resolved::period(
                Period::Quarter(year, q),
                against,
                "the quarter nearest to the publication date",
                930,
            ))
        }
        None => {
            let (year, q) = discourse.reported_quarter().unwrap_or((last_year, last));
            let against = if discourse.reported_quarter().is_some() {
                ResolvedAgainst::Antecedent
            } else {
                against
            };
            Some(Resolved::period(
                Period::Quarter(year, q),
                against,
                "the quarter that is reported",
                750,
            ))
        }
    }
}

pub(super) fn resolve_same_period(n: i32, discourse: &Discourse) -> Option<Resolved> {
    if let Some((year, q)) = discourse.compared_quarter() {
        return Some(Resolved::period(
            Period::Quarter(year + n, q),
            ResolvedAgainst::Antecedent,
            "the same quarter of the year before",
            690,
        ));
    }
    match discourse.anchor_day() {
        Some((anchor, against)) => {
            Some(Resolved::period(Period::Year(anchor.year() + n), against, "the year before", 650))
        }
        None => {
            Some(Resolved::other(TimexType::Date, OpenFields::AnyYear, NO_PUBLICATION_DATE, 400))
        }
    }
}

/// "that year", "the month": the antecedent, at this grain.
pub(super) fn resolve_same_unit(unit: Unit, discourse: &Discourse) -> Option<Resolved> {
    let quarter = discourse.reported_quarter().filter(|_| unit == Unit::Quarter);
    if let Some((year, q)) = quarter {
        return Some(Resolved::period(
            Period::Quarter(year, q),
            ResolvedAgainst::Antecedent,
            "the quarter told of",
            750,
        ));
    }
    let (day, against) = discourse.base_day(CountedFrom::Antecedent)?;
    if unit == Unit::Day && discourse.antecedent_day.is_none() && discourse.antecedent.is_some() {
        // "that day" without a day before it: any day of which something holds.
        return None;
    }
    let period = match unit {
        Unit::Day => Period::Day(day),
        Unit::Week => week_of_day(day),
        Unit::Weekend => {
            let (y, w) = day.iso_week();
            Period::Weekend(y, w)
        }
        Unit::Month => Period::Month(day.year(), day.month()),
        Unit::Quarter => Period::Quarter(day.year(), day.month().div_ceil(3)),
        Unit::Year => Period::Year(day.year()),
        Unit::Decade => Period::Decade(day.year().div_euclid(10)),
        Unit::Century => Period::Century(day.year().div_euclid(100)),
        _ => return None,
    };
    Some(Resolved::period(period, against, "the one told of", 750))
}
