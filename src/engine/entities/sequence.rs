//! Division into sequences, and the best row of tags for one.

#![allow(clippy::needless_range_loop, reason = "tables over pairs of tags read as such")]

use std::ops::Range;

use super::tags::{self, OUTSIDE, TAGS, Tag};
use crate::text::TokenizedText;

/// Sequences are paragraphs; longer ones are cut at the end of a sentence, then anywhere.
const LONG: usize = 300;
const LONGEST: usize = 1200;

/// The sequences of a text, as ranges of tokens.
pub fn sequences(reading: &TokenizedText<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for p in reading.paragraphs() {
        let mut start = p.tokens.start;
        for s in reading.sentences().get(p.sentences.clone()).unwrap_or_default() {
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
pub type Row = [i32; TAGS];

/// Scores of pairs of neighbouring tags; forbidden pairs hold [`NEVER`].
pub type Pairs = [[i32; TAGS]; TAGS];

/// Less than any sum of real scores: sequences are at most 1200 tokens long.
pub const NEVER: i32 = -(1 << 29);
const LIMIT: i32 = -(1 << 28);

/// Marks the pairs that may not stand beside each other.
pub fn forbid(pairs: &mut Pairs) {
    for (a, row) in pairs.iter_mut().enumerate() {
        for (b, score) in row.iter_mut().enumerate() {
            if !tags::follows(Some(a as Tag), Some(b as Tag)) {
                *score = NEVER;
            }
        }
    }
}

/// For each tag the tags that may stand before it, with their scores.
///
/// Nearly all tokens are far from any name, so that whichever tag comes next, OUTSIDE before it
/// was best. Whether that is so is seen from a few sums, and then only the tags that continue a
/// name are looked at one by one.
#[derive(Debug, Clone, Default)]
pub struct Lattice {
    before: Vec<Vec<(u8, i32)>>,
    after: Vec<Vec<(u8, i32)>>,
    /// Of `after`, the pairs inside a name.
    inner: Vec<Vec<(u8, i32)>>,
    starts: [bool; TAGS],
    ends: [bool; TAGS],
    outer: Outer,
}

/// The pairs over the border of names: of tags that may end one (or OUTSIDE) and tags that may begin one.
#[derive(Debug, Clone, Copy, Default)]
struct Outer {
    /// The tags that may stand at the border's left and right.
    left: [bool; TAGS],
    right: [bool; TAGS],
    /// Scores of OUTSIDE beside each tag, and the least of those that may stand there.
    from_outside: [i32; TAGS],
    to_outside: [i32; TAGS],
    least_from: i32,
    least_to: i32,
    /// The best that a tag can have across the border.
    most_from: [i32; TAGS],
    most_to: [i32; TAGS],
}

impl Outer {
    fn new(pairs: &Pairs, starts: &[bool; TAGS], ends: &[bool; TAGS]) -> Outer {
        let o = usize::from(OUTSIDE);
        let mut outer = Outer {
            left: *ends,
            right: *starts,
            most_from: [NEVER; TAGS],
            most_to: [NEVER; TAGS],
            least_from: i32::MAX,
            least_to: i32::MAX,
            ..Outer::default()
        };
        for a in 0..TAGS {
            outer.from_outside[a] = pairs[o][a];
            outer.to_outside[a] = pairs[a][o];
            if starts[a] {
                outer.least_from = outer.least_from.min(pairs[o][a]);
            }
            if ends[a] {
                outer.least_to = outer.least_to.min(pairs[a][o]);
            }
            for b in 0..TAGS {
                if ends[a] && starts[b] {
                    outer.most_from[a] = outer.most_from[a].max(pairs[a][b]);
                    outer.most_to[b] = outer.most_to[b].max(pairs[a][b]);
                }
            }
        }
        outer
    }

    /// Whichever tag begins after `last`, is OUTSIDE the best before it?
    fn leaves(&self, last: &Row) -> bool {
        ahead(last, self.least_from, &self.left, &self.most_from)
    }

    /// Whichever tag ends before `next`, is OUTSIDE the best after it?
    fn enters(&self, next: &Row) -> bool {
        ahead(next, self.least_to, &self.right, &self.most_to)
    }
}

/// Is OUTSIDE with its least pair ahead of all `others` with their best?
fn ahead(scores: &Row, least: i32, others: &[bool; TAGS], most: &[i32; TAGS]) -> bool {
    let outside = scores[usize::from(OUTSIDE)];
    outside > LIMIT
        && (1..TAGS)
            .all(|t| !others[t] || scores[t] <= LIMIT || outside + least >= scores[t] + most[t])
}

fn best(row: &Row, pairs: &[(u8, i32)]) -> i32 {
    let sums = pairs.iter().map(|&(a, s)| row[usize::from(a)] + s);
    sums.max().unwrap_or(NEVER)
}

impl Lattice {
    pub fn new(pairs: &Pairs) -> Lattice {
        let mut l = Lattice {
            before: vec![Vec::new(); TAGS],
            after: vec![Vec::new(); TAGS],
            inner: vec![Vec::new(); TAGS],
            ..Lattice::default()
        };
        for a in 0..TAGS {
            for b in 0..TAGS {
                if tags::follows(Some(a as Tag), Some(b as Tag)) {
                    l.before[b].push((a as u8, pairs[a][b]));
                    l.after[a].push((b as u8, pairs[a][b]));
                    if !tags::follows(None, Some(b as Tag)) {
                        l.inner[a].push((b as u8, pairs[a][b]));
                    }
                }
            }
            l.starts[a] = tags::follows(None, Some(a as Tag));
            l.ends[a] = tags::follows(Some(a as Tag), None);
        }
        l.outer = Outer::new(pairs, &l.starts, &l.ends);
        l
    }

    /// Of each tag the best score that leads to it from the scores of the token before.
    fn onward(&self, last: &Row) -> Row {
        let leaves = self.outer.leaves(last);
        let outside = last[usize::from(OUTSIDE)];
        std::array::from_fn(|tag| {
            if leaves && self.starts[tag] {
                outside + self.outer.from_outside[tag]
            } else {
                best(last, &self.before[tag])
            }
        })
    }

    /// Of each tag the best score that it leads to among the scores of the token after.
    fn backward(&self, next: &Row) -> Row {
        let enters = self.outer.enters(next);
        let outside = next[usize::from(OUTSIDE)];
        std::array::from_fn(|tag| {
            if enters && self.ends[tag] {
                // Names of rare labels may end anywhere and still go on.
                let out = outside + self.outer.to_outside[tag];
                out.max(best(next, &self.inner[tag]))
            } else {
                best(next, &self.after[tag])
            }
        })
    }

    /// The best row of tags, and for every token how much the whole loses when the token's best
    /// tag is forbidden and how much with each other tag: `best − max-marginal`, all ≥ 0.
    pub fn decode(&self, rows: &[Row]) -> (Vec<Tag>, Vec<Row>) {
        let n = rows.len();
        let mut forward: Vec<Row> = Vec::with_capacity(n);
        for row in rows {
            let mut now = match forward.last() {
                None => self.starts.map(|s| if s { 0 } else { NEVER }),
                Some(last) => self.onward(last),
            };
            for (slot, score) in now.iter_mut().zip(row) {
                *slot = if *slot <= LIMIT { NEVER } else { *slot + score };
            }
            forward.push(now);
        }
        let mut losses = vec![[0; TAGS]; n];
        let mut backward = self.ends.map(|e| if e { 0 } else { NEVER });
        let mut best_path = vec![OUTSIDE; n];
        let mut total = 0;
        for i in (0..n).rev() {
            let through = |tag: usize| {
                let (f, b) = (forward[i][tag], backward[tag]);
                if f <= LIMIT || b <= LIMIT { NEVER } else { f + b }
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
            let mut next = [NEVER; TAGS];
            for (tag, slot) in next.iter_mut().enumerate() {
                if backward[tag] > LIMIT {
                    *slot = rows[i][tag] + backward[tag];
                }
            }
            backward = self.backward(&next);
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

    /// The best sum of a row of tags that has `tag` at token `at`, by trying every pair.
    fn most(pairs: &Pairs, rows: &[Row], at: usize, tag: usize) -> i32 {
        let allowed = |i: usize, t: usize| {
            let fits = i != at || t == tag;
            let first = i > 0 || tags::follows(None, Some(t as Tag));
            fits && first && (i + 1 < rows.len() || tags::follows(Some(t as Tag), None))
        };
        let mut sums = vec![0; TAGS];
        for (i, row) in rows.iter().enumerate() {
            let before = sums.clone();
            for (t, slot) in sums.iter_mut().enumerate() {
                let leads = (0..TAGS).filter(|&a| pairs[a][t] != NEVER);
                let lead = leads.map(|a| before[a] + pairs[a][t]).max().unwrap_or(NEVER);
                let lead = if i == 0 { 0 } else { lead };
                *slot = if allowed(i, t) && lead > LIMIT { lead + row[t] } else { NEVER };
            }
        }
        sums.into_iter().max().unwrap_or(NEVER)
    }

    #[test]
    fn losses_are_those_of_trying_every_row() {
        let mut seed = 1u64;
        let mut draw = |most: i32| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as i32 % (2 * most + 1) - most
        };
        for round in 0..200 {
            let mut pairs = [[0; TAGS]; TAGS];
            pairs.iter_mut().flatten().for_each(|p| *p = draw(60));
            forbid(&mut pairs);
            let mut rows = vec![[0; TAGS]; 1 + round % 6];
            for row in &mut rows {
                row.iter_mut().for_each(|s| *s = draw(200));
                // From hardly a difference to far ahead: both ways of looking are taken.
                row[usize::from(OUTSIDE)] += draw(600);
            }
            let (path, losses) = Lattice::new(&pairs).decode(&rows);
            let best = most(&pairs, &rows, usize::MAX, 0);
            for (i, row) in losses.iter().enumerate() {
                assert_eq!(row[usize::from(path[i])], 0);
                for (tag, &loss) in row.iter().enumerate() {
                    let want = most(&pairs, &rows, i, tag);
                    assert_eq!(loss, best - want.max(LIMIT), "round {round}, token {i}, tag {tag}");
                }
            }
        }
    }
}
