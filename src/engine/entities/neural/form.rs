//! The network's form: widths, tables and scales, shared by learning and use.

/// Width of all layers.
pub const H: usize = 64;
/// Width of a spelling's input; a multiple of [`H`].
pub const IN: usize = 256;
/// Numbers of a word vector.
pub const VECTOR: usize = 100;
/// A vector is kept as so many codes of one of 256 parts each.
pub const CODES: usize = 10;
/// Numbers of one part.
pub const PART: usize = VECTOR / CODES;
/// Words of this rank (see `lexicon::Word`) or commoner have a vector.
pub const VECTOR_RANK: u8 = 7;

/// Learned tables: rows (a power of two) and width. Their values lie in −1..1.
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
pub const BITS_AT: usize = 176;
/// How many there are.
pub const BITS: usize = 41;
/// Rows that a token's place in the text adds to the first layer, by kind.
pub const MARKS: [usize; 5] = [48, 4, 33, 17, 8];
/// Offsets of the first convolution.
pub const NEAR: [isize; 5] = [-2, -1, 0, 1, 2];
/// Offsets of the second.
pub const WIDE: [isize; 3] = [-2, 0, 2];
/// Offsets of the third; the pooled mentions are its fourth part.
pub const LAST: [isize; 3] = [-1, 0, 1];

/// Blocks of H × H weights: input, near, wide, last and pooled, output.
pub const BLOCKS: usize = IN / H + NEAR.len() + WIDE.len() + LAST.len() + 1 + 1;
/// Where each layer's blocks begin.
pub const AT_NEAR: usize = IN / H;
/// See [`AT_NEAR`].
pub const AT_WIDE: usize = AT_NEAR + NEAR.len();
/// See [`AT_NEAR`].
pub const AT_LAST: usize = AT_WIDE + WIDE.len();
/// See [`AT_NEAR`].
pub const AT_OUT: usize = AT_LAST + LAST.len() + 1;
/// Layers with a bias row.
pub const LAYERS: usize = 5;

/// One in an activation.
pub const ONE: i32 = 256;
/// The greatest activation: just below 16.
pub const MOST: i32 = 4095;
/// One in a weight.
pub const WEIGHT_ONE: i32 = 512;
/// The greatest weight: IN × MOST × this stays below 2³¹ with room for a bias.
pub const WEIGHT_MOST: i32 = 2000;
/// One in a table's value (a signed byte).
pub const TABLE_ONE: i32 = 128;
/// One in a vector's part (a signed byte).
pub const VECTOR_ONE: i32 = 32;
