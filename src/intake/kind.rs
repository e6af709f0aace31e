//! The kinds of files.

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// The source of a web page.
    Html,
    /// A message (.eml), or a web page saved as one (.mhtml).
    Mail,
    /// Word.
    Docx,
    /// LibreOffice.
    Odt,
    /// LibreOffice as one XML file.
    FlatOdt,
    /// Rich Text Format.
    Rtf,
    /// PDF.
    Pdf,
    /// Markdown.
    Markdown,
    /// JSON: an article, a list of them, or one a line.
    Json,
    /// A table with a row for each article, and the byte between its cells.
    Table(u8),
    /// Plain text.
    Text,
    /// An archive.
    Zip,
    /// What a password protects; what it is, in words.
    Protected(&'static str),
    /// What holds no text that is read here; what it is, in words.
    Unreadable(&'static str),
}
