use std::collections::HashSet;

use super::{SourceText, Span, TokenizedText, case::lowercase};

/// A text as its author wrote it: what typesetting, PDF files and web pages leave inside words is
/// gone. Engines read it; every span that they find is told in the source again by
/// [`NormalizedText::in_source`].
///
/// Soft hyphens and word joiners go, and blanks of no width beside other white space; ligatures
/// become their letters (`ﬁ`: fi); a word that was cut at the end of its line ("Wednes-", "day") is
/// one again, and the line ends after it instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormalizedText {
    text: SourceText,
    /// Stretches that are alike in both texts, in order.
    pieces: Vec<Piece>,
    wrapped: bool,
}

/// Bytes; what lies between two pieces stands for what lies between them in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    fair: usize,
    source: usize,
    len: usize,
}

/// Longer parts of cut words are left as they are.
const LONGEST: usize = 40;
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

impl NormalizedText {
    /// `None`: the text is fair already, as nearly all are. `known` says whether a word in lower
    /// case is one. Linear in the text's length.
    pub fn of(source: &SourceText, known: impl Fn(&str) -> bool) -> Option<NormalizedText> {
        if !is_foul(source.as_str()) {
            return None;
        }
        let mut writer = Writer::new(source.as_str());
        writer.run(&known);
        let pieces = writer.pieces;
        if pieces.len() < 2 {
            return None;
        }
        // Never longer than the source: what is written is shorter than what it stands for.
        let text = SourceText::new(&writer.out).ok()?;
        Some(NormalizedText { text, pieces, wrapped: cuts_words(source.as_str()) })
    }

    /// What the engines read.
    pub fn text(&self) -> &SourceText {
        &self.text
    }

    /// The copy divided; where words were cut at the ends of lines, lines go on.
    pub fn tokenized(&self) -> TokenizedText<'_> {
        TokenizedText::divide(&self.text, self.wrapped)
    }

    /// The stretch of the source that `span` of the copy was made from. What was left out at its
    /// ends stays outside, half a ligature is a whole one.
    pub fn in_source(&self, span: Span) -> Span {
        let before = |at: usize| {
            let next = self.pieces.partition_point(|p| p.fair < at);
            next.checked_sub(1).and_then(|i| self.pieces.get(i))
        };
        let start = match before(span.start() + 1) {
            Some(p) => p.source + (span.start() - p.fair).min(p.len),
            None => 0,
        };
        let end = match before(span.end()) {
            Some(p) if span.end() <= p.fair + p.len => p.source + (span.end() - p.fair),
            // In what was written anew: to the end of what it stands for.
            Some(p) => {
                let next = self.pieces.partition_point(|q| q.fair <= p.fair);
                self.pieces.get(next).map_or(start, |next| next.source)
            }
            None => start,
        };
        Span::new(start, end)
    }
}

/// Is there anything that may want mending? A look at bytes and at the ends of lines.
fn is_foul(text: &str) -> bool {
    let inside = text.as_bytes().windows(3).any(|w| {
        matches!(
            w,
            [0xC2, 0xAD, _]
                | [0xEF, 0xAC, 0x80..=0x86]
                | [0xE2, 0x80, 0x8B]
                | [0xE2, 0x81, 0xA0]
                | [0xEF, 0xBB, 0xBF]
        )
    });
    let blank = [' ', '\t'];
    inside || (text.lines()).any(|line| line.trim_end_matches(blank).ends_with(HYPHENS))
}

struct Writer<'t> {
    text: &'t str,
    out: String,
    pieces: Vec<Piece>,
    /// Where the next piece begins in the source.
    from: usize,
    /// The line ends at the next blank: its end was taken out of a word.
    owed: bool,
    /// Words of the text as they stand, hyphens and all; read when first asked for.
    words: Option<HashSet<String>>,
}

