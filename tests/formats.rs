//! Documents in every format: out, and in again.
#![cfg(not(target_arch = "wasm32"))]

#[path = "formats/sample.rs"]
mod sample;
#[path = "formats/wellformed.rs"]
mod wellformed;

use galley_engine::Document;
use galley_engine::document::{Body, Status};
use galley_formats::{ExportDocument, FORMATS, Format, galley_json as json};
use serde_json::Value;

use sample::{document, sample};

fn written(word: &str, document: &Document) -> Vec<u8> {
    let format = Format::by_id(word).unwrap();
    format.write(&ExportDocument::new(document).unwrap())
}

fn text(word: &str, document: &Document) -> String {
    String::from_utf8(written(word, document)).unwrap()
}

fn parsed(word: &str, document: &Document) -> Value {
    serde_json::from_slice(&written(word, document)).unwrap()
}

/// The document that a file of this name and these bytes holds, and what was left out of it.
fn opened(files: &[(&str, &[u8])]) -> (Document, Vec<String>) {
    let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
    let mut found = galley_formats::import(files.collect()).unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap()
}

fn points(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

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
    for whole in ["w3c", "label-studio", "brat"] {
        assert_eq!(lost(whole), "", "{whole}");
    }
    assert_eq!(
        lost("conll"),
        "2 quotes, 1 nested span, 2 date values, 2 speakers, 2 entities with their mentions, 1 decision, certainty, 1 rejected mark, title and publication date, line ends and blanks of the text"
    );
    assert_eq!(lost("tei"), "1 decision, certainty, 1 rejected mark");
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
        "<said xml:id=\"a2\" direct=\"true\" who=\"#e0\">“We open in <name xml:id=\"a3\" type=\"Port_of_call\" ref=\"#e1\">Rio de “<persName xml:id=\"a4\">Janeiro</persName>”</name>, and soon.”</said>",
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

#[test]
fn what_is_carried_comes_back() {
    let document = sample();
    for (word, name) in [("w3c", "a.jsonld"), ("label-studio", "a.json"), ("brat", "a.zip")] {
        let (back, left) = opened(&[(name, &written(word, &document))]);
        assert_eq!(left, [""; 0], "{word}");
        assert_eq!(back, document, "{word}");
    }
}

#[test]
fn what_was_changed_there_is_changed_here() {
    let document = sample();
    let mut tasks = parsed("label-studio", &document);
    let regions = tasks[0]["annotations"][0]["result"].as_array_mut().unwrap();
    regions[0]["value"]["labels"][0] = "ORG".into();
    let date = regions.iter_mut().find(|r| r["from_name"] == "value").unwrap();
    date["value"]["text"][0] = "2021-07-15".into();
    let quote = regions.iter_mut().find(|r| r["value"]["labels"][0] == "QUOTE").unwrap();
    quote["value"]["end"] = 43.into();
    let relation = regions.iter_mut().find(|r| r["type"] == "relation").unwrap();
    relation["to_id"] = "a4".into();
    let (back, left) = opened(&[("a.json", tasks.to_string().as_bytes())]);
    assert_eq!(left, [""; 0]);
    let [who, when, said, ..] = &back.annotations[..] else { panic!() };
    let Body::Entity(who) = &who.body else { panic!() };
    assert_eq!(who.label.name(), "ORG");
    let Body::Date(when) = &when.body else { panic!() };
    assert_eq!(when.timex.value.to_string(), "2021-07-15");
    let Body::Quote(quote) = &said.body else { panic!() };
    assert_eq!(back.text.slice(quote.parts[0]), "We open in R");
    let speaker = quote.speaker.as_ref().unwrap();
    assert_eq!(speaker.name.as_deref(), Some("Rio de “Janeiro”"));
}

/// What a person did in another program, as each of them writes it down; the file afterwards.
type Elsewhere = fn(&Document) -> Vec<(&'static str, Vec<u8>)>;

/// Where a4 ends without its last character.
fn end_of_a4(document: &Document) -> usize {
    let export = ExportDocument::new(document).unwrap();
    export.annotations().iter().find(|a| a.annotation.id.0 == "a4").unwrap().end_point - 1
}

fn in_label_studio(document: &Document) -> Vec<(&'static str, Vec<u8>)> {
    let mut tasks = parsed("label-studio", document);
    let results = tasks[0]["annotations"][0]["result"].as_array_mut().unwrap();
    results.retain(|r| r["id"] != "a8");
    for result in results.iter_mut() {
        match (result["id"].as_str(), result["type"].as_str()) {
            (Some("a7"), _) => result["value"]["labels"][0] = "ORG".into(),
            (Some("a4"), _) => result["value"]["end"] = end_of_a4(document).into(),
            (Some("a2"), Some("textarea")) => result["value"]["text"][0] = "1999-01-01".into(),
            _ => {}
        }
    }
    results.push(
        serde_json::json!({"id": "Xy1_-", "from_name": "label", "to_name": "text", "type": "labels",
        "value": {"start": 17, "end": 19, "text": "on", "labels": ["ORG"]}}),
    );
    vec![("a.json", tasks.to_string().into_bytes())]
}

fn in_w3c(document: &Document) -> Vec<(&'static str, Vec<u8>)> {
    let mut page = parsed("w3c", document);
    let items = page["items"].as_array_mut().unwrap();
    items.retain(|item| !item["id"].as_str().unwrap().ends_with("#a8"));
    for item in items.iter_mut() {
        match item["id"].as_str().unwrap().rsplit('#').next().unwrap() {
            "a7" => item["body"][0]["value"] = "ORG".into(),
            "a4" => {
                item["target"]["selector"][1]["end"] = end_of_a4(document).into();
                item["target"]["selector"][0]["exact"] = "Rio de “Janeiro".into();
            }
            "a2" => item["body"][1]["value"] = "1999-01-01".into(),
            _ => {}
        }
    }
    items.push(serde_json::json!({"id": "http://example.org/Xy1_-", "type": "Annotation",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "ORG"},
        "target": {"selector": {"type": "TextPositionSelector", "start": 17, "end": 19}}}));
    vec![("a.jsonld", page.to_string().into_bytes())]
}

/// brat has no field for a date's value: it stays.
fn in_brat(document: &Document) -> Vec<(&'static str, Vec<u8>)> {
    let zip = written("brat", document);
    let mut files = zip_files(&zip);
    let ann = files.iter_mut().find(|(name, _)| name.ends_with(".ann")).unwrap();
    let number = |id: &str| {
        1 + document
            .annotations
            .iter()
            .filter(|a| a.status != Status::Rejected)
            .position(|a| a.id.0 == id)
            .unwrap()
    };
    let (relabelled, moved, gone) = (number("a7"), number("a4"), number("a8"));
    let mut lines = vec!["T99\tORG 17 19\ton".to_owned()];
    for line in String::from_utf8(ann.1.clone()).unwrap().lines() {
        let id = line.split('\t').next().unwrap();
        let on = line.split_whitespace().nth(2);
        if id == format!("T{gone}") || on == Some(&format!("T{gone}")) {
            continue;
        }
        let line = match id {
            id if id == format!("T{relabelled}") => line.replace("PERSON", "ORG"),
            id if id == format!("T{moved}") => {
                let end = end_of_a4(document);
                line.replace(&format!(" {}\t", end + 1), &format!(" {end}\t"))
            }
            _ => line.to_owned(),
        };
        lines.push(line);
    }
    ann.1 = (lines.join("\n") + "\n").into_bytes();
    let name = |name: &str| match name {
        name if name.ends_with(".ann") => "cafe.ann",
        name if name.ends_with(".txt") => "cafe.txt",
        name if name.ends_with(".json") => "cafe.before.galley.json",
        _ => "annotation.conf",
    };
    files.into_iter().map(|(n, bytes)| (name(&n), bytes)).collect()
}

fn zip_files(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let archive = rawzip::ZipArchive::from_slice(zip).unwrap();
    let mut files = Vec::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().unwrap() {
        let name = String::from_utf8(entry.file_path().as_bytes().to_vec()).unwrap();
        let packed = archive.get_entry(entry.wayfinder()).unwrap().data();
        files.push((name, miniz_oxide::inflate::decompress_to_vec(packed).unwrap()));
    }
    files
}

#[test]
fn a_persons_work_elsewhere_is_a_persons_here() {
    let document = sample();
    let rows: [(&str, Elsewhere); 3] =
        [("label-studio", in_label_studio), ("w3c", in_w3c), ("brat", in_brat)];
    for (word, elsewhere) in rows {
        let files = elsewhere(&document);
        let files: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (*n, b.as_slice())).collect();
        let (back, left) = opened(&files);
        assert_eq!(left, [""; 0], "{word}");
        let of = |id: &str| back.annotations.iter().find(|a| a.id.0 == id).unwrap();
        let was = |id: &str| document.annotations.iter().find(|a| a.id.0 == id).unwrap();
        // Relabelled, moved: corrected, and what the machine had read is kept.
        for id in ["a7", "a4"] {
            let (now, was) = (of(id), was(id));
            assert_eq!(now.status, Status::Corrected, "{word} {id}");
            let machine = now.machine.as_ref().unwrap();
            assert_eq!((machine.span, &machine.body), (was.span, &was.body), "{word} {id}");
            assert_eq!(machine.confidence, was.confidence);
        }
        let Body::Entity(name) = &of("a7").body else { panic!() };
        assert_eq!(name.label.name(), "ORG");
        assert_eq!(back.text.slice(of("a4").span), "Rio de “Janeiro");
        // Taken out: rejected. Left alone, also what was rejected before: as it was.
        assert_eq!(of("a8").status, Status::Rejected, "{word}");
        for id in ["a1", "a3", "a5", "a6", "a9", "b1"] {
            assert_eq!(of(id), was(id), "{word}");
        }
        // A value that another program changed has its own interval, and hangs on nothing.
        let Body::Date(date) = &of("a2").body else { panic!() };
        if word != "brat" {
            assert_eq!(date.timex.value.to_string(), "1999-01-01");
            assert_eq!(date.interval.as_ref().unwrap().from, "1999-01-01");
            assert_eq!(date.timex.anchor, galley_engine::document::Anchor::None);
            let Body::Date(machine) = &of("a2").machine.as_ref().unwrap().body else { panic!() };
            assert_eq!(machine.timex.value.to_string(), "2021-07-29", "the first reading");
        }
        // New: added, the others keep their ids.
        let new = back.annotations.iter().find(|a| a.status == Status::Added).unwrap();
        assert_eq!(back.text.slice(new.span), "on", "{word}");
        assert!(document.annotations.iter().all(|a| a.id != new.id));
        assert_eq!(back.annotations.len(), document.annotations.len() + 1);
        back.check().unwrap();
    }
}

