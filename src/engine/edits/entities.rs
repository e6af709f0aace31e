//! Edits of entities, and what follows from them for mentions and speakers.

use super::EditError;
use super::transaction::Transaction;
use crate::document::{Annotation, AnnotationId, Body, Entity, EntityBody, EntityId, Status};
use crate::text::Span;

/// A person had a say in it.
pub(super) fn mark_corrected(entity: &mut Entity) {
    if entity.status == Status::Machine {
        entity.status = Status::Corrected;
    }
}

/// A mention says it so: one of its names.
pub(super) fn add_alias(entity: &mut Entity, words: &str) {
    if entity.name != words && !entity.aliases.iter().any(|a| a == words) {
        entity.aliases.push(words.to_owned());
    }
}

pub(super) fn rename_entity(
    transaction: &mut Transaction<'_>,
    entity: &EntityId,
    name: &str,
) -> Result<(), EditError> {
    let e = transaction.find_entity(entity)?;
    let name = crate::text::one_line(name);
    if name.is_empty() {
        return Err(EditError::BlankName);
    }
    if transaction.entities.get(e).is_some_and(|row| row.name == name) {
        return Ok(());
    }
    set_name(transaction, e, name);
    if let Some(row) = transaction.entities.row_mut(e) {
        mark_corrected(row);
    }
    Ok(())
}

/// Gives an entity another name. The old one stays as an alias while a mention says it.
fn set_name(transaction: &mut Transaction<'_>, e: usize, name: String) {
    let said = |transaction: &mut Transaction<'_>, words: &str| {
        let mentions = transaction.entities.get(e).map(|row| row.mentions.clone());
        let mut mentions = mentions.unwrap_or_default().into_iter();
        mentions.any(|m| mention_text(transaction, &m).as_deref() == Some(words))
    };
    let Some(old) = transaction.entities.get(e).map(|row| row.name.clone()) else {
        return;
    };
    let keep = said(transaction, &old);
    let Some(row) = transaction.entities.row_mut(e) else {
        return;
    };
    row.aliases.retain(|a| *a != name && *a != old);
    if keep {
        row.aliases.insert(0, old);
    }
    row.name.clone_from(&name);
    let id = row.id.clone();
    transaction.update_speakers(&id, |_, called| *called = Some(name.clone()));
}

/// The words of a mention.
fn mention_text(transaction: &mut Transaction<'_>, mention: &AnnotationId) -> Option<String> {
    let i = transaction.annotations.position_of(&mention.0)?;
    let span = transaction.annotations.get(i)?.span;
    Some(transaction.text_on_one_line(span))
}

pub(super) fn merge_entities(
    transaction: &mut Transaction<'_>,
    from: &EntityId,
    into: &EntityId,
) -> Result<(), EditError> {
    let f = transaction.find_entity(from)?;
    let t = transaction.find_entity(into)?;
    if f == t {
        return Ok(());
    }
    let Some(gone) = transaction.entities.get(f).cloned() else {
        return Ok(());
    };
    let Some(row) = transaction.entities.row_mut(t) else {
        return Ok(());
    };
    mark_corrected(row);
    let (label, name) = (row.label, row.name.clone());
    for alias in std::iter::once(gone.name).chain(gone.aliases) {
        if alias != row.name && !row.aliases.contains(&alias) {
            row.aliases.push(alias);
        }
    }
    // The rejected ones too: they would come back to the entity that there is.
    let names = |a: &Annotation| a.entity() == Some(from);
    let rows = transaction.annotations.iter();
    let mentions: Vec<usize> = rows.filter(|(_, a)| names(a)).map(|(i, _)| i).collect();
    transaction.entities.remove_row(f);
    for i in mentions {
        let rejected = transaction.annotations.get(i).map(|a| a.status) == Some(Status::Rejected);
        if rejected {
            if let Some(a) = transaction.annotations.row_mut(i)
                && let Body::Entity(e) = &mut a.body
            {
                e.entity = Some(into.clone());
            }
            continue;
        }
        transaction.correct(i, |_, body| {
            *body = Body::Entity(EntityBody { label, entity: Some(into.clone()) });
        });
        transaction.attach_mention(i, into);
    }
    transaction.update_speakers(from, |entity, called| {
        *entity = Some(into.clone());
        *called = Some(name.clone());
    });
    Ok(())
}

