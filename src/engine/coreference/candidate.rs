//! Whom a speaker's words may mean: the candidates, the questions and the answers of coreference.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::Label;
use crate::vocabulary::people::Gender;

/// Somebody or something that the text names.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Index into the clusters; `None`: found by this room, from its capital letters alone.
    pub cluster: Option<usize>,
    /// The fullest name.
    pub name: String,
    /// What it is.
    pub label: Label,
    /// As far as it is known.
    pub gender: Option<Gender>,
    /// Its gender is known from a title or a pronoun, not from a first name alone.
    pub gender_told: bool,
    /// More than one; only what a noun tells ("officials").
    pub plural: bool,
    /// Tokens of its mentions, ascending.
    pub places: Vec<Range<usize>>,
    /// Role words that stand beside its name, in lowercase.
    pub roles: BTreeSet<String>,
    /// In years, where the text tells it beside the name.
    pub age: Option<u8>,
}

impl Candidate {
    /// A person of whom only a name is known.
    pub(super) fn new_person(name: String, place: Range<usize>) -> Candidate {
        Candidate {
            cluster: None,
            name,
            label: Label::Person,
            gender: None,
            gender_told: false,
            plural: false,
            places: vec![place],
            roles: BTreeSet::new(),
            age: None,
        }
    }
}

/// A pronoun for one person.
pub(super) struct PronounQuery<'a> {
    /// Its token.
    pub at: usize,
    /// Whom it can mean; `None`: whoever is spoken of.
    pub gender: Option<Gender>,
    /// A description ("the striker"), not a pronoun: whom the text is about counts more, who was named last less.
    pub described: bool,
    /// In years, where the words tell it ("the 56-year-old").
    pub age: Option<u8>,
    /// What the person says.
    pub content: &'a [Range<usize>],
}

impl<'a> PronounQuery<'a> {
    /// "he" or "she".
    pub(super) fn pronoun(at: usize, gender: Gender, content: &'a [Range<usize>]) -> Self {
        PronounQuery { at, gender: Some(gender), described: false, age: None, content }
    }
}

/// Whom a speaker's words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolution {
    /// Index of a [`Candidate`].
    pub candidate: usize,
    /// Per mille.
    pub confidence: u16,
}
