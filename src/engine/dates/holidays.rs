//! Holidays: those that stay and those that move. A new one is one row.

use crate::calendar::Day;

/// A holiday.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Holiday {
    /// Lower case, words apart by spaces, without possessives.
    pub(super) name: &'static str,
    /// How its day is found.
    pub(super) rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
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
}

const fn on(name: &'static str, month: u8, day: u8) -> Holiday {
    Holiday { name, rule: Rule::On(month, day) }
}
const fn nth(name: &'static str, month: u8, which: i8, weekday: u8) -> Holiday {
    Holiday { name, rule: Rule::Nth(month, which, weekday) }
}
const fn easter(name: &'static str, days: i8) -> Holiday {
    Holiday { name, rule: Rule::Easter(days) }
}

/// Longer names before their beginnings.
pub(super) static HOLIDAYS: [Holiday; 66] = [
    on("new year eve", 12, 31),
    on("new year day", 1, 1),
    nth("martin luther king jr day", 1, 3, 0),
    nth("martin luther king day", 1, 3, 0),
    on("epiphany", 1, 6),
    on("inauguration day", 1, 20),
    on("groundhog day", 2, 2),
    on("valentine day", 2, 14),
    on("st valentine day", 2, 14),
    nth("presidents day", 2, 3, 0),
    nth("president day", 2, 3, 0),
    on("st patrick day", 3, 17),
    on("earth day", 4, 22),
    on("anzac day", 4, 25),
    on("may day", 5, 1),
    on("cinco de mayo", 5, 5),
    on("ve day", 5, 8),
    nth("mother day", 5, 2, 6),
    nth("mothers day", 5, 2, 6),
    nth("memorial day", 5, -1, 0),
    nth("father day", 6, 3, 6),
    nth("fathers day", 6, 3, 6),
    on("juneteenth", 6, 19),
    on("canada day", 7, 1),
    on("independence day", 7, 4),
    on("bastille day", 7, 14),
    nth("labor day", 9, 1, 0),
    nth("labour day", 9, 1, 0),
    on("patriot day", 9, 11),
    nth("columbus day", 10, 2, 0),
    on("halloween", 10, 31),
    on("guy fawkes night", 11, 5),
    on("guy fawkes day", 11, 5),
    on("bonfire night", 11, 5),
    Holiday { name: "election day", rule: Rule::Election },
    on("veterans day", 11, 11),
    on("armistice day", 11, 11),
    on("remembrance day", 11, 11),
    nth("remembrance sunday", 11, 2, 6),
    nth("thanksgiving day", 11, 4, 3),
    nth("thanksgiving", 11, 4, 3),
    Holiday { name: "black friday", rule: Rule::After(11, 4, 3, 1) },
    Holiday { name: "cyber monday", rule: Rule::After(11, 4, 3, 4) },
    on("christmas eve", 12, 24),
    on("christmas day", 12, 25),
    on("christmas", 12, 25),
    on("xmas eve", 12, 24),
    on("xmas day", 12, 25),
    on("xmas", 12, 25),
    on("boxing day", 12, 26),
    on("australia day", 1, 26),
    easter("mardi gras", -47),
    easter("shrove tuesday", -47),
    easter("pancake day", -47),
    easter("ash wednesday", -46),
    easter("palm sunday", -7),
    easter("maundy thursday", -3),
    easter("good friday", -2),
    easter("easter monday", 1),
    easter("ascension day", 39),
    easter("pentecost", 49),
    easter("whit sunday", 49),
    easter("whit monday", 50),
    Holiday { name: "easter week", rule: Rule::EasterWeek },
    easter("easter sunday", 0),
    easter("easter", 0),
];

impl Holiday {
    /// Its day in a year.
    pub(super) fn day(&self, year: i32) -> Option<Day> {
        match self.rule {
            Rule::On(month, day) => Day::new(year, u32::from(month), u32::from(day)),
            Rule::Nth(month, which, weekday) => nth_weekday(year, month, which, weekday),
            Rule::After(month, which, weekday, days) => {
                nth_weekday(year, month, which, weekday)?.plus_days(i64::from(days))
            }
            Rule::Easter(days) => easter_sunday(year)?.plus_days(i64::from(days)),
            Rule::EasterWeek => easter_sunday(year),
            Rule::Election => nth_weekday(year, 11, 1, 0)?.plus_days(1),
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
        let holiday = HOLIDAYS.iter().find(|h| h.name == name).unwrap();
        holiday.day(year).unwrap().to_string()
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
        ] {
            assert_eq!(day(name, year), want, "{name} {year}");
        }
        assert_eq!(nth_weekday(2021, 2, 5, 0), None, "no fifth Monday in that February");
    }
}
