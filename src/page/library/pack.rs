//! Several documents that are downloaded together.

use std::collections::{HashSet, VecDeque};

/// How documents are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// One file with all of them: a line each, one table, one text.
    OneFile,
    /// A zip archive with a file each.
    Zip,
}

/// A download that is being put together.
#[derive(Debug)]
pub struct Pack {
    /// How.
    pub container: Container,
    /// Keys of the documents that are still to be added.
    pub left: VecDeque<String>,
    /// How many there are.
    pub total: usize,
    /// Titles of those that could not be added, with the reason.
    pub failed: Vec<String>,
    names: HashSet<String>,
}

impl Pack {
    /// A download of these documents.
    pub fn new(keys: Vec<String>, container: Container) -> Pack {
        Pack {
            container,
            total: keys.len(),
            left: keys.into(),
            failed: Vec::new(),
            names: HashSet::new(),
        }
    }

    /// A file name without its end that no other document of the download has.
    pub fn own_name(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut n = 1;
        while !self.names.insert(name.clone()) {
            n += 1;
            name = format!("{wanted}-{n}");
        }
        name
    }

    /// How many have been added or failed.
    pub fn done(&self) -> usize {
        self.total - self.left.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_never_the_same() {
        let mut pack = Pack::new(Vec::new(), Container::Zip);
        let names: Vec<String> = ["a", "b", "a", "a-2", "a"].map(|n| pack.own_name(n)).into();
        assert_eq!(names, ["a", "b", "a-2", "a-2-2", "a-3"]);
    }
}
