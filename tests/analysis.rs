//! The whole way from a text to its document: what must hold of any text, and what must be read
//! in two articles of the same shape (one of our own, always; one that only stands beside the
//! project's working copy).
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use galley_engine::document::{Annotation, Body, Document, Label, QuoteKind};
use galley_engine::text::OffsetMap;
use galley_engine::{Models, Options, analyze};
use galley_formats::galley_json as json;
use proptest::prelude::*;

/// Has a quote model been trained and committed?
fn has_quotes() -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/model/quotes.bin").exists()
}

/// The models of the working copy.
fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/model");
        let read = |name: &str| std::fs::read(dir.join(name)).unwrap();
        let mut models = Models {
            entities: galley_engine::entities::Model::from_bytes(&read("entities.bin")).unwrap(),
            ..Models::default()
        };
        if has_quotes() {
            models.quotes = galley_engine::quotes::Model::from_bytes(&read("quotes.bin")).unwrap();
        }
        models
    })
}

fn read(text: &str) -> Document {
    analyze(text, &Options::default(), models()).unwrap()
}

/// What must hold of every document, whatever the text.
fn check(text: &str) -> Document {
    let document = read(text);
    assert_eq!(document, read(text), "not deterministic");
    document.check().unwrap();
    let ids: BTreeSet<_> = document.annotations.iter().map(|a| &a.id).collect();
    assert_eq!(ids.len(), document.annotations.len());
    let map = OffsetMap::new(&document.text);
    let whole = document.text.as_str();
    let utf16: Vec<u16> = whole.encode_utf16().collect();
    let points: Vec<char> = whole.chars().collect();
    for annotation in &document.annotations {
        let span = annotation.span;
        let cut = document.text.slice(span);
        assert!(!cut.is_empty());
        assert_eq!(whole.get(span.range()), Some(cut));
        let range = map.point_of_byte(span.start())..map.point_of_byte(span.end());
        assert_eq!(points[range].iter().collect::<String>(), cut);
        let range = map.utf16_of_byte(span.start())..map.utf16_of_byte(span.end());
        assert_eq!(String::from_utf16(&utf16[range]).unwrap(), cut);
    }
    let written = json::write(&document, false).unwrap();
    let again = json::read(&written).unwrap();
    assert_eq!(json::write(&again, false).unwrap(), written);
    document
}

/// Pieces that the engines look for, between any characters at all.
fn any_article() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "Jane Doe", "Mr. ", "Doe", "the UK", "Kabul", "Reuters", "(AP)", "said", "he said",
            "according to", "On Thursday", "last week", "by May", "2021-07-23", "23 July 2021",
            "\"", "“", "”", "‘", "’", "'", "''", "``", "«", "»", ", ", ". ", "? ", "\n", "\n\n",
            " — ", "(", ")", "-", "By ", "Photo: ", "KABUL (Reuters) - ", "$5 million", "two",
            "per cent", "9 p.m.", "U.S.", "three days ago", "Published ", "<meta content=\"",
        ]).prop_map(str::to_owned),
        4 => Just(" ".to_owned()),
        2 => "[A-Za-z]{1,9}",
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec![
            "\r\n", "\r", "\0", "\u{feff}", "\u{2028}", "\u{a0}", "👩‍👩‍👧", "🇩🇪", "e\u{301}",
            "\u{301}", "שלום", "\u{202e}", "İ", "ß", "日本", "ﬁ", "\u{1f3fb}", "\u{ad}", "-\n",
            "Wed-\nnesday", "Jane D\u{ad}oe", "o\u{fb03}ce", "\u{200b}", "\u{2060}", "\u{2010}\n",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|p| p.concat())
}

proptest! {
    #[test]
    fn every_text_has_a_sound_document(text in any_article()) {
        check(&text);
    }
}

#[test]
fn odd_texts_have_sound_documents() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "\0\0\0",
        "\u{feff}",
        "%PDF-1.4\n%\u{fffd}\u{fffd}\u{fffd}\n1 0 obj\n<< /Type /Catalog >>\nendobj",
        "<html><body><p>Unclosed <b>It rained in Kabul on Monday.</p",
        "{\"format\":\"galley\",\"version\":1}",
        "“He said “that “she said “no",
        "MR MR MR MR MR. J. K. L. M. N. O.",
    ] {
        check(text);
    }
}

