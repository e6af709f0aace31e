//! Times that happen again and again, as TIMEX3 spells them.

use crate::dates::holidays::{Holiday, Rule as HolidayRule};
use crate::dates::meaning::{Often, Time};
use crate::timex::{Length, OpenDate, OpenFields, TimeOfDay, TimexValue};

/// `XXXX-WXX-5`, `P2W`; `None` when the number is too large.
pub(super) fn repeated(often: Often, time: Option<Time>) -> Option<TimexValue> {
    let fields = match often {
        Often::Units(amount, unit) => return Length::of(amount, unit).map(TimexValue::from),
        Often::Weekday(weekday) => {
            let day = OpenDate::new(OpenFields::Weekday(u32::from(weekday)));
            return Some(match time {
                Some(Time::Part(part)) => day.at(TimeOfDay::Part(part)).into(),
                _ => day.into(),
            });
        }
        Often::Part(part) => {
            return Some(OpenDate::new(OpenFields::AnyDay).at(TimeOfDay::Part(part)).into());
        }
        Often::Weekdays => OpenFields::AnyWorkday,
        Often::Weekends => OpenFields::AnyWeekend,
        Often::Month(month) => OpenFields::Month(u32::from(month)),
        Often::Season(season) => OpenFields::Season(season),
        Often::Holiday(holiday) => holiday_in_any_year(holiday),
    };
    Some(fields.into())
}

/// Month and day of a holiday that stays; of one that moves nothing is known.
pub(super) fn holiday_in_any_year(holiday: &Holiday) -> OpenFields {
    match holiday.rule {
        HolidayRule::On(month, day) => OpenFields::MonthAndDay(u32::from(month), u32::from(day)),
        _ => OpenFields::AnyDay,
    }
}
