//! Names of the business pages: who an analyst is of, "McDonald's Corp", indices, codes of shares.

use std::ops::Range;

use super::{CERTAIN, CueFinder, LIKELY, STRONG};
use crate::document::Label;
use crate::entities::words::{Case, Shape};
use crate::lexicon::flag;
use crate::vocabulary::organisations::{
    ANALYST_NOUNS, EXCHANGE_SUFFIXES, EXCHANGES, INDEX_MAKERS, LEGAL_FORMS,
};
use crate::vocabulary::people::TITLES;

impl CueFinder<'_, '_> {
    /// "Jefferies analyst Ann Lee", "Morgan Stanley strategist Tom Ash": the name before is whom they work for.
    pub(super) fn cue_employer_of_analyst(&mut self, i: usize) {
        /// In words.
        const LONGEST_NAME: usize = 4;
        if !self.is_lower(i)
            || !self.is_capital(i + 1)
            || !ANALYST_NOUNS.contains(self.word(i))
            || self.case_of(i) != Case::Plain
            || !self.same_paragraph(i, i + 1)
        {
            return;
        }
        // "analyst Ann Lee"; one word alone may be anything.
        let end = self.run_after(i + 1, 4);
        if end < i + 3 {
            return;
        }
        let mut start = self.run_before(i, LONGEST_NAME);
        // "Cowen & Co"
        if let Some(and) = self.before(start).filter(|&b| self.word(b) == "&") {
            start = self.run_before(and, 2);
        }
        if start == i || self.get(start).is_none() {
            return;
        }
        let other = flag::CALENDAR | flag::GROUP | flag::LANGUAGE;
        // "UK economist", "German broker", "Independent analyst".
        let strange = |k: usize| {
            let initial = self.word(k).trim_end_matches('.').len() == 1;
            !initial && (self.has_flags(k, other) || TITLES.get(&self.bare(k)).is_some())
        };
        let of_a_place = (start..i).all(|k| self.context.places.get(k) != Some(&None))
            || (start..i).any(strange);
        let known_word = self.get(start).is_some_and(|t| matches!(t.word.rank, 1..=5));
        let alone = i - start == 1;
        if !(of_a_place || alone && self.is_initial(start) && known_word) {
            // "Morgan Stanley", "Raymond James": as people are called.
            self.give_whole(start..i, Label::Org, if alone { STRONG } else { 2 * STRONG });
        }
    }

    /// "McDonald's Corp", "Macy's Inc": a firm's ending tells that the mark is part of its name.
    pub(super) fn cue_possessive_with_ending(&mut self, i: usize) {
        let mark = self.before(i).filter(|&m| matches!(self.word(m), "'s" | "’s"));
        let name = mark.and_then(|mark| self.before(mark)).filter(|_| self.is_capital(i));
        let ending = || {
            let written_out = self.word(i).chars().any(char::is_lowercase);
            written_out && (LEGAL_FORMS.contains(&self.bare(i)) || self.word(i) == "Holdings")
        };
        let Some(name) = name.filter(|&name| self.is_capital(name) && ending()) else {
            return;
        };
        let place = self.context.places.get(name) != Some(&None);
        if !place && !self.has_flags(name, flag::CALENDAR | flag::TITLE) {
            self.give_whole(name..i + 1, Label::Org, 2 * STRONG);
        }
    }

    /// "Ryan Cos.", "Tellmark Ltd": the ending of a firm's name.
    pub(super) fn cue_legal_form(&mut self, i: usize) {
        let Some(name) = self.before(i).filter(|&b| {
            matches!(self.shape(b), Some(Shape::Capital | Shape::Mixed | Shape::Upper))
                && self.is_capital(i)
        }) else {
            return;
        };
        let sure = matches!(
            self.word(i),
            "Inc"
                | "Inc."
                | "Corp"
                | "Corp."
                | "Cos"
                | "Cos."
                | "Ltd"
                | "Ltd."
                | "plc"
                | "PLC"
                | "LLC"
                | "GmbH"
        );
        if sure && self.case_of(i) == Case::Plain && !self.is_dull_start(name) {
            // Where the name begins is the taggers' to tell: "Senior Counsel Tellmark Inc."
            self.give_whole(name..i + 1, Label::Org, STRONG);
        }
    }

    /// "Standard & Poor's 500", "Russell 2000", "Nasdaq composite", "Dow Jones industrial average".
    pub(super) fn cue_market_index(&mut self, i: usize) {
        let Some(tokens) = self.index_that_ends(i) else {
            return;
        };
        self.give_whole(tokens, Label::Org, CERTAIN);
    }

