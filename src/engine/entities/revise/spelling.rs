//! Hashes of the words and names of a text, as the tagger reads them.

use std::ops::Range;

use crate::entities::prepared::Prepared;
use crate::lexicon::mix;

/// The longest name that is looked for elsewhere, in tokens.
pub(super) const MAX_NAME_TOKENS: usize = 12;

/// Hash of the spelling that the tagger reads of a token.
pub(super) fn surface_hash(prepared: &Prepared, i: usize) -> u64 {
    prepared.words.get(i).map_or(0, |t| t.surface)
}

/// The same for several tokens.
pub(super) fn spelling_hash(prepared: &Prepared, tokens: Range<usize>) -> u64 {
    tokens.fold(0, |h, i| mix(h ^ surface_hash(prepared, i)))
}
