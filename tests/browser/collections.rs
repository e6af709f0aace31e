//! Many documents: files that come in together, the list, several tabs, and what is kept when the browser dies.

use crate::harness::{Outcome, Page, run, run_with_kills};
use crate::looks::{fits, look};
use crate::steps::{
    ARTICLE, check_file, download, finished, focused, kept, mark, marks, press, read,
};
use thirtyfour::prelude::*;

/// Short articles, a file each; the paths as the file field takes them.
fn write_articles(page: &Page, count: usize) -> String {
    let folder = page.downloads().join("articles");
    std::fs::create_dir_all(&folder).expect("a folder");
    let paths = (0..count).map(|n| {
        let path = folder.join(format!("report-{n:02}.txt"));
        let text = format!(
            "Flood report {n}\n\nMayor Dora Finch said on 3 May 2021 that bridge {n} was closed. \"We wait,\" she told Radio Selby.\n"
        );
        std::fs::write(&path, text).expect("an article");
        path.to_string_lossy().into_owned()
    });
    paths.collect::<Vec<_>>().join("\n")
}

/// Waits until the files are read and the list has this many documents.
async fn listed(page: &Page, count: usize) -> Outcome {
    let script = format!(
        "return document.querySelector('#queue') === null
            && document.querySelectorAll('#shelf .kept').length === {count}"
    );
    page.until_js(&format!("{count} documents are listed"), &script).await
}

async fn is_clean(page: &Page) -> Outcome {
    let found = page.violations().await?;
    assert!(found.is_empty(), "{found:#?}");
    Ok(())
}

#[test]
fn many_files_come_into_a_list_that_is_searched_ticked_and_cleared() {
    run("many", async |page| {
        page.open().await?;
        let files = write_articles(&page, 12);
        page.css("#file").await?.send_keys(files).await?;
        // Usable from the first one on.
        page.css("#shelf .kept").await?;
        listed(&page, 12).await?;
        for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 375)] {
            page.colour_scheme(scheme).await?;
            page.size(width, 900).await?;
            look(&page, &format!("shelf-{scheme}-{width}")).await?;
            fits(&page, "the list").await?;
        }
        page.size(1280, 900).await?;
        // Over the texts, too.
        page.css("#shelf-find").await?.send_keys("bridge 7").await?;
        listed(&page, 1).await?;
        let hit = page.text("#shelf .hit").await?;
        assert!(hit.contains("bridge 7 was closed"), "{hit}");
        page.click("#shelf .kept").await?;
        finished(&page).await?;
        mark(&page, "Dora Finch", 0).await?.click().await?;
        press(&page, "accept").await?;
        kept(&page).await?;
        page.driver.back().await?;
        page.css("#shelf-find").await?;
        page.until_js(
            "its status is told",
            "return document.querySelector('#shelf .checked')?.textContent.startsWith('1 of ')",
        )
        .await?;
        page.click("#shelf-find").await?;
        page.keys(Key::Control + "a").await?;
        page.keys(Key::Backspace + "").await?;
        listed(&page, 12).await?;
        // All of them in one file, and as a zip.
        page.click("#tick-all").await?;
        page.css("#pack-format").await?;
        is_clean(&page).await?;
        look(&page, "shelf-ticked").await?;
        page.css("#pack-one").await?.click().await?;
        let lines = page.downloaded("galley-documents.galley.jsonl").await?;
        assert_eq!(lines.iter().filter(|&&b| b == b'\n').count(), 12);
        let lines = String::from_utf8(lines).expect("UTF-8");
        assert_eq!(lines.matches("\"accepted\":1,").count(), 1, "with the edits");
        page.css("#pack-zip").await?.click().await?;
        let zip = page.downloaded("galley-documents.zip").await?;
        assert!(zip.starts_with(b"PK"));
        // Into a collection, and only that is shown.
        page.click("[data-tick]").await?;
        page.css("#collection-name").await?.send_keys("Floods").await?;
        page.click("#put-into").await?;
        page.css("#shelf-collection option[value='=Floods']").await?.click().await?;
        listed(&page, 11).await?;
        // Deleted, taken back, deleted for good.
        page.click("#tick-all").await?;
        page.click("#forget-ticked").await?;
        page.css("#undo-offer").await?;
        look(&page, "shelf-undo").await?;
        listed(&page, 1).await?;
        page.click("#undo-forget").await?;
        listed(&page, 12).await?;
        page.click("#shelf [data-forget]").await?;
        listed(&page, 11).await?;
        page.driver.refresh().await?;
        listed(&page, 11).await?;
        // The next one that is not checked, by key.
        page.css("#shelf-title").await?.click().await?;
        page.keys("n").await?;
        finished(&page).await?;
        let first = page.text("#article").await?;
        page.keys("n").await?;
        page.until("another one is open", async || Ok(page.text("#article").await? != first)).await
    });
}

