//! What the ranker reads of a candidate; learning and running compute the same features.

use std::ops::Range;

use super::{Kind, SpeakerCandidate, SpeakerRanker};
use crate::quotes::assemble::Draft;
use crate::quotes::features::mix;
use crate::quotes::tagger::SPEAKER;
use crate::quotes::words::INSIDE;

impl SpeakerRanker<'_> {
    /// Features of a candidate for a quote. `inherited`: it spoke the quote before in this sentence.
    pub fn features(
        &self,
        draft: &Draft,
        c: &SpeakerCandidate,
        paragraph: &Range<usize>,
        before: Option<&Range<usize>>,
        out: &mut Vec<u32>,
    ) {
        out.clear();
        let Some(cue) = draft.cue.clone() else { return };
        let mut f = |t: u32, x: u32, y: u32, z: u32| out.push(mix(300 + t, x, y, z));
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
        if c.kind == Kind::Nobody {
            f(1, order, 0, 0);
            f(2, head, 0, 0);
            f(3, verb, u32::from(tagged_near), 0);
            f(4, verb_class, u32::from(tagged_near), 0);
            f(5, u32::from(tagged_near), 0, 0);
            f(6, word(cue.start.wrapping_sub(1)), u32::from(tagged_near), 0);
            f(7, word(cue.end), u32::from(tagged_near), 0);
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
                1 => others += 1,
                3 => cues += 1,
                5 | 7 => content += 1,
                _ => {}
            }
        }
        if self.words.get(between.end).is_some_and(|w| w.first) && !between.is_empty() {
            stops += 1;
        }
        let in_content =
            draft.parts.iter().any(|p| p.start < c.tokens.end && c.tokens.start < p.end);
        let in_quote = self.words.get(c.tokens.start).is_some_and(|w| w.quote == INSIDE);
        let in_any = self.tags.get(c.tokens.start).is_some_and(|&t| t >= 5);
        let place = u32::from(in_content) + 2 * u32::from(in_quote) + 4 * u32::from(in_any);
        let inside_cue = cue.start <= c.tokens.start && c.tokens.start < cue.end;
        let k = kind + 16 * side;
        f(10, k, distance, 0);
        f(11, k, distance, order);
        f(12, k, place, 0);
        f(13, k, u32::from(c.margin), distance);
        f(14, side, head, verb);
        f(15, side, head, one);
        f(16, side, verb_class, order);
        f(17, side, commas.min(3), stops.min(2));
        f(18, side, others.min(3) + 4 * content.min(3), cues.min(3) + 4 * kind);
        f(19, k, others.min(2), stops.min(2) + 4 * order);
        f(20, word(c.tokens.start.wrapping_sub(1)), side, 0);
        f(21, word(c.tokens.end), side, 0);
        f(22, if c.tokens.len() == 1 { word(c.tokens.start) } else { 0 }, side, distance);
        f(23, word(c.tokens.end - 1), side, 0);
        f(24, cluster(c.tokens.end - 1), side, order);
        f(25, cluster(c.tokens.start), side, 0);
        let start = self.words.get(c.tokens.start).is_some_and(|w| w.first);
        let opening = c.tokens.start == paragraph.start;
        f(26, k, u32::from(start) + 2 * u32::from(opening), order);
        if between.len() == 1 {
            f(27, side, word(between.start), 0);
            f(28, side, word(between.start), head);
        }
        if !between.is_empty() {
            f(29, side, word(between.start), word(between.end - 1));
            f(30, side, word(between.end - 1), kind);
        }
        let same = before.is_some_and(|b| b.start < c.tokens.end && c.tokens.start < b.end);
        f(31, u32::from(before.is_some()) + 2 * u32::from(same), others.min(2), side + 2 * kind);
        f(32, u32::from(same), cues.min(3), stops.min(2));
        f(33, u32::from(inside_cue), kind, 0);
        f(34, u32::from(tagged_near), k, distance.min(5));
        f(35, verb, k, 0);
        f(36, word(cue.start.wrapping_sub(1)), k, distance.min(2));
        f(37, word(cue.end), k, distance.min(2));
    }
}
