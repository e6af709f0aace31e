//! All that the page knows. Nothing here touches a browser.

use std::rc::Rc;

use super::action::{DraftField, NameList, Scheme, Tab};
use super::dialog::{Comparison, Dialog, UserWords};
use super::filter::Filter;
use super::keymap::Keymap;
use super::learning::Learning;
use super::library::backup::BackupState;
use super::library::change::Change;
use super::library::elsewhere::Elsewhere;
use super::library::pack::Pack;
use super::library::{Library, Queue, Shelf};
use super::lists;
use super::occurrences::Occurrences;
use super::protocol::{File, FormatRow};
use super::saved::Entry;
use super::search::{SearchIndex, pattern_of_query};
use super::sections::Sections;
use super::words::shorten;
use galley_engine::calendar::Stamp;
use galley_engine::document::{
    Annotation, AnnotationId, Document, Entity, Label, SUGGESTED, Status, Suggestion,
};
use galley_engine::edits::EditLog;
use galley_engine::text::{OffsetMap, Span};
use galley_engine::view::axis::TimeRange;

/// The page.
#[derive(Debug)]
pub struct State {
    /// The engine's worker.
    pub engine: WorkerState,
    /// The files worker.
    pub files: WorkerState,
    /// What a worker is reading.
    pub job: Option<Job>,
    /// The number of the last job.
    pub last_job: u32,
    /// The open document; `None`: the start view.
    pub open: Option<Open>,
    /// The documents that this browser keeps, latest first.
    pub kept_documents: Vec<Entry>,
    /// The list of them was loaded.
    pub listed: bool,
    /// What is shown of the list.
    pub shelf: Shelf,
    /// What is known of the documents without opening them.
    pub library: Library,
    /// Texts that wait to be read.
    pub queue: Option<Queue>,
    /// A download of several documents that is being put together.
    pub pack: Option<Pack>,
    /// A backup that is being written or brought back.
    pub backup: BackupState,
    /// The last correction of a name, if it may hold in other articles of the list.
    pub elsewhere: Option<Elsewhere>,
    /// A correction over many documents, under way or just done.
    pub change: Option<Change>,
    /// Where to go in the document that is being opened.
    pub go_to: Option<GoTo>,
    /// The formats for it; empty: not asked for yet.
    pub formats: Vec<FormatRow>,
    /// The next document is opened as soon as the list is there.
    pub opens_next: bool,
    /// What was forgotten last, while it can be taken back.
    pub forgetting: Option<Forgetting>,
    /// How many times something was forgotten.
    pub last_forgetting: u32,
    /// Whether the browser has promised to keep what is stored.
    pub promise: Promise,
    /// A sentence in a box that stays until it is closed.
    pub notice: Option<Notice>,
    /// The polite live region.
    pub announced: Announcement,
    /// The same in sight, until it is hidden.
    pub toast: Option<Toast>,
    /// The hints for newcomers were closed.
    pub hints_seen: bool,
    /// The colour scheme.
    pub scheme: Scheme,
    /// The list of shortcuts is shown.
    pub help: bool,
    /// Which key belongs to which shortcut.
    pub keys: Keymap,
    /// The reader's own words.
    pub words: UserWords,
    /// Patterns, and what corrections taught.
    pub learning: Learning,
    /// The open dialog.
    pub dialog: Option<Dialog>,
}

impl Default for State {
    fn default() -> State {
        State {
            // The page starts this worker as soon as it is there, the other one later.
            engine: WorkerState::Starting { deaths: 0 },
            files: WorkerState::NotStarted,
            job: None,
            last_job: 0,
            open: None,
            kept_documents: Vec::new(),
            listed: false,
            shelf: Shelf::default(),
            library: Library::default(),
            queue: None,
            pack: None,
            backup: BackupState::default(),
            elsewhere: None,
            change: None,
            go_to: None,
            formats: Vec::new(),
            opens_next: false,
            forgetting: None,
            last_forgetting: 0,
            promise: Promise::default(),
            notice: None,
            announced: Announcement::default(),
            toast: None,
            hints_seen: false,
            scheme: Scheme::default(),
            help: false,
            keys: Keymap::default(),
            words: UserWords::default(),
            learning: Learning::default(),
            dialog: None,
        }
    }
}

