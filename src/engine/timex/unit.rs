/// Calendar units, shortest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "plain words")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Season,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    /// "period", "time": a length that is not given.
    Period,
}

/// Name, plural and TIMEX3's letters; a fortnight and a period have none.
const UNITS: [(Unit, &str, &str, &str); 15] = [
    (Unit::Second, "second", "seconds", "S"),
    (Unit::Minute, "minute", "minutes", "M"),
    (Unit::Hour, "hour", "hours", "H"),
    (Unit::Day, "day", "days", "D"),
    (Unit::Weekend, "weekend", "weekends", "WE"),
    (Unit::Week, "week", "weeks", "W"),
    (Unit::Fortnight, "fortnight", "fortnights", ""),
    (Unit::Month, "month", "months", "M"),
    (Unit::Season, "season", "seasons", "SE"),
    (Unit::Quarter, "quarter", "quarters", "Q"),
    (Unit::Year, "year", "years", "Y"),
    (Unit::Decade, "decade", "decades", "DE"),
    (Unit::Century, "century", "centuries", "CE"),
    (Unit::Millennium, "millennium", "millennia", "ML"),
    (Unit::Period, "period", "periods", ""),
];

impl Unit {
    /// All units, shortest first.
    pub const ALL: [Unit; 15] = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Weekend,
        Unit::Week,
        Unit::Fortnight,
        Unit::Month,
        Unit::Season,
        Unit::Quarter,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
        Unit::Millennium,
        Unit::Period,
    ];

    /// Its name in the singular.
    pub fn name(self) -> &'static str {
        UNITS[self as usize].1
    }

    /// Its name in the plural.
    pub fn plural(self) -> &'static str {
        UNITS[self as usize].2
    }

    /// TIMEX3's letters in a duration; empty for a fortnight and a period.
    pub(super) fn code(self) -> &'static str {
        UNITS[self as usize].3
    }

    /// Durations spell it after the `T`.
    pub(super) fn is_within_a_day(self) -> bool {
        self <= Unit::Hour
    }

    /// The inverse of [`Unit::code`]: minutes and months share a letter.
    pub(super) fn from_code(code: &str, within_a_day: bool) -> Option<Unit> {
        UNITS
            .iter()
            .find(|row| {
                !code.is_empty() && row.3 == code && row.0.is_within_a_day() == within_a_day
            })
            .map(|row| row.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_units() {
        for (i, (unit, ..)) in UNITS.iter().enumerate() {
            assert_eq!(*unit as usize, i);
        }
        assert_eq!(Unit::from_code("M", true), Some(Unit::Minute));
        assert_eq!(Unit::from_code("M", false), Some(Unit::Month));
        assert_eq!(Unit::from_code("", false), None);
    }
}
