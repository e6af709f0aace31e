//! People: titles before surnames that are words, first names that are, honours, party tags.

use super::{CERTAIN, CueFinder, LIKELY, STRONG};
use crate::document::Label;
use crate::entities::words::{Case, Shape};
use crate::lexicon::flag;
use crate::vocabulary::dates::IRREGULAR_PAST_FORMS;
use crate::vocabulary::organisations::ONE_WORD_FIRMS;
use crate::vocabulary::people::{ASSEMBLED_BODIES, PERSONAL_ROLES, POST_NOMINALS, TITLES};
use crate::vocabulary::places::STATE_CODES;

const GIVEN: u16 = flag::FEMALE | flag::MALE;
const SURNAMES: u16 = flag::SURNAME | flag::RARE_SURNAME;
const HEADS: u16 = flag::ORG_HEAD
    | flag::PLACE_HEAD
    | flag::FAC_HEAD
    | flag::EVENT_HEAD
    | flag::LAW_HEAD
    | flag::CALENDAR;

/// The letters of parties in tags after names: "R-Ohio".
const PARTY_LETTERS: [&str; 5] = ["D", "R", "I", "L", "G"];

impl CueFinder<'_, '_> {
    /// "Mr. White", "Officer Price": a title and one word.
    pub(super) fn cue_titled_surname(&mut self, i: usize) {
        let Some(b) = self.before(i).filter(|_| self.is_capital(i)) else {
            return;
        };
        if !self.word(b).starts_with(char::is_uppercase) {
            return;
        }
        let bare = self.bare(b);
        let Some(title) = TITLES.get(&bare).filter(|t| t.before_names || t.short_rank) else {
            return;
        };
        if title.regal || bare == "don" {
            return;
        }
        let short = title.abbreviation || title.short_rank || title.plain;
        let alone = !self.same_paragraph(i, i + 1) || !self.is_capital(i + 1);
        let office = TITLES.get(&self.bare(i)).is_some();
        let common = !office || self.has_flags(i, flag::SURNAME);
        let name = common && self.has_flags(i, SURNAMES);
        // "Trooper Hale", "Supervisor Okoro", "Councilman Dees": a stranger to all lists.
        let stranger = alone && title.only_people && !office && self.is_strange_name(i);
        if short && bare != "gen" {
            // "Mr Justice Hale", "Mr Speaker".
            if !office || alone && name {
                self.give(i..i + 1, Some(Label::Person), 2 * STRONG);
            }
        } else if stranger || alone && name && !office && title.only_people {
            self.give(i..i + 1, Some(Label::Person), 2 * STRONG);
        } else if alone && name && !office && !self.has_flags(i, HEADS) && bare != "general" {
            self.give(i..i + 1, Some(Label::Person), LIKELY);
        }
    }

    /// A word that no list of names, places or bodies has, and that is rare or unknown by itself.
    fn is_strange_name(&self, i: usize) -> bool {
        self.shape(i) != Some(Shape::Upper)
            && self.context.places.get(i) == Some(&None)
            && !self.has_flags(i, HEADS | flag::GROUP | flag::LANGUAGE)
            && self.get(i).is_some_and(|t| matches!(t.word.rank, 0 | 6..))
            && self.case_of(i) == Case::Plain
    }

    /// "Council member McCartle", "board chairwoman Hext": a role in lowercase and one word.
    pub(super) fn cue_role_before_name(&mut self, i: usize) {
        let Some(b) = self.before(i).filter(|&b| self.is_capital(i) && self.is_lower(b)) else {
            return;
        };
        let role = self.word(b);
        let member = matches!(role, "member" | "colleague");
        if !member && !PERSONAL_ROLES.contains(role) {
            return;
        }
        let alone = !self.same_paragraph(i, i + 1) || !self.is_capital(i + 1);
        let named = self.has_flags(i, SURNAMES) || self.is_strange_name(i);
        // "council member Hale", but "group member Halberd"
        let body = self.before(b).map(|body| self.bare(body));
        let of_people = body.is_some_and(|body| ASSEMBLED_BODIES.contains(&body));
        let firm = ONE_WORD_FIRMS.contains(&self.bare(i));
        if alone && named && !firm && !self.has_flags(i, HEADS) && (!member || of_people) {
            self.give(i..i + 1, Some(Label::Person), STRONG);
        }
    }

    /// "R-Ohio", "D-N.Y.", "(R)" after a name.
    pub(super) fn cue_party_tag(&mut self, i: usize) {
        let Some(b) = self.before(i).filter(|_| PARTY_LETTERS.contains(&self.word(i))) else {
            return;
        };
        if !matches!(self.word(b), "," | "(") {
            return;
        }
        let dash = matches!(self.word(i + 1), "-" | "–" | "‑") && self.is_glued(i + 1);
        if dash && self.is_glued(i + 2) && self.word(i + 2).starts_with(char::is_uppercase) {
            let end = self.run_after(i + 2, 3).max(i + 3);
            self.give(i..end, None, CERTAIN);
        } else if self.word(b) == "(" && self.word(i + 1) == ")" {
            self.give(i..i + 1, None, CERTAIN);
        }
    }

