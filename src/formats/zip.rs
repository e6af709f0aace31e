//! Zip archives: written without compression, read with and without.
//!
//! Owns the archive's records, CRC-32 and DEFLATE. Must not know what is in the files.

/// Bytes that one archive may unpack to.
const MOST: usize = crate::text::MAX_BYTES;

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
        let (method, crc, packed, size) = (
            number(at + 10, 2)?,
            number(at + 16, 4)?,
            number(at + 20, 4)?,
            number(at + 24, 4)?,
        );
        let (name, extra, comment) = (
            number(at + 28, 2)?,
            number(at + 30, 2)?,
            number(at + 32, 2)?,
        );
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
    let mut bits = Bits { data, at: 0 };
    let mut out = Vec::new();
    loop {
        let last = bits.take(1)?;
        match bits.take(2)? {
            0 => {
                let start = bits.at.div_ceil(8);
                let size = data.get(start..start + 2)?;
                let size = usize::from(size[0]) | usize::from(size[1]) << 8;
                out.extend_from_slice(data.get(start + 4..start + 4 + size)?);
                bits.at = (start + 4 + size) * 8;
            }
            1 => {
                let mut sizes = [8; 288];
                sizes[144..256].fill(9);
                sizes[256..280].fill(7);
                block(
                    &mut bits,
                    &Codes::new(&sizes),
                    &Codes::new(&[5; 30]),
                    &mut out,
                    most,
                )?;
            }
            2 => {
                let (literals, distances) = (bits.take(5)? + 257, bits.take(5)? + 1);
                const ORDER: [u8; 19] = [
                    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
                ];
                let mut sizes = [0; 19];
                for &at in ORDER.get(..bits.take(4)? + 4)? {
                    sizes[usize::from(at)] = bits.take(3)? as u8;
                }
                let codes = Codes::new(&sizes);
                let mut sizes = Vec::new();
                while sizes.len() < literals + distances {
                    let (size, times) = match codes.next(&mut bits)? {
                        16 => (*sizes.last()?, bits.take(2)? + 3),
                        17 => (0, bits.take(3)? + 3),
                        18 => (0, bits.take(7)? + 11),
                        size => (size as u8, 1),
                    };
                    sizes.extend(std::iter::repeat_n(size, times));
                }
                let (literal, distance) = sizes.split_at(literals);
                block(
                    &mut bits,
                    &Codes::new(literal),
                    &Codes::new(distance),
                    &mut out,
                    most,
                )?;
            }
            _ => return None,
        }
        if last == 1 || out.len() > most {
            return Some(out);
        }
    }
}

/// One block of literals and of copies from what was already read.
fn block(
    bits: &mut Bits<'_>,
    literals: &Codes,
    distances: &Codes,
    out: &mut Vec<u8>,
    most: usize,
) -> Option<()> {
    while out.len() <= most {
        let code = literals.next(bits)?;
        if code < 256 {
            out.push(code as u8);
            continue;
        }
        if code == 256 {
            return Some(());
        }
        // Lengths grow in fours of codes, distances in twos: each group takes one bit more.
        let code = code - 257;
        let length = match code {
            28 => 258,
            0..8 => code + 3,
            8..28 => {
                let extra = code / 4 - 1;
                3 + ((4 + code % 4) << extra) + bits.take(extra)?
            }
            _ => return None,
        };
        let code = distances.next(bits)?;
        let distance = match code {
            0..4 => code + 1,
            4..30 => {
                let extra = code / 2 - 1;
                1 + ((2 + code % 2) << extra) + bits.take(extra)?
            }
            _ => return None,
        };
        let from = out.len().checked_sub(distance)?;
        // It may run into what it is writing.
        for at in from..from + length {
            out.push(*out.get(at)?);
        }
    }
    Some(())
}

struct Bits<'d> {
    data: &'d [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut n = 0;
        for i in 0..count {
            let byte = *self.data.get(self.at / 8)?;
            n |= usize::from(byte >> (self.at % 8) & 1) << i;
            self.at += 1;
        }
        Some(n)
    }
}

/// Canonical Huffman codes: how many there are of each length, and what they stand for.
struct Codes {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Codes {
    fn new(sizes: &[u8]) -> Codes {
        let mut codes = Codes {
            counts: [0; 16],
            symbols: Vec::new(),
        };
        for size in 1..16 {
            let of = sizes
                .iter()
                .enumerate()
                .filter(|(_, s)| usize::from(**s) == size);
            codes.symbols.extend(of.map(|(symbol, _)| symbol));
            codes.counts[size] = codes.symbols.len() - codes.counts[..size].iter().sum::<usize>();
        }
        codes
    }

    fn next(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut code, mut first, mut index) = (0usize, 0usize, 0usize);
        for &count in self.counts.get(1..)? {
            code |= bits.take(1)?;
            if let Some(at) = code.checked_sub(first).filter(|&at| at < count) {
                return self.symbols.get(index + at).copied();
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
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
        assert_eq!(
            files[0].1,
            "Ann Ray said “no” again and again. "
                .repeat(400)
                .into_bytes()
        );
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
