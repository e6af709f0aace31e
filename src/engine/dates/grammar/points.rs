//! Quarters and fiscal years, halves, weekends, nth days.

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Base, Found, Meaning, Partial, Sub, YearRef};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Amount, Unit};

impl<'a> Parser<'a> {
    /// "the third quarter of 1990", "third-quarter", "fiscal second quarter", "Q3 2009", "this
    /// year's first half", "the 1988 period".
    pub(super) fn quarter(&self, i: usize) -> Option<Found> {
        if let Kind::Quarter(q) = self.kind(i) {
            return self.sub_year(i, i + 1, Sub::Quarter(q));
        }
        if let Kind::Half(h) = self.kind(i) {
            return self.sub_year(i, i + 1, Sub::Half(h));
        }
        let (owner, mut at) = self.owner(i);
        // "year-ago", "year-earlier": the same period of the year before.
        if self.kind(at) == Kind::Unit(Unit::Year)
            && self.joined(at + 1)
            && self.is_any(at + 2, &[W::Ago, W::Earlier])
        {
            return self.year_ago(i, at + 3);
        }
        let fiscal = self.is(at, W::Fiscal);
        at = self.skip(at, &[W::Fiscal]);
        at += usize::from(fiscal && self.joined(at));
        if fiscal && owner.is_none() {
            let year = at + usize::from(self.kind(at) == Kind::Unit(Unit::Year));
            if let Some((YearRef::Known(year), to)) = self.year_after(year) {
                let partial = Partial { year: YearRef::Known(year), ..Partial::NONE };
                return Some(found(i, to, Meaning::Partial(partial)));
            }
        }
        let n = match self.kind(at) {
            Kind::Ordinal(n @ 1..=4, _) => n as u8,
            Kind::Word(W::Final | W::Last | W::Latest) => 0,
            Kind::Unit(Unit::Quarter | Unit::Period) => {
                return self.the_quarter(i, at, owner, fiscal);
            }
            _ => return None,
        };
        let last = self.is(at, W::Last) || self.is(at, W::Final);
        at += 1;
        at += usize::from(self.joined(at));
        let fiscal_later = self.is(at, W::Fiscal);
        at = self.skip(at, &[W::Fiscal]);
        match self.kind(at) {
            Kind::Unit(Unit::Quarter) if n > 0 => {
                let sub = Sub::Quarter(n);
                let to = at + 1;
                // "the third-quarter loss": the article is the loss's.
                let i = if self.joined(at - 1) && owner.is_none() {
                    self.skip(i, &[W::The])
                } else {
                    i
                };
                match owner {
                    Some(year) => Some(found(i, to, Meaning::FiscalQuarter(n, year))),
                    None => match self.any_year(to) {
                        Some((year, to)) if !fiscal && !fiscal_later => {
                            self.sub_year_known(i, to, sub, year)
                        }
                        Some((year, to)) => Some(found(i, to, Meaning::FiscalQuarter(n, year))),
                        None => Some(found(i, to, Meaning::FiscalQuarter(n, YearRef::Open))),
                    },
                }
            }
            Kind::Word(W::Half) => {
                let n = if last { 2 } else { n };
                if n == 0 || n > 2 {
                    return None;
                }
                let year = owner.map(|y| (y, at + 1)).or_else(|| self.any_year(at + 1));
                match year {
                    Some((year, to)) => self.sub_year_known(i, to, Sub::Half(n), year),
                    // "the second half" alone is a match's.
                    None => None,
                }
            }
            Kind::Unit(unit @ (Unit::Quarter | Unit::Period)) if n == 0 => {
                let meaning = if unit == Unit::Quarter && last && self.is(i, W::Last) {
                    Meaning::Shift(Unit::Quarter, -1, Base::Published)
                } else {
                    Meaning::FiscalQuarter(0, owner.unwrap_or(YearRef::Open))
                };
                (self.is(at - 1, W::Latest) || unit == Unit::Quarter)
                    .then(|| found(i, at + 1, meaning))
            }
            _ => None,
        }
    }

    /// "the", "its", "this year's", "the 1988", and what it says of the year.
    fn owner(&self, i: usize) -> (Option<YearRef>, usize) {
        if let Some((year, to)) = self.year_phrase(i)
            && self.is(to, W::Poss)
            && !self.is_any(i, &[W::In, W::Of])
        {
            return (Some(year), to + 1);
        }
        let the = self.skip(i, &[W::The]);
        if let Kind::Number(n, 4) = self.kind(the)
            && (1900..2100).contains(&n)
        {
            let to = self.skip(the + 1, &[W::Poss]);
            return (Some(YearRef::Known(n as i32)), to);
        }
        (None, the)
    }

