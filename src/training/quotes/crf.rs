//! A linear-chain conditional random field, learnt by AdaGrad with a small L1 and L2 penalty
//! (Lafferty et al. 2001; Duchi et al. 2011). Seeded, one thread.

use crate::chain::forward_backward;
use crate::random::{RandomSource, XorShift};
use galley_engine::quotes::training::{BITS, TAGS, may_follow};

/// Paragraphs with the features of every token; features are dense numbers after [`Index`].
#[derive(Default)]
pub(crate) struct Data {
    pub nodes: Vec<u32>,
    /// End of each token's features in `nodes`.
    pub node_ends: Vec<u32>,
    pub edges: Vec<u32>,
    pub edge_ends: Vec<u32>,
    pub tags: Vec<u8>,
    /// End of each paragraph, in tokens.
    pub ends: Vec<usize>,
}

/// Hash → dense number, for hashes seen often enough.
pub(crate) struct Index {
    dense: Vec<u32>,
    pub keys: Vec<u32>,
}

impl Index {
    pub(crate) fn new(features: &[u32], least: u32) -> Index {
        let mut counts = vec![0u32; 1 << BITS];
        for &f in features {
            counts[f as usize] += 1;
        }
        let mut keys = Vec::new();
        for (k, c) in counts.iter_mut().enumerate() {
            if *c >= least {
                keys.push(k as u32);
                *c = keys.len() as u32;
            } else {
                *c = 0;
            }
        }
        Index { dense: counts, keys }
    }

    /// Replaces hashes by dense numbers and drops the others.
    pub(crate) fn apply(&self, features: &mut Vec<u32>, ends: &mut [u32]) {
        let mut out = 0;
        let mut from = 0;
        for end in ends.iter_mut() {
            let to = *end as usize;
            for i in from..to {
                let d = self.dense[features[i] as usize];
                if d > 0 {
                    features[out] = d - 1;
                    out += 1;
                }
            }
            from = to;
            *end = out as u32;
        }
        features.truncate(out);
        features.shrink_to_fit();
    }
}

/// Weights with their AdaGrad sums.
struct Block<const N: usize> {
    w: Vec<[f32; N]>,
    g: Vec<[f32; N]>,
}

impl<const N: usize> Block<N> {
    fn new(n: usize, start: f32) -> Block<N> {
        Block { w: vec![[0.0; N]; n], g: vec![[start; N]; n] }
    }

    fn clear_unused(&mut self, features: &[u32]) {
        let mut used = vec![false; self.w.len()];
        for &f in features {
            used[f as usize] = true;
        }
        for (w, _) in self.w.iter_mut().zip(used).filter(|x| !x.1) {
            *w = [0.0; N];
        }
    }

    #[inline]
    fn update(&mut self, row: usize, grad: &[f32; N], settings: &Settings, rate: f32) {
        let (w, g) = (&mut self.w[row], &mut self.g[row]);
        for y in 0..N {
            let d = grad[y] + settings.l2 * w[y];
            g[y] += d * d;
            let r = rate / g[y].sqrt();
            let v = w[y] - r * d;
            w[y] = v.signum() * (v.abs() - r * settings.l1).max(0.0);
        }
    }
}

/// How much a feature can say: its largest weight.
pub(crate) fn strength<const N: usize>(row: &[f32; N]) -> f32 {
    row.iter().fold(0.0f32, |m, w| m.max(w.abs()))
}

/// The strength that `keep` rows reach.
pub(crate) fn strength_threshold<const N: usize>(rows: &[[f32; N]], keep: usize) -> f32 {
    let mut all: Vec<f32> = rows.iter().map(strength).collect();
    all.sort_by(|a, b| b.total_cmp(a));
    all.get(keep).copied().unwrap_or(0.0)
}

/// Drops from the data all features but the `keep` strongest.
fn keep_strongest<const N: usize>(
    rows: &[[f32; N]],
    keep: usize,
    features: &mut Vec<u32>,
    ends: &mut [u32],
) {
    let least = strength_threshold(rows, keep);
    let mut out = 0;
    let mut from = 0;
    for end in ends.iter_mut() {
        for i in from..*end as usize {
            let f = features[i];
            if strength(&rows[f as usize]) > least {
                features[out] = f;
                out += 1;
            }
        }
        from = *end as usize;
        *end = out as u32;
    }
    features.truncate(out);
}

/// What the learner is told.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub epochs: usize,
    pub rate: f32,
    pub l1: f32,
    pub l2: f32,
    pub start: f32,
    /// Share of features left out at a time.
    pub dropout: f32,
    /// So many features of tokens and of steps stay; half-way the others are dropped, and the
    /// rest goes on learning without them.
    pub keep: [usize; 2],
}

/// A gradient smaller than this everywhere changes nothing worth the time.
const MIN_GRADIENT: f32 = 0.002;

/// Learnt weights.
pub(crate) struct Weights {
    pub nodes: Vec<[f32; TAGS]>,
    pub edges: Vec<[f32; TAGS * TAGS]>,
}

