//! Label Studio JSON: a list of tasks, each with its text and its regions. Offsets count UTF-16 units, as
//! JavaScript does.
//!
//! What Label Studio has no field for goes along in `meta`, which it keeps.

use super::Format;
use super::import::{Draft, Found, Given};
use super::json::{Value, Writer};
use super::sheet::{Sheet, has};
use galley_engine::document::Kind;

pub(super) const ROW: Format = Format {
    word: "label-studio",
    name: "Label Studio JSON",
    about: "a task with labels, date values and speakers; opens here again",
    extension: ".label-studio.json",
    media_type: "application/json",
    carries: has::ALL & !has::REJECTED,
    write,
    read: Some(read),
};

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut head = sheet.head();
    let mut document = head.get("document").clone();
    document.drop("text");
    head.set("document", document);
    let mut out = Writer::default();
    out.open("", '[');
    out.open("", '{');
    out.number("id", 1);
    out.open("data", '{');
    out.text("text", sheet.text());
    for name in ["title", "published"] {
        if !sheet.about(name).is_empty() {
            out.text(name, sheet.about(name));
        }
    }
    out.close('}');
    out.open("meta", '{');
    out.value("galley", &head);
    out.close('}');
    out.open("annotations", '[');
    out.open("", '{');
    out.number("id", 1);
    out.open("result", '[');
    for mark in &sheet.marks {
        let fields = sheet.fields(mark);
        let region = |out: &mut Writer, from: &str, kind: &str, name: &str, value: &str| {
            out.line();
            out.open("", '{');
            out.text("id", fields.get("id").text());
            out.text("from_name", from);
            out.text("to_name", "text");
            out.text("type", kind);
            out.open("value", '{');
            out.number("start", sheet.units.utf16_of_byte(mark.start));
            out.number("end", sheet.units.utf16_of_byte(mark.end));
            if kind == "labels" {
                out.text("text", sheet.words(mark));
            }
            out.open(name, '[');
            out.text("", value);
            out.close(']');
            out.close('}');
            if kind == "labels" {
                out.open("meta", '{');
                out.value("galley", fields);
                out.close('}');
            }
            out.close('}');
        };
        region(&mut out, "label", "labels", "labels", &mark.label);
        if mark.kind == Kind::Date {
            let value = fields.get("timex").get("value").text();
            region(&mut out, "value", "textarea", "text", value);
        }
    }
    for mark in &sheet.marks {
        if let Some(by) = sheet.speaker_mark(mark) {
            out.line();
            out.open("", '{');
            out.text("type", "relation");
            out.text("from_id", sheet.fields(mark).get("id").text());
            out.text("to_id", sheet.fields(&sheet.marks[by]).get("id").text());
            out.text("direction", "right");
            out.open("labels", '[');
            out.text("", "speaker");
            out.close(']');
            out.close('}');
        }
    }
    for bracket in [']', '}', ']', '}', ']'] {
        out.close(bracket);
    }
    out.file()
}

fn read(given: &Given) -> Option<Vec<Found>> {
    let tasks = given.tree.as_ref()?.items().iter();
    Some(tasks.filter_map(task).collect())
}

fn task(task: &Value) -> Option<Found> {
    let data = task.get("data");
    let text = match data.get("text") {
        Value::Text(text) => text,
        // Under another name it is the longest text that there is.
        _ => {
            let Value::Object(fields) = data else {
                return None;
            };
            let texts = fields.iter().map(|(_, value)| value.text());
            texts.max_by_key(|text| text.len()).filter(|t| !t.is_empty())?
        }
    };
    let people = task.get("annotations").items();
    let people = people.iter().find(|a| !a.get("result").items().is_empty());
    let machine = task.get("predictions").items().first();
    let results = people.or(machine).map_or(&[][..], |a| a.get("result").items());
    let mut draft = Draft::new(text, task.get("meta").get("galley"));
    let mut places = Vec::new();
    for region in results {
        let value = region.get("value");
        let Some(label) = value.get("labels").items().first() else {
            continue;
        };
        let unit = |name| draft.unit(value.get(name).number().unwrap_or_default());
        let range = [unit("start"), unit("end")];
        let id = region.get("id").text();
        let at = draft.add(id, label.text(), range, region.get("meta").get("galley"));
        places.push((id, at));
    }
    let place = |id: &Value| {
        let found = places.iter().find(|(known, _)| *known == id.text());
        found.map(|(_, at)| *at)
    };
    for relation in results {
        let speaks = relation.get("labels").items().iter();
        if relation.get("type").text() == "relation"
            && speaks.map(Value::text).any(|l| l.eq_ignore_ascii_case("speaker"))
            && let (Some(from), Some(to)) =
                (place(relation.get("from_id")), place(relation.get("to_id")))
        {
            draft.speaker(from, to);
        }
    }
    for region in results {
        if region.get("from_name").text() == "value"
            && let Some(at) = place(region.get("id"))
            && let Some(value) = region.get("value").get("text").items().first()
        {
            draft.value(at, value.text());
        }
    }
    for name in ["title", "published"] {
        draft.about(name, data.get(name).text());
    }
    Some(draft.done())
}
