//! Edges of content that the construction settles, whatever the tagger says.
//!
//! Owns where reported words end against the writer's own: at a sentence's end outside quotation marks, before a remark
//! about the saying (", angering the Taliban", ", but he did not elaborate"), after a date that stands between cue
//! and "that". Must not know who speaks.

use std::ops::Range;

use super::assemble::{Draft, trim_punctuation};
use super::words::{INSIDE, OUTSIDE, Word};
use crate::text::{TokenKind, TokenizedText};
use crate::vocabulary::speech::{REMARK_PARTICIPLES, TELLING_STEMS, look_up_function_word};

/// Moves the edges of all drafts' parts; drafts that nothing is left of are dropped.
pub(super) fn settle_edges(reading: &TokenizedText<'_>, words: &[Word], drafts: &mut Vec<Draft>) {
    for draft in drafts.iter_mut().filter(|d| !d.spoken) {
        keep_own_sentence(words, draft);
        let cue = draft.cue.clone();
        for part in &mut draft.parts {
            skip_date_before_that(reading, words, cue.as_ref(), part);
            skip_addressee(reading, words, cue.as_ref(), part);
            if let Some(end) = find_remark(reading, words, part) {
                part.end = end;
            } else if cue.as_ref().is_some_and(|c| c.end <= part.start) {
                part.end = extend_over_list(reading, words, part);
            }
            trim_punctuation(words, part);
        }
        draft.parts.retain(|p| !p.is_empty());
    }
    drafts.retain(|d| !d.parts.is_empty());
}

/// A part goes on into another sentence only where both stand between marks: of an unquoted sentence beside quoted ones,
/// and of several unquoted ones, what shares the cue's sentence stays.
fn keep_own_sentence(words: &[Word], draft: &mut Draft) {
    let Some(cue) = draft.cue.clone() else { return };
    for part in &mut draft.parts {
        let starts = |i: &usize| words[*i].first && words[*i].quote != INSIDE;
        let cuts: Vec<usize> = (part.start + 1..part.end).filter(starts).collect();
        if cuts.is_empty() {
            continue;
        }
        let mut edges = vec![part.start];
        edges.extend(cuts);
        edges.push(part.end);
        let quoted = |r: &Range<usize>| r.clone().any(|i| words[i].quote == INSIDE);
        let chunks: Vec<Range<usize>> = edges.windows(2).map(|w| w[0]..w[1]).collect();
        // The chunk that the cue's sentence holds: the last before it, or the first after it.
        let own = if part.start < cue.start { chunks.len() - 1 } else { 0 };
        let stays = |n: usize| n == own || quoted(&chunks[n]);
        let (mut first, mut last) = (own, own);
        while first > 0 && stays(first - 1) {
            first -= 1;
        }
        while last + 1 < chunks.len() && stays(last + 1) {
            last += 1;
        }
        *part = chunks[first].start..chunks[last].end;
    }
}

/// "said on Sunday, May 19, that both sides agreed": the date is no content.
fn skip_date_before_that(
    reading: &TokenizedText<'_>,
    words: &[Word],
    cue: Option<&Range<usize>>,
    part: &mut Range<usize>,
) {
    const LONGEST_DATE: usize = 8;
    if cue.is_none_or(|c| c.end > part.start || part.start - c.end > 4) {
        return;
    }
    let within = part.start..part.end.min(part.start + LONGEST_DATE);
    let Some(that) = within.clone().find(|&i| reading.word(i) == "that") else { return };
    if is_date(reading, words, &(part.start..that)) && that + 1 < part.end {
        part.start = that + 1;
    }
}

/// Whether the words are a date as it stands after a cue: "on Monday, June 7,".
pub(super) fn is_date(reading: &TokenizedText<'_>, words: &[Word], tokens: &Range<usize>) -> bool {
    let of_date = |i: usize| {
        let w = &words[i];
        let function = look_up_function_word(reading.word(i));
        w.punct || is_number(reading, i) || w.is_title_case() || function.preposition
    };
    tokens.clone().any(|i| is_number(reading, i)) && tokens.clone().all(of_date)
}

/// "told the court the alarm had failed": those who are told are no content.
fn skip_addressee(
    reading: &TokenizedText<'_>,
    words: &[Word],
    cue: Option<&Range<usize>>,
    part: &mut Range<usize>,
) {
    let tells = |c: &Range<usize>| {
        c.end == part.start
            && matches!(reading.word(c.end - 1), "told" | "tells" | "telling" | "informed")
    };
    let opens = |i: usize| {
        let f = look_up_function_word(reading.word(i));
        f.determiner || f.pronoun && f.subject
    };
    let noun = |i: usize| {
        words[i].is_lowercase() && look_up_function_word(reading.word(i)) == Default::default()
    };
    let plain = part.clone().take(4).all(|i| words[i].quote == OUTSIDE);
    if !cue.is_some_and(tells) || part.len() < 6 || !plain || !opens(part.start) {
        return;
    }
    let second = (part.start + 2..part.start + 4).find(|&i| opens(i) || reading.word(i) == "that");
    if let Some(second) = second
        && (part.start + 1..second).all(noun)
    {
        part.start = second + usize::from(reading.word(second) == "that");
    }
}

