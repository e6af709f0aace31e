//! The second tagger: small networks that read a paragraph as a whole, in both directions.
//!
//! Owns the networks' architecture and their section of the model file. Must not know how layers
//! are evaluated (`network`) nor how scores are decoded (`chain`). A spelling's input (its vector,
//! hashed spelling) is projected once; then come a convolution of width 5 with the features of each
//! token, and one or two recurrent layers.

mod architecture;
mod input;
mod network;

pub use architecture::*;
pub use input::{Spellings, token_features};
pub use network::{Ensemble, QuoteNetwork, QuoteNetworkWeights};
