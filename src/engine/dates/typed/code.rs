//! Codes: ISO 8601, EDTF, TIMEX3.

use super::error::ValueError;
use crate::calendar::Day;
use crate::dates::expression::DateValue;
use crate::timex::{Modifier, Period, Season, TimexType, TimexValue};

/// Codes: ISO 8601, EDTF, TIMEX3. `None` when it looks like none of them.
pub(super) fn read_code(text: &str) -> Result<Option<DateValue>, ValueError> {
    let upper = text.to_ascii_uppercase();
    if matches!(upper.as_str(), "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") {
        return Ok(Some(DateValue::new(TimexType::Date, TimexValue::parse(&upper))));
    }
    if matches!(TimexValue::read(&upper), Some(TimexValue::Length(_))) {
        return Ok(Some(DateValue::new(TimexType::Duration, TimexValue::parse(&upper))));
    }
    let (body, modifier) = match upper.strip_suffix(['~', '?', '%']) {
        Some(body) => (body, Some(Modifier::Approx)),
        None => (upper.as_str(), None),
    };
    if let Some((from, to)) = body.split_once('/')
        && (body.len() > 8 || from.is_empty() || to.is_empty())
    {
        return read_range(from.trim(), to.trim());
    }
    if let Some(kind) = type_of_open_code(body) {
        return Ok(Some(DateValue { kind, value: TimexValue::parse(body), modifier }));
    }
    Ok(read_period(body)?.map(|p| DateValue { modifier, ..DateValue::new(p.timex_type(), p) }))
}

fn read_range(from: &str, to: &str) -> Result<Option<DateValue>, ValueError> {
    match (from, to) {
        ("" | "..", to) => {
            return Ok(read_period(to)?.map(|p| bounded(p, Modifier::OnOrBefore)));
        }
        (from, "" | "..") => {
            return Ok(read_period(from)?.map(|p| bounded(p, Modifier::OnOrAfter)));
        }
        _ => {}
    }
    let (Some(from), Some(to)) = (read_period(from)?, read_period(to)?) else {
        return Ok(None);
    };
    match (from.days(), to.days()) {
        (Some((a, _)), Some((_, b))) if a > b => Err(ValueError::Reversed),
        _ => Ok(Some(DateValue::new(TimexType::Date, TimexValue::Range(from, to)))),
    }
}

fn bounded(period: Period, modifier: Modifier) -> DateValue {
    DateValue { modifier: Some(modifier), ..DateValue::new(period.timex_type(), period) }
}

/// The type of a code with open fields: `XXXX-WXX-5` (a set), `XXXX-05`.
fn type_of_open_code(body: &str) -> Option<TimexType> {
    let rest = body.strip_prefix("XXXX")?;
    let fits = rest.len() <= 12
        && rest.bytes().all(|b| b.is_ascii_digit() || b"-XWQHTDEMOAFVNISPUR".contains(&b));
    fits.then_some(if rest.starts_with("-WXX-") || rest.starts_with("-XX-XXT") {
        TimexType::Set
    } else {
        TimexType::Date
    })
}

/// One calendar period in code; errors for months and days that do not exist.
fn read_period(body: &str) -> Result<Option<Period>, ValueError> {
    let spaced = body.len() > 11 && body.as_bytes().get(10) == Some(&b' ');
    let joined;
    let body = if spaced {
        joined = body.replacen(' ', "T", 1);
        joined.as_str()
    } else {
        body
    };
    if let Some(period) = Period::parse(body) {
        return Ok(Some(period));
    }
    // ISO 8601's basic format, EDTF's years before the first.
    if body.len() == 8 && body.bytes().all(|b| b.is_ascii_digit()) {
        return read_period(&format!("{}-{}-{}", &body[..4], &body[4..6], &body[6..]));
    }
    if let Some(before) = body.strip_prefix('-').and_then(|y| parse_digits(y, 4)) {
        return Ok(i32::try_from(before).ok().map(|y| Period::Year(-y)));
    }
    let (date, time) = match body.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (body, None),
    };
    let fields: Vec<&str> = date.split('-').collect();
    let Some(year) = fields.first().and_then(|y| parse_digits(y, 4)) else {
        return Ok(None);
    };
    let year_number = i32::try_from(year).unwrap_or(0);
    let month = fields.get(1).copied();
    match (month, fields.get(2).copied(), fields.len()) {
        // EDTF: unspecified digits.
        (Some("XX"), None | Some("XX"), 2..=3) => Ok(Some(Period::Year(year_number))),
        (Some(m), Some("XX"), 3) => match parse_digits(m, 2) {
            Some(m @ 1..=12) => Ok(Some(Period::Month(year_number, m))),
            Some(m) => Err(ValueError::NoSuchMonth(m)),
            None => Ok(None),
        },
        // EDTF: seasons, quarters, halves.
        (Some(m), None, 2) => match parse_digits(m, 2) {
            Some(21) => Ok(Some(Period::Season(year_number, Season::Spring))),
            Some(22) => Ok(Some(Period::Season(year_number, Season::Summer))),
            Some(23) => Ok(Some(Period::Season(year_number, Season::Autumn))),
            Some(24) => Ok(Some(Period::Season(year_number, Season::Winter))),
            Some(q @ 33..=36) => Ok(Some(Period::Quarter(year_number, q - 32))),
            Some(h @ 40..=41) => Ok(Some(Period::Half(year_number, h - 39))),
            Some(m) => Err(ValueError::NoSuchMonth(m)),
            None => Ok(None),
        },
        (Some(m), Some(d), 3) => {
            match (parse_digits(m, m.len().clamp(1, 2)), parse_digits(d, d.len().clamp(1, 2))) {
                (Some(m), Some(d)) => {
                    let day = exact_day(year_number, m, d)?;
                    match time {
                        None => Ok(Some(Period::Day(day))),
                        Some(time) => {
                            let mut parts = time
                                .split(':')
                                .map(|p| p.get(..2).and_then(|p| parse_digits(p, 2)));
                            match (parts.next().flatten(), parts.next().flatten()) {
                                (Some(h), m) => Err(ValueError::NoSuchTime(h, m.unwrap_or(0))),
                                _ => Ok(None),
                            }
                        }
                    }
                }
                _ => Ok(None),
            }
        }
        _ => Ok(None),
    }
}

fn parse_digits(s: &str, len: usize) -> Option<u32> {
    let digits = s.len() == len && s.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| s.parse().ok()).flatten()
}

pub(super) fn exact_day(year: i32, month: u32, day: u32) -> Result<Day, ValueError> {
    if !(1..=12).contains(&month) {
        return Err(ValueError::NoSuchMonth(month));
    }
    Day::new(year, month, day).ok_or(ValueError::NoSuchDay(year, month, day))
}
