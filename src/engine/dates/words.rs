//! Values read out for people: "Thursday 22 July 2021", "three months", "every Friday".

use super::Value;
use super::names::{MONTHS, WEEKDAYS};
use super::period::{Part, Period, monday};
use crate::calendar::Day;
use crate::document::TimexType;

/// The value in words, British order: "Thursday 22 July 2021", "the night of Wednesday 21 July
/// 2021", "early May 2021", "three months", "every Friday". What has no words is given as it is.
pub fn in_words(value: &Value) -> String {
    let text = value.value.as_str();
    let words = match (value.kind, text) {
        (_, "PRESENT_REF") => Some("the present".to_owned()),
        (_, "PAST_REF") => Some("some time in the past".to_owned()),
        (_, "FUTURE_REF") => Some("some time in the future".to_owned()),
        (TimexType::Set, _) => set(text),
        (TimexType::Duration, _) if text.starts_with('P') => length(text),
        (_, _) => date(text),
    };
    let Some(words) = words else {
        return text.to_owned();
    };
    with_modifier(words, value.modifier.unwrap_or(""))
}

fn with_modifier(words: String, modifier: &str) -> String {
    match modifier {
        "START" => format!("early in {words}"),
        "MID" => format!("the middle of {words}"),
        "END" => format!("late in {words}"),
        "APPROX" => format!("about {words}"),
        "LESS_THAN" => format!("less than {words}"),
        "MORE_THAN" => format!("more than {words}"),
        "EQUAL_OR_LESS" => format!("at most {words}"),
        "EQUAL_OR_MORE" => format!("at least {words}"),
        "BEFORE" => format!("before {words}"),
        "AFTER" => format!("after {words}"),
        "ON_OR_BEFORE" => format!("{words} or earlier"),
        "ON_OR_AFTER" => format!("{words} or later"),
        _ => words,
    }
}

fn date(text: &str) -> Option<String> {
    if let Some((from, to)) = text.split_once('/') {
        return Some(format!("{} to {}", date(from)?, date(to)?));
    }
    match Period::parse(text) {
        Some(period) => Some(period_in_words(period)),
        None => open(text),
    }
}

fn year(y: i32) -> String {
    if y > 0 { y.to_string() } else { format!("{} BC", 1 - y) }
}

fn month(m: u32) -> &'static str {
    MONTHS.get((m as usize).wrapping_sub(1)).unwrap_or(&"")
}

fn day(d: Day) -> String {
    let weekday = WEEKDAYS.get(d.weekday() as usize).unwrap_or(&"");
    format!("{weekday} {} {} {}", d.day(), month(d.month()), year(d.year()))
}

/// 1st, 2nd, 3rd, 4th, 11th …
fn ordinal(n: u32) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

fn nth(n: u32) -> &'static str {
    ORDINALS.get((n as usize).wrapping_sub(1)).unwrap_or(&"")
}

fn period_in_words(period: Period) -> String {
    match period {
        Period::Century(c) => format!("the {} century", ordinal(c.unsigned_abs() + 1)),
        Period::Decade(d) => format!("the {}0s", d),
        Period::Year(y) => year(y),
        Period::Half(y, h) => format!("the {} half of {}", nth(h), year(y)),
        Period::Quarter(y, q) => format!("the {} quarter of {}", nth(q), year(y)),
        Period::Season(y, s) => format!("{} {}", s.name(), year(y)),
        Period::Month(y, m) => format!("{} {}", month(m), year(y)),
        Period::Week(y, w) => match monday(y, w) {
            Some(d) => format!("the week of {}", day(d)),
            None => format!("week {w} of {}", year(y)),
        },
        Period::Weekend(y, w) => match monday(y, w).and_then(|d| d.plus_days(5)) {
            Some(d) => format!("the weekend of {}", day(d)),
            None => format!("a weekend of {}", year(y)),
        },
        Period::Day(d) => day(d),
        Period::Part(d, part) => format!("the {} of {}", part.name(), day(d)),
        Period::Clock(d, clock) => format!("{}, {clock}", day(d)),
    }
}

/// Values with fields left open.
fn open(text: &str) -> Option<String> {
    let (text, time) = match text.split_once('T') {
        Some((text, time)) => (text, Some(time)),
        None => (text, None),
    };
    let words = match text {
        "XXXX" => "an unknown year".to_owned(),
        "XXXX-XX" => "an unknown month".to_owned(),
        "XXXX-XX-XX" => "an unknown day".to_owned(),
        "XXXX-WXX" => "an unknown week".to_owned(),
        "XXXX-WXX-WE" => "an unknown weekend".to_owned(),
        "XXXX-QX" => "an unknown quarter".to_owned(),
        _ => match text.strip_prefix("XXXX-") {
            Some(rest) => {
                if let Some(weekday) = rest.strip_prefix("WXX-").and_then(number) {
                    let name = WEEKDAYS.get((weekday as usize).wrapping_sub(1))?;
                    format!("a {name}")
                } else {
                    format!("{} of an unknown year", inside_a_year(rest)?)
                }
            }
            None => {
                let y = text.strip_suffix("-QX")?;
                let Some(Period::Year(y)) = Period::parse(y) else {
                    return None;
                };
                format!("a quarter of {}", year(y))
            }
        },
    };
    Some(match time {
        None => words,
        Some(time) => match Part::of_code(time) {
            Some(part) => format!("the {} of {words}", part.name()),
            None => format!("{words}, {time}"),
        },
    })
}

