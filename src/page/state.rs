//! All that the page knows. Nothing here touches a browser.

use std::rc::Rc;

use super::dialog::{Comparison, Dialog, UserWords};
use super::drawn::Drawn;
use super::filter::Filter;
use super::find::Index;
use super::keys::Keymap;
use super::lists;
use super::protocol::File;
use super::saved::Entry;
use super::spread::Spread;
use galley_engine::calendar::Stamp;
use galley_engine::document::{Annotation, AnnotationId, Document, EntityId, Kind, Label};
use galley_engine::edits::EditLog;
use galley_engine::text::{OffsetMap, SourceText, Span};
use galley_engine::view::axis::Stretch;

/// The page.
#[derive(Debug, Default)]
pub struct State {
    /// The worker.
    pub engine: Engine,
    /// The worker of files was started.
    pub files_begun: bool,
    /// It can be spoken to.
    pub files: bool,
    /// How often the worker of files died.
    pub files_deaths: u8,
    /// What the worker is reading.
    pub job: Option<Job>,
    /// Number of the last job.
    pub jobs: u32,
    /// The document that is open; `None`: the start view.
    pub open: Option<Open>,
    /// What this browser keeps, latest first.
    pub shelf: Vec<Entry>,
    /// A sentence in a box that stays until it is closed.
    pub notice: Option<Notice>,
    /// The polite live region: a count (so that the same words are said again) and the words.
    pub said: (u32, String),
    /// Light, dark, or as the system has it.
    pub scheme: Scheme,
    /// The list of keys is shown.
    pub help: bool,
    /// Keys of the article: which, and whether.
    pub keys: Keymap,
    /// The reader's own words.
    pub own: UserWords,
    /// What is open over everything.
    pub dialog: Option<Dialog>,
}

/// The worker, as the page sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// It has not said hello yet; how often it died before that.
    Starting {
        /// Starts in a row without a hello.
        deaths: u8,
    },
    /// It can be spoken to.
    Ready,
    /// It will not come; why, in plain words.
    Gone(String),
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::Starting { deaths: 0 }
    }
}

/// Something that the worker is asked to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub number: u32,
    /// What becomes of the answer.
    pub purpose: Purpose,
    /// The text, kept to ask again after a crash.
    pub text: Rc<str>,
    /// The publication date that was given.
    pub published: Option<Stamp>,
    /// It went to the worker.
    pub posted: bool,
    /// How often the worker died over it.
    pub deaths: u8,
    /// Milliseconds that the whole will take, judged by the first screenful.
    pub estimate: Option<u32>,
    /// It takes longer than a person notices, and so is told of. Anything drawn for less would only
    /// hold up the marks.
    pub late: bool,
}

/// What a reading is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A new document, kept under this key.
    Open {
        /// The key in the browser's storage.
        key: String,
        /// The name of the file it came from.
        name: Option<String>,
    },
    /// The open document again, with another publication date.
    Reread,
    /// The open document again, with the reader's words as they are now.
    Again,
    /// Another version of the text of the document with this key.
    Revise(String),
    /// Files of other programs, opened as a document that is kept under this key.
    Import(String, Rc<Vec<File>>),
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

/// Colour scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Scheme {
    /// The word that is kept and written to `data-scheme`.
    pub fn word(self) -> &'static str {
        match self {
            Scheme::System => "system",
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }

    /// The inverse of [`Scheme::word`]; anything else is `System`.
    pub fn parse(word: &str) -> Scheme {
        match word {
            "light" => Scheme::Light,
            "dark" => Scheme::Dark,
            _ => Scheme::System,
        }
    }

    /// The next one, for a switch.
    pub fn next(self) -> Scheme {
        match self {
            Scheme::System => Scheme::Light,
            Scheme::Light => Scheme::Dark,
            Scheme::Dark => Scheme::System,
        }
    }
}

/// Panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "plain words")]
pub enum Tab {
    #[default]
    Review,
    People,
    Quotes,
    Timeline,
}

