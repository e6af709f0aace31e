//! The learner: a linear-chain conditional random field under partial gold.
//!
//! A token's gold is a set of tags (one where the source is sure); the gradient is the expectation
//! under the model less the expectation under the model held to the sets. AdaGrad with feature
//! dropout; the weights of the last epochs are averaged.

#![allow(clippy::needless_range_loop, reason = "sums over pairs of tags read as such")]

use super::corpus::TagSet;
use crate::random::{RandomSource, SplitMix};
use galley_engine::entities::tags::{self, TAGS, Tag};

/// One sequence: features of each token (dense numbers) and its gold.
pub(super) struct Example {
    pub(super) features: Vec<u32>,
    /// Where each token's features begin; one more than tokens.
    pub(super) starts: Vec<u32>,
    pub(super) gold: Vec<TagSet>,
    pub(super) weight: f32,
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    pub(super) epochs: usize,
    pub(super) rate: f32,
    pub(super) dropout: f32,
    pub(super) decay: f32,
    pub(super) seed: u64,
}

/// The sum of squared gradients that weights learned before start from.
const KNOWN_SQUARE: f32 = 4.0;

type TagValues = [f32; TAGS];

pub(super) struct Learner {
    pub(super) weights: Vec<TagValues>,
    pub(super) pairs: [TagValues; TAGS],
    squares: Vec<TagValues>,
    pair_squares: [TagValues; TAGS],
    allowed: [[bool; TAGS]; TAGS],
    starts: TagSet,
    ends: TagSet,
}

#[derive(Default)]
struct Buffers {
    rows: Vec<TagValues>,
    forward: Vec<TagValues>,
    free: Vec<TagValues>,
    held: Vec<TagValues>,
    kept: Vec<u32>,
    kept_starts: Vec<u32>,
}

impl Learner {
    pub(super) fn new(features: usize) -> Learner {
        let mut l = Learner {
            weights: vec![[0.0; TAGS]; features],
            pairs: [[0.0; TAGS]; TAGS],
            squares: vec![[0.0; TAGS]; features],
            pair_squares: [[0.0; TAGS]; TAGS],
            allowed: [[false; TAGS]; TAGS],
            starts: 0,
            ends: 0,
        };
        for a in 0..TAGS {
            for b in 0..TAGS {
                if tags::follows(Some(a as Tag), Some(b as Tag)) {
                    l.allowed[a][b] = true;
                }
            }
            if tags::follows(None, Some(a as Tag)) {
                l.starts |= 1 << a;
            }
            if tags::follows(Some(a as Tag), None) {
                l.ends |= 1 << a;
            }
        }
        l
    }

    /// Sets the weights of feature `n`, which were learned before: it moves in small steps from there.
    pub(super) fn set_weights(&mut self, n: usize, known: impl Iterator<Item = (usize, f32)>) {
        self.squares[n] = [KNOWN_SQUARE; TAGS];
        for (tag, weight) in known {
            self.weights[n][tag] = weight;
        }
    }

    /// Learns; the averaged weights of the last third of the epochs stand at the end.
    pub(super) fn learn_weights(
        &mut self,
        examples: &[Example],
        s: Settings,
        mut report: impl FnMut(usize, f64),
    ) {
        let mut random = SplitMix::new(s.seed);
        let mut order: Vec<u32> = (0..examples.len() as u32).collect();
        let mut buffers = Buffers::default();
        let last = (s.epochs / 3).max(1);
        let mut sum: Vec<TagValues> = Vec::new();
        let mut pair_sum = [[0.0f32; TAGS]; TAGS];
        for epoch in 0..s.epochs {
            random.shuffle(&mut order);
            let mut loss = 0.0;
            let mut exp_pairs = self.exp_pairs();
            let rate = s.rate * (1.0 - 0.8 * epoch as f32 / s.epochs as f32);
            for (n, &i) in order.iter().enumerate() {
                if n % 16 == 0 {
                    exp_pairs = self.exp_pairs();
                }
                loss += self.learn_sequence(
                    &examples[i as usize],
                    &exp_pairs,
                    rate,
                    s,
                    &mut random,
                    &mut buffers,
                );
            }
            if epoch + last >= s.epochs {
                if sum.is_empty() {
                    sum = vec![[0.0; TAGS]; self.weights.len()];
                }
                for (s, w) in sum.iter_mut().flatten().zip(self.weights.iter().flatten()) {
                    *s += w;
                }
                for (s, w) in pair_sum.iter_mut().flatten().zip(self.pairs.iter().flatten()) {
                    *s += w;
                }
            }
            report(epoch, loss);
        }
        let part = 1.0 / last as f32;
        for (w, s) in self.weights.iter_mut().flatten().zip(sum.iter().flatten()) {
            *w = s * part;
        }
        for (w, s) in self.pairs.iter_mut().flatten().zip(pair_sum.iter().flatten()) {
            *w = s * part;
        }
    }

