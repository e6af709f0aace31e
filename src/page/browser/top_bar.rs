//! The top bar.

use web_sys::{HtmlInputElement, InputEvent, KeyboardEvent};
use yew::{Callback, Event, Html, TargetCast, html};

use super::filters;
use super::shared::{Emit, dispatch, icon};
use super::title::Title;
use crate::action::{
    Action, DialogAction, EditAction, FilterAction, KeyboardAction, PageAction, Scheme,
    SearchAction,
};
use crate::filter::kind_index;
use crate::state::{Open, Saving, Search, State};
use crate::{lists, words};
use galley_engine::document::{Kind, Label};

pub(super) fn top_bar(state: &State, emit: &Emit) -> Html {
    let scheme = match state.scheme {
        Scheme::System => "M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14",
        Scheme::Light => {
            "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v2.5M10 16v2.5M1.5 10H4M16 10h2.5M4 4l1.8 1.8M14.2 14.2L16 16M4 16l1.8-1.8M14.2 5.8L16 4"
        }
        Scheme::Dark => "M16 12.5A7 7 0 0 1 7.5 4a7 7 0 1 0 8.5 8.5z",
    };
    html! {
        <header class="top">
            <div class="bar">
                if state.open.is_some() {
                    <button id="close" class="brand" aria-label="Galley: all documents" title="All documents" onclick={dispatch(emit, PageAction::CloseDocument)}>
                        { logo() }<span>{ "Galley" }</span>
                    </button>
                } else {
                    <div class="brand">{ logo() }<span>{ "Galley" }</span></div>
                }
                if let Some(open) = &state.open {
                    { document_facts(open, emit) }
                }
                <div class="tools" role="group" aria-label="Tools">
                    if let Some(open) = &state.open {
                        { document_tools(open, emit) }
                    }
                    { tool_button("more", "More: word list, backup, text, compare", "M4 10h.01M10 10h.01M16 10h.01", false, emit, Action::Dialog(DialogAction::OpenMenu)) }
                    { tool_button("scheme", &format!("Colours: {}", state.scheme.title()), scheme, false, emit, Action::Page(PageAction::NextScheme)) }
                    { tool_button("help-button", "Keys", "M7.5 7.5a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.8M10 14.2v.3", false, emit, Action::Keyboard(KeyboardAction::ToggleHelp)) }
                </div>
            </div>
            if let Some(open) = &state.open {
                { kind_counts(open, emit) }
                if let Some(find) = &open.search {
                    <div class="seek">
                        { search_field(find, emit) }
                        { filters::filter_row(&open.shown, &open.filter, emit) }
                    </div>
                }
            }
        </header>
    }
}

/// The logo: a galley proof with a corrected line.
fn logo() -> Html {
    html! {
        <svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <rect class="paper" x="3" y="2" width="18" height="20" rx="3" />
            <path class="line" d="M7 7.5h10M7 16.5h6" />
            <path class="fix" d="M7 12h7.5M17 10.2v3.6" />
        </svg>
    }
}

fn tool_button(
    id: &'static str,
    name: &str,
    path: &'static str,
    off: bool,
    emit: &Emit,
    action: Action,
) -> Html {
    html! {
        <button {id} class="tool" aria-label={name.to_owned()} title={name.to_owned()}
            aria-disabled={off.then_some("true")} onclick={dispatch(emit, action)}>
            { icon(path) }
        </button>
    }
}

fn document_facts(open: &Open, emit: &Emit) -> Html {
    let to = emit.clone();
    let published = Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        to.emit(Action::Edit(EditAction::SetPublished(field.value())));
    });
    let waiting = lists::waiting_dates(&open.shown);
    let value = open.shown.published.map(|p| p.day.to_string());
    let (state, words) = match &open.saving {
        Saving::Saved if open.partial => ("saving", "Reading"),
        Saving::Saved => ("saved", "Saved in this browser"),
        Saving::Saving => ("saving", "Saving"),
        Saving::Failed(_) => ("failed", "Not saved: download it"),
    };
    html! {
        <div class="about">
            if open.partial {
                <h1 id="title" dir="auto" title={open.title()}>{ open.title() }</h1>
            } else {
                <Title title={open.title()} emit={emit.clone()} />
            }
            <div class="facts">
                <label for="published">{ "Published" }</label>
                <input id="published" type="date" value={value.unwrap_or_default()} onchange={published}
                    aria-describedby={(waiting > 0).then_some("waiting")} />
                if waiting > 0 {
                    <span id="waiting">{ if waiting == 1 { "1 date waits for it".to_owned() } else { format!("{waiting} dates wait for it") } }</span>
                }
                <span id="saved" data-state={state}>{ words }</span>
            </div>
        </div>
    }
}

