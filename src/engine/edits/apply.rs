use std::fmt;

use super::draft::{self, Change, Draft};
use super::{Edit, quotes, reread, revise};
use crate::document::{
    Anchor, Annotation, AnnotationId, Body, Confidence, DateBody, DateReading, Document,
    EntityBody, EntityId, Interval, Label, PublishedSource, Status, Timex,
};
use crate::text::Span;

/// Why an edit cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// There is no such annotation (any more).
    NoAnnotation(AnnotationId),
    /// There is no such entity (any more).
    NoEntity(EntityId),
    /// The span is empty or does not lie in the text.
    BadSpan,
    /// The edit does not fit this kind of annotation.
    WrongKind(AnnotationId),
    /// The id is in use.
    IdInUse(String),
    /// A name must not be blank.
    BlankName,
    /// The new reading is of another text.
    OtherText,
    /// The new reading breaks an invariant.
    Unsound,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::NoAnnotation(id) => write!(f, "annotation {id} is no longer there"),
            EditError::NoEntity(id) => write!(f, "entity {id} is no longer there"),
            EditError::BadSpan => write!(f, "select at least one character of the text"),
            EditError::WrongKind(id) => write!(f, "this cannot be done to annotation {id}"),
            EditError::IdInUse(id) => write!(f, "the id {id} is in use"),
            EditError::BlankName => write!(f, "a name must not be blank"),
            EditError::OtherText => write!(f, "the new reading is of another text"),
            EditError::Unsound => write!(f, "the new reading contradicts itself"),
        }
    }
}

impl std::error::Error for EditError {}

/// The document after `edit`. Entities keep the mentions that still exist, and go with their last.
///
/// # Errors
/// [`EditError`]; the document given is untouched then.
pub fn apply(document: &Document, edit: &Edit) -> Result<Document, EditError> {
    let mut after = document.clone();
    apply_in_place(&mut after, edit)?;
    Ok(after)
}

/// The same in place, with the way back; what fails changes nothing.
pub(super) fn apply_in_place(document: &mut Document, edit: &Edit) -> Result<Change, EditError> {
    if !is_whole(edit) {
        return draft::change(document, |draft| act(draft, edit));
    }
    let mut after = document.clone();
    for edit in flat(edit) {
        match edit {
            Edit::Reread(new) => after = reread::under(&after, new)?,
            Edit::Revise(text) => after = revise::revise(&after, text)?.document,
            edit => draft::change(&mut after, |draft| act(draft, edit)).map(drop)?,
        }
    }
    if after == *document {
        return draft::change(document, |_| Ok(()));
    }
    let before = std::mem::replace(document, after);
    Ok(Change::Whole(Box::new(before)))
}

/// The edits of a batch, and of the batches in it, in order.
pub(super) fn flat(edit: &Edit) -> Vec<&Edit> {
    let mut out = Vec::new();
    let mut open = vec![edit];
    while let Some(edit) = open.pop() {
        match edit {
            Edit::Batch(edits) => open.extend(edits.iter().rev()),
            edit => out.push(edit),
        }
    }
    out
}

/// Is it done to the whole document, not to some rows of it?
fn is_whole(edit: &Edit) -> bool {
    let whole = |e: &&Edit| matches!(e, Edit::Reread(_) | Edit::Revise(_));
    flat(edit).iter().any(whole)
}

fn act(draft: &mut Draft<'_>, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::Accept(id) => accept(draft, id),
        Edit::Reject(id) => reject(draft, id),
        Edit::Restore(id) => restore(draft, id),
        Edit::Relabel { id, label, whole_entity } => relabel(draft, id, *label, *whole_entity),
        Edit::Resize { id, span } => resize(draft, id, *span),
        Edit::Add { id, span, body } => add(draft, id, *span, body),
        Edit::SetDate { id, timex, interval } => set_date(draft, id, timex, interval.as_ref()),
        Edit::SetSpeaker { id, speaker } => quotes::set_speaker(draft, id, speaker.as_ref()),
        Edit::SetQuoteKind { id, kind } => quotes::change(draft, id, |q| q.kind = *kind),
        Edit::SetCue { id, cue } => {
            draft.spans(cue)?;
            quotes::change(draft, id, |q| q.cue.clone_from(cue))
        }
        Edit::Rename { entity, name } => super::entities::rename(draft, entity, name),
        Edit::Merge { from, into } => super::entities::merge(draft, from, into),
        Edit::Split { id, entity } => super::entities::split(draft, id, entity),
        Edit::SetPublished(stamp) => {
            let source = match stamp {
                Some(_) => PublishedSource::Given,
                None => PublishedSource::Unknown,
            };
            draft.published = Some((*stamp, source));
            Ok(())
        }
        Edit::Batch(_) => flat(edit).into_iter().try_for_each(|edit| match edit {
            // `flat` leaves no batch.
            Edit::Batch(_) => Ok(()),
            edit => act(draft, edit),
        }),
        // Done to the whole document, not to a draft of it.
        Edit::Reread(_) | Edit::Revise(_) => Ok(()),
    }
}

