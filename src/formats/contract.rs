//! The contract of Galley JSON: a JSON Schema made from the types that are written, and what is made from it: types
//! for TypeScript and Python, and a page that tells of every field.
//!
//! Everything here is generated: `www/schema` keeps copies, and a test fails when they are stale.

mod page;
mod python;
mod structures;
mod typescript;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::galley_json::FileJson;
use structures::{COMMON_FIELDS, EXAMPLE, FIELDS_OF_KINDS};

/// Files of the contract: names, and what stands in them.
pub fn contract_files() -> Vec<(&'static str, String)> {
    let schema = schema();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    vec![
        ("galley.schema.json", text),
        ("galley.d.ts", typescript::write(&schema)),
        ("galley_types.py", python::write(&schema)),
        ("README.md", page::write(&schema, EXAMPLE)),
        ("example.galley.json", EXAMPLE.to_owned()),
    ]
}

/// Fields that an annotation has besides its body; the machine's reading has none of them.
const OWN_FIELDS: [&str; 4] = ["id", "status", "reason", "machine"];

/// The JSON Schema of a document as Galley writes it. Readers are more lenient: what has a default may be missing.
fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<FileJson<'static>>().to_value();
    schema["title"] = "Galley JSON, version 1".into();
    let Some(definitions) = schema["$defs"].as_object_mut() else { return schema };
    if let Some(annotation) = definitions.get("Annotation").cloned() {
        let (annotation, machine) = split_annotation(annotation);
        definitions.insert("Annotation".to_owned(), annotation);
        definitions.insert("MachineReading".to_owned(), machine);
    }
    plain(&mut schema);
    schema
}

/// The schema of annotations, each kind with its fields, and that of what the machine had read: the fields in which it
/// differs.
fn split_annotation(mut annotation: Value) -> (Value, Value) {
    let mut machine = annotation.clone();
    machine["description"] =
        "What the machine had read before a person corrected it: the fields in which that differs from the annotation \
         as it is now. Where `kind` is there, all fields of that kind are."
            .into();
    if let Some(fields) = machine["properties"].as_object_mut() {
        fields.retain(|name, _| !OWN_FIELDS.contains(&name.as_str()));
    }
    if let Some(machine) = machine.as_object_mut() {
        machine.remove("required");
    }
    let description = annotation["properties"]["machine"]["description"].take();
    annotation["properties"]["machine"] =
        json!({ "description": description, "$ref": "#/$defs/MachineReading" });
    annotation["required"] = json!(COMMON_FIELDS);
    let rules = FIELDS_OF_KINDS.iter().map(|(kind, fields)| {
        let mut then = Map::new();
        then.insert("required".to_owned(), json!(fields));
        if *kind == "quote" {
            let kinds = json!({ "label": { "enum": ["direct", "mixed", "indirect"] } });
            then.insert("properties".to_owned(), kinds);
        }
        json!({ "if": { "properties": { "kind": { "const": kind } } }, "then": then })
    });
    annotation["allOf"] = rules.collect();
    (annotation, machine)
}

/// Without the formats of numbers, and with descriptions on one line: comments are wrapped in the source.
fn plain(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            // A field of Galley's has the name `format`, too: that one is an object.
            if fields.get("format").is_some_and(Value::is_string) {
                fields.remove("format");
            }
            if let Some(Value::String(description)) = fields.get_mut("description") {
                *description = description.replace('\n', " ");
            }
            fields.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
