//! Candidates for a speaker: names, pronouns, capitals, the words beside a cue; and their extents.

use std::ops::Range;

use super::{CandidateKind, SpeakerCandidate, SpeakerRanker};
use crate::quotes::assemble::{Draft, split_segments};
use crate::quotes::tagger::SPEAKER;
use crate::text::TokenKind;
use crate::vocabulary::speech::look_up_function_word;

/// Does no noun phrase go beyond the word? In capitals it is a name: "the WHO".
fn is_boundary(word: &str) -> bool {
    look_up_function_word(word).boundary && (word.len() == 1 || word.contains(char::is_lowercase))
}

impl SpeakerRanker<'_> {
    /// Candidates of a paragraph that do not depend on a cue, by position.
    pub fn find_candidates(&self, paragraph: &Range<usize>) -> Vec<SpeakerCandidate> {
        let mut taken = vec![false; paragraph.len()];
        let mut out: Vec<SpeakerCandidate> = Vec::new();
        let mut add = |tokens: Range<usize>, kind: CandidateKind, margin: u8| {
            let local = tokens.start.saturating_sub(paragraph.start)
                ..tokens.end.saturating_sub(paragraph.start).min(paragraph.len());
            let Some(slots) = taken.get_mut(local) else {
                return;
            };
            if slots.is_empty() || slots.iter().any(|&t| t) {
                return;
            }
            slots.fill(true);
            out.push(SpeakerCandidate { tokens, kind, margin });
        };
        for s in split_segments(self.tags, paragraph.clone()) {
            if s.tag == SPEAKER {
                let margin = self.margins[s.tokens.clone()].iter().min().copied().unwrap_or(0);
                add(s.tokens, CandidateKind::Tagged, (margin / 24).min(6) as u8);
            }
        }
        let first = self.named.partition_point(|n| n.0.start < paragraph.start);
        for (tokens, kind) in self.named[first..].iter().take_while(|n| n.0.start < paragraph.end) {
            add(tokens.clone(), *kind, 0);
        }
        for i in paragraph.clone() {
            if look_up_function_word(self.reading.word(i)).subject {
                add(i..i + 1, CandidateKind::Pronoun, 0);
            }
        }
        let mut i = paragraph.start;
        while i < paragraph.end {
            let capital = |i: usize| {
                i < paragraph.end
                    && self.reading.tokens()[i].kind == TokenKind::Word
                    && self.reading.word(i).starts_with(char::is_uppercase)
            };
            let mut end = i;
            while capital(end) {
                end += 1;
            }
            if end > i && !(end == i + 1 && self.words[i].first) {
                add(i..end, CandidateKind::Capitals, 0);
            }
            i = end.max(i + 1);
        }
        out.sort_by_key(|c| c.tokens.start);
        out
    }

    /// Words just before and just after a cue, as a last resort.
    fn words_beside(
        &self,
        cue: &Range<usize>,
        paragraph: &Range<usize>,
    ) -> [Option<Range<usize>>; 2] {
        let punct = |i: usize| self.words[i].punct;
        let mut end = cue.start;
        while end > paragraph.start
            && cue.start - end < 4
            && (look_up_function_word(self.reading.word(end - 1)).beside_verb
                || self.reading.word(end - 1).ends_with("ly"))
        {
            end -= 1;
        }
        let mut start = end;
        while start > paragraph.start
            && end - start < 5
            && !punct(start - 1)
            && !is_boundary(self.reading.word(start - 1))
        {
            start -= 1;
        }
        let left = (start < end).then_some(start..end);
        let start = cue.end;
        let mut end = start;
        while end < paragraph.end
            && end - start < 6
            && !punct(end)
            && !is_boundary(self.reading.word(end))
        {
            end += 1;
        }
        let right = (start < end).then_some(start..end);
        [left, right]
    }

    /// Candidates for one quote: those nearest to its cue, and nobody.
    pub fn shortlist(
        &self,
        draft: &Draft,
        all: &[SpeakerCandidate],
        paragraph: &Range<usize>,
    ) -> Vec<SpeakerCandidate> {
        let Some(cue) = &draft.cue else {
            return Vec::new();
        };
        let at = all.partition_point(|c| c.tokens.start < cue.start);
        let mut list: Vec<SpeakerCandidate> =
            all[at.saturating_sub(12)..(at + 8).min(all.len())].to_vec();
        for range in self.words_beside(cue, paragraph).into_iter().flatten() {
            let free =
                |c: &SpeakerCandidate| c.tokens.end <= range.start || range.end <= c.tokens.start;
            if list.iter().all(free) {
                list.push(SpeakerCandidate {
                    tokens: range,
                    kind: CandidateKind::Beside,
                    margin: 0,
                });
            }
        }
        list.push(SpeakerCandidate {
            tokens: cue.start..cue.start,
            kind: CandidateKind::Nobody,
            margin: 0,
        });
        list
    }

    /// The whole phrase around a candidate: "the French negotiator, Claire Dumont" for "French";
    /// without words at its end that are no part of it ("the operator apologised and").
    pub(super) fn widen(&self, mut c: SpeakerCandidate, cue: &Range<usize>) -> SpeakerCandidate {
        if matches!(c.kind, CandidateKind::Nobody | CandidateKind::Pronoun) || c.tokens.is_empty() {
            return c;
        }
        let word = |i: usize| self.reading.word(i);
        let joins = |i: usize| is_boundary(word(i)) || look_up_function_word(word(i)).beside_verb;
        while c.tokens.len() > 1 {
            let last = c.tokens.end - 1;
            let verb = c.kind == CandidateKind::Tagged
                && self.words[last].is_lowercase()
                && word(last).ends_with("ed");
            if !(joins(last) || word(last) == "," || verb && c.tokens.len() > 2) {
                break;
            }
            c.tokens.end = last;
        }
        if c.kind == CandidateKind::Tagged {
            self.narrow_to_subject(&mut c.tokens);
        }
        let free = |i: usize| {
            !(cue.contains(&i) || self.tags.get(i).is_none_or(|&t| t != 0) || self.words[i].punct)
        };
        if matches!(
            c.kind,
            CandidateKind::Name | CandidateKind::Place | CandidateKind::Organisation
        ) {
            // A people, place or body that only describes: "French negotiator".
            let noun = |i: usize| free(i) && self.words[i].is_lowercase() && !joins(i);
            let mut end = c.tokens.end;
            while end < c.tokens.end + 3 && noun(end) && self.words[end].cue < 3 {
                end += 1;
            }
            let apposed = end > c.tokens.end && word(end) == ",";
            let at = end + usize::from(apposed);
            let named = self.named.partition_point(|n| n.0.start < at);
            let next =
                self.named.get(named).filter(|n| n.0.start == at && n.1 == CandidateKind::Person);
            c.tokens.end = next.map_or(end, |n| n.0.end);
        }
        if !matches!(c.kind, CandidateKind::Person) {
            self.extend_to_apposed_name(&mut c.tokens, cue);
        }
        c
    }

    /// "the baker, Ann Lee", "fellow protester, mechanical engineer Ann Lee, 60,": with the name that
    /// stands in apposition.
    fn extend_to_apposed_name(&self, tokens: &mut Range<usize>, cue: &Range<usize>) {
        let word = |i: usize| self.reading.word(i);
        let at = self.named.partition_point(|n| n.0.start < tokens.start);
        let Some((name, kind)) = self.named[at..].iter().find(|n| n.1 == CandidateKind::Person)
        else {
            return;
        };
        let end = tokens.end;
        let near = name.start > end && name.start <= end + 6 && word(end) == ",";
        let before_cue = name.end <= cue.start || tokens.start >= cue.end;
        // Only words of a role stand between: lowercase, or another name ("Hull fan Ann Lee").
        let role = |i: usize| {
            let lower = self.words[i].is_lowercase()
                && !is_boundary(word(i))
                && !look_up_function_word(word(i)).preposition
                && !look_up_function_word(word(i)).connective
                && self.words[i].cue < 3
                && !word(i).ends_with("ing");
            lower || matches!(word(i), "-" | "a" | "an" | "the")
        };
        let led = (end + 1..name.start).all(role);
        let closes = self.words.get(name.end).is_none_or(|w| w.punct)
            || cue.start == name.end
            || tokens.start >= cue.end;
        // What is apposed to is a description: it ends in a noun, not in another name.
        let described = self.words.get(end.wrapping_sub(1)).is_some_and(|w| w.is_lowercase());
        if *kind == CandidateKind::Person && near && before_cue && led && closes && described {
            tokens.end = name.end;
        }
    }

    /// "The paper quoted Ann Lee as saying": whoever is quoted, where `cue` is in such a clause.
    pub(super) fn find_quoted_person(&self, cue: &Range<usize>) -> Option<Range<usize>> {
        let word = |i: usize| self.reading.word(i);
        let from = cue.start.saturating_sub(8);
        let quotes = |i: usize| {
            matches!(word(i), "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing")
        };
        let verb = (from..cue.end.min(self.words.len())).rev().find(|&i| quotes(i))?;
        let stop = (verb + 1..(verb + 14).min(self.words.len()))
            .find(|&i| word(i) == "as" || self.words[i].first)?;
        let says = word(stop) == "as" && word(stop + 1).ends_with("ing");
        let near = cue.start <= stop + 2 && verb < cue.end;
        let person = verb + 1..stop;
        (says && near && !person.is_empty() && word(verb + 1) != "by").then_some(person)
    }

    /// "The message, confirmed by police to the station, read": the subject, where the candidate stands in what is
    /// inserted between it and the cue; "the chief overseeing the case in the Dayton, Ohio, area said": the chief.
    pub(super) fn find_subject_before_insertion(
        &self,
        c: &SpeakerCandidate,
        cue: &Range<usize>,
    ) -> Option<Range<usize>> {
        const LONGEST_SUBJECT: usize = 9;
        let word = |i: usize| self.reading.word(i);
        let sentence =
            self.reading.sentences().get(self.reading.sentence_of_token(cue.start))?.tokens.clone();
        let f = |i: usize| look_up_function_word(word(i));
        let participle = |i: usize| {
            self.words[i].is_lowercase()
                && f(i) == Default::default()
                && (word(i).ends_with("ed") || word(i).ends_with("ing"))
        };
        let verb = |i: usize| f(i).verb || self.words[i].cue >= 3 && self.words[i].is_lowercase();
        let pronoun = c.tokens.len() == 1 && f(c.tokens.start).pronoun;
        if matches!(c.kind, CandidateKind::Nobody | CandidateKind::Pronoun)
            || pronoun
            || c.tokens.end > cue.start
            || c.tokens.start <= sentence.start
            || self.words[sentence.start].punct
        {
            return None;
        }
        let at = self.named.partition_point(|n| n.0.start < sentence.start);
        let named = self.named.get(at).is_some_and(|n| n.0.start == sentence.start);
        let begins = f(sentence.start).determiner || named;
        let noun_phrase = |end: usize| {
            let phrase = sentence.start..end;
            begins
                && (1..=LONGEST_SUBJECT).contains(&phrase.len())
                && phrase.clone().all(|i| {
                    // "the taunting message"
                    let describes = i == sentence.start + 1 && i + 1 < end;
                    let bare = !verb(i) && !participle(i);
                    !self.words[i].punct && !f(i).subject && (describes || bare)
                })
                && !f(end - 1).determiner
        };
        let comma = (sentence.start..c.tokens.start).find(|&i| self.words[i].punct)?;
        let inserted = word(comma) == ","
            && word(cue.start.checked_sub(1)?) == ","
            && comma + 1 < c.tokens.start
            && (participle(comma + 1) || f(comma + 1).preposition);
        if inserted && c.tokens.end < cue.start && noun_phrase(comma) {
            return Some(sentence.start..comma);
        }
        let tail = matches!(c.kind, CandidateKind::Beside | CandidateKind::Tagged)
            && c.tokens.end == cue.start
            && word(c.tokens.start - 1) == ","
            && self.words[c.tokens.start].is_lowercase();
        let head = (sentence.start + 1..comma)
            .find(|&i| word(i).ends_with("ing") && participle(i) || f(i).preposition)?;
        let clause = |i: usize| verb(i) || matches!(word(i), "who" | "which" | "that");
        (tail && noun_phrase(head) && !(head..c.tokens.start).any(clause))
            .then_some(sentence.start..head)
    }

    /// "The court heard that the defendant", "proclamations which analysts": whoever is the subject
    /// of the clause. "A letter in which the company" goes on about the letter.
    fn narrow_to_subject(&self, tokens: &mut Range<usize>) {
        let word = |i: usize| self.reading.word(i);
        let mut inner = (tokens.start..tokens.end.saturating_sub(1)).rev();
        let that = inner.find(|&i| matches!(word(i), "that" | "which"));
        let Some(that) = that.filter(|&i| i == 0 || !is_boundary(word(i - 1))) else {
            return;
        };
        let rest = that + 1..tokens.end;
        let verb = |i: usize| self.words[i].is_lowercase() && word(i).ends_with("ed");
        let next = word(that + 1);
        let subject = matches!(next, "the" | "a" | "an" | "his" | "her" | "their")
            || rest.len() == 1 && next.ends_with('s');
        if subject && !rest.clone().any(verb) {
            *tokens = rest;
        }
    }
}
