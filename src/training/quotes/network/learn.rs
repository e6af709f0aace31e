//! The network in reals: forward and backward over one text, quantised at the end.

use super::dense::{add_rows, backward, forward};
use super::loss;
use super::settings::{Settings, Taught};
use crate::dense::{Param, Units, apply_mask, rectify_with_dropout, zero_rows};
use crate::random::{RandomSource, XorShiftStar};
use galley_engine::quotes::training::neural::*;
use galley_engine::quotes::training::{Lattice, TAGS};

/// A text with its gold: one lattice, list of marks and list of tags a paragraph.
pub(super) struct Example<'a> {
    pub spellings: &'a Spellings,
    pub paragraphs: Vec<Paragraph<'a>>,
}

pub(super) struct Paragraph<'a> {
    /// Its first token.
    pub from: usize,
    pub lattice: &'a Lattice,
    pub marks: Vec<[u8; FEATURE_VALUES.len()]>,
    pub gold: &'a [u8],
    /// What the gradient loses to the teachers: see [`Taught`].
    pub taught: Option<Taught>,
}

pub(super) struct Learner {
    recurrent_layers: usize,
    /// Input-major blocks.
    blocks: Param,
    biases: Param,
    features: Param,
    transitions: Param,
    tables: Vec<Param>,
    touched_rows: Vec<Vec<u16>>,
    adam_steps: i32,
}

/// What a scan did, for the way back.
struct RecurrentPass {
    x: Vec<Units>,
    inputs: Vec<Units>,
    gates: Vec<Units>,
    states: Vec<Units>,
    mask: Vec<Units>,
}

fn block_range(block: usize) -> std::ops::Range<usize> {
    block * HIDDEN * HIDDEN..(block + 1) * HIDDEN * HIDDEN
}

/// `x` moved so that each token sees its neighbour at `offset`.
fn shift_tokens(x: &[Units], offset: isize) -> Vec<Units> {
    let at = |i: usize| i.checked_add_signed(offset).and_then(|j| x.get(j));
    (0..x.len()).map(|i| at(i).copied().unwrap_or([0.0; HIDDEN])).collect()
}

/// How much of a state stays.
fn kept_share(gate: f32) -> f32 {
    (gate / 4.0 + 0.5).clamp(0.0, 1.0)
}

const STATE_MAX: f32 = STATE_INPUT_MAX as f32 / ONE as f32;

impl Learner {
    pub(super) fn new(recurrent_layers: usize, random: &mut XorShiftStar) -> Learner {
        let mut blocks = Param::new(block_count(recurrent_layers) * HIDDEN * HIDDEN, 1.0, random);
        let last = recurrent_block(recurrent_layers);
        for (i, w) in blocks.w.iter_mut().enumerate() {
            let block = i / (HIDDEN * HIDDEN);
            let fan = match block {
                b if b < CONV1_BLOCK => 60.0,
                b if b < recurrent_block(0) => 2.5 * HIDDEN as f32,
                b if b >= last => 4000.0 * HIDDEN as f32,
                b if (b - recurrent_block(0)) % (2 + STATE_OFFSETS.len()) < 2 => {
                    1.5 * HIDDEN as f32
                }
                _ => 3.0 * HIDDEN as f32,
            };
            *w *= (1.5f32 / fan).sqrt();
        }
        let mut bias = Param::new((recurrent_bias(recurrent_layers) + 1) * HIDDEN, 0.01, random);
        for scan in 0..recurrent_layers {
            // States stay for some tokens at first.
            let gate = (recurrent_bias(scan) + 1) * HIDDEN;
            for (k, b) in bias.w[gate..gate + HIDDEN].iter_mut().enumerate() {
                *b = 1.8 * (k % 16) as f32 / 15.0;
            }
        }
        Learner {
            recurrent_layers,
            blocks,
            biases: bias,
            features: Param::new(FEATURE_VALUES.iter().sum::<usize>() * HIDDEN, 0.1, random),
            transitions: Param::new(TRANSITIONS, 0.0, random),
            tables: TABLES
                .iter()
                .map(|(rows, width)| Param::new(rows * width, 0.2, random))
                .collect(),
            touched_rows: vec![Vec::new(); TABLES.len()],
            adam_steps: 0,
        }
    }

    fn block_weights(&self, block: usize) -> &[f32] {
        &self.blocks.w[block_range(block)]
    }

    fn bias_rows(&self, layer: usize, n: usize) -> Vec<Units> {
        let mut row = [0.0; HIDDEN];
        row.copy_from_slice(&self.biases.w[layer * HIDDEN..(layer + 1) * HIDDEN]);
        vec![row; n]
    }

