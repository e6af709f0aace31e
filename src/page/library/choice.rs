//! What a person can choose of the list: its order, how far documents are checked, what is shown of them.

use crate::saved::Entry;

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Latest first.
    #[default]
    Latest,
    /// By title.
    Title,
    /// Those with the most left to check first.
    LeftToCheck,
    /// Longest first.
    Longest,
}

impl Sort {
    /// Every order, its name in fields and its name for people.
    pub const ALL: [(Sort, &'static str, &'static str); 4] = [
        (Sort::Latest, "latest", "Latest first"),
        (Sort::Title, "title", "By title"),
        (Sort::LeftToCheck, "left", "Most to check first"),
        (Sort::Longest, "longest", "Longest first"),
    ];
}

/// Which documents the list shows, by how far they are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// All.
    #[default]
    Any,
    /// With something left to check.
    Open,
    /// Begun and not finished.
    Begun,
    /// With nothing left to check.
    Done,
}

impl Progress {
    /// Every choice, its name in fields and its name for people.
    pub const ALL: [(Progress, &'static str, &'static str); 4] = [
        (Progress::Any, "any", "All"),
        (Progress::Open, "open", "Not finished"),
        (Progress::Begun, "begun", "Begun"),
        (Progress::Done, "done", "Finished"),
    ];

    /// True for a document that is checked so far.
    pub fn holds(self, entry: &Entry) -> bool {
        let checked = entry.checked.unwrap_or_default();
        match self {
            Progress::Any => true,
            Progress::Open => is_open(entry),
            Progress::Begun => is_open(entry) && checked.done > 0,
            Progress::Done => !is_open(entry),
        }
    }
}

/// True when something of the document is left to check.
pub fn is_open(entry: &Entry) -> bool {
    entry.checked.is_none_or(|checked| !checked.is_complete())
}

/// What is shown of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The documents themselves.
    #[default]
    Documents,
    /// Names over all of them.
    Names,
    /// Quotes by speaker over all of them.
    Quotes,
    /// Dates over all of them.
    Dates,
}

impl View {
    /// Every view, its name in attributes and its name for people.
    pub const ALL: [(View, &'static str, &'static str); 4] = [
        (View::Documents, "documents", "Documents"),
        (View::Names, "names", "People & places"),
        (View::Quotes, "quotes", "Quotes"),
        (View::Dates, "dates", "Timeline"),
    ];
}
