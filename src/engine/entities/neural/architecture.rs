//! The network's architecture: widths, tables and offsets, shared by training and use.

pub use crate::network::*;

/// Width of a spelling's input; a multiple of [`HIDDEN`].
pub const INPUT: usize = 256;
/// Numbers of a word vector.
pub const VECTOR: usize = 100;
/// A vector is kept as so many codes (product quantisation), each one of 256 parts.
pub const CODES: usize = 10;
/// Numbers of one part.
pub const PART: usize = VECTOR / CODES;
/// Words of this rank (see `lexicon::Word`) or commoner have a vector.
pub const VECTOR_RANK: u8 = 7;

/// Embedding tables: rows (a power of two) and width. Their values lie in −1..1.
pub const TABLES: [(usize, usize); 8] = [
    (8192, 16), // the word
    (2048, 16), // its finest cluster
    (1024, 8),  // last two letters
    (4096, 8),  // last three
    (4096, 8),  // last four
    (4096, 8),  // first three
    (1024, 6),  // first two
    (512, 6),   // pattern
];
/// Where the yes-or-no inputs begin.
pub const FLAGS_START: usize = 176;
/// How many there are.
pub const FLAGS: usize = 41;
/// How many values each feature of a token's place in the text has.
pub const FEATURE_VALUES: [usize; 5] = [48, 4, 33, 17, 8];
/// Offsets of the second convolution.
pub const CONV2_OFFSETS: [isize; 3] = [-2, 0, 2];
/// Offsets of the third; the pooled mentions are its fourth part.
pub const CONV3_OFFSETS: [isize; 3] = [-1, 0, 1];

/// Where the first convolution's blocks of weights begin; before them, the input's.
pub const CONV1_BLOCK: usize = INPUT / HIDDEN;
/// Where the second convolution's begin.
pub const CONV2_BLOCK: usize = CONV1_BLOCK + CONV1_OFFSETS.len();
/// Where the third convolution's begin.
pub const CONV3_BLOCK: usize = CONV2_BLOCK + CONV2_OFFSETS.len();
/// The block that the pooled mentions go through.
pub const POOL_BLOCK: usize = CONV3_BLOCK + CONV3_OFFSETS.len();
/// The output's block.
pub const OUTPUT_BLOCK: usize = POOL_BLOCK + 1;
/// Blocks of `HIDDEN` × `HIDDEN` weights.
pub const BLOCKS: usize = OUTPUT_BLOCK + 1;
/// Rows of biases: input, three convolutions, output.
pub const LAYERS: usize = 5;
