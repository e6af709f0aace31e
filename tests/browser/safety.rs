//! Nothing leaves the page, and a worker that dies takes nothing along.

use crate::harness::{run, run_on_plain_host};
use crate::steps::{ARTICLE, download, finished, kept, mark, marks, press, read};

#[test]
fn no_request_after_the_page_is_there() {
    run("quiet", async |page| {
        page.open().await?;
        // The worker fetches its models once; from then on nothing is asked for.
        page.css("#sample").await?.click().await?;
        finished(&page).await?;
        crate::files::ready_for_offline(&page).await?;
        let loaded = page.requests();
        for file in ["entities.bin", "quotes.bin"] {
            assert!(loaded.iter().any(|line| line.contains(file)), "{loaded:?}");
        }
        page.css("#close").await?.click().await?;
        page.css("#paste").await?.click().await?;
        crate::steps::paste(&page, ARTICLE).await?;
        finished(&page).await?;
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        press(&page, "accept").await?;
        kept(&page).await?;
        download(&page).await?;
        assert_eq!(page.requests(), loaded);
        Ok(())
    });
}

/// The first script of the workers, 1 KB, is asked for by each of them.
const ASKED_TWICE: &str = "GET /worker_loader.js";

#[test]
fn a_first_visit_fetches_each_file_once() {
    run_on_plain_host("first-visit", async |page| {
        page.open().await?;
        crate::files::ready_for_offline(&page).await?;
        let mut asked = page.requests();
        asked.sort();
        assert!(asked.iter().any(|line| line.contains("entities.bin")), "{asked:?}");
        let twice = asked.windows(2).filter(|two| two[0] == two[1] && two[0] != ASKED_TWICE);
        assert_eq!(twice.count(), 0, "{asked:#?}");
        Ok(())
    });
}

#[test]
fn without_a_network_all_goes_on() {
    run("offline", async |page| {
        page.open().await?;
        page.css("#sample").await?.click().await?;
        finished(&page).await?;
        page.offline(true).await?;
        page.css("#close").await?.click().await?;
        page.css("#paste").await?.click().await?;
        crate::steps::paste(&page, ARTICLE).await?;
        finished(&page).await?;
        mark(&page, "Laura Bennett", 0).await?;
        Ok(())
    });
}

#[test]
fn what_a_person_did_outlives_the_tab() {
    run("outlives", async |page| {
        read(&page, ARTICLE).await?;
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        press(&page, "accept").await?;
        kept(&page).await?;
        let done = marks(&page).await?;
        let here = page.driver.window().await?;
        let other = page.driver.new_tab().await?;
        page.driver.switch_to_window(here).await?;
        page.driver.close_window().await?;
        page.driver.switch_to_window(other).await?;
        page.open().await?;
        // A new tab begins where the last one was, or lists what was kept.
        page.css("#shelf .kept, #article").await?;
        if let Some(entry) = page.all("#shelf .kept").await?.first() {
            entry.click().await?;
        }
        finished(&page).await?;
        assert_eq!(marks(&page).await?, done);
        Ok(())
    });
}

#[test]
fn markup_in_a_text_stays_text() {
    run("markup", async |page| {
        let text = "Mayor Ann Ray said \"<img src=x onerror=alert(1)> & <b>no</b>\" in Leeds on 3 May 2021, he wrote.";
        read(&page, text).await?;
        assert_eq!(
            page.eval("return document.querySelector('#article p, #article h2').textContent")
                .await?,
            text
        );
        assert_eq!(
            page.eval("return document.querySelectorAll('#article img, #article b').length")
                .await?,
            0
        );
        Ok(())
    });
}
