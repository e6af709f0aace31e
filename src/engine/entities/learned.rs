//! Weights that were learned from a reader's corrections, added to the tagger's own scores.
//!
//! Owns their form and how they are packed. Must not know how they are learned (that is `learning`).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::features::{BITS, FEATURES};
use super::sequence::Row;
use super::tags::{TAGS, Tag};
use crate::lexicon::{Reader, write_varint};

/// Learned weights are whole numbers of this part of one nat. Scores are in 32nds: the sum of a
/// token's weights is rounded to these, not each weight, as a lesson changes each of some sixty by
/// less than one.
pub const LEARNED_SCALE: i32 = 512;
/// Whole learned weights to one unit of a score.
const TO_SCORES: i32 = LEARNED_SCALE / super::weights::SCALE;
/// The greatest weight: 32 nats decide over any score.
const MAX_WEIGHT: i32 = 32 * LEARNED_SCALE;
/// Features that a packed set may hold.
const MAX_FEATURES: u32 = 4_000_000;

/// What one feature adds to the tags that it was learned for.
type LearnedRow = Box<[(Tag, i32)]>;

/// Weights by feature. Cheap to copy; none: nothing was learned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LearnedWeights(Arc<FxHashMap<u32, LearnedRow>>);

/// The sums of a token's features for each tag.
pub(crate) fn sum_by_tag<'w>(features: &[u32], row_of: impl Fn(u32) -> &'w [(Tag, i32)]) -> Row {
    let mut sums = [0; TAGS];
    for &(tag, weight) in features.iter().flat_map(|&feature| row_of(feature)) {
        sums[usize::from(tag) % TAGS] += weight;
    }
    sums
}

impl LearnedWeights {
    /// Of rows whose weights are in [`LEARNED_SCALE`]; zeros are left out.
    pub fn new(rows: impl IntoIterator<Item = (u32, Vec<(Tag, i32)>)>) -> LearnedWeights {
        let kept = |entries: Vec<(Tag, i32)>| -> LearnedRow {
            let limit = |(tag, weight): (Tag, i32)| (tag, weight.clamp(-MAX_WEIGHT, MAX_WEIGHT));
            let mut row: Vec<_> = entries.into_iter().map(limit).filter(|e| e.1 != 0).collect();
            row.sort_by_key(|e| e.0);
            row.into()
        };
        let rows = rows.into_iter().map(|(feature, entries)| (feature, kept(entries)));
        LearnedWeights(Arc::new(rows.filter(|(_, entries)| !entries.is_empty()).collect()))
    }

    /// True when nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of features.
    pub fn features(&self) -> usize {
        self.0.len()
    }

    /// Half of every weight, rounded towards zero.
    #[must_use]
    pub fn halved(&self) -> LearnedWeights {
        let half = |entries: &[(Tag, i32)]| entries.iter().map(|&(t, w)| (t, w / 2)).collect();
        LearnedWeights::new(self.0.iter().map(|(&feature, entries)| (feature, half(entries))))
    }

    /// Adds the sums of a token's features to its scores.
    pub fn add(&self, features: &[u32], row: &mut Row) {
        let sums = sum_by_tag(features, |feature| self.0.get(&feature).map_or(&[], |row| row));
        for (score, sum) in row.iter_mut().zip(sums) {
            *score += (sum + TO_SCORES / 2).div_euclid(TO_SCORES);
        }
    }

    /// The rows, features rising.
    pub fn rows(&self) -> Vec<(u32, &[(Tag, i32)])> {
        let mut rows: Vec<_> = self.0.iter().map(|(&f, entries)| (f, &**entries)).collect();
        rows.sort_by_key(|row| row.0);
        rows
    }

    /// As bytes: what the features are, their number, then of each its distance from the one before,
    /// its entries' number, tags and weights.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = FEATURES.to_le_bytes().to_vec();
        let rows = self.rows();
        write_varint(&mut out, rows.len() as u32);
        let mut before = 0;
        for (feature, entries) in rows {
            write_varint(&mut out, feature - before);
            before = feature;
            write_varint(&mut out, entries.len() as u32);
            for &(tag, weight) in entries {
                out.push(tag);
                write_varint(&mut out, (weight << 1 ^ weight >> 31) as u32);
            }
        }
        out
    }

    /// Reads what [`LearnedWeights::pack`] wrote; `None` for anything else, and for weights over
    /// other features than this program's.
    pub fn unpack(bytes: &[u8]) -> Option<LearnedWeights> {
        let mut reader = Reader::new(bytes);
        if reader.take(8)? != FEATURES.to_le_bytes() {
            return None;
        }
        let count = reader.varint().filter(|&n| n <= MAX_FEATURES)?;
        let mut rows = Vec::new();
        let mut feature = 0u32;
        for _ in 0..count {
            feature = feature.checked_add(reader.varint()?).filter(|&f| f >> BITS == 0)?;
            let entries = reader.varint().filter(|&n| n as usize <= TAGS)?;
            let mut row = Vec::with_capacity(entries as usize);
            for _ in 0..entries {
                let tag = reader.take(1)?[0];
                let zigzag = reader.varint()?;
                let weight = (zigzag >> 1) as i32 ^ -((zigzag & 1) as i32);
                if usize::from(tag) >= TAGS || weight.unsigned_abs() > MAX_WEIGHT as u32 {
                    return None;
                }
                row.push((tag, weight));
            }
            rows.push((feature, row));
        }
        reader.is_empty().then(|| LearnedWeights::new(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_packing_and_are_added() {
        let rows = vec![(3, vec![(0, -700), (31, 8)]), (1 << 20, vec![(4, 1)]), (9, vec![(1, 0)])];
        let learned = LearnedWeights::new(rows);
        assert_eq!(learned.features(), 2);
        let bytes = learned.pack();
        assert_eq!(LearnedWeights::unpack(&bytes), Some(learned.clone()));
        for cut in 0..bytes.len() {
            assert_eq!(LearnedWeights::unpack(&bytes[..cut]), None);
        }
        let mut row = [10; TAGS];
        learned.add(&[3, 3, 77, 9], &mut row);
        assert_eq!((row[0], row[31], row[1]), (10 - 87, 11, 10));
        let mut half = [0; TAGS];
        learned.halved().add(&[3], &mut half);
        assert_eq!((half[0], half[31]), (-22, 0));
        assert_eq!(
            LearnedWeights::unpack(&LearnedWeights::default().pack()),
            Some(LearnedWeights::default())
        );
    }
}
