//! What the page hears wherever it happens: keys, pastes, drops, selections.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, DragEvent, Event, KeyboardEvent};
use yew::Context;

use super::app::{App, Msg};
use super::dom;
use super::shared::Emit;
use super::taking::{pasted, take_files, take_text};
use crate::keys;
use crate::state::State;

/// A listener on the window, for as long as the page lives.
pub(super) struct Listener {
    _call: Closure<dyn Fn(Event)>,
}

fn listen(name: &str, call: impl Fn(Event) + 'static) -> Option<Listener> {
    let call = Closure::<dyn Fn(Event)>::new(call);
    let window = dom::window()?;
    window.add_event_listener_with_callback(name, call.as_ref().unchecked_ref()).ok()?;
    Some(Listener { _call: call })
}

pub(super) fn listeners(
    ctx: &Context<App>,
    state: &Rc<RefCell<State>>,
    emit: &Emit,
) -> Vec<Listener> {
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
        let Some(data) = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer) else {
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
        && document.add_event_listener_with_callback("selectionchange", call).is_ok()
    {
        all.push(Listener { _call: selecting });
    }
    all
}
