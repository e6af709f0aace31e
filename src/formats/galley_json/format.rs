use super::write::write;
use crate::export::{ExportDocument, content};
use crate::format::Format;

pub(crate) const FORMAT: Format = Format {
    id: "galley",
    name: "Galley JSON",
    description: "all that there is; opens here again",
    extension: ".galley.json",
    media_type: "application/json",
    carries: content::ALL,
    write: write_export,
    read: None,
};

fn write_export(export: &ExportDocument) -> Vec<u8> {
    // An export is made of sound documents alone, so there is nothing to refuse.
    write(export.document, true).unwrap_or_default().into_bytes()
}
