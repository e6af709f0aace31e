use std::fmt;

/// TIMEX3's `mod`: which part of the value is meant, or how exact it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "TIMEX3's own names")]
pub enum Modifier {
    Start,
    Mid,
    End,
    Approx,
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
    /// A word that TIMEX3 does not have, as a file spells it.
    Other(String),
}

/// Each modifier with TIMEX3's spelling, and what it adds before and after the words of a value.
const MODIFIERS: [(Modifier, &str, &str, &str); 12] = [
    (Modifier::Start, "START", "early in ", ""),
    (Modifier::Mid, "MID", "the middle of ", ""),
    (Modifier::End, "END", "late in ", ""),
    (Modifier::Approx, "APPROX", "about ", ""),
    (Modifier::Before, "BEFORE", "before ", ""),
    (Modifier::After, "AFTER", "after ", ""),
    (Modifier::OnOrBefore, "ON_OR_BEFORE", "", " or earlier"),
    (Modifier::OnOrAfter, "ON_OR_AFTER", "", " or later"),
    (Modifier::LessThan, "LESS_THAN", "less than ", ""),
    (Modifier::MoreThan, "MORE_THAN", "more than ", ""),
    (Modifier::EqualOrLess, "EQUAL_OR_LESS", "at most ", ""),
    (Modifier::EqualOrMore, "EQUAL_OR_MORE", "at least ", ""),
];

impl Modifier {
    /// Reads any word; the spelling of what is read is that word.
    pub fn parse(spelling: &str) -> Modifier {
        match MODIFIERS.into_iter().find(|row| row.1 == spelling) {
            Some((modifier, ..)) => modifier,
            None => Modifier::Other(spelling.to_owned()),
        }
    }

    /// TIMEX3's spelling.
    pub fn as_str(&self) -> &str {
        match self {
            Modifier::Other(spelling) => spelling,
            known => MODIFIERS.iter().find(|row| row.0 == *known).map_or("", |row| row.1),
        }
    }

    /// The words of a value with those of this modifier.
    pub(super) fn around_words(&self, words: &str) -> String {
        match MODIFIERS.iter().find(|row| row.0 == *self) {
            Some((_, _, before, after)) => format!("{before}{words}{after}"),
            None => words.to_owned(),
        }
    }
}

impl fmt::Display for Modifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_kept() {
        for (modifier, spelling, ..) in MODIFIERS {
            assert_eq!(Modifier::parse(spelling), modifier);
            assert_eq!(modifier.to_string(), spelling);
        }
        for spelling in ["", "start", "ROUGHLY"] {
            assert_eq!(Modifier::parse(spelling), Modifier::Other(spelling.to_owned()));
            assert_eq!(Modifier::parse(spelling).as_str(), spelling);
        }
    }
}
