//! The second tagger: small networks that read a paragraph as a whole, in both directions.
//!
//! Owns the network's form, its section of the model file and its evaluation in whole numbers. Must
//! not know how scores are decoded. A word's input (its vector, hashed spellings) is projected once
//! a spelling; then a convolution of width 5 with what is known of each token, and two scans: states
//! that go along the paragraph from its start and from its end, each keeping as much of itself as a
//! gate says (Lei et al. 2018, simple recurrent units). Activations are whole 256ths below 16,
//! weights whole 512ths below 4.

mod block;
mod form;
mod input;
mod run;

pub use form::*;
pub use input::Spellings;
pub use input::marks;
pub use run::Parts;
pub use run::{Committee, Net};
