//! Gender, number and roles of candidates, from titles, first names, nouns and pronouns beside them.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use super::candidate::Candidate;
use super::nouns::{are_people, is_body, is_document, is_person};
use super::referents::Referents;
use super::token::{FirstName, Spelling};
use crate::document::Label;
use crate::text::{TokenizedText, one_line};
use crate::vocabulary::people::Gender;
use crate::vocabulary::speech::{
    NOUN_KINDS, NamedKind, TITLE_ABBREVIATIONS, look_up_function_word, look_up_noun,
};

/// At most so many speakers without a name are remembered.
const MAX_NAMELESS: usize = 12;

impl Referents<'_> {
    /// Gender and roles, from the words around each mention.
    pub(super) fn describe_candidate(&mut self, f: usize) {
        let candidate = &self.candidates[f];
        if candidate.label != Label::Person {
            let roles = candidate.places.iter().take(60).flat_map(|r| self.nouns_beside(r));
            let roles: BTreeSet<String> = roles.collect();
            self.candidates[f].roles = roles;
            return;
        }
        let word = |i: usize| self.reading.word(i);
        let (mut men, mut women) = (0, 0);
        let mut told = false;
        let mut initials = BTreeSet::new();
        let mut roles = BTreeSet::new();
        let age = candidate.places.iter().take(60).find_map(|r| self.age_beside(r));
        let mut role = |i: usize| {
            let low = word(i).to_lowercase();
            if let Some(long) = TITLE_ABBREVIATIONS.get(low.trim_end_matches('.')) {
                roles.insert((*long).to_owned());
            }
            if is_person(&low) || NOUN_KINDS.get(&low) == Some(&NamedKind::Person) {
                roles.insert(low);
            }
        };
        for r in candidate.places.iter().take(60) {
            // A title may belong to the mention ("Sen. Lee").
            for i in r.start..r.end {
                role(i);
            }
            for i in r.start.saturating_sub(1)..r.end {
                match look_up_noun(word(i)).title_gender {
                    Some(Gender::Male) => men += 12,
                    Some(Gender::Female) => women += 12,
                    None => continue,
                }
                told = true;
            }
            if r.len() > 1 {
                match self.words[r.start].first_name {
                    FirstName::Of(Gender::Female) => women += 6,
                    FirstName::Of(Gender::Male) => men += 6,
                    _ => {}
                }
            }
            match self.following_pronoun(r) {
                Some(Gender::Male) => men += 1,
                Some(Gender::Female) => women += 1,
                _ => {}
            }
            told |= self.following_pronoun(r).is_some();
            // "Taliban spokesman Zabihullah Mujahid", "the finance minister, Ann Lee".
            roles_from_initials(self.reading, r.start, &mut initials);
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
        roles.extend(initials);
        let candidate = &mut self.candidates[f];
        candidate.age = age;
        candidate.gender_told = told;
        candidate.gender = match men.cmp(&women) {
            Ordering::Greater => Some(Gender::Male),
            Ordering::Less => Some(Gender::Female),
            Ordering::Equal => None,
        };
        candidate.roles = roles;
    }

    /// The nouns that call what is no person: "Rovers, the oldest club in town, …", "carmaker Lotha".
    fn nouns_beside(&self, place: &Range<usize>) -> Vec<String> {
        let word = |i: usize| self.reading.word(i);
        let mut out = Vec::new();
        let kind = |noun: &str| NOUN_KINDS.get(noun).is_some_and(|k| *k != NamedKind::Person);
        let before = place.start.checked_sub(1).map(word).filter(|w| kind(w));
        out.extend(before.map(str::to_owned));
        if word(place.end) == "," && matches!(word(place.end + 1), "a" | "an" | "the") {
            let head = apposed_head(self.reading, place.end + 2);
            out.extend(head.map(word).filter(|w| kind(w)).map(str::to_owned));
        }
        out
    }

    /// The age that stands beside a name: "Ann Lee, 56,", "Ann Lee (56)", "56-year-old Ann Lee".
    fn age_beside(&self, place: &Range<usize>) -> Option<u8> {
        let word = |i: usize| self.reading.word(i);
        let years = |i: usize| word(i).parse().ok().filter(|years| (5..110).contains(years));
        let after = matches!(word(place.end), "," | "(")
            && matches!(word(place.end + 2), "," | ")" | "." | ";" | "-");
        let before = (place.start.saturating_sub(8)..place.start.saturating_sub(4))
            .rev()
            .find(|&i| is_years_old(self.reading, i));
        after.then(|| years(place.end + 1)).flatten().or_else(|| before.and_then(years))
    }

    /// The pronoun that follows a name in its sentence, before any other capitalized word ("Ayotte said that
    /// her position …").
    fn following_pronoun(&self, place: &Range<usize>) -> Option<Gender> {
        for i in place.end..(place.end + 14).min(self.words.len()) {
            let w = &self.words[i];
            if w.first {
                return None;
            }
            match self.reading.word(i) {
                "he" | "his" | "him" | "himself" => return Some(Gender::Male),
                "she" | "her" | "hers" | "herself" => return Some(Gender::Female),
                _ if w.is_capitalized() => return None,
                _ => {}
            }
        }
        None
    }

    /// Somebody who speaks without a known name ("the woman", "officials", "his team", "the letter")
    /// becomes a candidate, so that "she", "they" and "it" can mean them later.
    pub fn add_nameless(&mut self, speaker: &Range<usize>) -> Option<usize> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        // "The three-judge court" is one phrase.
        let tied = |i: usize| {
            let spaced = |i: usize| self.reading.tokens().get(i).is_none_or(|t| t.spaced);
            matches!(self.reading.word(i), "-" | "‐") && !spaced(i) && !spaced(i + 1)
        };
        let stops = |i: usize| {
            self.words[i].punct && !tied(i)
                || i > speaker.start + 1 && word(i).ends_with("ed")
                || look_up_function_word(self.reading.word(i)).ends_head
        };
        let most = speaker.end.min(speaker.start + 8);
        let end = (speaker.start + 1..most).find(|&i| stops(i)).unwrap_or(most);
        let noun = word(end - 1);
        // "the WHO" is no "who".
        let name = self.words[end - 1].spelling == Spelling::Uppercase;
        let pronoun = look_up_function_word(&noun).pronoun;
        if pronoun && !name {
            return None;
        }
        // "One of the victims", "Officials" begin a sentence.
        let begins = self.words[end - 1].first
            && (end < most && word(end) == "of" || noun.ends_with('s') && are_people(&noun));
        match self.words[end - 1].spelling {
            spelling if spelling == Spelling::Lowercase || begins => {
                // "One of the victims", "the head of the union"
                let mut full = end;
                while full < most && (word(full) == "of" || full > end && !stops(full)) {
                    full += 1;
                }
                let small = |i: usize| {
                    look_up_function_word(&word(i)).ends_head || matches!(&*word(i), "the" | "a")
                };
                while full > end && small(full - 1) {
                    full -= 1;
                }
                self.find_or_add_phrase(&(speaker.start..end), full)
            }
            Spelling::Capitalized | Spelling::Uppercase => {
                self.find_or_add_surname(&(speaker.start..end))
            }
            _ => None,
        }
    }

    /// The candidate of a noun phrase, by its head: known or new, and then called by the words up to
    /// `full`.
    pub(super) fn find_or_add_phrase(
        &mut self,
        phrase: &Range<usize>,
        full: usize,
    ) -> Option<usize> {
        let head = phrase.end.checked_sub(1)?;
        let noun = self.reading.word(head).to_lowercase();
        let mut known = self.nameless.iter().rev().map(|n| n.1);
        // "The Biden campaign" is not "the Trump campaign", nor any other.
        let own = |f: usize| {
            let from = phrase.start + usize::from(self.words[phrase.start].first);
            let mut capitals = (from..head).map(|i| self.reading.word(i));
            let name = &self.candidates[f].name;
            capitals.all(|w| !w.starts_with(char::is_uppercase) || name.contains(w))
        };
        // "One of the users" is not "one of the tests".
        let longer = self.reading.span_of(phrase.start..full);
        let longer = longer.filter(|_| full > phrase.end);
        let told = longer.map(|span| one_line(self.reading.slice(span)));
        let same = |f: usize| {
            let name = &self.candidates[f].name;
            told.as_ref().is_none_or(|told| name.eq_ignore_ascii_case(told))
        };
        let known = known.find(|&f| self.candidates[f].roles.contains(&noun) && own(f) && same(f));
        let candidate = match known {
            Some(f) => f,
            None => self.add_candidate(&(phrase.start..full), &noun)?,
        };
        if self.nameless.len() >= MAX_NAMELESS {
            self.nameless.remove(0);
        }
        self.nameless.push((phrase.start, candidate, phrase.end));
        Some(candidate)
    }

    fn add_candidate(&mut self, phrase: &Range<usize>, noun: &str) -> Option<usize> {
        let span = self.reading.span_of(phrase.clone())?;
        let listed = look_up_noun(noun);
        let plural =
            listed.plural || noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss");
        let person = !plural && is_person(noun) && !is_document(noun) && !is_body(noun);
        self.candidates.push(Candidate {
            cluster: None,
            name: one_line(self.reading.slice(span)),
            label: if person { Label::Person } else { Label::Org },
            gender: listed.gender,
            gender_told: true,
            plural: plural || are_people(noun),
            places: Vec::new(),
            roles: BTreeSet::from([noun.to_owned()]),
            age: None,
        });
        Some(self.candidates.len() - 1)
    }

    /// A capitalised speaker whom the entity engine did not find: the candidate whose name ends so, or
    /// a new person.
    fn find_or_add_surname(&mut self, name: &Range<usize>) -> Option<usize> {
        if name.clone().any(|i| !self.words[i].is_capitalized_word()) {
            return None;
        }
        let last = self.reading.word(name.end - 1);
        let ends = |f: &Candidate| f.name.split_whitespace().next_back() == Some(last);
        if let Some(f) = self.candidates.iter().position(ends) {
            return Some(f);
        }
        let span = self.reading.span_of(name.clone())?;
        let mut candidate = Candidate::new_person(one_line(self.reading.slice(span)), name.clone());
        // "Parliament" is no person.
        if name.len() == 1 && is_body(last) {
            candidate.label = Label::Org;
        }
        self.candidates.push(candidate);
        Some(self.candidates.len() - 1)
    }
}

