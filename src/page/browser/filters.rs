//! The row of filters below the search.

use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, TargetCast, html};

use super::shared::{Emit, dispatch};
use crate::action::{Action, FilterAction};
use crate::filter::{Filter, NOBODY};
use crate::{lists, words};
use galley_engine::document::{Document, Status};
use galley_engine::view;

/// Speakers that are offered.
const MAX_SPEAKERS: usize = 200;

pub(super) fn filter_row(document: &Document, filter: &Filter, emit: &Emit) -> Html {
    let all = document.annotations.iter();
    let scope: Vec<_> = all.filter(|a| filter.in_scope(a)).collect();
    let mut labels: Vec<(String, String)> = Vec::new();
    for a in &scope {
        let name = view::label_name(a);
        if labels.iter().all(|(known, _)| known != name) {
            labels.push((name.to_owned(), words::label_title(a).to_owned()));
        }
    }
    let statuses = [Status::Machine, Status::Accepted, Status::Corrected, Status::Added];
    let statuses = statuses.map(|s| (s.name().to_owned(), words::status_title(s).to_owned()));
    let speakers = lists::quotes_by_speaker(document, &scope).into_iter().take(MAX_SPEAKERS);
    let speakers = speakers.map(|(name, _)| match name {
        Some(name) => (name.clone(), name),
        None => (NOBODY.to_owned(), "No speaker".to_owned()),
    });
    let speaker = filter.speaker.as_deref().map(|s| if s.is_empty() { NOBODY } else { s });
    html! {
        <div id="filters" role="group" aria-label="Show only">
            { select_field("filter-label", "Label", "Any label", labels, filter.label.as_deref(), emit, FilterAction::Label) }
            { select_field("filter-status", "Status", "Any status", statuses.into(), filter.status.map(Status::name), emit, FilterAction::Status) }
            { select_field("filter-speaker", "Speaker", "Any speaker", speakers.collect(), speaker, emit, FilterAction::Speaker) }
            <button id="only-uncertain" class="switch" aria-pressed={filter.uncertain.to_string()} onclick={dispatch(emit, FilterAction::ToggleUncertain)}>{ "Only uncertain" }</button>
        </div>
    }
}

fn select_field(
    id: &'static str,
    name: &'static str,
    any: &'static str,
    options: Vec<(String, String)>,
    now: Option<&str>,
    emit: &Emit,
    choice: fn(String) -> FilterAction,
) -> Html {
    let to = emit.clone();
    let onchange = Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        to.emit(Action::Filter(choice(field.value())));
    });
    let set = now.is_some().then_some("");
    html! {
        <select {id} aria-label={name} data-set={set} {onchange}>
            <option key="" value="" selected={now.is_none()}>{ any }</option>
            for (value, title) in options {
                <option key={value.clone()} value={value.clone()} selected={now == Some(value.as_str())}>{ title }</option>
            }
        </select>
    }
}
