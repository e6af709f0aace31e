//! The word vectors of the entity model, for engines that read words too.
//!
//! Owns their look-up. Must not know what they are read for.

use super::model::Model;
use super::neural::{NameNetwork, VECTOR};
use crate::lexicon::Lexicon;

/// Numbers of a vector.
pub const NUMBERS: usize = VECTOR;

/// The vectors of some tens of thousands of words, by spelling.
#[derive(Debug, Clone, Copy)]
pub struct Vectors<'a> {
    lexicon: &'a Lexicon,
    net: Option<&'a NameNetwork>,
}

impl Model {
    /// Its word vectors; a model that was never trained has none.
    pub fn vectors(&self) -> Vectors<'_> {
        Vectors { lexicon: &self.lexicon, net: self.net.as_ref() }
    }
}

impl Vectors<'_> {
    /// The vector of a word, in 32nds; nothing where there is none.
    pub fn of(&self, word: &str) -> [i8; NUMBERS] {
        let mut out = [0; NUMBERS];
        if let Some(net) = self.net {
            let lower = word.to_lowercase().replace('’', "'");
            net.look_up_vector(self.lexicon.word(&lower).slot, &mut out);
        }
        out
    }
}
