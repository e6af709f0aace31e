//! Days, weekdays and ISO weeks, by arithmetic alone.

use std::fmt;

/// A day of the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// `None` when there is no such day. `month` 1–12, `day` 1–31.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let fits = (-9999..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        fits.then_some(Day { year, month: month as u8, day: day as u8 })
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1–12.
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// 1–31.
    pub fn day(self) -> u32 {
        u32::from(self.day)
    }

    /// Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
    pub fn number(self) -> i64 {
        let y = i64::from(self.year) - i64::from(self.month <= 2);
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let mp = (i64::from(self.month) + 9) % 12;
        let doy = (153 * mp + 2) / 5 + i64::from(self.day) - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        era * 146_097 + doe - 719_468
    }

    /// The inverse of [`Day::number`]; `None` outside the years −9999 to 9999.
    pub fn from_number(number: i64) -> Option<Day> {
        let z = number.checked_add(719_468)?;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u32;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u32;
        let year = yoe + era * 400 + i64::from(month <= 2);
        Day::new(i32::try_from(year).ok()?, month, day)
    }

    /// `days` later (earlier when negative).
    pub fn plus_days(self, days: i64) -> Option<Day> {
        Day::from_number(self.number().checked_add(days)?)
    }

    /// `months` later; the day is held inside the month (31 January + 1 = 28 or 29 February).
    pub fn plus_months(self, months: i64) -> Option<Day> {
        let index = i64::from(self.year) * 12 + i64::from(self.month) - 1;
        let index = index.checked_add(months)?;
        let year = i32::try_from(index.div_euclid(12)).ok()?;
        let month = index.rem_euclid(12) as u32 + 1;
        Day::new(year, month, self.day().min(days_in_month(year, month)))
    }

    /// 0 = Monday … 6 = Sunday.
    pub fn weekday(self) -> u32 {
        (self.number() + 3).rem_euclid(7) as u32
    }

    /// ISO 8601 week: its year and number 1–53.
    pub fn iso_week(self) -> (i32, u32) {
        let thursday = self.number() - i64::from(self.weekday()) + 3;
        let year = Day::from_number(thursday).map_or(self.year, Day::year);
        let first = Day { year, month: 1, day: 1 }.number();
        (year, ((thursday - first) / 7 + 1) as u32)
    }

    /// Reads `2021-07-23`, nothing else.
    pub fn parse(iso: &str) -> Option<Day> {
        let mut parts = iso.splitn(3, '-');
        let mut number = |len: usize| {
            let part = parts.next()?;
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
            part.parse::<u32>().ok()
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        Day::new(i32::try_from(year).ok()?, month, day)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // ISO 8601 writes four digits after the sign: -0480.
        let sign = if self.year < 0 { "-" } else { "" };
        let year = self.year.unsigned_abs();
        write!(f, "{sign}{year:04}-{:02}-{:02}", self.month, self.day)
    }
}

/// 28 to 31; 0 for a month that does not exist.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

/// The Monday of an ISO 8601 week; `None` when that year has no such week.
pub fn monday_of_week(year: i32, week: u32) -> Option<Day> {
    (1..=53).contains(&week).then_some(())?;
    let fourth = Day::new(year, 1, 4)?;
    let monday = fourth.plus_days(i64::from(week) * 7 - 7 - i64::from(fourth.weekday()))?;
    (monday.iso_week() == (year, week)).then_some(monday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_inverse() {
        for n in (-800_000..800_000).step_by(37) {
            assert_eq!(Day::from_number(n).unwrap().number(), n);
        }
        assert_eq!(Day::new(1970, 1, 1).unwrap().number(), 0);
        assert_eq!(Day::parse("2021-07-22").unwrap().weekday(), 3);
        assert_eq!(Day::parse("2021-01-03").unwrap().iso_week(), (2020, 53));
        assert_eq!(Day::parse("2024-12-30").unwrap().iso_week(), (2025, 1));
    }

    #[test]
    fn no_such_day() {
        for bad in
            ["2021-02-30", "2021-13-01", "2021-1-1", "20210101", "+021-01-01", "", "2021-00-10"]
        {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
        assert_eq!(Day::parse("2021-01-31").unwrap().plus_months(1), Day::parse("2021-02-28"));
    }
}
