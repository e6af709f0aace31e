//! A workbook (Office Open XML): a sheet each of entities, mentions, quotes and dates, the first row frozen, with
//! filters. All is text or a number: no cell is a formula, whatever its words.

use std::fmt::Write;

use super::archive;
use super::export::{ExportDocument, content};
use super::format::Format;
use super::markup;
use super::table::{self, Cell, Table};

pub(super) const FORMAT: Format = Format {
    id: "xlsx",
    name: "Excel workbook",
    description: "sheets of entities, mentions, quotes and dates",
    extension: ".xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    carries: content::ANNOTATIONS
        | content::DATE_VALUES
        | content::SPEAKERS
        | content::CUES
        | content::ENTITIES
        | content::REVIEW,
    write,
    read: None,
};

/// Rows of a sheet.
const MAX_ROWS: usize = 1_048_576;
/// UTF-16 units of a cell's text.
const MAX_CELL_UNITS: usize = 32_767;
/// From this width on a column's words go on in another line.
const WRAPPED_WIDTH: u8 = 40;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Styles by number: plain, a head, words that go on in another line.
const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
<fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"3\">\
<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>\
<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>\
</cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";
const HEAD_STYLE: u8 = 1;
const WRAPPED_STYLE: u8 = 2;

fn write(export: &ExportDocument) -> Vec<u8> {
    let tables = [
        table::entities(export),
        table::mentions(export),
        table::quotes(export),
        table::dates(export),
    ];
    let numbered = || (1..).zip(&tables);
    let list = |item: &dyn Fn(usize, &Table) -> String| -> String {
        numbered().map(|(n, table)| item(n, table)).collect()
    };
    let part =
        |name: &str, xml: String| (name.to_owned(), format!("{DECLARATION}{xml}").into_bytes());
    let mut parts = vec![
        part(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\">\
                 <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                 <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
                 <Override PartName=\"/xl/workbook.xml\" ContentType=\"{CONTENT}.sheet.main+xml\"/>\
                 <Override PartName=\"/xl/styles.xml\" ContentType=\"{CONTENT}.styles+xml\"/>{}</Types>",
                list(&|n, _| format!(
                    "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{CONTENT}.worksheet+xml\"/>"
                ))
            ),
        ),
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">\
                 <Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{}</sheets><definedNames>{}</definedNames></workbook>",
                list(&|n, table| format!(
                    "<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>",
                    table.name
                )),
                list(&|n, table| format!(
                    "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{}\" hidden=\"1\">{}!{}</definedName>",
                    n - 1,
                    table.name,
                    range_of(table, "$")
                )),
            ),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">{}\
                 <Relationship Id=\"rId{}\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>",
                list(&|n, _| format!(
                    "<Relationship Id=\"rId{n}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
                )),
                tables.len() + 1
            ),
        ),
        part("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>")),
    ];
    parts.extend(
        numbered().map(|(n, table)| part(&format!("xl/worksheets/sheet{n}.xml"), sheet(table, n))),
    );
    archive::write(&parts)
}

/// All of its cells: `A1:C9`; `sign` goes before each letter and number.
fn range_of(table: &Table, sign: &str) -> String {
    let last = column_letter(table.columns.len().saturating_sub(1));
    let rows = (table.rows.len() + 1).min(MAX_ROWS);
    format!("{sign}A{sign}1:{sign}{last}{sign}{rows}")
}

/// No table here has more columns than the alphabet has letters.
fn column_letter(column: usize) -> char {
    char::from(b'A' + column.min(25) as u8)
}

