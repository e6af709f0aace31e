//! New annotations over selected text.

use super::apply_edit::{AfterEdit, Plan};
use crate::state::Open;
use crate::words;
use galley_engine::dates;
use galley_engine::document::{
    Anchor, Annotation, Body, DateBody, EntityBody, EntityId, Interval, Label, QuoteBody,
    QuoteKind, Strength, Timex, TimexType,
};
use galley_engine::edits::Edit;
use galley_engine::text::{SourceText, Span};
use galley_engine::timex::OpenFields;

/// What selected text is to become.
#[derive(Debug, Clone, Copy)]
pub(super) enum NewAnnotation {
    /// A mention of an entity with this label.
    Entity(Label),
    /// A date.
    Date,
    /// A quote.
    Quote,
}

/// The edit that annotates `span`.
pub(super) fn plan_new(open: &Open, span: Span, new: NewAnnotation) -> Plan {
    let id = open.log.fresh_id();
    let text = words::quoted(open.shown.text.slice(span), 60);
    let (body, what) = match new {
        NewAnnotation::Entity(label) => {
            let body = EntityBody { label, entity: entity_named_by(open, span) };
            (Body::Entity(body), label.title())
        }
        NewAnnotation::Date => match parse_date(open, open.shown.text.slice(span)) {
            Ok((timex, interval)) => {
                let body = DateBody { timex, interval, alternatives: Vec::new() };
                (Body::Date(body), "Date")
            }
            Err(_) => (Body::Date(unresolved_date()), "Date; its value is not known yet"),
        },
        NewAnnotation::Quote => {
            let body = quote_body(&open.shown.text, span);
            let what = words::quote_kind_title(body.kind);
            (Body::Quote(body), what)
        }
    };
    let then = match new {
        // Who speaks is asked for at once.
        NewAnnotation::Quote => AfterEdit::OpenNew(id.clone()),
        NewAnnotation::Entity(_) | NewAnnotation::Date => AfterEdit::FocusNew(id.clone()),
    };
    let ask = match new {
        NewAnnotation::Quote => ". Who says it? A digit chooses",
        NewAnnotation::Entity(_) | NewAnnotation::Date => "",
    };
    let sentence = format!("{text} is marked: {what}{ask}");
    Plan::edit(Edit::Add { id, span, body }, sentence, then)
}

/// The edit that makes an annotation of another kind of this one: a name of a date, a quote of a name.
pub(super) fn plan_other_kind(open: &Open, a: &Annotation, new: NewAnnotation) -> Plan {
    let same = match (new, &a.body) {
        (NewAnnotation::Entity(_), Body::Entity(_))
        | (NewAnnotation::Date, Body::Date(_))
        | (NewAnnotation::Quote, Body::Quote(_)) => true,
        (_, Body::Entity(_) | Body::Date(_) | Body::Quote(_)) => false,
    };
    match plan_new(open, a.span, new) {
        Plan::Edit { edit, sentence, then } if !same => {
            let opened = match then {
                AfterEdit::FocusNew(id) if open.card().is_some() => AfterEdit::OpenNew(id),
                then => then,
            };
            let both = vec![Edit::Reject(a.id.clone()), *edit];
            Plan::edit(Edit::Batch(both), sentence, opened)
        }
        _ => Plan::Nothing,
    }
}

/// What Enter makes of selected text: what the same words are elsewhere, a quote if it starts with a quotation
/// mark, a date if it reads as one, else an entity with the label that was given last.
pub(super) fn guess_kind(open: &Open, span: Span) -> NewAnnotation {
    let text = open.shown.text.slice(span);
    let known = entity_named_by(open, span).and_then(|id| open.shown.entity(&id));
    match known.map(|e| e.label) {
        Some(label) => NewAnnotation::Entity(label),
        None if text.starts_with(['"', '“', '„', '«']) => NewAnnotation::Quote,
        None if text.contains(|c: char| c.is_ascii_digit()) && parse_date(open, text).is_ok() => {
            NewAnnotation::Date
        }
        None => NewAnnotation::Entity(open.last_label.unwrap_or(Label::Person)),
    }
}

/// Reads a typed value: ISO 8601, EDTF, TIMEX3 or plain words.
///
/// # Errors
/// In plain words, if it is no date.
pub(super) fn parse_date(open: &Open, typed: &str) -> Result<(Timex, Option<Interval>), String> {
    let value = dates::parse_value(typed, open.shown.published).map_err(|e| e.to_string())?;
    let interval = value.value.interval();
    let timex = Timex {
        kind: value.kind,
        value: value.value,
        modifier: value.modifier,
        anchor: Anchor::None,
    };
    Ok((timex, interval))
}

/// A date whose value a person has yet to type.
fn unresolved_date() -> DateBody {
    DateBody {
        timex: Timex {
            kind: TimexType::Date,
            value: OpenFields::AnyDay.into(),
            modifier: None,
            anchor: Anchor::None,
        },
        interval: None,
        alternatives: Vec::new(),
    }
}

/// The entity that already has these words as a name.
pub(super) fn entity_named_by(open: &Open, span: Span) -> Option<EntityId> {
    let text = open.shown.text.slice(span);
    let named =
        open.shown.entities.iter().find(|e| e.name == text || e.aliases.iter().any(|a| a == text));
    named.map(|e| e.id.clone())
}

fn quote_body(text: &SourceText, span: Span) -> QuoteBody {
    const QUOTATION_MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
    let words = text.slice(span);
    let inner = words.trim_start_matches(QUOTATION_MARKS);
    let start = span.start() + (words.len() - inner.len());
    let inner = inner.trim_end_matches(QUOTATION_MARKS);
    let part = Span::new(start, start + inner.len());
    let marks = words.starts_with(QUOTATION_MARKS) && words.ends_with(QUOTATION_MARKS);
    let mixed = words.contains(['"', '“', '”']);
    QuoteBody {
        kind: match (marks, mixed) {
            (true, _) => QuoteKind::Direct,
            (_, true) => QuoteKind::Mixed,
            _ => QuoteKind::Indirect,
        },
        parts: vec![if marks && !part.is_empty() { part } else { span }],
        cue: Vec::new(),
        speaker: None,
        strength: Strength::Speech,
    }
}
