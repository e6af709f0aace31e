//! The part of the page that needs a browser: components, worker client, storage.

mod app;
mod article;
mod client;
mod dom;
mod filters;
mod hand;
mod help;
mod html;
mod panel;
mod place;
mod popover;
mod shared;
mod spread;
mod start_view;
mod storage;
mod top;

use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

/// Starts the page in `<div id="app">`, which is made when it is not there.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|info| {
        // The place in the program, never the text.
        if let Some(place) = info.location() {
            let words = format!("Galley stopped at {}:{}", place.file(), place.line());
            web_sys::console::error_1(&JsValue::from_str(&words));
        }
        farewell();
    }));
    let Some(document) = dom::document() else {
        return;
    };
    let root = document.get_element_by_id("app").or_else(|| {
        let root = document.create_element("div").ok()?;
        root.set_id("app");
        document.body()?.append_child(&root).ok()?;
        Some(root)
    });
    if let Some(root) = root {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}

/// What is left to say after a panic, in plain DOM: never a blank page.
fn farewell() -> Option<()> {
    let document = dom::document()?;
    if document.get_element_by_id("farewell").is_some() {
        return None;
    }
    let element = |tag: &str, text: &str| {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        Some(element)
    };
    let notice = element("div", "")?;
    notice.set_id("farewell");
    notice.set_attribute("role", "alert").ok()?;
    let words = element(
        "p",
        "Galley made a mistake and has stopped. Your edits are kept in this browser.",
    )?;
    let link = element("a", "Reload the page")?;
    link.set_attribute("href", "").ok()?;
    notice.append_child(&words).ok()?;
    notice.append_child(&link).ok()?;
    let body: web_sys::HtmlElement = document.body()?.dyn_into().ok()?;
    body.append_child(&notice).ok()?;
    Some(())
}
