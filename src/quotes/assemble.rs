//! From tags to quotes: which content belongs to which cue, and where its parts begin and end.

use std::ops::Range;

use super::marks::{Region, Style};
use super::tagger::{AFTER, BEFORE, CUE};
use super::words::{CLOSES, INSIDE, OPENS, OUTSIDE, Word, outer_regions};
use crate::text::{Reading, Span};

/// Who speaks, where the setting says it and nobody has to be looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Given {
    /// It does not say.
    #[default]
    Nothing,
    /// Somebody without a name ("Q:").
    Nobody,
    /// These tokens.
    Tokens(Range<usize>),
}

/// A quote in the making; token ranges of the whole text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// Content, in text order.
    pub parts: Vec<Range<usize>>,
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// Index into the paragraphs, of the first part.
    pub paragraph: usize,
    /// The smallest margin of its content's tags.
    pub margin: i32,
    /// Who speaks, by a label or a signature.
    pub given: Given,
    /// A turn of a transcript: spoken, though without marks.
    pub spoken: bool,
}

/// A run of one tag.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub tag: u8,
    pub tokens: Range<usize>,
}

/// Runs of the tags in `within`.
pub(crate) fn segments(tags: &[u8], within: Range<usize>) -> Vec<Segment> {
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
            _ => out.push(Segment {
                tag: begin,
                tokens: i..i + 1,
            }),
        }
    }
    out
}

fn is_content(tag: u8) -> bool {
    tag >= AFTER
}

/// Makes the tags of a quoted region agree: content as a whole, or not at all.
pub(crate) fn snap(reading: &Reading<'_>, regions: &[Region], tags: &mut [u8]) {
    for r in outer_regions(regions) {
        if r.style == Style::Single {
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
        let tag = slice
            .iter()
            .copied()
            .find(|&t| is_content(t))
            .unwrap_or(AFTER);
        let tag = tag - (1 - tag % 2);
        let before = inner
            .start
            .checked_sub(2)
            .and_then(|i| tags.get(i).copied())
            .unwrap_or(0);
        let goes_on = before == tag || before == tag + 1;
        for (n, i) in inner.enumerate() {
            tags[i] = if n == 0 && !goes_on { tag } else { tag + 1 };
        }
    }
}

/// Quotes of the whole text, by first content.
pub(crate) fn drafts(
    reading: &Reading<'_>,
    words: &[Word],
    tags: &[u8],
    margins: &[i32],
) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    // A cue whose paragraph ends with a colon introduces the next paragraph.
    let mut introduced: Option<usize> = None;
    for (p, paragraph) in reading.paragraphs().iter().enumerate() {
        let mut found = segments(tags, paragraph.tokens.clone());
        found.retain_mut(|s| {
            if is_content(s.tag) {
                trim(words, &mut s.tokens);
            }
            !s.tokens.is_empty()
        });
        let first_draft = out.len();
        let cues: Vec<usize> = (0..found.len()).filter(|&k| found[k].tag == CUE).collect();
        let mut of_cue: Vec<Vec<Range<usize>>> = vec![Vec::new(); cues.len()];
        for (k, s) in found.iter().enumerate() {
            if !is_content(s.tag) {
                continue;
            }
            let next = cues.partition_point(|&c| c < k);
            let owner = if s.tag == BEFORE {
                // A cue in a later sentence is another quote's ("…," gushed one. Another wrote: "…").
                let cue = cues.get(next).map(|&c| found[c].tokens.start);
                match cue {
                    Some(cue) if !parted(words, s.tokens.end..cue) => Some(next),
                    Some(_) => None,
                    None => next.checked_sub(1),
                }
            } else {
                next.checked_sub(1)
            };
            match (owner, introduced) {
                (Some(cue), _) => of_cue[cue].push(s.tokens.clone()),
                (None, Some(before)) if s.tag != BEFORE => {
                    out[before].parts.push(s.tokens.clone());
                }
                _ if s.tag == AFTER && next < cues.len() => of_cue[next].push(s.tokens.clone()),
                _ => out.push(Draft {
                    parts: vec![s.tokens.clone()],
                    cue: None,
                    paragraph: p,
                    ..Draft::default()
                }),
            }
        }
        let colon = reading
            .word(paragraph.tokens.end.saturating_sub(1))
            .ends_with(':');
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
        let _ = first_draft;
    }
    out.retain(|d| !d.parts.is_empty() && !says_nothing(reading, words, d));
    for d in &mut out {
        crate::order::sort_by_key(&mut d.parts, |r| r.start);
        d.margin = d
            .parts
            .iter()
            .filter_map(|r| margins.get(r.clone())?.iter().min().copied())
            .min()
            .unwrap_or(0);
    }
    crate::order::sort_by_key(&mut out, |d| d.parts[0].start);
    out
}