    fn index_that_ends(&self, i: usize) -> Option<Range<usize>> {
        let word = self.word(i);
        let before = self.before(i)?;
        if word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
            if matches!(self.word(before), "'s" | "’s") {
                let poor = self.before(before).filter(|&p| self.word(p) == "Poor")?;
                let and = self.before(poor)?;
                let standard = self.before(and).filter(|&s| self.word(s) == "Standard");
                return standard.map(|start| start..i + 1);
            }
            if !self.is_capital(before) {
                return None;
            }
            // "S&P" in three tokens.
            if self.word(before) == "P" {
                let and = self.before(before).filter(|&a| self.word(a) == "&")?;
                let s = self.before(and).filter(|&s| self.word(s) == "S");
                return s.map(|start| start..i + 1);
            }
            let sizes = INDEX_MAKERS.get(&self.bare(before))?;
            return sizes.split(' ').any(|size| size == word).then_some(before..i + 1);
        }
        if word.eq_ignore_ascii_case("average") {
            let industrial =
                Some(before).filter(|&b| self.word(b).eq_ignore_ascii_case("industrial"))?;
            let jones = self.before(industrial).filter(|&j| self.word(j) == "Jones")?;
            let dow = self.before(jones).filter(|&d| self.word(d) == "Dow");
            return dow.map(|start| start..i + 1);
        }
        let composite = word.eq_ignore_ascii_case("composite");
        (composite && matches!(self.word(before), "Nasdaq" | "NASDAQ")).then_some(before..i + 1)
    }

    /// "I/B/E/S": capitals with strokes between them.
    pub(super) fn cue_letters_with_strokes(&mut self, i: usize) {
        let letter = |k: usize| {
            let word = self.word(k);
            word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase()
        };
        let stroke = |k: usize| self.word(k) == "/" && self.is_glued(k) && self.is_glued(k + 1);
        if !letter(i) || self.before(i).is_some_and(|b| self.word(b) == "/") {
            return;
        }
        let mut end = i + 1;
        while stroke(end) && letter(end + 1) && end < i + 12 {
            end += 2;
        }
        if end > i + 4 {
            self.give_whole(i..end, Label::Org, STRONG);
        }
    }

    /// "(MOT.N)", "(NYSE: CRM)", "<VOD.L>": what a firm's shares are dealt under is no name.
    pub(super) fn cue_share_code(&mut self, i: usize) {
        /// In tokens: "NYSE American: ABC".
        const LONGEST: usize = 6;
        let close = match self.word(i) {
            "(" => ")",
            "<" => ">",
            _ => return,
        };
        let inside = (i + 1..i + 2 + LONGEST).take_while(|&k| self.same_paragraph(i, k));
        let Some(end) = inside.into_iter().find(|&k| self.word(k) == close) else {
            return;
        };
        let upper = |word: &str| {
            !word.is_empty()
                && word.len() <= 12
                && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        let colon = (i + 1..end).find(|&k| self.word(k) == ":");
        let listed = colon.is_some_and(|colon| {
            EXCHANGES.contains_any_case(self.word(i + 1))
                && colon <= i + 3
                && (colon + 1..end).all(|k| upper(self.word(k)) || self.word(k) == ".")
                && colon + 1 < end
        });
        let code = self.tokenized.span_of(i + 1..end).map_or("", |span| self.tokenized.slice(span));
        let reuters = code.rsplit_once('.').is_some_and(|(symbol, exchange)| {
            // "(U.S)", "(U.N)", "(D.C)" are no codes.
            let single = symbol.len() == 1
                && (matches!(symbol, "U" | "D" | "E") || !matches!(exchange, "N" | "O"));
            upper(symbol) && symbol.len() <= 6 && !single && EXCHANGE_SUFFIXES.contains(exchange)
        });
        if listed || reuters {
            self.give(i + 1..end, None, CERTAIN);
            // Whose shares they are stands before.
            let start = self.run_before(i, 4);
            if start < i && self.case_of(i) == Case::Plain {
                self.give_whole(start..i, Label::Org, STRONG);
            }
        }
    }

    /// "10 Downing Street" is a house; "No 10 sources", "No. 10 said" are those who work there.
    pub(super) fn cue_number_ten(&mut self, i: usize) {
        if self.word(i) == "Downing" && self.word(i + 1) == "Street" {
            let number =
                self.before(i).filter(|&n| matches!(self.word(n), "9" | "10" | "11" | "12"));
            if let Some(number) = number {
                let start = self.before(number).filter(|&b| self.is_number_word(b));
                self.give_whole(start.unwrap_or(number)..i + 2, Label::Fac, 2 * STRONG);
            }
            return;
        }
        let Some(no) = self.before(i).filter(|_| matches!(self.word(i), "10" | "11")) else {
            return;
        };
        let next = self.word(i + 1);
        let acts = matches!(
            next,
            "sources"
                | "source"
                | "spokesman"
                | "spokeswoman"
                | "spokesperson"
                | "official"
                | "officials"
                | "insider"
                | "insiders"
                | "aide"
                | "aides"
                | "adviser"
                | "advisers"
                | "staff"
                | "staffers"
                | "said"
                | "says"
                | "declined"
                | "denied"
                | "insisted"
                | "confirmed"
                | "refused"
        );
        // "The world No 10 said": a player.
        let ranked = self.before(no).is_some_and(|b| {
            matches!(
                self.word(b),
                "world" | "World" | "the" | "The" | "seed" | "ranked" | "'s" | "’s"
            ) && !matches!(next, "spokesman" | "spokeswoman" | "spokesperson" | "sources")
        });
        if self.is_number_word(no) && acts && !ranked {
            self.give_whole(no..i + 1, Label::Org, CERTAIN);
        }
    }

    fn is_number_word(&self, i: usize) -> bool {
        matches!(self.word(i), "No" | "No." | "Number")
    }

    /// "at the Kaloor Arena, Thrissur on Monday": a town behind what stands there.
    pub(super) fn cue_town_of_venue(&mut self, i: usize) {
        let Some(comma) = self.before(i).filter(|&b| self.word(b) == "," && self.is_capital(i))
        else {
            return;
        };
        let venue = self.before(comma).filter(|&v| {
            self.is_capital(v)
                && matches!(self.bare(v).as_str(), "stadium" | "arena" | "hall" | "ground")
        });
        let end = self.run_after(i, 3);
        let names = flag::FEMALE | flag::MALE | flag::SURNAME | flag::ORG_HEAD;
        let strange = (i..end).all(|k| !self.has_flags(k, names));
        let closed = !self.same_paragraph(i, end)
            || matches!(self.word(end), "on" | "." | "," | ")" | "in" | "tomorrow" | "yesterday");
        if venue.is_some() && strange && closed && end <= i + 2 {
            self.give(i..end, Some(Label::Gpe), LIKELY);
        }
    }
}
