//! The bar of suggestions: the one that can be taken or refused with its certainty and reason, and the list of all.

use yew::{Html, html};

use super::shared::{Emit, dispatch};
use crate::action::SuggestAction;
use crate::state::{Open, State};
use crate::words;

/// Suggestions that are listed.
const MAX_LISTED: usize = 60;

/// Draws the bar; nothing while there are no suggestions.
pub(super) fn suggestion_bar(state: &State, open: &Open, emit: &Emit) -> Html {
    let Some(suggestion) = open.suggestion() else {
        return Html::default();
    };
    let count = open.suggestions.len();
    let text = |span| words::quoted(open.shown.text.slice(span), 48);
    let answer = |taken| dispatch(emit, SuggestAction::Answer { at: None, taken });
    let key = |name: &str| {
        let at = crate::keymap::SHORTCUTS.iter().position(|s| s.name == name);
        let key = at.map_or("", |at| state.keys.key(at)).to_owned();
        html! { <kbd aria-hidden="true">{ key }</kbd> }
    };
    let rows = open.suggestions.iter().take(MAX_LISTED).enumerate().map(|(i, s)| {
        let words = text(s.span);
        let what = format!("{words}: {}", s.label.title());
        let answer = |taken| dispatch(emit, SuggestAction::Answer { at: Some(i), taken });
        html! {
            <li key={s.span.start()} aria-current={(i == open.suggestion_index).then_some("true")}>
                <button class="kept" onclick={dispatch(emit, SuggestAction::Show(i))}>
                    <b>{ words }</b>{ format!(" {}? {} %", s.label.title(), s.confidence.permille() / 10) }
                </button>
                <button aria-label={format!("Take {what}")} onclick={answer(true)}>{ "Take" }</button>
                <button aria-label={format!("Refuse {what}")} onclick={answer(false)}>{ "Refuse" }</button>
            </li>
        }
    });
    let sure = open.sure_suggestions().count();
    html! {
        <section id="suggestions" aria-label="Suggestions of your own labels">
            <div class="row">
                <p>
                    <b>{ text(suggestion.span) }</b>
                    { format!(" {}? ", suggestion.label.title()) }
                    <span class="facts">{ format!("{} %, {}", suggestion.confidence.permille() / 10, open.suggestion_reason().unwrap_or_default()) }</span>
                </p>
                <button id="take" onclick={answer(true)}>{ "Take" }{ key("take") }</button>
                <button id="refuse" onclick={answer(false)}>{ "Refuse" }{ key("refuse") }</button>
                <button id="next-suggestion" aria-label="Show the next suggestion in the text" onclick={dispatch(emit, SuggestAction::Step { back: false })}>{ "Show" }{ key("suggestion") }</button>
            </div>
            <details>
                <summary>{ words::counted(count, "suggestion") }</summary>
                <ul class="rows" aria-label="Suggestions">{ for rows }</ul>
                if count > MAX_LISTED {
                    <p class="note">{ format!("and {} more", count - MAX_LISTED) }</p>
                }
                if sure > 1 {
                    <button id="take-sure" onclick={dispatch(emit, SuggestAction::TakeSure)}>{ format!("Take the {sure} that are surer than 90 %") }</button>
                }
            </details>
        </section>
    }
}
