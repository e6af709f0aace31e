//! The runtime of the small neural networks: layers over a text's tokens, in whole numbers.
//!
//! Owns the scales of activations and weights, the layers (dense, convolution, recurrent, embedding
//! tables) and the vector instructions under them. Must not know what a network reads or what its
//! scores mean. Sums of integers wrap, so their order does not matter: native and wasm code agree to
//! the bit.
//!
//! Activations are whole 256ths below 16, weights whole 512ths below 4. A layer takes and gives
//! [`HIDDEN`] numbers; its weights are blocks of `HIDDEN` × `HIDDEN`, kept input-major in files.

mod layers;
mod recurrent;
mod scale;
mod simd;
mod tables;

pub use layers::{CONV1_OFFSETS, DenseLayers, WordProjections};
pub use recurrent::{STATE_BITS, STATE_INPUT_MAX, STATE_OFFSETS};
pub use scale::{
    ACTIVATION_MAX, Activations, HIDDEN, ONE, Sums, TABLE_ONE, VECTOR_ONE, WEIGHT_MAX, WEIGHT_ONE,
};
pub use tables::{EmbeddingTables, FeatureRows, pack_weights, unpack_weights};
