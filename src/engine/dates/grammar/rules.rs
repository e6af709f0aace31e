//! The rules in their one order. Where two read equally far, the first wins.

use super::Parser;
use crate::dates::meaning::Found;
use crate::dates::vocabulary::{Kind, Word as W};

/// One rule of the grammar.
pub(in crate::dates) struct Rule<'a> {
    /// Its name, for `galley explain` and the tests.
    pub(in crate::dates) name: &'static str,
    /// What it says, in words.
    pub(in crate::dates) about: &'static str,
    /// Kinds of lexeme that it can begin with, as bits of [`bit`].
    pub(in crate::dates) begins: u32,
    /// Reads from a lexeme on.
    pub(in crate::dates) read: fn(&Parser<'a>, usize) -> Option<Found>,
}

const NUMBER: u32 = 1;
const CARDINAL: u32 = 1 << 1;
const ORDINAL: u32 = 1 << 2;
const MONTH: u32 = 1 << 3;
const WEEKDAY: u32 = 1 << 4;
const WEEKDAYS: u32 = 1 << 5;
const UNIT: u32 = 1 << 6;
const UNITS: u32 = 1 << 7;
const SEASON: u32 = 1 << 8;
const PART: u32 = 1 << 9;
const DECADE: u32 = 1 << 10;
const CLOCK: u32 = 1 << 11;
const QUARTER: u32 = 1 << 12;
const HOLIDAY: u32 = 1 << 13;
const EVERY: u32 = 1 << 14;
const QUOTE: u32 = 1 << 15;
const THE: u32 = 1 << 16;
const A: u32 = 1 << 17;
const WHICH: u32 = 1 << 18;
const BOUND: u32 = 1 << 19;
const TODAY: u32 = 1 << 20;
const ABOUT: u32 = 1 << 21;
const EACH: u32 = 1 << 22;
const REF: u32 = 1 << 23;
const NOON: u32 = 1 << 24;
const FISCAL: u32 = 1 << 25;
const RATE: u32 = 1 << 26;
const SOME: u32 = 1 << 27;
const DOTTED: u32 = 1 << 28;
const AD: u32 = 1 << 29;

/// The bits of a kind; 0 for what begins no date.
pub(in crate::dates) fn bit(kind: Kind) -> u32 {
    match kind {
        Kind::Number(..) | Kind::Decimal(_) | Kind::NumberUnit(..) => NUMBER,
        Kind::Dotted => DOTTED,
        Kind::Cardinal(_) | Kind::Multiple(_) => CARDINAL,
        Kind::Ordinal(..) => ORDINAL,
        Kind::Month(_) => MONTH,
        Kind::Weekday(_) => WEEKDAY,
        Kind::Weekdays(_) => WEEKDAYS,
        Kind::Unit(_) => UNIT,
        Kind::Units(_) => UNITS,
        Kind::Season(_) | Kind::Seasons(_) => SEASON,
        Kind::Part(_) => PART,
        Kind::Decade(_) | Kind::Nineties(_) => DECADE,
        Kind::Clock(..) => CLOCK,
        Kind::Quarter(_) | Kind::Half(_) | Kind::FiscalYear(_) => QUARTER,
        Kind::Holiday => HOLIDAY,
        Kind::Every(_) => EVERY,
        Kind::Mark('\'') => QUOTE,
        Kind::Word(word) => match word {
            W::The => THE,
            W::A | W::Another => A,
            W::Last
            | W::Past
            | W::This
            | W::Next
            | W::Coming
            | W::Upcoming
            | W::That
            | W::Following
            | W::Previous
            | W::These
            | W::Those => WHICH | REF,
            W::Current | W::Recent => WHICH | REF,
            W::Early
            | W::Late
            | W::Mid
            | W::Earlier
            | W::Later
            | W::End
            | W::Beginning
            | W::Start
            | W::Middle
            | W::Latter
            | W::Post
            | W::Pre => BOUND,
            W::Final => FISCAL,
            W::Latest => FISCAL | WHICH,
            W::Today | W::Yesterday | W::Tomorrow | W::Tonight | W::Overnight => TODAY,
            W::At => ABOUT | REF,
            W::About
            | W::Approximately
            | W::Roughly
            | W::Nearly
            | W::Almost
            | W::Over
            | W::Under
            | W::Less
            | W::Up
            | W::No
            | W::Not => ABOUT,
            W::More => ABOUT | REF,
            W::Every | W::Each => EACH,
            W::Now
            | W::Nowadays
            | W::Currently
            | W::Recently
            | W::Lately
            | W::Previously
            | W::Then
            | W::Shortly
            | W::Future
            | W::Right => REF,
            W::Noon | W::Midnight => NOON,
            W::Half => NOON | SOME,
            W::Fiscal => FISCAL,
            W::Once | W::Twice | W::Per | W::Weekdays => RATE,
            W::Several => SOME | RATE,
            W::Some | W::Few | W::Many | W::Couple | W::Dozens | W::Hundreds | W::Thousands => SOME,
            W::Just | W::Only | W::Exactly => SOME,
            W::Ad => AD,
            W::YearEnd => UNIT,
            _ => 0,
        },
        _ => 0,
    }
}

