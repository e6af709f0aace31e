//! Now, recently, the future: what no calendar tells; and "about" before a date.

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Found, Meaning, Ref};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Modifier, Unit};

impl<'a> Parser<'a> {
    /// now, currently, recently, the future, at the time.
    pub(super) fn reference(&self, i: usize) -> Option<Found> {
        let say = |to, what| Some(found(i, to, Meaning::Ref(what)));
        let Kind::Word(word) = self.kind(i) else {
            return None;
        };
        match word {
            W::A if self.is(i + 1, W::Later)
                && self.says_any(i + 2, &["date", "time", "stage"])
                && self.is_any(i.wrapping_sub(1), &[W::At, W::Until, W::On]) =>
            {
                say(i + 3, Ref::Future)
            }
            // "until then"; "since then" is seldom more than a conjunction.
            W::Then if self.is(i.wrapping_sub(1), W::Until) => Some(found(i, i + 1, Meaning::Then)),
            W::Now if self.is(i.wrapping_sub(1), W::From) && !self.is(i + 1, W::On) => None,
            W::Now => {
                // "now," opens a remark, "now for" turns to the next.
                let remark = self.opens(i) && (self.mark(i + 1, ',') || self.is(i + 1, W::For))
                    || self.capital(i) && self.capital(i + 1) && !self.shouted(i) && !self.opens(i);
                (!remark).then(|| say(i + 1, Ref::Present))?
            }
            W::Currently | W::Nowadays => say(i + 1, Ref::Present),
            // "some time ago", "a while ago"
            W::Some if self.is(i + 1, W::Time) && self.is(i + 2, W::Ago) => say(i + 3, Ref::Past),
            W::A if self.says(i + 1, "while") && self.is(i + 2, W::Ago) => say(i + 3, Ref::Past),
            // "a long time ago", "in those days", "In future, …"
            W::A if self.is(i + 1, W::Long)
                && self.is(i + 2, W::Time)
                && self.is(i + 3, W::Ago) =>
            {
                say(i + 4, Ref::Past)
            }
            W::Those
                if self.kind(i + 1) == Kind::Units(Unit::Day)
                    && self.is(i.wrapping_sub(1), W::In) =>
            {
                say(i + 2, Ref::Past)
            }
            W::Future if self.is(i.wrapping_sub(1), W::In) && self.closes(i + 1) => {
                say(i + 1, Ref::Future)
            }
            W::Right if self.is(i + 1, W::Now) => say(i + 2, Ref::Present),
            W::Current if !self.capital(i) && !self.before_is_name(i) => say(i + 1, Ref::Present),
            W::These if self.kind(i + 1) == Kind::Units(Unit::Day) => say(i + 2, Ref::Present),
            W::Recently | W::Lately => say(i + 1, Ref::Past),
            W::More if self.is(i + 1, W::Recently) => say(i + 2, Ref::Past),
            W::Recent if !self.is_any(i + 1, &[W::And]) => say(i + 1, Ref::Past),
            W::The => match (self.kind(i + 1), self.kind(i + 2)) {
                // "the future Trump hotel"
                (Kind::Word(W::Future), _) => {
                    let name = self.capital(i + 2) && !self.shouted(i + 2);
                    let name = name && !self.is(i.wrapping_sub(1), W::In);
                    (!name).then(|| say(i + 2, Ref::Future))?
                }
                (Kind::Word(W::Past), Kind::Mark(_) | Kind::Other) if !self.mark(i + 2, '-') => {
                    let noun = matches!(self.kind(i + 2), Kind::Other) && !self.spaced(i + 2);
                    let cue = self.is_any(i.wrapping_sub(1), &[W::In, W::Of, W::From, W::To]);
                    (cue && !noun).then(|| say(i + 2, Ref::Past))?
                }
                (Kind::Word(W::Past), Kind::Word(word))
                    if self.is(i.wrapping_sub(1), W::In)
                        && (self.closes(i + 2) || matches!(word, W::It | W::The | W::A)) =>
                {
                    say(i + 2, Ref::Past)
                }
                (Kind::Word(W::Present), _) if self.closes(i + 2) => say(i + 2, Ref::Present),
                (Kind::Word(W::Time), next) if self.is(i.wrapping_sub(1), W::At) => {
                    let relative = matches!(next, Kind::Word(W::Of | W::That));
                    (!relative).then(|| say(i + 2, Ref::Past))?
                }
                _ if self.says_any(i + 1, &["near", "short", "long"])
                    && self.says(i + 2, "term") =>
                {
                    say(i + 3, Ref::Future)
                }
                _ if self.says_any(
                    i + 1,
                    &["near", "foreseeable", "immediate", "distant", "not-too-distant"],
                ) && self.is(i + 2, W::Future) =>
                {
                    say(i + 3, Ref::Future)
                }
                _ => None,
            },
            W::At if self.is(i + 1, W::Present) && self.closes(i + 2) => {
                let mut found = found(i, i + 2, Meaning::Ref(Ref::Present));
                found.from = i + 1;
                Some(found)
            }
            _ => None,
        }
    }

    fn before_is_name(&self, i: usize) -> bool {
        i > 0
            && !self.opens(i)
            && self.says_any(i - 1, &["electric", "electrical", "ocean", "alternating", "direct"])
    }

    /// "about May 1", "around 7:15 p.m.", "nearly 1990", "since about noon".
    pub(super) fn approximate(&self, i: usize) -> Option<Found> {
        let (modifier, at) = self.approximator(i)?;
        let inner = [
            Self::time_first,
            Self::day_first,
            Self::near,
            Self::deictic_day,
            Self::date,
            Self::quarter,
            Self::bare_year,
        ]
        .into_iter()
        .filter_map(|read: fn(&Parser<'a>, usize) -> Option<Found>| read(self, at))
        .max_by_key(|f| f.to)?;
        // Only "about" says that a point is near; "over the weekend", "up to May" do not.
        // "to get around Wednesday's ruling" is no nearness.
        let weekday = matches!(inner.meaning, Meaning::Partial(p) if p.day.is_none() && p.weekday.is_some() && inner.time.is_none());
        (modifier == Modifier::Approx && inner.modifier.is_none() && !weekday).then_some(Found {
            from: i,
            modifier: Some(Modifier::Approx),
            ..inner
        })
    }
}
