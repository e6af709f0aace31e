//! The dialogs as a person uses them: own words and labels, another version of the text, someone
//! else's annotations; by mouse, by keyboard alone, and how they look.

use crate::harness::{Outcome, Page, run};
use crate::looks::{fits, look};
use crate::steps::{ARTICLE, download, finished, kept, mark, marks, paste, press, read, select};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// Opens one of the dialogs by the menu.
pub(crate) async fn dialog(page: &Page, which: &str) -> Outcome {
    page.css("#more").await?.click().await?;
    page.click(&format!("#dialog [data-open={which}]")).await?;
    page.css("#dialog[open] .foot").await?;
    Ok(())
}

/// Waits until the dialog says something with these words.
async fn said(page: &Page, words: &str) -> Outcome {
    page.until(&format!("the dialog says “{words}”"), async || {
        Ok(page.text("#dialog-said").await?.contains(words))
    })
    .await
}

async fn closed(page: &Page) -> Outcome {
    page.until_js("no dialog is open", "return document.querySelector('dialog') === null").await
}

/// The words of the marks that a list of the reader's own made, after going to the start view and
/// reading the article anew.
async fn again(page: &Page, text: &str) -> Outcome {
    page.css("#close").await?.click().await?;
    page.css("#paste").await?.click().await?;
    paste(page, text).await?;
    finished(page).await
}

#[test]
fn own_words_are_kept_applied_and_handed_out() {
    run("words", async |page| {
        read(&page, ARTICLE).await?;
        // From the popover: this name never again.
        mark(&page, "Muscat", 0).await?.click().await?;
        page.css("#popover details.more summary").await?.click().await?;
        press(&page, "never").await?;
        // From the form: words that nothing marks.
        dialog(&page, "words").await?;
        page.css("#word-name").await?.send_keys("annoyed").await?;
        page.css("#word-rule option[value='always\tEVENT']").await?.click().await?;
        page.button("Add to the list").await?.click().await?;
        said(&page, "Added to your list").await?;
        // A label of one's own, and a name with it.
        page.css("#label-name").await?.send_keys("Vessel").await?;
        page.css("#label-key").await?.send_keys("v").await?;
        page.button("Save the label").await?.click().await?;
        page.css("#labels li[data-label=Vessel]").await?;
        page.css("#dialog .foot").await?;
        page.screenshot("words").await?;
        page.keys(Key::Escape + "").await?;
        closed(&page).await?;

        // By its key.
        select(&page, "coast guards", 0).await?;
        page.css("#chips [data-label=Vessel]").await?;
        page.keys("v").await?;
        page.css("mark[data-label=Vessel]").await?;
        let fill = page
            .eval("return getComputedStyle(document.querySelector('mark[data-label=Vessel]')).getPropertyValue('--fill')")
            .await?;
        assert!(fill.as_str().is_some_and(|f| !f.is_empty()), "{fill}");
        page.keys(Key::Escape + "").await?;
        kept(&page).await?;

        // The next article, after a reload: from what the browser keeps.
        page.open().await?;
        again(&page, ARTICLE).await?;
        let marks = marks(&page).await?;
        assert!(marks.contains(&"other EVENT machine annoyed".to_owned()), "{marks:#?}");
        assert!(!marks.iter().any(|m| m.ends_with(" Muscat")), "{marks:#?}");
        mark(&page, "annoyed", 0).await?.click().await?;
        let why = page.text("#popover-what").await?;
        assert!(why.contains("your word list"), "{why}");
        page.keys(Key::Escape + "").await?;

        dialog(&page, "words").await?;
        page.button("Export").await?.click().await?;
        said(&page, "Downloaded desk.galley").await?;
        let list = page.downloaded("desk.galley").await?;
        assert_eq!(
            String::from_utf8_lossy(&list),
            "label\tVessel\trose\tv\nalways\tEVENT\tannoyed\nnever\t*\tMuscat\n"
        );
        page.button("Remove annoyed").await?.click().await?;
        said(&page, "Removed from your list").await?;
        assert_eq!(page.all("#words li").await?.len(), 1);
        // A file with a damaged line: the line is named, the rest is taken.
        let file = page.downloads().join("more-words.tsv");
        std::fs::write(&file, "never\t*\tHarbour\nodd line\n")?;
        let field = page.css("#words-file").await?;
        field.send_keys(file.to_string_lossy().into_owned()).await?;
        let why = page.text("#dialog [role=alert]").await?;
        assert!(why.starts_with("line 2: "), "{why}");
        assert_eq!(page.all("#words li").await?.len(), 2);
        Ok(())
    });
}

