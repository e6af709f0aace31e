//! Speech that its place alone attributes: a sentence opens with it, its marks close after a comma, and a verb and who
//! speaks follow, whatever the verb ("…," shrugged the baker; "…," Ann Lee sighed).
//!
//! Owns these shapes, and speech whose marks are opened in one paragraph and closed in the next. Must not know which
//! verbs report.

use std::ops::Range;

use super::marks::Region;
use super::tagger::{CONTENT_AFTER, CONTENT_BEFORE, CUE, SPEAKER};
use super::words::{OUTSIDE, Word, outermost_regions};
use crate::text::{TokenKind, TokenizedText};
use crate::vocabulary::speech::look_up_function_word;

/// Margin of tags that are given by shape, in score units: as sure as the tagger when it is sure.
const GIVEN_MARGIN: i32 = 60;

/// Tags quotations with a verb and a subject right after them, where the tagger saw nothing.
pub(super) fn tag_attributed_quotations(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &[Word],
    tags: &mut [u8],
    margins: &mut [i32],
) {
    for r in outermost_regions(regions).filter(|r| r.closed) {
        let (inner, outer) = (reading.tokens_in(r.inner), reading.tokens_in(r.outer));
        let silent = tags.get(inner.clone()).is_some_and(|t| t.iter().all(|&t| t < CONTENT_AFTER));
        let opens =
            [outer.start, inner.start].iter().any(|&i| words.get(i).is_some_and(|w| w.first));
        let capital = words.get(inner.start).is_some_and(Word::is_title_case);
        if !silent || !opens || !capital || inner.len() < 2 {
            continue;
        }
        let asks = reading.slice(r.inner).ends_with(['?', '!', '…']);
        let comma = reading.slice(r.inner).ends_with(',');
        let after = outer.end;
        let comma_after = words.get(after).is_some() && reading.word(after) == ",";
        if !(asks || comma || comma_after) {
            continue;
        }
        let from = after + usize::from(comma_after);
        let Some((cue, speaker)) = find_verb_and_subject(reading, words, from) else { continue };
        let mut put = |range: Range<usize>, tag: u8| {
            if let (Some(run), Some(sure)) =
                (tags.get_mut(range.clone()), margins.get_mut(range.clone()))
                && !run.is_empty()
            {
                run.fill(tag + 1);
                run[0] = tag;
                sure.fill(GIVEN_MARGIN);
            }
        };
        put(inner, CONTENT_BEFORE);
        put(cue, CUE);
        put(speaker, SPEAKER);
    }
}

/// The verb and who does it, in either order, from token `from` on.
fn find_verb_and_subject(
    reading: &TokenizedText<'_>,
    words: &[Word],
    from: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let end = (from..words.len())
        .find(|&i| i > from && words[i].first || words[i].quote != OUTSIDE)
        .unwrap_or(words.len());
    let sentence = from..end;
    let plain = |i: usize| {
        sentence.contains(&i)
            && reading.tokens()[i].kind == TokenKind::Word
            && words[i].quote == OUTSIDE
    };
    let function = |i: usize| look_up_function_word(reading.word(i));
    let verb = |i: usize| {
        let word = reading.word(i);
        let ends = word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss");
        plain(i)
            && words[i].is_lowercase()
            && function(i) == Default::default()
            && (ends || words[i].cue >= 3)
    };
    let ends_phrase = |i: usize| !plain(i);
    if verb(from) {
        // "sighed Meg Tully", "shrugged the baker", "sighed she".
        let next = from + 1;
        if !plain(next) {
            return None;
        }
        let named = words[next].is_capitalized();
        let f = function(next);
        let phrase = f.determiner && plain(next + 1);
        if !(named || phrase || f.subject && f.pronoun) {
            return None;
        }
        let stop = |&i: &usize| {
            ends_phrase(i) || (named && !words[i].is_capitalized()) || function(i).preposition
        };
        let stop = (next + 1..end).find(stop).unwrap_or(end);
        return Some((from..next, next..stop.min(next + 6)));
    }
    // "Luc Arnaud sighed.", "the baker sighed.", "Mr Mkandla sums up."
    let named = plain(from) && words[from].is_capitalized();
    if !(named || plain(from) && function(from).determiner) {
        return None;
    }
    const LONGEST_SUBJECT: usize = 6;
    let at = (from + 1..end.min(from + 1 + LONGEST_SUBJECT)).find(|&i| {
        !plain(i)
            || if named { !words[i].is_capitalized() && reading.word(i) != "." } else { verb(i) }
    })?;
    let closes = |i: usize| !sentence.contains(&i) || words[i].punct;
    let particle = |i: usize| plain(i) && words[i].is_lowercase() && reading.word(i).len() <= 4;
    let closed = closes(at + 1)
        || named && (function(at + 1).preposition || particle(at + 1) && closes(at + 2));
    (verb(at) && closed).then_some((at..at + 1, from..at))
}

/// Tags a quoted paragraph without closing mark that is followed by one whose speech is attributed, and a short paragraph
/// that is nothing but speech in marks, after one in which somebody speaks.
pub(super) fn tag_speech_paragraphs(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &[Word],
    tags: &mut [u8],
) {
    let regions: Vec<&Region> = outermost_regions(regions).collect();
    for (n, r) in regions.iter().enumerate().rev() {
        let inner = reading.tokens_in(r.inner);
        let Some(p) = reading.paragraphs().get(r.paragraph) else { continue };
        let silent = tags.get(inner.clone()).is_some_and(|t| t.iter().all(|&t| t == 0));
        let capital = words.get(inner.start).is_some_and(Word::is_title_case);
        if !silent || !capital || inner.len() < 2 {
            continue;
        }
        let ends = reading.slice(r.inner).ends_with(['.', '!', '?', '…']);
        let follows = regions.get(n + 1).is_some_and(|next| {
            let begins = reading.paragraphs().get(next.paragraph).map(|p| p.span.start());
            let content = tags.get(reading.tokens_in(next.inner).start);
            next.paragraph == r.paragraph + 1
                && begins == Some(next.outer.start())
                && content.is_some_and(|&t| t >= CONTENT_AFTER)
        });
        let goes_on = !r.closed && ends && follows && inner.len() >= 4;
        let before = r.paragraph.checked_sub(1).and_then(|b| reading.paragraphs().get(b));
        let spoken = before
            .and_then(|b| tags.get(b.tokens.clone()))
            .is_some_and(|t| t.iter().any(|&t| t == CUE || t >= CONTENT_AFTER));
        let alone = r.closed && ends && spoken && p.span == r.outer;
        if goes_on || alone {
            tags[inner.clone()].fill(CONTENT_AFTER + 1);
            tags[inner.start] = CONTENT_AFTER;
        }
    }
}