#[test]
fn tabs_know_of_each_other() {
    run("tabs", async |page| {
        read(&page, ARTICLE).await?;
        kept(&page).await?;
        let one = page.driver.window().await?;
        let two = page.driver.new_tab().await?;
        page.driver.switch_to_window(two.clone()).await?;
        page.open().await?;
        // The first tab holds it, so this one begins with the list; opened all the same, it is said.
        page.click("#shelf .kept").await?;
        finished(&page).await?;
        let said = page.text("#notice").await?;
        assert!(said.contains("open in another tab"), "{said}");
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        press(&page, "accept").await?;
        kept(&page).await?;
        let done = marks(&page).await?;
        page.driver.switch_to_window(one.clone()).await?;
        page.until("the other tab's edit is seen", async || Ok(marks(&page).await? == done))
            .await?;
        // A reload shows this tab's document, though the other one went back to the list.
        page.driver.switch_to_window(two.clone()).await?;
        page.driver.back().await?;
        page.css("#shelf").await?;
        page.driver.refresh().await?;
        page.css("#shelf").await?;
        page.driver.switch_to_window(one.clone()).await?;
        page.driver.refresh().await?;
        finished(&page).await?;
        assert_eq!(marks(&page).await?, done);
        // Deleted in one, closed in the other; nothing brings it back.
        page.driver.switch_to_window(two).await?;
        page.click("#shelf [data-forget]").await?;
        page.css("#undo-offer").await?;
        page.driver.switch_to_window(one).await?;
        page.css("main[data-view=start]").await?;
        let said = page.text("#notice").await?;
        assert!(said.contains("deleted in another tab"), "{said}");
        page.driver.refresh().await?;
        page.css("main[data-view=start]").await?;
        assert!(page.all("#shelf").await?.is_empty());
        Ok(())
    });
}

/// `GALLEY_KILLS=50 cargo xtask test browser -- killed` kills as many times, and says what was lost.
#[test]
fn a_browser_that_is_killed_amid_edits_loses_nothing_that_was_saved() {
    const MAX_AT_ONCE: usize = 6;
    let kills: usize =
        std::env::var("GALLEY_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(4);
    let text = vec![ARTICLE; kills.div_ceil(4)].join("\n\n");
    let (mut saved, mut at_once, mut lost, mut last) = (0, 0, 0, 0);
    // One round more looks at what the last kill left.
    run_with_kills(kills + 1, "killed", async |page, round| {
        let accepted = "return document.querySelectorAll('#article mark[data-opens][data-status=accepted]').length";
        let count = async || {
            Ok::<_, WebDriverError>(page.eval(accepted).await?.as_u64().unwrap_or(0) as usize)
        };
        if round == 0 {
            read(&page, &text).await?;
        } else {
            page.open().await?;
            page.css("#shelf .kept, #article").await?;
            if let Some(entry) = page.all("#shelf .kept").await?.first() {
                entry.click().await?;
            }
            finished(&page).await?;
            let found = count().await?;
            assert!((saved..=saved + at_once).contains(&found), "{found} of {saved}");
            lost += saved + at_once - found;
            last += at_once;
            check_file(&download(&page).await?, &text);
        }
        page.css("#article").await?.click().await?;
        for _ in 0..4 {
            page.keys("u").await?;
            page.keys("a").await?;
        }
        kept(&page).await?;
        saved = count().await?;
        // These are on their way when the browser dies, at another moment each time.
        at_once = (round * 5 + 3) % (MAX_AT_ONCE + 1);
        for _ in 0..at_once {
            page.keys("u").await?;
            page.keys("a").await?;
        }
        Ok(())
    });
    println!("{kills} kills: {lost} lost of {last} edits that were not said to be saved");
}

#[test]
fn what_is_corrected_in_one_article_goes_to_all_and_people_are_joined() {
    run("elsewhere", async |page| {
        page.open().await?;
        let files = write_articles(&page, 4);
        let other = page.downloads().join("articles/other.txt");
        std::fs::write(
            &other,
            "Bridge open\n\nD. Finch said on 4 May 2021 that the bridge is open.\n",
        )?;
        let files = format!("{files}\n{}", other.to_string_lossy());
        page.css("#file").await?.send_keys(files).await?;
        listed(&page, 5).await?;
        page.click("#shelf li:not(:first-child) .kept").await?;
        finished(&page).await?;
        mark(&page, "Dora Finch", 0).await?.click().await?;
        page.keys(Key::Escape + "").await?;
        page.keys("2").await?;
        let offer = page.text("#toast [data-do=elsewhere]").await?;
        assert_eq!(offer, "3 other articles…");
        kept(&page).await?;
        page.keys("w").await?;
        focused(&page, "#correct-elsewhere").await?;
        for (scheme, width) in [("dark", 375), ("light", 1280)] {
            page.colour_scheme(scheme).await?;
            page.size(width, 800).await?;
            look(&page, &format!("elsewhere-{scheme}-{width}")).await?;
            fits(&page, "other articles").await?;
        }
        is_clean(&page).await?;
        page.keys(Key::Enter + "").await?;
        page.css("#toast [data-do=undo-change]").await?;
        page.driver.back().await?;
        // One name over all, with its new label; then all of it is taken back.
        page.click("[data-view=names]").await?;
        let row = "[data-row$='\tdora finch']";
        page.until("all four are corrected", async || {
            Ok(page.text(row).await?.contains("in 4 articles"))
        })
        .await?;
        page.click("#undo-change").await?;
        page.css("[data-row='PERSON\tdora finch']").await?;
        // Joined to another by hand, kept over a reload, taken apart.
        let whole = "[data-row='PERSON\tdora finch']";
        page.click("[data-row='PERSON\td. finch']").await?;
        page.css("[data-do=join-over-all] option[value='PERSON\tdora finch']")
            .await?
            .click()
            .await?;
        page.until("they are one", async || Ok(page.text(whole).await?.contains("in 5 articles")))
            .await?;
        look(&page, "joined").await?;
        is_clean(&page).await?;
        page.driver.refresh().await?;
        page.click("[data-view=names]").await?;
        let said = page.text(whole).await?;
        assert!(said.contains("in 5 articles") && said.contains("also D. Finch"), "{said}");
        page.click(whole).await?;
        page.click("[data-part-over-all]").await?;
        page.css("[data-row='PERSON\td. finch']").await?;
        page.click("#undo-join").await?;
        page.until("they are one again", async || {
            Ok(page.text(whole).await?.contains("in 5 articles"))
        })
        .await
    });
}
