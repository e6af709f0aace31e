//! Hashes of the words and names of a text, as the tagger reads them, and names known by them.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use crate::document::Label;
use crate::entities::prepared::{Prepared, TaggedName};
use crate::lexicon::mix;

/// The longest name that is looked for elsewhere, in tokens.
pub(super) const MAX_NAME_TOKENS: usize = 12;

/// The surest label of each of several names, with its margin.
pub(super) type SurestLabels<K> = HashMap<K, (Label, i32)>;

/// Notes a name; the first of the surest stays.
pub(super) fn note_surest<K: Eq + Hash>(known: &mut SurestLabels<K>, key: K, found: &TaggedName) {
    let best = known.entry(key).or_insert((found.label, found.margin));
    if found.margin > best.1 {
        *best = (found.label, found.margin);
    }
}

/// The longest of the names that are known by their spelling hash and begin where `tokens` do; it ends before they do,
/// or with them. With its label and margin.
pub(super) fn longest_known_name(
    prepared: &Prepared,
    known: &SurestLabels<u64>,
    tokens: &Range<usize>,
) -> Option<(Range<usize>, Label, i32)> {
    let (mut hash, mut best) = (0, None);
    for end in tokens.start + 1..=tokens.end.min(tokens.start + MAX_NAME_TOKENS) {
        hash = mix(hash ^ surface_hash(prepared, end - 1));
        if let Some(&(label, margin)) = known.get(&hash) {
            best = Some((tokens.start..end, label, margin));
        }
    }
    best
}

/// Hash of the spelling that the tagger reads of a token.
pub(super) fn surface_hash(prepared: &Prepared, i: usize) -> u64 {
    prepared.words.get(i).map_or(0, |t| t.surface)
}

/// The same for several tokens.
pub(super) fn spelling_hash(prepared: &Prepared, tokens: Range<usize>) -> u64 {
    tokens.fold(0, |h, i| mix(h ^ surface_hash(prepared, i)))
}
