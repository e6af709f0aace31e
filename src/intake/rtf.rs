//! Rich Text Format. A small reader of our own: `rtf-parser` loses characters and glues paragraphs.
//!
//! Owns which groups hold text: no tables of fonts and styles, no pictures, no fields' instructions, no
//! hidden or deleted text.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::IntakeError;
use crate::article::Article;

/// Groups in groups; what lies deeper is passed over.
const MAX_GROUPS: usize = 2000;

/// Destinations whose text is none of the article's.
const NO_TEXT: [&str; 34] = [
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr",
    "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "annotation", "atnid",
    "atnauthor", "fldinst", "listtable", "listoverridetable", "rsidtbl", "generator", "themedata",
    "datastore", "colorschememapping", "latentstyles", "xmlnstbl", "mmathPr", "filetbl", "revtbl",
    "bkmkstart", "bkmkend", "nonshppict",
];

/// What holds until a group ends.
#[derive(Clone)]
struct Group {
    is_skipped: bool,
    is_hidden: bool,
    is_deleted: bool,
    /// Characters that stand after a `\u` for programs that do not know it.
    fallback: usize,
    encoding: &'static Encoding,
}

pub(crate) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Reads a document.
///
/// # Errors
/// When there is no text in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Article, IntakeError> {
    let text = to_text(bytes);
    let blocks: Vec<String> = text
        .split('\u{2029}')
        .map(|block| block.trim_matches(['\n', ' ']).to_owned())
        .filter(|block| !block.trim().is_empty())
        .collect();
    match blocks.is_empty() {
        true => Err(IntakeError::Empty),
        false => Ok(Article::from_blocks(None, None, &blocks)),
    }
}

/// The text; paragraphs are parted by U+2029.
fn to_text(bytes: &[u8]) -> String {
    let mut out = Out::default();
    let mut group = Group {
        is_skipped: false,
        is_hidden: false,
        is_deleted: false,
        fallback: 1,
        encoding: WINDOWS_1252,
    };
    let mut default_encoding = WINDOWS_1252;
    let mut outer: Vec<Group> = Vec::new();
    // Groups beyond the limit, which are not kept.
    let mut beyond = 0usize;
    // Characters that stand for the `\u` before them.
    let mut to_skip = 0usize;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => {
                to_skip = 0;
                if outer.len() < MAX_GROUPS { outer.push(group.clone()) } else { beyond += 1 }
            }
            b'}' => {
                to_skip = 0;
                out.flush(group.encoding);
                match beyond {
                    0 => group = outer.pop().unwrap_or(group),
                    _ => beyond -= 1,
                }
            }
            b'\r' | b'\n' => {}
            b'\\' => {
                let word = Control::parse(bytes, &mut at);
                match word {
                    Control::Byte(byte) => {
                        if to_skip > 0 {
                            to_skip -= 1;
                        } else if group.is_shown() {
                            out.bytes.push(byte);
                        }
                    }
                    Control::Sign(sign) => {
                        if to_skip > 0 {
                            to_skip -= 1;
                            continue;
                        }
                        out.flush(group.encoding);
                        match sign {
                            '*' => group.is_skipped = true,
                            '~' => out.put(&group, "\u{a0}"),
                            '_' => out.put(&group, "\u{2011}"),
                            '-' => out.put(&group, "\u{ad}"),
                            '{' | '}' | '\\' => out.put(&group, sign.encode_utf8(&mut [0; 4])),
                            _ => {}
                        }
                    }
                    Control::Word(name, number) => {
                        out.flush(group.encoding);
                        let on = number != Some(0);
                        match name {
                            "par" | "sect" | "page" => out.put(&group, "\u{2029}"),
                            "row" => out.put(&group, "\n"),
                            "line" | "softline" => out.put(&group, "\n"),
                            "tab" | "cell" | "nestcell" => out.put(&group, "\t"),
                            "emdash" => out.put(&group, "—"),
                            "endash" => out.put(&group, "–"),
                            "lquote" => out.put(&group, "‘"),
                            "rquote" => out.put(&group, "’"),
                            "ldblquote" => out.put(&group, "“"),
                            "rdblquote" => out.put(&group, "”"),
                            "bullet" => out.put(&group, "•"),
                            "emspace" | "enspace" | "qmspace" => out.put(&group, " "),
                            "v" => group.is_hidden = on,
                            "deleted" => group.is_deleted = on,
                            "plain" => (group.is_hidden, group.is_deleted) = (false, false),
                            "uc" => group.fallback = number.unwrap_or(1).clamp(0, 16) as usize,
                            "u" => {
                                let unit = number.unwrap_or(0) as u16;
                                out.put_unit(&group, unit);
                                to_skip = group.fallback;
                            }
                            "ansicpg" => {
                                let label = format!("windows-{}", number.unwrap_or(1252));
                                default_encoding =
                                    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
                                group.encoding = default_encoding;
                            }
                            "mac" => {
                                default_encoding = encoding_rs::MACINTOSH;
                                group.encoding = default_encoding;
                            }
                            "bin" => at = at.saturating_add(number.unwrap_or(0).max(0) as usize),
                            name if NO_TEXT.contains(&name) => group.is_skipped = true,
                            _ => {}
                        }
                    }
                }
            }
            byte => {
                if to_skip > 0 {
                    to_skip -= 1;
                } else if group.is_shown() {
                    out.bytes.push(byte);
                }
            }
        }
    }
    out.flush(default_encoding);
    out.text
}

