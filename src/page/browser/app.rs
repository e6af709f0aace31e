//! The page's one component with a state: actions in, effects out, views below.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::{Component, Context, Html, html};

use super::client::Client;
use super::listeners::{Listener, listeners};
use super::progress::reading;
use super::shared::{Emit, dispatch, icon};
use super::taking::reduced;
use super::{desk, dialog, dom, hand, help, place, rehearsal, start_view, storage, top};
use crate::action::{Action, Effect, Target};
use crate::dialog::Deed;
use crate::protocol::ToWorker;
use crate::state::{Find, Notice, Popover, Scheme, State, Tone};
use crate::update::update;
use galley_engine::text::Span;
use galley_engine::wordlist::OwnLabel;

/// The page.
pub(super) struct App {
    state: Rc<RefCell<State>>,
    emit: Emit,
    client: Option<Client>,
    files: Option<Client>,
    /// Where the focus goes once it is drawn, and how often that is tried again.
    focus: Option<(Target, u8)>,
    show: Option<Span>,
    find: Option<Find>,
    /// The reader's own labels, as the style sheet has them.
    labels: Vec<OwnLabel>,
    /// What is painted as if it were marked.
    preview: Option<Span>,
    _listeners: Vec<Listener>,
}

/// What reaches the page.
pub(super) enum Msg {
    /// An action.
    Act(Action),
    /// The selection is settled, and may have changed.
    Selection,
    /// The selection is changing.
    Selecting,
    /// Try the focus again.
    Retry,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let emit: Emit = ctx.link().callback(Msg::Act);
        let state = Rc::new(RefCell::new(State::default()));
        let scheme = Scheme::parse(&dom::kept("scheme").unwrap_or_default());
        ctx.link().send_message(Msg::Act(Action::Scheme(scheme)));
        if let Some(keys) = dom::kept("keys") {
            emit.emit(Action::KeptKeys(keys));
        }
        match dom::kept("open") {
            Some(key) => emit.emit(Action::OpenKept(key)),
            None => run_shelf(&emit),
        }
        keep_words(&emit, String::new(), String::new());
        App {
            client: Client::start(&emit),
            files: None,
            _listeners: listeners(ctx, &state, &emit),
            state,
            emit,
            focus: None,
            labels: Vec::new(),
            show: None,
            find: None,
            preview: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(action) => {
                let effects = update(&mut self.state.borrow_mut(), action);
                for effect in effects {
                    self.run(effect);
                }
                true
            }
            Msg::Selection => {
                let state = self.state.borrow();
                let Some(open) = &state.open else {
                    return false;
                };
                let span = dom::selected(&open.offsets, &open.shown.text, open.caret);
                let before = match open.popover {
                    Some(Popover::New(span)) => Some(span),
                    _ => None,
                };
                if span != before {
                    ctx.link().send_message(Msg::Act(Action::Select(span)));
                }
                false
            }
            Msg::Selecting => {
                let state = self.state.borrow();
                if let Some(open) = &state.open {
                    let span = dom::selected(&open.offsets, &open.shown.text, open.caret);
                    if span != self.preview && open.card().is_none() {
                        dom::paint("preview", span.as_slice(), open);
                        self.preview = span;
                    }
                    if open.caret {
                        hand::show();
                    }
                }
                false
            }
            Msg::Retry => {
                if let Some(open) = &self.state.borrow().open {
                    place::all(open);
                }
                self.settle(ctx);
                false
            }
        }
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let state = self.state.borrow();
        let emit = &self.emit;
        html! {
            <>
                { top::view(&state, emit) }
                if let Some(notice) = &state.notice {
                    { notice_box(notice, emit) }
                }
                { reading(&state, emit) }
                if let Some(open) = &state.open {
                    { desk::view(&state, open, emit) }
                } else {
                    { start_view::view(&state, emit) }
                }
                { dialog::view(&state, emit) }
                if state.help {
                    { help::view(&state.keys, emit) }
                }
                <div id="said" class="unseen" aria-live="polite" role="status">
                    <p key={state.said.0}>{ &state.said.1 }</p>
                </div>
            </>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        {
            let state = self.state.borrow();
            if state.dialog.is_some() {
                dom::show_dialog();
            }
            if state.own.book.labels != self.labels {
                self.labels.clone_from(&state.own.book.labels);
                dom::colour(&self.labels);
            }
            if let Some(open) = &state.open {
                if place::all(open) == Some(true) {
                    let link = ctx.link().clone();
                    dom::next_frame(move || link.send_message(Msg::Retry));
                }
                if open.caret {
                    hand::show();
                }
                let preview = open.preview();
                if preview != self.preview && (preview.is_some() || !dom::anything_selected()) {
                    dom::paint("preview", preview.as_slice(), open);
                    self.preview = preview;
                }
                if open.find != self.find {
                    let found = open.find.as_ref();
                    let (hits, at) = found.map_or((&[][..], 0), |f| (f.hits.as_slice(), f.at));
                    dom::highlight(hits, at, open);
                    self.find = open.find.clone();
                }
                if let Some(span) = self.show.take() {
                    dom::show_span(span, open);
                }
            }
        }
        // Last: what gets the focus is in its place by now.
        self.settle(ctx);
    }
}