fn accept(draft: &mut Draft<'_>, id: &AnnotationId) -> Result<(), EditError> {
    let i = draft.find(id)?;
    draft.revive(i);
    if let Some(a) = draft.annotations.edit(i)
        && a.status == Status::Machine
    {
        a.status = Status::Accepted;
    }
    Ok(())
}

fn reject(draft: &mut Draft<'_>, id: &AnnotationId) -> Result<(), EditError> {
    let i = draft.find(id)?;
    let status = draft.annotations.get(i).map(|a| a.status);
    if status == Some(Status::Rejected) {
        return Ok(());
    }
    draft.detach(i);
    if status == Some(Status::Added) {
        draft.unanchor(id);
        draft.annotations.remove(i);
    } else if let Some(a) = draft.annotations.edit(i) {
        a.status = Status::Rejected;
    }
    Ok(())
}

fn restore(draft: &mut Draft<'_>, id: &AnnotationId) -> Result<(), EditError> {
    let i = draft.find(id)?;
    draft.revive(i);
    if let Some(a) = draft.annotations.edit(i)
        && a.status == Status::Accepted
    {
        a.status = Status::Machine;
    }
    Ok(())
}

fn relabel(
    draft: &mut Draft<'_>,
    id: &AnnotationId,
    label: Label,
    whole_entity: bool,
) -> Result<(), EditError> {
    let i = draft.find(id)?;
    draft.revive(i);
    let entity = match draft.annotations.get(i).map(|a| &a.body) {
        Some(Body::Entity(e)) if e.label == label && !whole_entity => return Ok(()),
        Some(Body::Entity(e)) => e.entity.clone(),
        Some(Body::Date(_)) => {
            draft.unanchor(id);
            None
        }
        _ => return Err(EditError::WrongKind(id.clone())),
    };
    let known = entity.as_ref().and_then(|e| draft.entities.find(&e.0));
    let mentions = known.and_then(|e| draft.entities.get(e));
    let mentions = mentions.map_or_else(Vec::new, |e| e.mentions.clone());
    if label.is_name()
        && let (Some(e), Some(entity)) = (known, &entity)
        && (whole_entity || mentions.len() == 1)
        && !joins_another(draft, i, label, &mentions)
    {
        for mention in &mentions {
            let i = draft.find(mention)?;
            draft.correct(i, |_, body| set_label(body, label, Some(entity)));
        }
        if let Some(row) = draft.entities.edit(e)
            && row.label != label
        {
            row.label = label;
            super::entities::decided(row);
        }
        return Ok(());
    }
    let these = if whole_entity && !mentions.is_empty() { mentions } else { vec![id.clone()] };
    for mention in &these {
        let i = draft.find(mention)?;
        move_mention(draft, i, label);
    }
    Ok(())
}

/// The only mention of an entity becomes what another entity is called: it is that one's.
fn joins_another(draft: &mut Draft<'_>, i: usize, label: Label, mentions: &[AnnotationId]) -> bool {
    let Some(a) = draft.annotations.get(i).filter(|_| mentions.len() == 1) else {
        return false;
    };
    let (name, own) = (draft.words(a.span), a.entity());
    let mut others = draft.entities.iter().map(|(_, e)| e);
    others.any(|e| {
        e.label == label && Some(&e.id) != own && (e.name == name || e.aliases.contains(&name))
    })
}

/// A mention leaves its entity and goes where its new label and its words belong.
fn move_mention(draft: &mut Draft<'_>, i: usize, label: Label) {
    let Some(span) = draft.annotations.get(i).map(|a| a.span) else {
        return;
    };
    let words = draft.words(span);
    draft.detach(i);
    let home = label.is_name().then(|| draft.home(label, &words, None));
    draft.correct(i, |_, body| set_label(body, label, home.as_ref()));
    if let Some(home) = &home {
        draft.attach(i, home);
    }
}

