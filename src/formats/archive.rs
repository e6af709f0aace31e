//! Zip archives.
//!
//! Owns limits and what is done about damaged archives; the records are read and written by `rawzip`,
//! DEFLATE by `miniz_oxide`. Must not know what is in the files.

use std::io::Write;

use rawzip::{
    CompressionMethod, ZipArchive, ZipArchiveWriter, ZipFileHeaderRecord, ZipSliceArchive,
};

/// Bytes that one archive may unpack to.
const MAX_UNPACKED_BYTES: usize = galley_engine::text::MAX_BYTES;
/// As zlib has it by default: slower levels gain little.
const COMPRESSION_LEVEL: u8 = 6;

/// An archive of these files, by name. The same files always give the same bytes: no times are written.
pub(super) fn write(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    // Writing to memory fails for names alone that no file has (64 KB).
    write_files(files).unwrap_or_default()
}

fn write_files(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, rawzip::Error> {
    let mut archive = ArchiveWriter::default();
    for (name, bytes) in files {
        archive.add(name, bytes)?;
    }
    archive.finish()
}

/// Writes an archive file by file; what was added is kept packed alone.
#[derive(Debug)]
pub(super) struct ArchiveWriter(ZipArchiveWriter<Vec<u8>>);

impl Default for ArchiveWriter {
    fn default() -> ArchiveWriter {
        ArchiveWriter(ZipArchiveWriter::new(Vec::new()))
    }
}

impl ArchiveWriter {
    /// Adds a file.
    ///
    /// # Errors
    /// If the name is longer than an archive can hold (64 KB).
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), rawzip::Error> {
        // Packed rather than stored: sizes stand after the data, which Java's streams take for packed files alone.
        let file = self.0.new_file(name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start()?;
        entry.write_all(&miniz_oxide::deflate::compress_to_vec(bytes, COMPRESSION_LEVEL))?;
        // The plain bytes go by for their size and their sum alone.
        let mut plain = config.wrap(std::io::sink());
        plain.write_all(bytes)?;
        let (_, descriptor) = plain.finish()?;
        entry.finish(descriptor)?;
        Ok(())
    }

    /// The archive.
    ///
    /// # Errors
    /// As [`ArchiveWriter::add`].
    pub(super) fn finish(self) -> Result<Vec<u8>, rawzip::Error> {
        self.0.finish()
    }
}

/// The files of an archive; one that is damaged or packed in another way is left out. `None`: no archive.
pub(super) fn read(zip: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    read_up_to(zip, MAX_UNPACKED_BYTES)
}

/// The same, for an archive that may unpack to this many bytes.
pub(super) fn read_up_to(zip: &[u8], mut room: usize) -> Option<Vec<(String, Vec<u8>)>> {
    let archive = ZipArchive::from_slice(zip).ok()?;
    let mut files = Vec::new();
    let mut entries = archive.entries();
    while let Ok(Some(entry)) = entries.next_entry() {
        if let Some(bytes) = unpack(&archive, &entry, room) {
            room -= bytes.len();
            // Names are UTF-8 even where the archive does not say so.
            let path = entry.file_path();
            let name = String::from_utf8_lossy(path.as_bytes()).into_owned();
            files.push((name, bytes));
        }
    }
    Some(files)
}

/// A file of an archive, when it is whole and fits into `room`.
fn unpack(
    archive: &ZipSliceArchive<&[u8]>,
    entry: &ZipFileHeaderRecord<'_>,
    room: usize,
) -> Option<Vec<u8>> {
    let size = usize::try_from(entry.uncompressed_size_hint()).ok().filter(|size| *size <= room)?;
    let packed = archive.get_entry(entry.wayfinder()).ok()?.data();
    let bytes = match entry.compression_method() {
        CompressionMethod::STORE if packed.len() == size => packed.to_vec(),
        CompressionMethod::DEFLATE => inflate(packed, size)?,
        _ => return None,
    };
    (bytes.len() == size && rawzip::crc32(&bytes) == entry.crc32()).then_some(bytes)
}

/// Marks the head of a file, and the sum behind its data.
pub(super) const FILE_HEAD: &[u8] = b"PK\x03\x04";
const DATA_END: &[u8] = b"PK\x07\x08";
/// How many places are tried as the end of one file's data: packed data may hold the mark by chance.
const MAX_ENDS: usize = 4;
/// How many damaged files are passed over: a file that is nothing but heads would take for ever.
const MAX_DAMAGED: usize = 100;

/// The whole files of an archive of [`ArchiveWriter`]'s whose directory, at its end, is lost: each file is found by
/// its own head.
pub(super) fn salvage(zip: &[u8], mut room: usize) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let (mut rest, mut damaged) = (zip, 0);
    while let Some(at) = find(rest, FILE_HEAD).filter(|_| damaged < MAX_DAMAGED) {
        rest = rest.get(at..).unwrap_or_default();
        match salvage_file(rest, room) {
            Some((name, bytes, end)) => {
                room -= bytes.len();
                files.push((name, bytes));
                rest = rest.get(end..).unwrap_or_default();
            }
            None => {
                damaged += 1;
                rest = rest.get(FILE_HEAD.len()..).unwrap_or_default();
            }
        }
    }
    files
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

/// The file whose head stands here, when it is whole; and where its data ends.
fn salvage_file(head: &[u8], room: usize) -> Option<(String, Vec<u8>, usize)> {
    let u16_at = |at: usize| {
        head.get(at..at + 2)
            .and_then(|b| b.try_into().ok())
            .map(u16::from_le_bytes)
            .map(usize::from)
    };
    let data = 30 + u16_at(26)? + u16_at(28)?;
    let name = String::from_utf8_lossy(head.get(30..30 + u16_at(26)?)?).into_owned();
    let mut end = data;
    for _ in 0..MAX_ENDS {
        end += find(head.get(end..)?, DATA_END)?;
        let sum = head.get(end + 4..end + 8)?.try_into().ok().map(u32::from_le_bytes)?;
        let whole = inflate(head.get(data..end)?, room).filter(|b| rawzip::crc32(b) == sum);
        if let Some(bytes) = whole {
            return Some((name, bytes, end));
        }
        end += DATA_END.len();
    }
    None
}

/// DEFLATE undone, up to `limit` bytes.
fn inflate(packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    miniz_oxide::inflate::decompress_to_vec_with_limit(packed, limit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn stored_files_are_read_and_a_damaged_one_is_left_out() {
        // Made by Python's zipfile with ZIP_STORED, the name in UTF-8 without the flag that says so.
        let mut zip = include_bytes!("../../tests/data/formats/stored.zip").to_vec();
        let names = |zip: &[u8]| -> Vec<String> {
            read(zip).unwrap().into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names(&zip), ["Müller.txt", "b.txt"]);
        let at = zip.windows(7).position(|w| w == b"Ann Ray").unwrap();
        zip[at] = b'a';
        assert_eq!(names(&zip), ["b.txt"], "its sum differs");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(files in proptest::collection::vec(("[\\w-][\\w.-]{0,20}", proptest::collection::vec(proptest::num::u8::ANY, 0..200)), 0..5)) {
            proptest::prop_assert_eq!(write(&files), write(&files));
            proptest::prop_assert_eq!(&salvage(&write(&files), MAX_UNPACKED_BYTES), &files);
            proptest::prop_assert_eq!(read(&write(&files)), Some(files));
        }

        #[test]
        fn any_bytes_are_taken(mut bytes: Vec<u8>, at: usize, byte: u8) {
            let _ = (read(&bytes), inflate(&bytes, 1 << 16), salvage(&bytes, 1 << 16));
            let mut zip = include_bytes!("../../tests/data/formats/deflated.zip").to_vec();
            let at = at % zip.len();
            zip[at] = byte;
            let _ = read(&zip);
            bytes.extend(b"PK\x05\x06");
            let _ = read(&bytes);
        }
    }
}