fn document_tools(open: &Open, emit: &Emit) -> Html {
    let undo = open.log.cursor() > 0;
    let redo = open.log.cursor() < open.log.edits().len();
    html! {
        <>
            { tool_button("undo", "Undo", "M7 4L3.5 7.5 7 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8", !undo, emit, Action::Edit(EditAction::Undo)) }
            { tool_button("redo", "Redo", "M13 4l3.5 3.5L13 11M16 7.5H8.5a4.5 4.5 0 0 0 0 9H12", !redo, emit, Action::Edit(EditAction::Redo)) }
            { tool_button("find-button", "Find and filter", "M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM12.5 12.5L17 17", false, emit, Action::Search(SearchAction::Open)) }
            <button id="download" class="main" aria-haspopup="dialog" onclick={dispatch(emit, DialogAction::OpenFormats)}>
                { icon("M10 3v9M6 8.5l4 4 4-4M4 16.5h12") }<span>{ "Download" }</span>
            </button>
        </>
    }
}

fn kind_counts(open: &Open, emit: &Emit) -> Html {
    let mut counts = [0usize; 6];
    let (shown, filter) = (&open.shown, &open.filter);
    for a in shown.annotations.iter().filter(|a| filter.matches(shown, a)) {
        counts[kind_index(a.kind())] += 1;
    }
    let buttons = Kind::ALL.iter().zip(counts).enumerate().map(|(i, (&kind, n))| {
        let on = !open.filter.hides(kind);
        let name = words::kind_plural(kind);
        html! {
            <button key={i} data-kind={words::kind_slug(kind)} aria-pressed={on.to_string()}
                onclick={dispatch(emit, FilterAction::ToggleKind(kind))}>
                <span class="glyph" aria-hidden="true">{ words::kind_glyph(kind) }</span>
                <span class="name">{ name }</span>
                <span class="n">{ n }</span>
            </button>
        }
    });
    html! {
        <div id="counts" role="group" aria-label="Show or hide">
            { for buttons }
            if filter.is_narrowed() {
                <button id="unfilter" onclick={dispatch(emit, FilterAction::ShowAll)}>{ "Filtered: show all" }</button>
            }
        </div>
    }
}

fn search_field(find: &Search, emit: &Emit) -> Html {
    let to = emit.clone();
    let typed = Callback::from(move |event: InputEvent| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        to.emit(Action::Search(SearchAction::Query(field.value())));
    });
    let to = emit.clone();
    let keys = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            to.emit(Action::Search(SearchAction::Step(event.shift_key())));
        }
    });
    let count = match find.hits.len() {
        0 if find.query.trim().is_empty() => String::new(),
        0 => "Not in the text".to_owned(),
        n if n == Search::MAX_HITS => format!("{} of {n} or more", find.at + 1),
        n => format!("{} of {n}", find.at + 1),
    };
    html! {
        <div class="search" role="search">
            <label class="unseen" for="find">{ "Find in the text" }</label>
            <input id="find" type="search" placeholder="Find in the text" autocomplete="off" spellcheck="false"
                value={find.query.clone()} oninput={typed} onkeydown={keys} />
            <span id="find-count">{ count }</span>
            if let Some(found) = &find.found {
                <span id="find-lists">{ found.iter().filter(|hit| **hit).count() }{ " in the lists" }</span>
            }
            { mark_found(find, emit) }
            <button id="find-back" class="tool" aria-label="Previous match" onclick={dispatch(emit, SearchAction::Step(true))}>{ icon("M5 12l5-5 5 5") }</button>
            <button id="find-next" class="tool" aria-label="Next match" onclick={dispatch(emit, SearchAction::Step(false))}>{ icon("M5 8l5 5 5-5") }</button>
            <button class="tool" aria-label="Close the search" onclick={dispatch(emit, PageAction::Escape)}>{ icon("M5 5l10 10M15 5L5 15") }</button>
        </div>
    }
}

/// Gives a label to all that was found.
fn mark_found(find: &Search, emit: &Emit) -> Html {
    if find.hits.is_empty() {
        return Html::default();
    }
    let to = emit.clone();
    let onchange = Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        if let Some(label) = Label::parse(&field.value()) {
            to.emit(Action::Edit(EditAction::MarkFound(label)));
        }
        field.set_value("");
    });
    html! {
        <select id="mark-found" aria-label="Mark all that was found, as whole words" {onchange}>
            <option value="" selected=true>{ format!("Mark all {} as…", find.hits.len()) }</option>
            for (label, name, title, _) in Label::ALL {
                <option key={name} value={label.name()}>{ title }</option>
            }
        </select>
    }
}
