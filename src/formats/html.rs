//! A page to print and to pass on: the article with its annotations, a legend, who speaks, who is named, which dates.
//! One file with its own style; no script. The interactive page has one, which asks nothing of any network: kinds
//! can be hidden, and whoever is named is found again.

use super::export::{ExportAnnotation, ExportDocument, Sweep, content};
use super::format::Format;
use super::markup;
use galley_engine::document::{Body, EntityId, Kind};
use std::collections::HashMap;

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

pub(super) const INTERACTIVE: Format = Format {
    id: "interactive",
    name: "Interactive page",
    description: "one HTML file without a network: hide kinds, find everyone who is named",
    extension: ".interactive.html",
    write: write_interactive,
    ..FORMAT
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
th{white-space:nowrap}\
@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}h2{break-after:avoid}tr{break-inside:avoid}}\
@page{margin:2cm}";

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

fn write(export: &ExportDocument) -> Vec<u8> {
    let head = format!(
        "{HEAD}<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    );
    let sections =
        [legend(export), article(export), quotes(export), entities(export), dates(export)];
    page(export, &head, STYLE, &sections.concat())
}

fn write_interactive(export: &ExportDocument) -> Vec<u8> {
    // No words of the article can be a script with this in it: it is made of all of them.
    let nonce = export.file.document.text_sha256.as_deref().unwrap_or_default();
    let head = format!(
        "{HEAD}<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         script-src 'nonce-{nonce}'\">\n"
    );
    let style = format!("{STYLE}{INTERACTIVE_STYLE}");
    let sections = [
        switches(export),
        article_with_data(export),
        people(export),
        quotes(export),
        dates(export),
        format!(
            "<p id=\"info\" role=\"status\" hidden=\"\"></p>\n<script nonce=\"{nonce}\">\n{SCRIPT}</script>\n"
        ),
    ];
    page(export, &head, &style, &sections.concat())
}

fn page(export: &ExportDocument, head: &str, style: &str, sections: &str) -> Vec<u8> {
    let title = markup::text(export.title().unwrap_or("Article"));
    let published = export.published().and_then(|published| published.get(..10));
    let published = published.map_or(String::new(), |day| format!("Published {day}. "));
    format!(
        "{head}<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n<p class=\"by\">{published}Marked up with Galley.</p>\n\
         {sections}</body>\n</html>\n"
    )
    .into_bytes()
}

const INTERACTIVE_STYLE: &str = "\
ul.key label{cursor:pointer}\
ul.who{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem;padding:0;font:.875rem/1.5 system-ui,sans-serif}\
button{font:inherit;color:inherit;background:#f4f2ed;border:1px solid #b9b4a9;border-radius:.3rem;padding:.3rem .6rem;cursor:pointer}\
button[aria-pressed=true]{background:#1c1b19;color:#fff}\
mark{cursor:help}mark.off{background:none;border-bottom-color:transparent}\
mark.found{outline:3px solid #1c1b19;outline-offset:1px}\
:focus-visible{outline:3px solid #0072b2;outline-offset:2px}\
#info{position:fixed;inset:auto 1rem 1rem;max-width:40rem;margin:auto;padding:.6rem 1rem;background:#1c1b19;color:#fff;border-radius:.3rem;font:.9375rem/1.5 system-ui,sans-serif;white-space:pre-line}\
@media print{#info,ul.who{display:none}}";

/// Draws each piece as its innermost kind that is shown; says what a piece is; finds all mentions of an entity.
const SCRIPT: &str = "\
const marks = [...document.querySelectorAll('main mark')];
const boxes = [...document.querySelectorAll('input[data-kind]')];
const info = document.querySelector('#info');
const draw = () => {
  const shown = new Set(boxes.filter(b => b.checked).map(b => b.dataset.kind));
  for (const m of marks) {
    const kind = m.dataset.kinds.split(' ').find(k => shown.has(k));
    m.classList.remove('off', ...boxes.map(b => b.dataset.kind));
    m.classList.add(kind ?? 'off');
  }
};
for (const b of boxes) b.addEventListener('change', draw);
const say = m => { info.textContent = m ? m.title : ''; info.hidden = !m; };
for (const m of marks) {
  m.addEventListener('mouseenter', () => say(m));
  m.addEventListener('mouseleave', () => say(null));
  m.addEventListener('click', () => say(m));
}
const buttons = [...document.querySelectorAll('button[data-entity]')];
for (const b of buttons) b.addEventListener('click', () => {
  const on = b.getAttribute('aria-pressed') !== 'true';
  for (const other of buttons) other.setAttribute('aria-pressed', String(on && other === b));
  const found = marks.filter(m => m.classList.toggle('found', on && m.dataset.entities.split(' ').includes(b.dataset.entity)));
  found[0]?.scrollIntoView({ block: 'center' });
});
addEventListener('keydown', e => { if (e.key === 'Escape') say(null); });
";

/// The legend, to hide kinds with.
fn switches(export: &ExportDocument) -> String {
    let items = LEGEND.iter().filter_map(|(kind, class, sign, name)| {
        let count = export.annotations.iter().filter(|a| a.kind == *kind).count();
        let item = format!(
            "<li><label><input type=\"checkbox\" data-kind=\"{class}\" checked=\"\"/> <mark class=\"{class}\">{sign} {name}</mark> {count}</label></li>\n"
        );
        (count > 0).then_some(item)
    });
    format!("<ul class=\"key\">\n{}</ul>\n", items.collect::<String>())
}

/// Everyone and everything that is named, to find their mentions with.
fn people(export: &ExportDocument) -> String {
    let entities = export.document.entities.iter().enumerate();
    let buttons: String = entities
        .map(|(i, entity)| {
            format!(
                "<li><button type=\"button\" data-entity=\"e{i}\" aria-pressed=\"false\" title=\"{}\">{} ({})</button></li>\n",
                markup::attribute(&[vec![entity.label.name().to_owned()], entity.aliases.clone()].concat().join(", ")),
                markup::text(&entity.name),
                entity.mentions.len()
            )
        })
        .collect();
    match buttons.is_empty() {
        true => buttons,
        false => format!("<h2>Named</h2>\n<ul class=\"who\">\n{buttons}</ul>\n"),
    }
}

/// What a piece of the text is, in words: of each annotation over it a line, the innermost first.
fn describe(export: &ExportDocument, annotation: &ExportAnnotation<'_>) -> String {
    let what = match &annotation.annotation.body {
        Body::Date(_) => annotation.date_value().unwrap_or_default().to_owned(),
        Body::Quote(_) => export.speaker_name(annotation),
        Body::Entity(mention) => {
            export.entity(mention.entity.as_ref()).map_or(String::new(), |e| e.name.clone())
        }
    };
    match what.is_empty() {
        true => annotation.label.to_owned(),
        false => format!("{}: {what}", annotation.label),
    }
}

fn legend(export: &ExportDocument) -> String {
    let items = LEGEND.iter().filter_map(|(kind, class, sign, name)| {
        let count = export.annotations.iter().filter(|a| a.kind == *kind).count();
        let item = format!("<li><mark class=\"{class}\">{sign} {name}</mark> {count}</li>\n");
        (count > 0).then_some(item)
    });
    format!("<ul class=\"key\">\n{}</ul>\n", items.collect::<String>())
}

/// Draws a piece of the text: the annotations over it, the innermost first, the class of that one, and the words.
type DrawPiece<'d> = dyn Fn(&[&ExportAnnotation<'_>], &str, &str) -> String + 'd;

