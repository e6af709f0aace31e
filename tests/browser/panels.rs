//! The panels: names merged and parted, speakers, the time axis, search and filters; by mouse, by
//! keyboard alone and by touch on a small screen.

use crate::harness::{Outcome, Page, run};
use crate::steps::{ARTICLE, check_file, download, focused, read};
use serde_json::json;
use thirtyfour::prelude::*;

/// Opens a tab of the panel.
async fn tab(page: &Page, name: &str) -> Outcome {
    page.css(&format!("#tab-{name}")).await?.click().await?;
    page.css(&format!("#tab-{name}[aria-selected=true]")).await?;
    Ok(())
}

/// How many elements the selector finds.
async fn count(page: &Page, selector: &str) -> WebDriverResult<usize> {
    Ok(page.all(selector).await?.len())
}

/// The names in the list of people and places, each with its number of mentions.
async fn people(page: &Page) -> WebDriverResult<Vec<String>> {
    let told = page
        .eval(
            "return [...document.querySelectorAll('#people-list summary')].map((s) =>
                s.querySelector('.text').textContent + ' ' + s.querySelector('.n').textContent)",
        )
        .await?;
    Ok(serde_json::from_value(told)?)
}

/// The id of the entity of this name.
async fn entity(page: &Page, name: &str) -> WebDriverResult<String> {
    let path = format!("//details[@data-entity][summary/span[@class='text' and .='{name}']]");
    let details = page.xpath(&path, name).await?;
    Ok(details.attr("data-entity").await?.unwrap_or_default())
}

/// Waits until the live region says something that begins so.
async fn said(page: &Page, words: &str) -> Outcome {
    let script =
        format!("return document.querySelector('#said').textContent.startsWith({})", json!(words));
    page.until_js(&format!("it is said: {words}"), &script).await
}

#[test]
fn speech_alone_is_shown_until_reports_are_asked_for() {
    run("reports", async |page| {
        let text = "Harbour plan\n\nBy Ana Ruiz\n\nThe mayor, Ana Ruiz, said: \"We will build it.\" \
            The report said that the harbour was too small. Officials believe that the plan will fail.";
        read(&page, text).await?;
        tab(&page, "quotes").await?;
        let shown = count(&page, "#quotes-list [data-go]").await?;
        if count(&page, "#reports").await? == 0 {
            return Ok(()); // The engine found speech alone.
        }
        let marked = count(&page, "#article mark[data-kind=quote][data-opens]").await?;
        page.css("#reports").await?.click().await?;
        page.css("#reports[aria-pressed=true]").await?;
        assert!(count(&page, "#quotes-list [data-go]").await? > shown);
        assert!(count(&page, "#article mark[data-kind=quote][data-opens]").await? > marked);
        page.css("#reports").await?.click().await?;
        page.css("#reports[aria-pressed=false]").await?;
        assert_eq!(count(&page, "#quotes-list [data-go]").await?, shown);
        Ok(())
    });
}

#[test]
fn names_are_merged_and_parted_by_mouse() {
    run("merge-mouse", async |page| {
        read(&page, ARTICLE).await?;
        tab(&page, "people").await?;
        let before = people(&page).await?;
        let (from, into) =
            (entity(&page, "Laura Bennett").await?, entity(&page, "Khalid Mansour").await?);
        let row = format!("details[data-entity='{from}']");
        page.css(&format!("{row} summary")).await?.click().await?;
        page.css(&format!("{row} [data-do=merge-with]")).await?.click().await?;
        focused(&page, "#names").await?;
        page.css("#names [data-name='Khalid Mansour']").await?.click().await?;
        said(&page, "Laura Bennett: same as Khalid Mansour").await?;
        focused(&page, &format!("[data-about='{into}']")).await?;
        assert_eq!(people(&page).await?.len(), before.len() - 1);

        // A mention is set apart again.
        let row = format!("details[data-entity='{into}']");
        page.css(&format!("{row} summary")).await?.click().await?;
        page.xpath(
            &format!("//details[@data-entity='{into}']//button[@data-part and contains(@aria-label, 'Bennett')]"),
            "a mention's own button",
        )
        .await?
        .click()
        .await?;
        page.until("it is a name of its own", async || {
            Ok(people(&page).await?.len() == before.len())
        })
        .await?;
        let file = download(&page).await?;
        check_file(&file, ARTICLE);
        for _ in 0..2 {
            page.css("#undo").await?.click().await?;
        }
        page.until("all is undone", async || Ok(people(&page).await? == before)).await
    });
}