#[test]
fn a_speaker_taken_away_or_renamed_elsewhere_is_so_here() {
    let document = sample();
    let mut tasks = parsed("label-studio", &document);
    let results = tasks[0]["annotations"][0]["result"].as_array_mut().unwrap();
    results.retain(|r| r["type"] != "relation");
    let (back, _) = opened(&[("a.json", tasks.to_string().as_bytes())]);
    let of =
        |back: &Document, id: &str| back.annotations.iter().find(|a| a.id.0 == id).unwrap().clone();
    let said = of(&back, "a3");
    let Body::Quote(quote) = &said.body else { panic!() };
    assert_eq!((quote.speaker.as_ref(), said.status), (None, Status::Corrected));
    assert_eq!(of(&back, "a6").status, Status::Machine, "its speaker was no mark");

    let mut page = parsed("w3c", &document);
    for item in page["items"].as_array_mut().unwrap() {
        match item["id"].as_str().unwrap().rsplit('#').next().unwrap() {
            "a1" => item["body"][1]["value"] = "Annabel Ray".into(),
            "a6" => item["body"][1]["value"] = "Tom Low".into(),
            _ => {}
        }
    }
    let (back, left) = opened(&[("a.jsonld", page.to_string().as_bytes())]);
    assert_eq!(left, [""; 0]);
    assert_eq!(back.entities[0].name, "Annabel Ray");
    let Body::Quote(quote) = of(&back, "a6").body else { panic!() };
    assert_eq!(quote.speaker.unwrap().name.as_deref(), Some("Tom Low"));
}

