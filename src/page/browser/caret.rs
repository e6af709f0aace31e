//! The caret in the article: the end of the browser's selection, drawn and moved by keys.

use web_sys::{Element, Node, Range, Selection};

use super::dom::{self, element_by_id};
use super::position;
use crate::action::CaretAction;
use galley_engine::document::AnnotationId;

fn current_selection() -> Option<Selection> {
    dom::window()?.get_selection().ok()?
}

/// The moving end of the selection as an empty range; `None` outside the article.
fn selection_end() -> Option<Range> {
    let selection = current_selection()?;
    let node = selection.focus_node()?;
    let article: Node = element_by_id("article")?.into();
    if !article.contains(Some(&node)) {
        return None;
    }
    let range = dom::document()?.create_range().ok()?;
    range.set_start(&node, selection.focus_offset()).ok()?;
    range.collapse_with_to_start(true);
    Some(range)
}

/// Puts the caret into the text or moves it, and draws it. For `Enter` returns the annotations at the caret.
pub(super) fn move_caret(
    what: CaretAction,
    active: Option<&AnnotationId>,
) -> Option<Vec<AnnotationId>> {
    let selection = current_selection()?;
    match what {
        CaretAction::Toggle => {
            // At the active mark, else where it was, else at the top of the screen.
            let mark = active.and_then(dom::first_mark_of).map(Element::from);
            if mark.is_some() || selection_end().is_none() {
                let place = mark.or_else(first_paragraph_in_view)?;
                selection.collapse(Some(&first_text_node(place.into()))).ok()?;
            }
        }
        CaretAction::Move { extend, forward, unit } => {
            let alter = if extend { "extend" } else { "move" };
            let way = match (unit, forward) {
                ("character", true) => "right",
                ("character", false) => "left",
                (_, true) => "forward",
                (_, false) => "backward",
            };
            selection.modify(alter, way, unit).ok()?;
        }
        CaretAction::Enter => {
            let node = selection_end()?.start_container().ok()?;
            return dom::mark_ids_at(node.parent_element().map(Into::into));
        }
    }
    draw_caret();
    None
}

/// Draws the caret where the selection ends.
pub(super) fn draw_caret() {
    if let Some(range) = selection_end() {
        position::position_caret(&range);
    }
}

fn first_text_node(mut node: Node) -> Node {
    while let Some(child) = node.first_child() {
        node = child;
    }
    node
}

/// The first paragraph that begins below the top bar.
fn first_paragraph_in_view() -> Option<Element> {
    let sections = element_by_id("article")?.children();
    let sections = (0..sections.length()).filter_map(|i| sections.item(i));
    let mut in_view = sections.filter(|s| s.get_bounding_client_rect().bottom() > 100.0);
    in_view.find_map(|section| {
        let all = section.children();
        let mut all = (0..all.length()).filter_map(|i| all.item(i));
        all.find(|p| p.get_bounding_client_rect().top() > 100.0)
    })
}
