//! Number words, currencies and units, in lowercase unless it is said.

use super::{WordMap, WordSet};

/// Number words.
pub static NUMERALS: WordMap<Numeral> =
    WordMap::new(include_str!("amounts/numerals.txt"), Numeral::parse);

/// Number words with their numbers; a plural and a part of a fraction have none.
pub static NUMBER_VALUES: WordMap<(Numeral, u32)> =
    WordMap::new(include_str!("amounts/numerals.txt"), |value| {
        let (kind, number) = value.split_once(' ')?;
        Some((Numeral::parse(kind)?, number.parse().ok()?))
    });

/// Letters glued to a number that multiply it: "5bn".
pub static SCALE_SUFFIXES: WordSet = WordSet::new(include_str!("amounts/scale_suffixes.txt"));

/// Signs of money.
pub static CURRENCY_SYMBOLS: WordSet = WordSet::new(include_str!("amounts/currency_symbols.txt"));

/// What may stand glued before "$": "us".
pub static DOLLAR_PREFIXES: WordSet = WordSet::new(include_str!("amounts/dollar_prefixes.txt"));

/// Names of currencies and their parts.
pub static CURRENCIES: WordSet = WordSet::new(include_str!("amounts/currencies.txt"));

/// Codes of currencies ("USD"), as they are written.
pub static CURRENCY_CODES: WordSet = WordSet::new(include_str!("amounts/currency_codes.txt"));

/// Units of measure.
pub static UNITS: WordSet = WordSet::new(include_str!("amounts/units.txt"));

/// Letters glued to a number that make it a measure: "5km".
pub static UNIT_SUFFIXES: WordSet = WordSet::new(include_str!("amounts/unit_suffixes.txt"));

/// Words after a number that is a time's or a date's.
pub static TIME_UNITS: WordSet = WordSet::new(include_str!("amounts/time_units.txt"));

/// Words before "one" that make it a pronoun: "this one".
pub static BEFORE_PRONOUN_ONE: WordSet =
    WordSet::new(include_str!("amounts/before_pronoun_one.txt"));

/// Words after "one" that make it a pronoun: "one could say".
pub static AFTER_PRONOUN_ONE: WordSet = WordSet::new(include_str!("amounts/after_pronoun_one.txt"));

/// Words after "a second" that are no noun: "a second of silence" is a time.
pub static AFTER_SECOND: WordSet = WordSet::new(include_str!("amounts/after_second_place.txt"));

/// Words after a number that show that it counts nothing: "per".
pub static AFTER_BARE_AMOUNT: WordSet = WordSet::new(include_str!("amounts/after_bare_amount.txt"));

/// The number word of this kind that stands for `number`.
pub fn number_word(kind: Numeral, number: u32) -> Option<&'static str> {
    NUMBER_VALUES.iter().find(|(_, value)| *value == (kind, number)).map(|(word, _)| word)
}

/// What a number word does in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeral {
    /// Below twenty: "seven".
    Unit,
    /// "forty"
    Tens,
    /// It multiplies what stands before it: "million".
    Scale,
    /// Its plural: "millions".
    Scales,
    /// "third"
    Ordinal,
    /// Parts of a fraction: "thirds".
    Part,
}

impl Numeral {
    fn parse(value: &'static str) -> Option<Numeral> {
        let (name, _) = value.split_once(' ').unwrap_or((value, ""));
        Some(match name {
            "unit" => Numeral::Unit,
            "tens" => Numeral::Tens,
            "scale" => Numeral::Scale,
            "scales" => Numeral::Scales,
            "ordinal" => Numeral::Ordinal,
            "part" => Numeral::Part,
            _ => return None,
        })
    }
}
