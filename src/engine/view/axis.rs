//! The time axis: ranges of time, zooming, ticks. Whole minutes and whole units of the picture.

use crate::calendar::{Day, month_name};
use crate::timex::{Amount, Interval, TimexValue, Unit as CalendarUnit};

/// Minutes of a day.
const MINUTES_PER_DAY: i64 = 1440;
/// Minutes of a mean month and of a mean year.
const MINUTES_PER_MONTH: i64 = 43_830;
const MINUTES_PER_YEAR: i64 = 525_960;
/// The longest range that the axis shows, in minutes.
const MAX_RANGE_MINUTES: i64 = 12_000 * MINUTES_PER_YEAR;
/// The shortest range that the axis shows, in minutes.
const MIN_RANGE_MINUTES: i64 = 180;

/// A range of time in minutes since 1970-01-01 00:00, by the paper's own clock; `to` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "plain words")]
pub struct TimeRange {
    pub from: i64,
    pub to: i64,
}

/// A line of the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Its place, in units of the picture.
    pub x: i32,
    /// What stands there: "21:00", "22 Jul", "Jul 2021", "2021".
    pub label: String,
}

/// How the axis is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// Closer (or further) by half, holding the time at this thousandth of the width.
    At(i64, bool),
    /// Half a width earlier (or later).
    Move(bool),
    /// All that has a place in the calendar.
    Whole,
    /// Where most of it is.
    Dense,
    /// This range, with room around it.
    To(TimeRange),
}

impl TimeRange {
    /// The interval of a date; `None` when it is not written as a document writes it.
    pub fn of(interval: &Interval) -> Option<TimeRange> {
        let (from, _) = instant(&interval.from)?;
        let (last, grain) = instant(&interval.to)?;
        let to = last.checked_add(grain)?;
        (from < to).then_some(TimeRange { from, to })
    }

    /// Its length in minutes.
    pub fn minutes(self) -> i64 {
        self.to - self.from
    }

    /// From the first to the last of these; `None` when there are none.
    pub fn hull(all: &[TimeRange]) -> Option<TimeRange> {
        let from = all.iter().map(|s| s.from).min()?;
        let to = all.iter().map(|s| s.to).max()?;
        Some(TimeRange { from, to })
    }

    /// What the axis shows after it is moved; `all` is what has a place on it.
    pub fn zoomed(self, zoom: Zoom, all: &[TimeRange]) -> TimeRange {
        match zoom {
            Zoom::At(at, closer) => {
                let at = at.clamp(0, 1000);
                let length = if closer { self.minutes() / 2 } else { self.minutes() * 2 };
                let length = length.clamp(MIN_RANGE_MINUTES, MAX_RANGE_MINUTES);
                let held = self.from + self.minutes() * at / 1000;
                TimeRange::at(held - length * at / 1000, length)
            }
            Zoom::Move(later) => {
                let by = self.minutes() / 2;
                let from = if later { self.from + by } else { self.from - by };
                TimeRange::at(from, self.minutes())
            }
            Zoom::Whole => TimeRange::hull(all).map_or(self, TimeRange::with_room),
            Zoom::Dense => dense(all).map_or(self, TimeRange::with_room),
            Zoom::To(stretch) => stretch.with_room(),
        }
    }

    /// Held inside the calendar.
    fn at(from: i64, length: i64) -> TimeRange {
        let from = from.clamp(-MAX_RANGE_MINUTES, MAX_RANGE_MINUTES - length);
        TimeRange { from, to: from + length }
    }

    /// With a twelfth of its length on both sides, and at least the shortest that the axis shows.
    fn with_room(self) -> TimeRange {
        let length =
            (self.minutes() + self.minutes() / 6).clamp(MIN_RANGE_MINUTES, MAX_RANGE_MINUTES);
        TimeRange::at(self.from - (length - self.minutes()) / 2, length)
    }

