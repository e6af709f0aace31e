//! Division into sequences, and the best row of tags for one.

#![allow(
    clippy::needless_range_loop,
    reason = "tables over pairs of tags read as such"
)]

use std::ops::Range;

use super::tags::{self, OUTSIDE, TAGS, Tag};
use crate::text::Reading;

/// Sequences are paragraphs; longer ones are cut at the end of a sentence, then anywhere.
const LONG: usize = 300;
const LONGEST: usize = 1200;

/// The sequences of a text, as ranges of tokens.
pub(crate) fn sequences(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for p in reading.paragraphs() {
        let mut start = p.tokens.start;
        for s in reading
            .sentences()
            .get(p.sentences.clone())
            .unwrap_or_default()
        {
            while s.tokens.end - start > LONGEST {
                out.push(start..start + LONGEST);
                start += LONGEST;
            }
            if s.tokens.end - start > LONG {
                out.push(start..s.tokens.end);
                start = s.tokens.end;
            }
        }
        if start < p.tokens.end {
            out.push(start..p.tokens.end);
        }
    }
    out
}

/// Scores of one token's tags.
pub(crate) type Row = [i32; TAGS];

/// Scores of pairs of neighbouring tags; forbidden pairs hold [`NEVER`].
pub(crate) type Pairs = [[i32; TAGS]; TAGS];

/// Less than any sum of real scores: sequences are at most 1200 tokens long.
pub(crate) const NEVER: i32 = -(1 << 29);
const LIMIT: i32 = -(1 << 28);

/// Marks the pairs that may not stand beside each other.
pub(crate) fn forbid(pairs: &mut Pairs) {
    for (a, row) in pairs.iter_mut().enumerate() {
        for (b, score) in row.iter_mut().enumerate() {
            if !tags::follows(Some(a as Tag), Some(b as Tag)) {
                *score = NEVER;
            }
        }
    }
}

/// For each tag the tags that may stand before it, with their scores.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lattice {
    before: Vec<Vec<(u8, i32)>>,
    after: Vec<Vec<(u8, i32)>>,
    starts: [bool; TAGS],
    ends: [bool; TAGS],
}

impl Lattice {
    pub(crate) fn new(pairs: &Pairs) -> Lattice {
        let mut l = Lattice {
            before: vec![Vec::new(); TAGS],
            after: vec![Vec::new(); TAGS],
            ..Lattice::default()
        };
        for a in 0..TAGS {
            for b in 0..TAGS {
                if tags::follows(Some(a as Tag), Some(b as Tag)) {
                    l.before[b].push((a as u8, pairs[a][b]));
                    l.after[a].push((b as u8, pairs[a][b]));
                }
            }
            l.starts[a] = tags::follows(None, Some(a as Tag));
            l.ends[a] = tags::follows(Some(a as Tag), None);
        }
        l
    }

    /// The best row of tags, and for every token how much the whole loses when the token's best
    /// tag is forbidden and how much with each other tag: `best − max-marginal`, all ≥ 0.
    pub(crate) fn decode(&self, rows: &[Row]) -> (Vec<Tag>, Vec<Row>) {
        let n = rows.len();
        let mut forward: Vec<Row> = Vec::with_capacity(n);
        for (i, row) in rows.iter().enumerate() {
            let mut now = [NEVER; TAGS];
            for (tag, slot) in now.iter_mut().enumerate() {
                let best = match forward.get(i.wrapping_sub(1)) {
                    None => {
                        if self.starts[tag] {
                            0
                        } else {
                            NEVER
                        }
                    }
                    Some(last) => self.before[tag]
                        .iter()
                        .map(|&(a, s)| last[usize::from(a)] + s)
                        .max()
                        .unwrap_or(NEVER),
                };
                *slot = if best <= LIMIT {
                    NEVER
                } else {
                    best + row[tag]
                };
            }
            forward.push(now);
        }
        let mut losses = vec![[0; TAGS]; n];
        let mut backward = [0; TAGS];
        for (slot, end) in backward.iter_mut().zip(self.ends) {
            *slot = if end { 0 } else { NEVER };
        }
        let mut best_path = vec![OUTSIDE; n];
        let mut total = 0;
        for i in (0..n).rev() {
            let through = |tag: usize| {
                let (f, b) = (forward[i][tag], backward[tag]);
                if f <= LIMIT || b <= LIMIT {
                    NEVER
                } else {
                    f + b
                }
            };
            if i + 1 == n {
                let mut best = (NEVER, 0);
                for tag in 0..TAGS {
                    if through(tag) > best.0 {
                        best = (through(tag), tag);
                    }
                }
                total = best.0;
                best_path[i] = best.1 as Tag;
            } else {
                let next = usize::from(best_path[i + 1]);
                let mut best = (i32::MIN, 0);
                for &(a, s) in &self.before[next] {
                    let score = forward[i][usize::from(a)] + s;
                    if score > best.0 {
                        best = (score, a);
                    }
                }
                best_path[i] = best.1;
            }
            for tag in 0..TAGS {
                losses[i][tag] = total - through(tag).max(LIMIT);
            }
            let mut earlier = [NEVER; TAGS];
            for (tag, slot) in earlier.iter_mut().enumerate() {
                *slot = self.after[tag]
                    .iter()
                    .map(|&(b, s)| {
                        let b = usize::from(b);
                        if backward[b] <= LIMIT {
                            NEVER
                        } else {
                            s + rows[i][b] + backward[b]
                        }
                    })
                    .max()
                    .unwrap_or(NEVER);
            }
            backward = earlier;
        }
        (best_path, losses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Label;

    #[test]
    fn the_best_row_is_whole_and_its_losses_are_right() {
        let mut pairs = [[0; TAGS]; TAGS];
        forbid(&mut pairs);
        let lattice = Lattice::new(&pairs);
        let b = usize::from(tags::tag(Label::Person, 0, 2));
        let l = usize::from(tags::tag(Label::Person, 1, 2));
        let mut rows = vec![[0; TAGS]; 3];
        rows[0][b] = 5;
        rows[1][l] = 3;
        let (path, losses) = lattice.decode(&rows);
        assert_eq!(tags::names(&path), [(Label::Person, 0, 2)]);
        assert_eq!(losses[0][b], 0);
        assert_eq!(losses[0][0], 8);
        assert_eq!(losses[2][0], 0);
        assert!(lattice.decode(&[]).0.is_empty());
    }
}
