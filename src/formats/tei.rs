//! TEI P5: the article with its marks as elements, people, organisations and places in `standOff`.
//!
//! A mark that crosses another one, or the end of a paragraph, goes on in a second element that points back
//! with `prev`.

use super::sheet::{Mark, Sheet, Sweep, has};
use super::{Format, xml};
use galley_engine::document::Kind;

pub(super) const ROW: Format = Format {
    word: "tei",
    name: "TEI XML",
    about: "TEI P5: names, dates and speech as elements",
    extension: ".tei.xml",
    media_type: "application/tei+xml",
    carries: has::MARKS | has::VALUES | has::SPEAKERS | has::ENTITIES | has::ABOUT,
    write,
    read: None,
};

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader><fileDesc><titleStmt>".to_owned();
    let title = match sheet.about("title") {
        "" => "Article",
        title => title,
    };
    xml::element(&mut out, "title", title);
    out.push_str("</titleStmt><publicationStmt><p>Marked up with Galley.</p></publicationStmt><sourceDesc><bibl>");
    xml::element(&mut out, "title", title);
    if let Some(day) = day(sheet.about("published")) {
        out.push_str("<date");
        xml::attribute(&mut out, "when", day);
        out.push_str("/>");
    }
    out.push_str("</bibl></sourceDesc></fileDesc></teiHeader>\n<standOff>\n");
    lists(&mut out, sheet);
    out.push_str("</standOff>\n<text><body>\n");
    let mut sweep = Sweep::default();
    let mut parts = vec![0; sheet.marks.len()];
    let mut at = 0;
    for line in sheet.text().split('\n') {
        if !line.trim().is_empty() {
            out.push_str("<p>");
            paragraph(&mut out, sheet, &mut sweep, &mut parts, (at, at + line.len()));
            out.push_str("</p>\n");
        }
        at += line.len() + 1;
    }
    out.push_str("</body></text>\n</TEI>\n");
    out.into_bytes()
}

/// Whoever and whatever is named, and speakers that are nobody's mention.
fn lists(out: &mut String, sheet: &Sheet) {
    let entities = sheet.tree.get("entities").items();
    for (list, item, name) in [
        ("listPerson", "person", "persName"),
        ("listOrg", "org", "orgName"),
        ("listPlace", "place", "placeName"),
        ("listNym", "nym", "form"),
    ] {
        let mut rows = String::new();
        let mut row = |id: String, names: &mut dyn Iterator<Item = &str>| {
            rows.push('<');
            rows.push_str(item);
            xml::attribute(&mut rows, "xml:id", &id);
            rows.push('>');
            names.for_each(|n| xml::element(&mut rows, name, n));
            rows.push_str("</");
            rows.push_str(item);
            rows.push_str(">\n");
        };
        for (i, entity) in entities.iter().enumerate() {
            if list_of(entity.get("label").text()) == list {
                let aliases = entity.get("aliases").items().iter().map(|a| a.text());
                row(
                    format!("e{i}"),
                    &mut std::iter::once(entity.get("name").text()).chain(aliases),
                );
            }
        }
        if item == "person" {
            for (i, mark) in sheet.marks.iter().enumerate() {
                if who(sheet, mark, i).starts_with("#s") {
                    row(format!("s{i}"), &mut std::iter::once(sheet.speaker(mark).as_str()));
                }
            }
        }
        if !rows.is_empty() {
            out.push_str(&format!("<{list}>\n{rows}</{list}>\n"));
        }
    }
}

fn list_of(label: &str) -> &'static str {
    match label {
        "PERSON" => "listPerson",
        "ORG" => "listOrg",
        "GPE" | "LOC" | "FAC" => "listPlace",
        _ => "listNym",
    }
}

/// A pointer to the entity with this id; empty where there is none.
fn pointer(sheet: &Sheet, id: &str) -> String {
    let all = sheet.tree.get("entities").items();
    let at = all.iter().position(|e| e.get("id").text() == id && !id.is_empty());
    at.map_or(String::new(), |at| format!("#e{at}"))
}

/// Who speaks: an entity, or a speaker of this quote alone.
fn who(sheet: &Sheet, mark: &Mark, i: usize) -> String {
    let speaker = sheet.fields(mark).get("speaker");
    match pointer(sheet, speaker.get("entity").text()) {
        none if none.is_empty() && !speaker.is_null() => format!("#s{i}"),
        found => found,
    }
}

