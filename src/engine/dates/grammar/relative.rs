//! This, last, next; yesterday; that year, the following day.

use super::parser::Parser;
use crate::dates::meaning::{
    CountedFrom, Meaning, ParsedDate, PartialDate, Time, Which, YearPart, YearRef,
};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Amount, DayPart, Reference, Unit};

impl<'a> Parser<'a> {
    /// today, yesterday, tomorrow, the day before yesterday.
    pub(super) fn read_deictic_day(&self, i: usize) -> Option<ParsedDate> {
        let shift = |to, n| {
            Some(ParsedDate::new(i, to, Meaning::Shift(Unit::Day, n, CountedFrom::Published)))
        };
        match self.kind(i) {
            // The paper.
            LexemeKind::Word(W::Today | W::Tonight) if self.is_part_of_name(i) => None,
            LexemeKind::Word(W::Today) => shift(i + 1, 0),
            LexemeKind::Word(W::Yesterday) => shift(i + 1, -1),
            LexemeKind::Word(W::Tomorrow) => shift(i + 1, 1),
            LexemeKind::Word(W::Tonight) => {
                let mut found =
                    ParsedDate::new(i, i + 1, Meaning::Shift(Unit::Day, 0, CountedFrom::Published));
                found.time = Some(Time::Part(DayPart::Night));
                Some(found)
            }
            LexemeKind::Word(W::The) | LexemeKind::Unit(Unit::Day) => {
                let at = self.skip_word(i, &[W::The]);
                if self.kind(at) != LexemeKind::Unit(Unit::Day) {
                    return None;
                }
                match (self.kind(at + 1), self.kind(at + 2)) {
                    (LexemeKind::Word(W::Before), LexemeKind::Word(W::Yesterday)) => {
                        shift(at + 3, -2)
                    }
                    (LexemeKind::Word(W::After), LexemeKind::Word(W::Tomorrow)) => shift(at + 3, 2),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "USA Today", "Hawaii News Now", "the NOW": with a capital inside a sentence, beside a name.
    pub(super) fn is_part_of_name(&self, i: usize) -> bool {
        if !self.is_capitalized(i) || self.opens_sentence(i) {
            return false;
        }
        let before = i.wrapping_sub(1);
        let caps =
            self.is_uppercase(i) && self.is_uppercase(before) && !self.text_is(before, "usa");
        let name = self.is_capitalized(before) && self.kind(before) == LexemeKind::Other && !caps
            || self.is_word(before, W::Poss);
        // In a headline every word has its capital, and no full stop closes it.
        let next = i + 1;
        let title = if self.kind(next) == LexemeKind::Other && self.text(next).len() > 3 {
            self.is_capitalized(next)
        } else {
            self.lexemes.last().is_none_or(|last| last.kind != LexemeKind::Mark('.'))
        };
        let shout = self.is_uppercase(i)
            && !self.is_uppercase(before)
            && !self.is_uppercase(i + 1)
            && (self.is_word(before, W::The) || self.is_mark(before, '('));
        name && !title || shout
    }

    /// Which of several, and the lexeme after the words that say it.
    fn read_which(&self, i: usize) -> Option<(Which, usize)> {
        let at = self.skip_word(i, &[W::The]);
        let the = at > i;
        let which = match self.kind(at) {
            LexemeKind::Word(W::Last) => Which::Last,
            LexemeKind::Word(W::Latest) if self.is_word(at + 1, W::Fiscal) => Which::Last,
            LexemeKind::Word(W::Past) => Which::Last,
            LexemeKind::Word(W::This) if !the => match self.kind(at + 1) {
                LexemeKind::Word(W::Coming | W::Upcoming | W::Next) => {
                    return Some((Which::Next, at + 2));
                }
                LexemeKind::Word(W::Past | W::Last) => return Some((Which::Last, at + 2)),
                LexemeKind::Word(W::Same) => return Some((Which::This, at + 2)),
                _ => Which::This,
            },
            LexemeKind::Word(W::Current) => Which::This,
            LexemeKind::Word(W::Next | W::Coming | W::Upcoming) => Which::Next,
            _ => return None,
        };
        Some((which, at + 1))
    }

    /// "last Friday", "next May", "this summer", "last Christmas": a day, month or season.
    pub(super) fn read_near(&self, i: usize) -> Option<ParsedDate> {
        let (which, at) = self.read_which(i)?;
        if self.is_word(i, W::The) && which == Which::Last && !self.is_word(at - 1, W::Past) {
            // "the last Friday of the month" is another rule's.
            if self.is_word(at + 1, W::Of) {
                return None;
            }
        }
        let near = |partial, to| Some(ParsedDate::new(i, to, Meaning::Near(which, partial)));
        match self.kind(at) {
            LexemeKind::Weekday(day) => {
                // "this coming Sunday, March eighth"
                if let Some((partial, to)) = self.read_partial(at)
                    && partial.day.is_some()
                {
                    return Some(ParsedDate::new(i, to, Meaning::Partial(partial)));
                }
                let partial = PartialDate { weekday: Some(day), ..PartialDate::NONE };
                near(partial, at + 1)
            }
            LexemeKind::Month(_) => {
                let month = self.read_month(at)?;
                // "last May 3"
                if let Some((partial, to)) = self.read_month_and_day(at)
                    && (partial.day.is_some() || partial.year != YearRef::Open)
                {
                    return if partial.year == YearRef::Open {
                        near(partial, to)
                    } else {
                        Some(ParsedDate::new(i, to, Meaning::Partial(partial)))
                    };
                }
                let partial = PartialDate { month: Some(month), ..PartialDate::NONE };
                near(partial, at + 1)
            }
            LexemeKind::Season(season) => {
                let partial =
                    PartialDate { sub: Some(YearPart::Season(season)), ..PartialDate::NONE };
                near(partial, at + 1)
            }
            LexemeKind::Holiday => {
                let (partial, to) = self.read_holiday(at)?;
                near(partial, to)
            }
            _ => None,
        }
    }

    /// "Thursday last", as Irish and African papers write of the week before.
    pub(super) fn read_weekday_last(&self, i: usize) -> Option<ParsedDate> {
        let weekday = self.read_weekday(i)?;
        let ends = !matches!(
            self.kind(i + 2),
            LexemeKind::Unit(_) | LexemeKind::Weekday(_) | LexemeKind::Month(_)
        ) && !self.is_capitalized(i + 2);
        if !self.is_word(i + 1, W::Last) || self.is_capitalized(i + 1) || !ends {
            return None;
        }
        let partial = PartialDate { weekday: Some(weekday), ..PartialDate::NONE };
        Some(ParsedDate::new(i, i + 2, Meaning::Near(Which::WeekBefore, partial)))
    }

    /// "this year", "last week", "next month", "the current quarter", "the past decade".
    pub(super) fn read_shift(&self, i: usize) -> Option<ParsedDate> {
        let (which, at) = self.read_which(i)?;
        let whole = self.skip_word(at, &[W::Fiscal, W::Calendar, W::Full, W::Entire]);
        let LexemeKind::Unit(unit) = self.kind(whole) else {
            return None;
        };
        let n = match which {
            Which::Last | Which::WeekBefore => -1,
            Which::This => 0,
            Which::Next => 1,
        };
        // The programme "This Week".
        if self.is_capitalized(whole) && !self.is_uppercase(whole) && !self.opens_sentence(i) {
            return None;
        }
        let shift = |n| {
            Some(ParsedDate::new(i, whole + 1, Meaning::Shift(unit, n, CountedFrom::Published)))
        };
        match unit {
            Unit::Quarter => Some(ParsedDate::new(
                i,
                whole + 1,
                if n == 0 {
                    Meaning::Shift(Unit::Quarter, 0, CountedFrom::Published)
                } else {
                    Meaning::Shift(Unit::Quarter, n, CountedFrom::Published)
                },
            )),
            Unit::Day => match which {
                // "to this day"
                Which::This if self.is_word(i.wrapping_sub(1), W::To) => {
                    Some(ParsedDate::new(i, whole + 1, Meaning::Ref(Reference::Present)))
                }
                Which::This => Some(ParsedDate::new(i, whole + 1, Meaning::Same(Unit::Day))),
                // "the next day" has an antecedent, "the past day" is a length.
                _ => None,
            },
            // "the past decade" are the ten years up to now, "the last decade" may be the eighties.
            Unit::Decade | Unit::Century if self.is_word(at - 1, W::Past) => {
                Some(ParsedDate::new(i, whole + 1, Meaning::Length(Amount::ONE, unit)))
            }
            Unit::Hour | Unit::Minute | Unit::Second | Unit::Period => None,
            Unit::Fortnight | Unit::Season | Unit::Millennium => None,
            // "the next year": the year after the antecedent's, in stories.
            Unit::Year | Unit::Month | Unit::Week
                if self.is_word(i, W::The) && which == Which::Next =>
            {
                // "within the next month" looks ahead from the day of writing.
                let within = self.is_any_word(i.wrapping_sub(1), &[W::Within, W::Over]);
                let base = if within { CountedFrom::Published } else { CountedFrom::Antecedent };
                Some(ParsedDate::new(i, whole + 1, Meaning::Shift(unit, 1, base)))
            }
            _ => shift(n),
        }
    }

    /// "this morning", "last night", "tomorrow evening", "that afternoon", "the next morning".
    pub(super) fn read_part_of_day(&self, i: usize) -> Option<ParsedDate> {
        let timed = |to, meaning, part| {
            let mut found = ParsedDate::new(i, to, meaning);
            found.time = Some(Time::Part(part));
            Some(found)
        };
        let day = |n| Meaning::Shift(Unit::Day, n, CountedFrom::Published);
        let after_antecedent = |n| Meaning::Shift(Unit::Day, n, CountedFrom::Antecedent);
        match self.kind(i) {
            // The programme "This Morning".
            LexemeKind::Word(W::This)
                if self.is_capitalized(i)
                    && self.is_capitalized(i + 1)
                    && !self.opens_sentence(i)
                    && !self.is_uppercase(i) =>
            {
                None
            }
            LexemeKind::Word(W::This) => match self.kind(i + 1) {
                LexemeKind::Part(part) => timed(i + 2, day(0), part),
                _ => None,
            },
            LexemeKind::Word(W::Last) => match self.kind(i + 1) {
                LexemeKind::Part(part) if part != DayPart::Morning => timed(i + 2, day(-1), part),
                _ => None,
            },
            LexemeKind::Word(W::That) => match (self.kind(i + 1), self.kind(i + 2)) {
                (LexemeKind::Part(part), _) => timed(i + 2, after_antecedent(0), part),
                (LexemeKind::Word(W::Same), LexemeKind::Part(part)) => {
                    timed(i + 3, after_antecedent(0), part)
                }
                _ => None,
            },
            LexemeKind::Word(W::The) => match (self.kind(i + 1), self.kind(i + 2)) {
                (LexemeKind::Word(W::Next | W::Following), LexemeKind::Part(part)) => {
                    timed(i + 3, after_antecedent(1), part)
                }
                (LexemeKind::Word(W::Previous), LexemeKind::Part(part)) => {
                    timed(i + 3, after_antecedent(-1), part)
                }
                (LexemeKind::Word(W::Same), LexemeKind::Part(part)) => {
                    timed(i + 3, after_antecedent(0), part)
                }
                (LexemeKind::Part(part), next) => {
                    let cue = self.is_any_word(
                        i.wrapping_sub(1),
                        &[W::In, W::During, W::Throughout, W::Over],
                    );
                    let noun = next == LexemeKind::Other && self.text(i + 2).ends_with('s');
                    let ends =
                        !noun && !matches!(next, LexemeKind::Word(W::Of | W::Before | W::After));
                    (cue && ends && part != DayPart::Daytime)
                        .then(|| timed(i + 2, after_antecedent(0), part))?
                }
                _ => None,
            },
            LexemeKind::Word(W::Overnight) => timed(i + 1, after_antecedent(0), DayPart::Night),
            LexemeKind::Part(DayPart::Night) if self.is_word(i.wrapping_sub(1), W::At) => {
                timed(i + 1, Meaning::TimeOnly, DayPart::Night)
            }
            LexemeKind::Part(DayPart::Daytime)
                if self.is_capitalized(i) && !self.opens_sentence(i) =>
            {
                None
            }
            LexemeKind::Part(DayPart::Daytime) => timed(i + 1, Meaning::TimeOnly, DayPart::Daytime),
            _ => None,
        }
    }

    /// "that year", "the following day", "the same month", "the previous week", "the day".
    pub(super) fn read_told_day(&self, i: usize) -> Option<ParsedDate> {
        let unit_at = |at: usize| match self.kind(at) {
            LexemeKind::Unit(unit) => Some(unit),
            _ => None,
        };
        let shift = |to, unit, n| {
            Some(ParsedDate::new(i, to, Meaning::Shift(unit, n, CountedFrom::Antecedent)))
        };
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
        if self.is_word(i, W::That) || self.is_word(i, W::This) && self.is_word(i + 1, W::Same) {
            let at = self.skip_word(i + 1, &[W::Same]);
            // "that day" has an antecedent, "that year" as well; a relative "that" has no bare noun after it.
            let unit = unit_at(at).filter(|&u| calendar(u))?;
            return Some(ParsedDate::new(i, at + 1, Meaning::Same(unit)));
        }
        if !self.is_word(i, W::The) {
            // "next day", "same day"
            let n = match self.kind(i) {
                LexemeKind::Word(W::Next | W::Following) => 1,
                LexemeKind::Word(W::Previous) => -1,
                _ => return None,
            };
            return (unit_at(i + 1) == Some(Unit::Day)).then(|| shift(i + 2, Unit::Day, n))?;
        }
        let n = match self.kind(i + 1) {
            LexemeKind::Word(W::Same) => 0,
            LexemeKind::Word(W::Next) => 1,
            LexemeKind::Word(W::Following | W::Subsequent) => 1,
            LexemeKind::Word(W::Previous | W::Prior) => -1,
            LexemeKind::Unit(Unit::Day) => match self.kind(i + 2) {
                LexemeKind::Word(W::Before) => {
                    return self.closes(i + 3).then(|| shift(i + 3, Unit::Day, -1))?;
                }
                LexemeKind::Word(W::After) => {
                    return self.closes(i + 3).then(|| shift(i + 3, Unit::Day, 1))?;
                }
                LexemeKind::Word(W::Following) => return shift(i + 3, Unit::Day, 1),
                _ => return None,
            },
            LexemeKind::Unit(unit @ (Unit::Year | Unit::Month | Unit::Week)) => {
                match self.kind(i + 2) {
                    LexemeKind::Word(W::Before | W::After) if self.closes(i + 3) => {
                        let n = if self.is_word(i + 2, W::Before) { -1 } else { 1 };
                        return shift(i + 3, unit, n);
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        match self.kind(i + 2) {
            LexemeKind::Unit(unit) if calendar(unit) => {
                if n == 0 {
                    return Some(ParsedDate::new(i, i + 3, Meaning::Same(unit)));
                }
                shift(i + 3, unit, n)
            }
            LexemeKind::Weekday(day) if n != 0 => {
                let partial = PartialDate { weekday: Some(day), ..PartialDate::NONE };
                let which = if n > 0 { Which::Next } else { Which::Last };
                let mut found = ParsedDate::new(i, i + 3, Meaning::Near(which, partial));
                found.rule = "told";
                Some(found)
            }
            LexemeKind::Month(_) if n != 0 => {
                let month = self.read_month(i + 2)?;
                let partial = PartialDate { month: Some(month), ..PartialDate::NONE };
                let which = if n > 0 { Which::Next } else { Which::Last };
                let mut found = ParsedDate::new(i, i + 3, Meaning::Near(which, partial));
                found.rule = "told";
                Some(found)
            }
            LexemeKind::Season(season) if n != 0 => {
                let partial =
                    PartialDate { sub: Some(YearPart::Season(season)), ..PartialDate::NONE };
                let which = if n > 0 { Which::Next } else { Which::Last };
                let mut found = ParsedDate::new(i, i + 3, Meaning::Near(which, partial));
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
                LexemeKind::Mark(_)
                    | LexemeKind::Word(
                        W::And | W::In | W::At | W::On | W::That | W::To | W::By | W::For
                    )
            )
    }
}
