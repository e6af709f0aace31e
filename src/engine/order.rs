//! Sorting, and what is equal in a list, by one instance of the library's sort, whatever is sorted: each
//! further instance of it costs the page three kilobytes, each map with keys of its own two.
//!
//! Must not know what it sorts.

use std::cmp::Ordering;

/// For each of `n` things the place of the first one that equals it.
pub(crate) fn firsts(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let sorted = order(n, compare);
    let mut firsts = vec![0; n];
    let mut first = None;
    for &i in &sorted {
        // Sorting is stable: of equal things the first comes first.
        let now = match first {
            Some(f) if compare(f, i).is_eq() => f,
            _ => i,
        };
        first = Some(now);
        if let Some(slot) = firsts.get_mut(i) {
            *slot = now;
        }
    }
    firsts
}

/// [`firsts`] of a list's things.
pub(crate) fn firsts_of<T: Ord>(list: &[T]) -> Vec<usize> {
    firsts(list.len(), &mut |i, j| list.get(i).cmp(&list.get(j)))
}

/// The places below `n` in their order.
fn order(n: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    places.sort_by(|&i, &j| compare(i, j));
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_of_equals(list in proptest::collection::vec(0u8..9, 0..40)) {
            let plain = list.iter().map(|x| list.iter().position(|y| x == y).unwrap());
            prop_assert_eq!(firsts_of(&list), plain.collect::<Vec<_>>());
        }
    }
}
