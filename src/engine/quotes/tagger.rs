//! The linear-chain tagger: integer weights, and how sure it is of its tags.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::features::{
    self, BITS, FeatureList, ParagraphFeatures, SHAPE_WINDOW, SHAPES, WORD_WINDOW,
};
use super::pack::Reader;
use super::types::WordTypes;
use super::words::Word;
use crate::asset::AssetError;
use crate::chain::{self, TokenTransitions};

/// Number of tags.
pub const TAGS: usize = 9;
/// Rows are padded to this many tags.
pub(super) const ROW_WIDTH: usize = 16;

/// Tags: outside, then begin and inside of speaker, cue, content after its cue and content
/// before it. Odd ones begin.
pub const SPEAKER: u8 = 1;
/// See [`SPEAKER`].
pub const CUE: u8 = 3;
/// See [`SPEAKER`].
pub const CONTENT_AFTER: u8 = 5;
/// See [`SPEAKER`].
pub const CONTENT_BEFORE: u8 = 7;

/// The margin of tags that a construction gives, in score units: as sure as the tagger when it is sure.
pub(super) const GIVEN_MARGIN: i32 = 60;

/// Tags a run of tokens as one piece, where all of them are there: `tag` is the odd one that begins.
pub(super) fn tag_run(tags: &mut [u8], tokens: Range<usize>, tag: u8) {
    if let Some([first, rest @ ..]) = tags.get_mut(tokens) {
        *first = tag;
        rest.fill(tag + 1);
    }
}