/// What is found: label, value or speaker, and the words without what typesetting left in them.
fn findings(document: &Document) -> Vec<String> {
    let told = |a: &Annotation| {
        let what = match &a.body {
            Body::Entity(e) => e.label.name().to_owned(),
            Body::Date(d) => d.timex.value.to_string(),
            Body::Quote(q) => {
                let speaker = q.speaker.as_ref().and_then(|s| s.name.as_deref());
                format!("{:?} by {speaker:?}", q.kind)
            }
        };
        let words = document.text.slice(a.span).replace('\u{ad}', "");
        let words = words.replace('\u{fb01}', "fi").replace('\n', " ");
        format!("{words} = {what}")
    };
    document.annotations.iter().map(told).collect()
}

#[test]
fn a_text_out_of_a_pdf_is_read_as_the_text_itself() {
    for article in [include_str!("data/articles/harbour.txt"), OURS] {
        let clean = check(article);
        assert!(clean.annotations.len() > 20);
        // Soft hyphens behind the fourth letter of longer words, and ligatures.
        let mut foul = String::new();
        let mut letters = 0;
        for c in article.chars() {
            letters = if c.is_alphabetic() { letters + 1 } else { 0 };
            if letters == 5 {
                foul.push('\u{ad}');
            }
            foul.push(c);
        }
        let foul = foul.replace("fi", "\u{fb01}");
        assert!(foul.contains('\u{fb01}'));
        assert_eq!(findings(&check(&foul)), findings(&clean));
    }
    // A column of 28 characters.
    let column = "The council of Port Merrow\nvoted on Wednesday to keep\nthe ferries. “Nobody wants\nto swim home,” Mayor Ruth\nOkafor said. She has told\nthe company to answer by\nJune 2024, according to the\nMerrow Courier.";
    let cut = column
        .replace("Wednesday to", "Wed-\nnesday to")
        .replace("Okafor", "Oka-\nfor")
        .replace("company", "com-\npany");
    let read = |text: &str| findings(&check(text)).join("\n").replace("- ", "");
    assert_eq!(read(&cut), read(column));
    assert!(read(column).contains("Direct by Some(\"Ruth Okafor\")"));
    // A headline and a speaker on two lines are told on one.
    let wrapped = "Ferries are to go on through\nthe winter\n\nThe harbour master of Port\nMerrow said that the ferries\nwould run until spring, and\nthat nobody should worry at\nall about the winter.";
    let document = check(wrapped);
    let title = document.title.as_deref();
    assert_eq!(title, Some("Ferries are to go on through the winter"));
    let (_, name) = spoken(&document, "would run until spring");
    assert_eq!(name.as_deref(), Some("The harbour master of Port Merrow"));
}

#[test]
fn options_are_obeyed() {
    let text = "On Thursday Jane Doe said it had rained in Kabul.";
    let options = Options {
        id: Some("x".to_owned()),
        published: galley_engine::calendar::Stamp::parse("2021-07-23"),
        ..Options::default()
    };
    let document = analyze(text, &options, models()).unwrap();
    assert_eq!(document.id.as_deref(), Some("x"));
    assert_eq!(value(&document, "Thursday"), "2021-07-22");
    let mut without = options;
    without.skip.entities = true;
    without.skip.dates = true;
    without.skip.quotes = true;
    let document = analyze(text, &without, models()).unwrap();
    assert!(document.annotations.is_empty() && document.entities.is_empty());
}

/// Pieces that make odd long texts when they are repeated, each with a name.
const PIECES: [(&str, &str); 38] = [
    ("story", "Jane Doe said on Monday that it had rained in Kabul. \"It rained,\" she said.\n\n"),
    (
        "one paragraph",
        "Jane Doe said on Monday that it had rained in Kabul. \"It rained,\" she said. ",
    ),
    ("opening marks", "“He said "),
    ("straight marks", "\" '"),
    ("brackets", "(("),
    ("stops", ". "),
    ("dots", "."),
    ("one word", "a"),
    ("one capital word", "Ab"),
    ("one word of capitals", "A"),
    ("capitals", "A. B. "),
    ("titles", "Mr. "),
    ("hyphens", "a-"),
    ("numbers", "1,2.3 "),
    ("digits", "12"),
    ("clock", "9:15:"),
    ("dates", "3 May 2021, "),
    ("months", "May May, "),
    ("months to come", "two days later, "),
    ("lines", "A\n"),
    ("blank lines", "\n"),
    ("spaces", " "),
    ("tags", "<meta "),
    ("credits", "(photo: "),
    ("links", "http://a.b/"),
    ("mail", "a@b."),
    ("emoji", "👩‍"),
    ("accents", "e\u{301}"),
    ("null bytes", "\0"),
    ("acronyms", "Acme Group (AG) "),
    ("said", "said said "),
    ("commas", ", "),
    ("commas and names", "Jane Doe, "),
    ("that", "that he said that "),
    ("cut words", "on Wed-\nnesday "),
    ("cut at every line", "ab-\n"),
    ("soft hyphens", "a\u{ad}"),
    ("ligatures", "\u{fb01}"),
];

