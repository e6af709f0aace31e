//! Word lists that the rules look words up in: months, titles, reporting verbs.
//!
//! Owns the lists, each of them once, as data files in a folder for each subject, and the look-up.
//! Must not know what a rule does with a word. (`lexicon` is another thing: names packed into the
//! model file. `user_words` holds the reader's own names.)
//!
//! A file has one entry a line. Blank lines and lines that start with `#` are left out. Entries are
//! lowercase unless case matters in that list. A list that says something of its words has a tab and
//! a value after each; what the values mean stands at the head of the file.

pub mod amounts;
pub mod calendar;
pub mod dates;
pub mod organisations;
pub mod page;
pub mod people;
pub mod places;
pub mod sentences;
pub mod speech;

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Longer words are in no list, in bytes: they are not hashed, however often they are looked up.
const MAX_ENTRY_BYTES: usize = 48;

/// A set of words or phrases, read from its file at the first look-up.
#[derive(Debug)]
pub struct WordSet {
    file: &'static str,
    entries: OnceLock<FxHashSet<&'static str>>,
}

impl WordSet {
    /// The set of the entries in `file`, the text of a list.
    pub const fn new(file: &'static str) -> WordSet {
        WordSet { file, entries: OnceLock::new() }
    }

    /// Whether `word` is an entry, exactly as it is spelled.
    pub fn contains(&self, word: &str) -> bool {
        word.len() <= MAX_ENTRY_BYTES
            && self.entries.get_or_init(|| entries(self.file).collect()).contains(word)
    }

    /// Whether `word` is an entry, whatever the case of its ASCII letters. Allocates nothing.
    pub fn contains_any_case(&self, word: &str) -> bool {
        let mut buffer = [0; MAX_ENTRY_BYTES];
        ascii_lowercase(word, &mut buffer).is_some_and(|lower| self.contains(lower))
    }

    /// The entries, in the order of their file.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        entries(self.file)
    }
}

/// A table from words or phrases to values, read from its file at the first look-up: one entry a
/// line, a tab, its value.
#[derive(Debug)]
pub struct WordMap<V> {
    file: &'static str,
    parse: fn(&'static str) -> Option<V>,
    entries: OnceLock<FxHashMap<&'static str, V>>,
}

impl<V> WordMap<V> {
    /// The table in `file`, its values read by `parse`. A line whose value `parse` does not know is
    /// left out; the test of the list says so.
    pub const fn new(file: &'static str, parse: fn(&'static str) -> Option<V>) -> WordMap<V> {
        WordMap { file, parse, entries: OnceLock::new() }
    }

    /// The value of `word`, exactly as it is spelled.
    pub fn get(&self, word: &str) -> Option<&V> {
        if word.len() > MAX_ENTRY_BYTES {
            return None;
        }
        self.entries.get_or_init(|| self.iter().collect()).get(word)
    }

    /// The value of `word`, whatever the case of its ASCII letters. Allocates nothing.
    pub fn get_any_case(&self, word: &str) -> Option<&V> {
        let mut buffer = [0; MAX_ENTRY_BYTES];
        self.get(ascii_lowercase(word, &mut buffer)?)
    }

    /// Entries with their values, in the order of their file.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, V)> + use<V> {
        let parse = self.parse;
        entries(self.file).filter_map(move |line| {
            let (word, value) = line.split_once('\t')?;
            Some((word, parse(value)?))
        })
    }
}

fn ascii_lowercase<'b>(word: &str, buffer: &'b mut [u8; MAX_ENTRY_BYTES]) -> Option<&'b str> {
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
}

fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    static WEEKEND: WordSet = WordSet::new("# Days off.\nsaturday\n\nsunday\r\n");
    static NUMBERS: WordMap<u8> =
        WordMap::new("one\t1\ntwenty one\t21\nmany\t?\n", |v| v.parse().ok());

    #[test]
    fn entries_are_found_as_they_are_spelled() {
        assert!(WEEKEND.contains("saturday") && WEEKEND.contains("sunday"));
        assert!(
            !WEEKEND.contains("Sunday")
                && !WEEKEND.contains("")
                && !WEEKEND.contains("# Days off.")
        );
        assert_eq!(WEEKEND.iter().collect::<Vec<_>>(), ["saturday", "sunday"]);
    }

    #[test]
    fn words_are_found_in_any_case() {
        assert!(WEEKEND.contains_any_case("Saturday") && WEEKEND.contains_any_case("SUNDAY"));
        assert!(!WEEKEND.contains_any_case(&"sunday".repeat(9)));
        assert!(!WEEKEND.contains_any_case("") && !WEEKEND.contains_any_case("ſunday"));
        assert_eq!(NUMBERS.get_any_case("One"), Some(&1));
    }

    #[test]
    fn values_are_parsed() {
        assert_eq!(NUMBERS.get("twenty one"), Some(&21));
        assert_eq!(NUMBERS.get("many"), None);
        assert_eq!(NUMBERS.iter().count(), 2);
    }

    /// Every line of a list is an entry of its own, and its value is one that the list knows.
    fn check_map<V>(name: &str, list: &WordMap<V>) {
        let lines = entries(list.file);
        let words: Vec<&str> =
            lines.map(|line| line.split_once('\t').map_or(line, |(word, _)| word)).collect();
        check_words(name, &words);
        let known: Vec<&str> = list.iter().map(|(word, _)| word).collect();
        assert_eq!(known, words, "{name}: a line without a value that is known");
    }

    fn check_words(name: &str, words: &[&str]) {
        assert!(!words.is_empty(), "{name}");
        let mut seen = FxHashSet::default();
        for word in words {
            assert!(seen.insert(*word), "{name}: {word} twice");
            assert!(word.trim() == *word && word.len() <= MAX_ENTRY_BYTES, "{name}: {word:?}");
        }
    }

    #[test]
    fn lists_are_sound() {
        check_map("abbreviations", &sentences::ABBREVIATIONS);
        check_map("calendar", &calendar::CALENDAR);
        check_map("titles", &people::TITLES);
        check_map("given names", &people::GIVEN_NAMES);
        check_map("nicknames", &people::NICKNAMES);
        check_map("head nouns", &people::HEAD_NOUNS);
        check_map("organisations", &organisations::ORGANISATION_ALIASES);
        check_map("outlets", &organisations::OUTLETS);
        check_map("places", &places::PLACE_ALIASES);
        check_map("demonyms", &places::DEMONYM_ALIASES);
        check_map("numerals", &amounts::NUMERALS);
        check_map("words of dates", &dates::DATE_WORDS);
        check_map("holidays", &dates::HOLIDAYS);
        check_map("time zones", &dates::TIME_ZONES);
        check_map("verb cues", &dates::VERB_CUES);
        check_map("bylines", &page::BYLINE_STOPWORDS);
        check_map("credits", &page::CREDIT_LABELS);
        for list in [
            &sentences::SENTENCE_STARTERS,
            &sentences::TOP_LEVEL_DOMAINS,
            &people::NAME_PARTICLES,
            &people::NAME_SUFFIXES,
            &people::RELATIVES,
            &people::POLICE_RANKS,
            &people::GOVERNMENT_DEPARTMENTS,
            &organisations::LEGAL_FORMS,
            &organisations::ORGANISATION_ENDINGS,
            &organisations::ORGANISATION_BODIES,
            &organisations::INSTITUTION_HEADS,
            &organisations::NATIONAL_INSTITUTIONS,
            &organisations::GENERIC_NAME_WORDS,
            &organisations::ACRONYM_STOPWORDS,
            &places::DEMONYM_PLURALS,
            &amounts::SCALE_SUFFIXES,
            &amounts::CURRENCY_SYMBOLS,
            &amounts::DOLLAR_PREFIXES,
            &amounts::CURRENCIES,
            &amounts::CURRENCY_CODES,
            &amounts::UNITS,
            &amounts::UNIT_SUFFIXES,
            &amounts::TIME_UNITS,
            &amounts::BEFORE_PRONOUN_ONE,
            &amounts::AFTER_PRONOUN_ONE,
            &amounts::AFTER_SECOND,
            &amounts::AFTER_BARE_AMOUNT,
            &page::BYLINE_OPENERS,
            &page::BYLINE_CREDITS,
            &page::BYLINE_VERBS,
            &page::CREDIT_STOPWORDS,
            &page::DATELINE_STOPWORDS,
            &page::PUBLICATION_META_NAMES,
            &page::BUTTONS,
            &page::SECTIONS,
            &dates::NAMED_FOR_HOLIDAYS,
            &dates::NAMED_FOR_WEEKDAYS,
            &dates::AFTER_MODAL_MAY,
            &dates::EVENTS_OF_MAY,
            &dates::MAYDAY_CALLS,
            &dates::AFTER_VERB_AM,
            &dates::POSSESSIVES,
            &dates::LENGTH_ADJECTIVES,
            &dates::AFTER_ADJECTIVE_MINUTE,
            &dates::BEFORE_VERB_LAST,
            &dates::AFTER_COUNTED_DAY,
            &dates::SPEED_UNITS,
            &dates::BEFORE_SINGLE_UNIT,
            &dates::AFTER_COUNT,
            &dates::YEARLY_EVENTS,
            &dates::BEFORE_COUNT,
            &dates::BEFORE_COMING_DATE,
            &dates::POSTPONING_VERBS,
            &dates::DETERMINERS,
            &dates::IRREGULAR_PAST_FORMS,
            &dates::BEFORE_INFINITIVE,
            &dates::PLANNED_ACTIVITIES,
            &dates::NO_PAST_FORMS,
            &dates::SOUGHT_IN_VAIN,
            &page::PUBLICATION_LABELS,
            &page::UPDATE_LABELS,
            &page::BETWEEN_LABEL_AND_DATE,
            &page::BEFORE_DATE_LABEL,
            &page::CLOCK_WORDS,
            &page::OTHER_DATE_LABELS,
            &page::LOWERCASE_BESIDE_DATE,
        ] {
            let words: Vec<&str> = list.iter().collect();
            check_words(words.first().copied().unwrap_or_default(), &words);
        }
    }
}
