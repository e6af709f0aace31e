//! A backup of everything: what is still to be written or brought back, and what became of it.

use std::collections::VecDeque;

use crate::words::counted;
use galley_engine::user_words::WordListFile;

/// What is done about a backup now.
#[derive(Debug, Default)]
pub enum BackupState {
    /// Nothing yet.
    #[default]
    Idle,
    /// One is being written.
    Writing {
        /// Keys of the documents that are still to be added.
        left: VecDeque<String>,
        /// How many there are.
        total: usize,
        /// Titles of those that could not be read.
        failed: Vec<String>,
    },
    /// One is being brought back.
    Restoring {
        /// How many documents it has.
        total: usize,
        /// What became of them so far.
        report: RestoreReport,
    },
    /// One was brought back.
    Restored(RestoreReport),
    /// It did not work, for the reason given in plain words.
    Failed(String),
}

impl BackupState {
    /// Gives up what is under way, for this reason; true if something was.
    pub fn stop(&mut self, why: &str) -> bool {
        let is_busy = self.is_busy();
        if is_busy {
            *self = BackupState::Failed(why.to_owned());
        }
        is_busy
    }

    /// True while one is being written or brought back.
    pub fn is_busy(&self) -> bool {
        matches!(self, BackupState::Writing { .. } | BackupState::Restoring { .. })
    }
}

/// What became of a backup that was brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RestoreReport {
    /// The name of its file.
    pub file: String,
    /// Documents that were not there.
    pub new: usize,
    /// Documents that were there already, with all their edits.
    pub same: usize,
    /// Titles of documents that were there in another state: both are kept.
    pub both: Vec<String>,
    /// Lines of the list that were added.
    pub words: usize,
    /// Names, labels and patterns of the list that differ from those here, which stay.
    pub other_words: Vec<String>,
    /// What is damaged or could not be kept.
    pub damaged: Vec<String>,
}

impl RestoreReport {
    /// Documents that were dealt with.
    pub fn done(&self) -> usize {
        self.new + self.same + self.both.len()
    }

    /// In a sentence.
    pub fn summary(&self) -> String {
        let mut said = vec![match self.new {
            0 => "No document was missing".to_owned(),
            n => format!("{} brought back", counted(n, "document")),
        }];
        if self.same > 0 {
            said.push(format!("{} already here", self.same));
        }
        if !self.both.is_empty() {
            said.push(format!("{} here in another state: both are kept", self.both.len()));
        }
        if self.words > 0 {
            said.push(format!("{} of the word list added", counted(self.words, "line")));
        }
        if !self.damaged.is_empty() {
            said.push(format!("{} damaged", self.damaged.len()));
        }
        said.join(", ")
    }
}

/// Adds to a list what another one has and it does not; what they say differently stays as it is. Returns how many
/// lines were added, and what stayed different.
pub fn add_missing(own: &mut WordListFile, other: WordListFile) -> (usize, Vec<String>) {
    let (mut added, mut differ) = (0, Vec::new());
    for entry in other.entries {
        if own.entries.contains(&entry) {
            continue;
        }
        match own.entries.iter().any(|e| e.name == entry.name) {
            true => differ.push(entry.name),
            false => {
                own.entries.push(entry);
                added += 1;
            }
        }
    }
    for label in other.labels {
        match own.labels.iter().find(|own| own.label == label.label) {
            Some(there) if *there == label => {}
            Some(_) => differ.push(label.label.name().to_owned()),
            None => {
                own.set_label(label);
                added += 1;
            }
        }
    }
    for pattern in other.patterns {
        if !own.patterns.contains(&pattern) {
            own.patterns.push(pattern);
            added += 1;
        }
    }
    if own.learned.is_none() && other.learned.is_some() {
        own.learned = other.learned;
        added += 1;
    }
    (added, differ)
}

#[cfg(test)]
mod tests {
    use super::*;
    use galley_engine::user_words::{format_word_list, parse_word_list};

    #[test]
    fn what_differs_in_the_list_stays_and_is_named() {
        let parse = |text: &str| parse_word_list(text).0;
        let mut own = parse("label\tCourt\tteal\nnever\t*\tMay\nalways\tPERSON\tAna Ruiz\n");
        let other = parse(
            "label\tCourt\trose\nlabel\tWeapon\trose\npattern\tORG\tacme\\w*\nnever\t*\tMay\nalways\tORG\tAna Ruiz\nnever\t*\tUs\n",
        );
        assert_eq!(
            add_missing(&mut own, other.clone()),
            (3, vec!["Ana Ruiz".to_owned(), "Court".to_owned()])
        );
        assert_eq!(add_missing(&mut own, other).0, 0, "a second time adds nothing");
        let text = format_word_list(&own);
        assert!(
            text.contains("always\tPERSON\tAna Ruiz") && text.contains("never\t*\tUs"),
            "{text}"
        );
    }
}
