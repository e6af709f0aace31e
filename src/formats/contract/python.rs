//! Types for Python: a `TypedDict` each, so that what `json.loads` gives has them.

use serde_json::Value;

use super::structures::{Field, Kind, structures};

pub(super) fn write(schema: &Value) -> String {
    let mut out = "\"\"\"Galley JSON, version 1.\n\n\
                   Generated from galley.schema.json by `galley schema python`: do not edit.\n\n\
                   >>> import json\n\
                   >>> from galley_types import GalleyDocument\n\
                   >>> document: GalleyDocument = json.load(open(\"article.galley.json\"))  # doctest: +SKIP\n\
                   \"\"\"\n\n\
                   from __future__ import annotations\n\n\
                   from typing import List, Literal, NotRequired, Optional, Tuple, TypedDict\n\n\
                   # A place in the text: its first code point and the one after it.\n\
                   Range = Tuple[int, int]\n"
        .to_owned();
    for structure in structures(schema) {
        // `from` is no name in Python: such a structure is written with its names as texts.
        let is_plain = structure.fields.iter().all(|field| !KEYWORDS.contains(&field.name));
        if is_plain {
            out.push_str(&format!(
                "\n\nclass {}(TypedDict):\n    \"\"\"{}\"\"\"\n",
                structure.name, structure.description
            ));
            for field in &structure.fields {
                out.push_str(&format!(
                    "\n    {}: {}\n    \"\"\"{}\"\"\"\n",
                    field.name,
                    type_of_field(field),
                    field.description
                ));
            }
        } else {
            let fields = structure.fields.iter().map(|field| {
                let kind = type_of_field(field);
                format!(
                    "        # {}\n        \"{}\": \"{kind}\",\n",
                    field.description, field.name
                )
            });
            out.push_str(&format!(
                "\n\n# {}\n{name} = TypedDict(\n    \"{name}\",\n    {{\n{}    }},\n)\n",
                structure.description,
                fields.collect::<String>(),
                name = structure.name
            ));
        }
    }
    out
}

/// Names of fields that Python has other uses for.
const KEYWORDS: [&str; 1] = ["from"];

fn type_of_field(field: &Field<'_>) -> String {
    let kind = type_of(&field.kind);
    if field.is_required { kind } else { format!("NotRequired[{kind}]") }
}

fn type_of(kind: &Kind<'_>) -> String {
    match kind {
        Kind::Text => "str".to_owned(),
        Kind::Number => "float".to_owned(),
        Kind::Count => "int".to_owned(),
        Kind::Words(words) => {
            let (nulls, words): (Vec<&Value>, Vec<&Value>) =
                words.iter().partition(|word| word.is_null());
            let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
            let literal = format!("Literal[{}]", words.join(", "));
            if nulls.is_empty() { literal } else { format!("Optional[{literal}]") }
        }
        Kind::Object(name) => (*name).to_owned(),
        Kind::List(kind) => format!("List[{}]", type_of(kind)),
        Kind::Range => "Range".to_owned(),
        Kind::Nullable(kind) => format!("Optional[{}]", type_of(kind)),
    }
}
