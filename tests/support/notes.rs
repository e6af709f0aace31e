//! Small corrected articles of our own making, as Galley JSON.

use serde_json::{Value, json};

/// The corrected articles of tests/data/learning, as Galley JSON.
pub(crate) fn articles() -> Vec<Value> {
    let all = include_str!("../data/learning/lab-notes.txt");
    let notes: String =
        all.lines().filter(|l| !l.starts_with('#')).map(|l| format!("{l}\n")).collect();
    let article = |(n, marked): (usize, &str)| {
        let (mut text, mut annotations) = (String::new(), Vec::new());
        let mut rest = marked.trim();
        while let Some((before, after)) = rest.split_once('[') {
            text += before;
            let (name, after) = after.split_once(']').unwrap();
            let (words, label) = name.split_once('|').unwrap();
            let start = text.chars().count();
            text += words;
            annotations.push(json!({
                "id": format!("a{}", annotations.len() + 1), "kind": "entity", "label": label,
                "start": start, "end": text.chars().count(), "text": words,
                "confidence": 1.0, "status": "added",
            }));
            rest = after;
        }
        text += rest;
        json!({
            "format": "galley", "version": 1, "annotations": annotations, "entities": [],
            "document": { "id": format!("n{n}"), "title": null, "language": "en", "published": null,
                "published_source": null, "text": text },
        })
    };
    notes.split("---").enumerate().map(article).collect()
}
