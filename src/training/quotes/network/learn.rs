//! The network in reals: forward and backward over one text, quantised at the end.

use super::Settings;
use super::chain;
use super::dense::{Rng, backward, forward, plus};
use crate::dense::{Chance, Param, V, activate, times, zeros};
use galley_engine::quotes::learn::neural::*;
use galley_engine::quotes::learn::{Lattice, TAGS};

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
    /// What the gradient loses to the teachers: see [`super::Taught`].
    pub taught: Option<super::Taught>,
}

pub(super) struct Learner {
    recurrent_layers: usize,
    /// Input-major blocks.
    blocks: Param,
    bias: Param,
    marks: Param,
    steps_between: Param,
    tables: Vec<Param>,
    touched: Vec<Vec<u16>>,
    steps: i32,
}

/// What a scan did, for the way back.
struct Scanned {
    x: Vec<V>,
    coming: Vec<V>,
    gates: Vec<V>,
    states: Vec<V>,
    mask: Vec<V>,
}

fn range(block: usize) -> std::ops::Range<usize> {
    block * HIDDEN * HIDDEN..(block + 1) * HIDDEN * HIDDEN
}

/// `x` moved so that each token sees its neighbour at `offset`.
fn shift(x: &[V], offset: isize) -> Vec<V> {
    let at = |i: usize| i.checked_add_signed(offset).and_then(|j| x.get(j));
    (0..x.len()).map(|i| at(i).copied().unwrap_or([0.0; HIDDEN])).collect()
}

/// How much of a state stays.
fn keeps(gate: f32) -> f32 {
    (gate / 4.0 + 0.5).clamp(0.0, 1.0)
}

const STATE: f32 = STATE_INPUT_MAX as f32 / ONE as f32;

