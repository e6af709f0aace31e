//! The popover of an annotation: what it is, what can be changed of it first, what is decided at its foot.

mod chips;
mod date;
mod entity;
mod fields;
mod quote;
mod same_words;

pub(super) use chips::selection_chips;

use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, KeyboardEvent, MouseEvent, TargetCast, html};

use super::shared::{Emit, dispatch, icon};
use crate::action::{Action, Edge, EditAction, PageAction, PopoverAction, Step, WalkAction};
use crate::state::{Card, Open};
use crate::words;
use galley_engine::document::{Annotation, Body, Status};
use galley_engine::edits::boundaries::same_words_same_case;
use galley_engine::text::Span;
use galley_engine::user_words::UserLabel;

pub(super) fn annotation_popover(open: &Open, card: &Card, own: &[UserLabel], emit: &Emit) -> Html {
    let Some(a) = open.shown.annotation(&card.id) else {
        return Html::default();
    };
    let span = card.preview.unwrap_or(a.span);
    let text = words::quoted(open.shown.text.slice(span), 160);
    let kind = words::kind_slug(a.kind());
    let body = match &a.body {
        Body::Entity(e) => entity::entity_fields(open, card, a, e, own, emit),
        Body::Date(d) => date::date_fields(open, card, d, own, emit),
        Body::Quote(q) => quote::quote_fields(open, card, a, q, own, emit),
    };
    html! {
        <div
            id="popover" key="popover" role="dialog" tabindex="-1"
            aria-labelledby="popover-text" aria-describedby="popover-what"
            data-id={a.id.0.clone()} data-kind={kind} data-label={words::label_name(a)}
        >
            <div class="body">
                <div class="head">
                    <span class="glyph" aria-hidden="true">{ words::glyph(a) }</span>
                    <p id="popover-text" dir="auto">{ text }</p>
                    <button class="quiet" aria-label="Close" onclick={dispatch(emit, PageAction::Escape)}>
                        { icon("M5 5l10 10M15 5L5 15") }
                    </button>
                </div>
                <p id="popover-what">{ facts(a) }</p>
                if let Some(spread) = &card.occurrences {
                    { same_words::occurrence_list(open, spread, emit) }
                } else {
                    { stack_buttons(open, card, emit) }
                    { body }
                    { boundaries(open, card, span, emit) }
                }
                if let Some(error) = &card.error {
                    <p class="error" role="alert">{ error }</p>
                }
            </div>
            if let Some(spread) = &card.occurrences {
                { same_words::occurrence_foot(a, spread, emit) }
            } else {
                { popover_footer(open, a, emit) }
            }
        </div>
    }
}

fn popover_footer(open: &Open, a: &Annotation, emit: &Emit) -> Html {
    let others = match a.body {
        Body::Quote(_) => 0,
        _ => same_words_same_case(&open.shown, &a.id).len(),
    };
    html! {
        <div class="foot">
            if a.status == Status::Machine {
                <button class="main" data-do="accept" onclick={dispatch(emit, EditAction::Accept)}>
                    { icon("M4 10.5l4 4 8-9") }{ "Accept" }<kbd aria-hidden="true">{ "A" }</kbd>
                </button>
            } else {
                if open.reviewing {
                    <button class="main" data-do="next" onclick={dispatch(emit, EditAction::AcceptAndGoOn)}>
                        { "Next" }<kbd aria-hidden="true">{ "A" }</kbd>
                    </button>
                }
                if a.status != Status::Added {
                    <button data-do="restore" onclick={dispatch(emit, EditAction::Restore(a.id.clone()))}>{ "Back to automatic" }</button>
                }
            }
            <button class="danger" data-do="reject" onclick={dispatch(emit, EditAction::Reject)}>
                { "Not an annotation" }<kbd aria-hidden="true">{ "X" }</kbd>
            </button>
            if others > 0 {
                <button data-do="all" onclick={dispatch(emit, PopoverAction::ToggleOccurrences)}>
                    { format!("Same words ({others})…") }<kbd aria-hidden="true">{ "G" }</kbd>
                </button>
            }
        </div>
    }
}

