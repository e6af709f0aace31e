//! Reports inside a sentence that holds more than one: "“…,” Lee said in a call, the paper reported", "said that A but
//! added that B".
//!
//! Owns which of the verbs a stretch of content belongs to. Must not know who speaks.

use std::ops::Range;

use super::assemble::{Draft, add_drafts, trim_punctuation};
use super::marks::Region;
use super::words::{OUTSIDE, Word, outermost_regions};
use crate::text::TokenizedText;
use crate::vocabulary::speech::look_up_function_word;

/// The least strength of a verb that reports, as the word list of cues has it.
const MIN_CUE_STRENGTH: u8 = 3;

/// "“…,” Lee said in a call, the paper reported": the words in marks are Lee's. The tagger gave the whole sentence to the
/// paper.
pub(super) fn return_to_inner_speaker(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &[Word],
    drafts: &mut [Draft],
) {
    for draft in drafts.iter_mut().filter(|d| !d.spoken) {
        let (Some(cue), [part]) = (draft.cue.clone(), draft.parts.as_slice()) else { continue };
        if cue.start < part.end {
            continue;
        }
        let span = match reading.span_of(part.clone()) {
            Some(span) => span,
            None => continue,
        };
        let from = regions.partition_point(|r| r.outer.end() <= span.start());
        let Some(region) = outermost_regions(&regions[from..]).next().filter(|r| r.closed) else {
            continue;
        };
        let (inner, outer) = (reading.tokens_in(region.inner), reading.tokens_in(region.outer));
        let opens = inner.start <= part.start + 1 && part.start <= inner.start;
        let stops = reading.slice(region.inner).ends_with([',', '?', '!']);
        let rest = outer.end..part.end;
        if !opens || !stops || rest.len() < 2 || rest.clone().any(|i| words[i].quote != OUTSIDE) {
            continue;
        }
        let Some(verb) = find_main_verb(reading, words, &rest) else { continue };
        let mut content = inner;
        trim_punctuation(words, &mut content);
        draft.parts = vec![content];
        draft.cue = Some(verb..verb + 1);
    }
}

/// The verb of a clause "Lee said in a call", "said Ann Lee, who …": it opens the clause, or follows its subject.
fn find_main_verb(
    reading: &TokenizedText<'_>,
    words: &[Word],
    clause: &Range<usize>,
) -> Option<usize> {
    const LONGEST_SUBJECT: usize = 9;
    let reports = |i: usize| words[i].cue >= MIN_CUE_STRENGTH && words[i].is_lowercase();
    let near = clause.start..clause.end.min(clause.start + LONGEST_SUBJECT);
    let verb = near.clone().find(|&i| reports(i))?;
    let subject = near.start..verb;
    let starts = reading.word(near.start);
    let f = look_up_function_word(starts);
    let named = words[near.start].is_capitalized() || f.determiner || f.subject;
    (subject.is_empty() || named && subject.clone().all(|i| !words[i].punct)).then_some(verb)
}

/// "said the results were good but noted the firm has work to do": each verb has its own clause. Content that goes on over
/// such a joint is two reports of one speaker.
pub(super) fn split_joined_reports(
    reading: &TokenizedText<'_>,
    words: &[Word],
    drafts: &mut Vec<Draft>,
) {
    let mut split = Vec::new();
    for draft in drafts.iter_mut().filter(|d| !d.spoken) {
        let (Some(cue), Some(last)) = (draft.cue.clone(), draft.parts.last().cloned()) else {
            continue;
        };
        if cue.end > last.start || last.clone().any(|i| words[i].quote != OUTSIDE) {
            continue;
        }
        let Some((joint, verb)) = find_joint(reading, words, &cue, &last) else { continue };
        let that = verb + 1 + usize::from(reading.word(verb + 1) == "that");
        let mut head = last.start..joint;
        let mut tail = that..last.end;
        trim_punctuation(words, &mut head);
        trim_punctuation(words, &mut tail);
        if head.len() < 2 || tail.len() < 2 {
            continue;
        }
        if let Some(part) = draft.parts.last_mut() {
            *part = head;
        }
        split.push(Draft {
            parts: vec![tail],
            cue: Some(verb..verb + 1),
            paragraph: draft.paragraph,
            margin: draft.margin,
            given: draft.given.clone(),
            ..Draft::default()
        });
    }
    add_drafts(drafts, split);
}

/// The conjunction and the verb after it that open a second report: in the form of the first verb, with "that" or a subject
/// and its verb after it.
fn find_joint(
    reading: &TokenizedText<'_>,
    words: &[Word],
    cue: &Range<usize>,
    content: &Range<usize>,
) -> Option<(usize, usize)> {
    const REACH: usize = 7;
    let word = |i: usize| reading.word(i);
    let past = |w: &str| w.ends_with("ed") || w == "said" || w == "told";
    let present = |w: &str| w.ends_with('s') && !w.ends_with("ss");
    let first = word(cue.start);
    let same_form = |w: &str| past(first) && past(w) || present(first) && present(w);
    (content.start + 2..content.end.saturating_sub(3)).find_map(|joint| {
        if !matches!(word(joint), "but" | "and") {
            return None;
        }
        let adverb = word(joint + 1).ends_with("ly") || matches!(word(joint + 1), "also" | "then");
        let verb = joint + 1 + usize::from(adverb);
        let reports = words[verb].cue > MIN_CUE_STRENGTH && words[verb].is_lowercase();
        if !reports || !same_form(word(verb)) {
            return None;
        }
        let next = verb + 1;
        if word(next) == "that" {
            return Some((joint, verb));
        }
        let f = look_up_function_word(word(next));
        let subject = f.subject || words[next].is_capitalized() || f.determiner;
        let clause = next + 1..content.end.min(next + REACH);
        let finite = |i: usize| look_up_function_word(word(i)).verb;
        (subject && word(joint) == "but" && clause.clone().any(finite)).then_some((joint, verb))
    })
}