fn set_label(body: &mut Body, label: Label, entity: Option<&EntityId>) {
    *body = Body::Entity(EntityBody { label, entity: entity.cloned() });
}

fn resize(draft: &mut Draft<'_>, id: &AnnotationId, span: Span) -> Result<(), EditError> {
    let i = draft.find(id)?;
    let span = draft.span(span)?;
    draft.revive(i);
    let text = draft.text;
    let before = draft.annotations.get(i).map(|a| a.span);
    draft.correct(i, |old, body| {
        if let Body::Quote(q) = body {
            q.parts = quotes::fit(text, q, *old, span);
        }
        *old = span;
    });
    match before {
        Some(before) if before != span => super::entities::follow(draft, i, before),
        _ => {}
    }
    Ok(())
}

fn add(draft: &mut Draft<'_>, id: &AnnotationId, span: Span, body: &Body) -> Result<(), EditError> {
    if id.0.is_empty() || draft.annotations.find(&id.0).is_some() {
        return Err(EditError::IdInUse(id.0.clone()));
    }
    let span = draft.span(span)?;
    let mut body = body.clone();
    let mut home = None;
    match &mut body {
        Body::Entity(e) => {
            if let Some(entity) = &e.entity {
                draft.find_entity(entity)?;
            }
            if !e.label.is_name() {
                e.entity = None;
            } else if e.entity.is_none() {
                let words = draft.words(span);
                e.entity = Some(draft.home(e.label, &words, None));
            }
            home.clone_from(&e.entity);
        }
        Body::Date(d) => {
            anchored(draft, id, &d.timex)?;
            for other in &d.alternatives {
                anchored(draft, id, &other.timex)?;
            }
        }
        Body::Quote(q) => {
            quotes::check(draft, q)?;
            if q.parts.is_empty() {
                q.parts = vec![quotes::inside(draft.text, span, q.kind)];
            }
            let ordered = q.parts.windows(2).all(|p| p[0].end() <= p[1].start());
            if !ordered || !q.parts.iter().all(|&p| span.contains(p)) {
                return Err(EditError::BadSpan);
            }
        }
    }
    let i = draft.annotations.add(Annotation {
        id: id.clone(),
        span,
        body,
        confidence: Confidence::CERTAIN,
        status: Status::Added,
        reason: None,
        machine: None,
    });
    if let Some(entity) = &home {
        draft.attach(i, entity);
        let words = draft.words(span);
        let row = draft.entities.find(&entity.0);
        if let Some(row) = row.and_then(|e| draft.entities.edit(e)) {
            super::entities::called(row, &words);
        }
    }
    Ok(())
}

/// A date may hang on another date of the document.
fn anchored(draft: &mut Draft<'_>, id: &AnnotationId, timex: &Timex) -> Result<(), EditError> {
    let Anchor::Annotation(anchor) = &timex.anchor else {
        return Ok(());
    };
    let i = draft.find(anchor)?;
    let date = draft.annotations.get(i).map(|a| &a.body);
    if !matches!(date, Some(Body::Date(_))) || anchor == id {
        return Err(EditError::WrongKind(anchor.clone()));
    }
    Ok(())
}

fn set_date(
    draft: &mut Draft<'_>,
    id: &AnnotationId,
    timex: &Timex,
    interval: Option<&Interval>,
) -> Result<(), EditError> {
    let i = draft.find(id)?;
    anchored(draft, id, timex)?;
    draft.revive(i);
    let new = DateReading { timex: timex.clone(), interval: interval.cloned() };
    let mut alternatives = Vec::new();
    match draft.annotations.get(i).map(|a| &a.body) {
        Some(Body::Date(d)) => {
            if d.timex == new.timex && d.interval == new.interval {
                return Ok(());
            }
            // What it had been read as can be picked again.
            alternatives.push(DateReading { timex: d.timex.clone(), interval: d.interval.clone() });
            alternatives.extend(d.alternatives.iter().filter(|r| **r != new).cloned());
        }
        Some(Body::Entity(_)) => draft.detach(i),
        _ => return Err(EditError::WrongKind(id.clone())),
    }
    draft.correct(i, |_, body| {
        *body = Body::Date(DateBody { timex: new.timex, interval: new.interval, alternatives });
    });
    Ok(())
}
