//! The document's title, which can be edited in place.

use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlInputElement};
use yew::{
    Callback, Html, KeyboardEvent, MouseEvent, Properties, TargetCast, component, html,
    use_effect_with, use_state,
};

use super::dom;
use super::shared::{Emit, icon};
use crate::action::{Action, EditAction};

#[derive(Properties, PartialEq)]
pub(super) struct TitleProps {
    pub(super) title: String,
    pub(super) emit: Emit,
}

/// The title with a button beside it; while it is edited, a field.
#[component]
pub(super) fn Title(props: &TitleProps) -> Html {
    let editing = use_state(|| false);
    use_effect_with(*editing, |&editing| {
        let field = dom::element_by_id("title-field").filter(|_| editing);
        if let Some(field) = field.and_then(|f| f.dyn_into::<HtmlInputElement>().ok()) {
            let _ = field.focus();
            field.select();
        }
    });
    let start = {
        let editing = editing.clone();
        Callback::from(move |_: MouseEvent| editing.set(true))
    };
    if !*editing {
        return html! {
            <div class="titled">
                <h1 id="title" dir="auto" title={props.title.clone()}>{ &props.title }</h1>
                <button id="edit-title" class="quiet" aria-label="Edit the title" title="Edit the title" onclick={start}>
                    { icon("M4 16h3l8.5-8.5-3-3L4 13zM11 6l3 3") }
                </button>
            </div>
        };
    }
    let done = {
        let (emit, editing, title) = (props.emit.clone(), editing.clone(), props.title.clone());
        move |typed: String| {
            editing.set(false);
            if typed.trim() != title {
                emit.emit(Action::Edit(EditAction::SetTitle(typed)));
            }
        }
    };
    let onkeydown = {
        let (done, editing) = (done.clone(), editing.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                done(event.target_unchecked_into::<HtmlInputElement>().value());
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                editing.set(false);
            }
            _ => {}
        })
    };
    let still = *editing;
    let onblur = Callback::from(move |event: FocusEvent| {
        if still && event.is_trusted() {
            done(event.target_unchecked_into::<HtmlInputElement>().value());
        }
    });
    html! {
        <div class="titled">
            <input id="title-field" type="text" aria-label="Title" autocomplete="off" value={props.title.clone()} {onkeydown} {onblur} />
        </div>
    }
}
