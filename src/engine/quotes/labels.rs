//! Speech that the layout attributes: transcripts and interviews, where a label opens each turn
//! ("SMITH: …", "Q: …"), and quotations signed with a dash (“…” — Ann Lee).

use std::collections::BTreeMap;
use std::ops::Range;

use super::assemble::{Draft, GivenSpeaker};
use super::marks::Region;
use super::tagger::{CONTENT_AFTER, CONTENT_BEFORE, CUE, GIVEN_MARGIN, SPEAKER, tag_run};
use super::words::{INSIDE, OPENS, Word, hash_word, outermost_regions, shape};
use crate::text::{TokenKind, TokenizedText};
use crate::vocabulary::speech::{LABEL_WORDS, look_up_noun};

/// A turn of a conversation: one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// The label's tokens; "Q" and "A" name nobody.
    label: Range<usize>,
    /// The colon.
    colon: usize,
    /// What is said.
    speech: Range<usize>,
    /// "Q" or "A".
    letter: bool,
}

/// The turns of a text: paragraphs that open with a label, if the text has three and one label
/// twice. A single "Note: …" is no conversation.
pub(super) fn find_turns(reading: &TokenizedText<'_>, words: &[Word]) -> Vec<Turn> {
    let all: Vec<Turn> = reading
        .paragraphs()
        .iter()
        .filter_map(|p| parse_turn(reading, words, p.tokens.clone()))
        .collect();
    let mut uses: BTreeMap<u32, usize> = BTreeMap::new();
    for t in &all {
        *uses.entry(last_label_word(reading, &t.label)).or_default() += 1;
    }
    if all.len() < 3 || uses.values().all(|&n| n < 2) {
        return Vec::new();
    }
    let again = |t: &Turn| uses.get(&last_label_word(reading, &t.label)).is_some_and(|&n| n > 1);
    let regular = all.iter().filter(|t| again(t)).count() * 2 > all.len();
    let shout = |t: &Turn| t.letter || words[t.label.end - 1].shape == shape::UPPERCASE;
    let loud = all.iter().filter(|t| shout(t)).count() * 2 > all.len();
    all.into_iter().filter(|t| regular || again(t) || (loud && shout(t))).collect()
}

fn last_label_word(reading: &TokenizedText<'_>, label: &Range<usize>) -> u32 {
    hash_word(reading.word(label.end - 1))
}

fn parse_turn(
    reading: &TokenizedText<'_>,
    words: &[Word],
    paragraph: Range<usize>,
) -> Option<Turn> {
    let first = paragraph.clone().take(3).find(|&i| !words[i].punct)?;
    let word = |i: usize| reading.word(i);
    let letter = matches!(word(first), "Q" | "A" | "Q." | "A.");
    let mut end = first;
    while end < paragraph.end && end - first < 6 {
        let name = words[end].is_capitalized() && reading.tokens()[end].kind == TokenKind::Word;
        // "(voice-over)" is no part of a name.
        let note = word(end) == "(" && words.get(end + 1).is_some_and(Word::is_lowercase);
        let part = !note
            && matches!(word(end), "." | "-" | "’" | "'" | "," | "of" | "(" | ")")
            && end > first;
        if !name && !part {
            break;
        }
        end += 1;
    }
    let named = end;
    // "PLEITNER (voice-over):"
    const LONGEST_NOTE: usize = 6;
    if end < paragraph.end && end > first && word(end) == "(" {
        let closes = (end..paragraph.end.min(end + LONGEST_NOTE)).find(|&i| word(i) == ")");
        end = closes.map_or(end, |i| i + 1);
    }
    let colon = end;
    // "Q." as one token is its own colon.
    let own = word(first).ends_with('.') && letter;
    let stop = own || letter && word(first + 1) == ".";
    let (label, colon) =
        if stop { (first..first + 1, first + usize::from(!own)) } else { (first..named, colon) };
    if !stop && (label.is_empty() || colon >= paragraph.end || word(colon) != ":") {
        return None;
    }
    if LABEL_WORDS.contains_any_case(word(first)) {
        return None;
    }
    let is_word = |i: &usize| reading.word(*i).contains(char::is_alphanumeric);
    let start = (colon + 1..paragraph.end).find(is_word)?;
    let last = (start..paragraph.end).rev().find(is_word)?;
    Some(Turn { label, colon, speech: start..last + 1, letter })
}