/// The article, each piece as its innermost annotation and naming all.
fn article(export: &ExportDocument) -> String {
    paragraphs(export, &|stack, class, words| {
        let labels: Vec<&str> = stack.iter().map(|a| a.label).collect();
        let labels = labels.join(" in ");
        format!("<mark class=\"{class}\" title=\"{}\">{words}</mark>", markup::attribute(&labels))
    })
}

/// The article, each piece with what the script wants to know: its kinds, its entities, what it says of itself.
fn article_with_data(export: &ExportDocument) -> String {
    let numbers: HashMap<&EntityId, usize> =
        export.document.entities.iter().zip(0..).map(|(entity, i)| (&entity.id, i)).collect();
    paragraphs(export, &|stack, class, words| {
        let kinds: Vec<&str> = stack.iter().filter_map(|a| class_of(a.kind)).collect();
        let entities = stack.iter().filter_map(|a| {
            let number = numbers.get(a.annotation.entity()?)?;
            Some(format!("e{number}"))
        });
        let says: Vec<String> = stack.iter().map(|a| describe(export, a)).collect();
        format!(
            "<mark class=\"{class}\" data-kinds=\"{}\" data-entities=\"{}\" title=\"{}\">{words}</mark>",
            kinds.join(" "),
            entities.collect::<Vec<_>>().join(" "),
            markup::attribute(&says.join("\n"))
        )
    })
}

fn class_of(kind: Kind) -> Option<&'static str> {
    LEGEND.iter().find(|row| row.0 == kind).map(|row| row.1)
}

/// Its lines as paragraphs; annotations as flat pieces.
fn paragraphs(export: &ExportDocument, draw: &DrawPiece<'_>) -> String {
    let mut out = "<main>\n".to_owned();
    let mut sweep = Sweep::default();
    let mut at = 0;
    for line in export.text().split('\n') {
        if !line.trim().is_empty() {
            out.push_str("<p dir=\"auto\">");
            for segment in export.segments(&mut sweep, at, at + line.len()) {
                let words = markup::text(export.slice(segment.start, segment.end));
                let stack: Vec<&ExportAnnotation<'_>> =
                    segment.stack.iter().rev().filter_map(|&i| export.annotations.get(i)).collect();
                match stack.first().and_then(|innermost| class_of(innermost.kind)) {
                    Some(class) => out.push_str(&draw(&stack, class, &words)),
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
