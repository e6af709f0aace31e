//! Speech that its place alone attributes: a sentence opens with it, its marks close after a comma, and a verb and who
//! speaks follow, whatever the verb ("…," shrugged the baker; "…," Ann Lee sighed).
//!
//! Owns these shapes, and speech whose marks are opened in one paragraph and closed in the next. Must not know which
//! verbs report.

use std::ops::Range;

use super::edges::is_date;
use super::marks::{Region, Style};
use super::tagger::{CONTENT_AFTER, CONTENT_BEFORE, CUE, GIVEN_MARGIN, SPEAKER, tag_run};
use super::words::{OUTSIDE, Word, outermost_regions};
use crate::text::{TokenKind, TokenizedText};
use crate::vocabulary::speech::look_up_function_word;

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
            tag_run(tags, range.clone(), tag);
            margins.get_mut(range).unwrap_or_default().fill(GIVEN_MARGIN);
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

/// Tags paragraphs of one speech, each but the last of which opens its marks and does not close them, and a paragraph that
/// is nothing but speech in marks, however short, after one in which somebody speaks.
pub(super) fn tag_speech_paragraphs(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &[Word],
    tags: &mut [u8],
) {
    let regions: Vec<&Region> = outermost_regions(regions).collect();
    /// In tokens: a paragraph of this length that stands in marks is speech whatever stands before it.
    const LONG_SPEECH: usize = 9;
    /// Links and captions may stand between the paragraphs of a speech.
    const WIDEST_GAP: usize = 12;
    // The paragraph before opened marks at this speech's start or within it.
    let mut goes_on = false;
    // The last paragraph of speech whose marks are still open.
    let mut open: Option<usize> = None;
    for (n, r) in regions.iter().enumerate() {
        let inner = reading.tokens_in(r.inner);
        let Some(p) = reading.paragraphs().get(r.paragraph) else { continue };
        let ends = reading.slice(r.inner).ends_with(['.', '!', '?', '…']);
        let follows = regions.get(n + 1).is_some_and(|next| {
            let begins = reading.paragraphs().get(next.paragraph).map(|p| p.span.start());
            next.paragraph == r.paragraph + 1 && begins == Some(next.outer.start())
        });
        let broken = open.is_some_and(|o| r.paragraph <= o + WIDEST_GAP)
            && p.span.start() == r.outer.start()
            && inner.len() >= 6;
        let opens =
            !r.closed && r.style != Style::Line && ends && (follows || broken) && inner.len() >= 4;
        let before = r.paragraph.checked_sub(1).and_then(|b| reading.paragraphs().get(b));
        let spoken = before
            .and_then(|b| tags.get(b.tokens.clone()))
            .is_some_and(|t| t.iter().any(|&t| t == CUE || t >= CONTENT_AFTER));
        let long = inner.len() >= LONG_SPEECH;
        let alone = r.closed && ends && (spoken || broken || long) && p.span == r.outer;
        let silent = tags.get(inner.clone()).is_some_and(|t| t.iter().all(|&t| t == 0));
        let capital = words.get(inner.start).is_some_and(Word::is_title_case);
        if silent && capital && inner.len() >= 2 && (opens || goes_on || alone) {
            tag_run(tags, inner.clone(), CONTENT_AFTER);
        }
        goes_on = opens;
        let content = tags.get(inner.start).is_some_and(|&t| t >= CONTENT_AFTER);
        if content && !r.closed {
            open = Some(r.paragraph);
        } else if r.closed && p.span.end() == r.outer.end() {
            open = None;
        }
    }
}

/// Tags "residents say their letters went unanswered" where the tagger saw nothing in the sentence: the plainest verb, a
/// subject before it, a clause after it.
pub(super) fn tag_plain_reports(
    reading: &TokenizedText<'_>,
    words: &[Word],
    tags: &mut [u8],
    margins: &mut [i32],
) {
    const SHORTEST_CLAUSE: usize = 4;
    for s in reading.sentences() {
        let sentence = s.tokens.clone();
        let silent =
            tags.get(sentence.clone()).is_some_and(|t| t.iter().all(|&t| t < CONTENT_AFTER));
        let plain =
            words.get(sentence.clone()).is_some_and(|w| w.iter().all(|w| w.quote == OUTSIDE));
        if !silent || !plain {
            continue;
        }
        let function = |i: usize| look_up_function_word(reading.word(i));
        let subject = |i: usize| {
            let (word, f) = (reading.word(i), function(i));
            !words[i].punct && (f == Default::default() || f.subject && f.pronoun || word == "and")
        };
        let says = |&i: &usize| {
            matches!(reading.word(i), "said" | "says" | "say")
                && i > sentence.start
                && subject(i - 1)
        };
        // "announced on Monday, June 7, that schools would open": the date stands between cue and clause.
        const LONGEST_DATE: usize = 8;
        let that_after_date = sentence.clone().find(|&that| {
            reading.word(that) == "that" && that > sentence.start && reading.word(that - 1) == ","
        });
        let dated = that_after_date.and_then(|that| {
            let verb = (that.saturating_sub(LONGEST_DATE)..that - 1)
                .find(|&i| i > sentence.start && words[i].cue >= 3 && words[i].is_lowercase())?;
            is_date(reading, words, &(verb + 1..that)).then_some((verb, that))
        });
        let plainest = || sentence.clone().find(says).map(|cue| (cue, cue));
        let Some((cue, before)) = dated.or_else(plainest) else { continue };
        let start = before + 1 + usize::from(before == cue && reading.word(cue + 1) == "that");
        let end = sentence.clone().rev().find(|&i| !words[i].punct).map_or(start, |i| i + 1);
        let opens = start < end && !words[start].punct && !function(start).preposition;
        if !opens || end - start < SHORTEST_CLAUSE {
            continue;
        }
        tags[cue + 1..start].fill(0);
        tag_run(tags, start..end, CONTENT_AFTER);
        tags[cue] = CUE;
        margins[cue..end].fill(GIVEN_MARGIN);
    }
}
