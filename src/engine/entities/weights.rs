//! Integer weights of hashed features: sparse rows over the tags.
//!
//! Kept nearly as they lie in the file, so that opening costs three plain copies: features are
//! sorted and divided by their upper bits; a row is one number of two bytes, and so is a weight.

use super::features::BITS;
use super::sequence::Row;
use super::tags::TAGS;
use crate::lexicon::Reader;

/// Weights are learned as reals and kept as whole numbers of this part.
pub const SCALE: i32 = 32;

/// Bits of a feature that stand in its row; the others choose its division.
const LOW_BITS: u32 = 10;
/// Bits of a row for its length, and of an entry for its tag.
const LENGTH_BITS: u32 = 5;
const DIVISIONS: usize = 1 << (BITS - LOW_BITS);
/// The greatest weight: an entry has 11 bits for it.
pub const MAX_WEIGHT: i16 = 1023;
const _: () = assert!(TAGS == 1 << LENGTH_BITS && LOW_BITS + LENGTH_BITS <= 16);

/// So many features are looked up beside one another.
const BATCH: usize = 32;

/// Rows of weights by feature.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    /// Where each division's rows and entries begin; one more than divisions.
    starts: Vec<(u32, u32)>,
    /// The feature's lower bits, then its number of entries less one.
    rows: Vec<u16>,
    /// The weight, then the tag.
    entries: Vec<i16>,
}

impl Weights {
    /// Adds the weights of all `features` to `row`.
    ///
    /// What it costs is waiting for memory, so each step is taken for many features before the
    /// next: their loads do not wait for one another.
    pub fn add(&self, features: &[u32], row: &mut Row) {
        for features in features.chunks(BATCH) {
            // Where the division's rows and entries begin, and how many rows there are.
            let mut spots = [(0, 0, 0); BATCH];
            for (spot, &feature) in spots.iter_mut().zip(features) {
                let division = (feature >> LOW_BITS) as usize;
                if let Some(&[(first, entry), (end, _)]) =
                    self.starts.get(division..division + 2).and_then(|s| s.first_chunk())
                {
                    *spot = (first as usize, end as usize, entry as usize);
                }
            }
            let mut heads = [0; BATCH];
            for (head, spot) in heads.iter_mut().zip(&spots) {
                *head = self.rows.get(spot.0).copied().unwrap_or(0);
            }
            // The entries of the features that have any.
            let mut found = [(0, 0); BATCH];
            let mut n = 0;
            for ((&(first, end, entry), &head), &feature) in spots.iter().zip(&heads).zip(features)
            {
                let (mut at, mut i, mut r) = (entry, first, head);
                let low = (feature & ((1 << LOW_BITS) - 1)) as u16;
                while i < end {
                    let len = usize::from(r & ((1 << LENGTH_BITS) - 1)) + 1;
                    if r >> LENGTH_BITS == low {
                        found[n] = (at, len);
                        n += 1;
                        break;
                    }
                    at += len;
                    i += 1;
                    r = self.rows.get(i).copied().unwrap_or(0);
                }
            }
            let found = &found[..n];
            let mut firsts = [0; BATCH];
            for (first, &(at, _)) in firsts.iter_mut().zip(found) {
                *first = self.entries.get(at).copied().unwrap_or(0);
            }
            for (&first, &(at, len)) in firsts.iter().zip(found) {
                row[(first as usize) % TAGS] += i32::from(first >> LENGTH_BITS);
                for &e in self.entries.get(at + 1..at + len).unwrap_or_default() {
                    row[(e as usize) % TAGS] += i32::from(e >> LENGTH_BITS);
                }
            }
        }
    }

    /// Columns, the lower bytes of two before the upper: rows in each division, rows, entries.
    /// Features rise and are below 2^[`BITS`], rows are not empty, weights within ±[`MAX_WEIGHT`].
    pub fn pack(rows: &[(u32, Vec<(u8, i16)>)], out: &mut Vec<u8>) {
        let mut counts = vec![0u16; DIVISIONS];
        for (feature, _) in rows {
            counts[(feature >> LOW_BITS) as usize] += 1;
        }
        let heads = rows.iter().map(|(feature, entries)| {
            let low = feature & ((1 << LOW_BITS) - 1);
            (low << LENGTH_BITS | (entries.len() as u32 - 1)) as u16
        });
        let entries = rows.iter().flat_map(|r| &r.1);
        let entries = entries.map(|&(tag, w)| {
            // Zigzag, for the sake of the file's size: weights near 0 have few different bytes.
            let w = w.clamp(-MAX_WEIGHT, MAX_WEIGHT);
            let w = (w << 1 ^ w >> 15) as u16;
            w & 0xff | w >> 8 << 13 | u16::from(tag) << 8
        });
        for column in [counts, heads.collect(), entries.collect()] {
            out.extend(column.iter().map(|n| n.to_le_bytes()[0]));
            out.extend(column.iter().map(|n| n.to_le_bytes()[1]));
        }
    }

