//! What a JSON Schema says, as structures with fields: what types and pages are written from.

use serde_json::Value;

/// A document with every field in it.
pub(super) const EXAMPLE: &str = include_str!("example.galley.json");

/// Fields that every annotation has.
pub(super) const COMMON_FIELDS: [&str; 7] =
    ["id", "kind", "start", "end", "text", "confidence", "status"];
/// Fields that annotations of a kind have besides.
pub(super) const FIELDS_OF_KINDS: [(&str, &[&str]); 3] = [
    ("entity", &["label", "entity"]),
    ("date", &["timex", "interval"]),
    ("quote", &["label", "parts", "cue", "speaker", "strength"]),
];

/// A structure of the schema: its name, what it is, its fields.
pub(super) struct Structure<'s> {
    pub(super) name: &'s str,
    /// The fields that lead to it in a file.
    pub(super) path: String,
    pub(super) description: &'s str,
    pub(super) fields: Vec<Field<'s>>,
}

pub(super) struct Field<'s> {
    pub(super) name: &'s str,
    pub(super) description: &'s str,
    pub(super) kind: Kind<'s>,
    pub(super) is_required: bool,
    pub(super) examples: &'s [Value],
}

/// What a value can be.
pub(super) enum Kind<'s> {
    Text,
    Number,
    Count,
    /// One of these words, or null where it is among them.
    Words(Vec<&'s Value>),
    /// An object of this name.
    Object(&'s str),
    List(Box<Kind<'s>>),
    /// A place: its first code point and the one after it.
    Range,
    Nullable(Box<Kind<'s>>),
}

/// The structures of the schema, the file's first, each after the one that names it.
pub(super) fn structures(schema: &Value) -> Vec<Structure<'_>> {
    let order = fields_in_order(EXAMPLE);
    let mut found = vec![structure("GalleyDocument", "", schema, &order)];
    let mut at = 0;
    while at < found.len() {
        let within = found[at].path.clone();
        let named = found[at].fields.iter().filter_map(|field| {
            Some((object_in(&field.kind)?, format!("{within}.{}", field.name)))
        });
        for (name, path) in named.collect::<Vec<_>>() {
            if found.iter().all(|known| known.name != name) {
                found.push(structure(name, &path, &schema["$defs"][name], &order));
            }
        }
        at += 1;
    }
    found
}

/// The paths of all fields of a JSON text, each once, in their order: `.document.text`. Lists add nothing to a path.
fn fields_in_order(json: &str) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    // Of every open bracket the length of the path before it.
    let mut open: Vec<usize> = Vec::new();
    let mut path = String::new();
    let mut rest = json;
    while let Some(at) = rest.find(['{', '[', '}', ']', '"']) {
        let mark = rest.as_bytes().get(at).copied();
        rest = rest.get(at + 1..).unwrap_or_default();
        match mark {
            Some(b'{' | b'[') => open.push(path.len()),
            Some(b'}' | b']') => {
                open.pop();
            }
            _ => {
                let mut end = 0;
                let mut is_escaped = false;
                for (i, c) in rest.char_indices() {
                    end = i;
                    match c {
                        _ if is_escaped => is_escaped = false,
                        '\\' => is_escaped = true,
                        '"' => break,
                        _ => {}
                    }
                }
                let (name, after) = rest.split_at(end);
                rest = after.get(1..).unwrap_or_default();
                if rest.trim_start().starts_with(':') {
                    path.truncate(open.last().copied().unwrap_or_default());
                    path.push('.');
                    path.push_str(name);
                    if !paths.contains(&path) {
                        paths.push(path.clone());
                    }
                }
            }
        }
    }
    paths
}

fn object_in<'s>(kind: &Kind<'s>) -> Option<&'s str> {
    match kind {
        Kind::Object(name) => Some(name),
        Kind::List(kind) | Kind::Nullable(kind) => object_in(kind),
        Kind::Text | Kind::Number | Kind::Count | Kind::Words(_) | Kind::Range => None,
    }
}

fn structure<'s>(name: &'s str, path: &str, schema: &'s Value, order: &[String]) -> Structure<'s> {
    let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
    let fields =
        schema["properties"].as_object().into_iter().flatten().map(|(name, field)| Field {
            name,
            description: field["description"].as_str().unwrap_or_default(),
            kind: kind_of(field),
            is_required: required.iter().any(|required| required == name),
            examples: field["examples"].as_array().map_or(&[][..], Vec::as_slice),
        });
    let mut fields: Vec<Field<'_>> = fields.collect();
    let place = |field: &Field<'_>| {
        let own = format!("{path}.{}", field.name);
        order.iter().position(|known| *known == own).unwrap_or(usize::MAX)
    };
    fields.sort_by_key(place);
    let description = schema["description"].as_str().unwrap_or_default();
    Structure { name, path: path.to_owned(), description, fields }
}

fn kind_of(schema: &Value) -> Kind<'_> {
    if let Some(words) = schema["enum"].as_array() {
        return Kind::Words(words.iter().collect());
    }
    if !schema["const"].is_null() {
        return Kind::Words(vec![&schema["const"]]);
    }
    if let Some(reference) = schema["$ref"].as_str() {
        return Kind::Object(reference.rsplit('/').next().unwrap_or_default());
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let choice = choices.iter().find(|choice| choice["type"] != "null");
        return Kind::Nullable(Box::new(choice.map_or(Kind::Text, kind_of)));
    }
    let (word, is_nullable) = match &schema["type"] {
        Value::Array(types) => {
            let word = types.iter().filter_map(Value::as_str).find(|word| *word != "null");
            (word.unwrap_or_default(), types.iter().any(|word| word == "null"))
        }
        word => (word.as_str().unwrap_or_default(), false),
    };
    let kind = match word {
        "integer" => Kind::Count,
        "number" => Kind::Number,
        "array" if schema["maxItems"] == 2 => Kind::Range,
        "array" => Kind::List(Box::new(kind_of(&schema["items"]))),
        _ => Kind::Text,
    };
    if is_nullable { Kind::Nullable(Box::new(kind)) } else { kind }
}