    /// A time's place on a picture that is `width` wide and shows this; it may lie outside.
    pub fn place(self, time: i64, width: i32) -> i32 {
        let x = (time - self.from) * i64::from(width) / self.minutes().max(1);
        x.clamp(-100_000, 100_000) as i32
    }

    /// In words, as fine as it is long: "2019 – 2023", "Jan – Jul 2021", "22 Jul – 24 Jul 2021".
    pub fn in_words(self) -> String {
        let (first, last) = (day_of(self.from), day_of(self.to - 1));
        // What both share is said once, at the end.
        let two_years = first.map(Day::year) != last.map(Day::year);
        let day = |day: Option<Day>, with_year| match day {
            Some(d) => format!("{} {}", d.day(), month(day, with_year)),
            None => String::new(),
        };
        let (from, to) = match self.minutes() {
            n if n > 4 * MINUTES_PER_YEAR => (year(first), year(last)),
            n if n > 120 * MINUTES_PER_DAY => (month(first, two_years), month(last, true)),
            n if n > 3 * MINUTES_PER_DAY => (day(first, two_years), day(last, true)),
            _ => (
                [day(first, two_years), clock(self.from)].join(" "),
                [day(last, true), clock(self.to - 1)].join(" "),
            ),
        };
        if from == to { from } else { [from, to].join(" – ") }
    }
}

/// The shortest stretch that holds two thirds of them by their middles; all, where they reach no
/// further than three times as far.
fn dense(all: &[TimeRange]) -> Option<TimeRange> {
    let mut sorted = all.to_vec();
    sorted.sort_by_key(|s| s.from + s.to);
    let most = (sorted.len() * 2).div_ceil(3).max(1);
    // Long ones (a year, a century) would drag the picture out: they count by their middle alone.
    let middle = |s: &TimeRange| (s.from + s.to) / 2;
    let best = sorted
        .windows(most)
        .min_by_key(|w| w.last().map(middle).unwrap_or(0) - w.first().map(middle).unwrap_or(0))?;
    let (first, last) = (middle(best.first()?), middle(best.last()?));
    let inside = |s: &&TimeRange| s.minutes() <= (last - first).max(7 * MINUTES_PER_DAY);
    let hull: Vec<TimeRange> = best.iter().filter(inside).copied().collect();
    let hull = TimeRange::hull(&hull).unwrap_or(TimeRange { from: first, to: last + 1 });
    // A single day among its neighbours.
    let spare = (3 * MINUTES_PER_DAY - hull.minutes()).max(0) / 2;
    let dense = TimeRange { from: hull.from - spare, to: hull.to + spare };
    TimeRange::hull(all).map(|whole| match whole.minutes() <= 3 * dense.minutes() {
        true => whole,
        false => dense,
    })
}

