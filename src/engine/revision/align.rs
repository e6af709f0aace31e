//! Which pieces of two texts are the same, in one order, and how far apart two words are.

use imara_diff::{Algorithm, Diff, Token};

/// Up to this many pieces in both lists together the alignment is a longest common subsequence; longer
/// lists are aligned by the method of E. Myers (1986) with the heuristics of GNU diff, which keep it
/// quick on any input.
const MAX_MINIMAL_PIECES: usize = 400;

/// For each piece of `old` its place in `new`, ascending. Equal numbers are equal pieces, below
/// `piece_count`.
pub(super) fn align(old: &[u32], new: &[u32], piece_count: u32) -> Vec<Option<usize>> {
    // Even its minimal variant drops pieces that are frequent in both lists before it begins.
    if old.len() + new.len() <= MAX_MINIMAL_PIECES {
        return align_by_table(old, new);
    }
    let to_tokens = |ids: &[u32]| ids.iter().map(|&id| Token(id)).collect::<Vec<Token>>();
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Myers, &to_tokens(old), &to_tokens(new), piece_count);
    let mut kept = (0..new.len()).filter(|&n| !diff.is_added(n as u32));
    let place = |i: usize| if diff.is_removed(i as u32) { None } else { kept.next() };
    (0..old.len()).map(place).collect()
}

/// A longest common subsequence from the table of the lengths of those of all suffixes.
fn align_by_table(old: &[u32], new: &[u32]) -> Vec<Option<usize>> {
    let width = new.len() + 1;
    let mut lengths = vec![0u16; (old.len() + 1) * width];
    for o in (0..old.len()).rev() {
        for n in (0..new.len()).rev() {
            let (below, right) = (lengths[(o + 1) * width + n], lengths[o * width + n + 1]);
            let diagonal = lengths[(o + 1) * width + n + 1];
            lengths[o * width + n] = if old[o] == new[n] { diagonal + 1 } else { below.max(right) };
        }
    }
    let mut n = 0;
    let place = |o: usize| {
        // What is only new here is passed over; then this piece is kept, or it is only old.
        while n < new.len()
            && old[o] != new[n]
            && lengths[o * width + n + 1] == lengths[o * width + n]
        {
            n += 1;
        }
        let kept = n < new.len() && old[o] == new[n];
        kept.then(|| {
            n += 1;
            n - 1
        })
    };
    (0..old.len()).map(place).collect()
}

/// Longer words and phrases are not compared letter by letter, in code points.
const MAX_COMPARED_CHARS: usize = 100;

/// The Levenshtein distance of two words in code points; `None` when it is more than a third of the
/// longer one, or one is longer than [`MAX_COMPARED_CHARS`].
pub(super) fn edit_distance(a: &str, b: &str) -> Option<usize> {
    let char_count = |word: &str| word.chars().take(MAX_COMPARED_CHARS + 1).count();
    let (a_chars, b_chars) = (char_count(a), char_count(b));
    let longer = a_chars.max(b_chars);
    if longer > MAX_COMPARED_CHARS || a_chars.abs_diff(b_chars) * 3 > longer {
        return None;
    }
    Some(strsim::levenshtein(a, b)).filter(|distance| distance * 3 <= longer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(lists: &[&[u32]]) -> u32 {
        lists.iter().copied().flatten().max().map_or(0, |last| last + 1)
    }

    #[test]
    fn edit_distances_up_to_a_third_of_the_word() {
        for (a, b, far) in [
            ("Kirbey", "Kirby", Some(1)),
            ("Kirby", "Kirby", Some(0)),
            ("kitten", "sitting", None),
            ("abc", "", None),
            ("Tehran", "Teheran", Some(1)),
            ("", "", Some(0)),
        ] {
            assert_eq!(edit_distance(a, b), far, "{a} {b}");
        }
    }

    #[test]
    fn a_long_list_with_a_middle_that_moved() {
        let old: Vec<u32> = (0..3000).collect();
        let new: Vec<u32> = (0..1000).chain(2000..3000).chain(1000..2000).collect();
        let to = align(&old, &new, count(&[&old, &new]));
        assert_eq!((to[0], to[999], to[2999]), (Some(0), Some(999), Some(1999)));
        assert_eq!(to.iter().flatten().count(), 2000);
    }

    #[test]
    fn pieces_that_are_frequent_in_both_lists_are_aligned() {
        assert_eq!(align(&[2, 3, 0, 2, 2, 0, 0, 0], &[3, 3, 3, 3], 4).iter().flatten().count(), 1);
    }

    proptest::proptest! {
        #[test]
        fn pairs_are_equal_and_ascend(old in proptest::collection::vec(0u32..6, 0..120), new in proptest::collection::vec(0u32..6, 0..120)) {
            let to = align(&old, &new, count(&[&old, &new]));
            let pairs: Vec<_> = to.iter().enumerate().filter_map(|(i, n)| Some((i, (*n)?))).collect();
            proptest::prop_assert!(pairs.iter().all(|&(i, n)| old[i] == new[n]));
            proptest::prop_assert!(pairs.windows(2).all(|p| p[0].1 < p[1].1));
            // The longest common subsequence, the plain way.
            if old.len() + new.len() <= MAX_MINIMAL_PIECES {
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