/// Learns from `data`, whose features number `nodes` and `edges`.
pub(crate) fn learn_weights(
    mut data: Data,
    nodes: usize,
    edges: usize,
    settings: Settings,
    say: &mut dyn FnMut(String),
) -> Weights {
    let mut node = Block::<TAGS>::new(nodes, settings.start);
    let mut edge = Block::<{ TAGS * TAGS }>::new(edges, settings.start);
    let mut order: Vec<usize> = (0..data.ends.len()).collect();
    let mut random = XorShift::new(0x2545_f491_4f6c_dd1d);
    let mut thinned = Data::default();
    let (mut node_sum, mut edge_sum) = (Mean::default(), Mean::default());
    for epoch in 0..settings.epochs {
        if epoch == settings.epochs / 2 {
            // A fifth more than stays: some will fall to nothing by themselves.
            keep_strongest(&node.w, settings.keep[0] * 6 / 5, &mut data.nodes, &mut data.node_ends);
            keep_strongest(&edge.w, settings.keep[1] * 6 / 5, &mut data.edges, &mut data.edge_ends);
            node.clear_unused(&data.nodes);
            edge.clear_unused(&data.edges);
        }
        random.shuffle(&mut order);
        let rate = settings.rate / (1.0 + 0.15 * epoch as f32);
        let mut loss = 0.0f64;
        for &p in &order {
            drop_features(&data, p, settings.dropout, &mut random, &mut thinned);
            loss += f64::from(learn_paragraph(&thinned, 0, &mut node, &mut edge, &settings, rate));
        }
        if epoch + AVERAGED_EPOCHS >= settings.epochs {
            node_sum.add(&node.w);
            edge_sum.add(&edge.w);
        }
        say(format!("epoch {} loss {:.4}", epoch + 1, loss / data.tags.len().max(1) as f64));
    }
    Weights { nodes: node_sum.take(), edges: edge_sum.take() }
}

/// The weights are a mean over so many of the last epochs: single ones sway.
const AVERAGED_EPOCHS: usize = 3;

/// A mean of weights.
struct Mean<const N: usize> {
    sum: Vec<[f32; N]>,
    count: f32,
}

impl<const N: usize> Default for Mean<N> {
    fn default() -> Self {
        Mean { sum: Vec::new(), count: 0.0 }
    }
}

impl<const N: usize> Mean<N> {
    fn add(&mut self, rows: &[[f32; N]]) {
        self.sum.resize(rows.len(), [0.0; N]);
        self.count += 1.0;
        for (sum, row) in self.sum.iter_mut().zip(rows) {
            for (s, w) in sum.iter_mut().zip(row) {
                *s += w;
            }
        }
    }

    fn take(mut self) -> Vec<[f32; N]> {
        for w in self.sum.iter_mut().flatten() {
            *w /= self.count;
        }
        self.sum
    }
}

/// Copies paragraph `p` with a share of its features left out.
fn drop_features(data: &Data, p: usize, dropout: f32, random: &mut XorShift, out: &mut Data) {
    let from = if p == 0 { 0 } else { data.ends[p - 1] };
    out.nodes.clear();
    out.node_ends.clear();
    out.edges.clear();
    out.edge_ends.clear();
    out.tags.clear();
    out.tags.extend(&data.tags[from..data.ends[p]]);
    out.ends.clear();
    out.ends.push(out.tags.len());
    let limit = (dropout * 65_536.0) as u64;
    let mut keep = || (random.next_bits() >> 16) & 0xffff >= limit;
    for t in from..data.ends[p] {
        out.nodes.extend(features_of(&data.nodes, &data.node_ends, t).iter().filter(|_| keep()));
        out.node_ends.push(out.nodes.len() as u32);
        out.edges.extend(features_of(&data.edges, &data.edge_ends, t).iter().filter(|_| keep()));
        out.edge_ends.push(out.edges.len() as u32);
    }
}

fn features_of<'a>(features: &'a [u32], ends: &[u32], i: usize) -> &'a [u32] {
    let from = if i == 0 { 0 } else { ends[i - 1] as usize };
    &features[from..ends[i] as usize]
}

fn learn_paragraph(
    data: &Data,
    p: usize,
    node: &mut Block<TAGS>,
    edge: &mut Block<{ TAGS * TAGS }>,
    settings: &Settings,
    rate: f32,
) -> f32 {
    let from = if p == 0 { 0 } else { data.ends[p - 1] };
    let n = data.ends[p] - from;
    if n == 0 {
        return 0.0;
    }
    let mut tags = vec![[0f32; TAGS]; n];
    let mut steps = vec![[0f32; TAGS * TAGS]; n];
    let mut score = 0.0f32;
    for i in 0..n {
        let t = from + i;
        for &f in features_of(&data.nodes, &data.node_ends, t) {
            for (s, w) in tags[i].iter_mut().zip(&node.w[f as usize]) {
                *s += w;
            }
        }
        for &f in features_of(&data.edges, &data.edge_ends, t) {
            for (s, w) in steps[i].iter_mut().zip(&edge.w[f as usize]) {
                *s += w;
            }
        }
        let gold = usize::from(data.tags[t]);
        let before = if i == 0 { 0 } else { usize::from(data.tags[t - 1]) };
        score += tags[i][gold] + steps[i][before * TAGS + gold];
        for y in 0..TAGS {
            tags[i][y] = tags[i][y].clamp(-30.0, 30.0).exp();
        }
        for a in 0..TAGS {
            for b in 0..TAGS {
                let s = &mut steps[i][a * TAGS + b];
                *s = if may_follow(a, b) { s.clamp(-30.0, 30.0).exp() } else { 0.0 };
            }
        }
    }
    let log_z = forward_backward(&tags, &steps, |i, mut by_tag, mut by_step| {
        let t = from + i;
        let gold = usize::from(data.tags[t]);
        by_tag[gold] -= 1.0;
        let before = if i == 0 { 0 } else { usize::from(data.tags[t - 1]) };
        by_step[before * TAGS + gold] -= 1.0;
        if strength(&by_tag) > MIN_GRADIENT {
            for &f in features_of(&data.nodes, &data.node_ends, t) {
                node.update(f as usize, &by_tag, settings, rate);
            }
        }
        if strength(&by_step) > MIN_GRADIENT {
            for &f in features_of(&data.edges, &data.edge_ends, t) {
                edge.update(f as usize, &by_step, settings, rate);
            }
        }
    });
    log_z - score
}
