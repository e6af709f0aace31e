//! Decades and centuries.

use super::parser::Parser;
use crate::dates::meaning::{Meaning, ParsedDate};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::Unit;
use crate::vocabulary::dates::POSSESSIVES;

impl Parser<'_> {
    /// "the 1990s", "1980s", "the '80s", "the nineties".
    pub(super) fn read_decade(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        let (first, to, known) = match self.kind(the) {
            LexemeKind::Decade(year) => (year, the + 1, true),
            LexemeKind::Mark('\'') if !self.is_spaced(the + 1) => match self.kind(the + 1) {
                LexemeKind::Nineties(tens) => (1900 + i32::from(tens), the + 2, false),
                _ => return None,
            },
            LexemeKind::Nineties(tens)
                if the > i
                    || self.is_any_word(i.wrapping_sub(1), &[W::Early, W::Late, W::Mid])
                    || self.is_mark(i.wrapping_sub(1), '-')
                        && self.is_any_word(i.wrapping_sub(2), &[W::Early, W::Late, W::Mid]) =>
            {
                // "in her early thirties", "in the 90s" of degrees.
                if (1..=2).any(|d| self.text_is_in(i.wrapping_sub(d), &POSSESSIVES)) {
                    return None;
                }
                if self.text_is_any_of(the + 1, &["degrees", "percent", "per"]) {
                    return None;
                }
                (1900 + i32::from(tens), the + 1, false)
            }
            _ => return None,
        };
        // Decades of "the 1900s" are centuries, in most mouths.
        Some(ParsedDate::new(i, to, Meaning::Decade(first, known)))
    }

    /// "the 19th century", "the early twentieth century", "21st-century".
    pub(super) fn read_century(&self, i: usize) -> Option<ParsedDate> {
        let the = self.skip_word(i, &[W::The]);
        let (n, at) = match self.kind(the) {
            LexemeKind::Ordinal(n @ 1..=30, _) => (n, the + 1),
            LexemeKind::Cardinal(20) => {
                let at = the + 1 + usize::from(self.is_joining_hyphen(the + 1));
                match self.kind(at) {
                    LexemeKind::Ordinal(n @ 1..=9, false) => (20 + n, at + 1),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let at = at + usize::from(self.is_joining_hyphen(at));
        // "21st Century Fox"
        let name = self.is_capitalized(at) && self.is_capitalized(at + 1) && !self.is_uppercase(at);
        if self.kind(at) != LexemeKind::Unit(Unit::Century) || name {
            return None;
        }
        let bc = self.is_word(at + 1, W::Bc);
        let century = if bc { -(n as i32) } else { n as i32 - 1 };
        Some(ParsedDate::new(i, at + 1 + usize::from(bc), Meaning::Century(century)))
    }
}