#[test]
fn the_text_is_revised_by_keyboard_alone_and_undone_in_one_step() {
    run("revise", async |page| {
        read(&page, ARTICLE).await?;
        let before = marks(&page).await?;
        mark(&page, "Khalid Mansour", 0).await?.click().await?;
        press(&page, "accept").await?;
        page.css("#more").await?;
        page.eval("document.querySelector('#more').focus()").await?;
        page.keys(Key::Enter + "").await?;
        page.css("#dialog[open] [data-open=text]").await?;
        page.until_js(
            "the dialog has the focus",
            "return document.activeElement.closest('dialog') !== null",
        )
        .await?;
        for _ in 0..10 {
            page.keys(Key::Tab + "").await?;
            let there = "return document.activeElement.matches('[data-open=text]')";
            if page.eval(there).await?.as_bool() == Some(true) {
                break;
            }
        }
        page.keys(Key::Enter + "").await?;
        page.css("#revised").await?;
        page.eval("document.querySelector('#revised').focus()").await?;
        let new = ARTICLE.replace("Khalid Mansour", "Khaled Mansour");
        page.keys(Key::Control + "a").await?;
        paste(&page, &new).await?;
        page.keys(Key::Tab + "").await?;
        page.keys(Key::Enter + "").await?;
        said(&page, " stay, ").await?;
        let preview = page.text("#preview").await?;
        assert!(preview.contains("“Khaled Mansour”"), "{preview}");
        page.screenshot("revise").await?;
        page.keys(Key::Enter + "").await?;
        closed(&page).await?;
        finished(&page).await?;
        let after = marks(&page).await?;
        assert!(after.contains(&"person PERSON accepted Khaled Mansour".to_owned()), "{after:#?}");
        let shown = page
            .eval(
                "return document.querySelector('#article').textContent.includes('Khalid Mansour')",
            )
            .await?;
        assert_eq!(shown, false);
        // One step back is the revision, one more the accepting.
        page.css("#undo").await?.click().await?;
        mark(&page, "Khalid Mansour", 0).await?;
        page.css("#undo").await?.click().await?;
        page.until("all is as before", async || Ok(marks(&page).await? == before)).await?;
        page.css("#redo").await?.click().await?;
        page.css("#redo").await?.click().await?;
        mark(&page, "Khaled Mansour", 0).await?;
        kept(&page).await?;
        page.open().await?;
        finished(&page).await?;
        mark(&page, "Khaled Mansour", 0).await?;
        Ok(())
    });
}

/// Someone else's file of the same article: one name rejected, one relabelled.
fn theirs(mine: &Value) -> Value {
    let mut theirs = mine.clone();
    let mut entity = Value::Null;
    for a in theirs["annotations"].as_array_mut().expect("annotations") {
        if a["text"] == "Muscat" {
            a["status"] = json!("rejected");
        }
        if a["text"] == "TidalPost" {
            a["label"] = json!("PERSON");
            entity = a["entity"].clone();
        }
    }
    let gone: Vec<Value> = theirs["annotations"]
        .as_array()
        .expect("annotations")
        .iter()
        .filter(|a| a["status"] == "rejected")
        .map(|a| a["id"].clone())
        .collect();
    let entities = theirs["entities"].as_array_mut().expect("entities");
    for e in entities.iter_mut() {
        if e["id"] == entity {
            e["label"] = json!("PERSON");
        }
        let mentions = e["mentions"].as_array_mut().expect("mentions");
        mentions.retain(|m| !gone.contains(m));
    }
    theirs
}

/// Downloads the document, and compares it with [`theirs`] of it.
async fn compared(page: &Page) -> Outcome {
    let mine = download(page).await?;
    let file = page.downloads().join("theirs.galley.json");
    std::fs::write(&file, theirs(&mine).to_string())?;
    dialog(page, "compare").await?;
    let field = page.css("#other-file").await?;
    field.send_keys(file.to_string_lossy().into_owned()).await?;
    page.css("#differences").await.map(drop)
}

