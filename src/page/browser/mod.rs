//! The part of the page that needs a browser: components, worker client, storage.

mod app;
mod article;
mod backup_view;
mod caret;
mod dialog;
mod document_view;
mod dom;
mod elsewhere_view;
mod filters;
mod grips;
mod help;
mod hover;
mod import;
mod learned;
mod leaving_view;
mod listeners;
mod over_all_view;
mod panel;
mod popover;
mod position;
mod progress;
mod queue_files;
mod shared;
mod shelf_view;
mod start_view;
mod storage;
mod suggestions;
mod tabs;
mod title;
mod toast;
mod top_bar;
mod warm_up;
mod web_page;
mod worker_client;

use crate::requests;

/// Starts the page in `<div id="app">`, which is made when it is not there.
pub fn start() {
    // A panic ends in a trap, which www/boot.js tells in plain words. yew's own hook would print the
    // message, and that may hold some of the text.
    yew::set_custom_panic_hook(Box::new(|_| {}));
    requests::begin_counting();
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
