//! Positions what belongs to a place in the text: popover, chips, grips, caret. Sets styles by CSSOM only,
//! because the Content-Security-Policy forbids style attributes.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement, Range, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::dom::{self, Paragraphs, element_by_id};
use crate::state::{Open, Popover};

/// Pixels between the text and what is placed above or below it.
const TEXT_GAP: f64 = 10.0;
/// Pixels that the top bar may take.
const TOP_BAR_HEIGHT: f64 = 112.0;
/// Pixels that a grip and its ring take above or below the words.
const GRIP_ROOM: f64 = 22.0;
/// The popover is never made lower than this: it scrolls inside.
const MIN_POPOVER_HEIGHT: f64 = 220.0;

/// The boxes of the first and the last line of a range, in the viewport.
struct LineBoxes {
    first: DomRect,
    last: DomRect,
}

fn line_boxes(range: &Range) -> Option<LineBoxes> {
    let boxes = range.get_client_rects()?;
    let mut seen = (0..boxes.length()).filter_map(|i| boxes.get(i)).filter(|b| b.width() > 0.0);
    let first = seen.next()?;
    let last = seen.next_back().unwrap_or_else(|| first.clone());
    Some(LineBoxes { first, last })
}

fn viewport_size() -> Option<(f64, f64)> {
    let window = dom::window()?;
    let width = window.inner_width().ok()?.as_f64()?;
    Some((width, window.inner_height().ok()?.as_f64()?))
}

fn set_pixels(element: &HtmlElement, properties: &[(&str, f64)]) {
    for (name, value) in properties {
        let value = format!("{}px", value.round() as i32);
        let _ = element.style().set_property(name, &value);
    }
}

/// How high a section is taken to be until it is drawn, in tenths of lines.
pub(super) fn set_expected_height(section: &HtmlElement, tenths_of_lines: usize) {
    let height = format!("auto {}.{}lh", tenths_of_lines / 10, tenths_of_lines % 10);
    let _ = section.style().set_property("contain-intrinsic-block-size", &height);
}

/// Positions popover, chips and grips after each drawing. True when the popover is new: then it has to be
/// positioned in some frames more (`settles`), because scrolling to it may draw sections around it, which take their true
/// height only then.
pub(super) fn position_overlays(open: &Open, settles: bool) -> Option<bool> {
    let (id, span) = match &open.popover {
        Some(Popover::Card(card)) => {
            let span = open.shown.annotation(&card.id)?.span;
            (card.id.0.as_str(), card.preview.unwrap_or(span))
        }
        Some(Popover::New(span)) => ("", *span),
        None => return None,
    };
    let range = Paragraphs::of(open)?.range(span)?;
    let fresh = position_popover(id, &range, settles)?;
    if !id.is_empty() {
        position_grips(&line_boxes(&range)?);
    }
    Some(fresh)
}

/// Positions the popover below its words, or above them when there is too little room below. It keeps its side
/// while it is open and covers the words only when they fill the screen. True when it is new.
fn position_popover(id: &str, range: &Range, settles: bool) -> Option<bool> {
    let popover = element_by_id(if id.is_empty() { "chips" } else { "popover" })?;
    let (width, height) = viewport_size()?;
    let mut at = line_boxes(range)?;
    let placed = popover.dataset().get("at");
    let fresh = settles || placed.as_deref().and_then(|p| p.strip_suffix(['+', '-'])) != Some(id);
    let out = at.first.bottom() < TOP_BAR_HEIGHT || at.last.top() > height - 40.0;
    if element_by_id("popover").is_some() && dom::is_reviewing() && !dom::is_narrow() {
        if fresh {
            scroll_between(&at, TOP_BAR_HEIGHT + 3.0 * TEXT_GAP, height * 0.7);
        }
        let _ = popover.dataset().set("at", &format!("{id}+"));
        for property in ["left", "top", "max-height"] {
            let _ = popover.style().remove_property(property);
        }
        return Some(fresh);
    }
    if dom::is_narrow() {
        let top = popover.get_bounding_client_rect().top();
        if fresh {
            scroll_between(&at, TOP_BAR_HEIGHT + GRIP_ROOM, top - GRIP_ROOM);
        }
        let _ = popover.dataset().set("at", &format!("{id}+"));
        return Some(false);
    }
    let room = |at: &LineBoxes| {
        (at.first.top() - TOP_BAR_HEIGHT - TEXT_GAP, height - at.last.bottom() - 2.0 * TEXT_GAP)
    };
    let _ = popover.style().remove_property("max-height");
    let need = f64::from(popover.offset_height());
    if fresh {
        let (above, below) = room(&at);
        if out || (need > above && need > below) {
            if out {
                scroll_to_range(range, ScrollLogicalPosition::Center);
            }
            at = line_boxes(range)?;
            // Just so far that the whole popover has room below the words.
            scroll_between(&at, TOP_BAR_HEIGHT + TEXT_GAP, height - need - 2.0 * TEXT_GAP);
            at = line_boxes(range)?;
        }
    }
    let (above, below) = room(&at);
    let down = match (fresh, placed.as_deref().map(|p| p.ends_with('+'))) {
        (false, Some(down)) => down,
        _ => need <= below || below >= above,
    };
    let _ = popover.dataset().set("at", &format!("{id}{}", if down { '+' } else { '-' }));
    let frame = popover.offset_parent()?.get_bounding_client_rect();
    // Not over the lists beside the text, where there is room without.
    let free = frame.right().min(width) - f64::from(popover.offset_width()) - 12.0;
    let left = if down { at.last.left().min(at.first.left()) } else { at.first.left() };
    set_pixels(&popover, &[("left", left.min(free).max(12.0) - frame.left())]);
    // Measured from the top either way: sections drawn later change the height of the page.
    let free = if down { below } else { above }.max(MIN_POPOVER_HEIGHT);
    let top = match down {
        true => at.last.bottom() + TEXT_GAP,
        false => at.first.top() - TEXT_GAP - need.min(free),
    };
    set_pixels(&popover, &[("top", top - frame.top()), ("max-height", free)]);
    Some(fresh)
}

