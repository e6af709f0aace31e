use super::apply::apply_in_place;
use super::transaction::{DocumentPatch, entity_ids_of, id_number};
use super::{Edit, EditError};
use crate::document::{Annotation, AnnotationId, Document, EntityId};

/// A document and everything that was done to it. Undo moves the cursor; nothing is forgotten
/// until something new is done after an undo.
///
/// Beside the edits it keeps what each one changed (rows, not documents), so that undo and redo
/// cost what the edit touched, however long the log is.
#[derive(Debug, Clone)]
pub struct EditLog {
    base: Document,
    edits: Vec<Edit>,
    /// One an edit; holds the state that is not in force.
    changes: Vec<DocumentPatch>,
    cursor: usize,
    current: Document,
    /// The highest numbers of annotation and entity ids that were ever in use.
    highest: (u64, u64),
    /// How many of the first edits are as [`EditLog::take_unchanged`] last saw them.
    unchanged: usize,
}

impl EditLog {
    /// A fresh log over what the machine read (or a file said).
    pub fn new(base: Document) -> EditLog {
        let mut log = EditLog {
            current: base.clone(),
            base,
            edits: Vec::new(),
            changes: Vec::new(),
            cursor: 0,
            highest: (0, 0),
            unchanged: 0,
        };
        log.highest = highest_ids(&log.current.annotations, log.current.entities.iter());
        log
    }

    /// A stored log; edits that no longer apply are left out and counted. `cursor` is how many
    /// of `edits` were in force.
    pub fn replay(base: Document, edits: Vec<Edit>, cursor: usize) -> (EditLog, usize) {
        let mut log = EditLog::new(base);
        let mut lost = 0;
        let mut in_force = 0;
        for (i, edit) in edits.into_iter().enumerate() {
            lost += usize::from(log.apply(edit).is_err());
            if i < cursor {
                in_force = log.cursor;
            }
        }
        while log.cursor > in_force && log.undo() {}
        (log, lost)
    }

    /// The document as it now is.
    pub fn current(&self) -> &Document {
        &self.current
    }

    /// The document before every edit.
    pub fn base(&self) -> &Document {
        &self.base
    }

    /// All edits, the undone ones too.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// How many of them are in force.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// How many of the first edits have not changed since this was last asked. Where the log is kept, only
    /// those after them have to be written.
    pub fn take_unchanged(&mut self) -> usize {
        std::mem::replace(&mut self.unchanged, self.edits.len())
    }

    /// Is there something to take back?
    pub fn can_undo(&self) -> bool {
        self.cursor > 0
    }

    /// Is there something to do again?
    pub fn can_redo(&self) -> bool {
        self.cursor < self.edits.len()
    }

    /// Does one edit; what had been undone is dropped. An edit that changes nothing (accepting
    /// what is accepted) is not recorded.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn apply(&mut self, edit: Edit) -> Result<(), EditError> {
        let change = apply_in_place(&mut self.current, &edit)?;
        if change.is_empty() {
            return Ok(());
        }
        let (a, e) = match &change {
            DocumentPatch::Rows { annotations, entities, .. } => highest_ids(
                annotations.current_rows(&self.current.annotations),
                entities.current_rows(&self.current.entities),
            ),
            DocumentPatch::Whole(_) => {
                highest_ids(&self.current.annotations, &self.current.entities)
            }
        };
        self.highest = (self.highest.0.max(a), self.highest.1.max(e));
        self.edits.truncate(self.cursor);
        self.changes.truncate(self.cursor);
        self.unchanged = self.unchanged.min(self.cursor);
        self.edits.push(edit);
        self.changes.push(change);
        self.cursor += 1;
        Ok(())
    }

    /// Takes back the last edit; false when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(last) = self.cursor.checked_sub(1) else {
            return false;
        };
        let Some(change) = self.changes.get_mut(last) else {
            return false;
        };
        change.swap(&mut self.current);
        self.cursor = last;
        true
    }

    /// Does again what was taken back; false when there is nothing.
    pub fn redo(&mut self) -> bool {
        let Some(change) = self.changes.get_mut(self.cursor) else {
            return false;
        };
        change.swap(&mut self.current);
        self.cursor += 1;
        true
    }

    /// An annotation id that is not in use, nor was.
    pub fn fresh_id(&self) -> AnnotationId {
        AnnotationId(format!("a{}", self.highest.0 + 1))
    }

    /// As many of them as a batch needs, all different.
    pub fn fresh_ids(&self, count: usize) -> Vec<AnnotationId> {
        let next = self.highest.0 + 1;
        (0..count as u64).map(|i| AnnotationId(format!("a{}", next + i))).collect()
    }

    /// An entity id that is not in use, nor was. In a batch, edits that take one come before
    /// edits that may make an entity of their own (adding, relabelling).
    pub fn fresh_entity_id(&self) -> EntityId {
        EntityId(format!("e{}", self.highest.1 + 1))
    }
}

fn highest_ids<'d>(
    annotations: impl IntoIterator<Item = &'d Annotation>,
    entities: impl IntoIterator<Item = &'d crate::document::Entity>,
) -> (u64, u64) {
    let (mut a, mut e) = (0, 0);
    for annotation in annotations {
        a = a.max(id_number(&annotation.id.0));
        for id in entity_ids_of(annotation) {
            e = e.max(id_number(&id.0));
        }
    }
    for entity in entities {
        e = e.max(id_number(&entity.id.0));
    }
    (a, e)
}
