//! Viterbi and max-marginals, whatever the transitions.

/// Less than any sum of real scores: the score of what may not be.
pub const IMPOSSIBLE: i32 = -(1 << 29);
/// Whatever scores no more than this may not be.
pub const LOWEST_POSSIBLE: i32 = -(1 << 28);

/// Which tags may follow which, and what each step scores. Steps are numbered by the token that
/// they lead to.
pub trait Transitions<const TAGS: usize> {
    /// Whether sums are kept small in rows of any length. Without it no sum of a row may reach
    /// [`LOWEST_POSSIBLE`], up or down.
    const RESCALE: bool;

    /// The score of each tag at the first token, [`IMPOSSIBLE`] where a row may not begin so.
    fn starts(&self) -> [i32; TAGS];

    /// The same at the last token.
    fn ends(&self) -> [i32; TAGS];

    /// Of each tag at `token` the best score that leads to it from the scores of the token before.
    fn best_into(&self, token: usize, before: &[i32; TAGS]) -> [i32; TAGS];

    /// Of each tag before `token` the best score that it leads to among the scores at `token`.
    fn best_out_of(&self, token: usize, after: &[i32; TAGS]) -> [i32; TAGS];

    /// The tag before `token` that leads best to `tag`; the first of equals.
    fn best_predecessor(&self, token: usize, before: &[i32; TAGS], tag: usize) -> usize;
}

/// The best row of tags; and for every token and tag how much the whole row loses when the token
/// has that tag: best score − max-marginal, 0 for the tags of the best row.
///
/// `nodes`: the scores of each token's tags.
pub fn decode<const TAGS: usize, T: Transitions<TAGS>>(
    transitions: &T,
    nodes: &[[i32; TAGS]],
) -> (Vec<u8>, Vec<[i32; TAGS]>) {
    let n = nodes.len();
    let forward = sum_forward(transitions, nodes);
    let mut tags = vec![0u8; n];
    let mut losses = vec![[0; TAGS]; n];
    if n == 0 {
        return (tags, losses);
    }
    let mut backward = transitions.ends();
    for i in (0..n).rev() {
        let through = |tag: usize| {
            let (f, b) = (forward[i][tag], backward[tag]);
            if f <= LOWEST_POSSIBLE || b <= LOWEST_POSSIBLE { IMPOSSIBLE } else { f + b }
        };
        let best = if i + 1 == n {
            let mut best = (IMPOSSIBLE, 0);
            for tag in 0..TAGS {
                if through(tag) > best.0 {
                    best = (through(tag), tag);
                }
            }
            best.1
        } else {
            transitions.best_predecessor(i + 1, &forward[i], usize::from(tags[i + 1]))
        };
        tags[i] = best as u8;
        let total = through(best);
        for (tag, loss) in losses[i].iter_mut().enumerate() {
            *loss = total - through(tag).max(LOWEST_POSSIBLE);
        }
        if i > 0 {
            let mut after = [IMPOSSIBLE; TAGS];
            for (tag, slot) in after.iter_mut().enumerate() {
                if backward[tag] > LOWEST_POSSIBLE {
                    *slot = nodes[i][tag] + backward[tag];
                }
            }
            backward = transitions.best_out_of(i, &after);
            if T::RESCALE {
                rescale(&mut backward);
            }
        }
    }
    (tags, losses)
}

/// Of each token's tags the best score of a row up to there.
fn sum_forward<const TAGS: usize, T: Transitions<TAGS>>(
    transitions: &T,
    nodes: &[[i32; TAGS]],
) -> Vec<[i32; TAGS]> {
    let mut forward: Vec<[i32; TAGS]> = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        let mut now = match forward.last() {
            None => transitions.starts(),
            Some(before) => transitions.best_into(i, before),
        };
        for (slot, score) in now.iter_mut().zip(node) {
            *slot = if *slot <= LOWEST_POSSIBLE { IMPOSSIBLE } else { *slot + score };
        }
        if T::RESCALE {
            rescale(&mut now);
        }
        forward.push(now);
    }
    forward
}

/// Makes the greatest score 0: only differences matter.
fn rescale<const TAGS: usize>(scores: &mut [i32; TAGS]) {
    let max = scores.iter().copied().max().unwrap_or(0);
    for score in scores.iter_mut().filter(|s| **s > LOWEST_POSSIBLE) {
        *score -= max;
    }
}
