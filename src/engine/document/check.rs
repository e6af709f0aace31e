use std::collections::HashMap;
use std::fmt;

use super::{Anchor, Annotation, AnnotationId, Body, DateBody, Document, EntityId, Status};
use crate::text::{SourceText, Span};

/// The first invariant of a document that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// An id is empty.
    EmptyId,
    /// Two annotations or two entities have this id.
    DuplicateId(String),
    /// A span of this annotation is empty, outside the text or inside a character.
    Span(AnnotationId),
    /// This annotation stands before the one that it must follow: the order is (start, −end, id).
    Order(AnnotationId),
    /// The parts of this quote overlap, are out of order or leave its hull.
    Parts(AnnotationId),
    /// This annotation names an entity that is not there.
    NoEntity(AnnotationId, EntityId),
    /// This annotation mentions the entity, whose list of mentions lacks it (or has it twice).
    NotListed(AnnotationId, EntityId),
    /// The entity lists a mention that is not there or mentions something else.
    NoMention(EntityId, AnnotationId),
    /// This date was resolved against something that is not a date of the document.
    Anchor(AnnotationId),
    /// This part of the page does not cut the text, or stands over or before the one ahead of it.
    Part(usize),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Violation::EmptyId => write!(f, "an id is empty"),
            Violation::DuplicateId(id) => write!(f, "the id {id} is used twice"),
            Violation::Span(id) => write!(f, "annotation {id} does not cut its text"),
            Violation::Order(id) => write!(f, "annotation {id} is out of order"),
            Violation::Parts(id) => write!(f, "annotation {id}: its parts do not fit its span"),
            Violation::NoEntity(id, e) => write!(f, "annotation {id}: there is no entity {e}"),
            Violation::NotListed(id, e) => {
                write!(f, "annotation {id} is not once among the mentions of {e}")
            }
            Violation::NoMention(e, id) => {
                write!(f, "entity {e}: {id} is not a mention of it")
            }
            Violation::Anchor(id) => write!(f, "annotation {id}: its anchor is not a date"),
            Violation::Part(n) => write!(f, "part {n} of the page does not fit the text"),
        }
    }
}

impl std::error::Error for Violation {}

impl Document {
    /// What must always hold: ids are unique; spans lie in the text, on character boundaries, and
    /// are not empty; annotations are in order; parts of a quote lie in its hull; every live
    /// mention and its entity name each other; speakers' entities and dates' anchors exist.
    /// A rejected mention may name an entity that went with its last live mention, and so may the
    /// record of a machine's reading. Linear in the document.
    ///
    /// # Errors
    /// The first [`Violation`].
    pub fn check(&self) -> Result<(), Violation> {
        let mut end = 0;
        for (n, part) in self.parts.iter().enumerate() {
            let (from, to) = (part.span.start(), part.span.end());
            if from < end || from >= to || self.text.span(from, to).is_none() {
                return Err(Violation::Part(n));
            }
            end = to;
        }
        let mut annotations = HashMap::with_capacity(self.annotations.len());
        for a in &self.annotations {
            check_id_is_unused(&a.id.0, annotations.insert(&a.id, a).is_some())?;
        }
        // How many of the mentions that each entity lists were met.
        let mut listed = HashMap::with_capacity(self.entities.len());
        for e in &self.entities {
            check_id_is_unused(&e.id.0, listed.insert(&e.id, 0usize).is_some())?;
        }
        for pair in self.annotations.windows(2) {
            if let [a, b] = pair
                && a.sort_key() >= b.sort_key()
            {
                return Err(Violation::Order(b.id.clone()));
            }
        }
        for a in &self.annotations {
            check_spans(&self.text, a)?;
            match &a.body {
                Body::Entity(e) => {
                    if let Some(entity) = &e.entity
                        && a.status != Status::Rejected
                    {
                        *listed
                            .get_mut(entity)
                            .ok_or_else(|| Violation::NoEntity(a.id.clone(), entity.clone()))? += 1;
                    }
                }
                Body::Date(d) => {
                    for anchor in anchor_ids(d) {
                        let date = annotations
                            .get(anchor)
                            .is_some_and(|a| matches!(a.body, Body::Date(_)));
                        if !date || anchor == &a.id {
                            return Err(Violation::Anchor(a.id.clone()));
                        }
                    }
                }
                Body::Quote(q) => {
                    let entity = q.speaker.as_ref().and_then(|s| s.entity.as_ref());
                    if let Some(entity) = entity.filter(|&e| !listed.contains_key(e)) {
                        return Err(Violation::NoEntity(a.id.clone(), entity.clone()));
                    }
                }
            }
        }
        for e in &self.entities {
            let mut live = 0;
            let mut last: Option<&Annotation> = None;
            for id in &e.mentions {
                let Some(a) = annotations.get(id).filter(|a| a.entity() == Some(&e.id)) else {
                    return Err(Violation::NoMention(e.id.clone(), id.clone()));
                };
                if last.is_some_and(|last| last.sort_key() >= a.sort_key()) {
                    return Err(Violation::NotListed(id.clone(), e.id.clone()));
                }
                last = Some(a);
                live += usize::from(a.status != Status::Rejected);
            }
            if listed.get(&e.id) != Some(&live) {
                let missing = self.annotations.iter().find(|a| {
                    a.entity() == Some(&e.id)
                        && a.status != Status::Rejected
                        && !e.mentions.contains(&a.id)
                });
                let id = missing.map_or_else(|| AnnotationId(String::new()), |a| a.id.clone());
                return Err(Violation::NotListed(id, e.id.clone()));
            }
        }
        Ok(())
    }
}

fn check_id_is_unused(id: &str, used: bool) -> Result<(), Violation> {
    if used {
        return Err(Violation::DuplicateId(id.to_owned()));
    }
    if id.is_empty() {
        return Err(Violation::EmptyId);
    }
    Ok(())
}

fn anchor_ids(date: &DateBody) -> impl Iterator<Item = &AnnotationId> {
    let others = date.alternatives.iter().map(|r| &r.timex);
    std::iter::once(&date.timex).chain(others).filter_map(|t| match &t.anchor {
        Anchor::Annotation(id) => Some(id),
        _ => None,
    })
}

fn check_spans(text: &SourceText, a: &Annotation) -> Result<(), Violation> {
    let cuts = |s: Span| !s.is_empty() && text.span(s.start(), s.end()).is_some();
    let readings =
        std::iter::once((a.span, &a.body)).chain(a.machine.iter().map(|m| (m.span, &m.body)));
    for (span, body) in readings {
        let mut sound = cuts(span);
        if let Body::Quote(q) = body {
            let mention = q.speaker.iter().flat_map(|s| &s.mention);
            sound &= q.parts.iter().chain(&q.cue).chain(mention).all(|&s| cuts(s));
            let ordered = q.parts.windows(2).all(|p| p[0].end() <= p[1].start());
            if !ordered || !q.parts.iter().all(|&p| span.contains(p)) {
                return Err(Violation::Parts(a.id.clone()));
            }
        }
        if !sound {
            return Err(Violation::Span(a.id.clone()));
        }
    }
    Ok(())
}
