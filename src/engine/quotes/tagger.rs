//! The linear-chain tagger: integer weights, and how sure it is of its tags.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::features::{self, BITS, List, NEAR, SHAPED, SHAPES, Scene};
use super::pack::Reader;
use super::types::Types;
use super::words::Word;
use crate::asset::AssetError;
use crate::chain::{self, TokenTransitions};

/// Number of tags.
pub const TAGS: usize = 9;
/// Rows are padded to this many tags.
pub(super) const WIDE: usize = 16;

/// Tags: outside, then begin and inside of speaker, cue, content after its cue and content
/// before it. Odd ones begin.
pub const SPEAKER: u8 = 1;
pub const CUE: u8 = 3;
pub const AFTER: u8 = 5;
pub const BEFORE: u8 = 7;

/// May `to` follow `from`? An inside tag needs its own begin or inside tag before it.
pub const fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// Rows of small weights by feature hash: a bit set with ranks, then rows.
#[derive(Debug, Clone, Default)]
pub struct Rows<const N: usize> {
    /// A bit for each key that has a row.
    bits: Vec<u64>,
    /// Rows before each word of bits; apart from them, since most look-ups find no bit.
    before: Vec<u32>,
    rows: Vec<[i8; N]>,
}

impl<const N: usize> Rows<N> {
    /// `keys` ascend, below 2^BITS; `rows` is as long.
    pub fn new(keys: &[u32], rows: Vec<[i8; N]>) -> Rows<N> {
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
        Rows { bits, before, rows }
    }

    /// Whether a key has a row: 0 or 1.
    fn has(&self, key: u32) -> u64 {
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
    fn add(&self, features: &[u32], sum: &mut [i16; N]) {
        const AT_ONCE: usize = 32;
        for features in features.chunks(AT_ONCE) {
            // Those that have one first, without a branch: so the look-ups wait for each other's
            // memory, not one after another.
            let (mut found, mut n) = ([0; AT_ONCE], 0);
            for &f in features {
                found[n % AT_ONCE] = f;
                n += self.has(f) as usize;
            }
            for row in found[..n].iter().filter_map(|&f| self.row(f)) {
                for (s, &w) in sum.iter_mut().zip(row) {
                    *s = s.wrapping_add(i16::from(w));
                }
            }
        }
    }

    fn read(r: &mut Reader<'_>, width: usize) -> Result<Rows<N>, AssetError> {
        let keys = r.keys(1 << BITS)?;
        let mut rows = vec![[0i8; N]; keys.len()];
        for column in 0..width {
            for (row, &b) in rows.iter_mut().zip(r.take(keys.len())?) {
                row[column] = b as i8;
            }
        }
        Ok(Rows::new(&keys, rows))
    }
}

/// One pass of the tagger.
#[derive(Debug, Clone, Default)]
pub struct Tagger {
    /// Weights of the tag at a token.
    pub nodes: Rows<WIDE>,
    /// Weights of a step between two tags, `from * TAGS + to`.
    pub edges: Rows<{ TAGS * TAGS }>,
}

/// Weight units per natural-log unit.
pub const UNIT: i32 = 24;

/// Scores of a paragraph's tags and of the steps between them, in weight units.
#[derive(Debug, Clone, Default)]
pub struct Lattice {
    pub nodes: Vec<[i32; TAGS]>,
    /// `from * TAGS + to`, into each token; the first comes from outside.
    pub edges: Vec<[i16; TAGS * TAGS]>,
}

/// A decoded paragraph.
pub struct Decoded {
    /// One tag a token.
    pub tags: Vec<u8>,
    /// How much worse the best other reading of this token is, in weight units.
    pub margins: Vec<i32>,
    /// That other reading's tag.
    pub others: Vec<u8>,
}

/// A margin, a nat, from which a paragraph without quotes is taken to have none.
const SETTLED: i32 = 24;

impl Decoded {
    /// Nothing is found in the paragraph, surely enough not to ask the network.
    pub fn is_settled(&self) -> bool {
        let mut said = self.tags.iter().zip(&self.margins);
        said.all(|(&tag, &margin)| tag == 0 && margin >= SETTLED)
    }
}

/// No margin is greater.
const MAX_MARGIN: i32 = 30_000;

impl Tagger {
    pub fn read(r: &mut Reader<'_>) -> Result<Tagger, AssetError> {
        Ok(Tagger { nodes: Rows::read(r, TAGS)?, edges: Rows::read(r, TAGS * TAGS)? })
    }

