//! What was pasted, typed, dropped or opened: a text, a web page, a saved document, or something
//! that cannot be read, with a word on why and what to do.

use super::protocol::File;
use galley_engine::document::{Document, Generator};
use galley_engine::text::{MAX_BYTES, SourceText};
use galley_formats::{galley_json, is_importable};

/// What came in, told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intake {
    /// Text as it is.
    Text(String),
    /// The source of a web page, to be reduced to its readable text.
    Html(String),
    /// A saved Galley document (perhaps damaged: its reader says so).
    Galley(String),
    /// Files of other programs, which belong together, or several Galley documents: the worker of
    /// files reads them.
    Foreign(Vec<File>),
}

/// Tells apart what a person pasted or typed.
///
/// # Errors
/// A sentence for the person, with the way out.
pub fn of_text(text: &str, name: Option<&str>) -> Result<Intake, String> {
    let trimmed = text.trim_start_matches('\u{feff}').trim_start();
    if trimmed.chars().all(is_unseen) {
        return Err(match name {
            Some(name) => format!("“{name}” has no text in it. Open another file."),
            None => {
                "There is no text in what you pasted. Copy the article's text and paste it here."
                    .to_owned()
            }
        });
    }
    if text.len() > MAX_BYTES {
        return Err(too_long(text.len()));
    }
    if let Some(what) = binary_format(text.as_bytes()) {
        return Err(not_text(what, name));
    }
    let ends = |suffix: &str| name.is_some_and(|n| n.to_ascii_lowercase().ends_with(suffix));
    if trimmed.starts_with('{') && (ends(".json") || galley_json::looks_like(trimmed.as_bytes())) {
        return Ok(Intake::Galley(text.to_owned()));
    }
    if ends(".json") {
        return Err(format!(
            "“{}” is not a saved Galley document. Open a file that you downloaded from Galley, or paste the text itself.",
            name.unwrap_or_default()
        ));
    }
    if ends(".html") || ends(".htm") || looks_like_html(trimmed) {
        return Ok(Intake::Html(text.to_owned()));
    }
    Ok(Intake::Text(text.to_owned()))
}

/// Tells apart the bytes of a file, in UTF-8, UTF-16 with a byte order mark, or (when they are
/// neither) Windows-1252.
///
/// # Errors
/// A sentence for the person, with the way out.
pub fn of_file(bytes: &[u8], name: &str) -> Result<Intake, String> {
    if bytes.len() > MAX_BYTES {
        return Err(too_long(bytes.len()));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => {
            if let Some(what) = binary_format(bytes) {
                return Err(not_text(what, Some(name)));
            }
            match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => bytes.iter().map(|&b| windows_1252(b)).collect(),
            }
        }
    };
    of_text(&text, Some(name))
}

/// Tells apart files that were opened together: those of other programs go together, and so do several
/// Galley documents; texts come one at a time.
///
/// # Errors
/// A sentence for the person, with the way out.
pub fn of_files(files: Vec<File>) -> Result<Intake, String> {
    if files.iter().any(|f| is_backup(&f.bytes)) {
        return Err("A backup is opened alone: it brings back what it holds.".to_owned());
    }
    let size = files.iter().map(|f| f.bytes.len()).sum();
    let several = files.len() > 1 && files.iter().all(|f| galley_json::looks_like(&f.bytes));
    if several || files.iter().any(|f| is_importable(&f.name, &f.bytes)) {
        return match size {
            0..=MAX_BYTES => Ok(Intake::Foreign(files)),
            _ => Err(too_long(size)),
        };
    }
    match files.as_slice() {
        [file] if holds_article(&file.name, &file.bytes) => match size {
            0..=MAX_BYTES => Ok(Intake::Foreign(files)),
            _ => Err(too_long(size)),
        },
        [file] => of_file(&file.bytes, &file.name),
        [] => Err("There is no file. Open another one.".to_owned()),
        _ => {
            Err("Only one text can be read at a time: open these files one after another."
                .to_owned())
        }
    }
}

/// True for the bytes of a backup that this page has written.
pub fn is_backup(bytes: &[u8]) -> bool {
    galley_formats::is_backup(bytes)
}

