//! TimeML: the text with its dates as TIMEX3, and the publication date as document creation time.

use super::export::{ExportDocument, content};
use super::format::Format;
use super::markup;
use galley_engine::document::{Anchor, AnnotationId, Body};
use std::collections::HashMap;

pub(super) const FORMAT: Format = Format {
    id: "timeml",
    name: "TimeML",
    description: "dates as TIMEX3 in the text, for HeidelTime's and TempEval's tools",
    extension: ".tml",
    media_type: "application/xml",
    carries: content::WHOLE_TEXT | content::DATES | content::DATE_VALUES | content::METADATA,
    write,
    read: None,
};

/// The id of the publication date.
const CREATION_TIME: &str = "t0";

fn write(export: &ExportDocument) -> Vec<u8> {
    let dates = export.without_overlaps(content::DATES);
    let annotations = dates.iter().filter_map(|i| export.annotations.get(*i));
    let ids: HashMap<&AnnotationId, usize> =
        annotations.clone().zip(1..).map(|(a, n)| (&a.annotation.id, n)).collect();
    let published = export.published();
    let created = published.map_or(String::new(), |published| {
        let published = markup::text(published);
        let kind = if published.contains('T') { "TIME" } else { "DATE" };
        format!(
            "<DCT><TIMEX3 tid=\"{CREATION_TIME}\" type=\"{kind}\" value=\"{published}\" temporalFunction=\"false\" \
             functionInDocument=\"CREATION_TIME\">{published}</TIMEX3></DCT>\n"
        )
    });
    let mut text = String::new();
    let mut at = 0;
    for annotation in annotations {
        let Body::Date(date) = &annotation.annotation.body else { continue };
        let (start, end) = export.trimmed(annotation);
        text.push_str(&markup::text(export.slice(at, start)));
        let number = ids.get(&annotation.annotation.id).copied().unwrap_or_default();
        let anchor = match &date.timex.anchor {
            Anchor::None => None,
            Anchor::Published => published.map(|_| CREATION_TIME.to_owned()),
            Anchor::Annotation(id) => ids.get(id).map(|number| format!("t{number}")),
        };
        let mut tag = format!(
            "<TIMEX3 tid=\"t{number}\" type=\"{}\" value=\"{}\"",
            date.timex.kind.name(),
            markup::attribute(annotation.date_value().unwrap_or_default())
        );
        if let Some(modifier) = &date.timex.modifier {
            tag.push_str(&format!(" mod=\"{}\"", markup::attribute(modifier.as_str())));
        }
        if let Some(anchor) = anchor {
            tag.push_str(&format!(" temporalFunction=\"true\" anchorTimeID=\"{anchor}\""));
        }
        text.push_str(&format!("{tag}>{}</TIMEX3>", markup::text(export.slice(start, end))));
        at = end;
    }
    text.push_str(&markup::text(export.slice(at, export.text().len())));
    let title = export.title().map(|title| format!("<TITLE>{}</TITLE>\n", markup::text(title)));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>{}</DOCID>\n{created}{}<TEXT>{text}</TEXT>\n</TimeML>\n",
        markup::text(export.id()),
        title.unwrap_or_default()
    )
    .into_bytes()
}
