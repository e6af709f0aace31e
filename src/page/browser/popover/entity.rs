//! The popover's fields of an entity: its label, its name, what it is the same as.

use yew::{Html, html};

use super::chips::{date_chip, label_chips, quote_chip};
use super::fields::draft_callbacks;
use crate::action::DraftField;
use crate::action::{EditAction, PopoverAction};
use crate::browser::dialog::word_list_buttons;
use crate::browser::shared::{Emit, dispatch};
use crate::lists;
use crate::state::{Card, Open};
use crate::words;
use galley_engine::document::{Annotation, Entity, EntityBody, Status};
use galley_engine::user_words::UserLabel;

/// Names in the list of "Same as".
const MERGE_CANDIDATES: usize = 40;

pub(super) fn entity_fields(
    open: &Open,
    card: &Card,
    a: &Annotation,
    body: &EntityBody,
    own: &[UserLabel],
    emit: &Emit,
) -> Html {
    let entity = body.entity.as_ref().and_then(|id| open.shown.entity(id));
    let kinds = html! { <>{ date_chip(emit) }{ quote_chip(emit) }</> };
    let listed = if entity.is_some() { word_list_buttons(emit) } else { Html::default() };
    html! {
        <>
            if let Some(entity) = entity.filter(|e| e.mentions.len() > 1) {
                { scope_buttons(open, card, a, entity, emit) }
            }
            { label_chips(Some(body.label), own, kinds, listed, emit) }
            if let Some(entity) = entity {
                { name_fields(open, card, entity, emit) }
            }
        </>
    }
}

/// Whether a label goes to all mentions of this name or to this one; and all of them accepted at once.
fn scope_buttons(open: &Open, card: &Card, a: &Annotation, entity: &Entity, emit: &Emit) -> Html {
    let n = entity.mentions.len();
    // One pass: a name may be mentioned in every line of a long text.
    let mentions = open.shown.annotations.iter().filter(|a| a.entity() == Some(&entity.id));
    let unchecked = mentions.filter(|a| a.status == Status::Machine).count();
    let choice = |this: bool, what: &'static str, text: String| {
        let on = card.only_this == this;
        let onclick = match on {
            true => yew::Callback::noop(),
            false => dispatch(emit, PopoverAction::ToggleScope),
        };
        html! { <button data-scope={what} aria-pressed={on.to_string()} {onclick}>{ text }</button> }
    };
    html! {
        <div class="row scope" role="group" aria-label="What a label goes to">
            <span class="pick">
                { choice(false, "all", format!("All {n} of this name")) }
                { choice(true, "one", "Only this one".to_owned()) }
            </span>
            if unchecked > usize::from(a.status == Status::Machine) {
                <button class="quiet" data-do="accept-mentions" onclick={dispatch(emit, EditAction::AcceptMentions)}>
                    { format!("Accept all {unchecked}") }<kbd aria-hidden="true">{ "⇧G" }</kbd>
                </button>
            }
        </div>
    }
}

fn name_fields(open: &Open, card: &Card, entity: &Entity, emit: &Emit) -> Html {
    let name = card.typed(DraftField::Name).unwrap_or(&entity.name).to_owned();
    let calls = draft_callbacks(DraftField::Name, EditAction::Rename, emit);
    html! {
        <div class="fields">
            <div class="named">
                <label for="name">{ "Name" }</label>
                <input id="name" type="text" autocomplete="off" spellcheck="false" value={name}
                    oninput={calls.oninput} onblur={calls.onblur} onkeydown={calls.onkeydown} />
                <button data-do="merge" aria-expanded={card.merge_list_open.to_string()} onclick={dispatch(emit, PopoverAction::ToggleMergeList)}>
                    { "Same as…" }<kbd aria-hidden="true">{ "M" }</kbd>
                </button>
                if entity.mentions.len() > 1 {
                    <button data-do="split" title="This mention is somebody or something else" onclick={dispatch(emit, EditAction::Split)}>{ "Not the same" }</button>
                }
            </div>
            if card.merge_list_open {
                <ul id="merge-list" tabindex="-1" aria-label="Same as">
                    for e in lists::same_as(&open.shown, &entity.id).into_iter().take(MERGE_CANDIDATES) {
                        <li key={e.id.0.clone()}>
                            <button data-kind={words::kind_slug(e.label.kind())} onclick={dispatch(emit, EditAction::Merge(e.id.clone()))}>
                                <span class="glyph" aria-hidden="true">{ words::label_glyph(e.label) }</span>{ &e.name }
                            </button>
                        </li>
                    }
                </ul>
            }
        </div>
    }
}
