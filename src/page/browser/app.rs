//! The root component: holds the state, updates it by actions, runs the effects, draws the views.
//!
//! A struct component, because an effect has to see the state as the action left it, before anything is drawn.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::{Component, Context, Html, html};

use super::import::{queue_opened_files, text_of_web_page};
use super::listeners::{Listener, SelectionState, listen_on_window};
use super::progress::reading_progress;
use super::shared::{Emit, dispatch, icon};
use super::tabs::{self, Word};
use super::worker_client::WorkerClient;
use super::{
    caret, dialog, document_view, dom, elsewhere_view, help, leaving_view, position, queue_files,
    shelf_view, start_view, storage, toast, top_bar, warm_up,
};
use crate::action::{
    Action, BackupAction, DialogAction, FilesAction, KeyboardAction, LearnAction, PageAction,
    QueueAction, ReadAction, Scheme, ShelfAction, StorageAction, SuggestAction, WalkAction,
};
use crate::effect::{Effect, Target};
use crate::library::joined::JoinChange;
use crate::state::{Notice, Popover, Search, State, Tone};
use crate::update::update;
use galley_engine::text::Span;
use galley_engine::user_words::UserLabel;

/// The root component.
pub(super) struct App {
    state: Rc<RefCell<State>>,
    emit: Emit,
    engine: Option<WorkerClient>,
    files_worker: Option<WorkerClient>,
    /// The workers of the queue.
    pool: Vec<Option<WorkerClient>>,
    /// What gets the focus once it is drawn, and how many more times to try.
    focus: Option<(Target, u8)>,
    /// What to scroll to after the next drawing.
    show: Option<Span>,
    /// Suggestions are highlighted.
    suggesting: bool,
    /// The search whose hits are highlighted.
    find: Option<Search>,
    /// The reader's own labels that have their colours in the style sheet.
    labels: Vec<UserLabel>,
    /// The span that is highlighted as if it were marked.
    preview: Option<Span>,
    _listeners: Vec<Listener>,
}

/// What the component hears.
pub(super) enum Msg {
    /// Something happened to the page.
    Action(Action),
    /// The selection may have changed.
    Selection(SelectionState),
    /// Try the focus again.
    RetryFocus,
    /// The popover is new: position it again, and so many times more.
    Settle(u8),
}

