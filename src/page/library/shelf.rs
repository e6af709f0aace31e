//! The list of documents: what of it is shown, in which order, and what is ticked.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::saved::Entry;
use crate::search::fold_query;

use super::choice::{Progress, Sort, View, is_open};
use super::index::{Library, Searchable, around};
use super::joined::Joined;
use super::over_all::{self, DateOverAll, NameOverAll, Source, SpeakerOverAll};

/// Rows that are drawn at first, and how many more each time.
pub const ROWS: usize = 100;

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The document's line.
    pub entry: Entry,
    /// Where the query stands in it first: the words before it, itself, the words after it; with its first byte.
    pub hit: Option<Hit>,
}

/// A place where the query stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What stands before it.
    pub before: String,
    /// The words themselves, as they stand there.
    pub words: String,
    /// What stands after it.
    pub after: String,
    /// How many such places the document has; at most [`MAX_HITS`].
    pub count: usize,
}

/// How many places of one document are counted.
pub const MAX_HITS: usize = 100;

/// What a view over all documents lists.
#[derive(Debug, Default)]
pub enum OverAll {
    /// Nothing: the documents themselves are shown.
    #[default]
    Nothing,
    /// Names.
    Names(Vec<NameOverAll>),
    /// Quotes by speaker.
    Quotes(Vec<SpeakerOverAll>),
    /// Dates.
    Dates(Vec<DateOverAll>),
}

impl OverAll {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        match self {
            OverAll::Nothing => 0,
            OverAll::Names(all) => all.len(),
            OverAll::Quotes(all) => all.len(),
            OverAll::Dates(all) => all.len(),
        }
    }

    /// True when nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What is shown of the list.
#[derive(Debug, Default)]
pub struct Shelf {
    /// What is searched for.
    pub query: String,
    /// The order.
    pub sort: Sort,
    /// How far what is shown is checked.
    pub progress: Progress,
    /// The collection that is shown; `None`: all documents.
    pub collection: Option<String>,
    /// Keys of the ticked documents.
    pub ticked: Rc<BTreeSet<String>>,
    /// What is shown of the documents.
    pub view: View,
    /// What the view over all documents lists.
    pub over_all: Rc<OverAll>,
    /// The row of it that is open.
    pub open_row: Option<String>,
    /// Names that a person has joined.
    pub joined: Joined,
    /// The last joining or parting, while it can be taken back: in words, what is joined after it and before it.
    pub last_join: Option<(String, Joined, Joined)>,
    /// How many rows are drawn.
    pub drawn: usize,
    /// What is listed now.
    pub rows: Rc<Vec<Row>>,
}

impl Shelf {
    /// Lists again.
    pub fn refresh(&mut self, entries: &[Entry], library: &Library) {
        self.drawn = self.drawn.max(ROWS);
        if !self.ticked.is_empty() {
            let there: BTreeSet<&str> = entries.iter().map(|e| e.key.as_str()).collect();
            if self.ticked.iter().any(|key| !there.contains(key.as_str())) {
                Rc::make_mut(&mut self.ticked).retain(|key| there.contains(key.as_str()));
            }
        }
        if let Some(name) = &self.collection
            && !entries.iter().any(|e| e.collection == *name)
        {
            self.collection = None;
        }
        let query = fold_query(&self.query);
        let mut rows: Vec<Row> =
            entries.iter().filter_map(|entry| self.row(entry, &query, library)).collect();
        match self.sort {
            Sort::Latest => rows.sort_by(|a, b| {
                (b.entry.updated, &b.entry.key).cmp(&(a.entry.updated, &a.entry.key))
            }),
            Sort::Title => rows.sort_by_cached_key(|row| {
                (galley_engine::text::lowercase(&row.entry.title), row.entry.key.clone())
            }),
            Sort::LeftToCheck => rows.sort_by_key(|row| {
                let checked = row.entry.checked.unwrap_or_default();
                std::cmp::Reverse(checked.all.saturating_sub(checked.done))
            }),
            Sort::Longest => rows.sort_by_key(|row| std::cmp::Reverse(row.entry.words)),
        }
        self.rows = Rc::new(rows);
        let sources = self.sources(entries, library);
        self.over_all = Rc::new(match self.view {
            View::Documents => OverAll::Nothing,
            View::Names => OverAll::Names(over_all::names(&sources, &self.query, &self.joined)),
            View::Quotes => OverAll::Quotes(over_all::quotes(&sources, &self.query, &self.joined)),
            View::Dates => OverAll::Dates(over_all::dates(&sources, &self.query)),
        });
    }

    /// The documents that views over all look at: those of the collection, checked so far.
    pub fn sources<'l>(&self, entries: &'l [Entry], library: &'l Library) -> Vec<Source<'l>> {
        let is_in = |entry: &Entry| {
            self.collection.as_ref().is_none_or(|name| entry.collection == *name)
                && self.progress.holds(entry)
        };
        let wanted = entries.iter().filter(|entry| is_in(entry));
        let known = wanted
            .filter_map(|entry| Some((entry.key.as_str(), &**library.documents.get(&entry.key)?)));
        known.collect()
    }

    fn row(&self, entry: &Entry, query: &str, library: &Library) -> Option<Row> {
        let is_in = self.collection.as_ref().is_none_or(|name| entry.collection == *name);
        if !is_in || !self.progress.holds(entry) {
            return None;
        }
        if query.is_empty() {
            return Some(Row { entry: entry.clone(), hit: None });
        }
        let in_text = library.documents.get(&entry.key).and_then(|d| hit(d, &self.query));
        let in_title = || fold_query(&entry.title).contains(query);
        (in_text.is_some() || in_title()).then(|| Row { entry: entry.clone(), hit: in_text })
    }

