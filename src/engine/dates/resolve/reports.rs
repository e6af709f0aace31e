//! Quarters as company reports tell them, and "that", "the same": what was told.

use super::relative::week_of;
use super::resolved::{NO_PUBLICATION_DATE, Resolved, ResolvedAgainst};
use super::scene::Scene;
use crate::dates::meaning::{Base, YearRef};
use crate::dates::tense::Tense;
use crate::timex::{OpenFields, Period, TimexType, TimexValue, Unit};

/// Quarters as companies count them; without a number the last one that was told, or that ended.
pub(super) fn quarter(n: u8, year: YearRef, scene: &Scene) -> Option<Resolved> {
    let known = scene.year(year);
    let said = (n > 0).then_some(u32::from(n));
    let Some((anchor, against)) = scene.anchor() else {
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
        let q = said.or(scene.told_quarter().map(|(_, q)| q)).unwrap_or(last);
        return Some(Resolved::period(Period::Quarter(year, q), against, "the year is told", 850));
    }
    match said {
        Some(q) => {
            let mut year = anchor.year();
            if q > current && scene.looks_back() {
                // In January the third quarter is last year's; in August the fiscal fourth is this year's.
                year -= i32::from(q - current > 1);
            } else if q < current && scene.tense == Tense::Future && current - q > 1 {
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
            let (year, q) = scene.told_quarter().unwrap_or((last_year, last));
            let against =
                if scene.told_quarter().is_some() { ResolvedAgainst::Antecedent } else { against };
            Some(Resolved::period(
                Period::Quarter(year, q),
                against,
                "the quarter that is reported",
                750,
            ))
        }
    }
}

pub(super) fn same_period(n: i32, scene: &Scene) -> Option<Resolved> {
    if let Some((year, q)) = scene.compared_quarter() {
        return Some(Resolved::period(
            Period::Quarter(year + n, q),
            ResolvedAgainst::Antecedent,
            "the same quarter of the year before",
            690,
        ));
    }
    match scene.anchor() {
        Some((anchor, against)) => {
            Some(Resolved::period(Period::Year(anchor.year() + n), against, "the year before", 650))
        }
        None => {
            Some(Resolved::other(TimexType::Date, OpenFields::AnyYear, NO_PUBLICATION_DATE, 400))
        }
    }
}

/// "that year", "the month": what was told, at this grain.
pub(super) fn same(unit: Unit, scene: &Scene) -> Option<Resolved> {
    let quarter = scene.told_quarter().filter(|_| unit == Unit::Quarter);
    if let Some((year, q)) = quarter {
        return Some(Resolved::period(
            Period::Quarter(year, q),
            ResolvedAgainst::Antecedent,
            "the quarter told of",
            750,
        ));
    }
    let (day, against) = scene.base(Base::Antecedent)?;
    if unit == Unit::Day && scene.told_day.is_none() && scene.told.is_some() {
        // "that day", and none was told: any day of which something holds.
        return None;
    }
    let period = match unit {
        Unit::Day => Period::Day(day),
        Unit::Week => week_of(day),
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
