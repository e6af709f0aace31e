use super::transaction::{self, DocumentPatch, Transaction};
use super::{Edit, EditError, quotes, reread, revise};
use crate::document::{
    Anchor, Annotation, AnnotationId, Body, Confidence, DateBody, DateReading, Document,
    EntityBody, EntityId, Interval, Label, PublishedSource, Status, Suggestion, Timex,
};
use crate::text::Span;

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
pub(super) fn apply_in_place(
    document: &mut Document,
    edit: &Edit,
) -> Result<DocumentPatch, EditError> {
    if !replaces_document(edit) {
        return transaction::run(document, |transaction| apply_edit(transaction, edit));
    }
    let mut after = document.clone();
    for edit in flatten_batch(edit) {
        match edit {
            Edit::Reread(new) => after = reread::merge_decisions(&after, new)?,
            Edit::Revise(text) => after = revise::revise(&after, text)?.document,
            edit => transaction::run(&mut after, |transaction| apply_edit(transaction, edit))
                .map(drop)?,
        }
    }
    if after == *document {
        return transaction::run(document, |_| Ok(()));
    }
    let before = std::mem::replace(document, after);
    Ok(DocumentPatch::Whole(Box::new(before)))
}

/// The edits of a batch, and of the batches in it, in order.
pub(super) fn flatten_batch(edit: &Edit) -> Vec<&Edit> {
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
fn replaces_document(edit: &Edit) -> bool {
    let whole = |e: &&Edit| matches!(e, Edit::Reread(_) | Edit::Revise(_));
    flatten_batch(edit).iter().any(whole)
}

fn apply_edit(transaction: &mut Transaction<'_>, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::Accept(id) => change_status(transaction, id, Status::Machine, Status::Accepted),
        Edit::Reject(id) => reject_annotation(transaction, id),
        Edit::Restore(id) => change_status(transaction, id, Status::Accepted, Status::Machine),
        Edit::Relabel { id, label, whole_entity } => {
            relabel_mention(transaction, id, *label, *whole_entity)
        }
        Edit::Resize { id, span } => resize_annotation(transaction, id, *span),
        Edit::Add { id, span, body } => add_annotation(transaction, id, *span, body),
        Edit::Answer { id, suggestion, taken } => {
            answer_suggestion(transaction, id, suggestion, *taken)
        }
        Edit::SetDate { id, timex, interval } => {
            set_date(transaction, id, timex, interval.as_ref())
        }
        Edit::SetSpeaker { id, speaker } => quotes::set_speaker(transaction, id, speaker.as_ref()),
        Edit::SetQuoteKind { id, kind } => quotes::edit_quote(transaction, id, |q| q.kind = *kind),
        Edit::SetCue { id, cue } => {
            transaction.check_spans(cue)?;
            quotes::edit_quote(transaction, id, |q| q.cue.clone_from(cue))
        }
        Edit::Rename { entity, name } => super::entities::rename_entity(transaction, entity, name),
        Edit::Merge { from, into } => super::entities::merge_entities(transaction, from, into),
        Edit::Split { id, entity } => super::entities::split_mention(transaction, id, entity),
        Edit::SetPublished(stamp) => {
            let source = match stamp {
                Some(_) => PublishedSource::Given,
                None => PublishedSource::Unknown,
            };
            transaction.published = Some((*stamp, source));
            Ok(())
        }
        Edit::SetTitle(title) => {
            transaction.title = Some(title.clone());
            Ok(())
        }
        Edit::Batch(_) => flatten_batch(edit).into_iter().try_for_each(|edit| match edit {
            // `flatten_batch` leaves no batch.
            Edit::Batch(_) => Ok(()),
            edit => apply_edit(transaction, edit),
        }),
        // Done to the whole document, not to a transaction of it.
        Edit::Reread(_) | Edit::Revise(_) => Ok(()),
    }
}

/// Brings a rejected annotation back; one that stands at `from` changes to `to`.
fn change_status(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    from: Status,
    to: Status,
) -> Result<(), EditError> {
    let i = transaction.find_annotation(id)?;
    transaction.bring_back_rejected(i);
    if let Some(a) = transaction.annotations.row_mut(i)
        && a.status == from
    {
        a.status = to;
    }
    Ok(())
}

