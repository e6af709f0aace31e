//! The way of a person with a mouse: paste, see, correct, download, and find it all again.

use crate::harness::run;
use crate::steps::{
    ARTICLE, annotation, check_file, counts, download, finished, kept, mark, marks, press, read,
    select,
};
use serde_json::json;
use thirtyfour::prelude::*;

const PUBLISHED: &str = "return document.querySelector('#published').value";

#[test]
fn what_was_pasted_is_marked_and_told() {
    run("marked", async |page| {
        read(&page, ARTICLE).await?;
        let marks = marks(&page).await?;
        for line in [
            "person PERSON machine Laura Bennett",
            "person PERSON machine Khalid Mansour",
            "place GPE machine Aden",
        ] {
            assert!(marks.iter().any(|m| m == line), "{line} in {marks:#?}");
        }
        let quotes = marks.iter().filter(|m| m.starts_with("quote direct")).count();
        assert!(quotes >= 3, "{marks:#?}");
        // The text itself is whole: no character of it was lost or added by the marks.
        let shown = page
            .eval("return [...document.querySelectorAll('#article [data-start]')].map((p) => p.textContent).join('\\n')")
            .await?;
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(plain(shown.as_str().unwrap_or_default()), plain(ARTICLE));
        let published = page.eval(PUBLISHED).await?;
        assert_eq!(published, "2022-08-11");
        let title = page.text("#title").await?;
        assert_eq!(title, ARTICLE.lines().next().unwrap_or_default());
        Ok(())
    });
}

#[test]
fn a_person_corrects_by_mouse_and_it_is_all_in_the_file_and_back_after_a_reload() {
    run("mouse", async |page| {
        read(&page, ARTICLE).await?;
        let before = marks(&page).await?;

        // Relabel.
        mark(&page, "TidalPost", 0).await?.click().await?;
        let what = page.text("#popover-what").await?;
        assert!(what.starts_with("Organisation"), "{what}");
        page.css("#popover [data-label=PERSON]").await?.click().await?;
        page.css("mark[data-label=PERSON][data-status=corrected]").await?;
        page.button("Close").await?.click().await?;

        // Widen: "Khalid Mansour" takes in the word before it, then gives it back and takes it again.
        mark(&page, "Khalid Mansour", 0).await?.click().await?;
        press(&page, "start-out").await?;
        mark(&page, "spokesman Khalid Mansour", 0).await?;
        press(&page, "start-in").await?;
        mark(&page, "Khalid Mansour", 0).await?;
        press(&page, "start-out").await?;
        mark(&page, "spokesman Khalid Mansour", 0).await?;
        page.button("Close").await?.click().await?;

        // Accept one, reject one.
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        press(&page, "accept").await?;
        page.css("mark[data-status=accepted]").await?;
        let places = marks(&page).await?;
        mark(&page, "Muscat", 0).await?.click().await?;
        press(&page, "reject").await?;
        page.until("Muscat is marked no more", async || {
            Ok(marks(&page).await?.len() == places.len() - 1)
        })
        .await?;
        if page.all("#popover").await?.len() == 1 {
            page.button("Close").await?.click().await?;
        }

        // Add one: a selection that ends inside its word means the word.
        select(&page, "oast guard", 0).await?;
        page.css("#chips [data-label=ORG]").await?.click().await?;
        page.css("mark[data-status=added]").await?;
        assert!(marks(&page).await?.contains(&"organisation ORG added coast guards".to_owned()));
        page.screenshot("added").await?;
        page.keys(Key::Escape + "").await?;
        kept(&page).await?;
        let done = marks(&page).await?;
        assert_ne!(done, before);

        // Back to the beginning, and forth again.
        for _ in 0..20 {
            if page.css("#undo").await?.attr("aria-disabled").await?.is_some() {
                break;
            }
            page.css("#undo").await?.click().await?;
        }
        page.until("all is undone", async || Ok(marks(&page).await? == before)).await?;
        for _ in 0..20 {
            if page.css("#redo").await?.attr("aria-disabled").await?.is_some() {
                break;
            }
            page.css("#redo").await?.click().await?;
        }
        page.until("all is done again", async || Ok(marks(&page).await? == done)).await?;

        // A speaker and a date.
        mark(&page, "Tuesday", 0).await?.click().await?;
        page.css("#date-value").await?.clear().await?;
        page.css("#date-value").await?.send_keys("2 August 2022" + Key::Enter).await?;
        page.until("the date is set", async || {
            Ok(page.text("#popover .readout").await?.contains("2 August 2022"))
        })
        .await?;
        page.button("Close").await?.click().await?;
        let quote = page.css("mark[data-kind=quote][data-label=direct][data-opens]").await?;
        quote.click().await?;
        page.css("#popover [data-speaker='Laura Bennett']").await?.click().await?;
        page.until("the speaker is set", async || {
            let now = page.eval("return document.querySelector('#speaker').value").await?;
            Ok(now == "Laura Bennett")
        })
        .await?;
        page.button("Close").await?.click().await?;
        kept(&page).await?;
        let done = marks(&page).await?;
        let told = counts(&page).await?;

        // The file, field by field.
        let file = download(&page).await?;
        check_file(&file, ARTICLE);
        let of = |words: &str, field: &str| annotation(&file, words, 0)[field].clone();
        assert_eq!(of("TidalPost", "label"), "PERSON");
        assert_eq!(of("TidalPost", "status"), "corrected");
        assert_eq!(of("TidalPost", "machine")["label"], "ORG");
        assert_eq!(of("spokesman Khalid Mansour", "status"), "corrected");
        assert_eq!(of("Laura Bennett", "status"), "accepted");
        assert_eq!(of("coast guards", "status"), "added");
        assert_eq!(of("coast guards", "label"), "ORG");
        assert_eq!(of("coast guards", "kind"), "entity");
        assert_eq!(of("Muscat", "status"), "rejected");
        assert_eq!(of("Tuesday", "timex")["value"], "2022-08-02");
        assert_eq!(of("Tuesday", "interval"), json!({ "from": "2022-08-02", "to": "2022-08-02" }));
        assert_eq!(of("Tuesday", "machine")["timex"]["value"], "2022-08-09");
        let said = "\"We know of these searches and we reject every one of them,\"";
        assert_eq!(of(said, "speaker")["name"], "Laura Bennett");
        assert_eq!(file["document"]["published"], "2022-08-11T18:05:00");
        assert_eq!(file["document"]["title"], ARTICLE.lines().next().unwrap_or_default());
        let review = &file["review"];
        assert_eq!(
            (&review["rejected"], &review["added"], &review["accepted"]),
            (&json!(1), &json!(1), &json!(1))
        );

        // After a reload all of it is back, and can still be undone.
        page.driver.refresh().await?;
        finished(&page).await?;
        assert_eq!(marks(&page).await?, done);
        assert_eq!(counts(&page).await?, told);
        page.css("#undo").await?.click().await?;
        page.until("the speaker is undone", async || {
            Ok(page
                .eval("return document.querySelector('#redo').getAttribute('aria-disabled')")
                .await?
                .is_null())
        })
        .await?;
        Ok(())
    });
}

