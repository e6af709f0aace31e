//! Numbers that are learned together, and products of small dense blocks: forward, backward, Adam.
//! One thread, one order of sums.

use crate::quotes::learn::network::H;

/// One token's activations.
pub(super) type V = [f32; H];

/// xorshift64*, seeded.
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// In 0..1.
    pub(super) fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    pub(super) fn shuffle(&mut self, list: &mut [usize]) {
        for i in (1..list.len()).rev() {
            list.swap(i, (self.next() >> 16) as usize % (i + 1));
        }
    }
}

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
    pub(super) fn new(n: usize, spread: f32, rng: &mut Rng) -> Param {
        let mut draw = || {
            let sum: f32 = (0..6).map(|_| rng.share()).sum();
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
    pub(super) fn average(&mut self) {
        self.mean.resize(self.w.len(), 0.0);
        self.count += 1.0;
        for (m, w) in self.mean.iter_mut().zip(&self.w) {
            *m += (w - *m) / self.count;
        }
    }

    /// The mean, or the values where none was taken.
    pub(super) fn settled(&self) -> &[f32] {
        if self.mean.is_empty() {
            &self.w
        } else {
            &self.mean
        }
    }

    /// One step down the gradient, which is cleared.
    pub(super) fn step(&mut self, range: std::ops::Range<usize>, rate: f32, decay: f32, most: f32) {
        for i in range {
            let g = self.g[i];
            self.g[i] = 0.0;
            self.m[i] += 0.1 * (g - self.m[i]);
            self.v[i] += 0.001 * (g * g - self.v[i]);
            let w = self.w[i] * (1.0 - rate * decay);
            self.w[i] = (w - rate * self.m[i] / (self.v[i].sqrt() + 1e-6)).clamp(-most, most);
        }
    }
}

pub(super) fn zeros(n: usize) -> Vec<V> {
    vec![[0.0; H]; n]
}

/// `a * b + c`, in one step where the machine that learns has one.
#[inline(always)]
fn fused(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(target_feature = "fma") {
        a.mul_add(b, c)
    } else {
        a * b + c
    }
}

/// `y[t] += x[t] · w`
pub(super) fn forward(x: &[V], w: &[f32], y: &mut [V]) {
    let mut fours = y.chunks_exact_mut(4).zip(x.chunks_exact(4));
    for (ys, xs) in &mut fours {
        let ([y0, y1, y2, y3], [x0, x1, x2, x3]) = (&mut *ys, xs) else {
            continue;
        };
        let mut acc = [*y0, *y1, *y2, *y3];
        for (k, row) in w.chunks_exact(H).enumerate() {
            let f = [x0[k], x1[k], x2[k], x3[k]];
            for r in 0..4 {
                for o in 0..H {
                    acc[r][o] = fused(f[r], row[o], acc[r][o]);
                }
            }
        }
        [*y0, *y1, *y2, *y3] = acc;
    }
    let done = x.len() / 4 * 4;
    for (y, x) in y[done..].iter_mut().zip(&x[done..]) {
        for (k, row) in w.chunks_exact(H).enumerate() {
            for o in 0..H {
                y[o] = fused(x[k], row[o], y[o]);
            }
        }
    }
}

/// `dx[t] += dy[t] · wᵀ` and `dw += x[t]ᵀ · dy[t]`
pub(super) fn backward(x: &[V], w: &[f32], dy: &[V], dx: Option<&mut [V]>, dw: &mut [f32]) {
    if let Some(dx) = dx {
        let mut turned = vec![0.0; H * H];
        for (k, row) in w.chunks_exact(H).enumerate() {
            for (o, &v) in row.iter().enumerate() {
                turned[o * H + k] = v;
            }
        }
        forward(dy, &turned, dx);
    }
    for k in (0..H).step_by(4) {
        let mut acc = [[0.0f32; H]; 4];
        for (x, dy) in x.iter().zip(dy) {
            for r in 0..4 {
                let f = x[k + r];
                for o in 0..H {
                    acc[r][o] = fused(f, dy[o], acc[r][o]);
                }
            }
        }
        for (r, acc) in acc.iter().enumerate() {
            let row = &mut dw[(k + r) * H..(k + r + 1) * H];
            for (slot, v) in row.iter_mut().zip(acc) {
                *slot += v;
            }
        }
    }
}

/// ReLU below 16 in place, with dropout; the mask holds what each gradient is worth.
pub(super) fn activate(y: &mut [V], drop: f32, rng: &mut Rng) -> Vec<V> {
    let mut mask = zeros(y.len());
    let keep = ((1.0 - drop) * 65536.0) as u64;
    let scale = 65536.0 / keep as f32;
    for (y, mask) in y.iter_mut().zip(&mut mask) {
        let mut bits = 0;
        for o in 0..H {
            let mut worth = 1.0;
            if drop > 0.0 {
                if o % 4 == 0 {
                    bits = rng.next();
                }
                worth = if bits & 0xffff < keep { scale } else { 0.0 };
                bits >>= 16;
            }
            let held = y[o].clamp(0.0, 15.99);
            mask[o] = if held == y[o] && held > 0.0 {
                worth
            } else {
                0.0
            };
            y[o] = held * worth;
        }
    }
    mask
}

/// `d *= mask`
pub(super) fn times(d: &mut [V], mask: &[V]) {
    for (d, m) in d.iter_mut().zip(mask) {
        for (d, m) in d.iter_mut().zip(m) {
            *d *= m;
        }
    }
}

/// `a += b`
pub(super) fn plus(a: &mut [V], b: &[V]) {
    for (a, b) in a.iter_mut().zip(b) {
        for (a, b) in a.iter_mut().zip(b) {
            *a += b;
        }
    }
}
