//! People, places and organisations that a person has joined over all documents: two entries of the list of names
//! that are one.
//!
//! They are known by what makes a name the same in every document ([`super::over_all`]), not by ids, so that they
//! stay joined when an article is read again.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Names that were joined: of each the one that it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Joined {
    /// Groups; the first of each gives it its name.
    groups: Vec<Vec<String>>,
}

/// A change to what is joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinChange {
    /// The first belongs to the second.
    Join(String, String),
    /// This one stands alone again.
    Part(String),
    /// All of these, as brought back from a backup.
    Add(Joined),
    /// As it was before the last change.
    Back(Joined, Joined),
    /// None: what is kept is only read.
    Nothing,
}

impl Joined {
    /// As it is kept.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The inverse of [`Joined::to_json`]; what cannot be read is nothing.
    pub fn from_json(json: &str) -> Joined {
        let mut read: Joined = serde_json::from_str(json).unwrap_or_default();
        read.tidy();
        read
    }

    fn tidy(&mut self) {
        self.groups.retain(|group| group.len() > 1);
    }

    /// True when nothing is joined.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Of each joined name the one that it belongs to.
    pub fn heads(&self) -> HashMap<&str, &str> {
        let groups = self.groups.iter().filter_map(|group| group.split_first());
        groups
            .flat_map(|(head, rest)| rest.iter().map(|one| (one.as_str(), head.as_str())))
            .collect()
    }

    /// The names that belong to this one.
    pub fn members(&self, head: &str) -> &[String] {
        let group = self.groups.iter().find(|group| group.first().is_some_and(|h| h == head));
        group.and_then(|group| group.get(1..)).unwrap_or_default()
    }

    fn group_of(&self, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.iter().any(|one| one == name))
    }

    /// Joins the first, with all that belongs to it, to the second.
    pub fn join(&mut self, name: &str, to: &str) {
        let (from, into) = (self.group_of(name), self.group_of(to));
        if name == to || (from.is_some() && from == into) {
            return;
        }
        let moved = match from {
            Some(at) => std::mem::take(&mut self.groups[at]),
            None => vec![name.to_owned()],
        };
        match into {
            Some(at) => self.groups[at].extend(moved),
            None => self.groups.push(std::iter::once(to.to_owned()).chain(moved).collect()),
        }
        self.tidy();
    }

    /// Sets one apart from those that it was joined with.
    pub fn part(&mut self, name: &str) {
        for group in &mut self.groups {
            group.retain(|one| one != name);
        }
        self.tidy();
    }

    /// Carries a change out, over what may have been changed elsewhere meanwhile.
    pub fn apply(&mut self, change: &JoinChange) {
        match change {
            JoinChange::Join(name, to) => self.join(name, to),
            JoinChange::Part(name) => self.part(name),
            JoinChange::Add(other) => {
                for group in &other.groups {
                    let Some((head, rest)) = group.split_first() else { continue };
                    for one in rest
                        .iter()
                        .filter(|one| self.group_of(one).is_none())
                        .cloned()
                        .collect::<Vec<_>>()
                    {
                        self.join(&one, head);
                    }
                }
            }
            JoinChange::Back(after, before) => {
                if self == after {
                    self.clone_from(before);
                }
            }
            JoinChange::Nothing => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_and_taken_apart() {
        let mut joined = Joined::default();
        joined.join("b", "a");
        joined.join("d", "c");
        joined.join("c", "a");
        assert_eq!(joined.members("a"), ["b", "c", "d"]);
        assert_eq!(joined.heads()["d"], "a");
        joined.join("a", "d");
        assert_eq!(joined.members("a").len(), 3, "they are together already");
        let again = Joined::from_json(&joined.to_json());
        assert_eq!(again, joined);
        joined.part("c");
        assert_eq!(joined.members("a"), ["b", "d"]);
        let before = again.clone();
        joined.apply(&JoinChange::Add(before.clone()));
        assert_eq!(joined.members("a"), ["b", "d", "c"]);
        let after = joined.clone();
        joined.apply(&JoinChange::Back(after, before.clone()));
        assert_eq!(joined, before);
        joined.part("a");
        joined.part("b");
        joined.part("c");
        assert!(joined.is_empty());
        assert_eq!(Joined::from_json("[[\"x\"],3"), Joined::default());
    }
}
