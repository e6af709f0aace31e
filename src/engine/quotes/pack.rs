//! Bytes of the model: variable-length numbers and sorted key tables.

use crate::asset::AssetError;

/// Reads what [`Writer`] wrote; every method fails on bytes that are too few or make no sense.
pub struct Reader<'a> {
    bytes: &'a [u8],
}

const SHORT: AssetError = AssetError::Payload("it ends too early");

impl<'a> Reader<'a> {
    /// Begins at the first byte.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes }
    }

    /// The next `n` bytes.
    pub fn take(&mut self, n: usize) -> Result<&'a [u8], AssetError> {
        let (head, tail) = self.bytes.split_at_checked(n).ok_or(SHORT)?;
        self.bytes = tail;
        Ok(head)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Result<u8, AssetError> {
        self.take(1).map(|b| b[0])
    }

    /// LEB128, at most 32 bits.
    pub fn number(&mut self) -> Result<u32, AssetError> {
        let mut value = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(AssetError::Payload("a number is too long"))
    }

    /// A count that the remaining bytes can hold at one byte or more an item.
    pub fn count(&mut self) -> Result<usize, AssetError> {
        let n = self.number()? as usize;
        if n > self.bytes.len() {
            return Err(SHORT);
        }
        Ok(n)
    }

    /// Ascending keys below `limit`.
    pub fn keys(&mut self, limit: u32) -> Result<Vec<u32>, AssetError> {
        let n = self.count()?;
        let mut out = Vec::with_capacity(n);
        let mut at = 0u32;
        for i in 0..n {
            let step = self.number()?;
            at = at.checked_add(step).ok_or(SHORT)?;
            if at >= limit || (i > 0 && step == 0) {
                return Err(AssetError::Payload("keys are out of order"));
            }
            out.push(at);
        }
        Ok(out)
    }

    /// Fails where bytes are left over.
    pub fn end(&self) -> Result<(), AssetError> {
        if self.bytes.is_empty() { Ok(()) } else { Err(AssetError::Payload("bytes are left over")) }
    }
}

/// Writes what [`Reader`] reads.
#[derive(Default)]
pub struct Writer {
    /// What has been written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// LEB128.
    pub fn number(&mut self, mut n: u32) {
        while n >= 0x80 {
            self.bytes.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.bytes.push(n as u8);
    }

    /// `keys` ascend.
    pub fn keys(&mut self, keys: &[u32]) {
        self.number(keys.len() as u32);
        let mut before = 0;
        for &k in keys {
            self.number(k - before);
            before = k;
        }
    }
}

/// Small values by hashed word: sorted keys, one value each.
#[derive(Debug, Clone, Default)]
pub struct Table {
    keys: Vec<u32>,
    values: Vec<u16>,
    /// Where the keys with each value of their upper bits begin.
    starts: Vec<u32>,
    /// Bits of a key below those.
    shift: u32,
}

/// Upper bits of a key that are looked up at once.
const UPPER: u32 = 14;

impl Table {
    /// `keys` ascend; `values` is as long.
    fn with_index(keys: Vec<u32>, values: Vec<u16>) -> Table {
        let width = 32 - keys.last().map_or(32, |k| k.leading_zeros());
        let shift = width.saturating_sub(UPPER);
        let cells = keys.last().map_or(0, |k| (k >> shift) as usize + 1);
        let mut starts = Vec::with_capacity(cells + 1);
        let mut at = 0;
        for cell in 0..=cells {
            while keys.get(at).is_some_and(|k| ((k >> shift) as usize) < cell) {
                at += 1;
            }
            starts.push(at as u32);
        }
        Table { keys, values, starts, shift }
    }

    /// The table with the entries of `map`.
    pub fn new(map: &std::collections::BTreeMap<u32, u16>) -> Table {
        Table::with_index(map.keys().copied().collect(), map.values().copied().collect())
    }

    /// The value of a key.
    pub fn get(&self, key: u32) -> Option<u16> {
        let cell = (key >> self.shift) as usize;
        let (&from, &to) = (self.starts.get(cell)?, self.starts.get(cell + 1)?);
        let range = from as usize..to as usize;
        let at = self.keys.get(range)?.iter().position(|&k| k == key)?;
        self.values.get(from as usize + at).copied()
    }

    /// Reads what [`Table::write`] wrote.
    pub fn unpack(r: &mut Reader<'_>) -> Result<Table, AssetError> {
        let keys = r.keys(u32::MAX)?;
        let low = r.take(keys.len())?;
        let high = r.take(keys.len())?;
        let values = low.iter().zip(high).map(|(&l, &h)| u16::from_le_bytes([l, h])).collect();
        Ok(Table::with_index(keys, values))
    }

    /// Keys, then the low bytes of the values, then the high ones.
    pub fn write(&self, w: &mut Writer) {
        w.keys(&self.keys);
        w.bytes.extend(self.values.iter().map(|v| v.to_le_bytes()[0]));
        w.bytes.extend(self.values.iter().map(|v| v.to_le_bytes()[1]));
    }
}