#[test]
fn texts_of_one_piece_are_read() {
    for (_, piece) in PIECES {
        read(&piece.repeat(8_000 / piece.len()));
    }
}

/// Ten times the text takes about ten times as long, however the text is made.
#[test]
#[ignore = "looks at the clock: cargo xtask bench linear"]
#[allow(clippy::disallowed_methods, reason = "it takes the time")]
fn time_grows_linearly_with_the_text() {
    let mut slow = Vec::new();
    for (name, piece) in PIECES {
        let time = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let run = || {
                let start = std::time::Instant::now();
                read(&text);
                start.elapsed()
            };
            // The best of several: another process may be busy beside any one of them.
            let best = (0..3).map(|_| run()).min().unwrap();
            best.as_secs_f64()
        };
        let (small, large) = (time(8_000), time(64_000));
        // Eight times the text; a quadratic step would take 64 times as long.
        if large > small.max(0.002) * 24.0 {
            slow.push(format!(
                "{name}: {:.1} ms for 8 kB, {:.1} ms for 64 kB",
                small * 1e3,
                large * 1e3
            ));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

/// The annotations whose text is `text`.
fn marks<'d>(document: &'d Document, text: &'d str) -> impl Iterator<Item = &'d Annotation> {
    document.annotations.iter().filter(move |a| document.text.slice(a.span) == text)
}

/// The labels under which `text` was marked as a name, each once.
fn labels(document: &Document, text: &str) -> Vec<Label> {
    let all = marks(document, text).filter_map(|a| match &a.body {
        Body::Entity(entity) => Some(entity.label),
        _ => None,
    });
    all.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The values of every date written so; joined when they differ.
fn value(document: &Document, text: &str) -> String {
    let all = marks(document, text).filter_map(|a| match &a.body {
        Body::Date(date) => Some(date.timex.value.to_string()),
        _ => None,
    });
    let all: BTreeSet<String> = all.collect();
    all.into_iter().collect::<Vec<_>>().join(" ")
}

/// The entity that mentions `text`, by its canonical name.
fn entity(document: &Document, text: &str) -> Option<String> {
    let id = marks(document, text).find_map(|a| a.entity().cloned())?;
    document.entity(&id).map(|e| e.name.clone())
}

/// Facts of an article, checked all at once so that a failure shows every one.
struct Facts<'a> {
    title: &'a str,
    published: &'a str,
    dates: &'a [(&'a str, &'a str)],
    people: &'a [&'a str],
    organisations: &'a [&'a str],
    places: &'a [&'a str],
    peoples: &'a [&'a str],
    entities: &'a [(&'a str, &'a str)],
    // Words inside a quote's parts, its kind, and who speaks them.
    quotes: &'a [(&'a str, QuoteKind, &'a str)],
}

