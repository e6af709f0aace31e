//! The name that was just corrected, in other articles of the list: each place with its words around, to be ticked.

use yew::{Html, html};

use super::over_all_view::context;
use super::shared::{Emit, dispatch, grouped};
use crate::action::{DialogAction, ShelfAction};
use crate::state::State;
use crate::words::{counted, quoted};

/// Places that are drawn.
const MAX_PLACES: usize = 300;

/// In how many other articles the last correction may hold; `None`: in none, or it is not known.
pub(super) fn articles(state: &State) -> Option<usize> {
    let elsewhere = state.elsewhere.as_ref()?;
    let open = state.open.as_ref()?;
    // Undone, or something else was done since.
    let is_last =
        (open.key.as_str(), open.log.cursor()) == (elsewhere.here.0.as_str(), elsewhere.here.1);
    (is_last && !elsewhere.places.is_empty()).then(|| elsewhere.articles())
}

pub(super) fn elsewhere_page(state: &State, emit: &Emit) -> Html {
    let Some(elsewhere) = &state.elsewhere else { return Html::default() };
    let (all, ticked) = (elsewhere.places.len(), elsewhere.ticked().count());
    let rows = elsewhere.places.iter().enumerate().take(MAX_PLACES).map(|(i, place)| {
        let new_article = i == 0 || elsewhere.places[i - 1].document != place.document;
        html! {
            <li key={i}>
                if new_article {
                    <p class="facts"><bdi>{ &place.title }</bdi></p>
                }
                <label class="place"><input type="checkbox" checked={!elsewhere.unticked.contains(&i)}
                    onchange={dispatch(emit, ShelfAction::TickElsewhere(Some(i)))} />
                    { context(place, &state.library) }
                    if place.checked { <span class="facts">{ " · checked there" }</span> }
                </label>
            </li>
        }
    });
    html! {
        <div id="elsewhere" class="page">
            <p>{ quoted(&elsewhere.words, 60) }{ format!(" {} here. It stands otherwise {} in {} of the list.", elsewhere.done_in_words(),
                if all == 1 { "once".to_owned() } else { format!("{} times", grouped(all)) },
                counted(elsewhere.articles(), "other article")) }</p>
            <div class="row">
                <button id="correct-elsewhere" class="main" disabled={ticked == 0} onclick={dispatch(emit, ShelfAction::CorrectElsewhere)}>
                    { if ticked == all { format!("Correct all {}", grouped(all)) } else { format!("Correct {}", grouped(ticked)) } }</button>
                <button onclick={dispatch(emit, DialogAction::Close)}>{ "Only here" }</button>
                <button class="quiet" onclick={dispatch(emit, ShelfAction::TickElsewhere(None))}>{ "Tick all or none" }</button>
            </div>
            <ul class="places">{ for rows }</ul>
            if all > MAX_PLACES {
                <p class="note">{ format!("and {} more, which are ticked", grouped(all - MAX_PLACES)) }</p>
            }
            <p class="note">{ "One Undo takes it back, here and there." }</p>
        </div>
    }
}
