//! What stands around a token beyond its window: the nearest cues, and the segments that the first
//! pass found.

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
            *near = Near {
                word,
                distance: 1 + bucket(at.abs_diff(i)),
                strength,
                comma: self.comma,
            };
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

/// For each token the segment of the first pass that began last and the one that begins next:
/// tag + 16 × steps of distance.
pub(super) fn neighbours(words: &[Word]) -> (Vec<u32>, Vec<u32>) {
    let at = |i: usize, from: Option<usize>| {
        from.map_or(0, |k| {
            u32::from(words[k].tag) + 16 * u32::from(bucket(k.abs_diff(i)))
        })
    };
    let begins = |i: usize| words[i].tag % 2 == 1;
    let mut last = None;
    let mut began = vec![0; words.len()];
    for (i, cell) in began.iter_mut().enumerate() {
        if begins(i) {
            last = Some(i);
        }
        *cell = at(i, last);
    }
    last = None;
    let mut next = vec![0; words.len()];
    for (i, cell) in next.iter_mut().enumerate().rev() {
        *cell = at(i, last);
        if begins(i) {
            last = Some(i);
        }
    }
    (began, next)
}

/// The order of the first pass's segments in a token's sentence, with the token's place in it.
pub(super) fn patterns(words: &[Word]) -> Vec<u32> {
    let mut out = vec![0; words.len()];
    let mut start = 0;
    for end in 1..=words.len() {
        let ends = words.get(end).is_none_or(|w| w.first && w.quote != INSIDE);
        if !ends {
            continue;
        }
        let sentence = &words[start..end];
        let mut whole = 7u32;
        let mut segments = 0;
        for w in sentence {
            // Only the tags that begin a segment.
            if w.tag % 2 == 1 {
                segments += 1;
                if segments <= 7 {
                    whole = whole.wrapping_mul(31).wrapping_add(u32::from(w.tag));
                }
            }
        }
        let mut seen = 0u32;
        for (k, w) in sentence.iter().enumerate() {
            if w.tag % 2 == 1 {
                seen += 1;
            }
            out[start + k] = whole.wrapping_mul(16).wrapping_add(seen.min(8));
        }
        start = end;
    }
    out
}
