//! Products of activations and a block of weights: eight at a time where the machine can.
//!
//! Sums of integers wrap, so every order gives the same: AVX2, SSE2, wasm and the plain loop agree.

#![allow(
    clippy::needless_range_loop,
    reason = "loops over arrays of one length become vector instructions"
)]

use super::scale::{Activations, HIDDEN, Sums};

/// Weights from all units of a layer to all of the next.
#[derive(Debug, Clone)]
pub(super) struct DenseBlock {
    /// By pair of inputs and four outputs: for each output the two weights.
    rows: Box<[[lanes::Lanes; HIDDEN / 4]; HIDDEN / 2]>,
}

impl DenseBlock {
    /// `weights`: input-major, `HIDDEN` × `HIDDEN`.
    pub(super) fn new(weights: &[i16]) -> DenseBlock {
        let at = |input: usize, output: usize| weights.get(input * HIDDEN + output).copied();
        let weight = |pair: usize, four: usize, k: usize| {
            at(2 * pair + k % 2, 4 * four + k / 2).unwrap_or(0)
        };
        let mut rows = Box::new([[lanes::load_lanes([0; 8]); HIDDEN / 4]; HIDDEN / 2]);
        for (pair, row) in rows.iter_mut().enumerate() {
            for (four, eight) in row.iter_mut().enumerate() {
                *eight = lanes::load_lanes(std::array::from_fn(|k| weight(pair, four, k)));
            }
        }
        DenseBlock { rows }
    }

    /// `sums += x · weights`
    pub(super) fn add_product(&self, x: &Activations, sums: &mut Sums) {
        #[cfg(target_arch = "x86_64")]
        #[allow(
            unsafe_code,
            reason = "AVX2 was found the line before, and SSE2 is in every x86-64"
        )]
        if std::arch::is_x86_feature_detected!("avx2") {
            unsafe { avx2::add_product(&self.rows, x, sums) }
        } else {
            unsafe { lanes::add_product(&self.rows, x, sums) }
        }
        #[cfg(not(target_arch = "x86_64"))]
        lanes::add_product(&self.rows, x, sums);
    }
}

/// Two small numbers as one, the first in its lower half.
#[inline(always)]
fn pack_pair(a: i16, b: i16) -> i32 {
    (i32::from(b) << 16) | (i32::from(a) & 0xffff)
}

/// Adds four sums.
#[inline(always)]
fn add_four(sums: &mut Sums, at: usize, more: [i32; 4]) {
    for k in 0..4 {
        sums[at + k] = sums[at + k].wrapping_add(more[k]);
    }
}