impl App {
    fn run(&mut self, effect: Effect) {
        let emit = self.emit.clone();
        match effect {
            Effect::Post(message) => self.post(&message),
            Effect::RestartWorker => {
                self.client = None;
                self.client = Client::start(&emit);
            }
            Effect::PostFiles(message) => {
                if !self.files.as_ref().is_some_and(|c| c.post(&(&message).into())) {
                    self.emit.emit(Action::FilesDied);
                }
            }
            Effect::StartFiles => {
                self.files = None;
                self.files = Client::files(&emit);
            }
            Effect::ReduceHtml(taken) => emit.emit(reduced(taken)),
            Effect::Save { entry, base, edits } => {
                let key = entry.key.clone();
                spawn_local(async move {
                    let saved = storage::save(entry, base, edits, dom::fresh_key()).await;
                    emit.emit(match saved {
                        Ok(revision) => Action::Saved(key, revision),
                        Err(why) => Action::NotSaved(key, why),
                    });
                });
            }
            Effect::LoadShelf => run_shelf(&emit),
            Effect::Load(key) => spawn_local(async move {
                emit.emit(match storage::load(&key).await {
                    Ok(stored) => Action::Kept(key, stored.map(Box::new)),
                    Err(why) => {
                        Action::StorageTrouble(format!("The document cannot be opened: {why}"))
                    }
                });
            }),
            Effect::Forget(key) => spawn_local(async move {
                emit.emit(match storage::forget(&key).await {
                    Ok(()) => Action::Forgotten(key),
                    Err(why) => Action::StorageTrouble(format!(
                        "The document could not be forgotten: {why}"
                    )),
                });
            }),
            Effect::Remember(key) => dom::keep("open", key.as_deref()),
            Effect::Focus(target) => self.focus = Some((target, 12)),
            Effect::ShowSpan(span) => self.show = Some(span),
            Effect::Download { name, bytes, kind } => {
                if dom::download(&name, &bytes, &kind).is_none() {
                    let why =
                        "The browser did not take the download. Try again, or another browser.";
                    emit.emit(Action::StorageTrouble(why.to_owned()));
                }
            }
            Effect::Scheme(scheme) => {
                let root = dom::document().and_then(|d| d.document_element());
                if let Some(root) = root {
                    let _ = root.set_attribute("data-scheme", scheme.word());
                }
                dom::keep("scheme", (scheme != Scheme::System).then(|| scheme.word()));
            }
            Effect::Wait(job) => dom::after_ms(150, move || emit.emit(Action::Late(job))),
            Effect::Rehearse(sample) => dom::next_frame(move || rehearsal::run(sample)),
            Effect::KeepWords { before, after } => keep_words(&emit, before, after),
            Effect::Fill(id, value) => dom::fill(id, &value),
            Effect::Unselect => dom::unselect(),
            Effect::Keep(name, value) => dom::keep(name, value.as_deref()),
            Effect::Caret(what) => {
                let active = self.state.borrow().open.as_ref().and_then(|o| o.active.clone());
                if let Some(ids) = hand::caret(what, active.as_ref()) {
                    emit.emit(Action::Point(ids));
                }
            }
        }
    }

    fn post(&mut self, message: &ToWorker) {
        let sent = serde_wasm_bindgen::to_value(message)
            .is_ok_and(|value| self.client.as_ref().is_some_and(|c| c.post(&value)));
        if !sent {
            self.emit.emit(Action::WorkerDied);
        }
    }

    /// Moves the focus where it is wanted, as soon as that is drawn.
    fn settle(&mut self, ctx: &Context<Self>) {
        let Some((target, tries)) = self.focus.take() else {
            return;
        };
        if !dom::focus(&target) && tries > 0 {
            // A row that is not among those drawn: its list then.
            let target = match target {
                Target::Row(_) if tries == 1 => Target::Id("panel"),
                target => target,
            };
            self.focus = Some((target, tries - 1));
            let link = ctx.link().clone();
            dom::next_frame(move || link.send_message(Msg::Retry));
        }
    }
}

/// A sentence in a box.
fn notice_box(notice: &Notice, emit: &Emit) -> Html {
    let role = match notice.tone {
        Tone::Info => "status",
        Tone::Trouble => "alert",
    };
    html! {
        <div id="notice" {role} data-tone={role}>
            <p>{ &notice.text }</p>
            <button id="close-notice" class="quiet" aria-label="Close this message" onclick={dispatch(emit, Action::CloseNotice)}>
                { icon("M5 5l10 10M15 5L5 15") }
            </button>
        </div>
    }
}

fn run_shelf(emit: &Emit) {
    let emit = emit.clone();
    spawn_local(async move {
        // Without storage the list is empty; the first save says so.
        emit.emit(Action::Shelf(storage::list().await.unwrap_or_default()));
    });
}

/// Keeps the reader's own words; without any, fetches them.
fn keep_words(emit: &Emit, before: String, after: String) {
    let emit = emit.clone();
    spawn_local(async move {
        emit.emit(match storage::keep_words(&before, &after).await {
            Ok(stored) => Action::Dialog(Deed::Kept { asked: after, stored }),
            // Without storage there is no list; the first name that is put on it says so.
            Err(_) if after.is_empty() => return,
            Err(why) => Action::StorageTrouble(format!(
                "Your words are not kept in this browser: {why} Export them now."
            )),
        });
    });
}
