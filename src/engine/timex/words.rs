//! Values read out for people: "Thursday 22 July 2021", "three months", "every Friday".

use super::amount::Amount;
use super::length::Length;
use super::modifier::Modifier;
use super::open::{OpenDate, OpenFields};
use super::period::Period;
use super::time_of_day::{ClockTime, TimeOfDay};
use super::timex_type::TimexType;
use super::unit::Unit;
use super::value::{Reference, TimexValue};
use crate::calendar::{Day, monday_of_week, month_name, weekday_name};
use crate::vocabulary::amounts::{Numeral, number_word};

/// The value in words, British order: "Thursday 22 July 2021", "the night of Wednesday 21 July
/// 2021", "early in May 2021", "three months", "every Friday". What has no words is given as it is
/// spelled.
pub fn in_words(kind: TimexType, value: &TimexValue, modifier: Option<&Modifier>) -> String {
    match value.normalized().and_then(|value| value_in_words(kind, &value)) {
        None => value.to_string(),
        Some(words) => match modifier {
            Some(modifier) => modifier.around_words(&words),
            None => words,
        },
    }
}

fn value_in_words(kind: TimexType, value: &TimexValue) -> Option<String> {
    match (kind, value) {
        (_, TimexValue::Reference(reference)) => Some(reference_in_words(*reference).to_owned()),
        (TimexType::Set, TimexValue::Length(length)) => repeated_length_in_words(length),
        (TimexType::Set, TimexValue::Open(open)) => repeated_date_in_words(open),
        (TimexType::Set, _) => None,
        (_, TimexValue::Period(period)) => Some(period_in_words(*period)),
        (_, TimexValue::Range(from, to)) => {
            Some(format!("{} to {}", period_in_words(*from), period_in_words(*to)))
        }
        (_, TimexValue::Open(open)) => open_date_in_words(open),
        (TimexType::Duration, TimexValue::Length(length)) => Some(length_in_words(length)),
        (_, TimexValue::Length(_) | TimexValue::Other(_)) => None,
    }
}

fn reference_in_words(reference: Reference) -> &'static str {
    match reference {
        Reference::Past => "some time in the past",
        Reference::Present => "the present",
        Reference::Future => "some time in the future",
    }
}

fn year_in_words(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) }
}

fn day_in_words(day: Day) -> String {
    let (weekday, month) = (weekday_name(day.weekday()), month_name(day.month()));
    format!("{weekday} {} {month} {}", day.day(), year_in_words(day.year()))
}

/// 1st, 2nd, 3rd, 4th, 11th …
fn ordinal_in_digits(n: u32) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

fn ordinal_in_words(n: u32) -> &'static str {
    number_word(Numeral::Ordinal, n).unwrap_or("")
}

fn period_in_words(period: Period) -> String {
    match period {
        Period::Century(c) => format!("the {} century", ordinal_in_digits(c.unsigned_abs() + 1)),
        Period::Decade(d) => format!("the {}0s", d),
        Period::Year(y) => year_in_words(y),
        Period::Half(y, h) => format!("the {} half of {}", ordinal_in_words(h), year_in_words(y)),
        Period::Quarter(y, q) => {
            format!("the {} quarter of {}", ordinal_in_words(q), year_in_words(y))
        }
        Period::Season(y, s) => format!("{} {}", s.name(), year_in_words(y)),
        Period::Month(y, m) => format!("{} {}", month_name(m), year_in_words(y)),
        Period::Week(y, w) => match monday_of_week(y, w) {
            Some(d) => format!("the week of {}", day_in_words(d)),
            None => format!("week {w} of {}", year_in_words(y)),
        },
        Period::Weekend(y, w) => match monday_of_week(y, w).and_then(|d| d.plus_days(5)) {
            Some(d) => format!("the weekend of {}", day_in_words(d)),
            None => format!("a weekend of {}", year_in_words(y)),
        },
        Period::Day(d) => day_in_words(d),
        Period::Part(d, part) => format!("the {} of {}", part.name(), day_in_words(d)),
        Period::Clock(d, clock) => format!("{}, {}", day_in_words(d), clock_in_words(clock)),
    }
}

/// "19:27", "18:00 UTC", "17:30 UTC-05:00".
fn clock_in_words(clock: ClockTime) -> String {
    let time = clock.in_zone(None);
    match clock.zone {
        None => time.to_string(),
        Some(zone) if zone.minutes() == 0 => format!("{time} UTC"),
        Some(zone) => format!("{time} UTC{zone}"),
    }
}

fn open_date_in_words(open: &OpenDate) -> Option<String> {
    let words = match open.fields {
        OpenFields::AnyYear => "an unknown year".to_owned(),
        OpenFields::AnyMonth => "an unknown month".to_owned(),
        OpenFields::AnyDay => "an unknown day".to_owned(),
        OpenFields::AnyWeek => "an unknown week".to_owned(),
        OpenFields::AnyWeekend => "an unknown weekend".to_owned(),
        OpenFields::AnyQuarter => "an unknown quarter".to_owned(),
        OpenFields::Weekday(weekday) => format!("a {}", weekday_name(weekday)),
        OpenFields::QuarterOfYear(year) => format!("a quarter of {}", year_in_words(year)),
        fields => format!("{} of an unknown year", within_a_year_in_words(fields)?),
    };
    Some(match open.time {
        None => words,
        Some(TimeOfDay::Part(part)) => format!("the {} of {words}", part.name()),
        Some(TimeOfDay::Clock(clock)) => format!("{words}, {}", clock_in_words(clock)),
    })
}

