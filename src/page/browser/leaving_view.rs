//! What leaves this page: what was requested, the policy, how to check it, what the browser keeps.

use std::cell::Cell;

use js_sys::{Function, Promise as JsPromise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::{Html, html};

use super::dom;
use super::shared::{Emit, dispatch, grouped};
use crate::action::{Action, DialogAction, StorageAction};
use crate::leaving::{Leaving, Program, StorageUse, Told, bytes_in_words};
use crate::requests;
use crate::state::{Promise, State};
use crate::words::counted;

/// The end of an address that opens this at once.
const FRAGMENT: &str = "#nothing-leaves";
/// Addresses of a list that are drawn.
const MAX_ADDRESSES: usize = 100;

thread_local! {
    /// When all of the page was there, in milliseconds since 1970.
    static READY: Cell<Option<u64>> = const { Cell::new(None) };
}

/// Notes that all of the page is there; the first time counts.
pub(super) fn note_ready() {
    READY.set(READY.get().or(Some(js_sys::Date::now() as u64)));
    // The page's first script waits for this.
    if let (Some(window), Ok(event)) = (dom::window(), web_sys::Event::new("galley-ready")) {
        let _ = window.dispatch_event(&event);
    }
}

/// True if the page's address asks for this.
pub(super) fn is_asked_for() -> bool {
    let hash = dom::window().and_then(|w| w.location().hash().ok());
    hash.as_deref() == Some(FRAGMENT)
}

/// Sends what is known without the workers.
pub(super) fn count(emit: &Emit) {
    let emit = emit.clone();
    spawn_local(async move {
        let mut leaving = Leaving {
            origin: dom::window().and_then(|w| w.location().origin().ok()).unwrap_or_default(),
            ready: READY.get(),
            policy: policy().unwrap_or_default(),
            storage: storage_use().await.unwrap_or_default(),
            ..Leaving::default()
        };
        leaving.take(Program::Page, requests::report());
        emit.emit(Action::Dialog(DialogAction::LeavingKnown(Box::new(leaving))));
        if let Some(kept) = is_kept().await {
            // What it says only when asked, it has refused before.
            if kept {
                emit.emit(Action::Storage(StorageAction::Persisted(Some(true))));
            }
        }
    });
}

fn policy() -> Option<String> {
    let tag =
        dom::document()?.query_selector("meta[http-equiv='Content-Security-Policy']").ok()??;
    tag.get_attribute("content")
}

/// What a method of the browser's storage answers.
async fn ask_storage(method: &str) -> Option<JsValue> {
    let storage = dom::navigator_part("storage")?;
    let ask: Function = Reflect::get(&storage, &method.into()).ok()?.dyn_into().ok()?;
    let answer: JsPromise = ask.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(answer).await.ok()
}

async fn storage_use() -> Option<StorageUse> {
    let answer = ask_storage("estimate").await?;
    let number = |field: &str| Some(Reflect::get(&answer, &field.into()).ok()?.as_f64()? as u64);
    Some(StorageUse { used: number("usage"), quota: number("quota") })
}

async fn is_kept() -> Option<bool> {
    ask_storage("persisted").await?.as_bool()
}

/// The heading: it says what was counted.
pub(super) fn title(leaving: Option<&Leaving>) -> &'static str {
    match leaving.map(|leaving| leaving.told().elsewhere.len()) {
        None => "What leaves this page",
        Some(0) => "What leaves this page: nothing",
        Some(_) => "What leaves this page",
    }
}

