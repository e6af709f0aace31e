//! Numbers that measure nothing: which are ordinals and cardinals, and which are neither.

use std::ops::Range;

use super::numerals::{self, Number};
use super::sentence::{AmountScanner, NUMBER_PERMILLE, ORDINAL_PERMILLE, is_month};
use crate::document::Label;
use crate::vocabulary::amounts::{AFTER_PRONOUN_ONE, AFTER_SECOND, BEFORE_PRONOUN_ONE};

impl AmountScanner<'_, '_> {
    pub(super) fn ordinal_amount(
        &self,
        i: usize,
        n: &Number,
        before: &str,
    ) -> Option<(Label, Range<usize>, u16, &'static str)> {
        let after = self.lowercase_at(n.end);
        let word = self.lowercase_at(n.end - 1);
        if word == "second" {
            let time = matches!(before, "per" | "every" | "each" | "split" | "a" | "-" | "one");
            let noun = after.chars().all(char::is_alphabetic) && !after.is_empty();
            let small = AFTER_SECOND.contains(&after);
            if time && (before != "a" || !noun || small) {
                return None;
            }
        }
        // "a third of"
        if word == "third" && matches!(before, "a" | "one") && (after == "of" || after.is_empty()) {
            return Some((Label::Cardinal, i - 1..n.end, NUMBER_PERMILLE, "fraction"));
        }
        let month = is_month(before) || is_month(&after);
        let of_month = after == "of" && is_month(&self.lowercase_at(n.end + 1));
        if month || of_month || matches!(after.as_str(), "century" | "quarter") {
            return None;
        }
        Some((Label::Ordinal, i..n.end, ORDINAL_PERMILLE, "ordinal number"))
    }

    pub(super) fn cardinal_amount(
        &self,
        i: usize,
        end: usize,
        n: &Number,
        before: &str,
    ) -> Option<(Label, Range<usize>, u16, &'static str)> {
        let after = self.lowercase_at(end);
        let word = self.tokenized.word(i);
        if n.end == i + 1 && numerals::is_like_year(word) {
            let plural = after.ends_with('s')
                && after.len() > 3
                && !matches!(after.as_str(), "this" | "has" | "was" | "does" | "us");
            if !plural {
                return None;
            }
        }
        if n.end == i + 1 && word.eq_ignore_ascii_case("one") {
            let pronoun = BEFORE_PRONOUN_ONE.contains(before)
                || AFTER_PRONOUN_ONE.contains(&after)
                || after.is_empty()
                || !after.starts_with(char::is_alphabetic);
            if pronoun {
                return None;
            }
        }
        // Ages and lists: "1." at the start of a line, "(1)".
        let listed = i == self.range.start && n.digits && matches!(after.as_str(), "." | ")");
        if listed || (self.is_dash(end) && self.lowercase_at(end + 1) == "year") {
            return None;
        }
        Some((Label::Cardinal, i..end, NUMBER_PERMILLE, "number"))
    }
}
