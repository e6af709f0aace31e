//! Every view from 320 px to 4K, at 200 % zoom and in forced colours, with long names, words from right
//! to left and a message of trouble: axe-core finds nothing, nothing is wider than the screen.

use crate::harness::{Outcome, Page, run};
use crate::looks::{fits, look};
use crate::looks_panels::HARD;
use crate::steps::{finished, focused, mark, paste, select};
use serde_json::json;
use thirtyfour::prelude::*;

async fn seen(page: &Page, name: &str, view: &str) -> Outcome {
    look(page, &format!("{name}-{view}")).await?;
    fits(page, &format!("{name} {view}")).await
}

async fn closed(page: &Page, selector: &str) -> Outcome {
    page.keys(Key::Escape + "").await?;
    let script = format!("return !document.querySelector({})", json!(selector));
    page.until_js(&format!("{selector} is closed"), &script).await
}

/// Goes through all that can be open, and looks at each.
async fn each_view(page: &Page, name: &str) -> Outcome {
    page.open().await?;
    seen(page, name, "start").await?;
    page.css("#paste").await?.send_keys("  ").await?;
    page.css("#read").await?.click().await?;
    page.css("#notice").await?;
    seen(page, name, "trouble").await?;
    page.css("#close-notice").await?.click().await?;
    page.css("#paste").await?.click().await?;
    paste(page, HARD).await?;
    finished(page).await?;
    seen(page, name, "reading").await?;

    for (view, selector) in [
        ("entity", "mark[data-kind=person][data-opens]"),
        ("date", "mark[data-kind=date][data-opens]"),
        ("quote", "mark[data-label=direct][data-opens]"),
    ] {
        page.eval(&format!("document.querySelector({}).click()", json!(selector))).await?;
        page.css("#popover").await?;
        seen(page, name, view).await?;
        closed(page, "#popover").await?;
    }
    mark(page, "Ana Ruiz", 0).await?;
    page.eval("document.querySelector('#article mark[data-kind=person][data-opens]').click()")
        .await?;
    page.css("#popover [data-do=merge]").await?.click().await?;
    page.css("#merge-list").await?;
    seen(page, name, "merge").await?;
    page.css("#popover [data-do=all]").await?.click().await?;
    page.css("#spread").await?;
    seen(page, name, "spread").await?;
    page.css("#popover [data-do=back]").await?.click().await?;
    closed(page, "#popover").await?;
    select(page, "bridge was", 0).await?;
    page.css("#chips").await?;
    seen(page, name, "chips").await?;
    closed(page, "#chips").await?;
    // A small screen's bar has no room for this button: it is in the menu as well.
    page.css("#more").await?.click().await?;
    page.css("#dialog [data-open=keys]").await?.click().await?;
    focused(page, "#help").await?;
    seen(page, name, "keys").await?;
    closed(page, "#help").await?;

    for which in ["words", "text", "compare"] {
        crate::dialogs::dialog(page, which).await?;
        focused(page, "#dialog").await?;
        seen(page, name, which).await?;
        closed(page, "dialog").await?;
    }
    page.css("#close").await?.click().await?;
    page.css("#shelf").await?;
    seen(page, name, "kept").await?;
    page.click("#shelf [data-forget]").await?;
    page.until_js("it is forgotten", "return !document.querySelector('#shelf')").await
}

#[test]
fn every_view_at_320_px() {
    run("all-320", async |page| {
        page.size(320, 640).await?;
        each_view(&page, "all-320").await
    });
}

#[test]
fn every_view_in_4k() {
    run("all-4k", async |page| {
        page.size(3840, 2160).await?;
        each_view(&page, "all-4k").await
    });
}

#[test]
fn every_view_at_200_percent() {
    run("all-zoom", async |page| {
        // 200 % zoom of a window of 1280 × 900 leaves 640 × 450.
        page.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": false }),
        )
        .await?;
        each_view(&page, "all-zoom").await
    });
}

#[test]
fn every_view_in_forced_colours() {
    run("all-forced", async |page| {
        page.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "forced-colors", "value": "active" }] }),
        )
        .await?;
        each_view(&page, "all-forced").await
    });
}
