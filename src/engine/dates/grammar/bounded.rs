//! A part of a date: "early May", "mid-1996", "the end of", "earlier this year", "post-1959".

use super::Parser;
use super::calendar::found;
use super::clock::is_day;
use crate::dates::meaning::{Base, Found, Meaning, Time};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Modifier, Unit};

impl<'a> Parser<'a> {
    /// A modifier before a date: "early May", "late last week", "mid-1996", "the end of 1990",
    /// "earlier this year", "at the beginning of October".
    pub(super) fn bounded(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let (modifier, mut at) = match self.kind(the) {
            Kind::Word(W::Early) => (Modifier::Start, the + 1),
            Kind::Word(W::Late) => (Modifier::End, the + 1),
            Kind::Word(W::Mid) => (Modifier::Mid, the + 1),
            Kind::Word(W::Earlier) if the == i => (Modifier::Start, i + 1),
            Kind::Word(W::Later) if the == i => (Modifier::End, i + 1),
            Kind::Word(W::End) => (Modifier::End, the + 1),
            Kind::Word(W::Beginning | W::Start) => (Modifier::Start, the + 1),
            Kind::Word(W::Middle) => (Modifier::Mid, the + 1),
            Kind::Word(W::Latter) => (Modifier::End, the + 1),
            // "the post-1959 politics"
            Kind::Word(W::Post) if self.joined(the + 1) => (Modifier::After, the + 1),
            Kind::Word(W::Pre) if self.joined(the + 1) => (Modifier::Before, the + 1),
            _ => return None,
        };
        let noun =
            matches!(self.kind(the), Kind::Word(W::End | W::Beginning | W::Start | W::Middle));
        if self.is(the, W::Latter) {
            at = match (self.text(at), self.is(at + 1, W::Of)) {
                ("part" | "half" | "stages", true) => at + 2,
                _ => return None,
            };
        } else if noun {
            if !self.is(at, W::Of) {
                return None;
            }
            at += 1;
        } else if self.is(at, W::Half) || self.says(at, "part") {
            at = if self.is(at + 1, W::Of) {
                at + 2
            } else {
                return None;
            };
        } else {
            if self.joined(at) || self.is_any(at, &[W::In, W::On, W::Of]) {
                at += 1;
            }
            if self.is(at, W::The) && !self.is(at - 1, W::In) && !self.is(at - 1, W::On) {
                // "early the next morning"
                at += usize::from(!matches!(
                    self.kind(at + 1),
                    Kind::Word(W::Next | W::Following | W::Same)
                ));
            }
        }
        let inner = self.unmodified(at)?;
        let bounded = match inner.meaning {
            Meaning::Length(..) | Meaning::Lengths(..) | Meaning::Set(_) | Meaning::Ref(_) => false,
            Meaning::TimeOnly => matches!(inner.time, Some(Time::Part(_))),
            Meaning::Offset(..) => false,
            _ => inner.modifier.is_none(),
        };
        if !bounded || (the > i && !noun && self.is(the, W::Earlier)) {
            return None;
        }
        // "the late May" is a person's name; "the early 1990s" a decade.
        // "the late-November trip": the article is the trip's.
        let joined = the > i
            && !noun
            && self.joined(the + 1)
            && (matches!(inner.meaning, Meaning::Partial(p) if p.month.is_some())
                || matches!(modifier, Modifier::Before | Modifier::After));
        Some(Found { from: if joined { the } else { i }, modifier: Some(modifier), ..inner })
    }

    /// What a modifier may stand before.
    fn unmodified(&self, i: usize) -> Option<Found> {
        let mut best: Option<Found> = None;
        let readers: [fn(&Parser<'a>, usize) -> Option<Found>; 14] = [
            Self::day_first,
            Self::part_of_day_of,
            Self::part_of_day,
            Self::near,
            Self::shift,
            Self::deictic_day,
            Self::told_day,
            Self::quarter,
            Self::century,
            Self::decade,
            Self::date,
            Self::bare_year,
            Self::bare_part,
            Self::the_unit,
        ];
        for read in readers {
            if let Some(found) = read(self, i)
                && best.as_ref().is_none_or(|b| found.to > b.to)
            {
                best = Some(found);
            }
        }
        best
    }

    /// "afternoon" after "mid" or "late".
    fn bare_part(&self, i: usize) -> Option<Found> {
        let at = self.skip(i, &[W::This]);
        let Kind::Part(part) = self.kind(at) else {
            return None;
        };
        // "mid-afternoon yesterday"
        let mut read = found(i, at + 1, Meaning::Shift(Unit::Day, 0, Base::Antecedent));
        if let Some(day) = self.day(at + 1).filter(|d| is_day(&d.meaning) && d.time.is_none()) {
            read = Found { from: i, ..day };
        }
        read.time = Some(Time::Part(part));
        Some(read)
    }

    /// "the year", "the month" after "the end of", "later in".
    fn the_unit(&self, i: usize) -> Option<Found> {
        let at = self.skip(i, &[W::The]);
        match self.kind(at) {
            Kind::Unit(
                unit @ (Unit::Day
                | Unit::Week
                | Unit::Weekend
                | Unit::Month
                | Unit::Quarter
                | Unit::Year
                | Unit::Decade
                | Unit::Century),
            ) if at > i => Some(found(i, at + 1, Meaning::The(unit))),
            _ => None,
        }
    }
}
