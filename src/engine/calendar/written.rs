//! Dates that a line writes out in full ("23 July 2021", "2021-07-23 19:27"), for publication lines.
//! Reads no context and never guesses.

use std::ops::Range;

use super::day::Day;
use super::names::{month_number, weekday_number};
use super::pieces::{Cursor, Piece, PieceKind, cut_pieces};
use super::stamp::Stamp;
use crate::vocabulary::dates::TIME_ZONES;
use crate::vocabulary::page::{PUBLICATION_LABELS, UPDATE_LABELS};

/// The first day that `line` writes out in full, with its clock time where one stands beside it,
/// and the bytes that write it (with weekday and zone).
///
/// Reads ISO 8601, "July 23, 2021", "23rd July 2021 at 19.27", "Jul 23 2021 7:27 PM", "Friday, 23
/// July 2021 19:27 GMT", "7:27 PM ET, Fri July 23, 2021", and "23/07/2021" or "07/23/2021" where
/// only one reading is a day. The zone is dropped: the paper's own clock is meant. Years 1000 to
/// 2999. Linear in the line's length.
pub fn find_written_date(line: &str) -> Option<(Stamp, Range<usize>)> {
    let pieces = cut_pieces(line);
    (0..pieces.len()).find_map(|start| {
        if !may_begin(&pieces[start].kind, start, &pieces) {
            return None;
        }
        let mut cursor = Cursor::new(&pieces, start);
        let stamp = read_stamp(&mut cursor)?;
        Some((stamp, cursor.bytes_since(start)))
    })
}

