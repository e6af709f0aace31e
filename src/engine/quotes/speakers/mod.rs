//! Who speaks: candidates near the cue, ranked by a learnt linear ranker.
//!
//! Owns the ranking. Must not know whom a candidate's words mean.

mod candidates;
mod features;

use std::ops::Range;

use super::assemble::{Draft, GivenSpeaker};
use super::pack::Table;
use super::words::Word;
use crate::document::Label;
use crate::entities::Mention;
use crate::text::TokenizedText;

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateKind {
    /// The tagger's own guess.
    Tagged,
    Person,
    Organisation,
    Place,
    Name,
    Pronoun,
    /// Capitalised words that no engine named.
    Capitals,
    /// Words beside the cue.
    Beside,
    /// Nobody.
    Nobody,
}

/// Somebody who may speak; tokens of the whole text.
#[derive(Debug, Clone)]
pub struct SpeakerCandidate {
    /// Who.
    pub tokens: Range<usize>,
    /// Why it is one.
    pub kind: CandidateKind,
    margin: u8,
}

/// The lead of a speaker whom the setting names, in ranker units.
const GIVEN_LEAD: i32 = 120;

impl SpeakerCandidate {
    /// A label or a signature.
    fn given(tokens: Range<usize>) -> SpeakerCandidate {
        SpeakerCandidate { tokens, kind: CandidateKind::Tagged, margin: 6 }
    }
}

/// What the ranker looks at.
pub struct SpeakerRanker<'a> {
    /// The text.
    pub reading: &'a TokenizedText<'a>,
    /// Its tokens.
    pub words: &'a [Word],
    /// Their tags.
    pub tags: &'a [u8],
    /// How sure these are.
    pub margins: &'a [i32],
    /// Spans of mentions as tokens, in order.
    named: Vec<(Range<usize>, CandidateKind)>,
}

impl<'a> SpeakerRanker<'a> {
    /// Ranks speakers of a text that has been tagged.
    pub fn new(
        reading: &'a TokenizedText<'a>,
        words: &'a [Word],
        tags: &'a [u8],
        margins: &'a [i32],
        mentions: &[Mention],
    ) -> SpeakerRanker<'a> {
        let mut named: Vec<(Range<usize>, CandidateKind)> = mentions
            .iter()
            .filter(|m| m.label.is_name())
            .map(|m| {
                let kind = match m.label {
                    Label::Person => CandidateKind::Person,
                    Label::Org => CandidateKind::Organisation,
                    Label::Gpe | Label::Loc | Label::Fac => CandidateKind::Place,
                    _ => CandidateKind::Name,
                };
                (reading.tokens_in(m.span), kind)
            })
            .collect();
        named.sort_by_key(|n| (n.0.start, n.0.end));
        SpeakerRanker { reading, words, tags, margins, named }
    }

    /// The best candidate of each draft, with its lead over the next.
    pub fn rank_speakers(
        &self,
        drafts: &[Draft],
        ranker: &Table,
    ) -> Vec<Option<(SpeakerCandidate, i32)>> {
        let mut out: Vec<Option<(SpeakerCandidate, i32)>> = Vec::with_capacity(drafts.len());
        let mut here: Option<(usize, Vec<SpeakerCandidate>)> = None;
        let mut features = Vec::new();
        for (n, draft) in drafts.iter().enumerate() {
            let Some(cue) = draft.cue.clone() else {
                out.push(None);
                continue;
            };
            match &draft.given {
                GivenSpeaker::Nothing => {}
                GivenSpeaker::Nobody => {
                    out.push(None);
                    continue;
                }
                GivenSpeaker::Tokens(tokens) => {
                    out.push(Some((SpeakerCandidate::given(tokens.clone()), GIVEN_LEAD)));
                    continue;
                }
            }
            if let Some(person) = self.find_quoted_person(&cue) {
                out.push(Some((SpeakerCandidate::given(person), GIVEN_LEAD)));
                continue;
            }
            let Some((p, tokens)) = self.paragraph_of(cue.start) else {
                out.push(None);
                continue;
            };
            if here.as_ref().is_none_or(|h| h.0 != p) {
                here = Some((p, self.find_candidates(&tokens)));
            }
            let all = here.as_ref().map_or(&[][..], |h| h.1.as_slice());
            let before = previous_speaker(&out, drafts, n, tokens.start);
            let mut best: Option<(SpeakerCandidate, i32)> = None;
            let mut second = i32::MIN / 2;
            for c in self.shortlist(draft, all, &tokens) {
                self.push_features(draft, &c, &tokens, before.as_ref(), &mut features);
                let score = sum_weights(ranker, &features);
                match &best {
                    Some((_, top)) if *top >= score => second = second.max(score),
                    _ => {
                        second = best.as_ref().map_or(second, |b| b.1);
                        best = Some((c, score));
                    }
                }
            }
            out.push(best.map(|(mut c, s)| {
                if let Some(subject) = self.find_subject_before_insertion(&c, &cue) {
                    c = SpeakerCandidate { tokens: subject, ..c };
                }
                (self.widen(c, &cue), s.saturating_sub(second))
            }));
        }
        out
    }

    /// Number and tokens of the paragraph that holds a token.
    pub fn paragraph_of(&self, token: usize) -> Option<(usize, Range<usize>)> {
        let p = self.reading.paragraphs().partition_point(|p| p.tokens.end <= token);
        Some((p, self.reading.paragraphs().get(p)?.tokens.clone()))
    }
}

/// Who spoke the nearest quote before draft `n` of the same paragraph, by cue.
fn previous_speaker(
    done: &[Option<(SpeakerCandidate, i32)>],
    drafts: &[Draft],
    n: usize,
    from: usize,
) -> Option<Range<usize>> {
    let cue = drafts[n].cue.as_ref()?.start;
    (n.saturating_sub(3)..n)
        .filter_map(|k| Some((drafts[k].cue.as_ref()?.start, k)))
        .filter(|&(c, _)| c < cue && c >= from)
        .max()
        .and_then(|(_, k)| done.get(k)?.as_ref())
        .filter(|(c, _)| c.kind != CandidateKind::Nobody)
        .map(|(c, _)| c.tokens.clone())
}

/// Sum of the features' weights.
pub(super) fn sum_weights(ranker: &Table, features: &[u32]) -> i32 {
    features.iter().filter_map(|&f| ranker.get(f)).map(|w| i32::from(w) - 32_768).sum()
}