    /// The next document with something left to check, in the order of the list, after this one.
    pub fn next_open(&self, after: Option<&str>) -> Option<&Entry> {
        let at = after.and_then(|key| self.rows.iter().position(|row| row.entry.key == key));
        let (before, rest) = self.rows.split_at(at.map_or(0, |at| at + 1));
        let mut in_turn = rest.iter().chain(before).map(|row| &row.entry);
        in_turn.find(|entry| is_open(entry) && Some(entry.key.as_str()) != after)
    }
}

/// The first place of a query in a document, with what stands around it, and how many there are.
fn hit(document: &Searchable, query: &str) -> Option<Hit> {
    let all = document.folded.find(query, MAX_HITS);
    let first = all.first()?;
    let text = &document.digest.text;
    let (before, after) = around(text, first.start(), first.end());
    let words = text.get(first.range()).unwrap_or_default().to_owned();
    Some(Hit { before, words, after, count: all.len() })
}

/// The collections that documents are in, by name, with how many each has.
pub fn collections(entries: &[Entry]) -> Vec<(&str, usize)> {
    let mut counts: std::collections::BTreeMap<&str, usize> = Default::default();
    for entry in entries.iter().filter(|e| !e.collection.is_empty()) {
        *counts.entry(&entry.collection).or_default() += 1;
    }
    counts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Digest;
    use crate::saved::Checked;

    fn entry(key: &str, title: &str, updated: u64, done: u32, all: u32) -> Entry {
        Entry {
            key: key.to_owned(),
            title: title.to_owned(),
            updated,
            checked: Some(Checked { done, all }),
            ..Entry::default()
        }
    }

    fn keys(shelf: &Shelf) -> Vec<&str> {
        shelf.rows.iter().map(|row| row.entry.key.as_str()).collect()
    }

    #[test]
    fn searched_sorted_and_filtered() {
        let mut entries = vec![
            entry("a-1", "Zebra crossing", 3, 0, 9),
            entry("b-1", "Élan vital", 2, 4, 4),
            entry("c-1", "apple harvest", 1, 1, 20),
        ];
        entries[2].collection = "Farm".to_owned();
        let mut library = Library::default();
        let text = format!("{} The mayor said so. {}", "a b ".repeat(40), "y z ".repeat(40));
        let digest = Digest { text, ..Digest::default() };
        library.insert("a-1".to_owned(), 1, digest);
        let mut shelf = Shelf::default();
        shelf.refresh(&entries, &library);
        assert_eq!(keys(&shelf), ["a-1", "b-1", "c-1"]);
        shelf.sort = Sort::Title;
        shelf.refresh(&entries, &library);
        assert_eq!(keys(&shelf), ["c-1", "a-1", "b-1"]);
        shelf.sort = Sort::LeftToCheck;
        shelf.refresh(&entries, &library);
        assert_eq!(keys(&shelf), ["c-1", "a-1", "b-1"]);
        shelf.sort = Sort::Latest;
        for (progress, expected) in [
            (Progress::Open, &["a-1", "c-1"][..]),
            (Progress::Begun, &["c-1"]),
            (Progress::Done, &["b-1"]),
        ] {
            shelf.progress = progress;
            shelf.refresh(&entries, &library);
            assert_eq!(keys(&shelf), expected);
        }
        shelf.progress = Progress::Any;
        shelf.query = " APPLE  harvest ".to_owned();
        shelf.refresh(&entries, &library);
        assert_eq!(keys(&shelf), ["c-1"]);
        shelf.query = "Mayor said".to_owned();
        shelf.refresh(&entries, &library);
        let hit = shelf.rows[0].hit.clone().unwrap();
        assert_eq!((hit.words.as_str(), hit.count), ("mayor said", 1));
        assert!(hit.before.starts_with("… ") && hit.before.ends_with("The "), "{hit:?}");
        shelf.query.clear();
        shelf.collection = Some("Farm".to_owned());
        shelf.refresh(&entries, &library);
        assert_eq!(keys(&shelf), ["c-1"]);
        assert_eq!(collections(&entries), [("Farm", 1)]);
    }

    #[test]
    fn ticks_go_with_their_documents_and_the_next_unchecked_one_goes_round() {
        let mut entries = vec![
            entry("a-1", "A", 3, 0, 9),
            entry("b-1", "B", 2, 4, 4),
            entry("c-1", "C", 1, 1, 20),
        ];
        let mut shelf = Shelf::default();
        Rc::make_mut(&mut shelf.ticked).extend(["a-1".to_owned(), "b-1".to_owned()]);
        shelf.refresh(&entries, &Library::default());
        let next = |shelf: &Shelf, after| shelf.next_open(after).map(|e| e.key.clone());
        assert_eq!(next(&shelf, Some("a-1")).as_deref(), Some("c-1"));
        assert_eq!(next(&shelf, Some("c-1")).as_deref(), Some("a-1"));
        assert_eq!(next(&shelf, None).as_deref(), Some("a-1"));
        entries.remove(0);
        shelf.refresh(&entries, &Library::default());
        assert_eq!(shelf.ticked.iter().collect::<Vec<_>>(), ["b-1"]);
        assert_eq!(next(&shelf, Some("c-1")), None);
    }
}
