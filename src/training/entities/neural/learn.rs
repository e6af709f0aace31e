//! The network in reals: forward, backward, Adam. One thread, one order of sums.

use super::super::corpus::TagSet;
use super::super::crf;
use super::vectors::Vectors;
use crate::dense::{Param, Units, apply_mask, rectify_with_dropout, zero_rows};
use crate::random::SplitMix;
use galley_engine::entities::neural::*;
use galley_engine::entities::tags::TAGS;

/// A text with its gold.
pub(super) struct Example {
    pub(super) input: NetworkInput,
    pub(super) gold: Vec<TagSet>,
    pub(super) weight: f32,
}

pub(super) struct Learner<'a> {
    vectors: &'a Vectors,
    /// NetworkInput-major blocks.
    pub(super) blocks: Param,
    pub(super) biases: Param,
    pub(super) features: Param,
    pub(super) tables: Vec<Param>,
    touched_rows: Vec<Vec<u16>>,
    pub(super) transitions: Param,
    adam_steps: i32,
}

#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) rate: f32,
    pub(super) epochs: usize,
    pub(super) seed: u64,
    pub(super) drop: f32,
    pub(super) drop_word: f32,
}

/// `y[t] += x[at[t]] · w`
fn forward(x: &[Units], at: &[u32], w: &[f32], y: &mut [Units]) {
    let mut rows = y.chunks_mut(4).zip(at.chunks(4));
    for (ys, ats) in &mut rows {
        if let ([y0, y1, y2, y3], [a0, a1, a2, a3]) = (&mut *ys, ats) {
            let xs = [a0, a1, a2, a3].map(|&a| &x[a as usize]);
            let mut acc = [*y0, *y1, *y2, *y3];
            for (k, row) in w.chunks_exact(HIDDEN).enumerate() {
                for r in 0..4 {
                    let f = xs[r][k];
                    for o in 0..HIDDEN {
                        acc[r][o] += f * row[o];
                    }
                }
            }
            [*y0, *y1, *y2, *y3] = acc;
        } else {
            for (y, &a) in ys.iter_mut().zip(ats) {
                for (k, row) in w.chunks_exact(HIDDEN).enumerate() {
                    let f = x[a as usize][k];
                    for o in 0..HIDDEN {
                        y[o] += f * row[o];
                    }
                }
            }
        }
    }
}

/// `dx[at[t]] += dy[t] · wᵀ` and `dw += x[at[t]]ᵀ · dy[t]`
fn backward(
    x: &[Units],
    at: &[u32],
    w: &[f32],
    dy: &[Units],
    dx: Option<&mut [Units]>,
    dw: &mut [f32],
) {
    if let Some(dx) = dx {
        let mut turned = vec![0.0; HIDDEN * HIDDEN];
        for (k, row) in w.chunks_exact(HIDDEN).enumerate() {
            for (o, &v) in row.iter().enumerate() {
                turned[o * HIDDEN + k] = v;
            }
        }
        let same: Vec<u32> = (0..dy.len() as u32).collect();
        let mut d = zero_rows(dy.len());
        forward(dy, &same, &turned, &mut d);
        for (d, &a) in d.iter().zip(at) {
            for (slot, v) in dx[a as usize].iter_mut().zip(d) {
                *slot += v;
            }
        }
    }
    let n = dy.len();
    for k in (0..HIDDEN).step_by(4) {
        let mut acc = [[0.0f32; HIDDEN]; 4];
        for t in 0..n {
            let xs = &x[at[t] as usize];
            for r in 0..4 {
                let f = xs[k + r];
                for o in 0..HIDDEN {
                    acc[r][o] += f * dy[t][o];
                }
            }
        }
        for r in 0..4 {
            for (slot, v) in dw[(k + r) * HIDDEN..(k + r + 1) * HIDDEN].iter_mut().zip(&acc[r]) {
                *slot += v;
            }
        }
    }
}

