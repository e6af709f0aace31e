//! Every view as it looks: pictures under `target/screenshots`, and axe-core on each in both schemes.

use crate::harness::{Outcome, Page, run};
use crate::steps::{ARTICLE, finished, focused, mark, place, read, select};
use thirtyfour::prelude::*;

/// Takes the picture and has axe-core look at the view.
pub(crate) async fn look(page: &Page, name: &str) -> Outcome {
    page.until_js(
        "nothing moves",
        "return document.getAnimations().every((a) => a.playState !== 'running')",
    )
    .await?;
    page.screenshot(name).await?;
    assert_eq!(page.violations().await?, Vec::<String>::new(), "{name}");
    Ok(())
}

/// Nothing is wider than the screen.
pub(crate) async fn fits(page: &Page, name: &str) -> Outcome {
    let wide = page
        .eval("return document.documentElement.scrollWidth > document.documentElement.clientWidth")
        .await?;
    assert_eq!(wide, false, "{name} scrolls sideways");
    let inside = page
        .eval(
            "return [...document.querySelectorAll('#popover, #popover *, #chips, #dialog, #dialog *, #help, #help *')]
                .filter(e => e.scrollWidth > e.clientWidth + 1
                    && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)
                    && !['INPUT', 'TEXTAREA', 'SELECT'].includes(e.tagName)
                    // A table scrolls in a region of its own, which the keyboard reaches.
                    && !e.matches('.scroll[tabindex]'))
                .map(e => e.tagName + '.' + e.className + '#' + e.id)",
        )
        .await?;
    assert_eq!(inside, serde_json::json!([]), "{name}: scrolls sideways inside");
    Ok(())
}

#[test]
fn every_view_in_both_schemes() {
    run("looks", async |page| {
        for scheme in ["light", "dark"] {
            page.colour_scheme(scheme).await?;
            page.open().await?;
            look(&page, &format!("start-{scheme}")).await?;
            read(&page, ARTICLE).await?;
            look(&page, &format!("reading-{scheme}")).await?;
            for (what, words) in [("entity", "Laura Bennett"), ("date", "Tuesday")] {
                mark(&page, words, 0).await?.click().await?;
                page.css("#popover").await?;
                look(&page, &format!("popover-{what}-{scheme}")).await?;
                page.keys(Key::Escape + "").await?;
                page.until_js("closed", "return !document.querySelector('#popover')").await?;
            }
            page.css("mark[data-kind=quote][data-label=direct][data-opens]").await?.click().await?;
            page.css("#speaker").await?;
            look(&page, &format!("popover-quote-{scheme}")).await?;
            page.keys(Key::Escape + "").await?;
            focused(&page, "mark[data-kind=quote]").await?;
            select(&page, "annoyed", 0).await?;
            page.css("#chips").await?;
            look(&page, &format!("chips-{scheme}")).await?;
            page.keys(Key::Escape + "").await?;
            for tab in ["people", "quotes", "timeline", "review"] {
                page.css(&format!("#tab-{tab}")).await?.click().await?;
                page.css(&format!("#tab-{tab}[aria-selected=true]")).await?;
                look(&page, &format!("panel-{tab}-{scheme}")).await?;
            }
            page.css("#help-button").await?.click().await?;
            page.css("[role=dialog],dialog").await?;
            look(&page, &format!("keys-{scheme}")).await?;
            page.keys(Key::Escape + "").await?;
            page.css("#close").await?.click().await?;
            page.css("#shelf").await?;
            look(&page, &format!("kept-{scheme}")).await?;
        }
        Ok(())
    });
}

#[test]
fn small_screens() {
    run("small", async |page| {
        for width in [375, 320] {
            page.size(width, 740).await?;
            page.open().await?;
            look(&page, &format!("start-{width}")).await?;
            fits(&page, "the start view").await?;
            if page.all("#shelf .kept").await?.is_empty() {
                read(&page, ARTICLE).await?;
            } else {
                page.css("#shelf .kept").await?.click().await?;
                finished(&page).await?;
            }
            look(&page, &format!("reading-{width}")).await?;
            fits(&page, "the reading view").await?;
            // In the middle of the screen, where no bar lies on it.
            place(&page, "Laura Bennett", 0, true).await?;
            mark(&page, "Laura Bennett", 0).await?.click().await?;
            page.css("#popover").await?;
            look(&page, &format!("popover-{width}")).await?;
            fits(&page, "the popover").await?;
            page.keys(Key::Escape + "").await?;
            page.until_js("closed", "return !document.querySelector('#popover')").await?;
            page.css("#sheet").await?.click().await?;
            page.css("#sheet[aria-expanded=true]").await?;
            look(&page, &format!("sheet-{width}")).await?;
            fits(&page, "the lists").await?;
            page.css("#close").await?.click().await?;
        }
        Ok(())
    });
}

/// The picture of the README, `tests/pictures/reading-view.png`: made anew with
/// `GALLEY_PICTURE=1 cargo xtask test browser -- picture`, looked at, and committed.
#[test]
fn the_picture_of_the_readme() {
    run("picture", async |page| {
        page.size(1200, 800).await?;
        page.open().await?;
        page.css("#sample").await?.click().await?;
        finished(&page).await?;
        page.css("#tab-people").await?.click().await?;
        page.css("#article mark[data-kind=person]").await?;
        look(&page, "reading-view").await?;
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../pictures/reading-view.png");
        if std::env::var_os("GALLEY_PICTURE").is_some() {
            page.driver.screenshot(std::path::Path::new(here)).await?;
        }
        let size = std::fs::metadata(here)?.len();
        assert!(size <= 250_000, "the README's picture has {size} bytes");
        Ok(())
    });
}
