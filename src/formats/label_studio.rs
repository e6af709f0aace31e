//! Label Studio JSON: a list of tasks, each with its text and its regions. Offsets are code points, as
//! Label Studio has stored them since 2022 (label-studio-frontend's "store code points instead of js length"); older
//! files, and Galley's own before, count UTF-16 units: a region's words tell which.
//!
//! What Label Studio has no field for goes along in `meta`, which it keeps; so does the document as it was written, by
//! which is told what was changed there.

use serde::Serialize;
use serde_json::Value;

use super::export::{ExportAnnotation, ExportDocument, content};
use super::extension::Extension;
use super::format::Format;
use super::galley_json::AnnotationJson;
use super::import::{Import, ImportFiles};
use super::imported::ImportedDocument;
use super::json_text::{self, items, number, text};

pub(super) const FORMAT: Format = Format {
    id: "label-studio",
    name: "Label Studio JSON",
    description: "a task with labels, date values and speakers; opens here again",
    extension: ".label-studio.json",
    media_type: "application/json",
    carries: content::ALL,
    write,
    read: Some(read),
};

/// The name of the label of relations from a quote to its speaker.
pub(super) const SPEAKER: &str = "speaker";
/// The name of the control that holds labels.
pub(super) const LABEL_CONTROL: &str = "label";
/// The name of the control that holds dates' values.
pub(super) const VALUE_CONTROL: &str = "value";

#[derive(Serialize)]
struct Task<'a> {
    id: u32,
    data: Data<'a>,
    meta: Meta<Extension<'a>>,
    annotations: [TaskAnnotation; 1],
}

#[derive(Serialize)]
struct Data<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
}

#[derive(Serialize)]
struct Meta<T> {
    galley: T,
}

/// One person's work on a task; its regions and relations are written one a line.
#[derive(Serialize)]
struct TaskAnnotation {
    id: u32,
    result: [(); 0],
}

#[derive(Serialize)]
#[serde(untagged)]
enum TaskResult<'a> {
    Region {
        id: &'a str,
        from_name: &'a str,
        to_name: &'a str,
        #[serde(rename = "type")]
        kind: &'a str,
        value: RegionValue<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        meta: Option<Meta<&'a AnnotationJson<'a>>>,
    },
    Relation {
        #[serde(rename = "type")]
        kind: &'a str,
        from_id: &'a str,
        to_id: &'a str,
        direction: &'a str,
        labels: [&'a str; 1],
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum RegionValue<'a> {
    Labels { start: usize, end: usize, text: &'a str, labels: [&'a str; 1] },
    TextArea { start: usize, end: usize, text: [&'a str; 1] },
}

fn write(export: &ExportDocument) -> Vec<u8> {
    let task = Task {
        id: 1,
        data: Data { text: export.text(), title: export.title(), published: export.published() },
        meta: Meta { galley: Extension::new(export) },
        annotations: [TaskAnnotation { id: 1, result: [] }],
    };
    let regions = export.annotations.iter().flat_map(|annotation| {
        let value = date_value_region(annotation);
        std::iter::once(label_region(export, annotation)).chain(value)
    });
    let relations =
        export.annotations.iter().filter_map(|annotation| speaker_relation(export, annotation));
    json_text::to_lines(&[task], regions.chain(relations))
}

fn label_region<'a>(
    export: &'a ExportDocument,
    annotation: &'a ExportAnnotation<'a>,
) -> TaskResult<'a> {
    TaskResult::Region {
        id: annotation.id(),
        from_name: LABEL_CONTROL,
        to_name: "text",
        kind: "labels",
        value: RegionValue::Labels {
            start: annotation.start_point,
            end: annotation.end_point,
            text: export.words(annotation),
            labels: [annotation.label],
        },
        meta: Some(Meta { galley: &annotation.json }),
    }
}

