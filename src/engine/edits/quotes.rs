//! Edits of quotes: speaker, cue, kind, and parts that follow the boundaries.

use super::EditError;
use super::transaction::Transaction;
use crate::document::{AnnotationId, Body, Confidence, QuoteBody, QuoteKind, Speaker};
use crate::text::{SourceText, Span};

/// Changes a quote; another kind of annotation is an error.
pub(super) fn edit_quote(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    change: impl FnOnce(&mut QuoteBody),
) -> Result<(), EditError> {
    let i = transaction.find_annotation(id)?;
    if !matches!(transaction.annotations.get(i).map(|a| &a.body), Some(Body::Quote(_))) {
        return Err(EditError::WrongKind(id.clone()));
    }
    transaction.bring_back_rejected(i);
    transaction.correct(i, |_, body| {
        if let Body::Quote(q) = body {
            change(q);
        }
    });
    Ok(())
}

pub(super) fn set_speaker(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    speaker: Option<&Speaker>,
) -> Result<(), EditError> {
    let mut speaker = speaker.cloned();
    if let Some(s) = &mut speaker {
        transaction.check_spans(&s.mention)?;
        if let Some(entity) = &s.entity {
            let e = transaction.find_entity(entity)?;
            if s.name.is_none() {
                s.name = transaction.entities.get(e).map(|row| row.name.clone());
            }
        }
        s.confidence = Confidence::CERTAIN;
    }
    edit_quote(transaction, id, |q| q.speaker = speaker)
}

/// Does a new quote's body fit the document?
pub(super) fn check_quote(
    transaction: &mut Transaction<'_>,
    quote: &QuoteBody,
) -> Result<(), EditError> {
    transaction.check_spans(&quote.parts)?;
    transaction.check_spans(&quote.cue)?;
    if let Some(s) = &quote.speaker {
        transaction.check_spans(&s.mention)?;
        if let Some(entity) = &s.entity {
            transaction.find_entity(entity)?;
        }
    }
    Ok(())
}

const OPENING_MARKS: [&str; 13] =
    ["``", "''", "\"", "“", "„", "«", "‹", "‘", "'", "`", "»", "›", "”"];
const CLOSING_MARKS: [&str; 11] = ["''", "\"", "”", "»", "›", "’", "'", "“", "«", "‹", "‘"];

/// The words of a quote that covers `span`: without one mark at each end, and without the comma
/// before the closing one. Never empty.
pub(super) fn quoted_words(text: &SourceText, span: Span, kind: QuoteKind) -> Span {
    let trimmed = text.trim(span);
    let whole = text.slice(trimmed);
    let opening = OPENING_MARKS.iter().find(|m| whole.starts_with(**m));
    let mut inner = trimmed;
    if let Some(opening) = opening.filter(|_| kind != QuoteKind::Indirect) {
        let words = whole.get(opening.len()..).unwrap_or("");
        let bare = CLOSING_MARKS.iter().find_map(|m| words.strip_suffix(m));
        let bare = bare.map_or(words, |w| w.trim_end().trim_end_matches(','));
        let start = trimmed.start() + opening.len();
        inner = text.span(start, start + bare.len()).unwrap_or(trimmed);
    }
    [text.trim(inner), trimmed, span].into_iter().find(|s| !s.is_empty()).unwrap_or(span)
}

/// The parts of a quote whose hull goes from `before` to `after`: parts outside go, parts across
/// a boundary are cut, and where a boundary moved, the outermost part reaches to it.
pub(super) fn fit_parts(
    text: &SourceText,
    quote: &QuoteBody,
    before: Span,
    after: Span,
) -> Vec<Span> {
    let inner = quoted_words(text, after, quote.kind);
    let (start_moved, end_moved) = (before.start() != after.start(), before.end() != after.end());
    let from = if start_moved { inner } else { after }.start();
    let to = if end_moved { inner } else { after }.end();
    let cut = |p: &Span| {
        let (start, end) = (p.start().max(from), p.end().min(to));
        (start < end).then(|| text.span(start, end)).flatten()
    };
    let mut parts: Vec<Span> = quote.parts.iter().filter_map(cut).collect();
    if start_moved
        && let Some(first) = parts.first_mut()
        && let Some(wider) = text.span(from, first.end())
    {
        *first = wider;
    }
    if end_moved
        && let Some(last) = parts.last_mut()
        && let Some(wider) = text.span(last.start(), to)
    {
        *last = wider;
    }
    if parts.is_empty() {
        parts.push(inner);
    }
    parts
}
