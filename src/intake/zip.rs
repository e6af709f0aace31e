//! Archives: what is in one, up to a limit.
//!
//! Records by `rawzip`, DEFLATE by `miniz_oxide`. Owns limits, and what is done about damage.

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive};

use crate::kind::FileKind;
use crate::{IntakeError, plain};

/// Files of one archive that are looked at.
const MAX_FILES: usize = 20_000;
/// DEFLATE makes at most some thousand bytes of one; what claims more is damaged or a bomb.
const MAX_RATIO: u64 = 1032;

/// A file of an archive: its path, and its bytes or why there are none.
pub(crate) type Unpacked = (String, Result<Vec<u8>, IntakeError>);

/// What an archive is: an office document has parts of known names.
pub(crate) fn kind_of(bytes: &[u8], extension: &str) -> FileKind {
    match extension {
        "xlsx" | "xlsm" => return FileKind::Unreadable("a spreadsheet (save it as CSV)"),
        "pptx" => return FileKind::Unreadable("a presentation"),
        "epub" => return FileKind::Zip,
        _ => {}
    }
    let Ok(archive) = ZipArchive::from_slice(bytes) else { return FileKind::Zip };
    let mut entries = archive.entries();
    let mut looked = 0;
    while let Ok(Some(entry)) = entries.next_entry() {
        match entry.file_path().as_bytes() {
            b"word/document.xml" => return FileKind::Docx,
            b"content.xml" => return FileKind::Odt,
            b"xl/workbook.xml" => return FileKind::Unreadable("a spreadsheet (save it as CSV)"),
            b"ppt/presentation.xml" => return FileKind::Unreadable("a presentation"),
            _ => {}
        }
        looked += 1;
        if looked > 200 {
            break;
        }
    }
    match extension {
        "docx" | "docm" => FileKind::Docx,
        "odt" | "ott" => FileKind::Odt,
        _ => FileKind::Zip,
    }
}

/// All files of an archive that may hold articles, by path. `room`: bytes that may be unpacked; less after it.
///
/// # Errors
/// When it is no archive, or unpacks to more than there is room for.
pub(crate) fn unpack(bytes: &[u8], room: &mut usize) -> Result<Vec<Unpacked>, IntakeError> {
    let archive = open(bytes, "a zip file")?;
    let mut files = Vec::new();
    let mut entries = archive.entries();
    while let Ok(Some(entry)) = entries.next_entry() {
        let path = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if entry.is_dir() || is_by_the_way(&path) {
            continue;
        }
        if files.len() >= MAX_FILES {
            return Err(IntakeError::TooManyArticles);
        }
        let unpacked = unpack_entry(&archive, &entry, room);
        if unpacked == Err(IntakeError::ZipBomb) {
            return Err(IntakeError::ZipBomb);
        }
        files.push((path, unpacked));
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    match files.is_empty() {
        true => Err(IntakeError::Empty),
        false => Ok(files),
    }
}

/// The file of this path.
///
/// # Errors
/// When it is no archive, has no such file, or is larger than `room`.
pub(crate) fn part(
    bytes: &[u8],
    path: &str,
    what: &'static str,
    room: &mut usize,
) -> Result<Vec<u8>, IntakeError> {
    let archive = open(bytes, what)?;
    let mut entries = archive.entries();
    while let Ok(Some(entry)) = entries.next_entry() {
        if entry.file_path().as_bytes() == path.as_bytes() {
            return unpack_entry(&archive, &entry, room).map_err(|why| match why {
                IntakeError::Broken(_) => IntakeError::Broken(what),
                IntakeError::Protected(_) => IntakeError::Protected(what),
                why => why,
            });
        }
    }
    Err(IntakeError::Broken(what))
}

fn open<'a>(bytes: &'a [u8], what: &'static str) -> Result<ZipSliceArchive<&'a [u8]>, IntakeError> {
    ZipArchive::from_slice(bytes).map_err(|_| IntakeError::Broken(what))
}

/// What systems and programs leave in archives: resource forks, hidden files, pictures and styles of pages.
fn is_by_the_way(path: &str) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
    const NO_TEXT: [&str; 24] = [
        "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "css", "js",
        "mjs", "map", "woff", "woff2", "ttf", "otf", "mp3", "mp4", "webm", "db", "opf", "ncx",
    ];
    hidden || path.ends_with("Thumbs.db") || NO_TEXT.contains(&plain::extension(path).as_str())
}

fn unpack_entry(
    archive: &ZipSliceArchive<&[u8]>,
    entry: &ZipFileHeaderRecord<'_>,
    room: &mut usize,
) -> Result<Vec<u8>, IntakeError> {
    const BROKEN: IntakeError = IntakeError::Broken("a file of the archive");
    let found = archive.get_entry(entry.wayfinder()).map_err(|_| BROKEN)?;
    let packed = found.data();
    if entry.flags().is_encrypted() {
        return Err(IntakeError::Protected("a file of the archive,"));
    }
    let claimed = entry.uncompressed_size_hint();
    if claimed > *room as u64 || claimed > packed.len() as u64 * MAX_RATIO + 64 {
        return Err(IntakeError::ZipBomb);
    }
    let size = usize::try_from(claimed).map_err(|_| IntakeError::ZipBomb)?;
    let bytes = match entry.compression_method() {
        CompressionMethod::STORE => packed.to_vec(),
        CompressionMethod::DEFLATE => {
            decompress_to_vec_with_limit(packed, size).map_err(|_| BROKEN)?
        }
        _ => return Err(IntakeError::NotText("packed in a way that is not read here")),
    };
    if bytes.len() != size || rawzip::crc32(&bytes) != entry.crc32() {
        return Err(BROKEN);
    }
    *room -= bytes.len();
    Ok(bytes)
}
