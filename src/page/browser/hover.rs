//! The card of an annotation that is hovered or has the focus: what it is, without a click. It takes no pointer and no
//! focus; the live region tells the same.

use std::cell::Cell;

use yew::{Html, html};

use super::dom;
use super::shared::Emit;
use crate::action::{Action, WalkAction};
use crate::state::Open;
use crate::words;
use galley_engine::document::{AnnotationId, Body};

/// The pointer rests before the card comes.
const REST_MS: i32 = 250;

thread_local! {
    /// Counts the marks that the pointer has come upon, so that only the last one counts.
    static COME_UPON: Cell<u32> = const { Cell::new(0) };
}

/// The pointer has come upon an annotation, or upon none. Fingers do not hover.
pub(super) fn rest_on(id: Option<AnnotationId>, emit: &Emit) {
    if dom::has_coarse_pointer() {
        return;
    }
    let now = COME_UPON.get().wrapping_add(1);
    COME_UPON.set(now);
    let emit = emit.clone();
    dom::run_after_ms(REST_MS, move || {
        if COME_UPON.get() == now {
            emit.emit(Action::Walk(WalkAction::Hover(id)));
        }
    });
}

/// The annotation that the card is about: the hovered one, else the one that has the focus while nothing is open.
pub(super) fn subject(open: &Open) -> Option<&AnnotationId> {
    let at_rest = open.active.as_ref().filter(|_| open.search.is_none());
    let free = open.popover.is_none() && open.picking_speaker.is_none() && !open.caret;
    let at = open.hovered.as_ref().or(at_rest);
    at.filter(|id| free && open.is_present(id))
}

pub(super) fn hover_card(open: &Open) -> Html {
    let Some(a) = subject(open).and_then(|id| open.shown.annotation(id)) else {
        return Html::default();
    };
    let value = match &a.body {
        Body::Date(d) => Some(words::date_in_words(&d.timex)),
        Body::Quote(q) => {
            let name = q.speaker.as_ref().and_then(|s| s.name.clone());
            Some(name.map_or_else(|| "no speaker".to_owned(), |name| format!("says {name}")))
        }
        Body::Entity(e) => {
            let entity = e.entity.as_ref().and_then(|id| open.shown.entity(id));
            let other = entity.filter(|e| e.name != open.shown.text.slice(a.span));
            other.map(|e| e.name.clone())
        }
    };
    html! {
        <div id="hint" aria-hidden="true" data-kind={words::kind_slug(a.kind())} data-about={a.id.0.clone()}>
            <p><b>{ words::label_title(a) }</b>if let Some(value) = value { { " · " }{ value } }</p>
            <p class="facts">{ words::facts(a).join(" · ") }</p>
        </div>
    }
}