    /// "Neil Ford QC", "Tom Ash, MBE": no part of the name, and no body. "TD" before a name too.
    pub(super) fn cue_post_nominal(&mut self, i: usize) {
        if !is_post_nominal(self.word(i)) {
            return;
        }
        let Some(b) = self.before(i) else { return };
        let comma = self.word(b) == ",";
        let name = if comma { self.before(b) } else { Some(b) };
        // "Baltimore, MD" and "Charleston, SC" are in a state.
        let start = name.map_or(i, |n| self.run_before(n + 1, 4));
        let full = name.is_some_and(|n| n > start) && self.has_flags(start, GIVEN);
        if comma && STATE_CODES.contains(self.word(i)) && !full {
            return;
        }
        let named = name.is_some_and(|n| {
            let more = is_post_nominal(self.word(n));
            more || self.is_capital(n) && !self.is_dull_start(n) && !self.has_flags(n, HEADS)
        });
        // "Toronto, TD Bank": a word that names something goes on.
        let next = self.same_paragraph(i, i + 1) && self.is_capital(i + 1);
        let goes_on = next && !is_post_nominal(self.word(i + 1));
        if named && (!goes_on || !comma && self.has_flags(i + 1, GIVEN)) {
            self.give(i..i + 1, None, CERTAIN);
            let person = name.filter(|_| !goes_on);
            self.give(person.into_iter(), Some(Label::Person), LIKELY / 2);
        }
    }

    /// "Orlando Bell went", "Hope opened the shop".
    pub(super) fn cue_first_name(&mut self, i: usize) {
        if self.shape(i) != Some(Shape::Capital)
            || !self.has_flags(i, GIVEN)
            || self.case_of(i) != Case::Plain
        {
            return;
        }
        let word_before = self.before(i);
        let free = word_before.is_none_or(|b| {
            !self.is_capital(b) && !matches!(self.word(b), "the" | "in" | "at" | "of" | "from")
        });
        // "Israel Adesanya lost": a stranger to all lists, and what somebody does.
        let stranger = self.get(i + 1).is_some_and(|t| matches!(t.word.rank, 0 | 6..))
            && (self.is_verb_form(i + 2)
                || matches!(self.word(i + 2), "," | "said" | "has" | "is"));
        let pair = self.shape(i + 1) == Some(Shape::Capital)
            && self.same_paragraph(i, i + 1)
            && (self.has_flags(i + 1, flag::SURNAME) || stranger);
        if pair && free {
            let longer = self.same_paragraph(i, i + 2)
                && (self.is_capital(i + 2) || self.word(i + 2) == "&");
            let head = self.has_flags(i + 1, HEADS & !flag::ORG_HEAD);
            if !longer && !head && !self.is_dull_start(i) {
                self.give(i..i + 2, Some(Label::Person), LIKELY);
            }
            return;
        }
        // A bare first name that is a word too can only be told at a sentence's start, by the
        // verb with its object.
        let common = self.get(i).is_some_and(|t| matches!(t.word.rank, 1..=2));
        if !common && self.is_initial(i) && self.is_verb_form(i + 1) && self.is_determiner(i + 2) {
            self.give(i..i + 1, Some(Label::Person), 2 * STRONG);
        }
    }

    /// "PLEITNER (voice-over):", "MARSH:" at a line's start: who speaks, in capitals as transcripts have it.
    pub(super) fn cue_turn_label(&mut self, i: usize) {
        /// In words: what stands between brackets after the name.
        const LONGEST_REMARK: usize = 4;
        let opens = self.before(i).is_none();
        if !opens || self.shape(i) != Some(Shape::Upper) || self.case_of(i) == Case::Upper {
            return;
        }
        let end = self.run_after(i, 3);
        let upper = (i..end).all(|k| self.shape(k) == Some(Shape::Upper) || self.word(k) == ".");
        let remark = self.word(end) == "(";
        let colon = if remark {
            let closes = (end + 1..end + 2 + LONGEST_REMARK).find(|&k| self.word(k) == ")");
            closes.map(|k| k + 1)
        } else {
            Some(end)
        };
        let called = colon.is_some_and(|k| self.same_paragraph(i, k) && self.word(k) == ":");
        // "NOTE:", "WATCH:", "UN:" name nobody.
        let name = |k: usize| {
            let known = self.has_flags(k, SURNAMES | GIVEN);
            let strange = self.get(k).is_some_and(|t| t.word.rank == 0 && t.len >= 4);
            (known || strange) && !self.has_flags(k, HEADS)
        };
        if upper && called && (i..end).all(name) {
            self.give_whole(i..end, Label::Person, if remark { 2 * STRONG } else { STRONG });
        }
    }

    fn is_verb_form(&self, i: usize) -> bool {
        let word = self.word(i);
        self.is_lower(i)
            && (word.len() > 4 && word.ends_with("ed")
                || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
                || IRREGULAR_PAST_FORMS.contains(word))
    }

    fn is_determiner(&self, i: usize) -> bool {
        matches!(self.word(i), "the" | "a" | "an" | "her" | "his" | "their" | "its" | "my" | "our")
    }
}

/// "MBE", "Ph.D."
fn is_post_nominal(word: &str) -> bool {
    POST_NOMINALS.get(word.trim_end_matches('.').replace('.', "").as_str()).is_some()
}
