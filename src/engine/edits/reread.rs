//! A new machine reading under a person's decisions.
//!
//! What a person accepted, corrected, added or rejected stays as it is, with its id; the machine's
//! new annotations take the place of its old ones, except where a decision stands (same kind and
//! span, then or now; or overlapping a live decision of the same family). Entities are matched by
//! the spans of their mentions; those that a person named, merged or split keep name and members.

use std::collections::{HashMap, HashSet};

use super::EditError;
use super::transaction::{entity_ids_of, id_number};
use crate::document::{
    Anchor, Annotation, AnnotationId, Body, Document, Entity, EntityId, Status, Timex,
};
use crate::text::Span;

/// `new` with everything that a person decided in `current`.
pub(super) fn merge_decisions(current: &Document, new: &Document) -> Result<Document, EditError> {
    if new.text != current.text {
        return Err(EditError::OtherText);
    }
    new.check().map_err(|_| EditError::Unsound)?;
    let carried: Vec<&Annotation> = current.annotations.iter().filter(is_decided).collect();
    let decisions = Decisions::new(&carried);
    let kept: Vec<&Annotation> = new.annotations.iter().filter(|a| !decisions.blocks(a)).collect();
    let ids = IdMap::new(current, new, &carried, &kept);
    let members = EntityMap::new(current, new);

    let mut annotations: Vec<Annotation> = carried.iter().map(|&a| a.clone()).collect();
    for &a in &kept {
        let mut a = a.clone();
        if let Some(id) = ids.of.get(&a.id) {
            a.id = id.clone();
        }
        members.point_to_entity(&mut a);
        for timex in timexes_mut(&mut a) {
            if let Anchor::Annotation(id) = &timex.anchor {
                let known = ids.of.get(id).cloned();
                timex.anchor = known.map_or(Anchor::None, Anchor::Annotation);
            }
        }
        annotations.push(a);
    }
    let mut document = Document {
        id: new.id.clone().or_else(|| current.id.clone()),
        // A person may have given it; the text, and so what is found in it, is the same.
        title: current.title.clone().or_else(|| new.title.clone()),
        annotations,
        entities: Vec::new(),
        ..new.clone()
    };
    document.sort_annotations();
    members.relist_entities(&mut document);
    clear_dangling_references(&mut document);
    document.check().map_err(|_| EditError::Unsound)?;
    Ok(document)
}

fn is_decided(a: &&Annotation) -> bool {
    a.status != Status::Machine
}

/// Entities, dates and quotes do not stand in each other's way.
pub(super) fn body_class(body: &Body) -> u8 {
    match body {
        Body::Entity(_) => 0,
        Body::Date(_) => 1,
        Body::Quote(_) => 2,
    }
}

fn class_and_span(a: &Annotation) -> (u8, Span) {
    (body_class(&a.body), a.span)
}

/// Where a person has decided.
struct Decisions {
    exact: HashSet<(u8, Span)>,
    /// Live entities and dates, by start, each with the furthest end so far.
    names: Vec<(Span, usize)>,
    /// Live quotes, likewise.
    quotes: Vec<(Span, usize)>,
}

impl Decisions {
    fn new(carried: &[&Annotation]) -> Decisions {
        let now = carried.iter().map(|a| class_and_span(a));
        let first = carried.iter().filter_map(|a| a.machine.as_deref());
        let first = first.map(|m| (body_class(&m.body), m.span));
        let live = |quote: bool| {
            let mut furthest = 0;
            let these = carried.iter().filter(move |a| {
                a.status != Status::Rejected && matches!(a.body, Body::Quote(_)) == quote
            });
            these
                .map(|a| {
                    furthest = furthest.max(a.span.end());
                    (a.span, furthest)
                })
                .collect()
        };
        Decisions { exact: now.chain(first).collect(), names: live(false), quotes: live(true) }
    }

    fn blocks(&self, a: &Annotation) -> bool {
        if self.exact.contains(&class_and_span(a)) {
            return true;
        }
        let quote = matches!(a.body, Body::Quote(_));
        let these = if quote { &self.quotes } else { &self.names };
        let before = these.partition_point(|(s, _)| s.start() < a.span.end());
        let mut near = these.get(..before).unwrap_or(&[]).iter().rev();
        // Quotes may lie in quotes: one forbids another when they share half of the shorter.
        let shared = |s: Span| s.end().min(a.span.end()) - s.start().max(a.span.start());
        near.by_ref()
            .take_while(|(_, furthest)| *furthest > a.span.start())
            .filter(|(s, _)| s.overlaps(a.span))
            .any(|(s, _)| !quote || shared(*s) * 2 >= s.len().min(a.span.len()))
    }
}