impl Tab {
    /// Every tab, its word in ids and its title.
    pub const ALL: [(Tab, &'static str, &'static str); 4] = [
        (Tab::Review, "review", "Review"),
        (Tab::People, "people", "People & places"),
        (Tab::Quotes, "quotes", "Quotes"),
        (Tab::Timeline, "timeline", "Timeline"),
    ];
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
    /// Only the beginning has been read; nothing can be changed yet.
    pub partial: bool,
    /// It was parted from a document that another tab changed.
    pub copy: bool,
    /// Its text.
    pub text: Rc<str>,
    /// UTF-16 of the DOM to bytes.
    pub offsets: Rc<OffsetMap>,
    /// What the article shows.
    pub drawn: Drawn,
    /// The document that the panels list: the log's current one.
    pub shown: Rc<Document>,
    /// Which annotations are shown.
    pub filter: Filter,
    /// The panel.
    pub tab: Tab,
    /// The bottom sheet of small screens is up.
    pub sheet: bool,
    /// The annotation that has (or had) the focus.
    pub active: Option<AnnotationId>,
    /// What is open over the article.
    pub popover: Option<Popover>,
    /// The quote whose speaker is being picked in the text.
    pub picking: Option<AnnotationId>,
    /// A caret stands in the text.
    pub caret: bool,
    /// The label last given to selected text.
    pub last_label: Option<Label>,
    /// The search.
    pub find: Option<Find>,
    /// What the search looks through besides the text, and of which document it was made.
    index: Option<(Rc<Document>, Index)>,
    /// A list of names that is open in a panel.
    pub pick: Option<Pick>,
    /// What the time axis shows; `None`: where most dates are.
    pub time: Option<Stretch>,
    /// The revision in storage that this page has seen.
    pub revision: u32,
    /// Where saving stands.
    pub saving: Saving,
    /// How long the worker read, in milliseconds.
    pub millis: Option<u32>,
    /// Other people's annotations of it.
    pub others: Vec<Comparison>,
    /// Whose of them stand beside the document's own.
    pub beside: usize,
}

/// Where saving stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Saving {
    /// Nothing to save.
    #[default]
    Saved,
    /// On its way; `again`: something changed meanwhile.
    Saving {
        /// Save once more.
        again: bool,
    },
    /// The browser refused; why.
    Failed(String),
}

/// What is open over the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Popover {
    /// One annotation.
    Card(Card),
    /// Chips for a new annotation.
    New(Span),
}

/// The popover of an annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Which.
    pub id: AnnotationId,
    /// The annotations at that place, innermost first.
    pub stack: Vec<AnnotationId>,
    /// The list of entities to merge with is open.
    pub merging: bool,
    /// The other places of the same words, when that list is open.
    pub spread: Option<Spread>,
    /// Boundary buttons go by characters.
    pub characters: bool,
    /// Where the annotation would end up if the boundary were let go now.
    pub preview: Option<Span>,
    /// Why the last thing did not work.
    pub error: Option<String>,
}

/// A list of names to pick from in a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Whom this entity is the same as.
    Same(EntityId),
    /// Who speaks this quote.
    Speaker(AnnotationId),
}

/// A search in the text and in what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Find {
    /// What is looked for.
    pub query: String,
    /// Where it stands, at most [`Find::MOST`].
    pub hits: Rc<Vec<Span>>,
    /// Which one is shown.
    pub at: usize,
    /// Which annotations hold it too, by their places in the document; `None`: nothing is looked for.
    pub found: Option<Rc<Vec<bool>>>,
}

impl Find {
    /// Hits that are kept.
    pub const MOST: usize = 2000;
}

impl Open {
    /// The other person's annotations that stand beside the document's own.
    pub fn other(&self) -> Option<&Comparison> {
        self.others.get(self.beside)
    }

    /// Opens a log.
    pub fn new(key: String, log: EditLog) -> Open {
        let shown = Rc::new(log.current().clone());
        let mut open = Open {
            key,
            name: None,
            text: Rc::from(shown.text.as_str()),
            offsets: Rc::new(OffsetMap::new(&shown.text)),
            drawn: Drawn::default(),
            shown,
            log,
            partial: false,
            copy: false,
            filter: Filter::default(),
            tab: Tab::default(),
            sheet: false,
            active: None,
            popover: None,
            picking: None,
            caret: false,
            last_label: None,
            find: None,
            index: None,
            pick: None,
            time: None,
            revision: 0,
            saving: Saving::default(),
            millis: None,
            others: Vec::new(),
            beside: 0,
        };
        open.redraw();
        open
    }