#[test]
fn gaps_of_a_mark_in_pieces_are_named() {
    let ann = b"T1\tPerson 0 3;8 11\tAnn Ray\nN1\tReference T1 Wikidata:Q1\tAnn Ray\nE1\tMeet:T1\n";
    let (document, left) = opened(&[("a.ann", ann), ("a.txt", b"Ann and Ray met.")]);
    assert_eq!(document.text.slice(document.annotations[0].span), "Ann and Ray");
    let wanted = [
        "T1: the gaps between its 2 pieces",
        "N1: normalisation “Reference T1 Wikidata:Q1”",
        "E1: event “Meet:T1”",
    ];
    assert_eq!(left, wanted);
}

#[test]
fn files_of_others_are_read() {
    // brat's own, with CRLF in the text: it counts both.
    let txt = "\u{feff}Ann Ray\r\nsaid “no”.\r\nShe left Oslo 👍 today.\r\n".as_bytes();
    let ann = "T1\tPerson 1 8\tAnn Ray\nT2\tQuote 15 19\t“no”\nT3\tPerson 22 25\tShe\nT4\tCity 31 35\tOslo\nT5\tDate 38 43\ttoday\nR1\tSpeaker Arg1:T2 Arg2:T1\t\n*\tEquiv T1 T3\nA1\tNegation T2\n#1\tAnnotatorNotes T4\tin Norway\nT6\tCity 90 95\tParis\n".as_bytes();
    let (document, left) = opened(&[("news/one.ann", ann), ("news/one.txt", txt)]);
    let texts: Vec<&str> =
        document.annotations.iter().map(|a| document.text.slice(a.span)).collect();
    assert_eq!(texts, ["Ann Ray", "“no”", "She", "Oslo", "today"]);
    assert_eq!(left.len(), 3, "{left:?}");
    assert_eq!(left[0], "A1: attribute “Negation T2”");
    assert_eq!(left[1], "#1: note “in Norway”");
    assert!(left[2].contains("is no stretch of the text"), "{left:?}");
    let Body::Quote(quote) = &document.annotations[1].body else { panic!() };
    assert_eq!(document.text.slice(quote.parts[0]), "no");
    assert_eq!(quote.speaker.as_ref().unwrap().name.as_deref(), Some("Ann Ray"));
    assert_eq!(document.entities[0].mentions.len(), 2, "She is Ann Ray");
    assert_eq!(document.id.as_deref(), Some("one"));
    // Label Studio without anything of ours, a prediction, a text under another name.
    let tasks = r#"[{"id":3,"data":{"article":"👍 Ann Ray left."},"annotations":[],"predictions":[{"result":[
        {"value":{"start":2,"end":9,"labels":["PER"]},"id":"x","from_name":"l","to_name":"t","type":"labels"},
        {"value":{"choices":["yes"]},"id":"y","from_name":"c","to_name":"t","type":"choices"}]}]}]"#;
    let (document, left) = opened(&[("tasks.json", tasks.as_bytes())]);
    assert_eq!((left.len(), document.entities[0].name.as_str()), (0, "Ann Ray"));
    assert_eq!(document.entities[0].label.name(), "PERSON");
    // W3C, by words alone, with its text beside it.
    let one = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id":"http://example.org/anno1","type":"Annotation",
        "body":{"type":"TextualBody","value":"ship","purpose":"tagging"},
        "target":{"source":"http://example.org/","selector":{"type":"TextQuoteSelector","exact":"Rose","prefix":"The "}}}"#;
    let (document, left) =
        opened(&[("a.jsonld", one.as_bytes()), ("a.txt", b"A rose. Rose. The Rose sailed.")]);
    assert_eq!((left.len(), document.annotations[0].span.start()), (0, 18));
    assert_eq!(document.annotations[0].id.0, "anno1");
}