    /// Reads what [`Weights::pack`] wrote; `None` when it ends too early.
    pub fn unpack(reader: &mut Reader<'_>) -> Option<Weights> {
        let counts = read_column(reader, DIVISIONS)?;
        let total = counts.iter().map(|&c| usize::from(c)).sum();
        let rows = read_column(reader, total)?;
        let mut starts = Vec::with_capacity(DIVISIONS + 1);
        let (mut row, mut entry) = (0u32, 0u32);
        starts.push((0, 0));
        for count in counts {
            let end = row + u32::from(count);
            let own = rows.get(row as usize..end as usize)?;
            entry += own.iter().map(|r| u32::from(r & 31) + 1).sum::<u32>();
            row = end;
            starts.push((row, entry));
        }
        let entries = read_column(reader, entry as usize)?;
        Some(Weights { starts, rows, entries: entries.into_iter().map(decode_entry).collect() })
    }

    /// The rows as [`Weights::pack`] takes them.
    pub fn unpacked(&self) -> Vec<(u32, Vec<(u8, i16)>)> {
        let mut out = Vec::with_capacity(self.rows.len());
        for (division, pair) in self.starts.windows(2).enumerate() {
            let mut at = pair[0].1 as usize;
            for &r in &self.rows[pair[0].0 as usize..pair[1].0 as usize] {
                let len = usize::from(r & ((1 << LENGTH_BITS) - 1)) + 1;
                let entries = self.entries[at..at + len].iter();
                let entries = entries.map(|&e| ((e as usize % TAGS) as u8, e >> LENGTH_BITS));
                let feature = (division as u32) << LOW_BITS | u32::from(r >> LENGTH_BITS);
                out.push((feature, entries.collect()));
                at += len;
            }
        }
        out
    }

    /// Number of features.
    pub fn features(&self) -> usize {
        self.rows.len()
    }
}

/// From the file's form of an entry (its weight in zigzag, the upper bits beyond the tag) to ours.
fn decode_entry(packed: u16) -> i16 {
    let zigzag = (packed & 0xff | packed >> 13 << 8) as i16;
    let weight = zigzag >> 1 ^ -(zigzag & 1);
    weight << LENGTH_BITS | (packed >> 8 & 31) as i16
}

fn read_column(reader: &mut Reader<'_>, n: usize) -> Option<Vec<u16>> {
    let (low, high) = (reader.take(n)?, reader.take(n)?);
    let pairs = low.iter().zip(high);
    Some(pairs.map(|(&l, &h)| u16::from_le_bytes([l, h])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_survive_packing() {
        let last = (1 << BITS) - 1;
        let rows = vec![
            (3, vec![(0, -5), (31, 300)]),
            (5, vec![(4, MAX_WEIGHT), (5, -MAX_WEIGHT)]),
            (70_000, vec![(2, 1)]),
            (last, vec![(7, -1)]),
        ];
        let mut bytes = Vec::new();
        Weights::pack(&rows, &mut bytes);
        let weights = Weights::unpack(&mut Reader::new(&bytes)).unwrap();
        assert_eq!(weights.features(), rows.len());
        assert_eq!(weights.unpacked(), rows);
        for (feature, entries) in &rows {
            let mut row = [0; TAGS];
            weights.add(&[*feature], &mut row);
            let mut want = [0; TAGS];
            for &(tag, w) in entries {
                want[usize::from(tag)] = i32::from(w);
            }
            assert_eq!(row, want);
        }
        for stranger in [0, 4, 6, 69_999, last - 1, u32::MAX] {
            let mut row = [0; TAGS];
            weights.add(&[stranger], &mut row);
            assert_eq!(row, [0; TAGS]);
        }
        // Many at once, the same ones twice.
        let many: Vec<u32> = (0..100).map(|i| rows[i % 4].0).collect();
        let mut row = [0; TAGS];
        weights.add(&many, &mut row);
        assert_eq!((row[0], row[31], row[2], row[7]), (-125, 7500, 25, -25));
        for cut in [0, 1, DIVISIONS, 2 * DIVISIONS, bytes.len() - 1] {
            assert!(Weights::unpack(&mut Reader::new(&bytes[..cut])).is_none());
        }
    }
}
