//! Sorting by one instance of the library's sort, whatever is sorted: each further instance
//! costs the page three kilobytes.
//!
//! Must not know what it sorts.

use std::cmp::Ordering;

/// Sorts by the items' own order.
pub(crate) fn sort<T: Ord>(list: &mut Vec<T>) {
    sort_by(list, T::cmp);
}

/// Sorts stably by a comparison.
pub(crate) fn sort_by<T>(list: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let places = order(list.len(), &mut |i, j| match (list.get(i), list.get(j)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut slots: Vec<Option<T>> = list.drain(..).map(Some).collect();
    let placed = places.into_iter();
    list.extend(placed.filter_map(|i| slots.get_mut(i).and_then(Option::take)));
}

/// Sorts stably by a key.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, mut key: impl FnMut(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
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
        fn as_the_librarys(mut list: Vec<(u8, u16)>) {
            let mut theirs = list.clone();
            theirs.sort_by_key(|x| x.0);
            sort_by_key(&mut list, |x| x.0);
            prop_assert_eq!(list, theirs);
        }
    }
}
