//! The loss of a paragraph: the linear tagger's lattice, to which the network's scores are added,
//! as a conditional random field.

use galley_engine::quotes::learn::neural::TRANSITIONS;
use galley_engine::quotes::learn::{Lattice, TAGS, UNIT, allowed};

/// Negative log likelihood of `gold`, and its gradient by the scores of tags and of steps.
pub(super) fn gradient(
    lattice: &Lattice,
    scores: &[[f32; TAGS]],
    more: &[f32],
    gold: &[u8],
) -> (f32, Vec<[f32; TAGS]>, [f32; TRANSITIONS]) {
    let n = gold.len();
    let unit = 1.0 / UNIT as f32;
    let mut pot = vec![[0f32; TAGS]; n];
    let mut steps = vec![[0f32; TAGS * TAGS]; n];
    let mut score = 0.0;
    for i in 0..n {
        let (node, edge) = (&lattice.nodes[i], &lattice.edges[i]);
        let before = i.checked_sub(1).map_or(0, |b| usize::from(gold[b]));
        let y = usize::from(gold[i]);
        let at = |y: usize| (node[y] as f32 * unit + scores[i][y]).clamp(-40.0, 40.0);
        let step = |k: usize| (edge[k] as f32 * unit + more[k]).clamp(-30.0, 30.0);
        score += at(y) + step(before * TAGS + y);
        for (y, p) in pot[i].iter_mut().enumerate() {
            *p = at(y).exp();
        }
        for a in 0..TAGS {
            for b in (0..TAGS).filter(|&b| allowed(a, b)) {
                steps[i][a * TAGS + b] = step(a * TAGS + b).exp();
            }
        }
    }
    let mut alpha = vec![[0f32; TAGS]; n];
    let mut scale = vec![0f32; n];
    let mut log_z = 0.0;
    for i in 0..n {
        let mut sum = 0.0;
        for b in 0..TAGS {
            let v = if i == 0 {
                steps[0][b]
            } else {
                (0..TAGS).map(|a| alpha[i - 1][a] * steps[i][a * TAGS + b]).sum()
            };
            alpha[i][b] = v * pot[i][b];
            sum += alpha[i][b];
        }
        scale[i] = sum.max(1e-30);
        for v in &mut alpha[i] {
            *v /= scale[i];
        }
        log_z += scale[i].ln();
    }
    let mut out = vec![[0f32; TAGS]; n];
    let mut by_step = [0f32; TRANSITIONS];
    let mut beta = [1f32; TAGS];
    for i in (0..n).rev() {
        let mut total = 0.0;
        for y in 0..TAGS {
            out[i][y] = alpha[i][y] * beta[y];
            total += out[i][y];
        }
        for g in &mut out[i] {
            *g /= total.max(1e-30);
        }
        out[i][usize::from(gold[i])] -= 1.0;
        let mut next = [0f32; TAGS];
        let mut pair = [0f32; TRANSITIONS];
        let mut total = 0.0;
        for (a, next) in next.iter_mut().enumerate() {
            let left = match i.checked_sub(1) {
                Some(before) => alpha[before][a],
                None => f32::from(u8::from(a == 0)),
            };
            for b in 0..TAGS {
                let v = steps[i][a * TAGS + b] * pot[i][b] * beta[b];
                *next += v;
                pair[a * TAGS + b] = left * v;
                total += left * v;
            }
            *next /= scale[i];
        }
        beta = next;
        for (slot, p) in by_step.iter_mut().zip(pair) {
            *slot += p / total.max(1e-30);
        }
        let before = i.checked_sub(1).map_or(0, |b| usize::from(gold[b]));
        by_step[before * TAGS + usize::from(gold[i])] -= 1.0;
    }
    (log_z - score, out, by_step)
}
