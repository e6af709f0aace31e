//! A page to print and to pass on: the article with its annotations, a legend, who speaks, who is named, which dates.
//! One file with its own style; no script.

use super::export::{ExportDocument, Sweep, content};
use super::format::Format;
use super::markup;
use galley_engine::document::Kind;

pub(super) const FORMAT: Format = Format {
    id: "html",
    name: "Printable page",
    description: "one HTML file: marks, legend, quotes by speaker; for print",
    extension: ".marked.html",
    media_type: "text/html",
    carries: content::ANNOTATIONS
        | content::WHOLE_TEXT
        | content::DATE_VALUES
        | content::SPEAKERS
        | content::ENTITIES
        | content::METADATA,
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

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

fn write(export: &ExportDocument) -> Vec<u8> {
    let title = markup::text(export.title().unwrap_or("Article"));
    let published = export.published().and_then(|published| published.get(..10));
    let published = published.map_or(String::new(), |day| format!("Published {day}. "));
    let sections =
        [legend(export), article(export), quotes(export), entities(export), dates(export)];
    format!(
        "{HEAD}<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n<p class=\"by\">{published}Marked up with Galley.</p>\n\
         {}</body>\n</html>\n",
        sections.concat()
    )
    .into_bytes()
}

fn legend(export: &ExportDocument) -> String {
    let items = LEGEND.iter().filter_map(|(kind, class, sign, name)| {
        let count = export.annotations.iter().filter(|a| a.kind == *kind).count();
        let item = format!("<li><mark class=\"{class}\">{sign} {name}</mark> {count}</li>\n");
        (count > 0).then_some(item)
    });
    format!("<ul class=\"key\">\n{}</ul>\n", items.collect::<String>())
}

/// Its lines as paragraphs; annotations as flat pieces, each drawn as its innermost one and naming all.
fn article(export: &ExportDocument) -> String {
    let mut out = "<main>\n".to_owned();
    let mut sweep = Sweep::default();
    let mut at = 0;
    for line in export.text().split('\n') {
        if !line.trim().is_empty() {
            out.push_str("<p dir=\"auto\">");
            for segment in export.segments(&mut sweep, at, at + line.len()) {
                let words = markup::text(export.slice(segment.start, segment.end));
                let stack = segment.stack.iter().rev().map(|&i| &export.annotations[i]);
                let labels: Vec<&str> = stack.clone().map(|a| a.label).collect();
                let row = stack.clone().next().and_then(|a| LEGEND.iter().find(|r| r.0 == a.kind));
                match row {
                    Some((_, class, ..)) => out.push_str(&format!(
                        "<mark class=\"{class}\" title=\"{}\">{words}</mark>",
                        markup::attribute(&labels.join(" in "))
                    )),
                    None => out.push_str(&words),
                }
            }
            out.push_str("</p>\n");
        }
        at += line.len() + 1;
    }
    out + "</main>\n"
}

fn quotes(export: &ExportDocument) -> String {
    let quotes = export.annotations.iter().filter(|a| a.kind == Kind::Quote).map(|quote| {
        let said = quote.find_quote_date().unwrap_or_default().to_owned();
        [export.speaker_name(quote), export.quoted_words(quote), said]
    });
    table("Quotes", ["Who", "Said", "When"], quotes)
}

fn entities(export: &ExportDocument) -> String {
    let entities = export.document.entities.iter().map(|entity| {
        [entity.name.clone(), entity.aliases.join(", "), entity.label.name().to_owned()]
    });
    table("Named", ["Name", "Also", "What"], entities)
}

fn dates(export: &ExportDocument) -> String {
    let dates = export.annotations.iter().filter_map(|annotation| {
        let json = annotation.json.timex.as_ref()?;
        let modifier = json.modifier.as_deref().unwrap_or_default();
        Some([export.words(annotation), &json.value, modifier].map(str::to_owned))
    });
    table("Dates", ["In the text", "Value", ""], dates)
}

/// A table with its title; nothing when it has no rows.
fn table(title: &str, head: [&str; 3], rows: impl Iterator<Item = [String; 3]>) -> String {
    let cells = |element: &str, cells: &[&str]| {
        let cells =
            cells.iter().map(|cell| format!("<{element}>{}</{element}>", markup::text(cell)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = rows.map(|row| cells("td", &row.each_ref().map(String::as_str))).collect();
    if rows.is_empty() {
        return rows;
    }
    format!("<h2>{title}</h2>\n<table>\n{}{rows}</table>\n", cells("th", &head))
}