    /// What the words of a text tell of the tags around them.
    pub fn spelt<'a>(&self, words: &[Word], types: &'a Types) -> Spelt<'a> {
        let sums = |w: &Word| {
            NEAR.map(|k| {
                let (mut list, mut sum) = (List::default(), [0; WIDE]);
                features::spelt(w, k, &mut list);
                self.nodes.add(list.get(), &mut sum);
                sum
            })
        };
        let shape = |shape: usize| {
            NEAR.map(|k| {
                let mut sum = [0; WIDE];
                if let Some(f) = features::shaped(shape as u8, k) {
                    self.nodes.add(&[f], &mut sum);
                }
                sum
            })
        };
        let firsts = types.first.iter();
        Spelt {
            of: &types.of,
            sums: firsts.map(|&i| sums(&words[i as usize])).collect(),
            beyond: sums(&features::EDGE),
            shapes: std::array::from_fn(shape),
        }
    }

    /// The scores of a paragraph of `n` tokens, the first of which is the text's token `from`.
    pub fn lattice(&self, scene: &Scene<'_>, spelt: &Spelt<'_>, from: usize, n: usize) -> Lattice {
        let mut features = List::default();
        let mut nodes = vec![[0i32; TAGS]; n];
        let mut edges = vec![[0i16; TAGS * TAGS]; n];
        for i in 0..n {
            let mut sum = [0i16; WIDE];
            for (at, k) in NEAR.into_iter().enumerate() {
                let inside = i.checked_add_signed(k).filter(|&j| j < n);
                add(spelt.word(inside.map(|j| from + j), at), &mut sum);
                if SHAPED.contains(&at) {
                    let shape = usize::from(scene.at(i, k).shape).min(SHAPES - 1);
                    add(&spelt.shapes[shape][at], &mut sum);
                }
            }
            features.clear();
            scene.node(i, &mut features);
            self.nodes.add(features.get(), &mut sum);
            for (s, &w) in nodes[i].iter_mut().zip(&sum) {
                *s = i32::from(w);
            }
            features.clear();
            scene.edge(i, &mut features);
            self.edges.add(features.get(), &mut edges[i]);
        }
        Lattice { nodes, edges }
    }
}

/// Sums of weights, for each of the tokens around.
type Around = [[i16; WIDE]; NEAR.len()];

/// See [`Tagger::spelt`].
pub struct Spelt<'a> {
    of: &'a [u32],
    /// By word.
    sums: Vec<Around>,
    /// Of the nothing beyond a paragraph.
    beyond: Around,
    shapes: [Around; SHAPES],
}

impl Spelt<'_> {
    /// `token`: none is beyond the paragraph.
    fn word(&self, token: Option<usize>, at: usize) -> &[i16; WIDE] {
        let of = |token: usize| self.sums.get(*self.of.get(token)? as usize);
        &token.and_then(of).unwrap_or(&self.beyond)[at]
    }
}

fn add(more: &[i16; WIDE], sum: &mut [i16; WIDE]) {
    for k in 0..WIDE {
        sum[k] = sum[k].wrapping_add(more[k]);
    }
}

impl Lattice {
    /// What the scores count beside another tagger's, in 256ths.
    pub fn scale(&mut self, share: i32) {
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
    pub fn decode(&self, lean: i32) -> Decoded {
        let mut nodes = Cow::Borrowed(&self.nodes);
        if lean != 0 {
            nodes.to_mut().iter_mut().for_each(|node| node[0] += lean);
        }
        let transitions = TokenTransitions { steps: &self.edges, follows: allowed };
        let (tags, losses) = chain::decode(&transitions, &nodes);
        let (mut margins, mut others) = (Vec::new(), Vec::new());
        for (&tag, losses) in tags.iter().zip(&losses) {
            let other = (0..TAGS).filter(|&y| y != usize::from(tag));
            let other = other.min_by_key(|&y| (losses[y], Reverse(y))).unwrap_or(0);
            margins.push(losses[other].clamp(0, MAX_MARGIN));
            others.push(other as u8);
        }
        Decoded { tags, margins, others }
    }
}