/// What the new annotations are called in the joined document.
struct IdMap {
    of: HashMap<AnnotationId, AnnotationId>,
}

impl IdMap {
    fn new(
        current: &Document,
        new: &Document,
        carried: &[&Annotation],
        kept: &[&Annotation],
    ) -> IdMap {
        let mut old: HashMap<(u8, Span), &AnnotationId> = HashMap::new();
        for a in current.annotations.iter().filter(|a| !is_decided(a)) {
            old.entry(class_and_span(a)).or_insert(&a.id);
        }
        let taken: HashSet<&AnnotationId> = current.annotations.iter().map(|a| &a.id).collect();
        let all = current.annotations.iter().chain(&new.annotations);
        let mut last = all.map(|a| id_number(&a.id.0)).max().unwrap_or(0);
        let mut of = HashMap::new();
        for a in kept {
            // The machine's own reading of the same words keeps its name.
            let id = match old.remove(&class_and_span(a)) {
                Some(id) => id.clone(),
                None if !taken.contains(&a.id) => a.id.clone(),
                None => {
                    last += 1;
                    AnnotationId(format!("a{last}"))
                }
            };
            of.insert(a.id.clone(), id);
        }
        // What hung on a date that gave way to a person's hangs on the person's.
        let mut decisions: HashMap<(u8, Span), &AnnotationId> = HashMap::new();
        for a in carried {
            decisions.entry(class_and_span(a)).or_insert(&a.id);
        }
        for a in &new.annotations {
            if !of.contains_key(&a.id)
                && let Some(&id) = decisions.get(&class_and_span(a))
            {
                of.insert(a.id.clone(), id.clone());
            }
        }
        IdMap { of }
    }
}

/// Which entity each new mention belongs to.
struct EntityMap<'d> {
    /// A new entity's name in the joined document.
    of: HashMap<&'d EntityId, EntityId>,
    /// Mentions of entities that a person had a say in, by their spans.
    fixed: HashMap<Span, &'d Entity>,
    old: HashMap<&'d EntityId, &'d Entity>,
    /// By their names in the joined document.
    new: HashMap<EntityId, &'d Entity>,
}