/// Numbers that go on from a letter, a digit group or a mark of arithmetic begin no date.
fn may_begin(kind: &PieceKind, start: usize, pieces: &[Piece<'_>]) -> bool {
    if pieces[start].spaced {
        return *kind != PieceKind::Mark;
    }
    match start.checked_sub(1).and_then(|i| pieces.get(i)) {
        // "Updated21:22, 6 OCT 2020"
        Some(before) if before.kind == PieceKind::Word && before.text.len() > 3 => {
            PUBLICATION_LABELS.contains_any_case(before.text)
                || UPDATE_LABELS.contains_any_case(before.text)
        }
        Some(before) => {
            *kind != PieceKind::Mark
                && before.kind == PieceKind::Mark
                && !matches!(before.text, "." | "/" | "-" | "$" | "£" | "€" | "#" | "_")
        }
        None => true,
    }
}

/// `[clock ,] [weekday ,] day [, at] [clock]`.
fn read_stamp(cursor: &mut Cursor<'_, '_>) -> Option<Stamp> {
    let before = cursor.attempt(|c| {
        let time = read_clock(c)?;
        c.skip_any(&[",", "|", "/", "·", "•", "on"], false);
        Some(time)
    });
    let day = read_full_day(cursor)?;
    let time = before.or_else(|| {
        cursor.attempt(|c| {
            let tight = c.skip_any(&["T", "t"], true);
            const BEFORE_CLOCK: [&str; 11] =
                [",", "at", "|", "/", "-", "–", "—", "·", "@", "•", ":"];
            while !tight && c.skip_any(&BEFORE_CLOCK, false) {}
            read_clock(c)
        })
    });
    Some(Stamp { day, time })
}

/// A day with its year, with or without its weekday before it.
fn read_full_day(cursor: &mut Cursor<'_, '_>) -> Option<Day> {
    cursor.attempt(|c| {
        let weekday = c.take(|p| weekday_number(p.text)).is_some();
        if weekday {
            c.skip_any(&["."], true);
            c.skip_any(&[","], false);
            c.skip_any(&["the"], false);
        }
        c.attempt(read_numeric_day)
            .or_else(|| c.attempt(read_month_first))
            .or_else(|| c.attempt(read_day_first))
    })
}

/// `2021-07-23`, `2021/7/23`, `23.07.2021`, `7/23/2021`.
fn read_numeric_day(c: &mut Cursor<'_, '_>) -> Option<Day> {
    let (a, a_len) = read_number(c)?;
    let mark = *["-", "/", "."].iter().find(|m| c.skip_any(&[m], true))?;
    let (b, _) = read_number(c).filter(|&(_, len)| len <= 2)?;
    c.skip_any(&[mark], true).then_some(())?;
    let (y, y_len) = read_number(c)?;
    if a_len == 4 && y_len <= 2 {
        return day_in_range(a, b, y);
    }
    if y_len != 4 || a_len > 2 {
        return None;
    }
    match (day_in_range(y, a, b), day_in_range(y, b, a)) {
        (Some(one), Some(two)) => (one == two || mark == ".").then_some(two),
        (one, two) => one.or(two),
    }
}

/// `July 23, 2021`, `Jul. 23rd 2021`.
fn read_month_first(c: &mut Cursor<'_, '_>) -> Option<Day> {
    let month = read_month(c)?;
    let (d, _) = read_number(c).filter(|&(_, len)| len <= 2)?;
    skip_ordinal_suffix(c);
    c.skip_any(&[","], false);
    let y = read_year(c)?;
    day_in_range(y, month, d)
}

/// `23 July 2021`, `23rd of July, 2021`, `23-Jul-2021`.
fn read_day_first(c: &mut Cursor<'_, '_>) -> Option<Day> {
    let (d, _) = read_number(c).filter(|&(_, len)| len <= 2)?;
    skip_ordinal_suffix(c);
    let dash = c.skip_any(&["-"], true);
    if !dash {
        c.skip_any(&["of"], false);
    }
    let month = read_month(c)?;
    if dash {
        c.skip_any(&["-"], true).then_some(())?;
    }
    c.skip_any(&[","], false);
    let y = read_year(c)?;
    day_in_range(y, month, d)
}

fn read_number(c: &mut Cursor<'_, '_>) -> Option<(u32, usize)> {
    c.take(|p| p.number().map(|n| (n, p.text.len())))
}

fn read_month(c: &mut Cursor<'_, '_>) -> Option<u32> {
    let month = c.take(|p| month_number(p.text))?;
    c.skip_any(&["."], true);
    Some(month)
}

fn read_year(c: &mut Cursor<'_, '_>) -> Option<u32> {
    read_number(c).filter(|&(n, len)| len == 4 && (1000..3000).contains(&n)).map(|(n, _)| n)
}

/// "3rd": what makes an ordinal of a number, where it stands.
pub(crate) fn skip_ordinal_suffix(c: &mut Cursor<'_, '_>) {
    c.skip_any(&["st", "nd", "rd", "th"], true);
}

fn day_in_range(year: u32, month: u32, day: u32) -> Option<Day> {
    let fits = (1000..3000).contains(&year);
    let year = i32::try_from(year).ok()?;
    fits.then(|| Day::new(year, month, day)).flatten()
}

/// `19:27`, `19:27:00.000`, `7.27pm`, `7 p.m.`, each with a zone.
pub(crate) fn read_clock(c: &mut Cursor<'_, '_>) -> Option<(u8, u8, u8)> {
    read_zoned_clock(c).map(|(time, _)| time)
}

/// A clock time as hour, minute and second, and its zone in minutes ahead of UTC.
type ZonedClock = ((u8, u8, u8), Option<i16>);

/// [`read_clock`], and the zone where one is written and known.
pub(crate) fn read_zoned_clock(c: &mut Cursor<'_, '_>) -> Option<ZonedClock> {
    c.attempt(|c| {
        let (hour, len) = read_number(c).filter(|&(_, len)| len <= 2)?;
        let colon = c.skip_any(&[":"], true);
        let stop = !colon && c.skip_any(&["."], true);
        let minute = if colon || stop {
            read_number(c).filter(|&(n, len)| len == 2 && n < 60)?.0
        } else {
            0
        };
        let mut second = 0;
        if colon && c.skip_any(&[":"], true) {
            second = read_number(c).filter(|&(n, len)| len == 2 && n < 60)?.0;
            c.attempt(|c| {
                c.skip_any(&[".", ","], true).then_some(())?;
                read_number(c)
            });
        }
        let half = c.attempt(read_half_of_day);
        let zone = read_zone(c);
        // "23 July 2021 19" and "3.45" are no clock times; "12.42 CET" is one.
        (half.is_some() || (colon && len <= 2) || stop && zone.is_some()).then_some(())?;
        let hour = match half {
            Some(pm) if (1..=12).contains(&hour) => hour % 12 + if pm { 12 } else { 0 },
            Some(_) if hour > 23 => return None,
            Some(_) => hour,
            None => Some(hour).filter(|&h| h < 24)?,
        };
        let byte = |n: u32| u8::try_from(n).ok();
        Some(((byte(hour)?, byte(minute)?, byte(second)?), zone.flatten()))
    })
}

/// `am`, `p.m.`: true for the second half of the day.
fn read_half_of_day(c: &mut Cursor<'_, '_>) -> Option<bool> {
    c.take(|p| match p.text {
        "am" | "AM" | "Am" => Some(false),
        "pm" | "PM" | "Pm" => Some(true),
        _ => None,
    })
    .or_else(|| {
        c.attempt(|c| {
            let pm = c.take(|p| match p.text {
                "a" | "A" => Some(false),
                "p" | "P" => Some(true),
                _ => None,
            })?;
            c.skip_any(&["."], true).then_some(())?;
            c.skip_any(&["m"], true).then_some(())?;
            c.skip_any(&["."], true);
            Some(pm)
        })
    })
}

/// A zone by name, in capitals.
fn zone_of(word: &str) -> Option<Option<i16>> {
    let capitals = word.bytes().all(|b| b.is_ascii_uppercase());
    capitals.then(|| TIME_ZONES.get_any_case(word)).flatten().map(|zone| zone.minutes)
}

/// `EST`, `(PST)`, `+02:00`, `GMT+1`: a zone, and how far it is ahead of UTC where that is known.
fn read_zone(c: &mut Cursor<'_, '_>) -> Option<Option<i16>> {
    let named = c.attempt(|c| {
        let bracket = c.skip_any(&["("], false);
        let zone = c.take(|p| zone_of(p.text))?;
        if bracket {
            c.skip_any(&[")"], true).then_some(())?;
        }
        Some(zone)
    });
    let offset = c.attempt(|c| {
        let ahead = c.skip_any(&["+"], false);
        (ahead || c.skip_any(&["-"], false)).then_some(())?;
        let (hours, len) = read_number(c)?;
        let colon = len == 2 && c.skip_any(&[":"], true);
        let minutes = match (colon, len) {
            (true, _) => hours * 60 + read_number(c).filter(|&(_, len)| len == 2)?.0,
            (false, 4) => hours / 100 * 60 + hours % 100,
            _ => return None,
        };
        let minutes = i16::try_from(minutes).ok()?;
        Some(Some(if ahead { minutes } else { -minutes }))
    });
    offset.or(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publication_lines() {
        galley_testcases::check("tests/data/dates/absolute.txt", |case| {
            find_written_date(&case.input)
                .map(|(stamp, bytes)| format!("{stamp} | {}", &case.input[bytes]))
                .unwrap_or_else(|| "nothing".to_owned())
        });
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_without_a_panic(line in "\\PC{0,60}|[0-9A-Za-z:./, -]{0,40}") {
            if let Some((_, bytes)) = find_written_date(&line) {
                assert!(line.get(bytes).is_some());
            }
        }
    }
}
