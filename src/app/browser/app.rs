//! The page's one component with a state: actions in, effects out, views below.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, Event, File, FileList, KeyboardEvent};
use yew::{Component, Context, Html, Properties, component, html, use_effect_with, use_state};

use super::article::Article;
use super::client::Client;
use super::panel::Panel;
use super::shared::{Emit, Shared, does, icon};
use super::tree::draw;
use super::{
    dialog, dom, hand, help, html as pages, place, popover, spread, start_view, storage, top,
};
use crate::app::action::{Action, Effect, Taken, Target};
use crate::app::dialog::Deed;
use crate::app::intake;
use crate::app::keys;
use crate::app::protocol::ToWorker;
use crate::app::state::{Find, Open, Popover, Scheme, State, Tone};
use crate::app::update::update;
use crate::text::Span;
use crate::wordlist::OwnLabel;

/// The page.
pub(super) struct App {
    state: Rc<RefCell<State>>,
    emit: Emit,
    client: Option<Client>,
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
        let notice = state.notice.as_ref().map(|notice| {
            let role = match notice.tone {
                Tone::Info => "status",
                Tone::Trouble => "alert",
            };
            draw! {
                <div id="notice" {role} data-tone={role}>
                    <p>{ notice.text.clone() }</p>
                    <button id="close-notice" class="quiet" aria-label="Close this message" onclick={does(emit, Action::CloseNotice)}>
                        { icon("M5 5l10 10M15 5L5 15") }
                    </button>
                </div>
            }
        });
        let view = match &state.open {
            None => start_view::view(&state, emit),
            Some(open) => self.document(&state, open),
        };
        draw! {
            <>
                { top::view(&state, emit) }
                { notice }
                { reading(&state, emit) }
                { view }
                { dialog::view(&state, emit) }
                if state.help { { help::view(&state.keys, emit) } }
                <div id="said" class="unseen" aria-live="polite" role="status">
                    <p key={state.said.0}>{ state.said.1.clone() }</p>
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
    fn document(&self, state: &State, open: &Open) -> Html {
        let emit = &self.emit;
        let sections: Vec<_> = open.drawn.sections().iter().cloned().map(Shared).collect();
        let title = open.shown.title.clone().map(yew::AttrValue::from);
        let over = match &open.popover {
            Some(Popover::Card(card)) => popover::card(open, card, &state.own.book.labels, emit),
            Some(Popover::New(span)) => popover::chips(open, *span, &state.own.book.labels, emit),
            None => Html::default(),
        };
        let article = html! {
            <Article
                key={open.key.clone()}
                {sections}
                text={Shared(open.text.clone())}
                {title}
                active={open.active.clone()}
                busy={open.partial}
                emit={emit.clone()}
            />
        };
        let panel = html! {
            <Panel
                document={Shared(open.shown.clone())}
                tab={open.tab}
                sheet={open.sheet}
                filter={open.filter.clone()}
                found={open.find.as_ref().and_then(|f| f.found.clone()).map(Shared)}
                pick={open.pick.clone()}
                time={open.time}
                active={open.active.clone()}
                busy={state.job.is_some()}
                emit={emit.clone()}
            />
        };
        draw! {
            <div class="desk">
                <main data-view="document" data-partial={open.partial.then_some("")} data-millis={open.millis.map(|ms| ms.to_string())}
                    data-picking={open.picking.is_some().then_some("")} data-own-keys={state.keys.is_changed().then_some("")} data-dragging={open.card().is_some_and(|c| c.preview.is_some()).then_some("")}>
                    { article }
                    { hand::grips(open, emit) }
                    { over }
                    if open.caret { <span id="caret" aria-hidden="true"></span> }
                </main>
                { spread::picking(open, emit) }
                { panel }
            </div>
        }
    }

    fn run(&mut self, effect: Effect) {
        let emit = self.emit.clone();
        match effect {
            Effect::Post(message) => self.post(&message),
            Effect::RestartWorker => {
                self.client = None;
                self.client = Client::start(&emit);
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
                if let Err(why) = storage::forget(&key).await {
                    let why = format!("The document could not be forgotten: {why}");
                    emit.emit(Action::StorageTrouble(why));
                }
            }),
            Effect::Remember(key) => dom::keep("open", key.as_deref()),
            Effect::Focus(target) => self.focus = Some((target, 12)),
            Effect::ShowSpan(span) => self.show = Some(span),
            Effect::Download { name, text } => {
                if dom::download(&name, &text).is_none() {
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
            Effect::KeepWords { before, after } => keep_words(&emit, before, after),
            Effect::Fill(id, value) => dom::fill(id, &value),
            Effect::Unselect => dom::unselect(),
            Effect::Keep(name, value) => dom::keep(name, value.as_deref()),
            Effect::Caret(what) => {
                let active = self
                    .state
                    .borrow()
                    .open
                    .as_ref()
                    .and_then(|o| o.active.clone());
                if let Some(ids) = hand::caret(what, active.as_ref()) {
                    emit.emit(Action::Point(ids));
                }
            }
        }
    }

    fn post(&mut self, message: &ToWorker) {
        let sent = self.client.as_ref().is_some_and(|c| c.post(message));
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

/// The region of the progress bar.
fn reading(state: &State, emit: &Emit) -> Html {
    let Some(job) = &state.job else {
        return Html::default();
    };
    let long = job.len() > 40_000;
    let words = match (&state.engine, long) {
        (crate::app::state::Engine::Ready, true) => "Reading… the beginning is shown first.",
        (crate::app::state::Engine::Ready, false) => "Reading…",
        _ => "Starting the reader…",
    };
    draw! {
        <div id="reading" role="region" aria-label="Reading" data-long={long.then_some("")}>
            { html! { <Bar key={job.number} estimate={job.estimate} /> } }
            <span>{ words }</span>
            <button id="cancel" class="quiet" onclick={does(emit, Action::Cancel)}>{ "Cancel" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BarProps {
    estimate: Option<u32>,
}

/// The progress bar: goes by the clock once the first screenful told how long the whole takes,
/// and waits short of its end.
#[component]
fn Bar(props: &BarProps) -> Html {
    const TICK: u32 = 100;
    let gone = use_state(|| 0u32);
    let ticks = gone.clone();
    use_effect_with((props.estimate, *gone), move |&(estimate, now)| {
        if estimate.is_some() {
            dom::after_ms(TICK as i32, move || ticks.set(now + TICK));
        }
    });
    match props.estimate {
        Some(all) => {
            let done = (u64::from(*gone) * 100 / u64::from(all.max(1))).min(95);
            draw! { <progress aria-label="Reading the text" max="100" value={done.to_string()}></progress> }
        }
        None => draw! { <progress aria-label="Reading the text"></progress> },
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
            Ok(stored) => Action::Dialog(Deed::Kept {
                asked: after,
                stored,
            }),
            // Without storage there is no list; the first name that is put on it says so.
            Err(_) if after.is_empty() => return,
            Err(why) => Action::StorageTrouble(format!(
                "Your words are not kept in this browser: {why} Export them now."
            )),
        });
    });
}

/// A web page's source as text.
fn reduced(taken: Taken) -> Action {
    let intake::Intake::Html(source) = &taken.intake else {
        return Action::Take(taken);
    };
    match pages::reduce(source) {
        Some(page) if !page.text.trim().is_empty() => Action::Take(Taken {
            intake: intake::Intake::Text(page.text),
            published: page.published,
            ..taken
        }),
        _ => Action::Refused(
            "No readable text was found in this web page. Copy the article's text and paste it here.".to_owned(),
        ),
    }
}

/// Takes what was pasted, typed or dropped as text.
pub(super) fn take_text(text: &str, name: Option<String>) -> Action {
    match intake::of_text(text, name.as_deref()) {
        Ok(intake) => Action::Take(Taken {
            key: dom::fresh_key(),
            intake,
            name,
            published: None,
        }),
        Err(why) => Action::Refused(why),
    }
}

/// Reads a file that was dropped or opened.
pub(super) fn take_file(file: File, emit: &Emit) {
    let emit = emit.clone();
    spawn_local(async move {
        let name = file.name();
        let bytes = match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => js_sys::Uint8Array::new(&buffer).to_vec(),
            Err(_) => {
                let why = format!("“{name}” could not be read. Open it again.");
                return emit.emit(Action::Refused(why));
            }
        };
        emit.emit(match intake::of_file(&bytes, &name) {
            Ok(intake) => Action::Take(Taken {
                key: dom::fresh_key(),
                intake,
                name: Some(name),
                published: None,
            }),
            Err(why) => Action::Refused(why),
        });
    });
}

/// The first of the files.
pub(super) fn take_files(files: Option<FileList>, emit: &Emit) {
    if let Some(file) = files.and_then(|files| files.get(0)) {
        take_file(file, emit);
    }
}

/// A listener on the window, for as long as the page lives.
struct Listener {
    _call: Closure<dyn Fn(Event)>,
}

fn listen(name: &str, call: impl Fn(Event) + 'static) -> Option<Listener> {
    let call = Closure::<dyn Fn(Event)>::new(call);
    let window = dom::window()?;
    window
        .add_event_listener_with_callback(name, call.as_ref().unchecked_ref())
        .ok()?;
    Some(Listener { _call: call })
}

fn listeners(ctx: &Context<App>, state: &Rc<RefCell<State>>, emit: &Emit) -> Vec<Listener> {
    let mut all = Vec::new();
    let (keys_state, to) = (state.clone(), emit.clone());
    all.extend(listen("keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let action = keys::action(&dom::press(&event), &keys_state.borrow());
        if let Some(action) = action {
            event.prevent_default();
            to.emit(action);
        }
    }));
    let (paste_state, to) = (state.clone(), emit.clone());
    all.extend(listen("paste", move |event| {
        let Ok(event) = event.dyn_into::<ClipboardEvent>() else {
            return;
        };
        if paste_state.borrow().open.is_some() || dom::in_other_field(&event) {
            return;
        }
        if let Some(action) = pasted(&event, &to) {
            event.prevent_default();
            to.emit(action);
        }
    }));
    all.extend(listen("dragover", |event| event.prevent_default()));
    let to = emit.clone();
    all.extend(listen("drop", move |event| {
        event.prevent_default();
        let Some(data) = event
            .dyn_ref::<DragEvent>()
            .and_then(DragEvent::data_transfer)
        else {
            return;
        };
        if data.files().is_some_and(|f| f.length() > 0) {
            take_files(data.files(), &to);
        } else if let Ok(text) = data.get_data("text/plain")
            && !text.is_empty()
        {
            to.emit(take_text(&text, None));
        }
    }));
    for name in ["pointerup", "keyup", "touchend"] {
        let link = ctx.link().clone();
        all.extend(listen(name, move |event| {
            let key = event.dyn_ref::<KeyboardEvent>();
            // Of the keys only those that move can have changed the selection.
            let moves = |k: &KeyboardEvent| {
                let key = k.key();
                key.starts_with("Arrow") || key == "Home" || key == "End"
            };
            if key.is_none_or(moves) {
                let link = link.clone();
                // After the browser has settled what is selected.
                dom::after_ms(0, move || link.send_message(Msg::Selection));
            }
        }));
    }
    let link = ctx.link().clone();
    let selecting = Closure::<dyn Fn(Event)>::new(move |_| {
        link.send_message(Msg::Selecting);
        // A finger that drags the handles of a selection tells nobody when it is done.
        if dom::touched() {
            let link = link.clone();
            dom::after_ms(500, move || link.send_message(Msg::Selection));
        }
    });
    // It does not bubble: only the document hears it.
    let call = selecting.as_ref().unchecked_ref();
    if let Some(document) = dom::document()
        && document
            .add_event_listener_with_callback("selectionchange", call)
            .is_ok()
    {
        all.push(Listener { _call: selecting });
    }
    all
}

/// What the clipboard holds: files, a web page's piece, or text.
fn pasted(event: &ClipboardEvent, emit: &Emit) -> Option<Action> {
    let data = event.clipboard_data()?;
    let get = |kind: &str| data.get_data(kind).unwrap_or_default();
    let html = get("text/html");
    if let Some(page) = (!html.trim().is_empty())
        .then(|| pages::reduce(&html))
        .flatten()
        && page.text.trim().len() > 1
    {
        return Some(take_plain(page.text, page.published));
    }
    let text = get("text/plain");
    if text.is_empty() && data.files().is_some_and(|f| f.length() > 0) {
        take_files(data.files(), emit);
        event.prevent_default();
        return None;
    }
    Some(take_text(&text, None))
}

/// Text that a web page was already reduced to.
fn take_plain(text: String, published: Option<String>) -> Action {
    match intake::of_text(&text, None) {
        Ok(_) => Action::Take(Taken {
            key: dom::fresh_key(),
            intake: intake::Intake::Text(text),
            name: None,
            published,
        }),
        Err(why) => Action::Refused(why),
    }
}