/// Frames in which the sections around a new popover take their true heights.
const SETTLING_FRAMES: u8 = 3;

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let emit: Emit = ctx.link().callback(Msg::Action);
        let state = Rc::new(RefCell::new(State::default()));
        listen_to_tabs(&state, &emit);
        let scheme = Scheme::parse(&dom::read_setting("scheme").unwrap_or_default());
        ctx.link().send_message(Msg::Action(Action::Page(PageAction::SetScheme(scheme))));
        if let Some(keys) = dom::read_setting("keys") {
            emit.emit(Action::Keyboard(KeyboardAction::Restore(keys)));
        }
        if dom::read_setting("hints").is_some() {
            emit.emit(Action::Page(PageAction::HintsSeen));
        }
        open_first_document(&emit);
        sync_own_words(&emit, String::new(), String::new());
        keep_joined(&emit, JoinChange::Nothing);
        if leaving_view::is_asked_for() {
            emit.emit(Action::Dialog(DialogAction::OpenLeaving));
        }
        if dom::read_setting("learned").is_some() {
            emit.emit(Action::Learn(LearnAction::RestoreOff));
        }
        App {
            engine: WorkerClient::start_engine(&emit),
            files_worker: None,
            pool: Vec::new(),
            _listeners: listen_on_window(&state, &emit, &ctx.link().callback(Msg::Selection)),
            state,
            emit,
            focus: None,
            labels: Vec::new(),
            show: None,
            find: None,
            suggesting: false,
            preview: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Action(action) => {
                let effects = update(&mut self.state.borrow_mut(), action);
                for effect in effects {
                    self.run_effect(effect);
                }
                true
            }
            Msg::Selection(SelectionState::Settled) => {
                let state = self.state.borrow();
                let Some(open) = &state.open else {
                    return false;
                };
                let span = dom::selected_span(&open.offsets, &open.shown.text, open.caret);
                let before = match open.popover {
                    Some(Popover::New(span)) => Some(span),
                    _ => None,
                };
                if span != before {
                    ctx.link().send_message(Msg::Action(Action::Walk(WalkAction::Select(span))));
                }
                false
            }
            Msg::Selection(SelectionState::Changing) => {
                let state = self.state.borrow();
                if let Some(open) = &state.open {
                    let span = dom::selected_span(&open.offsets, &open.shown.text, open.caret);
                    if span != self.preview && open.card().is_none() {
                        dom::set_highlight("preview", span.as_slice(), open);
                        self.preview = span;
                    }
                    if open.caret {
                        caret::draw_caret();
                    }
                }
                false
            }
            Msg::RetryFocus => {
                if let Some(open) = &self.state.borrow().open {
                    position::position_overlays(open, false);
                }
                self.apply_focus(ctx);
                false
            }
            Msg::Settle(more) => {
                if let Some(open) = &self.state.borrow().open {
                    position::position_overlays(open, true);
                }
                if let Some(more) = more.checked_sub(1) {
                    settle_in_next_frame(ctx, more);
                }
                false
            }
        }
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let state = self.state.borrow();
        let emit = &self.emit;
        html! {
            <>
                { top_bar::top_bar(&state, emit) }
                if let Some(notice) = &state.notice {
                    { notice_box(notice, emit) }
                }
                { reading_progress(&state, emit) }
                { shelf_view::queue_progress(&state, emit) }
                if let Some(open) = &state.open {
                    { document_view::document_view(&state, open, emit) }
                } else {
                    { start_view::start_view(&state, emit) }
                }
                { dialog::open_dialog(&state, emit) }
                if let Some(toast) = state.toast.as_ref().filter(|_| state.dialog.is_none() && !state.help) {
                    { toast::toast_box(toast, elsewhere_view::articles(&state), emit) }
                }
                if state.help {
                    { help::key_list(&state.keys, emit) }
                }
                <div id="said" class="unseen" aria-live="polite" role="status">
                    <p key={state.announced.count}>{ &state.announced.text }</p>
                </div>
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        {
            let state = self.state.borrow();
            if state.dialog.is_some() {
                dom::open_dialog();
            }
            if state.words.list.labels != self.labels {
                self.labels.clone_from(&state.words.list.labels);
                dom::set_label_colours(&self.labels);
            }
            if let Some(open) = &state.open {
                if position::position_overlays(open, false) == Some(true) {
                    settle_in_next_frame(ctx, SETTLING_FRAMES);
                }
                if open.caret {
                    caret::draw_caret();
                }
                let preview = open.preview();
                if preview != self.preview && (preview.is_some() || !dom::has_selection()) {
                    dom::set_highlight("preview", preview.as_slice(), open);
                    self.preview = preview;
                }
                if open.search != self.find {
                    let found = open.search.as_ref();
                    let (hits, at) = found.map_or((&[][..], 0), |f| (f.hits.as_slice(), f.at));
                    dom::highlight_hits(hits, at, open);
                    self.find = open.search.clone();
                }
                // Every drawing may put other text nodes in their place.
                if self.suggesting || !open.suggestions.is_empty() {
                    dom::highlight_suggestions(open);
                    self.suggesting = !open.suggestions.is_empty();
                }
                if let Some(span) = self.show.take() {
                    dom::scroll_to_span(span, open);
                }
                position::position_hint(open);
            }
        }
        // Last, when everything is drawn and positioned.
        self.apply_focus(ctx);
    }
}

