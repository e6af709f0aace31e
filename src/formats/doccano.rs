//! doccano JSONL, for sequence labelling: one text a line with its labels. Offsets are code points.
//! The file is ASCII: doccano's "Auto" takes UTF-8 for other encodings.

use serde::Serialize;

use super::export::{ExportDocument, content};
use super::format::Format;
use super::json_text;

pub(super) const FORMAT: Format = Format {
    id: "doccano",
    name: "doccano JSONL",
    description: "sequence labelling (allow overlapping spans)",
    extension: ".doccano.jsonl",
    media_type: "application/jsonl",
    carries: content::WHOLE_TEXT | content::ANNOTATIONS | content::METADATA,
    write,
    read: None,
};

/// doccano keeps fields that it does not know as metadata of the text.
#[derive(Serialize)]
struct Example<'a> {
    text: &'a str,
    label: Vec<(usize, usize, &'a str)>,
    // Always there: rows without a key that others have become NaN, which doccano's database refuses.
    title: &'a str,
    published: &'a str,
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
