//! A linear-chain conditional random field, learnt by AdaGrad with a small L1 and L2 penalty
//! (Lafferty et al. 2001; Duchi et al. 2011). Seeded, one thread.

use galley_engine::quotes::learn::{BITS, TAGS, allowed};

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
    fn step(&mut self, row: usize, grad: &[f32; N], how: &How, rate: f32) {
        let (w, g) = (&mut self.w[row], &mut self.g[row]);
        for y in 0..N {
            let d = grad[y] + how.l2 * w[y];
            g[y] += d * d;
            let r = rate / g[y].sqrt();
            let v = w[y] - r * d;
            w[y] = v.signum() * (v.abs() - r * how.l1).max(0.0);
        }
    }
}

/// How much a feature can say: its largest weight.
pub(crate) fn strength<const N: usize>(row: &[f32; N]) -> f32 {
    row.iter().fold(0.0f32, |m, w| m.max(w.abs()))
}

/// The strength that `keep` rows reach.
pub(crate) fn threshold<const N: usize>(rows: &[[f32; N]], keep: usize) -> f32 {
    let mut all: Vec<f32> = rows.iter().map(strength).collect();
    all.sort_by(|a, b| b.total_cmp(a));
    all.get(keep).copied().unwrap_or(0.0)
}

/// Drops from the data all features but the `keep` strongest.
fn retain<const N: usize>(
    rows: &[[f32; N]],
    keep: usize,
    features: &mut Vec<u32>,
    ends: &mut [u32],
) {
    let least = threshold(rows, keep);
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

/// How to learn.
#[derive(Clone, Copy)]
pub(crate) struct How {
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
const STILL: f32 = 0.002;

/// Learnt weights.
pub(crate) struct Weights {
    pub nodes: Vec<[f32; TAGS]>,
    pub edges: Vec<[f32; TAGS * TAGS]>,
}

/// Learns from `data`, whose features number `nodes` and `edges`.
pub(crate) fn learn(
    mut data: Data,
    nodes: usize,
    edges: usize,
    how: How,
    say: &mut dyn FnMut(String),
) -> Weights {
    let mut node = Block::<TAGS>::new(nodes, how.start);
    let mut edge = Block::<{ TAGS * TAGS }>::new(edges, how.start);
    let mut order: Vec<usize> = (0..data.ends.len()).collect();
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    let mut thinned = Data::default();
    let (mut node_sum, mut edge_sum) = (Mean::default(), Mean::default());
    for epoch in 0..how.epochs {
        if epoch == how.epochs / 2 {
            // A fifth more than stays: some will fall to nothing by themselves.
            retain(&node.w, how.keep[0] * 6 / 5, &mut data.nodes, &mut data.node_ends);
            retain(&edge.w, how.keep[1] * 6 / 5, &mut data.edges, &mut data.edge_ends);
            node.clear_unused(&data.nodes);
            edge.clear_unused(&data.edges);
        }
        for i in (1..order.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            order.swap(i, (seed % (i as u64 + 1)) as usize);
        }
        let rate = how.rate / (1.0 + 0.15 * epoch as f32);
        let mut loss = 0.0f64;
        for &p in &order {
            thin(&data, p, how.dropout, &mut seed, &mut thinned);
            loss += f64::from(paragraph(&thinned, 0, &mut node, &mut edge, &how, rate));
        }
        if epoch + LAST >= how.epochs {
            node_sum.add(&node.w);
            edge_sum.add(&edge.w);
        }
        say(format!("epoch {} loss {:.4}", epoch + 1, loss / data.tags.len().max(1) as f64));
    }
    Weights { nodes: node_sum.take(), edges: edge_sum.take() }
}

/// The weights are a mean over so many of the last epochs: single ones sway.
const LAST: usize = 3;

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
fn thin(data: &Data, p: usize, dropout: f32, seed: &mut u64, out: &mut Data) {
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
    let mut keep = || {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        (*seed >> 16) & 0xffff >= limit
    };
    for t in from..data.ends[p] {
        out.nodes.extend(slice(&data.nodes, &data.node_ends, t).iter().filter(|_| keep()));
        out.node_ends.push(out.nodes.len() as u32);
        out.edges.extend(slice(&data.edges, &data.edge_ends, t).iter().filter(|_| keep()));
        out.edge_ends.push(out.edges.len() as u32);
    }
}

fn slice<'a>(features: &'a [u32], ends: &[u32], i: usize) -> &'a [u32] {
    let from = if i == 0 { 0 } else { ends[i - 1] as usize };
    &features[from..ends[i] as usize]
}

