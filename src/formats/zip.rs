//! Zip archives: written without compression, read with and without.
//!
//! Owns the archive's records and CRC-32; DEFLATE is undone by a library. Must not know what is in the files.

/// Bytes that one archive may unpack to.
const MOST: usize = galley_engine::text::MAX_BYTES;

/// The CRC-32 of zip files.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

/// An archive of these files, by name.
pub(super) fn write(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut central = Vec::new();
    for (name, bytes) in files {
        let offset = out.len() as u32;
        let size = bytes.len() as u32;
        // Version 2.0, names in UTF-8, stored; the first day that the format knows; CRC and sizes.
        let mut head = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        for n in [crc32(bytes), size, size] {
            head.extend(n.to_le_bytes());
        }
        head.extend((name.len() as u32).to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(bytes);
        central.extend(b"PK\x01\x02\x14\0");
        central.extend(&head);
        central.extend([0; 10]);
        central.extend(offset.to_le_bytes());
        central.extend(name.as_bytes());
    }
    let count = (files.len() as u16).to_le_bytes();
    let (start, size) = (out.len() as u32, central.len() as u32);
    out.extend(central);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

/// The files of an archive; one that is damaged or packed in another way is left out. `None`: no archive.
pub(super) fn read(zip: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    // The end record is the last thing in the file, but for a comment.
    let from = zip.len().saturating_sub(22 + 0xffff);
    let tail = zip.get(from..)?;
    let end = from + tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let number = |at: usize, bytes: usize| {
        let bytes = zip.get(at..at.checked_add(bytes)?)?;
        Some(bytes.iter().rev().fold(0, |n, &b| n << 8 | usize::from(b)))
    };
    let mut files = Vec::new();
    let mut room = MOST;
    let mut at = number(end + 16, 4)?;
    for _ in 0..number(end + 10, 2)? {
        if number(at, 4)? != 0x0201_4b50 {
            break;
        }
        let (method, crc, packed, size) =
            (number(at + 10, 2)?, number(at + 16, 4)?, number(at + 20, 4)?, number(at + 24, 4)?);
        let (name, extra, comment) =
            (number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?);
        let local = number(at + 42, 4).filter(|&local| local < zip.len())?;
        let bytes = zip.get(at + 46..at + 46 + name)?;
        let file = String::from_utf8_lossy(bytes).into_owned();
        at += 46 + name + extra + comment;
        let start = local + 30 + number(local + 26, 2)? + number(local + 28, 2)?;
        let Some(data) = zip.get(start..start.saturating_add(packed)) else {
            continue;
        };
        if size > room {
            continue;
        }
        let data = match method {
            0 => Some(data.to_vec()),
            8 => inflate(data, size),
            _ => None,
        };
        if let Some(data) = data.filter(|d| d.len() == size && crc32(d) as usize == crc) {
            room -= size;
            files.push((file, data));
        }
    }
    Some(files)
}

/// DEFLATE undone, up to `most` bytes.
fn inflate(data: &[u8], most: usize) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_with_limit(data, most).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_that_of_zip() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn packed_files_are_read() {
        // Made by Python's zipfile with ZIP_DEFLATED: a text that repeats, and one of every byte.
        let zip = include_bytes!("../../tests/data/formats/deflated.zip");
        let files = read(zip).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["repeated.txt", "bytes.bin", "é.txt"]);
        assert_eq!(files[0].1, "Ann Ray said “no” again and again. ".repeat(400).into_bytes());
        let all: Vec<u8> = (0..20_000u32).map(|i| (i * i / 7 + i) as u8).collect();
        assert_eq!(files[1].1, all);
        assert_eq!(files[2].1, b"short");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(files: Vec<(String, Vec<u8>)>) {
            proptest::prop_assert_eq!(read(&write(&files)), Some(files));
        }

        #[test]
        fn any_bytes_are_taken(mut bytes: Vec<u8>, at: usize, byte: u8) {
            let _ = (read(&bytes), inflate(&bytes, 1 << 16));
            let mut zip = include_bytes!("../../tests/data/formats/deflated.zip").to_vec();
            let at = at % zip.len();
            zip[at] = byte;
            let _ = read(&zip);
            bytes.extend(b"PK\x05\x06");
            let _ = read(&bytes);
        }
    }
}