/// What it is, how sure and why.
fn facts(a: &Annotation) -> Html {
    html! { <><b>{ words::label_title(a) }</b>{ " · " }{ words::facts(a).join(" · ") }</> }
}

/// The annotations around and inside this one.
fn stack_buttons(open: &Open, card: &Card, emit: &Emit) -> Html {
    if card.stack.len() < 2 {
        return Html::default();
    }
    let others = card.stack.iter().filter_map(|id| open.shown.annotation(id)).map(|a| {
        let here = a.id == card.id;
        let text = words::quoted(open.shown.text.slice(a.span), 28);
        html! {
            <button key={a.id.0.clone()} class="step" aria-current={here.then_some("true")} data-kind={words::kind_slug(a.kind())}
                onclick={dispatch(emit, WalkAction::Go(a.id.clone(), true))}>
                <span class="glyph" aria-hidden="true">{ words::glyph(a) }</span>
                { format!("{} {text}", words::label_title(a)) }
            </button>
        }
    });
    html! { <div class="stack" role="group" aria-label="Annotations here, innermost first">{ for others }</div> }
}

/// Steppers for both ends; between them the words, which also switch between words and characters. While a word is
/// awaited that becomes the nearer edge, the field for its first letters.
fn boundaries(open: &Open, card: &Card, span: Span, emit: &Emit) -> Html {
    if let Some(edge) = &card.edge {
        return edge_field(&edge.typed, emit);
    }
    let characters = card.characters;
    let button = |name: &'static str, what: &'static str, edge, forward, path| {
        let emit = emit.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            let character = event.alt_key() != characters;
            emit.emit(Action::Edit(EditAction::MoveBoundary(edge, Step { forward, character })));
        });
        html! { <button class="tool" data-do={what} aria-label={name} title={name} {onclick}>{ icon(path) }</button> }
    };
    const LEFT: &str = "M12 5l-5 5 5 5";
    const RIGHT: &str = "M8 5l5 5-5 5";
    let (unit, other) = match characters {
        false => ("by words", "Alt: characters"),
        true => ("by characters", "Alt: words"),
    };
    html! {
        <div class="bounds" role="group" aria-label="Boundaries">
            { button("Start earlier", "start-out", Edge::Start, false, LEFT) }
            { button("Start later", "start-in", Edge::Start, true, RIGHT) }
            <button class="quiet" data-do="unit" title={other} onclick={dispatch(emit, PopoverAction::ToggleUnit)}>
                <span class="text">{ words::quoted(open.shown.text.slice(span), 22) }</span><span class="note">{ unit }</span>
            </button>
            { button("End earlier", "end-in", Edge::End, false, LEFT) }
            { button("End later", "end-out", Edge::End, true, RIGHT) }
            <button class="quiet" data-do="edge" title="The nearer edge goes to a word that you click (Alt+click does it at once)" onclick={dispatch(emit, PopoverAction::ToggleEdge)}>
                { "To a word" }<kbd aria-hidden="true">{ "E" }</kbd>
            </button>
        </div>
    }
}

fn edge_field(typed: &str, emit: &Emit) -> Html {
    let to = emit.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        to.emit(Action::Popover(PopoverAction::TypeEdge(field.value())));
    });
    let to = emit.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let action = match event.key().as_str() {
            "Enter" => PopoverAction::DropBoundary(true),
            "ArrowDown" => PopoverAction::StepEdge(false),
            "ArrowUp" => PopoverAction::StepEdge(true),
            _ => return,
        };
        event.prevent_default();
        to.emit(Action::Popover(action));
    });
    html! {
        <div class="bounds">
            <label class="note" for="edge-word">{ "Click a word, or type its first letters" }</label>
            <input id="edge-word" type="text" autocomplete="off" spellcheck="false" value={typed.to_owned()} {oninput} {onkeydown} />
            <button class="quiet" data-do="edge" onclick={dispatch(emit, PopoverAction::ToggleEdge)}>{ "Stop" }</button>
        </div>
    }
}