impl<'a> Learner<'a> {
    pub(super) fn new(vectors: &'a Vectors, random: &mut SplitMix) -> Learner<'a> {
        let mut blocks = Param::new(BLOCKS * HIDDEN * HIDDEN, 1.0, random);
        let fan = |b: usize| match b {
            b if b < CONV1_BLOCK => 60.0,
            b if b < CONV2_BLOCK => 2.5 * HIDDEN as f32,
            b if b < CONV3_BLOCK => 3.0 * HIDDEN as f32,
            b if b < OUTPUT_BLOCK => 4.0 * HIDDEN as f32,
            _ => 2.0 * HIDDEN as f32,
        };
        for (i, w) in blocks.w.iter_mut().enumerate() {
            *w *= (1.5f32 / fan(i / (HIDDEN * HIDDEN))).sqrt();
        }
        Learner {
            vectors,
            blocks,
            biases: Param::new(LAYERS * HIDDEN, 0.01, random),
            features: Param::new(FEATURE_VALUES.iter().sum::<usize>() * HIDDEN, 0.1, random),
            tables: TABLES.iter().map(|(r, w)| Param::new(r * w, 0.2, random)).collect(),
            touched_rows: vec![Vec::new(); TABLES.len()],
            transitions: Param::new(TAGS * TAGS, 0.0, random),
            adam_steps: 0,
        }
    }

    fn block_weights(&self, b: usize) -> &[f32] {
        &self.blocks.w[b * HIDDEN * HIDDEN..(b + 1) * HIDDEN * HIDDEN]
    }

    fn bias_rows(&self, layer: usize, n: usize) -> Vec<Units> {
        let mut row = [0.0; HIDDEN];
        row.copy_from_slice(&self.biases.w[layer * HIDDEN..(layer + 1) * HIDDEN]);
        vec![row; n]
    }

    fn bias_backward(&mut self, layer: usize, dy: &[Units]) {
        for d in dy {
            for (g, d) in self.biases.g[layer * HIDDEN..(layer + 1) * HIDDEN].iter_mut().zip(d) {
                *g += d;
            }
        }
    }

    /// The inputs of all spellings, as `INPUT / HIDDEN` columns of blocks.
    fn encode_spellings(
        &self,
        input: &NetworkInput,
        drop_word: f32,
        random: &mut SplitMix,
    ) -> (Vec<Vec<Units>>, Vec<[bool; 2]>) {
        let n = input.spellings.len();
        let mut x = vec![zero_rows(n); INPUT / HIDDEN];
        let mut kept = vec![[true; 2]; n];
        let chance = (drop_word * 1000.0) as u64;
        for (t, s) in input.spellings.iter().enumerate() {
            let mut row = [0f32; INPUT];
            kept[t] = [random.below(1000) >= chance / 2, random.below(1000) >= chance];
            let at = self.vectors.place.get(s.slot as usize).copied().unwrap_or(0) as usize;
            if at > 0 && kept[t][0] {
                for c in 0..CODES {
                    let code = usize::from(self.vectors.codes[(at - 1) * CODES + c]);
                    for k in 0..PART {
                        row[c * PART + k] =
                            f32::from(self.vectors.parts[(c * 256 + code) * PART + k])
                                / VECTOR_ONE as f32;
                    }
                }
            }
            let mut from = VECTOR;
            for (table, (param, (_, width))) in self.tables.iter().zip(TABLES).enumerate() {
                let at = usize::from(s.rows[table]) * width;
                if table > 0 || kept[t][1] {
                    row[from..from + width].copy_from_slice(&param.w[at..at + width]);
                }
                from += width;
            }
            for bit in 0..FLAGS {
                if s.flags >> bit & 1 == 1 {
                    row[FLAGS_START + bit] = 1.0;
                }
            }
            for (column, part) in x.iter_mut().zip(row.chunks(HIDDEN)) {
                column[t].copy_from_slice(part);
            }
        }
        (x, kept)
    }

    /// One text: adds its gradients; returns the loss.
    pub(super) fn learn_text(
        &mut self,
        e: &Example,
        space: &mut crf::GoldSetChain,
        s: Settings,
        random: &mut SplitMix,
    ) -> f64 {
        let input = &e.input;
        let (n, types) = (input.spelling_of.len(), input.spellings.len());
        if n == 0 {
            return 0.0;
        }
        let same: Vec<u32> = (0..types.max(n) as u32).collect();
        // Spellings.
        let (x, kept) = self.encode_spellings(input, s.drop_word, random);
        let mut v = self.bias_rows(0, types);
        for (b, x) in x.iter().enumerate() {
            forward(x, &same[..types], self.block_weights(b), &mut v);
        }
        let v_mask = rectify_with_dropout(&mut v, s.drop * 0.5, random);
        // Neighbours; the row after the last is zero.
        let nothing = n as u32;
        let shift = |offset: isize| {
            let mut at = vec![nothing; n];
            for seq in &input.sequences {
                for i in seq.clone() {
                    if let Some(j) = i.checked_add_signed(offset).filter(|j| seq.contains(j)) {
                        at[i] = j as u32;
                    }
                }
            }
            at
        };
        let mut h1 = self.bias_rows(1, n);
        let mut near_at = Vec::new();
        for (k, &offset) in CONV1_OFFSETS.iter().enumerate() {
            let mut p = zero_rows(types);
            forward(&v, &same[..types], self.block_weights(CONV1_BLOCK + k), &mut p);
            let at = shift(offset);
            for (h, &a) in h1.iter_mut().zip(&at) {
                if a != nothing {
                    for (h, p) in h.iter_mut().zip(&p[input.spelling_of[a as usize] as usize]) {
                        *h += p;
                    }
                }
            }
            near_at.push(at);
        }
        let feature_rows = |i: usize| {
            let mut base = 0;
            let mut out = [0; FEATURE_VALUES.len()];
            for (k, rows) in FEATURE_VALUES.iter().enumerate() {
                out[k] = (base + usize::from(input.features[i][k])) * HIDDEN;
                base += rows;
            }
            out
        };
        for (i, h) in h1.iter_mut().enumerate() {
            for at in feature_rows(i) {
                for (h, m) in h.iter_mut().zip(&self.features.w[at..at + HIDDEN]) {
                    *h += m;
                }
            }
        }
        let mask1 = rectify_with_dropout(&mut h1, s.drop, random);
        h1.push([0.0; HIDDEN]);
        // Second layer.
        let wide_at: Vec<Vec<u32>> = CONV2_OFFSETS.iter().map(|&o| shift(o)).collect();
        let mut r2 = self.bias_rows(2, n);
        for (k, at) in wide_at.iter().enumerate() {
            forward(&h1, at, self.block_weights(CONV2_BLOCK + k), &mut r2);
        }
        let mask2 = rectify_with_dropout(&mut r2, s.drop, random);
        let mut h2 = h1.clone();
        for (h, r) in h2.iter_mut().zip(&r2) {
            for (h, r) in h.iter_mut().zip(r) {
                *h += r;
            }
        }
        // Mentions.
        let groups = input.groups + 1;
        let mut pool = zero_rows(groups);
        let mut from = vec![[nothing; HIDDEN]; groups];
        for (i, (h, &g)) in h2.iter().zip(&input.group_of).enumerate() {
            let g = g as usize;
            if g > 0 {
                for o in 0..HIDDEN {
                    if h[o] > pool[g][o] {
                        pool[g][o] = h[o];
                        from[g][o] = i as u32;
                    }
                }
            }
        }
        let mut pooled = zero_rows(groups);
        forward(&pool, &first_numbers(&same, groups), self.block_weights(POOL_BLOCK), &mut pooled);
        // Third layer.
        let last_at: Vec<Vec<u32>> = CONV3_OFFSETS.iter().map(|&o| shift(o)).collect();
        let mut r3 = self.bias_rows(3, n);
        for (k, at) in last_at.iter().enumerate() {
            forward(&h2, at, self.block_weights(CONV3_BLOCK + k), &mut r3);
        }
        for (r, &g) in r3.iter_mut().zip(&input.group_of) {
            if g > 0 {
                for (r, p) in r.iter_mut().zip(&pooled[g as usize]) {
                    *r += p;
                }
            }
        }
        let mask3 = rectify_with_dropout(&mut r3, s.drop, random);
        let mut h3 = h2.clone();
        for (h, r) in h3.iter_mut().zip(&r3) {
            for (h, r) in h.iter_mut().zip(r) {
                *h += r;
            }
        }
        let mut y = self.bias_rows(4, n);
        forward(&h3, &same[..n], self.block_weights(OUTPUT_BLOCK), &mut y);
        // Loss.
        let mut dy = zero_rows(n);
        let mut loss = 0.0;
        for seq in &input.sequences {
            let rows: Vec<[f32; TAGS]> =
                y[seq.clone()].iter().map(|y| std::array::from_fn(|k| y[k])).collect();
            if let Some((l, d)) =
                space.gradient(&rows, &e.gold[seq.clone()], &mut self.transitions.g, e.weight)
            {
                loss += l;
                for (slot, d) in dy[seq.clone()].iter_mut().zip(&d) {
                    for (slot, d) in slot.iter_mut().zip(d) {
                        *slot = d * e.weight;
                    }
                }
            }
        }
        // And back.
        let block_range = |b: usize| b * HIDDEN * HIDDEN..(b + 1) * HIDDEN * HIDDEN;
        let Learner { blocks, .. } = self;
        let Param { w, g, .. } = blocks;
        let mut d3 = zero_rows(n + 1);
        backward(
            &h3,
            &same[..n],
            &w[block_range(OUTPUT_BLOCK)],
            &dy,
            Some(&mut d3),
            &mut g[block_range(OUTPUT_BLOCK)],
        );
        let mut dr3 = d3[..n].to_vec();
        apply_mask(&mut dr3, &mask3);
        let mut d2 = d3;
        for (k, at) in last_at.iter().enumerate() {
            let b = block_range(CONV3_BLOCK + k);
            backward(&h2, at, &w[b.clone()], &dr3, Some(&mut d2), &mut g[b]);
        }
        let mut dpooled = zero_rows(groups);
        for (d, &g) in dr3.iter().zip(&input.group_of) {
            if g > 0 {
                for (slot, d) in dpooled[g as usize].iter_mut().zip(d) {
                    *slot += d;
                }
            }
        }
        let mut dpool = zero_rows(groups);
        let b = block_range(POOL_BLOCK);
        backward(
            &pool,
            &first_numbers(&same, groups),
            &w[b.clone()],
            &dpooled,
            Some(&mut dpool),
            &mut g[b],
        );
        for (d, from) in dpool.iter().zip(&from) {
            for o in 0..HIDDEN {
                if from[o] != nothing {
                    d2[from[o] as usize][o] += d[o];
                }
            }
        }
        let mut dr2 = d2[..n].to_vec();
        apply_mask(&mut dr2, &mask2);
        let mut d1 = d2;
        for (k, at) in wide_at.iter().enumerate() {
            let b = block_range(CONV2_BLOCK + k);
            backward(&h1, at, &w[b.clone()], &dr2, Some(&mut d1), &mut g[b]);
        }
        d1.truncate(n);
        apply_mask(&mut d1, &mask1);
        let mut dv = zero_rows(types);
        for (k, at) in near_at.iter().enumerate() {
            let mut dp = zero_rows(types);
            for (d, &a) in d1.iter().zip(at) {
                if a != nothing {
                    for (slot, d) in dp[input.spelling_of[a as usize] as usize].iter_mut().zip(d) {
                        *slot += d;
                    }
                }
            }
            let b = block_range(CONV1_BLOCK + k);
            backward(&v, &same[..types], &w[b.clone()], &dp, Some(&mut dv), &mut g[b]);
        }
        apply_mask(&mut dv, &v_mask);
        let mut dx = vec![zero_rows(types); INPUT / HIDDEN];
        for (b, (x, dx)) in x.iter().zip(&mut dx).enumerate() {
            // The first block holds vectors alone, which stay as they are.
            let dx = (b > 0).then_some(&mut dx[..]);
            backward(x, &same[..types], &w[block_range(b)], &dv, dx, &mut g[block_range(b)]);
        }
        for (i, d) in d1.iter().enumerate() {
            for at in feature_rows(i) {
                for (g, d) in self.features.g[at..at + HIDDEN].iter_mut().zip(d) {
                    *g += d;
                }
            }
        }
        for (layer, d) in [(0, &dv), (1, &d1), (2, &dr2), (3, &dr3), (4, &dy)] {
            self.bias_backward(layer, d);
        }
        for (t, spelling) in input.spellings.iter().enumerate() {
            let mut from = VECTOR;
            for (table, (param, (_, width))) in self.tables.iter_mut().zip(TABLES).enumerate() {
                if table > 0 || kept[t][1] {
                    let row = spelling.rows[table];
                    let at = usize::from(row) * width;
                    for (k, g) in param.g[at..at + width].iter_mut().enumerate() {
                        *g += dx[(from + k) / HIDDEN][t][(from + k) % HIDDEN];
                    }
                    self.touched_rows[table].push(row);
                }
                from += width;
            }
        }
        loss
    }

    /// One step of Adam with what was gathered.
    pub(super) fn adam_step(&mut self, rate: f32) {
        self.adam_steps += 1;
        // Adam's start: the second mean rises slowly, so does the rate.
        let t = self.adam_steps.min(20_000);
        let warm = (1.0 - 0.999f32.powi(t)).sqrt() / (1.0 - 0.9f32.powi(t));
        let rate = rate * warm;
        let max = WEIGHT_MAX as f32 / WEIGHT_ONE as f32;
        let n = self.blocks.w.len();
        self.blocks.adam_step(0..n, rate, 0.01, max);
        let n = self.biases.w.len();
        self.biases.adam_step(0..n, rate, 0.0, max);
        let n = self.features.w.len();
        self.features.adam_step(0..n, rate, 0.01, max);
        let n = self.transitions.w.len();
        self.transitions.adam_step(0..n, rate, 0.0, max * 4.0);
        for ((param, (_, width)), rows) in
            self.tables.iter_mut().zip(TABLES).zip(&mut self.touched_rows)
        {
            rows.sort_unstable();
            rows.dedup();
            for &row in rows.iter() {
                let at = usize::from(row) * width;
                param.adam_step(at..at + width, rate * 2.0, 0.01, 0.99);
            }
            rows.clear();
        }
    }

    /// Takes the present values into the mean that [`Learner::quantise`] writes.
    pub(super) fn average_weights(&mut self) {
        let dense = [&mut self.blocks, &mut self.biases, &mut self.features, &mut self.transitions];
        for param in dense.into_iter().chain(&mut self.tables) {
            param.average_values();
        }
    }

    /// Whole numbers for the file.
    pub(super) fn quantise(&self, scale: i32) -> NameNetworkWeights {
        let whole = |w: &[f32], one: i32| -> Vec<i16> {
            let max = WEIGHT_MAX as f32;
            w.iter().map(|w| (w * one as f32).round().clamp(-max, max) as i16).collect()
        };
        NameNetworkWeights {
            weights: whole(self.blocks.averaged(), WEIGHT_ONE),
            biases: whole(self.biases.averaged(), WEIGHT_ONE),
            features: whole(self.features.averaged(), WEIGHT_ONE),
            transitions: whole(self.transitions.averaged(), scale),
            tables: self
                .tables
                .iter()
                .flat_map(Param::averaged)
                .map(|w| (w * TABLE_ONE as f32).round().clamp(-127.0, 127.0) as i8)
                .collect(),
            parts: self.vectors.parts.clone(),
            codes: self.vectors.codes.clone(),
        }
    }
}

fn first_numbers(same: &[u32], n: usize) -> Vec<u32> {
    if n <= same.len() { same[..n].to_vec() } else { (0..n as u32).collect() }
}
