//! Bodies: "Hale & Roper", "the Sheriff's office", "Bureau of Engraving and Printing", "March House".

use super::{CueFinder, LIKELY, STRONG};
use crate::document::Label;
use crate::entities::words::{Case, Shape};
use crate::lexicon::flag;
use crate::vocabulary::dates::TIME_ZONES;
use crate::vocabulary::organisations::{
    COMMON_ACRONYMS, FAMILY_ENDINGS, FOREIGN_HEADS, JOINT_BODY_HEADS,
};
use crate::vocabulary::people::TITLES;

impl CueFinder<'_, '_> {
    /// "Hale & Roper LLC", "Carver & Sons"; and "Moss Bros".
    pub(super) fn cue_ampersand(&mut self, i: usize) {
        if self.is_capital(i) && FAMILY_ENDINGS.contains(&self.bare(i)) {
            let start = self.run_before(i, 3);
            let the = start > 0 && self.bare(start - 1) == "the";
            if start < i && !the {
                self.give_whole(start..i + 1, Label::Org, STRONG);
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
            self.give_whole(start..end, Label::Org, STRONG);
        } else if named(i - 1) || named(i + 1) {
            self.give_whole(start..end, Label::Org, LIKELY / 2);
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
        let office = TITLES.get(&self.bare(holder)).is_some_and(|t| t.before_names)
            || matches!(
                self.bare(holder).as_str(),
                "attorney"
                    | "attorneys"
                    | "general"
                    | "coroner"
                    | "clerk"
                    | "examiner"
                    | "auditor"
                    | "comptroller"
                    | "treasurer"
                    | "assessor"
                    | "recorder"
            );
        let start = self.run_before(i, 5);
        if office && start < holder {
            self.give_whole(start..i + 2, Label::Org, 4 * STRONG);
        }
    }

    /// "the ICT fields", "at 9 AEST": capitals that name nobody.
    pub(super) fn cue_common_capitals(&mut self, i: usize) {
        let alone = |i: usize| {
            self.shape(i) == Some(Shape::Upper)
                && self.context.run_at(i).is_none_or(|r| r.end - r.start == 1)
        };
        if !alone(i) {
            return;
        }
        let zone = TIME_ZONES.get(&self.bare(i)).is_some() && self.word(i).len() > 2;
        if zone || COMMON_ACRONYMS.contains(self.word(i)) {
            self.give(i..i + 1, None, STRONG);
        }
    }

    /// "trained in Robotics and Geology": subjects of study are no bodies, whatever their capital.
    pub(super) fn cue_field_of_study(&mut self, i: usize) {
        let word = self.word(i);
        let study =
            word.len() > 7 && ["ics", "ology", "ography"].iter().any(|end| word.ends_with(end));
        let alone = self.context.run_at(i).is_some_and(|r| r.end - r.start == 1);
        // "said", "'s": it acts.
        let next = self.word(i + 1);
        let stands = matches!(next, "," | "." | "and" | "or" | ")" | ";")
            && self.before(i).is_some_and(|b| {
                matches!(
                    self.word(b),
                    "in" | ","
                        | "and"
                        | "or"
                        | "of"
                        | "studied"
                        | "teaches"
                        | "taught"
                        | "studying"
                )
            });
        if study && alone && stands && self.shape(i) == Some(Shape::Capital) {
            self.give(i..i + 1, None, STRONG);
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
                self.give_whole(from..to, Label::Org, LIKELY);
            }
            return;
        }
        let to = self.run_after(i + 1, 3);
        let head = JOINT_BODY_HEADS.contains(&self.bare(to - 1)) && to > i + 2;
        let adjective = |a: usize| {
            ["ic", "al", "ary", "ive", "ial"].iter().any(|end| self.bare(a).ends_with(end))
        };
        if head && adjective(i - 1) && adjective(i + 1) {
            self.give_whole(start..to, Label::Org, LIKELY);
        }
    }

    /// "Museo Tamayo", "Teatro Colón", "Universidad Austral": other languages put the kind of body first.
    pub(super) fn cue_foreign_head(&mut self, i: usize) {
        if self.shape(i) != Some(Shape::Capital)
            || self.case_of(i) != Case::Plain
            || self.before(i).is_some_and(|b| self.is_capital(b) && !self.is_dull_start(b))
            || !self.is_capital(i + 1)
            || !FOREIGN_HEADS.contains(&self.bare(i))
        {
            return;
        }
        let end = self.run_after(i, 4);
        if end > i + 1 {
            self.give_whole(i..end, Label::Org, STRONG);
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
            matches!(
                self.bare(b).as_str(),
                "in" | "on" | "since" | "by" | "until" | "last" | "next"
            )
        });
        if !dated {
            let fac = self.has_flags(i + 1, flag::FAC_HEAD);
            let label = if fac { Label::Fac } else { Label::Org };
            self.give_whole(i..i + 2, label, STRONG);
        }
    }
}
