//! Five thousand things that a hand without a plan does on the page: clicks on marks and buttons, keys,
//! selected words, typed fields, the dialogs. Nothing of it stops the page or its reader's document, and
//! in the end the document goes through the browser's store and through a file, and is the same.

use crate::harness::run;
use crate::steps::{ARTICLE, check_file, download, finished, kept, marks, read};
use serde_json::{Value, json};

/// One batch: `arguments` are the seed, how many actions, and who is told. What would leave the document,
/// open a file or download one is left alone. Gives how often each kind of thing was done.
const ACTIONS: &str = "
    const [seed, times, done] = arguments;
    let state = seed;
    const chance = (below) => {
        state = (state + 0x9e3779b9) | 0;
        let z = state;
        z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
        z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
        return ((z ^ (z >>> 16)) >>> 0) % below;
    };
    const any = (list) => list[chance(list.length)];
    const left = '#close, #download, [data-forget], #sample, #read';
    const seen = (selector) => [...(document.querySelector('dialog') ?? document).querySelectorAll(selector)]
        .filter((e) => e.getClientRects().length > 0 && !e.matches(left) && !/export|download/i.test(e.textContent));
    const KEYS = ['j', 'k', 'u', 'U', 'Enter', 'a', 'x', 'Delete', '1', '2', '3', '4', '5', '9', '[', ']', '{', '}', 's',
        'm', 'd', 'g', 'c', 'p', '/', '?', 'Escape', 'Escape', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Tab', 'z', 'y', '+', '-'];
    const WORDS = ['Ana Ruiz', 'May', '2021-07', 'early May 2021', 'P3M', '', ' ', '\\ud83d', 'a\\tb', 'the mayor', 'x'.repeat(300)];
    const press = (key) => {
        const init = { key, code: 'KeyX', bubbles: true, cancelable: true, shiftKey: /[A-Z{}?]/.test(key) || chance(6) === 0,
            altKey: chance(6) === 0, ctrlKey: key === 'z' || key === 'y' };
        const at = document.activeElement ?? document.body;
        at.dispatchEvent(new KeyboardEvent('keydown', init));
        at.dispatchEvent(new KeyboardEvent('keyup', init));
    };
    const count = {};
    const did = (what) => { count[what] = (count[what] ?? 0) + 1; };
    const act = () => {
        const n = chance(100);
        if (n < 22) {
            const mark = any([...document.querySelectorAll('#article mark')]);
            if (mark) { getSelection().removeAllRanges(); mark.click(); did('marks'); }
        } else if (n < 58) {
            const button = any(seen('button, summary, [role=button], input[type=checkbox]'));
            if (button) { button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); did('buttons'); }
        } else if (n < 80) {
            press(any(KEYS)); did('keys');
        } else if (n < 88) {
            const nodes = []; const walk = document.createTreeWalker(document.querySelector('#article'), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) nodes.push(walk.currentNode);
            const from = chance(nodes.length); const to = Math.min(from + chance(3), nodes.length - 1);
            const range = [nodes[from], chance(nodes[from].length), nodes[to], chance(nodes[to].length)];
            getSelection().setBaseAndExtent(...range);
            window.dispatchEvent(new PointerEvent('pointerup')); did('selections');
        } else if (n < 97) {
            const field = any(seen('input:not([type=file]):not([type=checkbox]), select, textarea'));
            if (field) {
                field.focus();
                if (field.matches('select')) field.selectedIndex = chance(field.length);
                else if (field.type === 'date') field.value = any(['2021-07-23', '1999-12-31', '']);
                else if (field.matches('textarea')) field.value = field.value.replace(any(['said', 'the ', ' of', 'Laura', '\\n\\n']), any(WORDS));
                else field.value = any(WORDS);
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
                field.dispatchEvent(new Event('change', { bubbles: true }));
                if (chance(2)) press('Enter');
                const form = field.closest('form');
                if (form && chance(2)) form.requestSubmit();
                did('fields');
            }
        } else if (document.querySelector('#help')) {
            press('Escape');
        } else {
            document.querySelector('#undo')?.click(); did('undone');
        }
    };
    (async () => {
        for (let i = 0; i < times; i++) {
            act();
            // A frame now and then, so that what waits for one has its turn; else what the page does at once.
            await (i % 10 ? Promise.resolve() : new Promise((go) => requestAnimationFrame(go)));
            if (document.querySelector('#farewell:not([hidden])')) return { stopped: i };
        }
        return count;
    })().then(done, (e) => done(String(e.stack)));";

#[test]
fn five_thousand_actions_on_the_page() {
    run("soak", async |page| {
        read(&page, ARTICLE).await?;
        let mut all = serde_json::Map::new();
        for batch in 0..25u32 {
            let told = page
                .driver
                .execute_async(ACTIONS, vec![json!(batch * 7919 + 1), json!(200)])
                .await?;
            let told = told.json();
            let Some(counts) = told.as_object().filter(|_| told["stopped"].is_null()) else {
                panic!("batch {batch}: {told}");
            };
            for (what, n) in counts {
                let sum = all.get(what).and_then(Value::as_u64).unwrap_or(0);
                all.insert(what.clone(), json!(sum + n.as_u64().unwrap_or(0)));
            }
        }
        println!("measured: {}", json!(all));
        for what in ["marks", "buttons", "keys", "selections", "fields"] {
            assert!(all[what].as_u64() > Some(200), "{what}: {all:?}");
        }
        // What is open is closed, what is hidden is shown; then all of it is in the file.
        page.eval("document.querySelector('dialog [aria-label=Close]')?.click()").await?;
        finished(&page).await?;
        kept(&page).await?;
        page.screenshot("soak").await?;
        page.open().await?;
        finished(&page).await?;
        let shown = marks(&page).await?;
        let first = download(&page).await?;
        let text = first["document"]["text"].as_str().unwrap_or_default();
        check_file(&first, text);
        let said = page.text("#said").await?;
        let name = said.strip_prefix("Downloaded ").unwrap_or_default();
        let file = page.downloads().join("again.json");
        std::fs::rename(page.downloads().join(name), &file)?;
        page.css("#close").await?.click().await?;
        let field = page.css("#file").await?;
        field.send_keys(file.to_string_lossy().into_owned()).await?;
        finished(&page).await?;
        kept(&page).await?;
        assert_eq!(marks(&page).await?, shown);
        assert_eq!(download(&page).await?, first);
        Ok(())
    });
}
