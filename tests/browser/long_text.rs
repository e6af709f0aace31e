//! A text of 60,000 words in which 4,800 annotations are found: it is read, drawn, corrected and searched as a
//! short one is. How long that takes is measured by `speed.rs`.

use crate::harness::{Outcome, Page, run};
use crate::steps::{ARTICLE, finished, paste, select};
use thirtyfour::prelude::*;

/// Articles, and between them paragraphs that name nobody.
pub(crate) fn long_text() -> String {
    const ARTICLES: usize = 83;
    const FILLER: &str = "It rained, and the boats stayed in; nobody asked why that was so, and the nets hung \
        where they had hung before, grey and wet and of no use to anyone who went by. The gulls were quiet, and \
        the lamps along the wall burned low, as if they too were waiting for a better wind.\n\n";
    let words = 60_000 / ARTICLES - ARTICLE.split_whitespace().count();
    let filler = FILLER.repeat(words / FILLER.split_whitespace().count() + 1);
    [ARTICLE, &filler].repeat(ARTICLES).join("\n\n")
}

/// Waits until all of the long text is read and drawn.
pub(crate) async fn drawn_to_its_end(page: &Page) -> Outcome {
    page.until_js(
        "the long text is drawn",
        "return document.querySelectorAll('#article mark[data-opens]').length > 4000
            && document.querySelector('#article').getAttribute('aria-busy') === null",
    )
    .await?;
    finished(page).await
}

/// Marks "nets", which nothing has marked, as an event, then all its other places; how many those are.
pub(crate) async fn mark_everywhere(page: &Page) -> WebDriverResult<usize> {
    select(page, "nets", 0).await?;
    page.css("#chips [data-label=EVENT]").await?.click().await?;
    page.css("mark[data-status=added]").await?;
    page.keys("g").await?;
    page.css("#spread").await?;
    let places = page.all("#spread input:checked").await?.len();
    page.css("[data-do=apply]").await?.click().await?;
    page.until_js("all places are marked", &format!("return {}", events(">= 500"))).await?;
    Ok(places)
}

/// In the page's language, whether so many events are marked: `events("< 3")`.
pub(crate) fn events(compared: &str) -> String {
    format!(
        "document.querySelectorAll('#article mark[data-opens][data-label=EVENT]').length {compared}"
    )
}

#[test]
fn sixty_thousand_words_are_read_and_corrected() {
    run("long-text", async |page| {
        page.open().await?;
        page.css("#paste").await?.click().await?;
        paste(&page, &long_text()).await?;
        drawn_to_its_end(&page).await?;
        for nth in [40, 500] {
            page.eval(&format!(
                "document.querySelectorAll('#article mark[data-kind=person][data-opens]')[{nth}].click()"
            ))
            .await?;
            page.css("#popover").await?;
            page.css("#popover [aria-label=Close]").await?.click().await?;
        }
        let open = "[...document.querySelectorAll('#article mark[data-opens]')].find((m) => m.textContent === 'Karin Lindqvist').click()";
        page.eval(open).await?;
        page.css("#popover [data-label=ORG]").await?.click().await?;
        page.until_js(
            "all mentions have the other label",
            "return [...document.querySelectorAll('#article mark[data-active]')].every((m) => m.dataset.label === 'ORG')",
        )
        .await?;
        page.css("#popover [aria-label=Close]").await?.click().await?;
        let places = mark_everywhere(&page).await?;
        assert!(places >= 500, "{places}");
        page.css("#undo").await?.click().await?;
        page.until_js("all places are as before", &format!("return {}", events("< 3"))).await?;
        page.css("#redo").await?.click().await?;
        page.until_js("all places are marked again", &format!("return {}", events(">= 500")))
            .await?;
        page.css("#find-button").await?.click().await?;
        page.css("#find").await?.send_keys("laura bennett").await?;
        page.until_js(
            "places are found",
            "return document.querySelector('#find-count').textContent !== ''",
        )
        .await
    });
}
