//! Whom "he", "she", "it" and "they" mean: candidates that were named or spoke before, scored.
//!
//! Owns the scores. The nearest subjects and speakers count most; a name inside the quote itself is
//! never its speaker. Must not know which words of a phrase are a pronoun.

use std::collections::BTreeMap;
use std::ops::Range;

use super::candidate::{PronounQuery, Resolution};
use super::nouns::{are_people, is_body, is_document};
use super::ranker::{Query, QueryClass};
use super::referents::Referents;
use super::token::Spelling;
use crate::document::Label;
use crate::vocabulary::people::Gender;
use crate::vocabulary::speech::look_up_function_word;

/// Points of a mention by the number of sentences between it and the pronoun.
const DISTANCE_SCORES: [i32; 8] = [40, 34, 24, 17, 10, 10, 10, 4];
/// Points of a candidate whose gender is known and fits.
const GENDER_SCORE: i32 = 14;
/// Points of a candidate whose age the words tell.
const AGE_SCORE: i32 = 60;
/// Points of whom the text is about, for a description.
const PROTAGONIST_SCORE: i32 = 18;
/// Points of a mention that is the subject of its sentence, or speaks.
const SUBJECT_SCORE: i32 = 12;
/// Further points of one that the sentence before introduces.
const INTRODUCED_SCORE: i32 = 14;
/// Further points of one that spoke there.
const SPEAKER_SCORE: i32 = 12;
/// Points of a mention in the pronoun's paragraph.
const SAME_PARAGRAPH_SCORE: i32 = 8;
/// Points of a possessive ("Lee's house").
const POSSESSOR_SCORE: i32 = -12;
/// Points of a mention inside reported speech.
const REPORTED_SCORE: i32 = -10;
/// Points of each further mention of a candidate.
const REPEAT_SCORE: i32 = 2;
/// At most so many points for all further mentions.
const MAX_REPEAT_SCORE: i32 = 10;

/// "it" and "they" do not refer to anything farther away, in tokens.
const MAX_GROUP_DISTANCE: usize = 120;

/// Where the ranker is as sure as this, per mille, its answer counts before the points.
const MIN_PERSON_CONFIDENCE: u16 = 850;
/// The same for "it" and "they": that nobody named is meant.
const MIN_NOBODY_CONFIDENCE: u16 = 850;
/// The same for "it" and "they".
const MIN_GROUP_CONFIDENCE: u16 = 731;

/// "he said" goes on with the last speaker over at most so many sentences.
const MAX_SPEECH_DISTANCE: usize = 2;

/// At most so many resolved pronouns of the narrative are remembered.
const MAX_FOLLOWED: usize = 12;

/// Of each candidate the best score of its mentions, and how many there are.
#[derive(Default)]
struct CandidateScores(BTreeMap<usize, (i32, i32)>);

impl CandidateScores {
    fn add_mention(&mut self, candidate: usize, points: i32) {
        let slot = self.0.entry(candidate).or_insert((points, 0));
        slot.0 = slot.0.max(points);
        slot.1 += 1;
    }

    /// The best candidate, and how clearly it is that.
    fn best(&self) -> Option<Resolution> {
        let points = |s: &(i32, i32)| s.0 + ((s.1 - 1) * REPEAT_SCORE).min(MAX_REPEAT_SCORE);
        let all = || self.0.iter().map(|(&f, s)| (points(s), f));
        let (top, candidate) = all().max_by_key(|&(p, f)| (p, usize::MAX - f))?;
        let next = all().filter(|x| x.1 != candidate).map(|x| x.0).max();
        let lead = (top - next.unwrap_or(0)).clamp(0, 40);
        Some(Resolution { candidate, confidence: (600 + lead * 8) as u16 })
    }
}

