//! The loss of a paragraph: the linear tagger's lattice, to which the network's scores are added,
//! as a conditional random field.

use crate::chain::forward_backward;
use galley_engine::quotes::training::neural::TRANSITIONS;
use galley_engine::quotes::training::{Lattice, SCORE_UNIT, TAGS, may_follow};

/// Negative log likelihood of `gold`, and its gradient by the scores of tags and of steps.
pub(super) fn gradient(
    lattice: &Lattice,
    scores: &[[f32; TAGS]],
    more: &[f32],
    gold: &[u8],
) -> (f32, Vec<[f32; TAGS]>, [f32; TRANSITIONS]) {
    let n = gold.len();
    let unit = 1.0 / SCORE_UNIT as f32;
    let mut tags = vec![[0f32; TAGS]; n];
    let mut steps = vec![[0f32; TAGS * TAGS]; n];
    let mut score = 0.0;
    for i in 0..n {
        let (node, edge) = (&lattice.nodes[i], &lattice.edges[i]);
        let before = i.checked_sub(1).map_or(0, |b| usize::from(gold[b]));
        let y = usize::from(gold[i]);
        let at = |y: usize| (node[y] as f32 * unit + scores[i][y]).clamp(-40.0, 40.0);
        let step = |k: usize| (edge[k] as f32 * unit + more[k]).clamp(-30.0, 30.0);
        score += at(y) + step(before * TAGS + y);
        for (y, p) in tags[i].iter_mut().enumerate() {
            *p = at(y).exp();
        }
        for a in 0..TAGS {
            for b in (0..TAGS).filter(|&b| may_follow(a, b)) {
                steps[i][a * TAGS + b] = step(a * TAGS + b).exp();
            }
        }
    }
    let mut by_tag = vec![[0f32; TAGS]; n];
    let mut by_step = [0f32; TRANSITIONS];
    let log_z = forward_backward(&tags, &steps, |i, of_tags, of_steps| {
        let tag = usize::from(gold[i]);
        by_tag[i] = of_tags;
        by_tag[i][tag] -= 1.0;
        for (slot, p) in by_step.iter_mut().zip(of_steps) {
            *slot += p;
        }
        let before = i.checked_sub(1).map_or(0, |b| usize::from(gold[b]));
        by_step[before * TAGS + tag] -= 1.0;
    });
    (log_z - score, by_tag, by_step)
}
