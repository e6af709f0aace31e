//! Grips at the boundaries of an annotation, which are dragged to move them.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, PointerEvent};
use yew::{Callback, Html, html};

use super::dom::{self, element_by_id};
use super::shared::{Emit, dispatch};
use crate::action::{Action, Edge, PopoverAction};
use crate::state::Open;
use galley_engine::text::OffsetMap;

/// Grips at both boundaries of the annotation whose popover is open. They are for pointers only: keys and
/// the popover's buttons move boundaries too.
pub(super) fn boundary_grips(open: &Open, emit: &Emit) -> Html {
    let Some(card) = open.card() else {
        return Html::default();
    };
    let kind = open.shown.annotation(&card.id).map(|a| crate::words::kind_slug(a.kind()));
    let grip = |id: &'static str, edge| {
        html! {
            <span
                {id} class="grip" data-kind={kind} aria-hidden="true"
                onpointerdown={capture_pointer} onpointermove={on_drag(edge, open.offsets.clone(), emit)}
                onpointerup={dispatch(emit, PopoverAction::DropBoundary(true))} onpointercancel={dispatch(emit, PopoverAction::DropBoundary(false))}
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

/// Sends all pointer events to the grip until the pointer is released.
fn capture_pointer(event: PointerEvent) {
    event.prevent_default();
    let grip = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    if let Some(grip) = grip {
        let _ = grip.set_pointer_capture(event.pointer_id());
    }
}

fn on_drag(edge: Edge, offsets: Rc<OffsetMap>, emit: &Emit) -> Callback<PointerEvent> {
    let emit = emit.clone();
    Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 0 {
            return;
        }
        // A finger covers what it points at: aim above it.
        let above = if event.pointer_type() == "touch" { 28 } else { 0 };
        if let Some(at) = byte_under(event.client_x(), event.client_y() - above, &offsets) {
            let character = event.alt_key();
            emit.emit(Action::Popover(PopoverAction::DragBoundary { edge, at, character }));
        }
    })
}

/// The byte of the text under a point of the viewport.
pub(super) fn byte_under(x: i32, y: i32, offsets: &OffsetMap) -> Option<usize> {
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
    let article: Node = element_by_id("article")?.into();
    if !article.contains(Some(&node)) {
        return None;
    }
    dom::byte_at(&node, at, offsets)
}
