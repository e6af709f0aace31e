//! The data of the dialogs: the reader's own words, a revised text, the comparison with another person's
//! annotations.

use std::rc::Rc;

use super::leaving::Leaving;
use super::protocol::Offer;
use galley_engine::agreement::{Agreement, Difference};
use galley_engine::document::Document;
use galley_engine::user_words::{WordEntry, WordListFile};

/// The reader's own names and labels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserWords {
    /// Names and labels.
    pub list: WordListFile,
    /// The list as it was last written to storage or read from it.
    pub stored: String,
}

/// One dialog at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// The menu.
    Menu,
    /// The reader's own words.
    Words {
        /// The entry that the form holds.
        editing: Option<WordEntry>,
        /// What was wrong with the lines that were added last.
        trouble: Vec<String>,
    },
    /// What was learned from corrections.
    Learned,
    /// What leaves this page; `None`: it is being counted.
    Leaving(Option<Box<Leaving>>),
    /// The name that was just corrected, in other articles.
    Elsewhere,
    /// The backup of everything.
    Backup,
    /// The text, to be revised.
    Text(Option<Preview>),
    /// The formats in which the document can be downloaded.
    Files {
        /// The job number of the request to the files worker; 0: not yet sent.
        asked: u32,
        /// The answer: all formats but Galley JSON.
        offers: Option<Vec<Offer>>,
    },
    /// The comparison; its data is part of the document (`Open::comparisons`).
    Compare,
}

/// What happens to the annotations in a revised text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The revised text.
    pub text: String,
    /// How many annotations keep their words.
    pub same: usize,
    /// The words before and after of those that change.
    pub changed: Vec<(String, String)>,
    /// Label and words of those that are lost.
    pub lost: Vec<(&'static str, String)>,
}

/// Another person's annotations beside the document's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The name of the file.
    pub name: String,
    /// Their document, over our text.
    pub theirs: Rc<Document>,
    /// How many of their annotations have no place in our text.
    pub lost: usize,
    /// Measures and differences, for the current document.
    pub agreement: Agreement,
    /// Differences that were settled by keeping ours.
    pub kept: Vec<Difference>,
}

impl Comparison {
    /// Differences that are not settled yet.
    pub fn unsettled(&self) -> impl Iterator<Item = &Difference> {
        let all = self.agreement.differences.iter();
        all.filter(|d| !self.kept.contains(d))
    }
}
