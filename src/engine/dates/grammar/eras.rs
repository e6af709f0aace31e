//! Decades and centuries.

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Found, Meaning};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::Unit;

impl Parser<'_> {
    /// "the 1990s", "1980s", "the '80s", "the nineties".
    pub(super) fn decade(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let (first, to, known) = match self.kind(the) {
            Kind::Decade(year) => (year, the + 1, true),
            Kind::Mark('\'') if !self.spaced(the + 1) => match self.kind(the + 1) {
                Kind::Nineties(tens) => (1900 + i32::from(tens), the + 2, false),
                _ => return None,
            },
            Kind::Nineties(tens)
                if the > i
                    || self.is_any(i.wrapping_sub(1), &[W::Early, W::Late, W::Mid])
                    || self.mark(i.wrapping_sub(1), '-')
                        && self.is_any(i.wrapping_sub(2), &[W::Early, W::Late, W::Mid]) =>
            {
                // "in her early thirties", "in the 90s" of degrees.
                if (1..=2).any(|d| {
                    self.says_any(
                        i.wrapping_sub(d),
                        &["his", "her", "their", "my", "our", "your", "its"],
                    )
                }) {
                    return None;
                }
                if self.says_any(the + 1, &["degrees", "percent", "per"]) {
                    return None;
                }
                (1900 + i32::from(tens), the + 1, false)
            }
            _ => return None,
        };
        // Decades of "the 1900s" are centuries, in most mouths.
        Some(found(i, to, Meaning::Decade(first, known)))
    }

    /// "the 19th century", "the early twentieth century", "21st-century".
    pub(super) fn century(&self, i: usize) -> Option<Found> {
        let the = self.skip(i, &[W::The]);
        let (n, at) = match self.kind(the) {
            Kind::Ordinal(n @ 1..=30, _) => (n, the + 1),
            Kind::Cardinal(20) => {
                let at = the + 1 + usize::from(self.joined(the + 1));
                match self.kind(at) {
                    Kind::Ordinal(n @ 1..=9, false) => (20 + n, at + 1),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let at = at + usize::from(self.joined(at));
        // "21st Century Fox"
        let name = self.capital(at) && self.capital(at + 1) && !self.shouted(at);
        if self.kind(at) != Kind::Unit(Unit::Century) || name {
            return None;
        }
        let bc = self.is(at + 1, W::Bc);
        let century = if bc { -(n as i32) } else { n as i32 - 1 };
        Some(found(i, at + 1 + usize::from(bc), Meaning::Century(century)))
    }
}