    fn exp_pairs(&self) -> [TagValues; TAGS] {
        let mut out = [[0.0; TAGS]; TAGS];
        for a in 0..TAGS {
            for b in 0..TAGS {
                if self.allowed[a][b] {
                    out[a][b] = self.pairs[a][b].exp();
                }
            }
        }
        out
    }

    fn learn_sequence(
        &mut self,
        x: &Example,
        exp_pairs: &[TagValues; TAGS],
        rate: f32,
        s: Settings,
        random: &mut SplitMix,
        buffers: &mut Buffers,
    ) -> f64 {
        let n = x.gold.len();
        buffers.rows.clear();
        buffers.kept.clear();
        buffers.kept_starts.clear();
        let keep = ((1.0 - s.dropout) * 65536.0) as u64;
        let scale = 1.0 / (1.0 - s.dropout);
        for t in 0..n {
            buffers.kept_starts.push(buffers.kept.len() as u32);
            let mut row = [0.0; TAGS];
            let (a, z) = (x.starts[t] as usize, x.starts[t + 1] as usize);
            let mut bits = 0;
            for (k, &f) in x.features[a..z].iter().enumerate() {
                if k % 4 == 0 {
                    bits = random.next_bits();
                }
                let chance = bits & 0xffff;
                bits >>= 16;
                if chance >= keep {
                    continue;
                }
                buffers.kept.push(f);
                for (r, w) in row.iter_mut().zip(&self.weights[f as usize]) {
                    *r += w;
                }
            }
            for r in &mut row {
                *r *= scale;
            }
            buffers.rows.push(row);
        }
        buffers.kept_starts.push(buffers.kept.len() as u32);

        let mut free_pairs = [[0.0f32; TAGS]; TAGS];
        let all = vec![u32::MAX; n];
        let Some(z_free) = self.expectations(
            &buffers.rows, &all, exp_pairs, &mut buffers.forward, &mut buffers.free,
            &mut free_pairs, 1.0,
        ) else {
            return 0.0;
        };
        let Some(z_held) = self.expectations(
            &buffers.rows, &x.gold, exp_pairs, &mut buffers.forward, &mut buffers.held,
            &mut free_pairs, -1.0,
        ) else {
            return 0.0;
        };
        for t in 0..n {
            let mut g = [0.0f32; TAGS];
            let mut max = 0.0f32;
            for k in 0..TAGS {
                g[k] = (buffers.free[t][k] - buffers.held[t][k]) * x.weight;
                max = max.max(g[k].abs());
            }
            if max < 0.004 {
                continue;
            }
            let (a, z) = (buffers.kept_starts[t] as usize, buffers.kept_starts[t + 1] as usize);
            for &f in &buffers.kept[a..z] {
                let w = &mut self.weights[f as usize];
                let h = &mut self.squares[f as usize];
                for k in 0..TAGS {
                    let d = g[k];
                    h[k] += d * d;
                    w[k] -= rate * (d / (h[k].sqrt() + 0.1) + s.decay * w[k]);
                }
            }
        }
        for a in 0..TAGS {
            for b in 0..TAGS {
                if self.allowed[a][b] && free_pairs[a][b] != 0.0 {
                    let d = free_pairs[a][b] * x.weight;
                    let h = &mut self.pair_squares[a][b];
                    *h += d * d;
                    self.pairs[a][b] -= rate * d / (h.sqrt() + 1.0);
                }
            }
        }
        f64::from(z_free - z_held)
    }