#[test]
fn someone_elses_file_is_compared_and_settled() {
    run("compare", async |page| {
        read(&page, ARTICLE).await?;
        compared(&page).await?;
        let table = page.text("#dialog table").await?;
        assert!(table.contains("All") && table.contains("1.00"), "{table}");
        let count = page.all(".differences li").await?.len();
        assert!(count >= 2, "{count}");
        page.screenshot("compare").await?;
        let label =
            "//li[contains(., 'label') and contains(., 'TidalPost')]//button[.='Take theirs']";
        page.xpath(label, "take theirs").await?.click().await?;
        said(&page, "left").await?;
        page.css("mark[data-label=PERSON][data-status=corrected]").await?;
        let only = "//li[contains(., 'only yours')]//button[.='Keep mine']";
        page.xpath(only, "keep mine").await?.click().await?;
        page.until("two are settled", async || {
            Ok(page.all(".differences li").await?.len() == count - 2)
        })
        .await?;
        page.button("Close").await?.click().await?;
        closed(&page).await?;
        Ok(())
    });
}

#[test]
fn two_documents_opened_together_are_both_kept() {
    run("two-documents", async |page| {
        read(&page, ARTICLE).await?;
        let mine = download(&page).await?;
        let mut other = mine.clone();
        other["document"]["title"] = json!("The other reader's copy");
        let files = [("mine.json", &mine), ("other.json", &other)].map(|(name, document)| {
            let path = page.downloads().join(name);
            std::fs::write(&path, document.to_string()).expect("a file");
            path.to_string_lossy().into_owned()
        });
        page.css("#close").await?.click().await?;
        page.css("#file").await?.send_keys(files.join("\n")).await?;
        page.css("main[data-view=document] #article mark").await?;
        let notice = page.text("#notice").await?;
        assert!(notice.contains("The file had 2 documents"), "{notice}");
        page.css("#close").await?.click().await?;
        page.xpath("//*[contains(., \"The other reader's copy\")]", "the other one is in the list")
            .await
            .map(drop)
    });
}

#[test]
fn every_dialog_in_both_schemes_and_on_small_screens() {
    run("dialogs", async |page| {
        let views = [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 320)];
        for (i, (scheme, width)) in views.into_iter().enumerate() {
            page.colour_scheme(scheme).await?;
            page.size(width, 780).await?;
            if i == 0 {
                read(&page, ARTICLE).await?;
            } else {
                page.open().await?;
                finished(&page).await?;
            }
            page.css("#more").await?.click().await?;
            page.css("#dialog[open] .menu").await?;
            look(&page, &format!("menu-{scheme}-{width}")).await?;
            page.css("[data-open=colours]").await?.click().await?;
            page.css("html[data-scheme=light]").await?;
            page.css("[data-open=colours]").await?.click().await?;
            page.css("[data-open=colours]").await?.click().await?;
            page.css("html[data-scheme=system]").await?;
            page.click("[data-open=words]").await?;
            page.css("#word-name").await?.send_keys("Harbour Watch").await?;
            page.button("Add to the list").await?.click().await?;
            said(&page, "Added to your list").await?;
            page.css("#label-name").await?.send_keys("Vessel").await?;
            page.button("Save the label").await?.click().await?;
            page.css("#labels li").await?;
            look(&page, &format!("words-{scheme}-{width}")).await?;
            fits(&page, "own words").await?;
            page.keys(Key::Escape + "").await?;
            closed(&page).await?;
            dialog(&page, "text").await?;
            page.css("#revised").await?.click().await?;
            page.keys("An update: ").await?;
            page.css("#revise").await?.click().await?;
            page.css("#preview").await?;
            look(&page, &format!("text-{scheme}-{width}")).await?;
            fits(&page, "the text").await?;
            page.keys(Key::Escape + "").await?;
            closed(&page).await?;
            compared(&page).await?;
            look(&page, &format!("compare-{scheme}-{width}")).await?;
            fits(&page, "comparing").await?;
            page.keys(Key::Escape + "").await?;
            closed(&page).await?;
        }
        Ok(())
    });
}