fn is_number(reading: &TokenizedText<'_>, token: usize) -> bool {
    reading.tokens().get(token).is_some_and(|t| t.kind == TokenKind::Number)
}

/// Where a remark of the writer begins after a comma in unquoted content.
fn find_remark(reading: &TokenizedText<'_>, words: &[Word], part: &Range<usize>) -> Option<usize> {
    let comma = |i: &usize| words[*i].quote == OUTSIDE && reading.word(*i) == ",";
    (part.start + 2..part.end.saturating_sub(1)).filter(comma).find(|&i| {
        let next = reading.word(i + 1);
        let goes_on = || {
            // "the plan, drawing on the law, would work"
            let close = (i + 2..part.end).find(comma);
            close.is_some_and(|c| look_up_function_word(reading.word(c + 1)).verb)
        };
        REMARK_PARTICIPLES.contains(next) && !goes_on()
            || says_no_more(reading, words, i + 1..part.end)
    })
}

/// "said they had collected emails, calls and texts from residents": where a list goes on after the comma at which the
/// content was taken to end, the new end.
fn extend_over_list(reading: &TokenizedText<'_>, words: &[Word], part: &Range<usize>) -> usize {
    const LONGEST_ITEM: usize = 4;
    const MOST_ITEMS: usize = 5;
    let word = |i: usize| reading.word(i);
    let noun = |i: usize| {
        let plain = words.get(i).is_some_and(|w| !w.punct && w.quote == OUTSIDE);
        let function = look_up_function_word(word(i)) != Default::default();
        plain && !word(i).ends_with("ed") && (!function || is_number(reading, i))
    };
    let sentence = reading.sentences().get(reading.sentence_of_token(part.start));
    let end = sentence.map_or(part.end, |s| s.tokens.end);
    if part.len() < 3 || word(part.end) != "," || !noun(part.end - 1) {
        return part.end;
    }
    let mut at = part.end;
    for _ in 0..MOST_ITEMS {
        let first = at + 1;
        let last = (first..end.min(first + LONGEST_ITEM)).take_while(|&i| noun(i)).last();
        let Some(last) = last else { return part.end };
        match word(last + 1) {
            "," => at = last + 1,
            "and" | "or" => {
                let item = last + 2;
                let closing = (item..end.min(item + LONGEST_ITEM)).take_while(|&i| noun(i)).last();
                let Some(closing) = closing.filter(|&i| !words[i].is_capitalized()) else {
                    return part.end;
                };
                // "… and comments from residents about the plan": up to the next clause.
                let clause = |i: usize| {
                    let f = look_up_function_word(word(i));
                    f.subject || words[i].cue >= 3 || word(i).ends_with("ed")
                };
                let stops = |i: &usize| {
                    words[*i].punct
                        || words[*i].quote != OUTSIDE
                        || words[*i].cue >= 3 && word(*i).ends_with("ing")
                        || matches!(word(*i), "but" | "while" | "although" | "though")
                        || word(*i) == "and" && words.get(*i + 1).is_some() && clause(*i + 1)
                };
                let stop = (closing + 1..end).find(stops).unwrap_or(end);
                let verb = |i: usize| look_up_function_word(word(i)).verb;
                // "…, schools and offices were shut" is another clause.
                return if (closing + 1..stop).any(verb) { part.end } else { stop };
            }
            _ => return part.end,
        }
    }
    part.end
}

/// "but he did not elaborate", "without giving details", "but declined to name them".
fn says_no_more(reading: &TokenizedText<'_>, words: &[Word], rest: Range<usize>) -> bool {
    const REACH: usize = 6;
    let word = |i: usize| reading.word(i);
    let tells = |i: usize| {
        let word = word(i).to_lowercase();
        let mut ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let stem = ends.any(|end| TELLING_STEMS.contains(&word[..end]));
        stem || matches!(word.as_str(), "giving" | "give" | "gave")
    };
    let turns = matches!(word(rest.start), "but" | "although" | "though" | "and" | "without");
    let near = rest.start..rest.end.min(rest.start + REACH);
    let denies = |i: &usize| {
        matches!(word(*i), "not" | "n't" | "n’t" | "no" | "without" | "never")
            || ["declin", "refus"].iter().any(|stem| word(*i).starts_with(stem))
    };
    if !turns || near.clone().any(|i| words[i].quote != OUTSIDE) {
        return false;
    }
    // Nothing but a subject and its verb stands between.
    let Some(denied) = near.clone().find(denies) else { return false };
    (denied + 1..rest.end.min(denied + 4)).any(tells)
}

/// "said, referring to a deal": drops unquoted content that only names what the speech before it was about.
pub(super) fn drop_allusions(reading: &TokenizedText<'_>, words: &[Word], drafts: &mut Vec<Draft>) {
    let quoted = |d: &Draft| d.parts.iter().cloned().flatten().any(|i| words[i].quote == INSIDE);
    drafts.retain(|d| {
        let Some(cue) = d.cue.as_ref().filter(|_| !quoted(d) && !d.spoken) else { return true };
        let after_comma = cue.start > 0 && reading.word(cue.start - 1) == ",";
        !(after_comma && matches!(reading.word(cue.start), "referring" | "alluding" | "gesturing"))
    });
}
