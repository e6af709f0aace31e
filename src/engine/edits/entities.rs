//! Edits of entities, and what follows from them for mentions and speakers.

use super::EditError;
use super::draft::Draft;
use crate::document::{Annotation, AnnotationId, Body, Entity, EntityBody, EntityId, Status};
use crate::text::Span;

/// A person had a say in it.
pub(super) fn decided(entity: &mut Entity) {
    if entity.status == Status::Machine {
        entity.status = Status::Corrected;
    }
}

/// A mention says it so: one of its names.
pub(super) fn called(entity: &mut Entity, words: &str) {
    if entity.name != words && !entity.aliases.iter().any(|a| a == words) {
        entity.aliases.push(words.to_owned());
    }
}

pub(super) fn rename(
    draft: &mut Draft<'_>,
    entity: &EntityId,
    name: &str,
) -> Result<(), EditError> {
    let e = draft.find_entity(entity)?;
    let name = crate::text::one_line(name);
    if name.is_empty() {
        return Err(EditError::BlankName);
    }
    if draft.entities.get(e).is_some_and(|row| row.name == name) {
        return Ok(());
    }
    call(draft, e, name);
    if let Some(row) = draft.entities.edit(e) {
        decided(row);
    }
    Ok(())
}

/// Gives an entity another name. The old one stays as an alias while a mention says it.
fn call(draft: &mut Draft<'_>, e: usize, name: String) {
    let said = |draft: &mut Draft<'_>, words: &str| {
        let mentions = draft.entities.get(e).map(|row| row.mentions.clone());
        let mut mentions = mentions.unwrap_or_default().into_iter();
        mentions.any(|m| spelled(draft, &m).as_deref() == Some(words))
    };
    let Some(old) = draft.entities.get(e).map(|row| row.name.clone()) else {
        return;
    };
    let keep = said(draft, &old);
    let Some(row) = draft.entities.edit(e) else {
        return;
    };
    row.aliases.retain(|a| *a != name && *a != old);
    if keep {
        row.aliases.insert(0, old);
    }
    row.name.clone_from(&name);
    let id = row.id.clone();
    draft.speakers(&id, |_, called| *called = Some(name.clone()));
}

/// The words of a mention.
fn spelled(draft: &mut Draft<'_>, mention: &AnnotationId) -> Option<String> {
    let i = draft.annotations.find(&mention.0)?;
    let span = draft.annotations.get(i)?.span;
    Some(draft.words(span))
}

pub(super) fn merge(
    draft: &mut Draft<'_>,
    from: &EntityId,
    into: &EntityId,
) -> Result<(), EditError> {
    let f = draft.find_entity(from)?;
    let t = draft.find_entity(into)?;
    if f == t {
        return Ok(());
    }
    let Some(gone) = draft.entities.get(f).cloned() else {
        return Ok(());
    };
    let Some(row) = draft.entities.edit(t) else {
        return Ok(());
    };
    decided(row);
    let (label, name) = (row.label, row.name.clone());
    for alias in std::iter::once(gone.name).chain(gone.aliases) {
        if alias != row.name && !row.aliases.contains(&alias) {
            row.aliases.push(alias);
        }
    }
    // The rejected ones too: they would come back to the entity that there is.
    let names = |a: &Annotation| a.entity() == Some(from);
    let rows = draft.annotations.iter();
    let mentions: Vec<usize> = rows.filter(|(_, a)| names(a)).map(|(i, _)| i).collect();
    draft.entities.remove(f);
    for i in mentions {
        let rejected = draft.annotations.get(i).map(|a| a.status) == Some(Status::Rejected);
        if rejected {
            if let Some(a) = draft.annotations.edit(i)
                && let Body::Entity(e) = &mut a.body
            {
                e.entity = Some(into.clone());
            }
            continue;
        }
        draft.correct(i, |_, body| {
            *body = Body::Entity(EntityBody { label, entity: Some(into.clone()) });
        });
        draft.attach(i, into);
    }
    draft.speakers(from, |entity, called| {
        *entity = Some(into.clone());
        *called = Some(name.clone());
    });
    Ok(())
}