/// May tag `to` follow tag `from`? An inside tag needs its own begin or inside tag before it.
pub const fn may_follow(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// Rows of small weights by feature hash: a bit set with ranks, then rows.
#[derive(Debug, Clone, Default)]
pub struct WeightRows<const N: usize> {
    /// A bit for each key that has a row.
    bits: Vec<u64>,
    /// Rows before each word of bits; apart from them, since most look-ups find no bit.
    before: Vec<u32>,
    rows: Vec<[i8; N]>,
}

impl<const N: usize> WeightRows<N> {
    /// `keys` ascend, below 2^BITS; `rows` is as long.
    pub fn new(keys: &[u32], rows: Vec<[i8; N]>) -> WeightRows<N> {
        let mut bits = vec![0u64; 1 << (BITS - 6)];
        for &k in keys {
            bits[(k >> 6) as usize] |= 1 << (k & 63);
        }
        let mut sum = 0;
        let before = bits
            .iter()
            .map(|word| {
                let rows = sum;
                sum += word.count_ones();
                rows
            })
            .collect();
        WeightRows { bits, before, rows }
    }

    /// Whether a key has a row: 0 or 1.
    fn has_row(&self, key: u32) -> u64 {
        let bits = self.bits.get((key >> 6) as usize).copied();
        bits.unwrap_or(0) >> (key & 63) & 1
    }

    /// The row of a key that has one.
    fn row(&self, key: u32) -> Option<&[i8; N]> {
        let word = (key >> 6) as usize;
        let lower = self.bits.get(word)? & ((1 << (key & 63)) - 1);
        let before = *self.before.get(word)?;
        self.rows.get(before as usize + lower.count_ones() as usize)
    }

    /// Adds the rows of the features that have one.
    fn add_weights(&self, features: &[u32], sum: &mut [i16; N]) {
        const AT_ONCE: usize = 32;
        for features in features.chunks(AT_ONCE) {
            // Those that have one first, without a branch: so the look-ups wait for each other's
            // memory, not one after another.
            let (mut found, mut n) = ([0; AT_ONCE], 0);
            for &f in features {
                found[n % AT_ONCE] = f;
                n += self.has_row(f) as usize;
            }
            for row in found[..n].iter().filter_map(|&f| self.row(f)) {
                for (s, &w) in sum.iter_mut().zip(row) {
                    *s = s.wrapping_add(i16::from(w));
                }
            }
        }
    }

    fn unpack(r: &mut Reader<'_>, width: usize) -> Result<WeightRows<N>, AssetError> {
        let keys = r.keys(1 << BITS)?;
        let mut rows = vec![[0i8; N]; keys.len()];
        for column in 0..width {
            for (row, &b) in rows.iter_mut().zip(r.take(keys.len())?) {
                row[column] = b as i8;
            }
        }
        Ok(WeightRows::new(&keys, rows))
    }
}

/// One pass of the tagger.
#[derive(Debug, Clone, Default)]
pub struct Tagger {
    /// Weights of the tag at a token.
    pub nodes: WeightRows<ROW_WIDTH>,
    /// Weights of a step between two tags, `from * TAGS + to`.
    pub edges: WeightRows<{ TAGS * TAGS }>,
}

/// What a log-odds of 1 scores: the unit of weights and margins.
pub const SCORE_UNIT: i32 = 24;

/// Scores of a paragraph's tags and of the steps between them, in score units.
#[derive(Debug, Clone, Default)]
pub struct Lattice {
    /// Of each token's tags.
    pub nodes: Vec<[i32; TAGS]>,
    /// `from * TAGS + to`, into each token; the first comes from outside.
    pub edges: Vec<[i16; TAGS * TAGS]>,
}

/// A decoded paragraph.
pub struct ParagraphTags {
    /// One tag a token.
    pub tags: Vec<u8>,
    /// How much worse the best row with another tag for this token is, in score units.
    pub margins: Vec<i32>,
    /// The tag that came second.
    pub others: Vec<u8>,
}

/// From this margin on (a log-odds of 1) a paragraph without quotes is taken to have none.
const SETTLED_MARGIN: i32 = 24;

impl ParagraphTags {
    /// Whether the paragraph surely holds no speech, so that the network need not read it.
    pub fn is_settled(&self) -> bool {
        let mut said = self.tags.iter().zip(&self.margins);
        said.all(|(&tag, &margin)| tag == 0 && margin >= SETTLED_MARGIN)
    }
}

/// No margin is greater.
const MAX_MARGIN: i32 = 30_000;

impl Tagger {
    /// Reads a tagger from a model file.
    pub fn unpack(r: &mut Reader<'_>) -> Result<Tagger, AssetError> {
        Ok(Tagger {
            nodes: WeightRows::unpack(r, TAGS)?,
            edges: WeightRows::unpack(r, TAGS * TAGS)?,
        })
    }

    /// What the words of a text add to the scores of tags around them.
    pub fn score_words<'a>(&self, words: &[Word], types: &'a WordTypes) -> WordScores<'a> {
        let sums = |w: &Word| {
            WORD_WINDOW.map(|k| {
                let (mut list, mut sum) = (FeatureList::default(), [0; ROW_WIDTH]);
                features::push_word_features(w, k, &mut list);
                self.nodes.add_weights(list.as_slice(), &mut sum);
                sum
            })
        };
        let shape = |shape: usize| {
            WORD_WINDOW.map(|k| {
                let mut sum = [0; ROW_WIDTH];
                if let Some(f) = features::shape_feature(shape as u8, k) {
                    self.nodes.add_weights(&[f], &mut sum);
                }
                sum
            })
        };
        let firsts = types.first_token.iter();
        WordScores {
            of: &types.type_of,
            sums: firsts.map(|&i| sums(&words[i as usize])).collect(),
            beyond: sums(&features::BEYOND_PARAGRAPH),
            shapes: std::array::from_fn(shape),
        }
    }

    /// The scores of a paragraph of `n` tokens, the first of which is the text's token `from`.
    pub fn score_paragraph(
        &self,
        paragraph: &ParagraphFeatures<'_>,
        word_scores: &WordScores<'_>,
        from: usize,
        n: usize,
    ) -> Lattice {
        let mut features = FeatureList::default();
        let mut nodes = vec![[0i32; TAGS]; n];
        let mut edges = vec![[0i16; TAGS * TAGS]; n];
        for i in 0..n {
            let mut sum = [0i16; ROW_WIDTH];
            for (at, k) in WORD_WINDOW.into_iter().enumerate() {
                let inside = i.checked_add_signed(k).filter(|&j| j < n);
                add_row(word_scores.of_token(inside.map(|j| from + j), at), &mut sum);
                if SHAPE_WINDOW.contains(&at) {
                    let shape = usize::from(paragraph.word_at(i, k).shape).min(SHAPES - 1);
                    add_row(&word_scores.shapes[shape][at], &mut sum);
                }
            }
            features.clear();
            paragraph.push_tag_features(i, &mut features);
            self.nodes.add_weights(features.as_slice(), &mut sum);
            for (s, &w) in nodes[i].iter_mut().zip(&sum) {
                *s = i32::from(w);
            }
            features.clear();
            paragraph.push_transition_features(i, &mut features);
            self.edges.add_weights(features.as_slice(), &mut edges[i]);
        }
        Lattice { nodes, edges }
    }
}