    fn the_quarter(
        &self,
        i: usize,
        at: usize,
        owner: Option<YearRef>,
        fiscal: bool,
    ) -> Option<Found> {
        let unit_quarter = self.kind(at) == Kind::Unit(Unit::Quarter);
        if let Some(year) = owner {
            let meaning = if unit_quarter {
                Meaning::FiscalQuarter(0, year)
            } else {
                Meaning::PeriodOf(year)
            };
            return Some(found(i, at + 1, meaning));
        }
        // "the quarter": told in company reports; "a quarter" is a share.
        if unit_quarter
            && self.is(i, W::The)
            && !self.joined(at + 1)
            && !self.is_any(at + 1, &[W::Of])
            && !fiscal
        {
            if self.is(at + 1, W::A)
                && self.kind(at + 2) == Kind::Unit(Unit::Year)
                && self.is_any(at + 3, &[W::Ago, W::Earlier])
            {
                return Some(found(i, at + 4, Meaning::SamePeriod(-1)));
            }
            return Some(found(i, at + 1, Meaning::FiscalQuarter(0, YearRef::Open)));
        }
        None
    }

    /// What "year-ago" and "year-earlier" stand before.
    fn year_ago(&self, i: usize, at: usize) -> Option<Found> {
        let to = match self.kind(at) {
            Kind::Unit(Unit::Quarter | Unit::Period) => at + 1,
            Kind::Ordinal(1..=4, _) if self.kind(at + 1) == Kind::Unit(Unit::Quarter) => at + 2,
            // "the year-earlier nine months"
            _ if self.is(i, W::The) => {
                let (amount, _, unit) = self.amount(at)?;
                return (self.kind(unit) == Kind::Units(Unit::Month))
                    .then(|| found(i, unit + 1, Meaning::Length(amount, Unit::Month)));
            }
            _ => at,
        };
        if self.kind(at) != Kind::Unit(Unit::Quarter) && self.is(i, W::The) && to == at {
            return None;
        }
        Some(found(i, to, Meaning::SamePeriod(-1)))
    }

    fn sub_year(&self, i: usize, to: usize, sub: Sub) -> Option<Found> {
        if self.glued(i) {
            return None;
        }
        match self.any_year(to) {
            Some((year, to)) => self.sub_year_known(i, to, sub, year),
            None => match self.kind(to) {
                Kind::FiscalYear(year) => self.sub_year_known(i, to + 1, sub, YearRef::Known(year)),
                _ => match sub {
                    Sub::Quarter(q) => Some(found(i, to, Meaning::FiscalQuarter(q, YearRef::Open))),
                    _ => None,
                },
            },
        }
    }

    fn sub_year_known(&self, i: usize, to: usize, sub: Sub, year: YearRef) -> Option<Found> {
        let partial = Partial { year, sub: Some(sub), ..Partial::NONE };
        Some(found(i, to, Meaning::Partial(partial)))
    }

    /// `FY2019`.
    pub(super) fn fiscal_year(&self, i: usize) -> Option<Found> {
        let Kind::FiscalYear(year) = self.kind(i) else {
            return None;
        };
        let partial = Partial { year: YearRef::Known(year), ..Partial::NONE };
        Some(found(i, i + 1, Meaning::Partial(partial)))
    }

    /// "the first Monday of May 2021", "the last Friday of the month".
    pub(super) fn nth_weekday(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let which = match self.kind(the) {
            Kind::Ordinal(n @ 1..=5, _) => n as i8,
            Kind::Word(W::Last) => -1,
            _ => return None,
        };
        let Kind::Weekday(day) = self.kind(the + 1) else {
            return None;
        };
        let partial = Partial { sub: Some(Sub::NthWeekday(which, day)), ..Partial::NONE };
        self.of_month(i, the + 2, partial)
    }

