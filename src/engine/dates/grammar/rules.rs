//! The rules in their one order. Where two read equally far, the first wins.

use super::parser::Parser;
use crate::dates::meaning::ParsedDate;
use crate::dates::vocabulary::{LexemeKind, Word as W};

/// One rule of the grammar.
pub(in crate::dates) struct Rule<'a> {
    /// Its name, for `galley explain` and the tests.
    pub(in crate::dates) name: &'static str,
    /// What it says, in words.
    pub(in crate::dates) about: &'static str,
    /// Kinds of lexeme that it can begin with, as bits of [`bit`].
    pub(in crate::dates) begins: u32,
    /// Reads from a lexeme on.
    pub(in crate::dates) read: fn(&Parser<'a>, usize) -> Option<ParsedDate>,
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
pub(in crate::dates) fn bit(kind: LexemeKind) -> u32 {
    match kind {
        LexemeKind::Number(..) | LexemeKind::Decimal(_) | LexemeKind::NumberUnit(..) => NUMBER,
        LexemeKind::Dotted => DOTTED,
        LexemeKind::Cardinal(_) | LexemeKind::Multiple(_) => CARDINAL,
        LexemeKind::Ordinal(..) => ORDINAL,
        LexemeKind::Month(_) => MONTH,
        LexemeKind::Weekday(_) => WEEKDAY,
        LexemeKind::Weekdays(_) => WEEKDAYS,
        LexemeKind::Unit(_) => UNIT,
        LexemeKind::Units(_) => UNITS,
        LexemeKind::Season(_) | LexemeKind::Seasons(_) => SEASON,
        LexemeKind::Part(_) => PART,
        LexemeKind::Decade(_) | LexemeKind::Nineties(_) => DECADE,
        LexemeKind::Clock(..) => CLOCK,
        LexemeKind::Quarter(_) | LexemeKind::Half(_) | LexemeKind::FiscalYear(_) => QUARTER,
        LexemeKind::Holiday => HOLIDAY,
        LexemeKind::Every(_) => EVERY,
        LexemeKind::Mark('\'') => QUOTE,
        LexemeKind::Word(word) => match word {
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
    read: fn(&Parser<'a>, usize) -> Option<ParsedDate>,
) -> Rule<'a> {
    Rule { name, about, begins, read }
}

#[rustfmt::skip]
impl<'a> Rule<'a> {
    /// The grammar, in order.
    pub(in crate::dates) const ALL: [Rule<'a>; 42] = [
    rule("iso", "ISO 8601: 2021-07-23, 2021-07-23T19:27", NUMBER, Parser::read_iso),
    rule("numbers", "days in figures: 7/23/2021, 23.07.2021, 04/03", NUMBER | DOTTED, Parser::read_slashes),
    rule("mixed", "a month's name and figures: 06/Nov/2023, 2012/Aug/10, Sep-2012", NUMBER | MONTH, Parser::read_mixed),
    rule("day and time", "a day with a time after it: Wednesday night, May 3 at 5 p.m.",
        NUMBER | ORDINAL | MONTH | WEEKDAY | CARDINAL | HOLIDAY | THE | WHICH | TODAY | UNIT, Parser::read_day_first),
    rule("time and day", "a clock time, with or without its day: 10 p.m. Wednesday",
        NUMBER | CARDINAL | CLOCK | NOON | A | UNIT, Parser::read_time_first),
    rule("clock range", "the first of two clock times: 3:30-4:30pm", NUMBER | CLOCK, Parser::read_first_clock),
    rule("part of a day", "the night of July 5", THE | PART, Parser::read_part_of_day_of),
    rule("today", "today, yesterday, tomorrow", TODAY | THE | UNIT, Parser::read_deictic_day),
    rule("this part", "this morning, last night, that afternoon", WHICH | THE | TODAY | PART, Parser::read_part_of_day),
    rule("day range", "the first of two days: 28 and 29 August", NUMBER | ORDINAL | THE, Parser::read_first_day),
    rule("nth day", "the last day of May 2021", ORDINAL | THE | WHICH, Parser::read_nth_day),
    rule("nth weekday", "the first Monday of May", ORDINAL | THE | WHICH, Parser::read_nth_weekday),
    rule("plural days", "Fridays, Tuesday nights, weekends", WEEKDAYS | WEEKDAY | UNITS | RATE, Parser::read_plural_days),
    rule("date", "days, months, seasons and holidays by name",
        NUMBER | ORDINAL | MONTH | WEEKDAY | CARDINAL | HOLIDAY | SEASON | THE, Parser::read_date),
    rule("holiday weekend", "Labor Day weekend, the Fourth of July weekend",
        HOLIDAY | MONTH | NUMBER | ORDINAL | THE, Parser::read_holiday_weekend),
    rule("weekday last", "Thursday last", WEEKDAY, Parser::read_weekday_last),
    rule("year first", "2018 March 18", NUMBER, Parser::read_year_first),
    rule("year", "a year", NUMBER | CARDINAL | QUOTE | THE | UNIT | AD, Parser::read_bare_year),
    rule("near", "last Friday, next May, this summer", WHICH | THE, Parser::read_near),
    rule("bounded", "early, late, mid, the end of", BOUND | THE, Parser::read_bounded),
    rule("year end", "year-end, year's end, month's end", UNIT | THE, Parser::read_year_end),
    rule("shift", "this year, last week, next month", WHICH | THE, Parser::read_shift),
    rule("told", "that year, the following day, the same month", WHICH | THE, Parser::read_told_day),
    rule("offset", "two weeks ago, three days later, a year earlier",
        NUMBER | CARDINAL | A | ABOUT | SOME | UNITS | THE, Parser::read_offset),
    rule("decade", "the 1990s", DECADE | THE | QUOTE, Parser::read_decade),
    rule("century", "the 19th century", ORDINAL | CARDINAL | THE, Parser::read_century),
    rule("quarter", "quarters, halves and fiscal years",
        ORDINAL | QUARTER | THE | FISCAL | WHICH | UNIT | NUMBER | A, Parser::read_quarter),
    rule("fiscal year", "FY2019", QUARTER, Parser::read_fiscal_year),
    rule("weekend", "the weekend, the week of March 6", THE | UNIT, Parser::read_weekend),
    rule("every", "every Friday, each month", EACH, Parser::read_every),
    rule("rate", "twice a week, $10 a day, per month", RATE | NUMBER | CARDINAL | A | SOME, Parser::read_rate),
    rule("daily", "daily, weekly, monthly", EVERY, Parser::read_adverb),
    rule("plural seasons", "winters", SEASON, Parser::read_plural_seasons),
    rule("length", "three months, the past two years, a 30-day",
        NUMBER | CARDINAL | A | ABOUT | SOME | THE | WHICH | ORDINAL | FISCAL, Parser::read_length),
    rule("bare length", "for years, in days, the weeks ahead", UNITS | THE, Parser::read_bare_units),
    rule("long", "month-long", UNIT, Parser::read_unit_long),
    rule("lone day", "on the 20th", THE, Parser::read_lone_ordinal),
    rule("reference", "now, recently, the future, until then", REF | THE | A | SOME, Parser::read_reference),
    rule("approximate", "about May 1, around 7:15 p.m.", ABOUT, Parser::read_approximate),
    rule("some time", "some time, a while", SOME | A, Parser::read_some_time),
    rule("the unit", "the year, the month, the day", THE, Parser::read_the_period),
    rule("onward", "1994 or later, 1990 and beyond", NUMBER, Parser::read_onward),
];
}

/// The longest reading that begins at lexeme `i`; of equals the rule that stands first.
pub(in crate::dates) fn read_longest<'a>(parser: &Parser<'a>, i: usize) -> Option<ParsedDate> {
    let class = bit(parser.kind(i));
    if class == 0 {
        return None;
    }
    let mut best: Option<ParsedDate> = None;
    for rule in Rule::<'a>::ALL.iter().filter(|rule| rule.begins & class != 0) {
        if let Some(mut found) = (rule.read)(parser, i)
            && best.as_ref().is_none_or(|b| found.to > b.to)
        {
            if found.rule.is_empty() {
                found.rule = rule.name;
            }
            best = Some(found);
        }
    }
    best
}
