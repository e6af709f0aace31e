//! What can happen to the page, by area. What the page then asks of the browser is an [`super::effect::Effect`].
//!
//! [`super::update::update`] matches [`Action`] exhaustively and hands each area to its own handler, which matches
//! exhaustively too: a new variant does not compile before it does something.

mod many;

pub use many::{BackupAction, Fetched, NotSaved, QueueAction, Restored, ShelfAction};

use super::intake::Intake;
use super::learning::TrialPurpose;
use super::leaving::{Leaving, Program};
use super::protocol::{
    FromEngine, FromFiles, KeptDocument, LabelRow, LearnedReport, RequestReport, SuggestedDocument,
    SuggestionRow,
};
use super::saved::{Entry, Stored};
use galley_engine::document::{AnnotationId, EntityId, Kind, Label, QuoteKind};
use galley_engine::text::Span;
use galley_engine::view::axis::Zoom;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A text comes in and is read by the engine.
    Read(ReadAction),
    /// Other formats are written and opened.
    Files(FilesAction),
    /// Documents are kept in this browser.
    Storage(StorageAction),
    /// The list of documents, and what is done to many of them.
    Shelf(ShelfAction),
    /// Many texts are read, one after another.
    Queue(QueueAction),
    /// Everything is written into one file, and brought back.
    Backup(BackupAction),
    /// The page as a whole.
    Page(PageAction),
    /// Keyboard shortcuts and the list of them.
    Keyboard(KeyboardAction),
    /// The open dialog.
    Dialog(DialogAction),
    /// Patterns, and what corrections teach.
    Learn(LearnAction),
    /// The focus moves through the annotations.
    Walk(WalkAction),
    /// Search.
    Search(SearchAction),
    /// The popover of an annotation.
    Popover(PopoverAction),
    /// The caret in the article.
    Caret(CaretAction),
    /// The panel beside the article.
    Panel(PanelAction),
    /// Which annotations are shown.
    Filter(FilterAction),
    /// The document changes.
    Edit(EditAction),
}

/// Each area becomes an [`Action`], so that callers name the area only.
macro_rules! areas {
    ($($area:ident($action:ident)),+ $(,)?) => {$(
        impl From<$action> for Action {
            fn from(action: $action) -> Action {
                Action::$area(action)
            }
        }
    )+};
}

areas!(
    Read(ReadAction),
    Files(FilesAction),
    Storage(StorageAction),
    Shelf(ShelfAction),
    Queue(QueueAction),
    Backup(BackupAction),
    Page(PageAction),
    Keyboard(KeyboardAction),
    Dialog(DialogAction),
    Learn(LearnAction),
    Walk(WalkAction),
    Search(SearchAction),
    Popover(PopoverAction),
    Caret(CaretAction),
    Panel(PanelAction),
    Filter(FilterAction),
    Edit(EditAction),
);

impl From<SuggestAction> for Action {
    fn from(action: SuggestAction) -> Action {
        Action::Learn(LearnAction::Suggest(action))
    }
}

/// A text comes in and is read by the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadAction {
    /// Text was pasted, typed or read from a file.
    Take(Taken),
    /// The pasted text or the file was refused, with the reason.
    Refused(String),
    /// Read the sample text and keep it under this new key.
    TakeSample(String),
    /// The engine's worker sent a message.
    Engine(FromEngine),
    /// The engine's worker died.
    EngineDied,
    /// The timer of [`super::effect::Effect::StartTimer`] for this job has run out.
    TimerEnded(u32),
    /// Stop reading.
    Cancel,
}

/// Other formats are written and opened.
#[derive(Debug, Clone, PartialEq)]
pub enum FilesAction {
    /// Start the files worker, unless it was started before.
    Start,
    /// The files worker sent a message.
    Worker(FromFiles),
    /// The files worker died.
    Died,
    /// Open files of other programs or damaged Galley JSON.
    Open {
        /// A new storage key for the document.
        key: String,
        /// Files that belong together.
        files: Vec<super::protocol::File>,
    },
    /// Ask in which formats the document can be downloaded.
    RequestOffers,
    /// Download the document as Galley JSON.
    DownloadGalley,
}

