//! From tags to quotes: which content belongs to which cue, and where its parts begin and end.

use std::ops::Range;

use super::marks::{Region, Style};
use super::tagger::{CONTENT_AFTER, CONTENT_BEFORE, CUE};
use super::words::{INSIDE, OPENS, OUTSIDE, Word, outermost_regions};
use crate::text::{Span, TokenizedText};

/// The speaker, where a label or a signature names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum GivenSpeaker {
    /// There is no label.
    #[default]
    Nothing,
    /// Somebody without a name ("Q:").
    Nobody,
    /// These tokens.
    Tokens(Range<usize>),
}

/// A quote before its speaker is known; token ranges of the whole text.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Content, in text order.
    pub parts: Vec<Range<usize>>,
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// Index into the paragraphs, of the first part.
    pub paragraph: usize,
    /// The smallest margin of its content's tags.
    pub margin: i32,
    /// Who speaks, by a label or a signature.
    pub given: GivenSpeaker,
    /// A turn of a transcript: spoken, though without marks.
    pub spoken: bool,
}

/// A run of tokens with one tag.
#[derive(Debug, Clone)]
pub struct Segment {
    pub tag: u8,
    pub tokens: Range<usize>,
}

/// The segments that the tags of the tokens `within` form.
pub fn split_segments(tags: &[u8], within: Range<usize>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for i in within {
        let tag = tags.get(i).copied().unwrap_or(0);
        if tag == 0 {
            continue;
        }
        let begin = tag - (1 - tag % 2);
        match out.last_mut() {
            Some(last) if tag % 2 == 0 && last.tag == begin && last.tokens.end == i => {
                last.tokens.end = i + 1;
            }
            _ => out.push(Segment { tag: begin, tokens: i..i + 1 }),
        }
    }
    out
}

fn is_content(tag: u8) -> bool {
    tag >= CONTENT_AFTER
}

/// Makes the tags of a quoted region agree: content as a whole, or not at all.
pub(super) fn unify_quoted_tags(reading: &TokenizedText<'_>, regions: &[Region], tags: &mut [u8]) {
    for r in outermost_regions(regions) {
        // A single mark that is not closed may be an apostrophe.
        if r.style == Style::Single && !r.closed {
            continue;
        }
        let inner = reading.tokens_in(r.inner);
        let Some(slice) = tags.get_mut(inner.clone()) else {
            continue;
        };
        let held = slice.iter().filter(|&&t| is_content(t)).count();
        if held == 0 || held == slice.len() {
            continue;
        }
        let quoted = held * 2 >= slice.len();
        if !quoted {
            continue;
        }
        let tag = slice.iter().copied().find(|&t| is_content(t)).unwrap_or(CONTENT_AFTER);
        let tag = tag - (1 - tag % 2);
        let before = inner.start.checked_sub(2).and_then(|i| tags.get(i).copied()).unwrap_or(0);
        let goes_on = before == tag || before == tag + 1;
        for (n, i) in inner.enumerate() {
            tags[i] = if n == 0 && !goes_on { tag } else { tag + 1 };
        }
    }
}

