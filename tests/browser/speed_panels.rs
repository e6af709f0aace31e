//! Whether typing in the search keeps up with the frames over 60,000 words. The figures are printed on
//! lines that begin with `measured:`, as ratios to the frames of the same page at rest.

use crate::harness::run_alone;
use crate::steps::{ARTICLE, finished};
use serde_json::json;

/// Medians and worst of frames at rest and of frames with a letter typed, in milliseconds, by panel.
const MEASURE: &str = "
    const done = arguments[arguments.length - 1];
    const frame = () => new Promise((go) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => go(performance.now());
        channel.port2.postMessage(0);
    }));
    const field = document.querySelector('#find');
    const type = (words) => {
        field.value = words;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
    (async () => {
        const rest = [], typed = [], work = [];
        for (let i = 0; i < 40; i++) await frame();
        let last = await frame();
        for (let i = 0; i < 40; i++) { const now = await frame(); rest.push(now - last); last = now; }
        type('x'); await frame(); type(''); await frame();
        const words = ['the houthis', 'laura bennett', 'searches', 'october 15'];
        for (const word of words) {
            for (let n = 1; n <= word.length; n++) {
                const before = await frame();
                type(word.slice(0, n));
                await Promise.resolve();
                work.push(performance.now() - before);
                typed.push(await frame() - before);
            }
        }
        done({ rest: middle(rest), typed: middle(typed), worst: Math.max(...typed), work: middle(work) });
    })();";

/// Frames that a letter may take, in the middle of many: none is left out, but for what a clock is off.
const KEPT: f64 = 1.1;

#[test]
fn typing_in_the_search_keeps_up_with_the_frames() {
    run_alone("speed-find", async |page| {
        page.open().await?;
        let times = 60_000 / ARTICLE.split_whitespace().count() + 1;
        let text = vec![ARTICLE; times].join("\n\n");
        crate::speed::waited(&page, &text).await?;
        finished(&page).await?;
        for tab in ["review", "people", "quotes", "timeline"] {
            page.css(&format!("#tab-{tab}")).await?.click().await?;
            page.css("#find-button").await?.click().await?;
            page.css("#find").await?;
            let (mut least, mut all) = (f64::MAX, Vec::new());
            // The best of the rounds, as others work on the same machine.
            for _ in 0..5 {
                let told = page.driver.execute_async(MEASURE, vec![]).await?;
                let told = told.json().clone();
                let number = |name: &str| told[name].as_f64().unwrap_or(f64::MAX);
                least = least.min(number("typed") / number("rest"));
                all.push(told);
                if least <= KEPT {
                    break;
                }
            }
            println!(
                "measured: typing in find, {} words, {tab}: {least:.2} frames a letter; all rounds {}",
                text.split_whitespace().count(),
                json!(all)
            );
            assert!(least <= KEPT, "{tab}: {all:?}");
        }
        Ok(())
    });
}
