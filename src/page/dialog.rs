//! What is open over everything: the reader's own words, another version of the text, someone
//! else's annotations.

use std::rc::Rc;

use super::protocol::Offer;
use galley_engine::agreement::{Agreement, Difference};
use galley_engine::document::Document;
use galley_engine::user_words::{WordEntry, WordListFile};

/// The reader's own words, as this page knows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserWords {
    /// Names and labels.
    pub book: WordListFile,
    /// The list as it was last given to the browser's storage, or came from there.
    pub kept: String,
}

/// One dialog at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dialog {
    /// What there is to open.
    Menu,
    /// The reader's own words.
    Words {
        /// The entry that the form holds.
        editing: Option<WordEntry>,
        /// What was wrong with the last lines.
        trouble: Vec<String>,
    },
    /// Another version of the text.
    Text(Option<Preview>),
    /// The formats in which the document can be downloaded.
    Files {
        /// The number with which the worker was asked; 0: it was not yet.
        asked: u32,
        /// What it answered: all formats but Galley JSON.
        offers: Option<Vec<Offer>>,
    },
    /// Someone else's annotations; what they are is the document's own (`Open::other`).
    Compare,
}

/// What would become of the annotations in another version of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The version.
    pub text: String,
    /// How many stay with their words.
    pub same: usize,
    /// Words before and after.
    pub changed: Vec<(String, String)>,
    /// What goes: what it was, and its words.
    pub lost: Vec<(&'static str, String)>,
}

/// Someone else's annotations beside the document's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The name of their file.
    pub name: String,
    /// Their document, over our text.
    pub theirs: Rc<Document>,
    /// How many of its annotations have no place in our text.
    pub lost: usize,
    /// Measures and differences, of the document as it now is.
    pub agreement: Agreement,
    /// Differences in which ours was kept.
    pub kept: Vec<Difference>,
}

impl Comparison {
    /// Differences that are still to be settled.
    pub fn open(&self) -> impl Iterator<Item = &Difference> {
        let all = self.agreement.differences.iter();
        all.filter(|d| !self.kept.contains(d))
    }
}

/// What is done in the dialogs.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Open the menu; without a document, the words.
    Menu,
    /// Open the reader's own words.
    Words,
    /// Open the text to be revised.
    Text,
    /// Open the comparison.
    Compare,
    /// Open the list of formats.
    Files,
    /// Download in the format at this place of the list; `None`: Galley JSON.
    Write(Option<u32>),
    /// Put the annotations of this one of the others beside the document's own.
    Beside(usize),
    /// Close the dialog.
    Close,

    /// Lines of a list: of the forms or of a file.
    Lines(String),
    /// Put the entry at this place into the form.
    Edit(usize),
    /// Take the entry at this place off the list.
    Drop(usize),
    /// Put the label at this place into the form.
    EditLabel(usize),
    /// Take the label at this place away.
    DropLabel(usize),
    /// Download the list.
    Export,
    /// Read the open document again with the list.
    Apply,
    /// The words of the active mention are always (or never) marked.
    Mark(bool),
    /// The list as it was given to the storage, and as it stands there now.
    Kept {
        /// What was given; empty at the start.
        asked: String,
        /// What stands there.
        stored: String,
    },

    /// Show what would become of the annotations with this text; the same text again: do it.
    Revise(String),

    /// Someone else's file: its name and its text.
    Open(String, String),
    /// Take theirs, in this one of the open differences.
    Theirs(usize),
    /// Keep ours.
    Ours(usize),
    /// Show the place in the article.
    Show(usize),
}
