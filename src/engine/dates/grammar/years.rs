//! Years, alone or after a month.

use super::parser::Parser;
use crate::dates::meaning::{Meaning, ParsedDate, PartialDate, YearRef};
use crate::dates::vocabulary::{LexemeKind, Word as W};
use crate::timex::{Unit, year_of_two_digits};
use crate::vocabulary::dates::{
    AFTER_COUNT, AFTER_SEASON_YEARS, BEFORE_COUNT, BEFORE_DOOR_NUMBER, SEASON_NOUNS, STREETS,
    YEARLY_EVENTS,
};

impl Parser<'_> {
    /// A year that stands after a month or a season: digits, `'98`, words, BC.
    pub(super) fn read_year_after(&self, i: usize) -> Option<(YearRef, usize)> {
        match self.kind(i) {
            LexemeKind::Number(n, 1..=4)
                if self.is_word(i + 1, W::Ad) && self.is_uppercase(i + 1) =>
            {
                Some((YearRef::Known(n as i32), i + 2))
            }
            // The Buddhist era.
            LexemeKind::Number(n @ 2400.., 4) if matches!(self.text(i + 1), "BE" | "B.E.") => {
                Some((YearRef::Known(n as i32 - 543), i + 2))
            }
            LexemeKind::Number(n, len @ 3..=4)
                if len == 4 && (1000..3001).contains(&n) || self.is_word(i + 1, W::Bc) =>
            {
                if self.is_word(i + 1, W::Bc) {
                    return Some((YearRef::Known(1 - n as i32), i + 2));
                }
                // Not "May 2021.5" or "3 May 1500 people".
                let to = i + 1;
                Some((YearRef::Known(n as i32), self.skip_word(to, &[W::Ad])))
            }
            LexemeKind::Number(n, 1..=2) if self.is_word(i + 1, W::Bc) => {
                Some((YearRef::Known(1 - n as i32), i + 2))
            }
            LexemeKind::Mark('\'') if !self.is_spaced(i + 1) => match self.kind(i + 1) {
                LexemeKind::Number(n, 2) => {
                    Some((YearRef::Known(year_of_two_digits(n as i32)), i + 2))
                }
                _ => None,
            },
            LexemeKind::Cardinal(13..=20 | 2) => {
                self.read_year_in_words(i).map(|(y, to)| (YearRef::Known(y), to))
            }
            _ => None,
        }
    }

    /// "this year", "of last year", "next year", "of that year", "a year ago", "a year earlier".
    pub(super) fn read_year_phrase(&self, i: usize) -> Option<(YearRef, usize)> {
        let at = self.skip_word(i, &[W::Of, W::In]);
        let at = self.skip_word(at, &[W::The]);
        let year = |at: usize| self.kind(at) == LexemeKind::Unit(Unit::Year);
        let second = |word: &[W]| self.is_any_word(at, word) && year(at + 1);
        let of = self.is_word(i, W::Of);
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
            || (self.is_word(at, W::That) && self.is_word(at + 1, W::Same) && year(at + 2))
        {
            return Some((
                YearRef::Antecedent(0),
                at + 2 + usize::from(self.is_word(at + 1, W::Same)),
            ));
        }
        if second(&[W::Previous, W::Prior]) {
            return Some((YearRef::Antecedent(-1), at + 2));
        }
        if second(&[W::Following]) {
            return Some((YearRef::Antecedent(1), at + 2));
        }
        if self.is_word(at, W::A) && year(at + 1) {
            if self.is_word(at + 2, W::Ago) {
                return Some((YearRef::Published(-1), at + 3));
            }
            if self.is_word(at + 2, W::Earlier) {
                return Some((YearRef::Antecedent(-1), at + 3));
            }
        }
        None
    }

    /// A year after an optional comma or "of", or a phrase for one.
    pub(super) fn read_any_year(&self, i: usize) -> Option<(YearRef, usize)> {
        if let Some(phrase) = self.read_year_phrase(i) {
            return Some(phrase);
        }
        let at = if self.is_mark(i, ',') || self.is_word(i, W::Of) { i + 1 } else { i };
        if self.is_spaced(at) || at == i && self.is_mark(at, '\'') {
            return self.read_year_after(at);
        }
        if self.is_mark(i, ',') { self.read_year_after(at) } else { None }
    }

    /// A bare year.
    pub(super) fn read_bare_year(&self, i: usize) -> Option<ParsedDate> {
        let known = |year: i32, to: usize| {
            let partial = PartialDate { year: YearRef::Known(year), ..PartialDate::NONE };
            Some(ParsedDate::new(i, to, Meaning::Partial(partial)))
        };
        // "AD 79", "the year 2000", "the year two thousand"
        if self.is_word(i, W::Ad)
            && self.is_uppercase(i)
            && let LexemeKind::Number(n, 1..=4) = self.kind(i + 1)
        {
            return known(n as i32, i + 2);
        }
        if self.kind(self.skip_word(i, &[W::The])) == LexemeKind::Unit(Unit::Year) {
            let at = self.skip_word(i, &[W::The]) + 1;
            let (year, to) = self.read_year_after(at)?;
            let YearRef::Known(year) = year else {
                return None;
            };
            // "the fiscal year 2021-22"
            let pair = match self.kind(to - 1) {
                LexemeKind::Number(n, 4) => self.read_season_years(to - 1, n),
                _ => None,
            };
            return known(year, pair.unwrap_or(to));
        }
        if self.is_mark(i, '\'')
            && !self.is_spaced(i + 1)
            && let LexemeKind::Number(n, 2) = self.kind(i + 1)
            && self.is_spaced(i)
            && !self.is_mark(i + 2, '\'')
        {
            return (n >= 30 || self.is_any_word(i.wrapping_sub(1), &[W::In, W::Since, W::Of]))
                .then(|| known(year_of_two_digits(n as i32), i + 2))?;
        }
        if let Some((year, to)) = self.read_year_in_words(i) {
            // "two thousand degrees"
            let round = year == 2000
                && !self.is_any_word(
                    i.wrapping_sub(1),
                    &[W::In, W::Since, W::By, W::Until, W::Of, W::Before, W::After],
                );
            if round {
                return None;
            }
            let quantity = self.unit_at(to).is_some();
            return if quantity { None } else { known(year, to) };
        }
        let LexemeKind::Number(n, len) = self.kind(i) else {
            return None;
        };
        // A number that is the whole text may be anything; as a heading it is a year.
        if self.lexemes.len() == 1 && self.text.trim().len() == self.text(i).len() {
            return None;
        }
        let in_range = i >= 2
            && self.is_joining_hyphen(i - 1)
            && matches!(self.kind(i - 2), LexemeKind::Number(..));
        if len <= 4 && self.is_word(i + 1, W::Bc) && (!self.is_glued(i) || in_range) {
            return known(1 - n as i32, i + 2);
        }
        // "499-493 BC", "499 to 493 BC"
        if len <= 4
            && (self.is_joining_hyphen(i + 1) || self.is_word(i + 1, W::To))
            && !self.is_glued(i)
            && matches!(self.kind(i + 2), LexemeKind::Number(m, 1..=4) if m < n)
            && self.is_word(i + 3, W::Bc)
        {
            return known(1 - n as i32, i + 1);
        }
        if len <= 4 && self.is_word(i + 1, W::Ad) && self.is_uppercase(i + 1) && !self.is_glued(i) {
            return known(n as i32, i + 2);
        }
        if len != 4 || !(1000..2100).contains(&n) || !self.year_stands(i, n) {
            return None;
        }
        known(n as i32, self.read_season_years(i, n).unwrap_or(i + 1))
    }

    /// "2021-22", "2021/22" and "2021–2022", where a season or a year of budgets and schools is meant that runs from one
    /// year into the next, and not the two years; the lexeme after it. Such a season goes by its first year.
    fn read_season_years(&self, i: usize, year: u32) -> Option<usize> {
        /// In lexemes: "the 2021-22 Hero Indian Super League season".
        const REACH: usize = 6;
        if !self.joins_next_year(i, year) {
            return None;
        }
        let slash = self.is_mark(i + 1, '/');
        let to = i + 3;
        let word =
            |at: usize| !matches!(self.kind(at), LexemeKind::Mark(_) | LexemeKind::Number(..));
        let after = (to..to + REACH).take_while(|&at| word(at) && !self.opens_sentence(at));
        let season = after
            .take_while(|&at| !self.text_is_in(at, &AFTER_SEASON_YEARS))
            .find(|&at| self.text_is_in(at, &SEASON_NOUNS));
        // "the dry season of 1974 and 1975": weather has no years of its own.
        let weather = season
            .is_some_and(|at| self.text_is_any_of(at - 1, &["dry", "wet", "rainy", "monsoon"]));
        // "ISL 2021-22: how it was won", "season 2021-22"
        let before = i.wrapping_sub(1);
        let named = self.text_is_in(before, &SEASON_NOUNS)
            || self.is_capitalized(before)
                && self.kind_before(i) == LexemeKind::Other
                && (!self.opens_sentence(before) || self.is_uppercase(before));
        (slash || named || season.is_some() && !weather).then_some(to)
    }

    /// A mark without blanks and the next year follow the year at `i`: "2021-22".
    fn joins_next_year(&self, i: usize, year: u32) -> bool {
        let mark = self.is_joining_hyphen(i + 1)
            || matches!(self.kind(i + 1), LexemeKind::Mark('/' | '—')) && !self.is_spaced(i + 1);
        mark && (1800..2100).contains(&year) && self.next_year(i + 2, year)
    }

    /// Is the four-digit number at `i` a year and no amount?
    fn year_stands(&self, i: usize, n: u32) -> bool {
        if self.is_glued(i) && !(self.is_mark(i.wrapping_sub(1), '-') && self.year_range_before(i))
        {
            return false;
        }
        if self.unit_at(i + 1).is_some() && !matches!(self.kind(i + 1), LexemeKind::Unit(_))
            || matches!(
                self.kind(i + 1),
                LexemeKind::Mark('%' | '°' | '@') | LexemeKind::Multiple(_)
            )
            || self.is_mark(i + 1, '/') && !self.next_year(i + 2, n)
            || self.is_mark(i + 1, '-')
                && !self.is_spaced(i + 1)
                && !matches!(
                    self.kind(i + 2),
                    LexemeKind::Number(..)
                        | LexemeKind::Word(_)
                        | LexemeKind::Season(_)
                        | LexemeKind::Other
                        | LexemeKind::Month(_)
                        | LexemeKind::Unit(_)
                )
            || self.text_is_in(i + 1, &AFTER_COUNT)
        {
            return false;
        }
        // "August 32, 2014", "2012 80 10", "Windows 2000", "2012-1400"
        let impossible = self.is_mark(i.wrapping_sub(1), ',')
            && matches!(self.kind(i.wrapping_sub(2)), LexemeKind::Number(_, 1..=2))
            && matches!(self.kind(i.wrapping_sub(3)), LexemeKind::Month(_))
            || matches!(self.kind_before(i), LexemeKind::Month(_))
                && matches!(self.kind(i.wrapping_sub(2)), LexemeKind::Number(_, 1..=2));
        let before = i.wrapping_sub(1);
        // An event's year is one: "Film Festival 2014".
        let name = self.kind_before(i) == LexemeKind::Other
            && self.is_capitalized(before)
            && !self.opens_sentence(before)
            && !self.opens_sentence(i)
            && !self.text_is_in(before, &YEARLY_EVENTS)
            && !self.joins_next_year(i, n);
        let code = self.is_joining_hyphen(i + 1)
            && matches!(self.kind(i + 2), LexemeKind::Number(m, 4..) if m <= n || m > n + 300)
            || self.is_mark(before, '-')
                && !self.is_spaced(i)
                && matches!(self.kind(i.wrapping_sub(2)), LexemeKind::Number(m, 4) if m >= n || n > m + 300);
        // "As of Wednesday, 1885 aftershocks"
        let next = self.text(i + 1);
        let counts = n < 1900
            && self.kind(i + 1) == LexemeKind::Other
            && next.ends_with('s')
            && !self.is_capitalized(i + 1)
            && matches!(
                self.kind_before(i),
                LexemeKind::Mark(_) | LexemeKind::Word(W::And | W::Or | W::For | W::To)
            );
        let zoned = self.is_zone(i + 1);
        if counts
            || zoned
            || self.is_house_number(i)
            || impossible
            || name
            || code
            || matches!(self.kind(i + 1), LexemeKind::Number(_, 1..=2)) && self.opens_sentence(i)
        {
            return false;
        }
        let cue = matches!(
            self.kind_before(i),
            LexemeKind::Word(
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
            ) | LexemeKind::Mark('(' | '-' | ',' | '—' | '/' | ':' | '[')
        );
        if (1900..2050).contains(&n) {
            let number = matches!(
                self.kind_before(i),
                LexemeKind::Mark('#' | '$' | '£' | '€') | LexemeKind::Number(..)
            ) || self.text_is_in(i.wrapping_sub(1), &BEFORE_COUNT)
                || self.is_word(i.wrapping_sub(1), W::Than)
                    && !self.is_any_word(i.wrapping_sub(2), &[W::Earlier, W::Later])
                || self.is_word(i.wrapping_sub(1), W::About) && !self.about_a_year(i);
            return !number || self.opens_sentence(i);
        }
        // "1861-1863", "1789: the Estates meet"
        let range = (self.is_joining_hyphen(i + 1) || self.is_mark(i + 1, '—'))
            && matches!(self.kind(i + 2), LexemeKind::Number(m, 4) if m > n && m < n + 200);
        let heads = self.opens_sentence(i) && self.is_mark(i + 1, ':') && self.is_spaced(i + 2);
        let amount = self.is_word(i.wrapping_sub(1), W::About) && !self.about_a_year(i);
        let ahead = self.is_any_word(
            i.wrapping_sub(1),
            &[W::In, W::By, W::Until, W::Before, W::After, W::Since],
        );
        (cue || range || heads) && !amount && (n < 2050 || ahead)
    }

    /// "1900 Elm Street", "2010 N. Clark St.", "the 2000 block of West 5th Street", "Apt. 1999".
    fn is_house_number(&self, i: usize) -> bool {
        let before = i
            .wrapping_sub(1)
            .wrapping_sub(usize::from(self.kind_before(i) == LexemeKind::Mark('.')));
        if self.text_is(i + 1, "block")
            || self.is_capitalized(before) && self.text_is_in(before, &BEFORE_DOOR_NUMBER)
        {
            return true;
        }
        // "In 1990 Wall Street fell"
        let dated = self.is_any_word(
            i.wrapping_sub(1),
            &[W::In, W::Since, W::During, W::Until, W::Before, W::After, W::From],
        );
        let street = (i + 2..=i + 5)
            .take_while(|&at| {
                self.is_spaced(at - 1)
                    && (self.is_capitalized(at - 1)
                        || matches!(
                            self.kind(at - 1),
                            LexemeKind::Ordinal(..) | LexemeKind::Mark('.')
                        ))
            })
            .any(|at| self.is_capitalized(at) && self.text_is_in(at, &STREETS));
        street && !dated
    }

    /// "22" or "2022" of "2021/22", the second half of a season or of a financial year.
    pub(super) fn next_year(&self, i: usize, year: u32) -> bool {
        let fits = match self.kind(i) {
            LexemeKind::Number(m, 2) => m == (year + 1) % 100,
            LexemeKind::Number(m, 4) => m == year + 1,
            _ => false,
        };
        fits && !self.is_spaced(i) && (self.is_spaced(i + 1) || !self.is_mark(i + 1, '/'))
    }

    /// "circa 1850"; "built around 1850.", where nothing follows that could be counted.
    fn about_a_year(&self, i: usize) -> bool {
        self.is_word(i.wrapping_sub(1), W::About)
            && (self.text_is_any_of(i.wrapping_sub(1), &["circa", "ca", "ca."])
                || matches!(self.kind(i + 1), LexemeKind::Mark('.' | ',' | ';' | ')' | '—'))
                || i + 1 >= self.lexemes.len())
    }

    fn year_range_before(&self, i: usize) -> bool {
        i >= 2
            && matches!(
                self.kind(i - 2),
                LexemeKind::Number(_, 4)
                    | LexemeKind::Word(W::Post | W::Pre | W::Mid | W::Late | W::Early)
                    | LexemeKind::Other
                    | LexemeKind::Season(_)
                    | LexemeKind::Month(_)
            )
    }
}
