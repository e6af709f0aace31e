//! Products of activations and a block of weights: eight at a time where the machine can.
//!
//! Sums of whole numbers wrap, so every order gives the same: x86-64, wasm and the plain loop agree.

#![allow(
    clippy::needless_range_loop,
    reason = "loops over arrays of one length become vector instructions"
)]

use super::form::H;

/// One activation of a layer, [`super::form::ONE`] meaning 1.
pub(super) type Vector = [i16; H];
/// Sums of a layer, `ONE * WEIGHT_ONE` meaning 1.
pub(super) type Sums = [i32; H];

/// Weights from H inputs to H outputs.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// By pair of inputs and four outputs: for each output the two weights.
    rows: Box<[[lanes::Eight; H / 4]; H / 2]>,
}

impl Block {
    /// `weights`: input-major, H × H.
    pub(super) fn new(weights: &[i16]) -> Block {
        let at = |input: usize, output: usize| weights.get(input * H + output).copied();
        let weight = |pair: usize, four: usize, k: usize| {
            at(2 * pair + k % 2, 4 * four + k / 2).unwrap_or(0)
        };
        let mut rows = Box::new([[lanes::eight([0; 8]); H / 4]; H / 2]);
        for (pair, row) in rows.iter_mut().enumerate() {
            for (four, eight) in row.iter_mut().enumerate() {
                *eight = lanes::eight(std::array::from_fn(|k| weight(pair, four, k)));
            }
        }
        Block { rows }
    }

    /// `sums += x · weights`
    pub(super) fn add(&self, x: &Vector, sums: &mut Sums) {
        #[cfg(target_arch = "x86_64")]
        #[allow(
            unsafe_code,
            reason = "AVX2 was found the line before, and SSE2 is in every x86-64"
        )]
        if std::arch::is_x86_feature_detected!("avx2") {
            unsafe { avx2::add(&self.rows, x, sums) }
        } else {
            unsafe { lanes::add(&self.rows, x, sums) }
        }
        #[cfg(not(target_arch = "x86_64"))]
        lanes::add(&self.rows, x, sums);
    }
}

/// Two small numbers as one, the first in its lower half.
#[inline(always)]
fn together(a: i16, b: i16) -> i32 {
    (i32::from(b) << 16) | (i32::from(a) & 0xffff)
}

/// Adds four sums.
#[inline(always)]
fn gather(sums: &mut Sums, at: usize, more: [i32; 4]) {
    for k in 0..4 {
        sums[at + k] = sums[at + k].wrapping_add(more[k]);
    }
}