fn reject_annotation(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
) -> Result<(), EditError> {
    let i = transaction.find_annotation(id)?;
    let status = transaction.annotations.get(i).map(|a| a.status);
    if status == Some(Status::Rejected) {
        return Ok(());
    }
    transaction.detach_mention(i);
    if status == Some(Status::Added) {
        transaction.clear_anchors_to(id);
        transaction.annotations.remove_row(i);
    } else if let Some(a) = transaction.annotations.row_mut(i) {
        a.status = Status::Rejected;
    }
    Ok(())
}

fn relabel_mention(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    label: Label,
    whole_entity: bool,
) -> Result<(), EditError> {
    let i = transaction.find_annotation(id)?;
    transaction.bring_back_rejected(i);
    let entity = match transaction.annotations.get(i).map(|a| &a.body) {
        Some(Body::Entity(e)) if e.label == label && !whole_entity => return Ok(()),
        Some(Body::Entity(e)) => e.entity.clone(),
        Some(Body::Date(_)) => {
            transaction.clear_anchors_to(id);
            None
        }
        _ => return Err(EditError::WrongKind(id.clone())),
    };
    let known = entity.as_ref().and_then(|e| transaction.entities.position_of(&e.0));
    let mentions = known.and_then(|e| transaction.entities.get(e));
    let mentions = mentions.map_or_else(Vec::new, |e| e.mentions.clone());
    if label.is_name()
        && let (Some(e), Some(entity)) = (known, &entity)
        && (whole_entity || mentions.len() == 1)
        && !joins_another(transaction, i, label, &mentions)
    {
        for mention in &mentions {
            let i = transaction.find_annotation(mention)?;
            transaction.correct(i, |_, body| set_label(body, label, Some(entity)));
        }
        if let Some(row) = transaction.entities.row_mut(e)
            && row.label != label
        {
            row.label = label;
            super::entities::mark_corrected(row);
        }
        return Ok(());
    }
    let these = if whole_entity && !mentions.is_empty() { mentions } else { vec![id.clone()] };
    for mention in &these {
        let i = transaction.find_annotation(mention)?;
        move_mention(transaction, i, label);
    }
    Ok(())
}

/// The only mention of an entity becomes what another entity is called: it is that one's.
fn joins_another(
    transaction: &mut Transaction<'_>,
    i: usize,
    label: Label,
    mentions: &[AnnotationId],
) -> bool {
    let Some(a) = transaction.annotations.get(i).filter(|_| mentions.len() == 1) else {
        return false;
    };
    let (name, own) = (transaction.text_on_one_line(a.span), a.entity());
    let mut others = transaction.entities.iter().map(|(_, e)| e);
    others.any(|e| {
        e.label == label && Some(&e.id) != own && (e.name == name || e.aliases.contains(&name))
    })
}

/// A mention leaves its entity and goes where its new label and its words belong.
fn move_mention(transaction: &mut Transaction<'_>, i: usize, label: Label) {
    let Some(span) = transaction.annotations.get(i).map(|a| a.span) else {
        return;
    };
    let words = transaction.text_on_one_line(span);
    transaction.detach_mention(i);
    let home = label.is_name().then(|| transaction.find_or_add_entity(label, &words, None));
    transaction.correct(i, |_, body| set_label(body, label, home.as_ref()));
    if let Some(home) = &home {
        transaction.attach_mention(i, home);
    }
}

fn set_label(body: &mut Body, label: Label, entity: Option<&EntityId>) {
    *body = Body::Entity(EntityBody { label, entity: entity.cloned() });
}

fn resize_annotation(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    span: Span,
) -> Result<(), EditError> {
    let i = transaction.find_annotation(id)?;
    let span = transaction.checked_span(span)?;
    transaction.bring_back_rejected(i);
    let text = transaction.text;
    let before = transaction.annotations.get(i).map(|a| a.span);
    transaction.correct(i, |old, body| {
        if let Body::Quote(q) = body {
            q.parts = quotes::fit_parts(text, q, *old, span);
        }
        *old = span;
    });
    match before {
        Some(before) if before != span => {
            super::entities::follow_boundaries(transaction, i, before)
        }
        _ => {}
    }
    Ok(())
}