/// `05`, `05-03`, `Q3`, `SU`: what comes after the year.
fn inside_a_year(rest: &str) -> Option<String> {
    // Any leap year reads every month and day.
    match Period::parse(&format!("2000-{rest}"))? {
        Period::Month(_, m) => Some(month(m).to_owned()),
        Period::Day(d) => Some(format!("{} {}", d.day(), month(d.month()))),
        Period::Season(_, s) => Some(s.name().to_owned()),
        Period::Quarter(_, q) => Some(format!("the {} quarter", nth(q))),
        Period::Half(_, h) => Some(format!("the {} half", nth(h))),
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

const NUMBERS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// One part of a duration: its digits, its unit in the singular.
fn parts(text: &str) -> Option<Vec<(&str, &'static str)>> {
    let mut rest = text.strip_prefix('P')?;
    let mut time = false;
    let mut out = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            time = true;
            rest = after;
        }
        let digits =
            rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.' || *b == b'X').count();
        let (n, after) = rest.split_at_checked(digits).filter(|(n, _)| !n.is_empty())?;
        let letters = after.bytes().take_while(|b| b.is_ascii_uppercase() && *b != b'T').count();
        // "P2Y6M" has digits after each letter; two letters only in DE, CE, ML, WE, SE.
        let (unit, after) = after.split_at_checked(letters)?;
        let name = match (time, unit) {
            (true, "H") => "hour",
            (true, "M") => "minute",
            (true, "S") => "second",
            (false, "Y") => "year",
            (false, "M") => "month",
            (false, "W") => "week",
            (false, "D") => "day",
            (false, "Q") => "quarter",
            (false, "WE") => "weekend",
            (false, "SE") => "season",
            (false, "DE") => "decade",
            (false, "CE") => "century",
            (false, "ML") => "millennium",
            _ => return None,
        };
        out.push((n, name));
        rest = after;
    }
    (!out.is_empty()).then_some(out)
}

/// True for a TIMEX3 duration.
pub(super) fn is_length(text: &str) -> bool {
    text == "PXX" || parts(text).is_some()
}

fn counted(n: &str, unit: &str) -> String {
    let plural = match unit {
        "century" => "centuries".to_owned(),
        "millennium" => "millennia".to_owned(),
        _ => format!("{unit}s"),
    };
    match (n.contains('X'), number(n)) {
        (true, _) => format!("several {plural}"),
        (_, Some(1)) => format!("one {unit}"),
        (_, Some(count)) => match NUMBERS.get(count as usize) {
            Some(word) => format!("{word} {plural}"),
            None => format!("{count} {plural}"),
        },
        _ => format!("{n} {plural}"),
    }
}

fn length(text: &str) -> Option<String> {
    if text == "PXX" {
        return Some("some time".to_owned());
    }
    let parts = parts(text)?;
    let words: Vec<String> = parts.iter().map(|(n, unit)| counted(n, unit)).collect();
    Some(words.join(" and "))
}

fn set(text: &str) -> Option<String> {
    if text.starts_with('P') {
        let parts = parts(text)?;
        let [(n, unit)] = parts.as_slice() else {
            return length(text).map(|l| format!("every {l}"));
        };
        return Some(match number(n) {
            Some(1) => format!("every {unit}"),
            _ => format!("every {}", counted(n, unit)),
        });
    }
    let (head, time) = match text.split_once('T') {
        Some((head, time)) => (head, Part::of_code(time)),
        None => (text, None),
    };
    let part = time.map(|p| format!(" {}", p.name())).unwrap_or_default();
    let words = match head {
        "XXXX" => "every year".to_owned(),
        "XXXX-XX" => "every month".to_owned(),
        "XXXX-XX-XX" if time.is_some() => return Some(format!("every{part}")),
        "XXXX-XX-XX" => "every day".to_owned(),
        "XXXX-WXX" => "every week".to_owned(),
        "XXXX-WXX-WE" => "every weekend".to_owned(),
        "XXXX-WXX-WD" => "every weekday".to_owned(),
        _ => {
            let rest = head.strip_prefix("XXXX-")?;
            match rest.strip_prefix("WXX-").and_then(number) {
                Some(weekday) => {
                    format!("every {}", WEEKDAYS.get((weekday as usize).wrapping_sub(1))?)
                }
                None => format!("every {}", inside_a_year(rest)?),
            }
        }
    };
    Some(format!("{words}{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: TimexType, text: &str, modifier: Option<&'static str>) -> Value {
        Value { kind, value: text.to_owned(), modifier, interval: None }
    }

    #[test]
    fn values_in_words() {
        use TimexType::{Date, Duration, Set, Time};
        for (kind, text, modifier, want) in [
            (Date, "2021-07-22", None, "Thursday 22 July 2021"),
            (Time, "2021-07-21TNI", None, "the night of Wednesday 21 July 2021"),
            (Time, "2021-07-23T19:27", None, "Friday 23 July 2021, 19:27"),
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
            assert_eq!(in_words(&value(kind, text, modifier)), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_value_has_words(text in "\\PC{0,16}|[0-9XBCPTWQ/-]{0,16}") {
            for kind in [TimexType::Date, TimexType::Duration, TimexType::Set] {
                let _ = in_words(&value(kind, &text, None));
            }
        }
    }
}
