//! What can happen to the page, and what the page then asks of the browser.

use super::dialog::Deed;
use super::filter::Choice;
use super::protocol::{FromFiles, FromWorker, ToFiles, ToWorker};
use super::saved::{Entry, Stored};
use super::state::{Pick, Scheme, Tab};
use galley_engine::document::{AnnotationId, EntityId, Kind, Label, QuoteKind};
use galley_engine::text::Span;
use galley_engine::view::axis::Zoom;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Text was pasted, typed or read from a file. `key`: a fresh storage key.
    Take(Taken),
    /// A file could not be taken; why.
    Refused(String),
    /// The sample was asked for, under this fresh key.
    Sample(String),

    /// The worker spoke.
    Worker(FromWorker),
    /// The worker died.
    WorkerDied,
    /// What [`Effect::Wait`] asked for: this job has been at it for a while.
    Late(u32),
    /// The worker of files spoke.
    Files(FromFiles),
    /// The worker of files died.
    FilesDied,
    /// Stop reading.
    Cancel,

    /// The list of kept documents came.
    Shelf(Vec<Entry>),
    /// A kept document was asked for.
    OpenKept(String),
    /// A kept document came; `None`: it is not there any more.
    Kept(String, Option<Box<Stored>>),
    /// It was saved, with this revision.
    Saved(String, u32),
    /// It was not saved.
    NotSaved(String, NotSaved),
    /// Forget this document.
    Forget(String),
    /// All that was kept of it is deleted.
    Forgotten(String),
    /// Storage failed otherwise; why.
    StorageTrouble(String),

    /// Back to the start view.
    Close,
    /// Another panel.
    Tab(Tab),
    /// The bottom sheet of small screens, up or down.
    Sheet,
    /// Show or hide a kind.
    Filter(Kind),
    /// Another choice of the filter.
    Choose(Choice),
    /// Something in a panel.
    Panel(Ask),
    /// The next colour scheme.
    NextScheme,
    /// This colour scheme was kept from last time.
    Scheme(Scheme),
    /// The list of keys, shown or not.
    Help,
    /// Keys of the article on or off.
    Keys,
    /// Settings of the keys that were kept from last time.
    KeptKeys(String),
    /// This row of the list of keys waits for its key; `None`: no row does.
    Rebind(Option<usize>),
    /// This key was pressed for the row that waits.
    Bind(String),
    /// The usual keys again.
    UsualKeys,
    /// Close the notice.
    CloseNotice,

    /// A mark was clicked or Enter pressed on it: the stack there, innermost first.
    Point(Vec<AnnotationId>),
    /// Go to an annotation from a panel: focus it and show it; `open`: its popover too.
    Go(AnnotationId, bool),
    /// The next (or previous) annotation; `unreviewed` ones only.
    Step {
        /// Backwards.
        back: bool,
        /// Only what nobody has checked.
        unreviewed: bool,
    },
    /// The annotation around this one.
    Outer,
    /// The annotation inside this one.
    Inner,
    /// Open the popover of the active annotation.
    OpenActive,
    /// Close what is open, the innermost first.
    Escape,
    /// Characters of the article were selected; `None`: nothing is any more.
    Select(Option<Span>),

    /// It is right.
    Accept,
    /// It is not an annotation.
    Reject,
    /// Take back accept or reject of this one.
    Restore(AnnotationId),
    /// Another label for the active annotation, or a new one over the selection.
    Label(Label),
    /// A new date over the selection.
    AddDate,
    /// A new quote over the selection.
    AddQuote,
    /// Move a boundary.
    Move(Edge, Step),
    /// A new canonical name for the entity of the active annotation.
    Rename(String),
    /// Open or close the list of entities to merge with.
    Merging,
    /// The active annotation's entity is the same as this one.
    Merge(EntityId),
    /// The active mention is not the same.
    Split,
    /// Accept every unchecked mention of an entity.
    AcceptEntity(EntityId),
    /// Open or close the list of the other places where the same words stand.
    Spread,
    /// Tick a place of that list or not; `None`: all of them, or none when all are.
    Tick(Option<usize>),
    /// What is done at the ticked places: as this annotation (`false`), or rejected (`true`).
    ApplyAll(bool),
    /// A click on a name in the text is to say who speaks; again: no more.
    PickSpeaker,
    /// Boundary buttons go by characters instead of words, or back.
    Unit,
    /// A boundary is being dragged to this byte of the text.
    Drag {
        /// Which.
        edge: Edge,
        /// Byte of the text under the pointer.
        at: usize,
        /// By characters instead of words.
        character: bool,
    },
    /// It was let go; `false`: the drag was broken off.
    Drop(bool),
    /// A caret in the text: on, off, moved, Enter pressed.
    Caret(Caret),
    /// A date value was typed.
    SetDate(String),
    /// Another reading of the date, by its place among the alternatives.
    PickDate(usize),
    /// Another speaker; `None`: nobody is named.
    SetSpeaker(Option<EntityId>),
    /// A speaker's name was typed.
    TypeSpeaker(String),
    /// Direct, mixed, indirect.
    SetQuoteKind(QuoteKind),
    /// A publication date was typed (ISO 8601) or cleared.
    Published(String),
    /// Take back.
    Undo,
    /// Do again.
    Redo,

    /// Open the search.
    Find,
    /// Look for this.
    Query(String),
    /// The next (or previous) hit.
    FindStep(bool),
    /// Download the Galley JSON.
    Download,
    /// Something of the dialogs: own words, another text, someone else's annotations.
    Dialog(Deed),
    /// The keyboard asked for a field of the popover ("speaker", "date", "name").
    Field(&'static str),
}

