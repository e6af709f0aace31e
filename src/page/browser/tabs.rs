//! This tab among the browser's others: which document it shows, which ones they hold, what they say.
//!
//! The open document is kept in the tab's own session, so that a reload shows it again whatever other tabs do,
//! and in an entry of the history, so that Back leads to the list. Where the browser has no locks or no channel
//! the page goes on without: a save still notices another tab's.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Object, Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, MessageEvent, Storage};

use super::dom::{self, call};

const CHANNEL: &str = "galley";
const SETTING: &str = "galley.open";
/// The field of a history entry that holds the document's key.
const ENTRY_FIELD: &str = "galley";

/// What tabs tell each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Word {
    /// The document of this key was saved with this revision.
    Saved(String, u32),
    /// The documents of these keys were forgotten.
    Forgotten(Vec<String>),
    /// The list has changed.
    Listed,
}

#[wasm_bindgen]
extern "C" {
    /// The browser's channel between the tabs of this page.
    type BroadcastChannel;
    #[wasm_bindgen(constructor, catch)]
    fn new(name: &str) -> Result<BroadcastChannel, JsValue>;
    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &BroadcastChannel, message: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, js_name = onmessage)]
    fn set_onmessage(this: &BroadcastChannel, listener: &Function);
}

thread_local! {
    static TAB: RefCell<String> = RefCell::new(dom::fresh_key());
    static CHANNEL_OPEN: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
    /// Ends the lock of the open document.
    static LOCK_END: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// The document that this tab holds, or has asked for.
    static HELD: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Steps back in the history that this page has asked for and not heard of yet.
    static OWN_STEPS: Cell<u32> = const { Cell::new(0) };
}

/// What tells this tab from the others.
pub(super) fn name() -> String {
    TAB.with_borrow(Clone::clone)
}

/// Hears what other tabs say, for as long as the page lives.
pub(super) fn listen(heard: impl Fn(Word) + 'static) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else {
        return;
    };
    let callback = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let word = event.data().as_string();
        if let Some(word) = word.and_then(|json| serde_json::from_str(&json).ok()) {
            heard(word);
        }
    });
    channel.set_onmessage(callback.as_ref().unchecked_ref());
    callback.forget();
    CHANNEL_OPEN.set(Some(channel));
}

/// Tells the other tabs.
pub(super) fn tell(word: &Word) {
    let json = serde_json::to_string(word).unwrap_or_default();
    CHANNEL_OPEN.with_borrow(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&json.into());
        }
    });
}

fn session() -> Option<Storage> {
    dom::window()?.session_storage().ok()?
}

fn history() -> Option<JsValue> {
    Reflect::get(&dom::window()?.into(), &"history".into()).ok()
}

/// The key of the document that the current history entry is of.
fn key_of_entry(state: &JsValue) -> Option<String> {
    Reflect::get(state, &ENTRY_FIELD.into()).ok()?.as_string()
}

/// The document that this tab showed before it was loaded again; for a tab that is new, the one that was open
/// last, as long as no other tab holds it.
pub(super) async fn document_to_open() -> Option<String> {
    if let Some(session) = session()
        && let Ok(Some(key)) = session.get_item(SETTING)
    {
        return Some(key).filter(|key| !key.is_empty());
    }
    let last = dom::read_setting("open")?;
    (!is_held(&last).await).then_some(last)
}

/// Notes which document is open: for a reload, for the next visit, and in the history. `None`: the list.
pub(super) fn remember(key: Option<&str>) {
    dom::store_setting("open", key);
    if let Some(session) = session() {
        // Empty rather than absent: this tab has been used, and shows the list.
        let _ = session.set_item(SETTING, key.unwrap_or_default());
    }
    let Some(history) = history() else { return };
    let current = Reflect::get(&history, &"state".into());
    let current = current.ok().and_then(|state| key_of_entry(&state));
    match (key, current) {
        (Some(key), Some(current)) if current == key => {}
        // One entry for the open document above one for the list.
        (Some(key), Some(_)) => {
            call(&history, "replaceState", &[&entry(key), &"".into()]);
        }
        (Some(key), None) => {
            call(&history, "pushState", &[&entry(key), &"".into()]);
        }
        (None, Some(_)) => {
            OWN_STEPS.set(OWN_STEPS.get() + 1);
            call(&history, "back", &[]);
        }
        (None, None) => {}
    }
}

fn entry(key: &str) -> JsValue {
    let entry = Object::new();
    let _ = Reflect::set(&entry, &ENTRY_FIELD.into(), &key.into());
    entry.into()
}

/// Calls `went` when the person goes back or forward: with the document there, `None` for the list. `open` says
/// which document is open.
pub(super) fn listen_to_history(
    open: impl Fn() -> Option<String> + 'static,
    went: impl Fn(Option<String>) + 'static,
) {
    let callback = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let state = Reflect::get(&event, &"state".into());
        let there = state.ok().and_then(|state| key_of_entry(&state));
        if OWN_STEPS.get() > 0 {
            OWN_STEPS.set(OWN_STEPS.get() - 1);
            // A document was opened before the step was taken.
            if let (None, Some(key)) = (there, open()) {
                remember(Some(&key));
            }
            return;
        }
        if there != open() {
            went(there);
        }
    });
    if let Some(window) = dom::window() {
        window.set_onpopstate(Some(callback.as_ref().unchecked_ref()));
    }
    callback.forget();
}

fn locks() -> Option<(JsValue, Function)> {
    let locks = dom::navigator_part("locks")?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

fn lock_name(key: &str) -> JsValue {
    format!("galley-document-{key}").into()
}

/// Whether a tab holds the document.
async fn is_held(key: &str) -> bool {
    let look = async {
        let (locks, _) = locks()?;
        let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
        let asked: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
        let answer = JsFuture::from(asked).await.ok()?;
        let held = js_sys::Array::from(&Reflect::get(&answer, &"held".into()).ok()?);
        let name = lock_name(key);
        Some(held.iter().any(|lock| Reflect::get(&lock, &"name".into()).is_ok_and(|n| n == name)))
    };
    look.await.unwrap_or(false)
}

/// Holds the document of this key for this tab, and no other; calls `taken` when another tab holds it.
pub(super) fn hold(key: Option<&str>, taken: impl FnOnce() + 'static) {
    if HELD.with_borrow(|held| held.as_deref() == key) {
        return;
    }
    HELD.set(key.map(str::to_owned));
    if let Some(end) = LOCK_END.take() {
        let _ = end.call0(&JsValue::NULL);
    }
    let (Some(key), Some((locks, request))) = (key, locks()) else {
        return;
    };
    let mut taken = Some(taken);
    // The lock lasts until the promise that this returns is kept.
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            if let Some(taken) = taken.take() {
                taken();
            }
            return JsValue::UNDEFINED;
        }
        Promise::new(&mut |resolve, _| LOCK_END.set(Some(resolve))).into()
    });
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let asked = request.call3(&locks, &lock_name(key), &options, &granted);
    if let Some(asked) = asked.ok().and_then(|p| p.dyn_into::<Promise>().ok()) {
        spawn_local(async move {
            let _ = JsFuture::from(asked).await;
        });
    }
}