/// A worker, as the page sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkerState {
    /// Nobody has started it.
    NotStarted,
    /// It was started and has not said hello yet.
    Starting {
        /// How often it has died.
        deaths: u8,
    },
    /// It takes messages.
    Ready {
        /// How often it has died.
        deaths: u8,
    },
    /// The page does without it, for the reason given in plain words.
    GivenUp(String),
}

impl WorkerState {
    /// True if it takes messages.
    pub fn is_ready(&self) -> bool {
        matches!(self, WorkerState::Ready { .. })
    }

    /// True if the page does without it.
    pub fn is_given_up(&self) -> bool {
        matches!(self, WorkerState::GivenUp(_))
    }

    /// How often it has died.
    pub fn deaths(&self) -> u8 {
        match self {
            WorkerState::Starting { deaths } | WorkerState::Ready { deaths } => *deaths,
            WorkerState::NotStarted | WorkerState::GivenUp(_) => 0,
        }
    }
}

/// A place in a document that is being opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoTo {
    /// This annotation of the document with this key.
    Annotation(String, AnnotationId),
    /// The first place of this query in the document with this key.
    Hit(String, String),
}

/// Documents that are gone from the list and can still be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgetting {
    /// The number of the timer that ends this.
    pub number: u32,
    /// Their entries.
    pub entries: Vec<Entry>,
}

/// Whether the browser has promised not to remove what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Promise {
    /// It was not asked: nothing was corrected yet.
    #[default]
    NotAsked,
    /// It was asked and has not answered.
    Asked,
    /// It keeps what is stored until a person forgets it.
    Given,
    /// It may remove it when space is short.
    Refused,
    /// It knows no such promise.
    Unknown,
}

/// What the live region says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Announcement {
    /// Counts the announcements, so that the same sentence can be said twice.
    pub count: u32,
    /// The sentence.
    pub text: String,
}

/// Something that a worker is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub number: u32,
    /// What the answer is for.
    pub purpose: Purpose,
    /// The text, kept to ask again after a crash.
    pub text: Rc<str>,
    /// The publication date that was given.
    pub published: Option<Stamp>,
    /// It was sent to the worker.
    pub posted: bool,
    /// How often the worker died while reading it.
    pub deaths: u8,
    /// Milliseconds that the whole text will take, estimated from the first screenful.
    pub estimate: Option<u32>,
    /// It takes so long that a person notices, so progress is shown. Drawing it for less would only delay the
    /// marks.
    pub is_slow: bool,
}

/// What a job is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A new document, kept under this key.
    Open {
        /// The key in the browser's storage.
        key: String,
        /// The name of the file it came from.
        name: Option<String>,
    },
    /// Read the open document again with another publication date.
    NewDate,
    /// Read the open document again with the current word list.
    NewWords,
    /// Revise the text of the document with this key.
    Revise(String),
    /// Open files of other programs as a document with this key.
    Import(String, Rc<Vec<File>>),
}

/// Speakers that the popover offers at a time.
const MAX_OFFERED_SPEAKERS: usize = 6;

/// From this certainty on, in thousandths, "accept all" accepts until a person moves the slider.
const SURE_FROM: u16 = 900;

/// What the live region says, in sight for some seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// The number of the announcement.
    pub number: u32,
    /// The sentence.
    pub text: String,
    /// The document was changed: Undo takes it back.
    pub undo: bool,
    /// It is about a correction in many articles: Undo takes that back.
    pub undo_change: bool,
    /// A label was given to all mentions of an entity: it can go to this mention alone.
    pub only_this: Option<(AnnotationId, Label)>,
}

/// A sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is shown.
    pub tone: Tone,
    /// Plain words, with the way out.
    pub text: String,
}

/// How a notice is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Something did not work.
    Trouble,
}

