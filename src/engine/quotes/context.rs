//! What stands around a token beyond its window: the nearest cues.

use super::words::{INSIDE, Word};

/// Nearest likely cues of a token, by strength.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NearestCue {
    pub word: u32,
    pub distance: u8,
    pub strength: u8,
    pub comma: bool,
}

/// A distance in tokens, in nine steps.
pub(super) fn bucket_distance(n: usize) -> u8 {
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
pub(super) fn find_nearest_cues(
    words: &[Word],
    left: &mut [NearestCue],
    right: &mut [NearestCue],
    strength: impl Fn(&Word) -> Option<u8>,
) {
    let starts = |w: &Word| w.first && w.quote != INSIDE;
    let mut sweep = CueSweep::default();
    for (i, w) in words.iter().enumerate() {
        if starts(w) {
            sweep.cue = None;
        }
        sweep.write_nearest(i, &mut left[i]);
        sweep.pass_word(i, w, strength(w));
    }
    sweep = CueSweep::default();
    for (i, w) in words.iter().enumerate().rev() {
        sweep.write_nearest(i, &mut right[i]);
        sweep.pass_word(i, w, strength(w));
        if starts(w) {
            sweep.cue = None;
        }
    }
}

/// The state of a sweep over a paragraph, in either direction.
#[derive(Default)]
struct CueSweep {
    /// The last likely cue: its token, word and strength.
    cue: Option<(usize, u32, u8)>,
    /// Punctuation stood since.
    comma: bool,
}

impl CueSweep {
    /// Writes the last cue as the nearest of token `i`.
    fn write_nearest(&self, i: usize, near: &mut NearestCue) {
        if let Some((at, word, strength)) = self.cue {
            *near = NearestCue {
                word,
                distance: 1 + bucket_distance(at.abs_diff(i)),
                strength,
                comma: self.comma,
            };
        }
    }

    fn pass_word(&mut self, i: usize, w: &Word, strength: Option<u8>) {
        if let Some(strength) = strength {
            self.cue = Some((i, w.low, strength));
            self.comma = false;
        } else if w.punct {
            self.comma = true;
        }
    }
}
