//! The civil calendar: days, weekdays, ISO weeks and clock times, and dates that a line writes out in
//! full ("23 July 2021").
//!
//! Owns dates as numbers, the names of months and weekdays, and dates that need no context. Must not
//! know TIMEX3, or any date that is resolved from what surrounds it (that is `dates`).

mod day;
mod names;
pub(crate) mod pieces;
mod stamp;
pub(crate) mod written;

pub use day::{Day, days_in_month, monday_of_week};
pub use names::{month_name, month_number, weekday_name, weekday_number};
pub use stamp::Stamp;
pub use written::find_written_date;
