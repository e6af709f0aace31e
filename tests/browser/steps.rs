//! What a person does in more than one test, and what they see.

use crate::harness::{Outcome, Page};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// An article in the style of a wire report, written for these tests.
pub(crate) const ARTICLE: &str = include_str!("../data/articles/patrols.txt");

/// Puts `text` on the clipboard and pastes it by Ctrl+V into what has the focus.
pub(crate) async fn paste(page: &Page, text: &str) -> Outcome {
    page.devtools(
        "Browser.grantPermissions",
        json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    )
    .await?;
    let copied = page
        .driver
        .execute_async(
            "const [text, done] = arguments;
             navigator.clipboard.writeText(text).then(() => done('copied'), (e) => done(String(e)));",
            vec![json!(text)],
        )
        .await?;
    assert_eq!(copied.json(), "copied");
    page.keys(Key::Control + "v").await
}

/// Opens the page, pastes `text` into its box and waits until all of it is read.
pub(crate) async fn read(page: &Page, text: &str) -> Outcome {
    page.open().await?;
    page.css("#paste").await?.click().await?;
    paste(page, text).await?;
    finished(page).await
}

/// Waits until the text is read to its end and drawn.
pub(crate) async fn finished(page: &Page) -> Outcome {
    page.until_js(
        "the text is read",
        "return document.querySelector('main[data-view=document]:not([data-partial], [data-reading])') !== null
            && document.querySelector('#reading') === null
            && document.querySelector('#article').getAttribute('aria-busy') === null",
    )
    .await
}

/// Waits until the browser has kept every edit.
pub(crate) async fn kept(page: &Page) -> Outcome {
    page.until_js(
        "it is kept",
        "return document.querySelector('#saved')?.dataset.state === 'saved'",
    )
    .await
}

/// The selector of the first piece of the `nth` (from 0) mark that begins with exactly `words`.
/// Waits for it.
pub(crate) async fn mark(page: &Page, words: &str, nth: usize) -> WebDriverResult<WebElement> {
    let path = format!("(//mark[@data-first and normalize-space()='{words}'])[{}]", nth + 1);
    page.xpath(&path, &format!("mark {nth} of “{words}”")).await
}

/// What the page says of every mark in the text: kind, label, status and words, in order.
pub(crate) async fn marks(page: &Page) -> WebDriverResult<Vec<String>> {
    let lines = page
        .eval(
            "return [...document.querySelectorAll('#article mark[data-opens]')].map((m) =>
                [m.dataset.kind, m.dataset.label, m.dataset.status, m.textContent].join(' '))",
        )
        .await?;
    Ok(serde_json::from_value(lines)?)
}

