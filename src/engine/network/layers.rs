//! Dense layers and convolutions: blocks of weights and rows of biases, by number.

use super::scale::{Activations, HIDDEN, ONE, Sums, add_residual, add_sums, rectify};
use super::simd::DenseBlock;
use super::tables::FeatureRows;

/// The neighbours that the first convolution reads, relative to a token.
pub const CONV1_OFFSETS: [isize; 5] = [-2, -1, 0, 1, 2];

/// What a spelling adds to the first convolution of the tokens around it, by [`CONV1_OFFSETS`].
/// Worked out once for all tokens that are spelled so.
pub type WordProjections = [Sums; CONV1_OFFSETS.len()];

/// All weights of a network.
#[derive(Debug, Clone, Default)]
pub struct DenseLayers {
    blocks: Vec<DenseBlock>,
    biases: Vec<Activations>,
}

impl DenseLayers {
    /// `weights`: blocks of `HIDDEN` × `HIDDEN`, input-major. `biases`: rows of `HIDDEN`.
    pub fn new(weights: &[i16], biases: &[i16]) -> DenseLayers {
        DenseLayers {
            blocks: weights.chunks(HIDDEN * HIDDEN).map(DenseBlock::new).collect(),
            biases: biases.as_chunks::<HIDDEN>().0.to_vec(),
        }
    }

    /// The sums that a layer begins with: its biases.
    pub fn bias_sums(&self, layer: usize) -> Sums {
        let mut out = [0; HIDDEN];
        if let Some(bias) = self.biases.get(layer) {
            for (slot, &b) in out.iter_mut().zip(bias) {
                *slot = i32::from(b) * ONE;
            }
        }
        out
    }

    /// `sums += x · weights` of a block.
    pub fn add_product(&self, block: usize, x: &Activations, sums: &mut Sums) {
        if let Some(block) = self.blocks.get(block) {
            block.add_product(x, sums);
        }
    }

    /// Adds what token `at` and its neighbours say, through one block an offset; nothing stands
    /// beyond the ends of `x`.
    pub fn add_neighbours(
        &self,
        first_block: usize,
        offsets: &[isize],
        x: &[Activations],
        at: usize,
        sums: &mut Sums,
    ) {
        for (k, offset) in offsets.iter().enumerate() {
            if let Some(x) = at.checked_add_signed(*offset).and_then(|j| x.get(j)) {
                self.add_product(first_block + k, x, sums);
            }
        }
    }

    /// A convolution with a residual connection, at token `at`. `more` is added to its sums.
    pub fn convolve(
        &self,
        (layer, first_block): (usize, usize),
        offsets: &[isize],
        x: &[Activations],
        at: usize,
        more: Option<&Sums>,
    ) -> Activations {
        let mut sums = self.bias_sums(layer);
        self.add_neighbours(first_block, offsets, x, at, &mut sums);
        if let Some(more) = more {
            add_sums(&mut sums, more);
        }
        add_residual(x.get(at).unwrap_or(&[0; HIDDEN]), &sums)
    }

    /// What a spelling adds around it. `input` is a multiple of `HIDDEN` long; its blocks are the
    /// first, then come those of the first convolution. Layer 0.
    pub fn project_word(&self, input: &[i16]) -> WordProjections {
        let parts = input.as_chunks::<HIDDEN>().0;
        let mut sums = self.bias_sums(0);
        for (block, part) in parts.iter().enumerate() {
            self.add_product(block, part, &mut sums);
        }
        let x = rectify(&sums);
        let mut out = [[0; HIDDEN]; CONV1_OFFSETS.len()];
        for (k, sums) in out.iter_mut().enumerate() {
            self.add_product(parts.len() + k, &x, sums);
        }
        out
    }

    /// The first convolution at a token: the words around it (`word_at` takes an offset) and what
    /// is known of the token itself. Layer 1.
    pub fn convolve_words<'a>(
        &self,
        word_at: impl Fn(isize) -> Option<&'a WordProjections>,
        rows: &FeatureRows,
        features: &[u8],
    ) -> Activations {
        let mut sums = self.bias_sums(1);
        for (k, offset) in CONV1_OFFSETS.into_iter().enumerate() {
            if let Some(word) = word_at(offset) {
                add_sums(&mut sums, &word[k]);
            }
        }
        rows.add(features, &mut sums);
        rectify(&sums)
    }
}
