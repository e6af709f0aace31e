//! The editor's rules: nothing typed is lost, selecting begins anywhere, Escape keeps the place, the popover shows
//! what it is for, every change says how far it went.

use crate::harness::{Outcome, Page, run};
use crate::steps::{ARTICLE, finished, focused, mark, marks, place, press, read, select};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

async fn gone(page: &Page, selector: &str) -> Outcome {
    let script = format!("return !document.querySelector({})", json!(selector));
    page.until_js(&format!("{selector} is gone"), &script).await
}

/// Waits until the toast says something with these words.
async fn toast(page: &Page, words: &str) -> Outcome {
    let script = format!(
        "return document.querySelector('#toast')?.textContent.includes({}) === true",
        json!(words)
    );
    page.until_js(&format!("a toast says: {words}"), &script).await
}

/// Types over what stands in a field of the popover, and leaves it at that.
async fn type_over(page: &Page, field: &str, words: &str) -> Outcome {
    page.css(field).await?.click().await?;
    focused(page, field).await?;
    page.keys(Key::Control + "a").await?;
    page.keys(words).await?;
    let script =
        format!("return document.querySelector({}).value === {}", json!(field), json!(words));
    page.until_js("it stands in the field", &script).await
}

async fn value(page: &Page, field: &str) -> WebDriverResult<Value> {
    page.eval(&format!("return document.querySelector({})?.value", json!(field))).await
}

async fn until_value(page: &Page, field: &str, wanted: &str) -> Outcome {
    page.until(&format!("{field} is {wanted}"), async || Ok(value(page, field).await? == wanted))
        .await
}

async fn close(page: &Page) -> Outcome {
    page.css("#popover [aria-label=Close]").await?.click().await?;
    gone(page, "#popover").await
}

/// Clicks a mark in the middle of the screen, where no bar covers it.
async fn click_mark(page: &Page, words: &str) -> Outcome {
    place(page, words, 0, true).await?;
    mark(page, words, 0).await?.click().await
}

/// Clicks the first direct quote.
async fn click_quote(page: &Page) -> Outcome {
    page.eval(&format!(
        "document.querySelector({}).scrollIntoView({{ block: 'center', behavior: 'instant' }})",
        json!(QUOTE)
    ))
    .await?;
    page.css(QUOTE).await?.click().await
}

const QUOTE: &str = "#article mark[data-kind=quote][data-label=direct][data-opens]";

#[test]
fn what_is_typed_is_done_by_accept_by_a_click_elsewhere_and_by_escape() {
    run("typed", async |page| {
        read(&page, ARTICLE).await?;
        // Accept does it first. What the machine thought of the old value is true no more.
        click_mark(&page, "Tuesday").await?;
        let reason = page.text("#popover-what").await?;
        type_over(&page, "#date-value", "2 August 2022").await?;
        press(&page, "accept").await?;
        gone(&page, "#popover").await?;
        click_mark(&page, "Tuesday").await?;
        until_value(&page, "#date-value", "2022-08-02").await?;
        let now = page.text("#popover-what").await?;
        assert!(now.ends_with("corrected"), "{now}, before: {reason}");
        assert!(page.all("[data-alternative='2022-08-02']").await?.is_empty());
        close(&page).await?;

        // A click on another mark does it.
        click_quote(&page).await?;
        type_over(&page, "#speaker", "laura bennett").await?;
        click_mark(&page, "Muscat").await?;
        page.css("#popover[data-kind=place], #popover[data-kind=organisation]").await?;
        close(&page).await?;
        click_quote(&page).await?;
        until_value(&page, "#speaker", "Laura Bennett").await?;
        // Enter does it, and the focus stays.
        type_over(&page, "#speaker", "Khalid Mansour").await?;
        page.keys(Key::Enter + "").await?;
        toast(&page, "Speaker: Khalid Mansour").await?;
        focused(&page, "#speaker").await?;
        // A name that is nowhere in the text is asked about: it is no slip of the keyboard.
        type_over(&page, "#speaker", "Kha").await?;
        assert_eq!(page.all("#popover [data-speaker='Khalid Mansour']").await?.len(), 1);
        assert!(page.all("#popover [data-speaker='Laura Bennett']").await?.is_empty());
        page.keys(Key::Enter + "").await?;
        page.css("#popover .error").await?;
        press(&page, "as-typed").await?;
        toast(&page, "Speaker: Kha").await?;
        type_over(&page, "#speaker", "Nobody Known").await?;
        page.keys(Key::Escape + "").await?;
        page.css("#popover .error").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#popover").await?;
        click_quote(&page).await?;
        until_value(&page, "#speaker", "Kha").await?;
        close(&page).await?;

        // So does Escape, and a click on nothing at all.
        click_mark(&page, "Khalid Mansour").await?;
        type_over(&page, "#name", "Khalid al-Mansour").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#popover").await?;
        click_mark(&page, "Khalid Mansour").await?;
        until_value(&page, "#name", "Khalid al-Mansour").await?;
        type_over(&page, "#name", "K. Mansour").await?;
        page.css("#tab-people").await?.click().await?;
        page.until_js(
            "the list has the name",
            "return document.querySelector('#people-list').textContent.includes('K. Mansour')",
        )
        .await
    });
}