/// Is this a document, a message or a table, which the files worker makes an article of?
fn holds_article(name: &str, bytes: &[u8]) -> bool {
    const ENDS: [&str; 9] =
        [".eml", ".mhtml", ".mht", ".mbox", ".md", ".csv", ".tsv", ".fodt", ".jsonl"];
    let name = name.to_ascii_lowercase();
    if galley_json::looks_like(bytes) {
        return false;
    }
    [b"%PDF-".as_slice(), b"PK\x03\x04", b"{\\rtf"].iter().any(|magic| bytes.starts_with(magic))
        || ENDS.iter().any(|end| name.ends_with(end))
}

/// A file's name without its extension.
pub fn without_extension(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// May this file hold many articles? Such a file goes into the list, article by article.
pub fn may_hold_many_articles(file: &File) -> bool {
    let name = file.name.to_ascii_lowercase();
    [".csv", ".tsv", ".mbox", ".jsonl"].iter().any(|end| name.ends_with(end))
        && !galley_json::looks_like(&file.bytes)
        // Lines with annotations are documents already.
        && !is_importable(&file.name, &file.bytes)
}

/// The document of a text without any annotations: what is shown when there is no engine.
pub fn unannotated_document(text: &str) -> Document {
    Document {
        language: "en".to_owned(),
        text: SourceText::new(text).unwrap_or_default(),
        generator: Generator {
            name: "galley".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: "none".to_owned(),
        },
        ..Document::default()
    }
}

/// What a careful reader should know about a text that was taken in; `None`: nothing.
pub fn remark_on_text(text: &str) -> Option<String> {
    let damaged = text.matches('\u{fffd}').count();
    let control = text.bytes().filter(|&b| is_control(b)).count();
    let mut said = Vec::new();
    if damaged > 0 {
        said.push(format!(
            "{} could not be read and {} shown as �.",
            count_of(damaged, "character"),
            if damaged == 1 { "is" } else { "are" }
        ));
    }
    if control > 0 {
        said.push(format!(
            "The text contains {}; they are kept.",
            count_of(control, "invisible control character")
        ));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn count_of(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn too_long(bytes: usize) -> String {
    format!(
        "This is {} MB; Galley reads at most {} MB at once. Split it and try again.",
        bytes / 1_000_000,
        MAX_BYTES / 1_000_000
    )
}

fn not_text(what: &str, name: Option<&str>) -> String {
    let name = name.map_or("What you pasted".to_owned(), |n| format!("“{n}”"));
    format!(
        "{name} is {what}, not text. Copy the article's text and paste it, or open a .txt, .html, .md or .json file."
    )
}

/// Names what the bytes are when they are no text.
fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a zip file or an office document"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"{\\rtf", "an RTF document"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or(bytes);
    let odd = head.iter().filter(|&&b| is_control(b)).count();
    // A stray control character is kept and told; one in fifty is no text.
    (odd > 4 && odd * 50 > head.len() || odd > 0 && odd == head.len()).then_some("a binary file")
}

/// Takes room on no screen: white space, and the characters that only steer how others are set.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_control(b: u8) -> bool {
    b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) || b == 0x7f
}

/// The source of a web page rather than an article that mentions a tag.
pub fn looks_like_html(text: &str) -> bool {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or("").to_ascii_lowercase();
    let start = head.trim_start();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return true;
    }
    const TAGS: [&str; 14] = [
        "<p>", "<p ", "</p>", "<div", "</div>", "<article", "<body", "<head>", "<h1", "<h2",
        "<span ", "<br", "<ul>", "<li>",
    ];
    let tags: usize = TAGS.iter().map(|tag| head.matches(tag).count()).sum();
    start.starts_with('<') && tags >= 1 || tags >= 4
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The WHATWG table of windows-1252: Latin-1 but for 0x80–0x9F.
fn windows_1252(b: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match b {
        0x80..=0x9f => HIGH[usize::from(b - 0x80)],
        _ => char::from(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_read_is_said() {
        for text in ["", "   \n\t ", "\u{feff}", "\u{a0}", "\u{200b} \u{2060}"] {
            assert!(of_text(text, None).unwrap_err().contains("no text"), "{text:?}");
        }
        assert!(of_file(b"", "empty.txt").unwrap_err().contains("empty.txt"));
    }

    #[test]
    fn told_apart() {
        use Intake::{Galley, Html, Text};
        let of = |t: &str| of_text(t, None).unwrap();
        assert!(matches!(of("Kirby spoke."), Text(_)));
        assert!(matches!(of("{\"format\": \"galley\", \"version\": 1}"), Galley(_)));
        assert!(matches!(of("{curly} brackets"), Text(_)));
        assert!(matches!(of("<!DOCTYPE html><p>Hi"), Html(_)));
        assert!(matches!(of("<p>One</p><p>Two</p>"), Html(_)));
        assert!(matches!(of("Use a <br tag, he said."), Text(_)));
        assert!(matches!(of_text("Hi", Some("A.HTML")).unwrap(), Html(_)));
        assert!(matches!(of_text("{\"a\":1", Some("a.json")).unwrap(), Galley(_)));
        assert!(of_text("Hi", Some("a.json")).is_err());
    }

    #[test]
    fn files_of_other_programs_go_together() {
        let file = |name: &str, text: &str| File { name: name.to_owned(), bytes: text.into() };
        let both = vec![file("a.txt", "Ann left."), file("a.ann", "T1")];
        assert_eq!(of_files(both.clone()), Ok(Intake::Foreign(both)));
        for (name, text) in
            [("a.json", "[{\"data\":{}}]"), ("a.jsonld", "{}"), ("a.zip", "PK\x03\x04")]
        {
            let one = vec![file(name, text)];
            assert!(matches!(of_files(one), Ok(Intake::Foreign(_))), "{name}");
        }
        let galley = file("a.json", "{\"format\":\"galley\"");
        let two = vec![galley.clone(), galley.clone()];
        assert_eq!(of_files(two.clone()), Ok(Intake::Foreign(two)));
        assert!(matches!(of_files(vec![galley]), Ok(Intake::Galley(_))));
        let texts = vec![file("a.txt", "One"), file("b.txt", "Two")];
        let refused = of_files(texts).unwrap_err();
        assert!(refused.contains("one after another"), "{refused}");
        assert!(of_files(Vec::new()).is_err());
        for name in ["a.docx", "a.pdf", "mail.eml", "saved.mhtml", "notes.md", "rows.csv"] {
            let text = if name == "a.pdf" { "%PDF-1.4" } else { "PK\x03\x04" };
            assert!(matches!(of_files(vec![file(name, text)]), Ok(Intake::Foreign(_))), "{name}");
        }
        assert!(of_files(vec![file("a.png", "\u{fffd}PNG\0\0\0\0\0\0")]).is_err());
    }

    #[test]
    fn binary_files_are_named() {
        for (bytes, word) in [
            (&b"%PDF-1.7 ..."[..], "PDF"),
            (b"PK\x03\x04abc", "office"),
            (b"\x89PNG\r\n\x1a\n", "picture"),
            (b"\0\0\0\0\0\0\0\0\0\0abc", "binary"),
            (b"\0", "binary"),
        ] {
            let said = of_file(bytes, "x.bin").unwrap_err();
            assert!(said.contains(word), "{said}");
        }
    }

    #[test]
    fn a_stray_nul_is_kept_and_told() {
        let text = "A long enough text about nothing in particular.\0 It goes on for a while.";
        assert_eq!(of_text(text, None), Ok(Intake::Text(text.to_owned())));
        assert!(remark_on_text(text).unwrap().contains("1 invisible"));
        assert!(remark_on_text("a\u{fffd}b\u{fffd}").unwrap().starts_with("2 characters"));
        assert_eq!(remark_on_text("plain\ttext\r\n"), None);
    }

    #[test]
    fn encodings() {
        let text = |bytes: &[u8]| match of_file(bytes, "a.txt") {
            Ok(Intake::Text(text)) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text("“naïve”".as_bytes()), "“naïve”");
        assert_eq!(text(b"\x93na\xefve\x94"), "“naïve”");
        assert_eq!(text(b"\xff\xfeh\0i\0"), "hi");
        assert_eq!(text(b"\xfe\xff\0h\0i\xd8\x00"), "hi\u{fffd}");
    }

    #[test]
    fn too_long_is_said() {
        let long = "x".repeat(MAX_BYTES + 1);
        assert!(of_text(&long, None).unwrap_err().contains("MB"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_taken_or_refused_in_words(bytes: Vec<u8>, name in "[a-z]{0,3}\\.(txt|json|html|md)") {
            if let Err(said) = of_file(&bytes, &name) {
                proptest::prop_assert!(said.ends_with('.'));
            }
        }

        #[test]
        fn any_text(text: String) {
            let _ = (of_text(&text, None), remark_on_text(&text));
        }
    }
}
