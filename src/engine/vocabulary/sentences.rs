//! Words that decide where a token or a sentence ends.

use super::{WordMap, WordSet};

/// Words to which a full stop belongs; without it, in lowercase. Titles and months have lists of
/// their own.
pub static ABBREVIATIONS: WordMap<Abbreviation> =
    WordMap::new(include_str!("sentences/abbreviations.txt"), Abbreviation::parse);

/// Words that open a sentence after "U.S." or "p.m.", where a name might as well go on; with
/// their capital.
pub static SENTENCE_STARTERS: WordSet =
    WordSet::new(include_str!("sentences/sentence_starters.txt"));

/// Endings of web addresses, in lowercase.
pub static TOP_LEVEL_DOMAINS: WordSet =
    WordSet::new(include_str!("sentences/top_level_domains.txt"));

/// How an abbreviation stands in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abbreviation {
    /// It leads to a name: no sentence ends after it.
    pub before_names: bool,
    /// A sentence may end after it.
    pub closing: bool,
    /// It is one only with a capital.
    pub capitalized: bool,
    /// It is one only before a number.
    pub before_numbers: bool,
}

impl Abbreviation {
    fn parse(flags: &'static str) -> Option<Abbreviation> {
        let mut abbreviation = Abbreviation::default();
        for flag in flags.split(' ') {
            match flag {
                "name" => abbreviation.before_names = true,
                "closing" => abbreviation.closing = true,
                "capital" => abbreviation.capitalized = true,
                "number" => abbreviation.before_numbers = true,
                _ => return None,
            }
        }
        Some(abbreviation)
    }
}