/// An open document.
#[derive(Debug)]
pub struct Open {
    /// Its key in the browser's storage.
    pub key: String,
    /// The name of the file it came from.
    pub name: Option<String>,
    /// The document and all that was done to it.
    pub log: EditLog,
    /// Only the beginning has been read; it cannot be edited yet.
    pub partial: bool,
    /// It is this tab's copy of a document that another tab has changed.
    pub copy: bool,
    /// Its text.
    pub text: Rc<str>,
    /// How many words it has.
    pub words: u32,
    /// Maps UTF-16 offsets of the DOM to bytes.
    pub offsets: Rc<OffsetMap>,
    /// The article as it is drawn.
    pub sections: Sections,
    /// The log's current document.
    pub shown: Rc<Document>,
    /// Which annotations are shown.
    pub filter: Filter,
    /// The panel's tab.
    pub tab: Tab,
    /// The bottom sheet of small screens is raised.
    pub bottom_sheet_open: bool,
    /// The annotation that has, or had last, the focus.
    pub active: Option<AnnotationId>,
    /// Where the reader is while no annotation is active: the byte of the last selection or hit.
    pub place: usize,
    /// What is open over the article.
    pub popover: Option<Popover>,
    /// The quote whose speaker is being picked in the text.
    pub picking_speaker: Option<AnnotationId>,
    /// A caret is in the text.
    pub caret: bool,
    /// The label last given to selected text.
    pub last_label: Option<Label>,
    /// A double click gives the label that was given last.
    pub keeps_label: bool,
    /// The review goes on: the least certain first, with the popover docked.
    pub reviewing: bool,
    /// The annotation under the resting pointer.
    pub hovered: Option<AnnotationId>,
    /// From this certainty on, in thousandths, "accept all" accepts.
    pub sure_from: u16,
    /// The search.
    pub search: Option<Search>,
    /// The search index, and the document it was made of.
    index: Option<(Rc<Document>, SearchIndex)>,
    /// The list of names that is open in a panel.
    pub name_list: Option<NameList>,
    /// The range of the time axis; `None`: where most dates are.
    pub time_range: Option<TimeRange>,
    /// The revision in storage that the next save builds on: what was sent counts as saved.
    pub revision: u32,
    /// The last revision that the browser has said to be saved.
    pub saved_revision: u32,
    /// How many times edits were appended since all of them were written.
    pub appended: u32,
    /// A save was refused: the next one writes all edits.
    pub has_gap: bool,
    /// It was forgotten in another tab, and is not saved any more.
    pub forgotten: bool,
    /// Whether it is saved.
    pub saving: Saving,
    /// How long the worker took to read it, in milliseconds.
    pub reading_millis: Option<u32>,
    /// More that may bear a label of the reader's own, in text order.
    pub suggestions: Vec<Suggestion>,
    /// The one that can be taken or refused.
    pub suggestion_index: usize,
    /// A person went to it.
    pub suggestion_shown: bool,
    /// The document for which suggestions were asked.
    pub suggested_for: Option<Rc<Document>>,
    /// Other people's annotations of it.
    pub comparisons: Vec<Comparison>,
    /// The index of the comparison that is shown.
    pub comparison_index: usize,
}

/// Whether a document is saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Saving {
    /// There is nothing to save.
    #[default]
    Saved,
    /// It is being saved.
    Saving,
    /// The browser refused, with the reason.
    Failed(String),
}

/// What is open over the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Popover {
    /// One annotation.
    Card(Card),
    /// Label buttons for a new annotation over the selected text.
    New(Span),
}

/// The popover of an annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The annotation.
    pub id: AnnotationId,
    /// The annotations at that place, innermost first.
    pub stack: Vec<AnnotationId>,
    /// The list of entities to merge with is open.
    pub merge_list_open: bool,
    /// The list of other occurrences of the same words, if it is open.
    pub occurrences: Option<Occurrences>,
    /// The boundary buttons move by characters.
    pub characters: bool,
    /// The annotation's span if the dragged boundary were released now.
    pub preview: Option<Span>,
    /// Why the last edit did not work.
    pub error: Option<String>,
    /// What is typed in one of its fields and not done yet.
    pub draft: Option<Draft>,
    /// A label goes to this mention alone, not to all of its entity.
    pub only_this: bool,
    /// A word is awaited that becomes the nearer edge.
    pub edge: Option<EdgeWord>,
}

impl Card {
    /// The popover of an annotation as it opens.
    pub fn new(id: AnnotationId, stack: Vec<AnnotationId>) -> Card {
        Card {
            id,
            stack,
            merge_list_open: false,
            occurrences: None,
            characters: false,
            preview: None,
            error: None,
            draft: None,
            only_this: false,
            edge: None,
        }
    }

    /// What is typed in this field and not done yet.
    pub fn typed(&self, field: DraftField) -> Option<&str> {
        let draft = self.draft.as_ref().filter(|d| d.field == field)?;
        Some(&draft.text)
    }
}

