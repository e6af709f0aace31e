//! The grammar: from lexemes to what they say. A rule is one small function; [`rules::Rule::ALL`] is
//! their order, each with its cases. Nothing here knows the calendar around the text.

mod bounded;
mod calendar;
mod clock;
mod eras;
mod figures;
mod length;
mod mixed;
mod numbers;
mod offsets;
mod parser;
mod points;
mod ranges;
mod references;
mod relative;
pub(super) mod rules;
mod sets;
mod years;

pub(super) use clock::is_day;
pub(super) use parser::Parser;
pub(super) use rules::read_longest;