impl App {
    fn run_effect(&mut self, effect: Effect) {
        let emit = self.emit.clone();
        match effect {
            Effect::PostEngine(message) => {
                if !self.engine.as_ref().is_some_and(|c| c.post(&message)) {
                    emit.emit(ReadAction::EngineDied.into());
                }
            }
            Effect::RestartEngine => {
                self.engine = None;
                self.engine = WorkerClient::start_engine(&emit);
            }
            Effect::StartPool(workers) => {
                self.pool = (0..workers).map(|_| None).collect();
                (0..workers).for_each(|i| self.start_pool_worker(i));
            }
            Effect::RestartPoolWorker(index) => self.start_pool_worker(index),
            Effect::EndPool => {
                self.pool.clear();
                queue_files::let_go();
            }
            Effect::PostPool(index, message) => {
                let worker = self.pool.get(index).and_then(Option::as_ref);
                if !worker.is_some_and(|w| w.post(&message)) {
                    emit.emit(QueueAction::WorkerDied(index).into());
                }
            }
            Effect::FetchFile(number) => queue_files::fetch(number, &emit),
            Effect::LoadDigests => spawn_local(async move {
                // Without storage there is nothing to search.
                let digests = storage::load_digests().await.unwrap_or_default();
                emit.emit(ShelfAction::DigestsLoaded(digests).into());
            }),
            Effect::LoadForDigest(key) => spawn_local(async move {
                let stored = storage::load_document(&key).await.unwrap_or_default();
                emit.emit(ShelfAction::DigestMissing(key, stored.map(Box::new)).into());
            }),
            Effect::LoadForPack(key) => spawn_local(async move {
                let stored = storage::load_document(&key).await.unwrap_or_default();
                emit.emit(ShelfAction::PackLoaded(key, stored.map(Box::new)).into());
            }),
            Effect::LoadForBackup(key) => spawn_local(async move {
                let stored = storage::load_document(&key).await.unwrap_or_default();
                emit.emit(BackupAction::Loaded(key, stored.map(Box::new)).into());
            }),
            Effect::RestoreDocument(stored, digest) => spawn_local(async move {
                let title = stored.entry.title.clone();
                let restored = storage::restore_document(*stored, &digest).await;
                let restored = restored.map_err(|why| format!("“{title}” is not kept: {why}"));
                emit.emit(BackupAction::Restored(restored).into());
            }),
            Effect::KeepJoined(change) => keep_joined(&emit, change),
            Effect::LoadForChange(key) => spawn_local(async move {
                let stored = storage::load_document(&key).await.unwrap_or_default();
                emit.emit(ShelfAction::ChangeLoaded(key, stored.map(Box::new)).into());
            }),
            Effect::SetCollection { keys, collection } => spawn_local(async move {
                match storage::set_collection(&keys, &collection).await {
                    Ok(()) => tabs::tell(&Word::Listed),
                    Err(why) => emit.emit(Action::Storage(StorageAction::Failed(format!(
                        "The collection could not be kept: {why}"
                    )))),
                }
            }),
            Effect::PostFiles(message) => {
                if !self.files_worker.as_ref().is_some_and(|c| c.post(&message)) {
                    self.emit.emit(Action::Files(FilesAction::Died));
                }
            }
            Effect::StartFiles => {
                self.files_worker = None;
                self.files_worker = WorkerClient::start_files(&emit);
            }
            Effect::ReduceHtml(taken) => emit.emit(text_of_web_page(taken)),
            Effect::Save { entry, base, edits, digest } => {
                let key = entry.key.clone();
                spawn_local(async move {
                    let (fresh, tab) = (dom::fresh_key(), tabs::name());
                    let saved =
                        storage::save_document(entry, base, edits, digest, fresh, tab).await;
                    emit.emit(Action::Storage(match saved {
                        Ok(revision) => {
                            tabs::tell(&Word::Saved(key.clone(), revision));
                            StorageAction::Saved(key, revision)
                        }
                        Err(why) => StorageAction::NotSaved(key, why),
                    }));
                });
            }
            Effect::StartSaveTimer(key, revision) => dom::run_after_ms(SILENCE_MILLIS, move || {
                emit.emit(Action::Storage(StorageAction::SaveTimeOver(key, revision)));
            }),
            // Without it the digest is made anew when it is needed.
            Effect::KeepDigest { key, revision, digest } => spawn_local(async move {
                let _ = storage::keep_digest(&key, revision, &digest).await;
            }),
            Effect::CountRequests => leaving_view::count(&emit),
            Effect::AskToPersist => spawn_local(async move {
                let answer = storage::ask_to_persist().await;
                emit.emit(Action::Storage(StorageAction::Persisted(answer)));
            }),
            Effect::ListDocuments => load_document_list(&emit),
            Effect::QueueOpenedFiles => queue_opened_files(&emit),
            Effect::LoadDocument(key) => spawn_local(async move {
                emit.emit(match storage::load_document(&key).await {
                    Ok(stored) => Action::Storage(StorageAction::Loaded(key, stored.map(Box::new))),
                    Err(why) => Action::Storage(StorageAction::Failed(format!(
                        "The document cannot be opened: {why}"
                    ))),
                });
            }),
            Effect::MarkForgotten { keys, forgotten } => spawn_local(async move {
                match storage::mark_forgotten(&keys, forgotten).await {
                    Ok(()) if forgotten => tabs::tell(&Word::Forgotten(keys)),
                    Ok(()) => {
                        tabs::tell(&Word::Listed);
                        load_document_list(&emit);
                    }
                    Err(why) => emit.emit(deletion_failed(&why)),
                }
            }),
            Effect::StartUndoTimer(number) => {
                dom::run_after_ms(storage::UNDO_MILLIS, move || {
                    emit.emit(Action::Storage(StorageAction::UndoTimeOver(number)));
                });
            }
            Effect::Delete(keys) => spawn_local(async move {
                emit.emit(match storage::delete_documents(&keys).await {
                    Ok(()) => Action::Storage(StorageAction::Deleted(keys)),
                    Err(why) => deletion_failed(&why),
                });
            }),
            Effect::Remember(key) => {
                tabs::remember(key.as_deref());
                let held = key.clone().unwrap_or_default();
                tabs::hold(key.as_deref(), move || {
                    emit.emit(Action::Storage(StorageAction::OpenElsewhere(held)));
                });
            }
            Effect::Focus(target) => self.focus = Some((target, 12)),
            Effect::ShowSpan(span) => self.show = Some(span),
            Effect::Download { name, bytes, media_type } => {
                if dom::offer_download(&name, &bytes, &media_type).is_none() {
                    let why =
                        "The browser refused the download. Try again, or use another browser.";
                    emit.emit(Action::Storage(StorageAction::Failed(why.to_owned())));
                }
            }
            Effect::SetScheme(scheme) => {
                let root = dom::document().and_then(|d| d.document_element());
                if let Some(root) = root {
                    let _ = root.set_attribute("data-scheme", scheme.name());
                }
                dom::store_setting("scheme", (scheme != Scheme::System).then(|| scheme.name()));
            }
            Effect::StartTimer(job) => {
                dom::run_after_ms(150, move || emit.emit(Action::Read(ReadAction::TimerEnded(job))))
            }
            Effect::WarmUp(sample) => dom::run_next_frame(move || warm_up::draw_off_screen(sample)),
            Effect::StoreWords { before, after } => sync_own_words(&emit, before, after),
            Effect::GatherCorrected(known) => spawn_local(async move {
                // Without storage there is nothing to learn from.
                let kept = storage::load_corrected(known.as_deref()).await;
                emit.emit(Action::Learn(LearnAction::Gathered(kept.unwrap_or(None))));
            }),
            Effect::GatherForSuggestions(collection) => spawn_local(async move {
                let kept = storage::load_collection(collection.as_deref()).await;
                emit.emit(SuggestAction::GatheredEverywhere(kept.unwrap_or_default()).into());
            }),
            Effect::FillField(id, value) => dom::set_field(id, &value),
            Effect::ClearSelection => dom::clear_selection(),
            Effect::StoreSetting(name, value) => dom::store_setting(name, value.as_deref()),
            Effect::Caret(what) => {
                let active = self.state.borrow().open.as_ref().and_then(|o| o.active.clone());
                if let Some(ids) = caret::move_caret(what, active.as_ref()) {
                    emit.emit(Action::Walk(WalkAction::Point(ids)));
                }
            }
        }
    }