/// What is typed in a field of the popover and not done yet. Whatever leads away from the popover does it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which field.
    pub field: DraftField,
    /// What is typed.
    pub text: String,
    /// It could not be done as it stands, and the person has been asked about it: the next time it is left out
    /// (or, on Enter, used as typed).
    pub asked: bool,
}

/// A word that is to become the nearer edge of an annotation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EdgeWord {
    /// The letters that it begins with, as typed.
    pub typed: String,
    /// Which of the words that begin so, the nearest first.
    pub at: usize,
}

/// A search in the text and in what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// What is searched for.
    pub query: String,
    /// The hits in the text, at most [`Search::MAX_HITS`].
    pub hits: Rc<Vec<Span>>,
    /// The index of the hit that is shown.
    pub at: usize,
    /// A person went to a hit: that is where the search leads.
    pub stepped: bool,
    /// Which annotations match, in the document's order; `None` if the query is empty.
    pub found: Option<Rc<Vec<bool>>>,
}

impl Search {
    /// How many hits are kept.
    pub const MAX_HITS: usize = 2000;

    /// The result for people: "3 in the text, 5 in the lists".
    pub fn summary(&self) -> String {
        let Some(found) = &self.found else {
            return match (pattern_of_query(&self.query), self.hits.len()) {
                (None, _) => String::new(),
                (Some(_), 0) => "No match".to_owned(),
                (Some(_), n) if n == Search::MAX_HITS => format!("{n} or more matches"),
                (Some(_), n) => format!("{n} in the text"),
            };
        };
        let listed = found.iter().filter(|hit| **hit).count();
        match self.hits.len() {
            0 => format!("Not in the text, {listed} in the lists"),
            n if n == Search::MAX_HITS => format!("{n} or more in the text, {listed} in the lists"),
            n => format!("{n} in the text, {listed} in the lists"),
        }
    }
}

impl State {
    /// Lists the documents again, after what is kept, or what is asked of the list, has changed.
    pub fn refresh_shelf(&mut self) {
        self.shelf.refresh(&self.kept_documents, &self.library);
    }
}

fn count_words(text: &str) -> u32 {
    u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX)
}