/// Documents are kept in this browser.
#[derive(Debug, Clone, PartialEq)]
pub enum StorageAction {
    /// The list of kept documents was loaded.
    Listed(Vec<Entry>),
    /// The browser has not answered for so long that a person should know.
    ListTimeOver,
    /// Open the document with this key.
    Open(String),
    /// The document with this key was loaded; `None` if there is no such document any more.
    Loaded(String, Option<Box<Stored>>),
    /// The document with this key was saved, with this revision number.
    Saved(String, u32),
    /// The document with this key was not saved.
    NotSaved(String, NotSaved),
    /// The browser does not answer whether the document with this key was saved with this revision.
    SaveTimeOver(String, u32),
    /// Forget the documents with these keys. It can be undone for a while.
    Forget(Vec<String>),
    /// Take back what was forgotten last.
    UndoForget,
    /// Forgetting with this number can no longer be undone.
    UndoTimeOver(u32),
    /// The documents with these keys have been deleted.
    Deleted(Vec<String>),
    /// The page is being closed.
    Leaving,
    /// The page is no longer seen.
    Hidden,
    /// The browser promised to keep what is stored, or did not; `None`: it knows no such promise.
    Persisted(Option<bool>),
    /// Another tab holds the document with this key.
    OpenElsewhere(String),
    /// Another tab saved the document with this key, with this revision.
    SavedElsewhere(String, u32),
    /// Another tab has forgotten the documents with these keys.
    ForgottenElsewhere(Vec<String>),
    /// The browser has closed the connection to its storage.
    ConnectionLost,
    /// Another operation failed, with the reason.
    Failed(String),
}

/// The page as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageAction {
    /// Go back to the start view.
    CloseDocument,
    /// Close the innermost thing that is open.
    Escape,
    /// Close the notice.
    CloseNotice,
    /// Hide the toast with this number, if it is still there.
    HideToast(u32),
    /// Close the hints for newcomers, for good.
    CloseHints,
    /// The hints were closed on an earlier visit.
    HintsSeen,
    /// Switch to the next colour scheme.
    NextScheme,
    /// Use this colour scheme, as kept from the last visit.
    SetScheme(Scheme),
    /// Announce this sentence in the live region.
    Announce(String),
    /// Show this sentence in a box.
    Tell(String),
}

/// Keyboard shortcuts and the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyboardAction {
    /// Show or hide the list of shortcuts.
    ToggleHelp,
    /// Switch the shortcuts of the article on or off.
    ToggleShortcuts,
    /// Use this keymap, as kept from the last visit.
    Restore(String),
    /// Wait for a new key for the command in this row; `None`: stop waiting.
    Rebind(Option<usize>),
    /// This key was pressed while a row waits for one.
    Bind(String),
    /// Go back to the default keys.
    Reset,
}

/// What a person does in the dialogs.
#[derive(Debug, Clone, PartialEq)]
pub enum DialogAction {
    /// Open the menu, or the word list if no document is open.
    OpenMenu,
    /// Open the reader's word list.
    OpenWords,
    /// Open the text for revision.
    OpenText,
    /// Open the comparison.
    OpenComparison,
    /// Open the list of download formats.
    OpenFormats,
    /// Open the backup.
    OpenBackup,
    /// Open what leaves this page.
    OpenLeaving,
    /// The browser says what is known of it without the workers.
    LeavingKnown(Box<Leaving>),
    /// A worker says what it has requested.
    Counted(Program, RequestReport),
    /// Ask the browser not to remove what is kept.
    AskToKeep,
    /// Close the dialog.
    Close,

    /// Download in the format at this index of the list; `None`: Galley JSON.
    Download(Option<u32>),

    /// Add lines to the word list, from a form or a file.
    AddLines(String),
    /// Put the entry at this index into the form.
    EditEntry(usize),
    /// Remove the entry at this index.
    RemoveEntry(usize),
    /// Put the label at this index into the form.
    EditLabel(usize),
    /// Remove the label at this index.
    RemoveLabel(usize),
    /// Download the word list.
    ExportWords,
    /// Read the open document again with the current word list.
    ReadAgain,
    /// Always (or never) mark the words of the active mention.
    ListActiveMention {
        /// Always, not never.
        always: bool,
    },
    /// The word list was written to storage.
    WordsStored {
        /// The list this page wrote; empty at the start.
        written: String,
        /// The list that is stored now.
        stored: String,
    },