/// Whether "56-year-old" begins at a token.
pub(super) fn is_years_old(reading: &TokenizedText<'_>, at: usize) -> bool {
    let hyphen = |i: usize| matches!(reading.word(i), "-" | "‐" | "‑" | "–");
    hyphen(at + 1)
        && matches!(reading.word(at + 2), "year" | "years")
        && hyphen(at + 3)
        && reading.word(at + 4) == "old"
}

/// Adds the initials of the title in capitals before a name: "CJ" for "Chief Justice Ann Lee".
fn roles_from_initials(reading: &TokenizedText<'_>, name: usize, roles: &mut BTreeSet<String>) {
    let mut initials = String::new();
    for i in (name.saturating_sub(4)..name).rev() {
        match reading.word(i).chars().next() {
            Some(first) if first.is_uppercase() => initials.insert(0, first),
            _ if matches!(reading.word(i), "of" | "-" | ".") => {}
            _ => break,
        }
        if (2..=4).contains(&initials.len()) {
            roles.insert(initials.to_lowercase());
        }
    }
}

/// The head of the noun phrase in lowercase that begins at a token, after its determiner.
pub fn apposed_head(reading: &TokenizedText<'_>, start: usize) -> Option<usize> {
    let lower = |i: usize| {
        let word = reading.word(i);
        word.starts_with(char::is_lowercase) && !look_up_function_word(word).ends_head
    };
    let hyphen = |i: usize| matches!(reading.word(i), "-" | "‑" | "’s" | "'s");
    let capital = |i: usize| reading.word(i).starts_with(char::is_uppercase);
    let end =
        (start..start + 6).find(|&i| !(lower(i) || hyphen(i) || capital(i) && lower(i + 1)))?;
    let head = end.checked_sub(1).filter(|&i| i >= start && lower(i))?;
    let said = reading.word(end);
    let closed = look_up_function_word(said).ends_head
        || matches!(said, "," | "." | ";" | "who" | "which" | "that" | "whose" | ")");
    closed.then_some(head)
}