    fn start_pool_worker(&mut self, index: usize) {
        let worker = WorkerClient::start_in_pool(index, &self.emit);
        if worker.is_none() {
            self.emit.emit(QueueAction::WorkerDied(index).into());
        }
        if let Some(place) = self.pool.get_mut(index) {
            *place = worker;
        }
    }

    /// Moves the focus to its target; tries again in the next frames while the target is not drawn.
    fn apply_focus(&mut self, ctx: &Context<Self>) {
        let Some((target, tries)) = self.focus.take() else {
            return;
        };
        if !dom::move_focus(&target) && tries > 0 {
            // The row is beyond the drawn ones: focus its list.
            let target = match target {
                Target::Row(_) if tries == 1 => Target::Id("panel"),
                target => target,
            };
            self.focus = Some((target, tries - 1));
            let link = ctx.link().clone();
            dom::run_next_frame(move || link.send_message(Msg::RetryFocus));
        }
    }
}

fn settle_in_next_frame(ctx: &Context<App>, more: u8) {
    let link = ctx.link().clone();
    dom::run_next_frame(move || link.send_message(Msg::Settle(more)));
}

/// A message in a box that stays until it is closed.
fn notice_box(notice: &Notice, emit: &Emit) -> Html {
    let role = match notice.tone {
        Tone::Info => "status",
        Tone::Trouble => "alert",
    };
    html! {
        <div id="notice" {role} data-tone={role}>
            <p>{ &notice.text }</p>
            <button id="close-notice" class="quiet" aria-label="Close this message" onclick={dispatch(emit, PageAction::CloseNotice)}>
                { icon("M5 5l10 10M15 5L5 15") }
            </button>
        </div>
    }
}

