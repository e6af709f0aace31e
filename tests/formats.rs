//! Documents in every format: out.
#![cfg(not(target_arch = "wasm32"))]

#[path = "formats/helpers.rs"]
mod helpers;
#[path = "formats/sample.rs"]
mod sample;
#[path = "formats/wellformed.rs"]
mod wellformed;

use galley_engine::Document;
use galley_engine::document::Body;
use galley_formats::{ExportDocument, FORMATS, Format, galley_json as json};
use serde_json::Value;

use helpers::{WHOLE, marks, opened, parsed, points, text, written};
use sample::{document, sample};

#[test]
fn every_format_has_a_name_of_its_own() {
    for (i, format) in FORMATS.iter().enumerate() {
        assert_eq!(Format::by_id(format.id).unwrap().name, format.name);
        assert!(
            FORMATS
                .iter()
                .skip(i + 1)
                .all(|f| f.id != format.id && f.extension != format.extension)
        );
        assert!(format.extension.starts_with('.') && format.media_type.contains('/'));
    }
    assert_eq!(FORMATS[0].id, "galley", "what Ctrl+S gives comes first");
}

#[test]
fn galley_json_is_the_file_itself() {
    for document in [sample(), Document::default()] {
        assert_eq!(text("galley", &document), json::write(&document, true).unwrap());
    }
}

#[test]
fn what_a_format_lacks_is_said() {
    let document = sample();
    let export = ExportDocument::new(&document).unwrap();
    let lost = |word: &str| Format::by_id(word).unwrap().losses(&export);
    assert_eq!(lost("galley"), "");
    for (whole, _) in WHOLE {
        assert_eq!(lost(whole), "", "{whole}");
    }
    assert_eq!(
        lost("conll"),
        "2 quotes, 1 nested span, 2 date values, 2 speakers, 1 cue, 2 entities with their mentions, 1 decision, certainty, 1 rejected mark, title and publication date, line ends and blanks of the text"
    );
    assert_eq!(lost("tei"), "1 cue, 1 decision, certainty, 1 rejected mark");
    assert!(lost("csv").starts_with("5 names, 2 dates, "));
    for format in FORMATS {
        assert_eq!(format.losses(&ExportDocument::new(&Document::default()).unwrap()), "");
    }
}

#[test]
fn spacy_reads_its_own_shape() {
    let document = sample();
    let doc = parsed("spacy", &document);
    let text = document.text.as_str();
    assert_eq!(doc["text"], text);
    let tokens = doc["tokens"].as_array().unwrap();
    // spaCy glues the words together again: with one blank after a token, or none.
    let mut at = 0;
    for (i, token) in tokens.iter().enumerate() {
        let start = token["start"].as_u64().unwrap();
        assert_eq!(token["id"], i);
        assert!(
            start == at || start == at + 1 && points(text, &at.into(), &start.into()) == " ",
            "{token}"
        );
        at = token["end"].as_u64().unwrap();
    }
    assert!(at as usize + 1 >= text.chars().count());
    let starts = |v: &Value| tokens.iter().any(|t| t["start"] == *v);
    let ends = |v: &Value| tokens.iter().any(|t| t["end"] == *v);
    let spans = doc["spans"]["sc"].as_array().unwrap();
    assert_eq!(spans.len(), 9);
    let speakers = doc["spans"]["speakers"].as_array().unwrap();
    assert_eq!(doc["spans"]["quotes"].as_array().unwrap().len(), speakers.len());
    assert_eq!(points(text, &speakers[0]["start"], &speakers[0]["end"]), "Ann 👩‍👧 Ray");
    let mut last = 0;
    for span in doc["ents"].as_array().unwrap() {
        assert!(span["start"].as_u64().unwrap() >= last, "entities stand side by side");
        last = span["end"].as_u64().unwrap();
    }
    for span in spans {
        assert!(starts(&span["start"]) && ends(&span["end"]), "{span}");
    }
    assert_eq!(points(text, &spans[0]["start"], &spans[0]["end"]), "Ann 👩‍👧 Ray");
    assert_eq!(spans[0]["label"], "PERSON");
}

