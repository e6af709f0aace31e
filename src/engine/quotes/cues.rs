//! Cues for content that the tagger left without one.

use super::assemble::Draft;
use super::marks::Region;
use super::tagger::{CONTENT_AFTER, CUE, tag_run};
use super::words::{CLOSES, INSIDE, OPENS, OUTSIDE, Word, outermost_regions};
use crate::text::TokenizedText;

/// Content without a cue takes the likeliest cue of its own sentence that no other content has.
pub(super) fn find_cues(
    words: &[Word],
    tags: &[u8],
    others: &[u8],
    reading: &TokenizedText<'_>,
    drafts: &mut [Draft],
) {
    let mut taken = vec![false; words.len()];
    for i in drafts.iter().filter_map(|d| d.cue.clone()).flatten() {
        if let Some(taken) = taken.get_mut(i) {
            *taken = true;
        }
    }
    for d in drafts.iter_mut().filter(|d| d.cue.is_none()) {
        let (Some(first), Some(last)) = (d.parts.first(), d.parts.last()) else {
            continue;
        };
        let (Some(s), Some(e)) = (
            reading.sentences().get(reading.sentence_of_token(first.start)),
            reading.sentences().get(reading.sentence_of_token(last.end - 1)),
        ) else {
            continue;
        };
        let room = s.tokens.start..e.tokens.end;
        let worth = |i: usize| {
            let w = &words[i];
            if w.quote == INSIDE || w.punct || tags[i] >= CONTENT_AFTER {
                return None;
            }
            let hint = matches!(others[i], t if t == CUE || t == CUE + 1);
            if w.cue < 3 && !hint {
                return None;
            }
            let far = if i < first.start { first.start - i } else { i - last.end.min(i) };
            (!taken[i] && far <= 12)
                .then_some(3 * i32::from(w.cue) + 8 * i32::from(hint) - 2 * far as i32)
        };
        let best = room.filter_map(|i| Some((worth(i)?, i))).max();
        let best = best.or_else(|| {
            // "…set out the rules in a letter:" and the quote in the next paragraph.
            let p = reading.paragraphs().get(d.paragraph.checked_sub(1)?)?;
            let opens = first.start <= reading.paragraphs()[d.paragraph].tokens.start + 1;
            let colon = opens && reading.word(p.tokens.end - 1) == ":";
            let cue = p.tokens.clone().rev().take(14).find(|&i| {
                words[i].cue >= 3 && words[i].quote == OUTSIDE && tags[i] < CONTENT_AFTER
            });
            cue.filter(|_| colon).map(|i| (0, i))
        });
        d.cue = best
            .map(|(_, i)| i)
            .or_else(|| find_inverted_verb(words, reading, last.end))
            .map(|i| i..i + 1);
    }
}

/// "…," gushed one fan: the verb after a comma and a closing mark is a cue, whether known or not.
fn find_inverted_verb(words: &[Word], reading: &TokenizedText<'_>, end: usize) -> Option<usize> {
    let comma = (end..end + 3).find(|&i| i < words.len() && reading.word(i) == ",")?;
    let at = (comma + 1..words.len().min(comma + 4)).find(|&i| !words[i].punct)?;
    let closed = (end - 1..at).any(|i| words[i].quote == CLOSES);
    let verb =
        words[at].is_lowercase() && words[at].quote == OUTSIDE && reading.word(at).ends_with("ed");
    (closed && verb).then_some(at)
}

/// "A," she said. "B.": tags whole quoted sentences as content where the tagger saw nothing and they
/// follow attributed speech in the same paragraph; also a quoted paragraph after one that ended inside
/// speech.
pub(super) fn continue_speech(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &[Word],
    tags: &mut [u8],
) {
    let mut spoken: Option<(usize, usize)> = None;
    // The paragraph before ended inside speech.
    let mut unclosed: Option<usize> = None;
    for r in outermost_regions(regions) {
        let inner = reading.tokens_in(r.inner);
        let Some(slice) = tags.get(inner.clone()).filter(|s| !s.is_empty()) else {
            continue;
        };
        if slice[0] < CONTENT_AFTER {
            let after = spoken.filter(|s| s.0 == r.paragraph && s.1 < inner.start);
            let cue = after.is_some_and(|s| tags[s.1..inner.start].contains(&CUE));
            let stop = (0..inner.start).rev().find(|&i| words[i].quote != OPENS);
            let begins = stop.is_some_and(|i| reading.word(i) == ".");
            let ends = !r.closed || reading.slice(r.inner).ends_with(['.', '!', '?', '…']);
            let capital = words[inner.start].is_title_case();
            let nothing = slice.iter().all(|&t| t == 0);
            let first = reading.paragraphs().get(r.paragraph);
            let first = first.is_some_and(|p| {
                p.tokens.start + 1 >= inner.start && inner.len() * 10 >= p.tokens.len() * 8
            });
            let goes_on = first
                && capital
                && inner.len() >= 6
                && unclosed.is_some_and(|p| p + 1 == r.paragraph);
            let again = cue && begins && ends && capital && inner.len() >= 2;
            if !(nothing && (again || goes_on)) {
                continue;
            }
            tag_run(tags, inner.clone(), CONTENT_AFTER);
        }
        spoken = Some((r.paragraph, inner.end));
        unclosed = (!r.closed).then_some(r.paragraph);
    }
}
