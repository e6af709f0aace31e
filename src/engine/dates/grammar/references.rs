//! Now, recently, the future: what no calendar tells; and "about" before a date.

use super::parser::Parser;
use crate::dates::meaning::{Meaning, ParsedDate};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Modifier, Reference, Unit};

impl<'a> Parser<'a> {
    /// now, currently, recently, the future, at the time.
    pub(super) fn read_reference(&self, i: usize) -> Option<ParsedDate> {
        let say = |to, what| Some(ParsedDate::new(i, to, Meaning::Ref(what)));
        let LexemeKind::Word(word) = self.kind(i) else {
            return None;
        };
        match word {
            W::A if self.is_word(i + 1, W::Later)
                && self.text_is_any_of(i + 2, &["date", "time", "stage"])
                && self.is_any_word(i.wrapping_sub(1), &[W::At, W::Until, W::On]) =>
            {
                say(i + 3, Reference::Future)
            }
            // "until then"; "since then" is seldom more than a conjunction.
            W::Then if self.is_word(i.wrapping_sub(1), W::Until) => {
                Some(ParsedDate::new(i, i + 1, Meaning::Then))
            }
            W::Now if self.is_part_of_name(i) => None,
            W::Now if self.is_word(i.wrapping_sub(1), W::From) && !self.is_word(i + 1, W::On) => {
                None
            }
            W::Now => {
                // "now," opens a remark, "now for" turns to the next.
                let remark = self.opens_sentence(i)
                    && (self.is_mark(i + 1, ',') || self.is_word(i + 1, W::For))
                    || self.is_capitalized(i)
                        && self.is_capitalized(i + 1)
                        && !self.is_uppercase(i)
                        && !self.opens_sentence(i);
                (!remark).then(|| say(i + 1, Reference::Present))?
            }
            W::Currently | W::Nowadays => say(i + 1, Reference::Present),
            // "some time ago", "a while ago"
            W::Some if self.is_word(i + 1, W::Time) && self.is_word(i + 2, W::Ago) => {
                say(i + 3, Reference::Past)
            }
            W::A if self.text_is(i + 1, "while") && self.is_word(i + 2, W::Ago) => {
                say(i + 3, Reference::Past)
            }
            // "a long time ago", "in those days", "In future, …"
            W::A if self.is_word(i + 1, W::Long)
                && self.is_word(i + 2, W::Time)
                && self.is_word(i + 3, W::Ago) =>
            {
                say(i + 4, Reference::Past)
            }
            W::Those
                if self.kind(i + 1) == LexemeKind::Units(Unit::Day)
                    && self.is_word(i.wrapping_sub(1), W::In) =>
            {
                say(i + 2, Reference::Past)
            }
            W::Future if self.is_word(i.wrapping_sub(1), W::In) && self.closes(i + 1) => {
                say(i + 1, Reference::Future)
            }
            W::Right if self.is_word(i + 1, W::Now) => say(i + 2, Reference::Present),
            W::Current if !self.is_capitalized(i) && !self.before_is_name(i) => {
                say(i + 1, Reference::Present)
            }
            W::These if self.kind(i + 1) == LexemeKind::Units(Unit::Day) => {
                say(i + 2, Reference::Present)
            }
            W::Recently | W::Lately => say(i + 1, Reference::Past),
            W::More if self.is_word(i + 1, W::Recently) => say(i + 2, Reference::Past),
            W::Recent if !self.is_any_word(i + 1, &[W::And]) => say(i + 1, Reference::Past),
            W::The => match (self.kind(i + 1), self.kind(i + 2)) {
                // "the future Trump hotel"
                (LexemeKind::Word(W::Future), _) => {
                    let name = self.is_capitalized(i + 2) && !self.is_uppercase(i + 2);
                    let name = name && !self.is_word(i.wrapping_sub(1), W::In);
                    (!name).then(|| say(i + 2, Reference::Future))?
                }
                (LexemeKind::Word(W::Past), LexemeKind::Mark(_) | LexemeKind::Other)
                    if !self.is_mark(i + 2, '-') =>
                {
                    let noun =
                        matches!(self.kind(i + 2), LexemeKind::Other) && !self.is_spaced(i + 2);
                    let cue = self.is_any_word(i.wrapping_sub(1), &[W::In, W::Of, W::From, W::To]);
                    (cue && !noun).then(|| say(i + 2, Reference::Past))?
                }
                (LexemeKind::Word(W::Past), LexemeKind::Word(word))
                    if self.is_word(i.wrapping_sub(1), W::In)
                        && (self.closes(i + 2) || matches!(word, W::It | W::The | W::A)) =>
                {
                    say(i + 2, Reference::Past)
                }
                (LexemeKind::Word(W::Present), _) if self.closes(i + 2) => {
                    say(i + 2, Reference::Present)
                }
                (LexemeKind::Word(W::Time), next) if self.is_word(i.wrapping_sub(1), W::At) => {
                    let relative = matches!(next, LexemeKind::Word(W::Of | W::That));
                    (!relative).then(|| say(i + 2, Reference::Past))?
                }
                _ if self.text_is_any_of(i + 1, &["near", "short", "long"])
                    && self.text_is(i + 2, "term") =>
                {
                    say(i + 3, Reference::Future)
                }
                _ if self.text_is_any_of(
                    i + 1,
                    &["near", "foreseeable", "immediate", "distant", "not-too-distant"],
                ) && self.is_word(i + 2, W::Future) =>
                {
                    say(i + 3, Reference::Future)
                }
                _ => None,
            },
            W::At if self.is_word(i + 1, W::Present) && self.closes(i + 2) => {
                let mut found = ParsedDate::new(i, i + 2, Meaning::Ref(Reference::Present));
                found.from = i + 1;
                Some(found)
            }
            _ => None,
        }
    }

    fn before_is_name(&self, i: usize) -> bool {
        i > 0
            && !self.opens_sentence(i)
            && self.text_is_any_of(
                i - 1,
                &["electric", "electrical", "ocean", "alternating", "direct"],
            )
    }

    /// "about May 1", "around 7:15 p.m.", "nearly 1990", "since about noon".
    pub(super) fn read_approximate(&self, i: usize) -> Option<ParsedDate> {
        let (modifier, at) = self.read_approximator(i)?;
        let inner = [
            Self::read_time_first,
            Self::read_day_first,
            Self::read_near,
            Self::read_deictic_day,
            Self::read_date,
            Self::read_quarter,
            Self::read_bare_year,
        ]
        .into_iter()
        .filter_map(|read: fn(&Parser<'a>, usize) -> Option<ParsedDate>| read(self, at))
        .max_by_key(|f| f.to)?;
        // Only "about" says that a point is near; "over the weekend", "up to May" do not.
        // "to get around Wednesday's ruling" is no nearness.
        let weekday = matches!(inner.meaning, Meaning::Partial(p) if p.day.is_none() && p.weekday.is_some() && inner.time.is_none());
        (modifier == Modifier::Approx && inner.modifier.is_none() && !weekday)
            .then_some(ParsedDate { from: i, modifier: Some(Modifier::Approx), ..inner })
    }
}
