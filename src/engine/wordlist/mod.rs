//! The reader's own words: names that are always marked, names that never are, and labels of the
//! reader's own.
//!
//! Owns what a list says, where its names stand in a text, and how a file spells it. Must not know
//! what else was found there: which of two findings stays is `linking`'s to say.

mod file;
mod find;

pub use file::{Damage, read, rebase, write};
pub use find::{Find, WordList};

use crate::document::Label;

/// Why a listed name is marked, in words for people.
pub const REASON: &str = "your word list";

/// What a list says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// It is marked wherever it stands, with this label.
    Always(Label),
    /// It is not a name with this label; `None`: with no label at all.
    Never(Option<Label>),
}

/// One name with its rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// As [`tidy`] makes it.
    pub name: String,
    /// What is said of it.
    pub rule: Rule,
    /// Capitals do not matter.
    pub any_case: bool,
}

/// A label of the reader's own, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLabel {
    /// [`Label::Custom`].
    pub label: Label,
    /// A word of [`COLOURS`].
    pub colour: &'static str,
    /// The key that gives it: a small letter or a digit.
    pub key: Option<char>,
}

/// The colours that a label can have: each a fill and a line that are legible in both schemes.
pub const COLOURS: [&str; 6] = ["rose", "amber", "olive", "teal", "blue", "violet"];

/// All that is in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    /// Names, in the order of the file.
    pub entries: Vec<Entry>,
    /// Labels, likewise.
    pub labels: Vec<OwnLabel>,
}

/// Characters of the longest name.
pub const LONGEST: usize = 160;

/// A name as lists hold it: single spaces, none at the ends. `None` when nothing is left, or when
/// it is longer than [`LONGEST`] characters.
pub fn tidy(name: &str) -> Option<String> {
    let name = crate::text::one_line(name);
    let sound = !name.is_empty()
        && name.chars().count() <= LONGEST
        && !name.contains(char::is_control)
        && !name.starts_with('#');
    sound.then_some(name)
}

impl Book {
    /// Puts an entry at the head of the list; what it contradicts, or says again, goes.
    pub fn set(&mut self, entry: Entry) {
        self.entries.retain(|old| {
            old.name != entry.name
                || match (old.rule, entry.rule) {
                    (Rule::Always(_), Rule::Always(_)) | (_, Rule::Never(None)) => false,
                    (Rule::Always(a), Rule::Never(Some(b)))
                    | (Rule::Never(Some(a)), Rule::Always(b) | Rule::Never(Some(b))) => a != b,
                    (Rule::Never(None), _) => false,
                }
        });
        self.entries.insert(0, entry);
    }

    /// Makes or changes a label; a key that another one had is this one's now.
    pub fn set_label(&mut self, own: OwnLabel) {
        for other in &mut self.labels {
            if other.key == own.key && other.label != own.label {
                other.key = None;
            }
        }
        match self.labels.iter_mut().find(|l| l.label == own.label) {
            Some(old) => *old = own,
            None => self.labels.push(own),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, rule: Rule) -> Entry {
        Entry { name: name.to_owned(), rule, any_case: false }
    }

    #[test]
    fn a_list_does_not_contradict_itself() {
        use Rule::{Always, Never};
        let (person, org) = (Label::Person, Label::Org);
        for (first, second, stays) in [
            (Always(person), Always(org), false),
            (Always(person), Never(None), false),
            (Always(person), Never(Some(person)), false),
            (Always(person), Never(Some(org)), true),
            (Never(Some(org)), Always(person), true),
            (Never(Some(org)), Always(org), false),
            (Never(None), Always(org), false),
            (Never(Some(org)), Never(Some(person)), true),
            (Never(Some(org)), Never(Some(org)), false),
        ] {
            let mut book = Book::default();
            book.set(entry("May", first));
            book.set(entry("June", Never(None)));
            book.set(entry("May", second));
            let rest = book.entries.get(1..).unwrap_or(&[]);
            assert_eq!(rest.contains(&entry("May", first)), stays, "{first:?} {second:?}");
            assert_eq!(book.entries[0], entry("May", second));
            assert!(book.entries.contains(&entry("June", Never(None))));
        }
    }

    #[test]
    fn a_key_is_one_labels() {
        let own = |name: &str, key| OwnLabel {
            label: Label::named(name).unwrap(),
            colour: COLOURS[0],
            key,
        };
        let mut book = Book::default();
        book.set_label(own("Weapon", Some('w')));
        book.set_label(own("Court", Some('w')));
        assert_eq!(book.labels, [own("Weapon", None), own("Court", Some('w'))]);
    }
}
