//! A document under one edit: changed in place, closed with the way back.

use std::cmp::Reverse;

use super::EditError;
use super::table::{EditTable, Patch, TableRow};
use crate::calendar::Stamp;
use crate::document::{
    Anchor, Annotation, AnnotationId, Body, Confidence, DateBody, Document, Entity, EntityBody,
    EntityId, Label, MachineReading, PublishedSource, Status, Timex,
};
use crate::text::{SourceText, Span};

impl TableRow for Annotation {
    fn id(&self) -> &str {
        &self.id.0
    }
}

impl TableRow for Entity {
    fn id(&self) -> &str {
        &self.id.0
    }
}

/// How one state of a document differs from another.
#[derive(Debug, Clone)]
pub(super) enum DocumentPatch {
    /// In some rows.
    Rows {
        annotations: Patch<Annotation>,
        entities: Patch<Entity>,
        published: Option<(Option<Stamp>, PublishedSource)>,
        title: Option<Option<String>>,
    },
    /// Altogether.
    Whole(Box<Document>),
}

impl DocumentPatch {
    /// True when the two states are one.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            DocumentPatch::Rows { annotations, entities, published, title } => {
                annotations.is_empty()
                    && entities.is_empty()
                    && published.is_none()
                    && title.is_none()
            }
            DocumentPatch::Whole(_) => false,
        }
    }

    /// Puts the other state in force.
    pub(super) fn swap(&mut self, document: &mut Document) {
        match self {
            DocumentPatch::Rows { annotations, entities, published, title } => {
                annotations.swap(&mut document.annotations);
                entities.swap(&mut document.entities);
                if let Some((stamp, source)) = published {
                    std::mem::swap(stamp, &mut document.published);
                    std::mem::swap(source, &mut document.published_source);
                }
                if let Some(title) = title {
                    std::mem::swap(title, &mut document.title);
                }
            }
            DocumentPatch::Whole(other) => std::mem::swap(document, other),
        }
    }
}

/// The document while an edit is done to it.
pub(super) struct Transaction<'t> {
    pub(super) text: &'t SourceText,
    pub(super) annotations: EditTable<Annotation>,
    pub(super) entities: EditTable<Entity>,
    pub(super) published: Option<(Option<Stamp>, PublishedSource)>,
    pub(super) title: Option<Option<String>>,
    /// The number of the last entity that was made here.
    last_entity: Option<u64>,
}

