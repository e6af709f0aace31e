//! The popover's larger tools, the grips, the caret and one's own keys: by mouse, by keyboard alone,
//! and by touch on a small screen.

use crate::harness::{Outcome, Page, run};
use crate::looks::look;
use crate::steps::{ARTICLE, finished, focused, mark, marks, place, press, read};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

async fn gone(page: &Page, selector: &str) -> Outcome {
    let script = format!("return !document.querySelector({})", json!(selector));
    page.until_js(&format!("{selector} is gone"), &script).await
}

async fn said(page: &Page, words: &str) -> Outcome {
    let script =
        format!("return document.querySelector('#said').textContent.includes({})", json!(words));
    page.until_js(&format!("it is said: {words}"), &script).await
}

/// Goes on by J until the annotation that reads `words` is active.
async fn walk_to(page: &Page, words: &str) -> Outcome {
    const ACTIVE: &str = "return [...document.querySelectorAll('#article mark[data-active]')].map((m) => m.textContent).join('')";
    for _ in 0..80 {
        let before = page.eval(ACTIVE).await?;
        if before == words {
            return Ok(());
        }
        page.keys("j").await?;
        page.until("J moved on", async || Ok(page.eval(ACTIVE).await? != before)).await?;
    }
    panic!("J never came to “{words}”");
}

async fn named(page: &Page, words: &str) -> WebDriverResult<usize> {
    let all = marks(page).await?;
    Ok(all.iter().filter(|m| m.ends_with(words)).count())
}

#[test]
fn applying_to_all_by_mouse_is_one_step() {
    run("apply-mouse", async |page| {
        read(&page, ARTICLE).await?;
        let before = marks(&page).await?;
        mark(&page, "Aden", 0).await?.click().await?;
        page.css("#popover [data-label=FAC]").await?.click().await?;
        page.css("#popover [data-label=FAC][aria-pressed=true]").await?;
        press(&page, "all").await?;
        let ticks = page.all("#spread input:checked").await?.len();
        let places = page.all("#spread input").await?.len();
        assert!(places >= 2, "{places}");
        look(&page, "apply-all").await?;
        page.css("#spread input").await?.click().await?;
        page.until("the tick is gone or set", async || {
            Ok(page.all("#spread input:checked").await?.len() != ticks)
        })
        .await?;
        page.css("#spread input").await?.click().await?;
        page.until("as before", async || {
            Ok(page.all("#spread input:checked").await?.len() == ticks)
        })
        .await?;
        press(&page, "apply").await?;
        said(&page, "One Undo reverts it").await?;
        let done = marks(&page).await?;
        assert!(done.iter().filter(|m| m.starts_with("place FAC")).count() > ticks, "{done:#?}");
        for _ in 0..2 {
            page.css("#undo").await?.click().await?;
        }
        page.until("two clicks take both back", async || Ok(marks(&page).await? == before)).await?;

        // What is no annotation goes from everywhere at once.
        page.button("Close").await?.click().await?;
        mark(&page, "Aden", 0).await?.click().await?;
        press(&page, "all").await?;
        press(&page, "reject-all").await?;
        page.until("no Aden is left", async || Ok(named(&page, " Aden").await? == 0)).await?;
        gone(&page, "#popover").await
    });
}

#[test]
fn applying_to_all_by_keyboard_alone() {
    run("apply-keys", async |page| {
        read(&page, ARTICLE).await?;
        walk_to(&page, "Aden").await?;
        page.keys("g").await?;
        focused(&page, "#spread").await?;
        said(&page, "other places").await?;
        page.keys(Key::Tab + "").await?;
        focused(&page, "[data-do=tick-all]").await?;
        page.keys(Key::Tab + "").await?;
        focused(&page, "#spread input").await?;
        page.keys(" ").await?;
        said(&page, "ticked").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#spread").await?;
        focused(&page, "#popover").await?;
        page.keys("g").await?;
        focused(&page, "#spread").await?;
        for _ in 0..12 {
            page.keys(Key::Tab + "").await?;
            if page.eval("return document.activeElement.dataset.do ?? ''").await? == "apply" {
                break;
            }
        }
        page.keys(Key::Enter + "").await?;
        said(&page, "Applied to").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#popover").await?;
        page.until_js(
            "back at the mark",
            "return document.activeElement.matches('#article mark[data-active]')",
        )
        .await
    });
}

/// Presses on the grip, moves to the middle of `words` and lets go.
async fn drag(page: &Page, grip: &str, words: &str, nth: usize) -> Outcome {
    let grip = page.css(grip).await?;
    let [x1, y1, x2, y2] = place(page, words, nth, false).await?;
    page.driver
        .action_chain()
        .move_to_element_center(&grip)
        .click_and_hold()
        .move_to((x1 + x2) / 2 - 6, y1)
        .move_to((x1 + x2) / 2, (y1 + y2) / 2)
        .perform()
        .await
}

