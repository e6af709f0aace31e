//! The second tagger: a small convolutional network over words and their other mentions.
//!
//! Owns the network's architecture and its section of the model file. Must not know how layers are
//! evaluated (`network`) nor how scores are decoded (`chain`). A spelling's input (quantised vector,
//! hashed spelling, word lists) is projected once; then a convolution of width 5, one of width 3 and
//! dilation 2, a maximum over all mentions of the word in the text, and one of width 3 that reads
//! this too.

mod architecture;
mod input;
mod network;

pub use architecture::*;
pub use input::NetworkInput;
pub use network::{NameNetwork, NameNetworkWeights, number_vectors};