/// Does `edit` to the document in place; what fails leaves it as it was.
pub(super) fn run(
    document: &mut Document,
    edit: impl FnOnce(&mut Transaction<'_>) -> Result<(), EditError>,
) -> Result<DocumentPatch, EditError> {
    let mut transaction = Transaction {
        text: &document.text,
        annotations: EditTable::new(std::mem::take(&mut document.annotations)),
        entities: EditTable::new(std::mem::take(&mut document.entities)),
        published: None,
        title: None,
        last_entity: None,
    };
    if let Err(error) = edit(&mut transaction) {
        document.annotations = transaction.annotations.roll_back();
        document.entities = transaction.entities.roll_back();
        return Err(error);
    }
    let entity_sort_keys = transaction.entity_sort_keys();
    let Transaction { annotations, entities, mut published, mut title, .. } = transaction;
    let moved = |a: &Annotation, b: &Annotation| a.span != b.span;
    let annotation_sort_keys = annotations.is_reordered(moved).then(|| annotations.sort_keys());
    let (rows, annotations) = annotations.commit(annotation_sort_keys);
    document.annotations = rows;
    let (rows, entities) = entities.commit(entity_sort_keys);
    document.entities = rows;
    if let Some((stamp, source)) = &mut published {
        std::mem::swap(stamp, &mut document.published);
        std::mem::swap(source, &mut document.published_source);
        if (*stamp, *source) == (document.published, document.published_source) {
            published = None;
        }
    }
    if let Some(other) = &mut title {
        std::mem::swap(other, &mut document.title);
        if *other == document.title {
            title = None;
        }
    }
    Ok(DocumentPatch::Rows { annotations, entities, published, title })
}

type SortKey = (usize, Reverse<usize>, AnnotationId);

impl EditTable<Annotation> {
    fn sort_keys(&self) -> Vec<SortKey> {
        let key = |a: &Annotation| (a.span.start(), Reverse(a.span.end()), a.id.clone());
        self.all_rows().iter().map(key).collect()
    }
}

impl Transaction<'_> {
    /// Where each entity is first mentioned, when that may have changed.
    fn entity_sort_keys(&mut self) -> Option<Vec<(usize, String)>> {
        let moved = |a: &Entity, b: &Entity| a.mentions.first() != b.mentions.first();
        if !self.entities.is_reordered(moved) {
            return None;
        }
        let mut keys = Vec::new();
        for e in self.entities.all_rows() {
            let first = e.mentions.first();
            let place = first
                .and_then(|id| self.annotations.position_of(&id.0))
                .and_then(|i| self.annotations.get(i))
                .map_or(usize::MAX, |a| a.span.start());
            keys.push((place, e.id.0.clone()));
        }
        Some(keys)
    }

    pub(super) fn find_annotation(&mut self, id: &AnnotationId) -> Result<usize, EditError> {
        let found = self.annotations.position_of(&id.0);
        found.ok_or_else(|| EditError::NoAnnotation(id.clone()))
    }

    pub(super) fn find_entity(&mut self, id: &EntityId) -> Result<usize, EditError> {
        let found = self.entities.position_of(&id.0);
        found.ok_or_else(|| EditError::NoEntity(id.clone()))
    }

    /// `span` as a stretch of this text.
    pub(super) fn checked_span(&self, span: Span) -> Result<Span, EditError> {
        let cut = self.text.span(span.start(), span.end());
        cut.filter(|s| !s.is_empty()).ok_or(EditError::BadSpan)
    }

    pub(super) fn check_spans(&self, spans: &[Span]) -> Result<(), EditError> {
        spans.iter().try_for_each(|&s| self.checked_span(s).map(drop))
    }

    /// The words of a span on one line: what an entity is called after.
    pub(super) fn text_on_one_line(&self, span: Span) -> String {
        let words: Vec<&str> = self.text.slice(span).split_whitespace().collect();
        if words.is_empty() {
            return self.text.slice(span).to_owned();
        }
        words.join(" ")
    }

    /// A person's other reading. The machine's first one is kept; where the person comes back to
    /// it, it counts as accepted.
    pub(super) fn correct(&mut self, i: usize, change: impl FnOnce(&mut Span, &mut Body)) {
        let Some(a) = self.annotations.row_mut(i) else {
            return;
        };
        let first = MachineReading { span: a.span, body: a.body.clone(), confidence: a.confidence };
        change(&mut a.span, &mut a.body);
        if (a.span == first.span && a.body == first.body) || a.status == Status::Added {
            return;
        }
        let machine = *a.machine.take().unwrap_or(Box::new(first));
        if a.span == machine.span && same_reading(&a.body, &machine.body) {
            a.confidence = machine.confidence;
            a.status = Status::Accepted;
        } else {
            a.confidence = Confidence::CERTAIN;
            a.status = Status::Corrected;
            a.machine = Some(Box::new(machine));
        }
    }

    /// Lists a mention with an entity and points it there. Not a correction by itself.
    pub(super) fn attach_mention(&mut self, i: usize, entity: &EntityId) {
        let Some(e) = self.entities.position_of(&entity.0) else {
            return;
        };
        let Some(a) = self.annotations.get(i) else {
            return;
        };
        let (id, key) = (a.id.clone(), (a.span.start(), Reverse(a.span.end())));
        if a.entity() != Some(entity)
            && let Some(Annotation { body: Body::Entity(body), .. }) = self.annotations.row_mut(i)
        {
            body.entity = Some(entity.clone());
        }
        let Some(row) = self.entities.get(e) else {
            return;
        };
        let at = row.mentions.partition_point(|m| {
            let place = self.annotations.position_of(&m.0);
            let a = place.and_then(|i| self.annotations.get(i));
            a.is_some_and(|a| ((a.span.start(), Reverse(a.span.end())), &a.id) < (key, &id))
        });
        if row.mentions.get(at) != Some(&id)
            && let Some(row) = self.entities.row_mut(e)
        {
            row.mentions.insert(at.min(row.mentions.len()), id);
        }
    }

    /// Strikes a mention off its entity's list; an entity goes with its last one. The mention
    /// still points there.
    pub(super) fn detach_mention(&mut self, i: usize) {
        let Some(a) = self.annotations.get(i) else {
            return;
        };
        let Some(entity) = a.entity().cloned() else {
            return;
        };
        let id = a.id.clone();
        let Some(e) = self.entities.position_of(&entity.0) else {
            return;
        };
        let Some(row) = self.entities.row_mut(e) else {
            return;
        };
        row.mentions.retain(|m| m != &id);
        if row.mentions.is_empty() {
            self.entities.remove_row(e);
            self.update_speakers(&entity, |speaker, _| *speaker = None);
        }
    }

    /// Changes what quotes say of a speaker: entity and name.
    pub(super) fn update_speakers(
        &mut self,
        entity: &EntityId,
        mut change: impl FnMut(&mut Option<EntityId>, &mut Option<String>),
    ) {
        let speaks = |a: &Annotation| match &a.body {
            Body::Quote(q) => q.speaker.as_ref().and_then(|s| s.entity.as_ref()) == Some(entity),
            _ => false,
        };
        let rows = self.annotations.iter();
        let quotes: Vec<usize> = rows.filter(|(_, a)| speaks(a)).map(|(i, _)| i).collect();
        for i in quotes {
            if let Some(a) = self.annotations.row_mut(i)
                && let Body::Quote(q) = &mut a.body
                && let Some(s) = &mut q.speaker
            {
                change(&mut s.entity, &mut s.name);
            }
        }
    }

    /// An entity with this label that goes by this name, or a new one.
    pub(super) fn find_or_add_entity(
        &mut self,
        label: Label,
        name: &str,
        id: Option<&EntityId>,
    ) -> EntityId {
        let goes_by = |e: &Entity| e.name == name || e.aliases.iter().any(|a| a == name);
        let known = self.entities.iter().map(|(_, e)| e);
        if let Some(known) = known.filter(|e| e.label == label).find(|e| goes_by(e)) {
            return known.id.clone();
        }
        let id = id.cloned().unwrap_or_else(|| self.next_entity_id());
        self.entities.push_row(Entity {
            id: id.clone(),
            label,
            name: name.to_owned(),
            aliases: Vec::new(),
            mentions: Vec::new(),
            status: Status::Added,
        });
        id
    }

    fn next_entity_id(&mut self) -> EntityId {
        let last = self.last_entity.unwrap_or_else(|| {
            let named = self.entities.all_rows().iter().map(|e| &e.id);
            let pointed = self.annotations.all_rows().iter().flat_map(entity_ids_of);
            named.chain(pointed).map(|id| id_number(&id.0)).max().unwrap_or(0)
        });
        self.last_entity = Some(last + 1);
        EntityId(format!("e{}", last + 1))
    }

    /// A rejected annotation comes back, with its entity.
    pub(super) fn bring_back_rejected(&mut self, i: usize) {
        let Some(a) = self.annotations.row_mut(i) else {
            return;
        };
        if a.status != Status::Rejected {
            return;
        }
        a.status = match a.machine {
            Some(_) => Status::Corrected,
            None => Status::Machine,
        };
        let span = a.span;
        if let Body::Entity(EntityBody { label, entity: Some(entity) }) = a.body.clone() {
            let name = self.text_on_one_line(span);
            let entity = match self.entities.position_of(&entity.0) {
                Some(_) => entity,
                None => self.find_or_add_entity(label, &name, Some(&entity)),
            };
            self.attach_mention(i, &entity);
        }
    }

    /// Nothing is resolved against this annotation any more.
    pub(super) fn clear_anchors_to(&mut self, id: &AnnotationId) {
        let held = |t: &Timex| matches!(&t.anchor, Anchor::Annotation(a) if a == id);
        let hangs = |d: &DateBody| held(&d.timex) || d.alternatives.iter().any(|r| held(&r.timex));
        let rows = self.annotations.iter();
        let dates = rows.filter(|(_, a)| matches!(&a.body, Body::Date(d) if hangs(d)));
        let dates: Vec<usize> = dates.map(|(i, _)| i).collect();
        for i in dates {
            if let Some(a) = self.annotations.row_mut(i)
                && let Body::Date(d) = &mut a.body
            {
                let others = d.alternatives.iter_mut().map(|r| &mut r.timex);
                for timex in std::iter::once(&mut d.timex).chain(others) {
                    if held(timex) {
                        timex.anchor = Anchor::None;
                    }
                }
            }
        }
    }
}

/// Do two bodies say the same? The readings that were not taken do not count.
fn same_reading(a: &Body, b: &Body) -> bool {
    match (a, b) {
        (Body::Date(a), Body::Date(b)) => a.timex == b.timex && a.interval == b.interval,
        _ => a == b,
    }
}

/// Every entity that an annotation names, in all its readings.
pub(super) fn entity_ids_of(a: &Annotation) -> impl Iterator<Item = &EntityId> {
    let bodies = std::iter::once(&a.body).chain(a.machine.iter().map(|m| &m.body));
    bodies.filter_map(|body| match body {
        Body::Entity(e) => e.entity.as_ref(),
        Body::Quote(q) => q.speaker.as_ref().and_then(|s| s.entity.as_ref()),
        Body::Date(_) => None,
    })
}

/// The number in an id (`a12`); 0 where there is none. Numbers beyond 15 digits are nobody's: a
/// counter cannot run into them.
pub(super) fn id_number(id: &str) -> u64 {
    let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    let sound = digits.len() <= 15;
    sound.then(|| digits.parse().ok()).flatten().unwrap_or(0)
}