    /// Preview what happens to the annotations with this text; the second time: use it.
    Revise(String),

    /// Compare with another person's file: its name and its text.
    OpenTheirs(String, String),
    /// Show the comparison at this index.
    ShowComparison(usize),
    /// Take their side of the open difference at this index.
    TakeTheirs(usize),
    /// Keep our side of the open difference at this index.
    KeepOurs(usize),
    /// Show the open difference at this index in the article.
    ShowDifference(usize),
}

/// Patterns, and what corrections teach.
#[derive(Debug, Clone, PartialEq)]
pub enum LearnAction {
    /// Gather the corrected documents and learn from them.
    Start,
    /// The corrected documents, the one that was changed first at the head; `None`: they are those that
    /// the worker has learned from.
    Gathered(Option<Vec<KeptDocument>>),
    /// Suggestions of the reader's own labels.
    Suggest(SuggestAction),
    /// The worker has learned.
    Learned(LearnedReport),
    /// Open the page that tells what was learned.
    Open,
    /// Use what was learned, or do not.
    Switch,
    /// The switch as it was left at the last visit: off.
    RestoreOff,
    /// Accept every name of the open article that nobody has checked.
    MarkReviewed,
    /// Remove this line from the list, which the articles contradict.
    DropEntry(String),
    /// Keep this line, and do not ask again now.
    KeepEntry(String),
    /// Forget what a colleague had learned.
    DropShare,
    /// Try a pattern: what it is tried for, the pattern, whether case does not matter.
    Try(TrialPurpose, String, bool),
    /// The worker's answer to this request.
    Tried {
        /// The request's number.
        job: u32,
        /// Start and end of each match, in bytes.
        hits: Vec<(u32, u32)>,
        /// Why the pattern cannot be used.
        trouble: Option<String>,
    },
    /// Show the hit at this index in the article.
    ShowHit(usize),
    /// Put the shipped pattern at this index on the list, or take it off.
    ToggleShipped(usize),
    /// Remove the pattern at this index of the list.
    RemovePattern(usize),
}

/// Suggestions of the reader's own labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestAction {
    /// The worker suggests.
    Found {
        /// The document's key.
        key: String,
        /// In text order.
        suggestions: Vec<SuggestionRow>,
        /// What is known of the labels.
        labels: Vec<LabelRow>,
    },
    /// Show the next one.
    Step {
        /// The previous one instead.
        back: bool,
    },
    /// Show the one at this index.
    Show(usize),
    /// Show the one at this byte of the text, if there is one.
    PointAt(usize),
    /// Take one, or refuse it.
    Answer {
        /// Its index; `None`: the one that is shown.
        at: Option<usize>,
        /// It is right.
        taken: bool,
    },
    /// Take all that are sure.
    TakeSure,
    /// Count suggestions in all documents of the collection that is listed.
    Everywhere,
    /// The documents to count in.
    GatheredEverywhere(Vec<KeptDocument>),
    /// The worker has counted.
    FoundEverywhere(Vec<SuggestedDocument>),
}

/// The focus moves through the annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalkAction {
    /// A mark was clicked, or Enter was pressed on it: the annotations there, innermost first.
    Point(Vec<AnnotationId>),
    /// Focus and show this annotation; `true`: open its popover too.
    Go(AnnotationId, bool),
    /// Go to the next annotation.
    Step {
        /// To the previous one instead.
        back: bool,
        /// Only to annotations that nobody has checked.
        unreviewed: bool,
    },
    /// Go to the annotation around this one.
    Outer,
    /// Go to the annotation inside this one.
    Inner,
    /// Open the popover of the active annotation.
    OpenActive,
    /// Start or end the review: the least certain first, one after the other.
    ToggleReview,
    /// The pointer rests on this annotation, or on none.
    Hover(Option<AnnotationId>),
    /// A word was double-clicked.
    DoubleClick(Span),
    /// Text of the article was selected; `None`: nothing is selected any more.
    Select(Option<Span>),
    /// Open the popover and focus the field with this id.
    FocusField(&'static str),
}