/// One paragraph: elements closed and opened where the stack of marks changes.
fn paragraph(
    out: &mut String,
    sheet: &Sheet,
    sweep: &mut Sweep,
    parts: &mut [usize],
    (start, end): (usize, usize),
) {
    let mut open: Vec<usize> = Vec::new();
    let close = |out: &mut String, open: &mut Vec<usize>, keep: usize| {
        while open.len() > keep {
            if let Some(i) = open.pop() {
                out.push_str("</");
                out.push_str(element(&sheet.marks[i]).0);
                out.push('>');
            }
        }
    };
    for segment in sheet.segments(sweep, start, end) {
        let same = open.iter().zip(&segment.stack).take_while(|(a, b)| a == b).count();
        close(out, &mut open, same);
        for &i in segment.stack.get(same..).unwrap_or_default() {
            begin(out, sheet, i, &mut parts[i]);
            open.push(i);
        }
        xml::text(out, sheet.slice(segment.start, segment.end));
    }
    close(out, &mut open, 0);
}

/// An element's name, and the label that its name does not say.
fn element(mark: &Mark) -> (&'static str, &str) {
    match (mark.kind, mark.label.as_str()) {
        (Kind::Quote, _) => ("said", ""),
        (Kind::Date, "TIME") => ("time", ""),
        (Kind::Date, label) => ("date", if label == "DATE" { "" } else { label }),
        (_, "PERSON") => ("persName", ""),
        (_, "ORG") => ("orgName", ""),
        (_, "GPE") => ("placeName", ""),
        (_, label @ ("LOC" | "FAC")) => ("placeName", label),
        (_, label @ ("MONEY" | "PERCENT" | "QUANTITY")) => ("measure", label),
        (_, label @ ("CARDINAL" | "ORDINAL")) => ("num", label),
        (_, label) => ("name", label),
    }
}

fn begin(out: &mut String, sheet: &Sheet, i: usize, part: &mut usize) {
    let mark = &sheet.marks[i];
    let fields = sheet.fields(mark);
    let (name, label) = element(mark);
    out.push('<');
    out.push_str(name);
    let id = |part: usize| match part {
        0 => format!("a{i}"),
        part => format!("a{i}.{part}"),
    };
    xml::attribute(out, "xml:id", &id(*part));
    if let Some(before) = part.checked_sub(1) {
        xml::attribute(out, "prev", &format!("#{}", id(before)));
    }
    *part += 1;
    // A type is one name, without blanks.
    xml::attribute(out, "type", &label.replace(|c: char| !c.is_alphanumeric() && c != '-', "_"));
    match mark.kind {
        Kind::Quote => {
            let direct = fields.get("label").text() != "indirect";
            xml::attribute(out, "direct", if direct { "true" } else { "false" });
            xml::attribute(out, "who", &who(sheet, mark, i));
        }
        Kind::Date => {
            let value = fields.get("timex").get("value").text();
            let interval = fields.get("interval");
            let (from, to) = (day(interval.get("from").text()), day(interval.get("to").text()));
            match (from, to) {
                _ if is_duration(value) => xml::attribute(out, "dur", value),
                (Some(from), Some(to)) if from == to => xml::attribute(out, "when", from),
                (Some(from), Some(to)) => {
                    xml::attribute(out, "from", from);
                    xml::attribute(out, "to", to);
                }
                _ => {}
            }
            xml::attribute(out, "n", value);
        }
        _ => xml::attribute(out, "ref", &pointer(sheet, fields.get("entity").text())),
    }
    out.push('>');
}

/// The day of a date or an instant, as XML Schema has it.
fn day(value: &str) -> Option<&str> {
    let day = value.get(..10)?;
    let shape = |(i, b): (usize, u8)| {
        if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() }
    };
    (day.bytes().enumerate().all(shape) && !day.starts_with("0000")).then_some(day)
}

/// A length of time that XML Schema knows: no weeks, no unknown numbers.
fn is_duration(value: &str) -> bool {
    let known = |b: u8| b.is_ascii_digit() || b"PTYMDHS.".contains(&b);
    value.starts_with('P')
        && value.contains(|c: char| c.is_ascii_digit())
        && value.bytes().all(known)
}
