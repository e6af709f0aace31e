//! What nobody should paste: a clear word or a sound document, never a blank page.

use crate::harness::{Outcome, Page, run, run_without};
use crate::steps::{
    ARTICLE, annotation, check_file, download, finished, kept, mark, marks, paste, press, read,
};
use serde_json::json;
use thirtyfour::prelude::*;

/// Waits for the message above the view and gives it.
async fn notice(page: &Page) -> WebDriverResult<String> {
    page.until_js(
        "something is said",
        "return (document.querySelector('#notice p')?.textContent ?? '').length > 10",
    )
    .await?;
    page.text("#notice").await
}

async fn close_notice(page: &Page) -> Outcome {
    page.css("#close-notice").await?.click().await?;
    page.until_js("the message is closed", "return !document.querySelector('#notice')").await
}

/// Opens a file of these bytes (a JS expression) by the page's file field.
async fn open_file(page: &Page, name: &str, bytes: &str) -> Outcome {
    page.driver
        .execute(
            format!(
                "const files = new DataTransfer();
                 files.items.add(new File([{bytes}], arguments[0]));
                 const field = document.querySelector('#file');
                 field.files = files.files;
                 field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
            ),
            vec![json!(name)],
        )
        .await
        .map(drop)
}

#[test]
fn nothing_to_read_is_said() {
    run("nothing", async |page| {
        page.open().await?;
        for typed in ["", "   ", "\u{a0}\t"] {
            page.css("#paste").await?.send_keys(typed).await?;
            page.css("#read").await?.click().await?;
            assert!(notice(&page).await?.contains("no text"), "{typed:?}");
            close_notice(&page).await?;
            page.css("#paste").await?.clear().await?;
        }
        for pasted in [" \n\n\t ", "\u{feff}", "\u{200b}\u{200b}"] {
            page.css("#paste").await?.click().await?;
            paste(&page, pasted).await?;
            assert!(notice(&page).await?.contains("no text"), "{pasted:?}");
            close_notice(&page).await?;
        }
        Ok(())
    });
}

#[test]
fn files_that_are_no_text_are_named() {
    run("files", async |page| {
        page.open().await?;
        for (name, bytes, word) in [
            ("report.pdf", "'%PDF-1.7 and so on'", "PDF"),
            ("photo.png", "new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])", "picture"),
            ("zeros.bin", "new Uint8Array(5000)", "binary"),
            ("empty.txt", "''", "empty.txt"),
            ("other.json", "'{\"a\": 1}'", "no text with annotations"),
            ("cut.json", "'{\"format\": \"galley\", \"version\": 1, '", "cannot be opened"),
        ] {
            open_file(&page, name, bytes).await?;
            let said = notice(&page).await?;
            assert!(said.contains(word), "{name}: {said}");
            page.css("#paste").await?;
            close_notice(&page).await?;
        }
        Ok(())
    });
}

#[test]
fn odd_characters_and_broken_pages_are_read() {
    run("odd", async |page| {
        page.open().await?;
        // NUL bytes and half surrogates, straight from JavaScript.
        open_file(&page, "nul.txt", "'Mayor Ann Ray spoke in Leeds on 3 May 2021. \\0 She gave no reason for it at all, and left.'").await?;
        finished(&page).await?;
        assert!(notice(&page).await?.contains("invisible"));
        kept(&page).await?;
        let file = download(&page).await;
        let text = "Mayor Ann Ray spoke in Leeds on 3 May 2021. \0 She gave no reason for it at all, and left.";
        check_file(&file?, text);
        page.css("#close").await?.click().await?;

        page.css("#paste").await?;
        page.eval(
            "const field = document.querySelector('#paste');
             field.value = 'Ann Ray \\ud83d spoke \\udc00 in Leeds on Friday.';
             document.querySelector('#read').click();",
        )
        .await?;
        finished(&page).await?;
        assert!(notice(&page).await?.contains("could not be read"));
        page.css("#close").await?.click().await?;

        // A web page whose end is missing, with scripts and styles: nothing of it runs or is shown.
        let broken = "<!DOCTYPE html><html><head><title>T</title><style>p{color:red}</style>\
            <script>window.ran = true</script></head><body><div style='color:red' onclick='window.ran=1'><h1>Mayor resigns</h1>\
            <p>Mayor <b>Ann Ray</b> &amp; two aides resigned in Leeds on Friday.<img src=x onerror='window.ran = true'>\
            <p>&ldquo;It is over,&rdquo; she said. <table><tr><td>left over <scr";
        page.css("#paste").await?.click().await?;
        paste(&page, broken).await?;
        finished(&page).await?;
        let shown = page.text("#article").await?;
        assert!(shown.contains("Ann Ray") && shown.contains("“It is over,” she said."), "{shown}");
        assert!(!shown.contains("color:red") && !shown.contains('<'), "{shown}");
        assert_eq!(page.eval("return window.ran ?? null").await?, json!(null));
        Ok(())
    });
}

#[test]
fn ten_megabytes_are_begun_and_can_be_given_up_and_more_is_refused_in_words() {
    run("ten-megabytes", async |page| {
        page.open().await?;
        let sentence = "'Mayor Ann Ray spoke in Leeds on 3 May 2021.\\n\\n'";
        open_file(&page, "huge.txt", &format!("{sentence}.repeat(1_500_000)")).await?;
        assert!(notice(&page).await?.contains("at most"));
        page.css("#paste").await?;
        close_notice(&page).await?;
        open_file(&page, "long.txt", &format!("{sentence}.repeat(220_000)")).await?;
        page.css("#article mark[data-kind=person]").await?;
        page.css("#cancel").await?.click().await?;
        page.until_js("it is given up", "return !document.querySelector('#reading')").await?;
        // Whatever it left, the next text is read as ever.
        if page.all("#close").await?.len() == 1 {
            page.css("#close").await?.click().await?;
        }
        open_file(&page, "short.txt", "'Mayor Bea Roe spoke in Leeds on 3 May 2021.'").await?;
        finished(&page).await?;
        assert!(page.text("#article").await?.contains("Bea Roe"));
        page.css("#article mark[data-kind=person]").await?;
        Ok(())
    });
}