#[test]
fn prodigy_counts_tokens() {
    let document = sample();
    let task = parsed("prodigy", &document);
    let text = document.text.as_str();
    let tokens = task["tokens"].as_array().unwrap();
    for token in tokens {
        assert_eq!(token["text"].as_str().unwrap(), points(text, &token["start"], &token["end"]));
    }
    for span in task["spans"].as_array().unwrap() {
        let of = |name: &str| &tokens[span[name].as_u64().unwrap() as usize];
        assert_eq!(of("token_start")["start"], span["start"]);
        assert_eq!(of("token_end")["end"], span["end"]);
    }
    assert_eq!(task["meta"]["title"], "Cafés");
    assert_eq!(task["answer"], "accept");
}

#[test]
fn doccano_cuts_code_points() {
    let document = sample();
    let line = parsed("doccano", &document);
    let marks: Vec<String> = line["label"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| points(document.text.as_str(), &l[0], &l[1]))
        .collect();
    assert_eq!(marks[..2], ["Ann 👩‍👧 Ray", "Thursday"]);
    assert_eq!(line["label"][0][2], "PERSON");
}

#[test]
fn conll_has_a_token_a_line() {
    let got = text("conll", &sample());
    let want = "-DOCSTART- -X- -X- O\n\nAnn -X- -X- B-PERSON\n👩‍👧 -X- -X- I-PERSON\nRay -X- -X- I-PERSON\nsaid -X- -X- O\non -X- -X- O\nThursday -X- -X- B-DATE\n: -X- -X- O\n“ -X- -X- O\nWe -X- -X- O\nopen -X- -X- O\nin -X- -X- O\nRio -X- -X- B-Port_of_call\nde -X- -X- I-Port_of_call\n";
    assert!(got.starts_with(want), "{got}");
    for line in got.lines().filter(|l| !l.is_empty()) {
        assert_eq!(line.split(' ').count(), 4, "{line}");
    }
    // A label inside another sentence's never goes on with I- after an O.
    let mut before = "O";
    for line in got.lines() {
        let tag = line.rsplit(' ').next().unwrap();
        assert!(!tag.starts_with("I-") || before[1..] == tag[1..], "{line}");
        before = tag;
    }
}

#[test]
fn a_table_of_quotes_is_safe_to_open() {
    let got = text("csv", &sample());
    let lines: Vec<&str> = got.split("\r\n").collect();
    assert_eq!(lines[0], "speaker,quote,date,kind,named as,cue,published,start,end,article");
    assert_eq!(
        lines[1],
        "Ann Ray,\"We open in Rio de “Janeiro”, and soon.\",2021-07-22,direct,Ann 👩‍👧 Ray,said,2021-07-23T19:27:00,30,70,cafe"
    );
    assert_eq!(
        lines[2],
        "'=cmd()|' /C calc'!A0,\"She \"\"smiled\"\"\n= twice\",,mixed,,,2021-07-23T19:27:00,71,91,cafe"
    );
    assert_eq!(lines[3], "");
}

