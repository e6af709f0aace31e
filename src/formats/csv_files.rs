//! Tables as CSV after RFC 4180, safe to open in a spreadsheet: quotes, mentions, dates.
//!
//! A byte order mark is no part of a table: whoever hands a file to a person puts [`BYTE_ORDER_MARK`] before
//! it, as spreadsheets know UTF-8 by it; what goes on to another program has none.

use std::borrow::Cow;

use super::export::content;
use super::format::{CSV_MEDIA_TYPE, Format};
use super::table::{self, Table};

pub(super) const QUOTES: Format = Format {
    id: "csv",
    name: "CSV of quotes",
    description: "a quote a row: speaker, quote, date; for a spreadsheet",
    extension: ".quotes.csv",
    media_type: CSV_MEDIA_TYPE,
    carries: content::QUOTES | content::SPEAKERS | content::CUES | content::NESTED | content::EDGES,
    write: |export| write(&table::quotes(export)),
    read: None,
};

pub(super) const ENTITIES: Format = Format {
    id: "entities-csv",
    name: "CSV of names",
    description: "a mention a row: entity, label, place, certainty, sentence",
    extension: ".entities.csv",
    media_type: CSV_MEDIA_TYPE,
    carries: content::NAMES
        | content::NESTED
        | content::EDGES
        | content::ENTITIES
        | content::REVIEW,
    write: |export| write(&table::mentions(export)),
    read: None,
};

pub(super) const DATES: Format = Format {
    id: "dates-csv",
    name: "CSV of dates",
    description: "a date a row: words, value, from, to, certainty, sentence",
    extension: ".dates.csv",
    media_type: CSV_MEDIA_TYPE,
    carries: content::DATES
        | content::NESTED
        | content::EDGES
        | content::DATE_VALUES
        | content::REVIEW,
    write: |export| write(&table::dates(export)),
    read: None,
};

/// By which spreadsheets recognise UTF-8.
pub const BYTE_ORDER_MARK: [u8; 3] = *b"\xef\xbb\xbf";

fn write(table: &Table) -> Vec<u8> {
    let mut out = csv_writer(Vec::new());
    write_row(&mut out, table.columns.iter().map(|column| column.name));
    for row in &table.rows {
        write_row(&mut out, row.iter().map(|cell| cell.text()));
    }
    out.into_inner().unwrap_or_default()
}

/// A table as CSV with a byte order mark; safe to open in a spreadsheet. Rows that are shorter than the first one
/// are filled up.
pub fn write_table(rows: &[Vec<String>]) -> Vec<u8> {
    let width = rows.first().map_or(0, Vec::len);
    let mut table = csv_writer(BYTE_ORDER_MARK.to_vec());
    for row in rows {
        let cells = row.iter().map(String::as_str);
        write_row(&mut table, cells.chain(std::iter::repeat("")).take(width));
    }
    table.into_inner().unwrap_or_default()
}

/// Rows of equal length, written to memory: that does not fail.
fn write_row<'c>(out: &mut csv::Writer<Vec<u8>>, cells: impl Iterator<Item = &'c str>) {
    let cells: Vec<Cow<'_, str>> = cells.map(|cell| guard_formula(cell.into())).collect();
    let _ = out.write_record(cells.iter().map(|cell| cell.as_bytes()));
}

fn csv_writer(to: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to)
}

/// What a spreadsheet would take for a formula gets an apostrophe before it.
fn guard_formula(cell: Cow<'_, str>) -> Cow<'_, str> {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{cell}").into() } else { cell }
}