#[test]
fn a_page_that_stops_says_so_and_has_lost_nothing() {
    run("farewell", async |page| {
        page.expect_console_errors();
        read(&page, ARTICLE).await?;
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        press(&page, "accept").await?;
        kept(&page).await?;
        let done = marks(&page).await?;
        assert!(!page.css("#farewell").await?.is_displayed().await?);
        // The page's own program is asked for more room than there is, and ends in a trap.
        page.eval_async(
            "const { js } = document.querySelector('script[data-js]').dataset;
             const { default: init } = await import(new URL(js, document.baseURI).href);
             const program = await init();
             setTimeout(() => program.__wbindgen_malloc(0xfffffff0, 1));",
        )
        .await?;
        page.until_js(
            "it says that it has stopped",
            "return !document.querySelector('#farewell').hidden",
        )
        .await?;
        page.screenshot("farewell").await?;
        let said = page.text("#farewell").await?;
        assert!(said.contains("Your edits are saved"), "{said}");
        page.css("#farewell a").await?.click().await?;
        finished(&page).await?;
        assert_eq!(marks(&page).await?, done);
        Ok(())
    });
}

#[test]
fn a_reader_that_cannot_start_is_said_and_the_text_is_there_to_mark() {
    run_without("worker_bg.wasm", "no-reader", async |page| {
        page.expect_console_errors();
        page.open().await?;
        page.css("#paste").await?.click().await?;
        paste(&page, ARTICLE).await?;
        assert!(notice(&page).await?.contains("does not start"));
        finished(&page).await?;
        crate::steps::select(&page, "Laura Bennett", 0).await?;
        page.css("#chips [data-label=PERSON]").await?.click().await?;
        page.css("mark[data-label=PERSON][data-status=added]").await?;
        Ok(())
    });
}

#[test]
fn a_full_storage_is_said_with_the_way_out() {
    run("full", async |page| {
        read(&page, ARTICLE).await?;
        kept(&page).await?;
        page.eval(
            "IDBObjectStore.prototype.put = () => {
                 throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
             };",
        )
        .await?;
        mark(&page, "Laura Bennett", 0).await?.click().await?;
        press(&page, "accept").await?;
        let said = notice(&page).await?;
        assert!(said.contains("storage is full") && said.contains("Download"), "{said}");
        page.css("#saved[data-state=failed]").await?;
        page.screenshot("storage-full").await?;
        let file = download(&page).await?;
        let status = &annotation(&file, "Laura Bennett", 0)["status"];
        assert_eq!(status, "accepted");
        Ok(())
    });
}

#[test]
fn a_text_in_another_language_is_said_and_can_be_marked_by_hand() {
    run("language", async |page| {
        let text = "Der Stadtrat hat am Donnerstag beschlossen, die Hälfte der Straßenlampen nach elf Uhr \
            abzuschalten. Die Bürgermeisterin Ines Vogt sagte, man habe lange darüber gesprochen, und es sei an der \
            Zeit, dass die Stadt in den Nächten wieder dunkel werde.";
        read(&page, text).await?;
        let said = notice(&page).await?;
        assert!(said.contains("does not look like English"), "{said}");
        crate::steps::select(&page, "Stadtrat", 0).await?;
        page.css("#chips [data-label=ORG]").await?.click().await?;
        page.css("mark[data-label=ORG][data-status=added]").await?;
        close_notice(&page).await?;
        page.css("#close").await?.click().await?;
        page.css("#paste").await?.click().await?;
        paste(&page, ARTICLE).await?;
        finished(&page).await?;
        assert!(page.all("#notice").await?.is_empty());
        Ok(())
    });
}

/// A narrow column with cut words and soft hyphens, as PDF files and web pages give them.
#[test]
fn a_column_out_of_a_pdf_reads_as_an_article() {
    let text = "Council backs new\nbridge at Fern Hill\n\nFERN HILL — The town\ncouncil voted on Tues-\nday to build a bridge.\n“It is a good day,” May-\nor Anneke Dros-\nter said. The bridge\nopens on May 3, 2019, she\nsaid.\n\nTom Ver\u{ad}beek, who runs\na mill, called it a waste.";
    run("column", async |page| {
        read(&page, text).await?;
        assert_eq!(page.text("#article h2").await?, "Council backs new bridge at Fern Hill");
        assert_eq!(page.all("#article p").await?.len(), 2);
        // By the words as they are drawn: the line end is a blank.
        mark(&page, "Anneke Dros- ter", 0).await?.click().await?;
        let what = page.text("#popover-what").await?;
        assert!(what.starts_with("Person"), "{what}");
        page.keys(Key::Escape + "").await?;
        let file = download(&page).await?;
        check_file(&file, text);
        let names: Vec<_> = file["entities"].as_array().unwrap().iter().collect();
        for name in ["Anneke Droster", "Tom Verbeek"] {
            assert!(names.iter().any(|e| e["name"] == name), "{names:?}");
        }
        let quote = annotation(&file, "“It is a good day,”", 0);
        assert_eq!(quote["speaker"]["name"], "Anneke Droster");
        assert_eq!(annotation(&file, "May 3, 2019", 0)["timex"]["value"], "2019-05-03");
        annotation(&file, "Tues-\nday", 0);
        Ok(())
    });
}
