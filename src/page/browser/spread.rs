//! The list of "apply to all", in the popover; and the bar that is shown while a speaker is picked.

use yew::{Html, html};

use super::shared::{Emit, dispatch};
use crate::action::Action;
use crate::spread::{Hit, Spread};
use crate::state::Open;
use crate::words;
use galley_engine::document::{Annotation, Body};

pub(super) fn list(open: &Open, a: &Annotation, spread: &Spread, emit: &Emit) -> Html {
    let what = match &a.body {
        Body::Date(d) => words::date(&d.timex),
        _ => words::label(a).to_owned(),
    };
    let n = spread.ticked();
    let all = n == spread.hits.len();
    html! {
        <div id="spread" role="group" tabindex="-1" aria-labelledby="spread-what">
            <p class="row">
                <span id="spread-what">{ "Where the same words stand" }</span>
                <button class="quiet" data-do="tick-all" onclick={dispatch(emit, Action::Tick(None))}>
                    { if all { "None" } else { "All" } }
                </button>
            </p>
            <ul class="hits">{ for spread.hits.iter().enumerate().map(|(i, hit)| row(open, i, hit, emit)) }</ul>
            <div class="foot">
                <button class="main" data-do="apply" onclick={dispatch(emit, Action::ApplyAll(false))}>{ what }{ ": " }{ n }{ " more" }</button>
                <button class="danger" data-do="reject-all" onclick={dispatch(emit, Action::ApplyAll(true))}>{ "None is an annotation" }</button>
                <button class="quiet" data-do="back" onclick={dispatch(emit, Action::Spread)}>{ "Back" }</button>
            </div>
        </div>
    }
}

fn row(open: &Open, i: usize, hit: &Hit, emit: &Emit) -> Html {
    let text = &open.shown.text;
    let (before, after) = words::around(text, hit.span, 28);
    html! {
        <li key={i}>
            <label>
                <input type="checkbox" checked={hit.ticked} onclick={dispatch(emit, Action::Tick(Some(i)))} />
                <span class="text">{ before }<b>{ text.slice(hit.span) }</b>{ after }</span>
                <span class="facts">{ &hit.now }</span>
            </label>
        </li>
    }
}

/// Says that clicks now mean the speaker, and ends that.
pub(super) fn picking(open: &Open, emit: &Emit) -> Html {
    let Some(quote) = open.picking.as_ref().and_then(|id| open.shown.annotation(id)) else {
        return Html::default();
    };
    html! {
        <div id="picking" role="region" aria-label="Picking a speaker">
            <p>{ "Who says " }{ words::quote(open.shown.text.slice(quote.span), 40) }{ "? Click the name." }</p>
            <button onclick={dispatch(emit, Action::PickSpeaker)}>{ "Stop" }<kbd aria-hidden="true">{ "Esc" }</kbd></button>
        </div>
    }
}
