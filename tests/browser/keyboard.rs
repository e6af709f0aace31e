//! The same way by keyboard alone: nothing here moves or presses a pointer.

use crate::harness::{Outcome, Page, run};
use crate::steps::{ARTICLE, annotation, check_file, downloaded, finished, kept, marks, paste};
use serde_json::Value;
use thirtyfour::prelude::*;

/// The words and status of the active annotation, as they stand in the text.
async fn active(page: &Page) -> WebDriverResult<(String, String)> {
    let found = page
        .eval(
            "const pieces = [...document.querySelectorAll('#article mark[data-active]')];
             return [pieces.map((m) => m.textContent).join(''), pieces[0]?.dataset.status ?? ''];",
        )
        .await?;
    Ok(serde_json::from_value(found)?)
}

/// Walks on by J until the annotation that reads `words` is active.
async fn walk_to(page: &Page, words: &str) -> Outcome {
    for _ in 0..80 {
        let before = active(page).await?;
        if before.0 == words {
            return Ok(());
        }
        page.keys("j").await?;
        page.until("J moved on", async || Ok(active(page).await? != before)).await?;
    }
    panic!("J never came to “{words}”");
}

async fn until_status(page: &Page, status: &str) -> Outcome {
    page.until(
        &format!("the active mark is {status}"),
        async || Ok(active(page).await?.1 == status),
    )
    .await
}

async fn focused(page: &Page) -> WebDriverResult<Value> {
    page.eval("const e = document.activeElement; return [e.id, e.closest('#article,#popover,#panel,header')?.id ?? e.tagName]")
        .await
}