#[test]
fn selecting_begins_anywhere_and_escape_keeps_the_place() {
    run("first-letter", async |page| {
        read(&page, ARTICLE).await?;
        let title = page.text("#title").await?;
        for active in [false, true] {
            // From the glyph, and from the left half of the first letter.
            for inset in [2, 8, 14] {
                let [_, _, x, y] = place(&page, "Yemeni coast guards", 0, true).await?;
                let left = page
                    .eval("const m = [...document.querySelectorAll('#article mark')].find((m) => m.textContent === 'Yemeni'); return Math.round(m.getBoundingClientRect().left)")
                    .await?
                    .as_i64()
                    .unwrap_or_default();
                let chain = page.driver.action_chain().move_to(left + inset, y).click_and_hold();
                chain.move_to(left + inset + 30, y).move_to(x, y).release().perform().await?;
                page.until_js(
                    &format!("it begins at the mark ({inset} px, active: {active})"),
                    "return document.querySelector('#chips .note')?.textContent.includes('“Yemeni coast guards”') === true",
                )
                .await?;
                page.keys(Key::Escape + "").await?;
                gone(&page, "#chips").await?;
            }
            click_mark(&page, "Yemeni").await?;
            close(&page).await?;
        }
        // A slip: what is selected is dragged. That is no new text.
        select(&page, "harbour of Aden", 0).await?;
        page.css("#chips").await?;
        let [x, y, ..] = place(&page, "harbour of Aden", 0, false).await?;
        let chain = page.driver.action_chain().move_to(x + 20, y).click_and_hold();
        let chain = chain.move_to(x + 40, y + 10).move_to(x + 120, y + 30);
        chain.release().perform().await?;
        finished(&page).await?;
        assert_eq!(page.text("#title").await?, title);

        // Far down: only the chips go, and no annotation elsewhere is meant by the next key.
        click_mark(&page, "Laura Bennett").await?;
        close(&page).await?;
        select(&page, "took pictures of a quarrel", 0).await?;
        page.css("#chips").await?;
        let at = page.eval("return Math.round(scrollY)").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#chips").await?;
        assert!(page.all("#article mark[data-active]").await?.is_empty());
        assert_eq!(page.eval("return Math.round(scrollY)").await?, at);
        let before = marks(&page).await?;
        page.keys("x").await?;
        page.keys("k").await?;
        page.until_js(
            "K goes on from there",
            "return document.querySelector('#article mark[data-active]')?.textContent === 'Saturday'
                || document.querySelector('#article mark[data-active]')?.textContent === 'last Saturday'",
        )
        .await?;
        assert_eq!(marks(&page).await?, before);

        // After a search the reader is at what was found.
        page.keys("/").await?;
        focused(&page, "#find").await?;
        page.keys("Macron").await?;
        page.keys(Key::Enter + "").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#find").await?;
        page.until_js(
            "the name found has the focus",
            "return document.activeElement.matches('mark[data-active]') && document.activeElement.textContent.includes('Macron')",
        )
        .await
    });
}

/// Whether the popover is in sight whole, with its chips: what is wrong, or nothing.
const WHOLE: &str = "
    const popover = document.querySelector('#popover'), p = popover.getBoundingClientRect();
    const body = popover.querySelector('.body');
    const all = [...document.querySelectorAll('#article mark')].filter((m) => m.dataset.ids.split(' ').includes(popover.dataset.id));
    const over = all.flatMap((m) => [...m.getClientRects()]).some((b) => b.left < p.right && b.right > p.left && b.top + 3 < p.bottom && b.bottom - 3 > p.top);
    if (p.top < 0 || p.bottom > innerHeight + 1) return 'out of the window';
    if (innerWidth >= 800 && body.scrollHeight > body.clientHeight + 1) return 'scrolls: ' + popover.innerText;
    if (over) return 'covers its words';
    const small = [...popover.querySelectorAll('.chips button, .foot button')].filter((b) => innerWidth < 800 && b.offsetParent && b.offsetHeight < 44);
    return small.length ? 'small: ' + small[0].innerText : ''";

