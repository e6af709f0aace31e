//! This, last, next; yesterday; that year, the following day.

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Base, Found, Meaning, Partial, Ref, Sub, Time, Which, YearRef};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Amount, DayPart, Unit};

impl<'a> Parser<'a> {
    /// today, yesterday, tomorrow, the day before yesterday.
    pub(super) fn deictic_day(&self, i: usize) -> Option<Found> {
        let shift = |to, n| Some(found(i, to, Meaning::Shift(Unit::Day, n, Base::Published)));
        match self.kind(i) {
            // The paper.
            Kind::Word(W::Today) if self.capital(i) && self.says(i.wrapping_sub(1), "USA") => None,
            Kind::Word(W::Today) => shift(i + 1, 0),
            Kind::Word(W::Yesterday) => shift(i + 1, -1),
            Kind::Word(W::Tomorrow) => shift(i + 1, 1),
            Kind::Word(W::Tonight) => {
                let mut found = found(i, i + 1, Meaning::Shift(Unit::Day, 0, Base::Published));
                found.time = Some(Time::Part(DayPart::Night));
                Some(found)
            }
            Kind::Word(W::The) | Kind::Unit(Unit::Day) => {
                let at = self.skip(i, &[W::The]);
                if self.kind(at) != Kind::Unit(Unit::Day) {
                    return None;
                }
                match (self.kind(at + 1), self.kind(at + 2)) {
                    (Kind::Word(W::Before), Kind::Word(W::Yesterday)) => shift(at + 3, -2),
                    (Kind::Word(W::After), Kind::Word(W::Tomorrow)) => shift(at + 3, 2),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Which of several, and the lexeme after the words that say it.
    fn which(&self, i: usize) -> Option<(Which, usize)> {
        let at = self.skip(i, &[W::The]);
        let the = at > i;
        let which = match self.kind(at) {
            Kind::Word(W::Last) => Which::Last,
            Kind::Word(W::Latest) if self.is(at + 1, W::Fiscal) => Which::Last,
            Kind::Word(W::Past) => Which::Last,
            Kind::Word(W::This) if !the => match self.kind(at + 1) {
                Kind::Word(W::Coming | W::Upcoming | W::Next) => {
                    return Some((Which::Next, at + 2));
                }
                Kind::Word(W::Past | W::Last) => return Some((Which::Last, at + 2)),
                Kind::Word(W::Same) => return Some((Which::This, at + 2)),
                _ => Which::This,
            },
            Kind::Word(W::Current) => Which::This,
            Kind::Word(W::Next | W::Coming | W::Upcoming) => Which::Next,
            _ => return None,
        };
        Some((which, at + 1))
    }

    /// "last Friday", "next May", "this summer", "last Christmas": a day, month or season.
    pub(super) fn near(&self, i: usize) -> Option<Found> {
        let (which, at) = self.which(i)?;
        if self.is(i, W::The) && which == Which::Last && !self.is(at - 1, W::Past) {
            // "the last Friday of the month" is another rule's.
            if self.is(at + 1, W::Of) {
                return None;
            }
        }
        let near = |partial, to| Some(found(i, to, Meaning::Near(which, partial)));
        match self.kind(at) {
            Kind::Weekday(day) => {
                // "this coming Sunday, March eighth"
                if let Some((partial, to)) = self.partial(at)
                    && partial.day.is_some()
                {
                    return Some(found(i, to, Meaning::Partial(partial)));
                }
                let partial = Partial { weekday: Some(day), ..Partial::NONE };
                near(partial, at + 1)
            }
            Kind::Month(_) => {
                let month = self.month(at)?;
                // "last May 3"
                if let Some((partial, to)) = self.month_and_day(at)
                    && (partial.day.is_some() || partial.year != YearRef::Open)
                {
                    return if partial.year == YearRef::Open {
                        near(partial, to)
                    } else {
                        Some(found(i, to, Meaning::Partial(partial)))
                    };
                }
                let partial = Partial { month: Some(month), ..Partial::NONE };
                near(partial, at + 1)
            }
            Kind::Season(season) => {
                let partial = Partial { sub: Some(Sub::Season(season)), ..Partial::NONE };
                near(partial, at + 1)
            }
            Kind::Holiday => {
                let (partial, to) = self.holiday(at)?;
                near(partial, to)
            }
            _ => None,
        }
    }

    /// "this year", "last week", "next month", "the current quarter", "the past decade".
    pub(super) fn shift(&self, i: usize) -> Option<Found> {
        let (which, at) = self.which(i)?;
        let whole = self.skip(at, &[W::Fiscal, W::Calendar, W::Full, W::Entire]);
        let Kind::Unit(unit) = self.kind(whole) else {
            return None;
        };
        let n = match which {
            Which::Last => -1,
            Which::This => 0,
            Which::Next => 1,
        };
        // The programme "This Week".
        if self.capital(whole) && !self.shouted(whole) && !self.opens(i) {
            return None;
        }
        let shift = |n| Some(found(i, whole + 1, Meaning::Shift(unit, n, Base::Published)));
        match unit {
            Unit::Quarter => Some(found(
                i,
                whole + 1,
                if n == 0 {
                    Meaning::Shift(Unit::Quarter, 0, Base::Published)
                } else {
                    Meaning::Shift(Unit::Quarter, n, Base::Published)
                },
            )),
            Unit::Day => match which {
                // "to this day"
                Which::This if self.is(i.wrapping_sub(1), W::To) => {
                    Some(found(i, whole + 1, Meaning::Ref(Ref::Present)))
                }
                Which::This => Some(found(i, whole + 1, Meaning::Same(Unit::Day))),
                // "the next day" is told, "the past day" a length.
                _ => None,
            },
            // "the past decade" are the ten years up to now, "the last decade" may be the eighties.
            Unit::Decade | Unit::Century if self.is(at - 1, W::Past) => {
                Some(found(i, whole + 1, Meaning::Length(Amount::ONE, unit)))
            }
            Unit::Hour | Unit::Minute | Unit::Second | Unit::Period => None,
            Unit::Fortnight | Unit::Season | Unit::Millennium => None,
            // "the next year": the year after the one told, in stories.
            Unit::Year | Unit::Month | Unit::Week if self.is(i, W::The) && which == Which::Next => {
                // "within the next month" looks ahead from the day of writing.
                let within = self.is_any(i.wrapping_sub(1), &[W::Within, W::Over]);
                let base = if within { Base::Published } else { Base::Antecedent };
                Some(found(i, whole + 1, Meaning::Shift(unit, 1, base)))
            }
            _ => shift(n),
        }
    }

    /// "this morning", "last night", "tomorrow evening", "that afternoon", "the next morning".
    pub(super) fn part_of_day(&self, i: usize) -> Option<Found> {
        let timed = |to, meaning, part| {
            let mut found = found(i, to, meaning);
            found.time = Some(Time::Part(part));
            Some(found)
        };
        let day = |n| Meaning::Shift(Unit::Day, n, Base::Published);
        let told = |n| Meaning::Shift(Unit::Day, n, Base::Antecedent);
        match self.kind(i) {
            // The programme "This Morning".
            Kind::Word(W::This)
                if self.capital(i) && self.capital(i + 1) && !self.opens(i) && !self.shouted(i) =>
            {
                None
            }
            Kind::Word(W::This) => match self.kind(i + 1) {
                Kind::Part(part) => timed(i + 2, day(0), part),
                _ => None,
            },
            Kind::Word(W::Last) => match self.kind(i + 1) {
                Kind::Part(part) if part != DayPart::Morning => timed(i + 2, day(-1), part),
                _ => None,
            },
            Kind::Word(W::That) => match (self.kind(i + 1), self.kind(i + 2)) {
                (Kind::Part(part), _) => timed(i + 2, told(0), part),
                (Kind::Word(W::Same), Kind::Part(part)) => timed(i + 3, told(0), part),
                _ => None,
            },
            Kind::Word(W::The) => match (self.kind(i + 1), self.kind(i + 2)) {
                (Kind::Word(W::Next | W::Following), Kind::Part(part)) => {
                    timed(i + 3, told(1), part)
                }
                (Kind::Word(W::Previous), Kind::Part(part)) => timed(i + 3, told(-1), part),
                (Kind::Word(W::Same), Kind::Part(part)) => timed(i + 3, told(0), part),
                (Kind::Part(part), next) => {
                    let cue =
                        self.is_any(i.wrapping_sub(1), &[W::In, W::During, W::Throughout, W::Over]);
                    let noun = next == Kind::Other && self.text(i + 2).ends_with('s');
                    let ends = !noun && !matches!(next, Kind::Word(W::Of | W::Before | W::After));
                    (cue && ends && part != DayPart::Daytime)
                        .then(|| timed(i + 2, told(0), part))?
                }
                _ => None,
            },
            Kind::Word(W::Overnight) => timed(i + 1, told(0), DayPart::Night),
            Kind::Part(DayPart::Night) if self.is(i.wrapping_sub(1), W::At) => {
                timed(i + 1, Meaning::TimeOnly, DayPart::Night)
            }
            Kind::Part(DayPart::Daytime) if self.capital(i) && !self.opens(i) => None,
            Kind::Part(DayPart::Daytime) => timed(i + 1, Meaning::TimeOnly, DayPart::Daytime),
            _ => None,
        }
    }

    /// "that year", "the following day", "the same month", "the previous week", "the day".
    pub(super) fn told_day(&self, i: usize) -> Option<Found> {
        let unit_at = |at: usize| match self.kind(at) {
            Kind::Unit(unit) => Some(unit),
            _ => None,
        };
        let shift = |to, unit, n| Some(found(i, to, Meaning::Shift(unit, n, Base::Antecedent)));
        let calendar = |unit: Unit| {
            matches!(
                unit,
                Unit::Day
                    | Unit::Weekend
                    | Unit::Week
                    | Unit::Month
                    | Unit::Quarter
                    | Unit::Year
                    | Unit::Decade
                    | Unit::Century
            )
        };
        if self.is(i, W::That) || self.is(i, W::This) && self.is(i + 1, W::Same) {
            let at = self.skip(i + 1, &[W::Same]);
            // "that day" is told; "that year" as well; a relative "that" has no bare noun after it.
            let unit = unit_at(at).filter(|&u| calendar(u))?;
            return Some(found(i, at + 1, Meaning::Same(unit)));
        }
        if !self.is(i, W::The) {
            // "next day", "same day"
            let n = match self.kind(i) {
                Kind::Word(W::Next | W::Following) => 1,
                Kind::Word(W::Previous) => -1,
                _ => return None,
            };
            return (unit_at(i + 1) == Some(Unit::Day)).then(|| shift(i + 2, Unit::Day, n))?;
        }
        let n = match self.kind(i + 1) {
            Kind::Word(W::Same) => 0,
            Kind::Word(W::Next) => 1,
            Kind::Word(W::Following | W::Subsequent) => 1,
            Kind::Word(W::Previous | W::Prior) => -1,
            Kind::Unit(Unit::Day) => match self.kind(i + 2) {
                Kind::Word(W::Before) => {
                    return self.closes(i + 3).then(|| shift(i + 3, Unit::Day, -1))?;
                }
                Kind::Word(W::After) => {
                    return self.closes(i + 3).then(|| shift(i + 3, Unit::Day, 1))?;
                }
                Kind::Word(W::Following) => return shift(i + 3, Unit::Day, 1),
                _ => return None,
            },
            Kind::Unit(unit @ (Unit::Year | Unit::Month | Unit::Week)) => match self.kind(i + 2) {
                Kind::Word(W::Before | W::After) if self.closes(i + 3) => {
                    let n = if self.is(i + 2, W::Before) { -1 } else { 1 };
                    return shift(i + 3, unit, n);
                }
                _ => return None,
            },
            _ => return None,
        };
        match self.kind(i + 2) {
            Kind::Unit(unit) if calendar(unit) => {
                if n == 0 {
                    return Some(found(i, i + 3, Meaning::Same(unit)));
                }
                shift(i + 3, unit, n)
            }
            Kind::Weekday(day) if n != 0 => {
                let partial = Partial { weekday: Some(day), ..Partial::NONE };
                let which = if n > 0 { Which::Next } else { Which::Last };
                let mut found = found(i, i + 3, Meaning::Near(which, partial));
                found.rule = "told";
                Some(found)
            }
            Kind::Month(_) if n != 0 => {
                let month = self.month(i + 2)?;
                let partial = Partial { month: Some(month), ..Partial::NONE };
                let which = if n > 0 { Which::Next } else { Which::Last };
                let mut found = found(i, i + 3, Meaning::Near(which, partial));
                found.rule = "told";
                Some(found)
            }
            Kind::Season(season) if n != 0 => {
                let partial = Partial { sub: Some(Sub::Season(season)), ..Partial::NONE };
                let which = if n > 0 { Which::Next } else { Which::Last };
                let mut found = found(i, i + 3, Meaning::Near(which, partial));
                found.rule = "told";
                Some(found)
            }
            _ => None,
        }
    }

    /// Nothing follows that the words before belong to.
    pub(super) fn closes(&self, i: usize) -> bool {
        i >= self.lexemes.len()
            || matches!(
                self.kind(i),
                Kind::Mark(_)
                    | Kind::Word(W::And | W::In | W::At | W::On | W::That | W::To | W::By | W::For)
            )
    }
}
