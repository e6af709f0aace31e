//! Helpers for the DOM: elements, focus, selection, text positions, files, settings.

use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, HtmlAnchorElement, HtmlDialogElement, HtmlElement,
    KeyboardEvent, Node, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, Storage,
    Url, Window,
};

use crate::effect::Target;
use crate::keys::{Place, Press};
use crate::state::Open;
use galley_engine::document::AnnotationId;
use galley_engine::edits::boundaries;
use galley_engine::text::{OffsetMap, SourceText, Span};
use galley_engine::user_words::UserLabel;

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

/// Something that the browser offers as `navigator.NAME`; `None`: this one does not.
pub(super) fn navigator_part(name: &str) -> Option<JsValue> {
    let navigator = js_sys::Reflect::get(&window()?.into(), &"navigator".into()).ok()?;
    let part = js_sys::Reflect::get(&navigator, &name.into()).ok()?;
    (!part.is_undefined() && !part.is_null()).then_some(part)
}

/// Calls a method that not every browser has, or that fails in some.
pub(super) fn call(target: &JsValue, name: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let method: js_sys::Function =
        js_sys::Reflect::get(target, &name.into()).ok()?.dyn_into().ok()?;
    let arguments: js_sys::Array = arguments.iter().copied().collect();
    method.apply(target, &arguments).ok()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

pub(super) fn element_by_id(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The mark of an annotation's first segment.
pub(super) fn first_mark_of(id: &AnnotationId) -> Option<HtmlElement> {
    // Ids from imported files may contain any character: compare them, unless they are safe in a selector.
    let simple = id.0.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let article = element_by_id("article")?;
    if simple {
        let selector = format!("mark[data-first~='{id}']");
        return article.query_selector(&selector).ok()??.dyn_into().ok();
    }
    let marks = article.query_selector_all("mark[data-first]").ok()?;
    (0..marks.length()).find_map(|i| {
        let mark: HtmlElement = marks.get(i)?.dyn_into().ok()?;
        let first = mark.get_attribute("data-first")?;
        first.split(' ').any(|x| x == id.0).then_some(mark)
    })
}

/// The row of an annotation or entity in the panel.
fn panel_row(id: &str) -> Option<HtmlElement> {
    let rows = element_by_id("panel")?.query_selector_all("[data-go],[data-about]").ok()?;
    (0..rows.length()).find_map(|i| {
        let row: HtmlElement = rows.get(i)?.dyn_into().ok()?;
        let about = row.get_attribute("data-go").or_else(|| row.get_attribute("data-about"));
        (about.as_deref() == Some(id)).then_some(row)
    })
}

/// How far `x` of the viewport is across an element, in thousandths of its width.
pub(super) fn thousandths_across(id: &str, x: f64) -> i64 {
    let element = document().and_then(|d| d.get_element_by_id(id));
    let rect = element.map(|e| e.get_bounding_client_rect());
    rect.map_or(500, |r| ((x - r.left()) * 1000.0 / r.width().max(1.0)) as i64)
}

/// Moves the focus. False when the element is not there (yet).
pub(super) fn move_focus(target: &Target) -> bool {
    let element = match target {
        Target::Mark(id) | Target::MarkInPlace(id) => first_mark_of(id),
        Target::Article => element_by_id("article"),
        Target::Popover => element_by_id("popover"),
        Target::Id(id) => element_by_id(id),
        Target::Row(id) => panel_row(id),
    };
    let Some(element) = element else { return false };
    let options = web_sys::FocusOptions::new();
    let stays = matches!(
        target,
        Target::Article | Target::Mark(_) | Target::MarkInPlace(_) | Target::Popover
    );
    options.set_prevent_scroll(stays);
    let _ = element.focus_with_options(&options);
    if let Target::Mark(_) = target {
        scroll_into_view(&element);
    }
    true
}

/// Scrolls an element to the middle when it is out of view.
fn scroll_into_view(element: &HtmlElement) {
    let rect = element.get_bounding_client_rect();
    let height = window().and_then(|w| w.inner_height().ok()?.as_f64()).unwrap_or(0.0);
    // What the top bar covers is out of view too.
    if rect.top() < 110.0 || rect.bottom() > height - 40.0 {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        options.set_behavior(if prefers_reduced_motion() {
            ScrollBehavior::Auto
        } else {
            ScrollBehavior::Smooth
        });
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// True when the person asked for less motion.
fn prefers_reduced_motion() -> bool {
    media_matches("(prefers-reduced-motion: reduce)")
}

/// True when the main pointer is a finger.
pub(super) fn has_coarse_pointer() -> bool {
    media_matches("(pointer: coarse)")
}

/// True where popover and chips are sheets at the bottom: too little room for two columns, in pixels or in letters. The
/// style sheet has the same widths.
pub(super) fn is_narrow() -> bool {
    media_matches("(max-width: 49.99em)")
}

/// True during a review: the popover is docked.
pub(super) fn is_reviewing() -> bool {
    document().is_some_and(|d| matches!(d.query_selector(".desk[data-review]"), Ok(Some(_))))
}

fn media_matches(query: &str) -> bool {
    window().and_then(|w| w.match_media(query).ok()?).is_some_and(|m| m.matches())
}

/// A key press and what has the focus.
pub(super) fn key_press(event: &KeyboardEvent) -> Press {
    Press {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        place: focus_place(event.target()),
    }
}

fn focus_place(target: Option<web_sys::EventTarget>) -> Place {
    let Some(element) = target.and_then(|t| t.dyn_into::<Element>().ok()) else {
        return Place::Text;
    };
    let inside = |selector: &str| matches!(element.closest(selector), Ok(Some(_)));
    if inside("input:not([type=checkbox]),textarea,select") {
        Place::Field
    } else if inside("#article") || element.tag_name() == "BODY" {
        Place::Text
    } else if inside("#popover,#chips") {
        Place::Popover
    } else {
        Place::Other
    }
}

/// True when the event is about a field other than the paste box.
pub(super) fn is_in_other_field(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    element.is_some_and(|e| {
        e.id() != "paste" && matches!(e.closest("input,textarea,select"), Ok(Some(_)))
    })
}

/// The annotations of the mark that holds `target`, innermost first.
pub(super) fn mark_ids_at(target: Option<web_sys::EventTarget>) -> Option<Vec<AnnotationId>> {
    let element: Element = target?.dyn_into().ok()?;
    let ids = element.closest("mark, .tail").ok()??.get_attribute("data-ids")?;
    Some(ids.split(' ').map(|id| AnnotationId(id.to_owned())).collect())
}

/// The selected span of the article, widened to whole words unless `exact`; `None` when nothing in the
/// article is selected.
pub(super) fn selected_span(offsets: &OffsetMap, text: &SourceText, exact: bool) -> Option<Span> {
    let selection = window()?.get_selection().ok()??;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let article: Node = element_by_id("article")?.into();
    if !article.contains(Some(&range.common_ancestor_container().ok()?)) {
        return None;
    }
    let start = byte_at(&range.start_container().ok()?, range.start_offset().ok()?, offsets)?;
    let end = byte_at(&range.end_container().ok()?, range.end_offset().ok()?, offsets)?;
    let span = text.span(start, end)?;
    if exact {
        return Some(span);
    }
    boundaries::snap_to_words(text, span)
}

/// True if this element is a part of the panel.
pub(super) fn is_in_panel(element: Option<web_sys::EventTarget>) -> bool {
    let element = element.and_then(|t| t.dyn_into::<Element>().ok());
    element.is_some_and(|e| matches!(e.closest("#panel"), Ok(Some(_))))
}

/// True if this element is a part of the popover.
pub(super) fn is_in_popover(element: Option<web_sys::EventTarget>) -> bool {
    let element = element.and_then(|t| t.dyn_into::<Element>().ok());
    element.is_some_and(|e| matches!(e.closest("#popover"), Ok(Some(_))))
}

/// Lets a selection begin at the first letter of the mark that the pointer is pressed on: in Chromium none begins
/// before the first letter of what can be focused. The browser focuses what it presses only after this event.
pub(super) fn let_selection_begin(target: Option<web_sys::EventTarget>) {
    let mark = target.and_then(|t| t.dyn_into::<Element>().ok());
    let mark = mark.and_then(|e| e.closest("mark[tabindex]").ok()?);
    if let Some(mark) = mark {
        let _ = mark.remove_attribute("tabindex");
        run_after_ms(0, move || {
            if mark.has_attribute("data-active") {
                let _ = mark.set_attribute("tabindex", "0");
            }
        });
    }
}

/// True when some text of the page is selected.
pub(super) fn has_selection() -> bool {
    window().and_then(|w| w.get_selection().ok()?).is_some_and(|s| !s.is_collapsed())
}

/// Selects nothing.
pub(super) fn clear_selection() {
    if let Some(Ok(Some(selection))) = window().map(|w| w.get_selection()) {
        let _ = selection.remove_all_ranges();
    }
}

/// The byte of the text at a DOM position (a node and an offset in it).
pub(super) fn byte_at(node: &Node, at: u32, offsets: &OffsetMap) -> Option<usize> {
    let paragraph = match node.dyn_ref::<Element>() {
        Some(element) => element.closest("[data-start]").ok()?,
        None => node.parent_element()?.closest("[data-start]").ok()?,
    };
    let Some(paragraph) = paragraph else {
        // Not inside a paragraph: the start of the paragraph that follows.
        let next = node.child_nodes().get(at).or_else(|| node.next_sibling())?;
        let next: &Element = next.dyn_ref()?;
        let next = match next.has_attribute("data-start") {
            true => next.clone(),
            false => next.query_selector("[data-start]").ok()??,
        };
        return next.get_attribute("data-start")?.parse().ok();
    };
    let start: usize = paragraph.get_attribute("data-start")?.parse().ok()?;
    let mut units = 0;
    if node.node_type() == Node::TEXT_NODE {
        units += at as usize;
    } else {
        let children = node.child_nodes();
        units += (0..at).filter_map(|i| Some(utf16_length(&children.get(i)?))).sum::<usize>();
    }
    let paragraph: &Node = &paragraph;
    let mut node = node.clone();
    while !node.is_same_node(Some(paragraph)) {
        let mut before = node.previous_sibling();
        while let Some(sibling) = before {
            units += utf16_length(&sibling);
            before = sibling.previous_sibling();
        }
        node = node.parent_node()?;
    }
    Some(offsets.byte_of_utf16(offsets.utf16_of_byte(start) + units))
}

/// Length of a node's text in UTF-16 units, without copying the text into wasm.
fn utf16_length(node: &Node) -> usize {
    if !matches!(node.node_type(), Node::TEXT_NODE | Node::ELEMENT_NODE) {
        return 0;
    }
    let text = js_sys::Reflect::get(node, &JsValue::from_str("textContent"));
    let text: Option<js_sys::JsString> = text.ok().and_then(|t| t.dyn_into().ok());
    text.map_or(0, |t| t.length() as usize)
}

/// The bytes of a file; `None` when the browser cannot read it any more.
pub(super) async fn read_file(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// A field's files in a list of their own: the field's list empties when the field is cleared.
pub(super) fn list_files(list: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    let list = list.iter();
    list.flat_map(|list| (0..list.length()).filter_map(|i| list.get(i))).collect()
}

/// Offers a file to save.
pub(super) fn offer_download(name: &str, bytes: &[u8], kind: &str) -> Option<()> {
    let document = document()?;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.set_hidden(true);
    document.body()?.append_child(&link).ok()?;
    link.click();
    link.remove();
    // Not at once: some browsers read the blob only after the click has returned.
    run_after_ms(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Some(())
}

/// Opens the dialog as a modal one: the browser keeps the focus in it.
pub(super) fn open_dialog() {
    let dialog = element_by_id("dialog").and_then(|d| d.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|d| !d.open()) {
        let _ = dialog.show_modal();
    }
}

/// The value of a text field or select.
pub(super) fn field_value(id: &str) -> String {
    let value = element_by_id(id).and_then(|e| js_sys::Reflect::get(&e, &"value".into()).ok());
    value.and_then(|v| v.as_string()).unwrap_or_default()
}

/// Sets the value of a text field or select.
pub(super) fn set_field(id: &str, value: &str) {
    if let Some(field) = element_by_id(id) {
        let _ = js_sys::Reflect::set(&field, &"value".into(), &value.into());
    }
}

/// Gives the reader's own labels their colours by a constructed style sheet, which the CSP allows.
pub(super) fn set_label_colours(labels: &[UserLabel]) -> Option<()> {
    let mut css = String::new();
    for own in labels {
        let name = own.label.name().replace('\\', "\\\\").replace('"', "\\\"");
        let colour = own.colour;
        css += &format!(
            "[data-label=\"{name}\"]{{--fill:var(--{colour}-fill);--line:var(--{colour}-line)}}"
        );
    }
    let class = js_sys::Reflect::get(&js_sys::global(), &"CSSStyleSheet".into()).ok()?;
    let class: js_sys::Function = class.dyn_into().ok()?;
    let sheet = js_sys::Reflect::construct(&class, &js_sys::Array::new()).ok()?;
    let replace = js_sys::Reflect::get(&sheet, &"replaceSync".into()).ok()?;
    let replace: js_sys::Function = replace.dyn_into().ok()?;
    replace.call1(&sheet, &css.into()).ok()?;
    let all = js_sys::Array::of1(&sheet);
    let document: JsValue = document()?.into();
    js_sys::Reflect::set(&document, &"adoptedStyleSheets".into(), &all).ok()?;
    Some(())
}

/// Runs `what` once, after so many milliseconds.
pub(super) fn run_after_ms(ms: i32, what: impl FnOnce() + 'static) {
    let what = Closure::once_into_js(what);
    if let Some(window) = window() {
        let _ =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(what.unchecked_ref(), ms);
    }
}

/// Runs `what` before the next frame is drawn.
pub(super) fn run_next_frame(what: impl FnOnce() + 'static) {
    let what = Closure::once_into_js(move |_: JsValue| what());
    if let Some(window) = window() {
        let _ = window.request_animation_frame(what.unchecked_ref());
    }
}

/// The article's paragraphs, to find spans of the text in the DOM.
pub(super) struct Paragraphs<'o> {
    sections: web_sys::HtmlCollection,
    open: &'o Open,
}

impl<'o> Paragraphs<'o> {
    pub(super) fn of(open: &'o Open) -> Option<Paragraphs<'o>> {
        Some(Paragraphs { sections: element_by_id("article")?.children(), open })
    }

    /// A span as a DOM range; `None` when it is not drawn yet.
    pub(super) fn range(&self, span: Span) -> Option<web_sys::Range> {
        let offsets = &self.open.offsets;
        let (section, block) = self.open.sections.locate(span.start())?;
        let start = self.open.sections.all().get(section)?.blocks.get(block)?;
        let begin = offsets.utf16_of_byte(start.span.start());
        let drawn = self.sections.item(u32::try_from(section).ok()?)?.children();
        let paragraph = drawn.item(u32::try_from(block).ok()?)?;
        let range = document()?.create_range().ok()?;
        let (node, unit) = text_node_at(&paragraph, offsets.utf16_of_byte(span.start()) - begin)?;
        range.set_start(&node, unit).ok()?;
        let (node, unit) = text_node_at(&paragraph, offsets.utf16_of_byte(span.end()) - begin)?;
        range.set_end(&node, unit).ok()?;
        Some(range)
    }
}

/// The text node below `root` that holds the UTF-16 unit, and the offset in it.
fn text_node_at(root: &Node, mut units: usize) -> Option<(Node, u32)> {
    let mut last = None;
    let mut node = root.first_child();
    while let Some(at) = node {
        let length = utf16_length(&at);
        if units <= length {
            if at.node_type() == Node::TEXT_NODE {
                return Some((at, units as u32));
            }
            node = at.first_child();
            continue;
        }
        units -= length;
        node = at.next_sibling();
        last = Some(at);
    }
    let last = last?;
    Some((last.clone(), last.child_nodes().length()))
}

/// Highlights spans under a name of the CSS Custom Highlight API, where the browser has it. The DOM of the
/// article stays as it is.
pub(super) fn set_highlight(name: &str, spans: &[Span], open: &Open) {
    let get = |of: &JsValue, name: &str| {
        js_sys::Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    };
    let global: JsValue = js_sys::global().into();
    let registry = get(&get(&global, "CSS"), "highlights");
    let Ok(class) = get(&global, "Highlight").dyn_into::<js_sys::Function>() else {
        return;
    };
    let set = get(&registry, "set").dyn_into::<js_sys::Function>();
    let (Ok(set), Some(paragraphs)) = (set, Paragraphs::of(open)) else {
        return;
    };
    let ranges = js_sys::Array::new();
    for range in spans.iter().filter_map(|&span| paragraphs.range(span)) {
        ranges.push(&range);
    }
    if let Ok(highlight) = js_sys::Reflect::construct(&class, &ranges) {
        let _ = set.call2(&registry, &JsValue::from_str(name), &highlight);
    }
}

/// Highlights the hits of the search.
pub(super) fn highlight_hits(hits: &[Span], at: usize, open: &Open) {
    // Only hits near the current one: more do not fit on a screen.
    let around = at.saturating_sub(60)..hits.len().min(at + 60);
    set_highlight("hits", hits.get(around).unwrap_or(&[]), open);
    set_highlight("hit", hits.get(at..at + 1).unwrap_or(&[]), open);
}

/// Highlights the suggestions, and the one that is shown.
pub(super) fn highlight_suggestions(open: &Open) {
    let all: Vec<Span> = open.suggestions.iter().map(|s| s.span).collect();
    set_highlight("suggestions", &all, open);
    let shown = open.suggestion().filter(|_| open.suggestion_shown).map(|s| s.span);
    set_highlight("suggestion", shown.as_slice(), open);
}

/// Scrolls to a span.
pub(super) fn scroll_to_span(span: Span, open: &Open) -> Option<()> {
    let range = Paragraphs::of(open)?.range(span)?;
    let node = range.start_container().ok()?;
    let element: HtmlElement = node.parent_element()?.dyn_into().ok()?;
    let rect = range.get_bounding_client_rect();
    // On a small screen the open bottom sheet covers what is below its top.
    let sheet = document()?.query_selector(".side[data-up]").ok()?;
    let narrow = sheet.filter(|_| is_narrow());
    // There is little room above it: scroll to the words themselves, not to their paragraph.
    if let Some(sheet) = narrow {
        let bottom = sheet.get_bounding_client_rect().top() - 10.0;
        if rect.top() < 100.0 || rect.bottom() > bottom {
            window()?.scroll_by_with_x_and_y(0.0, rect.bottom() - bottom + 20.0);
        }
        return Some(());
    }
    let height = window()?.inner_height().ok()?.as_f64()?;
    if rect.top() < 120.0 || rect.bottom() > height - 60.0 {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
    Some(())
}

/// Reads a setting from local storage.
pub(super) fn read_setting(name: &str) -> Option<String> {
    local_storage()?.get_item(&format!("galley.{name}")).ok()?
}

/// Stores a setting in local storage; `None` removes it.
pub(super) fn store_setting(name: &str, value: Option<&str>) {
    let Some(storage) = local_storage() else { return };
    let name = format!("galley.{name}");
    let _ = match value {
        Some(value) => storage.set_item(&name, value),
        None => storage.remove_item(&name),
    };
}

fn local_storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// A new storage key, from the time and chance.
pub(super) fn fresh_key() -> String {
    let time = js_sys::Date::now() as u64;
    let chance = (js_sys::Math::random() * 4_294_967_296.0) as u32;
    format!("{time:x}-{chance:x}")
}