#[test]
fn the_panels_lead_to_the_text() {
    run("panels", async |page| {
        read(&page, ARTICLE).await?;
        for (tab, list) in [
            ("review", "#review-list"),
            ("people", "#people-list"),
            ("quotes", "#quotes-list"),
            ("timeline", "#timeline-list"),
        ] {
            page.css(&format!("#tab-{tab}")).await?.click().await?;
            page.css(list).await?;
            let first =
                page.css(&format!("#panel {list} summary, #panel {list} button.go")).await?;
            first.click().await?;
            if tab == "people" {
                page.css("#people-list details[open] button.go").await?.click().await?;
            }
            page.until_js(
                "a mark is active and in view",
                "const mark = document.querySelector('#article mark[data-active]');
                 if (!mark) return false;
                 const box = mark.getBoundingClientRect();
                 return box.top >= 0 && box.bottom <= innerHeight;",
            )
            .await?;
            page.keys(Key::Escape + "").await?;
            page.until_js("nothing is open", "return !document.querySelector('#popover')").await?;
        }
        // A kind that is switched off is not drawn; on again, it is.
        let all = marks(&page).await?;
        page.css("#counts [data-kind=place]").await?.click().await?;
        page.until("no place is marked", async || {
            Ok(!marks(&page).await?.iter().any(|m| m.starts_with("place ")))
        })
        .await?;
        page.css("#counts [data-kind=place]").await?.click().await?;
        page.until("the places are back", async || Ok(marks(&page).await? == all)).await?;
        Ok(())
    });
}

#[test]
fn another_publication_date_moves_what_hangs_on_it() {
    run("published", async |page| {
        read(&page, ARTICLE).await?;
        // Seven steps up in the field's first part: the day or the month, as the system writes dates.
        let field = page.css("#published").await?;
        for _ in 0..7 {
            let before = page.eval(PUBLISHED).await?;
            field.send_keys(Key::Up + "").await?;
            page.until("the field goes on", async || Ok(page.eval(PUBLISHED).await? != before))
                .await?;
            finished(&page).await?;
        }
        let day = page.eval(PUBLISHED).await?;
        let tuesday = match day.as_str() {
            Some("2022-08-18") => "2022-08-16",
            Some("2022-03-11") => "2022-03-08",
            other => panic!("{other:?}"),
        };
        finished(&page).await?;
        kept(&page).await?;
        let file = download(&page).await?;
        check_file(&file, ARTICLE);
        assert_eq!(annotation(&file, "Tuesday", 0)["timex"]["value"], tuesday);
        Ok(())
    });
}

#[test]
fn the_sample_and_the_kept_list() {
    run("kept", async |page| {
        page.open().await?;
        page.css("#sample").await?.click().await?;
        finished(&page).await?;
        kept(&page).await?;
        let title = page.text("#title").await?;
        page.css("#close").await?.click().await?;
        let entry = page.css("#shelf .kept").await?;
        assert!(entry.text().await?.starts_with(&title));
        entry.click().await?;
        finished(&page).await?;
        assert_eq!(page.text("#title").await?, title);
        page.css("#close").await?.click().await?;
        page.css("#shelf [data-forget]").await?.click().await?;
        page.until_js("it is forgotten", "return document.querySelector('#shelf') === null")
            .await?;
        page.driver.refresh().await?;
        page.css("#sample").await?;
        assert!(page.all("#shelf").await?.is_empty());
        Ok(())
    });
}
