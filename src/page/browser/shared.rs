//! What all components use: properties compared by address, callbacks that dispatch actions, icons.

use crate::action::Action;
use std::ops::Deref;
use std::rc::Rc;

use web_sys::{HtmlElement, HtmlInputElement};
use yew::{Callback, Html, KeyboardEvent, TargetCast, html};

/// An `Rc` as a property. It is compared by address, so a component skips drawing when it gets the same `Rc`.
#[derive(Debug)]
pub(super) struct Shared<T: ?Sized>(pub(super) Rc<T>);

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// Where components send actions.
pub(super) type Emit = Callback<Action>;

/// A callback that dispatches this action, whatever the event.
pub(super) fn dispatch<E>(emit: &Emit, action: impl Into<Action>) -> Callback<E> {
    let (emit, action) = (emit.clone(), action.into());
    Callback::from(move |_| emit.emit(action.clone()))
}

/// A callback for a field that dispatches its value on Enter.
pub(super) fn on_enter<A: Into<Action> + 'static>(
    emit: &Emit,
    action: fn(String) -> A,
) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter"
            && let Some(field) = event.target_dyn_into::<HtmlInputElement>()
        {
            event.prevent_default();
            emit.emit(action(field.value()).into());
        }
    })
}

/// An icon: a path on a 20 × 20 grid.
pub(super) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={path} />
        </svg>
    }
}

/// A number with its thousands apart.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// What a field holds.
pub(super) fn value_of(field: &HtmlElement) -> String {
    let value = js_sys::Reflect::get(field, &"value".into());
    value.ok().and_then(|value| value.as_string()).unwrap_or_default()
}