impl<'d> EntityMap<'d> {
    fn new(current: &'d Document, new: &'d Document) -> EntityMap<'d> {
        let old: HashMap<_, _> = current.entities.iter().map(|e| (&e.id, e)).collect();
        let mut spans: HashMap<Span, &EntityId> = HashMap::new();
        let mut fixed = HashMap::new();
        for a in &current.annotations {
            if let Some(id) = a.entity().filter(|_| a.status != Status::Rejected) {
                spans.insert(a.span, id);
                if let Some(&e) = old.get(id).filter(|e| e.status != Status::Machine) {
                    fixed.insert(a.span, e);
                }
            }
        }
        let mut votes: HashMap<(&EntityId, &EntityId), usize> = HashMap::new();
        for a in &new.annotations {
            if let (Some(n), Some(o)) = (a.entity(), spans.get(&a.span)) {
                *votes.entry((n, o)).or_default() += 1;
            }
        }
        let mut votes: Vec<_> = votes.into_iter().map(|(pair, n)| (n, pair)).collect();
        votes.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut of: HashMap<&EntityId, EntityId> = HashMap::new();
        let mut given: HashSet<&EntityId> = HashSet::new();
        for (_, (n, o)) in votes {
            let merged = old.get(o).is_some_and(|e| e.status != Status::Machine);
            if !of.contains_key(n) && (merged || !given.contains(o)) {
                of.insert(n, o.clone());
                given.insert(o);
            }
        }
        let named = current.entities.iter().map(|e| &e.id);
        let pointed = current.annotations.iter().flat_map(entity_ids_of);
        let taken: HashSet<&EntityId> = named.chain(pointed).collect();
        let all = taken.iter().copied().chain(new.entities.iter().map(|e| &e.id));
        let mut last = all.map(|id| id_number(&id.0)).max().unwrap_or(0);
        let mut by_name = HashMap::new();
        for e in &new.entities {
            let id = of.entry(&e.id).or_insert_with(|| {
                if !taken.contains(&e.id) {
                    return e.id.clone();
                }
                last += 1;
                EntityId(format!("e{last}"))
            });
            by_name.entry(id.clone()).or_insert(e);
        }
        EntityMap { of, fixed, old, new: by_name }
    }

    /// Points a new annotation at its entity in the joined document.
    fn point_to_entity(&self, a: &mut Annotation) {
        let span = a.span;
        match &mut a.body {
            Body::Entity(e) => {
                let Some(id) = &e.entity else { return };
                let joined = self.of.get(id).cloned().unwrap_or_else(|| id.clone());
                let known = self.fixed.get(&span).copied();
                let decided = known.or_else(|| self.decided_entity(&joined));
                match decided {
                    Some(decided) => {
                        e.entity = Some(decided.id.clone());
                        e.label = decided.label;
                    }
                    None => e.entity = Some(joined),
                }
            }
            Body::Quote(q) => {
                if let Some(s) = &mut q.speaker
                    && let Some(id) = &s.entity
                {
                    let said = s.mention.iter().find_map(|m| self.fixed.get(m).copied());
                    let joined = self.of.get(id).cloned().unwrap_or_else(|| id.clone());
                    match said.or_else(|| self.decided_entity(&joined)) {
                        Some(decided) => {
                            s.entity = Some(decided.id.clone());
                            s.name = Some(decided.name.clone());
                        }
                        None => s.entity = Some(joined),
                    }
                }
            }
            Body::Date(_) => {}
        }
    }

    fn decided_entity(&self, id: &EntityId) -> Option<&'d Entity> {
        let e = self.old.get(id).copied();
        e.filter(|e| e.status != Status::Machine)
    }

    /// Lists every entity that has a live mention, in order of the first.
    fn relist_entities(&self, document: &mut Document) {
        let mut at: HashMap<&EntityId, usize> = HashMap::new();
        let mut entities: Vec<Entity> = Vec::new();
        for a in &document.annotations {
            let Some(id) = a.entity().filter(|_| a.status != Status::Rejected) else {
                continue;
            };
            let i = *at.entry(id).or_insert(entities.len());
            if i == entities.len() {
                entities.push(self.joined_entity(id));
            }
            if let Some(e) = entities.get_mut(i) {
                e.mentions.push(a.id.clone());
            }
        }
        document.entities = entities;
    }

    /// An entity of the joined document, without its mentions.
    fn joined_entity(&self, id: &EntityId) -> Entity {
        let old = self.old.get(id).copied();
        let new = self.new.get(id).copied();
        let decided = old.filter(|e| e.status != Status::Machine);
        let mut entity = match decided.or(new).or(old) {
            Some(e) => e.clone(),
            // Every id comes from one of the two documents.
            None => return placeholder_entity(id),
        };
        let others = [old, new].into_iter().flatten();
        for name in others.flat_map(|e| std::iter::once(&e.name).chain(&e.aliases)) {
            if decided.is_some() && *name != entity.name && !entity.aliases.contains(name) {
                entity.aliases.push(name.clone());
            }
        }
        entity.id = id.clone();
        entity.mentions.clear();
        entity
    }
}

fn placeholder_entity(id: &EntityId) -> Entity {
    Entity {
        id: id.clone(),
        label: crate::document::Label::Person,
        name: id.0.clone(),
        aliases: Vec::new(),
        mentions: Vec::new(),
        status: Status::Machine,
    }
}

fn timexes_mut(a: &mut Annotation) -> impl Iterator<Item = &mut Timex> {
    let date = match &mut a.body {
        Body::Date(d) => Some(d),
        _ => None,
    };
    date.into_iter().flat_map(|d| {
        let others = d.alternatives.iter_mut().map(|r| &mut r.timex);
        std::iter::once(&mut d.timex).chain(others)
    })
}

/// Drops what points at entities and dates that are no longer there.
pub(super) fn clear_dangling_references(document: &mut Document) {
    let entities: HashSet<EntityId> = document.entities.iter().map(|e| e.id.clone()).collect();
    let dates = document.annotations.iter();
    let dates = dates.filter(|a| matches!(a.body, Body::Date(_)));
    let dates: HashSet<AnnotationId> = dates.map(|a| a.id.clone()).collect();
    for a in &mut document.annotations {
        if let Body::Quote(q) = &mut a.body
            && let Some(s) = &mut q.speaker
            && s.entity.as_ref().is_some_and(|e| !entities.contains(e))
        {
            s.entity = None;
        }
        let own = a.id.clone();
        for timex in timexes_mut(a) {
            if let Anchor::Annotation(id) = &timex.anchor
                && (*id == own || !dates.contains(id))
            {
                timex.anchor = Anchor::None;
            }
        }
    }
}
