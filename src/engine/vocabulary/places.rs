//! Names of places and peoples, in lowercase and folded.

use super::{WordMap, WordSet};

/// Names of countries, cities and institutions, with the name that stands for all of the place.
pub static PLACE_ALIASES: WordMap<&'static str> =
    WordMap::new(include_str!("places/place_aliases.txt"), Some);

/// Peoples, faiths and parties: nouns and other adjectives, with the word that stands for all.
pub static DEMONYM_ALIASES: WordMap<&'static str> =
    WordMap::new(include_str!("places/demonym_aliases.txt"), Some);

/// Plurals of demonyms in -is: "iraqis".
pub static DEMONYM_PLURALS: WordSet = WordSet::new(include_str!("places/demonym_plurals.txt"));
