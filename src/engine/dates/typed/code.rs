//! Codes: ISO 8601, EDTF, TIMEX3.

use super::{ValueError, of_period, value};
use crate::calendar::Day;
use crate::dates::Value;
use crate::dates::period::{Period, Season};
use crate::dates::words::is_length;
use crate::document::TimexType;

/// Codes: ISO 8601, EDTF, TIMEX3. `None` when it looks like none of them.
pub(super) fn code(text: &str) -> Result<Option<Value>, ValueError> {
    let upper = text.to_ascii_uppercase();
    if matches!(upper.as_str(), "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") {
        return Ok(Some(value(TimexType::Date, upper, None)));
    }
    if upper.starts_with('P') && is_length(&upper) {
        return Ok(Some(value(TimexType::Duration, upper, None)));
    }
    let (body, modifier) = match upper.strip_suffix(['~', '?', '%']) {
        Some(body) => (body, Some("APPROX")),
        None => (upper.as_str(), None),
    };
    if let Some((from, to)) = body.split_once('/')
        && (body.len() > 8 || from.is_empty() || to.is_empty())
    {
        return range(from.trim(), to.trim());
    }
    if let Some(open) = open_code(body) {
        return Ok(Some(value(open, body.to_owned(), modifier)));
    }
    Ok(single(body)?.map(|p| of_period(p, modifier)))
}

pub(super) fn range(from: &str, to: &str) -> Result<Option<Value>, ValueError> {
    match (from, to) {
        ("" | "..", to) => {
            return Ok(single(to)?.map(|p| of_period(p, Some("ON_OR_BEFORE"))));
        }
        (from, "" | "..") => {
            return Ok(single(from)?.map(|p| of_period(p, Some("ON_OR_AFTER"))));
        }
        _ => {}
    }
    let (Some(from), Some(to)) = (single(from)?, single(to)?) else {
        return Ok(None);
    };
    match (from.days(), to.days()) {
        (Some((a, _)), Some((_, b))) if a > b => Err(ValueError::Reversed),
        _ => Ok(Some(value(TimexType::Date, format!("{from}/{to}"), None))),
    }
}

/// Codes with open fields that keep them: `XXXX-WXX-5` (a set), `XXXX-05`.
pub(super) fn open_code(body: &str) -> Option<TimexType> {
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
pub(super) fn single(body: &str) -> Result<Option<Period>, ValueError> {
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
        return single(&format!("{}-{}-{}", &body[..4], &body[4..6], &body[6..]));
    }
    if let Some(before) = body.strip_prefix('-').and_then(|y| number(y, 4)) {
        return Ok(i32::try_from(before).ok().map(|y| Period::Year(-y)));
    }
    let (date, time) = match body.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (body, None),
    };
    let fields: Vec<&str> = date.split('-').collect();
    let Some(year) = fields.first().and_then(|y| number(y, 4)) else {
        return Ok(None);
    };
    let year_number = i32::try_from(year).unwrap_or(0);
    let month = fields.get(1).copied();
    match (month, fields.get(2).copied(), fields.len()) {
        // EDTF: unspecified digits.
        (Some("XX"), None | Some("XX"), 2..=3) => Ok(Some(Period::Year(year_number))),
        (Some(m), Some("XX"), 3) => match number(m, 2) {
            Some(m @ 1..=12) => Ok(Some(Period::Month(year_number, m))),
            Some(m) => Err(ValueError::NoSuchMonth(m)),
            None => Ok(None),
        },
        // EDTF: seasons, quarters, halves.
        (Some(m), None, 2) => match number(m, 2) {
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
            match (number(m, m.len().clamp(1, 2)), number(d, d.len().clamp(1, 2))) {
                (Some(m), Some(d)) => {
                    let day = day(year_number, m, d)?;
                    match time {
                        None => Ok(Some(Period::Day(day))),
                        Some(time) => {
                            let mut parts =
                                time.split(':').map(|p| p.get(..2).and_then(|p| number(p, 2)));
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

fn number(s: &str, len: usize) -> Option<u32> {
    let digits = s.len() == len && s.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| s.parse().ok()).flatten()
}

pub(super) fn day(year: i32, month: u32, day: u32) -> Result<Day, ValueError> {
    if !(1..=12).contains(&month) {
        return Err(ValueError::NoSuchMonth(month));
    }
    Day::new(year, month, day).ok_or(ValueError::NoSuchDay(year, month, day))
}
