//! Seeded random numbers, the same on every machine.
//!
//! Each learner keeps its own generator: another stream of numbers makes another model, and the
//! shipped ones can be made again to the byte.

/// A source of random numbers.
pub(crate) trait RandomSource {
    /// The next 64 bits.
    fn next_bits(&mut self) -> u64;

    /// A number in 0..1.
    fn next_unit(&mut self) -> f32 {
        (self.next_bits() >> 40) as f32 / (1 << 24) as f32
    }
}

/// SplitMix64 (Steele et al. 2014), for the entity model.
pub(crate) struct SplitMix(u64);

impl SplitMix {
    pub(crate) fn new(seed: u64) -> SplitMix {
        SplitMix(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next_bits() % n.max(1)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u64 + 1) as usize;
            items.swap(i, j);
        }
    }
}

impl RandomSource for SplitMix {
    fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// xorshift64 (Marsaglia 2003), for the linear taggers and the ranker of quotes.
pub(crate) struct XorShift(u64);

impl XorShift {
    /// `seed` is the first state, not 0.
    pub(crate) fn new(seed: u64) -> XorShift {
        XorShift(seed)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next_bits() % (i as u64 + 1)) as usize);
        }
    }
}

impl RandomSource for XorShift {
    fn next_bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// xorshift64* (Vigna 2016), for the networks of quotes.
pub(crate) struct XorShiftStar(u64);

impl XorShiftStar {
    pub(crate) fn new(seed: u64) -> XorShiftStar {
        XorShiftStar(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next_bits() >> 16) as usize % (i + 1));
        }
    }
}

impl RandomSource for XorShiftStar {
    fn next_bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The streams that made the shipped models.
    #[test]
    fn streams_stay_the_same() {
        assert_eq!(SplitMix::new(1).next_bits(), 0x1dfd_cec4_ec04_f63f);
        assert_eq!(XorShift::new(0x2545_f491_4f6c_dd1d).next_bits(), 0x7f6c_280b_eaa8_e3e7);
        assert_eq!(XorShiftStar::new(1).next_bits(), 0x0d83_b3e2_9a21_487a);
    }
}
