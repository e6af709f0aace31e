//! Quarters and fiscal years, halves, weekends, nth days.

use super::parser::Parser;
use crate::dates::meaning::{CountedFrom, Meaning, ParsedDate, PartialDate, YearPart, YearRef};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Amount, Unit};

impl<'a> Parser<'a> {
    /// "the third quarter of 1990", "third-quarter", "fiscal second quarter", "Q3 2009", "this
    /// year's first half", "the 1988 period".
    pub(super) fn read_quarter(&self, i: usize) -> Option<ParsedDate> {
        if let LexemeKind::Quarter(q) = self.kind(i) {
            return self.read_sub_year(i, i + 1, YearPart::Quarter(q));
        }
        if let LexemeKind::Half(h) = self.kind(i) {
            return self.read_sub_year(i, i + 1, YearPart::Half(h));
        }
        let (owner, mut at) = self.owner(i);
        // "year-ago", "year-earlier": the same period of the year before.
        if self.kind(at) == LexemeKind::Unit(Unit::Year)
            && self.is_joining_hyphen(at + 1)
            && self.is_any_word(at + 2, &[W::Ago, W::Earlier])
        {
            return self.read_year_ago(i, at + 3);
        }
        let fiscal = self.is_word(at, W::Fiscal);
        at = self.skip_word(at, &[W::Fiscal]);
        at += usize::from(fiscal && self.is_joining_hyphen(at));
        if fiscal && owner.is_none() {
            let year = at + usize::from(self.kind(at) == LexemeKind::Unit(Unit::Year));
            if let Some((YearRef::Known(year), to)) = self.read_year_after(year) {
                let partial = PartialDate { year: YearRef::Known(year), ..PartialDate::NONE };
                return Some(ParsedDate::new(i, to, Meaning::Partial(partial)));
            }
        }
        let n = match self.kind(at) {
            LexemeKind::Ordinal(n @ 1..=4, _) => n as u8,
            LexemeKind::Word(W::Final | W::Last | W::Latest) => 0,
            LexemeKind::Unit(Unit::Quarter | Unit::Period) => {
                return self.read_the_quarter(i, at, owner, fiscal);
            }
            _ => return None,
        };
        let last = self.is_word(at, W::Last) || self.is_word(at, W::Final);
        at += 1;
        at += usize::from(self.is_joining_hyphen(at));
        let fiscal_later = self.is_word(at, W::Fiscal);
        at = self.skip_word(at, &[W::Fiscal]);
        match self.kind(at) {
            LexemeKind::Unit(Unit::Quarter) if n > 0 => {
                let sub = YearPart::Quarter(n);
                let to = at + 1;
                // "the third-quarter loss": the article is the loss's.
                let i = if self.is_joining_hyphen(at - 1) && owner.is_none() {
                    self.skip_word(i, &[W::The])
                } else {
                    i
                };
                match owner {
                    Some(year) => Some(ParsedDate::new(i, to, Meaning::FiscalQuarter(n, year))),
                    None => match self.read_any_year(to) {
                        Some((year, to)) if !fiscal && !fiscal_later => {
                            self.read_sub_year_known(i, to, sub, year)
                        }
                        Some((year, to)) => {
                            Some(ParsedDate::new(i, to, Meaning::FiscalQuarter(n, year)))
                        }
                        None => {
                            Some(ParsedDate::new(i, to, Meaning::FiscalQuarter(n, YearRef::Open)))
                        }
                    },
                }
            }
            LexemeKind::Word(W::Half) => {
                let n = if last { 2 } else { n };
                if n == 0 || n > 2 {
                    return None;
                }
                let year = owner.map(|y| (y, at + 1)).or_else(|| self.read_any_year(at + 1));
                match year {
                    Some((year, to)) => self.read_sub_year_known(i, to, YearPart::Half(n), year),
                    // "the second half" alone is a match's.
                    None => None,
                }
            }
            LexemeKind::Unit(unit @ (Unit::Quarter | Unit::Period)) if n == 0 => {
                let meaning = if unit == Unit::Quarter && last && self.is_word(i, W::Last) {
                    Meaning::Shift(Unit::Quarter, -1, CountedFrom::Published)
                } else {
                    Meaning::FiscalQuarter(0, owner.unwrap_or(YearRef::Open))
                };
                (self.is_word(at - 1, W::Latest) || unit == Unit::Quarter)
                    .then(|| ParsedDate::new(i, at + 1, meaning))
            }
            _ => None,
        }
    }