/// Search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchAction {
    /// Open the search field.
    Open,
    /// Search for this.
    Query(String),
    /// Go to the next hit, or (`true`) to the previous one.
    Step(bool),
}

/// The popover of an annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PopoverAction {
    /// Open or close the list of entities to merge with.
    ToggleMergeList,
    /// Open or close the list of other occurrences of the same words.
    ToggleOccurrences,
    /// Tick or untick the occurrence at this index; `None`: all of them, or none if all are ticked.
    Tick(Option<usize>),
    /// Start or stop picking a speaker in the text.
    PickSpeaker,
    /// Let the boundary buttons move by characters instead of words, or back.
    ToggleUnit,
    /// This is typed in a field and not done yet.
    Type(DraftField, String),
    /// The focus leaves a field in which this is typed.
    LeaveField(DraftField, String),
    /// Let a label go to this mention alone, or to all mentions again.
    ToggleScope,
    /// A boundary is being dragged.
    DragBoundary {
        /// Which one.
        edge: Edge,
        /// Byte offset of the text under the pointer.
        at: usize,
        /// By characters instead of words.
        character: bool,
    },
    /// The dragged boundary was released; `false`: the drag was cancelled.
    DropBoundary(bool),
    /// Wait for a word that becomes the nearer edge, clicked or typed; or stop waiting.
    ToggleEdge,
    /// The nearer edge goes to the word at this byte of the text.
    SetEdge(usize),
    /// Preview the edge at the nearest word that begins with these letters.
    TypeEdge(String),
    /// Preview the edge at the next such word, or (`true`) at the one before.
    StepEdge(bool),
    /// Keep the label that is given next: from then on a double click gives it; or stop that.
    ToggleKeep,
}

/// The caret in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaretAction {
    /// Switch it on or off.
    Toggle,
    /// Move it, or extend the selection.
    Move {
        /// Extend the selection.
        extend: bool,
        /// Towards the end of the text.
        forward: bool,
        /// `character`, `word`, `line`, `lineboundary`: the units of `Selection.modify`.
        unit: &'static str,
    },
    /// Open the annotation at the caret, or mark the selected text.
    Enter,
}

/// What a person does in the panels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelAction {
    /// Show this tab.
    ShowTab(Tab),
    /// Raise or lower the bottom sheet of small screens.
    ToggleBottomSheet,
    /// Open a list of names; `None`: close it.
    ListNames(Option<NameList>),
    /// Merge the first entity into the second.
    Merge(EntityId, EntityId),
    /// Move this mention to that entity.
    MoveMention(AnnotationId, EntityId),
    /// Make this mention an entity of its own.
    SplitMention(AnnotationId),
    /// Set the speaker of this quote; `None`: nobody is named.
    SetSpeaker(AnnotationId, Option<EntityId>),
    /// Show the next (or `true`: previous) mention of an entity in the text; the focus stays.
    JumpToMention(EntityId, bool),
    /// From this certainty on, in thousandths, "accept all" accepts.
    SetSureFrom(u16),
    /// Go to the button that accepts all that are sure.
    FocusSure,
    /// Move the time axis.
    ZoomTimeline(Zoom),
}

/// Which annotations are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterAction {
    /// Show or hide a kind.
    ToggleKind(Kind),
    /// Only this label, by its name in files; empty: any.
    Label(String),
    /// Only this status, by its name in files; empty: any.
    Status(String),
    /// Only this speaker: a name, or [`super::filter::NOBODY`]; empty: any.
    Speaker(String),
    /// Only uncertain annotations, or all.
    ToggleUncertain,
    /// Quotes of documents and attitudes too, or speech alone.
    ToggleReports,
    /// Reset everything but [`FilterAction::ToggleReports`].
    ShowAll,
}