#[test]
fn names_are_merged_by_keyboard_alone_and_mentions_walked_through() {
    run("merge-keys", async |page| {
        read(&page, ARTICLE).await?;
        tab(&page, "people").await?;
        let before = people(&page).await?;
        let into = entity(&page, "Khalid Mansour").await?;
        // From the tab into the panel, to the first name; Enter unfolds it.
        page.eval("document.querySelector('#tab-people').focus()").await?;
        page.keys(Key::Tab + Key::Tab).await?;
        focused(&page, "summary[data-about]").await?;
        page.keys("" + Key::Enter).await?;
        page.css("details[open]").await?;
        // Next mention twice: it is shown, the focus stays.
        page.keys(Key::Tab + Key::Tab).await?;
        focused(&page, "[aria-label='Next mention']").await?;
        page.keys("" + Key::Enter).await?;
        said(&page, "1 of ").await?;
        page.css("#article mark[data-active]").await?;
        focused(&page, "[aria-label='Next mention']").await?;
        page.keys("" + Key::Tab).await?;
        focused(&page, "[data-do=merge-with]").await?;
        page.keys("" + Key::Enter).await?;
        focused(&page, "#names").await?;
        // Esc closes the names and goes back to the row; then again, and the first name is taken.
        page.keys("" + Key::Escape).await?;
        focused(&page, "summary[data-about]").await?;
        page.keys(Key::Tab + Key::Tab + Key::Tab + Key::Enter).await?;
        focused(&page, "#names").await?;
        page.keys(Key::Tab + Key::Enter).await?;
        page.until(
            "two names are one",
            async || Ok(people(&page).await?.len() == before.len() - 1),
        )
        .await?;
        focused(&page, "summary[data-about]").await?;
        assert!(!into.is_empty());
        page.keys(Key::Control + "z").await?;
        page.until("it is undone", async || Ok(people(&page).await? == before)).await
    });
}

/// Drags one element onto another by the events that a browser sends for it: WebDriver has no drags.
async fn drag(page: &Page, from: &str, onto: &str) -> Outcome {
    page.css(from).await?;
    page.css(onto).await?;
    page.eval(&format!(
        "const [from, onto] = [{}, {}].map((s) => document.querySelector(s));
         const dataTransfer = new DataTransfer();
         const send = (what, to) => to.dispatchEvent(new DragEvent(what, {{ dataTransfer, bubbles: true, cancelable: true }}));
         send('dragstart', from);
         if (send('dragover', onto)) throw new Error('it is not taken there');
         if (!document.querySelector('[data-over]')) throw new Error('the place is not shown');
         send('drop', onto);
         send('dragend', from);",
        json!(from),
        json!(onto)
    ))
    .await
    .map(drop)
}

#[test]
fn names_are_merged_and_parted_by_dragging() {
    run("merge-drag", async |page| {
        read(&page, ARTICLE).await?;
        tab(&page, "people").await?;
        let before = people(&page).await?;
        let (from, into) =
            (entity(&page, "Laura Bennett").await?, entity(&page, "Khalid Mansour").await?);
        drag(&page, &format!("[data-about='{from}']"), &format!("[data-about='{into}']")).await?;
        page.until(
            "two names are one",
            async || Ok(people(&page).await?.len() == before.len() - 1),
        )
        .await?;
        assert_eq!(count(&page, "[data-over]").await?, 0, "no place stays marked");
        page.css("#undo").await?.click().await?;
        page.until("it is undone", async || Ok(people(&page).await? == before)).await?;
        // A mention onto another name.
        page.css(&format!("[data-about='{from}']")).await?.click().await?;
        drag(
            &page,
            &format!("details[data-entity='{from}'] .mention"),
            &format!("[data-about='{into}']"),
        )
        .await?;
        page.until("the mention moved", async || Ok(people(&page).await? != before)).await?;
        said(&page, "").await?;
        let file = download(&page).await?;
        check_file(&file, ARTICLE);
        Ok(())
    });
}

#[test]
fn a_speaker_is_set_in_the_list() {
    run("speaker-list", async |page| {
        read(&page, ARTICLE).await?;
        tab(&page, "quotes").await?;
        let button = page.css("#quotes-list .quoted [data-do=speaker]").await?;
        button.click().await?;
        focused(&page, "#names").await?;
        page.css("#names button[data-name='No speaker']").await?.click().await?;
        page.css("#quotes-list").await?;
        page.until_js(
            "a group of those that nobody said",
            "return [...document.querySelectorAll('#quotes-list h2')].some((h) => h.textContent.startsWith('No speaker'))",
        )
        .await?;
        focused(&page, "#panel [data-go]").await?;
        // By keyboard: from the row to its button, and the first name.
        page.keys(Key::Tab + Key::Enter).await?;
        focused(&page, "#names").await?;
        page.keys(Key::Tab + Key::Enter).await?;
        said(&page, "Speaker: ").await?;
        focused(&page, "#panel [data-go]").await
    });
}