    /// "the", "its", "this year's", "the 1988", and what it says of the year.
    fn owner(&self, i: usize) -> (Option<YearRef>, usize) {
        if let Some((year, to)) = self.read_year_phrase(i)
            && self.is_word(to, W::Poss)
            && !self.is_any_word(i, &[W::In, W::Of])
        {
            return (Some(year), to + 1);
        }
        let the = self.skip_word(i, &[W::The]);
        if let LexemeKind::Number(n, 4) = self.kind(the)
            && (1900..2100).contains(&n)
        {
            let to = self.skip_word(the + 1, &[W::Poss]);
            return (Some(YearRef::Known(n as i32)), to);
        }
        (None, the)
    }

    fn read_the_quarter(
        &self,
        i: usize,
        at: usize,
        owner: Option<YearRef>,
        fiscal: bool,
    ) -> Option<ParsedDate> {
        let unit_quarter = self.kind(at) == LexemeKind::Unit(Unit::Quarter);
        if let Some(year) = owner {
            let meaning = if unit_quarter {
                Meaning::FiscalQuarter(0, year)
            } else {
                Meaning::PeriodOf(year)
            };
            return Some(ParsedDate::new(i, at + 1, meaning));
        }
        // "the quarter": of company reports; "a quarter" is a share.
        if unit_quarter
            && self.is_word(i, W::The)
            && !self.is_joining_hyphen(at + 1)
            && !self.is_any_word(at + 1, &[W::Of])
            && !fiscal
        {
            if self.is_word(at + 1, W::A)
                && self.kind(at + 2) == LexemeKind::Unit(Unit::Year)
                && self.is_any_word(at + 3, &[W::Ago, W::Earlier])
            {
                return Some(ParsedDate::new(i, at + 4, Meaning::SamePeriod(-1)));
            }
            return Some(ParsedDate::new(i, at + 1, Meaning::FiscalQuarter(0, YearRef::Open)));
        }
        None
    }

    /// What "year-ago" and "year-earlier" stand before.
    fn read_year_ago(&self, i: usize, at: usize) -> Option<ParsedDate> {
        let to = match self.kind(at) {
            LexemeKind::Unit(Unit::Quarter | Unit::Period) => at + 1,
            LexemeKind::Ordinal(1..=4, _)
                if self.kind(at + 1) == LexemeKind::Unit(Unit::Quarter) =>
            {
                at + 2
            }
            // "the year-earlier nine months"
            _ if self.is_word(i, W::The) => {
                let (amount, _, unit) = self.read_amount(at)?;
                return (self.kind(unit) == LexemeKind::Units(Unit::Month))
                    .then(|| ParsedDate::new(i, unit + 1, Meaning::Length(amount, Unit::Month)));
            }
            _ => at,
        };
        if self.kind(at) != LexemeKind::Unit(Unit::Quarter) && self.is_word(i, W::The) && to == at {
            return None;
        }
        Some(ParsedDate::new(i, to, Meaning::SamePeriod(-1)))
    }

