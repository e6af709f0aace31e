//! The side panel (on small screens a bottom sheet): four lists of buttons.

use yew::{Html, KeyboardEvent, Properties, TargetCast, component, html};

use super::dom;
use super::shared::{Emit, Shared, does, icon};
use crate::app::action::{Action, Target};
use crate::app::filter::{Choice, Filter};
use crate::app::lists;
use crate::app::state::Tab;
use crate::app::words;
use crate::document::{Annotation, AnnotationId, Body, Document, QuoteBody, Status};

/// Rows of a list that are drawn; more are a matter of working through these.
const MOST: usize = 250;

#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    pub(super) document: Shared<Document>,
    pub(super) tab: Tab,
    pub(super) sheet: bool,
    pub(super) filter: Filter,
    pub(super) active: Option<AnnotationId>,
    pub(super) busy: bool,
    pub(super) emit: Emit,
}

#[component]
pub(super) fn Panel(props: &PanelProps) -> Html {
    let emit = &props.emit;
    let tabs = Tab::ALL.iter().enumerate().map(|(i, &(tab, word, title))| {
        let on = tab == props.tab;
        html! {
            <button key={word} id={format!("tab-{word}")} role="tab" aria-selected={if on { "true" } else { "false" }}
                aria-controls="panel" tabindex={if on { "0" } else { "-1" }}
                onclick={does(emit, Action::Tab(tab))} onkeydown={arrows(i, emit)}>{ title }</button>
        }
    });
    let (_, word, _) = Tab::ALL[props.tab as usize];
    let live = lists::live(&props.document, &props.filter);
    let list = match props.tab {
        Tab::Review => review(props, &live),
        Tab::People => people(props, &live),
        Tab::Quotes => quotes(props, &live),
        Tab::Timeline => timeline(props, &live),
    };
    html! {
        <aside class="side" aria-label="What was found" data-up={props.sheet.then_some("")}>
            <div class="tabs" role="tablist" aria-label="Lists">{ for tabs }</div>
            <button id="sheet" class="quiet" aria-expanded={if props.sheet { "true" } else { "false" }} aria-controls="panel"
                aria-label="Lists, up or down" onclick={does(emit, Action::Sheet)}>{ icon("M5 12l5-5 5 5") }</button>
            <div id="panel" role="tabpanel" tabindex="0" aria-labelledby={format!("tab-{word}")}>{ list }</div>
        </aside>
    }
}

/// Arrow keys among the tabs.
fn arrows(at: usize, emit: &Emit) -> yew::Callback<KeyboardEvent> {
    let emit = emit.clone();
    yew::Callback::from(move |event: KeyboardEvent| {
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
        emit.emit(Action::Tab(tab));
        let id = ["tab-review", "tab-people", "tab-quotes", "tab-timeline"][to];
        dom::focus(&Target::Id(id));
        let _ = event.target_dyn_into::<web_sys::HtmlElement>();
    })
}

/// A button that goes to an annotation.
fn row(props: &PanelProps, a: &Annotation, open: bool, facts: String) -> Html {
    let here = props.active.as_ref() == Some(&a.id);
    let text = words::quote(props.document.text.slice(a.span), 90);
    html! {
        <li key={a.id.0.clone()}>
            <button class="go" data-go={a.id.0.clone()} data-kind={words::slug(a.kind())} data-status={a.status.name()}
                aria-current={here.then_some("true")} onclick={does(&props.emit, Action::Go(a.id.clone(), open))}>
                <span class="glyph" aria-hidden="true">{ words::glyph(a.kind()) }</span>
                <span class="text">{ text }</span>
                <span class="facts">{ facts }</span>
            </button>
        </li>
    }
}

fn empty(props: &PanelProps, words: &str) -> Html {
    let words = if props.busy { "Reading…" } else { words };
    html! { <p class="empty">{ words.to_owned() }</p> }
}