/// `add_product`, where [`lanes`] says how eight small numbers are multiplied and four sums added.
macro_rules! define_add_product {
    ($($feature:literal)?) => {
        $(#[target_feature(enable = $feature)])?
        pub(super) fn add_product(rows: &[[Lanes; HIDDEN / 4]; HIDDEN / 2], x: &Activations, sums: &mut Sums) {
            // So many sums as stay in registers.
            const SUMS_AT_ONCE: usize = 8;
            for from in (0..HIDDEN / 4).step_by(SUMS_AT_ONCE) {
                let mut acc = [zero(); SUMS_AT_ONCE];
                for (k, row) in rows.iter().enumerate() {
                    let pair = pack_pair(x[2 * k], x[2 * k + 1]);
                    // Much is nothing after a layer's floor.
                    if pair == 0 {
                        continue;
                    }
                    let pair = splat(pair);
                    for k in 0..SUMS_AT_ONCE {
                        acc[k] = add_lanes(acc[k], dot_pairs(pair, row[from + k]));
                    }
                }
                for k in 0..SUMS_AT_ONCE {
                    add_four(sums, 4 * (from + k), to_array(acc[k]));
                }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
mod lanes {
    use super::{Activations, HIDDEN, Sums, add_four, pack_pair};
    use std::arch::x86_64::*;

    pub(super) type Lanes = __m128i;

    pub(super) fn load_lanes(w: [i16; 8]) -> Lanes {
        #[allow(unsafe_code, reason = "SSE2 is in every x86-64")]
        unsafe {
            _mm_setr_epi16(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7])
        }
    }

    use std::arch::x86_64::{
        _mm_add_epi32 as add_lanes, _mm_madd_epi16 as dot_pairs, _mm_set1_epi32 as splat,
        _mm_setzero_si128 as zero,
    };

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn to_array(a: __m128i) -> [i32; 4] {
        let (low, high) = (_mm_cvtsi128_si64(a), _mm_cvtsi128_si64(_mm_unpackhi_epi64(a, a)));
        [low as i32, (low >> 32) as i32, high as i32, (high >> 32) as i32]
    }

    define_add_product!("sse2");
}

/// Twice as many at a time.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::lanes::{Lanes, to_array};
    use super::{Activations, HIDDEN, Sums, add_four, pack_pair};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(super) fn add_product(
        rows: &[[Lanes; HIDDEN / 4]; HIDDEN / 2],
        x: &Activations,
        sums: &mut Sums,
    ) {
        let mut acc = [_mm256_setzero_si256(); HIDDEN / 8];
        for (k, row) in rows.iter().enumerate() {
            let pair = pack_pair(x[2 * k], x[2 * k + 1]);
            if pair == 0 {
                continue;
            }
            let pair = _mm256_set1_epi32(pair);
            for k in 0..HIDDEN / 8 {
                let weights = _mm256_set_m128i(row[2 * k + 1], row[2 * k]);
                acc[k] = _mm256_add_epi32(acc[k], _mm256_madd_epi16(pair, weights));
            }
        }
        for k in 0..HIDDEN / 8 {
            add_four(sums, 8 * k, to_array(_mm256_castsi256_si128(acc[k])));
            add_four(sums, 8 * k + 4, to_array(_mm256_extracti128_si256::<1>(acc[k])));
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use super::{Activations, HIDDEN, Sums, add_four, pack_pair};
    use std::arch::wasm32::*;
    use std::arch::wasm32::{
        i32x4_add as add_lanes, i32x4_dot_i16x8 as dot_pairs, i32x4_splat as splat,
    };

    pub(super) type Lanes = v128;

    pub(super) fn load_lanes(w: [i16; 8]) -> Lanes {
        i16x8(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7])
    }

    fn zero() -> v128 {
        i32x4_splat(0)
    }

    fn to_array(a: v128) -> [i32; 4] {
        [
            i32x4_extract_lane::<0>(a),
            i32x4_extract_lane::<1>(a),
            i32x4_extract_lane::<2>(a),
            i32x4_extract_lane::<3>(a),
        ]
    }

    define_add_product!();
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
mod lanes {
    use super::{Activations, HIDDEN, Sums, add_four, pack_pair};

    pub(super) type Lanes = [i16; 8];

    pub(super) fn load_lanes(w: [i16; 8]) -> Lanes {
        w
    }

    fn zero() -> [i32; 4] {
        [0; 4]
    }

    fn splat(pair: i32) -> Lanes {
        let (a, b) = (pair as i16, (pair >> 16) as i16);
        [a, b, a, b, a, b, a, b]
    }

    fn dot_pairs(a: Lanes, b: Lanes) -> [i32; 4] {
        let one = |k: usize| i32::from(a[k]) * i32::from(b[k]);
        std::array::from_fn(|k| one(2 * k).wrapping_add(one(2 * k + 1)))
    }

    fn add_lanes(a: [i32; 4], b: [i32; 4]) -> [i32; 4] {
        std::array::from_fn(|k| a[k].wrapping_add(b[k]))
    }

    fn to_array(a: [i32; 4]) -> [i32; 4] {
        a
    }

    define_add_product!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_give_what_a_plain_sum_gives() {
        let number = |i: usize| ((i * 7919) % 4001) as i16 - 2000;
        let weights: Vec<i16> = (0..HIDDEN * HIDDEN).map(number).collect();
        let block = DenseBlock::new(&weights);
        let mut x: Activations = std::array::from_fn(|k| number(k * 31) * 2);
        (x[4], x[5], x[8]) = (0, 0, 0);
        let mut sums: Sums = std::array::from_fn(|o| o as i32 - 9);
        let plain: Sums = std::array::from_fn(|o| {
            let products =
                (0..HIDDEN).map(|k| i32::from(x[k]) * i32::from(weights[k * HIDDEN + o]));
            products.fold(sums[o], i32::wrapping_add)
        });
        block.add_product(&x, &mut sums);
        assert_eq!(sums, plain);
    }
}
