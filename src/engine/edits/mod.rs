//! What people do to a document: edits, their log, undo.
//!
//! Owns the meaning of every edit. Must not know buttons, keys or files.

mod apply;
pub mod boundaries;
mod entities;
mod error;
mod log;
mod quotes;
mod reread;
mod revise;
mod table;
#[cfg(test)]
mod tests;
mod transaction;

pub use apply::apply;
pub use error::EditError;
pub use log::EditLog;
pub use revise::{Revision, revise};

use crate::calendar::Stamp;
use crate::document::{
    AnnotationId, Body, Document, EntityId, Interval, Label, QuoteKind, Speaker, Suggestion, Timex,
};
use crate::text::{SourceText, Span};

/// One thing that a person did, complete in itself: applied to the same document it always gives
/// the same document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// It is right as it stands.
    Accept(AnnotationId),
    /// It is not an annotation; it stays in the document as a tombstone. One that a person had
    /// added goes altogether.
    Reject(AnnotationId),
    /// Takes back an accept or a reject.
    Restore(AnnotationId),
    /// Another label for a mention; its entity follows with all its mentions when `whole_entity`.
    Relabel {
        /// Which mention.
        id: AnnotationId,
        /// The new label.
        label: Label,
        /// Every mention of the same entity too.
        whole_entity: bool,
    },
    /// Other boundaries. For a quote the parts and the hull follow.
    Resize {
        /// Which annotation.
        id: AnnotationId,
        /// Its new span, not empty.
        span: Span,
    },
    /// A new annotation; the id is given by [`EditLog::fresh_id`].
    Add {
        /// Its id, not yet in use.
        id: AnnotationId,
        /// Where.
        span: Span,
        /// What.
        body: Body,
    },
    /// A suggestion was taken: it becomes an accepted annotation; or refused: a tombstone. Both keep
    /// certainty and reason, as they teach what to suggest.
    Answer {
        /// Its id, not yet in use.
        id: AnnotationId,
        /// What was suggested.
        suggestion: Suggestion,
        /// It is right.
        taken: bool,
    },
    /// Another value for a date.
    SetDate {
        /// Which date.
        id: AnnotationId,
        /// Its new value.
        timex: Timex,
        /// The interval that it stands for.
        interval: Option<Interval>,
    },
    /// Another speaker for a quote; `None`: nobody is named.
    SetSpeaker {
        /// Which quote.
        id: AnnotationId,
        /// Who speaks.
        speaker: Option<Speaker>,
    },
    /// Direct, mixed or indirect.
    SetQuoteKind {
        /// Which quote.
        id: AnnotationId,
        /// What it is.
        kind: QuoteKind,
    },
    /// Another cue.
    SetCue {
        /// Which quote.
        id: AnnotationId,
        /// The cue's stretches of the text.
        cue: Vec<Span>,
    },
    /// Another canonical name for an entity; quotes that name it as speaker follow.
    Rename {
        /// Which entity.
        entity: EntityId,
        /// Its new name, not blank.
        name: String,
    },
    /// "Same as …": `from` and all its mentions and quotes become `into`.
    Merge {
        /// The entity that goes.
        from: EntityId,
        /// The entity that stays.
        into: EntityId,
    },
    /// "Not the same": this mention gets an entity of its own, or goes to another that is there.
    Split {
        /// Which mention.
        id: AnnotationId,
        /// The other entity's id, or one that is not yet in use.
        entity: EntityId,
    },
    /// A new machine reading (another publication date, a better model): takes the place of the
    /// document under the edits; what a person decided stays decided.
    Reread(Box<Document>),
    /// Another version of the text itself; annotations are carried over to it ([`revise`]).
    Revise(SourceText),
    /// Another publication date, by hand, without a new reading.
    SetPublished(Option<Stamp>),
    /// Another title for the document; `None`: it has none.
    SetTitle(Option<String>),
    /// Several edits that are done and undone as one.
    Batch(Vec<Edit>),
}