    fn bias_backward(&mut self, layer: usize, dy: &[Units]) {
        let g = &mut self.biases.g[layer * HIDDEN..(layer + 1) * HIDDEN];
        for d in dy {
            for (g, d) in g.iter_mut().zip(d) {
                *g += d;
            }
        }
    }

    /// `dx += dy · wᵀ`, and the block's own gradient.
    fn block_backward(
        &mut self,
        block: usize,
        x: &[Units],
        dy: &[Units],
        dx: Option<&mut [Units]>,
    ) {
        let Param { w, g, .. } = &mut self.blocks;
        backward(x, &w[block_range(block)], dy, dx, &mut g[block_range(block)]);
    }

    /// The inputs of all spellings, as `INPUT / HIDDEN` columns, and which were read with their own rows.
    fn encode_spellings(
        &self,
        spellings: &Spellings,
        drop_word: f32,
        random: &mut XorShiftStar,
    ) -> (Vec<Vec<Units>>, Vec<bool>) {
        let n = spellings.spellings.len();
        let mut x = vec![zero_rows(n); INPUT / HIDDEN];
        let mut own = vec![true; n];
        for (t, s) in spellings.spellings.iter().enumerate() {
            let chance = random.next_unit();
            let mut row = [0f32; INPUT];
            if chance >= drop_word / 2.0 {
                for (slot, &v) in row.iter_mut().zip(&s.vector) {
                    *slot = f32::from(v) / VECTOR_ONE as f32;
                }
            }
            own[t] = chance >= drop_word;
            let mut from = VECTOR;
            for (table, (param, (_, width))) in self.tables.iter().zip(TABLES).enumerate() {
                let at = usize::from(s.rows[table]) * width;
                if own[t] {
                    row[from..from + width].copy_from_slice(&param.w[at..at + width]);
                }
                from += width;
            }
            for (column, part) in x.iter_mut().zip(row.chunks(HIDDEN)) {
                column[t].copy_from_slice(part);
            }
        }
        (x, own)
    }

    fn run_recurrent(
        &self,
        x: Vec<Units>,
        scan: usize,
        drop: f32,
        random: &mut XorShiftStar,
    ) -> (Vec<Units>, RecurrentPass) {
        let n = x.len();
        let (block, layer) = (recurrent_block(scan), recurrent_bias(scan));
        let mut coming = self.bias_rows(layer, n);
        forward(&x, self.block_weights(block), &mut coming);
        let mut gates = self.bias_rows(layer + 1, n);
        forward(&x, self.block_weights(block + 1), &mut gates);
        let mut states = zero_rows(n);
        let mut go = |order: &mut dyn Iterator<Item = usize>, from: usize| {
            let mut state = [0f32; HIDDEN / 2];
            for i in order {
                for (k, state) in state.iter_mut().enumerate() {
                    let keep = kept_share(gates[i][from + k]);
                    let coming = coming[i][from + k].clamp(-STATE_MAX, STATE_MAX);
                    *state = keep * *state + (1.0 - keep) * coming;
                    states[i][from + k] = *state;
                }
            }
        };
        go(&mut (0..n), 0);
        go(&mut (0..n).rev(), HIDDEN / 2);
        let mut read = self.bias_rows(layer + 2, n);
        for (k, &offset) in STATE_OFFSETS.iter().enumerate() {
            forward(&shift_tokens(&states, offset), self.block_weights(block + 2 + k), &mut read);
        }
        let mask = rectify_with_dropout(&mut read, drop, random);
        add_rows(&mut read, &x);
        let done = RecurrentPass { x, inputs: coming, gates, states, mask };
        (read, done)
    }

