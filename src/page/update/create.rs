//! New annotations over selected text.

use super::edit::{Plan, Then, act, date_value};
use crate::action::Action;
use crate::state::Open;
use crate::words;
use galley_engine::document::{
    Anchor, Body, DateBody, EntityBody, EntityId, Label, QuoteBody, QuoteKind, Strength, Timex,
};
use galley_engine::edits::Edit;
use galley_engine::text::{SourceText, Span};
use galley_engine::timex::{OpenFields, TimexType};

/// What an action makes of selected text.
pub(super) fn plan_new(open: &Open, span: Span, action: &Action) -> Plan {
    let id = open.log.fresh_id();
    let text = words::quote(open.shown.text.slice(span), 60);
    let (body, what) = match action {
        Action::Label(label) => {
            let body = EntityBody { label: *label, entity: entity_of(open, span) };
            (Body::Entity(body), label.title())
        }
        Action::AddDate => match date_value(open, open.shown.text.slice(span)) {
            Ok((timex, interval)) => {
                let body = DateBody { timex, interval, alternatives: Vec::new() };
                (Body::Date(body), "Date")
            }
            Err(_) => (Body::Date(unresolved()), "Date; its value is not known yet"),
        },
        Action::AddQuote => {
            let body = quote_body(&open.shown.text, span);
            let what = words::quote_kind(body.kind);
            (Body::Quote(body), what)
        }
        _ => return Plan::Nothing,
    };
    let words = format!("{text} is marked: {what}");
    let show = Then::Show(id.clone());
    act(Edit::Add { id, span, body }, words, show)
}

/// A date whose value a person still has to type.
fn unresolved() -> DateBody {
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

/// The entity that already goes by these words.
pub(super) fn entity_of(open: &Open, span: Span) -> Option<EntityId> {
    let text = open.shown.text.slice(span);
    let named =
        open.shown.entities.iter().find(|e| e.name == text || e.aliases.iter().any(|a| a == text));
    named.map(|e| e.id.clone())
}

fn quote_body(text: &SourceText, span: Span) -> QuoteBody {
    const MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '’', '\''];
    let words = text.slice(span);
    let inner = words.trim_start_matches(MARKS);
    let start = span.start() + (words.len() - inner.len());
    let inner = inner.trim_end_matches(MARKS);
    let part = Span::new(start, start + inner.len());
    let marks = words.starts_with(MARKS) && words.ends_with(MARKS);
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

/// What Enter makes of selected text: what the same words are elsewhere, a quote in its marks, a
/// date that reads as one, else what was made last.
pub(super) fn guessed(open: &Open, span: Span) -> Plan {
    let text = open.shown.text.slice(span);
    let known = entity_of(open, span).and_then(|id| open.shown.entity(&id));
    let action = match known.map(|e| e.label) {
        Some(label) => Action::Label(label),
        None if text.starts_with(['"', '“', '„', '«']) => Action::AddQuote,
        None if text.contains(|c: char| c.is_ascii_digit()) && date_value(open, text).is_ok() => {
            Action::AddDate
        }
        None => Action::Label(open.last_label.unwrap_or(Label::Person)),
    };
    plan_new(open, span, &action)
}