#[test]
fn a_popover_is_in_sight_whole_and_beside_its_words() {
    run("whole", async |page| {
        for (width, height, step) in [(1280, 720, 2), (375, 740, 4)] {
            page.size(width, height).await?;
            read(&page, ARTICLE).await?;
            let count = page.all("#article mark[data-opens]").await?.len();
            for n in (0..count).step_by(step) {
                let open = format!(
                    "const m = document.querySelectorAll('#article mark[data-opens]')[{n}];
                     m.scrollIntoView({{ block: 'center', behavior: 'instant' }}); m.click()"
                );
                page.eval(&open).await?;
                page.css("#popover").await?;
                let mut wrong = Value::Null;
                let placed = page.until("it finds its place", async || {
                    wrong = page.eval(WHOLE).await?;
                    Ok(wrong == "")
                });
                assert!(placed.await.is_ok(), "mark {n} at {width} px: {wrong}");
                page.css("#popover [aria-label=Close]").await?.click().await?;
                gone(&page, "#popover").await?;
            }
            page.css("#close").await?.click().await?;
        }
        Ok(())
    });
}

#[test]
fn every_change_says_how_far_it_went() {
    run("how-far", async |page| {
        read(&page, ARTICLE).await?;
        // A quote's end names its speaker; its own sign stands there, not on the last word in it.
        let tail = page
            .eval("return [...document.querySelectorAll('#article .tail')].map((t) => t.dataset.who + (t.dataset.end ?? '') + t.textContent)")
            .await?;
        let tail = tail.as_array().map_or(0, Vec::len);
        assert!(tail >= 3, "{tail}");
        click_quote(&page).await?;
        let id = page.css("#popover").await?.attr("data-id").await?.unwrap_or_default();
        press(&page, "accept").await?;
        page.css(&format!(".tail[data-ids='{id}'][data-end='✓']")).await?;
        let inside = page
            .eval("return [...document.querySelectorAll('#article mark[data-status=machine]')].filter((m) => (m.dataset.end ?? '').includes('✓')).length")
            .await?;
        assert_eq!(inside, 0);

        // One label for all of a name: said before and after, and narrowed to this one.
        let houthis = async |label: &str| -> WebDriverResult<usize> {
            let all = marks(&page).await?;
            Ok(all.iter().filter(|m| m.contains(label) && m.ends_with(" Houthis")).count())
        };
        click_mark(&page, "Houthis").await?;
        let scope = page.text("#popover [data-scope=all]").await?;
        assert!(scope.starts_with("All ") && scope.ends_with(" of this name"), "{scope}");
        page.css("#popover [data-label=FAC]").await?.click().await?;
        toast(&page, "of this name").await?;
        assert!(houthis(" FAC ").await? > 1);
        page.css("#toast [data-do=only-this]").await?.click().await?;
        page.until("only this one", async || Ok(houthis(" FAC ").await? == 1)).await?;
        page.css("#toast [data-do=undo]").await?.click().await?;
        page.until("undone", async || Ok(houthis(" FAC ").await? == 0)).await?;
        // Said before: only this one.
        page.css("#popover [data-scope=one]").await?.click().await?;
        page.css("#popover [data-scope=one][aria-pressed=true]").await?;
        page.css("#popover [data-label=EVENT]").await?.click().await?;
        page.until("only this one", async || Ok(houthis(" EVENT ").await? == 1)).await?;
        close(&page).await?;

        // The same words: whole words around each place, what is done always in sight.
        click_mark(&page, "Aden").await?;
        press(&page, "all").await?;
        let seen = page
            .eval("const foot = document.querySelector('#popover .foot').getBoundingClientRect();
                   return foot.bottom <= innerHeight && document.querySelectorAll('#popover .foot button').length === 3")
            .await?;
        assert_eq!(seen, true);
        let cut = page
            .eval("const words = new Set(document.querySelector('#article').textContent.split(/[^\\p{L}\\p{N}]+/u));
                   return [...document.querySelectorAll('.hits .text')].flatMap((t) => t.textContent.split(/[^\\p{L}\\p{N}]+/u)).filter((w) => w && !words.has(w))")
            .await?;
        assert_eq!(cut, json!([]), "cut words");
        page.keys(Key::Escape + "").await?;
        close(&page).await?;

        // A kind becomes another: a name a date, the date a name.
        click_mark(&page, "Muscat").await?;
        press(&page, "date").await?;
        page.css("#popover[data-kind=date]").await?;
        page.keys(Key::Escape + "").await?;
        page.keys("3").await?;
        page.css("mark[data-label=GPE][data-status=added]").await?;

        // What is kept as a label marks at a double click.
        select(&page, "Fishermen", 0).await?;
        press_chip(&page, "keep").await?;
        page.css("#chips [data-label=ORG]").await?.click().await?;
        page.css("#keeping").await?;
        let [x, y, ..] = place(&page, "photographer", 0, true).await?;
        page.driver.action_chain().move_to(x + 10, y).double_click().perform().await?;
        page.until("a double click marks", async || {
            Ok(marks(&page).await?.contains(&"organisation ORG added photographer".to_owned()))
        })
        .await?;
        gone(&page, "#chips").await
    });
}

async fn press_chip(page: &Page, what: &str) -> Outcome {
    page.css(&format!("#chips [data-do='{what}']")).await?.click().await
}