fn within_a_year_in_words(fields: OpenFields) -> Option<String> {
    match fields {
        OpenFields::Month(month) => Some(month_name(month).to_owned()),
        OpenFields::MonthAndDay(month, day) => Some(format!("{day} {}", month_name(month))),
        OpenFields::Season(season) => Some(season.name().to_owned()),
        OpenFields::Quarter(quarter) => Some(format!("the {} quarter", ordinal_in_words(quarter))),
        OpenFields::Half(half) => Some(format!("the {} half", ordinal_in_words(half))),
        _ => None,
    }
}

fn amount_in_words(amount: Amount, unit: Unit) -> String {
    match amount {
        Amount::Vague => format!("several {}", unit.plural()),
        Amount::ONE => format!("one {}", unit.name()),
        Amount::Exact(0) => format!("no {}", unit.plural()),
        Amount::Exact(hundredths) => match number_word(Numeral::Unit, hundredths / 100) {
            Some(word) if hundredths % 100 == 0 && hundredths <= MAX_NUMBER_IN_WORDS * 100 => {
                format!("{word} {}", unit.plural())
            }
            _ => format!("{amount} {}", unit.plural()),
        },
    }
}

/// Larger numbers are given in digits.
const MAX_NUMBER_IN_WORDS: u32 = 12;

fn length_in_words(length: &Length) -> String {
    if length.parts().is_empty() {
        return "some time".to_owned();
    }
    let words: Vec<String> =
        length.parts().iter().map(|&(amount, unit)| amount_in_words(amount, unit)).collect();
    words.join(" and ")
}

fn repeated_length_in_words(length: &Length) -> Option<String> {
    match length.parts() {
        [] => None,
        [(Amount::ONE, unit)] => Some(format!("every {}", unit.name())),
        _ => Some(format!("every {}", length_in_words(length))),
    }
}

fn repeated_date_in_words(open: &OpenDate) -> Option<String> {
    let part = match open.time {
        Some(TimeOfDay::Part(part)) => format!(" {}", part.name()),
        _ => String::new(),
    };
    let words = match open.fields {
        OpenFields::AnyYear => "every year".to_owned(),
        OpenFields::AnyMonth => "every month".to_owned(),
        OpenFields::AnyDay if !part.is_empty() => "every".to_owned(),
        OpenFields::AnyDay => "every day".to_owned(),
        OpenFields::AnyWeek => "every week".to_owned(),
        OpenFields::AnyWeekend => "every weekend".to_owned(),
        OpenFields::AnyWorkday => "every weekday".to_owned(),
        OpenFields::Weekday(weekday) => format!("every {}", weekday_name(weekday)),
        fields => format!("every {}", within_a_year_in_words(fields)?),
    };
    Some(format!("{words}{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_words() {
        use TimexType::{Date, Duration, Set, Time};
        for (kind, text, modifier, want) in [
            (Date, "2021-07-22", None, "Thursday 22 July 2021"),
            (Time, "2021-07-21TNI", None, "the night of Wednesday 21 July 2021"),
            (Time, "2021-07-23T19:27", None, "Friday 23 July 2021, 19:27"),
            (Time, "2021-07-23T18:00Z", None, "Friday 23 July 2021, 18:00 UTC"),
            (Time, "2021-07-23T17:30-05:00", None, "Friday 23 July 2021, 17:30 UTC-05:00"),
            (Date, "2021-05", None, "May 2021"),
            (Date, "2021-05", Some("START"), "early in May 2021"),
            (Date, "2021", Some("ON_OR_AFTER"), "2021 or later"),
            (Date, "2021-Q3", None, "the third quarter of 2021"),
            (Date, "2021-SU", None, "summer 2021"),
            (Date, "2021-W29", None, "the week of Monday 19 July 2021"),
            (Date, "2021-W29-WE", None, "the weekend of Saturday 24 July 2021"),
            (Date, "199", None, "the 1990s"),
            (Date, "19", Some("END"), "late in the 20th century"),
            (Date, "BC0480-08", None, "August 480 BC"),
            (Date, "2021-05-03/2021-05-05", None, "Monday 3 May 2021 to Wednesday 5 May 2021"),
            (Date, "XXXX-WXX-4", None, "a Thursday"),
            (Date, "XXXX-05-03", None, "3 May of an unknown year"),
            (Date, "1989-QX", None, "a quarter of 1989"),
            (Date, "PAST_REF", None, "some time in the past"),
            (Duration, "P3M", None, "three months"),
            (Duration, "PT30M", Some("MORE_THAN"), "more than 30 minutes"),
            (Duration, "P2Y6M", None, "two years and six months"),
            (Duration, "PXW", None, "several weeks"),
            (Duration, "PXX", None, "some time"),
            (Set, "XXXX-WXX-5", None, "every Friday"),
            (Set, "XXXX-WXX-2TNI", None, "every Tuesday night"),
            (Set, "P1D", None, "every day"),
            (Set, "P2W", None, "every two weeks"),
            (Set, "XXXX-12-25", None, "every 25 December"),
            (Set, "XXXX-XX-XXTMO", None, "every morning"),
            (Date, "nonsense", None, "nonsense"),
            (Duration, "P", None, "P"),
        ] {
            let modifier = modifier.map(Modifier::parse);
            let words = in_words(kind, &TimexValue::parse(text), modifier.as_ref());
            assert_eq!(words, want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_value_has_words(text in "\\PC{0,16}|[0-9XBCPTWQ/-]{0,16}") {
            for kind in [TimexType::Date, TimexType::Duration, TimexType::Set] {
                let _ = in_words(kind, &TimexValue::parse(&text), None);
            }
        }
    }
}