    fn read_sub_year(&self, i: usize, to: usize, sub: YearPart) -> Option<ParsedDate> {
        if self.is_glued(i) {
            return None;
        }
        match self.read_any_year(to) {
            Some((year, to)) => self.read_sub_year_known(i, to, sub, year),
            None => match self.kind(to) {
                LexemeKind::FiscalYear(year) => {
                    self.read_sub_year_known(i, to + 1, sub, YearRef::Known(year))
                }
                _ => match sub {
                    YearPart::Quarter(q) => {
                        Some(ParsedDate::new(i, to, Meaning::FiscalQuarter(q, YearRef::Open)))
                    }
                    _ => None,
                },
            },
        }
    }

    fn read_sub_year_known(
        &self,
        i: usize,
        to: usize,
        sub: YearPart,
        year: YearRef,
    ) -> Option<ParsedDate> {
        let partial = PartialDate { year, sub: Some(sub), ..PartialDate::NONE };
        Some(ParsedDate::new(i, to, Meaning::Partial(partial)))
    }

    /// `FY2019`.
    pub(super) fn read_fiscal_year(&self, i: usize) -> Option<ParsedDate> {
        let LexemeKind::FiscalYear(year) = self.kind(i) else {
            return None;
        };
        let partial = PartialDate { year: YearRef::Known(year), ..PartialDate::NONE };
        Some(ParsedDate::new(i, i + 1, Meaning::Partial(partial)))
    }

    /// "the first Monday of May 2021", "the last Friday of the month".
    pub(super) fn read_nth_weekday(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        let which = match self.kind(the) {
            LexemeKind::Ordinal(n @ 1..=5, _) => n as i8,
            LexemeKind::Word(W::Last) => -1,
            _ => return None,
        };
        let LexemeKind::Weekday(day) = self.kind(the + 1) else {
            return None;
        };
        let partial =
            PartialDate { sub: Some(YearPart::NthWeekday(which, day)), ..PartialDate::NONE };
        self.read_of_month(i, the + 2, partial)
    }

    /// "the first day of May", "the last day of October 2015", "the first week of next month".
    pub(super) fn read_nth_day(&self, i: usize) -> Option<ParsedDate> {
        let mut the = self.skip_word(i, &[W::The]);
        // "the second last week of May", "the second-to-last week of May": counted from its end.
        let mut back = 0i8;
        if let LexemeKind::Ordinal(n @ 2..=4, _) = self.kind(the) {
            let dash = usize::from(self.is_joining_hyphen(the + 1));
            let dash = dash + usize::from(self.is_word(the + 1 + dash, W::To));
            let dash = dash + usize::from(self.is_joining_hyphen(the + 1 + dash));
            if self.is_word(the + 1 + dash, W::Last) {
                the += 1 + dash;
                back = n as i8;
            }
        }
        let LexemeKind::Unit(unit @ (Unit::Day | Unit::Week | Unit::Weekend)) = self.kind(the + 1)
        else {
            return None;
        };
        let end = unit == Unit::Weekend;
        let (day, sub) = match self.kind(the) {
            LexemeKind::Ordinal(n @ 1..=5, _) if unit != Unit::Day => {
                (None, Some(YearPart::NthWeek(n as i8, end)))
            }
            LexemeKind::Word(W::Last) if unit != Unit::Day => {
                (None, Some(YearPart::NthWeek(-back.max(1), end)))
            }
            LexemeKind::Ordinal(n @ 1..=31, _) if unit == Unit::Day => (Some(n as u8), None),
            LexemeKind::Word(W::Last) if back == 0 => (None, Some(YearPart::LastDay)),
            // "the 29th week of 2021"
            LexemeKind::Ordinal(week @ 6..=53, _) if unit == Unit::Week => {
                let (year, to) = self.read_any_year(the + 2)?;
                let partial = PartialDate {
                    year,
                    sub: Some(YearPart::Week(week as u8)),
                    ..PartialDate::NONE
                };
                return Some(ParsedDate::new(i, to, Meaning::Partial(partial)));
            }
            _ => return None,
        };
        let partial = PartialDate { day, sub, ..PartialDate::NONE };
        self.read_of_month(i, the + 2, partial)
    }

