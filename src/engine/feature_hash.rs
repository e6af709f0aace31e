//! The hash of a feature of a linear model: its template and up to three values.
//!
//! Owns how these are mixed. Models are trained with it, so it never changes. Must not know what a feature says,
//! or how many of the upper bits a model keeps.

/// The mixed bits; the upper 24 are the best of them.
pub(crate) fn mix_feature(template: u32, a: u32, b: u32, c: u32) -> u64 {
    let mut h = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(a);
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 32;
    h = (h ^ u64::from(b)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^= h >> 29;
    (h ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