/// Gives the content of the whole text to its cues, sorted by first content.
pub(super) fn assemble_drafts(
    reading: &TokenizedText<'_>,
    words: &[Word],
    tags: &[u8],
    margins: &[i32],
) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    // A cue whose paragraph ends with a colon introduces the next paragraph.
    let mut introduced: Option<usize> = None;
    for (p, paragraph) in reading.paragraphs().iter().enumerate() {
        let mut found = split_segments(tags, paragraph.tokens.clone());
        found.retain_mut(|s| {
            if is_content(s.tag) {
                trim_punctuation(words, &mut s.tokens);
            }
            !s.tokens.is_empty()
        });
        let cues: Vec<usize> = (0..found.len()).filter(|&k| found[k].tag == CUE).collect();
        let mut of_cue: Vec<Vec<Range<usize>>> = vec![Vec::new(); cues.len()];
        for (k, s) in found.iter().enumerate() {
            if !is_content(s.tag) {
                continue;
            }
            let next = cues.partition_point(|&c| c < k);
            let owner = if s.tag == CONTENT_BEFORE {
                // A cue in a later sentence is another quote's ("…," gushed one. Another wrote: "…").
                let cue = cues.get(next).map(|&c| found[c].tokens.start);
                match cue {
                    Some(cue) if !has_sentence_start(words, s.tokens.end..cue) => Some(next),
                    Some(_) => None,
                    None => next.checked_sub(1),
                }
            } else {
                next.checked_sub(1)
            };
            match (owner, introduced) {
                (Some(cue), _) => of_cue[cue].push(s.tokens.clone()),
                (None, Some(before)) if s.tag != CONTENT_BEFORE => {
                    out[before].parts.push(s.tokens.clone());
                }
                _ if s.tag == CONTENT_AFTER && next < cues.len() => {
                    of_cue[next].push(s.tokens.clone())
                }
                _ => out.push(Draft {
                    parts: vec![s.tokens.clone()],
                    cue: None,
                    paragraph: p,
                    ..Draft::default()
                }),
            }
        }
        let colon = reading.word(paragraph.tokens.end.saturating_sub(1)).ends_with(':');
        introduced = None;
        for (n, parts) in of_cue.into_iter().enumerate() {
            let last = n + 1 == cues.len();
            if parts.is_empty() && !(last && colon) {
                continue;
            }
            if last && colon {
                introduced = Some(out.len());
            }
            out.push(Draft {
                parts,
                cue: Some(found[cues[n]].tokens.clone()),
                paragraph: p,
                ..Draft::default()
            });
        }
    }
    out.retain(|d| !d.parts.is_empty() && !says_nothing(reading, words, d));
    for d in &mut out {
        d.parts.sort_by_key(|r| r.start);
        d.margin = d
            .parts
            .iter()
            .filter_map(|r| margins.get(r.clone())?.iter().min().copied())
            .min()
            .unwrap_or(0);
    }
    out.sort_by_key(|d| d.parts[0].start);
    out
}

/// "Wilson saw the news. “I rang the nurses.”": whole sentences in marks that follow an unquoted report, and its sentence,
/// are speech of their own.
pub(super) fn split_later_sentences(
    reading: &TokenizedText<'_>,
    words: &[Word],
    drafts: &mut Vec<Draft>,
) {
    let quoted = |part: &Range<usize>| {
        part.clone().filter_map(|i| words.get(i)).any(|w| w.quote != OUTSIDE && !w.punct)
    };
    let mut split = Vec::new();
    for d in drafts.iter_mut() {
        let Some(cue) = &d.cue else { continue };
        let Some(first) = d.parts.first() else { continue };
        if d.spoken || first.start < cue.end || quoted(first) {
            continue;
        }
        let own = reading.sentence_of_token(first.start);
        let later = |part: &Range<usize>| {
            quoted(part)
                && reading.sentence_of_token(part.start) > own
                && words.get(part.start).is_some_and(Word::is_title_case)
        };
        let Some(at) = d.parts.iter().position(later) else { continue };
        let parts = d.parts.split_off(at);
        split.push(Draft {
            parts,
            cue: None,
            paragraph: d.paragraph,
            margin: d.margin,
            ..Draft::default()
        });
    }
    add_drafts(drafts, split);
}

/// Adds drafts to those that are there, in the order of their first parts.
pub(super) fn add_drafts(drafts: &mut Vec<Draft>, mut more: Vec<Draft>) {
    if !more.is_empty() {
        drafts.append(&mut more);
        drafts.sort_by_key(|d| d.parts.first().map_or(0, |p| p.start));
    }
}

/// Whether the content is a lone pronoun or question word ("which", "did not say how").
fn says_nothing(reading: &TokenizedText<'_>, words: &[Word], d: &Draft) -> bool {
    const EMPTY: &[&str] = &[
        "which", "that", "who", "what", "it", "so", "this", "how", "why", "when", "where", "if",
        "whether",
    ];
    matches!(d.parts.as_slice(), [p] if p.len() == 1
        && words[p.start].quote == OUTSIDE
        && EMPTY.iter().any(|w| reading.word(p.start).eq_ignore_ascii_case(w)))
}