impl<'t> Writer<'t> {
    fn new(text: &'t str) -> Writer<'t> {
        Writer {
            text,
            out: String::with_capacity(text.len()),
            pieces: Vec::new(),
            from: 0,
            owed: false,
            words: None,
        }
    }

    fn run(&mut self, known: &impl Fn(&str) -> bool) {
        let text = self.text;
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            at = match c {
                '\u{AD}' => {
                    // At the end of a line it is the hyphen that was wanted.
                    let cut = cut_at(text, at, next);
                    self.owed |= cut.is_some();
                    self.put(at, cut.map_or(next, |cut| cut.right), "")
                }
                '\u{2060}' | '\u{FEFF}' => self.put(at, next, ""),
                '\u{200B}' if self.beside_space(at, next) => self.put(at, next, ""),
                '\u{FB00}'..='\u{FB06}' => {
                    let letters = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
                    let which = c as usize - 0xFB00;
                    self.put(at, next, letters.get(which).copied().unwrap_or_default())
                }
                _ if HYPHENS.contains(&c) => match cut_at(text, at, next) {
                    Some(cut) => {
                        self.owed = true;
                        let whole = self.is_whole(&cut, known);
                        self.put(if whole { at } else { next }, cut.right, "")
                    }
                    None => next,
                },
                ' ' if self.owed => {
                    self.owed = false;
                    self.put(at, next, "\n")
                }
                '\n' => {
                    self.owed = false;
                    next
                }
                _ => next,
            };
        }
        self.put(text.len(), text.len(), "");
    }

    /// Copies what stands before `start`, and `with` in place of `start..end`.
    fn put(&mut self, start: usize, end: usize, with: &str) -> usize {
        self.pieces.push(Piece { fair: self.out.len(), source: self.from, len: start - self.from });
        self.out.push_str(&self.text[self.from..start]);
        self.out.push_str(with);
        self.from = end;
        end
    }

    fn beside_space(&self, at: usize, next: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[next..].chars().next();
        before.is_none_or(char::is_whitespace) || after.is_none_or(char::is_whitespace)
    }

    /// Was the hyphen put there only to cut the word?
    fn is_whole(&mut self, cut: &Cut<'_>, known: &impl Fn(&str) -> bool) -> bool {
        let strip = |part: &str| lowercase(&part.replace('\u{AD}', ""));
        let (left, rest) = (strip(cut.left), strip(cut.rest));
        let capital = |part: &str| part.starts_with(char::is_uppercase);
        let shouted = |part: &str| !part.contains(char::is_lowercase);
        if cut.compound
            || cut.rest.starts_with(char::is_numeric)
            || (capital(cut.rest) && !(shouted(cut.left) && shouted(cut.rest)))
        {
            return false;
        }
        let text = self.text;
        let words = self.words.get_or_insert_with(|| {
            let part = |c: char| !(c.is_alphanumeric() || c == '-');
            text.split(part).filter(|w| w.len() <= 2 * LONGEST).map(lowercase).collect()
        });
        let joined = format!("{left}{rest}");
        if known(&joined) || words.contains(&joined) {
            return true;
        }
        !(words.contains(&format!("{left}-{rest}")) || (known(&left) && known(&rest)))
    }
}

/// Are words cut at the ends of lines? Then lines were set in a column.
pub(super) fn cuts_words(text: &str) -> bool {
    let mut at = 0;
    text.split_inclusive('\n').any(|line| {
        let words = line.trim_end_matches(['\n', ' ', '\t']);
        let hyphen = words.char_indices().next_back();
        let ends = hyphen.filter(|(_, c)| HYPHENS.contains(c) || *c == '\u{AD}');
        let cut = ends.and_then(|(i, c)| cut_at(text, at + i, at + i + c.len_utf8()));
        at += line.len();
        cut.is_some()
    })
}

/// A word that goes on in the next line, behind its hyphen.
fn cut_at(text: &str, hyphen: usize, next: usize) -> Option<Cut<'_>> {
    let rest = &text[next..];
    let line_end = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let right = line_end.trim_start_matches([' ', '\t']);
    let head = &text[..hyphen];
    let left_len = run(head.chars().rev())?;
    let left = &head[hyphen - left_len..];
    let (right_at, right_len) = (text.len() - right.len(), run(right.chars())?);
    let fits = left.ends_with(char::is_alphabetic) && right.starts_with(char::is_alphanumeric);
    fits.then(|| Cut {
        left,
        right: right_at,
        rest: &right[..right_len],
        compound: head[..hyphen - left_len].ends_with(HYPHENS),
    })
}

/// "Wednes-", "day".
struct Cut<'t> {
    left: &'t str,
    /// Where `rest` begins, in bytes.
    right: usize,
    rest: &'t str,
    /// Other parts and hyphens stand before `left`.
    compound: bool,
}

