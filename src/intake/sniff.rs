//! What a file is, by its first bytes, and by its name where these do not say.

use crate::kind::FileKind;
use crate::plain::extension;
use crate::{encoding, rtf, table, zip};

/// What no text is, by how it begins.
const MAGIC: [(&[u8], &str); 19] = [
    (b"\xd0\xcf\x11\xe0", "an office document of before 2007 (save it as .docx)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"fLaC", "a recording"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x1f\x8b", "a compressed file (unpack it first)"),
    (b"BZh", "a compressed file (unpack it first)"),
    (b"\xfd7zXZ", "a compressed file (unpack it first)"),
    (b"7z\xbc\xaf", "a 7z archive (unpack it first)"),
    (b"Rar!", "a RAR archive (unpack it first)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
];

/// What this file is.
pub fn kind_of(name: &str, bytes: &[u8]) -> FileKind {
    let ends = extension(name);
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") && is_encrypted_package(bytes) {
        return FileKind::Protected("an office document");
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return FileKind::Unreadable(what);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return FileKind::Unreadable("a film or a picture");
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip::kind_of(bytes, &ends);
    }
    // A PDF may have up to a kilobyte before its head.
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    if head.windows(5).any(|w| w == b"%PDF-") && (ends == "pdf" || bytes.starts_with(b"%PDF-")) {
        return FileKind::Pdf;
    }
    if rtf::is_rtf(bytes) {
        return FileKind::Rtf;
    }
    let head = encoding::decode(bytes.get(..bytes.len().min(8192)).unwrap_or(bytes), None);
    let head = head.unwrap_or_default();
    let start = head.trim_start_matches('\u{feff}').trim_start();
    if matches!(ends.as_str(), "eml" | "mhtml" | "mht" | "mbox") || is_message(start) {
        return FileKind::Mail;
    }
    if start.starts_with("<?xml") && head.contains("urn:oasis:names:tc:opendocument")
        || ends == "fodt"
    {
        return FileKind::FlatOdt;
    }
    match ends.as_str() {
        "html" | "htm" | "xhtml" | "xht" | "shtml" | "php" | "asp" | "aspx" => {
            return FileKind::Html;
        }
        "csv" | "tsv" | "tab" => return FileKind::Table(table::separator(&head, ends != "csv")),
        _ => {}
    }
    if looks_like_html(start) {
        return FileKind::Html;
    }
    match ends.as_str() {
        "md" | "markdown" | "mdown" | "mkd" => FileKind::Markdown,
        "json" | "jsonl" | "ndjson" => FileKind::Json,
        // Articles that were given another name; a text that begins with a bracket is a text.
        _ if start.starts_with(['{', '[']) && table::is_articles(start) => FileKind::Json,
        _ => FileKind::Text,
    }
}

/// An office document with a password is an old compound file with the new one in it, encrypted.
fn is_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|w| w == name)
}

/// Headers of a message: its first line is one, and one of the first few is a header that all messages have.
fn is_message(start: &str) -> bool {
    const KNOWN: [&str; 9] = [
        "from", "to", "subject", "date", "mime-version", "received", "message-id", "return-path",
        "content-type",
    ];
    let mut known = 0;
    let mut lines = start.lines().take(60).enumerate();
    // mbox begins with a line of its own.
    if start.starts_with("From ") {
        lines.next();
    }
    for (i, line) in lines {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && i > 0 {
            continue;
        }
        let Some((field, _)) = line.split_once(':') else { return false };
        if field.is_empty() || !field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        known += usize::from(KNOWN.iter().any(|k| field.eq_ignore_ascii_case(k)));
    }
    known >= 3
        && ["message-id:", "mime-version:", "content-type:", "received:", "return-path:"]
            .iter()
            .any(|field| {
                start
                    .lines()
                    .take(60)
                    .any(|l| l.get(..field.len()).is_some_and(|l| l.eq_ignore_ascii_case(field)))
            })
}

/// The source of a web page rather than an article that mentions a tag.
fn looks_like_html(start: &str) -> bool {
    let mut end = start.len().min(4096);
    while !start.is_char_boundary(end) {
        end -= 1;
    }
    let head = start.get(..end).unwrap_or_default().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return true;
    }
    const TAGS: [&str; 14] = [
        "<p>", "<p ", "</p>", "<div", "</div>", "<article", "<body", "<head>", "<h1", "<h2",
        "<span ", "<br", "<ul>", "<li>",
    ];
    let tags: usize = TAGS.iter().map(|tag| head.matches(tag).count()).sum();
    head.starts_with('<') && tags >= 1 || tags >= 4
}
