//! The passes over a text, a paragraph at a time: the network reads what the linear tagger said.
//!
//! Owns their order. Must not know what becomes of the tags.

use super::features::{ParagraphFeatures, Surroundings};
use super::marks::Region;
use super::model::Trained;
use super::neural::{Ensemble, Spellings};
use super::tagger::{Lattice, ParagraphTags, Tagger, WordScores};
use super::words::{OUTSIDE, Word};
use crate::text::TokenizedText;

/// What stands before paragraph `p`.
pub fn describe_surroundings(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    p: usize,
) -> Surroundings {
    let Some(before) = p.checked_sub(1).and_then(|b| Some((b, reading.paragraphs().get(b)?)))
    else {
        return Surroundings { title: p == 0, ..Surroundings::default() };
    };
    let first = regions.partition_point(|r| r.paragraph < before.0);
    let mut here =
        regions[first..].iter().take_while(|r| r.paragraph == before.0).filter(|r| r.depth == 0);
    let last = here.clone().last();
    Surroundings {
        after_colon: reading.slice(before.1.span).ends_with([':', '—']),
        after_unclosed: last.is_some_and(|r| !r.closed),
        after_quote: here.any(|r| reading.tokens_in(r.inner).len() > 5),
        title: false,
    }
}

/// The tags that a pass gives to every token of a text.
#[derive(Debug, Clone, Default)]
pub struct TextTags {
    /// The tags.
    pub tags: Vec<u8>,
    /// In weight units; see [`ParagraphTags`].
    pub margins: Vec<i32>,
    /// The tags that came second.
    pub others: Vec<u8>,
}

impl TextTags {
    /// Adds the next paragraph.
    pub fn push(&mut self, decoded: ParagraphTags) {
        self.tags.extend(decoded.tags);
        self.margins.extend(decoded.margins);
        self.others.extend(decoded.others);
    }
}

/// Writes the tags of a pass to the words, for the next pass.
pub(super) fn note_tags(decoded: &ParagraphTags, words: &mut [Word]) {
    let said = decoded.tags.iter().zip(&decoded.margins).zip(&decoded.others);
    for (w, ((&tag, &margin), &other)) in words.iter_mut().zip(said) {
        w.note_tag(tag, margin, other);
    }
}

/// The linear pass over a paragraph, whose first token is the text's token `from`.
pub fn score_linear(
    tagger: &Tagger,
    word_scores: &WordScores<'_>,
    words: &[Word],
    from: usize,
    around: Surroundings,
) -> Lattice {
    let paragraph = ParagraphFeatures::new(words, around);
    tagger.score_paragraph(&paragraph, word_scores, from, words.len())
}

/// Whether the network reads a paragraph: the linear tagger is not sure that it holds no speech, or
/// it has quotation marks.
pub fn needs_network(decoded: &ParagraphTags, words: &[Word]) -> bool {
    !decoded.is_settled() || words.iter().any(|w| w.quote != OUTSIDE)
}

/// Runs both passes; returns the tags of the last one.
pub(super) fn tag_text(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    words: &mut [Word],
    spellings: &Spellings,
    trained: &Trained,
) -> TextTags {
    let mut out = TextTags::default();
    let word_scores = trained.tagger.score_words(words, &spellings.types);
    let mut ensemble = Ensemble::new(&trained.networks, spellings);
    for (p, paragraph) in reading.paragraphs().iter().enumerate() {
        let from = paragraph.tokens.start;
        let Some(words) = words.get_mut(paragraph.tokens.clone()) else {
            continue;
        };
        let around = describe_surroundings(reading, regions, p);
        let mut lattice = score_linear(&trained.tagger, &word_scores, words, from, around);
        let decoded = lattice.decode(0);
        if !needs_network(&decoded, words) {
            out.push(decoded);
            continue;
        }
        note_tags(&decoded, words);
        lattice.scale_scores(trained.extra.share);
        ensemble.add_scores(&mut lattice, words, from, around);
        out.push(lattice.decode(trained.extra.lean));
    }
    out
}