#[test]
fn a_person_corrects_by_keyboard_alone() {
    run("keyboard", async |page| {
        page.open().await?;
        // Tab reaches the box, as the first thing after what stands above it.
        for _ in 0..10 {
            if page.eval("return document.activeElement.id").await? == "paste" {
                break;
            }
            page.keys(Key::Tab + "").await?;
        }
        assert_eq!(page.eval("return document.activeElement.id").await?, "paste");
        paste(&page, ARTICLE).await?;
        finished(&page).await?;
        kept(&page).await?;
        let before = marks(&page).await?;

        // Relabel.
        walk_to(&page, "TidalPost").await?;
        page.keys("1").await?;
        until_status(&page, "corrected").await?;
        // Widen and narrow, by a word and by a character.
        walk_to(&page, "Khalid Mansour").await?;
        for (keys, words) in [
            (TypingData::from("["), "spokesman Khalid Mansour"),
            (Key::Shift + "[", "Khalid Mansour"),
            (Key::Alt + "[", " Khalid Mansour"),
            (Key::Alt + "[", "n Khalid Mansour"),
            (TypingData::from("["), "spokesman Khalid Mansour"),
        ] {
            page.keys(keys).await?;
            if words.starts_with(' ') {
                continue; // A space at the start is passed over or kept; the letter before it counts.
            }
            page.until(&format!("it reads “{words}”"), async || {
                Ok(active(&page).await?.0.trim() == words)
            })
            .await?;
        }
        // Reject: the next one is active, the focus stays in the article.
        walk_to(&page, "Muscat").await?;
        page.keys("x").await?;
        page.until("Muscat is marked no more", async || {
            Ok(!marks(&page).await?.iter().any(|m| m.ends_with(" Muscat")))
        })
        .await?;
        assert_eq!(focused(&page).await?[1], "article");
        // Accept.
        page.keys("k").await?;
        let at = active(&page).await?.0;
        page.keys(Key::Shift + "a").await?;
        until_status(&page, "accepted").await?;
        assert_eq!(active(&page).await?.0, at);
        // A alone goes on to the next that nobody has checked.
        page.keys(Key::Control + "z").await?;
        until_status(&page, "machine").await?;
        page.keys("a").await?;
        page.until("the next one is active", async || {
            let now = active(&page).await?;
            Ok(now.0 != at && now.1 == "machine")
        })
        .await?;
        kept(&page).await?;
        let done = marks(&page).await?;

        // Undo to the beginning, redo to the end.
        for _ in 0..12 {
            page.keys(Key::Control + "z").await?;
        }
        page.until("all is undone", async || Ok(marks(&page).await? == before)).await?;
        for _ in 0..12 {
            page.keys(Key::Control + "y").await?;
        }
        page.until("all is done again", async || Ok(marks(&page).await? == done)).await?;

        // The popover: Enter opens it, D goes to the date's value, Escape leads back to the mark.
        walk_to(&page, "June").await?;
        page.keys(Key::Enter + "").await?;
        page.css("#popover").await?;
        page.until_js(
            "the popover has the focus",
            "return document.activeElement.closest('#popover') !== null",
        )
        .await?;
        page.keys("d").await?;
        page.until_js(
            "the value has the focus",
            "return document.activeElement.id === 'date-value'",
        )
        .await?;
        page.keys(Key::Control + "a").await?;
        page.keys("2023-06").await?;
        page.keys(Key::Enter + "").await?;
        until_status(&page, "corrected").await?;
        page.keys(Key::Escape + "").await?;
        page.until_js("back at the mark", "return !document.querySelector('#popover') && document.activeElement.hasAttribute('data-active')").await?;

        // Nonsense is refused in words, in the popover.
        page.keys(Key::Enter + "").await?;
        page.css("#popover").await?;
        page.keys("d").await?;
        page.until_js(
            "the value has the focus",
            "return document.activeElement.id === 'date-value'",
        )
        .await?;
        page.keys(Key::Control + "a").await?;
        page.keys("2023-13").await?;
        page.keys(Key::Enter + "").await?;
        page.css("#date-hint.bad, #popover .error").await?;
        page.keys(Key::Escape + "").await?;
        page.until_js("closed", "return !document.querySelector('#popover')").await?;

        // Download.
        kept(&page).await?;
        page.keys(Key::Control + "s").await?;
        let file = downloaded(&page).await?;
        check_file(&file, ARTICLE);
        assert_eq!(annotation(&file, "TidalPost", 0)["label"], "PERSON");
        assert_eq!(annotation(&file, "spokesman Khalid Mansour", 0)["status"], "corrected");
        assert_eq!(annotation(&file, "Muscat", 0)["status"], "rejected");
        assert_eq!(annotation(&file, "June", 0)["timex"]["value"], "2023-06");
        assert_eq!(file["review"]["accepted"], 1);

        let done = marks(&page).await?;
        // Headless Chromium has no key for this.
        page.driver.refresh().await?;
        finished(&page).await?;
        assert_eq!(marks(&page).await?, done);
        Ok(())
    });
}

#[test]
fn find_and_the_list_of_keys() {
    run("find", async |page| {
        page.open().await?;
        page.css("#sample").await?.send_keys(Key::Enter + "").await?;
        finished(&page).await?;
        let word = page
            .eval("return document.querySelector('#article p:last-of-type').textContent.match(/[a-z]{6,}/)[0]")
            .await?;
        page.keys("/").await?;
        page.until_js("the search has the focus", "return document.activeElement.id === 'find'")
            .await?;
        page.keys(word.as_str().unwrap_or_default()).await?;
        page.until_js(
            "it is counted",
            "return /^1 of [1-9]/.test(document.querySelector('#find-count').textContent)",
        )
        .await?;
        page.keys(Key::Control + "a").await?;
        page.keys("qqqqqq").await?;
        page.until_js(
            "none is said",
            "return document.querySelector('#find-count').textContent === 'Not in the text'",
        )
        .await?;
        page.keys(Key::Escape + "").await?;
        page.until_js("the search is closed", "return !document.querySelector('#find')").await?;
        page.keys("?").await?;
        page.until_js(
            "the list has the focus",
            "return document.activeElement.closest('[role=dialog],dialog') !== null",
        )
        .await?;
        page.screenshot("keys").await?;
        page.keys(Key::Escape + "").await?;
        page.until_js(
            "the list is closed",
            "return document.activeElement.closest('[role=dialog],dialog') === null",
        )
        .await?;
        Ok(())
    });
}
