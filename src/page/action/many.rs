//! What is done with many documents: the list, files that come in together, the backup.

use crate::intake::Intake;
use crate::library::change::Correction;
use crate::library::choice::{Progress, Sort, View};
use crate::library::joined::Joined;
use crate::library::pack::Container;
use crate::protocol::{FoundArticle, FromEngine, FromFiles};
use crate::saved::Stored;

/// What a person does with the list of documents.
#[derive(Debug, Clone, PartialEq)]
pub enum ShelfAction {
    /// Search titles and texts for this.
    Search(String),
    /// Show them in this order.
    Sort(Sort),
    /// Show those that are checked so far.
    Show(Progress),
    /// Show this collection; `None`: all documents.
    ShowCollection(Option<String>),
    /// Draw more rows.
    More,
    /// Tick the document with this key, or untick it.
    Tick(String),
    /// Tick all that are listed, or untick all if they are ticked.
    TickAll,
    /// Put the ticked documents into this collection; an empty name takes them out.
    PutInto(String),
    /// Forget the ticked documents.
    ForgetTicked,
    /// Download the ticked documents in the format at this index of the files worker's list.
    Download(u32, Container),
    /// The document with this key was loaded for the download.
    PackLoaded(String, Option<Box<Stored>>),
    /// Show this view.
    ShowView(View),
    /// Open the row with this identity, or close it.
    ToggleRow(String),
    /// Open the document with this key at this annotation.
    OpenAt(String, String),
    /// Open the document with this key where the query stands.
    OpenHit(String),
    /// Download what the view lists as a table.
    DownloadTable,
    /// Correct every mention of the name with this identity.
    Correct(String, Correction),
    /// The document with this key was loaded for a correction.
    ChangeLoaded(String, Option<Box<Stored>>),
    /// Show where else the name stands that was just corrected.
    OpenElsewhere,
    /// Tick the place at this index, or untick it; `None`: all, or none if all are ticked.
    TickElsewhere(Option<usize>),
    /// Make the last correction in the other articles too, where it is ticked.
    CorrectElsewhere,
    /// Take the last correction over many documents back.
    UndoChange,
    /// Names are joined over all documents like this now.
    JoinedLoaded(Joined),
    /// The name with the first identity is the one with the second.
    Join(String, String),
    /// This name, which was joined to another, stands alone again.
    Part(String),
    /// Take the last joining or parting back.
    UndoJoin,
    /// Let the offer to take it back go.
    DismissChange,
    /// Open the next document that is not checked to its end.
    OpenNext,
    /// Digests were loaded: key, revision, JSON.
    DigestsLoaded(Vec<(String, u32, String)>),
    /// The document with this key was loaded, as its digest is missing.
    DigestMissing(String, Option<Box<Stored>>),
}

/// Many texts are read, one after another.
#[derive(Debug, Clone, PartialEq)]
pub enum QueueAction {
    /// Files are to be read.
    Add {
        /// How many.
        files: usize,
        /// How many processor cores there are.
        cores: usize,
        /// Now, in milliseconds since 1970.
        now: u64,
    },
    /// A file was fetched: what is in it, or its name and why it cannot be read.
    Fetched(Result<Fetched, (String, String)>),
    /// A worker of the queue sent a message.
    Worker(usize, FromEngine),
    /// A worker of the queue died.
    WorkerDied(usize),
    /// A document of the queue was saved, or another one that is not open.
    Saved(String, u32),
    /// A document of the queue was not saved, or another one that is not open.
    NotSaved(String, NotSaved),
    /// Files of other programs were opened: the job, the documents, what was left out.
    Opened(u32, Vec<String>, Vec<String>),
    /// A file holds articles to be read: the job, the articles, what was left out.
    FoundArticles(u32, Vec<FoundArticle>, Vec<String>),
    /// Files of other programs could not be opened: the job, and why.
    NotOpened(u32, String),
    /// Stop; what was read stays.
    Cancel,
}

/// What is in a file of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// A new key for its document.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What is in it; never a web page's source.
    pub intake: Intake,
    /// Its publication date, as found in a web page.
    pub published: Option<String>,
}

/// Everything is written into one file, and brought back.
#[derive(Debug, Clone, PartialEq)]
pub enum BackupAction {
    /// Write a backup of everything.
    Begin,
    /// The document with this key was loaded for it.
    Loaded(String, Option<Box<Stored>>),
    /// Bring back what is in this file, by its name and bytes.
    Restore(String, Vec<u8>),
    /// The files worker sent a message about a backup.
    Worker(FromFiles),
    /// The browser has brought a document back, or the reason why not.
    Restored(Result<Restored, String>),
}

/// What became of a document of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restored {
    /// It was not there: it is now.
    New,
    /// It is there already, with the same edits or more.
    Same,
    /// Another state of it is there: both are, this one under the title given.
    KeptBoth(String),
}

/// Why a document was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSaved {
    /// Another tab has saved it; with a new key for this tab's copy.
    Conflict(String),
    /// It is not in storage any more, though nobody has forgotten it.
    Gone,
    /// The edits before these were not saved: all of them have to be.
    Gap,
    /// It was forgotten in another tab.
    Forgotten,
    /// The browser refused, with the reason.
    Refused(String),
}
