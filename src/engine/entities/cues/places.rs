//! Places: states after towns, datelines, lists before "counties".

use super::{CueFinder, LIKELY, STRONG};
use crate::document::Label;
use crate::entities::words::{Case, Shape};
use crate::lexicon::{Place, flag};
use crate::vocabulary::people::POST_NOMINALS;
use crate::vocabulary::places::{
    IRISH_COUNTIES, PLURAL_PLACE_HEADS, STATE_ABBREVIATIONS, STATE_CODES,
};

/// The longest name of a town before its state, in words.
const MAX_TOWN_WORDS: usize = 3;
/// The longest list of places before their common noun, in tokens.
const MAX_LIST_TOKENS: usize = 40;

impl CueFinder<'_, '_> {
    /// "Gary, Ind.", "Mobile, AL", "Marion, Ohio": the town and its state.
    pub(super) fn cue_state(&mut self, i: usize) {
        let Some(comma) = self.before(i).filter(|&b| self.word(b) == ",") else {
            return;
        };
        let word = self.word(i);
        let short = word.ends_with('.') && STATE_ABBREVIATIONS.contains(word.trim_end_matches('.'));
        let degree = POST_NOMINALS.get(word).is_some()
            && self.run_before(comma, 4) + 1 < comma
            && self.has_flags(self.run_before(comma, 4), flag::FEMALE | flag::MALE);
        let code = STATE_CODES.contains(word.trim_end_matches('.'))
            && self.case_of(i) != Case::Upper
            && !degree;
        let full = matches!(self.context.places.get(i), Some(Some((Place::State, _))));
        if !(short || code || full) {
            return;
        }
        let start = self.run_before(comma, MAX_TOWN_WORDS + 1);
        let words = comma - start;
        // "Ann Tull, Georgia": a person and where from.
        let person = words > 1
            && self.has_flags(start, flag::FEMALE | flag::MALE)
            && self.context.places.get(start) == Some(&None);
        if !(1..=MAX_TOWN_WORDS).contains(&words) || person && !short {
            return;
        }
        let mut end = i + 1;
        while full && matches!(self.context.places.get(end), Some(Some((Place::State, 2..)))) {
            end += 1;
        }
        // "Columbus, Ohio State": the state begins another name.
        if !short && self.same_paragraph(i, end) && self.is_capital(end) {
            return;
        }
        let bonus = if full { LIKELY } else { 2 * STRONG };
        self.give(i..end, Some(Label::Gpe), bonus);
        self.give(comma..i, None, bonus);
        if !person {
            self.give(start..comma, Some(Label::Gpe), bonus);
        }
    }

    /// "Co Limerick", "Co. Down": a county of Ireland, and no company.
    pub(super) fn cue_irish_county(&mut self, i: usize) {
        let co = matches!(self.word(i), "Co" | "Co.") && IRISH_COUNTIES.contains(&self.bare(i + 1));
        // "Guinness & Co Dublin"
        let named = self.before(i).is_some_and(|b| self.is_capital(b) || self.word(b) == "&");
        if co && !named && self.same_paragraph(i, i + 1) {
            self.give_whole(i..i + 2, Label::Gpe, 2 * STRONG);
        }
    }

    /// "near In Amenas", "left In Salah": a town that begins as a preposition does.
    pub(super) fn cue_town_with_in(&mut self, i: usize) {
        if self.word(i) != "In" || self.is_initial(i) || self.case_of(i) != Case::Plain {
            return;
        }
        let led = self.before(i).is_some_and(|b| {
            matches!(self.word(b), "near" | "from" | "at" | "of" | "to" | "in" | "left" | "outside")
        });
        let end = self.run_after(i, 3);
        if led && end == i + 2 && self.shape(i + 1) == Some(Shape::Capital) {
            self.give_whole(i..end, Label::Gpe, STRONG);
        }
    }

    /// "TROY, Ala. (AP) --", "LONDON —": the place in capitals at a paragraph's start.
    pub(super) fn find_dateline(&mut self, paragraph: usize) {
        let Some(paragraph) = self.tokenized.paragraphs().get(paragraph) else {
            return;
        };
        let range = paragraph.tokens.clone();
        let (start, mut i) = (range.start, range.start);
        let shouted = |i: usize| self.words.shapes.get(i) == Some(&Shape::Upper);
        while i < range.end && i - start < 4 && shouted(i) && !self.word(i).contains('.') {
            i += 1;
        }
        let town = i;
        if town == start || self.case_of(start) == Case::Upper {
            return;
        }
        // "(AP) —", or the dash alone; the state or land between, and perhaps a date.
        let is_dash = |i: usize| matches!(self.word(i), "—" | "–" | "--" | "―");
        let mut agency = false;
        let mut found = false;
        while i < range.end && i - start < 16 {
            let agency_here = self.word(i) == "("
                && (self.word(i + 2) == ")" || self.word(i + 3) == ")")
                && self.word(i + 1).starts_with(char::is_uppercase);
            if agency_here {
                agency = true;
                let close = if self.word(i + 2) == ")" { i + 2 } else { i + 3 };
                found = is_dash(close + 1) || self.word(close + 1) == "-" || close + 1 < range.end;
                self.give(i + 1..close, Some(Label::Org), LIKELY);
                break;
            }
            if is_dash(i) && i < range.end {
                found = true;
                break;
            }
            if self.is_lower(i) || matches!(self.word(i), ":" | "?" | "!" | "\"" | "“") {
                break;
            }
            i += 1;
        }
        let known = matches!(self.context.places.get(start), Some(Some(_)));
        if found && (agency || known || i > town) {
            self.give(start..town, Some(Label::Gpe), if agency { STRONG } else { LIKELY });
        }
    }

    /// "Barry, Berrien, Calhoun and Van Buren counties".
    pub(super) fn cue_listed_places(&mut self, i: usize) {
        if !self.is_lower(i) || !PLURAL_PLACE_HEADS.contains(self.word(i)) {
            return;
        }
        let mut start = i;
        let (mut names, mut joined) = (Vec::new(), false);
        while let Some(b) = self.before(start).filter(|_| i - start < MAX_LIST_TOKENS) {
            if self.is_capital(b) && !self.is_dull_start(b) {
                names.push(b);
            } else if self.word(b) == "," || matches!(self.word(b), "and" | "or" | "&") {
                // The last mark before the first name is no part of the list.
                joined |= !names.is_empty() && self.before(b).is_some_and(|c| self.is_capital(c));
            } else {
                break;
            }
            start = b;
        }
        if joined && names.len() > 1 {
            self.give(names.into_iter(), Some(Label::Gpe), STRONG);
        }
    }
}
