//! Words of the calendar.

use super::WordMap;

/// Months, weekdays and their short forms; in lowercase, without full stop.
pub static CALENDAR: WordMap<CalendarWord> =
    WordMap::new(include_str!("calendar/calendar.txt"), CalendarWord::parse);

/// What a word of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarWord {
    /// Month, weekday, day.
    pub kind: CalendarKind,
    /// "Jan" for "January".
    pub short: bool,
    /// With a capital, a full stop belongs to it.
    pub abbreviation: bool,
}

/// The kinds of words of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarKind {
    /// "January"
    Month,
    /// "Monday"
    Weekday,
    /// "today"
    Day,
}

impl CalendarWord {
    fn parse(flags: &'static str) -> Option<CalendarWord> {
        let (kind, abbreviation) = match flags.split_once(' ') {
            Some((kind, "abbreviation")) => (kind, true),
            Some(_) => return None,
            None => (flags, false),
        };
        let (kind, short) = match kind {
            "month" => (CalendarKind::Month, false),
            "short-month" => (CalendarKind::Month, true),
            "weekday" => (CalendarKind::Weekday, false),
            "short-weekday" => (CalendarKind::Weekday, true),
            "day" => (CalendarKind::Day, false),
            _ => return None,
        };
        Some(CalendarWord { kind, short, abbreviation })
    }
}
