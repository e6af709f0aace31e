//! The network's architecture: widths, tables and offsets, shared by training and use.

use crate::quotes::tagger::TAGS;

pub use crate::entities::VECTOR;
pub use crate::network::*;

/// Width of a spelling's input; a multiple of [`HIDDEN`].
pub const INPUT: usize = 128;

/// Embedding tables of a spelling: rows (a power of two) and width. Their values lie in −1..1.
pub const TABLES: [(usize, usize); 2] = [
    (2048, 20), // the word
    (1024, 8),  // its last three letters
];
const _: () = assert!(VECTOR + TABLES[0].1 + TABLES[1].1 <= INPUT);

/// How many values each feature of a token has.
pub const FEATURE_VALUES: [usize; 8] = [
    16, // place in quotation, first of its sentence, punctuation
    37, // the quotation around it
    8,  // how often the word begins a cue
    12, // shape
    45, // the linear tagger's tag and how sure it was
    9,  // the tag that came second
    16, // what stands around the paragraph
    11, // the name that it is in
];

/// Where the first convolution's blocks of weights begin; before them, the input's.
pub const CONV1_BLOCK: usize = INPUT / HIDDEN;
/// Where a recurrent layer's blocks begin: what comes into its states, their gates, how they are
/// read.
pub const fn recurrent_block(layer: usize) -> usize {
    CONV1_BLOCK + CONV1_OFFSETS.len() + layer * (2 + STATE_OFFSETS.len())
}
/// The block of the output, after so many recurrent layers; of its columns only [`TAGS`] are used.
pub const fn output_block(recurrent_layers: usize) -> usize {
    recurrent_block(recurrent_layers)
}
/// Blocks of `HIDDEN` × `HIDDEN` weights of a network of so many recurrent layers.
pub const fn block_count(recurrent_layers: usize) -> usize {
    output_block(recurrent_layers) + 1
}

/// Where the biases of a recurrent layer begin, three rows each; before them, the spelling's and
/// the first convolution's.
pub const fn recurrent_bias(layer: usize) -> usize {
    2 + 3 * layer
}
/// The row of the output's biases, after so many recurrent layers.
pub const fn output_bias(recurrent_layers: usize) -> usize {
    recurrent_bias(recurrent_layers)
}

/// Steps between two tags, `from * TAGS + to`, that the network scores by a number each.
pub const TRANSITIONS: usize = TAGS * TAGS;