/// `add`, where [`lanes`] says how eight small numbers are multiplied and four sums added.
macro_rules! four_at_a_time {
    ($($feature:literal)?) => {
        $(#[target_feature(enable = $feature)])?
        pub(super) fn add(rows: &[[Eight; H / 4]; H / 2], x: &Vector, sums: &mut Sums) {
            // So many sums as stay in registers.
            const AT_ONCE: usize = 8;
            for from in (0..H / 4).step_by(AT_ONCE) {
                let mut acc = [zero(); AT_ONCE];
                for (k, row) in rows.iter().enumerate() {
                    let pair = together(x[2 * k], x[2 * k + 1]);
                    // Much is nothing after a layer's floor.
                    if pair == 0 {
                        continue;
                    }
                    let pair = twice(pair);
                    for k in 0..AT_ONCE {
                        acc[k] = plus(acc[k], products(pair, row[from + k]));
                    }
                }
                for k in 0..AT_ONCE {
                    gather(sums, 4 * (from + k), numbers(acc[k]));
                }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
mod lanes {
    use super::{H, Sums, Vector, gather, together};
    use std::arch::x86_64::*;

    pub(super) type Eight = __m128i;

    pub(super) fn eight(w: [i16; 8]) -> Eight {
        #[allow(unsafe_code, reason = "SSE2 is in every x86-64")]
        unsafe {
            _mm_setr_epi16(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7])
        }
    }

    use std::arch::x86_64::{
        _mm_add_epi32 as plus, _mm_madd_epi16 as products, _mm_set1_epi32 as twice,
        _mm_setzero_si128 as zero,
    };

    #[inline]
    #[target_feature(enable = "sse2")]
    pub(super) fn numbers(a: __m128i) -> [i32; 4] {
        let (low, high) = (_mm_cvtsi128_si64(a), _mm_cvtsi128_si64(_mm_unpackhi_epi64(a, a)));
        [low as i32, (low >> 32) as i32, high as i32, (high >> 32) as i32]
    }

    four_at_a_time!("sse2");
}

/// Twice as many at a time.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::lanes::{Eight, numbers};
    use super::{H, Sums, Vector, gather, together};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(super) fn add(rows: &[[Eight; H / 4]; H / 2], x: &Vector, sums: &mut Sums) {
        let mut acc = [_mm256_setzero_si256(); H / 8];
        for (k, row) in rows.iter().enumerate() {
            let pair = together(x[2 * k], x[2 * k + 1]);
            if pair == 0 {
                continue;
            }
            let pair = _mm256_set1_epi32(pair);
            for k in 0..H / 8 {
                let weights = _mm256_set_m128i(row[2 * k + 1], row[2 * k]);
                acc[k] = _mm256_add_epi32(acc[k], _mm256_madd_epi16(pair, weights));
            }
        }
        for k in 0..H / 8 {
            gather(sums, 8 * k, numbers(_mm256_castsi256_si128(acc[k])));
            gather(sums, 8 * k + 4, numbers(_mm256_extracti128_si256::<1>(acc[k])));
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use super::{H, Sums, Vector, gather, together};
    use std::arch::wasm32::*;
    use std::arch::wasm32::{i32x4_add as plus, i32x4_dot_i16x8 as products, i32x4_splat as twice};

    pub(super) type Eight = v128;

    pub(super) fn eight(w: [i16; 8]) -> Eight {
        i16x8(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7])
    }

    fn zero() -> v128 {
        i32x4_splat(0)
    }

    fn numbers(a: v128) -> [i32; 4] {
        [
            i32x4_extract_lane::<0>(a),
            i32x4_extract_lane::<1>(a),
            i32x4_extract_lane::<2>(a),
            i32x4_extract_lane::<3>(a),
        ]
    }

    four_at_a_time!();
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
mod lanes {
    use super::{H, Sums, Vector, gather, together};

    pub(super) type Eight = [i16; 8];

    pub(super) fn eight(w: [i16; 8]) -> Eight {
        w
    }

    fn zero() -> [i32; 4] {
        [0; 4]
    }

    fn twice(pair: i32) -> Eight {
        let (a, b) = (pair as i16, (pair >> 16) as i16);
        [a, b, a, b, a, b, a, b]
    }

    fn products(a: Eight, b: Eight) -> [i32; 4] {
        let one = |k: usize| i32::from(a[k]) * i32::from(b[k]);
        std::array::from_fn(|k| one(2 * k).wrapping_add(one(2 * k + 1)))
    }

    fn plus(a: [i32; 4], b: [i32; 4]) -> [i32; 4] {
        std::array::from_fn(|k| a[k].wrapping_add(b[k]))
    }

    fn numbers(a: [i32; 4]) -> [i32; 4] {
        a
    }

    four_at_a_time!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_give_what_a_plain_sum_gives() {
        let number = |i: usize| ((i * 7919) % 4001) as i16 - 2000;
        let weights: Vec<i16> = (0..H * H).map(number).collect();
        let block = Block::new(&weights);
        let mut x: Vector = std::array::from_fn(|k| number(k * 31) * 2);
        (x[4], x[5], x[8]) = (0, 0, 0);
        let mut sums: Sums = std::array::from_fn(|o| o as i32 - 9);
        let plain: Sums = std::array::from_fn(|o| {
            let products = (0..H).map(|k| i32::from(x[k]) * i32::from(weights[k * H + o]));
            products.fold(sums[o], i32::wrapping_add)
        });
        block.add(&x, &mut sums);
        assert_eq!(sums, plain);
    }
}
