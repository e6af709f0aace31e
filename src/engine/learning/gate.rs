//! Whether what was learned is used, and how much of it.

/// How much of what was learned counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Share {
    /// Nothing: it would not have saved corrections.
    #[default]
    Off,
    /// Half of it.
    Half,
    /// All of it.
    Full,
}

/// What a share would have saved so far: whole numbers of 1/1024 of a correction, and of its square.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    saved: i64,
    squares: i64,
}

/// Counts, article by article, what each share would have saved; older articles fade.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gate {
    half: Tally,
    full: Tally,
}

/// One correction in a tally.
const ONE: i64 = 1024;
/// What is left of a tally after each article, in hundredths.
const FADE: i64 = 95;
/// A share is used when what it saved is above so many hundredths of the root of its squares: a
/// gain that chance would bring is none.
const LEAST_GAIN: i128 = 70;
/// More corrections than one article has.
const MOST: i64 = 1 << 20;

impl Tally {
    fn count(&mut self, saved: i64) {
        let saved = saved.clamp(-MOST, MOST);
        self.saved = self.saved * FADE / 100 + saved * ONE;
        self.squares = self.squares * FADE / 100 + saved * saved * ONE;
    }

    fn is_gain(self) -> bool {
        // saved > 0.7·√squares without a root: both sides squared, in 1/1024².
        let saved = i128::from(self.saved);
        saved > 0
            && saved * saved * 10_000
                > LEAST_GAIN * LEAST_GAIN * i128::from(self.squares) * i128::from(ONE)
    }
}

impl Gate {
    /// Counts an article that needed `without` corrections by the program alone, and with half and
    /// with all that had been learned before it.
    pub fn count(&mut self, without: u32, half: u32, full: u32) {
        self.half.count(i64::from(without) - i64::from(half));
        self.full.count(i64::from(without) - i64::from(full));
    }

    /// The share that has saved the most, if any is sure to have saved something.
    pub fn share(&self) -> Share {
        match (self.half.is_gain(), self.full.is_gain()) {
            (_, true) if !self.half.is_gain() || self.full.saved > self.half.saved => Share::Full,
            (true, _) => Share::Half,
            _ => Share::Off,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_saves_corrections_is_used_and_what_costs_them_is_not() {
        for (articles, want) in [
            (&[][..], Share::Off),
            (&[(10, 8, 5)], Share::Full),
            (&[(10, 8, 8)], Share::Half),
            (&[(10, 10, 10)], Share::Off),
            (&[(10, 11, 12)], Share::Off),
            (&[(10, 9, 9), (10, 10, 12)], Share::Half),
            // As often better as worse is chance.
            (&[(10, 9, 9), (10, 11, 11), (10, 9, 9), (10, 11, 11)], Share::Off),
            (&[(10, 9, 8), (10, 9, 8), (10, 11, 11), (10, 9, 8)], Share::Full),
        ] {
            let mut gate = Gate::default();
            for &(without, half, full) in articles {
                gate.count(without, half, full);
            }
            assert_eq!(gate.share(), want, "{articles:?}");
        }
    }

    #[test]
    fn old_articles_fade() {
        let mut gate = Gate::default();
        (0..10).for_each(|_| gate.count(10, 8, 6));
        assert_eq!(gate.share(), Share::Full);
        (0..10).for_each(|_| gate.count(10, 12, 14));
        assert_eq!(gate.share(), Share::Off);
    }
}
