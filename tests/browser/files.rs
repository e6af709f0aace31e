//! Files: every format out and some in, a damaged one, and the page with no network at all.

use crate::harness::{Outcome, Page, run, run_on_copy};
use crate::looks::{fits, look};
use crate::steps::{ARTICLE, download, finished, kept, marks, read};
use serde_json::Value;
use std::path::Path;
use thirtyfour::prelude::*;
use xtask::offline;

/// Opens the list of formats and waits until all are offered.
async fn formats(page: &Page) -> Outcome {
    page.css("#download").await?.click().await?;
    page.css("#dialog [data-format='Printable page']").await?;
    Ok(())
}

/// Downloads in a format; what the file is called and what is in it.
async fn written(page: &Page, format: &str) -> WebDriverResult<(String, Vec<u8>)> {
    formats(page).await?;
    page.css(&format!("#dialog [data-format='{format}']")).await?.click().await?;
    page.until_js(
        "the download is said",
        "return document.querySelector('#said').textContent.startsWith('Downloaded ')
            && document.querySelector('dialog') === null",
    )
    .await?;
    let said = page.eval("return document.querySelector('#said').textContent").await?;
    let name = said.as_str().unwrap_or_default().replace("Downloaded ", "");
    let bytes = page.downloaded(&name).await?;
    Ok((name, bytes))
}

/// Opens a file from the start view.
async fn open_file(page: &Page, file: &Path) -> Outcome {
    page.css("#close").await?.click().await?;
    let field = page.css("#file").await?;
    field.send_keys(file.to_string_lossy().into_owned()).await?;
    page.css("main[data-view=document] #article").await?;
    Ok(())
}

/// Waits until the page is kept for times without a network, whole.
pub(crate) async fn ready_for_offline(page: &Page) -> Outcome {
    page.until_js(
        "the service worker is there",
        "if (!window.kept) navigator.serviceWorker.ready.then(() => { window.kept = true; });
         return window.kept === true && navigator.serviceWorker.controller !== null",
    )
    .await
}

#[test]
fn every_format_says_what_it_leaves_out_and_is_downloaded() {
    run("formats", async |page| {
        read(&page, ARTICLE).await?;
        let shown = marks(&page).await?;
        formats(&page).await?;
        let rows = page.all("#dialog [data-format]").await?;
        assert_eq!(rows.len(), galley_formats::FORMATS.len());
        for (row, format) in rows.iter().zip(galley_formats::FORMATS) {
            let said = row.text().await?;
            assert!(said.contains(format.name), "{said}");
            assert!(said.contains("Leaves out ") || said.contains("Nothing is left out"), "{said}");
        }
        let conll = page.text("[data-format='CoNLL-2003 IOB2'] .lost").await?;
        assert!(conll.contains("speakers"), "{conll}");
        page.keys(Key::Escape + "").await?;
        page.until_js("closed", "return document.querySelector('dialog') === null").await?;
        for format in &galley_formats::FORMATS[1..] {
            let (name, bytes) = written(&page, format.name).await?;
            assert!(name.ends_with(format.extension), "{name}");
            assert!(bytes.len() > 100, "{name}");
            if format.extension.ends_with("jsonl") || format.extension.ends_with("json") {
                serde_json::from_slice::<Value>(&bytes).expect("JSON");
            }
            if format.is_readable() {
                let file = page.downloads().join(&name);
                open_file(&page, &file).await?;
                finished(&page).await?;
                kept(&page).await?;
                assert_eq!(marks(&page).await?, shown, "{name}");
            }
        }
        Ok(())
    });
}

