//! The tab Quotes: quotes by speaker, each with its date and the words around it.

use yew::{Html, html};

use super::rows::{MAX_ROWS, PanelProps, annotation_row, empty_message, name_picker};
use crate::action::{Action, Ask};
use crate::browser::shared::dispatch;
use crate::filter::Choice;
use crate::lists;
use crate::state::Pick;
use crate::words;
use galley_engine::document::{Annotation, Body, Document, QuoteBody};
use galley_engine::view::context;

pub(super) fn quote_list(props: &PanelProps, live: &[&Annotation]) -> Html {
    let document = &*props.document;
    let groups = lists::quotes(document, live);
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
            if document.annotations.iter().any(lists::is_report) {
                <button id="reports" class="switch" aria-pressed={reports.to_string()}
                    onclick={dispatch(&props.emit, Action::Choose(Choice::Reports))}>{ "Also from documents, beliefs and intentions" }</button>
            }
            if none {
                { empty_message(props, "Nobody is quoted.") }
            }
            <ul class="list groups" id="quotes-list">{ for groups }</ul>
        </>
    }
}

fn quote_item(props: &PanelProps, a: &Annotation, body: &QuoteBody) -> Html {
    let id = &a.id;
    let picking = matches!(&props.pick, Some(Pick::Speaker(q)) if q == id);
    let pick = Ask::Pick((!picking).then(|| Pick::Speaker(id.clone())));
    html! {
        <li key={id.0.clone()} class="quoted">
            { annotation_row(props, a, true, quote_facts(&props.document, a, body)) }
            <p class="facts">{ context::words_around(&props.document, a.span, "[…]", 7) }</p>
            <button class="quiet" data-do="speaker" aria-expanded={picking.to_string()}
                onclick={dispatch(&props.emit, Action::Panel(pick))}>{ "Speaker…" }</button>
            if picking {
                { name_picker(props, "Speaker", lists::speakers(&props.document, id), |e| Ask::Speaker(id.clone(), Some(e.id.clone())), Some(Ask::Speaker(id.clone(), None))) }
            }
        </li>
    }
}

/// The kind of a quote, and when it was said.
fn quote_facts(document: &Document, a: &Annotation, body: &QuoteBody) -> String {
    let mut facts = vec![words::quote_kind(body.kind).to_owned()];
    facts.extend(words::strength(body.strength).map(str::to_owned));
    if let Some(Body::Date(date)) = context::find_quote_date(document, a).map(|d| &d.body) {
        facts.push(words::date(&date.timex));
    } else if let Some(published) = document.published {
        facts.push(format!("published {}", published.day));
    }
    facts.join(" · ")
}
