//! Firms of one word: "McDonald's", "Uber said that it would", "shares of Revolut", "flydubai".

use rustc_hash::FxHashMap;

use super::{CERTAIN, CueFinder, LIKELY, STRONG};
use crate::document::Label;
use crate::entities::context::Pronoun;
use crate::entities::words::{Case, Shape};
use crate::lexicon::flag;
use crate::vocabulary::organisations::{
    FIRM_NOUNS, FIRM_PARTS, LOWERCASE_BRANDS, ONE_WORD_FIRMS, POSSESSIVE_FIRMS,
};
use crate::vocabulary::people::TITLES;

impl CueFinder<'_, '_> {
    /// "McDonald's", where nobody is called so: the mark is part of the name.
    pub(super) fn cue_possessive_firm(&mut self, i: usize) {
        let firm = self.is_capital(i)
            && matches!(self.word(i + 1), "'s" | "’s")
            && POSSESSIVE_FIRMS.contains(&self.bare(i));
        let alone = self.before(i).is_none_or(|b| !self.is_capital(b) || self.is_dull_start(b));
        if firm && alone && !self.is_introduced(i) {
            let given = self.has_flags(i, flag::FEMALE | flag::MALE);
            let of = self.word(i + 2) == "of" && self.is_capital(i + 3);
            let verb =
                matches!(self.word(i + 2), "said" | "says" | "has" | "had" | "will" | "would");
            let bonus = if given && !of && !verb { LIKELY } else { 2 * STRONG };
            self.give(i..i + 1, Some(Label::Org), bonus);
        }
    }

    /// "Uber said that it would", "Shares of Revolut", "Halberd, which makes": one word that is in
    /// no list of people's names, is never part of a longer name, and acts as firms do.
    pub(super) fn cue_thing(&mut self, i: usize) {
        let names = flag::FEMALE | flag::MALE | flag::SURNAME;
        let single = matches!(self.shape(i), Some(Shape::Capital | Shape::Mixed))
            && self.context.run_at(i).is_some_and(|r| r.end - r.start == 1)
            && self.context.places.get(i) == Some(&None)
            && self.case_of(i) != Case::Upper;
        if !single
            || self.has_flags(i, flag::CALENDAR | flag::GROUP | flag::LANGUAGE | flag::TITLE)
            || self.is_introduced(i)
            || self.before(i).is_some_and(|b| TITLES.get(&self.bare(b)).is_some())
        {
            return;
        }
        let possessive = matches!(self.word(i + 1), "'s" | "’s");
        let next = i + 1 + usize::from(possessive);
        let after = self.bare(next);
        let owned = FIRM_PARTS.contains(&after)
            || FIRM_PARTS.contains(&format!("{after} {}", self.bare(next + 1)));
        let of = self.before(i).filter(|&b| matches!(self.word(b), "of" | "in" | "for" | "at"));
        let part = of.and_then(|of| self.before(of)).map(|head| self.bare(head));
        let part_of = part.is_some_and(|head| FIRM_PARTS.contains(&head));
        // "fined Uber $3 million"
        let fined = self.before(i).is_some_and(|b| {
            matches!(self.word(b), "fined" | "acquired" | "bought" | "sued" | "regulates")
        });
        let which = self.word(i + 1) == "," && self.word(i + 2) == "which";
        let told = self.is_subject(i)
            && self.context.pronoun_ahead.get(i) == Some(&Pronoun::Thing)
            && self.speaks_of_itself(i + 1);
        let known = self.has_flags(i, names);
        if owned && !known || part_of || which {
            self.give(i..i + 1, Some(Label::Org), if known { LIKELY } else { STRONG });
        } else if (told || fined) && !known {
            self.give(i..i + 1, Some(Label::Org), STRONG);
        }
    }

    /// "The retailer Halberd", "Halberd, a Dutch lender,": a noun for firms stands beside the name.
    pub(super) fn cue_described_firm(&mut self, i: usize) {
        /// In words; the run of capitals that a noun is beside.
        const LONGEST_NAME: usize = 3;
        let named = |i: usize| matches!(self.shape(i), Some(Shape::Capital | Shape::Mixed));
        if !named(i)
            || self.case_of(i) != Case::Plain
            || self.before(i).is_some_and(|b| self.is_capital(b) && !self.is_dull_start(b))
            || self.is_dull_start(i)
        {
            return;
        }
        let end = self.run_after(i, LONGEST_NAME + 1);
        let other = flag::CALENDAR | flag::GROUP | flag::LANGUAGE | flag::TITLE | flag::PLACE_HEAD;
        let strange = end - i > LONGEST_NAME
            || (i..end).any(|k| {
                self.has_flags(k, other)
                    || self.context.places.get(k) != Some(&None)
                    || TITLES.get(&self.bare(k)).is_some()
            });
        if strange {
            return;
        }
        // A known firm by itself; "Uber Eats" and "Samsung Galaxy" are the taggers'.
        if end - i == 1 && ONE_WORD_FIRMS.contains(&self.bare(i)) {
            let bonus = if self.is_introduced(i) { LIKELY } else { STRONG };
            self.give(i..end, Some(Label::Org), bonus);
            return;
        }
        let before = self.before(i).is_some_and(|b| self.is_lower(b) && self.is_firm_noun(b));
        if before || self.is_described_as_firm(end) {
            // "the retailer John Lewis"; but "the outlet Ann Lee" is missing a word.
            let people = flag::FEMALE | flag::MALE;
            let bonus = if end - i > 1 && self.has_flags(i, people) { LIKELY } else { STRONG };
            self.give_whole(i..end, Label::Org, bonus);
        }
    }

