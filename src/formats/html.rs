//! A page to print and to pass on: the article with its marks, a legend, who speaks, who is named, which dates.
//! One file with its own style; no script.

use super::sheet::{Sheet, Sweep, has};
use super::{Format, xml};
use galley_engine::document::Kind;

pub(super) const ROW: Format = Format {
    word: "html",
    name: "Printable page",
    about: "one HTML file: marks, legend, quotes by speaker; for print",
    extension: ".marked.html",
    media_type: "text/html",
    carries: has::MARKS | has::VALUES | has::SPEAKERS | has::ENTITIES | has::ABOUT,
    write,
    read: None,
};

/// Kinds, as the page draws them: a class, a sign, a word.
const LEGEND: [(Kind, &str, &str, &str); 6] = [
    (Kind::Person, "p", "●", "Person"),
    (Kind::Organisation, "o", "■", "Organisation"),
    (Kind::Place, "l", "▲", "Place"),
    (Kind::Date, "d", "◆", "Date"),
    (Kind::Quote, "q", "❝", "Quote"),
    (Kind::Other, "x", "○", "Other"),
];

const STYLE: &str = "\
:root{color-scheme:light}\
body{max-width:68ch;margin:3rem auto;padding:0 1.25rem;font:1.0625rem/1.9 Charter,Georgia,serif;color:#1c1b19;background:#fff}\
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .4rem;text-wrap:balance}\
h2{font-size:1.1rem;margin:2.5rem 0 .6rem}\
p{margin:0 0 1em;white-space:pre-wrap;overflow-wrap:anywhere}\
.by,ul.key,table{font:.875rem/1.5 system-ui,sans-serif}\
.by{color:#5b5750;margin:0 0 1.5rem}\
ul.key{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;padding:.7rem 0;margin:0 0 2rem;border:solid #d8d4cb;border-width:1px 0}\
mark{color:inherit;background:#ededE6;border-bottom:2px solid #5c5c4d;padding:.1em 0;-webkit-print-color-adjust:exact;print-color-adjust:exact}\
.p{background:#d9ecf8;border-bottom:2px solid #0072b2}\
.o{background:#fbe6d4;border-bottom:2px dashed #b8560a}\
.l{background:#d8f0e6;border-bottom:2px dotted #00734f}\
.d{background:#f5e1ef;border-bottom:4px double #8a3e78}\
.q{background:#eef3fb;border-bottom:1px solid #3b5b92}\
.x{border-bottom-style:groove}\
table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-top:1px solid #d8d4cb;overflow-wrap:anywhere}\
@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}h2{break-after:avoid}tr{break-inside:avoid}}\
@page{margin:2cm}";

fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n".to_owned();
    let title = match sheet.about("title") {
        "" => "Article",
        title => title,
    };
    xml::element(&mut out, "title", title);
    out.push_str("\n<style>");
    out.push_str(STYLE);
    out.push_str("</style>\n</head>\n<body>\n");
    xml::element(&mut out, "h1", title);
    out.push_str("\n<p class=\"by\">");
    if let Some(day) = sheet.about("published").get(..10) {
        out.push_str("Published ");
        xml::text(&mut out, day);
        out.push_str(". ");
    }
    out.push_str("Marked up with Galley.</p>\n<ul class=\"key\">\n");
    for (kind, class, sign, name) in LEGEND {
        let n = sheet.marks.iter().filter(|m| m.kind == kind).count();
        if n > 0 {
            out.push_str(&format!("<li><mark class=\"{class}\">{sign} {name}</mark> {n}</li>\n"));
        }
    }
    out.push_str("</ul>\n<main>\n");
    article(&mut out, sheet);
    out.push_str("</main>\n");
    let quotes = sheet.marks.iter().filter(|m| m.kind == Kind::Quote);
    let quotes = quotes.map(|m| {
        [sheet.speaker(m), sheet.quoted(m), sheet.fields(m).get("said").text().to_owned()]
    });
    table(&mut out, "Quotes", ["Who", "Said", "When"], quotes.collect());
    let entities = sheet.tree.get("entities").items().iter();
    let entities = entities.map(|e| {
        let aliases: Vec<&str> = e.get("aliases").items().iter().map(|a| a.text()).collect();
        [e.get("name").text().to_owned(), aliases.join(", "), e.get("label").text().to_owned()]
    });
    table(&mut out, "Named", ["Name", "Also", "What"], entities.collect());
    let dates = sheet.marks.iter().filter(|m| m.kind == Kind::Date);
    let dates = dates.map(|m| {
        let timex = sheet.fields(m).get("timex");
        [
            sheet.words(m).to_owned(),
            timex.get("value").text().to_owned(),
            timex.get("mod").text().to_owned(),
        ]
    });
    table(&mut out, "Dates", ["In the text", "Value", ""], dates.collect());
    out.push_str("</body>\n</html>\n");
    out.into_bytes()
}

/// Its lines as paragraphs; marks as flat pieces, each drawn as its innermost mark and naming all.
fn article(out: &mut String, sheet: &Sheet) {
    let mut sweep = Sweep::default();
    let mut at = 0;
    for line in sheet.text().split('\n') {
        if !line.trim().is_empty() {
            out.push_str("<p dir=\"auto\">");
            for segment in sheet.segments(&mut sweep, at, at + line.len()) {
                let words = sheet.slice(segment.start, segment.end);
                let Some(&inner) = segment.stack.last() else {
                    xml::text(out, words);
                    continue;
                };
                let kind = sheet.marks[inner].kind;
                let class = LEGEND.iter().find(|row| row.0 == kind).map_or("", |row| row.1);
                let names: Vec<&str> =
                    segment.stack.iter().rev().map(|&i| sheet.marks[i].label.as_str()).collect();
                out.push_str("<mark");
                xml::attribute(out, "class", class);
                xml::attribute(out, "title", &names.join(" in "));
                out.push('>');
                xml::text(out, words);
                out.push_str("</mark>");
            }
            out.push_str("</p>\n");
        }
        at += line.len() + 1;
    }
}

fn table(out: &mut String, title: &str, head: [&str; 3], rows: Vec<[String; 3]>) {
    if rows.is_empty() {
        return;
    }
    xml::element(out, "h2", title);
    out.push_str("\n<table>\n<tr>");
    head.iter().for_each(|cell| xml::element(out, "th", cell));
    out.push_str("</tr>\n");
    for row in rows {
        out.push_str("<tr>");
        row.iter().for_each(|cell| xml::element(out, "td", cell));
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}
