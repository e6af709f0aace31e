//! Everybody and everything that a text names or calls by a role, and who has spoken so far.
//!
//! Owns the list of candidates and where they are named. Must not know how a pronoun is resolved.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::candidate::Candidate;
use super::token::{FirstName, Token};
use crate::entities::Mention;
use crate::linking::Cluster;
use crate::text::{TokenKind, TokenizedText, one_line};
use crate::vocabulary::speech::look_up_noun;

/// All candidates of a text, and who of them spoke so far.
pub struct Referents<'a> {
    pub(super) reading: &'a TokenizedText<'a>,
    pub(super) words: &'a [Token],
    pub(super) candidates: Vec<Candidate>,
    /// (token, candidate, tokens' end) of every mention, ascending.
    pub(super) places: Vec<(usize, usize, usize)>,
    /// The same of the latest speakers without a name, in text order.
    pub(super) nameless: Vec<(usize, usize, usize)>,
    /// (token, candidate) of the latest speakers, in text order.
    pub(super) spoken: Vec<(usize, usize)>,
    /// The same as `places` for the latest pronouns in the narrative.
    pub(super) followed_pronouns: Vec<(usize, usize, usize)>,
    pub(super) followed: usize,
    /// Of each sentence: how many sentences up to it begin outside quotation.
    pub(super) narrative_sentences: Vec<u32>,
    /// The person whom the text begins with.
    pub(super) protagonist: Option<usize>,
    /// Of each token: whether it is in reported speech.
    pub(super) reported: Vec<bool>,
}

/// At most so many speakers are remembered.
const MAX_SPOKEN: usize = 12;

impl<'a> Referents<'a> {
    /// The candidates of a text. `reported`: token ranges of reported speech.
    pub fn new(
        reading: &'a TokenizedText<'a>,
        words: &'a [Token],
        mentions: &[Mention],
        clusters: &[Cluster],
        spoken: impl Iterator<Item = Range<usize>>,
    ) -> Referents<'a> {
        let mut reported = vec![false; words.len()];
        for part in spoken {
            if let Some(part) = reported.get_mut(part) {
                part.fill(true);
            }
        }
        let mut candidates = Vec::new();
        let mut covered = vec![false; words.len()];
        for (c, cluster) in clusters.iter().enumerate() {
            let mut places: Vec<Range<usize>> = cluster
                .mentions
                .iter()
                .filter_map(|&m| mentions.get(m))
                .map(|m| reading.tokens_in(m.span))
                .filter(|r| !r.is_empty())
                .collect();
            places.sort_by_key(|r| r.start);
            candidates.push(Candidate {
                cluster: Some(c),
                name: cluster.name.clone(),
                label: cluster.label,
                gender: None,
                gender_told: false,
                plural: false,
                places,
                roles: BTreeSet::new(),
                age: None,
            });
        }
        for m in mentions {
            for t in reading.tokens_in(m.span) {
                covered[t] = true;
            }
        }
        add_capitalized_names(reading, words, &covered, &mut candidates);
        let mut referents = Referents {
            reading,
            words,
            candidates,
            places: Vec::new(),
            nameless: Vec::new(),
            spoken: Vec::new(),
            followed_pronouns: Vec::new(),
            followed: 0,
            narrative_sentences: count_narrative_sentences(reading, words),
            protagonist: None,
            reported,
        };
        for f in 0..referents.candidates.len() {
            referents.describe_candidate(f);
        }
        referents.places = referents
            .candidates
            .iter()
            .enumerate()
            .flat_map(|(f, x)| x.places.iter().map(move |r| (r.start, f, r.end)))
            .collect();
        referents.places.sort();
        let mut people = referents.places.iter().map(|p| p.1);
        referents.protagonist =
            people.find(|&f| referents.candidates[f].label == crate::document::Label::Person);
        referents.add_role_places(&covered);
        referents
    }

    /// Notes that a candidate spoke, named by the words at token `at`.
    pub fn record_speaker(&mut self, candidate: usize, at: usize) {
        self.spoken.push((at, candidate));
        if self.spoken.len() > MAX_SPOKEN {
            self.spoken.remove(0);
        }
    }

    /// A candidate by its index.
    pub fn candidate(&self, i: usize) -> Option<&Candidate> {
        self.candidates.get(i)
    }

    /// Adds role nouns ("the president") as mentions of the nearest candidate before who has that role.
    fn add_role_places(&mut self, covered: &[bool]) {
        let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (f, candidate) in self.candidates.iter().enumerate() {
            for role in &candidate.roles {
                known.entry(role).or_default().push(f);
            }
        }
        let mut found = Vec::new();
        let mut seen = vec![0usize; self.candidates.len()];
        let mut next = 0;
        for i in 1..self.words.len() {
            while let Some(&(start, f, _)) = self.places.get(next).filter(|p| p.0 < i) {
                seen[f] = start + 1;
                next += 1;
            }
            let free = !covered[i] && !covered.get(i + 1).is_some_and(|&c| c);
            if !free
                || !self.reading.word(i - 1).eq_ignore_ascii_case("the")
                || !look_up_noun(self.reading.word(i)).role
            {
                continue;
            }
            let role = self.reading.word(i).to_lowercase();
            let called = known.get(role.as_str()).into_iter().flatten().take(12);
            let nearest = called.filter(|&&f| seen[f] > 0).max_by_key(|&&f| seen[f]);
            found.extend(nearest.map(|&f| (i, f, i + 1)));
        }
        self.places.extend(found);
        self.places.sort();
    }

    /// Where a candidate is named, in tokens.
    pub fn places_of(&self, candidate: usize) -> Vec<Range<usize>> {
        let nameless = self.nameless.iter().filter(|n| n.1 == candidate).map(|n| n.0..n.2);
        let named = self.candidates.get(candidate).into_iter().flat_map(|c| c.places.clone());
        named.chain(nameless).collect()
    }

    /// Mentions that begin in `range`, as indices into the places.
    pub(super) fn places_in(&self, range: &Range<usize>) -> Range<usize> {
        let a = self.places.partition_point(|p| p.0 < range.start);
        let z = self.places.partition_point(|p| p.0 < range.end);
        a..z.max(a)
    }
}

