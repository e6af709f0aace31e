//! A document as tables: entities, mentions, dates, quotes. Whoever writes rows and columns begins here.
//!
//! Owns which columns there are and what stands in them. Must not know how a table is spelled: CSV and
//! workbooks do.

use super::export::{ExportAnnotation, ExportDocument};
use galley_engine::document::{Anchor, Body, Confidence};
use galley_engine::text::{TokenizedText, one_line};

/// Rows under columns with names.
pub(super) struct Table {
    /// What it is of: the name of a sheet.
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
    /// As many cells in each as there are columns.
    pub(super) rows: Vec<Vec<Cell>>,
}

pub(super) struct Column {
    pub(super) name: &'static str,
    /// How wide it is in a workbook, in characters.
    pub(super) width: u8,
}

pub(super) enum Cell {
    Text(String),
    /// A number in decimal digits.
    Number(String),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        Cell::Number(number.to_string())
    }
}

impl From<Confidence> for Cell {
    fn from(confidence: Confidence) -> Cell {
        let permille = confidence.permille();
        let digits = format!("{}.{:03}", permille / 1000, permille % 1000);
        Cell::Number(digits.trim_end_matches('0').trim_end_matches('.').to_owned())
    }
}

impl Cell {
    pub(super) fn text(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Number(text) => text,
        }
    }
}

const fn column(name: &'static str, width: u8) -> Column {
    Column { name, width }
}

const ENTITY_COLUMNS: &[Column] = &[
    column("entity", 28),
    column("label", 12),
    column("mentions", 10),
    column("also named", 40),
    column("first start", 10),
    column("status", 10),
    column("article", 18),
];

const MENTION_COLUMNS: &[Column] = &[
    column("entity", 28),
    column("label", 12),
    column("mention", 28),
    column("certainty", 10),
    column("status", 10),
    column("start", 8),
    column("end", 8),
    column("sentence", 80),
    column("article", 18),
];

const DATE_COLUMNS: &[Column] = &[
    column("date", 24),
    column("type", 10),
    column("value", 18),
    column("modifier", 10),
    column("from", 18),
    column("to", 18),
    column("resolved against", 18),
    column("certainty", 10),
    column("status", 10),
    column("start", 8),
    column("end", 8),
    column("sentence", 80),
    column("published", 20),
    column("article", 18),
];

const QUOTE_COLUMNS: &[Column] = &[
    column("speaker", 28),
    column("quote", 80),
    column("date", 12),
    column("kind", 10),
    column("named as", 28),
    column("cue", 14),
    column("published", 20),
    column("start", 8),
    column("end", 8),
    column("article", 18),
];

/// An entity a row.
pub(super) fn entities(export: &ExportDocument) -> Table {
    let rows = export.document.entities.iter().map(|entity| {
        let first = export.annotations.iter().find(|a| a.annotation.entity() == Some(&entity.id));
        vec![
            entity.name.as_str().into(),
            entity.label.name().into(),
            entity.mentions.len().into(),
            entity.aliases.join("; ").into(),
            first.map_or(Cell::from(""), |first| first.start_point.into()),
            entity.status.name().into(),
            export.id().into(),
        ]
    });
    Table { name: "Entities", columns: ENTITY_COLUMNS, rows: rows.collect() }
}

/// A mention a row, amounts with them: these have no entity.
pub(super) fn mentions(export: &ExportDocument) -> Table {
    let sentences = Sentences::new(export);
    let rows = export.annotations.iter().filter_map(|a| {
        let Body::Entity(body) = &a.annotation.body else {
            return None;
        };
        let name = export.entity(body.entity.as_ref()).map_or("", |entity| entity.name.as_str());
        Some(vec![
            name.into(),
            a.label.into(),
            one_line(export.words(a)).into(),
            a.annotation.confidence.into(),
            a.annotation.status.name().into(),
            a.start_point.into(),
            a.end_point.into(),
            sentences.around(a).into(),
            export.id().into(),
        ])
    });
    Table { name: "Mentions", columns: MENTION_COLUMNS, rows: rows.collect() }
}

/// A date a row.
pub(super) fn dates(export: &ExportDocument) -> Table {
    let sentences = Sentences::new(export);
    let rows = export.annotations.iter().filter_map(|a| {
        let Body::Date(date) = &a.annotation.body else {
            return None;
        };
        let timex = &date.timex;
        let (from, to) = date.interval.as_ref().map_or(("", ""), |i| (&i.from, &i.to));
        let anchor = match &timex.anchor {
            Anchor::None => String::new(),
            Anchor::Published => "published".to_owned(),
            Anchor::Annotation(id) => {
                let other = export.document.annotation(id);
                other.map_or(String::new(), |a| one_line(export.document.text.slice(a.span)))
            }
        };
        Some(vec![
            one_line(export.words(a)).into(),
            timex.kind.name().into(),
            timex.value.to_string().into(),
            timex.modifier.as_ref().map_or("", |modifier| modifier.as_str()).into(),
            from.into(),
            to.into(),
            anchor.into(),
            a.annotation.confidence.into(),
            a.annotation.status.name().into(),
            a.start_point.into(),
            a.end_point.into(),
            sentences.around(a).into(),
            export.published().unwrap_or_default().into(),
            export.id().into(),
        ])
    });
    Table { name: "Dates", columns: DATE_COLUMNS, rows: rows.collect() }
}

/// A quote a row.
pub(super) fn quotes(export: &ExportDocument) -> Table {
    let rows = export.annotations.iter().filter_map(|a| {
        let quote = a.quote()?;
        let mention = quote.speaker.as_ref().map_or(&[][..], |speaker| &speaker.mention);
        Some(vec![
            export.speaker_name(a).into(),
            export.quoted_words(a).into(),
            a.find_quote_date().unwrap_or_default().into(),
            quote.kind.name().into(),
            export.join_spans(mention).into(),
            export.join_spans(&quote.cue).into(),
            export.published().unwrap_or_default().into(),
            a.start_point.into(),
            a.end_point.into(),
            export.id().into(),
        ])
    });
    Table { name: "Quotes", columns: QUOTE_COLUMNS, rows: rows.collect() }
}

/// The sentences of a text.
struct Sentences<'e> {
    text: TokenizedText<'e>,
}

impl<'e> Sentences<'e> {
    fn new(export: &ExportDocument<'e>) -> Sentences<'e> {
        Sentences { text: TokenizedText::new(&export.document.text) }
    }

    /// The sentence, or the sentences, that an annotation stands in, on one line.
    fn around(&self, annotation: &ExportAnnotation<'_>) -> String {
        let sentence = |at: usize| {
            let i = self.text.sentence_at(at)?;
            Some(self.text.sentences().get(i)?.span)
        };
        let span = annotation.annotation.span;
        let first = sentence(span.start()).map_or(span, |sentence| sentence.hull(span));
        let all = sentence(span.end().saturating_sub(1)).map_or(first, |last| first.hull(last));
        one_line(self.text.slice(all))
    }
}