    /// "the first day of May", "the last day of October 2015", "the first week of next month".
    pub(super) fn nth_day(&self, i: usize) -> Option<Found> {
        let mut the = self.skip(i, &[W::The]);
        // "the second last week of May", "the second-to-last week of May": counted from its end.
        let mut back = 0i8;
        if let Kind::Ordinal(n @ 2..=4, _) = self.kind(the) {
            let dash = usize::from(self.joined(the + 1));
            let dash = dash + usize::from(self.is(the + 1 + dash, W::To));
            let dash = dash + usize::from(self.joined(the + 1 + dash));
            if self.is(the + 1 + dash, W::Last) {
                the += 1 + dash;
                back = n as i8;
            }
        }
        let Kind::Unit(unit @ (Unit::Day | Unit::Week | Unit::Weekend)) = self.kind(the + 1) else {
            return None;
        };
        let end = unit == Unit::Weekend;
        let (day, sub) = match self.kind(the) {
            Kind::Ordinal(n @ 1..=5, _) if unit != Unit::Day => {
                (None, Some(Sub::NthWeek(n as i8, end)))
            }
            Kind::Word(W::Last) if unit != Unit::Day => {
                (None, Some(Sub::NthWeek(-back.max(1), end)))
            }
            Kind::Ordinal(n @ 1..=31, _) if unit == Unit::Day => (Some(n as u8), None),
            Kind::Word(W::Last) if back == 0 => (None, Some(Sub::LastDay)),
            // "the 29th week of 2021"
            Kind::Ordinal(week @ 6..=53, _) if unit == Unit::Week => {
                let (year, to) = self.any_year(the + 2)?;
                let partial = Partial { year, sub: Some(Sub::Week(week as u8)), ..Partial::NONE };
                return Some(found(i, to, Meaning::Partial(partial)));
            }
            _ => return None,
        };
        let partial = Partial { day, sub, ..Partial::NONE };
        self.of_month(i, the + 2, partial)
    }

    /// What `partial` says of a month, and "of May 2021", "in June", "of next month" from `at` on.
    pub(super) fn of_month(&self, i: usize, at: usize, partial: Partial) -> Option<Found> {
        if !self.is_any(at, &[W::Of, W::In]) {
            return None;
        }
        if let Some(month) = self.month(at + 1) {
            let (year, to) = self.any_year(at + 2).unwrap_or((YearRef::Open, at + 2));
            let partial = Partial { year, month: Some(month), ..partial };
            return Some(found(i, to, Meaning::Partial(partial)));
        }
        let month = |at| self.kind(at) == Kind::Unit(Unit::Month);
        let (n, base, to) = match self.kind(at + 1) {
            Kind::Word(W::The) if month(at + 2) => (0, Base::Published, at + 3),
            Kind::Word(word) if month(at + 2) => match word {
                W::This | W::Current => (0, Base::Published, at + 3),
                W::Last => (-1, Base::Published, at + 3),
                W::Next | W::Coming => (1, Base::Published, at + 3),
                W::That => (0, Base::Antecedent, at + 3),
                _ => return None,
            },
            Kind::Word(W::The) if month(at + 3) => match self.kind(at + 2) {
                Kind::Word(W::Current) => (0, Base::Published, at + 4),
                Kind::Word(W::Same) => (0, Base::Antecedent, at + 4),
                Kind::Word(W::Previous) => (-1, Base::Antecedent, at + 4),
                Kind::Word(W::Following) => (1, Base::Antecedent, at + 4),
                _ => return None,
            },
            _ => return None,
        };
        Some(found(i, to, Meaning::OfMonth(n, base, partial)))
    }

    /// "the weekend", "the week of March 6".
    pub(super) fn weekend(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        match self.kind(the) {
            Kind::Unit(unit @ (Unit::Week | Unit::Weekend)) if self.is(the + 1, W::Of) => {
                let day = self.date(self.skip(the + 2, &[W::The]));
                match day.map(|day| (day.to, day.meaning)) {
                    Some((to, Meaning::Partial(partial))) if partial.day.is_some() => {
                        let there = Meaning::Around(Amount::ONE, unit, 0, partial);
                        Some(found(i, to, there))
                    }
                    _ => self.this_weekend(i, the),
                }
            }
            _ => self.this_weekend(i, the),
        }
    }

    fn this_weekend(&self, i: usize, the: usize) -> Option<Found> {
        let there = Meaning::Shift(Unit::Weekend, 0, Base::Published);
        (the > i && self.kind(the) == Kind::Unit(Unit::Weekend)).then(|| found(i, the + 1, there))
    }
}