/// Scores that a word adds to each token of its window.
type WindowScores = [[i16; ROW_WIDTH]; WORD_WINDOW.len()];

/// See [`Tagger::score_words`].
pub struct WordScores<'a> {
    of: &'a [u32],
    /// By word.
    sums: Vec<WindowScores>,
    /// Beyond a paragraph.
    beyond: WindowScores,
    shapes: [WindowScores; SHAPES],
}

impl WordScores<'_> {
    /// `token`: none is beyond the paragraph.
    fn of_token(&self, token: Option<usize>, at: usize) -> &[i16; ROW_WIDTH] {
        let of = |token: usize| self.sums.get(*self.of.get(token)? as usize);
        &token.and_then(of).unwrap_or(&self.beyond)[at]
    }
}

fn add_row(more: &[i16; ROW_WIDTH], sum: &mut [i16; ROW_WIDTH]) {
    for k in 0..ROW_WIDTH {
        sum[k] = sum[k].wrapping_add(more[k]);
    }
}

impl Lattice {
    /// Scales the scores before another tagger's are added, in 256ths.
    pub fn scale_scores(&mut self, share: i32) {
        let scaled = |v: i32| v * share / 256;
        for node in self.nodes.iter_mut().flatten() {
            *node = scaled(*node);
        }
        for edge in self.edges.iter_mut().flatten() {
            *edge = scaled(i32::from(*edge)) as i16;
        }
    }

    /// Adds the scores of another tagger: of the tags at each token, and of the steps between them.
    pub fn add_scores(&mut self, scores: &[[i32; TAGS]], steps: &[i16]) {
        for (node, more) in self.nodes.iter_mut().zip(scores) {
            for (node, more) in node.iter_mut().zip(more) {
                *node += more.clamp(&-100_000, &100_000);
            }
        }
        for edge in &mut self.edges {
            for (edge, more) in edge.iter_mut().zip(steps) {
                *edge = edge.saturating_add(*more);
            }
        }
    }

    /// The best row of tags, and how sure each of them is. `lean` is added to the score of every
    /// token outside quotes.
    pub fn decode(&self, lean: i32) -> ParagraphTags {
        let mut nodes = Cow::Borrowed(&self.nodes);
        if lean != 0 {
            nodes.to_mut().iter_mut().for_each(|node| node[0] += lean);
        }
        let transitions = TokenTransitions { steps: &self.edges, follows: may_follow };
        let (tags, losses) = chain::decode(&transitions, &nodes);
        let (mut margins, mut others) = (Vec::new(), Vec::new());
        for (&tag, losses) in tags.iter().zip(&losses) {
            let other = (0..TAGS).filter(|&y| y != usize::from(tag));
            let other = other.min_by_key(|&y| (losses[y], Reverse(y))).unwrap_or(0);
            margins.push(losses[other].clamp(0, MAX_MARGIN));
            others.push(other as u8);
        }
        ParagraphTags { tags, margins, others }
    }
}