/// Minutes and the grain of `2021-07-22`, `2021-07-22T21:00` or `-0044-03-15`.
fn instant(text: &str) -> Option<(i64, i64)> {
    let (before, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let day = Day::parse(text.get(..10)?)?;
    let day = match before {
        true => Day::new(-day.year(), day.month(), day.day())?,
        false => day,
    };
    let minutes = day.number() * MINUTES_PER_DAY;
    let Some(clock) = text.get(10..).and_then(|t| t.strip_prefix('T')) else {
        return (text.len() == 10).then_some((minutes, MINUTES_PER_DAY));
    };
    let two = |at: usize, below: i64| {
        let n = clock.get(at..at + 2)?.parse::<i64>().ok()?;
        (0..below).contains(&n).then_some(n)
    };
    Some((minutes + two(0, 24)? * 60 + two(3, 60)?, 1))
}

/// The minutes of a length of time (`P3M`, `PT2H30M`, `P1DE`); `None` for other values, and where a
/// number is left open or is no whole one. Months and years by their mean length.
pub fn minutes(value: &TimexValue) -> Option<i64> {
    let Some(TimexValue::Length(length)) = value.normalized() else {
        return None;
    };
    let mut sum = 0i64;
    for &(amount, unit) in length.parts() {
        let Amount::Exact(hundredths) = amount else {
            return None;
        };
        if hundredths % 100 != 0 {
            return None;
        }
        let minutes = match unit {
            CalendarUnit::Second => 0,
            CalendarUnit::Minute => 1,
            CalendarUnit::Hour => 60,
            CalendarUnit::Day => MINUTES_PER_DAY,
            CalendarUnit::Week => 7 * MINUTES_PER_DAY,
            CalendarUnit::Month => MINUTES_PER_MONTH,
            CalendarUnit::Quarter => 3 * MINUTES_PER_MONTH,
            CalendarUnit::Year => MINUTES_PER_YEAR,
            CalendarUnit::Decade => 10 * MINUTES_PER_YEAR,
            CalendarUnit::Century => 100 * MINUTES_PER_YEAR,
            _ => return None,
        };
        sum = sum.checked_add(i64::from(hundredths / 100).checked_mul(minutes)?)?;
    }
    (sum > 0).then_some(sum.min(MAX_RANGE_MINUTES))
}

/// The steps between ticks: hours, days, months, years, and how many minutes they are about.
const TICK_STEPS: [(Unit, i64); 22] = [
    (Unit::Hours, 1),
    (Unit::Hours, 2),
    (Unit::Hours, 3),
    (Unit::Hours, 6),
    (Unit::Hours, 12),
    (Unit::Days, 1),
    (Unit::Days, 2),
    (Unit::Days, 7),
    (Unit::Days, 14),
    (Unit::Months, 1),
    (Unit::Months, 2),
    (Unit::Months, 3),
    (Unit::Months, 6),
    (Unit::Months, 12),
    (Unit::Months, 24),
    (Unit::Months, 60),
    (Unit::Months, 120),
    (Unit::Months, 240),
    (Unit::Months, 600),
    (Unit::Months, 1200),
    (Unit::Months, 6000),
    (Unit::Months, 24_000),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Hours,
    Days,
    Months,
}

/// The lines of an axis that shows `view` over `width` units, at least `apart` units from each other.
pub fn ticks(view: TimeRange, width: i32, apart: i32) -> Vec<Tick> {
    let minutes = |&(unit, n): &(Unit, i64)| match unit {
        Unit::Hours => n * 60,
        Unit::Days => n * MINUTES_PER_DAY,
        Unit::Months => n * MINUTES_PER_MONTH,
    };
    let wide =
        |step: &&(Unit, i64)| minutes(step) * i64::from(width) >= view.minutes() * i64::from(apart);
    let Some(&(unit, n)) = TICK_STEPS.iter().find(wide).or(TICK_STEPS.last()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let mut at = first(view.from, unit, n);
    while let Some(time) = at.filter(|&t| t < view.to) {
        if time >= view.from {
            let label = tick_label(time, unit, n);
            out.push(Tick { x: view.place(time, width), label });
        }
        at = next(time, unit, n).filter(|&later| later > time);
    }
    out
}

/// The last tick at or before `from`.
fn first(from: i64, unit: Unit, n: i64) -> Option<i64> {
    match unit {
        Unit::Hours => Some(from - from.rem_euclid(n * 60)),
        Unit::Days => {
            // Weeks begin on a Monday: 1970-01-05 was one.
            let day = from.div_euclid(MINUTES_PER_DAY);
            Some((day - (day - 4).rem_euclid(n)) * MINUTES_PER_DAY)
        }
        Unit::Months => {
            let day = Day::from_number(from.div_euclid(MINUTES_PER_DAY))?;
            let index = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
            let index = index - index.rem_euclid(n);
            let year = i32::try_from(index.div_euclid(12)).ok()?;
            // Before the calendar's first year there is no tick, but there may be later ones.
            let year = year.max(-9996);
            Some(Day::new(year, index.rem_euclid(12) as u32 + 1, 1)?.number() * MINUTES_PER_DAY)
        }
    }
}

fn next(time: i64, unit: Unit, n: i64) -> Option<i64> {
    match unit {
        Unit::Hours => Some(time + n * 60),
        Unit::Days => Some(time + n * MINUTES_PER_DAY),
        Unit::Months => Some(day_of(time)?.plus_months(n)?.number() * MINUTES_PER_DAY),
    }
}

fn tick_label(time: i64, unit: Unit, n: i64) -> String {
    let day = day_of(time);
    match unit {
        Unit::Hours if time.rem_euclid(MINUTES_PER_DAY) != 0 => clock(time),
        Unit::Hours | Unit::Days => {
            day.map_or_else(String::new, |d| format!("{} {}", d.day(), name(d)))
        }
        Unit::Months if n < 12 => month(day, day.is_none_or(|d| d.month() == 1)),
        Unit::Months => year(day),
    }
}

fn day_of(minute: i64) -> Option<Day> {
    Day::from_number(minute.div_euclid(MINUTES_PER_DAY))
}

fn name(day: Day) -> &'static str {
    month_name(day.month()).get(..3).unwrap_or("")
}

fn year(day: Option<Day>) -> String {
    match day.map(Day::year) {
        // Astronomers' year 0 is 1 BC.
        Some(year) if year < 1 => format!("{} BC", 1 - year),
        Some(year) => year.to_string(),
        None => String::new(),
    }
}

fn month(day: Option<Day>, with_year: bool) -> String {
    match day {
        Some(d) if with_year => format!("{} {}", name(d), year(day)),
        Some(d) => name(d).to_owned(),
        None => String::new(),
    }
}

fn clock(minute: i64) -> String {
    let minute = minute.rem_euclid(MINUTES_PER_DAY);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(from: &str, to: &str) -> TimeRange {
        let (from, to) = (from.to_owned(), to.to_owned());
        TimeRange::of(&Interval { from, to }).unwrap()
    }

    #[test]
    fn intervals_are_read_at_their_grain() {
        assert_eq!(stretch("1970-01-01", "1970-01-01"), TimeRange { from: 0, to: 1440 });
        assert_eq!(stretch("1970-01-02T20:00", "1970-01-03T04:59").minutes(), 9 * 60);
        assert_eq!(stretch("1970-01-01T00:01:30", "1970-01-01T00:01:30").minutes(), 1);
        assert!(
            stretch("-0044-03-15", "-0044-03-15").from < stretch("0001-01-01", "0001-01-01").from
        );
        for (from, to) in [
            ("", ""),
            ("2021-07", "2021-07"),
            ("2021-07-22", "2021-07-21"),
            ("2021-07-22é", "2021-07-22T99:00"),
        ] {
            let (from, to) = (from.to_owned(), to.to_owned());
            assert_eq!(TimeRange::of(&Interval { from, to }), None);
        }
    }

    #[test]
    fn lengths() {
        for (value, want) in [
            ("P1D", Some(1440)),
            ("P2W", Some(14 * 1440)),
            ("PT1H30M", Some(90)),
            ("PT24H", Some(1440)),
            ("P3M", Some(3 * 43_830)),
            ("P2Y6M", Some(2 * 525_960 + 6 * 43_830)),
            ("P1DE", Some(5_259_600)),
            ("PXW", None),
            ("P", None),
            ("P5", None),
            ("2021", None),
            ("P99999999999999999999Y", None),
        ] {
            assert_eq!(minutes(&TimexValue::parse(value)), want, "{value}");
        }
    }

    #[test]
    fn ticks_say_what_a_reader_needs_at_each_zoom() {
        for (from, to, want) in [
            ("2021-07-22", "2021-07-22", "22 Jul 0|06:00 75|12:00 150|18:00 225"),
            (
                "2021-07-19",
                "2021-07-25",
                "19 Jul 0|20 Jul 42|21 Jul 85|22 Jul 128|23 Jul 171|24 Jul 214|25 Jul 257",
            ),
            (
                "2021-07-01",
                "2021-09-30",
                "12 Jul 35|26 Jul 81|9 Aug 127|23 Aug 172|6 Sep 218|20 Sep 264",
            ),
            ("2021-01-01", "2021-12-31", "Jan 2021 0|Mar 48|May 98|Jul 148|Sep 199|Nov 249"),
            ("2019-01-01", "2022-12-31", "2019 0|2020 74|2021 150|2022 225"),
            ("1990-01-01", "2029-12-31", "1990 0|2000 74|2010 150|2020 224"),
        ] {
            let ticks = ticks(stretch(from, to), 300, 42);
            let told: Vec<String> = ticks.iter().map(|t| format!("{} {}", t.label, t.x)).collect();
            assert_eq!(told.join("|"), want, "{from} {to}");
        }
    }

    #[test]
    fn in_words() {
        for (from, to, want) in [
            ("2021-07-22", "2021-07-22", "22 Jul 00:00 – 22 Jul 2021 23:59"),
            ("2021-07-19", "2021-07-25", "19 Jul – 25 Jul 2021"),
            ("2021-01-01", "2021-12-31", "Jan – Dec 2021"),
            ("-0044-01-01", "2021-12-31", "45 BC – 2021"),
        ] {
            assert_eq!(stretch(from, to).in_words(), want);
        }
    }

    #[test]
    fn the_dense_part_is_where_most_dates_are() {
        let mut all =
            vec![stretch("1979-02-01", "1979-02-11"), stretch("2030-01-01", "2030-12-31")];
        for day in 10..20 {
            let day = format!("2021-07-{day}");
            all.push(stretch(&day, &day));
        }
        let view = TimeRange { from: 0, to: 1 }.zoomed(Zoom::Dense, &all);
        assert!(view.minutes() < 16 * 1440, "{}", view.in_words());
        assert_eq!(view.in_words().get(view.in_words().len() - 8..), Some("Jul 2021"));
        // A few weeks more are no outliers.
        let mut near = all[2..].to_vec();
        near.push(stretch("2021-08-02", "2021-08-02"));
        let view = view.zoomed(Zoom::Dense, &near);
        assert_eq!(view, view.zoomed(Zoom::Whole, &near));
        let whole = view.zoomed(Zoom::Whole, &all);
        assert!(all.iter().all(|s| whole.from <= s.from && s.to <= whole.to));
    }

    proptest::proptest! {
        #[test]
        fn any_zooming_stays_on_the_axis(
            start in -5_000_000_000i64..5_000_000_000,
            length in 1i64..1_000_000_000,
            moves in proptest::collection::vec((0u8..5, 0i64..1000), 0..60),
        ) {
            let all = [TimeRange { from: start, to: start + length }];
            let mut view = all[0].zoomed(Zoom::Whole, &all);
            for (what, n) in moves {
                view = view.zoomed(match what {
                    0 => Zoom::At(n, true),
                    1 => Zoom::At(n, false),
                    2 => Zoom::Move(n % 2 == 0),
                    3 => Zoom::Dense,
                    _ => Zoom::To(all[0]),
                }, &all);
                proptest::prop_assert!((MIN_RANGE_MINUTES..=MAX_RANGE_MINUTES).contains(&view.minutes()));
                let ticks = ticks(view, 320, 56);
                proptest::prop_assert!(ticks.len() <= 7, "{ticks:?}");
                proptest::prop_assert!(ticks.windows(2).all(|t| t[0].x < t[1].x));
                proptest::prop_assert!(ticks.iter().all(|t| (0..=320).contains(&t.x)));
            }
        }

        #[test]
        fn any_text_is_read_or_not(from: String, to: String) {
            let _ = minutes(&TimexValue::parse(&from));
            let _ = TimeRange::of(&Interval { from, to });
        }
    }
}
