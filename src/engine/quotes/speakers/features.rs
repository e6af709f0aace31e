//! What the ranker reads of a candidate; learning and running compute the same features.

use std::ops::Range;

use super::{CandidateKind, SpeakerCandidate, SpeakerRanker};
use crate::quotes::assemble::Draft;
use crate::quotes::features::hash_feature;
use crate::quotes::tagger::{CONTENT_AFTER, CONTENT_BEFORE, CUE, SPEAKER};
use crate::quotes::words::INSIDE;

/// Numbers of the feature templates. They are part of a feature's hash: models are trained with them.
mod template {
    /// Templates of nobody.
    pub(super) const NOBODY_ORDER: u32 = 301;
    pub(super) const NOBODY_CUE_START: u32 = 302;
    pub(super) const NOBODY_CUE_END: u32 = 303;
    pub(super) const NOBODY_CUE_CLUSTER: u32 = 304;
    pub(super) const NOBODY_TAGGED_NEAR: u32 = 305;
    pub(super) const NOBODY_WORD_BEFORE_CUE: u32 = 306;
    pub(super) const NOBODY_WORD_AFTER_CUE: u32 = 307;

    /// Templates of somebody.
    pub(super) const DISTANCE: u32 = 310;
    pub(super) const DISTANCE_AND_ORDER: u32 = 311;
    pub(super) const PLACE: u32 = 312;
    pub(super) const TAGGER_MARGIN: u32 = 313;
    pub(super) const CUE_WORDS: u32 = 314;
    pub(super) const CUE_START_AND_LENGTH: u32 = 315;
    pub(super) const CUE_CLUSTER: u32 = 316;
    pub(super) const PUNCTUATION_BETWEEN: u32 = 317;
    pub(super) const TAGS_BETWEEN: u32 = 318;
    pub(super) const SPEAKERS_BETWEEN: u32 = 319;
    pub(super) const WORD_BEFORE: u32 = 320;
    pub(super) const WORD_AFTER: u32 = 321;
    pub(super) const ONLY_WORD: u32 = 322;
    pub(super) const LAST_WORD: u32 = 323;
    pub(super) const LAST_CLUSTER: u32 = 324;
    pub(super) const FIRST_CLUSTER: u32 = 325;
    pub(super) const SENTENCE_START: u32 = 326;
    pub(super) const ONLY_WORD_BETWEEN: u32 = 327;
    pub(super) const ONLY_WORD_BETWEEN_AND_CUE: u32 = 328;
    pub(super) const WORDS_BETWEEN: u32 = 329;
    pub(super) const LAST_WORD_BETWEEN: u32 = 330;
    pub(super) const SPOKE_BEFORE: u32 = 331;
    pub(super) const SPOKE_BEFORE_AND_CUES: u32 = 332;
    pub(super) const INSIDE_CUE: u32 = 333;
    pub(super) const TAGGED_NEAR: u32 = 334;
    pub(super) const CUE_END: u32 = 335;
    pub(super) const WORD_BEFORE_CUE: u32 = 336;
    pub(super) const WORD_AFTER_CUE: u32 = 337;
}

