//! What the page asks of the browser. Only src/page/browser carries it out.

use super::action::{CaretAction, Scheme, Taken};
use super::library::joined::JoinChange;
use super::protocol::{ToEngine, ToFiles};
use super::saved::{EditsToKeep, Entry, Stored};
use galley_engine::document::AnnotationId;
use galley_engine::text::Span;

/// Something that the browser is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send a message to the engine's worker.
    PostEngine(ToEngine),
    /// End the engine's worker and start another.
    RestartEngine,
    /// Start the workers of the queue, as many as this.
    StartPool(usize),
    /// End a worker of the queue and start another in its place.
    RestartPoolWorker(usize),
    /// End the workers of the queue, and let go of the files that were not fetched.
    EndPool,
    /// Send a message to a worker of the queue.
    PostPool(usize, ToEngine),
    /// Fetch the file of the queue with this number.
    FetchFile(usize),
    /// Load all digests.
    LoadDigests,
    /// Load the document with this key, as its digest is missing.
    LoadForDigest(String),
    /// Load the document with this key for a download of several.
    LoadForPack(String),
    /// Load the document with this key for the backup.
    LoadForBackup(String),
    /// Bring this document of a backup back; another state of it that is kept is never overwritten.
    /// With its digest as JSON.
    RestoreDocument(Box<Stored>, String),
    /// Change what is joined over all documents, and send what is kept then.
    KeepJoined(JoinChange),
    /// Load the document with this key for a correction in many.
    LoadForChange(String),
    /// Note that documents are in this collection; an empty name: in none.
    SetCollection {
        /// Their keys.
        keys: Vec<String>,
        /// The collection's name.
        collection: String,
    },
    /// Send a message to the files worker.
    PostFiles(ToFiles),
    /// Start the files worker; one that runs already is ended.
    StartFiles,
    /// Send [`super::action::ReadAction::TimerEnded`] with this job number, after the time from which a
    /// person notices a delay.
    StartTimer(u32),
    /// Draw this Galley JSON of the sample once, outside of the page.
    WarmUp(Vec<u8>),
    /// Extract the readable text of a web page's source, then take that.
    ReduceHtml(Taken),
    /// Save the open document.
    Save {
        /// The document's line in the list; its revision is the one that this save builds on.
        entry: Entry,
        /// The document before every edit, in Galley JSON; `None` if it is stored already.
        base: Option<String>,
        /// The edits.
        edits: EditsToKeep,
        /// [`super::library::Digest`] as JSON; `None`: the one that is stored is out of date from now on.
        digest: Option<String>,
    },
    /// Send [`super::action::StorageAction::SaveTimeOver`] with this key and revision, after the time from
    /// which a person should know that the browser does not answer.
    StartSaveTimer(String, u32),
    /// Keep the digest of the document with this key and revision.
    KeepDigest {
        /// The document's key.
        key: String,
        /// The revision that it is of.
        revision: u32,
        /// [`super::library::Digest`] as JSON.
        digest: String,
    },
    /// Say what the page itself has requested, and how full the storage is.
    CountRequests,
    /// Ask the browser not to remove what is kept.
    AskToPersist,
    /// Load the list of kept documents.
    ListDocuments,
    /// Puts the files that were opened last into the queue: they hold several articles.
    QueueOpenedFiles,
    /// Load the document with this key.
    LoadDocument(String),
    /// Mark documents as forgotten, or take that back: they leave the list, and no tab saves them again.
    MarkForgotten {
        /// Their keys.
        keys: Vec<String>,
        /// Forgotten, not taken back.
        forgotten: bool,
    },
    /// Send [`super::action::StorageAction::UndoTimeOver`] with this number when forgetting can no longer be
    /// taken back.
    StartUndoTimer(u32),
    /// Delete the forgotten documents with these keys.
    Delete(Vec<String>),
    /// Note which document is open, for the next visit.
    Remember(Option<String>),
    /// Move the focus, and scroll there.
    Focus(Target),
    /// Scroll to this stretch of the text and highlight it.
    ShowSpan(Span),
    /// Offer a file for download.
    Download {
        /// Its name.
        name: String,
        /// Its contents.
        bytes: Vec<u8>,
        /// Its media type.
        media_type: String,
    },
    /// Write the word list to storage; entries that another tab has written meanwhile stay.
    StoreWords {
        /// The list before this page changed it.
        before: String,
        /// The list now.
        after: String,
    },
    /// Load the kept documents, for [`super::action::LearnAction::Gathered`].
    /// What was learned from already is not loaded: keys and revisions.
    GatherCorrected(Option<Vec<(String, u32)>>),
    /// Load the documents of a collection (`None`: all), for suggestions.
    GatherForSuggestions(Option<String>),
    /// Put this value into the field with this id; for a check box, an empty value unticks it.
    FillField(&'static str, String),
    /// Apply and keep a colour scheme.
    SetScheme(Scheme),
    /// Clear the browser's selection.
    ClearSelection,
    /// Keep a small setting in this browser, or delete it.
    StoreSetting(&'static str, Option<String>),
    /// Show the caret in the text (`Toggle`), move it, or point at the mark under it (`Enter`).
    Caret(CaretAction),
}

/// What gets the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The first segment of an annotation.
    Mark(AnnotationId),
    /// The same without scrolling there.
    MarkInPlace(AnnotationId),
    /// The article.
    Article,
    /// The popover.
    Popover,
    /// The element with this id.
    Id(&'static str),
    /// The row of an annotation or an entity in the panel.
    Row(String),
}
