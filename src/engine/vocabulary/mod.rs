//! Word lists that the rules look words up in: months, titles, reporting verbs.
//!
//! Owns the lists, each of them once, as data files beside this one, and the look-up. Must not know
//! what a rule does with a word. (`lexicon` is another thing: names packed into the model file.
//! `wordlist` holds the reader's own names.)
//!
//! A file has one entry a line. Blank lines and lines that start with `#` are left out. Entries are
//! lowercase unless case matters in that list.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// A set of words or phrases, read from its file at the first look-up.
#[derive(Debug)]
pub struct WordSet {
    file: &'static str,
    entries: OnceLock<FxHashSet<&'static str>>,
}

impl WordSet {
    /// The set of the entries in `file`, the text of a list.
    pub const fn new(file: &'static str) -> WordSet {
        WordSet { file, entries: OnceLock::new() }
    }

    /// Whether `word` is an entry, exactly as it is spelled.
    pub fn contains(&self, word: &str) -> bool {
        self.entries.get_or_init(|| entries(self.file).collect()).contains(word)
    }

    /// The entries, in the order of their file.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        entries(self.file)
    }
}

/// A table from words or phrases to values, read from its file at the first look-up: one entry a
/// line, a tab, its value.
#[derive(Debug)]
pub struct WordMap<V> {
    file: &'static str,
    parse: fn(&'static str) -> Option<V>,
    entries: OnceLock<FxHashMap<&'static str, V>>,
}

impl<V> WordMap<V> {
    /// The table in `file`, its values read by `parse`. A line whose value `parse` does not know is
    /// left out; the test of the list says so.
    pub const fn new(file: &'static str, parse: fn(&'static str) -> Option<V>) -> WordMap<V> {
        WordMap { file, parse, entries: OnceLock::new() }
    }

    /// The value of `word`, exactly as it is spelled.
    pub fn get(&self, word: &str) -> Option<&V> {
        self.entries.get_or_init(|| self.iter().collect()).get(word)
    }

    /// Entries with their values, in the order of their file.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, V)> + use<V> {
        let parse = self.parse;
        entries(self.file).filter_map(move |line| {
            let (word, value) = line.split_once('\t')?;
            Some((word, parse(value)?))
        })
    }
}

fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    static WEEKEND: WordSet = WordSet::new("# Days off.\nsaturday\n\nsunday\r\n");
    static NUMBERS: WordMap<u8> =
        WordMap::new("one\t1\ntwenty one\t21\nmany\t?\n", |v| v.parse().ok());

    #[test]
    fn entries_are_found_as_they_are_spelled() {
        assert!(WEEKEND.contains("saturday") && WEEKEND.contains("sunday"));
        assert!(
            !WEEKEND.contains("Sunday")
                && !WEEKEND.contains("")
                && !WEEKEND.contains("# Days off.")
        );
        assert_eq!(WEEKEND.iter().collect::<Vec<_>>(), ["saturday", "sunday"]);
    }

    #[test]
    fn values_are_parsed() {
        assert_eq!(NUMBERS.get("twenty one"), Some(&21));
        assert_eq!(NUMBERS.get("many"), None);
        assert_eq!(NUMBERS.iter().count(), 2);
    }
}