impl SpeakerRanker<'_> {
    /// Features of a candidate for a quote. `inherited`: it spoke the quote before in this sentence.
    pub fn push_features(
        &self,
        draft: &Draft,
        c: &SpeakerCandidate,
        paragraph: &Range<usize>,
        before: Option<&Range<usize>>,
        out: &mut Vec<u32>,
    ) {
        out.clear();
        let Some(cue) = draft.cue.clone() else { return };
        let mut f = |t: u32, x: u32, y: u32, z: u32| out.push(hash_feature(t, x, y, z));
        let word = |i: usize| self.words.get(i).map_or(0, |w| w.low);
        let cluster = |i: usize| self.words.get(i).map_or(0, |w| u32::from(w.cluster[1]));
        let kind = c.kind as u32;
        let verb = word(cue.end.saturating_sub(1).max(cue.start));
        let head = word(cue.start);
        let verb_class = cluster(cue.start);
        let one = u32::from(cue.len() == 1);
        // Where the content stands: before the cue, after it, both.
        let content_before = draft.parts.iter().any(|p| p.start < cue.start);
        let content_after = draft.parts.iter().any(|p| p.start >= cue.start);
        let order = u32::from(content_before) + 2 * u32::from(content_after);
        let tagged_near = self.tags.get(cue.end).is_some_and(|&t| t == SPEAKER)
            || cue.start > 0
                && self.tags.get(cue.start - 1).is_some_and(|&t| t == SPEAKER || t == SPEAKER + 1);
        if c.kind == CandidateKind::Nobody {
            f(template::NOBODY_ORDER, order, 0, 0);
            f(template::NOBODY_CUE_START, head, 0, 0);
            f(template::NOBODY_CUE_END, verb, u32::from(tagged_near), 0);
            f(template::NOBODY_CUE_CLUSTER, verb_class, u32::from(tagged_near), 0);
            f(template::NOBODY_TAGGED_NEAR, u32::from(tagged_near), 0, 0);
            f(
                template::NOBODY_WORD_BEFORE_CUE,
                word(cue.start.wrapping_sub(1)),
                u32::from(tagged_near),
                0,
            );
            f(template::NOBODY_WORD_AFTER_CUE, word(cue.end), u32::from(tagged_near), 0);
            return;
        }
        let left = c.tokens.end <= cue.start;
        let side = u32::from(left);
        let between = if left {
            c.tokens.end..cue.start
        } else {
            cue.end.min(c.tokens.start)..c.tokens.start
        };
        let distance = match between.len() {
            n @ 0..=4 => n as u32,
            5..=6 => 5,
            7..=9 => 6,
            10..=15 => 7,
            16..=25 => 8,
            _ => 9,
        };
        let window = between.clone().take(60);
        let (mut commas, mut stops, mut others, mut content, mut cues) =
            (0u32, 0u32, 0u32, 0u32, 0u32);
        for i in window {
            let w = &self.words[i];
            commas += u32::from(w.punct && self.reading.word(i) == ",");
            stops += u32::from(w.first && i > between.start);
            match self.tags[i] {
                SPEAKER => others += 1,
                CUE => cues += 1,
                CONTENT_AFTER | CONTENT_BEFORE => content += 1,
                _ => {}
            }
        }
        if self.words.get(between.end).is_some_and(|w| w.first) && !between.is_empty() {
            stops += 1;
        }
        let in_content =
            draft.parts.iter().any(|p| p.start < c.tokens.end && c.tokens.start < p.end);
        let in_quote = self.words.get(c.tokens.start).is_some_and(|w| w.quote == INSIDE);
        let in_any = self.tags.get(c.tokens.start).is_some_and(|&t| t >= CONTENT_AFTER);
        let place = u32::from(in_content) + 2 * u32::from(in_quote) + 4 * u32::from(in_any);
        let inside_cue = cue.start <= c.tokens.start && c.tokens.start < cue.end;
        let k = kind + 16 * side;
        f(template::DISTANCE, k, distance, 0);
        f(template::DISTANCE_AND_ORDER, k, distance, order);
        f(template::PLACE, k, place, 0);
        f(template::TAGGER_MARGIN, k, u32::from(c.margin), distance);
        f(template::CUE_WORDS, side, head, verb);
        f(template::CUE_START_AND_LENGTH, side, head, one);
        f(template::CUE_CLUSTER, side, verb_class, order);
        f(template::PUNCTUATION_BETWEEN, side, commas.min(3), stops.min(2));
        f(template::TAGS_BETWEEN, side, others.min(3) + 4 * content.min(3), cues.min(3) + 4 * kind);
        f(template::SPEAKERS_BETWEEN, k, others.min(2), stops.min(2) + 4 * order);
        f(template::WORD_BEFORE, word(c.tokens.start.wrapping_sub(1)), side, 0);
        f(template::WORD_AFTER, word(c.tokens.end), side, 0);
        f(
            template::ONLY_WORD,
            if c.tokens.len() == 1 { word(c.tokens.start) } else { 0 },
            side,
            distance,
        );
        f(template::LAST_WORD, word(c.tokens.end - 1), side, 0);
        f(template::LAST_CLUSTER, cluster(c.tokens.end - 1), side, order);
        f(template::FIRST_CLUSTER, cluster(c.tokens.start), side, 0);
        let start = self.words.get(c.tokens.start).is_some_and(|w| w.first);
        let opening = c.tokens.start == paragraph.start;
        f(template::SENTENCE_START, k, u32::from(start) + 2 * u32::from(opening), order);
        if between.len() == 1 {
            f(template::ONLY_WORD_BETWEEN, side, word(between.start), 0);
            f(template::ONLY_WORD_BETWEEN_AND_CUE, side, word(between.start), head);
        }
        if !between.is_empty() {
            f(template::WORDS_BETWEEN, side, word(between.start), word(between.end - 1));
            f(template::LAST_WORD_BETWEEN, side, word(between.end - 1), kind);
        }
        let same = before.is_some_and(|b| b.start < c.tokens.end && c.tokens.start < b.end);
        f(
            template::SPOKE_BEFORE,
            u32::from(before.is_some()) + 2 * u32::from(same),
            others.min(2),
            side + 2 * kind,
        );
        f(template::SPOKE_BEFORE_AND_CUES, u32::from(same), cues.min(3), stops.min(2));
        f(template::INSIDE_CUE, u32::from(inside_cue), kind, 0);
        f(template::TAGGED_NEAR, u32::from(tagged_near), k, distance.min(5));
        f(template::CUE_END, verb, k, 0);
        f(template::WORD_BEFORE_CUE, word(cue.start.wrapping_sub(1)), k, distance.min(2));
        f(template::WORD_AFTER_CUE, word(cue.end), k, distance.min(2));
    }
}