    /// What `partial` says of a month, and "of May 2021", "in June", "of next month" from `at` on.
    pub(super) fn read_of_month(
        &self,
        i: usize,
        at: usize,
        partial: PartialDate,
    ) -> Option<ParsedDate> {
        if !self.is_any_word(at, &[W::Of, W::In]) {
            return None;
        }
        if let Some(month) = self.read_month(at + 1) {
            let (year, to) = self.read_any_year(at + 2).unwrap_or((YearRef::Open, at + 2));
            let partial = PartialDate { year, month: Some(month), ..partial };
            return Some(ParsedDate::new(i, to, Meaning::Partial(partial)));
        }
        let month = |at| self.kind(at) == LexemeKind::Unit(Unit::Month);
        let (n, base, to) = match self.kind(at + 1) {
            LexemeKind::Word(W::The) if month(at + 2) => (0, CountedFrom::Published, at + 3),
            LexemeKind::Word(word) if month(at + 2) => match word {
                W::This | W::Current => (0, CountedFrom::Published, at + 3),
                W::Last => (-1, CountedFrom::Published, at + 3),
                W::Next | W::Coming => (1, CountedFrom::Published, at + 3),
                W::That => (0, CountedFrom::Antecedent, at + 3),
                _ => return None,
            },
            LexemeKind::Word(W::The) if month(at + 3) => match self.kind(at + 2) {
                LexemeKind::Word(W::Current) => (0, CountedFrom::Published, at + 4),
                LexemeKind::Word(W::Same) => (0, CountedFrom::Antecedent, at + 4),
                LexemeKind::Word(W::Previous) => (-1, CountedFrom::Antecedent, at + 4),
                LexemeKind::Word(W::Following) => (1, CountedFrom::Antecedent, at + 4),
                _ => return None,
            },
            _ => return None,
        };
        Some(ParsedDate::new(i, to, Meaning::OfMonth(n, base, partial)))
    }

    /// "the weekend", "the week of March 6".
    pub(super) fn read_weekend(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        match self.kind(the) {
            LexemeKind::Unit(unit @ (Unit::Week | Unit::Weekend))
                if self.is_word(the + 1, W::Of) =>
            {
                let day = self.read_date(self.skip_word(the + 2, &[W::The]));
                match day.map(|day| (day.to, day.meaning)) {
                    Some((to, Meaning::Partial(partial))) if partial.day.is_some() => {
                        let there = Meaning::Around(Amount::ONE, unit, 0, partial);
                        Some(ParsedDate::new(i, to, there))
                    }
                    _ => self.read_this_weekend(i, the),
                }
            }
            _ => self.read_this_weekend(i, the),
        }
    }

    /// "Thanksgiving weekend", "the Labor Day holiday weekend", "the Fourth of July weekend 2019".
    pub(super) fn read_holiday_weekend(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        let (partial, to) = self
            .read_holiday(the)
            .or_else(|| self.read_month_and_day(i).filter(|(partial, _)| partial.day.is_some()))?;
        let long = to
            + usize::from(
                self.text_is_any_of(to, &["holiday", "bank"]) || self.is_word(to, W::Long),
            );
        if self.kind(long) != LexemeKind::Unit(Unit::Weekend) {
            return None;
        }
        let (partial, to) = match self.read_any_year(long + 1) {
            Some((year, to)) if partial.year == YearRef::Open => {
                (PartialDate { year, ..partial }, to)
            }
            _ => (partial, long + 1),
        };
        let from = if partial.sub.is_some() { the } else { i };
        Some(ParsedDate::new(from, to, Meaning::WeekendOf(partial)))
    }

    fn read_this_weekend(&self, i: usize, the: usize) -> Option<ParsedDate> {
        let there = Meaning::Shift(Unit::Weekend, 0, CountedFrom::Published);
        (the > i && self.kind(the) == LexemeKind::Unit(Unit::Weekend))
            .then(|| ParsedDate::new(i, the + 1, there))
    }
}
