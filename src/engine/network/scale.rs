//! The numbers that layers pass on, and what one means in each kind of them.

/// Width of all layers.
pub const HIDDEN: usize = 64;

/// One in an activation.
pub const ONE: i32 = 256;
/// The greatest activation: just below 16.
pub const ACTIVATION_MAX: i32 = 4095;
/// One in a weight.
pub const WEIGHT_ONE: i32 = 512;
/// The greatest weight: 256 inputs × [`ACTIVATION_MAX`] × this stays below 2³¹, with room for a bias.
pub const WEIGHT_MAX: i32 = 2000;
/// One in a number of an embedding table (a signed byte).
pub const TABLE_ONE: i32 = 128;
/// One in a number of a word vector (a signed byte).
pub const VECTOR_ONE: i32 = 32;

/// What a layer gives: [`ONE`] means 1.
pub type Activations = [i16; HIDDEN];
/// A layer's weighted sums before its activation function: `ONE * WEIGHT_ONE` means 1.
pub type Sums = [i32; HIDDEN];

/// The layers' activation function: ReLU, cut off at [`ACTIVATION_MAX`].
pub(super) fn rectify(sums: &Sums) -> Activations {
    let mut out = [0; HIDDEN];
    for (slot, &sum) in out.iter_mut().zip(sums) {
        *slot = (sum / WEIGHT_ONE).clamp(0, ACTIVATION_MAX) as i16;
    }
    out
}

/// A residual connection: what came in plus what the layer makes of it.
pub(super) fn add_residual(input: &Activations, sums: &Sums) -> Activations {
    let mut out = rectify(sums);
    for (slot, &x) in out.iter_mut().zip(input) {
        *slot = (*slot + x).min(ACTIVATION_MAX as i16);
    }
    out
}

/// `a += b`
pub(super) fn add_sums(a: &mut Sums, b: &Sums) {
    for (a, &b) in a.iter_mut().zip(b) {
        *a = a.wrapping_add(b);
    }
}
