//! The toast: what the live region says, in sight for some seconds, with a way back.

use yew::{Html, Properties, component, html, use_effect_with};

use super::dom;
use super::shared::{Emit, dispatch, icon};
use crate::action::{Action, EditAction, PageAction, ShelfAction};
use crate::state::Toast;

#[derive(Properties, PartialEq)]
pub(super) struct ToastProps {
    pub(super) number: u32,
    pub(super) emit: Emit,
}

/// How long a toast stays.
const SHOWN_MS: i32 = 7_000;

/// Hides the toast with this number after a while. It draws nothing.
#[component]
pub(super) fn ToastTimer(props: &ToastProps) -> Html {
    let emit = props.emit.clone();
    use_effect_with(props.number, move |&number| {
        dom::run_after_ms(SHOWN_MS, move || {
            emit.emit(Action::Page(PageAction::HideToast(number)));
        });
    });
    Html::default()
}

/// Draws the toast; `articles`: in how many others the same correction may hold. The live region says its sentence, so no screen reader hears it twice.
pub(super) fn toast_box(toast: &Toast, articles: Option<usize>, emit: &Emit) -> Html {
    html! {
        <div id="toast" role="region" aria-label="What was done">
            <p aria-hidden="true">{ &toast.text }</p>
            if let Some((id, label)) = &toast.only_this {
                <button data-do="only-this" onclick={dispatch(emit, EditAction::OnlyThisOne(id.clone(), *label))}>{ "Only this one" }</button>
            }
            if let Some(n) = articles {
                <button data-do="elsewhere" title="Choose the places: W" onclick={dispatch(emit, ShelfAction::OpenElsewhere)}>
                    { if n == 1 { "1 other article…".to_owned() } else { format!("{n} other articles…") } }
                </button>
            }
            if toast.undo_change {
                <button data-do="undo-change" onclick={dispatch(emit, ShelfAction::UndoChange)}>{ "Undo" }</button>
            } else if toast.undo {
                <button data-do="undo" onclick={dispatch(emit, EditAction::Undo)}>{ "Undo" }</button>
            }
            <button class="quiet" aria-label="Hide" onclick={dispatch(emit, PageAction::HideToast(toast.number))}>{ icon("M5 5l10 10M15 5L5 15") }</button>
            <ToastTimer number={toast.number} emit={emit.clone()} />
        </div>
    }
}