/// Tags the label, the colon and the speech of each turn.
pub(super) fn tag_turns(
    turns: &[Turn],
    reading: &TokenizedText<'_>,
    tags: &mut [u8],
    margins: &mut [i32],
) {
    for t in turns {
        let Some(p) = reading
            .tokens()
            .get(t.colon)
            .and_then(|c| reading.paragraph_at(c.span.start()))
            .and_then(|p| reading.paragraphs().get(p))
        else {
            continue;
        };
        tags[p.tokens.clone()].fill(0);
        margins[p.tokens.clone()].fill(200);
        let mut put = |r: Range<usize>, tag: u8| tag_run(tags, r, tag);
        if !t.letter {
            put(t.label.clone(), SPEAKER);
        }
        put(t.colon..t.colon + 1, CUE);
        put(t.speech.clone(), CONTENT_AFTER);
    }
}

/// Gives the drafts that turns became their speakers.
pub(super) fn assign_turn_speakers(turns: &[Turn], drafts: &mut [Draft]) {
    for d in drafts {
        let Some(cue) = d.cue.as_ref() else { continue };
        let at = turns.partition_point(|t| t.colon < cue.start);
        if let Some(t) = turns.get(at).filter(|t| t.colon == cue.start) {
            d.spoken = true;
            d.given =
                if t.letter { GivenSpeaker::Nobody } else { GivenSpeaker::Tokens(t.label.clone()) };
        }
    }
}

/// “…” — Ann Lee: gives a quotation without a cue the name after the dash.
pub(super) fn attach_signatures(reading: &TokenizedText<'_>, words: &[Word], drafts: &mut [Draft]) {
    for d in drafts.iter_mut().filter(|d| d.cue.is_none()) {
        let Some(last) = d.parts.last().map(|p| p.end) else {
            continue;
        };
        if !words.get(last - 1).is_some_and(|w| w.quote == INSIDE) {
            continue;
        }
        let Some((dash, name)) = find_signature(reading, words, last) else {
            continue;
        };
        d.cue = Some(dash..dash + 1);
        d.given = GivenSpeaker::Tokens(name);
    }
}

/// Tags a quoted sentence as content if somebody signed it, whatever the tagger says.
pub(super) fn tag_signed_quotations(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &[Word],
    tags: &mut [u8],
    margins: &mut [i32],
) {
    for r in outermost_regions(regions) {
        let inner = reading.tokens_in(r.inner);
        let sentence = reading.slice(r.inner).ends_with(['.', '!', '?', '…'])
            && words.get(inner.start).is_some_and(|w| w.is_title_case());
        let (Some(run), Some(sure)) = (tags.get_mut(inner.clone()), margins.get_mut(inner.clone()))
        else {
            continue;
        };
        let silent = run.len() >= 3 && run.iter().all(|&t| t == 0);
        if sentence && silent && find_signature(reading, words, inner.end).is_some() {
            tag_run(run, 0..run.len(), CONTENT_AFTER);
            sure.fill(GIVEN_MARGIN);
        }
    }
}

