//! Firms and bodies: "Hale & Roper", "the Sheriff's office", "Bureau of Engraving and Printing", credits.

use super::{CueFinder, LIKELY, STRONG};
use crate::document::Label;
use crate::entities::words::{Case, Shape};
use crate::lexicon::{Place, flag};
use crate::vocabulary::organisations::{FAMILY_ENDINGS, JOINT_BODY_HEADS, OUTLETS};
use crate::vocabulary::page::{CREDIT_LABELS, CreditWord};

/// Credits are short lines, or short brackets, in tokens.
const MAX_CREDIT_TOKENS: usize = 16;

impl CueFinder<'_, '_> {
    /// "Hale & Roper LLC", "Carver & Sons"; and "Moss Bros".
    pub(super) fn cue_ampersand(&mut self, i: usize) {
        if self.is_capital(i) && FAMILY_ENDINGS.contains(&self.bare(i)) {
            let start = self.run_before(i, 3);
            let the = start > 0 && self.bare(start - 1) == "the";
            if start < i && !the {
                self.give(start..i + 1, Some(Label::Org), STRONG);
            }
            return;
        }
        if self.word(i) != "&" || !self.is_capital(i + 1) || !self.same_paragraph(i, i + 1) {
            return;
        }
        let start = self.run_before(i, 4);
        let end = self.run_after(i + 1, 4);
        if start == i || self.case_of(i) != Case::Plain && end - start > 4 {
            return;
        }
        let given = flag::FEMALE | flag::MALE;
        // "Brad & Angelina" are two, and "Terms & Conditions" is nobody.
        let pair = |a: usize| self.has_flags(a, given) && !self.has_flags(a, flag::SURNAME);
        let named = |a: usize| {
            self.has_flags(a, flag::SURNAME | flag::RARE_SURNAME | given)
                || self.get(a).is_some_and(|t| matches!(t.word.rank, 0 | 7..))
        };
        let family = FAMILY_ENDINGS.contains(&self.bare(i + 1)) || self.bare(i + 1) == "co";
        if family || !(pair(i - 1) && pair(i + 1)) && named(i - 1) && named(i + 1) {
            self.give(start..end, Some(Label::Org), STRONG);
        } else if named(i - 1) || named(i + 1) {
            self.give(start..end, Some(Label::Org), LIKELY / 2);
        }
    }

    /// "Baldwin County Sheriff's office", "Alabama Attorney General's Office".
    pub(super) fn cue_office(&mut self, i: usize) {
        if !matches!(self.word(i), "'s" | "’s" | "'" | "’")
            || !matches!(self.bare(i + 1).as_str(), "office" | "department")
        {
            return;
        }
        let Some(holder) = self.before(i) else { return };
        let office = self.has_flags(holder, flag::TITLE)
            || matches!(
                self.bare(holder).as_str(),
                "attorney" | "attorneys" | "general" | "coroner" | "clerk" | "examiner"
                    | "auditor" | "comptroller" | "treasurer" | "assessor" | "recorder"
            );
        let start = self.run_before(i, 5);
        if office && start < holder {
            self.give(start..i + 2, Some(Label::Org), STRONG);
        }
    }

