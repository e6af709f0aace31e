//! The quotes as a table: CSV after RFC 4180, safe to open in a spreadsheet.

use std::borrow::Cow;

use super::export::{ExportDocument, content};
use super::format::Format;

pub(super) const FORMAT: Format = Format {
    id: "csv",
    name: "CSV of quotes",
    description: "a quote a row: speaker, quote, date; for a spreadsheet",
    extension: ".quotes.csv",
    media_type: "text/csv",
    carries: content::QUOTES | content::SPEAKERS | content::NESTED,
    write,
    read: None,
};

const HEADER: [&str; 10] =
    ["speaker", "quote", "date", "kind", "named as", "cue", "published", "start", "end", "article"];

fn write(export: &ExportDocument) -> Vec<u8> {
    let mut table =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing rows of equal length to memory does not fail.
    let _ = table.write_record(HEADER);
    for annotation in &export.annotations {
        let Some(quote) = annotation.quote() else {
            continue;
        };
        let mention = quote.speaker.as_ref().map_or(&[][..], |speaker| &speaker.mention);
        let row: [Cow<'_, str>; HEADER.len()] = [
            export.speaker_name(annotation).into(),
            export.quoted_words(annotation).into(),
            annotation.find_quote_date().unwrap_or_default().into(),
            quote.kind.name().into(),
            export.join_spans(mention).into(),
            export.join_spans(&quote.cue).into(),
            export.published().unwrap_or_default().into(),
            annotation.start_point.to_string().into(),
            annotation.end_point.to_string().into(),
            export.id().into(),
        ];
        let _ = table.write_record(row.map(guard_formula).iter().map(|cell| cell.as_bytes()));
    }
    table.into_inner().unwrap_or_default()
}

/// A table as CSV with a byte order mark, by which spreadsheets recognise UTF-8; safe to open in one. Rows that are
/// shorter than the first one are filled up.
pub fn write_table(rows: &[Vec<String>]) -> Vec<u8> {
    let width = rows.first().map_or(0, Vec::len);
    let to = b"\xef\xbb\xbf".to_vec();
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    for row in rows {
        let cells = row.iter().map(|cell| guard_formula(cell.as_str().into()));
        let cells: Vec<Cow<'_, str>> =
            cells.chain(std::iter::repeat(Cow::Borrowed(""))).take(width).collect();
        let _ = table.write_record(cells.iter().map(|cell| cell.as_bytes()));
    }
    table.into_inner().unwrap_or_default()
}

/// What a spreadsheet would take for a formula gets an apostrophe before it.
fn guard_formula(cell: Cow<'_, str>) -> Cow<'_, str> {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{cell}").into() } else { cell }
}
