//! A collection of markup and scripts (`tests/data/hostile/markup.txt`, one a line) through every way into the page:
//! nothing runs, nothing is requested, no foreign element appears. And names that turn the direction of text.

use crate::harness::{Outcome, Page, run};
use crate::steps::{download, finished, kept, read};
use serde_json::json;

const PAYLOADS: &str = include_str!("../data/hostile/markup.txt");

/// Counts what runs, from here on.
async fn watch(page: &Page) -> Outcome {
    page.eval("window.hits = 0; window.hit = () => { window.hits++; }; window.alert = window.hit")
        .await
        .map(drop)
}

/// Fails if anything has run or was requested, or an element is there that the page never makes.
async fn unharmed(page: &Page, way: &str) -> Outcome {
    let foreign = page
        .eval(
            "const never = 'img,image,iframe,frame,frameset,object,embed,video,audio,source,track,picture,math,foreignObject,use,animate,set,base,template,portal,marquee,bgsound,keygen,xss,style,area,isindex,form[action],button[formaction],[srcdoc],[ping],a[href^=\"javascript\" i],a[href^=\"data\" i]';
             const found = [...document.body.querySelectorAll(never)];
             for (const e of document.body.querySelectorAll('*'))
                 if ([...e.attributes].some((a) => a.name.startsWith('on'))) found.push(e);
             for (const e of document.head.querySelectorAll('base, script:not([src]):not([data-js])')) found.push(e);
             return [found.map((e) => e.outerHTML.slice(0, 200)), window.hits];",
        )
        .await?;
    assert_eq!(foreign, json!([[], 0]), "{way}");
    let sent = page.requests();
    assert!(sent.iter().all(|line| !line.contains("evil.example")), "{way}: {sent:?}");
    Ok(())
}

/// Pastes this as part of a web page.
async fn paste_html(page: &Page, html: &str) -> Outcome {
    page.driver
        .execute(
            "const data = new DataTransfer(); data.setData('text/html', arguments[0]); data.setData('text/plain', arguments[0]);
             document.querySelector('#paste').focus();
             document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));",
            vec![json!(html)],
        )
        .await
        .map(drop)
}

/// Opens a file by the field with this id.
async fn open_file(page: &Page, field: &str, files: &[(String, String)]) -> Outcome {
    page.css(field).await?;
    page.driver
        .execute(
            "const files = new DataTransfer();
             for (const [name, text] of arguments[1]) files.items.add(new File([text], name));
             const field = document.querySelector(arguments[0]); field.files = files.files;
             field.dispatchEvent(new Event('change', { bubbles: true }));",
            vec![json!(field), json!(files)],
        )
        .await
        .map(drop)
}

#[test]
fn nothing_that_comes_in_runs_or_asks_for_anything() {
    run("payloads", async |page| {
        // Chromium writes what the policy refuses to the console.
        page.expect_console_errors();
        let payloads: Vec<&str> = PAYLOADS.lines().collect();
        assert!(payloads.len() >= 150);
        let text = format!("{}\n", payloads.join("\n\n"));
        read(&page, &text).await?;
        watch(&page).await?;
        unharmed(&page, "as text").await?;
        kept(&page).await?;
        // As a file whose names and titles are payloads.
        let mut file = download(&page).await?;
        file["document"]["title"] = json!(payloads[0]);
        for (i, entity) in file["entities"].as_array_mut().into_iter().flatten().enumerate() {
            entity["name"] = json!(payloads[i % payloads.len()]);
        }
        page.click("#close").await?;
        page.css("#shelf").await?;
        open_file(&page, "#file", &[(payloads[1].to_owned() + ".json", file.to_string())]).await?;
        finished(&page).await?;
        page.click("#tab-people").await?;
        unharmed(&page, "Galley JSON").await?;
        page.click("#close").await?;
        page.css("#shelf").await?;
        paste_html(
            &page,
            &format!("<p>Ann Ray spoke in Leeds on 3 May 2021.</p>{}", payloads.join("<p>")),
        )
        .await?;
        page.until_js(
            "it is taken or refused",
            "return document.querySelector('#article, #notice') !== null",
        )
        .await?;
        unharmed(&page, "as part of a web page").await?;
        page.open().await?;
        watch(&page).await?;
        // As names of files, and as their texts.
        let files: Vec<(String, String)> = payloads
            .iter()
            .step_by(5)
            .map(|p| (format!("{p}.txt"), format!("{p}\n\nAnn Ray spoke in Leeds.\n")))
            .collect();
        if !page.all("#close").await?.is_empty() {
            page.click("#close").await?;
        }
        open_file(&page, "#file", &files).await?;
        page.until_js("they are read", "return !document.querySelector('#queue') && document.querySelectorAll('#shelf .kept').length > 20").await?;
        unharmed(&page, "names of files").await?;
        page.click("[data-view=names]").await?;
        page.css("#over-all-count").await?;
        unharmed(&page, "names over all").await?;
        // As names, labels and patterns of the word list.
        page.click("#more").await?;
        page.click("#dialog [data-open=words]").await?;
        let lines = payloads.iter().map(|p| {
            let p = p.replace('\t', " ");
            format!("always\tPERSON\t{p}\nlabel\t{p}\trose\npattern\tORG\t{p}\n")
        });
        open_file(&page, "#words-file", &[("list.tsv".to_owned(), lines.collect())]).await?;
        page.css("#words li").await?;
        unharmed(&page, "the word list").await?;
        // As the end of an address.
        for payload in payloads.iter().step_by(40) {
            page.driver
                .execute("location.hash = arguments[0]; location.reload()", vec![json!(payload)])
                .await?;
            page.css("#paste, #article").await?;
            unharmed_after_load(&page).await?;
        }
        Ok(())
    });
}

async fn unharmed_after_load(page: &Page) -> Outcome {
    page.eval("window.hits ??= 0").await?;
    unharmed(page, "the address").await
}

#[test]
fn a_letter_with_very_many_marks_is_drawn_and_stays_as_it_is() {
    run("stacks", async |page| {
        let text = format!("Mayor A{}nn Ray spoke in Leeds.", "\u{301}".repeat(20_000));
        read(&page, &text).await?;
        let same = page
            .eval("return document.querySelector('#article p, #article h2').textContent.length")
            .await?;
        assert_eq!(same, text.chars().count());
        assert!(page.all("#article .stack").await?.len() >= 500);
        Ok(())
    });
}
