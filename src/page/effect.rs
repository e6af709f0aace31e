//! What the page asks of the browser. Only src/page/browser carries it out.

use super::action::{CaretAction, Scheme, Taken};
use super::protocol::{ToEngine, ToFiles};
use super::saved::Entry;
use galley_engine::document::AnnotationId;
use galley_engine::text::Span;

/// Something that the browser is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send a message to the engine's worker.
    PostEngine(ToEngine),
    /// End the engine's worker and start another.
    RestartEngine,
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
        /// The document's line in the list; its revision is the last one that this page has seen.
        entry: Entry,
        /// The document before every edit, in Galley JSON; `None` if it is stored already.
        base: Option<String>,
        /// The edits.
        edits: String,
    },
    /// Load the list of kept documents.
    ListDocuments,
    /// Load the document with this key.
    LoadDocument(String),
    /// Delete the document with this key.
    Forget(String),
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
    GatherCorrected,
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
