//! Who speaks a quote: from the list, typed, or pointed at in the text.

use super::edit::{Plan, Then, act};
use crate::state::Open;
use galley_engine::document::{
    AnnotationId, Body, Confidence, EntityBody, EntityId, QuoteBody, Speaker, Status,
};
use galley_engine::edits::Edit;
use galley_engine::text::{Span, lowercase};

/// One of the document's entities; `None`: nobody is named.
pub(super) fn named(
    open: &Open,
    id: AnnotationId,
    quote: &QuoteBody,
    entity: Option<EntityId>,
) -> Plan {
    let now = quote.speaker.as_ref().and_then(|s| s.entity.as_ref());
    if entity.is_none() && quote.speaker.is_none() || entity.is_some() && entity.as_ref() == now {
        return Plan::Nothing;
    }
    let Some(entity) = entity else {
        let edit = Edit::SetSpeaker { id, speaker: None };
        return act(edit, "No speaker is named".to_owned(), Then::Stay);
    };
    let Some(row) = open.shown.entity(&entity) else {
        return Plan::Nothing;
    };
    let name = row.name.clone();
    spoken(id, mention(quote), Some(entity), name)
}

/// A name that was typed: an entity's when it is one.
pub(super) fn typed(open: &Open, id: AnnotationId, quote: &QuoteBody, name: &str) -> Plan {
    if name.is_empty() {
        return named(open, id, quote, None);
    }
    let wanted = lowercase(name);
    let same = |n: &str| lowercase(n) == wanted;
    let mut entities = open.shown.entities.iter();
    if let Some(e) = entities.find(|e| same(&e.name) || e.aliases.iter().any(|a| same(a))) {
        return named(open, id, quote, Some(e.id.clone()));
    }
    spoken(id, mention(quote), None, name.to_owned())
}

/// The innermost name among the marks that were pointed at.
pub(super) fn of_marks(open: &Open, quote: &AnnotationId, stack: &[AnnotationId]) -> Option<Plan> {
    let mut marks = stack.iter().filter_map(|id| open.shown.annotation(id));
    let (span, entity) = marks.find_map(|a| match &a.body {
        Body::Entity(EntityBody { entity: Some(entity), .. }) if a.status != Status::Rejected => {
            Some((a.span, entity))
        }
        _ => None,
    })?;
    let name = open.shown.entity(entity)?.name.clone();
    Some(spoken(quote.clone(), vec![span], Some(entity.clone()), name))
}

/// Words that were selected.
pub(super) fn of_words(open: &Open, quote: &AnnotationId, span: Span) -> Option<Plan> {
    let span = open.shown.text.trim(span);
    let words = open.shown.text.slice(span);
    if words.is_empty() || words.len() > 200 {
        return None;
    }
    let entity = super::create::entity_of(open, span);
    let row = entity.as_ref().and_then(|e| open.shown.entity(e));
    let name = row.map_or_else(|| words.to_owned(), |row| row.name.clone());
    Some(spoken(quote.clone(), vec![span], entity, name))
}

fn mention(quote: &QuoteBody) -> Vec<Span> {
    let speaker = quote.speaker.as_ref();
    speaker.map_or_else(Vec::new, |s| s.mention.clone())
}

fn spoken(id: AnnotationId, mention: Vec<Span>, entity: Option<EntityId>, name: String) -> Plan {
    let words = format!("Speaker: {name}");
    let speaker =
        Some(Speaker { mention, name: Some(name), entity, confidence: Confidence::CERTAIN });
    act(Edit::SetSpeaker { id, speaker }, words, Then::Stay)
}