/// How many bytes of letters and digits come first; `None` where there are too many.
fn run(chars: impl Iterator<Item = char>) -> Option<usize> {
    let mut len = 0;
    for c in chars.take_while(|&c| c.is_alphanumeric() || c == '\u{AD}') {
        len += c.len_utf8();
        if len > LONGEST {
            return None;
        }
    }
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 8] =
        ["wednesday", "reporters", "long", "awaited", "us", "led", "online", "on"];

    fn of(text: &str) -> (SourceText, Option<NormalizedText>) {
        let source = SourceText::new(text).unwrap();
        let copy = NormalizedText::of(&source, |w| KNOWN.contains(&w));
        (source, copy)
    }

    #[test]
    fn cases() {
        for (text, want) in [
            ("on Wednes-\nday that", "on Wednesday\nthat"),
            ("on Wednes-\n  day, that\nnext", "on Wednesday,\nthat\nnext"),
            ("on Wednes\u{2010} \nday\nthat", "on Wednesday\nthat"),
            ("the long-\nawaited day", "the long-awaited\nday"),
            ("US-\nled talks", "US-led\ntalks"),
            ("state-of-the-\nart it is", "state-of-the-art\nit is"),
            ("Anglo-\nSaxon it is", "Anglo-Saxon\nit is"),
            ("in mid-\n1990 it was", "in mid-1990\nit was"),
            ("WASH-\nINGTON said", "WASHINGTON\nsaid"),
            ("Chair Jer-\nome Powell", "Chair Jerome\nPowell"),
            ("on-\nline it is", "online\nit is"),
            ("Spin-\nBoldak", "Spin-Boldak"),
            // As the text has it elsewhere.
            ("a re-\nform, the re-form", "a re-form,\nthe re-form"),
            ("co\u{AD}op\u{AD}er\u{AD}ate", "cooperate"),
            ("Fed\u{AD}\neral and", "Federal\nand"),
            ("the o\u{FB03}ce", "the office"),
            ("Jan\u{200B} Kos", "Jan Kos"),
            ("Jan\u{200B}Kos \u{FEFF}is", "Jan\u{200B}Kos is"),
        ] {
            let (_, copy) = of(text);
            let got = copy.as_ref().map_or(text, |c| c.text().as_str());
            assert_eq!(got, want, "{text:?}");
        }
        for fair in ["", "a - b\n-\n- c", "the end -\nor not", "1990-\n95", "---\nabc", "a-\n\nb"] {
            assert_eq!(of(fair).1, None, "{fair:?}");
        }
    }

    /// Every stretch of the copy comes from one of the source that says the same.
    #[test]
    fn spans_come_home() {
        let text = "\u{AD}\u{FEFF}The o\u{FB03}ce of Jer-\nome Wol\u{AD}ff \u{200B}said “co\u{AD}op” 👩\u{200D}🚀 on Wed-\n nes\u{AD}-\nday.\u{AD}";
        let (source, copy) = of(text);
        let copy = copy.unwrap();
        let fair = copy.text();
        let plain = |s: &str| {
            let kept = s.chars().filter(|c| {
                !c.is_whitespace() && !matches!(c, '-' | '\u{AD}' | '\u{FEFF}' | '\u{200B}')
            });
            kept.collect::<String>().replace('\u{FB03}', "ffi")
        };
        let ends: Vec<usize> =
            (0..=fair.len()).filter(|&i| fair.as_str().is_char_boundary(i)).collect();
        for (n, &a) in ends.iter().enumerate() {
            for &z in &ends[n + 1..] {
                let here = fair.span(a, z).unwrap();
                let home = copy.in_source(here);
                assert!(source.span(home.start(), home.end()).is_some(), "{a} {z}");
                assert!(!home.is_empty());
                let (got, want) = (plain(source.slice(home)), plain(fair.slice(here)));
                assert!(got.contains(&want) && got.len() <= want.len() + 4, "{got:?} {want:?}");
            }
        }
        let office = fair.as_str().find("office").unwrap();
        let home = copy.in_source(fair.span(office, office + 6).unwrap());
        assert_eq!(source.slice(home), "o\u{FB03}ce");
    }
}