pub(super) fn leaving_page(state: &State, leaving: Option<&Leaving>, emit: &Emit) -> Html {
    let Some(leaving) = leaving else {
        return html! { <p class="note">{ "Counting…" }</p> };
    };
    let told = leaving.told();
    html! {
        <div id="leaving" class="page">
            <p>{ "Galley has no server of its own: texts are read by a program in this page, and what you correct is kept in this browser. No account, no analytics, no fonts or scripts from elsewhere." }</p>
            { counts(leaving, &told) }
            <h3>{ "What the page is forbidden" }</h3>
            <ul class="lines">
                <li>{ "To send or fetch anything, but for its own files from the address it came from" }</li>
                <li>{ "To run any script that did not come with it, or one that stands in a text" }</li>
                <li>{ "To show pictures, frames, fonts or styles from elsewhere, or to send a form" }</li>
                <li>{ "To make markup of a text: what is pasted stays text (Trusted Types)" }</li>
            </ul>
            <p class="note">{ "The browser itself enforces this, by the policy that the page carries:" }</p>
            <p><code class="policy">{ &leaving.policy }</code></p>
            <h3>{ "How to check it yourself" }</h3>
            <ol class="lines">
                <li>{ "Switch the network off after the page has loaded: everything goes on." }</li>
                <li>{ "Open the browser's developer tools (F12), choose Network, and work on: no line appears." }</li>
                <li>{ "Look at the page's source: the policy above stands in its head." }</li>
            </ol>
            <p class="note">{ "What this page cannot rule out: extensions of your browser see what you see; and whoever hosts the page sees that you opened it, as with any page. Now and then the browser asks the host for a newer version of the page (sw.js), which carries nothing of yours." }</p>
            { what_is_kept(state, leaving, emit) }
        </div>
    }
}

fn addresses(title: &str, all: &[String], open: bool) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    html! {
        <details {open}>
            <summary>{ title.to_owned() }</summary>
            <ul class="lines addresses">{ for all.iter().take(MAX_ADDRESSES).map(|one| html! { <li><code>{ one }</code></li> }) }</ul>
        </details>
    }
}

fn counts(leaving: &Leaving, told: &Told) -> Html {
    let row = |id: &'static str, n: usize, what: &'static str| {
        html! { <li><b {id}>{ grouped(n) }</b><span>{ what }</span></li> }
    };
    html! {
        <>
            <ul class="tally">
                { row("elsewhere", told.elsewhere.len(), "requests to any other address") }
                { row("later", told.later.len(), "requests since the page was there, for files of its own") }
                { row("refused", told.refused as usize, "things that the policy has refused") }
            </ul>
            <p class="note">{ format!("As this browser has it on record since the page was opened: {}.", leaving.counted()) }</p>
            { addresses("Requests to other addresses", &told.elsewhere, true) }
            { addresses("Its own files, asked for later", &told.later, false) }
            { addresses(&format!("The {} it is made of", counted(told.own.len(), "file")), &told.own, false) }
        </>
    }
}

fn what_is_kept(state: &State, leaving: &Leaving, emit: &Emit) -> Html {
    let StorageUse { used, quota } = leaving.storage;
    let space = match (used, quota) {
        (Some(used), Some(quota)) => {
            format!(", {} of the {} that it may use", bytes_in_words(used), bytes_in_words(quota))
        }
        (Some(used), None) => format!(", {}", bytes_in_words(used)),
        (None, _) => String::new(),
    };
    let promise = match state.promise {
        Promise::Given => "The browser keeps them until you delete them.",
        Promise::NotAsked => {
            "The browser may remove them when its disk is short of space; it is asked not to at the first correction."
        }
        Promise::Asked => "The browser is being asked to keep them.",
        Promise::Refused => {
            "The browser may remove them when its disk is short of space: it has not promised to keep them."
        }
        Promise::Unknown => {
            "The browser may remove them when its disk is short of space: it knows no promise to keep them."
        }
    };
    html! {
        <>
            <h3>{ "What this browser keeps" }</h3>
            <p>{ format!("Documents and your word list, in this browser alone{space}. {promise} What you delete is gone for good once it can no longer be undone; parts of it may stand on the disk until the browser tidies its files.") }</p>
            <div class="row">
                if matches!(state.promise, Promise::NotAsked | Promise::Refused) {
                    <button id="ask-to-keep" onclick={dispatch(emit, DialogAction::AskToKeep)}>{ "Ask it to keep them" }</button>
                }
                <button onclick={dispatch(emit, DialogAction::OpenBackup)}>{ "Backup of everything" }</button>
            </div>
        </>
    }
}
