//! Holidays: those that stay and those that move. A new one is one line of the word list
//! `vocabulary/dates/holidays.txt`.

use std::sync::LazyLock;

use crate::calendar::Day;
use crate::vocabulary::dates::HOLIDAYS;

/// A holiday.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Holiday {
    /// Lower case, words apart by spaces, without possessives.
    pub(super) name: &'static str,
    /// How its day is found.
    pub(super) rule: HolidayRule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HolidayRule {
    /// Month, day.
    On(u8, u8),
    /// Month, which (−1: last), weekday 0 = Monday.
    Nth(u8, i8, u8),
    /// The same, so many days later.
    After(u8, i8, u8, i8),
    /// Days from (western) Easter Sunday.
    Easter(i8),
    /// The whole ISO week from so many days of Easter.
    EasterWeek,
    /// Tuesday after the first Monday of November.
    Election,
    /// The last such weekday (0 = Monday) before a day: month, day, weekday.
    Before(u8, u8, u8),
    /// Its days, a year after the other, where the moon decides: `2021-05-13 2022-05-02`.
    Days(&'static str),
}

/// All holidays, longer names before their beginnings.
pub(super) fn holidays() -> &'static [Holiday] {
    static ALL: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
        let rules = HOLIDAYS.iter();
        rules
            .filter_map(|(name, rule)| Some(Holiday { name, rule: HolidayRule::parse(rule)? }))
            .collect()
    });
    &ALL
}

impl HolidayRule {
    /// Reads a rule as the word list spells it: `nth 9 1 0`.
    fn parse(rule: &'static str) -> Option<HolidayRule> {
        if let Some(days) = rule.strip_prefix("days ") {
            return days
                .split(' ')
                .all(|day| Day::parse(day).is_some())
                .then_some(HolidayRule::Days(days));
        }
        let mut words = rule.split(' ');
        let name = words.next()?;
        let numbers: Vec<i8> = words.map(str::parse).collect::<Result<_, _>>().ok()?;
        let positive = |n: i8| u8::try_from(n).ok();
        Some(match (name, numbers.as_slice()) {
            ("on", &[month, day]) => HolidayRule::On(positive(month)?, positive(day)?),
            ("nth", &[month, which, weekday]) => {
                HolidayRule::Nth(positive(month)?, which, positive(weekday)?)
            }
            ("after", &[month, which, weekday, days]) => {
                HolidayRule::After(positive(month)?, which, positive(weekday)?, days)
            }
            ("before", &[month, day, weekday]) => {
                HolidayRule::Before(positive(month)?, positive(day)?, positive(weekday)?)
            }
            ("easter", &[days]) => HolidayRule::Easter(days),
            ("easter-week", []) => HolidayRule::EasterWeek,
            ("election", []) => HolidayRule::Election,
            _ => return None,
        })
    }
}

impl Holiday {
    /// Its day in a year.
    pub(super) fn day(&self, year: i32) -> Option<Day> {
        match self.rule {
            HolidayRule::On(month, day) => Day::new(year, u32::from(month), u32::from(day)),
            HolidayRule::Nth(month, which, weekday) => nth_weekday(year, month, which, weekday),
            HolidayRule::After(month, which, weekday, days) => {
                nth_weekday(year, month, which, weekday)?.plus_days(i64::from(days))
            }
            HolidayRule::Easter(days) => easter_sunday(year)?.plus_days(i64::from(days)),
            HolidayRule::EasterWeek => easter_sunday(year),
            HolidayRule::Before(month, day, weekday) => {
                let last = Day::new(year, u32::from(month), u32::from(day))?.plus_days(-1)?;
                let back = (i64::from(last.weekday()) - i64::from(weekday)).rem_euclid(7);
                last.plus_days(-back)
            }
            HolidayRule::Days(days) => {
                days.split(' ').filter_map(Day::parse).find(|day| day.year() == year)
            }
            HolidayRule::Election => nth_weekday(year, 11, 1, 0)?.plus_days(1),
        }
    }
}

/// The first (1) … fifth, or last (−1), such weekday of a month.
pub(super) fn nth_weekday(year: i32, month: u8, which: i8, weekday: u8) -> Option<Day> {
    let month = u32::from(month);
    if which < 0 {
        let last = Day::new(year, month, crate::calendar::days_in_month(year, month))?;
        let back = (i64::from(last.weekday()) - i64::from(weekday)).rem_euclid(7);
        return last.plus_days(-back - 7 * (i64::from(-which) - 1));
    }
    let first = Day::new(year, month, 1)?;
    let on = (i64::from(weekday) - i64::from(first.weekday())).rem_euclid(7);
    let day = first.plus_days(on + 7 * (i64::from(which) - 1))?;
    (day.month() == month).then_some(day)
}

/// Western Easter (the anonymous Gregorian computus, "Meeus/Jones/Butcher").
pub(super) fn easter_sunday(year: i32) -> Option<Day> {
    if year < 1583 {
        return None;
    }
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, (n / 31) as u32, (n % 31 + 1) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(name: &str, year: i32) -> String {
        let holiday = holidays().iter().find(|h| h.name == name).unwrap();
        holiday.day(year).unwrap().to_string()
    }

    #[test]
    fn every_line_of_the_list_is_a_rule() {
        assert_eq!(holidays().len(), HOLIDAYS.iter().count());
    }

    #[test]
    fn days_of_holidays() {
        for (name, year, want) in [
            ("easter", 2021, "2021-04-04"),
            ("easter", 2000, "2000-04-23"),
            ("good friday", 2024, "2024-03-29"),
            ("thanksgiving", 1999, "1999-11-25"),
            ("black friday", 2021, "2021-11-26"),
            ("memorial day", 2021, "2021-05-31"),
            ("labor day", 2021, "2021-09-06"),
            ("election day", 1998, "1998-11-03"),
            ("martin luther king day", 2021, "2021-01-18"),
            ("victoria day", 2021, "2021-05-24"),
            ("victoria day", 2022, "2022-05-23"),
            ("eid al fitr", 2021, "2021-05-13"),
        ] {
            assert_eq!(day(name, year), want, "{name} {year}");
        }
        assert_eq!(nth_weekday(2021, 2, 5, 0), None, "no fifth Monday in that February");
    }
}