    /// From the gradient of a scan's output to that of its input.
    fn recurrent_backward(&mut self, scan: usize, s: &RecurrentPass, d: Vec<Units>) -> Vec<Units> {
        let n = d.len();
        let (block, layer) = (recurrent_block(scan), recurrent_bias(scan));
        let mut d_read = d.clone();
        apply_mask(&mut d_read, &s.mask);
        self.bias_backward(layer + 2, &d_read);
        let mut d_states = zero_rows(n);
        for (k, &offset) in STATE_OFFSETS.iter().enumerate() {
            let mut moved = zero_rows(n);
            let seen = shift_tokens(&s.states, offset);
            self.block_backward(block + 2 + k, &seen, &d_read, Some(&mut moved));
            add_rows(&mut d_states, &shift_tokens(&moved, -offset));
        }
        let (mut d_coming, mut d_gates) = (zero_rows(n), zero_rows(n));
        let mut go = |order: &mut dyn Iterator<Item = (usize, Option<usize>)>, from: usize| {
            let mut d_state = [0f32; HIDDEN / 2];
            for (i, before) in order {
                for (k, d_state) in d_state.iter_mut().enumerate() {
                    let at = from + k;
                    let gate = s.gates[i][at];
                    let keep = kept_share(gate);
                    let d = *d_state + d_states[i][at];
                    let old = before.map_or(0.0, |b: usize| s.states[b][at]);
                    let raw = s.inputs[i][at];
                    let coming = raw.clamp(-STATE_MAX, STATE_MAX);
                    if raw == coming {
                        d_coming[i][at] = d * (1.0 - keep);
                    }
                    if keep > 0.0 && keep < 1.0 {
                        d_gates[i][at] = d * (old - coming) / 4.0;
                    }
                    *d_state = d * keep;
                }
            }
        };
        go(&mut (0..n).rev().map(|i| (i, i.checked_sub(1))), 0);
        go(&mut (0..n).map(|i| (i, Some(i + 1).filter(|&b| b < n))), HIDDEN / 2);
        self.bias_backward(layer, &d_coming);
        self.bias_backward(layer + 1, &d_gates);
        let mut dx = d;
        self.block_backward(block, &s.x, &d_coming, Some(&mut dx));
        self.block_backward(block + 1, &s.x, &d_gates, Some(&mut dx));
        dx
    }

    /// One text: adds its gradients; returns the loss.
    pub(super) fn learn_text(
        &mut self,
        e: &Example<'_>,
        settings: Settings,
        random: &mut XorShiftStar,
    ) -> f64 {
        let types = e.spellings.spellings.len();
        let (x, own) = self.encode_spellings(e.spellings, settings.drop_word, random);
        let mut v = self.bias_rows(0, types);
        for (b, x) in x.iter().enumerate() {
            forward(x, self.block_weights(b), &mut v);
        }
        let v_mask = rectify_with_dropout(&mut v, settings.drop * 0.5, random);
        let near: Vec<Vec<Units>> = (0..CONV1_OFFSETS.len())
            .map(|k| {
                let mut p = zero_rows(types);
                forward(&v, self.block_weights(CONV1_BLOCK + k), &mut p);
                p
            })
            .collect();
        let mut d_near = vec![zero_rows(types); CONV1_OFFSETS.len()];
        let mut loss = 0.0;
        for p in &e.paragraphs {
            loss += f64::from(
                self.learn_paragraph(e.spellings, p, &near, &mut d_near, settings, random),
            );
        }
        let mut dv = zero_rows(types);
        for (k, d) in d_near.iter().enumerate() {
            self.block_backward(CONV1_BLOCK + k, &v, d, Some(&mut dv));
        }
        apply_mask(&mut dv, &v_mask);
        self.bias_backward(0, &dv);
        let mut dx = vec![zero_rows(types); INPUT / HIDDEN];
        for (b, (x, dx)) in x.iter().zip(&mut dx).enumerate() {
            self.block_backward(b, x, &dv, Some(dx));
        }
        for (t, s) in e.spellings.spellings.iter().enumerate().filter(|(t, _)| own[*t]) {
            let mut from = VECTOR;
            for (table, (_, width)) in TABLES.iter().enumerate() {
                let at = usize::from(s.rows[table]) * width;
                for k in 0..*width {
                    let column = from + k;
                    self.tables[table].g[at + k] += dx[column / HIDDEN][t][column % HIDDEN];
                }
                self.touched_rows[table].push(s.rows[table]);
                from += width;
            }
        }
        loss
    }

