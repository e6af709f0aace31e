//! Rows that are changed in place, with what is needed to take the change back.

use std::collections::{HashMap, HashSet};

/// A row of a [`EditTable`]: something with an id.
pub(super) trait TableRow: Clone + PartialEq {
    fn id(&self) -> &str;
}

/// Lookups by id are scans until there have been this many; then an index is built.
const MAX_LINEAR_LOOKUPS: u32 = 4;

/// A list under change. Indices stay valid until it is closed: new rows come last, rows that go
/// are only marked.
pub(super) struct EditTable<T> {
    rows: Vec<T>,
    /// How many there were.
    original_len: usize,
    /// Rows as they were original_len they were first touched.
    originals: HashMap<usize, T>,
    removed: HashSet<usize>,
    index: Option<HashMap<String, usize>>,
    lookups: u32,
}

impl<T: TableRow> EditTable<T> {
    pub(super) fn new(rows: Vec<T>) -> EditTable<T> {
        EditTable {
            original_len: rows.len(),
            rows,
            originals: HashMap::new(),
            removed: HashSet::new(),
            index: None,
            lookups: 0,
        }
    }

    /// Where the row with this id stands; `None` when it is not there or removed.
    pub(super) fn position_of(&mut self, id: &str) -> Option<usize> {
        if self.index.is_none() {
            self.lookups += 1;
            if self.lookups <= MAX_LINEAR_LOOKUPS {
                return self.iter().find(|(_, row)| row.id() == id).map(|(i, _)| i);
            }
            let ids = self.iter().map(|(i, row)| (row.id().to_owned(), i));
            self.index = Some(ids.collect());
        }
        self.index.as_ref().and_then(|index| index.get(id)).copied()
    }

    /// Rows that are there, with their indices.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(i, _)| !self.removed.contains(i))
    }

    /// Every row, the ones that go too.
    pub(super) fn all_rows(&self) -> &[T] {
        &self.rows
    }

    pub(super) fn get(&self, i: usize) -> Option<&T> {
        self.rows.get(i).filter(|_| !self.removed.contains(&i))
    }

    /// For changing the row; it is kept as it was. Its id must stay.
    pub(super) fn row_mut(&mut self, i: usize) -> Option<&mut T> {
        let row = self.rows.get_mut(i)?;
        if i < self.original_len {
            self.originals.entry(i).or_insert_with(|| row.clone());
        }
        Some(row)
    }

    pub(super) fn push_row(&mut self, row: T) -> usize {
        let i = self.rows.len();
        if let Some(index) = &mut self.index {
            index.insert(row.id().to_owned(), i);
        }
        self.rows.push(row);
        i
    }

    pub(super) fn remove_row(&mut self, i: usize) {
        if let Some(row) = self.rows.get(i) {
            if i < self.original_len {
                self.originals.entry(i).or_insert_with(|| row.clone());
            }
            if let Some(index) = &mut self.index {
                index.remove(row.id());
            }
            self.removed.insert(i);
        }
    }

    /// The rows as they were.
    pub(super) fn roll_back(mut self) -> Vec<T> {
        self.rows.truncate(self.original_len);
        for (i, row) in self.originals {
            if let Some(slot) = self.rows.get_mut(i) {
                *slot = row;
            }
        }
        self.rows
    }

    /// Has anything come, removed, or `moved` against how it was?
    pub(super) fn is_reordered(&self, moved: impl Fn(&T, &T) -> bool) -> bool {
        let touched = |(&i, was): (&usize, &T)| self.rows.get(i).is_some_and(|row| moved(was, row));
        !self.removed.is_empty()
            || self.rows.len() > self.original_len
            || self.originals.iter().any(touched)
    }

    /// The rows as they are, and how to take that back. With `keys` (one a row, in the rows' own
    /// order) touched rows are put where their keys belong among the untouched ones, which keep
    /// their order.
    pub(super) fn commit<K: Ord>(mut self, keys: Option<Vec<K>>) -> (Vec<T>, Patch<T>) {
        let rows = &self.rows;
        let removed = &self.removed;
        self.originals.retain(|i, was| removed.contains(i) || rows.get(*i) != Some(was));
        let mut patch =
            Patch { other_rows: self.originals.into_iter().collect(), current_places: Vec::new() };
        patch.other_rows.sort_by_key(|&(i, _)| i);
        let Some(keys) = keys else {
            patch.current_places = patch.other_rows.iter().map(|&(i, _)| i).collect();
            return (self.rows, patch);
        };
        let mut still = Vec::with_capacity(self.rows.len());
        let mut touched = Vec::new();
        let mut other_rows = patch.other_rows.iter().map(|&(i, _)| i).peekable();
        for (i, (row, key)) in self.rows.into_iter().zip(keys).enumerate() {
            let changed = other_rows.next_if_eq(&i).is_some() || i >= self.original_len;
            if self.removed.contains(&i) {
                continue;
            }
            if changed {
                touched.push((key, row));
            } else {
                still.push((key, row));
            }
        }
        touched.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut rows = Vec::with_capacity(still.len() + touched.len());
        let mut touched = touched.into_iter().peekable();
        for (key, row) in still {
            while let Some((_, new)) = touched.next_if(|(k, _)| *k < key) {
                patch.current_places.push(rows.len());
                rows.push(new);
            }
            rows.push(row);
        }
        for (_, new) in touched {
            patch.current_places.push(rows.len());
            rows.push(new);
        }
        (rows, patch)
    }
}