fn review(props: &PanelProps, live: &[&Annotation]) -> Html {
    let document = &*props.document;
    let (checked, all) = lists::progress(document, &props.filter);
    let list = lists::review(live);
    let rejected = lists::rejected(document);
    let rows = list.iter().take(MOST).map(|a| {
        let facts = if lists::is_unattributed(a) {
            "no speaker".to_owned()
        } else {
            format!("{}, {}", words::label(a), words::sure(a.confidence))
        };
        row(props, a, true, facts)
    });
    let bin = rejected.iter().take(MOST).map(|a| {
        html! {
            <li key={a.id.0.clone()} class="gone">
                <span class="text">{ words::quote(document.text.slice(a.span), 60) }</span>
                <button class="quiet" data-restore={a.id.0.clone()} onclick={does(&props.emit, Action::Restore(a.id.clone()))}>{ "Restore" }</button>
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
            if all == 0 {
                { empty(props, "Nothing was found. Select words in the text to mark them.") }
            } else if list.is_empty() {
                <p class="empty">{ "All are checked." }</p>
            } else {
                <ol class="list" id="review-list">{ for rows }</ol>
                if list.len() > MOST { <p class="empty">{ format!("and {} more", list.len() - MOST) }</p> }
            }
            if !rejected.is_empty() {
                <h2>{ "Not annotations" }</h2>
                <ul class="list">{ for bin }</ul>
            }
        </>
    }
}

fn people(props: &PanelProps, live: &[&Annotation]) -> Html {
    let document = &*props.document;
    let list = lists::entities(document, live);
    if list.is_empty() {
        return empty(props, "Nobody is named yet.");
    }
    let rows = list.iter().take(MOST).map(|(entity, mentions)| {
        let kind = entity.label.kind();
        let unchecked = mentions.iter().any(|a| a.status == Status::Machine);
        let aliases = entity.aliases.join(", ");
        let lines = mentions.iter().take(60).map(|a| row(props, a, false, context(document, a)));
        html! {
            <li key={entity.id.0.clone()}>
                <details data-entity={entity.id.0.clone()} data-kind={words::slug(kind)}>
                    <summary>
                        <span class="glyph" aria-hidden="true">{ words::glyph(kind) }</span>
                        <span class="text">{ entity.name.clone() }</span>
                        <span class="n" aria-label={format!("{} mentions", mentions.len())}>{ mentions.len() }</span>
                        <span class="facts">{ entity.label.title() }{ if aliases.is_empty() { String::new() } else { format!(" · also {aliases}") } }</span>
                    </summary>
                    <ol class="list">{ for lines }</ol>
                    if unchecked {
                        <button class="quiet" onclick={does(&props.emit, Action::AcceptEntity(entity.id.clone()))}>{ "Accept all mentions" }</button>
                    }
                </details>
            </li>
        }
    });
    html! { <ul class="list" id="people-list">{ for rows }</ul> }
}

/// The words around a mention.
fn context(document: &Document, a: &Annotation) -> String {
    let text = document.text.as_str();
    let after = text.get(a.span.end()..).unwrap_or("");
    let line = after.lines().next().unwrap_or("");
    let words: Vec<&str> = line.split_whitespace().take(7).collect();
    format!("… {}", words.join(" "))
}

fn quote_facts(q: &QuoteBody) -> String {
    let kind = words::quote_kind(q.kind);
    match words::strength(q.strength) {
        Some(strength) => format!("{kind} · {strength}"),
        None => kind.to_owned(),
    }
}

fn quotes(props: &PanelProps, live: &[&Annotation]) -> Html {
    let document = &*props.document;
    let groups = lists::quotes(document, live);
    let groups = groups.iter().enumerate().map(|(i, (name, quotes))| {
        let rows = quotes.iter().take(MOST).map(|(a, q)| row(props, a, true, quote_facts(q)));
        html! {
            <li key={i}>
                <h2>{ name.clone().unwrap_or_else(|| "No speaker".to_owned()) }<span class="n">{ quotes.len() }</span></h2>
                <ol class="list">{ for rows }</ol>
            </li>
        }
    });
    let none = groups.len() == 0;
    let reports = props.filter.reports;
    html! {
        <>
            if document.annotations.iter().any(lists::is_report) {
                <button id="reports" class="switch" aria-pressed={if reports { "true" } else { "false" }}
                    onclick={does(&props.emit, Action::Choose(Choice::Reports))}>{ "Also from documents, beliefs and intentions" }</button>
            }
            if none { { empty(props, "Nobody is quoted.") } }
            <ul class="list groups" id="quotes-list">{ for groups }</ul>
        </>
    }
}

fn timeline(props: &PanelProps, live: &[&Annotation]) -> Html {
    let (placed, vague) = lists::timeline(live);
    if placed.is_empty() && vague.is_empty() {
        return empty(props, "No dates were found.");
    }
    let line = |a: &&Annotation| {
        let facts = match &a.body {
            Body::Date(d) => words::date(&d.timex),
            _ => String::new(),
        };
        row(props, a, true, facts)
    };
    html! {
        <>
            <ol class="list" id="timeline-list">{ for placed.iter().take(MOST).map(line) }</ol>
            if !vague.is_empty() {
                <h2>{ "Without a place in the calendar" }</h2>
                <ol class="list">{ for vague.iter().take(MOST).map(line) }</ol>
            }
        </>
    }
}