/// Of each sentence: how many up to it begin outside quotation.
fn count_narrative_sentences(reading: &TokenizedText<'_>, words: &[Token]) -> Vec<u32> {
    let mut count = 0;
    let begins = |s: &crate::text::Sentence| {
        count += u32::from(words.get(s.tokens.start).is_none_or(|w| !w.quoted));
        count
    };
    reading.sentences().iter().map(begins).collect()
}

/// Adds names that the entity engine did not find: runs of capitalized words that begin with a known
/// first name, and later their last word alone.
fn add_capitalized_names(
    reading: &TokenizedText<'_>,
    words: &[Token],
    covered: &[bool],
    candidates: &mut Vec<Candidate>,
) {
    let mut by_last: BTreeMap<String, usize> = BTreeMap::new();
    let mut i = 0;
    while i < words.len() {
        let capital = |i: usize| {
            words.get(i).is_some_and(|w| w.is_capitalized_word())
                && !covered[i]
                && reading.tokens()[i].kind == TokenKind::Word
        };
        if !capital(i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < words.len() && capital(end) && !words[end].first && end - i < 5 {
            end += 1;
        }
        // Titles and roles in capitals are skipped from the left up to a known first name.
        let start = (i..end).find(|&k| end - k >= 2 && words[k].first_name != FirstName::No);
        let last = reading.word(end - 1).to_lowercase();
        match (start, by_last.get(&last)) {
            (_, Some(&f)) => candidates[f].places.push(i..end),
            (Some(start), None) => {
                let name = reading
                    .span_of(start..end)
                    .map(|s| one_line(reading.slice(s)))
                    .unwrap_or_default();
                by_last.insert(last, candidates.len());
                candidates.push(Candidate::new_person(name, start..end));
            }
            _ => {}
        }
        i = end;
    }
}