#[test]
fn the_list_of_formats_by_keyboard_and_how_it_looks() {
    run("formats-look", async |page| {
        read(&page, ARTICLE).await?;
        for (scheme, width, height) in
            [("light", 1280, 900), ("dark", 1280, 900), ("light", 375, 740), ("dark", 375, 740)]
        {
            page.colour_scheme(scheme).await?;
            page.size(width, height).await?;
            formats(&page).await?;
            look(&page, &format!("formats-{width}-{scheme}")).await?;
            fits(&page, "formats").await?;
            page.keys(Key::Escape + "").await?;
            page.until_js("closed", "return document.querySelector('dialog') === null").await?;
        }
        // By keyboard alone: to the button, into the list, down to the first of the others.
        page.eval("document.querySelector('#download').focus()").await?;
        page.keys(Key::Enter + "").await?;
        page.css("#dialog [data-format='Printable page']").await?;
        page.until("the focus is on the second format", async || {
            page.keys(Key::Tab + "").await?;
            Ok(page.eval("return document.activeElement.dataset.format ?? ''").await?
                == "W3C Web Annotation")
        })
        .await?;
        page.keys(Key::Enter + "").await?;
        page.until_js(
            "downloaded",
            "return document.querySelector('#said').textContent.startsWith('Downloaded ')",
        )
        .await?;
        // At once, without the list.
        page.keys(Key::Control + "s").await?;
        page.until_js(
            "downloaded",
            "return document.querySelector('#said').textContent.endsWith('.galley.json')",
        )
        .await?;
        Ok(())
    });
}

#[test]
fn a_damaged_file_is_opened_without_its_damage() {
    run("damaged", async |page| {
        read(&page, ARTICLE).await?;
        let shown = marks(&page).await?.len();
        let file = download(&page).await?;
        let mut text = serde_json::to_string_pretty(&file).expect("JSON");
        // The end is missing, and the first annotation is of no kind.
        text = text.replacen("\"kind\": \"", "\"kind\": \"no-", 1);
        text.truncate(text.find("\"entities\"").expect("entities") + 30);
        let damaged = page.downloads().join("damaged.json");
        std::fs::write(&damaged, text)?;
        open_file(&page, &damaged).await?;
        finished(&page).await?;
        let notice = page.text("#notice").await?;
        assert!(
            notice.contains("line ") && notice.contains("is no kind of annotation"),
            "{notice}"
        );
        let now = marks(&page).await?.len();
        assert!(now >= shown.saturating_sub(2) && now > 3, "{now} of {shown}");
        page.screenshot("damaged").await?;
        Ok(())
    });
}

#[test]
fn the_page_opens_without_a_network() {
    run("no-network", async |page| {
        page.open().await?;
        ready_for_offline(&page).await?;
        // The first visit's own worker has its models, too.
        page.css("#sample").await?.click().await?;
        finished(&page).await?;
        page.css("#close").await?.click().await?;
        page.css("#paste").await?;
        let before = page.requests();
        page.offline(true).await?;
        page.open().await?;
        page.css("#sample").await?.click().await?;
        finished(&page).await?;
        page.css("#article mark").await?;
        let (_, bytes) = written(&page, "brat standoff").await?;
        assert!(bytes.starts_with(b"PK"));
        // The browser looks for a newer service worker by itself.
        let mut after = page.requests();
        after.retain(|line| line != "GET /sw.js");
        let mut before = before;
        before.retain(|line| line != "GET /sw.js");
        assert_eq!(after, before);
        page.expect_console_errors();
        Ok(())
    });
}

#[test]
fn a_new_build_waits_for_the_old_one_to_be_closed() {
    run_on_copy("new-build", async |page, dist| {
        page.open().await?;
        ready_for_offline(&page).await?;
        // A new build: another page, another worker.
        let change = |name: &str, from: &str, to: &str| {
            let path = dist.join(name);
            let text = std::fs::read_to_string(&path).expect("a file of the page");
            assert!(text.contains(from), "{name}");
            std::fs::write(path, text.replacen(from, to, 1)).expect("a file of the page");
        };
        change("index.html", "<title>Galley</title>", "<title>Galley, newer</title>");
        change("worker_loader.js", "// A worker's", "self.newer = true; // A worker's");
        let script = include_str!("../../www/sw.js");
        offline::write_service_worker(&dist, script).expect("a new list");
        page.open().await?;
        assert_eq!(page.driver.title().await?, "Galley", "the build that is kept");
        page.until_js(
            "the new build waits",
            "navigator.serviceWorker.getRegistration().then((r) => { window.waits = !!r.waiting; });
             return window.waits === true",
        )
        .await?;
        // All of the old build still, the worker's files too.
        let loader = page
            .eval_async("return (await (await fetch('worker_loader.js')).text()).includes('newer')")
            .await?;
        assert_eq!(loader, false);
        page.css("#sample").await?.click().await?;
        finished(&page).await?;
        page.driver.goto("about:blank").await?;
        page.until("the new build takes over", async || {
            page.open().await?;
            let title = page.driver.title().await?;
            if title == "Galley" {
                page.driver.goto("about:blank").await?;
            }
            Ok(title == "Galley, newer")
        })
        .await?;
        let caches = page.eval_async("return (await caches.keys()).length").await?;
        assert_eq!(caches, 1);
        Ok(())
    });
}

