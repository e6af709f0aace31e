//! How the panels look: each of them in both schemes, with names open, filtered, empty; at 320 px
//! and on a wide screen, at 200 % zoom, in forced colours, in print. axe-core finds nothing on any.

use crate::harness::{Outcome, Page, run};
use crate::looks::{fits, look};
use crate::steps::{ARTICLE, read};
use serde_json::json;

/// Long names, words from right to left, dates from centuries to hours.
pub(crate) const HARD: &str = "Ministry of Foreign and European Affairs and International Development Cooperation replies\n\n\
    By Ana Ruiz\nPublished: 2021-07-23\n\n\
    On Thursday, Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft spokeswoman \
    Ana Ruiz said in Kandahar: \"قال إنه سيعود غدا إلى المدينة\" and then she left at 9 p.m. for three months.\n\n\
    The bridge was built in 1742 and again in May 1945. It will be closed from 3 August to 9 October 2021, \
    twice a week, she said on Friday morning. \"We have waited since 2019,\" Ruiz said on Wednesday night.\n\n\
    \"אנחנו מחכים כבר שנתיים\", said the mayor, Noam Barak, in Haifa on 20 July.";

async fn each_panel(page: &Page, name: &str) -> Outcome {
    for tab in ["review", "people", "quotes", "timeline"] {
        page.css(&format!("#tab-{tab}")).await?.click().await?;
        page.css(&format!("#tab-{tab}[aria-selected=true]")).await?;
        page.until_js(
            "the sheet is up",
            "return innerWidth >= 800 || document.querySelector('.side[data-up]') !== null",
        )
        .await?;
        look(page, &format!("{name}-{tab}")).await?;
        fits(page, &format!("{name} {tab}")).await?;
    }
    Ok(())
}

#[test]
fn panels_with_all_that_opens_in_them() {
    run("looks-panels", async |page| {
        for scheme in ["light", "dark"] {
            page.colour_scheme(scheme).await?;
            read(&page, HARD).await?;
            each_panel(&page, &format!("hard-{scheme}")).await?;
            page.css("#tab-people").await?.click().await?;
            page.css("#people-list summary").await?.click().await?;
            page.css("[data-do=merge-with]").await?.click().await?;
            page.css("#names").await?;
            look(&page, &format!("people-open-{scheme}")).await?;
            page.css("#tab-quotes").await?.click().await?;
            page.css("[data-do=speaker]").await?.click().await?;
            page.css("#names").await?;
            look(&page, &format!("quotes-open-{scheme}")).await?;
            page.css("#find-button").await?.click().await?;
            page.css("#find").await?.send_keys("ruiz").await?;
            page.css("#find-lists").await?;
            look(&page, &format!("find-{scheme}")).await?;
            page.css("#find").await?.send_keys(" nowhere").await?;
            page.css("#panel .empty").await?;
            look(&page, &format!("find-nothing-{scheme}")).await?;
            page.eval("const f = document.querySelector('#find'); f.value = ''; f.dispatchEvent(new InputEvent('input', { bubbles: true }))").await?;
            page.css("#only-uncertain").await?.click().await?;
            page.css("#unfilter").await?;
            look(&page, &format!("filtered-{scheme}")).await?;
            page.css("#close").await?.click().await?;
            page.css("#paste").await?;
        }
        Ok(())
    });
}

#[test]
fn panels_of_a_text_in_which_nothing_is_found() {
    run("looks-empty", async |page| {
        read(&page, "nothing to see here, and nobody.").await?;
        each_panel(&page, "empty").await
    });
}

#[test]
fn panels_from_320_px_to_4k_and_at_200_percent() {
    run("looks-sizes", async |page| {
        read(&page, HARD).await?;
        page.size(320, 640).await?;
        each_panel(&page, "320").await?;
        page.size(3840, 2160).await?;
        each_panel(&page, "4k").await?;
        // 200 % zoom of a window of 1280 × 900 leaves 640 × 450.
        page.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": false }),
        )
        .await?;
        each_panel(&page, "zoom-200").await
    });
}

#[test]
fn panels_in_forced_colours_and_the_page_in_print() {
    run("looks-forced", async |page| {
        page.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "forced-colors", "value": "active" }] }),
        )
        .await?;
        read(&page, ARTICLE).await?;
        each_panel(&page, "forced").await?;
        page.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
        page.until_js(
            "only the article is left",
            "return getComputedStyle(document.querySelector('.side')).display === 'none'
                && getComputedStyle(document.querySelector('.top')).display === 'none'
                && document.querySelector('#article').getBoundingClientRect().height > 0",
        )
        .await?;
        page.screenshot("print").await
    });
}
