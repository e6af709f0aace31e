//! One correction in many documents: done one document after another, and undone as one.

use std::collections::VecDeque;

use galley_engine::document::{AnnotationId, Document, Label, Status};
use galley_engine::edits::{Edit, EditLog};

/// What is done to every mention of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// It is right as it stands.
    Accept,
    /// It is no annotation.
    Reject,
    /// It has another label.
    Relabel(Label),
}

/// A document that a correction was made in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Its key.
    pub key: String,
    /// How many edits were in force after it.
    pub cursor: usize,
}

/// What is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The correction is being made: of each document the mentions.
    Make(Correction),
    /// It is being taken back.
    TakeBack(Vec<Corrected>),
}

/// A correction over many documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The name that it is about.
    pub name: String,
    /// The document where the correction was made first, by hand, and how many edits were in force after it.
    pub here: Option<(String, usize)>,
    /// What is under way; `None`: it is done and can be taken back.
    pub step: Option<Step>,
    /// Documents that are still to be loaded, with the annotations in them.
    pub left: VecDeque<(String, Vec<String>)>,
    /// Documents that were corrected.
    pub done: Vec<Corrected>,
    /// Mentions that were corrected.
    pub mentions: usize,
    /// Documents that could not be changed, or were edited since.
    pub failed: usize,
}

/// The edit that corrects these annotations of a document; `None`: there is nothing to correct. What is rejected
/// already stays so.
pub fn edit_for(
    document: &Document,
    ids: &[String],
    correction: Correction,
) -> Option<(Edit, usize)> {
    let ids = ids.iter().map(|id| AnnotationId(id.clone()));
    let live = ids.filter(|id| {
        document
            .annotation(id)
            .is_some_and(|a| a.status != Status::Rejected && a.entity().is_some())
    });
    let edits: Vec<Edit> = live
        .map(|id| match correction {
            Correction::Accept => Edit::Accept(id),
            Correction::Reject => Edit::Reject(id),
            Correction::Relabel(label) => Edit::Relabel { id, label, whole_entity: false },
        })
        .collect();
    let mentions = edits.len();
    (mentions > 0).then_some((Edit::Batch(edits), mentions))
}

/// Takes back the last edit of a log, if nothing was done since the correction left it with this many.
pub fn take_back(log: &mut EditLog, cursor: usize) -> bool {
    log.cursor() == cursor && log.edits().len() == cursor && log.undo()
}
