//! Everything into one file and back; and what is forgotten is gone.

use crate::harness::{Outcome, Page, run};
use crate::looks::{fits, look};
use crate::steps::{ARTICLE, finished, kept, mark, marks, press, read};
use thirtyfour::prelude::*;

/// All text that the browser keeps for the page: IndexedDB, caches, localStorage, sessionStorage.
const ALL_THAT_IS_KEPT: &str = "
    const all = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
        const db = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
        for (const store of db.objectStoreNames) {
            const get = (what) => new Promise((done) => {
                const r = db.transaction(store).objectStore(store)[what](); r.onsuccess = () => done(r.result); });
            all.push(JSON.stringify(await get('getAll')), JSON.stringify(await get('getAllKeys')));
        }
        db.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            all.push(request.url);
            if (!/[.](wasm|bin|js)$/.test(request.url)) all.push(await (await cache.match(request)).text());
        }
    }
    return all.join('\\n');";

async fn all_that_is_kept(page: &Page) -> WebDriverResult<String> {
    let all = page.eval_async(ALL_THAT_IS_KEPT).await?;
    Ok(all.as_str().unwrap_or_default().to_owned())
}

async fn open_backup(page: &Page) -> Outcome {
    page.click("#more").await?;
    page.click("#dialog [data-open=backup]").await?;
    page.css("#make-backup").await.map(drop)
}

/// Brings the file back and gives what the page says became of it.
async fn bring_back(page: &Page, file: &str) -> WebDriverResult<String> {
    page.css("#backup-file").await?.send_keys(file).await?;
    page.text("#restored").await
}

#[test]
fn everything_is_backed_up_forgotten_for_good_and_brought_back() {
    run("backup", async |page| {
        read(&page, ARTICLE).await?;
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        press(&page, "accept").await?;
        kept(&page).await?;
        let before = marks(&page).await?;
        page.driver.back().await?;
        page.css("#shelf .kept").await?;
        for (scheme, width) in [("light", 1280), ("dark", 375)] {
            page.colour_scheme(scheme).await?;
            page.size(width, 780).await?;
            open_backup(&page).await?;
            look(&page, &format!("backup-{scheme}-{width}")).await?;
            fits(&page, "the backup").await?;
            page.keys(Key::Escape + "").await?;
            page.until_js("it is closed", "return !document.querySelector('dialog')").await?;
        }
        open_backup(&page).await?;
        let found = page.violations().await?;
        assert!(found.is_empty(), "{found:#?}");
        page.click("#make-backup").await?;
        let zip = page.downloaded("galley-backup.zip").await?;
        assert!(galley_formats::is_backup(&zip));
        let path = page.downloads().join("galley-backup.zip").to_string_lossy().into_owned();
        let said = bring_back(&page, &path).await?;
        assert!(said.contains("No document was missing, 1 already here"), "{said}");
        page.keys(Key::Escape + "").await?;
        // Forgotten: nothing of it is left when the page is loaded again.
        assert!(all_that_is_kept(&page).await?.contains("Laura Bennett"));
        page.click("#shelf [data-forget]").await?;
        page.css("#undo-offer").await?;
        page.open().await?;
        page.css("#paste").await?;
        page.until("nothing of it is left", async || {
            Ok(!all_that_is_kept(&page).await?.contains("Laura"))
        })
        .await?;
        // Brought back by dropping the file where others are opened.
        page.css("#file").await?.send_keys(path).await?;
        let said = page.text("#restored").await?;
        assert!(said.contains("1 document brought back"), "{said}");
        look(&page, "backup-restored").await?;
        page.keys(Key::Escape + "").await?;
        page.click("#shelf .kept").await?;
        finished(&page).await?;
        assert_eq!(marks(&page).await?, before);
        Ok(())
    });
}
