//! What the hand does in the text beside clicking: boundaries dragged by their grips, the caret.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, PointerEvent, Range, Selection};
use yew::{Callback, Html, html};

use super::dom::{self, by_id};
use super::place;
use super::shared::{Emit, dispatch};
use crate::action::{Action, Caret, Edge};
use crate::state::Open;
use galley_engine::document::AnnotationId;
use galley_engine::text::OffsetMap;

/// Grips at the ends of the annotation whose popover is open. For the pointer alone: keys and the
/// popover's buttons do the same.
pub(super) fn grips(open: &Open, emit: &Emit) -> Html {
    let Some(card) = open.card() else {
        return Html::default();
    };
    let kind = open.shown.annotation(&card.id).map(|a| crate::words::slug(a.kind()));
    let grip = |id: &'static str, edge| {
        html! {
            <span
                {id} class="grip" data-kind={kind} aria-hidden="true"
                onpointerdown={hold} onpointermove={drag(edge, open.offsets.clone(), emit)}
                onpointerup={dispatch(emit, Action::Drop(true))} onpointercancel={dispatch(emit, Action::Drop(false))}
            ></span>
        }
    };
    html! {
        <>
            { grip("grip-start", Edge::Start) }
            { grip("grip-end", Edge::End) }
        </>
    }
}

/// The grip keeps the pointer until it is let go.
fn hold(event: PointerEvent) {
    event.prevent_default();
    let grip = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if let Some(grip) = grip {
        let _ = grip.set_pointer_capture(event.pointer_id());
    }
}

fn drag(edge: Edge, offsets: Rc<OffsetMap>, emit: &Emit) -> Callback<PointerEvent> {
    let emit = emit.clone();
    Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 0 {
            return;
        }
        // A finger lies below what it points at.
        let above = if event.pointer_type() == "touch" { 28 } else { 0 };
        if let Some(at) = byte_at(event.client_x(), event.client_y() - above, &offsets) {
            let character = event.alt_key();
            emit.emit(Action::Drag { edge, at, character });
        }
    })
}

/// The byte of the text under a point of the viewport.
fn byte_at(x: i32, y: i32, offsets: &OffsetMap) -> Option<usize> {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).ok();
    let document: JsValue = dom::document()?.into();
    // The standard's name, then the one of older browsers.
    let ways = [
        ("caretPositionFromPoint", "offsetNode", "offset"),
        ("caretRangeFromPoint", "startContainer", "startOffset"),
    ];
    let (ask, node, at) = ways.into_iter().find_map(|(ask, node, at)| {
        let ask = get(&document, ask)?.dyn_into::<js_sys::Function>().ok()?;
        Some((ask, node, at))
    })?;
    let found = ask.call2(&document, &x.into(), &y.into()).ok()?;
    let at = get(&found, at)?.as_f64()? as u32;
    let node: Node = get(&found, node)?.dyn_into().ok()?;
    let article: Node = by_id("article")?.into();
    if !article.contains(Some(&node)) {
        return None;
    }
    dom::offset(&node, at, offsets)
}

fn selection() -> Option<Selection> {
    dom::window()?.get_selection().ok()?
}

/// Where the selection goes on, as an empty range; `None` when that is not in the article.
fn focus() -> Option<Range> {
    let selection = selection()?;
    let node = selection.focus_node()?;
    let article: Node = by_id("article")?.into();
    if !article.contains(Some(&node)) {
        return None;
    }
    let range = dom::document()?.create_range().ok()?;
    range.set_start(&node, selection.focus_offset()).ok()?;
    range.collapse_with_to_start(true);
    Some(range)
}

/// Puts the caret into the text or moves it, and shows it. Gives the marks under it for `Enter`.
pub(super) fn caret(what: Caret, active: Option<&AnnotationId>) -> Option<Vec<AnnotationId>> {
    let selection = selection()?;
    match what {
        Caret::Switch => {
            // At the active mark, else where it last stood, else where the screen begins.
            let mark = active.and_then(dom::mark).map(Element::from);
            if mark.is_some() || focus().is_none() {
                let place = mark.or_else(first_in_view)?;
                selection.collapse(Some(&first_text(place.into()))).ok()?;
            }
        }
        Caret::Move { extend, forward, unit } => {
            let alter = if extend { "extend" } else { "move" };
            let way = match (unit, forward) {
                ("character", true) => "right",
                ("character", false) => "left",
                (_, true) => "forward",
                (_, false) => "backward",
            };
            selection.modify(alter, way, unit).ok()?;
        }
        Caret::Enter => {
            let node = focus()?.start_container().ok()?;
            return dom::clicked(node.parent_element().map(Into::into));
        }
    }
    show();
    None
}

/// Draws the caret where the selection ends.
pub(super) fn show() {
    if let Some(range) = focus() {
        place::caret(&range);
    }
}

fn first_text(mut node: Node) -> Node {
    while let Some(child) = node.first_child() {
        node = child;
    }
    node
}

/// The first paragraph that begins on the screen.
fn first_in_view() -> Option<Element> {
    let all = by_id("article")?.query_selector_all("[data-start]").ok()?;
    let paragraphs = (0..all.length()).filter_map(|i| all.get(i)?.dyn_into::<Element>().ok());
    let mut paragraphs = paragraphs.filter(|p| p.get_bounding_client_rect().top() > 100.0);
    paragraphs.next()
}