#[test]
fn boundaries_are_dragged_by_their_grips() {
    run("grips", async |page| {
        read(&page, ARTICLE).await?;
        mark(&page, "Khalid Mansour", 0).await?.click().await?;
        page.css("#grip-end").await?;
        drag(&page, "#grip-start", "spokesman", 0).await?;
        page.until_js(
            "what it would be is shown",
            "return document.querySelector('#popover-text').textContent === '“spokesman Khalid Mansour”'
                && CSS.highlights.get('preview').size === 1",
        )
        .await?;
        page.screenshot("dragging").await?;
        page.driver.action_chain().release().perform().await?;
        mark(&page, "spokesman Khalid Mansour", 0).await?;
        page.until_js("nothing is previewed", "return CSS.highlights.get('preview').size === 0")
            .await?;
        // Escape breaks a drag off.
        drag(&page, "#grip-end", "Mansour", 0).await?;
        page.css("main[data-dragging]").await?;
        page.keys(Key::Escape + "").await?;
        page.driver.action_chain().release().perform().await?;
        mark(&page, "spokesman Khalid Mansour", 0).await?;
        Ok(())
    });
}

#[test]
fn whole_words_are_shown_while_they_are_selected() {
    run("selecting", async |page| {
        read(&page, ARTICLE).await?;
        let [x1, y1, x2, y2] = place(&page, "ishermen have b", 0, true).await?;
        let chain = page.driver.action_chain().move_to(x1, y1).click_and_hold();
        chain.move_to((x1 + x2) / 2, y2).move_to(x2, y2).perform().await?;
        page.until_js(
            "the words are shown whole",
            "const [range] = CSS.highlights.get('preview') ?? []; return String(range) === 'Fishermen have been'",
        )
        .await?;
        assert!(page.all("#chips").await?.is_empty(), "not before the button is let go");
        page.driver.action_chain().release().perform().await?;
        page.css("#chips").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#chips").await
    });
}

const SPEAKER: &str = "return document.querySelector('#speaker')?.value ?? ''";

#[test]
fn a_speaker_is_picked_in_the_text_by_mouse() {
    run("pick-mouse", async |page| {
        read(&page, ARTICLE).await?;
        page.css("mark[data-kind=quote][data-label=direct][data-opens]").await?.click().await?;
        press(&page, "pick").await?;
        page.css("#picking").await?;
        gone(&page, "#popover").await?;
        look(&page, "picking").await?;
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        page.until("she is the speaker", async || Ok(page.eval(SPEAKER).await? == "Laura Bennett"))
            .await?;
        gone(&page, "#picking").await?;
        press(&page, "pick").await?;
        page.css("#picking button").await?.click().await?;
        gone(&page, "#picking").await?;
        page.css("#speaker").await.map(drop)
    });
}

#[test]
fn a_speaker_is_picked_in_the_text_by_keyboard() {
    run("pick-keys", async |page| {
        read(&page, ARTICLE).await?;
        for _ in 0..80 {
            page.keys("j").await?;
            if page.eval("return document.activeElement.dataset.kind === 'quote'").await? == true {
                break;
            }
        }
        page.keys("p").await?;
        page.css("#picking").await?;
        walk_to(&page, "Karin Lindqvist").await?;
        page.keys(Key::Enter + "").await?;
        page.until("she is the speaker", async || {
            Ok(page.eval(SPEAKER).await? == "Karin Lindqvist")
        })
        .await?;
        focused(&page, "#popover").await
    });
}

#[test]
fn a_caret_goes_through_the_text_selects_and_marks() {
    run("caret", async |page| {
        read(&page, ARTICLE).await?;
        walk_to(&page, "Karin Lindqvist").await?;
        page.keys("c").await?;
        page.css("#caret").await?;
        page.until_js(
            "the caret stands at the name",
            "const c = document.querySelector('#caret').getBoundingClientRect();
             const m = document.querySelector('mark[data-active]').getBoundingClientRect();
             return c.height > 10 && Math.abs(c.left - m.left) < 24 && c.top < m.bottom && c.bottom > m.top",
        )
        .await?;
        // Over the name, the comma and "a", then "Reuters photographer" is selected.
        for _ in 0..4 {
            page.keys(Key::Control + Key::Right).await?;
        }
        page.screenshot("caret").await?;
        for _ in 0..2 {
            page.keys(Key::Control + (Key::Shift + Key::Right)).await?;
        }
        page.css("#chips").await?;
        let words = page.eval("return getSelection().toString().trim()").await?;
        page.keys(Key::Enter + "").await?;
        page.css("mark[data-status=added]").await?;
        gone(&page, "#chips").await?;
        // A name inside it is drawn over it: what is left of it is its own mark.
        let words = words.as_str().unwrap_or_default();
        let own = page.text("mark[data-status=added]").await?;
        assert!(!own.trim().is_empty() && words.contains(own.trim()), "{words}: {own}");
        page.keys(Key::Escape + "").await?;
        gone(&page, "#caret").await
    });
}

