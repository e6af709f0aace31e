//! Who a sentence is about, for speech that follows it without a cue.

use std::ops::Range;

use super::candidate::{PronounQuery, Resolution};
use super::referents::Referents;
use crate::document::Label;
use crate::vocabulary::people::Gender;

impl Referents<'_> {
    /// The person whom the sentence `tokens` is about, and the words that name them: its only
    /// person, or the one that is its subject.
    pub fn resolve_subject(&mut self, tokens: &Range<usize>) -> Option<(Resolution, Range<usize>)> {
        self.follow_narrative(tokens.start);
        let person = |f: usize| self.candidates[f].label == Label::Person;
        let fits = |p: &&(usize, usize, usize)| person(p.1) && self.is_eligible(p, &[]);
        let named: Vec<(usize, usize, usize)> =
            self.places[self.places_in(tokens)].iter().filter(fits).copied().collect();
        let subject = named.iter().find(|p| self.is_subject(p));
        let only = named.first().filter(|first| named.iter().all(|p| p.1 == first.1));
        let pronoun = tokens.clone().take(3).find_map(|i| match self.reading.word(i) {
            "He" | "he" => Some((i, Gender::Male)),
            "She" | "she" => Some((i, Gender::Female)),
            _ => None,
        });
        if let Some((at, gender)) = pronoun.filter(|p| !self.words[p.0].quoted) {
            let resolution = self.resolve_pronoun(&PronounQuery::pronoun(at, gender, &[]))?;
            return Some((resolution, at..at + 1));
        }
        let (place, confidence) = match (subject, only) {
            (Some(place), Some(_)) => (place, 700),
            (Some(place), None) | (None, Some(place)) => (place, 550),
            (None, None) => return None,
        };
        Some((Resolution { candidate: place.1, confidence }, place.0..place.2))
    }
}