#[test]
fn the_time_axis_zooms_by_buttons_keys_and_wheel_and_goes_to_the_text() {
    run("timeline", async |page| {
        read(&page, ARTICLE).await?;
        tab(&page, "timeline").await?;
        let range = async || page.text("#time-range").await;
        page.css("#time-all").await?.click().await?;
        let whole = range().await?;
        page.css("#time-in").await?.click().await?;
        page.until("closer", async || Ok(range().await? != whole)).await?;
        page.css("#time-out").await?.click().await?;
        page.until("as before", async || Ok(range().await? == whole)).await?;
        page.css("#time-on").await?.click().await?;
        page.until("later", async || Ok(range().await? != whole)).await?;
        // Keys, with the focus on the picture.
        page.eval("document.querySelector('#time').focus()").await?;
        page.keys("0").await?;
        page.until("all again", async || Ok(range().await? == whole)).await?;
        for _ in 0..14 {
            page.keys("+").await?;
        }
        page.until("hours", async || Ok(range().await?.contains(':'))).await?;
        page.keys("0").await?;
        page.until("all again", async || Ok(range().await? == whole)).await?;
        // The wheel, where the pointer is.
        page.eval(
            "document.querySelector('#time').dispatchEvent(new WheelEvent('wheel',
                { deltaY: -120, clientX: 1000, bubbles: true, cancelable: true }))",
        )
        .await?;
        page.until("closer by the wheel", async || Ok(range().await? != whole)).await?;
        // A group of dates zooms in until a single one is there; that one opens in the text.
        page.css("#time-all").await?.click().await?;
        page.until("all again", async || Ok(range().await? == whole)).await?;
        for _ in 0..12 {
            if count(&page, "#popover").await? > 0 {
                break;
            }
            page.css("#time .node").await?.click().await?;
            page.until_js(
                "it opened or the axis moved",
                &format!(
                    "return document.querySelector('#popover') !== null
                        || document.querySelector('#time-range').textContent !== {}",
                    json!(whole)
                ),
            )
            .await?;
        }
        page.css("#popover[data-kind=date]").await?;
        Ok(())
    });
}

#[test]
fn search_and_filters_narrow_the_lists_and_the_text() {
    run("filters", async |page| {
        read(&page, ARTICLE).await?;
        tab(&page, "people").await?;
        let everybody = people(&page).await?;
        let marks = count(&page, "#article mark[data-opens]").await?;
        page.css("#article").await?;
        page.eval("document.querySelector('#article').focus()").await?;
        page.keys("/").await?;
        focused(&page, "#find").await?;
        page.keys("mansour").await?;
        page.until("the list holds what is looked for", async || {
            let people = people(&page).await?;
            Ok(!people.is_empty() && people.len() < everybody.len())
        })
        .await?;
        assert!(page.text("#find-lists").await?.ends_with("in the lists"));
        assert_eq!(
            count(&page, "#article mark[data-opens]").await?,
            marks,
            "the text keeps its marks"
        );
        page.eval("const f = document.querySelector('#find'); f.value = ''; f.dispatchEvent(new InputEvent('input', { bubbles: true }))")
            .await?;
        page.until("all again", async || Ok(people(&page).await? == everybody)).await?;
        // A label, by the select's own keyboard way.
        page.eval(
            "const s = document.querySelector('#filter-label'); s.value = 'PERSON'; s.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .await?;
        page.css("#unfilter").await?;
        page.until_js(
            "only people are marked",
            "return [...document.querySelectorAll('#article mark[data-opens]')].every((m) => m.dataset.label === 'PERSON')",
        )
        .await?;
        page.css("#unfilter").await?.click().await?;
        page.until("all marks again", async || {
            Ok(count(&page, "#article mark[data-opens]").await? == marks)
        })
        .await?;
        page.css("#only-uncertain").await?.click().await?;
        page.until_js(
            "only uncertain marks",
            "return [...document.querySelectorAll('#article mark[data-opens]')].every((m) => 'unsure' in m.dataset)",
        )
        .await?;
        page.css("#only-uncertain").await?.click().await?;
        page.until("all marks again", async || {
            Ok(count(&page, "#article mark[data-opens]").await? == marks)
        })
        .await
    });
}

#[test]
fn the_lists_by_touch_on_a_small_screen() {
    run("touch-lists", async |page| {
        page.size(375, 740).await?;
        page.devtools(
            "Emulation.setTouchEmulationEnabled",
            json!({ "enabled": true, "maxTouchPoints": 1 }),
        )
        .await?;
        read(&page, ARTICLE).await?;
        for name in ["people", "quotes", "timeline", "review"] {
            tab(&page, name).await?;
            page.until_js(
                "the sheet is up and nothing is wider than the screen",
                "return document.querySelector('.side[data-up]') !== null
                    && document.documentElement.scrollWidth <= document.documentElement.clientWidth",
            )
            .await?;
            page.screenshot(&format!("sheet-{name}-375")).await?;
            let small = page
                .eval(
                    "return [...document.querySelectorAll('#panel button, .tabs button')].filter((b) => b.offsetHeight && b.offsetHeight < 32).map((b) => b.outerHTML.slice(0, 90))",
                )
                .await?;
            assert_eq!(small, json!([]), "targets for a finger in {name}");
        }
        tab(&page, "people").await?;
        page.css("#people-list summary").await?.click().await?;
        page.css("[aria-label='Next mention']").await?.click().await?;
        said(&page, "1 of ").await?;
        page.until_js(
            "the mention is seen above the sheet",
            "const m = document.querySelector('#article mark[data-active]')?.getBoundingClientRect();
             const s = document.querySelector('.side').getBoundingClientRect();
             return m && m.top > 60 && m.bottom <= s.top",
        )
        .await
    });
}
