//! What newsrooms have, read as articles: pages in the shapes of publishing systems, office documents, mail,
//! tables, archives, and what is refused.

#[path = "made.rs"]
mod made;

use galley_intake::{Article, IntakeError, read, read_all};
use serde_json::Value;

const SYSTEMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/intake/systems");
const ARTICLES: &str = include_str!("../data/intake/articles.json");

/// A page of a publishing system with an article in it. `{{title}}` and so on are the article's fields;
/// `{{body1 <p>|</p>}}` is its first half, each paragraph between these.
fn made_page(template: &str, article: &Value) -> String {
    let paragraphs: Vec<&str> =
        article["paragraphs"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    let (first, second) = paragraphs.split_at(paragraphs.len() / 2);
    let mut page = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap();
        page.push_str(before);
        rest = after;
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        match name.split_once(' ') {
            Some((part, around)) => {
                let (open, close) = around.split_once('|').unwrap();
                let part = if part == "body1" { first } else { second };
                part.iter().for_each(|p| page.push_str(&format!("{open}{}{close}\n", escape(p))));
            }
            None if name == "body_json" => {
                let json = serde_json::to_string(&paragraphs.join("\n\n")).unwrap();
                page.push_str(json.trim_matches('"'));
            }
            None if name == "path" => {
                page.push_str(&article["day"].as_str().unwrap().replace('-', "/"))
            }
            None => page.push_str(&escape(article[name].as_str().unwrap())),
        }
    }
    page + rest
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// F1 of two texts' words, each counted as often as it stands.
fn word_f1(got: &str, want: &str) -> f64 {
    let (got, want) = (words(got), words(want));
    let mut left = got.clone();
    let shared = want.iter().filter(|word| {
        let at = left.iter().position(|w| w == *word);
        at.map(|at| left.swap_remove(at)).is_some()
    });
    2.0 * shared.count() as f64 / (got.len() + want.len()).max(1) as f64
}

#[test]
fn pages_of_publishing_systems() {
    let mut systems: Vec<_> =
        std::fs::read_dir(SYSTEMS).unwrap().map(|entry| entry.unwrap().path()).collect();
    systems.sort();
    assert!(systems.len() >= 15);
    let articles: Vec<Value> = serde_json::from_str(ARTICLES).unwrap();
    let (mut pages, mut titles, mut bylines, mut dates, mut captions) = (0, 0, 0, 0, 0);
    let mut all = 0.0;
    let mut wrong = Vec::new();
    for path in &systems {
        let template = std::fs::read_to_string(path).unwrap();
        for wanted in &articles {
            let page = made_page(&template, wanted);
            let article = read("page.html", page.as_bytes()).unwrap().remove(0);
            let field = |name: &str| wanted[name].as_str().unwrap();
            pages += 1;
            let mut check = |name: &str, got: Option<&str>, want: &str| {
                let is_right = got == Some(want);
                if !is_right {
                    wrong.push(format!(
                        "{}: {name} {got:?}, not {want:?}",
                        path.file_name().unwrap().display()
                    ));
                }
                usize::from(is_right)
            };
            titles += check("title", article.title.as_deref(), field("title"));
            bylines += check("byline", article.byline.as_deref(), field("byline"));
            dates +=
                check("date", article.published.as_deref().and_then(|d| d.get(..10)), field("day"));
            let mut body: Vec<&str> = Vec::new();
            for part in ["standfirst", "caption"] {
                body.extend(template.contains(&format!("{{{{{part}}}}}")).then(|| field(part)));
            }
            if template.contains("What happens now") {
                body.push("What happens now");
            }
            body.extend(wanted["paragraphs"].as_array().unwrap().iter().filter_map(Value::as_str));
            let head = [article.title.clone(), article.byline.as_ref().map(|b| format!("By {b}"))];
            let mut text = article.text.as_str();
            for part in head.iter().flatten() {
                text = text.strip_prefix(part.as_str()).unwrap_or(text).trim_start();
            }
            let f1 = word_f1(text, &body.join(" "));
            all += f1;
            if f1 < 0.99 {
                wrong.push(format!(
                    "{}: body {f1:.3}\n{text}\n",
                    path.file_name().unwrap().display()
                ));
            }
            if template.contains("{{caption}}") {
                let is_caption = article.captions.iter().any(|c| c.contains(field("caption")));
                wrong.extend((!is_caption).then(|| format!("{}: no caption", path.display())));
                captions += usize::from(!is_caption);
            }
        }
    }
    let n = f64::from(pages);
    let share = |count: usize| count as f64 / n;
    let figures = format!(
        "{pages} pages: title {:.3}, byline {:.3}, date {:.3}, word F1 {:.4}",
        share(titles),
        share(bylines),
        share(dates),
        all / n
    );
    println!("{figures}\n{}", wrong.join("\n"));
    let is_good = share(titles) >= 0.95
        && share(bylines) >= 0.95
        && share(dates) >= 0.95
        && captions == 0
        && all / n >= 0.97;
    assert!(is_good, "{figures}\n{}", wrong.join("\n"));
}

fn one(name: &str, bytes: &[u8]) -> Article {
    let mut articles = read(name, bytes).unwrap_or_else(|why| panic!("{name}: {why}"));
    assert_eq!(articles.len(), 1, "{name}");
    articles.remove(0)
}

#[test]
fn office_documents() {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>{}</w:p><w:p>{}<w:del><w:r><w:delText>dry </w:delText></w:r></w:del>{}<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p><w:p/><w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl><w:p>{}<w:r><w:br/></w:r>{}</w:p>",
        run("Rain in L&#225;gos"),
        run("It "),
        run("rained &amp; rained 👍."),
        run("a"),
        run("b"),
        run("c"),
        run("d"),
        run("One"),
        run("two."),
    );
    let article = one("a.docx", &made::docx(&body));
    assert_eq!(article.title.as_deref(), Some("Rain in Lágos"));
    assert_eq!(article.text, "Rain in Lágos\n\nIt rained & rained 👍.\n\na\tb\nc\td\n\nOne\ntwo.");
    assert_eq!(article.id.as_deref(), Some("a"));
    let body = "<text:p text:style-name=\"P1\">Rain in Lagos</text:p><text:p>It<text:s text:c=\"2\"/>rained\n  and<text:span> rained</text:span>.<office:annotation><text:p>no</text:p></office:annotation></text:p><text:h>Later</text:h><text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>";
    let article = one("a.odt", &made::odt(body));
    assert_eq!(article.title.as_deref(), Some("Rain in Lagos"));
    assert_eq!(article.text, "Rain in Lagos\n\nIt  rained and rained.\n\nLater\n\none");
    // Whatever its name is.
    assert_eq!(one("upload", &made::odt(body)).text, article.text);
}

