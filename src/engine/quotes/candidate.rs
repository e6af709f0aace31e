//! Whom a speaker's words may mean: the candidates, the questions and the answers of coreference.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::Label;
use crate::vocabulary::people::Gender;

/// Somebody or something that the text names.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Index into the clusters; `None`: found by this room, from its capital letters alone.
    pub cluster: Option<usize>,
    /// The fullest name.
    pub name: String,
    pub label: Label,
    /// As far as it is known.
    pub gender: Option<Gender>,
    /// More than one; only what a noun tells ("officials").
    pub plural: bool,
    /// Tokens of its mentions, ascending.
    pub places: Vec<Range<usize>>,
    /// Hashes of the role words that stand beside its name.
    pub roles: BTreeSet<u32>,
}

impl Candidate {
    /// A person of whom only a name is known.
    pub(super) fn new_person(name: String, place: Range<usize>) -> Candidate {
        Candidate {
            cluster: None,
            name,
            label: Label::Person,
            gender: None,
            plural: false,
            places: vec![place],
            roles: BTreeSet::new(),
        }
    }
}

/// A pronoun for one person.
pub(super) struct PronounQuery<'a> {
    /// Its token.
    pub at: usize,
    /// Whom it can mean; `None`: whoever is spoken of.
    pub gender: Option<Gender>,
    /// What the person says.
    pub content: &'a [Range<usize>],
}

/// Whom a speaker's words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Resolution {
    /// Index of a [`Candidate`].
    pub candidate: usize,
    /// Per mille.
    pub confidence: u16,
}
