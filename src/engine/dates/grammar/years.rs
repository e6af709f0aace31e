//! Years, alone or after a month.

use super::Parser;
use super::calendar::found;
use crate::dates::meaning::{Found, Meaning, Partial, YearRef};
use crate::dates::vocabulary::{Kind, Word as W};
use crate::timex::{Unit, year_of_two_digits};

impl Parser<'_> {
    /// A year that stands after a month or a season: digits, `'98`, words, BC.
    pub(super) fn year_after(&self, i: usize) -> Option<(YearRef, usize)> {
        match self.kind(i) {
            Kind::Number(n, 1..=4) if self.is(i + 1, W::Ad) && self.shouted(i + 1) => {
                Some((YearRef::Known(n as i32), i + 2))
            }
            // The Buddhist era.
            Kind::Number(n @ 2400.., 4) if matches!(self.text(i + 1), "BE" | "B.E.") => {
                Some((YearRef::Known(n as i32 - 543), i + 2))
            }
            Kind::Number(n, len @ 3..=4)
                if len == 4 && (1000..3001).contains(&n) || self.is(i + 1, W::Bc) =>
            {
                if self.is(i + 1, W::Bc) {
                    return Some((YearRef::Known(1 - n as i32), i + 2));
                }
                // Not "May 2021.5" or "3 May 1500 people".
                let to = i + 1;
                Some((YearRef::Known(n as i32), self.skip(to, &[W::Ad])))
            }
            Kind::Number(n, 1..=2) if self.is(i + 1, W::Bc) => {
                Some((YearRef::Known(1 - n as i32), i + 2))
            }
            Kind::Mark('\'') if !self.spaced(i + 1) => match self.kind(i + 1) {
                Kind::Number(n, 2) => Some((YearRef::Known(year_of_two_digits(n as i32)), i + 2)),
                _ => None,
            },
            Kind::Cardinal(13..=20 | 2) => {
                self.year_in_words(i).map(|(y, to)| (YearRef::Known(y), to))
            }
            _ => None,
        }
    }

    /// "this year", "of last year", "next year", "of that year", "a year ago", "a year earlier".
    pub(super) fn year_phrase(&self, i: usize) -> Option<(YearRef, usize)> {
        let at = self.skip(i, &[W::Of, W::In]);
        let at = self.skip(at, &[W::The]);
        let year = |at: usize| self.kind(at) == Kind::Unit(Unit::Year);
        let second = |word: &[W]| self.is_any(at, word) && year(at + 1);
        let of = self.is(i, W::Of);
        if second(&[W::Last]) || (of && second(&[W::Past])) {
            return Some((YearRef::Published(-1), at + 2));
        }
        if second(&[W::This]) || second(&[W::Current]) {
            return Some((YearRef::Published(0), at + 2));
        }
        if second(&[W::Next]) || second(&[W::Coming]) {
            return Some((YearRef::Published(1), at + 2));
        }
        if second(&[W::That, W::Same])
            || (self.is(at, W::That) && self.is(at + 1, W::Same) && year(at + 2))
        {
            return Some((YearRef::Antecedent(0), at + 2 + usize::from(self.is(at + 1, W::Same))));
        }
        if second(&[W::Previous, W::Prior]) {
            return Some((YearRef::Antecedent(-1), at + 2));
        }
        if second(&[W::Following]) {
            return Some((YearRef::Antecedent(1), at + 2));
        }
        if self.is(at, W::A) && year(at + 1) {
            if self.is(at + 2, W::Ago) {
                return Some((YearRef::Published(-1), at + 3));
            }
            if self.is(at + 2, W::Earlier) {
                return Some((YearRef::Antecedent(-1), at + 3));
            }
        }
        None
    }

    /// A year after an optional comma or "of", or a phrase for one.
    pub(super) fn any_year(&self, i: usize) -> Option<(YearRef, usize)> {
        if let Some(phrase) = self.year_phrase(i) {
            return Some(phrase);
        }
        let at = if self.mark(i, ',') || self.is(i, W::Of) { i + 1 } else { i };
        if self.spaced(at) || at == i && self.mark(at, '\'') {
            return self.year_after(at);
        }
        if self.mark(i, ',') { self.year_after(at) } else { None }
    }

    /// A bare year.
    pub(super) fn bare_year(&self, i: usize) -> Option<Found> {
        let known = |year: i32, to: usize| {
            let partial = Partial { year: YearRef::Known(year), ..Partial::NONE };
            Some(found(i, to, Meaning::Partial(partial)))
        };
        // "AD 79", "the year 2000", "the year two thousand"
        if self.is(i, W::Ad)
            && self.shouted(i)
            && let Kind::Number(n, 1..=4) = self.kind(i + 1)
        {
            return known(n as i32, i + 2);
        }
        if self.kind(self.skip(i, &[W::The])) == Kind::Unit(Unit::Year) {
            let at = self.skip(i, &[W::The]) + 1;
            let (year, to) = self.year_after(at)?;
            let YearRef::Known(year) = year else {
                return None;
            };
            return known(year, to);
        }
        if self.mark(i, '\'')
            && !self.spaced(i + 1)
            && let Kind::Number(n, 2) = self.kind(i + 1)
            && self.spaced(i)
            && !self.mark(i + 2, '\'')
        {
            return (n >= 30 || self.is_any(i.wrapping_sub(1), &[W::In, W::Since, W::Of]))
                .then(|| known(year_of_two_digits(n as i32), i + 2))?;
        }
        if let Some((year, to)) = self.year_in_words(i) {
            // "two thousand degrees"
            let round = year == 2000
                && !self.is_any(
                    i.wrapping_sub(1),
                    &[W::In, W::Since, W::By, W::Until, W::Of, W::Before, W::After],
                );
            if round {
                return None;
            }
            let quantity = self.unit(to).is_some();
            return if quantity { None } else { known(year, to) };
        }
        let Kind::Number(n, len) = self.kind(i) else {
            return None;
        };
        // A number that is the whole text may be anything; as a heading it is a year.
        if self.lexemes.len() == 1 && self.text.trim().len() == self.text(i).len() {
            return None;
        }
        let in_range = i >= 2 && self.joined(i - 1) && matches!(self.kind(i - 2), Kind::Number(..));
        if len <= 4 && self.is(i + 1, W::Bc) && (!self.glued(i) || in_range) {
            return known(1 - n as i32, i + 2);
        }
        // "499-493 BC", "499 to 493 BC"
        if len <= 4
            && (self.joined(i + 1) || self.is(i + 1, W::To))
            && !self.glued(i)
            && matches!(self.kind(i + 2), Kind::Number(m, 1..=4) if m < n)
            && self.is(i + 3, W::Bc)
        {
            return known(1 - n as i32, i + 1);
        }
        if len <= 4 && self.is(i + 1, W::Ad) && self.shouted(i + 1) && !self.glued(i) {
            return known(n as i32, i + 2);
        }
        if len != 4 || !(1000..2100).contains(&n) || !self.year_stands(i, n) {
            return None;
        }
        known(n as i32, i + 1)
    }

    /// Is the four-digit number at `i` a year and no amount?
    fn year_stands(&self, i: usize, n: u32) -> bool {
        if self.glued(i) && !(self.mark(i.wrapping_sub(1), '-') && self.year_range_before(i)) {
            return false;
        }
        if self.unit(i + 1).is_some() && !matches!(self.kind(i + 1), Kind::Unit(_))
            || matches!(self.kind(i + 1), Kind::Mark('%' | '°' | '@') | Kind::Multiple(_))
            || self.mark(i + 1, '/') && !self.next_year(i + 2, n)
            || self.mark(i + 1, '-')
                && !self.spaced(i + 1)
                && !matches!(
                    self.kind(i + 2),
                    Kind::Number(..)
                        | Kind::Word(_)
                        | Kind::Season(_)
                        | Kind::Other
                        | Kind::Month(_)
                        | Kind::Unit(_)
                )
            || self.says_any(
                i + 1,
                &[
                    "percent", "million", "billion", "feet", "miles", "km", "kg", "meters",
                    "metres", "pounds", "dollars", "euros", "people", "troops", "men", "soldiers",
                    "points", "tons", "tonnes", "votes", "workers", "employees", "students",
                    "jobs", "homes", "shares", "block",
                ],
            )
        {
            return false;
        }
        // "August 32, 2014", "2012 80 10", "Windows 2000", "2012-1400"
        let impossible = self.mark(i.wrapping_sub(1), ',')
            && matches!(self.kind(i.wrapping_sub(2)), Kind::Number(_, 1..=2))
            && matches!(self.kind(i.wrapping_sub(3)), Kind::Month(_))
            || matches!(self.before(i), Kind::Month(_))
                && matches!(self.kind(i.wrapping_sub(2)), Kind::Number(_, 1..=2));
        let before = i.wrapping_sub(1);
        // An event's year is one: "Film Festival 2014".
        const EVENTS: [&str; 22] = [
            "olympics", "games", "cup", "festival", "championship", "championships", "euro",
            "expo", "awards", "award", "conference", "summit", "show", "open", "prix", "final",
            "finals", "convention", "forum", "tour", "exhibition", "league",
        ];
        let name = self.before(i) == Kind::Other
            && self.capital(before)
            && !self.opens(before)
            && !self.opens(i)
            && !self.says_any(before, &EVENTS);
        let code = self.joined(i + 1)
            && matches!(self.kind(i + 2), Kind::Number(m, 4..) if m <= n || m > n + 300)
            || self.mark(before, '-')
                && !self.spaced(i)
                && matches!(self.kind(i.wrapping_sub(2)), Kind::Number(m, 4) if m >= n || n > m + 300);
        // "As of Wednesday, 1885 aftershocks"
        let next = self.text(i + 1);
        let counts = n < 1900
            && self.kind(i + 1) == Kind::Other
            && next.ends_with('s')
            && !self.capital(i + 1)
            && matches!(
                self.before(i),
                Kind::Mark(_) | Kind::Word(W::And | W::Or | W::For | W::To)
            );
        let zoned = self.kind(i + 1) == Kind::Zone && self.shouted(i + 1);
        if counts
            || zoned
            || impossible
            || name
            || code
            || matches!(self.kind(i + 1), Kind::Number(_, 1..=2)) && self.opens(i)
        {
            return false;
        }
        let cue = matches!(
            self.before(i),
            Kind::Word(
                W::In
                    | W::Since
                    | W::By
                    | W::Until
                    | W::Of
                    | W::From
                    | W::To
                    | W::Before
                    | W::After
                    | W::During
                    | W::Late
                    | W::Early
                    | W::Mid
                    | W::Fiscal
                    | W::Between
                    | W::And
                    | W::Through
                    | W::For
                    | W::The
                    | W::Throughout
                    | W::Or
                    | W::About
            ) | Kind::Mark('(' | '-' | ',' | '—' | '/' | ':' | '[')
        );
        if (1900..2050).contains(&n) {
            let number =
                matches!(self.before(i), Kind::Mark('#' | '$' | '£' | '€') | Kind::Number(..))
                    || self.says_any(
                        i.wrapping_sub(1),
                        &[
                            "no", "no.", "number", "page", "flight", "route", "highway", "room",
                            "article", "section", "windows", "office", "boeing", "least", "nearly",
                            "roughly", "over", "some", "only", "another", "channel", "model",
                        ],
                    )
                    || self.is(i.wrapping_sub(1), W::Than)
                        && !self.is_any(i.wrapping_sub(2), &[W::Earlier, W::Later])
                    || self.is(i.wrapping_sub(1), W::About) && !self.about_a_year(i);
            return !number || self.opens(i);
        }
        // "1861-1863", "1789: the Estates meet"
        let range = (self.joined(i + 1) || self.mark(i + 1, '—'))
            && matches!(self.kind(i + 2), Kind::Number(m, 4) if m > n && m < n + 200);
        let heads = self.opens(i) && self.mark(i + 1, ':') && self.spaced(i + 2);
        let amount = self.is(i.wrapping_sub(1), W::About) && !self.about_a_year(i);
        let ahead = self
            .is_any(i.wrapping_sub(1), &[W::In, W::By, W::Until, W::Before, W::After, W::Since]);
        (cue || range || heads) && !amount && (n < 2050 || ahead)
    }

    /// "22" or "2022" of "2021/22", the second half of a season or of a financial year.
    pub(super) fn next_year(&self, i: usize, year: u32) -> bool {
        let fits = match self.kind(i) {
            Kind::Number(m, 2) => m == (year + 1) % 100,
            Kind::Number(m, 4) => m == year + 1,
            _ => false,
        };
        fits && !self.spaced(i) && (self.spaced(i + 1) || !self.mark(i + 1, '/'))
    }

    /// "circa 1850"; "built around 1850.", where nothing follows that could be counted.
    fn about_a_year(&self, i: usize) -> bool {
        self.is(i.wrapping_sub(1), W::About)
            && (self.says_any(i.wrapping_sub(1), &["circa", "ca", "ca."])
                || matches!(self.kind(i + 1), Kind::Mark('.' | ',' | ';' | ')' | '—'))
                || i + 1 >= self.lexemes.len())
    }

    fn year_range_before(&self, i: usize) -> bool {
        i >= 2
            && matches!(
                self.kind(i - 2),
                Kind::Number(_, 4)
                    | Kind::Word(W::Post | W::Pre | W::Mid | W::Late | W::Early)
                    | Kind::Other
                    | Kind::Season(_)
                    | Kind::Month(_)
            )
    }
}
