//! What a person decided about labels, as a document keeps it.

use std::ops::Range;

use super::super::lesson::Lesson;
use crate::document::{Annotation, Body, Document, Label, SUGGESTED, Status};

/// A person's word on a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    /// Where, in tokens.
    pub(super) tokens: Range<usize>,
    pub(super) label: Label,
    /// It bears the label; else it does not.
    pub(super) right: bool,
    /// It answers a suggestion.
    pub(super) answer: bool,
}

/// May nothing be suggested over it? A person marked it, or it is a date.
pub(super) fn is_taken(a: &Annotation) -> bool {
    let live = a.status != Status::Rejected;
    match &a.body {
        Body::Entity(e) => {
            let own = matches!(e.label, Label::Custom(_));
            live && (a.status != Status::Machine || own || !e.label.is_name())
        }
        Body::Date(_) => live,
        Body::Quote(_) => false,
    }
}

/// Every decision about a name, in text order. A mark of the reader's own label that nobody touched
/// comes from a list or a pattern: it says nothing.
pub(super) fn read_decisions(document: &Document, lesson: &Lesson) -> Vec<Decision> {
    let mut out = Vec::new();
    for a in document.annotations.iter().filter(|a| a.status != Status::Machine) {
        let Body::Entity(e) = &a.body else { continue };
        let (tokens, whole) = lesson.tokens_of(a.span);
        if !whole || tokens.is_empty() {
            continue;
        }
        let answer = a.reason.as_deref().is_some_and(|why| why.starts_with(SUGGESTED));
        let right = a.status != Status::Rejected;
        out.push(Decision { tokens, label: e.label, right, answer });
    }
    out
}
