//! The tab Quotes: quotes by speaker, each with its date and the words around it.

use yew::{Html, html};

use super::rows::{MAX_ROWS, PanelProps, annotation_row, empty_message, name_picker};
use crate::action::{FilterAction, NameList, PanelAction};
use crate::browser::shared::dispatch;
use crate::lists;
use crate::words;
use galley_engine::document::{Annotation, Body, Document, QuoteBody};
use galley_engine::view::context;

pub(super) fn quote_list(props: &PanelProps, live: &[&Annotation]) -> Html {
    let document = &*props.document;
    let groups = lists::quotes_by_speaker(document, live);
    let none = groups.is_empty();
    let reports = props.filter.reports;
    let groups = groups.iter().enumerate().map(|(i, (name, quotes))| {
        let rows = quotes.iter().take(MAX_ROWS).map(|(a, q)| quote_item(props, a, q));
        html! {
            <li key={i}>
                <h2>{ name.as_deref().unwrap_or("No speaker") }<span class="n">{ quotes.len() }</span></h2>
                <ol class="list">{ for rows }</ol>
            </li>
        }
    });
    html! {
        <>
            if document.annotations.iter().any(galley_engine::view::is_report) {
                <button id="reports" class="switch" aria-pressed={reports.to_string()}
                    onclick={dispatch(&props.emit, FilterAction::ToggleReports)}>{ "Also show what papers say and people believe" }</button>
            }
            if none {
                { empty_message(props, "No quotes were found.") }
            }
            <ul class="list groups" id="quotes-list">{ for groups }</ul>
        </>
    }
}

fn quote_item(props: &PanelProps, a: &Annotation, body: &QuoteBody) -> Html {
    let id = &a.id;
    let picking = matches!(&props.pick, Some(NameList::SpeakerOf(q)) if q == id);
    let pick = PanelAction::ListNames((!picking).then(|| NameList::SpeakerOf(id.clone())));
    html! {
        <li key={id.0.clone()} class="quoted">
            { annotation_row(props, a, true, quote_facts(&props.document, a, body)) }
            <p class="facts">{ context::words_around(&props.document, a.span, "[…]", 7) }</p>
            <button class="quiet" data-do="speaker" aria-expanded={picking.to_string()}
                onclick={dispatch(&props.emit, pick)}>{ "Speaker…" }</button>
            if picking {
                { name_picker(props, "Speaker", lists::speakers(&props.document, id), |e| PanelAction::SetSpeaker(id.clone(), Some(e.id.clone())), Some(PanelAction::SetSpeaker(id.clone(), None))) }
            }
        </li>
    }
}

/// The kind of a quote, and when it was said.
fn quote_facts(document: &Document, a: &Annotation, body: &QuoteBody) -> String {
    let mut facts = vec![words::quote_kind_title(body.kind).to_owned()];
    facts.extend(words::strength_title(body.strength).map(str::to_owned));
    if let Some(Body::Date(date)) = context::find_quote_date(document, a).map(|d| &d.body) {
        facts.push(words::date_in_words(&date.timex));
    } else if let Some(published) = document.published {
        facts.push(format!("published {}", published.day));
    }
    facts.join(" · ")
}
