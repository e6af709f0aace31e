//! Credits of pictures: "(AP Photo/Marco Diaz)", "Picture: Getty Images", "Kyle Rose/USA TODAY Sports".

use super::{CueFinder, LIKELY, STRONG};
use crate::document::Label;
use crate::lexicon::{Place, flag};
use crate::vocabulary::organisations::OUTLETS;
use crate::vocabulary::page::{CREDIT_LABELS, CreditWord};

/// Credits are short lines, or short brackets, in tokens.
const MAX_CREDIT_TOKENS: usize = 16;

impl CueFinder<'_, '_> {
    /// "(AP Photo/Marco Diaz)", "Picture: Getty Images", "Kyle Rose/USA TODAY Sports".
    pub(super) fn cue_credit(&mut self, i: usize) {
        let word = self.word(i);
        if OUTLETS.get(&self.bare(i)).is_some_and(|o| o.signs_pictures) && self.is_capital(i) {
            self.cue_agency(i);
        }
        let slash = word == "/";
        let via = word.eq_ignore_ascii_case("via");
        if !(slash || via || matches!(word, ":" | "©")) || !self.is_credit_line(i) {
            return;
        }
        let end = self.run_after(i + 1, 4);
        if end == i + 1 {
            return;
        }
        let is_outlet = |k: usize| OUTLETS.get(&self.bare(k)).is_some();
        let outlet = (i + 1..end).any(is_outlet);
        let label_before =
            self.before(i).is_some_and(|b| CREDIT_LABELS.get(&self.bare(b)).is_some());
        let closed =
            !self.same_paragraph(i, end) || matches!(self.word(end), ")" | "." | "," | "|" | "/");
        if !closed {
            return;
        }
        let given = flag::FEMALE | flag::MALE;
        if slash {
            // Whoever took the picture stands before the mark, or after the agency's.
            let start = self.run_before(i, 3);
            let tight = self.is_glued(i + 1);
            let author =
                i - start > 1 && self.has_flags(start, given) && !(start..i).any(is_outlet);
            if tight && author && !self.has_flags(i + 1, given) || outlet && author {
                self.give_whole(start..i, Label::Person, STRONG);
                self.give(i..i + 1, None, STRONG);
                self.give_whole(i + 1..end, Label::Org, 2 * STRONG);
            } else if outlet {
                self.give_whole(i + 1..end, Label::Org, 2 * STRONG);
            }
        } else if outlet && (label_before || via || word == "©") {
            self.give_whole(i + 1..end, Label::Org, 2 * STRONG);
        } else if label_before && !self.names_a_place(i + 1) {
            let label = if end - i > 2 { Label::Person } else { Label::Org };
            self.give(i + 1..end, Some(label), LIKELY / 2);
        }
    }

    /// "AP Photo", a line of "Getty Images" alone, "and AP".
    fn cue_agency(&mut self, i: usize) {
        let end = self.run_after(i, 4);
        let photo = (i + 1..end).find(|&k| is_picture_word(&self.bare(k)));
        let first = self.before(i).is_none_or(|b| !self.is_capital(b));
        let images = photo.filter(|&k| matches!(self.word(k), "Images" | "Pictures"));
        if let Some(photo) = photo.filter(|_| first && images.is_none()) {
            self.give(i..photo, Some(Label::Org), STRONG);
            self.give(photo..photo + 1, None, STRONG);
        } else if first
            && (self.before(i).is_none() && !self.same_paragraph(i, end)
                || end == i + 1 && matches!(self.word(i), "AP" | "AFP" | "UPI" | "DPA"))
        {
            self.give_whole(i..end, Label::Org, STRONG);
        }
    }

    fn names_a_place(&self, i: usize) -> bool {
        !matches!(self.context.places.get(i), Some(None | Some((Place::Demonym, _))))
    }

    /// The mark stands in a short line or a short bracket.
    fn is_credit_line(&self, i: usize) -> bool {
        let paragraph = self.context.paragraph.get(i).map(|&p| p as usize);
        let paragraph = paragraph.and_then(|p| self.tokenized.paragraphs().get(p));
        let Some(range) = paragraph.map(|p| p.tokens.clone()) else {
            return false;
        };
        let opened = (i.saturating_sub(MAX_CREDIT_TOKENS).max(range.start)..i)
            .rev()
            .find(|&k| matches!(self.word(k), "(" | ")" | "["));
        range.len() <= MAX_CREDIT_TOKENS
            || opened.is_some_and(|k| self.word(k) != ")")
            || range.end - i <= 6
    }
}

/// "photo", "picture".
fn is_picture_word(word: &str) -> bool {
    matches!(CREDIT_LABELS.get(word), Some(CreditWord::Label))
}
