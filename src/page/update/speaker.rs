//! The speaker of a quote: from a list, typed, or picked in the text.

use super::apply_edit::{AfterEdit, Plan};
use super::new_annotation::entity_named_by;
use crate::lists;
use crate::state::Open;
use galley_engine::document::{
    AnnotationId, Body, Confidence, EntityBody, EntityId, QuoteBody, Speaker, Status,
};
use galley_engine::edits::Edit;
use galley_engine::text::{Span, lowercase};

/// Longer words are no name.
const MAX_NAME_BYTES: usize = 200;

/// Sets an entity as the speaker; `None`: nobody is named.
pub(super) fn set_entity(
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
        return Plan::edit(edit, "No speaker is named".to_owned(), AfterEdit::Stay);
    };
    let Some(row) = open.shown.entity(&entity) else {
        return Plan::Nothing;
    };
    let name = row.name.clone();
    set_speaker(id, mention_of_speaker(quote), Some(entity), name)
}

/// What becomes of a typed name that nothing in the text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// The person is asked whether it is meant.
    OnlyKnown,
    /// It is the speaker's name.
    AsTyped,
}

/// The speaker as the popover shows it: the name, else the words of the text.
pub(super) fn shown_name(open: &Open, quote: &QuoteBody) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let words = |s: &Speaker| {
        let words: Vec<&str> = s.mention.iter().map(|&m| open.shown.text.slice(m)).collect();
        words.join(" … ")
    };
    Some(speaker.name.clone().unwrap_or_else(|| words(speaker)))
}

/// Sets the speaker by a typed name; if an entity has this name, the entity is the speaker.
pub(super) fn set_name(
    open: &Open,
    id: AnnotationId,
    quote: &QuoteBody,
    name: &str,
    naming: Naming,
) -> Plan {
    if name.is_empty() {
        return set_entity(open, id, quote, None);
    }
    let wanted = lowercase(name);
    let same = |n: &str| lowercase(n) == wanted;
    let mut entities = open.shown.entities.iter();
    if let Some(e) = entities.find(|e| same(&e.name) || e.aliases.iter().any(|a| same(a))) {
        return set_entity(open, id, quote, Some(e.id.clone()));
    }
    if shown_name(open, quote).is_some_and(|now| now == name) {
        return Plan::Nothing;
    }
    if naming == Naming::OnlyKnown && !lists::is_in_text(&open.shown, name) {
        return Plan::Refuse(format!(
            "“{name}” is nowhere in this text. Choose a name below, or press Enter again to use it as typed."
        ));
    }
    set_speaker(id, mention_of_speaker(quote), None, name.to_owned())
}

/// Sets the innermost entity among these annotations as the speaker; `None` if there is none.
pub(super) fn set_from_marks(
    open: &Open,
    quote: &AnnotationId,
    stack: &[AnnotationId],
) -> Option<Plan> {
    let mut marks = stack.iter().filter_map(|id| open.shown.annotation(id));
    let (span, entity) = marks.find_map(|a| match &a.body {
        Body::Entity(EntityBody { entity: Some(entity), .. }) if a.status != Status::Rejected => {
            Some((a.span, entity))
        }
        _ => None,
    })?;
    let name = open.shown.entity(entity)?.name.clone();
    Some(set_speaker(quote.clone(), vec![span], Some(entity.clone()), name))
}

/// Sets the selected words as the speaker; `None` if they can be no name.
pub(super) fn set_from_text(open: &Open, quote: &AnnotationId, span: Span) -> Option<Plan> {
    let span = open.shown.text.trim(span);
    let words = open.shown.text.slice(span);
    if words.is_empty() || words.len() > MAX_NAME_BYTES {
        return None;
    }
    let entity = entity_named_by(open, span);
    let row = entity.as_ref().and_then(|e| open.shown.entity(e));
    let name = row.map_or_else(|| words.to_owned(), |row| row.name.clone());
    Some(set_speaker(quote.clone(), vec![span], entity, name))
}

fn mention_of_speaker(quote: &QuoteBody) -> Vec<Span> {
    let speaker = quote.speaker.as_ref();
    speaker.map_or_else(Vec::new, |s| s.mention.clone())
}

fn set_speaker(
    id: AnnotationId,
    mention: Vec<Span>,
    entity: Option<EntityId>,
    name: String,
) -> Plan {
    let sentence = format!("Speaker: {name}");
    let speaker =
        Some(Speaker { mention, name: Some(name), entity, confidence: Confidence::CERTAIN });
    Plan::edit(Edit::SetSpeaker { id, speaker }, sentence, AfterEdit::Stay)
}
