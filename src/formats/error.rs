use std::fmt;

/// Why a file was not read, or a document not written: a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError(pub String);

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FormatError {}

/// The result of reading or writing a file.
pub(crate) type Result<T> = std::result::Result<T, FormatError>;
