//! The list of the other places with the same words, in the popover, each with a tick box.

use yew::{Html, html};

use crate::action::{EditAction, PopoverAction};
use crate::browser::shared::{Emit, dispatch};
use crate::occurrences::{Occurrence, Occurrences};
use crate::state::Open;
use crate::words;
use galley_engine::document::{Annotation, Body};

pub(super) fn occurrence_list(open: &Open, spread: &Occurrences, emit: &Emit) -> Html {
    let all = spread.ticked() == spread.hits.len();
    html! {
        <div id="spread" role="group" tabindex="-1" aria-labelledby="spread-what">
            <p class="row">
                <span id="spread-what">{ "The same words, elsewhere" }</span>
                <button class="quiet" data-do="tick-all" onclick={dispatch(emit, PopoverAction::Tick(None))}>
                    { if all { "Select none" } else { "Select all" } }
                </button>
            </p>
            <ul class="hits">{ for spread.hits.iter().enumerate().map(|(i, hit)| occurrence_row(open, i, hit, emit)) }</ul>
        </div>
    }
}

/// What is done to the ticked places, always in sight.
pub(super) fn occurrence_foot(a: &Annotation, spread: &Occurrences, emit: &Emit) -> Html {
    let what = match &a.body {
        Body::Date(d) => words::date_in_words(&d.timex),
        _ => words::label_title(a).to_owned(),
    };
    let apply = match spread.ticked() {
        0 => format!("Only this one: {what}"),
        n => format!("This one and {n}: {what}"),
    };
    html! {
        <div class="foot">
            <button class="main" data-do="apply" onclick={dispatch(emit, EditAction::ApplyToTicked { reject: false })}>{ apply }</button>
            <button class="danger" data-do="reject-all" onclick={dispatch(emit, EditAction::ApplyToTicked { reject: true })}>{ "No annotations" }</button>
            <button class="quiet" data-do="back" onclick={dispatch(emit, PopoverAction::ToggleOccurrences)}>{ "Back" }</button>
        </div>
    }
}

fn occurrence_row(open: &Open, i: usize, hit: &Occurrence, emit: &Emit) -> Html {
    let text = &open.shown.text;
    let (before, after) = words::whole_words_around(text, hit.span, 28);
    html! {
        <li key={i}>
            <label>
                <input type="checkbox" checked={hit.ticked} onclick={dispatch(emit, PopoverAction::Tick(Some(i)))} />
                <span class="text" dir="auto">{ before }<b>{ text.slice(hit.span) }</b>{ after }</span>
                <span class="facts">{ &hit.now }</span>
            </label>
        </li>
    }
}
