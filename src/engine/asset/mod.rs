//! The container of everything trained or packed: models and word lists.
//!
//! Owns the file's length_prefixed: magic, kind, version, feature hash, facts, checksum. Must not know what
//! is inside. Layout, little endian: `GALLEY\0\x02` · kind (u8 length + ASCII) · version u32 ·
//! feature hash u64 · facts (u32 length + UTF-8 JSON) · payload (u32 length + bytes) · SHA-256 of
//! all before it, which names the file · XXH64 of all before that, which finds damage. Two sums,
//! because a browser takes half a second over the SHA-256 of both models and a few milliseconds
//! over the other.

use std::fmt;

use sha2::{Digest, Sha256};
use xxhash_rust::xxh64::xxh64;

const MAGIC: &[u8; 8] = b"GALLEY\0\x02";

/// Bytes after the payload: the two sums.
pub const CHECKSUM_BYTES: usize = 32 + 8;

/// Why an asset was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssetError {
    /// Not a Galley asset at all.
    NotAnAsset,
    /// Shorter than it says.
    Truncated,
    /// Another kind of asset: wanted, found.
    Kind(&'static str, String),
    /// Made for another version of the program: wanted, found.
    Version(u32, u32),
    /// Trained with other features than the program computes.
    Features,
    /// Its bytes are not the bytes that were written.
    Checksum,
    /// The length_prefixed is sound, the payload is not.
    Payload(&'static str),
}

impl fmt::Display for AssetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AssetError::NotAnAsset => write!(f, "this is not a Galley model or word list"),
            AssetError::Truncated => write!(f, "the file ends too early: load it again"),
            AssetError::Kind(want, got) => write!(f, "wanted the asset '{want}', this is '{got}'"),
            AssetError::Version(want, got) => {
                write!(f, "the asset has version {got}, this program reads version {want}")
            }
            AssetError::Features => {
                write!(f, "the model was trained with other features than this program computes")
            }
            AssetError::Checksum => write!(f, "the file is damaged (checksum): load it again"),
            AssetError::Payload(what) => write!(f, "the asset's contents are damaged: {what}"),
        }
    }
}

impl std::error::Error for AssetError {}

/// An opened asset.
#[derive(Debug, Clone)]
pub struct Asset<'a> {
    /// Training facts, a JSON object.
    pub facts: &'a str,
    /// What the kind's own reader understands.
    pub payload: &'a [u8],
    /// The first eight hexadecimal digits of its SHA-256: names the model in documents.
    pub checksum: String,
}

/// Frames `payload`.
pub fn write(kind: &str, version: u32, features: u64, facts: &str, payload: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.push(kind.len() as u8);
    out.extend(kind.as_bytes());
    out.extend(version.to_le_bytes());
    out.extend(features.to_le_bytes());
    out.extend((facts.len() as u32).to_le_bytes());
    out.extend(facts.as_bytes());
    out.extend((payload.len() as u32).to_le_bytes());
    out.extend(payload);
    let name = Sha256::digest(&out);
    out.extend(name);
    out.extend(xxh64(&out, 0).to_le_bytes());
    out
}

/// Opens an asset of one kind, version and feature hash.
///
/// # Errors
/// Every [`AssetError`] but `Payload`; never panics, whatever the bytes.
pub fn read<'a>(
    bytes: &'a [u8],
    kind: &'static str,
    version: u32,
    features: u64,
) -> Result<Asset<'a>, AssetError> {
    let mut cursor = Cursor { bytes };
    if cursor.take(MAGIC.len()) != Some(MAGIC.as_slice()) {
        return Err(AssetError::NotAnAsset);
    }
    let found = cursor.length_prefixed(|c| c.take(1).map(|b| usize::from(b[0])))?;
    let found = String::from_utf8_lossy(found).into_owned();
    if found != kind {
        return Err(AssetError::Kind(kind, found));
    }
    let found = cursor.u32().ok_or(AssetError::Truncated)?;
    if found != version {
        return Err(AssetError::Version(version, found));
    }
    let found = cursor.take(8).ok_or(AssetError::Truncated)?;
    let same_features = found == features.to_le_bytes();
    let facts = cursor.length_prefixed(|c| c.u32().map(|n| n as usize))?;
    let payload = cursor.length_prefixed(|c| c.u32().map(|n| n as usize))?;
    let name = cursor.take(32).ok_or(AssetError::Truncated)?;
    let framed = &bytes[..bytes.len() - cursor.bytes.len()];
    let sum = cursor.take(8).ok_or(AssetError::Truncated)?;
    if sum != xxh64(framed, 0).to_le_bytes() || !cursor.bytes.is_empty() {
        return Err(AssetError::Checksum);
    }
    if !same_features {
        return Err(AssetError::Features);
    }
    let facts = std::str::from_utf8(facts).map_err(|_| AssetError::Payload("facts"))?;
    let checksum = name.iter().take(4).map(|b| format!("{b:02x}")).collect();
    Ok(Asset { facts, payload, checksum })
}

/// FNV-1a, 64 bits: names feature sets, and hashes features where collisions are allowed.
pub const fn fnv(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut i = 0;
    while i < bytes.len() {
        hash ^= bytes[i] as u64;
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}

struct Cursor<'a> {
    bytes: &'a [u8],
}

impl<'a> Cursor<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.bytes.split_at_checked(n)?;
        self.bytes = tail;
        Some(head)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn length_prefixed(
        &mut self,
        len: impl Fn(&mut Self) -> Option<usize>,
    ) -> Result<&'a [u8], AssetError> {
        let len = len(self).ok_or(AssetError::Truncated)?;
        self.take(len).ok_or(AssetError::Truncated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test_asset() -> Vec<u8> {
        write("test", 3, 7, r#"{"docs":2}"#, &[1, 2, 3, 4, 5])
    }

    #[test]
    fn written_and_read_again() {
        let bytes = test_asset();
        let asset = read(&bytes, "test", 3, 7).unwrap();
        assert_eq!((asset.payload, asset.facts), ([1, 2, 3, 4, 5].as_slice(), r#"{"docs":2}"#));
        let named = bytes.len() - CHECKSUM_BYTES;
        let name = Sha256::digest(&bytes[..named]);
        assert_eq!(bytes[named..named + 32], name[..]);
        assert_eq!(
            asset.checksum,
            format!("{:02x}{:02x}{:02x}{:02x}", name[0], name[1], name[2], name[3])
        );
    }

    #[test]
    fn every_damage_is_named() {
        let bytes = test_asset();
        let error = |b: &[u8], k, v, f| read(b, k, v, f).unwrap_err();
        assert_eq!(error(&bytes, "other", 3, 7), AssetError::Kind("other", "test".into()));
        assert_eq!(error(&bytes, "test", 4, 7), AssetError::Version(4, 3));
        assert_eq!(error(&bytes, "test", 3, 8), AssetError::Features);
        for cut in 0..bytes.len() {
            read(&bytes[..cut], "test", 3, 7).unwrap_err();
        }
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bad = bytes.clone();
                bad[at] ^= 1 << bit;
                read(&bad, "test", 3, 7).unwrap_err();
            }
        }
    }
}
