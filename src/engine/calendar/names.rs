//! Names of months and weekdays, in full and shortened.

use std::sync::LazyLock;

use crate::vocabulary::calendar::{CALENDAR, CalendarKind};

static MONTH_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names_of(CalendarKind::Month));
static WEEKDAY_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names_of(CalendarKind::Weekday));

/// Names in full with their capital, in order of their numbers.
fn names_of(kind: CalendarKind) -> Vec<String> {
    let mut names: Vec<(u8, String)> = CALENDAR
        .iter()
        .filter(|(_, word)| word.kind == kind && !word.short)
        .map(|(name, word)| {
            let mut name = name.to_owned();
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            (word.number, name)
        })
        .collect();
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}

/// "January" for 1; empty for what is no month.
pub fn month_name(month: u32) -> &'static str {
    MONTH_NAMES.get((month as usize).wrapping_sub(1)).map_or("", String::as_str)
}

/// "Monday" for 0, as [`super::Day::weekday`] counts; empty for what is no weekday.
pub fn weekday_name(weekday: u32) -> &'static str {
    WEEKDAY_NAMES.get(weekday as usize).map_or("", String::as_str)
}

/// The month 1–12 that a word names, in full or shortened, in any case, without a full stop.
pub fn month_number(word: &str) -> Option<u32> {
    number_of(word, CalendarKind::Month)
}

/// The weekday (0 = Monday) that a word names, in full or shortened, without a full stop.
pub fn weekday_number(word: &str) -> Option<u32> {
    number_of(word, CalendarKind::Weekday)
}

fn number_of(word: &str, kind: CalendarKind) -> Option<u32> {
    let found = CALENDAR.get_any_case(word)?;
    (found.kind == kind).then_some(u32::from(found.number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_full_and_shortened() {
        for (word, want) in [
            ("May", Some(5)),
            ("sept", Some(9)),
            ("SEP", Some(9)),
            ("december", Some(12)),
            ("ma", None),
            ("mars", None),
            ("ἀππ", None),
        ] {
            assert_eq!(month_number(word), want, "{word}");
        }
        for (word, want) in
            [("Thurs", Some(3)), ("tue", Some(1)), ("SUNDAY", Some(6)), ("Sund", None)]
        {
            assert_eq!(weekday_number(word), want, "{word}");
        }
    }
}