    /// Expectations under the tags of `sets`: of tags into `out`, of pairs added to `pairs` times `sign`.
    /// Returns the log of the partition sum; `None` when no row of tags is possible.
    #[allow(clippy::too_many_arguments, reason = "buffers that are reused")]
    fn expectations(
        &self,
        rows: &[TagValues],
        sets: &[TagSet],
        exp_pairs: &[TagValues; TAGS],
        forward: &mut Vec<TagValues>,
        out: &mut Vec<TagValues>,
        pairs: &mut [TagValues; TAGS],
        sign: f32,
    ) -> Option<f32> {
        let n = rows.len();
        out.clear();
        out.resize(n, [0.0; TAGS]);
        // Gold that says everything needs no sums.
        forward.clear();
        let mut log = 0.0f32;
        let mut emit: Vec<TagValues> = Vec::with_capacity(n);
        for (t, row) in rows.iter().enumerate() {
            let mut max = f32::MIN;
            for k in 0..TAGS {
                if sets[t] >> k & 1 == 1 {
                    max = max.max(row[k]);
                }
            }
            let mut e = [0.0; TAGS];
            for k in 0..TAGS {
                if sets[t] >> k & 1 == 1 {
                    e[k] = (row[k] - max).exp();
                }
            }
            log += max;
            emit.push(e);
        }
        for t in 0..n {
            let mut now = [0.0f32; TAGS];
            if t == 0 {
                for k in 0..TAGS {
                    if self.starts >> k & 1 == 1 {
                        now[k] = emit[0][k];
                    }
                }
            } else {
                let last = &forward[t - 1];
                for a in 0..TAGS {
                    if last[a] > 1e-12 {
                        for (slot, p) in now.iter_mut().zip(&exp_pairs[a]) {
                            *slot += last[a] * p;
                        }
                    }
                }
                for (slot, e) in now.iter_mut().zip(&emit[t]) {
                    *slot *= e;
                }
            }
            if t + 1 == n {
                for (k, slot) in now.iter_mut().enumerate() {
                    if self.ends >> k & 1 == 0 {
                        *slot = 0.0;
                    }
                }
            }
            let total: f32 = now.iter().sum();
            if total.is_nan() || total <= 0.0 {
                return None;
            }
            log += total.ln();
            let part = 1.0 / total;
            for slot in &mut now {
                *slot *= part;
            }
            forward.push(now);
        }
        // Backward: what each tag's future is worth, scaled so that forward × backward sums to 1.
        let mut back = [1.0f32; TAGS];
        for t in (0..n).rev() {
            let mut total = 0.0;
            for k in 0..TAGS {
                out[t][k] = forward[t][k] * back[k];
                total += out[t][k];
            }
            if total <= 0.0 {
                return None;
            }
            let part = 1.0 / total;
            for k in 0..TAGS {
                out[t][k] *= part;
                back[k] *= part;
            }
            if t == 0 {
                break;
            }
            let mut future = [0.0f32; TAGS];
            for k in 0..TAGS {
                future[k] = emit[t][k] * back[k];
            }
            let mut earlier = [0.0f32; TAGS];
            let mut norm = 0.0;
            for a in 0..TAGS {
                let mut sum = 0.0;
                for (p, f) in exp_pairs[a].iter().zip(&future) {
                    sum += p * f;
                }
                earlier[a] = sum;
                norm += forward[t - 1][a] * sum;
            }
            if norm <= 0.0 {
                return None;
            }
            let unit = sign / norm;
            for a in 0..TAGS {
                let f = forward[t - 1][a] * unit;
                if f.abs() > 1e-6 {
                    for b in 0..TAGS {
                        pairs[a][b] += f * exp_pairs[a][b] * future[b];
                    }
                }
            }
            back = earlier;
        }
        Some(log)
    }
}

/// The chain alone under sets of gold tags, for a learner whose tags' scores come from elsewhere.
pub(super) struct GoldSetChain {
    inner: Learner,
    exp_pairs: [TagValues; TAGS],
    buffers: Buffers,
}

impl GoldSetChain {
    pub(super) fn new() -> GoldSetChain {
        let inner = Learner::new(0);
        GoldSetChain { exp_pairs: inner.exp_pairs(), inner, buffers: Buffers::default() }
    }

    /// Takes over the pairs' scores (row by row).
    pub(super) fn set_transitions(&mut self, pairs: &[f32]) {
        for (slot, &w) in self.inner.pairs.iter_mut().flatten().zip(pairs) {
            *slot = w;
        }
        self.exp_pairs = self.inner.exp_pairs();
    }

    /// Loss, and its slope for each score; slopes of pairs are added to `pairs` times `weight`.
    pub(super) fn gradient(
        &mut self,
        rows: &[TagValues],
        gold: &[TagSet],
        pairs: &mut [f32],
        weight: f32,
    ) -> Option<(f64, Vec<TagValues>)> {
        let mut slopes = [[0.0f32; TAGS]; TAGS];
        let all = vec![u32::MAX; rows.len()];
        let Buffers { forward, free, held, .. } = &mut self.buffers;
        let (inner, exp_pairs) = (&self.inner, &self.exp_pairs);
        let z = inner.expectations(rows, &all, exp_pairs, forward, free, &mut slopes, 1.0)?;
        let h = inner.expectations(rows, gold, exp_pairs, forward, held, &mut slopes, -1.0)?;
        for (slot, s) in pairs.iter_mut().zip(slopes.iter().flatten()) {
            *slot += s * weight;
        }
        for (f, h) in free.iter_mut().flatten().zip(held.iter().flatten()) {
            *f -= h;
        }
        Some((f64::from(z - h), free.clone()))
    }
}
