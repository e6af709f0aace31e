//! Transitions that score differently at every token.

use super::decode::{IMPOSSIBLE, Transitions};

/// Steps between tags, scored token by token. Tag 0 stands before the first token; any tag may be
/// the last.
#[derive(Debug, Clone, Copy)]
pub struct TokenTransitions<'a, F, const TAGS: usize, const STEPS: usize> {
    /// Scores `from * TAGS + to` of the steps into each token.
    pub steps: &'a [[i16; STEPS]],
    /// Whether the second tag may follow the first.
    pub follows: F,
}

impl<F: Fn(usize, usize) -> bool, const TAGS: usize, const STEPS: usize>
    TokenTransitions<'_, F, TAGS, STEPS>
{
    fn score(&self, token: usize, from: usize, to: usize) -> i32 {
        i32::from(self.steps[token][from * TAGS + to])
    }
}

impl<F: Fn(usize, usize) -> bool, const TAGS: usize, const STEPS: usize> Transitions<TAGS>
    for TokenTransitions<'_, F, TAGS, STEPS>
{
    const RESCALE: bool = true;

    fn starts(&self) -> [i32; TAGS] {
        std::array::from_fn(
            |tag| {
                if (self.follows)(0, tag) { self.score(0, 0, tag) } else { IMPOSSIBLE }
            },
        )
    }

    fn ends(&self) -> [i32; TAGS] {
        [0; TAGS]
    }

    fn best_into(&self, token: usize, before: &[i32; TAGS]) -> [i32; TAGS] {
        let mut out = [IMPOSSIBLE; TAGS];
        for (to, best) in out.iter_mut().enumerate() {
            for (from, score) in before.iter().enumerate() {
                if (self.follows)(from, to) {
                    *best = (*best).max(score + self.score(token, from, to));
                }
            }
        }
        out
    }

    fn best_out_of(&self, token: usize, after: &[i32; TAGS]) -> [i32; TAGS] {
        let mut out = [IMPOSSIBLE; TAGS];
        for (from, best) in out.iter_mut().enumerate() {
            for (to, score) in after.iter().enumerate() {
                if (self.follows)(from, to) {
                    *best = (*best).max(self.score(token, from, to) + score);
                }
            }
        }
        out
    }

    fn best_predecessor(&self, token: usize, before: &[i32; TAGS], tag: usize) -> usize {
        let mut best = (IMPOSSIBLE, 0);
        for (from, score) in before.iter().enumerate() {
            if (self.follows)(from, tag) {
                let score = score + self.score(token, from, tag);
                if score > best.0 {
                    best = (score, from);
                }
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::decode;

    const TAGS: usize = 3;

    /// Tag 2 follows 1 and 2 alone.
    fn follows(from: usize, to: usize) -> bool {
        to != 2 || from != 0
    }

    /// The best score of a row that has `tag` at token `at`, by trying every row.
    fn best_row(nodes: &[[i32; TAGS]], steps: &[[i16; 9]], at: usize, tag: usize) -> Option<i32> {
        let rows = (0..TAGS.pow(nodes.len() as u32)).filter_map(|number| {
            let tag_at = |i: usize| number / TAGS.pow(i as u32) % TAGS;
            let mut sum = 0;
            for (i, node) in nodes.iter().enumerate() {
                let before = i.checked_sub(1).map_or(0, tag_at);
                if !follows(before, tag_at(i)) {
                    return None;
                }
                sum += node[tag_at(i)] + i32::from(steps[i][before * TAGS + tag_at(i)]);
            }
            (tag_at(at) == tag).then_some(sum)
        });
        rows.max()
    }

    #[test]
    fn losses_are_those_of_trying_every_row() {
        let mut seed = 1u64;
        let mut draw = |max: i32| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as i32 % (2 * max + 1) - max
        };
        for round in 0..200 {
            let n = 1 + round % 5;
            let nodes: Vec<[i32; TAGS]> = (0..n).map(|_| [0; TAGS].map(|_| draw(90))).collect();
            let steps: Vec<[i16; 9]> = (0..n).map(|_| [0; 9].map(|_| draw(40) as i16)).collect();
            let (tags, losses) = decode(&TokenTransitions { steps: &steps, follows }, &nodes);
            let best = (0..TAGS).filter_map(|tag| best_row(&nodes, &steps, 0, tag)).max().unwrap();
            for (i, row) in losses.iter().enumerate() {
                assert_eq!(row[usize::from(tags[i])], 0);
                for (tag, &loss) in row.iter().enumerate() {
                    match best_row(&nodes, &steps, i, tag) {
                        Some(score) => assert_eq!(loss, best - score, "round {round}, token {i}"),
                        None => assert!(loss > 1 << 20, "round {round}, token {i}"),
                    }
                }
            }
        }
    }
}
