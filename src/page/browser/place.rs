//! Where things stand that belong to a place of the text: popover, chips, grips, caret. Only CSSOM:
//! the page's policy allows no style attributes.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement, Range, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::dom::{self, Paragraphs, by_id};
use crate::state::{Open, Popover};

/// Pixels between the text and what stands above or below it.
const GAP: f64 = 10.0;
/// Pixels that the top bar may take.
const BAR: f64 = 112.0;
/// Narrower than this, popover and chips are sheets (as the style sheet has it).
const SHEET: f64 = 800.0;
/// The popover is scrolled inside rather than made lower than this.
const LEAST: f64 = 220.0;
/// With this much room below its words the popover stays there, though more of it would show above.
const ENOUGH: f64 = 340.0;

/// The first and the last line of a stretch of the text, in the viewport.
struct Lines {
    first: DomRect,
    last: DomRect,
}

fn lines(range: &Range) -> Option<Lines> {
    let boxes = range.get_client_rects()?;
    let mut seen = (0..boxes.length()).filter_map(|i| boxes.get(i)).filter(|b| b.width() > 0.0);
    let first = seen.next()?;
    let last = seen.next_back().unwrap_or_else(|| first.clone());
    Some(Lines { first, last })
}

fn viewport() -> Option<(f64, f64)> {
    let window = dom::window()?;
    let width = window.inner_width().ok()?.as_f64()?;
    Some((width, window.inner_height().ok()?.as_f64()?))
}

fn set(element: &HtmlElement, properties: &[(&str, f64)]) {
    for (name, value) in properties {
        let value = format!("{}px", value.round() as i32);
        let _ = element.style().set_property(name, &value);
    }
}

/// Puts everything where it belongs, after each drawing. True when the popover is new there: its
/// place is to be looked at once more, as scrolling may have drawn what was not drawn before.
pub(super) fn all(open: &Open) -> Option<bool> {
    let (id, span) = match &open.popover {
        Some(Popover::Card(card)) => {
            let span = open.shown.annotation(&card.id)?.span;
            (card.id.0.as_str(), card.preview.unwrap_or(span))
        }
        Some(Popover::New(span)) => ("", *span),
        None => return None,
    };
    let range = Paragraphs::of(open)?.range(span)?;
    let fresh = popover(id, &range)?;
    if !id.is_empty() {
        grips(&lines(&range)?);
    }
    Some(fresh)
}

/// The popover stands below its words, or above them when too little room is below; it keeps its side
/// while it is open, and never lies on the words unless they fill the screen. True when it is new.
fn popover(id: &str, range: &Range) -> Option<bool> {
    let popover = by_id(if id.is_empty() { "chips" } else { "popover" })?;
    let (width, height) = viewport()?;
    let mut at = lines(range)?;
    let placed = popover.dataset().get("at");
    let fresh = placed.as_deref().and_then(|p| p.strip_suffix(['+', '-'])) != Some(id);
    let out = at.first.bottom() < BAR || at.last.top() > height - 40.0;
    if width < SHEET {
        let top = popover.get_bounding_client_rect().top();
        if fresh && (at.last.bottom() > top - 8.0 || at.first.top() < BAR) {
            scroll(range, ScrollLogicalPosition::Start);
        }
        let _ = popover.dataset().set("at", &format!("{id}+"));
        return Some(false);
    }
    let room = |at: &Lines| (at.first.top() - BAR - GAP, height - at.last.bottom() - 2.0 * GAP);
    let _ = popover.style().remove_property("max-height");
    let need = f64::from(popover.offset_height());
    if fresh {
        let (above, below) = room(&at);
        if out || (need.min(LEAST) > above && need.min(LEAST) > below) {
            scroll(
                range,
                if out { ScrollLogicalPosition::Center } else { ScrollLogicalPosition::Start },
            );
            at = lines(range)?;
        }
    }
    let (above, below) = room(&at);
    let down = match (fresh, placed.as_deref().map(|p| p.ends_with('+'))) {
        (false, Some(down)) => down,
        _ => need.min(ENOUGH) <= below || below >= above,
    };
    let _ = popover.dataset().set("at", &format!("{id}{}", if down { '+' } else { '-' }));
    let frame = popover.offset_parent()?.get_bounding_client_rect();
    let free = width - f64::from(popover.offset_width()) - 12.0;
    let left = if down { at.last.left().min(at.first.left()) } else { at.first.left() };
    set(&popover, &[("left", left.min(free).max(12.0) - frame.left())]);
    // From the top in both cases: what is drawn later below changes the height of the page.
    let free = if down { below } else { above }.max(LEAST);
    let top = match down {
        true => at.last.bottom() + GAP,
        false => at.first.top() - GAP - need.min(free),
    };
    set(&popover, &[("top", top - frame.top()), ("max-height", free)]);
    Some(fresh)
}

fn scroll(range: &Range, block: ScrollLogicalPosition) -> Option<()> {
    let node = range.start_container().ok()?;
    let options = ScrollIntoViewOptions::new();
    options.set_block(block);
    node.parent_element()?.scroll_into_view_with_scroll_into_view_options(&options);
    Some(())
}

/// The two grips at the ends of the words.
fn grips(lines: &Lines) -> Option<()> {
    for (id, line, x) in [
        ("grip-start", &lines.first, lines.first.left()),
        ("grip-end", &lines.last, lines.last.right()),
    ] {
        let grip = by_id(id)?;
        let frame = grip.offset_parent()?.get_bounding_client_rect();
        let (top, height) = (line.top() - frame.top(), line.height());
        set(&grip, &[("left", x - frame.left()), ("top", top), ("height", height)]);
    }
    Some(())
}

/// The caret, where the selection ends; scrolled into view when it has left it.
pub(super) fn caret(range: &Range) -> Option<()> {
    let caret = by_id("caret")?;
    let boxes = range.get_client_rects()?;
    let at = boxes.get(boxes.length().checked_sub(1)?)?;
    let frame = caret.offset_parent()?.get_bounding_client_rect();
    let (left, top) = (at.right() - frame.left(), at.top() - frame.top());
    set(&caret, &[("left", left), ("top", top), ("height", at.height())]);
    let (_, height) = viewport()?;
    if at.top() < BAR || at.bottom() > height - 60.0 {
        let node = caret.unchecked_ref::<web_sys::Element>();
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        node.scroll_into_view_with_scroll_into_view_options(&options);
    }
    Some(())
}