#[test]
fn archives_of_files() {
    let inner = made::zip(&[
        ("b.txt", b"Two."),
        ("pictures/x.png", b"\x89PNG"),
        ("c.docx", b"PK\x03\x04 broken"),
    ]);
    let zip = made::zip(&[
        ("news/a.txt", b"One."),
        ("inner.zip", &inner),
        ("__MACOSX/a.txt", b"no"),
        ("rows.csv", b"id,text\n1,Three.\n2,Four.\n"),
    ]);
    let reading = read_all("all.zip", &zip).unwrap();
    let texts: Vec<&str> = reading.articles.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(texts, ["Two.", "One.", "Three.", "Four."]);
    assert_eq!(reading.articles[0].name, "all.zip/inner.zip/b.txt");
    assert_eq!(reading.left_out.len(), 1, "{:?}", reading.left_out);
    // A part that claims a gigabyte.
    let mut bomb = zip.clone();
    let at = bomb.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    bomb[at + 24..at + 28].copy_from_slice(&0x4000_0000u32.to_le_bytes());
    assert_eq!(read("bomb.zip", &bomb), Err(IntakeError::ZipBomb));
}

#[test]
fn a_pdf_of_two_pages() {
    let long = [
        "It rained in Lagos for the third day in a row on Monday, and the gov-",
        "ernor said that he saw no end of it before the week-end, if at all.",
        "“We have no pumps,” he said.",
    ];
    let mut first: Vec<(f32, f32, f32, String)> = vec![
        (8.0, 60.0, 815.0, "The Post, page 1".to_owned()),
        (24.0, 60.0, 760.0, "Rain stops the city".to_owned()),
        (24.0, 60.0, 732.0, "for a third day".to_owned()),
    ];
    let mut y = 690.0;
    for paragraph in 0..2 {
        for line in long {
            first.push((10.0, 60.0, y, line.to_owned()));
            y -= 12.5;
        }
        y -= if paragraph == 0 { 10.0 } else { 0.0 };
    }
    first.push((
        10.0,
        60.0,
        y - 20.0,
        "The last paragraph of the page has no end here because it goes on".to_owned(),
    ));
    let second = vec![
        (8.0, 60.0, 815.0, "The Post, page 2".to_owned()),
        (10.0, 60.0, 760.0, "over there.".to_owned()),
    ];
    let article = one("a.pdf", &made::pdf(&[first, second]));
    assert_eq!(article.title.as_deref(), Some("Rain stops the city for a third day"));
    let paragraph = "It rained in Lagos for the third day in a row on Monday, and the governor said that he saw no end of it before the week-end, if at all. “We have no pumps,” he said.";
    assert_eq!(
        article.text,
        format!(
            "Rain stops the city for a third day\n\n{paragraph}\n\n{paragraph}\n\nThe last paragraph of the page has no end here because it goes on over there."
        )
    );
    assert_eq!(read("scan.pdf", &made::pdf(&[Vec::new()])), Err(IntakeError::ScannedPdf));
    assert!(matches!(read("a.pdf", b"%PDF-1.4 nothing"), Err(IntakeError::Broken(_))));
}