/// How long the browser may be silent before a person is told, in milliseconds.
const SILENCE_MILLIS: i32 = 6_000;

fn deletion_failed(why: &str) -> Action {
    Action::Storage(StorageAction::Failed(format!("The documents could not be deleted: {why}")))
}

/// Opens the document that this tab had open, or shows the list.
fn open_first_document(emit: &Emit) {
    let emit = emit.clone();
    spawn_local(async move {
        // A page that is closed right after forgetting leaves the deleting to the next one.
        let _ = storage::delete_forgotten().await;
    });
    // What was forgotten only a moment ago can still be taken back in the tab that did it.
    dom::run_after_ms(3 * storage::UNDO_MILLIS, || {
        spawn_local(async {
            let _ = storage::delete_forgotten().await;
        });
    });
    let to = emit.clone();
    spawn_local(async move {
        match tabs::document_to_open().await {
            Some(key) => to.emit(Action::Storage(StorageAction::Open(key))),
            None => load_document_list(&to),
        }
    });
}

/// Hears what other tabs say and where the person goes in the history.
fn listen_to_tabs(state: &Rc<RefCell<State>>, emit: &Emit) {
    let to = emit.clone();
    tabs::listen(move |word| {
        let action = match word {
            Word::Saved(key, revision) => StorageAction::SavedElsewhere(key, revision),
            Word::Forgotten(keys) => StorageAction::ForgottenElsewhere(keys),
            Word::Listed => return load_document_list(&to),
        };
        to.emit(Action::Storage(action));
    });
    let (to, state) = (emit.clone(), state.clone());
    let open = move || state.borrow().open.as_ref().map(|o| o.key.clone());
    tabs::listen_to_history(open, move |there| {
        to.emit(match there {
            Some(key) => Action::Storage(StorageAction::Open(key)),
            None => Action::Page(PageAction::CloseDocument),
        });
    });
    let to = emit.clone();
    storage::when_connection_is_lost(move || {
        to.emit(Action::Storage(StorageAction::ConnectionLost));
    });
}

fn load_document_list(emit: &Emit) {
    let emit = emit.clone();
    let to = emit.clone();
    dom::run_after_ms(SILENCE_MILLIS, move || {
        to.emit(Action::Storage(StorageAction::ListTimeOver));
    });
    spawn_local(async move {
        // Without storage the list is empty; the first save reports it.
        emit.emit(Action::Storage(StorageAction::Listed(
            storage::list_documents().await.unwrap_or_default(),
        )));
    });
}

/// Changes what is joined over all documents; [`JoinChange::Nothing`] only reads it.
fn keep_joined(emit: &Emit, change: JoinChange) {
    let emit = emit.clone();
    spawn_local(async move {
        match storage::keep_joined(&change).await {
            Ok(joined) => emit.emit(ShelfAction::JoinedLoaded(joined).into()),
            Err(_) if change == JoinChange::Nothing => {}
            Err(why) => emit.emit(Action::Storage(StorageAction::Failed(format!(
                "What you joined is not kept: {why}"
            )))),
        }
    });
}

/// Stores the change to the reader's own words and takes over what another tab stored; empty to empty only reads.
fn sync_own_words(emit: &Emit, before: String, after: String) {
    let emit = emit.clone();
    spawn_local(async move {
        emit.emit(match storage::merge_own_words(&before, &after).await {
            Ok(stored) => Action::Dialog(DialogAction::WordsStored { written: after, stored }),
            // Without storage there is no list; adding the first name reports it.
            Err(_) if after.is_empty() => return,
            Err(why) => Action::Storage(StorageAction::Failed(format!(
                "Your word list is not saved in this browser: {why} Export it now."
            ))),
        });
    });
}
