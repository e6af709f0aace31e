//! doccano JSONL, for sequence labelling: one text a line with its labels. Offsets are code points.
//! With relations it is another file, for projects that have them: entities with ids, and who speaks each quote.
//! The file is ASCII: doccano's "Auto" takes UTF-8 for other encodings.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use super::export::{ExportDocument, content};
use super::format::Format;
use super::import::{Import, ImportFiles};
use super::imported::ImportedDocument;
use super::json_text::{self, items, number, text};

pub(super) const FORMAT: Format = Format {
    id: "doccano",
    name: "doccano JSONL",
    description: "sequence labelling (allow overlapping spans); opens here again",
    extension: ".doccano.jsonl",
    media_type: "application/jsonl",
    carries: content::WHOLE_TEXT | content::ANNOTATIONS | content::METADATA,
    write,
    read: Some(read),
};

pub(super) const RELATIONS: Format = Format {
    id: "doccano-relations",
    name: "doccano JSONL with relations",
    description: "entities, and who speaks each quote; for a project with relations; opens here again",
    extension: ".doccano-relations.jsonl",
    media_type: "application/jsonl",
    carries: FORMAT.carries | content::MARKED_SPEAKERS,
    write: write_relations,
    // Both are read in the same way.
    read: Some(read),
};

/// The type of the relation from a quote to the words that name its speaker.
const SPEAKER: &str = "speaker";

/// doccano keeps fields that it does not know as metadata of the text.
#[derive(Serialize)]
struct Example<'a> {
    text: &'a str,
    label: Vec<(usize, usize, &'a str)>,
    // Always there: rows without a key that others have become NaN, which doccano's database refuses.
    title: &'a str,
    published: &'a str,
}

#[derive(Serialize)]
struct RelationExample<'a> {
    text: &'a str,
    entities: Vec<ExampleEntity<'a>>,
    relations: Vec<ExampleRelation>,
    title: &'a str,
    published: &'a str,
}

#[derive(Serialize)]
struct ExampleEntity<'a> {
    id: usize,
    label: &'a str,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Serialize)]
struct ExampleRelation {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

fn write_relations(export: &ExportDocument) -> Vec<u8> {
    let entities = export.annotations.iter().enumerate().map(|(id, a)| ExampleEntity {
        id,
        label: a.label,
        start_offset: a.start_point,
        end_offset: a.end_point,
    });
    let pairs = export.speaker_pairs().into_iter().enumerate();
    json_text::to_ascii_line(&RelationExample {
        text: export.text(),
        entities: entities.collect(),
        relations: pairs
            .map(|(id, (from_id, to_id))| ExampleRelation { id, from_id, to_id, kind: SPEAKER })
            .collect(),
        title: export.title().unwrap_or_default(),
        published: export.published().unwrap_or_default(),
    })
}

fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    let is_label = |label: &Value| label.as_array().is_some_and(|label| label.len() == 3);
    let is_entity = |entity: &Value| entity["start_offset"].is_u64();
    let is_example = |row: &Value| {
        let labels =
            |name: &str| row[name].as_array().is_some_and(|labels| labels.iter().all(is_label));
        let entities =
            || row["entities"].as_array().is_some_and(|entities| entities.iter().all(is_entity));
        text_of(row).is_some() && (labels("label") || labels("labels") || entities())
    };
    Some(files.rows(is_example)?.iter().map(read_example).collect())
}

/// The text, which projects may keep under another name.
fn text_of(row: &Value) -> Option<&str> {
    row["text"].as_str().or(row["data"].as_str())
}

fn read_example(row: &Value) -> Import {
    let mut document = ImportedDocument::new(text_of(row).unwrap_or_default(), &Value::Null);
    let mut places: HashMap<u64, usize> = HashMap::new();
    let add = |document: &mut ImportedDocument, start: &Value, end: &Value, label: &Value| {
        let range = number(start).zip(number(end))?;
        let range = [document.point(range.0), document.point(range.1)];
        Some(document.add_annotation("", text(label), range, &Value::Null))
    };
    for label in items(&row["label"]).iter().chain(items(&row["labels"])) {
        add(&mut document, &label[0], &label[1], &label[2]);
    }
    for entity in items(&row["entities"]) {
        let (start, end) = (&entity["start_offset"], &entity["end_offset"]);
        if let Some(place) = add(&mut document, start, end, &entity["label"])
            && let Some(id) = entity["id"].as_u64()
        {
            places.insert(id, place);
        }
    }
    for relation in items(&row["relations"]) {
        let place = |id: &Value| places.get(&id.as_u64()?).copied();
        let kind = text(&relation["type"]);
        match (place(&relation["from_id"]), place(&relation["to_id"])) {
            (Some(quote), Some(speaker)) if kind.eq_ignore_ascii_case(SPEAKER) => {
                document.set_speaker(quote, speaker);
            }
            _ => document.leave_out(format!("relation “{kind}”")),
        }
    }
    for name in ["title", "published"] {
        document.set_metadata(name, text(&row[name]));
        document.set_metadata(name, text(&row["meta"][name]));
    }
    document.finish()
}

fn write(export: &ExportDocument) -> Vec<u8> {
    let labels = export.annotations.iter().map(|a| (a.start_point, a.end_point, a.label));
    json_text::to_ascii_line(&Example {
        text: export.text(),
        label: labels.collect(),
        title: export.title().unwrap_or_default(),
        published: export.published().unwrap_or_default(),
    })
}