#[test]
fn files_that_are_none_are_refused_in_words() {
    for (name, bytes) in [
        ("a.json", &b"[]"[..]),
        ("a.json", b"{\"a\":1}"),
        ("a.json", b"{\"a\":"),
        ("a.ann", b"T1\tPerson 0 1\ta"),
        ("a.zip", b"PK\x03\x04 nothing"),
        ("a.jsonld", b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"items\":[]}"),
    ] {
        let why = galley_formats::import(vec![(name.to_owned(), bytes.to_vec())]).unwrap_err().0;
        assert!(
            why.contains("no text with annotations") || why.contains("damaged"),
            "{name}: {why}"
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_document_goes_out_and_comes_back(document in document()) {
        let want = document.clone();
        for (word, name) in [("w3c", "a.jsonld"), ("label-studio", "a.json"), ("brat", "a.zip")] {
            let (back, left) = opened(&[(name, &written(word, &document))]);
            proptest::prop_assert!(left.is_empty(), "{word}: {left:?}");
            proptest::prop_assert_eq!(&back.text, &want.text, "{}", word);
            proptest::prop_assert_eq!(&back.annotations, &want.annotations, "{}", word);
            // An entity that only a rejected mark names does not come along.
            proptest::prop_assert!(back.entities.iter().all(|e| want.entities.iter().any(|w| w.id == e.id && w.name == e.name)), "{}", word);
        }
    }

    #[test]
    fn any_document_is_written_soundly(document in document()) {
        let text = document.text.as_str();
        wellformed::check(&self::text("tei", &document), true);
        wellformed::check(&self::text("html", &document), false);
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
        for (word, name) in [("w3c", "a.jsonld"), ("label-studio", "a.json"), ("brat", "a.zip"), ("galley", "a.galley.json")] {
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
