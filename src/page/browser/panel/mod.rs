//! The side panel (on small screens a bottom sheet): four lists of buttons.

mod people;
mod quotes;
mod time;

use yew::{Callback, Html, KeyboardEvent, Properties, component, html};

use super::dom;
use super::shared::{Emit, Shared, dispatch, icon};
use crate::action::{Action, Ask, Target};
use crate::filter::{Choice, Filter};
use crate::lists;
use crate::state::{Pick, Tab};
use crate::words;
use galley_engine::document::{Annotation, AnnotationId, Document, Entity, Kind};
use galley_engine::view::axis::Stretch;

/// Rows of a list that are drawn; more are a matter of working through these.
const MOST: usize = 250;
/// Names of a list to pick from.
const NAMES: usize = 60;

#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    pub(super) document: Shared<Document>,
    pub(super) tab: Tab,
    pub(super) sheet: bool,
    pub(super) filter: Filter,
    pub(super) found: Option<Shared<Vec<bool>>>,
    pub(super) pick: Option<Pick>,
    pub(super) time: Option<Stretch>,
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
            <button key={word} id={format!("tab-{word}")} role="tab" aria-selected={on.to_string()}
                aria-controls="panel" tabindex={if on { "0" } else { "-1" }}
                onclick={dispatch(emit, Action::Tab(tab))} onkeydown={arrows(i, emit)}>{ title }</button>
        }
    });
    let (_, word, _) = Tab::ALL[props.tab as usize];
    let found = props.found.as_ref().map(|f| f.as_slice());
    let live = lists::live(&props.document, &props.filter, found);
    let list = match props.tab {
        Tab::Review => review(props, &live),
        Tab::People => people::view(props, &live),
        Tab::Quotes => quotes::view(props, &live),
        Tab::Timeline => time::view(props, &live),
    };
    html! {
        <aside class="side" aria-label="What was found" data-up={props.sheet.then_some("")}>
            <div class="tabs" role="tablist" aria-label="Lists">{ for tabs }</div>
            <button id="sheet" class="quiet" aria-expanded={props.sheet.to_string()} aria-controls="panel"
                aria-label="Lists, up or down" onclick={dispatch(emit, Action::Sheet)}>{ icon("M5 12l5-5 5 5") }</button>
            <div id="panel" role="tabpanel" tabindex="0" aria-labelledby={format!("tab-{word}")}>{ list }</div>
        </aside>
    }
}

/// Arrow keys among the tabs.
fn arrows(at: usize, emit: &Emit) -> Callback<KeyboardEvent> {
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
        emit.emit(Action::Tab(tab));
        let id = ["tab-review", "tab-people", "tab-quotes", "tab-timeline"][to];
        dom::focus(&Target::Id(id));
    })
}

/// A button that goes to an annotation.
fn row(props: &PanelProps, a: &Annotation, open: bool, facts: String) -> Html {
    let here = props.active.as_ref() == Some(&a.id);
    let text = words::quote(props.document.text.slice(a.span), 90);
    html! {
        <button class="go" data-go={a.id.0.clone()} data-kind={words::slug(a.kind())} data-status={a.status.name()}
            aria-current={here.then_some("true")} onclick={dispatch(&props.emit, Action::Go(a.id.clone(), open))}>
            <span class="glyph" aria-hidden="true">{ words::glyph(a.kind()) }</span>
            <span class="text">{ text }</span>
            <span class="facts">{ facts }</span>
        </button>
    }
}

fn empty(props: &PanelProps, words: &str) -> Html {
    let found = props.found.is_some();
    let (words, filtered) = match props.busy {
        true => ("Reading…", false),
        false if found => ("Nothing here holds what you look for.", false),
        false if props.filter != Filter::default() => ("Nothing here passes the filter.", true),
        false => (words, false),
    };
    html! {
        <p class="empty">
            { words }
            if filtered {
                <button class="quiet" onclick={dispatch(&props.emit, Action::Choose(Choice::All))}>{ "Show all" }</button>
            }
        </p>
    }
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
        html! { <li key={a.id.0.clone()}>{ row(props, a, true, facts) }</li> }
    });
    let bin = rejected.iter().take(MOST).map(|a| {
        html! {
            <li key={a.id.0.clone()} class="gone">
                <span class="text">{ words::quote(document.text.slice(a.span), 60) }</span>
                <button class="quiet" data-restore={a.id.0.clone()} onclick={dispatch(&props.emit, Action::Restore(a.id.clone()))}>{ "Restore" }</button>
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
            if list.is_empty() {
                { empty(props, if all == 0 { "Nothing was found. Select words in the text to mark them." } else { "All are checked." }) }
            } else {
                <ol class="list" id="review-list">{ for rows }</ol>
                if list.len() > MOST {
                    <p class="empty">{ format!("and {} more", list.len() - MOST) }</p>
                }
            }
            if !rejected.is_empty() {
                <h2>{ "Not annotations" }</h2>
                <ul class="list">{ for bin }</ul>
            }
        </>
    }
}

/// Names to pick one from, for what a row asks: "Same as", "Speaker".
fn names(
    props: &PanelProps,
    title: &'static str,
    list: Vec<&Entity>,
    ask: impl Fn(&Entity) -> Ask,
    nobody: Option<Ask>,
) -> Html {
    let name = |key: &str, kind, name: &str, ask: Ask| {
        html! {
            <li key={key.to_owned()}>
                <button data-kind={words::slug(kind)} data-name={name.to_owned()} onclick={dispatch(&props.emit, Action::Panel(ask))}>
                    <span class="glyph" aria-hidden="true">{ words::glyph(kind) }</span>{ name }
                </button>
            </li>
        }
    };
    let nobody = nobody.map(|ask| name("", Kind::Other, "Nobody is named", ask));
    let all = list.into_iter().take(NAMES);
    let all = all.map(|e| name(&e.id.0, e.label.kind(), &e.name, ask(e)));
    html! {
        <ul id="names" class="list" tabindex="-1" aria-label={title}>
            { for all }
            { for nobody }
            <li key="cancel"><button class="quiet" onclick={dispatch(&props.emit, Action::Panel(Ask::Pick(None)))}>{ "Cancel" }</button></li>
        </ul>
    }
}
