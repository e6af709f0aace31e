//! Learned tables in signed bytes and small integers, and how they lie in a model file.

use super::scale::{Activations, HIDDEN, ONE, Sums, TABLE_ONE, WEIGHT_MAX};

/// Embedding tables of a spelling: hashed features to rows of small numbers.
#[derive(Debug, Clone, Default)]
pub struct EmbeddingTables {
    tables: Vec<Vec<i8>>,
    /// Rows and width of each.
    shapes: &'static [(usize, usize)],
}

impl EmbeddingTables {
    /// Reads tables of these shapes; `take` gives so many bytes, or says that there are none.
    pub fn unpack<'a, E>(
        shapes: &'static [(usize, usize)],
        mut take: impl FnMut(usize) -> Result<&'a [u8], E>,
    ) -> Result<EmbeddingTables, E> {
        let mut tables = Vec::with_capacity(shapes.len());
        for (rows, width) in shapes {
            let bytes = take(rows * width)?;
            tables.push(bytes.iter().map(|&b| i8::from_le_bytes([b])).collect());
        }
        Ok(EmbeddingTables { tables, shapes })
    }

    /// Writes one row of each table into `out`, one after the other, as activations.
    pub fn write_rows(&self, rows: &[u16], out: &mut [i16]) {
        let mut start = 0;
        for ((table, (_, width)), &row) in self.tables.iter().zip(self.shapes).zip(rows) {
            let at = usize::from(row) * width;
            let values = table.get(at..at + width).unwrap_or_default();
            for (slot, &v) in out.iter_mut().skip(start).zip(values) {
                *slot = i16::from(v) * (ONE / TABLE_ONE) as i16;
            }
            start += width;
        }
    }
}

/// Rows that the categorical features of a token add to a layer's sums.
#[derive(Debug, Clone, Default)]
pub struct FeatureRows {
    rows: Vec<Activations>,
    /// How many values each feature has; its rows follow those of the feature before it.
    values: &'static [usize],
}

impl FeatureRows {
    /// `rows`: a row of `HIDDEN` weights for each value of each feature.
    pub fn new(values: &'static [usize], rows: &[i16]) -> FeatureRows {
        FeatureRows { rows: rows.as_chunks::<HIDDEN>().0.to_vec(), values }
    }

    /// Adds the rows of a token's features; a value that is too great counts as the last one.
    pub(super) fn add(&self, features: &[u8], sums: &mut Sums) {
        let mut base = 0;
        for (&feature, values) in features.iter().zip(self.values) {
            if let Some(row) = self.rows.get(base + usize::from(feature).min(values - 1)) {
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum = sum.wrapping_add(i32::from(weight) * ONE);
                }
            }
            base += values;
        }
    }
}

/// Appends a column of weights: all low bytes, then all high bytes, which compress better so.
pub fn pack_weights(weights: &[i16], out: &mut Vec<u8>) {
    out.extend(weights.iter().map(|w| w.to_le_bytes()[0]));
    out.extend(weights.iter().map(|w| w.to_le_bytes()[1]));
}

/// Reads what [`pack_weights`] wrote; `None` where a weight exceeds [`WEIGHT_MAX`].
pub fn unpack_weights(bytes: &[u8]) -> Option<Vec<i16>> {
    let (low, high) = bytes.split_at(bytes.len() / 2);
    let weights = low.iter().zip(high).map(|(&l, &h)| i16::from_le_bytes([l, h]));
    let weights: Vec<i16> = weights.collect();
    let max = WEIGHT_MAX as i16;
    weights.iter().all(|w| (-max..=max).contains(w)).then_some(weights)
}
