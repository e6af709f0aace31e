//! Documents from the files of other programs: as they were written, and as people changed them there.
#![cfg(not(target_arch = "wasm32"))]

#[path = "formats/helpers.rs"]
mod helpers;
#[path = "formats/sample.rs"]
mod sample;

use galley_engine::Document;
use galley_engine::document::{Body, Status};
use galley_formats::ExportDocument;

use helpers::{WHOLE, marks, opened, parsed, written};
use sample::sample;

#[test]
fn what_is_carried_comes_back() {
    let document = sample();
    for (word, name) in WHOLE {
        let (back, left) = opened(&[(name, &written(word, &document))]);
        assert_eq!(left, [""; 0], "{word}");
        assert_eq!(back, document, "{word}");
    }
}

#[test]
fn labels_and_speakers_come_back() {
    let document = sample();
    for (word, name) in [("doccano", "a.jsonl"), ("doccano-relations", "a.json"), ("tei", "a.xml")]
    {
        let (back, left) = opened(&[(name, &written(word, &document))]);
        assert_eq!(left, [""; 0], "{word}");
        assert_eq!(back.title.as_deref(), Some("Cafés"), "{word}");
        assert_eq!(back.published, document.published, "{word}");
        assert_eq!(marks(&back), marks(&document), "{word}");
        let said = back.annotations.iter().find_map(|a| match &a.body {
            Body::Quote(quote) => Some(quote),
            _ => None,
        });
        let speaker = said.unwrap().speaker.as_ref();
        if word != "doccano" {
            assert_eq!(back.text.slice(speaker.unwrap().mention[0]), "Ann 👩‍👧 Ray", "{word}");
        }
        if word == "tei" {
            // It cannot hold U+0001.
            assert_eq!(back.text.as_str(), document.text.as_str().replace('\u{1}', "\u{fffd}"));
            assert_eq!(back.entities[0].name, "Ann Ray");
            assert_eq!(back.entities[0].mentions.len(), 2);
            let Body::Date(date) = &back.annotations[1].body else { panic!() };
            assert_eq!(date.timex.value.to_string(), "2021-07-22");
            assert_eq!(date.interval.as_ref().unwrap().to, "2021-07-22");
        } else {
            assert_eq!(back.text, document.text);
        }
    }
}

#[test]
fn lines_of_many_documents_are_many_documents() {
    let document = sample();
    for word in ["spacy", "prodigy", "doccano", "doccano-relations", "conll"] {
        let twice = [written(word, &document), written(word, &document)].concat();
        let end = if word == "conll" { "conll" } else { "jsonl" };
        let files = vec![(format!("a.{end}"), twice.clone())];
        assert!(galley_formats::is_importable(&files[0].0, &twice), "{word}");
        let found = galley_formats::import(files).unwrap();
        assert_eq!(found.len(), 2, "{word}");
        found.into_iter().for_each(|found| drop(found.unwrap()));
    }
    let articles = b"{\"id\":1,\"text\":\"It rained.\"}\n{\"id\":2,\"text\":\"It snowed.\"}\n";
    assert!(!galley_formats::is_importable("a.jsonl", articles), "articles, to be read");
}

#[test]
fn conll_of_others_is_read() {
    type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
    let cases: [Case; 5] = [
        // Four columns, IOB1: a mark begins with I-, or with B- right after another.
        (
            "EU NNP I-NP I-ORG\nUN NNP I-NP B-ORG\n( ( O O\nBonn NNP I-NP I-LOC\n) ) O O\n. . O O\n",
            "EU UN (Bonn).",
            &[("EU", "ORG"), ("UN", "ORG"), ("Bonn", "LOC")],
        ),
        // Two columns and tabs, two sentences.
        (
            "Ann\tB-PER\nRay\tI-PER\n\nParis\tB-LOC\n,\tO\n",
            "Ann Ray\nParis,",
            &[("Ann Ray", "PERSON"), ("Paris", "LOC")],
        ),
        // BIOES.
        (
            "👩‍👧 B-PER\nRay E-PER\nBonn S-GPE\n\u{5e9}\u{5dc} O\n",
            "👩‍👧 Ray Bonn \u{5e9}\u{5dc}",
            &[("👩‍👧 Ray", "PERSON"), ("Bonn", "GPE")],
        ),
        // A label after O that goes on all the same, CRLF, a comment, no label at all.
        ("# sent 1\r\nAnn I-PER\r\nwent O\r\nhome\r\n", "Ann went home", &[("Ann", "PERSON")]),
        ("I O\ndo O\nn't O\n", "I don't", &[]),
    ];
    for (file, text, want) in cases {
        let (document, left) = opened(&[("a.conll", file.as_bytes())]);
        assert_eq!((document.text.as_str(), left.len()), (text, 0));
        let got: Vec<(&str, &str)> = document
            .annotations
            .iter()
            .map(|a| (document.text.slice(a.span), galley_engine::view::label_name(a)))
            .collect();
        assert_eq!(got, want, "{file}");
    }
}

#[test]
fn tei_of_others_is_read() {
    let tei = r#"<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Rain &amp; snow</title></titleStmt>
<publicationStmt><p>x</p></publicationStmt><sourceDesc><p>y</p></sourceDesc></fileDesc></teiHeader>
<text><body>
  <head>It <hi>rained</hi></head>
  <p><persName>Ann&#x20;Ray</persName> left <placeName>Oslo</placeName> on <date when="2021-05-03">3 May</date>.</p>
  <p><said who="\#x">“No,”</said> she said.</p>
</body></text></TEI>"#;
    let (document, left) = opened(&[("rain.tei.xml", tei.as_bytes())]);
    assert_eq!(left, [""; 0]);
    assert_eq!(document.text.as_str(), "It rained\nAnn Ray left Oslo on 3 May.\n“No,” she said.");
    assert_eq!(document.title.as_deref(), Some("Rain & snow"));
    let marks: Vec<(usize, usize, String)> = marks(&document);
    assert_eq!(
        marks.iter().map(|m| m.2.as_str()).collect::<Vec<_>>(),
        ["PERSON", "GPE", "DATE", "QUOTE"]
    );
    assert_eq!(document.text.slice(document.annotations[2].span), "3 May");
    let (document, left) = opened(&[("a.xml", &tei.as_bytes()[..440])]);
    assert!(document.text.as_str().starts_with("It rained") && left.len() == 1, "{left:?}");
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