fn paragraph(
    data: &Data,
    p: usize,
    node: &mut Block<TAGS>,
    edge: &mut Block<{ TAGS * TAGS }>,
    how: &How,
    rate: f32,
) -> f32 {
    let from = if p == 0 { 0 } else { data.ends[p - 1] };
    let n = data.ends[p] - from;
    if n == 0 {
        return 0.0;
    }
    let mut pot = vec![[0f32; TAGS]; n];
    let mut step = vec![[0f32; TAGS * TAGS]; n];
    let mut score = 0.0f32;
    for i in 0..n {
        let t = from + i;
        for &f in slice(&data.nodes, &data.node_ends, t) {
            for (s, w) in pot[i].iter_mut().zip(&node.w[f as usize]) {
                *s += w;
            }
        }
        for &f in slice(&data.edges, &data.edge_ends, t) {
            for (s, w) in step[i].iter_mut().zip(&edge.w[f as usize]) {
                *s += w;
            }
        }
        let gold = usize::from(data.tags[t]);
        let before = if i == 0 { 0 } else { usize::from(data.tags[t - 1]) };
        score += pot[i][gold] + step[i][before * TAGS + gold];
        for y in 0..TAGS {
            pot[i][y] = pot[i][y].clamp(-30.0, 30.0).exp();
        }
        for a in 0..TAGS {
            for b in 0..TAGS {
                let s = &mut step[i][a * TAGS + b];
                *s = if allowed(a, b) { s.clamp(-30.0, 30.0).exp() } else { 0.0 };
            }
        }
    }
    // Forward and backward with scaling.
    let mut alpha = vec![[0f32; TAGS]; n];
    let mut scale = vec![0f32; n];
    let mut log_z = 0.0f32;
    for i in 0..n {
        let mut sum = 0.0;
        for b in 0..TAGS {
            let v = if i == 0 {
                step[0][b]
            } else {
                (0..TAGS).map(|a| alpha[i - 1][a] * step[i][a * TAGS + b]).sum()
            };
            alpha[i][b] = v * pot[i][b];
            sum += alpha[i][b];
        }
        let sum = sum.max(1e-30);
        for v in &mut alpha[i] {
            *v /= sum;
        }
        scale[i] = sum;
        log_z += sum.ln();
    }
    let mut beta = [1f32; TAGS];
    for i in (0..n).rev() {
        let t = from + i;
        let gold = usize::from(data.tags[t]);
        let mut grad = [0f32; TAGS];
        let mut total = 0.0;
        for y in 0..TAGS {
            grad[y] = alpha[i][y] * beta[y];
            total += grad[y];
        }
        for g in &mut grad {
            *g /= total.max(1e-30);
        }
        grad[gold] -= 1.0;
        // Pairs (i-1, i).
        let mut pair = [0f32; TAGS * TAGS];
        let mut next = [0f32; TAGS];
        let mut total = 0.0;
        for a in 0..TAGS {
            let left = if i == 0 { f32::from(u8::from(a == 0)) } else { alpha[i - 1][a] };
            for b in 0..TAGS {
                let v = step[i][a * TAGS + b] * pot[i][b] * beta[b];
                next[a] += v;
                pair[a * TAGS + b] = left * v;
                total += left * v;
            }
        }
        for v in &mut pair {
            *v /= total.max(1e-30);
        }
        let before = if i == 0 { 0 } else { usize::from(data.tags[t - 1]) };
        pair[before * TAGS + gold] -= 1.0;
        let s = scale[i];
        for (b, v) in beta.iter_mut().zip(next) {
            *b = v / s;
        }
        if strength(&grad) > STILL {
            for &f in slice(&data.nodes, &data.node_ends, t) {
                node.step(f as usize, &grad, how, rate);
            }
        }
        if strength(&pair) > STILL {
            for &f in slice(&data.edges, &data.edge_ends, t) {
                edge.step(f as usize, &pair, how, rate);
            }
        }
    }
    log_z - score
}
