//! How much of a file is read.

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = galley_engine::text::MAX_BYTES;
/// Bytes that all files of one archive, archives in it included, may unpack to.
pub const MAX_UNPACKED_BYTES: usize = 4 * MAX_FILE_BYTES;
/// How deep elements may lie in each other in XML and HTML.
pub const MAX_DEPTH: usize = 512;
/// Articles of one file.
pub const MAX_ARTICLES: usize = 100_000;
/// Archives in archives in archives.
pub(crate) const MAX_NESTED_ARCHIVES: usize = 3;