/// The dash and the name after token `from`, where only punctuation stands between.
fn find_signature(
    reading: &TokenizedText<'_>,
    words: &[Word],
    from: usize,
) -> Option<(usize, Range<usize>)> {
    let is_dash = |i: usize| matches!(reading.word(i), "―" | "—" | "–" | "-" | "--" | "~");
    let dash = (from..words.len().min(from + 5)).find(|&i| is_dash(i))?;
    if (from..dash).any(|i| !words[i].punct || words[i].quote == OPENS) {
        return None;
    }
    let name = |i: usize| {
        words.get(i).is_some_and(|w| {
            (w.shape == shape::HANDLE || w.is_capitalized()) && w.quote != INSIDE
                || matches!(reading.word(i), "." | "de" | "van" | "von" | "al" | "bin" | "@")
        })
    };
    let most = words.len().min(dash + 8);
    let mut end = (dash + 1..most).find(|&i| !name(i)).unwrap_or(most);
    while end > dash + 1 && words[end - 1].punct {
        end -= 1;
    }
    let tail = words.get(end).is_none_or(|w| w.punct || w.first);
    (end > dash + 1 && tail).then_some((dash, dash + 1..end))
}

/// "Iran ready to talk: minister", "Mayor: City will not pay", "Minister to resign - sources":
/// a headline (the first paragraph, without a full stop) whose one end names a speaker.
pub(super) fn tag_headline(
    reading: &TokenizedText<'_>,
    words: &[Word],
    tags: &mut [u8],
    margins: &mut [i32],
) {
    let Some((title, at)) = split_headline(reading, words) else {
        return;
    };
    let word = |i: usize| reading.word(i);
    let is_word = |i: &usize| word(*i).contains(char::is_alphanumeric);
    let names = |r: &Range<usize>| {
        let of = |i: &usize| matches!(word(*i), "of" | "for" | "in" | "at");
        let head = (r.start + 1..r.end).find(of).unwrap_or(r.end) - 1;
        r.len() <= 5 && look_up_noun(word(head)).headline
    };
    let trimmed = |r: Range<usize>| {
        let start = r.clone().find(is_word)?;
        Some(start..r.clone().rfind(is_word)? + 1)
    };
    let (Some(left), Some(right)) = (trimmed(title.start..at), trimmed(at + 1..title.end)) else {
        return;
    };
    let (speaker, content) = if names(&right) && left.len() >= 3 {
        (right, left)
    } else if word(at) == ":"
        && (names(&left) || quotes_by_name(words, &left, &right))
        && right.len() >= 3
    {
        (left, right)
    } else {
        return;
    };
    // A sentence quoted in full may be long.
    const MAX_HEADLINE_OF_ROLE: usize = 24;
    if title.len() > MAX_HEADLINE_OF_ROLE && !quotes_by_name(words, &speaker, &content) {
        return;
    }
    let tag = if content.start < at { CONTENT_BEFORE } else { CONTENT_AFTER };
    tags[title.clone()].fill(0);
    margins[title].fill(100);
    for (range, tag) in [(content, tag), (at..at + 1, CUE), (speaker, SPEAKER)] {
        tag_run(tags, range, tag);
    }
}

/// "Ann Lee: “We will go”": a name, and nothing but words in marks.
fn quotes_by_name(words: &[Word], name: &Range<usize>, quoted: &Range<usize>) -> bool {
    const LONGEST_NAME: usize = 4;
    let inside = |i: usize| words[i].punct || words[i].quote == INSIDE;
    (2..=LONGEST_NAME).contains(&name.len())
        && name.clone().all(|i| words[i].is_capitalized())
        && quoted.clone().all(inside)
}

/// The longest headline, in tokens.
const MAX_HEADLINE: usize = 48;

/// The tokens of a short first paragraph without a full stop, and the one colon or dash in it.
fn split_headline(reading: &TokenizedText<'_>, words: &[Word]) -> Option<(Range<usize>, usize)> {
    let title = reading.paragraphs().first()?.tokens.clone();
    let ends = reading.word(title.end.checked_sub(1)?) == ".";
    if title.len() > MAX_HEADLINE || reading.paragraphs().len() < 2 || ends {
        return None;
    }
    let joint = |i: &usize| {
        let mark = matches!(reading.word(*i), ":" | "-" | "–" | "—") && words[*i].punct;
        mark && words[*i].quote != INSIDE
    };
    let mut joints = title.clone().skip(1).filter(joint);
    let at = joints.next()?;
    joints.next().is_none().then_some((title, at))
}
