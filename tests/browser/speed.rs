//! How long a person waits: from the paste to the painted marks, from a click to what it changes, and while
//! typing in the search. `cargo xtask bench browser` runs these, one after the other; they print figures, and
//! fail only when what they wait for never comes. Figures of a correction are in frames of an empty page.

use crate::harness::{Page, run};
use crate::long_text::{drawn_to_its_end, events, long_text, mark_everywhere};
use crate::steps::{ARTICLE, finished};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::prelude::*;

/// How long 60,000 words may take on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(120);

/// Pastes by the page's own event and notes, in milliseconds, when the first marks stand in the
/// DOM, when they are painted, and when all of the text is read and drawn.
async fn measure_paste(page: &Page, text: &str) -> WebDriverResult<Value> {
    page.driver.set_script_timeout(PATIENCE).await?;
    let measured = page
        .driver
        .execute_async(
            "const [text, done] = arguments;
             const data = new DataTransfer();
             data.setData('text/plain', text);
             const field = document.querySelector('#paste');
             const frame = () => new Promise((go) => requestAnimationFrame(go));
             const at = {};
             const begin = performance.now();
             field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
             const seen = new MutationObserver(() => {
                 if (!at.marks && document.querySelector('#article mark')) at.marks = performance.now() - begin;
             });
             seen.observe(document.body, { childList: true, subtree: true });
             (async () => {
                 while (!at.marks) await frame();
                 await frame();
                 at.painted = performance.now() - begin;
                 while (!document.querySelector('main[data-view=document]:not([data-partial], [data-reading])')
                     || document.querySelector('#reading')) await frame();
                 at.all = performance.now() - begin;
                 seen.disconnect();
                 at.count = document.querySelectorAll('#article mark[data-opens]').length;
                 done(at);
             })();",
            vec![json!(text)],
        )
        .await?;
    Ok(measured.json().clone())
}

fn millis(measured: &Value, what: &str) -> f64 {
    measured[what].as_f64().unwrap_or(NEVER)
}

/// The worker has started and read something: what is measured is not its start.
async fn open_and_warm_up(page: &Page) -> WebDriverResult<()> {
    page.open().await?;
    page.css("#sample").await?.click().await?;
    finished(page).await?;
    page.css("#close").await?.click().await?;
    page.css("#paste").await.map(drop)
}

/// What a time is that never came, in milliseconds.
const NEVER: f64 = 1e9;

#[test]
#[ignore = "a measurement: cargo xtask bench browser"]
fn speed_of_an_article() {
    run("speed-article", async |page| {
        open_and_warm_up(&page).await?;
        let mut times = Vec::new();
        for _ in 0..7 {
            let measured = measure_paste(&page, ARTICLE).await?;
            assert!(measured["count"].as_u64() > Some(20), "{measured}");
            times.push(millis(&measured, "marks"));
            finished(&page).await?;
            page.css("#close").await?.click().await?;
            page.css("#paste").await?;
        }
        let words = ARTICLE.split_whitespace().count();
        print_times(&format!("paste to marks in an article of {words} words"), &times);
        Ok(())
    });
}

#[test]
#[ignore = "a measurement: cargo xtask bench browser"]
fn speed_of_sixty_thousand_words() {
    run("speed-long", async |page| {
        open_and_warm_up(&page).await?;
        let measured = measure_paste(&page, &long_text()).await?;
        for (what, name) in
            [("first marks", "marks"), ("painted marks", "painted"), ("all marks", "all")]
        {
            let time = millis(&measured, name);
            println!(
                "measured: paste to {what} in 60,000 words: {time:.0} ms, {} marks",
                measured["count"]
            );
        }
        Ok(())
    });
}

/// Milliseconds from what `act` does until the page has painted it: `done` holds, and the frame with
/// it has been made.
async fn measure_action(page: &Page, act: &str, done: &str) -> WebDriverResult<f64> {
    let script = format!(
        "const frame = () => new Promise((go) => requestAnimationFrame(go));
         const made = () => new Promise((go) => {{ const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(0); }});
         await frame(); await made();
         const begin = performance.now();
         {act};
         for (let n = 0; n < 5; n++) {{ await Promise.resolve(); }}
         for (let n = 0; n < 400 && !({done}); n++) {{ await frame(); }}
         if (!({done})) return null;
         await frame(); await made();
         return performance.now() - begin;"
    );
    let time = page.eval_async(&script).await?.as_f64();
    Ok(time.unwrap_or_else(|| panic!("never came: {done}")))
}

/// Prints the best of several times and their median, in milliseconds.
fn print_times(what: &str, times: &[f64]) {
    let sorted = sorted(times);
    println!("measured: {what}: {:.1} ms, median {:.1} ms", sorted[0], sorted[sorted.len() / 2]);
}

