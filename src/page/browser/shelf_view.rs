//! The list of documents: search, filters, ticks, and the progress of files that come in.

use std::collections::BTreeSet;

use web_sys::{HtmlElement, HtmlInputElement, InputEvent};
use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, Properties, TargetCast, component, html,
};

use super::shared::{Emit, Shared, dispatch, grouped, icon, value_of};
use super::{dom, over_all_view};
use crate::action::{Action, QueueAction, ShelfAction, StorageAction};
use crate::library::choice::{Progress, Sort, View};
use crate::library::pack::Container;
use crate::library::shelf::{Row, collections};
use crate::saved::Entry;
use crate::state::{Promise, State};
use crate::words;

/// How far the files are that come in.
pub(super) fn queue_progress(state: &State, emit: &Emit) -> Html {
    let Some(queue) = &state.queue else {
        return Html::default();
    };
    let (done, all) = queue.progress();
    html! {
        <div id="queue" role="region" aria-label="Reading files">
            <progress aria-label="Files read" max={all.max(1).to_string()} value={done.to_string()}></progress>
            <span>{ format!("{} of {} read", grouped(done), grouped(all)) }</span>
            if !queue.failed.is_empty() {
                <span class="failed">{ format!("{} could not be read", queue.failed.len()) }</span>
            }
            <button id="cancel-queue" class="quiet" onclick={dispatch(emit, QueueAction::Cancel)}>{ "Cancel" }</button>
        </div>
    }
}

/// The list with its tools; nothing when no document is kept.
pub(super) fn shelf(state: &State, emit: &Emit) -> Html {
    let shelf = &state.shelf;
    let all = state.kept_documents.len();
    if all == 0 {
        return Html::default();
    }
    let listed = shelf.rows.len();
    let ticked = shelf.ticked.len();
    let rows = match shelf.view {
        View::Documents => listed,
        View::Names | View::Quotes | View::Dates => shelf.over_all.len(),
    };
    let count = match listed == all {
        true => grouped(all),
        false => format!("{} of {}", grouped(listed), grouped(all)),
    };
    html! {
        <section id="shelf" aria-labelledby="shelf-title">
            <div class="head">
                <h2 id="shelf-title">{ "Saved in this browser" }<span class="n" id="shelf-count">{ count }</span></h2>
                if all > 1 {
                    <button id="next-open" onclick={dispatch(emit, ShelfAction::OpenNext)}>{ "Next unchecked" }<kbd aria-hidden="true">{ "N" }</kbd></button>
                }
            </div>
            if all > 1 {
                { over_all_view::view_switch(state, emit) }
                { tools(state, emit) }
            }
            if shelf.view == View::Documents {
                if ticked > 0 {
                    { ticked_bar(state, ticked, emit) }
                }
                if listed == 0 {
                    <p class="hint" id="none-found">{ "No document is like that." }</p>
                }
                <DocumentList rows={Shared(shelf.rows.clone())} ticked={Shared(shelf.ticked.clone())}
                    drawn={shelf.drawn} ticks={all > 1} emit={emit.clone()} />
            } else {
                { over_all_view::over_all_list(state, emit) }
            }
            if rows > shelf.drawn {
                <button id="more-rows" onclick={dispatch(emit, ShelfAction::More)}>
                    { format!("Show more: {} are hidden", grouped(rows - shelf.drawn)) }
                </button>
            }
            if let Some(said) = promise_in_words(state.promise) {
                <p id="kept-promise" class="hint">{ said }</p>
            }
        </section>
    }
}

/// A field whose choices have names; sends the action of what is chosen.
fn choice<T: Copy + PartialEq + 'static>(
    id: &'static str,
    label: &'static str,
    all: &'static [(T, &'static str, &'static str)],
    now: T,
    emit: &Emit,
    action: fn(T) -> ShelfAction,
) -> Html {
    let emit = emit.clone();
    let chosen = Callback::from(move |event: Event| {
        let value = value_of(&event.target_unchecked_into::<HtmlElement>());
        if let Some(row) = all.iter().find(|row| row.1 == value) {
            emit.emit(action(row.0).into());
        }
    });
    html! {
        <select {id} aria-label={label} onchange={chosen}>
            { for all.iter().map(|&(value, name, title)| html! {
                <option value={name} selected={value == now}>{ title }</option>
            }) }
        </select>
    }
}

