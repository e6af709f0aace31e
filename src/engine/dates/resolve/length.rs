//! Times that happen again and again, as TIMEX3 spells them.

use crate::dates::holidays::{Holiday, HolidayRule};
use crate::dates::meaning::{Recurrence, Time};
use crate::timex::{Length, OpenDate, OpenFields, TimeOfDay, TimexValue};

/// `XXXX-WXX-5`, `P2W`; `None` when the number is too large.
pub(super) fn recurrence_value(often: Recurrence, time: Option<Time>) -> Option<TimexValue> {
    let fields = match often {
        Recurrence::Units(amount, unit) => return Length::of(amount, unit).map(TimexValue::from),
        Recurrence::Weekday(weekday) => {
            let day = OpenDate::new(OpenFields::Weekday(u32::from(weekday)));
            return Some(match time {
                Some(Time::Part(part)) => day.at(TimeOfDay::Part(part)).into(),
                _ => day.into(),
            });
        }
        Recurrence::Part(part) => {
            return Some(OpenDate::new(OpenFields::AnyDay).at(TimeOfDay::Part(part)).into());
        }
        Recurrence::Weekdays => OpenFields::AnyWorkday,
        Recurrence::Weekends => OpenFields::AnyWeekend,
        Recurrence::Month(month) => OpenFields::Month(u32::from(month)),
        Recurrence::Season(season) => OpenFields::Season(season),
        Recurrence::Holiday(holiday) => holiday_in_any_year(holiday),
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
