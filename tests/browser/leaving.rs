//! The view that shows what leaves the page: it opens by the menu, by a link and by the keyboard, and counts.

use crate::harness::{Outcome, Page, run};
use crate::looks::{fits, look};
use crate::steps::finished;
use thirtyfour::prelude::*;

/// Waits until all three programs have answered, and checks what is counted.
async fn counts_nothing(page: &Page) -> Outcome {
    page.until_js(
        "all programs have answered",
        "return ['the page', 'the reader', 'the part for files'].every((name) =>
            document.querySelector('#leaving')?.innerText.includes(name))",
    )
    .await?;
    assert_eq!(page.text("#dialog-title").await?, "What leaves this page: nothing");
    for id in ["elsewhere", "later", "refused"] {
        assert_eq!(page.text(&format!("#{id}")).await?, "0", "{id}");
    }
    Ok(())
}

#[test]
fn what_leaves_the_page_is_counted_and_shown() {
    run("leaving", async |page| {
        page.open().await?;
        page.click("#sample").await?;
        finished(&page).await?;
        for (scheme, width) in [("light", 1280), ("dark", 375)] {
            page.colour_scheme(scheme).await?;
            page.size(width, 800).await?;
            page.click("#more").await?;
            page.click("#dialog [data-open=leaving]").await?;
            counts_nothing(&page).await?;
            look(&page, &format!("leaving-{scheme}-{width}")).await?;
            fits(&page, "what leaves this page").await?;
            let policy = page.text("#leaving .policy").await?;
            assert!(policy.contains("connect-src 'self'"), "{policy}");
            if width == 1280 {
                let found = page.violations().await?;
                assert!(found.is_empty(), "{found:#?}");
            }
            page.keys(Key::Escape + "").await?;
            page.until_js("it is closed", "return !document.querySelector('dialog')").await?;
        }
        page.click("#close").await?;
        page.css("#shelf").await?;
        page.eval("document.querySelector('#how-to-check').focus()").await?;
        page.keys(Key::Enter + "").await?;
        counts_nothing(&page).await?;
        let kept = page.text("#leaving").await?;
        assert!(kept.contains("that it may use"), "how full the storage is: {kept}");
        // By an address of its own.
        page.keys(Key::Escape + "").await?;
        page.eval("location.hash = '#nothing-leaves'; location.reload()").await?;
        counts_nothing(&page).await?;
        // A request that gets away all the same would be counted; the policy refuses this one, which is counted too.
        page.expect_console_errors();
        page.keys(Key::Escape + "").await?;
        page.eval_async("await fetch('https://example.org/').catch(() => {})").await?;
        page.click("#how-to-check").await?;
        page.until("the refusal is counted", async || Ok(page.text("#refused").await? == "1")).await
    });
}