fn tools(state: &State, emit: &Emit) -> Html {
    let shelf = &state.shelf;
    let to = emit.clone();
    let typed = Callback::from(move |event: InputEvent| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        to.emit(ShelfAction::Search(field.value()).into());
    });
    let groups = collections(&state.kept_documents);
    let to = emit.clone();
    let in_collection = Callback::from(move |event: Event| {
        let value = value_of(&event.target_unchecked_into::<HtmlElement>());
        let name = value.strip_prefix('=').map(str::to_owned);
        to.emit(ShelfAction::ShowCollection(name).into());
    });
    let all_ticked = !shelf.rows.is_empty()
        && shelf.rows.iter().all(|row| shelf.ticked.contains(&row.entry.key));
    html! {
        <div class="sieve" role="search" aria-label="Documents">
            <label class="tick"><input id="tick-all" type="checkbox" checked={all_ticked} aria-label="Tick all that are listed"
                onchange={dispatch(emit, ShelfAction::TickAll)} /></label>
            <input id="shelf-find" type="search" aria-label="Find in titles and texts" placeholder="Find in titles and texts"
                autocomplete="off" spellcheck="false" value={shelf.query.clone()} oninput={typed} />
            if !groups.is_empty() {
                <select id="shelf-collection" aria-label="Collection" onchange={in_collection}>
                    <option value="" selected={shelf.collection.is_none()}>{ "All collections" }</option>
                    { for groups.iter().map(|(name, n)| html! {
                        <option value={format!("={name}")} selected={shelf.collection.as_deref() == Some(*name)}>{ format!("{name} ({n})") }</option>
                    }) }
                </select>
            }
            { choice("shelf-progress", "How far checked", &Progress::ALL, shelf.progress, emit, ShelfAction::Show) }
            { choice("shelf-sort", "Order", &Sort::ALL, shelf.sort, emit, ShelfAction::Sort) }
        </div>
    }
}

