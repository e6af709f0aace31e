//! Settling a difference: the edit that makes the one side say what the other says.

use super::Difference;
use crate::document::{Anchor, Annotation, AnnotationId, Body, Document, EntityId, Speaker, Timex};
use crate::edits::Edit;

/// The edit after which `mine` says of this place what `theirs` says; `None` when there is nothing
/// to do. `fresh` is an annotation id that is not in use. Both documents have the same text.
pub fn take_theirs(
    mine: &Document,
    theirs: &Document,
    difference: &Difference,
    fresh: AnnotationId,
) -> Option<Edit> {
    let old = difference.mine.as_ref().and_then(|id| mine.annotation(id));
    let new = difference.theirs.as_ref().and_then(|id| theirs.annotation(id));
    match (old, new) {
        (Some(old), None) => Some(Edit::Reject(old.id.clone())),
        (None, Some(new)) => {
            Some(Edit::Add { id: fresh, span: new.span, body: adopt_body(mine, theirs, new) })
        }
        (Some(old), Some(new)) => {
            let mut edits = edits_to_match(mine, theirs, old, new);
            match edits.len() {
                0 | 1 => edits.pop(),
                _ => Some(Edit::Batch(edits)),
            }
        }
        (None, None) => None,
    }
}

fn edits_to_match(
    mine: &Document,
    theirs: &Document,
    old: &Annotation,
    new: &Annotation,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let id = &old.id;
    if old.span != new.span {
        edits.push(Edit::Resize { id: id.clone(), span: new.span });
    }
    match (&old.body, &new.body) {
        (Body::Entity(a), Body::Entity(b)) if a.label != b.label => {
            edits.push(Edit::Relabel { id: id.clone(), label: b.label, whole_entity: false })
        }
        (Body::Date(a), Body::Date(b)) if a.timex != b.timex => edits.push(Edit::SetDate {
            id: id.clone(),
            timex: adopt_timex(mine, theirs, &b.timex, id),
            interval: b.interval.clone(),
        }),
        (Body::Quote(a), Body::Quote(b)) => {
            if a.kind != b.kind {
                edits.push(Edit::SetQuoteKind { id: id.clone(), kind: b.kind });
            }
            if super::speaker_name(mine, a) != super::speaker_name(theirs, b) {
                edits.push(Edit::SetSpeaker {
                    id: id.clone(),
                    speaker: b.speaker.as_ref().map(|s| adopt_speaker(mine, theirs, s)),
                });
            }
            if a.cue != b.cue {
                edits.push(Edit::SetCue { id: id.clone(), cue: b.cue.clone() });
            }
        }
        _ => {}
    }
    edits
}

/// Their reading with our entities and dates.
fn adopt_body(mine: &Document, theirs: &Document, new: &Annotation) -> Body {
    let mut body = new.body.clone();
    match &mut body {
        Body::Entity(e) => {
            e.entity = e.entity.as_ref().and_then(|id| matching_entity(mine, theirs, id))
        }
        Body::Date(d) => {
            d.timex = adopt_timex(mine, theirs, &d.timex, &new.id);
            d.alternatives.clear();
        }
        Body::Quote(q) => q.speaker = q.speaker.as_ref().map(|s| adopt_speaker(mine, theirs, s)),
    }
    body
}

/// Our entity of the same label that goes by the name of theirs.
fn matching_entity(mine: &Document, theirs: &Document, id: &EntityId) -> Option<EntityId> {
    let wanted = theirs.entity(id)?;
    let called = |e: &&crate::document::Entity| {
        e.label == wanted.label && (e.name == wanted.name || e.aliases.contains(&wanted.name))
    };
    mine.entities.iter().find(called).map(|e| e.id.clone())
}

fn adopt_speaker(mine: &Document, theirs: &Document, speaker: &Speaker) -> Speaker {
    let theirs_id = speaker.entity.as_ref();
    let named = theirs_id.and_then(|id| theirs.entity(id)).map(|e| e.name.clone());
    Speaker {
        entity: theirs_id.and_then(|id| matching_entity(mine, theirs, id)),
        name: speaker.name.clone().or(named),
        ..speaker.clone()
    }
}

/// A date that hangs on another one hangs on ours of the same words.
fn adopt_timex(mine: &Document, theirs: &Document, timex: &Timex, own: &AnnotationId) -> Timex {
    let anchor = match &timex.anchor {
        Anchor::Annotation(id) => {
            let span = theirs.annotation(id).map(|a| a.span);
            let same = |a: &&Annotation| {
                matches!(a.body, Body::Date(_)) && Some(a.span) == span && a.id != *own
            };
            let ours = mine.annotations.iter().find(same);
            ours.map_or(Anchor::None, |a| Anchor::Annotation(a.id.clone()))
        }
        other => other.clone(),
    };
    Timex { anchor, ..timex.clone() }
}