impl Learner {
    pub(super) fn new(recurrent_layers: usize, rng: &mut Rng) -> Learner {
        let mut blocks = Param::new(block_count(recurrent_layers) * HIDDEN * HIDDEN, 1.0, rng);
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
        let mut bias = Param::new((recurrent_bias(recurrent_layers) + 1) * HIDDEN, 0.01, rng);
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
            bias,
            marks: Param::new(FEATURE_VALUES.iter().sum::<usize>() * HIDDEN, 0.1, rng),
            steps_between: Param::new(TRANSITIONS, 0.0, rng),
            tables: TABLES.iter().map(|(rows, width)| Param::new(rows * width, 0.2, rng)).collect(),
            touched: vec![Vec::new(); TABLES.len()],
            steps: 0,
        }
    }

    fn block(&self, block: usize) -> &[f32] {
        &self.blocks.w[range(block)]
    }

    fn biased(&self, layer: usize, n: usize) -> Vec<V> {
        let mut row = [0.0; HIDDEN];
        row.copy_from_slice(&self.bias.w[layer * HIDDEN..(layer + 1) * HIDDEN]);
        vec![row; n]
    }

    fn bias_back(&mut self, layer: usize, dy: &[V]) {
        let g = &mut self.bias.g[layer * HIDDEN..(layer + 1) * HIDDEN];
        for d in dy {
            for (g, d) in g.iter_mut().zip(d) {
                *g += d;
            }
        }
    }

    /// `dx += dy · wᵀ`, and the block's own gradient.
    fn block_back(&mut self, block: usize, x: &[V], dy: &[V], dx: Option<&mut [V]>) {
        let Param { w, g, .. } = &mut self.blocks;
        backward(x, &w[range(block)], dy, dx, &mut g[range(block)]);
    }

    /// The inputs of all spellings, as `INPUT / HIDDEN` columns, and which were read with their own rows.
    fn read(
        &self,
        spellings: &Spellings,
        drop_word: f32,
        rng: &mut Rng,
    ) -> (Vec<Vec<V>>, Vec<bool>) {
        let n = spellings.spellings.len();
        let mut x = vec![zeros(n); INPUT / HIDDEN];
        let mut own = vec![true; n];
        for (t, s) in spellings.spellings.iter().enumerate() {
            let chance = rng.share();
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

    fn scan(&self, x: Vec<V>, scan: usize, drop: f32, rng: &mut Rng) -> (Vec<V>, Scanned) {
        let n = x.len();
        let (block, layer) = (recurrent_block(scan), recurrent_bias(scan));
        let mut coming = self.biased(layer, n);
        forward(&x, self.block(block), &mut coming);
        let mut gates = self.biased(layer + 1, n);
        forward(&x, self.block(block + 1), &mut gates);
        let mut states = zeros(n);
        let mut go = |order: &mut dyn Iterator<Item = usize>, from: usize| {
            let mut state = [0f32; HIDDEN / 2];
            for i in order {
                for (k, state) in state.iter_mut().enumerate() {
                    let keep = keeps(gates[i][from + k]);
                    let coming = coming[i][from + k].clamp(-STATE, STATE);
                    *state = keep * *state + (1.0 - keep) * coming;
                    states[i][from + k] = *state;
                }
            }
        };
        go(&mut (0..n), 0);
        go(&mut (0..n).rev(), HIDDEN / 2);
        let mut read = self.biased(layer + 2, n);
        for (k, &offset) in STATE_OFFSETS.iter().enumerate() {
            forward(&shift(&states, offset), self.block(block + 2 + k), &mut read);
        }
        let mask = activate(&mut read, drop, rng);
        plus(&mut read, &x);
        let done = Scanned { x, coming, gates, states, mask };
        (read, done)
    }

    /// From the gradient of a scan's output to that of its input.
    fn scan_back(&mut self, scan: usize, s: &Scanned, d: Vec<V>) -> Vec<V> {
        let n = d.len();
        let (block, layer) = (recurrent_block(scan), recurrent_bias(scan));
        let mut d_read = d.clone();
        times(&mut d_read, &s.mask);
        self.bias_back(layer + 2, &d_read);
        let mut d_states = zeros(n);
        for (k, &offset) in STATE_OFFSETS.iter().enumerate() {
            let mut moved = zeros(n);
            let seen = shift(&s.states, offset);
            self.block_back(block + 2 + k, &seen, &d_read, Some(&mut moved));
            plus(&mut d_states, &shift(&moved, -offset));
        }
        let (mut d_coming, mut d_gates) = (zeros(n), zeros(n));
        let mut go = |order: &mut dyn Iterator<Item = (usize, Option<usize>)>, from: usize| {
            let mut d_state = [0f32; HIDDEN / 2];
            for (i, before) in order {
                for (k, d_state) in d_state.iter_mut().enumerate() {
                    let at = from + k;
                    let gate = s.gates[i][at];
                    let keep = keeps(gate);
                    let d = *d_state + d_states[i][at];
                    let old = before.map_or(0.0, |b: usize| s.states[b][at]);
                    let raw = s.coming[i][at];
                    let coming = raw.clamp(-STATE, STATE);
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
        self.bias_back(layer, &d_coming);
        self.bias_back(layer + 1, &d_gates);
        let mut dx = d;
        self.block_back(block, &s.x, &d_coming, Some(&mut dx));
        self.block_back(block + 1, &s.x, &d_gates, Some(&mut dx));
        dx
    }

    /// One text: adds its gradients; returns the loss.
    pub(super) fn text(&mut self, e: &Example<'_>, how: Settings, rng: &mut Rng) -> f64 {
        let types = e.spellings.spellings.len();
        let (x, own) = self.read(e.spellings, how.drop_word, rng);
        let mut v = self.biased(0, types);
        for (b, x) in x.iter().enumerate() {
            forward(x, self.block(b), &mut v);
        }
        let v_mask = activate(&mut v, how.drop * 0.5, rng);
        let near: Vec<Vec<V>> = (0..CONV1_OFFSETS.len())
            .map(|k| {
                let mut p = zeros(types);
                forward(&v, self.block(CONV1_BLOCK + k), &mut p);
                p
            })
            .collect();
        let mut d_near = vec![zeros(types); CONV1_OFFSETS.len()];
        let mut loss = 0.0;
        for p in &e.paragraphs {
            loss += f64::from(self.paragraph(e.spellings, p, &near, &mut d_near, how, rng));
        }
        let mut dv = zeros(types);
        for (k, d) in d_near.iter().enumerate() {
            self.block_back(CONV1_BLOCK + k, &v, d, Some(&mut dv));
        }
        times(&mut dv, &v_mask);
        self.bias_back(0, &dv);
        let mut dx = vec![zeros(types); INPUT / HIDDEN];
        for (b, (x, dx)) in x.iter().zip(&mut dx).enumerate() {
            self.block_back(b, x, &dv, Some(dx));
        }
        for (t, s) in e.spellings.spellings.iter().enumerate().filter(|(t, _)| own[*t]) {
            let mut from = VECTOR;
            for (table, (_, width)) in TABLES.iter().enumerate() {
                let at = usize::from(s.rows[table]) * width;
                for k in 0..*width {
                    let column = from + k;
                    self.tables[table].g[at + k] += dx[column / HIDDEN][t][column % HIDDEN];
                }
                self.touched[table].push(s.rows[table]);
                from += width;
            }
        }
        loss
    }

    fn paragraph(
        &mut self,
        spellings: &Spellings,
        p: &Paragraph<'_>,
        near: &[Vec<V>],
        d_near: &mut [Vec<V>],
        how: Settings,
        rng: &mut Rng,
    ) -> f32 {
        let n = p.gold.len();
        let of = |i: usize| spellings.types.of[p.from + i] as usize;
        let seen = |i: usize, offset: isize| i.checked_add_signed(offset).filter(|&j| j < n);
        let mut h = self.biased(1, n);
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
                for (h, v) in h.iter_mut().zip(&self.marks.w[at..at + HIDDEN]) {
                    *h += v;
                }
            }
        }
        let mask = activate(&mut h, how.drop, rng);
        let mut scans = Vec::new();
        for scan in 0..self.recurrent_layers {
            let (out, done) = self.scan(h, scan, how.drop, rng);
            scans.push(done);
            h = out;
        }
        let mut y = self.biased(output_bias(self.recurrent_layers), n);
        forward(&h, self.block(output_block(self.recurrent_layers)), &mut y);
        let scores: Vec<[f32; TAGS]> = y.iter().map(|y| std::array::from_fn(|k| y[k])).collect();
        let (loss, mut gradient, mut by_step) =
            chain::gradient(p.lattice, &scores, &self.steps_between.w, p.gold);
        if let Some(taught) = &p.taught {
            taught.correct(&mut gradient, &mut by_step, how.teacher);
        }
        for (g, d) in self.steps_between.g.iter_mut().zip(by_step) {
            *g += d;
        }
        let mut dy = zeros(n);
        for (d, g) in dy.iter_mut().zip(&gradient) {
            d[..TAGS].copy_from_slice(g);
        }
        self.bias_back(output_bias(self.recurrent_layers), &dy);
        let mut d = zeros(n);
        self.block_back(output_block(self.recurrent_layers), &h, &dy, Some(&mut d));
        for (scan, done) in scans.iter().enumerate().rev() {
            d = self.scan_back(scan, done, d);
        }
        times(&mut d, &mask);
        self.bias_back(1, &d);
        for (i, d) in d.iter().enumerate() {
            for at in rows(&p.marks[i]) {
                for (g, d) in self.marks.g[at..at + HIDDEN].iter_mut().zip(d) {
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
    pub(super) fn step(&mut self, rate: f32) {
        self.steps += 1;
        let t = self.steps.min(100_000);
        let rate = rate * (1.0 - 0.999f32.powi(t)).sqrt() / (1.0 - 0.9f32.powi(t));
        let most = WEIGHT_MAX as f32 / WEIGHT_ONE as f32;
        let all = [&mut self.blocks, &mut self.bias, &mut self.marks];
        for p in all.into_iter().chain([&mut self.steps_between]) {
            p.step(0..p.w.len(), rate, 0.01, most);
        }
        for ((param, touched), (_, width)) in
            self.tables.iter_mut().zip(&mut self.touched).zip(TABLES)
        {
            touched.sort_unstable();
            touched.dedup();
            for row in touched.drain(..) {
                let at = usize::from(row) * width;
                param.step(at..at + width, rate, 0.0, 0.99);
            }
        }
    }

    pub(super) fn average(&mut self) {
        let all = [&mut self.blocks, &mut self.bias, &mut self.marks];
        for p in all.into_iter().chain(&mut self.tables) {
            p.average();
        }
        self.steps_between.average();
    }

    /// In whole numbers.
    pub(super) fn quantise(&self) -> QuoteNetworkWeights {
        let most = WEIGHT_MAX as f32;
        let wide = |p: &Param| {
            let w = p.settled().iter();
            w.map(|w| (w * WEIGHT_ONE as f32).round().clamp(-most, most) as i16).collect()
        };
        let mut weights: Vec<i16> = wide(&self.blocks);
        for row in weights[range(output_block(self.recurrent_layers))].chunks_mut(HIDDEN) {
            row[TAGS..].fill(0);
        }
        let small = self.tables.iter().flat_map(Param::settled);
        let unit = galley_engine::quotes::learn::UNIT as f32;
        let steps = self.steps_between.settled().iter();
        QuoteNetworkWeights {
            transitions: steps.map(|w| (w * unit).round() as i16).collect(),
            weights,
            biases: wide(&self.bias),
            features: wide(&self.marks),
            tables: small
                .map(|w| (w * TABLE_ONE as f32).round().clamp(-127.0, 127.0) as i8)
                .collect(),
        }
    }
}