/// Scrolls just so far that the words stand between two heights of the viewport; if they are taller, they begin at
/// the upper one.
fn scroll_between(at: &LineBoxes, upper: f64, lower: f64) {
    let (top, bottom) = (at.first.top(), at.last.bottom());
    let by = (bottom - lower).max(0.0).min(top - upper);
    let by = if top < upper { top - upper } else { by };
    if by.abs() >= 1.0
        && let Some(window) = dom::window()
    {
        window.scroll_by_with_x_and_y(0.0, by);
    }
}

/// Positions the card of the hovered annotation above its first line, or below it when there is no room.
pub(super) fn position_hint(open: &Open) -> Option<()> {
    let hint = element_by_id("hint")?;
    let span = open.shown.annotation(super::hover::subject(open)?)?.span;
    let at = line_boxes(&Paragraphs::of(open)?.range(span)?)?;
    let (width, _) = viewport_size()?;
    let frame = hint.offset_parent()?.get_bounding_client_rect();
    let (wide, high) = (f64::from(hint.offset_width()), f64::from(hint.offset_height()));
    let left = at.first.left().min(width - wide - 12.0).max(12.0);
    let above = at.first.top() - high - TEXT_GAP;
    let top = if above > TOP_BAR_HEIGHT { above } else { at.first.bottom() + TEXT_GAP };
    set_pixels(&hint, &[("left", left - frame.left()), ("top", top - frame.top())]);
    Some(())
}

fn scroll_to_range(range: &Range, block: ScrollLogicalPosition) -> Option<()> {
    let node = range.start_container().ok()?;
    let options = ScrollIntoViewOptions::new();
    options.set_block(block);
    node.parent_element()?.scroll_into_view_with_scroll_into_view_options(&options);
    Some(())
}

/// Positions the two grips at the ends of the words.
fn position_grips(lines: &LineBoxes) -> Option<()> {
    for (id, line, x) in [
        ("grip-start", &lines.first, lines.first.left()),
        ("grip-end", &lines.last, lines.last.right()),
    ] {
        let grip = element_by_id(id)?;
        let frame = grip.offset_parent()?.get_bounding_client_rect();
        let (top, height) = (line.top() - frame.top(), line.height());
        set_pixels(&grip, &[("left", x - frame.left()), ("top", top), ("height", height)]);
    }
    Some(())
}

/// Positions the caret at the end of the selection, and scrolls it into view.
pub(super) fn position_caret(range: &Range) -> Option<()> {
    let caret = element_by_id("caret")?;
    let boxes = range.get_client_rects()?;
    let at = boxes.get(boxes.length().checked_sub(1)?)?;
    let frame = caret.offset_parent()?.get_bounding_client_rect();
    let (left, top) = (at.right() - frame.left(), at.top() - frame.top());
    set_pixels(&caret, &[("left", left), ("top", top), ("height", at.height())]);
    let (_, height) = viewport_size()?;
    if at.top() < TOP_BAR_HEIGHT || at.bottom() > height - 60.0 {
        let node = caret.unchecked_ref::<web_sys::Element>();
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        node.scroll_into_view_with_scroll_into_view_options(&options);
    }
    Some(())
}