/// The kinds' counts in the top bar, as they are read out: "People 4 …".
pub(crate) async fn counts(page: &Page) -> WebDriverResult<String> {
    let said = page
        .eval("return document.querySelector('#counts').innerText.replace(/\\s+/g, ' ')")
        .await?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

/// Where the `nth` place (from 0) of `words` in the article begins and ends on the screen: x, y,
/// x, y. With `show` it is brought to the middle first.
pub(crate) async fn place(
    page: &Page,
    words: &str,
    nth: usize,
    show: bool,
) -> WebDriverResult<[i64; 4]> {
    // Paragraphs take their true height only once they are in sight: what is shown is measured when two
    // drawings have left it where it is.
    let place = page
        .driver
        .execute_async(
            "const [words, nth, show, done] = arguments;
             const walker = document.createTreeWalker(document.querySelector('#article'), NodeFilter.SHOW_TEXT);
             const nodes = []; let text = '';
             while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
             let at = -1;
             for (let i = 0; i <= nth; i++) { at = text.indexOf(words, at + 1); if (at < 0) { done(null); return; } }
             const spot = (offset, end) => {
                 const [node, start] = nodes.findLast(([, s]) => end ? s < offset : s <= offset);
                 return [node, offset - start];
             };
             const range = document.createRange();
             range.setStart(...spot(at, false)); range.setEnd(...spot(at + words.length, true));
             const drawn = () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
             const top = () => range.getBoundingClientRect().top;
             (async () => {
                 for (let before = NaN; show && before !== top();) {
                     range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
                     before = top();
                     await drawn();
                 }
                 const boxes = [...range.getClientRects()].filter((b) => b.width > 0);
                 const [a, z] = [boxes[0], boxes[boxes.length - 1]];
                 done([a.left + 0.5, a.top + a.height / 2, z.right - 0.5, z.top + z.height / 2].map(Math.round));
             })();",
            vec![json!(words), json!(nth), json!(show)],
        )
        .await?;
    let Ok(place) = serde_json::from_value::<[i64; 4]>(place.json().clone()) else {
        panic!("“{words}” does not stand in the article");
    };
    Ok(place)
}

/// Drags the pointer over the `nth` place (from 0) where `words` stand in the article.
pub(crate) async fn select(page: &Page, words: &str, nth: usize) -> Outcome {
    let [x1, y1, x2, y2] = place(page, words, nth, true).await?;
    page.driver
        .action_chain()
        .move_to(x1, y1)
        .click_and_hold()
        .move_to((x1 + x2) / 2, y2)
        .move_to(x2, y2)
        .release()
        .perform()
        .await
}

/// Waits until the keyboard's focus is on what the selector finds.
pub(crate) async fn focused(page: &Page, selector: &str) -> Outcome {
    let script = format!("return document.activeElement?.matches({}) === true", json!(selector));
    page.until_js(&format!("the focus is on {selector}"), &script).await
}

/// Presses the button of the popover that does `what`.
pub(crate) async fn press(page: &Page, what: &str) -> Outcome {
    page.css(&format!("#popover [data-do='{what}']")).await?.click().await
}

/// Downloads the document and gives it as the file has it. The page says the file's name aloud.
pub(crate) async fn download(page: &Page) -> WebDriverResult<Value> {
    page.css("#download").await?.click().await?;
    page.css("#dialog [data-format='Galley JSON']").await?.click().await?;
    downloaded(page).await
}

/// The file that the page says it has just offered.
pub(crate) async fn downloaded(page: &Page) -> WebDriverResult<Value> {
    const SAID: &str = "Downloaded ";
    let said = || page.eval("return document.querySelector('#said').textContent");
    page.until("the download is said", async || {
        Ok(said().await?.as_str().is_some_and(|s| s.starts_with(SAID)))
    })
    .await?;
    let said = said().await?;
    let name = said.as_str().and_then(|s| s.strip_prefix(SAID));
    let bytes = page.downloaded(name.unwrap_or_default()).await?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// The annotation of a downloaded file whose text is `words`, the `nth` from 0.
pub(crate) fn annotation<'a>(file: &'a Value, words: &str, nth: usize) -> &'a Value {
    let all = file["annotations"].as_array().expect("annotations");
    let mut found = all.iter().filter(|a| a["text"] == words);
    found.nth(nth).unwrap_or_else(|| panic!("“{words}” {nth} is not in the file"))
}

/// Checks what must hold of every file: spans in code points cut their own text, entities and
/// mentions know one another, and the engine's own reader takes it.
pub(crate) fn check_file(file: &Value, text: &str) {
    assert_eq!((&file["format"], &file["version"]), (&json!("galley"), &json!(1)));
    assert_eq!(file["document"]["text"], text);
    let chars: Vec<char> = text.chars().collect();
    let number = |v: &Value| usize::try_from(v.as_u64().expect("an offset")).expect("an offset");
    for a in file["annotations"].as_array().expect("annotations") {
        let cut: String = chars[number(&a["start"])..number(&a["end"])].iter().collect();
        assert_eq!(a["text"], cut, "{a}");
        let entity = a["entity"].as_str().filter(|_| a["status"] != "rejected");
        if let Some(entity) = entity {
            let entities = file["entities"].as_array().expect("entities");
            let own = entities.iter().find(|e| e["id"] == entity);
            let mentions = own.and_then(|e| e["mentions"].as_array());
            assert!(mentions.is_some_and(|m| m.contains(&a["id"])), "{a}");
        }
    }
    let document =
        galley_formats::galley_json::read(&file.to_string()).expect("our own reader takes it");
    document.check().expect("a sound document");
}

/// Deletes every document of the list, one after another.
pub(crate) async fn forget_all(page: &Page) -> Outcome {
    while let Some(button) = page.all("#shelf [data-forget]").await?.into_iter().next() {
        let left = page.all("#shelf li").await?.len();
        button.click().await?;
        page.until("one less is kept", async || Ok(page.all("#shelf li").await?.len() < left))
            .await?;
    }
    Ok(())
}
