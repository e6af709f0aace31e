//! The second learner: a small convolutional network over words and their other mentions.
//!
//! Owns the network's form, its packed file section and its evaluation in whole numbers. Must not
//! know how scores are decoded. A word's input (quantised vector, hashed spellings, word lists) is
//! projected once a spelling; then a convolution of width 5, one of width 3 and dilation 2, a
//! maximum over all mentions of the word in the text, and one of width 3 that reads this too.
//! Activations are whole 256ths below 16, weights whole 512ths below 4: sums stay below 2³¹.

mod form;
mod input;
mod run;

pub use form::VECTOR;
pub use form::*;
pub use input::Input;
pub use run::Net;
pub use run::{Parts, places};
