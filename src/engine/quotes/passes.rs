//! The passes over a text, a paragraph at a time: the network reads what the linear tagger said.
//!
//! Owns their order. Must not know what the tags come to.

use super::features::{Around, Scene};
use super::marks::Region;
use super::model::Trained;
use super::neural::{Ensemble, Spellings};
use super::tagger::{Decoded, Lattice, Spelt, Tagger};
use super::words::{OUTSIDE, Word};
use crate::text::TokenizedText;

/// What stands around paragraph `p`.
pub fn around(reading: &TokenizedText<'_>, regions: &[Region], p: usize) -> Around {
    let Some(before) = p.checked_sub(1).and_then(|b| Some((b, reading.paragraphs().get(b)?)))
    else {
        return Around { title: p == 0, ..Around::default() };
    };
    let first = regions.partition_point(|r| r.paragraph < before.0);
    let mut here =
        regions[first..].iter().take_while(|r| r.paragraph == before.0).filter(|r| r.depth == 0);
    let last = here.clone().last();
    Around {
        after_colon: reading.slice(before.1.span).ends_with([':', '—']),
        after_unclosed: last.is_some_and(|r| !r.closed),
        after_quote: here.any(|r| reading.tokens_in(r.inner).len() > 5),
        title: false,
    }
}

/// What a pass says of every token of a text.
#[derive(Debug, Clone, Default)]
pub struct Pass {
    pub tags: Vec<u8>,
    /// In weight units; see [`Decoded`].
    pub margins: Vec<i32>,
    pub others: Vec<u8>,
}

impl Pass {
    /// Adds the next paragraph.
    pub fn push(&mut self, decoded: Decoded) {
        self.tags.extend(decoded.tags);
        self.margins.extend(decoded.margins);
        self.others.extend(decoded.others);
    }
}

/// Notes on every word what a pass said, for the next one.
pub(super) fn note(decoded: &Decoded, words: &mut [Word]) {
    let said = decoded.tags.iter().zip(&decoded.margins).zip(&decoded.others);
    for (w, ((&tag, &margin), &other)) in words.iter_mut().zip(said) {
        w.note(tag, margin, other);
    }
}

/// The linear pass over a paragraph, whose first token is the text's token `from`.
pub fn linear(
    tagger: &Tagger,
    spelt: &Spelt<'_>,
    words: &[Word],
    from: usize,
    around: Around,
) -> Lattice {
    let scene = Scene::new(words, around);
    tagger.lattice(&scene, spelt, from, words.len())
}

/// Whether the network reads a paragraph: the linear tagger does not settle it, or there are marks.
pub fn asks(decoded: &Decoded, words: &[Word]) -> bool {
    !decoded.is_settled() || words.iter().any(|w| w.quote != OUTSIDE)
}

/// Both passes; what the last one says.
pub(super) fn all(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &mut [Word],
    spellings: &Spellings,
    trained: &Trained,
) -> Pass {
    let mut out = Pass::default();
    let spelt = trained.tagger.spelt(words, &spellings.types);
    let mut ensemble = Ensemble::new(&trained.networks, spellings);
    for (p, paragraph) in reading.paragraphs().iter().enumerate() {
        let from = paragraph.tokens.start;
        let Some(words) = words.get_mut(paragraph.tokens.clone()) else {
            continue;
        };
        let around = around(reading, regions, p);
        let mut lattice = linear(&trained.tagger, &spelt, words, from, around);
        let decoded = lattice.decode(0);
        if !asks(&decoded, words) {
            out.push(decoded);
            continue;
        }
        note(&decoded, words);
        lattice.scale(trained.extra.share);
        ensemble.add_scores(&mut lattice, words, from, around);
        out.push(lattice.decode(trained.extra.lean));
    }
    out
}