/// Removes punctuation from both ends.
pub(super) fn trim_punctuation(words: &[Word], tokens: &mut Range<usize>) {
    while tokens.start < tokens.end && words[tokens.start].punct {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && words[tokens.end - 1].punct {
        tokens.end -= 1;
    }
}

/// Whether a sentence outside quotation begins in `between`.
fn has_sentence_start(words: &[Word], between: Range<usize>) -> bool {
    let mut said = false;
    for w in words.get(between).unwrap_or(&[]) {
        if said && w.first && w.quote != INSIDE && w.quote != OPENS {
            return true;
        }
        said |= !w.punct && w.quote != INSIDE;
    }
    false
}

/// Lets a segment begin at the quotation marks where these hold a sentence of their own and the
/// tagger joined it to the words before ("as for the poor, “We will go,” he said").
pub(super) fn detach_quoted_sentences(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &[Word],
    tags: &mut [u8],
) {
    for r in outermost_regions(regions) {
        let inner = reading.tokens_in(r.inner);
        let Some(&tag) = tags.get(inner.start) else { continue };
        if tag < CONTENT_AFTER || tag % 2 == 1 || !words[inner.start].is_title_case() {
            continue;
        }
        let paragraph = reading.paragraphs().get(r.paragraph).map_or(0, |p| p.tokens.start);
        let mark = (paragraph..inner.start).rev().find(|&i| words[i].quote != OPENS);
        let Some(before) =
            mark.filter(|&i| words[i].punct && !matches!(reading.word(i), "(" | "[" | "'" | "’"))
        else {
            continue;
        };
        // A word or two in marks may be part of the sentence, but not after a colon.
        if inner.len() < 5 && reading.word(before) != ":" {
            continue;
        }
        let comes = (inner.end..inner.end + 6).any(|i| tags.get(i).is_some_and(|&t| t == CUE));
        let begin = if comes { CONTENT_BEFORE } else { CONTENT_AFTER };
        // After a comma, a colon or a dash: what stands before leads up to it.
        let same = matches!(reading.word(before), "," | ":" | "--" | "—" | "–");
        if same {
            let mut i = before + 1;
            while i > paragraph && tags[i - 1] >= CONTENT_AFTER && words[i - 1].quote != INSIDE {
                i -= 1;
                tags[i] = 0;
            }
        }
        tags[before + 1..inner.start].fill(0);
        let mut i = inner.start;
        while tags.get(i) == Some(&tag) {
            tags[i] = begin + 1;
            i += 1;
        }
        tags[inner.start] = begin;
    }
}

/// "…," he said, speaking of a deal: drops content without quotation marks that follows the cue
/// where all content before it stands between marks.
pub(super) fn drop_report_after_speech(words: &[Word], drafts: &mut [Draft]) {
    let share = |part: &Range<usize>| {
        let said = part.clone().filter_map(|i| words.get(i)).filter(|w| !w.punct);
        let (all, quoted) = said
            .fold((0, 0), |(all, quoted), w| (all + 1, quoted + usize::from(w.quote == INSIDE)));
        (quoted, all)
    };
    for d in drafts {
        let Some(cue) = d.cue.clone() else { continue };
        let direct = d.parts.first().is_some_and(|first| {
            let (quoted, all) = share(first);
            first.end <= cue.start && quoted == all
        });
        if direct {
            d.parts.retain(|p| p.start < cue.end || share(p).0 > 0);
        }
    }
}

/// The span of a part: its words, and a full stop inside its quotation marks, but no comma.
pub(super) fn part_span(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    part: &Range<usize>,
) -> Option<Span> {
    let span = reading.span_of(part.clone())?;
    let next = reading.tokens().get(part.end)?;
    let word = reading.word(part.end);
    let stop = matches!(word, "." | "!" | "?" | "…" | "...");
    let inside = regions
        .iter()
        .skip(regions.partition_point(|r| r.outer.start() + 1 < span.start()).saturating_sub(8))
        .take(16)
        .any(|r| r.inner.contains(span) && r.inner.contains(next.span));
    Some(if stop && inside { span.hull(next.span) } else { span })
}