/// A mention goes to another entity: to one that is there, or to a new one that is called as the
/// mention reads. Alone in its entity, it stays there rather than become a new one.
pub(super) fn split(
    draft: &mut Draft<'_>,
    id: &AnnotationId,
    entity: &EntityId,
) -> Result<(), EditError> {
    let i = draft.find(id)?;
    if entity.0.is_empty() {
        return Err(EditError::IdInUse(entity.0.clone()));
    }
    draft.revive(i);
    let Some(a) = draft.annotations.get(i) else {
        return Ok(());
    };
    let Body::Entity(EntityBody { label, entity: old }) = a.body.clone() else {
        return Err(EditError::WrongKind(id.clone()));
    };
    let span = a.span;
    let words = draft.words(span);
    let from = old.as_ref().and_then(|e| draft.entities.find(&e.0));
    let there = draft.entities.find(&entity.0);
    let mentions = from.and_then(|e| draft.entities.get(e));
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
    let rows = draft.annotations.iter();
    let quotes: Vec<usize> = rows.filter(|(_, a)| by(a)).map(|(i, _)| i).collect();
    draft.detach(i);
    let (label, name) = match there.and_then(|e| draft.entities.edit(e)) {
        Some(row) => {
            decided(row);
            called(row, &words);
            (row.label, row.name.clone())
        }
        None => {
            draft.entities.add(Entity {
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
    draft.correct(i, |_, body| {
        *body = Body::Entity(EntityBody { label, entity: Some(entity.clone()) });
    });
    draft.attach(i, entity);
    if let Some(e) = from {
        forget(draft, e, &words);
    }
    for i in quotes {
        if let Some(a) = draft.annotations.edit(i)
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
fn forget(draft: &mut Draft<'_>, e: usize, words: &str) {
    let Some(row) = draft.entities.get(e).cloned() else {
        return;
    };
    let spellings = row.mentions.iter().filter_map(|m| spelled(draft, m));
    let spellings: Vec<String> = spellings.collect();
    if spellings.iter().any(|s| s == words) {
        return;
    }
    if row.name == words && row.status == Status::Machine {
        // The longest of what is left; the first of equals.
        let longest = spellings.into_iter().rev().max_by_key(|s| s.chars().count());
        if let Some(name) = longest {
            call(draft, e, name);
        }
    } else if row.aliases.iter().any(|a| a == words)
        && let Some(row) = draft.entities.edit(e)
    {
        row.aliases.retain(|a| a != words);
    }
}

/// A mention got other boundaries: its place in the list, and its entity's name where the name
/// was this mention's own words.
pub(super) fn follow(draft: &mut Draft<'_>, i: usize, before: Span) {
    let Some(a) = draft.annotations.get(i) else {
        return;
    };
    let Some(entity) = a.entity().cloned() else {
        return;
    };
    let (id, old, new) = (a.id.clone(), draft.words(before), draft.words(a.span));
    let Some(e) = draft.entities.find(&entity.0) else {
        return;
    };
    if let Some(row) = draft.entities.edit(e) {
        row.mentions.retain(|m| m != &id);
    }
    draft.attach(i, &entity);
    if old == new {
        return;
    }
    let Some(row) = draft.entities.get(e).cloned() else {
        return;
    };
    let mut mentions = row.mentions.iter();
    let still = mentions.any(|m| spelled(draft, m).as_deref() == Some(old.as_str()));
    if row.name == old && !still {
        call(draft, e, new);
        return;
    }
    if let Some(row) = draft.entities.edit(e) {
        if !still {
            row.aliases.retain(|a| *a != old);
        }
        if row.name != new && !row.aliases.contains(&new) {
            row.aliases.push(new);
        }
    }
}
