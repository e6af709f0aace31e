//! Patterns of the reader's own, and what corrections teach: as a person meets them.

use crate::dialogs::dialog;
use crate::harness::{Outcome, Page, run};
use crate::notes::articles;
use crate::steps::{ARTICLE, finished, forget_all, kept, mark, paste, read};
use std::path::Path;
use thirtyfour::prelude::*;

/// Opens a file from the start view.
async fn open_file(page: &Page, file: &Path) -> Outcome {
    let field = page.css("#file").await?;
    field.send_keys(file.to_string_lossy().into_owned()).await?;
    page.css("main[data-view=document] #article").await?;
    kept(page).await?;
    page.css("#close").await?.click().await
}

/// Waits until the page of what was learned says something like this.
async fn learned_says(page: &Page, words: &str) -> Outcome {
    page.until(&format!("it is learned: “{words}”"), async || {
        Ok(page.text("#learned-said").await?.contains(words))
    })
    .await
}

/// Opens the page of what was learned from the start view, by the menu.
async fn learned_page(page: &Page) -> Outcome {
    page.css("#more").await?.click().await?;
    page.css("#dialog [data-open=learned]").await?.click().await
}

async fn leave_dialog(page: &Page) -> Outcome {
    page.keys(Key::Escape + "").await?;
    page.until_js("no dialog is open", "return document.querySelector('dialog') === null").await
}

/// How many marks of the article say in their popover that they were learned: the first PRODUCT's.
async fn reason_of(page: &Page, words: &str) -> WebDriverResult<String> {
    mark(page, words, 0).await?.click().await?;
    let why = page.text("#popover-what").await?;
    page.keys(Key::Escape + "").await?;
    Ok(why)
}

#[test]
fn corrected_articles_teach_are_switched_off_forgotten_and_handed_on() {
    run("learning", async |page| {
        page.open().await?;
        let all = articles();
        let (seen, next) = all.split_at(9);
        for (n, article) in seen.iter().enumerate() {
            let file = page.downloads().join(format!("note{n}.galley.json"));
            std::fs::write(&file, article.to_string())?;
            open_file(&page, &file).await?;
        }
        learned_page(&page).await?;
        learned_says(&page, "Learned from 9 articles. Would have saved ").await?;
        learned_says(&page, " corrections: on.").await?;
        assert_eq!(page.all("#lessons li").await?.len(), 9);
        page.css("#changes li").await?;
        page.screenshot("learned").await?;
        page.button("Export for colleagues").await?.click().await?;
        let file = page.downloaded("desk.galley").await?;
        assert!(String::from_utf8_lossy(&file).starts_with("learned\t9\t"));
        leave_dialog(&page).await?;

        // The next article: marked as the others were, and the mark says why.
        let text = next[0]["document"]["text"].as_str().unwrap_or_default();
        page.css("#paste").await?.click().await?;
        paste(&page, text).await?;
        finished(&page).await?;
        page.css("#article mark[data-label=PRODUCT]").await?;
        let words = page.text("#article mark[data-label=PRODUCT]").await?;
        let why = reason_of(&page, &words).await?;
        assert!(why.contains("learned from your corrections"), "{why}");
        // All of it was looked at: one click, and one step back.
        dialog(&page, "learned").await?;
        page.css("#reviewed").await?.click().await?;
        page.until("all names are accepted", async || {
            Ok(page.text("#reviewed").await?.contains("is reviewed"))
        })
        .await?;
        page.css("#learned-switch").await?.click().await?;
        learned_says(&page, ": off.").await?;
        leave_dialog(&page).await?;
        kept(&page).await?;

        // Switched off, the same words are read as the program alone reads them.
        page.css("#close").await?.click().await?;
        page.css("#paste").await?.click().await?;
        paste(&page, text).await?;
        finished(&page).await?;
        let off = page.eval("return document.querySelector('#article mark[data-label=PRODUCT]')?.textContent ?? ''").await?;
        if off.as_str() == Some(words.as_str()) {
            let why = reason_of(&page, &words).await?;
            assert!(!why.contains("learned"), "{why}");
        }

        // Forgotten, the articles have taught nothing.
        page.css("#close").await?.click().await?;
        forget_all(&page).await?;
        learned_page(&page).await?;
        learned_says(&page, "Nothing learned yet").await?;
        page.css("#learned-switch").await?.click().await?;
        page.button("Import or edit your list…").await?.click().await?;

        // A colleague's file brings it back.
        let field = page.css("#words-file").await?;
        let file = page.downloads().join("desk.galley");
        field.send_keys(file.to_string_lossy().into_owned()).await?;
        page.button("What Galley learned").await?.click().await?;
        learned_says(&page, "Learned by a colleague from 9 articles: on.").await?;
        page.css("#drop-share").await?.click().await?;
        learned_says(&page, "Nothing learned yet").await?;
        Ok(())
    });
}

#[test]
fn patterns_are_tried_live_applied_and_searched_for() {
    run("patterns", async |page| {
        read(&page, ARTICLE).await?;
        dialog(&page, "words").await?;
        let field = page.css("#pattern").await?;
        field.send_keys("(").await?;
        page.css("#try-pattern").await?.click().await?;
        page.until("the slip is named", async || {
            Ok(page.text("#hits").await?.contains("this ( has no )"))
        })
        .await?;
        field.clear().await?;
        field.send_keys("coast guards?").await?;
        page.css("#try-pattern").await?.click().await?;
        page.css("#hits li").await?;
        page.screenshot("patterns").await?;
        page.css("#pattern-label").await?.send_keys("Service").await?;
        page.button("Add the pattern").await?.click().await?;
        page.css("#patterns li").await?;
        page.css("#dialog details summary").await?.click().await?;
        page.css("#shipped li:nth-child(5) [role=switch]").await?.click().await?;
        page.css("#shipped li:nth-child(5) [aria-checked=true]").await?;
        page.button("Read this article again").await?.click().await?;
        page.css("#article mark[data-label=Service]").await?;
        let why = reason_of(&page, "coast guards").await?;
        assert!(why.contains("your pattern"), "{why}");

        page.css("#find-button").await?.click().await?;
        page.css("#find").await?.send_keys("/coast (guards|line)/").await?;
        page.until("the pattern is found", async || {
            Ok(page.text("#find-count").await?.starts_with("1 of "))
        })
        .await?;
        Ok(())
    });
}