#[test]
fn tables_of_names_and_dates_have_a_row_each() {
    let document = sample();
    let rows = |word: &str| -> Vec<Vec<String>> {
        let mut table = csv::ReaderBuilder::new();
        let bytes = written(word, &document);
        table
            .has_headers(false)
            .from_reader(&*bytes)
            .into_records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    };
    let names = rows("entities-csv");
    assert_eq!(
        names[0],
        [
            "entity", "label", "mention", "certainty", "status", "start", "end", "sentence",
            "article"
        ]
    );
    let sentence = "Ann 👩‍👧 Ray said on Thursday: “We open in Rio de “Janeiro”, and soon.”";
    assert_eq!(
        names[1],
        ["Ann Ray", "PERSON", "Ann 👩‍👧 Ray", "0.98", "machine", "0", "11", sentence, "cafe"]
    );
    assert_eq!(names.len(), 6);
    let amount = names.iter().find(|row| row[1] == "PERCENT").unwrap();
    assert_eq!((amount[0].as_str(), amount[2].as_str(), amount[3].as_str()), ("", "50 %", "0.9"));
    let dates = rows("dates-csv");
    assert_eq!(
        dates[0][..7],
        ["date", "type", "value", "modifier", "from", "to", "resolved against"]
    );
    assert_eq!(
        dates[1][..9],
        [
            "Thursday", "DATE", "2021-07-22", "", "2021-07-22", "2021-07-22", "published", "1",
            "corrected"
        ]
    );
    assert_eq!(dates.len(), 3);
    for row in names[1..].iter().chain(&dates[1..]) {
        let at = row.iter().rposition(|cell| cell.parse::<usize>().is_ok()).unwrap();
        let [start, end] = [at - 1, at].map(|i| Value::from(row[i].parse::<usize>().unwrap()));
        let words = points(document.text.as_str(), &start, &end);
        assert!(row.contains(&words), "{row:?}");
    }
}

/// A table read by a spreadsheet runs nothing, whatever the names in it.
#[test]
fn no_cell_of_a_table_is_a_formula() {
    let text = "=SUM(1) @cmd +1 -2 ＝x";
    let marks: Vec<String> = text
        .split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.chars().count() + 1;
            Some(format!(
                r#"{{"id":"a{start}","kind":"entity","label":"ORG","start":{start},"end":{},"text":"{word}","entity":"e{start}","confidence":1,"status":"machine"}}"#,
                *at - 1
            ))
        })
        .collect();
    let file = format!(
        r#"{{"format":"galley","version":1,"document":{{"id":"=a","language":"en","text":"{text}"}},"annotations":[{}]}}"#,
        marks.join(",")
    );
    let (document, _) = json::salvage(&file).unwrap();
    let table = self::text("entities-csv", &document);
    let mut table = csv::Reader::from_reader(table.as_bytes());
    let mut rows = 0;
    for row in table.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '@', '+', '-', '＝']), "{cell}");
        }
        rows += 1;
    }
    assert_eq!(rows, 5);
}

#[test]
fn xml_and_html_are_well_formed() {
    let document = sample();
    let tei = text("tei", &document);
    wellformed::check(&tei, true);
    for part in [
        "<person xml:id=\"e0\"><persName>Ann Ray</persName><persName>Ann 👩‍👧 Ray</persName></person>",
        "<persName xml:id=\"a0\" ref=\"#e0\">Ann 👩‍👧 Ray</persName> said on <date xml:id=\"a1\" when=\"2021-07-22\" n=\"2021-07-22\">Thursday</date>",
        "<said xml:id=\"a2\" direct=\"true\" who=\"#e0\" corresp=\"#a0\">“We open in <name xml:id=\"a3\" type=\"Port_of_call\" ref=\"#e1\" n=\"Port of call\">Rio de “<persName xml:id=\"a4\">Janeiro</persName>”</name>, and soon.”</said>",
        "prev=\"#a5\"",
    ] {
        assert!(tei.contains(part), "{part}\nis not in\n{tei}");
    }
    let html = text("html", &document);
    wellformed::check(&html, false);
    assert!(!html.contains("<script") && html.contains("default-src 'none'"));
    assert!(
        html.contains("<mark class=\"p\" title=\"PERSON in Port of call in QUOTE\">Janeiro</mark>"),
        "{html}"
    );
}

#[test]
fn the_interactive_page_finds_its_people_and_runs_nothing_else() {
    let mut document = sample();
    document.title = Some("</title><script>alert(1)</script>".to_owned());
    document.entities[0].name = "<img src=x onerror=alert(1)>".to_owned();
    let html = text("interactive", &document);
    let (markup, script) = html.split_once("<script nonce=").unwrap();
    wellformed::check(&format!("{markup}</body></html>"), false);
    assert_eq!(html.matches("<script").count(), 1);
    assert!(!html.contains("<img") && !script.contains("//"));
    let nonce = script.split('"').nth(1).unwrap();
    assert!(nonce.len() == 64 && markup.contains(&format!("script-src 'nonce-{nonce}'")));
    assert!(markup.contains("default-src 'none'") && !markup.contains("://"));
    assert!(
        markup.contains("data-kinds=\"p x q\" data-entities=\"e1\" title=\"PERSON\n"),
        "{markup}"
    );
    assert!(markup.contains("data-entity=\"e0\" aria-pressed=\"false\""));
}

