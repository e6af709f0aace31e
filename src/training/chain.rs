//! Forward and backward over a linear chain of tags whose steps are scored token by token
//! (Lafferty et al. 2001), in floats.
//!
//! Owns the sums. Must not know where scores come from. The learner of entities has sums of its own
//! (`entities/crf.rs`): its gold is a set of tags a token, and it shifts, skips and scales in
//! another order, on which the bytes of its model depend.

#![allow(clippy::needless_range_loop, reason = "sums over pairs of tags read as such")]

use galley_engine::quotes::training::TAGS;
use galley_engine::quotes::training::neural::TRANSITIONS;

/// The probabilities of each token's tags and of the steps into it, `from * TAGS + to`, given to
/// `visit` with the token's number, from the last token to the first. Returns the log of the
/// partition sum.
///
/// `tags` and `steps` are factors: e to the power of a score, 0 for what may not be. Tag 0 stands
/// before the first token.
pub(crate) fn forward_backward(
    tags: &[[f32; TAGS]],
    steps: &[[f32; TRANSITIONS]],
    mut visit: impl FnMut(usize, [f32; TAGS], [f32; TRANSITIONS]),
) -> f32 {
    let n = tags.len();
    // Scaled, so that each token's sum is 1.
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
            alpha[i][b] = v * tags[i][b];
            sum += alpha[i][b];
        }
        scale[i] = f32::max(sum, 1e-30);
        for v in &mut alpha[i] {
            *v /= scale[i];
        }
        log_z += scale[i].ln();
    }
    let mut beta = [1f32; TAGS];
    for i in (0..n).rev() {
        let mut of_tags = [0f32; TAGS];
        let mut total = 0.0;
        for y in 0..TAGS {
            of_tags[y] = alpha[i][y] * beta[y];
            total += of_tags[y];
        }
        for p in &mut of_tags {
            *p /= f32::max(total, 1e-30);
        }
        let mut of_steps = [0f32; TRANSITIONS];
        let mut next = [0f32; TAGS];
        let mut total = 0.0;
        for a in 0..TAGS {
            let left = if i == 0 { f32::from(u8::from(a == 0)) } else { alpha[i - 1][a] };
            for b in 0..TAGS {
                let v = steps[i][a * TAGS + b] * tags[i][b] * beta[b];
                next[a] += v;
                of_steps[a * TAGS + b] = left * v;
                total += left * v;
            }
        }
        for p in &mut of_steps {
            *p /= f32::max(total, 1e-30);
        }
        beta = next.map(|v| v / scale[i]);
        visit(i, of_tags, of_steps);
    }
    log_z
}