const fn rule<'a>(
    name: &'static str,
    about: &'static str,
    begins: u32,
    read: fn(&Parser<'a>, usize) -> Option<Found>,
) -> Rule<'a> {
    Rule { name, about, begins, read }
}

#[rustfmt::skip]
impl<'a> Rule<'a> {
    /// The grammar, in order.
    pub(in crate::dates) const ALL: [Rule<'a>; 40] = [
    rule("iso", "ISO 8601: 2021-07-23, 2021-07-23T19:27", NUMBER, Parser::iso),
    rule("numbers", "days in figures: 7/23/2021, 23.07.2021, 04/03", NUMBER | DOTTED, Parser::slashes),
    rule("mixed", "a month's name and figures: 06/Nov/2023, 2012/Aug/10, Sep-2012", NUMBER | MONTH, Parser::mixed),
    rule("day and time", "a day with a time after it: Wednesday night, May 3 at 5 p.m.",
        NUMBER | ORDINAL | MONTH | WEEKDAY | CARDINAL | HOLIDAY | THE | WHICH | TODAY | UNIT, Parser::day_first),
    rule("time and day", "a clock time, with or without its day: 10 p.m. Wednesday",
        NUMBER | CARDINAL | CLOCK | NOON | A | UNIT, Parser::time_first),
    rule("clock range", "the first of two clock times: 3:30-4:30pm", NUMBER | CLOCK, Parser::first_clock),
    rule("part of a day", "the night of July 5", THE | PART, Parser::part_of_day_of),
    rule("today", "today, yesterday, tomorrow", TODAY | THE | UNIT, Parser::deictic_day),
    rule("this part", "this morning, last night, that afternoon", WHICH | THE | TODAY | PART, Parser::part_of_day),
    rule("day range", "the first of two days: 28 and 29 August", NUMBER | ORDINAL | THE, Parser::first_day),
    rule("nth day", "the last day of May 2021", ORDINAL | THE | WHICH, Parser::nth_day),
    rule("nth weekday", "the first Monday of May", ORDINAL | THE | WHICH, Parser::nth_weekday),
    rule("plural days", "Fridays, Tuesday nights, weekends", WEEKDAYS | WEEKDAY | UNITS | RATE, Parser::plural_days),
    rule("date", "days, months, seasons and holidays by name",
        NUMBER | ORDINAL | MONTH | WEEKDAY | CARDINAL | HOLIDAY | SEASON | THE, Parser::date),
    rule("year first", "2018 March 18", NUMBER, Parser::year_first),
    rule("year", "a year", NUMBER | CARDINAL | QUOTE | THE | UNIT | AD, Parser::bare_year),
    rule("near", "last Friday, next May, this summer", WHICH | THE, Parser::near),
    rule("bounded", "early, late, mid, the end of", BOUND | THE, Parser::bounded),
    rule("year end", "year-end, year's end, month's end", UNIT | THE, Parser::year_end),
    rule("shift", "this year, last week, next month", WHICH | THE, Parser::shift),
    rule("told", "that year, the following day, the same month", WHICH | THE, Parser::told_day),
    rule("offset", "two weeks ago, three days later, a year earlier",
        NUMBER | CARDINAL | A | ABOUT | SOME | UNITS | THE, Parser::offset),
    rule("decade", "the 1990s", DECADE | THE | QUOTE, Parser::decade),
    rule("century", "the 19th century", ORDINAL | CARDINAL | THE, Parser::century),
    rule("quarter", "quarters, halves and fiscal years",
        ORDINAL | QUARTER | THE | FISCAL | WHICH | UNIT | NUMBER | A, Parser::quarter),
    rule("fiscal year", "FY2019", QUARTER, Parser::fiscal_year),
    rule("weekend", "the weekend, the week of March 6", THE | UNIT, Parser::weekend),
    rule("every", "every Friday, each month", EACH, Parser::every),
    rule("rate", "twice a week, $10 a day, per month", RATE | NUMBER | CARDINAL | A | SOME, Parser::rate),
    rule("daily", "daily, weekly, monthly", EVERY, Parser::adverb),
    rule("plural seasons", "winters", SEASON, Parser::plural_seasons),
    rule("length", "three months, the past two years, a 30-day",
        NUMBER | CARDINAL | A | ABOUT | SOME | THE | WHICH | ORDINAL | FISCAL, Parser::length),
    rule("bare length", "for years, in days, the weeks ahead", UNITS | THE, Parser::bare_units),
    rule("long", "month-long", UNIT, Parser::unit_long),
    rule("lone day", "on the 20th", THE, Parser::lone_ordinal),
    rule("reference", "now, recently, the future, until then", REF | THE | A | SOME, Parser::reference),
    rule("approximate", "about May 1, around 7:15 p.m.", ABOUT, Parser::approximate),
    rule("some time", "some time, a while", SOME | A, Parser::some_time),
    rule("the unit", "the year, the month, the day", THE, Parser::the_period),
    rule("onward", "1994 or later, 1990 and beyond", NUMBER, Parser::onward),
];
}
