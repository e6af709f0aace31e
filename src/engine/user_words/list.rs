//! What a word list holds: names with their rules, and labels.

use crate::document::Label;
use crate::patterns::{MAX_PATTERNS, PatternRule};

/// Why a listed name is marked; shown to people.
pub const REASON: &str = "your word list";

/// Why what a pattern matches is marked; shown to people.
pub const PATTERN_REASON: &str = "your pattern";

/// The rule for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordRule {
    /// It is marked wherever it stands, with this label.
    Always(Label),
    /// It is not a name with this label; `None`: with no label at all.
    Never(Option<Label>),
}

/// One name with its rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordEntry {
    /// As [`normalize_name`] makes it.
    pub name: String,
    /// The rule for it.
    pub rule: WordRule,
    /// Case does not matter.
    pub any_case: bool,
}

/// A label of the reader's own, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserLabel {
    /// [`Label::Custom`].
    pub label: Label,
    /// A word of [`LABEL_COLOURS`].
    pub colour: &'static str,
    /// The key that gives it: a lowercase letter or a digit.
    pub key: Option<char>,
}

/// The colours that a label can have: each a fill and a line that are legible in both schemes.
pub const LABEL_COLOURS: [&str; 6] = ["rose", "amber", "olive", "teal", "blue", "violet"];

/// All that is in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordListFile {
    /// Names, in the order of the file.
    pub entries: Vec<WordEntry>,
    /// Labels, likewise.
    pub labels: Vec<UserLabel>,
    /// Patterns, likewise.
    pub patterns: Vec<PatternRule>,
    /// What corrections taught, as it travels from one reader to another.
    pub learned: Option<LearnedLine>,
}

/// What corrections taught, packed. What it means is `learning`'s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedLine {
    /// From how many articles.
    pub articles: u32,
    /// How much of it counts, in a word of `learning`'s.
    pub share: String,
    /// The weights, in letters, digits and a few signs.
    pub packed: String,
}

/// Characters of the longest name.
pub const MAX_NAME_CHARS: usize = 160;

/// A name as lists hold it: single spaces, none at the ends. `None` when nothing is left, or when
/// it is longer than [`MAX_NAME_CHARS`] characters.
pub fn normalize_name(name: &str) -> Option<String> {
    let name = crate::text::one_line(name);
    let sound = !name.is_empty()
        && name.chars().count() <= MAX_NAME_CHARS
        && !name.contains(char::is_control)
        && !name.starts_with('#');
    sound.then_some(name)
}

impl WordListFile {
    /// Adds an entry at the head of the list, and removes those that it contradicts or repeats.
    pub fn set_entry(&mut self, entry: WordEntry) {
        self.entries.retain(|old| {
            old.name != entry.name
                || match (old.rule, entry.rule) {
                    (WordRule::Always(_), WordRule::Always(_)) | (_, WordRule::Never(None)) => false,
                    (WordRule::Always(a), WordRule::Never(Some(b)))
                    | (WordRule::Never(Some(a)), WordRule::Always(b) | WordRule::Never(Some(b))) => a != b,
                    (WordRule::Never(None), _) => false,
                }
        });
        self.entries.insert(0, entry);
    }

    /// Adds a pattern at the end, unless the list is full. One that the list has gets this label.
    pub fn set_pattern(&mut self, rule: PatternRule) {
        let same =
            |old: &PatternRule| (&old.pattern, old.any_case) == (&rule.pattern, rule.any_case);
        match self.patterns.iter().position(same) {
            Some(at) => self.patterns[at] = rule,
            None if self.patterns.len() < MAX_PATTERNS => self.patterns.push(rule),
            None => {}
        }
    }

    /// Adds or changes a label; a key that another label had is taken from it.
    pub fn set_label(&mut self, own: UserLabel) {
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

    fn entry(name: &str, rule: WordRule) -> WordEntry {
        WordEntry { name: name.to_owned(), rule, any_case: false }
    }

    #[test]
    fn a_list_does_not_contradict_itself() {
        use WordRule::{Always, Never};
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
            let mut file = WordListFile::default();
            file.set_entry(entry("May", first));
            file.set_entry(entry("June", Never(None)));
            file.set_entry(entry("May", second));
            let rest = file.entries.get(1..).unwrap_or(&[]);
            assert_eq!(rest.contains(&entry("May", first)), stays, "{first:?} {second:?}");
            assert_eq!(file.entries[0], entry("May", second));
            assert!(file.entries.contains(&entry("June", Never(None))));
        }
    }

    #[test]
    fn a_key_is_one_labels() {
        let own = |name: &str, key| UserLabel {
            label: Label::named(name).unwrap(),
            colour: LABEL_COLOURS[0],
            key,
        };
        let mut file = WordListFile::default();
        file.set_label(own("Weapon", Some('w')));
        file.set_label(own("Court", Some('w')));
        assert_eq!(file.labels, [own("Weapon", None), own("Court", Some('w'))]);
    }
}