/// What can be done with the ticked documents.
fn ticked_bar(state: &State, ticked: usize, emit: &Emit) -> Html {
    let begin = |container: Container| {
        let emit = emit.clone();
        Callback::from(move |_: yew::MouseEvent| {
            let field = dom::element_by_id("pack-format");
            let format = field.and_then(|f| value_of(&f).parse().ok()).unwrap_or(0);
            emit.emit(ShelfAction::Download(format, container).into());
        })
    };
    let put = {
        let emit = emit.clone();
        move || {
            let field = dom::element_by_id("collection-name");
            let name = field.map(|f| value_of(&f)).unwrap_or_default();
            emit.emit(Action::Shelf(ShelfAction::PutInto(name)));
        }
    };
    let by_enter = {
        let put = put.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                put();
            }
        })
    };
    let groups = collections(&state.kept_documents);
    let formats = state.formats.iter().enumerate();
    let n = if ticked == 1 { "1 ticked".to_owned() } else { format!("{} ticked", grouped(ticked)) };
    html! {
        <div id="ticked-bar" role="region" aria-label="Ticked documents">
            <strong>{ n }</strong>
            if let Some(pack) = &state.pack {
                <span id="pack-progress">{ format!("Putting together {} of {}", pack.done(), pack.total) }</span>
            } else if !state.formats.is_empty() {
                <span class="group">
                    <select id="pack-format" aria-label="Format">
                        { for formats.map(|(i, f)| html! { <option value={i.to_string()} selected={i == 0}>{ &f.name }</option> }) }
                    </select>
                    <button id="pack-zip" onclick={begin(Container::Zip)}>{ "Download a zip" }</button>
                    <button id="pack-one" title="JSON lines, or one table or text; formats that cannot come as a zip"
                        onclick={begin(Container::OneFile)}>{ "Download one file" }</button>
                </span>
            }
            <span class="group">
                <input id="collection-name" aria-label="Collection" placeholder="Collection" list="collections" maxlength="80" onkeydown={by_enter} />
                <datalist id="collections">{ for groups.iter().map(|(name, _)| html! { <option value={name.to_string()}></option> }) }</datalist>
                <button id="put-into" onclick={Callback::from(move |_: yew::MouseEvent| put())}>{ "Put into" }</button>
            </span>
            <button id="forget-ticked" class="quiet" onclick={dispatch(emit, ShelfAction::ForgetTicked)}>{ "Delete" }</button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DocumentListProps {
    rows: Shared<Vec<Row>>,
    ticked: Shared<BTreeSet<String>>,
    drawn: usize,
    /// Rows have a box to tick.
    ticks: bool,
    emit: Emit,
}

/// The rows. A component, so that they are drawn again only when they change.
#[component]
fn DocumentList(props: &DocumentListProps) -> Html {
    let rows = props.rows.iter().take(props.drawn);
    let rows = rows.map(|row| document_item(row, props));
    html! { <ul>{ for rows }</ul> }
}

fn document_item(row: &Row, props: &DocumentListProps) -> Html {
    let (entry, emit) = (&row.entry, &props.emit);
    let key = entry.key.clone();
    let ticked = props.ticked.contains(&key);
    html! {
        <li key={key.clone()} data-ticked={ticked.then_some("")}>
            if props.ticks {
                <label class="tick"><input type="checkbox" data-tick={key.clone()} checked={ticked} aria-label={format!("Tick {}", entry.title)}
                    onchange={dispatch(emit, ShelfAction::Tick(key.clone()))} /></label>
            }
            <button class="kept" data-key={key.clone()} onclick={match row.hit {
                    Some(_) => dispatch(emit, ShelfAction::OpenHit(key.clone())),
                    None => dispatch(emit, StorageAction::Open(key.clone())),
                }}>
                <span class="name">{ &entry.title }</span>
                <span class="facts">{ facts(entry) }</span>
                if let Some(hit) = &row.hit {
                    <span class="hit">{ &hit.before }<mark>{ &hit.words }</mark>{ &hit.after }
                        if hit.count > 1 {
                            <span class="n">{ format!(" {} times", hit.count) }</span>
                        }
                    </span>
                }
            </button>
            { meter(entry) }
            <button class="quiet bin" data-forget={key.clone()} title="Delete this document" aria-label={format!("Delete this document: {}", entry.title)}
                onclick={dispatch(emit, StorageAction::Forget(vec![key]))}>
                { icon("M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5") }
            </button>
        </li>
    }
}

fn facts(entry: &Entry) -> AttrValue {
    let day = js_sys::Date::new(&(entry.updated as f64).into());
    let when = String::from(day.to_locale_string("en-GB", &wasm_bindgen::JsValue::UNDEFINED));
    let edits = match entry.edits {
        0 => String::new(),
        1 => ", 1 edit".to_owned(),
        n => format!(", {n} edits"),
    };
    let collection = match entry.collection.is_empty() {
        true => String::new(),
        false => format!(" · {}", entry.collection),
    };
    format!("{} words{edits} · {when}{collection}", grouped(entry.words as usize)).into()
}

/// How far a document is checked.
fn meter(entry: &Entry) -> Html {
    let Some(checked) = entry.checked.filter(|c| c.all > 0) else {
        return Html::default();
    };
    let done = checked.is_complete();
    html! {
        <span class="checked" data-done={done.then_some("")}>
            <span class="words">{ if done { "checked".to_owned() } else { format!("{} of {} checked", checked.done, checked.all) } }</span>
            <span class="bar" aria-hidden="true"><progress tabindex="-1" max={checked.all.to_string()} value={checked.done.to_string()}></progress></span>
        </span>
    }
}

/// What was forgotten, and the button that takes it back.
pub(super) fn undo_offer(state: &State, emit: &Emit) -> Html {
    let Some(forgetting) = &state.forgetting else {
        return Html::default();
    };
    let what = match forgetting.entries.as_slice() {
        [one] => words::quoted(&one.title, 40),
        several => format!("{} documents", several.len()),
    };
    html! {
        <div id="undo-offer" class="offer" role="status">
            <p>{ what }{ " deleted" }</p>
            <button id="undo-forget" onclick={dispatch(emit, StorageAction::UndoForget)}>{ "Undo" }</button>
        </div>
    }
}

/// Whether the browser keeps all this, in a sentence; `None`: nobody has asked it.
fn promise_in_words(promise: Promise) -> Option<&'static str> {
    match promise {
        Promise::NotAsked | Promise::Asked => None,
        Promise::Given => Some("The browser keeps these until you delete them."),
        Promise::Refused | Promise::Unknown => Some(
            "The browser may remove these when its disk is short of space: download what you want to keep for good.",
        ),
    }
}
