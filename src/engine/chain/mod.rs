//! Linear chains of tags: the best row of tags (Viterbi) and what every other tag would cost
//! (max-marginals), in integers.
//!
//! Owns the decoding and the two kinds of transitions: one table for all tokens, or one a token.
//! Must not know what tags mean or where scores come from.

mod decode;
mod fixed;
mod varying;

pub use decode::{IMPOSSIBLE, LOWEST_POSSIBLE, Transitions, decode};
pub use fixed::FixedTransitions;
pub use varying::TokenTransitions;