#[test]
fn timeml_holds_timex3() {
    let tml = text("timeml", &sample());
    wellformed::check(&tml, true);
    assert!(tml.contains("<DCT><TIMEX3 tid=\"t0\" type=\"TIME\" value=\"2021-07-23T19:27:00\""));
    let date = "on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2021-07-22\" temporalFunction=\"true\" anchorTimeID=\"t0\">Thursday</TIMEX3>:";
    assert!(tml.contains(date), "{tml}");
    assert!(tml.contains("value=\"P2D\">two days</TIMEX3>"));
}

#[test]
fn label_studio_gets_its_configuration() {
    let xml = text("label-studio-config", &sample());
    wellformed::check(&xml, true);
    for label in ["PERSON", "MONEY", "DATE", "QUOTE", "Port of call"] {
        assert_eq!(xml.matches(&format!("<Label value=\"{label}\"")).count(), 1, "{label}");
    }
    // The names are those in the file of annotations.
    let tasks = parsed("label-studio", &sample());
    for result in tasks[0]["annotations"][0]["result"].as_array().unwrap() {
        if let Some(control) = result["from_name"].as_str() {
            assert!(xml.contains(&format!("name=\"{control}\" toName=\"text\"")), "{control}");
        }
    }
}

/// Markdown without the signs that mean nothing in it.
fn without_escapes(markdown: &str) -> String {
    let mut chars = markdown.chars();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            c => out.push(c),
        }
    }
    out
}

#[test]
fn markdown_highlights_and_lists() {
    let markdown = text("markdown", &sample());
    assert!(markdown.starts_with("---\ntitle: \"Cafés\"\npublished: \"2021-07-23T19:27:00\"\npeople: [\"Ann Ray\"]\n---\n"), "{markdown}");
    assert!(
        markdown.contains(
            "==Ann 👩‍👧 Ray== said on ==Thursday==: “We open in ==Rio de “Janeiro”==, and soon.”"
        ),
        "{markdown}"
    );
    assert!(markdown.contains("> — Ann Ray, 2021-07-22"));
    assert!(markdown.contains("left \\<b\\>."));
    for line in markdown.lines() {
        assert_eq!(without_escapes(line).matches("==").count() % 2, 0, "{line}");
    }
}

#[test]
fn w3c_says_words_and_places() {
    let document = sample();
    let page = parsed("w3c", &document);
    let items = page["items"].as_array().unwrap();
    let selectors = &items[0]["target"]["selector"];
    assert_eq!(selectors[0]["exact"], "Ann 👩‍👧 Ray");
    assert_eq!(selectors[0]["prefix"], "");
    assert_eq!(selectors[0]["suffix"], " said on Thursday: “We open in R");
    assert_eq!((selectors[1]["start"].as_u64(), selectors[1]["end"].as_u64()), (Some(0), Some(11)));
    assert_eq!(items[1]["body"][1]["value"], "2021-07-22");
}

#[test]
fn label_studio_counts_code_points() {
    let document = sample();
    let tasks = parsed("label-studio", &document);
    let mut labels = 0;
    for region in tasks[0]["annotations"][0]["result"].as_array().unwrap() {
        if region["type"] == "labels" {
            let value = &region["value"];
            assert_eq!(
                value["text"],
                points(document.text.as_str(), &value["start"], &value["end"])
            );
            labels += 1;
        }
    }
    assert_eq!(labels, 9);
}

