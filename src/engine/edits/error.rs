use std::fmt;

use crate::document::{AnnotationId, EntityId};

/// Why an edit cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// There is no such annotation (any more).
    NoAnnotation(AnnotationId),
    /// There is no such entity (any more).
    NoEntity(EntityId),
    /// The span is empty or does not lie in the text.
    BadSpan,
    /// The edit does not fit this kind of annotation.
    WrongKind(AnnotationId),
    /// The id is in use.
    IdInUse(String),
    /// A name must not be blank.
    BlankName,
    /// The new reading is of another text.
    OtherText,
    /// The new reading breaks an invariant.
    Unsound,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EditError::NoAnnotation(id) => write!(f, "annotation {id} is no longer there"),
            EditError::NoEntity(id) => write!(f, "entity {id} is no longer there"),
            EditError::BadSpan => write!(f, "select at least one character of the text"),
            EditError::WrongKind(id) => write!(f, "this cannot be done to annotation {id}"),
            EditError::IdInUse(id) => write!(f, "the id {id} is in use"),
            EditError::BlankName => write!(f, "a name must not be blank"),
            EditError::OtherText => write!(f, "the new reading is of another text"),
            EditError::Unsound => write!(f, "the new reading contradicts itself"),
        }
    }
}

impl std::error::Error for EditError {}
