//! TIMEX3 (ISO-TimeML): the types, values and modifiers of temporal expressions, each with its one
//! spelling, its words for people and its place in the calendar.
//!
//! Owns what a value says. Must not know texts, documents, or how an expression is found.

mod amount;
mod digits;
mod interval;
mod length;
mod modifier;
mod open;
mod period;
mod time_of_day;
mod timex_type;
mod unit;
mod value;
mod words;

pub use amount::Amount;
pub use interval::Interval;
pub use length::Length;
pub use modifier::Modifier;
pub use open::{OpenDate, OpenFields};
pub use period::{Period, Season, year_of_two_digits};
pub use time_of_day::{ClockTime, DayPart, TimeOfDay, UtcOffset};
pub use timex_type::TimexType;
pub use unit::Unit;
pub use value::{Reference, TimexValue};
pub use words::in_words;
