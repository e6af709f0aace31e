//! What stands around a token beyond its window: the nearest cues.

use super::words::{INSIDE, Word};

/// Nearest likely cues of a token, by strength.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Near {
    pub word: u32,
    pub distance: u8,
    pub strength: u8,
    pub comma: bool,
}

/// Steps of distance, in tokens.
pub(super) fn bucket(n: usize) -> u8 {
    match n {
        0..=3 => n as u8,
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=22 => 7,
        _ => 8,
    }
}

/// For each token the nearest likely cue on either side within its sentence.
pub(super) fn sweep(
    words: &[Word],
    left: &mut [Near],
    right: &mut [Near],
    strength: impl Fn(&Word) -> Option<u8>,
) {
    let starts = |w: &Word| w.first && w.quote != INSIDE;
    let mut seen = Seen::default();
    for (i, w) in words.iter().enumerate() {
        if starts(w) {
            seen.cue = None;
        }
        seen.tell(i, &mut left[i]);
        seen.pass(i, w, strength(w));
    }
    seen = Seen::default();
    for (i, w) in words.iter().enumerate().rev() {
        seen.tell(i, &mut right[i]);
        seen.pass(i, w, strength(w));
        if starts(w) {
            seen.cue = None;
        }
    }
}

/// What a sweep has gone over, in either direction.
#[derive(Default)]
struct Seen {
    /// The last likely cue: its token, word and strength.
    cue: Option<(usize, u32, u8)>,
    /// A mark stood since.
    comma: bool,
}

impl Seen {
    /// Tells token `i` of the cue.
    fn tell(&self, i: usize, near: &mut Near) {
        if let Some((at, word, strength)) = self.cue {
            *near =
                Near { word, distance: 1 + bucket(at.abs_diff(i)), strength, comma: self.comma };
        }
    }

    fn pass(&mut self, i: usize, w: &Word, strength: Option<u8>) {
        if let Some(strength) = strength {
            self.cue = Some((i, w.low, strength));
            self.comma = false;
        } else if w.punct {
            self.comma = true;
        }
    }
}
