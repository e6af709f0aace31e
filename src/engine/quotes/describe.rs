//! Gender, number and roles of figures, from titles, first names, nouns and pronouns beside them.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use super::cast::{Cast, Figure, Gender};
use super::nouns::{
    MAN, MANY, MEN, ROLES, WOMAN, WOMEN, are_people, is_body, is_document, is_person, listed,
};
use super::pack::Table;
use super::words::hash_word;
use crate::document::Label;
use crate::text::one_line;

/// So many speakers without a name are remembered.
const NAMELESS: usize = 12;

/// Titles that are written short.
const SHORT: &[(&str, &str)] = &[
    ("sen", "senator"),
    ("sens", "senator"),
    ("gov", "governor"),
    ("rep", "congressman"),
    ("gen", "general"),
    ("prof", "professor"),
    ("dr", "doctor"),
    ("pm", "minister"),
];

/// Words that end the part of a noun phrase which holds its head.
const AFTER_HEAD: &[&str] = &[
    "of", "for", "from", "in", "at", "who", "with", "on", "to", "by", "that", "and", "whose",
    "behind", "near", "over", "under", "against", "across", "between", "among", "within",
    "including", "like", "as", "after", "before", "during", "about", "which", "but", "or",
];

impl Cast<'_> {
    /// Gender and roles, from the words around each mention.
    pub(super) fn describe(&mut self, f: usize, names: &Table) {
        let figure = &self.figures[f];
        if figure.label != Label::Person {
            return;
        }
        let word = |i: usize| self.reading.word(i);
        let (mut men, mut women) = (0, 0);
        let mut roles = BTreeSet::new();
        let mut role = |i: usize| {
            let low = word(i).to_lowercase();
            let long = SHORT.iter().find(|s| s.0 == low.trim_end_matches('.'));
            if let Some((_, long)) = long {
                roles.insert(hash_word(long));
            }
            if listed(ROLES, &low) || is_person(&low) {
                roles.insert(self.words[i].low);
            }
        };
        for r in figure.places.iter().take(60) {
            // A title may belong to the mention ("Sen. Lee").
            for i in r.start..r.end {
                role(i);
            }
            for i in r.start.saturating_sub(1)..r.end {
                men += 12 * usize::from(listed(MEN, word(i)));
                women += 12 * usize::from(listed(WOMEN, word(i)));
            }
            if r.len() > 1 {
                match names.get(hash_word(word(r.start))) {
                    Some(1) => women += 6,
                    Some(2) => men += 6,
                    _ => {}
                }
            }
            match self.echoed(r) {
                Some(Gender::Man) => men += 1,
                Some(Gender::Woman) => women += 1,
                _ => {}
            }
            // "Taliban spokesman Zabihullah Mujahid", "the finance minister, Ann Lee".
            for i in (r.start.saturating_sub(6)..r.start).rev() {
                let w = &self.words[i];
                if w.first && w.punct || matches!(word(i), ";" | ":" | "\"" | "“" | "”") {
                    break;
                }
                role(i);
            }
            // "Ann Lee, a spokeswoman for the ministry, …"
            if word(r.end) == "," {
                for i in r.end + 1..(r.end + 9).min(self.words.len()) {
                    if self.words[i].punct {
                        break;
                    }
                    role(i);
                }
            }
        }
        let figure = &mut self.figures[f];
        figure.gender = match men.cmp(&women) {
            Ordering::Greater => Gender::Man,
            Ordering::Less => Gender::Woman,
            Ordering::Equal => Gender::Unknown,
        };
        figure.roles = roles;
    }

    /// The pronoun that follows a name in its sentence, before any other capital ("Ayotte said that
    /// her position …").
    fn echoed(&self, place: &Range<usize>) -> Option<Gender> {
        for i in place.end..(place.end + 14).min(self.words.len()) {
            let w = &self.words[i];
            if w.first {
                return None;
            }
            match self.reading.word(i) {
                "he" | "his" | "him" | "himself" => return Some(Gender::Man),
                "she" | "her" | "hers" | "herself" => return Some(Gender::Woman),
                _ if matches!(w.shape, 7..=9) => return None,
                _ => {}
            }
        }
        None
    }

    /// Somebody who speaks without a known name ("the woman", "officials", "his team", "the letter")
    /// becomes a figure, so that "she", "they" and "it" can mean them later.
    pub(super) fn remember(&mut self, speaker: &Range<usize>) -> Option<usize> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        // "The three-judge court" is one phrase.
        let tied = |i: usize| {
            let spaced = |i: usize| self.reading.tokens().get(i).is_none_or(|t| t.spaced);
            matches!(self.reading.word(i), "-" | "‐") && !spaced(i) && !spaced(i + 1)
        };
        let stops = |i: usize| {
            self.words[i].punct && !tied(i)
                || i > speaker.start + 1 && word(i).ends_with("ed")
                || listed(AFTER_HEAD, self.reading.word(i))
        };
        let most = speaker.end.min(speaker.start + 8);
        let end = (speaker.start + 1..most).find(|&i| stops(i)).unwrap_or(most);
        let noun = word(end - 1);
        // "the WHO" is no "who".
        let name = self.words[end - 1].shape == 9;
        let pronoun = matches!(
            noun.as_str(),
            "i" | "we" | "you" | "he" | "she" | "it" | "they" | "who" | "which" | "that" | "this"
        );
        if pronoun && !name {
            return None;
        }
        // "One of the victims" begins a sentence.
        let begins = self.words[end - 1].first && end < most && word(end) == "of";
        match self.words[end - 1].shape {
            shape if shape == 6 || begins => {
                // "One of the victims", "the head of the union"
                let mut full = end;
                while full < most && (word(full) == "of" || full > end && !stops(full)) {
                    full += 1;
                }
                let small =
                    |i: usize| listed(AFTER_HEAD, &word(i)) || matches!(&*word(i), "the" | "a");
                while full > end && small(full - 1) {
                    full -= 1;
                }
                self.recall(&(speaker.start..end), full)
            }
            7 | 9 => self.surname(&(speaker.start..end)),
            _ => None,
        }
    }

    /// The figure of a noun phrase, by its head: known or new, and then called by the words up to
    /// `full`.
    pub(super) fn recall(&mut self, phrase: &Range<usize>, full: usize) -> Option<usize> {
        let head = phrase.end.checked_sub(1)?;
        let noun = self.reading.word(head).to_lowercase();
        let role = self.words[head].low;
        let mut known = self.nameless.iter().rev().map(|n| n.1);
        // "The Biden campaign" is not "the Trump campaign", nor any other.
        let own = |f: usize| {
            let from = phrase.start + usize::from(self.words[phrase.start].first);
            let mut capitals = (from..head).map(|i| self.reading.word(i));
            let name = &self.figures[f].name;
            capitals.all(|w| !w.starts_with(char::is_uppercase) || name.contains(w))
        };
        // "One of the users" is not "one of the tests".
        let longer = self.reading.span_of(phrase.start..full);
        let longer = longer.filter(|_| full > phrase.end);
        let told = longer.map(|span| one_line(self.reading.slice(span)));
        let same = |f: usize| {
            let name = &self.figures[f].name;
            told.as_ref().is_none_or(|told| name.eq_ignore_ascii_case(told))
        };
        let known = known.find(|&f| self.figures[f].roles.contains(&role) && own(f) && same(f));
        let figure = match known {
            Some(f) => f,
            None => self.add(&(phrase.start..full), &noun, role)?,
        };
        if self.nameless.len() >= NAMELESS {
            self.nameless.remove(0);
        }
        self.nameless.push((phrase.start, figure, phrase.end));
        Some(figure)
    }

    fn add(&mut self, phrase: &Range<usize>, noun: &str, role: u32) -> Option<usize> {
        let span = self.reading.span_of(phrase.clone())?;
        let plural =
            listed(MANY, noun) || noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss");
        let person = !plural && is_person(noun) && !is_document(noun) && !is_body(noun);
        self.figures.push(Figure {
            cluster: None,
            name: one_line(self.reading.slice(span)),
            label: if person { Label::Person } else { Label::Org },
            gender: match () {
                () if listed(WOMAN, noun) => Gender::Woman,
                () if listed(MAN, noun) => Gender::Man,
                () => Gender::Unknown,
            },
            plural: plural || are_people(noun),
            places: Vec::new(),
            roles: BTreeSet::from([role]),
        });
        Some(self.figures.len() - 1)
    }

    /// A capitalised speaker whom the entity engine did not find: the figure whose name ends so, or
    /// a new person.
    fn surname(&mut self, name: &Range<usize>) -> Option<usize> {
        if name.clone().any(|i| !matches!(self.words[i].shape, 7 | 9)) {
            return None;
        }
        let last = self.reading.word(name.end - 1);
        let ends = |f: &Figure| f.name.split_whitespace().next_back() == Some(last);
        if let Some(f) = self.figures.iter().position(ends) {
            return Some(f);
        }
        let span = self.reading.span_of(name.clone())?;
        self.figures.push(Figure {
            cluster: None,
            name: one_line(self.reading.slice(span)),
            label: Label::Person,
            gender: Gender::Unknown,
            plural: false,
            places: vec![name.clone()],
            roles: BTreeSet::new(),
        });
        Some(self.figures.len() - 1)
    }
}