/// Files of before 2022, and Galley's own until then.
#[test]
fn label_studio_in_utf16_units_is_read_too() {
    let document = sample();
    let mut tasks = parsed("label-studio", &document);
    for region in tasks[0]["annotations"][0]["result"].as_array_mut().unwrap() {
        for name in ["start", "end"] {
            if let Some(point) = region["value"][name].as_u64() {
                let before = document.text.as_str().chars().take(point as usize);
                region["value"][name] = before.map(char::len_utf16).sum::<usize>().into();
            }
        }
    }
    let (back, left) = opened(&[("a.json", tasks.to_string().as_bytes())]);
    assert_eq!((left.len(), back), (0, document));
}

/// A date with the span of a quote, a document without names.
#[test]
fn tei_puts_speech_around_what_it_holds() {
    let json = r#"{"format":"galley","version":1,"document":{"language":"en","text":"Then “March 8” came."},"annotations":[
        {"id":"a1","kind":"date","start":5,"end":14,"text":"“March 8”","timex":{"type":"DATE","value":"XXXX-03-08"},"confidence":1,"status":"machine"},
        {"id":"a2","kind":"quote","label":"direct","start":6,"end":13,"text":"March 8","parts":[[6,13]],"cue":[],"speaker":null,"strength":"speech","confidence":1,"status":"machine"}]}"#;
    let document = json::read(json).unwrap();
    let tei = text("tei", &document);
    wellformed::check(&tei, true);
    assert!(!tei.contains("standOff"), "{tei}");
    let said = tei.find("<said").unwrap();
    let date = tei[said..].find("<date").unwrap();
    assert!(tei[said..][date..].contains("</date></said>"), "{tei}");
}

#[test]
fn doccano_rows_have_all_keys_in_ascii() {
    for document in [sample(), Document::default()] {
        let row = text("doccano", &document);
        assert!(row.is_ascii());
        let row: Value = serde_json::from_str(&row).unwrap();
        assert!(row["title"].is_string() && row["published"].is_string(), "{row}");
        assert_eq!(row["text"], document.text.as_str());
    }
}

