//! W3C Web Annotation, JSON-LD: a page of annotations, each with its words and its place (code points).
//!
//! What the vocabulary has no word for stands beside it under `galley`, as in Galley JSON: so nothing is
//! lost on the way back.

use super::Format;
use super::import::{Draft, Found, Given};
use super::json::{Value, Writer};
use super::sheet::{Sheet, has};

pub(super) const ROW: Format = Format {
    word: "w3c",
    name: "W3C Web Annotation",
    about: "JSON-LD, with words and places; opens here again",
    extension: ".w3c.jsonld",
    media_type: "application/ld+json",
    carries: has::ALL & !has::REJECTED,
    write,
    read: Some(read),
};

/// Characters of the text that are given before and after a mark.
const AROUND: usize = 32;

fn write(sheet: &Sheet) -> Vec<u8> {
    let text = sheet.text();
    let source = format!("urn:sha256:{}", sheet.about("text_sha256"));
    let mut out = Writer::default();
    out.open("", '{');
    out.raw(
        "@context",
        "[\"http://www.w3.org/ns/anno.jsonld\",{\"@version\":1.1,\"galley\":{\"@id\":\"urn:x-galley:fields\",\"@type\":\"@json\"}}]",
    );
    out.text("id", &format!("{source}#annotations"));
    out.text("type", "AnnotationPage");
    out.value("galley", &sheet.head());
    out.open("items", '[');
    for mark in &sheet.marks {
        let fields = sheet.fields(mark);
        out.line();
        out.open("", '{');
        out.text("id", &format!("{source}#{}", fields.get("id").text()));
        out.text("type", "Annotation");
        out.text("motivation", "tagging");
        out.open("body", '[');
        body(&mut out, "tagging", &mark.label);
        let about = match fields.get("kind").text() {
            "date" => fields.get("timex").get("value").text().to_owned(),
            "quote" => sheet.speaker(mark),
            _ => sheet.name_of(fields.get("entity")).to_owned(),
        };
        if !about.is_empty() {
            body(&mut out, "describing", &about);
        }
        out.close(']');
        out.open("target", '{');
        out.text("source", &source);
        out.open("selector", '[');
        out.open("", '{');
        out.text("type", "TextQuoteSelector");
        out.text("exact", sheet.words(mark));
        let before = text.get(..mark.start).unwrap_or_default();
        let from = before.char_indices().rev().take(AROUND).last();
        out.text("prefix", before.get(from.map_or(before.len(), |f| f.0)..).unwrap_or_default());
        let after = text.get(mark.end..).unwrap_or_default();
        let to = after.char_indices().nth(AROUND);
        out.text("suffix", after.get(..to.map_or(after.len(), |t| t.0)).unwrap_or_default());
        out.close('}');
        out.open("", '{');
        out.text("type", "TextPositionSelector");
        out.number("start", mark.points[0]);
        out.number("end", mark.points[1]);
        out.close('}');
        out.close(']');
        out.close('}');
        out.value("galley", fields);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    out.file()
}

fn body(out: &mut Writer, purpose: &str, value: &str) {
    out.open("", '{');
    out.text("type", "TextualBody");
    out.text("purpose", purpose);
    out.text("value", value);
    out.close('}');
}

fn read(given: &Given) -> Option<Vec<Found>> {
    let tree = given.tree.as_ref()?;
    let context = tree.items().first()?.get("@context");
    let ours = |c: &Value| c.text().contains("anno.jsonld");
    if !context.items().iter().any(ours) {
        return None;
    }
    let page = match tree.get("first") {
        Value::Object(_) => tree.get("first"),
        _ => tree,
    };
    let items = match page.get("items") {
        Value::Null => tree,
        items => items,
    };
    let head = page.get("galley");
    let text = match head.get("document").get("text") {
        Value::Text(text) => text,
        _ => given.text_beside("")?,
    };
    let mut draft = Draft::new(text, head);
    for item in items.items() {
        let target = item.get("target");
        let target = target.items().first().unwrap_or(target);
        let (mut exact, mut prefix, mut place) = ("", "", None);
        for selector in target.get("selector").items() {
            match selector.get("type").text() {
                "TextQuoteSelector" => {
                    exact = selector.get("exact").text();
                    prefix = selector.get("prefix").text();
                }
                "TextPositionSelector" => {
                    place = selector.get("start").number().zip(selector.get("end").number());
                }
                _ => {}
            }
        }
        let span = draft.place(place, exact, prefix);
        let bodies = item.get("body").items();
        let tag = bodies.iter().find(|b| b.get("purpose").text() == "tagging");
        let tag = tag.or_else(|| bodies.iter().find(|b| !b.get("value").text().is_empty()));
        let label = tag.map_or(item.get("bodyValue"), |b| b.get("value")).text();
        let id = item.get("id").text();
        let id = id.rsplit(['#', '/']).next().unwrap_or_default();
        draft.add(id, label, span, item.get("galley"));
    }
    Some(vec![draft.done()])
}