    fn learn_paragraph(
        &mut self,
        spellings: &Spellings,
        p: &Paragraph<'_>,
        near: &[Vec<Units>],
        d_near: &mut [Vec<Units>],
        settings: Settings,
        random: &mut XorShiftStar,
    ) -> f32 {
        let n = p.gold.len();
        let of = |i: usize| spellings.types.type_of[p.from + i] as usize;
        let seen = |i: usize, offset: isize| i.checked_add_signed(offset).filter(|&j| j < n);
        let mut h = self.bias_rows(1, n);
        let rows = |marks: &[u8; FEATURE_VALUES.len()]| {
            let mut base = 0;
            std::array::from_fn::<usize, { FEATURE_VALUES.len() }, _>(|k| {
                let at = (base + usize::from(marks[k]).min(FEATURE_VALUES[k] - 1)) * HIDDEN;
                base += FEATURE_VALUES[k];
                at
            })
        };
        for (i, h) in h.iter_mut().enumerate() {
            for (k, &offset) in CONV1_OFFSETS.iter().enumerate() {
                if let Some(j) = seen(i, offset) {
                    for (h, v) in h.iter_mut().zip(&near[k][of(j)]) {
                        *h += v;
                    }
                }
            }
            for at in rows(&p.marks[i]) {
                for (h, v) in h.iter_mut().zip(&self.features.w[at..at + HIDDEN]) {
                    *h += v;
                }
            }
        }
        let mask = rectify_with_dropout(&mut h, settings.drop, random);
        let mut passes = Vec::new();
        for scan in 0..self.recurrent_layers {
            let (out, done) = self.run_recurrent(h, scan, settings.drop, random);
            passes.push(done);
            h = out;
        }
        let mut y = self.bias_rows(output_bias(self.recurrent_layers), n);
        forward(&h, self.block_weights(output_block(self.recurrent_layers)), &mut y);
        let scores: Vec<[f32; TAGS]> = y.iter().map(|y| std::array::from_fn(|k| y[k])).collect();
        let (loss, mut gradient, mut by_step) =
            loss::gradient(p.lattice, &scores, &self.transitions.w, p.gold);
        if let Some(taught) = &p.taught {
            taught.correct(&mut gradient, &mut by_step, settings.teacher);
        }
        for (g, d) in self.transitions.g.iter_mut().zip(by_step) {
            *g += d;
        }
        let mut dy = zero_rows(n);
        for (d, g) in dy.iter_mut().zip(&gradient) {
            d[..TAGS].copy_from_slice(g);
        }
        self.bias_backward(output_bias(self.recurrent_layers), &dy);
        let mut d = zero_rows(n);
        self.block_backward(output_block(self.recurrent_layers), &h, &dy, Some(&mut d));
        for (scan, done) in passes.iter().enumerate().rev() {
            d = self.recurrent_backward(scan, done, d);
        }
        apply_mask(&mut d, &mask);
        self.bias_backward(1, &d);
        for (i, d) in d.iter().enumerate() {
            for at in rows(&p.marks[i]) {
                for (g, d) in self.features.g[at..at + HIDDEN].iter_mut().zip(d) {
                    *g += d;
                }
            }
            for (k, &offset) in CONV1_OFFSETS.iter().enumerate() {
                if let Some(j) = seen(i, offset) {
                    for (g, d) in d_near[k][of(j)].iter_mut().zip(d) {
                        *g += d;
                    }
                }
            }
        }
        loss
    }

    /// Adam's step with all that was gathered.
    pub(super) fn adam_step(&mut self, rate: f32) {
        self.adam_steps += 1;
        let t = self.adam_steps.min(100_000);
        let rate = rate * (1.0 - 0.999f32.powi(t)).sqrt() / (1.0 - 0.9f32.powi(t));
        let max = WEIGHT_MAX as f32 / WEIGHT_ONE as f32;
        let all = [&mut self.blocks, &mut self.biases, &mut self.features];
        for p in all.into_iter().chain([&mut self.transitions]) {
            p.adam_step(0..p.w.len(), rate, 0.01, max);
        }
        for ((param, touched_rows), (_, width)) in
            self.tables.iter_mut().zip(&mut self.touched_rows).zip(TABLES)
        {
            touched_rows.sort_unstable();
            touched_rows.dedup();
            for row in touched_rows.drain(..) {
                let at = usize::from(row) * width;
                param.adam_step(at..at + width, rate, 0.0, 0.99);
            }
        }
    }

    pub(super) fn average_weights(&mut self) {
        let all = [&mut self.blocks, &mut self.biases, &mut self.features];
        for p in all.into_iter().chain(&mut self.tables) {
            p.average_values();
        }
        self.transitions.average_values();
    }

    /// In whole numbers.
    pub(super) fn quantise(&self) -> QuoteNetworkWeights {
        let max = WEIGHT_MAX as f32;
        let wide = |p: &Param| {
            let w = p.averaged().iter();
            w.map(|w| (w * WEIGHT_ONE as f32).round().clamp(-max, max) as i16).collect()
        };
        let mut weights: Vec<i16> = wide(&self.blocks);
        for row in weights[block_range(output_block(self.recurrent_layers))].chunks_mut(HIDDEN) {
            row[TAGS..].fill(0);
        }
        let small = self.tables.iter().flat_map(Param::averaged);
        let unit = galley_engine::quotes::training::SCORE_UNIT as f32;
        let steps = self.transitions.averaged().iter();
        QuoteNetworkWeights {
            transitions: steps.map(|w| (w * unit).round() as i16).collect(),
            weights,
            biases: wide(&self.biases),
            features: wide(&self.features),
            tables: small
                .map(|w| (w * TABLE_ONE as f32).round().clamp(-127.0, 127.0) as i8)
                .collect(),
        }
    }
}
