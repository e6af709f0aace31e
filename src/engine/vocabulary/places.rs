//! Names of places and peoples; in lowercase and folded, unless it is said.

use super::{WordMap, WordSet};

/// Names of countries, cities and institutions, with the name that stands for all of the place.
pub static PLACE_ALIASES: WordMap<&'static str> =
    WordMap::new(include_str!("places/place_aliases.txt"), Some);

/// Peoples, faiths and parties: nouns and other adjectives, with the word that stands for all.
pub static DEMONYM_ALIASES: WordMap<&'static str> =
    WordMap::new(include_str!("places/demonym_aliases.txt"), Some);

/// Short forms of states after towns ("Ala"), as they are written, without the last full stop.
pub static STATE_ABBREVIATIONS: WordSet =
    WordSet::new(include_str!("places/state_abbreviations.txt"));

/// Postal codes of states: "AL".
pub static STATE_CODES: WordSet = WordSet::new(include_str!("places/state_codes.txt"));

/// Plurals that stand after a list of places: "counties".
pub static PLURAL_PLACE_HEADS: WordSet =
    WordSet::new(include_str!("places/plural_place_heads.txt"));

/// Plurals of demonyms in -is: "iraqis".
pub static DEMONYM_PLURALS: WordSet = WordSet::new(include_str!("places/demonym_plurals.txt"));

/// Counties of Ireland, as they stand behind "Co".
pub static IRISH_COUNTIES: WordSet = WordSet::new(include_str!("places/irish_counties.txt"));