/// A lone "which" or "what": a relative clause's mark, no content.
fn says_nothing(reading: &Reading<'_>, words: &[Word], d: &Draft) -> bool {
    const EMPTY: &[&str] = &["which", "that", "who", "what", "it", "so", "this"];
    matches!(d.parts.as_slice(), [p] if p.len() == 1
        && words[p.start].quote == OUTSIDE
        && EMPTY.iter().any(|w| reading.word(p.start).eq_ignore_ascii_case(w)))
}

/// Takes marks and stops from both ends.
fn trim(words: &[Word], tokens: &mut Range<usize>) {
    while tokens.start < tokens.end && words[tokens.start].punct {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && words[tokens.end - 1].punct {
        tokens.end -= 1;
    }
}

/// Does a sentence outside quotation begin in `between`?
fn parted(words: &[Word], between: Range<usize>) -> bool {
    let mut said = false;
    for w in words.get(between).unwrap_or(&[]) {
        if said && w.first && w.quote != INSIDE && w.quote != OPENS {
            return true;
        }
        said |= !w.punct && w.quote != INSIDE;
    }
    false
}

/// Words between marks that a run has joined to what stands before them, though they are a
/// sentence of their own ("as for the poor, “We will go,” he said"): the run begins at the marks.
pub(crate) fn loosen(reading: &Reading<'_>, regions: &[Region], words: &[Word], tags: &mut [u8]) {
    for r in outer_regions(regions) {
        let inner = reading.tokens_in(r.inner);
        let (Some(&tag), true) = (tags.get(inner.start), inner.len() >= 5) else {
            continue;
        };
        if tag < AFTER || tag % 2 == 1 || !matches!(words[inner.start].shape, 7 | 8) {
            continue;
        }
        let paragraph = reading
            .paragraphs()
            .get(r.paragraph)
            .map_or(0, |p| p.tokens.start);
        let mark = (paragraph..inner.start)
            .rev()
            .find(|&i| words[i].quote != OPENS);
        let Some(before) =
            mark.filter(|&i| words[i].punct && !matches!(reading.word(i), "(" | "[" | "'" | "’"))
        else {
            continue;
        };
        let comes = (inner.end..inner.end + 6).any(|i| tags.get(i).is_some_and(|&t| t == CUE));
        let begin = if comes { BEFORE } else { AFTER };
        // In the same sentence what stands before is not content but leads up to it.
        let same = !words[inner.start].first
            && !(before..inner.start).any(|i| words[i].first)
            && matches!(reading.word(before), "," | ":" | "--" | "—" | "–");
        if same {
            let mut i = before + 1;
            while i > paragraph && tags[i - 1] >= AFTER && words[i - 1].quote != INSIDE {
                i -= 1;
                tags[i] = 0;
            }
        }
        for i in before + 1..inner.start {
            tags[i] = 0;
        }
        let mut i = inner.start;
        while tags.get(i) == Some(&tag) {
            tags[i] = begin + 1;
            i += 1;
        }
        tags[inner.start] = begin;
    }
}

/// Content without a cue takes the likeliest cue of its own sentence that no other content has.
pub(crate) fn find_cues(
    words: &[Word],
    tags: &[u8],
    others: &[u8],
    reading: &Reading<'_>,
    drafts: &mut [Draft],
) {
    let mut taken: Vec<Range<usize>> = drafts.iter().filter_map(|d| d.cue.clone()).collect();
    taken.sort_by_key(|r| r.start);
    for d in drafts.iter_mut().filter(|d| d.cue.is_none()) {
        let (Some(first), Some(last)) = (d.parts.first(), d.parts.last()) else {
            continue;
        };
        let (Some(s), Some(e)) = (
            reading.sentences().get(sentence(reading, first.start)),
            reading.sentences().get(sentence(reading, last.end - 1)),
        ) else {
            continue;
        };
        let room = s.tokens.start..e.tokens.end;
        let worth = |i: usize| {
            let w = &words[i];
            if w.quote == INSIDE || w.punct || tags[i] >= AFTER {
                return None;
            }
            let hint = matches!(others[i], t if t == CUE || t == CUE + 1);
            if w.cue < 3 && !hint {
                return None;
            }
            let far = if i < first.start {
                first.start - i
            } else {
                i - last.end.min(i)
            };
            let free = taken.iter().all(|t| !t.contains(&i));
            (free && far <= 12)
                .then_some(3 * i32::from(w.cue) + 8 * i32::from(hint) - 2 * far as i32)
        };
        let best = room.filter_map(|i| Some((worth(i)?, i))).max();
        let best =
            best.or_else(|| {
                // "…set out the rules in a letter:" and the quote in the next paragraph.
                let p = reading.paragraphs().get(d.paragraph.checked_sub(1)?)?;
                let opens = first.start <= reading.paragraphs()[d.paragraph].tokens.start + 1;
                let colon = opens && reading.word(p.tokens.end - 1) == ":";
                let cue =
                    p.tokens.clone().rev().take(14).find(|&i| {
                        words[i].cue >= 3 && words[i].quote == OUTSIDE && tags[i] < AFTER
                    });
                cue.filter(|_| colon).map(|i| (0, i))
            });
        d.cue = best
            .map(|(_, i)| i)
            .or_else(|| inverted(words, reading, last.end))
            .map(|i| i..i + 1);
    }
}

/// "…," gushed one fan: a verb that follows a comma and a closing mark reports, known or not.
fn inverted(words: &[Word], reading: &Reading<'_>, end: usize) -> Option<usize> {
    let comma = (end..end + 3).find(|&i| i < words.len() && reading.word(i) == ",")?;
    let at = (comma + 1..words.len().min(comma + 4)).find(|&i| !words[i].punct)?;
    let closed = (end - 1..at).any(|i| words[i].quote == CLOSES);
    let verb =
        words[at].shape == 6 && words[at].quote == OUTSIDE && reading.word(at).ends_with("ed");
    (closed && verb).then_some(at)
}

fn sentence(reading: &Reading<'_>, token: usize) -> usize {
    reading
        .sentences()
        .partition_point(|s| s.tokens.end <= token)
}

/// "…," he said, speaking of a deal: what follows a cue without marks, after speech between marks
/// before it, is not part of that speech.
pub(crate) fn part_speech_from_report(words: &[Word], drafts: &mut [Draft]) {
    let share = |part: &Range<usize>| {
        let said = part
            .clone()
            .filter_map(|i| words.get(i))
            .filter(|w| !w.punct);
        let (all, quoted) = said.fold((0, 0), |(all, quoted), w| {
            (all + 1, quoted + usize::from(w.quote == INSIDE))
        });
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

/// A part's span: its words, with a stop that stands inside its marks, without a comma.
pub(crate) fn part_span(
    reading: &Reading<'_>,
    regions: &[Region],
    part: &Range<usize>,
) -> Option<Span> {
    let span = reading.span_of(part.clone())?;
    let next = reading.tokens().get(part.end)?;
    let word = reading.word(part.end);
    let stop = matches!(word, "." | "!" | "?" | "…" | "...");
    let inside = regions
        .iter()
        .skip(
            regions
                .partition_point(|r| r.outer.start() + 1 < span.start())
                .saturating_sub(8),
        )
        .take(16)
        .any(|r| r.inner.contains(span) && r.inner.contains(next.span));
    Some(if stop && inside {
        span.hull(next.span)
    } else {
        span
    })
}