fn add_annotation(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    span: Span,
    body: &Body,
) -> Result<(), EditError> {
    if id.0.is_empty() || transaction.annotations.position_of(&id.0).is_some() {
        return Err(EditError::IdInUse(id.0.clone()));
    }
    let span = transaction.checked_span(span)?;
    let mut body = body.clone();
    let mut home = None;
    match &mut body {
        Body::Entity(e) => {
            if let Some(entity) = &e.entity {
                transaction.find_entity(entity)?;
            }
            if !e.label.is_name() {
                e.entity = None;
            } else if e.entity.is_none() {
                let words = transaction.text_on_one_line(span);
                e.entity = Some(transaction.find_or_add_entity(e.label, &words, None));
            }
            home.clone_from(&e.entity);
        }
        Body::Date(d) => {
            check_anchor(transaction, id, &d.timex)?;
            for other in &d.alternatives {
                check_anchor(transaction, id, &other.timex)?;
            }
        }
        Body::Quote(q) => {
            quotes::check_quote(transaction, q)?;
            if q.parts.is_empty() {
                q.parts = vec![quotes::quoted_words(transaction.text, span, q.kind)];
            }
            let ordered = q.parts.windows(2).all(|p| p[0].end() <= p[1].start());
            if !ordered || !q.parts.iter().all(|&p| span.contains(p)) {
                return Err(EditError::BadSpan);
            }
        }
    }
    let i = transaction.annotations.push_row(Annotation {
        id: id.clone(),
        span,
        body,
        confidence: Confidence::CERTAIN,
        status: Status::Added,
        reason: None,
        machine: None,
    });
    if let Some(entity) = &home {
        transaction.attach_mention(i, entity);
        let words = transaction.text_on_one_line(span);
        let row = transaction.entities.position_of(&entity.0);
        if let Some(row) = row.and_then(|e| transaction.entities.row_mut(e)) {
            super::entities::add_alias(row, &words);
        }
    }
    Ok(())
}

/// An accepted annotation of what was suggested, or a tombstone.
fn answer_suggestion(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    suggestion: &Suggestion,
    taken: bool,
) -> Result<(), EditError> {
    let body = EntityBody { label: suggestion.label, entity: None };
    add_annotation(transaction, id, suggestion.span, &Body::Entity(body))?;
    let i = transaction.find_annotation(id)?;
    if !taken {
        transaction.detach_mention(i);
    }
    if let Some(a) = transaction.annotations.row_mut(i) {
        a.confidence = suggestion.confidence;
        a.reason = Some(suggestion.reason.clone());
        a.status = if taken { Status::Accepted } else { Status::Rejected };
    }
    Ok(())
}

/// A date may hang on another date of the document.
fn check_anchor(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    timex: &Timex,
) -> Result<(), EditError> {
    let Anchor::Annotation(anchor) = &timex.anchor else {
        return Ok(());
    };
    let i = transaction.find_annotation(anchor)?;
    let date = transaction.annotations.get(i).map(|a| &a.body);
    if !matches!(date, Some(Body::Date(_))) || anchor == id {
        return Err(EditError::WrongKind(anchor.clone()));
    }
    Ok(())
}

fn set_date(
    transaction: &mut Transaction<'_>,
    id: &AnnotationId,
    timex: &Timex,
    interval: Option<&Interval>,
) -> Result<(), EditError> {
    let i = transaction.find_annotation(id)?;
    check_anchor(transaction, id, timex)?;
    transaction.bring_back_rejected(i);
    let new = DateReading { timex: timex.clone(), interval: interval.cloned() };
    let mut alternatives = Vec::new();
    match transaction.annotations.get(i).map(|a| &a.body) {
        Some(Body::Date(d)) => {
            if d.timex == new.timex && d.interval == new.interval {
                return Ok(());
            }
            // What it had been read as can be picked again.
            alternatives.push(DateReading { timex: d.timex.clone(), interval: d.interval.clone() });
            alternatives.extend(d.alternatives.iter().filter(|r| **r != new).cloned());
        }
        Some(Body::Entity(_)) => transaction.detach_mention(i),
        _ => return Err(EditError::WrongKind(id.clone())),
    }
    transaction.correct(i, |_, body| {
        *body = Body::Date(DateBody { timex: new.timex, interval: new.interval, alternatives });
    });
    Ok(())
}
