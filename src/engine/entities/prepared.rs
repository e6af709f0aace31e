//! A text made ready for the taggers, and the names that they find in it.

use std::ops::Range;

use super::context::Context;
use super::cues::{Cue, find_cues};
use super::features::FeatureInput;
use super::sequence::sequences;
use super::words::Words;
use crate::document::Label;
use crate::lexicon::Lexicon;
use crate::text::TokenizedText;

/// A text made ready for the tagger.
pub struct Prepared {
    /// Its words, one by one.
    pub words: Words,
    /// What the whole text says of each word.
    pub context: Context,
    /// Per token: it follows the token before without a space.
    pub glued: Vec<bool>,
    /// What is tagged at once, in tokens.
    pub sequences: Vec<Range<usize>>,
    /// What constructions say of its words.
    pub cues: Vec<Cue>,
}

impl Prepared {
    /// Reads the text once.
    pub fn new(tokenized: &TokenizedText<'_>, lexicon: &Lexicon) -> Prepared {
        let words = Words::new(tokenized, lexicon);
        let context = Context::new(tokenized, &words, lexicon);
        Prepared {
            glued: tokenized.tokens().iter().map(|t| !t.spaced).collect(),
            sequences: sequences(tokenized),
            cues: find_cues(tokenized, &words, &context),
            words,
            context,
        }
    }

    /// What features are computed from.
    pub fn feature_input(&self) -> FeatureInput<'_> {
        FeatureInput { words: &self.words, context: &self.context, glued: &self.glued }
    }
}

/// A name found: label, tokens, integer margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedName {
    /// What is named.
    pub label: Label,
    /// Where, in tokens.
    pub tokens: Range<usize>,
    /// How much the next best tags would cost, in 32nds.
    pub margin: i32,
}
