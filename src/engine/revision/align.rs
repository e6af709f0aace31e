//! Which pieces of two lists are the same, in one order.

use std::ops::Range;

/// Lengths of the runs that serve as anchors, longest first; the last ones again, as what was not
/// unique in the whole may be so between two anchors.
const RUNS: [usize; 5] = [6, 3, 1, 1, 1];
/// Gaps with so many pieces are settled by the longest common subsequence at once.
const SMALL: usize = 400;
/// Changes in a gap that are searched.
const FAR: usize = 1000;

/// For each piece of `old` its place in `new`, ascending. O(n log n).
pub(super) fn align(old: &[u32], new: &[u32]) -> Vec<Option<usize>> {
    let mut to = vec![None; old.len()];
    let mut gaps = vec![(0..old.len(), 0..new.len(), 0)];
    while let Some((mut a, mut b, level)) = gaps.pop() {
        while !a.is_empty() && !b.is_empty() && old.get(a.start) == new.get(b.start) {
            set(&mut to, a.start, b.start);
            (a.start, b.start) = (a.start + 1, b.start + 1);
        }
        while !a.is_empty() && !b.is_empty() && old.get(a.end - 1) == new.get(b.end - 1) {
            (a.end, b.end) = (a.end - 1, b.end - 1);
            set(&mut to, a.end, b.end);
        }
        if a.is_empty() || b.is_empty() {
            continue;
        }
        let run = RUNS.get(level).filter(|_| a.len() + b.len() > SMALL);
        let Some(&run) = run else {
            common(old, new, a, b, &mut to);
            continue;
        };
        let (mut i, mut j) = (a.start, b.start);
        for (m, n) in anchors(old, new, &a, &b, run) {
            set(&mut to, m, n);
            gaps.push((i..m, j..n, level + 1));
            (i, j) = (m + 1, n + 1);
        }
        gaps.push((i..a.end, j..b.end, level + 1));
    }
    to
}

fn set(to: &mut [Option<usize>], i: usize, j: usize) {
    if let Some(slot) = to.get_mut(i) {
        *slot = Some(j);
    }
}

/// Runs of `run` pieces that stand once on each side, in the longest row in which both ascend.
fn anchors(
    old: &[u32],
    new: &[u32],
    a: &Range<usize>,
    b: &Range<usize>,
    run: usize,
) -> Vec<(usize, usize)> {
    let (x, y) = (old.get(a.clone()), new.get(b.clone()));
    let (Some(x), Some(y)) = (x, y) else {
        return Vec::new();
    };
    let runs: Vec<&[u32]> = x.windows(run).chain(y.windows(run)).collect();
    let here = x.windows(run).len();
    // How often each run stands on either side, and where it stands on the other.
    let mut seen = vec![(0u32, 0u32, 0usize); runs.len()];
    for (n, first) in crate::order::firsts_of(&runs).into_iter().enumerate() {
        let Some(seen) = seen.get_mut(first) else {
            continue;
        };
        match n.checked_sub(here) {
            None => seen.0 += 1,
            Some(n) => (seen.1, seen.2) = (seen.1 + 1, b.start + n),
        }
    }
    // In the order of the one side, as the first of equal runs is the only one there.
    let once = seen.iter().zip(a.start..).filter(|(s, _)| (s.0, s.1) == (1, 1));
    let pairs: Vec<(usize, usize)> = once.map(|(s, n)| (n, s.2)).collect();
    ascending(&pairs)
}

/// The longest row of pairs whose second numbers ascend (patience sorting).
fn ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends such a row with the least number.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |i: usize| pairs.get(i).map_or(0, |p| p.1);
    for (i, &(_, n)) in pairs.iter().enumerate() {
        let at = ends.partition_point(|&e| second(e) < n);
        before.push(at.checked_sub(1).and_then(|k| ends.get(k).copied()));
        match ends.get_mut(at) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(i) = at {
        row.extend(pairs.get(i).copied());
        at = before.get(i).copied().flatten();
    }
    row.reverse();
    row
}

