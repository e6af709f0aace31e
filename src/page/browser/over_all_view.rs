//! Names, quotes and dates over all documents, and what was corrected in many of them.

use web_sys::{HtmlElement, MouseEvent};
use yew::{Callback, Event, Html, TargetCast, html};

use super::shared::{Emit, dispatch, grouped, value_of};
use crate::action::ShelfAction;
use crate::library::Library;
use crate::library::change::Correction;
use crate::library::choice::View;
use crate::library::over_all::{self, DateOverAll, NameOverAll, Place, SpeakerOverAll};
use crate::library::shelf::OverAll;
use crate::state::State;
use crate::words;
use galley_engine::document::Label;

/// Places that are listed of an open row.
const MAX_PLACES: usize = 200;

/// The buttons that choose the view.
pub(super) fn view_switch(state: &State, emit: &Emit) -> Html {
    html! {
        <div id="shelf-views" role="group" aria-label="Show">
            { for View::ALL.iter().map(|&(view, name, title)| html! {
                <button class="switch" data-view={name} aria-pressed={(state.shelf.view == view).to_string()}
                    onclick={dispatch(emit, ShelfAction::ShowView(view))}>{ title }</button>
            }) }
        </div>
    }
}

/// The list of the view over all documents.
pub(super) fn over_all_list(state: &State, emit: &Emit) -> Html {
    let shelf = &state.shelf;
    let waiting = state.library.missing.len();
    let n = shelf.over_all.len();
    html! {
        <div id="over-all">
            <div class="row">
                <p class="hint" id="over-all-count">
                    { match &*shelf.over_all {
                        OverAll::Nothing => String::new(),
                        OverAll::Names(_) => counted(n, "name"),
                        OverAll::Quotes(_) => counted(n, "speaker"),
                        OverAll::Dates(_) => counted(n, "date"),
                    } }
                    if waiting > 0 {
                        { format!(" · {} articles are still being looked through", grouped(waiting)) }
                    }
                </p>
                if n > 0 {
                    <button id="download-table" onclick={dispatch(emit, ShelfAction::DownloadTable)}>{ "Download as CSV" }</button>
                }
            </div>
            if n == 0 && waiting == 0 {
                <p class="hint" id="none-found">{ "Nothing is like that." }</p>
            }
            <ul class="over-all">{ for rows(state, emit) }</ul>
        </div>
    }
}

/// "1 name over all articles".
fn counted(n: usize, what: &str) -> String {
    format!("{} {what}{} over all articles", grouped(n), if n == 1 { "" } else { "s" })
}

fn rows(state: &State, emit: &Emit) -> Vec<Html> {
    let (shelf, library) = (&state.shelf, &state.library);
    let drawn = shelf.drawn;
    match &*shelf.over_all {
        OverAll::Nothing => Vec::new(),
        OverAll::Names(all) => {
            all.iter().take(drawn).map(|name| name_row(name, state, emit)).collect()
        }
        OverAll::Quotes(all) => {
            all.iter().take(drawn).map(|speaker| speaker_row(speaker, state, emit)).collect()
        }
        OverAll::Dates(all) => {
            all.iter().take(drawn).map(|date| date_row(date, library, emit)).collect()
        }
    }
}

fn in_articles(documents: usize) -> String {
    match documents {
        1 => "in 1 article".to_owned(),
        n => format!("in {} articles", grouped(n)),
    }
}

/// The head of a row that opens.
fn head(identity: &str, open: bool, name: Html, facts: String, emit: &Emit) -> Html {
    html! {
        <button class="kept" data-row={identity.to_owned()} aria-expanded={open.to_string()}
            onclick={dispatch(emit, ShelfAction::ToggleRow(identity.to_owned()))}>
            <span class="name">{ name }</span>
            <span class="facts">{ facts }</span>
        </button>
    }
}

