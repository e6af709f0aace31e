//! Durations and sets as TIMEX3 spells them.

use crate::dates::holidays::Rule as HolidayRule;
use crate::dates::meaning::{Amount, Often, Time};
use crate::dates::vocabulary::Unit;

/// `P3M`, `PT30M`, `PXY`.
pub(super) fn length(amount: Amount, unit: Unit) -> Option<String> {
    let (time, code, times) = match unit {
        Unit::Second => ("T", "S", 1),
        Unit::Minute => ("T", "M", 1),
        Unit::Hour => ("T", "H", 1),
        Unit::Day => ("", "D", 1),
        Unit::Weekend => ("", "WE", 1),
        Unit::Week => ("", "W", 1),
        Unit::Fortnight => ("", "W", 2),
        Unit::Month => ("", "M", 1),
        Unit::Season => ("", "SE", 1),
        Unit::Quarter => ("", "Q", 1),
        Unit::Year => ("", "Y", 1),
        Unit::Decade => ("", "Y", 10),
        Unit::Century => ("", "Y", 100),
        Unit::Millennium => ("", "Y", 1000),
        Unit::Period => return Some("PXX".to_owned()),
    };
    let Amount::Exact(hundredths) = amount else {
        let code = match unit {
            Unit::Decade => "DE",
            Unit::Century => "CE",
            Unit::Millennium => "ML",
            _ => code,
        };
        return Some(format!("P{time}X{code}"));
    };
    let hundredths = hundredths.checked_mul(times)?;
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part == 0 {
        return Some(format!("P{time}{whole}{code}"));
    }
    // Halves and quarters in the next smaller unit.
    let smaller = match unit {
        Unit::Minute => Some((60, "S")),
        Unit::Hour => Some((60, "M")),
        Unit::Year => Some((12, "M")),
        _ => None,
    };
    match smaller {
        Some((count, small)) if part * count % 100 == 0 => {
            let rest = part * count / 100;
            Some(if whole == 0 {
                format!("P{time}{rest}{small}")
            } else {
                format!("P{time}{whole}{code}{rest}{small}")
            })
        }
        _ => {
            let decimal = format!("{part:02}");
            Some(format!("P{time}{whole}.{}{code}", decimal.trim_end_matches('0')))
        }
    }
}

pub(super) fn set(often: Often, time: Option<Time>) -> Option<String> {
    let part = match time {
        Some(Time::Part(part)) => format!("T{}", part.code()),
        _ => String::new(),
    };
    Some(match often {
        Often::Units(amount, unit) => length(amount, unit)?,
        Often::Weekday(day) => format!("XXXX-WXX-{}{part}", day + 1),
        Often::Weekdays => "XXXX-WXX-WD".to_owned(),
        Often::Weekends => "XXXX-WXX-WE".to_owned(),
        Often::Month(month) => format!("XXXX-{month:02}"),
        Often::Season(season) => format!("XXXX-{}", season.code()),
        Often::Part(part) => format!("XXXX-XX-XXT{}", part.code()),
        Often::Holiday(holiday) => match holiday.rule {
            HolidayRule::On(m, d) => format!("XXXX-{m:02}-{d:02}"),
            _ => "XXXX-XX-XX".to_owned(),
        },
    })
}