/// A date's value that was changed where it is described.
#[test]
fn w3c_describing_is_read_back() {
    let document = sample();
    let mut page = parsed("w3c", &document);
    page["items"][1]["body"][1]["value"] = "1999-01-01".into();
    let (back, _) = opened(&[("a.jsonld", page.to_string().as_bytes())]);
    let Body::Date(date) = &back.annotations[1].body else { panic!() };
    assert_eq!(date.timex.value.to_string(), "1999-01-01");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_document_goes_out_and_comes_back(document in document()) {
        let want = document.clone();
        for (word, name) in WHOLE {
            let (back, left) = opened(&[(name, &written(word, &document))]);
            proptest::prop_assert!(left.is_empty(), "{word}: {left:?}");
            proptest::prop_assert_eq!(&back.text, &want.text, "{}", word);
            proptest::prop_assert_eq!(&back.annotations, &want.annotations, "{}", word);
            // An entity that only a rejected mark names does not come along.
            proptest::prop_assert!(back.entities.iter().all(|e| want.entities.iter().any(|w| w.id == e.id && w.name == e.name)), "{}", word);
        }
    }

    #[test]
    fn labels_of_any_document_come_back(document in document()) {
        for (word, name) in [("doccano", "a.jsonl"), ("doccano-relations", "a.jsonl")] {
            let (back, left) = opened(&[(name, &written(word, &document))]);
            proptest::prop_assert!(left.is_empty(), "{word}: {left:?}");
            proptest::prop_assert_eq!(&back.text, &document.text);
            proptest::prop_assert_eq!(marks(&back), marks(&document));
        }
        // XML has no control characters, and marks in white space between paragraphs are nowhere.
        let (back, left) = opened(&[("a.xml", &written("tei", &document))]);
        proptest::prop_assert!(left.is_empty(), "{left:?}");
        proptest::prop_assert_eq!(back.text.as_str().chars().count(), document.text.as_str().chars().count());
        let (got, want) = (marks(&back), marks(&document));
        proptest::prop_assert!(got.len() <= want.len());
        for (start, end, label) in got {
            let is_there = want.iter().any(|w| w.0 <= start && end <= w.1 && w.2 == label);
            proptest::prop_assert!(is_there, "{start} {end} {label} {want:?}");
        }
        // Tokens and tags stay as they are, whatever stands between them.
        let conll = written("conll", &document);
        if String::from_utf8_lossy(&conll).lines().filter(|line| !line.is_empty()).count() > 1 {
            let (back, _) = opened(&[("a.conll", &conll)]);
            let words = |bytes: &[u8]| {
                let text = String::from_utf8(bytes.to_vec()).unwrap();
                text.lines().filter_map(|line| line.split(' ').next().map(str::to_owned)).filter(|w| w != "-DOCSTART-").collect::<String>()
            };
            proptest::prop_assert_eq!(words(&written("conll", &back)), words(&conll));
        }
    }

    #[test]
    fn any_document_is_written_soundly(document in document()) {
        let text = document.text.as_str();
        wellformed::check(&self::text("tei", &document), true);
        wellformed::check(&self::text("html", &document), false);
        for xml in ["timeml", "label-studio-config"] {
            wellformed::check(&self::text(xml, &document), true);
        }
        let interactive = self::text("interactive", &document);
        let (markup, _) = interactive.split_once("<script nonce=").unwrap();
        wellformed::check(&format!("{markup}</body></html>"), false);
        for line in self::text("markdown", &document).split('\n') {
            let marks = without_escapes(line).matches("==").count();
            proptest::prop_assert!(marks.is_multiple_of(2), "{line}");
        }
        for word in ["spacy", "prodigy"] {
            let written = parsed(word, &document);
            let tokens = written["tokens"].as_array().unwrap();
            let spans = match word { "spacy" => &written["spans"]["sc"], _ => &written["spans"] };
            for span in spans.as_array().unwrap() {
                let words = points(text, &span["start"], &span["end"]);
                proptest::prop_assert_eq!(words.trim(), &words);
                proptest::prop_assert!(tokens.iter().any(|t| t["start"] == span["start"]));
                proptest::prop_assert!(tokens.iter().any(|t| t["end"] == span["end"]));
            }
            // What stands between tokens is at most one blank.
            let mut at = 0usize;
            for token in tokens {
                let start = token["start"].as_u64().unwrap() as usize;
                proptest::prop_assert!(start == at || start == at + 1 && text.chars().nth(at) == Some(' '));
                at = token["end"].as_u64().unwrap() as usize;
            }
        }
        let conll = self::text("conll", &document);
        let mut before = "O".to_owned();
        for line in conll.split('\n') {
            let columns: Vec<&str> = line.split_whitespace().collect();
            proptest::prop_assert!(columns.is_empty() || columns.len() == 4, "{line:?}");
            let tag = columns.last().copied().unwrap_or("");
            let sound = !tag.starts_with("I-") || before.get(1..) == tag.get(1..);
            proptest::prop_assert!(sound, "{line:?}");
            before = tag.to_owned();
        }
    }

    #[test]
    fn any_file_is_opened_or_refused(bytes: Vec<u8>, at: usize, byte: u8, cut: usize) {
        let _ = galley_formats::import(vec![("a.ann".to_owned(), bytes.clone()), ("a.txt".to_owned(), bytes.clone())]);
        for (word, name) in [("w3c", "a.jsonld"), ("label-studio", "a.json"), ("brat", "a.zip"), ("spacy", "a.jsonl"), ("prodigy", "a.jsonl"), ("doccano-relations", "a.jsonl"), ("tei", "a.xml"), ("conll", "a.conll"), ("galley", "a.galley.json")] {
            let mut file = written(word, &sample());
            let at = at % file.len();
            file[at] = byte;
            file.truncate(file.len() - cut % 40);
            if word == "galley" {
                let _ = json::salvage(&String::from_utf8_lossy(&file));
                continue;
            }
            let found = galley_formats::import(vec![(name.to_owned(), file)]).unwrap_or_default();
            for (document, _) in found.into_iter().flatten() {
                proptest::prop_assert!(document.check().is_ok());
            }
        }
    }
}