#[test]
fn keys_can_be_given_to_something_else_and_switched_off() {
    run("own-keys", async |page| {
        read(&page, ARTICLE).await?;
        page.css("#help-button").await?.click().await?;
        page.css("[data-command=next]").await?.click().await?;
        page.css("[data-command=next][aria-pressed=true]").await?;
        page.keys("k").await?;
        said(&page, "is taken").await?;
        look(&page, "keys-taken").await?;
        page.keys("n").await?;
        page.until_js(
            "it is N",
            "return document.querySelector('[data-command=next]').textContent === 'N'",
        )
        .await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#help").await?;
        page.driver.refresh().await?;
        finished(&page).await?;
        page.css("#article").await?.send_keys("n").await?;
        page.css("mark[data-active]").await?;
        page.css("#help-button").await?.click().await?;
        page.css("#usual-keys").await?.click().await?;
        page.until_js(
            "it is J",
            "return document.querySelector('[data-command=next]').textContent === 'J'",
        )
        .await?;
        page.css("#keys").await?.click().await?;
        page.css("#keys[aria-pressed=false]").await?;
        page.keys(Key::Escape + "").await?;
        gone(&page, "#help").await?;
        let status = "return document.querySelectorAll('mark[data-status=accepted]').length";
        page.keys("a").await?;
        page.keys(Key::Enter + "").await?;
        page.css("#popover").await?;
        assert_eq!(page.eval(status).await?, 0, "keys are off, Enter still opens");
        Ok(())
    });
}

/// Where the popover lies on its words or leaves the window: what is wrong, or nothing.
const COVERS: &str = "
    const popover = document.querySelector('#popover');
    const p = popover.getBoundingClientRect();
    const all = [...document.querySelectorAll('#article mark')].filter((m) => m.dataset.ids.split(' ').includes(popover.dataset.id));
    const boxes = all.flatMap((m) => [...m.getClientRects()]);
    const over = boxes.some((b) => b.left < p.right && b.right > p.left && b.top + 3 < p.bottom && b.bottom - 3 > p.top);
    const out = p.left < 0 || p.right > innerWidth + 1 || p.bottom > innerHeight + 1 || p.top < 0;
    return over ? 'covers' : out ? 'out: ' + JSON.stringify(p) : ''";

#[test]
fn the_popover_never_covers_its_words() {
    run("covers", async |page| {
        for (width, height) in [(1280, 900), (1280, 640), (375, 740)] {
            page.size(width, height).await?;
            read(&page, ARTICLE).await?;
            let count = page.all("#article mark[data-opens]").await?.len();
            for n in (0..count).step_by(3) {
                let open =
                    format!("document.querySelectorAll('#article mark[data-opens]')[{n}].click()");
                page.eval(&open).await?;
                page.css("#popover").await?;
                let mut wrong = Value::Null;
                let seen = page.until("it finds a place", async || {
                    wrong = page.eval(COVERS).await?;
                    Ok(wrong == "" || width == 375)
                });
                seen.await?;
                page.keys(Key::Escape + "").await?;
                gone(&page, "#popover").await?;
            }
            page.css("#close").await?.click().await?;
        }
        Ok(())
    });
}

#[test]
fn correcting_by_touch_on_a_small_screen() {
    run("touch-desk", async |page| {
        page.size(375, 740).await?;
        page.devtools(
            "Emulation.setTouchEmulationEnabled",
            json!({ "enabled": true, "maxTouchPoints": 1 }),
        )
        .await?;
        read(&page, ARTICLE).await?;
        let tap =
            "document.querySelectorAll('#article mark[data-kind=person][data-opens]')[1].click()";
        page.eval(tap).await?;
        page.css("#popover").await?;
        let small = page
            .eval(
                "return [...document.querySelectorAll('.bounds button, #popover .foot button')].filter((b) => b.offsetHeight < 44 || b.offsetWidth < 44).map((b) => b.outerHTML.slice(0, 90))",
            )
            .await?;
        assert_eq!(small, json!([]), "targets for a finger");
        look(&page, "popover-touch").await?;
        let now = "return document.querySelector('#popover-text').textContent";
        let before = page.eval(now).await?;
        press(&page, "unit").await?;
        page.until_js(
            "by characters",
            "return document.querySelector('[data-do=unit]').textContent.includes('by characters')",
        )
        .await?;
        press(&page, "end-in").await?;
        page.until("one character less", async || {
            let after = page.eval(now).await?;
            let length = |v: &Value| v.as_str().unwrap_or_default().chars().count();
            Ok(length(&after) + 1 == length(&before))
        })
        .await
    });
}