fn name_row(name: &NameOverAll, state: &State, emit: &Emit) -> Html {
    let open = state.shelf.open_row.as_ref() == Some(&name.identity);
    let mut facts = format!(
        "{} · {} {}",
        name.label,
        match name.mentions.len() {
            1 => "1 mention".to_owned(),
            n => format!("{} mentions", grouped(n)),
        },
        in_articles(name.documents)
    );
    if !name.aliases.is_empty() {
        let aliases: Vec<&str> = name.aliases.iter().take(6).map(String::as_str).collect();
        facts.push_str(&format!(" · also {}", aliases.join(", ")));
    }
    let title = html! {
        <><span class="glyph" aria-hidden="true">{ words::kind_glyph(name.kind) }</span>{ &name.name }</>
    };
    html! {
        <li key={name.identity.clone()} data-kind={words::kind_slug(name.kind)}>
            { head(&name.identity, open, title, facts, emit) }
            if open {
                { corrections(name, state, emit) }
                { joining(name, state, emit) }
                { places(name.mentions.iter(), &state.library, emit) }
            }
        </li>
    }
}

/// What can be done to all mentions of a name at once.
fn corrections(name: &NameOverAll, state: &State, emit: &Emit) -> Html {
    let busy = state.change.as_ref().is_some_and(|c| c.step.is_some());
    let correct = |correction: Correction| {
        dispatch::<MouseEvent>(emit, ShelfAction::Correct(name.identity.clone(), correction))
    };
    let (to, identity) = (emit.clone(), name.identity.clone());
    let relabel = Callback::from(move |event: Event| {
        let chosen = value_of(&event.target_unchecked_into::<HtmlElement>());
        if let Some(label) = Label::named(&chosen) {
            let correction = Correction::Relabel(label);
            to.emit(ShelfAction::Correct(identity.clone(), correction).into());
        }
    });
    let n = grouped(name.mentions.len());
    let where_ = in_articles(name.documents);
    html! {
        <div class="row acts" role="group" aria-label={format!("All {n} mentions {where_}")}>
            <span class="hint">{ format!("All {n} {where_}:") }</span>
            <button data-do="accept-over-all" disabled={busy} onclick={correct(Correction::Accept)}>{ "Accept" }</button>
            <select data-do="relabel-over-all" disabled={busy} aria-label="Another label" onchange={relabel}>
                <option value="" selected=true>{ "Another label…" }</option>
                { for Label::ALL.iter().filter(|row| row.2 != name.label).map(|row| html! { <option value={row.1}>{ row.2 }</option> }) }
            </select>
            <button data-do="reject-over-all" disabled={busy} onclick={correct(Correction::Reject)}>{ "Not an annotation" }</button>
        </div>
    }
}

/// Names that are offered to be joined to one.
const MAX_OFFERED: usize = 60;

/// Joins a name to another one, and takes apart what was joined.
fn joining(name: &NameOverAll, state: &State, emit: &Emit) -> Html {
    let OverAll::Names(all) = &*state.shelf.over_all else { return Html::default() };
    let parts = name.joined.iter().map(|(identity, member)| {
        html! {
            <button data-part-over-all={identity.clone()} title={format!("Take {member} apart again")}
                onclick={dispatch(emit, ShelfAction::Part(identity.clone()))}><bdi>{ member }</bdi>{ " ✕" }</button>
        }
    });
    let others = over_all::like(all, name, MAX_OFFERED);
    let (to, identity) = (emit.clone(), name.identity.clone());
    let chosen = Callback::from(move |event: Event| {
        let other = value_of(&event.target_unchecked_into::<HtmlElement>());
        if !other.is_empty() {
            to.emit(ShelfAction::Join(identity.clone(), other).into());
        }
    });
    html! {
        <div class="row acts" role="group" aria-label="One and the same">
            if !others.is_empty() {
                <label class="hint">{ "Is the same as " }
                    <select data-do="join-over-all" onchange={chosen}>
                        <option value="" selected=true>{ "choose…" }</option>
                        { for others.iter().map(|other| html! {
                            <option value={other.identity.clone()}>{ format!("\u{2068}{}\u{2069} ({}, {})", other.name, other.label, in_articles(other.documents)) }</option>
                        }) }
                    </select>
                </label>
            }
            if !name.joined.is_empty() {
                <span class="hint">{ "Joined by hand:" }</span>
                { for parts }
            }
        </div>
    }
}

