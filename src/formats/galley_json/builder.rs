//! A document that is put together from parts which may be wrong: what holds goes in, the rest is named.
//!
//! Owns what is done about parts that contradict each other. Must not know from which file they come.

use std::collections::{HashMap, HashSet};

use super::read::{self, JsonReader};
use super::schema::{AnnotationJson, EntityJson};
use crate::error::{FormatError, Result};
use galley_engine::document::{
    Anchor, AnnotationId, Body, Document, Entity, EntityId, Status, Violation,
};
use galley_engine::text::OffsetMap;

/// Annotations that are taken out because they contradict the rest; with more, the file is refused.
const MAX_CONTRADICTIONS: usize = 1000;

/// A document and what was left out of its file, a sentence each.
pub type Salvaged = (Document, Vec<String>);

/// Takes annotations and entities one by one.
pub(crate) struct DocumentBuilder {
    document: Document,
    offsets: OffsetMap,
    left_out: Vec<String>,
}

impl DocumentBuilder {
    /// Begins with a document that has a text and no annotations.
    pub(crate) fn new(document: Document) -> DocumentBuilder {
        let offsets = OffsetMap::new(&document.text);
        DocumentBuilder { document, offsets, left_out: Vec::new() }
    }

    /// Says what else was left out.
    pub(crate) fn leave_out(&mut self, what: String) {
        self.left_out.push(what);
    }

    /// True while everything went in.
    pub(crate) fn is_complete(&self) -> bool {
        self.left_out.is_empty()
    }

    /// Adds an annotation, or names it when it does not fit the text or could not be read. `place` goes
    /// before its name: "line 3, ".
    pub(crate) fn add_annotation(
        &mut self,
        place: &str,
        parsed: std::result::Result<AnnotationJson<'_>, String>,
    ) {
        let id = parsed.as_ref().ok().and_then(|json| json.id.as_deref().map(str::to_owned));
        let id = id.map_or(String::new(), |id| format!(" {id}"));
        let reader = JsonReader::new(&self.document.text, &self.offsets);
        let read = parsed.and_then(|json| reader.annotation(json).map_err(|why| why.to_string()));
        match read {
            Ok(annotation) => self.document.annotations.push(annotation),
            Err(why) => self.leave_out(format!("{place}annotation{id}: {why}")),
        }
    }

    /// Adds an entity, or says why not.
    pub(crate) fn add_entity(
        &mut self,
        place: &str,
        parsed: std::result::Result<EntityJson<'_>, String>,
    ) {
        let read =
            parsed.and_then(|json| read::entity_from_json(json).map_err(|why| why.to_string()));
        match read {
            Ok(entity) => self.document.entities.push(entity),
            Err(why) => self.leave_out(format!("{place}entity: {why}")),
        }
    }

    /// The document, made sound where its parts contradict each other.
    ///
    /// # Errors
    /// When that is not possible.
    pub(crate) fn finish(mut self) -> Result<Salvaged> {
        self.document.sort_annotations();
        if !self.is_complete() || self.document.check().is_err() {
            self.mend()?;
        }
        Ok((self.document, self.left_out))
    }

    /// Makes entities follow their mentions, and takes out annotations that contradict the rest.
    fn mend(&mut self) -> Result<()> {
        let mut ids = HashSet::new();
        let left_out = &mut self.left_out;
        self.document.annotations.retain(|a| {
            let is_new = !a.id.0.is_empty() && ids.insert(a.id.clone());
            if !is_new {
                left_out.push(format!("annotation {}: its id is used twice", a.id));
            }
            is_new
        });
        for round in 0.. {
            drop_dangling_anchors(&mut self.document);
            rebuild_entities(&mut self.document);
            let Err(violation) = self.document.check() else {
                break;
            };
            match &violation {
                Violation::Span(id) | Violation::Parts(id) if round < MAX_CONTRADICTIONS => {
                    let id = id.clone();
                    self.document.annotations.retain(|a| a.id != id);
                    self.leave_out(violation.to_string());
                }
                _ => return Err(FormatError(format!("the file contradicts itself: {violation}"))),
            }
        }
        Ok(())
    }
}

/// A date that was resolved against what is not there was resolved against nothing.
fn drop_dangling_anchors(document: &mut Document) {
    let dates = document.annotations.iter().filter(|a| matches!(a.body, Body::Date(_)));
    let dates: HashSet<AnnotationId> = dates.map(|a| a.id.clone()).collect();
    for a in &mut document.annotations {
        if let Body::Date(date) = &mut a.body {
            let others = date.alternatives.iter_mut().map(|other| &mut other.timex);
            for timex in std::iter::once(&mut date.timex).chain(others) {
                if let Anchor::Annotation(id) = &timex.anchor
                    && (!dates.contains(id) || *id == a.id)
                {
                    timex.anchor = Anchor::None;
                }
            }
        }
    }
}

/// Gives every entity the mentions that name it, and makes those that are named and not there.
fn rebuild_entities(document: &mut Document) {
    let mut places: HashMap<EntityId, usize> = HashMap::new();
    let mut all: Vec<Entity> = Vec::new();
    for mut entity in document.entities.drain(..) {
        entity.mentions.clear();
        if !entity.id.0.is_empty() && !places.contains_key(&entity.id) {
            places.insert(entity.id.clone(), all.len());
            all.push(entity);
        }
    }
    let known = all.len();
    for a in &mut document.annotations {
        let Body::Entity(body) = &mut a.body else {
            continue;
        };
        if body.entity.as_ref().is_some_and(|id| id.0.is_empty()) {
            body.entity = None;
        }
        let Some(id) = body.entity.as_ref().filter(|_| a.status != Status::Rejected) else {
            continue;
        };
        let words: Vec<&str> = document.text.slice(a.span).split_whitespace().collect();
        let mut name = words.join(" ");
        let at = *places.entry(id.clone()).or_insert(all.len());
        if at == all.len() {
            all.push(Entity {
                id: id.clone(),
                label: body.label,
                name: name.clone(),
                aliases: Vec::new(),
                mentions: Vec::new(),
                status: Status::Machine,
            });
        }
        let entity = &mut all[at];
        entity.mentions.push(a.id.clone());
        // An entity that was not in the file has the longest of its mentions as its name.
        if at < known || entity.name == name {
            continue;
        }
        if entity.name.len() < name.len() {
            std::mem::swap(&mut entity.name, &mut name);
        }
        if !name.is_empty() && name != entity.name && !entity.aliases.contains(&name) {
            entity.aliases.push(name);
        }
    }
    for a in &mut document.annotations {
        if let Body::Quote(quote) = &mut a.body
            && let Some(speaker) = &mut quote.speaker
            && speaker.entity.as_ref().is_some_and(|id| !places.contains_key(id))
        {
            speaker.entity = None;
        }
    }
    // One without a mention stays when it speaks a quote.
    let speaks = |id: &EntityId| {
        document.annotations.iter().any(|a| match &a.body {
            Body::Quote(q) => q.speaker.as_ref().and_then(|s| s.entity.as_ref()) == Some(id),
            _ => false,
        })
    };
    all.retain(|e| !e.mentions.is_empty() || speaks(&e.id));
    document.entities = all;
}
