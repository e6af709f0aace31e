//! Headlines whose words all have capitals: the story tells which of them are names.
//!
//! Owns the names of such lines. Must not know the taggers.

use std::ops::Range;

use super::spelling::{SurestLabels, longest_known_name, note_surest, spelling_hash};
use crate::document::Label;
use crate::entities::prepared::{Prepared, TaggedName};
use crate::entities::words::Case;
use crate::lexicon::flag;

/// "Ryanair Orders Jets" is Ryanair's, where the story has Ryanair and not all three words; "Nvidia To Build Plant" has
/// the Nvidia that the story has.
pub(super) fn name_headlines(prepared: &Prepared, found: &mut Vec<TaggedName>) {
    let line_case = |token: usize| prepared.context.case_of(&prepared.words, token);
    let titled = |token: usize| line_case(token) == Case::Title;
    let mut known = SurestLabels::new();
    for f in found.iter().filter(|f| line_case(f.tokens.start) == Case::Plain) {
        note_surest(&mut known, spelling_hash(prepared, f.tokens.clone()), f);
    }
    if known.is_empty() {
        return;
    }
    // "Ryanair Orders Jets" is too short to be known as a headline, but nothing else is on its line.
    let line = |i: usize| prepared.context.paragraph.get(i);
    let fills_line = |tokens: &Range<usize>| {
        let first = tokens.start.checked_sub(1).and_then(line);
        tokens.len() > 2 && first != line(tokens.start) && line(tokens.end) != line(tokens.start)
    };
    let in_headline =
        |f: &TaggedName| f.tokens.len() > 1 && (titled(f.tokens.start) || fills_line(&f.tokens));
    for f in found.iter_mut().filter(|f| in_headline(f)) {
        if known.contains_key(&spelling_hash(prepared, f.tokens.clone())) {
            continue;
        }
        // A first name or a title that the story leaves out is not cut off.
        if f.label != Label::Person
            && let Some((tokens, label, _)) = longest_known_name(prepared, &known, &f.tokens)
            && !matches!(label, Label::Gpe | Label::Loc | Label::Norp)
            && goes_on_as_sentence(prepared, &(tokens.end..f.tokens.end), fills_line(&f.tokens))
        {
            f.tokens = tokens;
            f.label = label;
        }
    }
    // Names that the taggers did not see.
    let mut added = Vec::new();
    for seq in &prepared.sequences {
        let mut i = seq.start;
        while i < seq.end {
            let mut next = i + 1;
            if titled(i) {
                let name = longest_known_name(prepared, &known, &(i..seq.end));
                if let Some((tokens, label, margin)) = name {
                    next = tokens.end;
                    let at = found.partition_point(|f| f.tokens.end <= tokens.start);
                    let free = found.get(at).is_none_or(|f| f.tokens.start >= tokens.end);
                    if free && is_telling(prepared, &tokens) {
                        added.push(TaggedName { label, tokens, margin });
                    }
                }
            }
            i = next;
        }
    }
    if !added.is_empty() {
        found.append(&mut added);
        found.sort_by_key(|f| f.tokens.start);
    }
}

/// Whether the words go on with a headline, not with the name: a word that is common in lowercase comes first, or a form
/// of a verb on a line of its own; and none of them heads a name.
fn goes_on_as_sentence(prepared: &Prepared, rest: &Range<usize>, alone: bool) -> bool {
    let heads =
        flag::ORG_HEAD | flag::FAC_HEAD | flag::PLACE_HEAD | flag::EVENT_HEAD | flag::LAW_HEAD;
    let people = flag::FEMALE | flag::MALE | flag::SURNAME;
    let common = prepared
        .words
        .get(rest.start)
        .is_some_and(|t| (alone || matches!(t.word.rank, 1..=5)) && t.word.flags & people == 0);
    common && rest.clone().filter_map(|i| prepared.words.get(i)).all(|t| t.word.flags & heads == 0)
}

/// Whether a known name may be meant wherever its words stand: no single word that is common in lowercase.
fn is_telling(prepared: &Prepared, tokens: &Range<usize>) -> bool {
    tokens.len() > 1
        || prepared.words.get(tokens.start).is_some_and(|t| !matches!(t.word.rank, 1..=4))
}
