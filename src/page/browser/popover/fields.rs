//! Text fields of the popover: nothing typed in them is lost.

use web_sys::{FocusEvent, HtmlInputElement};
use yew::{Callback, InputEvent, KeyboardEvent, TargetCast};

use crate::action::{Action, DraftField, EditAction, PopoverAction};
use crate::browser::dom;
use crate::browser::shared::{Emit, on_enter};

/// What a text field of the popover needs, so that nothing typed in it is lost.
pub(super) struct DraftCallbacks {
    pub(super) oninput: Callback<InputEvent>,
    pub(super) onblur: Callback<FocusEvent>,
    pub(super) onkeydown: Callback<KeyboardEvent>,
}

/// Notes what is typed in a field, does it on Enter by `enter` and when the focus leaves the popover.
pub(super) fn draft_callbacks(
    field: DraftField,
    enter: fn(String) -> EditAction,
    emit: &Emit,
) -> DraftCallbacks {
    let to = emit.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        to.emit(Action::Popover(PopoverAction::Type(field, typed)));
    });
    let to = emit.clone();
    let onblur = Callback::from(move |event: FocusEvent| {
        // A button of the popover does what is typed itself, if that fits what it does.
        if dom::is_in_popover(event.related_target()) {
            return;
        }
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            to.emit(Action::Popover(PopoverAction::LeaveField(field, input.value())));
        }
    });
    DraftCallbacks { oninput, onblur, onkeydown: on_enter(emit, enter) }
}
