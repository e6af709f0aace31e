//! A set of 32-bit hashes with the index of each, in order.

use super::bytes::{Reader, write_varint};

/// Open addressing over hashes; made once, never changed.
#[derive(Debug, Clone, Default)]
pub struct Table {
    // (hash, index + 1); 0 as second: empty. Length is a power of two.
    slots: Vec<(u32, u32)>,
    len: usize,
}

impl Table {
    /// From hashes in rising order, each once; `None` when they are not.
    pub fn new(sorted: &[u32]) -> Option<Table> {
        if sorted.windows(2).any(|w| w[0] >= w[1]) {
            return None;
        }
        let size = (sorted.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, 0); size];
        for (i, &hash) in sorted.iter().enumerate() {
            let mut at = spread(hash) as usize & (size - 1);
            while slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (hash, i as u32 + 1);
        }
        Some(Table { slots, len: sorted.len() })
    }

    /// How many words it holds.
    pub fn words(&self) -> usize {
        self.len
    }

    /// The 32 bits that a table keeps of a hash.
    pub fn key(hash: u64) -> u32 {
        (hash >> 32) as u32
    }

    /// Index of a hash.
    pub fn find(&self, hash: u64) -> Option<usize> {
        self.find_key(Table::key(hash))
    }

    /// Index of a 32-bit hash.
    pub fn find_key(&self, key: u32) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = spread(key) as usize & mask;
        loop {
            let &(found, index) = self.slots.get(at)?;
            if index == 0 {
                return None;
            }
            if found == key {
                return Some(index as usize - 1);
            }
            at = (at + 1) & mask;
        }
    }

    /// Appends the hashes (in rising order) as differences.
    pub fn pack(sorted: &[u32], out: &mut Vec<u8>) {
        write_varint(out, sorted.len() as u32);
        let mut last = 0;
        for &hash in sorted {
            write_varint(out, hash - last);
            last = hash;
        }
    }

    /// Reads what [`Table::pack`] wrote.
    pub fn unpack(reader: &mut Reader<'_>) -> Option<Table> {
        let n = reader.varint()? as usize;
        let mut hashes = Vec::new();
        let mut last = 0u32;
        for _ in 0..n {
            last = last.checked_add(reader.varint()?)?;
            hashes.push(last);
        }
        Table::new(&hashes)
    }
}

fn spread(key: u32) -> u32 {
    let h = key.wrapping_mul(0x9e37_79b1);
    h ^ (h >> 15)
}