/// The document changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditAction {
    /// Accept the active annotation.
    Accept,
    /// Accept the active annotation and go on to the next that nobody has checked.
    AcceptAndGoOn,
    /// Accept everything unchecked that is at least as certain as the panel's slider says.
    AcceptSure,
    /// Accept every unchecked mention of the active annotation's entity.
    AcceptMentions,
    /// Reject the active annotation.
    Reject,
    /// Undo accepting or rejecting this annotation.
    Restore(AnnotationId),
    /// Relabel the active annotation (make an entity of a date or a quote), or annotate the selected text.
    SetLabel(Label),
    /// Mark the selected text as a date, or make a date of the active annotation.
    AddDate,
    /// Mark the selected text as a quote, or make a quote of the active annotation.
    AddQuote,
    /// Take back the last relabelling and give this label to this mention alone.
    OnlyThisOne(AnnotationId, Label),
    /// Give this label to all hits of the search that are whole words.
    MarkFound(Label),
    /// Move a boundary of the active annotation.
    MoveBoundary(Edge, Step),
    /// Rename the entity of the active annotation.
    Rename(String),
    /// Merge the entity of the active annotation into this one.
    Merge(EntityId),
    /// Make the active mention an entity of its own.
    Split,
    /// Accept every unchecked mention of an entity.
    AcceptEntity(EntityId),
    /// Make the ticked occurrences what the active annotation is.
    ApplyToTicked {
        /// Reject them (and the annotation) instead.
        reject: bool,
    },
    /// Set the value of the active date, as typed.
    SetDate(String),
    /// Use the alternative reading of the date at this index.
    PickAlternative(usize),
    /// Set the speaker of the active quote; `None`: nobody is named.
    SetSpeaker(Option<EntityId>),
    /// Set the speaker of the active quote, as typed.
    NameSpeaker(String),
    /// The speaker of the active quote is the one at this index of the popover's list.
    PickSpeaker(usize),
    /// Set the kind of the active quote.
    SetQuoteKind(QuoteKind),
    /// Set the publication date, as typed; empty: unknown.
    SetPublished(String),
    /// Give the document this title; empty: that of its text again.
    SetTitle(String),
    /// Undo.
    Undo,
    /// Redo.
    Redo,
}

/// Text that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// A new storage key.
    pub key: String,
    /// What it is.
    pub intake: Intake,
    /// The name of the file.
    pub name: Option<String>,
    /// The publication date that the web page gave.
    pub published: Option<String>,
}

/// A field of the popover that is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftField {
    /// The name of an entity.
    Name,
    /// The speaker of a quote.
    Speaker,
    /// The value of a date.
    Date,
}

/// A boundary of an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The first byte.
    Start,
    /// The byte after the last one.
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

/// Colour scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// The system's.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Scheme {
    /// Its name in storage and in `data-scheme`.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::System => "system",
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }

    /// The inverse of [`Scheme::name`]; anything else is `System`.
    pub fn parse(name: &str) -> Scheme {
        match name {
            "light" => Scheme::Light,
            "dark" => Scheme::Dark,
            _ => Scheme::System,
        }
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Scheme::System => "same as the system",
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }

    /// The scheme after this one.
    pub fn next(self) -> Scheme {
        match self {
            Scheme::System => Scheme::Light,
            Scheme::Light => Scheme::Dark,
            Scheme::Dark => Scheme::System,
        }
    }
}

/// Tabs of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// What nobody has checked.
    #[default]
    Review,
    /// Entities with their mentions.
    People,
    /// Quotes by speaker.
    Quotes,
    /// Dates in the order of the calendar.
    Timeline,
}

impl Tab {
    /// Every tab, its name in ids and its title.
    pub const ALL: [(Tab, &'static str, &'static str); 4] = [
        (Tab::Review, "review", "Review"),
        (Tab::People, "people", "People & places"),
        (Tab::Quotes, "quotes", "Quotes"),
        (Tab::Timeline, "timeline", "Timeline"),
    ];
}

/// A list of names in a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameList {
    /// Entities that this one may be the same as.
    SameAs(EntityId),
    /// Entities that may be the speaker of this quote.
    SpeakerOf(AnnotationId),
}
