//! Integer weights of hashed features: sparse rows over the tags.

use super::sequence::Row;
use super::tags::TAGS;
use crate::lexicon::{Reader, Table};

/// Weights are learned as reals and kept as whole numbers of this part.
#[cfg(feature = "training")]
pub(crate) const SCALE: i32 = 32;

/// Rows of weights by feature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    keys: Table,
    /// Where each row begins in `entries`; one more than rows.
    starts: Vec<u32>,
    entries: Vec<(i16, u8)>,
}

impl Weights {
    /// Adds the weights of `feature` to `row`.
    #[inline]
    pub(crate) fn add(&self, feature: u32, row: &mut Row) {
        let Some(i) = self.keys.find_key(feature) else {
            return;
        };
        let (Some(&a), Some(&z)) = (self.starts.get(i), self.starts.get(i + 1)) else {
            return;
        };
        for &(weight, tag) in self.entries.get(a as usize..z as usize).unwrap_or_default() {
            row[usize::from(tag) % TAGS] += i32::from(weight);
        }
    }

    /// Columns: keys, lengths, tags, weights (zigzag). Keys rise, rows are not empty.
    #[cfg(any(feature = "training", test))]
    pub(crate) fn pack(rows: &[(u32, Vec<(u8, i16)>)], out: &mut Vec<u8>) {
        use crate::lexicon::varint;
        let keys: Vec<u32> = rows.iter().map(|r| r.0).collect();
        Table::pack(&keys, out);
        out.extend(rows.iter().map(|r| r.1.len() as u8));
        out.extend(rows.iter().flat_map(|r| r.1.iter().map(|e| e.0)));
        for (_, entries) in rows {
            for &(_, w) in entries {
                varint(out, ((i32::from(w) << 1) ^ (i32::from(w) >> 31)) as u32);
            }
        }
    }

    /// Reads what [`Weights::pack`] wrote; `None` for anything else.
    pub(crate) fn unpack(reader: &mut Reader<'_>) -> Option<Weights> {
        let keys = Table::unpack(reader)?;
        let lens = reader.take(keys.len())?;
        let mut starts = Vec::with_capacity(lens.len() + 1);
        let mut total = 0u32;
        starts.push(0);
        for &len in lens {
            total += u32::from(len);
            starts.push(total);
        }
        let tags = reader.take(total as usize)?;
        let mut entries = Vec::with_capacity(tags.len());
        for &tag in tags {
            let z = reader.varint()?;
            let weight = (z >> 1) as i32 ^ -((z & 1) as i32);
            if usize::from(tag) >= TAGS {
                return None;
            }
            entries.push((i16::try_from(weight).ok()?, tag));
        }
        Some(Weights {
            keys,
            starts,
            entries,
        })
    }

    /// Number of features.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_survive_packing() {
        let rows = vec![(3, vec![(0, -5), (31, 300)]), (70_000, vec![(2, 1)])];
        let mut bytes = Vec::new();
        Weights::pack(&rows, &mut bytes);
        let weights = Weights::unpack(&mut Reader::new(&bytes)).unwrap();
        let mut row = [0; TAGS];
        weights.add(3, &mut row);
        weights.add(70_000, &mut row);
        weights.add(4, &mut row);
        assert_eq!((row[0], row[2], row[31]), (-5, 1, 300));
        for cut in 0..bytes.len() {
            assert!(Weights::unpack(&mut Reader::new(&bytes[..cut])).is_none());
        }
    }
}