    /// Takes the log's document into what is shown, after every change.
    pub fn refresh(&mut self) {
        self.shown = Rc::new(self.log.current().clone());
        if *self.text != *self.shown.text.as_str() {
            self.text = Rc::from(self.shown.text.as_str());
            self.offsets = Rc::new(OffsetMap::new(&self.shown.text));
            self.find = None;
        }
        if self.active.as_ref().is_some_and(|id| !self.drawable(id)) {
            self.active = None;
        }
        if self.card().is_some_and(|card| !self.drawable(&card.id)) {
            self.popover = None;
        }
        if self.picking.as_ref().is_some_and(|id| !self.drawable(id)) {
            self.picking = None;
        }
        self.redraw();
        self.search();
    }

    /// The stretch of text that is shown as if it were marked: selected, or under a boundary that
    /// is being dragged.
    pub fn preview(&self) -> Option<Span> {
        match &self.popover {
            Some(Popover::New(span)) => Some(*span),
            Some(Popover::Card(card)) => card.preview,
            None => None,
        }
    }

    /// Draws the article again; paragraphs that stay as they were are shared.
    pub fn redraw(&mut self) {
        let (filter, shown) = (&self.filter, &self.shown);
        self.drawn.draw(shown, |a| filter.lets(shown, a));
    }

    /// True when the filter lets it through: drawn in the article, listed, counted, walked to.
    pub fn visible(&self, a: &Annotation) -> bool {
        self.filter.lets(&self.shown, a)
    }

    /// What the panels list, in the order of the text: what is visible and holds what is looked for.
    pub fn live(&self) -> Vec<&Annotation> {
        lists::live(&self.shown, &self.filter, self.found())
    }

    /// Which annotations hold what is looked for.
    pub fn found(&self) -> Option<&[bool]> {
        let found = self.find.as_ref()?.found.as_ref()?;
        Some(found.as_slice())
    }

    /// Looks through the text and its annotations for what is looked for.
    pub fn search(&mut self) {
        let Some(find) = &mut self.find else {
            self.index = None;
            return;
        };
        let old = self.index.take();
        let index = match old {
            Some((of, index)) if Rc::ptr_eq(&of, &self.shown) => index,
            _ => Index::new(&self.shown),
        };
        find.hits = Rc::new(index.text.find(&find.query, Find::MOST));
        find.at = find.at.min(find.hits.len().saturating_sub(1));
        find.found = index.matches(&find.query).map(Rc::new);
        self.index = Some((self.shown.clone(), index));
    }

    /// True when the annotation is there and not rejected.
    pub fn drawable(&self, id: &AnnotationId) -> bool {
        self.shown
            .annotation(id)
            .is_some_and(|a| a.status != galley_engine::document::Status::Rejected)
    }

    /// The title for people: the headline, else the file's name, else the first words.
    pub fn title(&self) -> String {
        let title = title(&self.shown, self.name.as_deref());
        if self.copy { format!("{title} (copy)") } else { title }
    }

    /// The annotation that the popover is about.
    pub fn card(&self) -> Option<&Card> {
        match &self.popover {
            Some(Popover::Card(card)) => Some(card),
            _ => None,
        }
    }
}

/// Index of a kind in [`Kind::ALL`].
pub fn place(kind: Kind) -> usize {
    Kind::ALL.iter().position(|&k| k == kind).unwrap_or(5)
}

fn title(document: &Document, name: Option<&str>) -> String {
    let first = || {
        let line = document.text.as_str().lines().find(|l| !l.trim().is_empty());
        line.unwrap_or("Untitled").trim().to_owned()
    };
    let title = document.title.clone().or_else(|| name.map(str::to_owned)).unwrap_or_else(first);
    shorten(&title, 120)
}

/// At most `most` characters, cut at a word with "…".
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let cut = match cut.rfind(char::is_whitespace) {
        Some(at) if at > most / 2 => cut.get(..at).unwrap_or(&cut),
        _ => &cut,
    };
    format!("{}…", cut.trim_end())
}

impl Job {
    /// Size of its text in bytes.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }
}

/// The document with nothing found in it: what is shown when there is no engine.
pub fn bare(text: &str) -> Document {
    Document {
        language: "en".to_owned(),
        text: SourceText::new(text).unwrap_or_default(),
        generator: galley_engine::document::Generator {
            name: "galley".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: "none".to_owned(),
        },
        ..Document::default()
    }
}
