//! The labelling configuration of a Label Studio project for files of `label_studio`: labels, the field for a date's
//! value, the relation to who speaks. It is pasted into the project's settings before the file is imported.

use super::export::{ExportDocument, content};
use super::format::Format;
use super::label_studio::{LABEL_CONTROL, SPEAKER, VALUE_CONTROL};
use super::markup;
use galley_engine::document::{Kind, Label};

pub(super) const FORMAT: Format = Format {
    id: "label-studio-config",
    name: "Label Studio configuration",
    description: "labels, date values and speakers, for the project's settings; import the JSON after it",
    extension: ".label-studio.xml",
    media_type: "application/xml",
    carries: content::NOTHING,
    write,
    read: None,
};

/// Labels of dates, as TIMEX3 names them.
const DATE_LABELS: [&str; 4] = ["DATE", "TIME", "DURATION", "SET"];

fn write(export: &ExportDocument) -> Vec<u8> {
    let known = Label::ALL.iter().map(|row| (row.0.name(), row.0.kind()));
    let dates = DATE_LABELS.iter().map(|label| (*label, Kind::Date));
    let mut labels: Vec<(&str, Kind)> =
        known.chain(dates).chain([(super::export::QUOTE_LABEL, Kind::Quote)]).collect();
    for annotation in &export.annotations {
        if labels.iter().all(|(label, _)| *label != annotation.label) {
            labels.push((annotation.label, annotation.kind));
        }
    }
    let rows = labels.iter().map(|(label, kind)| {
        let (label, colour) = (markup::attribute(label), colour_of(*kind));
        format!("    <Label value=\"{label}\" background=\"{colour}\"/>\n")
    });
    format!(
        "<View>\n  <Relations>\n    <Relation value=\"{SPEAKER}\"/>\n  </Relations>\n  \
         <Labels name=\"{LABEL_CONTROL}\" toName=\"text\">\n{}  </Labels>\n  \
         <Text name=\"text\" value=\"$text\" granularity=\"word\"/>\n  \
         <TextArea name=\"{VALUE_CONTROL}\" toName=\"text\" perRegion=\"true\" editable=\"true\" maxSubmissions=\"1\" \
         whenTagName=\"{LABEL_CONTROL}\" whenLabelValue=\"{}\" placeholder=\"2021-07-23\"/>\n</View>\n",
        rows.collect::<String>(),
        DATE_LABELS.join(",")
    )
    .into_bytes()
}

/// As the page draws them.
fn colour_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "#0072b2",
        Kind::Organisation => "#b8560a",
        Kind::Place => "#00734f",
        Kind::Date => "#8a3e78",
        Kind::Quote => "#3b5b92",
        _ => "#5c5c4d",
    }
}
