//! The quotes as a table: CSV after RFC 4180, safe to open in a spreadsheet.

use super::Format;
use super::sheet::{Sheet, has};
use galley_engine::document::Kind;

pub(super) const ROW: Format = Format {
    word: "csv",
    name: "CSV of quotes",
    about: "a quote a row: speaker, quote, date; for a spreadsheet",
    extension: ".quotes.csv",
    media_type: "text/csv",
    carries: has::QUOTES | has::SPEAKERS | has::NESTED,
    write,
    read: None,
};

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = "speaker,quote,date,kind,named as,cue,published,start,end,article\r\n".to_owned();
    for mark in sheet.marks.iter().filter(|m| m.kind == Kind::Quote) {
        let fields = sheet.fields(mark);
        cell(&mut out, &sheet.speaker(mark));
        cell(&mut out, &sheet.quoted(mark));
        cell(&mut out, fields.get("said").text());
        cell(&mut out, fields.get("label").text());
        cell(&mut out, &sheet.ranges(fields.get("speaker").get("mention")));
        cell(&mut out, &sheet.ranges(fields.get("cue")));
        cell(&mut out, sheet.about("published"));
        cell(&mut out, &mark.points[0].to_string());
        cell(&mut out, &mark.points[1].to_string());
        cell(&mut out, sheet.about("id"));
        out.pop();
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// A cell and its comma. What a spreadsheet would take for a formula gets an apostrophe before it.
fn cell(out: &mut String, text: &str) {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    let quoted = text.contains([',', '"', '\n', '\r']) || text != text.trim();
    let marks = if quoted { "\"" } else { "" };
    out.push_str(marks);
    if formula {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push_str(marks);
    out.push(',');
}
