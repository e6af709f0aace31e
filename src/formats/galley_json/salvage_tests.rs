//! Damaged files: what of them is read, and what is said.

use super::{read, salvage, write};
use galley_engine::document::Document;

const FILE: &str = r#"{
  "format": "galley", "version": 1,
  "document": {"language": "en", "text": "Ann Ray left on Monday. “No,” Bo said.", "text_sha256": "x"},
  "annotations": [
    {"id": "a1", "kind": "entity", "label": "PERSON", "start": 0, "end": 7, "text": "Ann Ray", "entity": "e1", "confidence": 1, "status": "machine"},
    {"id": "a2", "kind": "date", "start": 16, "end": 22, "text": "Monday", "timex": {"type": "DATE", "value": "2021-07-19"}, "confidence": 1, "status": "machine"},
    {"id": "a3", "kind": "quote", "label": "direct", "start": 24, "end": 29, "text": "“No,”", "parts": [[25, 28]],
     "speaker": {"mention": [[30, 32]], "entity": "e2", "name": "Bo"}, "confidence": 1, "status": "machine"},
    {"id": "a4", "kind": "entity", "label": "PERSON", "start": 30, "end": 32, "text": "Bo", "entity": "e2", "confidence": 1, "status": "machine"}
  ],
  "entities": [
    {"id": "e1", "label": "PERSON", "name": "Ann Ray", "aliases": [], "mentions": ["a1"]},
    {"id": "e2", "label": "PERSON", "name": "Bo", "aliases": [], "mentions": ["a4"]}
  ]
}
"#;

fn file() -> String {
    FILE.replace(", \"text_sha256\": \"x\"", "")
}

fn ids(document: &Document) -> String {
    let ids = document.annotations.iter().map(|a| a.id.0.as_str());
    ids.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_sound_file_is_read_as_ever() {
    let document = read(&file()).unwrap();
    assert_eq!(salvage(&file()).unwrap(), (document, vec![]));
}

#[test]
fn what_is_wrong_is_left_out_with_its_line() {
    for (from, to, left, said) in [
        (
            "\"start\": 16, \"end\": 22",
            "\"start\": 16, \"end\": 220",
            "a1 a3 a4",
            "line 6, annotation a2: 16 to 220 is no stretch of the text",
        ),
        (
            "\"kind\": \"date\"",
            "\"kind\": \"dote\"",
            "a1 a3 a4",
            "line 6, annotation a2: \"dote\" is no kind of annotation",
        ),
        ("\"start\": 30,", "", "a1 a2 a3", "line 9, annotation a4: its \"start\" is missing"),
        (
            "\"text\": \"Monday\"",
            "\"text\": \"Sunday\"",
            "a1 a3 a4",
            "line 6, annotation a2: its \"text\" is not what stands at 16 to 22",
        ),
        (
            "\"confidence\": 1, \"status\": \"machine\"},\n    {\"id\": \"a2\"",
            "\"confidence\": \"very\", \"status\": \"machine\"},\n    {\"id\": \"a2\"",
            "a2 a3 a4",
            "line 5, annotation: invalid type: string \"very\", expected f64",
        ),
        ("\"id\": \"a4\"", "\"id\": \"a3\"", "a1 a2 a3", "annotation a3: its id is used twice"),
        (
            "\"parts\": [[25, 28]]",
            "\"parts\": [[2, 28]]",
            "a1 a2 a4",
            "annotation a3: its parts do not fit its span",
        ),
        (
            "\"name\": \"Bo\", \"aliases\"",
            "\"aliases\"",
            "a1 a2 a3 a4",
            "line 13, entity: missing field `name`",
        ),
        (
            "\"id\": \"a2\"",
            "\"id\": \"a2\", !",
            "a1 a3 a4",
            "line 6, annotation: key must be a string",
        ),
        (
            "left on",
            "left, on",
            "a1",
            "line 6, annotation a2: its \"text\" is not what stands at 16 to 22",
        ),
    ] {
        let damaged = file().replacen(from, to, 1);
        assert_ne!(damaged, file(), "{from}");
        let (document, why) = salvage(&damaged).unwrap();
        document.check().unwrap();
        assert_eq!(ids(&document), left, "{from}");
        assert!(why.contains(&said.to_owned()), "{from}: {why:?}");
        // What is left is a file again.
        assert_eq!(read(&write(&document, false).unwrap()).unwrap(), document);
    }
}

#[test]
fn entities_follow_what_is_left() {
    let damaged = file().replace("\"mentions\": [\"a4\"]", "\"mentions\": [\"a1\", \"a9\"]");
    let (document, why) = salvage(&damaged).unwrap();
    assert_eq!((document, why), (read(&file()).unwrap(), vec![]));
    let lone = file().replace("\"start\": 30, \"end\": 32", "\"start\": 30, \"end\": 99");
    let (document, _) = salvage(&lone).unwrap();
    assert_eq!(document.entities.len(), 2, "Bo is there as a speaker");
}

#[test]
fn a_file_that_ends_too_early_is_read_up_to_there() {
    let file = file();
    let mut most = 0;
    for cut in (0..file.len()).filter(|&cut| file.is_char_boundary(cut)) {
        match salvage(&file[..cut]) {
            Ok((document, why)) => {
                document.check().unwrap();
                assert!(!why.is_empty() || cut + 2 > file.len(), "{cut}");
                most = most.max(document.annotations.len());
            }
            Err(why) => assert!(cut < file.find("\"annotations\"").unwrap(), "{cut}: {why}"),
        }
    }
    assert_eq!(most, 4);
    let (document, why) = salvage(&file[..file.find("“No,”\", \"parts").unwrap()]).unwrap();
    assert_eq!(ids(&document), "a1 a2");
    assert_eq!(why, ["line 7, annotation: the file ends in the middle of it"]);
}

#[test]
fn without_its_text_there_is_nothing_to_save() {
    for json in [
        "",
        "{",
        "[]",
        "{\"format\":\"galley\",\"version\":1}",
        "{\"format\":\"galley\",\"version\":2,\"document\":{\"text\":\"a\"}}",
    ] {
        assert_eq!(salvage(json).unwrap_err(), read(json).unwrap_err(), "{json}");
    }
    let (document, why) = salvage(FILE).unwrap();
    assert_eq!(
        (document.annotations.len(), why),
        (4, vec!["the text was changed after the file was written".to_owned()])
    );
}

proptest::proptest! {
    #[test]
    fn any_damage_is_borne(at: usize, byte in 32..127u8, cut: usize, twice: usize) {
        let mut bytes = file().into_bytes();
        let (at, twice) = (at % bytes.len(), twice % bytes.len());
        bytes[at] = byte;
        bytes.extend(bytes.clone().split_off(twice));
        bytes.truncate(cut % (2 * bytes.len()));
        if let Ok((document, _)) = salvage(&String::from_utf8_lossy(&bytes)) {
            proptest::prop_assert!(document.check().is_ok());
        }
    }
}
