//! The contract of Galley JSON: what is published of it is not stale, documents are as it says, old files open.
#![cfg(not(target_arch = "wasm32"))]

#[path = "formats/helpers.rs"]
mod helpers;
#[path = "formats/sample.rs"]
mod sample;

use std::path::Path;

use galley_engine::{Models, Options, analyze};
use galley_formats::{contract_files, galley_json as json};
use serde_json::Value;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/schema")
}

fn contract(name: &str) -> String {
    contract_files().into_iter().find(|(known, _)| *known == name).unwrap().1
}

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&contract("galley.schema.json")).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn check(validator: &jsonschema::Validator, json: &str) {
    let value: Value = serde_json::from_str(json).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&value).map(|e| format!("{} {e}", e.instance_path())).collect();
    assert_eq!(wrong, [""; 0], "{json}");
}

/// `GALLEY_BLESS=1 cargo test --test schema` writes them anew.
#[test]
fn what_is_published_is_not_stale() {
    for (name, text) in contract_files() {
        let path = folder().join(name);
        if std::env::var_os("GALLEY_BLESS").is_some() {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            published == text,
            "www/schema/{name} is stale: GALLEY_BLESS=1 cargo test --test schema"
        );
    }
}

#[test]
fn documents_are_as_the_schema_says() {
    let validator = validator();
    check(&validator, &contract("example.galley.json"));
    check(&validator, &json::write(&sample::sample(), false).unwrap());
    check(&validator, &json::write(&Default::default(), true).unwrap());
    for text in ["It rained on 3 May 2021.", "“No,” said Ann Ray on Monday, 04/03.", ""] {
        let document = analyze(text, &Options::default(), &Models::default()).unwrap();
        check(&validator, &json::write(&document, false).unwrap());
    }
}

#[test]
fn other_documents_are_not() {
    let validator = validator();
    let example: Value = serde_json::from_str(&contract("example.galley.json")).unwrap();
    let changes: [(&str, &str, Value); 9] = [
        ("", "version", 2.into()),
        ("", "format", "other".into()),
        ("/annotations/0", "status", "maybe".into()),
        ("/annotations/0", "kind", "event".into()),
        ("/annotations/0", "start", "1".into()),
        ("/annotations/0", "confidence", 2.into()),
        ("/annotations/1", "timex", Value::Null),
        ("/annotations/4", "label", "shouted".into()),
        ("/document", "text", Value::Null),
    ];
    for (place, field, value) in changes {
        let mut changed = example.clone();
        changed.pointer_mut(place).unwrap()[field] = value;
        assert!(!validator.is_valid(&changed), "{place}/{field}");
        changed.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(field);
        assert!(!validator.is_valid(&changed), "{place} without {field}");
    }
    // What is new is ignored.
    let mut newer = example;
    newer["annotations"][0]["colour"] = "blue".into();
    newer["language_models"] = 3.into();
    assert!(validator.is_valid(&newer));
    json::read(&newer.to_string()).unwrap();
}

/// Every field is told of, and its example comes from a document that has it.
#[test]
fn the_page_tells_of_every_field() {
    let page = contract("README.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).skip(4).collect();
    assert!(rows.len() > 50, "{}", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.replace("\\|", "/").leak().split('|').map(str::trim).collect();
        assert!(cells[3].ends_with('.') && cells[3].len() > 8, "{row}");
        assert!(cells[4].len() > 2, "no example: {row}");
    }
}

/// Files of earlier versions, kept as they were written then.
#[test]
fn kept_files_open() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/schema");
    let mut count = 0;
    for entry in std::fs::read_dir(kept).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let document = json::read(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        assert!(!document.annotations.is_empty() && !document.entities.is_empty());
        let statuses = document.annotations.iter().filter(|a| a.machine.is_some()).count();
        assert!(statuses > 0, "{}", path.display());
        count += 1;
    }
    assert!(count >= 2);
    // And a later version is refused in words.
    let later = contract("example.galley.json").replacen("\"version\": 1", "\"version\": 2", 1);
    assert!(json::read(&later).unwrap_err().0.contains("version 2"));
}
