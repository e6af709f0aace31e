//! A part of a date: "early May", "mid-1996", "the end of", "earlier this year", "post-1959".

use super::clock::is_day;
use super::parser::Parser;
use crate::dates::meaning::{CountedFrom, Meaning, ParsedDate, Time};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Modifier, Unit};

impl<'a> Parser<'a> {
    /// A modifier before a date: "early May", "late last week", "mid-1996", "the end of 1990",
    /// "earlier this year", "at the beginning of October".
    pub(super) fn read_bounded(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        let (modifier, mut at) = match self.kind(the) {
            LexemeKind::Word(W::Early) => (Modifier::Start, the + 1),
            LexemeKind::Word(W::Late) => (Modifier::End, the + 1),
            LexemeKind::Word(W::Mid) => (Modifier::Mid, the + 1),
            LexemeKind::Word(W::Earlier) if the == i => (Modifier::Start, i + 1),
            LexemeKind::Word(W::Later) if the == i => (Modifier::End, i + 1),
            LexemeKind::Word(W::End) => (Modifier::End, the + 1),
            LexemeKind::Word(W::Beginning | W::Start) => (Modifier::Start, the + 1),
            LexemeKind::Word(W::Middle) => (Modifier::Mid, the + 1),
            LexemeKind::Word(W::Latter) => (Modifier::End, the + 1),
            // "the post-1959 politics"
            LexemeKind::Word(W::Post) if self.is_joining_hyphen(the + 1) => {
                (Modifier::After, the + 1)
            }
            LexemeKind::Word(W::Pre) if self.is_joining_hyphen(the + 1) => {
                (Modifier::Before, the + 1)
            }
            _ => return None,
        };
        let noun = matches!(
            self.kind(the),
            LexemeKind::Word(W::End | W::Beginning | W::Start | W::Middle)
        );
        if self.is_word(the, W::Latter) {
            at = match (self.text(at), self.is_word(at + 1, W::Of)) {
                ("part" | "half" | "stages", true) => at + 2,
                _ => return None,
            };
        } else if noun {
            if !self.is_word(at, W::Of) {
                return None;
            }
            at += 1;
        } else if self.is_word(at, W::Half) || self.text_is(at, "part") {
            at = if self.is_word(at + 1, W::Of) {
                at + 2
            } else {
                return None;
            };
        } else {
            if self.is_joining_hyphen(at) || self.is_any_word(at, &[W::In, W::On, W::Of]) {
                at += 1;
            }
            if self.is_word(at, W::The)
                && !self.is_word(at - 1, W::In)
                && !self.is_word(at - 1, W::On)
            {
                // "early the next morning"
                at += usize::from(!matches!(
                    self.kind(at + 1),
                    LexemeKind::Word(W::Next | W::Following | W::Same)
                ));
            }
        }
        let inner = self.read_unmodified(at)?;
        let bounded = match inner.meaning {
            Meaning::Length(..) | Meaning::Lengths(..) | Meaning::Set(_) | Meaning::Ref(_) => false,
            Meaning::TimeOnly => matches!(inner.time, Some(Time::Part(_))),
            Meaning::Offset(..) => false,
            _ => inner.modifier.is_none(),
        };
        if !bounded || (the > i && !noun && self.is_word(the, W::Earlier)) {
            return None;
        }
        // "the late May" is a person's name; "the early 1990s" a decade.
        // "the late-November trip": the article is the trip's.
        let joined = the > i
            && !noun
            && self.is_joining_hyphen(the + 1)
            && (matches!(inner.meaning, Meaning::Partial(p) if p.month.is_some())
                || matches!(modifier, Modifier::Before | Modifier::After));
        Some(ParsedDate { from: if joined { the } else { i }, modifier: Some(modifier), ..inner })
    }

    /// What a modifier may stand before.
    fn read_unmodified(&self, i: usize) -> Option<ParsedDate> {
        let mut best: Option<ParsedDate> = None;
        let readers: [fn(&Parser<'a>, usize) -> Option<ParsedDate>; 14] = [
            Self::read_day_first,
            Self::read_part_of_day_of,
            Self::read_part_of_day,
            Self::read_near,
            Self::read_shift,
            Self::read_deictic_day,
            Self::read_told_day,
            Self::read_quarter,
            Self::read_century,
            Self::read_decade,
            Self::read_date,
            Self::read_bare_year,
            Self::read_bare_part,
            Self::read_the_unit,
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
    fn read_bare_part(&self, i: usize) -> Option<ParsedDate> {
        let at = self.skip_word(i, &[W::This]);
        let LexemeKind::Part(part) = self.kind(at) else {
            return None;
        };
        // "mid-afternoon yesterday"
        let mut read =
            ParsedDate::new(i, at + 1, Meaning::Shift(Unit::Day, 0, CountedFrom::Antecedent));
        if let Some(day) = self.read_day(at + 1).filter(|d| is_day(&d.meaning) && d.time.is_none())
        {
            read = ParsedDate { from: i, ..day };
        }
        read.time = Some(Time::Part(part));
        Some(read)
    }

    /// "the year", "the month" after "the end of", "later in".
    fn read_the_unit(&self, i: usize) -> Option<ParsedDate> {
        let at = self.skip_word(i, &[W::The]);
        match self.kind(at) {
            LexemeKind::Unit(
                unit @ (Unit::Day
                | Unit::Week
                | Unit::Weekend
                | Unit::Month
                | Unit::Quarter
                | Unit::Year
                | Unit::Decade
                | Unit::Century),
            ) if at > i => Some(ParsedDate::new(i, at + 1, Meaning::The(unit))),
            _ => None,
        }
    }
}