impl Group {
    fn is_shown(&self) -> bool {
        !self.is_skipped && !self.is_hidden && !self.is_deleted
    }
}

/// The text so far, with bytes that are not decoded yet: characters of Asian encodings have two.
#[derive(Default)]
struct Out {
    text: String,
    bytes: Vec<u8>,
    high_surrogate: Option<u16>,
}

impl Out {
    fn flush(&mut self, encoding: &'static Encoding) {
        if !self.bytes.is_empty() {
            self.high_surrogate = None;
            let decoded = encoding.decode_without_bom_handling(&self.bytes).0;
            self.text.push_str(&decoded);
            self.bytes.clear();
        }
    }

    fn put(&mut self, group: &Group, text: &str) {
        if group.is_shown() {
            self.text.push_str(text);
        }
    }

    /// A UTF-16 unit: characters beyond U+FFFF come as two.
    fn put_unit(&mut self, group: &Group, unit: u16) {
        if !group.is_shown() {
            return;
        }
        let pair = self.high_surrogate.take().map_or(vec![unit], |high| vec![high, unit]);
        match char::decode_utf16(pair.iter().copied()).collect::<Result<String, _>>() {
            Ok(text) => self.text.push_str(&text),
            Err(_) if (0xd800..0xdc00).contains(&unit) => self.high_surrogate = Some(unit),
            Err(_) => self.text.push('\u{fffd}'),
        }
    }
}

/// What follows a backslash.
enum Control<'a> {
    Word(&'a str, Option<i32>),
    Byte(u8),
    Sign(char),
}

impl<'a> Control<'a> {
    /// `at`: the byte after the backslash; past the control word when done.
    fn parse(bytes: &'a [u8], at: &mut usize) -> Control<'a> {
        let rest = bytes.get(*at..).unwrap_or_default();
        let letters = rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        if letters == 0 {
            *at += rest.len().min(1);
            return match rest.first() {
                Some(b'\'') => {
                    let digits = rest.get(1..3).and_then(|d| std::str::from_utf8(d).ok());
                    let byte = digits.and_then(|d| u8::from_str_radix(d, 16).ok());
                    *at += if byte.is_some() { 2 } else { 0 };
                    byte.map_or(Control::Sign('?'), Control::Byte)
                }
                Some(b'\r' | b'\n') => Control::Word("par", None),
                Some(&sign) => Control::Sign(char::from(sign)),
                None => Control::Sign(' '),
            };
        }
        let (name, rest) = rest.split_at(letters);
        let is_negative = rest.first() == Some(&b'-');
        let digits = rest
            .iter()
            .skip(usize::from(is_negative))
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let length = if digits == 0 { 0 } else { digits + usize::from(is_negative) };
        let number = rest.get(..length).and_then(|n| std::str::from_utf8(n).ok()?.parse().ok());
        let space = usize::from(rest.get(length) == Some(&b' '));
        *at += letters + length + space;
        Control::Word(std::str::from_utf8(name).unwrap_or_default(), number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_signs_and_encodings() {
        let rtf = br#"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\info{\title No}}{\*\generator X;}
{\header Page 1}\pard\b Council approves \'a340m\b0\par
By J\'f3n \u321?\u243?d\u378 z\par
{\field{\*\fldinst HYPERLINK ""http://a.example""}{\fldrslt \ldblquote No\rdblquote}}, she said \emdash  twice \u-10179?\u-9149?.\par{\v hidden}{\deleted gone}
A\tab B\line C \\ \{x\}\par}"#;
        let article = read(rtf).unwrap();
        let want =
            "Council approves £40m\n\nBy Jón Łódź\n\n“No”, she said — twice 👃.\n\nA\tB\nC \\ {x}";
        assert_eq!(article.text, want);
        let cyrillic = br"{\rtf1\ansi\ansicpg1251 \'cc\'ee\'f1\'ea\'e2\'e0\par}";
        assert_eq!(read(cyrillic).unwrap().text, "Москва");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes(bytes: Vec<u8>) {
            let mut file = b"{\\rtf1 ".to_vec();
            file.extend(bytes);
            let _ = read(&file);
        }
    }
}