/// What a person does in the panels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Open a list of names; `None`: close it.
    Pick(Option<Pick>),
    /// The first entity is the same as the second.
    Unite(EntityId, EntityId),
    /// This mention is of that entity.
    Attach(AnnotationId, EntityId),
    /// This mention is of an entity of its own.
    Part(AnnotationId),
    /// Who speaks this quote; `None`: nobody is named.
    Speaker(AnnotationId, Option<EntityId>),
    /// The next (or previous) mention of an entity, shown in the text; the focus stays.
    Jump(EntityId, bool),
    /// Move the time axis.
    Time(Zoom),
}

/// Text that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// A fresh storage key.
    pub key: String,
    /// What it is.
    pub intake: super::intake::Intake,
    /// The name of the file.
    pub name: Option<String>,
    /// The publication date that the web page gave.
    pub published: Option<String>,
}

/// Why a document was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSaved {
    /// Another tab saved it meanwhile; a fresh key for this tab's copy.
    Conflict(String),
    /// The browser refused.
    Refused(String),
}

/// A boundary of an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain words")]
pub enum Edge {
    Start,
    End,
}

/// How a boundary moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Towards the end of the text.
    pub forward: bool,
    /// By a character instead of a word.
    pub character: bool,
}

/// What the caret in the text does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caret {
    /// On or off.
    Switch,
    /// Moves, or selects on from where it stood.
    Move {
        /// Selects.
        extend: bool,
        /// Towards the end.
        forward: bool,
        /// `character`, `word`, `line`, `lineboundary`: the units of `Selection.modify`.
        unit: &'static str,
    },
    /// Enter: opens the annotation at the caret, or marks what is selected.
    Enter,
}

/// Something that the browser is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send to the worker.
    Post(ToWorker),
    /// End the worker and start another.
    RestartWorker,
    /// After a while that a person notices, [`Action::Late`] with this job.
    Wait(u32),
    /// Show this Galley JSON of the sample once, where nobody sees it.
    Rehearse(Vec<u8>),
    /// Send to the worker of files.
    PostFiles(ToFiles),
    /// Start the worker of files; one that is there ends.
    StartFiles,
    /// Reduce a web page's source to its text, then `Take` it.
    ReduceHtml(Taken),
    /// Save; `base` only when it is new.
    Save {
        /// The line of the list; its revision is the last that this page saw.
        entry: Entry,
        /// The reading before every edit.
        base: Option<String>,
        /// The edits.
        edits: String,
    },
    /// Fetch the list of kept documents.
    LoadShelf,
    /// Fetch a kept document.
    Load(String),
    /// Delete a kept document.
    Forget(String),
    /// Note which document is open, for the next start.
    Remember(Option<String>),
    /// Move the focus, and scroll there.
    Focus(Target),
    /// Scroll to a stretch of the text and show it.
    ShowSpan(Span),
    /// Offer a file.
    Download {
        /// Its name.
        name: String,
        /// Its contents.
        bytes: Vec<u8>,
        /// Its media type.
        kind: String,
    },
    /// Keep the reader's own words; what another tab kept meanwhile stays.
    KeepWords {
        /// The list that this page's began with.
        before: String,
        /// The list now.
        after: String,
    },
    /// Put this into the field with the id; for a box to tick, empty is off.
    Fill(&'static str, String),
    /// Apply and keep a colour scheme.
    Scheme(Scheme),
    /// Drop the browser's selection.
    Unselect,
    /// Keep a small setting in this browser, or forget it.
    Keep(&'static str, Option<String>),
    /// Put the caret into the text (`Switch`), move it, or point at the mark under it (`Enter`).
    Caret(Caret),
}

/// Where the focus goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The first segment of an annotation.
    Mark(AnnotationId),
    /// The article.
    Article,
    /// The popover itself.
    Popover,
    /// An element by id.
    Id(&'static str),
    /// The row of an annotation or entity in the panel.
    Row(String),
}
