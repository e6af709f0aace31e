//! Listeners on the window: keys, pastes, drops, selections.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, DragEvent, Event, KeyboardEvent};
use yew::Callback;

use super::dom;
use super::import::{import_clipboard, import_files, import_text};
use super::queue_files;
use super::shared::Emit;
use crate::action::{Action, StorageAction, WalkAction};
use crate::keys;
use crate::state::State;

/// A listener on the window, for as long as the page lives.
pub(super) struct Listener {
    _callback: Closure<dyn Fn(Event)>,
}

/// Where the selection of text stands when a listener hears of it.
pub(super) enum SelectionState {
    /// The person is still selecting.
    Changing,
    /// The browser has settled it.
    Settled,
}

fn listen(name: &str, callback: impl Fn(Event) + 'static) -> Option<Listener> {
    let callback = Closure::<dyn Fn(Event)>::new(callback);
    let window = dom::window()?;
    window.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref()).ok()?;
    Some(Listener { _callback: callback })
}

/// Attaches the page's listeners. `selection` hears when the selection of text changes.
pub(super) fn listen_on_window(
    state: &Rc<RefCell<State>>,
    emit: &Emit,
    selection: &Callback<SelectionState>,
) -> Vec<Listener> {
    let mut all = Vec::new();
    all.extend(listen_for_keys(state, emit));
    all.extend(listen_for_pastes(state, emit));
    all.extend(listen_for_drags());
    all.extend(listen_for_drops(emit));
    all.extend(listen_for_double_clicks(state, emit));
    for name in ["pointerup", "keyup", "touchend"] {
        all.extend(listen_for_selection_end(name, selection));
    }
    all.extend(listen_for_selection_change(selection));
    // What is still to be written is written when the page is hidden: it may never be shown again.
    for name in ["pagehide", "visibilitychange"] {
        let emit = emit.clone();
        all.extend(listen(name, move |event| {
            if event.type_() == "pagehide" {
                emit.emit(StorageAction::Leaving.into());
            } else if dom::document().is_some_and(|d| d.hidden()) {
                emit.emit(StorageAction::Hidden.into());
            }
        }));
    }
    all
}

fn listen_for_keys(state: &Rc<RefCell<State>>, emit: &Emit) -> Option<Listener> {
    let (state, emit) = (state.clone(), emit.clone());
    listen("keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let action = keys::action_for(&dom::key_press(&event), &state.borrow());
        if let Some(action) = action {
            event.prevent_default();
            emit.emit(action);
        }
    })
}

fn listen_for_pastes(state: &Rc<RefCell<State>>, emit: &Emit) -> Option<Listener> {
    let (state, emit) = (state.clone(), emit.clone());
    listen("paste", move |event| {
        let Ok(event) = event.dyn_into::<ClipboardEvent>() else {
            return;
        };
        if state.borrow().open.is_some() || dom::is_in_other_field(&event) {
            return;
        }
        if let Some(action) = import_clipboard(&event, &emit) {
            event.prevent_default();
            emit.emit(action);
        }
    })
}

thread_local! {
    /// A drag that began in this page is under way.
    static OWN_DRAG: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

fn is_own_drag() -> bool {
    OWN_DRAG.get()
}

/// Tells drags that begin in the page from those that bring something in. Only the latter may be dropped anywhere.
fn listen_for_drags() -> Vec<Listener> {
    let mut all = Vec::new();
    all.extend(listen("dragstart", |_| OWN_DRAG.set(true)));
    all.extend(listen("dragend", |_| OWN_DRAG.set(false)));
    // No drag goes on while the pointer is pressed anew: its end may have been missed.
    all.extend(listen("pointerdown", |_| OWN_DRAG.set(false)));
    all.extend(listen("dragover", |event| {
        let panel = dom::is_in_panel(event.target());
        if !is_own_drag() || panel {
            event.prevent_default();
        }
    }));
    all
}

/// A double click on a word, for a label that is kept.
fn listen_for_double_clicks(state: &Rc<RefCell<State>>, emit: &Emit) -> Option<Listener> {
    let (state, emit) = (state.clone(), emit.clone());
    listen("dblclick", move |_| {
        let span = {
            let state = state.borrow();
            let Some(open) = state.open.as_ref().filter(|open| open.keeps_label) else {
                return;
            };
            dom::selected_span(&open.offsets, &open.shown.text, false)
        };
        if let Some(span) = span {
            emit.emit(Action::Walk(WalkAction::DoubleClick(span)));
        }
    })
}

fn listen_for_drops(emit: &Emit) -> Option<Listener> {
    let emit = emit.clone();
    listen("drop", move |event| {
        // What was dragged from the page itself, such as selected words, is no new text.
        if is_own_drag() {
            return;
        }
        event.prevent_default();
        let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else {
            return;
        };
        if let Some(entries) = queue_files::dropped_folders(&data) {
            queue_files::enqueue_folders(entries, &emit);
        } else if data.files().is_some_and(|f| f.length() > 0) {
            import_files(data.files(), &emit);
        } else if let Ok(text) = data.get_data("text/plain")
            && !text.is_empty()
        {
            emit.emit(import_text(&text, None));
        }
    })
}

fn listen_for_selection_end(name: &str, selection: &Callback<SelectionState>) -> Option<Listener> {
    let selection = selection.clone();
    listen(name, move |event| {
        let key = event.dyn_ref::<KeyboardEvent>();
        // Of the keys, only those that move the caret can change the selection.
        let moves = |k: &KeyboardEvent| {
            let key = k.key();
            key.starts_with("Arrow") || key == "Home" || key == "End"
        };
        if key.is_none_or(moves) {
            let selection = selection.clone();
            // Only after this event does the browser settle what is selected.
            dom::run_after_ms(0, move || selection.emit(SelectionState::Settled));
        }
    })
}

fn listen_for_selection_change(selection: &Callback<SelectionState>) -> Option<Listener> {
    let selection = selection.clone();
    let callback = Closure::<dyn Fn(Event)>::new(move |_| {
        selection.emit(SelectionState::Changing);
        // When a finger drags the handles of a selection, no event tells that it has ended.
        if dom::has_coarse_pointer() {
            let selection = selection.clone();
            dom::run_after_ms(500, move || selection.emit(SelectionState::Settled));
        }
    });
    // The event does not bubble: only the document hears it.
    let listener = callback.as_ref().unchecked_ref();
    let document = dom::document()?;
    document.add_event_listener_with_callback("selectionchange", listener).ok()?;
    Some(Listener { _callback: callback })
}