fn sorted(times: &[f64]) -> Vec<f64> {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// Times that an action is measured; the best counts, as others work on the same machine.
const TRIES: usize = 6;

/// A frame of a screen that shows sixty a second, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// What the page does in a text of 60,000 words, in frames of an empty page.
#[test]
#[ignore = "a measurement: cargo xtask bench browser"]
fn speed_of_corrections() {
    run("speed-desk", async |page| {
        page.open().await?;
        let mut frames = Vec::new();
        for _ in 0..9 {
            frames.push(measure_action(&page, "", "true").await?);
        }
        let frame = sorted(&frames)[4].max(FRAME);
        let print = |what: &str, times: &[f64], goal: f64| {
            let best = sorted(times)[0] / frame;
            println!(
                "measured: {what} in 60,000 words: {best:.2} frames of {frame:.1} ms (goal {:.1}; all in ms {times:.0?})",
                goal / FRAME
            );
        };
        open_and_warm_up(&page).await?;
        measure_paste(&page, &long_text()).await?;
        drawn_to_its_end(&page).await?;

        let close = "document.querySelector('#popover [aria-label=Close]').click()";
        let closed = "!document.querySelector('#popover')";
        let mut clicks = Vec::new();
        for n in [40, 900, 1200, 90, 41, 1201] {
            let act = format!(
                "document.querySelectorAll('#article mark[data-kind=person][data-opens], #article mark[data-kind=place][data-opens]')[{n}].click()"
            );
            clicks.push(measure_action(&page, &act, "document.querySelector('#popover')").await?);
            measure_action(&page, close, closed).await?;
        }
        print("a click opens the popover", &clicks, 50.0);

        let open = "[...document.querySelectorAll('#article mark[data-opens]')].find((m) => m.textContent === 'Karin Lindqvist').click()";
        measure_action(&page, open, "document.querySelector('#popover')").await?;
        let mut labels = Vec::new();
        for label in ["ORG", "GPE", "PERSON", "FAC"].into_iter().cycle().take(TRIES) {
            let act = format!("document.querySelector('#popover [data-label={label}]').click()");
            let done = format!(
                "[...document.querySelectorAll('#article mark[data-active]')].every((m) => m.dataset.label === '{label}')"
            );
            labels.push(measure_action(&page, &act, &done).await?);
        }
        print("a relabel of all mentions is painted", &labels, 100.0);

        measure_action(&page, close, closed).await?;
        let places = mark_everywhere(&page).await?;
        let (mut undos, mut redos) = (Vec::new(), Vec::new());
        for _ in 0..TRIES {
            let undo = "document.querySelector('#undo').click()";
            undos.push(measure_action(&page, undo, &events("< 3")).await?);
            let redo = "document.querySelector('#redo').click()";
            redos.push(measure_action(&page, redo, &events(">= 500")).await?);
        }
        print(&format!("undo of apply to all of {places}"), &undos, 150.0);
        print(&format!("apply to all of {places} again"), &redos, 150.0);
        Ok(())
    });
}

/// Medians and worst of the times between frames at rest and of those between frames in each of which a
/// letter is typed, in milliseconds.
const MEASURE_TYPING: &str = "
    const done = arguments[arguments.length - 1];
    const frame = () => new Promise((go) => requestAnimationFrame(go));
    const field = document.querySelector('#find');
    const type = (words) => {
        field.value = words;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
    (async () => {
        const rest = [], typed = [];
        for (let i = 0; i < 40; i++) await frame();
        let last = await frame();
        for (let i = 0; i < 40; i++) { const now = await frame(); rest.push(now - last); last = now; }
        type('x'); await frame(); type(''); await frame();
        last = await frame();
        for (const word of ['the houthis', 'laura bennett', 'searches', 'october 15']) {
            for (let n = 1; n <= word.length; n++) {
                type(word.slice(0, n));
                const now = await frame();
                typed.push(now - last);
                last = now;
            }
        }
        done({ rest: middle(rest), typed: middle(typed), worst: Math.max(...typed) });
    })();";

/// Whether typing in the search keeps up with the frames, beside each panel.
#[test]
#[ignore = "a measurement: cargo xtask bench browser"]
fn speed_of_typing_in_the_search() {
    run("speed-find", async |page| {
        page.open().await?;
        measure_paste(&page, &long_text()).await?;
        finished(&page).await?;
        for tab in ["review", "people", "quotes", "timeline"] {
            page.css(&format!("#tab-{tab}")).await?.click().await?;
            page.css("#find-button").await?.click().await?;
            page.css("#find").await?;
            let (mut best, mut rounds) = (NEVER, Vec::new());
            // The best of the rounds, as others work on the same machine.
            for _ in 0..3 {
                let round = page.driver.execute_async(MEASURE_TYPING, vec![]).await?;
                let round = round.json().clone();
                best = best.min(millis(&round, "typed") / millis(&round, "rest"));
                rounds.push(round);
            }
            println!(
                "measured: a letter in every frame in find beside {tab} in 60,000 words: {best:.2} frames at rest; all rounds in ms {}",
                json!(rounds)
            );
        }
        Ok(())
    });
}