fn prove(document: &Document, facts: &Facts<'_>) {
    let mut wrong = Vec::new();
    let mut claim = |what: String, got: String, want: &str| {
        if got != want {
            wrong.push(format!("{what}: {got}, not {want}"));
        }
    };
    claim("title".into(), document.title.clone().unwrap_or_default(), facts.title);
    let published = document.published.map(|p| p.to_string());
    claim("published".into(), published.unwrap_or_default(), facts.published);
    for (text, want) in facts.dates {
        claim((*text).into(), value(document, text), want);
    }
    for (list, family) in [
        (facts.people, &[Label::Person][..]),
        (facts.organisations, &[Label::Org]),
        (facts.places, &[Label::Gpe, Label::Loc, Label::Fac]),
        (facts.peoples, &[Label::Norp]),
    ] {
        for text in list {
            let got = labels(document, text);
            let fits = !got.is_empty() && got.iter().all(|l| family.contains(l));
            claim((*text).into(), format!("{got:?} {fits}"), &format!("{got:?} true"));
        }
    }
    for (text, want) in facts.entities {
        claim(format!("{text} is"), entity(document, text).unwrap_or_default(), want);
    }
    if has_quotes() {
        for &(words, kind, want) in facts.quotes {
            let (got_kind, got) = spoken(document, words);
            claim(format!("“{words}”"), got.unwrap_or_default(), want);
            let direct = |k: Option<QuoteKind>| format!("{:?}", k.map(|k| k == QuoteKind::Direct));
            claim(format!("“{words}” direct"), direct(got_kind), &direct(Some(kind)));
        }
    } else {
        let _ = writeln!(std::io::stderr(), "left out: quotes, there is no www/model/quotes.bin");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The kind and the speaker's resolved name of the quote that holds these words.
fn spoken(document: &Document, words: &str) -> (Option<QuoteKind>, Option<String>) {
    let quotes = document.annotations.iter().filter_map(|a| match &a.body {
        Body::Quote(quote) => Some(quote),
        _ => None,
    });
    let holds = |part: &galley_engine::text::Span| document.text.slice(*part).contains(words);
    let quote = quotes.into_iter().find(|q| q.parts.iter().any(holds));
    let name = quote.and_then(|q| q.speaker.as_ref()?.name.clone());
    (quote.map(|q| q.kind), name)
}

const OURS: &str = include_str!("data/articles/patrols.txt");

#[test]
fn our_article_is_read() {
    let document = check(OURS);
    prove(
        &document,
        &Facts {
            title: "Ministry confirms naval searches against smugglers off Yemen",
            published: "2022-08-11T18:05:00",
            dates: &[
                ("Tuesday", "2022-08-09"),
                ("Monday night", "2022-08-08TNI"),
                ("last Saturday", "2022-08-06"),
                ("March", "2022-03"),
                ("October 15", "2022-10-15"),
                ("June", "2022-06"),
                ("2022-08-11 18:05:00", "2022-08-11T18:05:00"),
            ],
            people: &[
                "Laura Bennett", "Khalid Mansour", "Emmanuel Macron", "Karin Lindqvist",
                "ANNA LINDT",
            ],
            organisations: &["Reuters", "REUTERS"],
            places: &["Yemen", "Aden", "UK", "Bab al Khair"],
            peoples: &["Yemeni", "French"],
            entities: &[("Macron", "Emmanuel Macron"), ("REUTERS", "Reuters"), ("UK", "UK")],
            quotes: &[
                ("we reject every one of them", QuoteKind::Direct, "Khalid Mansour"),
                ("a plain breach of the Muscat deal", QuoteKind::Direct, "Khalid Mansour"),
                ("they will have to answer", QuoteKind::Direct, "Khalid Mansour"),
                ("French ships will leave", QuoteKind::Indirect, "Emmanuel Macron"),
            ],
        },
    );
}

#[test]
fn the_article_that_was_asked_for_is_read() {
    let shared = std::env::var_os("GALLEY_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = shared.join("articles/pentagon-airstrikes.txt");
    let Ok(text) = std::fs::read_to_string(&path) else {
        // Not by println!, which the test runner keeps to itself.
        let _ = writeln!(std::io::stderr(), "left out: {} is not there", path.display());
        return;
    };
    let document = check(&text);
    prove(
        &document,
        &Facts {
            title: text.lines().next().unwrap(),
            published: "2021-07-23T19:27:00",
            dates: &[
                ("Thursday", "2021-07-22"),
                ("Wednesday night", "2021-07-21TNI"),
                ("last Friday", "2021-07-16"),
                ("September 11", "2021-09-11"),
                ("May", "2021-05"),
                ("April", "2021-04"),
                ("2021-07-23 19:27:00", "2021-07-23T19:27:00"),
            ],
            people: &[
                "Danish Siddiqui", "BOB STRONG", "John Kirby", "Zabihullah Mujahid", "Joe Biden",
            ],
            organisations: &["Reuters", "Taliban", "Pentagon"],
            places: &["Spin Boldak", "Kandahar", "Afghanistan", "Kabul", "Doha", "Qatar", "US"],
            peoples: &["Afghan"],
            entities: &[("Biden", "Joe Biden"), ("REUTERS", "Reuters")],
            quotes: &[
                ("We confirm these airstrikes", QuoteKind::Direct, "Zabihullah Mujahid"),
                ("a clear attack", QuoteKind::Direct, "Zabihullah Mujahid"),
                ("If they conduct any operation", QuoteKind::Direct, "Zabihullah Mujahid"),
                ("air attacks had been carried out", QuoteKind::Indirect, "John Kirby"),
                ("US forces will leave", QuoteKind::Indirect, "Joe Biden"),
            ],
        },
    );
}
