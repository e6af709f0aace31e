//! Sets: "every Friday", "twice a week", "daily", "Tuesday nights", "$1 billion a year".

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Found, Meaning, Often, Time};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Amount, Season, Unit};

impl Parser<'_> {
    /// "every Friday", "each month", "every two weeks", "every other day".
    pub(super) fn every(&self, i: usize) -> Option<Found> {
        if !self.is_any(i, &[W::Every, W::Each]) {
            return None;
        }
        let set = |to, often| Some(found(i, to, Meaning::Set(often)));
        let at = i + 1;
        match self.kind(at) {
            Kind::Unit(Unit::Weekend) => return set(at + 1, Often::Weekends),
            Kind::Unit(Unit::Period) => return None,
            Kind::Unit(unit) => return set(at + 1, Often::Units(Amount::ONE, unit)),
            Kind::Weekday(day) => {
                if let Kind::Part(part) = self.kind(at + 1) {
                    let mut read = found(i, at + 2, Meaning::Set(Often::Weekday(day)));
                    read.time = Some(Time::Part(part));
                    return Some(read);
                }
                return set(at + 1, Often::Weekday(day));
            }
            Kind::Month(month) if self.capital(at) => return set(at + 1, Often::Month(month)),
            Kind::Season(season) => return set(at + 1, Often::Season(season)),
            Kind::Part(part) => return set(at + 1, Often::Part(part)),
            Kind::Holiday => {
                let (partial, to) = self.holiday(at)?;
                if let Some(crate::dates::meaning::Sub::Holiday(holiday)) = partial.sub {
                    return set(to, Often::Holiday(holiday));
                }
            }
            Kind::Word(W::Few) => {
                if let Kind::Units(unit) = self.kind(at + 1) {
                    return set(at + 2, Often::Units(Amount::Vague, unit));
                }
            }
            Kind::Word(W::Other) => {
                if let Kind::Unit(unit) = self.kind(at + 1) {
                    return set(at + 2, Often::Units(Amount::Exact(200), unit));
                }
            }
            _ => {}
        }
        if self.says(at, "single")
            && let Kind::Unit(unit) = self.kind(at + 1)
        {
            return set(at + 2, Often::Units(Amount::ONE, unit));
        }
        let (amount, _, to) = self.amount(at)?;
        match self.kind(to) {
            Kind::Units(unit) => set(to + 1, Often::Units(amount, unit)),
            _ => None,
        }
    }

    /// "daily", "weekly": unless part of a name ("Daily News").
    pub(super) fn adverb(&self, i: usize) -> Option<Found> {
        let Kind::Every(unit) = self.kind(i) else {
            return None;
        };
        if self.capital(i) && !self.opens(i)
            || self.mark(i + 1, '-') && self.joined(i + 1)
            || self.glued(i)
        {
            return None;
        }
        let adjective = self.says_any(i, &["annual", "everyday", "quarterly"]);
        // "the party's daily Granma" is a paper.
        let paper = self.capital(i + 1) && self.kind(i + 1) == Kind::Other && self.spaced(i + 1);
        if adjective || paper || (self.capital(i) && self.capital(i + 1)) {
            return None;
        }
        Some(found(i, i + 1, Meaning::Set(Often::Units(Amount::ONE, unit))))
    }

    /// "Fridays", "Tuesday nights", "weekends", "weekdays".
    pub(super) fn plural_days(&self, i: usize) -> Option<Found> {
        let set = |to, often| Some(found(i, to, Meaning::Set(often)));
        match self.kind(i) {
            Kind::Weekdays(day) => {
                if let Kind::Parts(part) | Kind::Part(part) = self.kind(i + 1) {
                    let mut read = found(i, i + 2, Meaning::Set(Often::Weekday(day)));
                    read.time = Some(Time::Part(part));
                    return Some(read);
                }
                set(i + 1, Often::Weekday(day))
            }
            // "on Monday and Tuesday nights"
            Kind::Weekday(day)
                if self.is_any(i + 1, &[W::And, W::Or])
                    && matches!(self.kind(i + 2), Kind::Weekday(_))
                    && matches!(self.kind(i + 3), Kind::Parts(_)) =>
            {
                let Kind::Parts(part) = self.kind(i + 3) else {
                    return None;
                };
                let mut read = found(i, i + 1, Meaning::Set(Often::Weekday(day)));
                read.time = Some(Time::Part(part));
                Some(read)
            }
            Kind::Weekday(day) => match self.kind(i + 1) {
                Kind::Parts(part) => {
                    let mut read = found(i, i + 2, Meaning::Set(Often::Weekday(day)));
                    read.time = Some(Time::Part(part));
                    Some(read)
                }
                _ => None,
            },
            Kind::Units(Unit::Weekend) => {
                let counted =
                    matches!(self.before(i), Kind::Cardinal(_) | Kind::Number(..) | Kind::Word(_))
                        && !self.is_any(i.wrapping_sub(1), &[W::On, W::At, W::And, W::Or]);
                (!counted).then(|| set(i + 1, Often::Weekends))?
            }
            Kind::Word(W::Weekdays) => set(i + 1, Often::Weekdays),
            _ => None,
        }
    }

    /// "twice a week", "three times a day", "once every two years", "$10 a month", "per day".
    pub(super) fn rate(&self, i: usize) -> Option<Found> {
        let set = |to, unit| Some(found(i, to, Meaning::Set(Often::Units(Amount::ONE, unit))));
        if self.is_any(i, &[W::Once, W::Twice])
            && self.is_any(i + 1, &[W::A, W::Per, W::Each, W::Every])
        {
            return match self.kind(i + 2) {
                Kind::Unit(unit) if unit != Unit::Period => set(i + 3, unit),
                _ => None,
            };
        }
        if matches!(
            self.kind(i),
            Kind::Cardinal(_) | Kind::Number(..) | Kind::Word(W::Several | W::Many)
        ) && self.is(i + 1, W::Times)
            && self.is_any(i + 2, &[W::A, W::Per, W::Each, W::Every])
        {
            return match self.kind(i + 3) {
                Kind::Unit(unit) if unit != Unit::Period => set(i + 4, unit),
                _ => None,
            };
        }
        let Kind::Unit(unit) = self.kind(i + 1) else {
            return None;
        };
        if unit == Unit::Period || unit == Unit::Quarter && self.is(i, W::A) {
            return None;
        }
        if self.is(i, W::Per) {
            // "157 miles per hour" is a speed.
            let speed = unit <= Unit::Hour
                && self.says_any(
                    i.wrapping_sub(1),
                    &[
                        "miles", "mile", "km", "kilometers", "kilometres", "metres", "meters",
                        "feet", "knots", "mph", "frames", "beats", "cycles",
                    ],
                );
            return if speed { None } else { set(i + 2, unit) };
        }
        if !self.is(i, W::A)
            || self.is_any(
                i + 2,
                &[W::Ago, W::Earlier, W::Later, W::Before, W::After, W::From, W::And, W::Or],
            )
        {
            return None;
        }
        // A price or count stands shortly before: "$1 billion a year", "four flights a week".
        let amount = (1..=4).filter_map(|d| i.checked_sub(d)).any(|j| {
            matches!(
                self.kind(j),
                Kind::Number(..)
                    | Kind::Decimal(_)
                    | Kind::Cardinal(_)
                    | Kind::Multiple(_)
                    | Kind::Word(W::Hundreds | W::Thousands | W::Dozens)
            ) || self.says_any(j, &["million", "billion", "cents", "dollars", "percent"])
        });
        let before = self.before(i);
        let noun = matches!(before, Kind::Other | Kind::Units(_) | Kind::Multiple(_))
            || self.mark(i.wrapping_sub(1), '%')
            || matches!(before, Kind::Number(..) | Kind::Decimal(_));
        let verb = self.says_any(
            i.wrapping_sub(1),
            &[
                "for", "in", "within", "after", "about", "last", "lasted", "took", "spent",
                "spend", "than", "nearly", "almost", "over", "least",
            ],
        );
        (amount && noun && !verb).then(|| set(i + 2, unit))?
    }

    /// "winters", "summers".
    pub(super) fn plural_seasons(&self, i: usize) -> Option<Found> {
        let Kind::Seasons(season) = self.kind(i) else {
            return None;
        };
        let name = matches!(season, Season::Spring) || self.capital(i);
        (!name).then(|| found(i, i + 1, Meaning::Set(Often::Season(season))))
    }
}