    /// "Bureau of Engraving and Printing", "Economic and Cultural Office".
    pub(super) fn cue_coordinated_body(&mut self, i: usize) {
        if !matches!(self.word(i), "and" | "&")
            || !self.is_capital(i + 1)
            || !self.same_paragraph(i, i + 1)
            || self.case_of(i) != Case::Plain
        {
            return;
        }
        // A common noun, no name of its own.
        let plain = |a: usize| {
            self.shape(a) == Some(Shape::Capital)
                && self.context.places.get(a) == Some(&None)
                && self.get(a).is_some_and(|t| {
                    matches!(t.word.rank, 1..=6) && t.word.flags & (flag::MALE | flag::FEMALE) == 0
                })
        };
        let start = self.run_before(i, 4);
        if start == i || !plain(i - 1) || !plain(i + 1) {
            return;
        }
        let of = self.before(start).filter(|&of| matches!(self.word(of), "of" | "for" | "on"));
        if let Some(head) = of.and_then(|of| self.before(of))
            && JOINT_BODY_HEADS.contains(&self.bare(head))
            && self.is_capital(head)
        {
            let from = self.run_before(head, 3);
            let to = self.run_after(i + 1, 3);
            // "Ministry of Justice and Ministry of Health" are two.
            let another = self.has_flags(to - 1, flag::ORG_HEAD) && self.word(to) == "of";
            if !another && !JOINT_BODY_HEADS.contains(&self.bare(i + 1)) {
                self.give(from..to, Some(Label::Org), LIKELY);
            }
            return;
        }
        let to = self.run_after(i + 1, 3);
        let head = JOINT_BODY_HEADS.contains(&self.bare(to - 1)) && to > i + 2;
        let adjective = |a: usize| {
            ["ic", "al", "ary", "ive", "ial"].iter().any(|end| self.bare(a).ends_with(end))
        };
        if head && adjective(i - 1) && adjective(i + 1) {
            self.give(start..to, Some(Label::Org), LIKELY);
        }
    }

    /// "March House", "The June Fund": no month.
    pub(super) fn cue_house_of_month(&mut self, i: usize) {
        let heads = flag::ORG_HEAD | flag::FAC_HEAD;
        if self.shape(i) != Some(Shape::Capital)
            || !self.has_flags(i, flag::CALENDAR)
            || self.shape(i + 1) != Some(Shape::Capital)
            || !self.same_paragraph(i, i + 1)
            || !self.has_flags(i + 1, heads)
            || self.is_capital(i + 2)
        {
            return;
        }
        // "In March House members voted."
        let dated = self.before(i).is_some_and(|b| {
            matches!(self.bare(b).as_str(), "in" | "on" | "since" | "by" | "until" | "last" | "next")
        });
        if !dated {
            let fac = self.has_flags(i + 1, flag::FAC_HEAD);
            let label = if fac { Label::Fac } else { Label::Org };
            self.give(i..i + 2, Some(label), STRONG);
        }
    }

    /// "(AP Photo/Marco Diaz)", "Picture: Getty Images", "Kyle Rose/USA TODAY Sports".
    pub(super) fn cue_credit(&mut self, i: usize) {
        let word = self.word(i);
        let slash = word == "/";
        if !(slash || word == ":" || word == "©" || word == "(" || word.eq_ignore_ascii_case("via")) {
            return;
        }
        let end = self.run_after(i + 1, 4);
        if end == i + 1 {
            return;
        }
        let outlet = (i + 1..end).any(|k| OUTLETS.get(&self.bare(k)).is_some());
        let label_before = self.before(i).is_some_and(|b| CREDIT_LABELS.get(&self.bare(b)).is_some());
        let closed = !self.same_paragraph(i, end) || matches!(self.word(end), ")" | "." | "," | "|");
        if word == "(" {
            // "(AP Photo/Marco Diaz)"
            let photo = (i + 2..end).find(|&k| is_picture_word(&self.bare(k)));
            let agency = OUTLETS.get(&self.bare(i + 1)).is_some_and(|o| o.signs_pictures);
            if let Some(photo) = photo.filter(|_| agency) {
                self.give(i + 1..photo, Some(Label::Org), STRONG);
                self.give(photo..photo + 1, None, STRONG);
            }
            return;
        }
        if !self.is_credit_line(i) {
            return;
        }
        if closed && (outlet && (slash || label_before || word == "©" || word.len() > 1)) {
            self.give(i + 1..end, Some(Label::Org), STRONG);
        } else if closed && label_before && !self.names_a_place(i + 1) {
            let label = if end - i > 2 { Label::Person } else { Label::Org };
            self.give(i + 1..end, Some(label), LIKELY / 2);
        }
        if slash {
            // Whoever took the picture stands before the mark, or after the agency's.
            let start = self.run_before(i, 3);
            let before = (start..i).any(|k| OUTLETS.get(&self.bare(k)).is_some());
            if outlet && !before && i - start > 1 {
                self.give(start..i, Some(Label::Person), STRONG);
                self.give(i..i + 1, None, STRONG);
            }
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
