//! Types for TypeScript.

use serde_json::Value;

use super::structures::{Field, Kind, structures};

pub(super) fn write(schema: &Value) -> String {
    let mut out = "// Galley JSON, version 1. Generated from galley.schema.json by `galley schema typescript`: do not edit.\n\n\
                   /** A place in the text: its first code point and the one after it. */\n\
                   export type Range = [number, number];\n"
        .to_owned();
    for structure in structures(schema) {
        out.push_str(&format!(
            "\n/** {} */\nexport interface {} {{\n",
            structure.description, structure.name
        ));
        for field in &structure.fields {
            out.push_str(&write_field(field));
        }
        out.push_str("}\n");
    }
    out
}

fn write_field(field: &Field<'_>) -> String {
    let sign = if field.is_required { "" } else { "?" };
    format!("  /** {} */\n  {}{sign}: {};\n", field.description, field.name, type_of(&field.kind))
}

fn type_of(kind: &Kind<'_>) -> String {
    match kind {
        Kind::Text => "string".to_owned(),
        Kind::Number | Kind::Count => "number".to_owned(),
        Kind::Words(words) => {
            words.iter().map(|word| word.to_string()).collect::<Vec<_>>().join(" | ")
        }
        Kind::Object(name) => (*name).to_owned(),
        Kind::List(kind) => format!("{}[]", type_of(kind)),
        Kind::Range => "Range".to_owned(),
        Kind::Nullable(kind) => format!("{} | null", type_of(kind)),
    }
}
