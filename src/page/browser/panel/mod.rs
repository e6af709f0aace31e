//! The side panel (on small screens a bottom sheet): four lists of buttons.

mod people;
mod quotes;
mod rows;
mod timeline;

use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, KeyboardEvent, TargetCast, component, html};

use super::dom;
use super::shared::{Emit, dispatch, icon};
use crate::action::{Action, EditAction, PanelAction, Tab, WalkAction};
use crate::effect::Target;
use crate::lists;
use crate::words;
use galley_engine::document::Annotation;
use rows::{MAX_ROWS, PanelProps, annotation_row, empty_message};

#[component]
pub(super) fn Panel(props: &PanelProps) -> Html {
    let emit = &props.emit;
    let tabs = Tab::ALL.iter().enumerate().map(|(i, &(tab, word, title))| {
        let on = tab == props.tab;
        html! {
            <button key={word} id={format!("tab-{word}")} role="tab" aria-selected={on.to_string()}
                aria-controls="panel" tabindex={if on { "0" } else { "-1" }}
                onclick={dispatch(emit, PanelAction::ShowTab(tab))} onkeydown={on_tab_key(i, emit)}>{ title }</button>
        }
    });
    let (_, word, _) = Tab::ALL[props.tab as usize];
    let found = props.found.as_ref().map(|f| f.as_slice());
    let live = lists::listed(&props.document, &props.filter, found);
    let list = match props.tab {
        Tab::Review => review_list(props, &live),
        Tab::People => people::people_list(props, &live),
        Tab::Quotes => quotes::quote_list(props, &live),
        Tab::Timeline => timeline::timeline(props, &live),
    };
    html! {
        <aside class="side" aria-label="What was found" data-up={props.sheet.then_some("")}>
            <div class="tabs" role="tablist" aria-label="Lists">{ for tabs }</div>
            <button id="sheet" class="quiet" aria-expanded={props.sheet.to_string()} aria-controls="panel"
                aria-label="Open or close the lists" onclick={dispatch(emit, PanelAction::ToggleBottomSheet)}>{ icon("M5 12l5-5 5 5") }</button>
            <div id="panel" role="tabpanel" tabindex="0" aria-labelledby={format!("tab-{word}")}>{ list }</div>
        </aside>
    }
}

/// Arrow keys, Home and End move between the tabs.
fn on_tab_key(at: usize, emit: &Emit) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        let n = Tab::ALL.len();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % n,
            "ArrowLeft" => (at + n - 1) % n,
            "Home" => 0,
            "End" => n - 1,
            _ => return,
        };
        event.prevent_default();
        let (tab, ..) = Tab::ALL[to];
        emit.emit(Action::Panel(PanelAction::ShowTab(tab)));
        let id = ["tab-review", "tab-people", "tab-quotes", "tab-timeline"][to];
        dom::move_focus(&Target::Id(id));
    })
}

fn review_list(props: &PanelProps, live: &[&Annotation]) -> Html {
    let document = &*props.document;
    let (checked, all) = lists::progress(document, &props.filter);
    let list = lists::unchecked(live);
    let rejected = lists::rejected(document);
    let rows = list.iter().take(MAX_ROWS).map(|a| {
        let facts = if galley_engine::view::is_unattributed(a) {
            "no speaker".to_owned()
        } else {
            format!(
                "{}, {}",
                words::label_title(a),
                words::confidence_in_words(lists::certainty(a))
            )
        };
        html! { <li key={a.id.0.clone()}>{ annotation_row(props, a, true, facts) }</li> }
    });
    let bin = rejected.iter().take(MAX_ROWS).map(|a| {
        html! {
            <li key={a.id.0.clone()} class="gone">
                <span class="text">{ words::quoted(document.text.slice(a.span), 60) }</span>
                <button class="quiet" data-restore={a.id.0.clone()} onclick={dispatch(&props.emit, EditAction::Restore(a.id.clone()))}>{ "Restore" }</button>
            </li>
        }
    });
    html! {
        <>
            if all > 0 {
                <p class="progress">
                    <progress aria-label="Checked" value={checked.to_string()} max={all.to_string()}></progress>
                    <span>{ format!("{checked} of {all} checked") }</span>
                </p>
            }
            if !list.is_empty() {
                { review_tools(props, live) }
            }
            if list.is_empty() {
                { empty_message(props, if all == 0 { "Nothing was found. Select words in the text to mark them." } else { "Everything is checked." }) }
            } else {
                <ol class="list" id="review-list">{ for rows }</ol>
                if list.len() > MAX_ROWS {
                    <p class="empty">{ format!("and {} more", list.len() - MAX_ROWS) }</p>
                }
            }
            if !rejected.is_empty() {
                <h2>{ "Not annotations" }</h2>
                <ul class="list">{ for bin }</ul>
            }
        </>
    }
}

/// Starts the review, and accepts at once all that the machine is sure of.
fn review_tools(props: &PanelProps, live: &[&Annotation]) -> Html {
    let emit = props.emit.clone();
    let percent = props.sure / 10;
    let n = lists::sure(live, props.sure).len();
    let oninput = Callback::from(move |event: InputEvent| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        if let Ok(percent) = value.parse::<u16>() {
            emit.emit(Action::Panel(PanelAction::SetSureFrom(percent.min(100) * 10)));
        }
    });
    html! {
        <div class="sure">
            <button id="review" class="switch" aria-pressed={props.reviewing.to_string()} onclick={dispatch(&props.emit, WalkAction::ToggleReview)}>
                { "Review, least certain first" }<kbd aria-hidden="true">{ "R" }</kbd>
            </button>
            <div class="row">
                <button id="accept-sure" aria-disabled={(n == 0).then_some("true")} onclick={dispatch(&props.emit, EditAction::AcceptSure)}>
                    { format!("Accept {n} above {percent} %") }<kbd aria-hidden="true">{ "B" }</kbd>
                </button>
                <input id="sure" type="range" min="50" max="99" step="1" aria-label="Accept all above this certainty, in per cent"
                    value={percent.to_string()} {oninput} />
            </div>
        </div>
    }
}
