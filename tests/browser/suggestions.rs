//! Labels of the reader's own: taught in one article, suggested in the next.

use crate::dialogs::dialog;
use crate::harness::{Outcome, Page, run};
use crate::steps::{finished, forget_all, kept, mark, paste, place, select};
use serde_json::json;
use thirtyfour::prelude::*;

const FIRST: &str = "Members of the Acme Union met in town. Ada Brandt spoke for the Delta Union, and \
the Harbor Union answered.\n\nThe Linden Union and the Marsh Union were absent. Later the Quarry Union \
joined the talks in Lisbon, and the Ridge Union left them.";

const NEXT: &str = "Talks of the unions go on\n\nThe Tamar Union met again on Monday. Boris Brandt spoke for \
the Vale Union, and the Sable Union answered him.\n\nLater the Acme Union asked for more time in Lisbon.";

/// The first article with four marks of a label of the reader's own.
fn taught() -> String {
    let names = ["Acme Union", "Delta Union", "Harbor Union", "Linden Union"];
    let mark = |(n, name): (usize, &&str)| {
        let start = FIRST.find(name).unwrap_or(0);
        json!({ "id": format!("a{n}"), "kind": "entity", "label": "Union", "start": start,
            "end": start + name.len(), "text": name, "confidence": 1.0, "status": "added" })
    };
    let annotations: Vec<_> = names.iter().enumerate().map(mark).collect();
    json!({ "format": "galley", "version": 1, "annotations": annotations, "entities": [],
        "document": { "id": "first", "title": null, "language": "en", "published": null,
            "published_source": null, "text": FIRST } })
    .to_string()
}

/// Waits until so many suggestions are listed.
async fn suggested(page: &Page, count: usize) -> Outcome {
    let script =
        format!("return document.querySelectorAll('#suggestions details li').length === {count}");
    page.until_js(&format!("{count} are suggested"), &script).await
}

/// Gives the words of the suggestions that are listed.
const LISTED: &str =
    "[...document.querySelectorAll('#suggestions li b')].map((b) => b.textContent).join()";

/// Waits until these words are suggested no longer.
async fn answered(page: &Page, words: &str) -> Outcome {
    page.until_js(
        &format!("{words} is answered"),
        &format!("return !({LISTED}).includes('{words}')"),
    )
    .await
}

/// The words of the suggestions that are listed.
async fn listed(page: &Page) -> WebDriverResult<String> {
    Ok(page.eval(&format!("return {LISTED}")).await?.as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_label_is_taught_suggested_taken_refused_switched_off_and_forgotten() {
    run("suggestions", async |page| {
        page.open().await?;
        let file = page.downloads().join("first.galley.json");
        std::fs::write(&file, taught())?;
        page.css("#file").await?.send_keys(file.to_string_lossy().into_owned()).await?;
        page.css("main[data-view=document] #article").await?;
        kept(&page).await?;
        assert!(page.all("#suggestions").await?.is_empty(), "four examples are too few");
        dialog(&page, "words").await?;
        page.css("#label-name").await?.send_keys("Union").await?;
        page.button("Save the label").await?.click().await?;
        page.css("#labels li[data-label=Union]").await?;
        page.keys(Key::Escape + "").await?;

        // The fifth: more is suggested in this article.
        select(&page, "Marsh Union", 0).await?;
        page.css("#chips [data-label=Union]").await?.click().await?;
        suggested(&page, 2).await?;
        assert_eq!(listed(&page).await?, "“Quarry Union”,“Ridge Union”");
        page.screenshot("suggestions").await?;
        page.keys("i").await?;
        page.keys("t").await?;
        suggested(&page, 1).await?;
        mark(&page, "Quarry Union", 0).await?;
        page.keys("t").await?;
        page.until_js("all are answered", "return document.querySelector('#suggestions') === null")
            .await?;
        kept(&page).await?;
        page.css("#close").await?.click().await?;

        // The next article: a click in the text shows one, with its reason.
        page.css("#paste").await?.click().await?;
        paste(&page, NEXT).await?;
        finished(&page).await?;
        suggested(&page, 4).await?;
        assert_eq!(listed(&page).await?, "“Tamar Union”,“Vale Union”,“Sable Union”,“Acme Union”");
        page.css("#suggestions summary").await?.click().await?;
        page.screenshot("suggestions-list").await?;
        page.css("#suggestions button[aria-label^='Take “Acme']").await?.click().await?;
        answered(&page, "Acme Union").await?;
        let why = page.text("#suggestions p").await?;
        assert!(why.contains("Union? ") && why.contains(" %, like "), "{why}");
        let before = listed(&page).await?;
        page.css("#refuse").await?.click().await?;
        page.until_js("it is refused", &format!("return ({LISTED}) !== {}", json!(before))).await?;
        page.css("#undo").await?.click().await?;
        page.until_js("it is back", &format!("return ({LISTED}) === {}", json!(before))).await?;
        // What is refused goes, and what is like it may go with it.
        page.css("#suggestions button[aria-label^='Refuse “Vale']").await?.click().await?;
        answered(&page, "Vale Union").await?;
        let [x1, y1, x2, y2] = place(&page, "Sable Union", 0, true).await?;
        let at = ((x1 + x2) / 2, (y1 + y2) / 2);
        page.driver.action_chain().move_to(at.0, at.1).click().perform().await?;
        kept(&page).await?;

        dialog(&page, "learned").await?;
        let told = page.text("#own-learned").await?;
        assert!(told.contains("Union") && told.contains("examples in"), "{told}");
        page.screenshot("suggestions-learned").await?;
        page.css("#suggest-everywhere").await?.click().await?;
        page.css("#everywhere").await?;
        // Switched off, nothing is suggested.
        page.css("#learned-switch").await?.click().await?;
        page.keys(Key::Escape + "").await?;
        page.until_js("it is quiet", "return document.querySelector('#suggestions') === null")
            .await?;
        dialog(&page, "learned").await?;
        page.css("#learned-switch").await?.click().await?;
        page.keys(Key::Escape + "").await?;
        suggested(&page, 2).await?;

        // Forgotten, the articles have taught nothing.
        page.css("#close").await?.click().await?;
        forget_all(&page).await?;
        page.css("#paste").await?.click().await?;
        paste(&page, NEXT).await?;
        finished(&page).await?;
        kept(&page).await?;
        dialog(&page, "learned").await?;
        page.css("#learned-said").await?;
        assert!(page.all("#own-learned").await?.is_empty());
        Ok(())
    });
}
