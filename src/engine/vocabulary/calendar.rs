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
    /// January is 1, Monday 0; 0 for other days.
    pub number: u8,
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
        let mut flags = flags.split(' ');
        let (kind, short) = match flags.next()? {
            "month" => (CalendarKind::Month, false),
            "short-month" => (CalendarKind::Month, true),
            "weekday" => (CalendarKind::Weekday, false),
            "short-weekday" => (CalendarKind::Weekday, true),
            "day" => (CalendarKind::Day, false),
            _ => return None,
        };
        let number = match kind {
            CalendarKind::Month | CalendarKind::Weekday => flags.next()?.parse().ok()?,
            CalendarKind::Day => 0,
        };
        let abbreviation = match flags.next() {
            Some("abbreviation") => true,
            Some(_) => return None,
            None => false,
        };
        Some(CalendarWord { kind, number, short, abbreviation })
    }
}
