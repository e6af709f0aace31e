//! What the learners of both networks have in common: numbers that are learned, and layers in reals.
//! One thread, one order of sums.

use crate::random::RandomSource;
use galley_engine::network::HIDDEN;

/// One token's activations.
pub(super) type Units = [f32; HIDDEN];

/// Values with their gradients and Adam's two means.
#[derive(Clone, Default)]
pub(super) struct Param {
    pub(super) w: Vec<f32>,
    pub(super) g: Vec<f32>,
    m: Vec<f32>,
    v: Vec<f32>,
    /// Running mean of the last part's values, and over how many.
    mean: Vec<f32>,
    count: f32,
}

impl Param {
    /// Near to normally distributed (a sum of uniform draws).
    pub(super) fn new(n: usize, spread: f32, random: &mut impl RandomSource) -> Param {
        let mut draw = || {
            let sum: f32 = (0..6).map(|_| random.next_unit()).sum();
            (sum - 3.0) * 1.414 * spread
        };
        Param {
            w: (0..n).map(|_| draw()).collect(),
            g: vec![0.0; n],
            m: vec![0.0; n],
            v: vec![0.0; n],
            mean: Vec::new(),
            count: 0.0,
        }
    }

    /// Takes the values into the mean.
    pub(super) fn average_values(&mut self) {
        self.mean.resize(self.w.len(), 0.0);
        self.count += 1.0;
        for (m, w) in self.mean.iter_mut().zip(&self.w) {
            *m += (w - *m) / self.count;
        }
    }

    /// The mean, or the values where none was taken.
    pub(super) fn averaged(&self) -> &[f32] {
        if self.mean.is_empty() { &self.w } else { &self.mean }
    }

    /// One step down the gradient, which is cleared.
    pub(super) fn adam_step(
        &mut self,
        range: std::ops::Range<usize>,
        rate: f32,
        decay: f32,
        max: f32,
    ) {
        for i in range {
            let g = self.g[i];
            self.g[i] = 0.0;
            self.m[i] += 0.1 * (g - self.m[i]);
            self.v[i] += 0.001 * (g * g - self.v[i]);
            let w = self.w[i] * (1.0 - rate * decay);
            self.w[i] = (w - rate * self.m[i] / (self.v[i].sqrt() + 1e-6)).clamp(-max, max);
        }
    }
}

pub(super) fn zero_rows(n: usize) -> Vec<Units> {
    vec![[0.0; HIDDEN]; n]
}

/// ReLU below 16 in place, with dropout; the mask holds what each gradient is worth.
pub(super) fn rectify_with_dropout(
    y: &mut [Units],
    drop: f32,
    random: &mut impl RandomSource,
) -> Vec<Units> {
    let mut mask = zero_rows(y.len());
    let keep = ((1.0 - drop) * 65536.0) as u64;
    let scale = 65536.0 / keep as f32;
    for (y, mask) in y.iter_mut().zip(&mut mask) {
        let mut bits = 0;
        for o in 0..HIDDEN {
            let mut worth = 1.0;
            if drop > 0.0 {
                if o % 4 == 0 {
                    bits = random.next_bits();
                }
                worth = if bits & 0xffff < keep { scale } else { 0.0 };
                bits >>= 16;
            }
            let held = y[o].clamp(0.0, 15.99);
            mask[o] = if held == y[o] && held > 0.0 { worth } else { 0.0 };
            y[o] = held * worth;
        }
    }
    mask
}

/// `d *= mask`
pub(super) fn apply_mask(d: &mut [Units], mask: &[Units]) {
    for (d, m) in d.iter_mut().zip(mask) {
        for (d, m) in d.iter_mut().zip(m) {
            *d *= m;
        }
    }
}
