//! Products of small dense blocks: forward and backward.

use crate::dense::Units;
use galley_engine::quotes::training::neural::HIDDEN;

/// `a * b + c`, in one step where the machine that learns has one.
#[inline(always)]
fn fused(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(target_feature = "fma") { a.mul_add(b, c) } else { a * b + c }
}

/// `y[t] += x[t] · w`
pub(super) fn forward(x: &[Units], w: &[f32], y: &mut [Units]) {
    let mut fours = y.chunks_exact_mut(4).zip(x.chunks_exact(4));
    for (ys, xs) in &mut fours {
        let ([y0, y1, y2, y3], [x0, x1, x2, x3]) = (&mut *ys, xs) else {
            continue;
        };
        let mut acc = [*y0, *y1, *y2, *y3];
        for (k, row) in w.chunks_exact(HIDDEN).enumerate() {
            let f = [x0[k], x1[k], x2[k], x3[k]];
            for r in 0..4 {
                for o in 0..HIDDEN {
                    acc[r][o] = fused(f[r], row[o], acc[r][o]);
                }
            }
        }
        [*y0, *y1, *y2, *y3] = acc;
    }
    let done = x.len() / 4 * 4;
    for (y, x) in y[done..].iter_mut().zip(&x[done..]) {
        for (k, row) in w.chunks_exact(HIDDEN).enumerate() {
            for o in 0..HIDDEN {
                y[o] = fused(x[k], row[o], y[o]);
            }
        }
    }
}

/// `dx[t] += dy[t] · wᵀ` and `dw += x[t]ᵀ · dy[t]`
pub(super) fn backward(
    x: &[Units],
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
        forward(dy, &turned, dx);
    }
    for k in (0..HIDDEN).step_by(4) {
        let mut acc = [[0.0f32; HIDDEN]; 4];
        for (x, dy) in x.iter().zip(dy) {
            for r in 0..4 {
                let f = x[k + r];
                for o in 0..HIDDEN {
                    acc[r][o] = fused(f, dy[o], acc[r][o]);
                }
            }
        }
        for (r, acc) in acc.iter().enumerate() {
            let row = &mut dw[(k + r) * HIDDEN..(k + r + 1) * HIDDEN];
            for (slot, v) in row.iter_mut().zip(acc) {
                *slot += v;
            }
        }
    }
}

/// `a += b`
pub(super) fn add_rows(a: &mut [Units], b: &[Units]) {
    for (a, b) in a.iter_mut().zip(b) {
        for (a, b) in a.iter_mut().zip(b) {
            *a += b;
        }
    }
}
