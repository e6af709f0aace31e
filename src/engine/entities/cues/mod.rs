//! Constructions that tell what a name is, whatever its words: "Sgt. Stone", "Gary, Ind.", "Hale & Roper".
//!
//! Each is a bonus on the scores of one label for some tokens, added before the best tags are looked
//! for, so the taggers' own scores still count, and what is found speaks for the other mentions of the
//! same words. Must not know the taggers. One look at each token: linear in the text.

mod bodies;
mod credits;
mod firms;
mod markets;
mod people;
mod places;
mod sport;

use std::ops::Range;

use super::context::Context;
use super::sequence::Row;
use super::tags::{self, OUTSIDE, Part, Tag};
use super::words::{Case, Shape, WordType, Words};
use crate::document::Label;
use crate::lexicon::flag;
use crate::text::TokenizedText;

/// The construction leaves no doubt. Scores are 32nds of a nat.
const CERTAIN: i32 = 4096;
/// It rarely means anything else.
const STRONG: i32 = 320;
/// It mostly does.
const LIKELY: i32 = 96;

/// What a construction says of one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    token: u32,
    /// `None`: it is part of no name.
    label: Option<Label>,
    bonus: i32,
    /// The name began before it.
    inside: bool,
}

impl Cue {
    /// The token that it is about.
    pub(super) fn token(self) -> usize {
        self.token as usize
    }

    /// Adds the bonus to the scores of the token's tags.
    pub(super) fn apply(self, row: &mut Row) {
        for (tag, score) in row.iter_mut().enumerate() {
            let meant = match (self.label, tags::meaning(tag as Tag)) {
                (None, _) => tag == usize::from(OUTSIDE),
                (Some(label), Some((own, part))) => {
                    own == label && (!self.inside || matches!(part, Part::Inside | Part::Last))
                }
                _ => false,
            };
            if meant {
                *score += self.bonus;
            }
        }
    }
}

/// All cues of a text, in no order.
pub(super) fn find_cues(
    tokenized: &TokenizedText<'_>,
    words: &Words,
    context: &Context,
) -> Vec<Cue> {
    let mut finder = CueFinder { tokenized, words, context, out: Vec::new() };
    for (p, paragraph) in tokenized.paragraphs().iter().enumerate() {
        finder.find_dateline(p);
        for i in paragraph.tokens.clone() {
            finder.cue_titled_surname(i);
            finder.cue_party_tag(i);
            finder.cue_post_nominal(i);
            finder.cue_first_name(i);
            finder.cue_state(i);
            finder.cue_listed_places(i);
            finder.cue_ampersand(i);
            finder.cue_office(i);
            finder.cue_coordinated_body(i);
            finder.cue_house_of_month(i);
            finder.cue_credit(i);
            finder.cue_possessive_firm(i);
            finder.cue_thing(i);
            finder.cue_described_firm(i);
            finder.cue_turn_label(i);
            finder.cue_field_of_study(i);
            finder.cue_common_capitals(i);
            finder.cue_role_before_name(i);
            finder.cue_employer_of_analyst(i);
            finder.cue_possessive_with_ending(i);
            finder.cue_market_index(i);
            finder.cue_letters_with_strokes(i);
            finder.cue_share_code(i);
            finder.cue_number_ten(i);
            finder.cue_town_of_venue(i);
            finder.cue_town_with_in(i);
            finder.cue_irish_county(i);
            finder.cue_foreign_head(i);
            finder.cue_legal_form(i);
            finder.cue_numbered_club(i);
            finder.cue_age_group(i);
            finder.cue_club_of_town(i);
        }
    }
    finder.find_lowercase_brands();
    finder.out
}

struct CueFinder<'a, 't> {
    tokenized: &'a TokenizedText<'t>,
    words: &'a Words,
    context: &'a Context,
    out: Vec<Cue>,
}

impl<'t> CueFinder<'_, 't> {
    fn give(&mut self, tokens: impl Iterator<Item = usize>, label: Option<Label>, bonus: i32) {
        self.out.extend(tokens.map(|i| Cue { token: i as u32, label, bonus, inside: false }));
    }

    /// All tokens are one name.
    fn give_whole(&mut self, tokens: Range<usize>, label: Label, bonus: i32) {
        let cue =
            |i: usize| Cue { token: i as u32, label: Some(label), bonus, inside: i > tokens.start };
        self.out.extend(tokens.clone().map(cue));
    }

    fn word(&self, i: usize) -> &'t str {
        self.tokenized.word(i)
    }

    fn get(&self, i: usize) -> Option<&WordType> {
        self.words.get(i)
    }

    /// The word before token `i`, in its paragraph.
    fn before(&self, i: usize) -> Option<usize> {
        let b = i.checked_sub(1)?;
        self.same_paragraph(b, i).then_some(b)
    }

    /// In lowercase, without the full stop of an abbreviation.
    fn bare(&self, i: usize) -> String {
        self.word(i).trim_end_matches('.').to_lowercase()
    }

    fn has_flags(&self, i: usize, flags: u16) -> bool {
        self.get(i).is_some_and(|t| t.word.flags & flags != 0)
    }

    fn shape(&self, i: usize) -> Option<Shape> {
        self.get(i).map(|t| t.shape)
    }

    /// Written as names are.
    fn is_capital(&self, i: usize) -> bool {
        matches!(self.shape(i), Some(Shape::Capital | Shape::Mixed | Shape::Upper))
    }

    fn is_lower(&self, i: usize) -> bool {
        self.shape(i) == Some(Shape::Lower)
    }

    fn is_initial(&self, i: usize) -> bool {
        self.context.initial.get(i).copied().unwrap_or(false)
    }

    fn same_paragraph(&self, a: usize, b: usize) -> bool {
        let paragraph = self.context.paragraph.get(a);
        paragraph.is_some() && paragraph == self.context.paragraph.get(b)
    }

    fn is_glued(&self, i: usize) -> bool {
        self.tokenized.tokens().get(i).is_some_and(|t| !t.spaced)
    }

    fn case_of(&self, i: usize) -> Case {
        self.context.case_of(self.words, i)
    }

    /// A word at a sentence's start whose capital says nothing: "In".
    fn is_dull_start(&self, i: usize) -> bool {
        let names = flag::FEMALE | flag::MALE | flag::SURNAME;
        self.is_initial(i)
            && self.get(i).is_some_and(|t| {
                matches!(t.word.rank, 1..=3) && t.word.flags & names == 0 && t.shape != Shape::Upper
            })
    }

    /// Where the capitalized words that end before `end` begin; at most `most` words.
    fn run_before(&self, end: usize, most: usize) -> usize {
        let mut start = end;
        while let Some(b) = start.checked_sub(1)
            && end - start < most
            && self.same_paragraph(b, end.saturating_sub(1))
            && self.is_capital(b)
            && !self.is_dull_start(b)
        {
            start = b;
        }
        start
    }

    /// Where the capitalized words from `start` on end; at most `most` words.
    fn run_after(&self, start: usize, most: usize) -> usize {
        let mut end = start;
        while end - start < most && self.same_paragraph(start, end) && self.is_capital(end) {
            end += 1;
        }
        end
    }
}