/// A mention goes to another entity: to one that is there, or to a new one that is called as the
/// mention reads. Alone in its entity, it stays there rather than become a new one.
pub(super) fn split_mention(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    entity: &EntityId,
) -> Result<(), EditError> {
    let i = transaction.find_annotation(id)?;
    if entity.0.is_empty() {
        return Err(EditError::IdInUse(entity.0.clone()));
    }
    transaction.bring_back_rejected(i);
    let Some(a) = transaction.annotations.get(i) else {
        return Ok(());
    };
    let Body::Entity(EntityBody { label, entity: old }) = a.body.clone() else {
        return Err(EditError::WrongKind(id.clone()));
    };
    let span = a.span;
    let words = transaction.text_on_one_line(span);
    let from = old.as_ref().and_then(|e| transaction.entities.position_of(&e.0));
    let there = transaction.entities.position_of(&entity.0);
    let mentions = from.and_then(|e| transaction.entities.get(e));
    let alone = mentions.is_none_or(|row| row.mentions.len() < 2);
    if old.as_ref() == Some(entity) || (there.is_none() && alone) {
        return Ok(());
    }
    // Who spoke by this very mention is the other one from now on.
    let by = |a: &Annotation| match &a.body {
        Body::Quote(q) => q.speaker.as_ref().is_some_and(|s| {
            s.entity.is_some() && s.entity == old && s.mention.iter().any(|m| m.overlaps(span))
        }),
        _ => false,
    };
    let rows = transaction.annotations.iter();
    let quotes: Vec<usize> = rows.filter(|(_, a)| by(a)).map(|(i, _)| i).collect();
    transaction.detach_mention(i);
    let (label, name) = match there.and_then(|e| transaction.entities.row_mut(e)) {
        Some(row) => {
            mark_corrected(row);
            add_alias(row, &words);
            (row.label, row.name.clone())
        }
        None => {
            transaction.entities.push_row(Entity {
                id: entity.clone(),
                label,
                name: words.clone(),
                aliases: Vec::new(),
                mentions: Vec::new(),
                status: Status::Added,
            });
            (label, words.clone())
        }
    };
    transaction.correct(i, |_, body| {
        *body = Body::Entity(EntityBody { label, entity: Some(entity.clone()) });
    });
    transaction.attach_mention(i, entity);
    if let Some(e) = from {
        drop_name(transaction, e, &words);
    }
    for i in quotes {
        if let Some(a) = transaction.annotations.row_mut(i)
            && let Body::Quote(q) = &mut a.body
            && let Some(s) = &mut q.speaker
        {
            s.entity = Some(entity.clone());
            s.name = Some(name.clone());
        }
    }
    Ok(())
}

/// An entity is no longer called `words`, unless another mention says so or a person did.
fn drop_name(transaction: &mut Transaction<'_>, e: usize, words: &str) {
    let Some(row) = transaction.entities.get(e).cloned() else {
        return;
    };
    let spellings = row.mentions.iter().filter_map(|m| mention_text(transaction, m));
    let spellings: Vec<String> = spellings.collect();
    if spellings.iter().any(|s| s == words) {
        return;
    }
    if row.name == words && row.status == Status::Machine {
        // The longest of what is left; the first of equals.
        let longest = spellings.into_iter().rev().max_by_key(|s| s.chars().count());
        if let Some(name) = longest {
            set_name(transaction, e, name);
        }
    } else if row.aliases.iter().any(|a| a == words)
        && let Some(row) = transaction.entities.row_mut(e)
    {
        row.aliases.retain(|a| a != words);
    }
}

/// A mention got other boundaries: its place in the list, and its entity's name where the name
/// was this mention's own words.
pub(super) fn follow_boundaries(transaction: &mut Transaction<'_>, i: usize, before: Span) {
    let Some(a) = transaction.annotations.get(i) else {
        return;
    };
    let Some(entity) = a.entity().cloned() else {
        return;
    };
    let (id, old, new) =
        (a.id.clone(), transaction.text_on_one_line(before), transaction.text_on_one_line(a.span));
    let Some(e) = transaction.entities.position_of(&entity.0) else {
        return;
    };
    if let Some(row) = transaction.entities.row_mut(e) {
        row.mentions.retain(|m| m != &id);
    }
    transaction.attach_mention(i, &entity);
    if old == new {
        return;
    }
    let Some(row) = transaction.entities.get(e).cloned() else {
        return;
    };
    let mut mentions = row.mentions.iter();
    let still = mentions.any(|m| mention_text(transaction, m).as_deref() == Some(old.as_str()));
    if row.name == old && !still {
        set_name(transaction, e, new);
        return;
    }
    if let Some(row) = transaction.entities.row_mut(e) {
        if !still {
            row.aliases.retain(|a| *a != old);
        }
        if row.name != new && !row.aliases.contains(&new) {
            row.aliases.push(new);
        }
    }
}