fn sheet(table: &Table, number: usize) -> String {
    let selected = if number == 1 { " tabSelected=\"1\"" } else { "" };
    let mut xml = format!(
        "<worksheet xmlns=\"{MAIN}\"><dimension ref=\"{range}\"/>\
         <sheetViews><sheetView workbookViewId=\"0\"{selected}><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <sheetFormatPr defaultRowHeight=\"15\"/><cols>",
        range = range_of(table, "")
    );
    // Writing to a string does not fail.
    for (n, column) in (1..).zip(table.columns) {
        let _ = write!(
            xml,
            "<col min=\"{n}\" max=\"{n}\" width=\"{}\" customWidth=\"1\"/>",
            column.width
        );
    }
    xml.push_str("</cols><sheetData><row r=\"1\">");
    for (i, column) in table.columns.iter().enumerate() {
        write_text(&mut xml, i, 1, HEAD_STYLE, column.name);
    }
    xml.push_str("</row>");
    for (row, cells) in (2..=MAX_ROWS).zip(&table.rows) {
        let _ = write!(xml, "<row r=\"{row}\">");
        for (i, (cell, column)) in cells.iter().zip(table.columns).enumerate() {
            let style = if column.width >= WRAPPED_WIDTH { WRAPPED_STYLE } else { 0 };
            match cell {
                Cell::Number(digits) => {
                    let _ = write!(
                        xml,
                        "<c r=\"{}{row}\" s=\"{style}\"><v>{digits}</v></c>",
                        column_letter(i)
                    );
                }
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => write_text(&mut xml, i, row, style, text),
            }
        }
        xml.push_str("</row>");
    }
    let _ = write!(xml, "</sheetData><autoFilter ref=\"{}\"/></worksheet>", range_of(table, ""));
    xml
}

fn write_text(xml: &mut String, column: usize, row: usize, style: u8, text: &str) {
    let _ = write!(
        xml,
        "<c r=\"{}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        column_letter(column),
        markup::text(&without_escapes(shorten(text)))
    );
}

/// What fits into a cell.
fn shorten(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_CELL_UNITS
    });
    end.map_or(text, |(end, _)| text.get(..end).unwrap_or_default())
}

/// `_x0041_` in a cell stands for "A": where a text has such words by itself, their first sign is spelled that way.
fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let code = after.as_bytes().get(2..7);
        let is_escape = code.is_some_and(|code| {
            code.ends_with(b"_") && code.iter().take(4).all(u8::is_ascii_hexdigit)
        });
        out.push_str(if is_escape { "_x005F_" } else { "_" });
        rest = after.get(1..).unwrap_or_default();
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_sound_whatever_its_words() {
        let text = "“=1+1_x0041_ & <b>,” said Ann Ray on 3 May 2021.\u{1} \u{ffff}";
        let document =
            galley_engine::analyze(text, &Default::default(), &Default::default()).unwrap();
        let workbook = write(&ExportDocument::new(&document).unwrap());
        let parts = archive::read(&workbook).unwrap();
        assert_eq!(parts.len(), 9);
        for (name, xml) in parts {
            let xml = String::from_utf8(xml).unwrap();
            let mut reader = quick_xml::Reader::from_str(&xml);
            let mut cells = Vec::new();
            loop {
                match reader.read_event().unwrap_or_else(|why| panic!("{name}: {why}")) {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "c" => {
                        let at = tag.try_get_attribute("r").unwrap().unwrap();
                        cells.push(at.value.into_owned());
                    }
                    _ => {}
                }
            }
            assert!(!xml.contains("<f>") && !xml.contains("<f "), "{name} has no formula");
            let key = |cell: &String| (cell[1..].parse::<usize>().unwrap(), cell[..1].to_owned());
            assert!(cells.is_sorted_by_key(key), "{name}: {cells:?}");
        }
    }

    #[test]
    fn what_looks_like_an_escape_is_spelled() {
        assert_eq!(without_escapes("a_x0041_b"), "a_x005F_x0041_b");
        assert_eq!(without_escapes("_x004_ _xé _x"), "_x004_ _xé _x");
    }

    #[test]
    fn a_long_cell_is_cut_between_characters() {
        let long = "👍".repeat(20_000);
        assert_eq!(shorten(&long).chars().count(), 16_383);
        assert_eq!(shorten("short"), "short");
    }
}
