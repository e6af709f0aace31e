//! The network's form: widths, tables and scales, shared by learning and use.

pub use crate::entities::VECTOR;

/// Width of all layers.
pub const H: usize = 64;
/// Width of a spelling's input; a multiple of [`H`].
pub const IN: usize = 128;

/// Learned tables of a spelling: rows (a power of two) and width. Their values lie in −1..1.
pub const TABLES: [(usize, usize); 2] = [
    (2048, 20), // the word
    (1024, 8),  // its last three letters
];
const _: () = assert!(VECTOR + TABLES[0].1 + TABLES[1].1 <= IN);

/// Rows that what is known of a token adds to the first layer, by kind.
pub const MARKS: [usize; 8] = [
    16, // place in quotation, first of its sentence, punctuation
    37, // the quotation around it
    8,  // how often the word begins a cue
    12, // shape
    45, // the linear tagger's tag and how sure it was
    9,  // the tag that came second
    16, // what stands around the paragraph
    11, // the name that it is in
];

/// Offsets of the first convolution.
pub const NEAR: [isize; 5] = [-2, -1, 0, 1, 2];
/// Offsets at which each scan's states are read.
pub const READ: [isize; 3] = [-1, 0, 1];
/// Where the first convolution's blocks of H × H weights begin; before them, the input's.
pub const AT_NEAR: usize = IN / H;
/// Where a scan's blocks begin: what comes in, how much stays, how its states are read.
pub const fn at_scan(scan: usize) -> usize {
    AT_NEAR + NEAR.len() + scan * (2 + READ.len())
}
/// Blocks of H × H weights of a network of so many scans, one upon the other. The last is the
/// output's; of its columns only [`super::super::tagger::TAGS`] are used.
pub const fn blocks(scans: usize) -> usize {
    at_scan(scans) + 1
}

/// Steps between two tags, `from * TAGS + to`, that the network scores by a number each.
pub const STEPS: usize = super::super::tagger::TAGS * super::super::tagger::TAGS;

/// The biases of a scan, three rows each; before them, the spelling's and the first convolution's. The
/// output's follow the last scan's.
pub const fn bias_scan(scan: usize) -> usize {
    2 + 3 * scan
}

/// One in an activation.
pub const ONE: i32 = 256;
/// The greatest activation: just below 16.
pub const MOST: i32 = 4095;
/// The greatest number that comes into a scan's state: just below 4.
pub const STATE_MOST: i32 = 1023;
/// One in a state is `ONE << STATE_BITS`.
pub const STATE_BITS: u32 = 6;
/// One in a weight.
pub const WEIGHT_ONE: i32 = 512;
/// The greatest weight.
pub const WEIGHT_MOST: i32 = 2000;
/// One in a vector's number (a signed byte).
pub const VECTOR_ONE: i32 = 32;
/// One in a table's value (a signed byte).
pub const TABLE_ONE: i32 = 128;
