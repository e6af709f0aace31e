//! Names of sport: clubs with a number, teams by age.

use super::{CERTAIN, CueFinder, STRONG};
use crate::document::Label;
use crate::entities::words::Shape;
use crate::lexicon::Place;
use crate::vocabulary::organisations::{CLUB_PARTS, CLUB_VERBS};

impl CueFinder<'_, '_> {
    /// "Dnipro-1 head coach", "beat Dnipro-1": the number is part of the club's name.
    pub(super) fn cue_numbered_club(&mut self, i: usize) {
        let word = self.word(i);
        if !(1..=2).contains(&word.len())
            || !word.bytes().all(|b| b.is_ascii_digit())
            || !self.is_glued(i)
        {
            return;
        }
        let hyphen = self.before(i).filter(|&h| self.word(h) == "-" && self.is_glued(h));
        let Some(town) = hyphen.and_then(|h| self.before(h)) else {
            return;
        };
        if self.shape(town) != Some(Shape::Capital) || self.is_glued(town) && self.is_glued(i + 1) {
            return;
        }
        let possessive = matches!(self.word(i + 1), "'s" | "’s");
        let next = self.word(i + 1 + usize::from(possessive));
        // "lost 2-1 to Dnipro-1", but no score: "Dnipro-1, Zorya-2".
        let met = self.before(town).is_some_and(|b| self.meets(b));
        if self.word(town).eq_ignore_ascii_case("covid") {
            return;
        }
        if CLUB_PARTS.contains(next) || !possessive && CLUB_VERBS.contains(next) || met {
            self.give_whole(town..i + 1, Label::Org, STRONG);
        }
    }

    /// Does a club stand behind the word: "beat Dnipro-1"?
    fn meets(&self, i: usize) -> bool {
        matches!(self.word(i), "against" | "v" | "vs" | "versus" | "beat" | "defeated")
    }

    /// "Rukh Lviv drew", "against Veres Rivne": a club's own name and its town's.
    pub(super) fn cue_club_of_town(&mut self, i: usize) {
        let town = self.shape(i) == Some(Shape::Capital)
            && matches!(
                self.context.places.get(i),
                Some(Some((Place::Capital | Place::City | Place::Town | Place::SmallTown, _)))
            );
        let Some(own) = self.before(i).filter(|&own| {
            town && self.shape(own) == Some(Shape::Capital)
                && self.context.places.get(own) == Some(&None)
                && self.get(own).is_some_and(|t| matches!(t.word.rank, 0 | 6..))
        }) else {
            return;
        };
        let before = self.before(own);
        let alone = before.is_none_or(|b| !self.is_capital(b)) && !self.is_capital(i + 1);
        let met = before.is_some_and(|b| self.meets(b) || self.word(b) == "over");
        let plays = CLUB_VERBS.contains(self.word(i + 1)) || CLUB_PARTS.contains(self.word(i + 1));
        if alone && (met || plays) {
            self.give_whole(own..i + 1, Label::Org, STRONG);
        }
    }

    /// "the U-21 team", "England U19": how old the players are names nobody.
    pub(super) fn cue_age_group(&mut self, i: usize) {
        let word = self.word(i);
        let Some(rest) = word.strip_prefix('U') else {
            return;
        };
        let age = |digits: &str| matches!(digits.parse::<u8>(), Ok(15..=23)) && digits.len() == 2;
        let hyphen = rest.is_empty() && self.word(i + 1) == "-" && self.is_glued(i + 1);
        let end = if age(rest.trim_start_matches(['-', '‑'])) {
            i + 1
        } else if hyphen && age(self.word(i + 2)) && self.is_glued(i + 2) {
            i + 3
        } else {
            return;
        };
        // "the U-20 World Cup" is an event.
        if !self.same_paragraph(i, end) || !self.is_capital(end) {
            self.give(i..end, None, CERTAIN);
        }
    }
}