impl Open {
    /// The comparison that is shown.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.comparisons.get(self.comparison_index)
    }

    /// Opens a document with its edits.
    pub fn new(key: String, log: EditLog) -> Open {
        let shown = Rc::new(log.current().clone());
        let mut open = Open {
            key,
            name: None,
            text: Rc::from(shown.text.as_str()),
            words: count_words(shown.text.as_str()),
            offsets: Rc::new(OffsetMap::new(&shown.text)),
            sections: Sections::default(),
            shown,
            log,
            partial: false,
            copy: false,
            filter: Filter::default(),
            tab: Tab::default(),
            bottom_sheet_open: false,
            active: None,
            place: 0,
            popover: None,
            picking_speaker: None,
            caret: false,
            last_label: None,
            keeps_label: false,
            reviewing: false,
            hovered: None,
            sure_from: SURE_FROM,
            search: None,
            index: None,
            name_list: None,
            time_range: None,
            revision: 0,
            saved_revision: 0,
            appended: 0,
            has_gap: false,
            forgotten: false,
            saving: Saving::default(),
            reading_millis: None,
            suggestions: Vec::new(),
            suggestion_index: 0,
            suggestion_shown: false,
            suggested_for: None,
            comparisons: Vec::new(),
            comparison_index: 0,
        };
        open.redraw();
        open
    }

    /// Shows the log's current document, after every change.
    pub fn refresh(&mut self) {
        self.shown = Rc::new(self.log.current().clone());
        if *self.text != *self.shown.text.as_str() {
            self.text = Rc::from(self.shown.text.as_str());
            self.words = count_words(&self.text);
            self.offsets = Rc::new(OffsetMap::new(&self.shown.text));
            self.search = None;
        }
        if self.active.as_ref().is_some_and(|id| !self.is_present(id)) {
            self.active = None;
        }
        if self.card().is_some_and(|card| !self.is_present(&card.id)) {
            self.popover = None;
        }
        if self.hovered.as_ref().is_some_and(|id| !self.is_present(id)) {
            self.hovered = None;
        }
        if self.picking_speaker.as_ref().is_some_and(|id| !self.is_present(id)) {
            self.picking_speaker = None;
        }
        self.redraw();
        self.run_search();
    }

    /// The suggestion that can be taken or refused.
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggestions.get(self.suggestion_index)
    }

    /// The suggestions that are taken together.
    pub fn sure_suggestions(&self) -> impl Iterator<Item = &Suggestion> {
        /// In thousandths.
        const SURE: u16 = 900;
        self.suggestions.iter().filter(|s| s.confidence.permille() >= SURE)
    }

    /// Why that one is suggested: "like Acme Union, Delta Union".
    pub fn suggestion_reason(&self) -> Option<&str> {
        let reason = &self.suggestion()?.reason;
        Some(reason.strip_prefix(SUGGESTED)?.trim_start_matches([':', ' ']))
    }

    /// The span that is shown as if it were marked: the selected text, or the one under a dragged boundary.
    pub fn preview(&self) -> Option<Span> {
        match &self.popover {
            Some(Popover::New(span)) => Some(*span),
            Some(Popover::Card(card)) => card.preview,
            None => None,
        }
    }

    /// Draws the article again; unchanged sections are shared.
    pub fn redraw(&mut self) {
        self.sections.redraw(&self.shown, &self.filter);
    }

    /// True if the filter shows it: in the article, the lists, the counts and the walk.
    pub fn is_visible(&self, a: &Annotation) -> bool {
        self.filter.is_visible(&self.shown, a)
    }

    /// The annotations that the panels list, in the order of the text: those that are visible and match the
    /// search.
    pub fn listed(&self) -> Vec<&Annotation> {
        lists::listed(&self.shown, &self.filter, self.found())
    }

    /// Which annotations match the search, in the document's order; `None`: there is no search.
    pub fn found(&self) -> Option<&[bool]> {
        let found = self.search.as_ref()?.found.as_ref()?;
        Some(found.as_slice())
    }

    /// Searches the text and its annotations again.
    pub fn run_search(&mut self) {
        let Some(search) = &mut self.search else {
            self.index = None;
            return;
        };
        // What a pattern matches is found by the worker.
        if pattern_of_query(&search.query).is_some() {
            return;
        }
        let old = self.index.take();
        let index = match old {
            Some((of, index)) if Rc::ptr_eq(&of, &self.shown) => index,
            _ => SearchIndex::new(&self.shown),
        };
        search.hits = Rc::new(index.text.find(&search.query, Search::MAX_HITS));
        search.at = search.at.min(search.hits.len().saturating_sub(1));
        search.found = index.matching_annotations(&search.query).map(Rc::new);
        self.index = Some((self.shown.clone(), index));
    }

    /// True if the document has this annotation and it is not rejected.
    pub fn is_present(&self, id: &AnnotationId) -> bool {
        self.shown.annotation(id).is_some_and(|a| a.status != Status::Rejected)
    }

    /// The title for people: the headline, else the file's name, else the first words.
    pub fn title(&self) -> String {
        let title = document_title(&self.shown, self.name.as_deref());
        if self.copy { format!("{title} (copy)") } else { title }
    }

    /// The speakers that the popover offers for a quote, each with its digit: those that begin with what is typed.
    pub fn offered_speakers(&self, quote: &AnnotationId) -> Vec<&Entity> {
        let typed = self.card().and_then(|card| card.typed(DraftField::Speaker));
        let mut names = lists::speakers_like(&self.shown, quote, typed.unwrap_or_default());
        names.truncate(MAX_OFFERED_SPEAKERS);
        names
    }

    /// The popover of an annotation.
    pub fn card(&self) -> Option<&Card> {
        match &self.popover {
            Some(Popover::Card(card)) => Some(card),
            Some(Popover::New(_)) | None => None,
        }
    }

    /// The popover of an annotation, to be changed.
    pub fn card_mut(&mut self) -> Option<&mut Card> {
        match &mut self.popover {
            Some(Popover::Card(card)) => Some(card),
            Some(Popover::New(_)) | None => None,
        }
    }
}

/// A document's title for people: its headline, else the name of its file, else its first words.
pub fn document_title(document: &Document, name: Option<&str>) -> String {
    let first = || {
        let line = document.text.as_str().lines().find(|l| !l.trim().is_empty());
        line.unwrap_or("Untitled").trim().to_owned()
    };
    let title = document.title.clone().or_else(|| name.map(str::to_owned)).unwrap_or_else(first);
    shorten(&title, 120)
}