/// Longest common subsequence of a gap, by the greedy way of E. Myers (1986), which is quick where
/// little was changed; after [`FAR`] changes as much as was found of it.
fn common(old: &[u32], new: &[u32], a: Range<usize>, b: Range<usize>, to: &mut [Option<usize>]) {
    let (Some(x), Some(y)) = (old.get(a.clone()), new.get(b.clone())) else {
        return;
    };
    // For each number of changes how far along `x` each diagonal (x − y) has come, from −d in
    // steps of two; −1: off the edge.
    let mut rows: Vec<Vec<i64>> = Vec::new();
    let (n, m) = (x.len() as i64, y.len() as i64);
    let mut best = (0, 0, 0);
    'search: for d in 0..=FAR.min(x.len() + y.len()) {
        let mut row = Vec::with_capacity(d + 1);
        for t in 0..=d {
            let k = diagonal(d, t);
            let mut at = step(rows.last(), t);
            if at > n || at - k > m || at < k {
                at = -1;
            }
            while at >= 0 && at < n && at - k < m && x.get(at as usize) == y.get((at - k) as usize)
            {
                at += 1;
            }
            row.push(at);
            if at >= 0 && 2 * at - k >= best.0 {
                best = (2 * at - k, d, t);
            }
            if at >= n && at - k >= m {
                rows.push(row);
                break 'search;
            }
        }
        rows.push(row);
    }
    let (_, mut d, mut t) = best;
    loop {
        let k = diagonal(d, t);
        let end = rows.get(d).and_then(|r| r.get(t)).copied().unwrap_or(0);
        let before = d.checked_sub(1).and_then(|d| rows.get(d));
        for at in step(before, t)..end {
            set(to, a.start + at as usize, b.start + (at - k) as usize);
        }
        if d == 0 {
            return;
        }
        // One change back: along `x` from the diagonal below, or along `y` from the one above.
        if !along(before, t) {
            d -= 1;
        } else {
            (d, t) = (d - 1, t - 1);
        }
    }
}

fn diagonal(d: usize, t: usize) -> i64 {
    2 * t as i64 - d as i64
}

/// Where a diagonal begins after one more change.
fn step(before: Option<&Vec<i64>>, t: usize) -> i64 {
    let Some(row) = before else { return 0 };
    let get = |t: usize| row.get(t).copied().unwrap_or(-1);
    match along(before, t) {
        true => get(t - 1) + 1,
        false => get(t),
    }
}

/// Does the best way there go along `x`?
fn along(before: Option<&Vec<i64>>, t: usize) -> bool {
    let get = |t: usize| before.and_then(|row| row.get(t)).copied().unwrap_or(-1);
    t > 0 && get(t - 1) >= 0 && get(t - 1) + 1 > get(t)
}

/// How many characters must be put in, taken out or changed to make one of the other (Levenshtein);
/// `None` when it is more than a third of the longer, or one is longer than 100.
pub(super) fn distance(a: &str, b: &str) -> Option<usize> {
    let letters = |t: &'_ str| t.chars().take(101).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let longer = a.len().max(b.len());
    if longer > 100 || a.len().abs_diff(b.len()) * 3 > longer {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let change = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = change.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
    }
    row.last().copied().filter(|far| far * 3 <= longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart() {
        for (a, b, far) in [
            ("Kirbey", "Kirby", Some(1)),
            ("Kirby", "Kirby", Some(0)),
            ("kitten", "sitting", None),
            ("abc", "", None),
            ("Tehran", "Teheran", Some(1)),
            ("", "", Some(0)),
        ] {
            assert_eq!(distance(a, b), far, "{a} {b}");
        }
    }

    #[test]
    fn a_long_list_with_a_middle_that_moved() {
        let old: Vec<u32> = (0..3000).collect();
        let new: Vec<u32> = (0..1000).chain(2000..3000).chain(1000..2000).collect();
        let to = align(&old, &new);
        assert_eq!((to[0], to[999], to[2999]), (Some(0), Some(999), Some(1999)));
        assert_eq!(to.iter().flatten().count(), 2000);
    }

    proptest::proptest! {
        #[test]
        fn pairs_are_equal_and_ascend(old in proptest::collection::vec(0u32..6, 0..120), new in proptest::collection::vec(0u32..6, 0..120)) {
            let to = align(&old, &new);
            let pairs: Vec<_> = to.iter().enumerate().filter_map(|(i, n)| Some((i, (*n)?))).collect();
            proptest::prop_assert!(pairs.iter().all(|&(i, n)| old[i] == new[n]));
            proptest::prop_assert!(pairs.windows(2).all(|p| p[0].1 < p[1].1));
            // The longest common subsequence, the plain way.
            if old.len() + new.len() <= SMALL {
                let mut row = vec![0; new.len() + 1];
                for p in &old {
                    let mut corner = 0;
                    for (n, q) in new.iter().enumerate() {
                        let best = if p == q { corner + 1 } else { row[n].max(row[n + 1]) };
                        corner = row[n + 1];
                        row[n + 1] = best;
                    }
                }
                proptest::prop_assert_eq!(pairs.len(), row[new.len()]);
            }
        }
    }
}