#[test]
fn what_is_refused_says_why() {
    let deep = format!("<?xml version=\"1.0\"?><w:document>{}", "<w:a>".repeat(2000));
    let deep = made::zip(&[("word/document.xml", deep.as_bytes())]);
    let deep_page = "<div>".repeat(200_000);
    for (name, bytes, word) in [
        ("a.docx", deep.as_slice(), "within parts"),
        ("a.html", deep_page.as_bytes(), "within parts"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".docx"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.zip", b"PK\x03\x04 broken", "damaged"),
        ("a.html", b"<html><body><nav>Home</nav></body></html>", "without readable text"),
        ("a.csv", b"a,b\n1,2\n", "a, b"),
        ("a.json", b"{\"format\":\"galley\",\"version\":1}", "galley convert"),
        ("a.bin", b"\0\0\0\0\0\0\0\0\0\0", "binary"),
        ("a.rtf", b"{\\rtf1 }", "no text"),
    ] {
        let why = read(name, bytes).unwrap_err().to_string();
        assert!(why.contains(word), "{name}: {why}");
    }
    let large = vec![b'x'; galley_intake::MAX_FILE_BYTES + 1];
    assert!(
        read("a.txt", &large).unwrap_err().to_string().contains("64 MB")
            || read("a.txt", &large).unwrap_err().to_string().contains("67 MB")
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, name in "[a-z]{0,3}\\.(txt|json|jsonl|html|md|csv|eml|mhtml|rtf|pdf|zip|docx|odt|fodt)", at: usize, byte: u8) {
        let _ = read(&name, &bytes);
        for mut file in [made::docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>"), made::odt("<text:p>a</text:p>"), made::pdf(&[vec![(10.0, 60.0, 700.0, "a".to_owned())]])] {
            let at = at % file.len();
            file[at] = byte;
            let _ = read(&name, &file);
            file.truncate(at);
            let _ = read("a", &file);
        }
    }
}
