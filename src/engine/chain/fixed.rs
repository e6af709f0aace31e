//! Transitions that score the same at every token.

use super::decode::{IMPOSSIBLE, LOWEST_POSSIBLE, Transitions};

/// One table of transitions. Tag 0 is OUTSIDE: a token in no segment.
///
/// Nearly all tokens are far from any segment, so that whichever tag comes next, OUTSIDE before it
/// was best. Whether that is so is seen from a few sums, and only then the tags that continue a
/// segment are looked at one by one. Rows may be as long as sums stay in bounds: see
/// [`Transitions::RESCALE`].
#[derive(Debug, Clone)]
pub struct FixedTransitions<const TAGS: usize> {
    /// For each tag the tags that may stand before it, with their scores.
    before: Vec<Vec<(u8, i32)>>,
    /// For each tag those that may stand after it.
    after: Vec<Vec<(u8, i32)>>,
    /// Of `after`, the steps inside a segment.
    after_inside: Vec<Vec<(u8, i32)>>,
    starts: [bool; TAGS],
    ends: [bool; TAGS],
    borders: Borders<TAGS>,
}

/// The steps over the border of segments: from tags that may end one (or OUTSIDE) to tags that may
/// begin one.
#[derive(Debug, Clone, Copy)]
struct Borders<const TAGS: usize> {
    /// The tags that may stand at the border's left and right.
    left: [bool; TAGS],
    right: [bool; TAGS],
    /// Scores of OUTSIDE beside each tag, and the least of those that may stand there.
    from_outside: [i32; TAGS],
    to_outside: [i32; TAGS],
    min_from_outside: i32,
    min_to_outside: i32,
    /// The best that a tag can have across the border.
    max_from: [i32; TAGS],
    max_to: [i32; TAGS],
}

const OUTSIDE: usize = 0;

impl<const TAGS: usize> Borders<TAGS> {
    fn new(scores: &[[i32; TAGS]; TAGS], starts: &[bool; TAGS], ends: &[bool; TAGS]) -> Self {
        let mut borders = Borders {
            left: *ends,
            right: *starts,
            from_outside: scores[OUTSIDE],
            to_outside: std::array::from_fn(|tag| scores[tag][OUTSIDE]),
            min_from_outside: i32::MAX,
            min_to_outside: i32::MAX,
            max_from: [IMPOSSIBLE; TAGS],
            max_to: [IMPOSSIBLE; TAGS],
        };
        for (a, row) in scores.iter().enumerate() {
            if starts[a] {
                borders.min_from_outside = borders.min_from_outside.min(scores[OUTSIDE][a]);
            }
            if ends[a] {
                borders.min_to_outside = borders.min_to_outside.min(row[OUTSIDE]);
            }
            for (b, &score) in row.iter().enumerate() {
                if ends[a] && starts[b] {
                    borders.max_from[a] = borders.max_from[a].max(score);
                    borders.max_to[b] = borders.max_to[b].max(score);
                }
            }
        }
        borders
    }

    /// Whichever tag begins after `before`, is OUTSIDE the best before it?
    fn is_outside_best_before(&self, before: &[i32; TAGS]) -> bool {
        is_outside_ahead(before, self.min_from_outside, &self.left, &self.max_from)
    }

    /// Whichever tag ends before `after`, is OUTSIDE the best after it?
    fn is_outside_best_after(&self, after: &[i32; TAGS]) -> bool {
        is_outside_ahead(after, self.min_to_outside, &self.right, &self.max_to)
    }
}

/// Is OUTSIDE with its worst step ahead of all `others` with their best?
fn is_outside_ahead<const TAGS: usize>(
    scores: &[i32; TAGS],
    min_step: i32,
    others: &[bool; TAGS],
    max_step: &[i32; TAGS],
) -> bool {
    let outside = scores[OUTSIDE];
    outside > LOWEST_POSSIBLE
        && (1..TAGS).all(|tag| {
            !others[tag]
                || scores[tag] <= LOWEST_POSSIBLE
                || outside + min_step >= scores[tag] + max_step[tag]
        })
}

fn best_sum<const TAGS: usize>(scores: &[i32; TAGS], steps: &[(u8, i32)]) -> i32 {
    let sums = steps.iter().map(|&(tag, step)| scores[usize::from(tag)] + step);
    sums.max().unwrap_or(IMPOSSIBLE)
}

impl<const TAGS: usize> FixedTransitions<TAGS> {
    /// `scores`: from the first tag to the second. `follows`: whether the second may follow the
    /// first; `None` stands for a row's ends.
    pub fn new(
        scores: &[[i32; TAGS]; TAGS],
        follows: impl Fn(Option<usize>, Option<usize>) -> bool,
    ) -> FixedTransitions<TAGS> {
        let starts = std::array::from_fn(|tag| follows(None, Some(tag)));
        let ends = std::array::from_fn(|tag| follows(Some(tag), None));
        let mut out = FixedTransitions {
            before: vec![Vec::new(); TAGS],
            after: vec![Vec::new(); TAGS],
            after_inside: vec![Vec::new(); TAGS],
            borders: Borders::new(scores, &starts, &ends),
            starts,
            ends,
        };
        for (a, row) in scores.iter().enumerate() {
            for (b, &score) in row.iter().enumerate() {
                if follows(Some(a), Some(b)) {
                    out.before[b].push((a as u8, score));
                    out.after[a].push((b as u8, score));
                    if !starts[b] {
                        out.after_inside[a].push((b as u8, score));
                    }
                }
            }
        }
        out
    }
}

/// Every step is allowed and scores nothing.
impl<const TAGS: usize> Default for FixedTransitions<TAGS> {
    fn default() -> Self {
        FixedTransitions::new(&[[0; TAGS]; TAGS], |_, _| true)
    }
}

fn possible<const TAGS: usize>(tags: &[bool; TAGS]) -> [i32; TAGS] {
    tags.map(|may| if may { 0 } else { IMPOSSIBLE })
}

impl<const TAGS: usize> Transitions<TAGS> for FixedTransitions<TAGS> {
    const RESCALE: bool = false;

    fn starts(&self) -> [i32; TAGS] {
        possible(&self.starts)
    }

    fn ends(&self) -> [i32; TAGS] {
        possible(&self.ends)
    }

    fn best_into(&self, _token: usize, before: &[i32; TAGS]) -> [i32; TAGS] {
        let outside_best = self.borders.is_outside_best_before(before);
        std::array::from_fn(|tag| {
            if outside_best && self.starts[tag] {
                before[OUTSIDE] + self.borders.from_outside[tag]
            } else {
                best_sum(before, &self.before[tag])
            }
        })
    }

    fn best_out_of(&self, _token: usize, after: &[i32; TAGS]) -> [i32; TAGS] {
        let outside_best = self.borders.is_outside_best_after(after);
        std::array::from_fn(|tag| {
            if outside_best && self.ends[tag] {
                // Segments of rare labels may end anywhere and still go on.
                let out = after[OUTSIDE] + self.borders.to_outside[tag];
                out.max(best_sum(after, &self.after_inside[tag]))
            } else {
                best_sum(after, &self.after[tag])
            }
        })
    }

    fn best_predecessor(&self, _token: usize, before: &[i32; TAGS], tag: usize) -> usize {
        let mut best = (i32::MIN, 0);
        for &(from, step) in &self.before[tag] {
            let score = before[usize::from(from)] + step;
            if score > best.0 {
                best = (score, from);
            }
        }
        usize::from(best.1)
    }
}