/// `cargo xtask serve` puts this line before the service worker: what was just built is shown at the
/// next load.
#[test]
fn a_server_for_developers_is_asked_first() {
    run_on_copy("fresh-first", async |page, dist| {
        let script = format!("self.FRESH = true;\n{}", include_str!("../../www/sw.js"));
        offline::write_service_worker(&dist, &script).expect("a list of files");
        page.open().await?;
        ready_for_offline(&page).await?;
        let path = dist.join("index.html");
        let text = std::fs::read_to_string(&path).expect("the page");
        let newer = text.replacen("<title>Galley</title>", "<title>Galley, newer</title>", 1);
        assert_ne!(newer, text);
        std::fs::write(&path, newer).expect("the page");
        page.open().await?;
        assert_eq!(page.driver.title().await?, "Galley, newer");
        // Not because the kept page was made anew: that is still the one before.
        let kept = page
            .eval_async("return (await (await caches.match('./')).text()).includes('newer')")
            .await?;
        assert_eq!(kept, false);
        page.css("#sample").await?.click().await?;
        finished(&page).await
    });
}

/// Documents, messages and tables, which the files worker makes articles of.
#[test]
fn what_newsrooms_have_is_opened() {
    run("intake", async |page| {
        page.open().await?;
        let folder = page.downloads().to_owned();
        let put = |name: &str, content: &str| {
            let path = folder.join(name);
            std::fs::write(&path, content).map(|()| path)
        };
        let letter = put(
            "letter.rtf",
            r#"{\rtf1\ansi {\b Bridge stays shut}\par Mayor Anna Berg said the bridge in Oslo would stay shut.\par}"#,
        )?;
        let mail = put(
            "mail.eml",
            "From: desk@example.org\nSubject: Ferry runs again\nDate: Mon, 30 Nov 2026 10:00:00 +0000\n\
             Content-Type: text/plain; charset=utf-8\n\nThe ferry to Bergen runs again, Peter Holm said on Friday.\n",
        )?;
        let table = put(
            "rows.csv",
            "id,title,text\n1,Snow,\"Snow fell on Bergen, Ida Lund said.\"\n2,Rain,\"Rain fell on Oslo, Per Dahl said.\"\n",
        )?;
        for (file, title) in [(letter, "Bridge stays shut"), (mail, "Ferry runs again")] {
            let field = page.css("#file").await?;
            field.send_keys(file.to_string_lossy().into_owned()).await?;
            finished(&page).await?;
            let marks = marks(&page).await?;
            assert!(marks.iter().any(|m| m.starts_with("person PERSON")), "{marks:#?}");
            let text = page.text("#article").await?;
            assert!(text.starts_with(title), "{text}");
            assert!(!text.contains("rtf1") && !text.contains("Content-Type"), "{text}");
            kept(&page).await?;
            page.css("#close").await?.click().await?;
        }
        // Each row of a table is an article of the list.
        let field = page.css("#file").await?;
        field.send_keys(table.to_string_lossy().into_owned()).await?;
        page.until_js(
            "all four are in the list",
            "return document.querySelectorAll('#shelf .kept').length === 4",
        )
        .await
    });
}
