//! What the network reads of a text: vectors of its spellings and numbers of rows.

use super::architecture::{FEATURE_VALUES, TABLES, VECTOR};
use crate::document::Label;
use crate::entities::{Mention, Vectors};
use crate::quotes::features::Surroundings;
use crate::quotes::types::WordTypes;
use crate::quotes::words::{Word, shape};
use crate::text::TokenizedText;

/// What the networks read of one spelling.
#[derive(Debug, Clone)]
pub struct Spelling {
    /// Its word vector.
    pub vector: [i8; VECTOR],
    /// A row in each embedding table.
    pub rows: [u16; TABLES.len()],
}

/// A text: its spellings, and which of them each token has.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    /// The different spellings.
    pub spellings: Vec<Spelling>,
    /// Which of them each token has.
    pub types: WordTypes,
    /// Of each token: the kind of name that it is in, 0 outside.
    pub names: Vec<u8>,
}

impl Spellings {
    /// Numbers the spellings of a text and looks up their vectors.
    pub fn new(
        reading: &TokenizedText<'_>,
        words: &[Word],
        mentions: &[Mention],
        vectors: Vectors<'_>,
    ) -> Spellings {
        let types = WordTypes::new(words);
        let describe = |&i: &u32| {
            let w = &words[i as usize];
            let row = |table: usize, hash: u32| {
                (hash.wrapping_mul(0x9e37_79b1) >> 16) as u16 & (TABLES[table].0 - 1) as u16
            };
            Spelling {
                vector: vectors.of(reading.word(i as usize)),
                rows: [row(0, w.low), row(1, w.suffix[1])],
            }
        };
        let mut out = Spellings {
            spellings: types.first_token.iter().map(describe).collect(),
            types,
            names: vec![0; words.len()],
        };
        for m in mentions.iter().filter(|m| m.label.is_name()) {
            let kind = match m.label {
                Label::Person => 0,
                Label::Org => 1,
                Label::Gpe | Label::Loc | Label::Fac => 2,
                Label::Norp => 3,
                _ => 4,
            };
            for (n, t) in reading.tokens_in(m.span).enumerate() {
                if let Some(slot) = out.names.get_mut(t) {
                    *slot = 1 + 2 * kind + u8::from(n > 0);
                }
            }
        }
        out
    }
}

/// The values of one token's features, see [`FEATURE_VALUES`]. `name`: see [`Spellings::names`].
pub fn token_features(w: &Word, around: Surroundings, name: u8) -> [u8; FEATURE_VALUES.len()] {
    let flag = u8::from;
    [
        w.quote.min(3) + 4 * flag(w.first) + 8 * flag(w.punct),
        // Length, end and first letter of the quotation; not its style.
        w.region.checked_sub(1).map_or(0, |r| 1 + r % 36),
        w.cue.min(7),
        w.shape.min(shape::BEYOND),
        w.tag.min(8) + 9 * (w.doubt % 8).min(4),
        (w.doubt / 8).min(8),
        flag(around.after_colon)
            + 2 * flag(around.after_unclosed)
            + 4 * flag(around.after_quote)
            + 8 * flag(around.title),
        name.min(10),
    ]
}