fn speaker_row(speaker: &SpeakerOverAll, state: &State, emit: &Emit) -> Html {
    let open = state.shelf.open_row.as_ref() == Some(&speaker.identity);
    let quotes = match speaker.quotes.len() {
        1 => "1 quote".to_owned(),
        n => format!("{} quotes", grouped(n)),
    };
    let facts = format!("{quotes} {}", in_articles(speaker.documents));
    let name = speaker.name.clone().unwrap_or_else(|| "Nobody named".to_owned());
    let lines = speaker.quotes.iter().take(MAX_PLACES).map(|(words, place)| {
        html! {
            <li>{ place_button(place, html! { <span class="words">{ words::quoted(words, 400) }</span> }, emit) }</li>
        }
    });
    html! {
        <li key={speaker.identity.clone()}>
            { head(&speaker.identity, open, name.into(), facts, emit) }
            if open {
                <ol class="places">{ for lines }</ol>
                { left_out(speaker.quotes.len()) }
            }
        </li>
    }
}

fn date_row(date: &DateOverAll, library: &Library, emit: &Emit) -> Html {
    let words = html! {
        <><span class="name">{ &date.meaning }</span>{ context(&date.place, library) }</>
    };
    html! { <li>{ place_button(&date.place, words, emit) }</li> }
}

pub(super) fn context(place: &Place, library: &Library) -> Html {
    let Some(document) = library.documents.get(&place.document) else {
        return Html::default();
    };
    let (before, own, after) = place.in_context(&document.digest);
    html! { <span class="hit">{ before }<mark>{ own }</mark>{ after }</span> }
}

fn places<'p>(
    places: impl ExactSizeIterator<Item = &'p Place>,
    library: &Library,
    emit: &Emit,
) -> Html {
    let n = places.len();
    let lines = places.take(MAX_PLACES).map(|place| {
        html! { <li>{ place_button(place, context(place, library), emit) }</li> }
    });
    html! { <><ol class="places">{ for lines }</ol>{ left_out(n) }</> }
}

fn left_out(places: usize) -> Html {
    match places.checked_sub(MAX_PLACES).filter(|n| *n > 0) {
        Some(n) => {
            html! { <p class="hint">{ format!("and {} more; the CSV has all of them", grouped(n)) }</p> }
        }
        None => Html::default(),
    }
}

/// A place: opens its document there.
fn place_button(place: &Place, words: Html, emit: &Emit) -> Html {
    let go = ShelfAction::OpenAt(place.document.clone(), place.annotation.clone());
    html! {
        <button class="kept" data-place={place.annotation.clone()} onclick={dispatch(emit, go)}>
            { words }
            <span class="facts">{ &place.title }{ if place.checked { " · checked" } else { "" } }</span>
        </button>
    }
}

/// What was corrected in many documents, and the button that takes it back.
pub(super) fn change_offer(state: &State, emit: &Emit) -> Html {
    let Some(change) = &state.change else {
        return match &state.shelf.last_join {
            Some((said, ..)) => html! {
                <div id="change-offer" class="offer" role="status">
                    <p>{ said }</p>
                    <button id="undo-join" onclick={dispatch(emit, ShelfAction::UndoJoin)}>{ "Undo" }</button>
                    <button id="keep-change" onclick={dispatch(emit, ShelfAction::DismissChange)}>{ "Close" }</button>
                </div>
            },
            None => Html::default(),
        };
    };
    let n = change.done.len();
    html! {
        <div id="change-offer" class="offer" role="status">
            if change.step.is_some() {
                <p>{ format!("“{}”: {} articles to go", change.name, grouped(change.left.len())) }</p>
            } else {
                <p>{ format!("“{}”: {} mentions corrected {}", change.name, grouped(change.mentions), in_articles(n)) }</p>
                if n > 0 {
                    <button id="undo-change" onclick={dispatch(emit, ShelfAction::UndoChange)}>{ "Undo" }</button>
                }
                <button id="keep-change" onclick={dispatch(emit, ShelfAction::DismissChange)}>{ "Close" }</button>
            }
        </div>
    }
}
