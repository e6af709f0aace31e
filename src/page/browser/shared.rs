//! Props that are the same when they are the same allocation.

use std::ops::Deref;
use std::rc::Rc;

use yew::{Callback, Html, html};

use crate::action::Action;

/// An `Rc` that is compared by address, so that nothing is drawn again that did not change.
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

/// Where components send what happened.
pub(super) type Emit = Callback<Action>;

/// A callback that sends this action, whatever the event.
pub(super) fn dispatch<E>(emit: &Emit, action: Action) -> Callback<E> {
    let emit = emit.clone();
    Callback::from(move |_| emit.emit(action.clone()))
}

/// An icon of the page's own set: a path on a 20 × 20 grid.
pub(super) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d={path} />
        </svg>
    }
}