    fn is_firm_noun(&self, i: usize) -> bool {
        let word = self.bare(i);
        FIRM_NOUNS.contains(&word) || word.len() > 7 && word.ends_with("maker")
    }

    /// ", a Dutch lender that", ", the online retailer,": an apposition from token `comma` on.
    fn is_described_as_firm(&self, comma: usize) -> bool {
        /// In words, from the determiner to the noun.
        const LONGEST_DESCRIPTION: usize = 6;
        if self.word(comma) != "," || !matches!(self.word(comma + 1), "a" | "an" | "the") {
            return false;
        }
        let words = comma + 2..comma + 2 + LONGEST_DESCRIPTION;
        let mut near = words.take_while(|&k| {
            self.same_paragraph(comma, k)
                && (self.is_lower(k) || self.is_capital(k))
                && !matches!(self.word(k), "of" | "at" | "for" | "who" | "in")
        });
        let Some(noun) = near.find(|&k| self.is_lower(k) && self.is_firm_noun(k)) else {
            return false;
        };
        // "the company spokesman": another noun goes on.
        !self.same_paragraph(comma, noun + 1)
            || matches!(
                self.word(noun + 1),
                "," | "."
                    | "that"
                    | "which"
                    | "in"
                    | "based"
                    | "owned"
                    | "behind"
                    | "for"
                    | "of"
                    | "with"
                    | "from"
                    | "whose"
            )
    }

    /// "said on Monday that it would": the clause's subject is the speaker.
    fn speaks_of_itself(&self, verb: usize) -> bool {
        let near = (verb + 1..verb + 8).take_while(|&k| self.same_paragraph(verb, k));
        let it = near.take_while(|&k| self.word(k) != ".").find(|&k| self.word(k) == "it");
        it.is_some_and(|it| {
            matches!(
                self.word(it + 1),
                "would"
                    | "will"
                    | "had"
                    | "has"
                    | "plans"
                    | "planned"
                    | "expects"
                    | "expected"
                    | "intends"
                    | "wants"
                    | "hopes"
                    | "could"
                    | "did"
                    | "does"
            )
        })
    }

    /// "flydubai", "my6sense": firms that write their names in lowercase.
    pub(super) fn find_lowercase_brands(&mut self) {
        let mut seen: FxHashMap<u32, (Vec<usize>, bool)> = FxHashMap::default();
        for i in 0..self.words.of.len() {
            let Some(t) = self.get(i) else { continue };
            let listed = LOWERCASE_BRANDS.contains(self.word(i));
            let strange = t.word.rank == 0 && t.word.flags == 0 && t.len > 4;
            let digits = t.shape == Shape::Code && has_digit_inside(self.word(i));
            let lower = self.words.shapes.get(i) == Some(&Shape::Lower) && self.is_lower(i);
            if listed || strange && (digits || lower && self.word(i).is_ascii()) {
                let acts = listed || digits || self.acts_as_firm(i);
                let known = seen.entry(t.key).or_default();
                known.0.push(i);
                known.1 |= acts;
            }
        }
        for (at, acts) in seen.into_values().collect::<Vec<_>>() {
            let listed = at.first().is_some_and(|&i| LOWERCASE_BRANDS.contains(self.word(i)));
            if listed || acts && at.len() > 1 {
                // "Today my6sense": the capital is the sentence's.
                let first: Vec<usize> = at.iter().filter_map(|&i| self.before(i)).collect();
                let first = first.into_iter().filter(|&b| self.is_initial(b)).collect::<Vec<_>>();
                self.give(first.into_iter(), None, STRONG);
                self.give(at.into_iter(), Some(Label::Org), CERTAIN);
            }
        }
    }

    /// "a spokesperson for flydubai", "flydubai's chief executive", "flydubai said it".
    fn acts_as_firm(&self, i: usize) -> bool {
        let possessive = matches!(self.word(i + 1), "'s" | "’s");
        let next = i + 1 + usize::from(possessive);
        let part = |k: usize| {
            FIRM_PARTS.contains(&self.bare(k))
                || FIRM_PARTS.contains(&format!("{} {}", self.bare(k), self.bare(k + 1)))
        };
        let of = self.before(i).filter(|&b| matches!(self.word(b), "of" | "for" | "at"));
        possessive && part(next)
            || of.and_then(|of| self.before(of)).is_some_and(part)
            || matches!(self.word(i + 1), "said" | "says") && self.word(i + 2) == "it"
    }

    /// A word of saying or doing follows, as after a subject.
    fn is_subject(&self, i: usize) -> bool {
        let initial = self.is_initial(i) || self.before(i).is_some_and(|b| self.word(b) == ",");
        let word = self.word(i + 1);
        initial
            && self.is_lower(i + 1)
            && (matches!(word, "said" | "says" | "has" | "will" | "had" | "plans" | "expects")
                || word.len() > 4 && word.ends_with("ed"))
    }

    /// The text has more of the name than this word.
    fn is_introduced(&self, i: usize) -> bool {
        let longest = self.get(i).and_then(|t| self.context.longest.get(t.key as usize));
        let run = longest.and_then(|&r| self.context.runs.get((r as usize).checked_sub(1)?));
        run.is_some_and(|r| r.end - r.start > 1)
    }
}

/// "my6sense"
fn has_digit_inside(word: &str) -> bool {
    let (first, last) = (word.chars().next(), word.chars().next_back());
    first.is_some_and(char::is_lowercase)
        && last.is_some_and(char::is_lowercase)
        && word.chars().filter(char::is_ascii_digit).count() == 1
        && word.chars().filter(|c| c.is_lowercase()).count() > 4
}
