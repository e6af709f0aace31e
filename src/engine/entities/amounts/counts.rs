//! Numbers that measure nothing: which are ordinals and cardinals, and which are neither.

use std::ops::Range;

use super::numerals::{self, Number, has};
use super::units::MONTHS;
use super::{NUMBER, ORDINAL, Scan};
use crate::document::Label;

impl Scan<'_, '_> {
    pub(super) fn ordinal(
        &self,
        i: usize,
        n: &Number,
        before: &str,
    ) -> Option<(Label, Range<usize>, u16, &'static str)> {
        let after = self.low(n.end);
        let word = self.low(n.end - 1);
        if word == "second" {
            let time = matches!(before, "per" | "every" | "each" | "split" | "a" | "-" | "one");
            let noun = after.chars().all(char::is_alphabetic) && !after.is_empty();
            let small = matches!(
                after.as_str(),
                "of" | "to" | "and" | "later" | "after" | "before" | "in" | "or" | "ago"
            );
            if time && (before != "a" || !noun || small) {
                return None;
            }
        }
        // "a third of"
        if word == "third" && matches!(before, "a" | "one") && (after == "of" || after.is_empty()) {
            return Some((Label::Cardinal, i - 1..n.end, NUMBER, "fraction"));
        }
        let month = has(MONTHS, before) || has(MONTHS, &after);
        let of_month = after == "of" && has(MONTHS, &self.low(n.end + 1));
        if month || of_month || matches!(after.as_str(), "century" | "quarter") {
            return None;
        }
        Some((Label::Ordinal, i..n.end, ORDINAL, "ordinal number"))
    }

    pub(super) fn cardinal(
        &self,
        i: usize,
        end: usize,
        n: &Number,
        before: &str,
    ) -> Option<(Label, Range<usize>, u16, &'static str)> {
        let after = self.low(end);
        let word = self.reading.word(i);
        if n.end == i + 1 && numerals::like_year(word) {
            let plural = after.ends_with('s')
                && after.len() > 3
                && !matches!(after.as_str(), "this" | "has" | "was" | "does" | "us");
            if !plural {
                return None;
            }
        }
        if n.end == i + 1 && word.eq_ignore_ascii_case("one") {
            let pronoun = matches!(
                before,
                "no" | "this"
                    | "that"
                    | "the"
                    | "each"
                    | "every"
                    | "any"
                    | "some"
                    | "which"
                    | "another"
                    | "-"
                    | "–"
                    | "a"
                    | "an"
                    | "first"
                    | "last"
                    | "only"
                    | "my"
                    | "your"
                    | "his"
                    | "her"
                    | "their"
                    | "our"
            ) || matches!(
                after.as_str(),
                "another"
                    | "'s"
                    | "’s"
                    | "can"
                    | "could"
                    | "must"
                    | "should"
                    | "would"
                    | "may"
                    | "might"
                    | "is"
                    | "has"
                    | "was"
                    | "will"
                    | "who"
                    | "that"
                    | "to"
                    | "who's"
                    | "does"
                    | "can't"
                    | "needs"
                    | "or"
            ) || after.is_empty()
                || !after.starts_with(char::is_alphabetic);
            if pronoun {
                return None;
            }
        }
        // Ages and lists: "1." at the start of a line, "(1)".
        let listed = i == self.range.start && n.digits && matches!(after.as_str(), "." | ")");
        if listed || (self.dash(end) && self.low(end + 1) == "year") {
            return None;
        }
        Some((Label::Cardinal, i..end, NUMBER, "number"))
    }
}