/// The region beside a date's label that holds its value.
fn date_value_region<'a>(annotation: &'a ExportAnnotation<'a>) -> Option<TaskResult<'a>> {
    Some(TaskResult::Region {
        id: annotation.id(),
        from_name: VALUE_CONTROL,
        to_name: "text",
        kind: "textarea",
        value: RegionValue::TextArea {
            start: annotation.start_point,
            end: annotation.end_point,
            text: [annotation.date_value()?],
        },
        meta: None,
    })
}

fn speaker_relation<'a>(
    export: &'a ExportDocument,
    quote: &'a ExportAnnotation<'a>,
) -> Option<TaskResult<'a>> {
    let speaker = export.annotations.get(export.speaker_annotation(quote)?)?;
    Some(TaskResult::Relation {
        kind: "relation",
        from_id: quote.id(),
        to_id: speaker.id(),
        direction: "right",
        labels: [SPEAKER],
    })
}

fn read(files: &ImportFiles) -> Option<Vec<Import>> {
    Some(items(files.json.as_ref()?).iter().filter_map(read_task).collect())
}

/// Do most regions' words stand where UTF-16 units lead, and not where code points do?
fn counts_utf16(document: &ImportedDocument, results: &[Value]) -> bool {
    let mut lead = 0i64;
    for value in results.iter().map(|region| &region["value"]) {
        let words = text(&value["text"]);
        if let (Some(start), Some(end)) = (number(&value["start"]), number(&value["end"]))
            && !words.is_empty()
        {
            let stands = |by_units| document.region_says([start, end], words, by_units);
            lead += i64::from(stands(true)) - i64::from(stands(false));
        }
    }
    lead > 0
}

fn read_task(task: &Value) -> Option<Import> {
    let data = &task["data"];
    let document_text = match data["text"].as_str() {
        Some(text) => text,
        // Under another name it is the longest text that there is.
        None => {
            let texts = data.as_object()?.values().map(text);
            texts.max_by_key(|text| text.len()).filter(|t| !t.is_empty())?
        }
    };
    let kept = &task["meta"]["galley"];
    let by_people = || items(&task["annotations"]).iter().filter(|a| a["was_cancelled"] != true);
    let has_results = |a: &&Value| !items(&a["result"]).is_empty();
    let by_machine = items(&task["predictions"]).first();
    // Where a person took out everything, nothing is what is left.
    let emptied = by_people().next().filter(|_| kept["annotations"].is_array());
    let results = by_people().find(has_results).or(emptied).or(by_machine);
    let results = results.map_or(&[][..], |a| items(&a["result"]));
    let mut document = ImportedDocument::new(document_text, kept);
    document.has_all_relations();
    let mut places = Vec::new();
    let counts_utf16 = counts_utf16(&document, results);
    for region in results {
        let value = &region["value"];
        let Some(label) = items(&value["labels"]).first() else {
            continue;
        };
        let at = |name| number(&value[name]).unwrap_or_default();
        let range =
            document.locate_region([at("start"), at("end")], text(&value["text"]), counts_utf16);
        let id = text(&region["id"]);
        let place = document.add_annotation(id, text(label), range, &region["meta"]["galley"]);
        places.push((id, place));
    }
    let place_of = |id: &Value| {
        let found = places.iter().find(|(known, _)| *known == text(id));
        found.map(|(_, place)| *place)
    };
    for result in results {
        let mut labels = items(&result["labels"]).iter().map(text);
        if text(&result["type"]) == "relation"
            && labels.any(|label| label.eq_ignore_ascii_case(SPEAKER))
            && let (Some(quote), Some(speaker)) =
                (place_of(&result["from_id"]), place_of(&result["to_id"]))
        {
            document.set_speaker(quote, speaker);
        }
    }
    for region in results {
        if text(&region["from_name"]) == VALUE_CONTROL
            && let Some(date) = place_of(&region["id"])
            && let Some(value) = items(&region["value"]["text"]).first()
        {
            document.set_date_value(date, text(value));
        }
    }
    for name in ["title", "published"] {
        document.set_metadata(name, text(&data[name]));
    }
    Some(document.finish())
}