/// What two states of a list do not share. It always holds the rows of the state that is not in
/// force: nothing is copied when it is taken back or done again.
#[derive(Debug, Clone)]
pub(super) struct Patch<T> {
    /// Rows of the other state, with their places there, ascending.
    other_rows: Vec<(usize, T)>,
    /// Places of the rows of this state that they stand against, ascending.
    current_places: Vec<usize>,
}

impl<T> Patch<T> {
    pub(super) fn is_empty(&self) -> bool {
        self.other_rows.is_empty() && self.current_places.is_empty()
    }

    /// The rows of the state in force that the other has not.
    pub(super) fn current_rows<'r>(&'r self, rows: &'r [T]) -> impl Iterator<Item = &'r T> {
        self.current_places.iter().filter_map(|&i| rows.get(i))
    }

    /// Puts the other state in force.
    pub(super) fn swap(&mut self, rows: &mut Vec<T>) {
        if self.other_rows.iter().map(|(i, _)| i).eq(&self.current_places) {
            for (i, row) in &mut self.other_rows {
                if let Some(slot) = rows.get_mut(*i) {
                    std::mem::swap(slot, row);
                }
            }
            return;
        }
        let mut current_places = self.current_places.iter().peekable();
        let mut out = Vec::with_capacity(self.current_places.len());
        let mut kept = Vec::with_capacity(rows.len());
        for (i, row) in std::mem::take(rows).into_iter().enumerate() {
            if current_places.next_if_eq(&&i).is_some() {
                out.push((i, row));
            } else {
                kept.push(row);
            }
        }
        self.current_places = self.other_rows.iter().map(|&(i, _)| i).collect();
        let mut back = std::mem::replace(&mut self.other_rows, out).into_iter().peekable();
        rows.reserve(kept.len() + back.len());
        for row in kept {
            while let Some((_, row)) = back.next_if(|&(i, _)| i <= rows.len()) {
                rows.push(row);
            }
            rows.push(row);
        }
        rows.extend(back.map(|(_, row)| row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pair = (String, i32);

    impl TableRow for Pair {
        fn id(&self) -> &str {
            &self.0
        }
    }

    fn rows(text: &str) -> Vec<Pair> {
        let row = |w: &str| (w[..1].to_owned(), w[1..].parse().unwrap());
        text.split_whitespace().map(row).collect()
    }

    fn changed(table: EditTable<Pair>) -> (Vec<Pair>, Patch<Pair>) {
        let keys = table.rows.iter().map(|r| r.1).collect();
        table.commit(Some(keys))
    }

    #[test]
    fn rows_come_go_move_and_come_back() {
        let old = rows("a1 b2 c3 d4 e5");
        let mut table = EditTable::new(old.clone());
        for _ in 0..10 {
            assert_eq!(table.position_of("c"), Some(2));
        }
        table.row_mut(0).unwrap().1 = 9;
        table.remove_row(2);
        assert_eq!((table.position_of("c"), table.get(2)), (None, None));
        let f = table.push_row(("f".into(), 3));
        assert_eq!(table.position_of("f"), Some(f));
        let (mut now, mut patch) = changed(table);
        assert_eq!(now, rows("b2 f3 d4 e5 a9"));
        for _ in 0..2 {
            patch.swap(&mut now);
            assert_eq!(now, old);
            patch.swap(&mut now);
            assert_eq!(now, rows("b2 f3 d4 e5 a9"));
        }
    }

    #[test]
    fn everything_goes_and_comes() {
        let mut table = EditTable::new(rows("a1 b2"));
        table.remove_row(0);
        table.remove_row(1);
        let (mut now, mut patch) = changed(table);
        assert_eq!(now, []);
        patch.swap(&mut now);
        assert_eq!(now, rows("a1 b2"));
    }

    #[test]
    fn a_draft_that_failed_leaves_nothing() {
        let mut table = EditTable::new(rows("a1 b2"));
        table.row_mut(1).unwrap().1 = 7;
        table.remove_row(0);
        table.push_row(("c".into(), 3));
        assert_eq!(table.roll_back(), rows("a1 b2"));
    }

    #[test]
    fn a_change_that_is_none_is_no_patch() {
        let mut table = EditTable::new(rows("a1 b2"));
        table.row_mut(1).unwrap().1 = 2;
        let (now, patch) = table.commit::<i32>(None);
        assert!(patch.is_empty());
        assert_eq!(now, rows("a1 b2"));
    }
}