impl Referents<'_> {
    /// Sentences between two tokens, but for those that begin inside quotation.
    pub(super) fn narrative_distance(&self, from: usize, to: usize) -> usize {
        let at = |token: usize| {
            let s = self.reading.sentence_of_token(token);
            self.narrative_sentences.get(s).copied().unwrap_or(0)
        };
        at(to).saturating_sub(at(from)) as usize
    }

    /// Whether the mention is the subject of its clause, judged by the words around it.
    pub(super) fn is_subject(&self, place: &(usize, usize, usize)) -> bool {
        let &(start, _, end) = place;
        let word = |i: usize| self.reading.word(i);
        let begins = self.reading.sentences().get(self.reading.sentence_of_token(start));
        let begins = begins.map_or(start, |s| s.tokens.start);
        let led = (start.saturating_sub(1).max(begins)..start)
            .any(|i| look_up_function_word(word(i)).preposition);
        let acts = |i: usize| {
            self.words.get(i).is_some_and(|w| {
                w.is_lowercase()
                    && (w.cue || word(i).ends_with("ed") || look_up_function_word(word(i)).verb)
            })
        };
        let verb = acts(end) || word(end) == "," && acts(end + 1);
        !led && (verb || start <= begins + 4) || self.is_introduced(place)
    }

    /// "The first witness was police head Ann Lee, who …": the text goes on about who is introduced.
    fn is_introduced(&self, place: &(usize, usize, usize)) -> bool {
        let &(start, _, end) = place;
        let begins = self.reading.sentences().get(self.reading.sentence_of_token(start));
        let begins = begins.map_or(start, |s| s.tokens.start);
        let word = |i: usize| self.reading.word(i);
        let copula = (start.saturating_sub(6).max(begins)..start).rev().find(|&i| {
            !self.words[i].is_lowercase() && !word(i).starts_with(char::is_uppercase)
                || look_up_function_word(word(i)).preposition
                || matches!(word(i), "is" | "was" | "were")
        });
        let copula = copula.is_some_and(|i| matches!(word(i), "is" | "was" | "were"));
        copula && (word(end) == "," || self.words.get(end).is_none_or(|w| w.punct))
    }

    /// The points of a mention for a pronoun at token `at`.
    fn score_mention(&self, place: &(usize, usize, usize), at: usize) -> i32 {
        let far = self.narrative_distance(place.0, at);
        let paragraph = |t: usize| {
            let all = self.reading.paragraphs();
            all.partition_point(|p| p.tokens.end <= t)
        };
        let mut points = DISTANCE_SCORES[far.min(DISTANCE_SCORES.len() - 1)];
        if self.is_subject(place) {
            points += SUBJECT_SCORE;
        }
        let new = self.candidates[place.1].places.first().is_some_and(|p| p.start == place.0);
        if far == 1 && new && self.is_introduced(place) {
            points += INTRODUCED_SCORE;
        }
        if paragraph(place.0) == paragraph(at) {
            points += SAME_PARAGRAPH_SCORE;
        }
        if matches!(self.reading.word(place.2), "'s" | "’s" | "'" | "’") {
            points += POSSESSOR_SCORE;
        }
        if self.reported.get(place.0).is_some_and(|&r| r) {
            points += REPORTED_SCORE;
        }
        points
    }

    /// Mentions before token `at` that fit, the nearest first.
    fn mentions_before<'s>(
        &'s self,
        at: usize,
        content: &'s [Range<usize>],
        fits: impl Fn(usize) -> bool + 's,
    ) -> impl Iterator<Item = &'s (usize, usize, usize)> {
        let upto = self.places.partition_point(|p| p.0 < at);
        let echoes = self.followed_pronouns.iter().rev();
        let nameless = self.nameless.iter().rev().chain(echoes);
        let nameless = nameless.filter(move |p| p.0 < at);
        let named = self.places[upto.saturating_sub(80)..upto].iter().rev();
        nameless.chain(named).filter(move |p| fits(p.1) && self.is_eligible(p, content)).take(24)
    }

    /// Scores those who spoke before `at`. They lose the points of a speaker to whoever became a
    /// subject since.
    fn score_speakers(
        &self,
        at: usize,
        subject: Option<(usize, usize)>,
        scores: &mut CandidateScores,
        fits: impl Fn(usize) -> bool,
    ) {
        for &(token, f) in self.spoken.iter().rev().filter(|s| s.0 < at && fits(s.1)) {
            let far = self.narrative_distance(token, at);
            let holds = subject.is_none_or(|(since, other)| {
                other == f || since < token || self.narrative_distance(token, since) == 0
            });
            let points = DISTANCE_SCORES[far.min(DISTANCE_SCORES.len() - 1)]
                + SUBJECT_SCORE
                + if holds { SPEAKER_SCORE } else { 0 };
            scores.add_mention(f, points);
        }
    }

    /// Resolves each "he" and "she" of the narrative before `at`: they count as mentions.
    pub(super) fn follow_narrative(&mut self, at: usize) {
        for i in self.followed..at {
            let gender = match self.reading.word(i) {
                "he" | "He" => Gender::Male,
                "she" | "She" => Gender::Female,
                _ => continue,
            };
            if self.words[i].quoted || self.reported.get(i).is_some_and(|&r| r) {
                continue;
            }
            let query = PronounQuery::pronoun(i, gender, &[]);
            if let Some(resolution) = self.resolve_pronoun(&query) {
                if self.followed_pronouns.len() >= MAX_FOLLOWED {
                    self.followed_pronouns.remove(0);
                }
                self.followed_pronouns.push((i, resolution.candidate, i + 1));
            }
        }
        self.followed = self.followed.max(at);
    }

    /// Whom "he" or "she" refers to; without a gender, who is being spoken about.
    pub(super) fn resolve_pronoun(&self, query: &PronounQuery<'_>) -> Option<Resolution> {
        if !query.described {
            let known = self.find_last_speaker(query).or_else(|| self.rank_person(query));
            if known.is_some() {
                return known;
            }
        }
        let sure = self.choose_person(query, false);
        // "Nana" is a first name of women, and of men elsewhere.
        sure.or_else(|| {
            self.choose_person(query, true).map(|r| Resolution { confidence: 500, ..r })
        })
    }

    /// "…," Lee said. "…," he said.: who spoke last, where nobody else of that gender was named or meant since.
    fn find_last_speaker(&self, query: &PronounQuery<'_>) -> Option<Resolution> {
        let fits = |f: usize| {
            let x = &self.candidates[f];
            let gender = x.gender == query.gender || x.gender.is_none();
            x.label == Label::Person && gender
        };
        query.gender?;
        let &(token, candidate) = self.spoken.iter().rev().find(|s| s.0 < query.at)?;
        let near = self.narrative_distance(token, query.at) <= MAX_SPEECH_DISTANCE;
        let other = |p: &(usize, usize, usize)| {
            p.0 > token && p.1 != candidate && fits(p.1) && self.is_eligible(p, query.content)
        };
        let upto = self.places.partition_point(|p| p.0 < query.at);
        let since = self.places.partition_point(|p| p.0 <= token);
        let between = self.places.get(since..upto).unwrap_or_default();
        let alone = !between.iter().any(other) && !self.followed_pronouns.iter().any(other);
        (fits(candidate) && near && alone).then_some(Resolution { candidate, confidence: 900 })
    }

    /// Whom the trained ranker means, where it is sure.
    fn rank_person(&self, query: &PronounQuery<'_>) -> Option<Resolution> {
        let words = query.at..query.at + 1;
        let class = QueryClass::Person;
        let query = Query { class, gender: query.gender, words, content: query.content };
        let (answer, confidence) = self.rank(&query);
        let candidate = answer.filter(|_| confidence >= MIN_PERSON_CONFIDENCE)?;
        Some(Resolution { candidate, confidence })
    }

    /// The best person. `doubt`: a first name alone tells nothing.
    fn choose_person(&self, query: &PronounQuery<'_>, doubt: bool) -> Option<Resolution> {
        let fits = |f: usize| {
            let x = &self.candidates[f];
            let gender = x.gender == query.gender
                || x.gender.is_none()
                || query.gender.is_none()
                || doubt && !x.gender_told;
            let age = x.age.is_none() || query.age.is_none() || x.age == query.age;
            x.label == Label::Person && gender && age
        };
        let mut scores = CandidateScores::default();
        let mut subject = None;
        for place in self.mentions_before(query.at, query.content, fits) {
            scores.add_mention(place.1, self.score_mention(place, query.at));
            let reported = self.reported.get(place.0).is_some_and(|&r| r);
            if !reported && self.is_subject(place) {
                subject = subject.max(Some((place.0, place.1)));
            }
        }
        self.score_speakers(query.at, subject, &mut scores, fits);
        for (f, slot) in &mut scores.0 {
            if query.gender.is_some() && self.candidates[*f].gender == query.gender {
                slot.0 += GENDER_SCORE;
            }
            if query.age.is_some() && self.candidates[*f].age == query.age {
                slot.0 += AGE_SCORE;
            }
            if query.described && Some(*f) == self.protagonist {
                slot.0 += PROTAGONIST_SCORE;
            }
        }
        scores.best()
    }

    /// What "it" or "they" refers to. `reads`: the cue is a form of "read".
    pub(super) fn resolve_group_pronoun(
        &mut self,
        at: usize,
        content: &[Range<usize>],
        plural: bool,
        reads: bool,
    ) -> Option<Resolution> {
        let phrases = self.find_phrases(at, content, plural);
        for phrase in phrases {
            self.find_or_add_phrase(&phrase, phrase.end);
        }
        let this = &*self;
        let query = Query {
            class: if plural { QueryClass::Group } else { QueryClass::Thing },
            gender: None,
            words: at..at + 1,
            content,
        };
        let (answer, confidence) = this.rank(&query);
        let unnamed = answer.is_none() && confidence >= MIN_NOBODY_CONFIDENCE;
        if let Some(candidate) = answer.filter(|_| confidence >= MIN_GROUP_CONFIDENCE && !reads) {
            return Some(Resolution { candidate, confidence });
        }
        let fits = |f: usize| {
            let x = &this.candidates[f];
            let label = matches!(
                x.label,
                Label::Org | Label::Gpe | Label::Norp | Label::WorkOfArt | Label::Fac
            );
            label && (plural || !x.plural) && !(unnamed && x.cluster.is_some())
        };
        let liking = |f: usize, place: &(usize, usize, usize)| {
            let x = &this.candidates[f];
            let paper = is_document(&this.reading.word(place.2 - 1).to_lowercase());
            match (x.label, plural) {
                _ if x.cluster.is_none() && reads && paper => 40,
                _ if x.cluster.is_none() && plural && x.plural => 22,
                _ if x.cluster.is_none() && plural => -10,
                (Label::Org, false) => 14,
                (Label::Org, true) => 6,
                (Label::Norp, true) => 10,
                (Label::Norp, false) => -20,
                (Label::Gpe, false) => 4,
                (Label::Gpe, true) => -10,
                _ => 0,
            }
        };
        let mut scores = CandidateScores::default();
        for place in this.mentions_before(at, content, fits) {
            if at - place.0 <= MAX_GROUP_DISTANCE {
                scores.add_mention(place.1, this.score_mention(place, at) + liking(place.1, place));
            }
        }
        this.score_speakers(at, None, &mut scores, |f| {
            fits(f)
                && (!plural || this.candidates[f].plural || this.candidates[f].cluster.is_some())
        });
        scores.best()
    }

    /// Noun phrases without a name that "it" (a paper, a body) or "they" (people) may mean, in text
    /// order: from a determiner or an adjective to their head.
    fn find_phrases(&self, at: usize, content: &[Range<usize>], plural: bool) -> Vec<Range<usize>> {
        let word = |i: usize| self.reading.word(i).to_lowercase();
        let mut out = Vec::new();
        for i in at.saturating_sub(MAX_GROUP_DISTANCE)..at {
            let w = &self.words[i];
            let held = content.iter().any(|c| c.contains(&i));
            let lower = w.is_lowercase() || w.spelling == Spelling::Capitalized && w.first;
            if !lower || w.quoted || held {
                continue;
            }
            let noun = word(i);
            let head =
                if plural { are_people(&noun) } else { is_document(&noun) || is_body(&noun) };
            // "campaign officials": the last noun is the head.
            let goes_on = self.words.get(i + 1).is_some_and(|n| {
                let next = word(i + 1);
                n.is_lowercase() && (are_people(&next) || is_document(&next) || is_body(&next))
            });
            if !head || goes_on || self.places.iter().any(|p| (p.0..p.2).contains(&i)) {
                continue;
            }
            let mut start = i;
            while start > 0 && i - start < 4 && !self.words[start - 1].punct {
                let before = word(start - 1);
                let function = look_up_function_word(&before);
                if function.determiner {
                    start -= 1;
                    break;
                }
                let joins = function.preposition
                    || function.verb
                    || function.connective
                    || before.ends_with("ed")
                    || before.ends_with("ly")
                    || self.words[start - 1].cue;
                if joins {
                    break;
                }
                start -= 1;
            }
            out.push(start..i + 1);
        }
        out
    }
}
