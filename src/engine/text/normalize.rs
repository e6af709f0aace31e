use std::collections::HashSet;

use super::{SourceText, Span, TokenizedText, case::lowercase};

/// A text as its author wrote it: what typesetting, PDF files and web pages leave inside words is
/// gone. Engines read it; [`NormalizedText::source_span`] maps every span that they find back to the
/// source.
///
/// Soft hyphens and word joiners go, and zero-width spaces beside other whitespace; ligatures
/// become their letters (`ﬁ`: fi); a word that was cut at the end of its line ("Wednes-", "day") is
/// one again, and the line ends after it instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormalizedText {
    text: SourceText,
    /// Stretches that both texts share, in order.
    pieces: Vec<Piece>,
    wrapped: bool,
}

/// A stretch that both texts share, in bytes; between two pieces something was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    normalized: usize,
    source: usize,
    len: usize,
}

/// Longer parts of cut words are left as they are.
const MAX_PART_BYTES: usize = 40;
const HYPHENS: [char; 2] = ['-', '\u{2010}'];

impl NormalizedText {
    /// `None`: the text needs no cleanup, as nearly all do not. `known` tells whether a lowercase
    /// word exists. Linear in the text's length.
    pub fn new(source: &SourceText, known: impl Fn(&str) -> bool) -> Option<NormalizedText> {
        if !needs_cleanup(source.as_str()) {
            return None;
        }
        let mut normalizer = Normalizer::new(source.as_str());
        normalizer.normalize(&known);
        let pieces = normalizer.pieces;
        if pieces.len() < 2 {
            return None;
        }
        // Never longer than the source: every replacement is shorter.
        let text = SourceText::new(&normalizer.out).ok()?;
        Some(NormalizedText { text, pieces, wrapped: cuts_words(source.as_str()) })
    }

    /// What the engines read.
    pub fn text(&self) -> &SourceText {
        &self.text
    }

    /// The normalized text as tokens; where words were cut at the ends of lines, paragraphs go on over
    /// them.
    pub fn tokenized(&self) -> TokenizedText<'_> {
        TokenizedText::divide(&self.text, self.wrapped)
    }

    /// The span of the source that `span` of the normalized text was made from. What was removed at
    /// its ends stays outside; half a ligature becomes the whole one.
    pub fn source_span(&self, span: Span) -> Span {
        let before = |at: usize| {
            let next = self.pieces.partition_point(|p| p.normalized < at);
            next.checked_sub(1).and_then(|i| self.pieces.get(i))
        };
        let start = match before(span.start() + 1) {
            Some(p) => p.source + (span.start() - p.normalized).min(p.len),
            None => 0,
        };
        let end = match before(span.end()) {
            Some(p) if span.end() <= p.normalized + p.len => p.source + (span.end() - p.normalized),
            // Inside a replacement: to the end of what was replaced.
            Some(p) => {
                let next = self.pieces.partition_point(|q| q.normalized <= p.normalized);
                self.pieces.get(next).map_or(start, |next| next.source)
            }
            None => start,
        };
        Span::new(start, end)
    }
}

/// Is there anything that may need cleanup? Looks only at bytes and the ends of lines.
fn needs_cleanup(text: &str) -> bool {
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

struct Normalizer<'t> {
    text: &'t str,
    out: String,
    pieces: Vec<Piece>,
    /// Where the next piece begins in the source.
    from: usize,
    /// The next space becomes the line break that was removed from a word.
    pending_newline: bool,
    /// Words of the text with their hyphens; collected when first needed.
    words: Option<HashSet<String>>,
}

impl<'t> Normalizer<'t> {
    fn new(text: &'t str) -> Normalizer<'t> {
        Normalizer {
            text,
            out: String::with_capacity(text.len()),
            pieces: Vec::new(),
            from: 0,
            pending_newline: false,
            words: None,
        }
    }

    fn normalize(&mut self, known: &impl Fn(&str) -> bool) {
        let text = self.text;
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            at = match c {
                '\u{AD}' => {
                    // At the end of a line it is a visible hyphen.
                    let cut = cut_word_at(text, at, next);
                    self.pending_newline |= cut.is_some();
                    self.replace(at, cut.map_or(next, |cut| cut.right), "")
                }
                '\u{2060}' | '\u{FEFF}' => self.replace(at, next, ""),
                '\u{200B}' if self.is_beside_space(at, next) => self.replace(at, next, ""),
                '\u{FB00}'..='\u{FB06}' => {
                    let letters = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
                    let which = c as usize - 0xFB00;
                    self.replace(at, next, letters.get(which).copied().unwrap_or_default())
                }
                _ if HYPHENS.contains(&c) => match cut_word_at(text, at, next) {
                    Some(cut) => {
                        self.pending_newline = true;
                        let whole = self.is_one_word(&cut, known);
                        self.replace(if whole { at } else { next }, cut.right, "")
                    }
                    None => next,
                },
                ' ' if self.pending_newline => {
                    self.pending_newline = false;
                    self.replace(at, next, "\n")
                }
                '\n' => {
                    self.pending_newline = false;
                    next
                }
                _ => next,
            };
        }
        self.replace(text.len(), text.len(), "");
    }

    /// Copies the text up to `start`, and writes `with` in place of `start..end`.
    fn replace(&mut self, start: usize, end: usize, with: &str) -> usize {
        self.pieces.push(Piece {
            normalized: self.out.len(),
            source: self.from,
            len: start - self.from,
        });
        self.out.push_str(&self.text[self.from..start]);
        self.out.push_str(with);
        self.from = end;
        end
    }

    fn is_beside_space(&self, at: usize, next: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[next..].chars().next();
        before.is_none_or(char::is_whitespace) || after.is_none_or(char::is_whitespace)
    }

    /// Was the hyphen put there only to cut the word?
    fn is_one_word(&mut self, cut: &CutWord<'_>, known: &impl Fn(&str) -> bool) -> bool {
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
            text.split(part).filter(|w| w.len() <= 2 * MAX_PART_BYTES).map(lowercase).collect()
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
        let cut = ends.and_then(|(i, c)| cut_word_at(text, at + i, at + i + c.len_utf8()));
        at += line.len();
        cut.is_some()
    })
}

/// A word that goes on in the next line, behind its hyphen.
fn cut_word_at(text: &str, hyphen: usize, next: usize) -> Option<CutWord<'_>> {
    let rest = &text[next..];
    let line_end = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let right = line_end.trim_start_matches([' ', '\t']);
    let head = &text[..hyphen];
    let left_len = word_len(head.chars().rev())?;
    let left = &head[hyphen - left_len..];
    let (right_at, right_len) = (text.len() - right.len(), word_len(right.chars())?);
    let fits = left.ends_with(char::is_alphabetic) && right.starts_with(char::is_alphanumeric);
    fits.then(|| CutWord {
        left,
        right: right_at,
        rest: &right[..right_len],
        compound: head[..hyphen - left_len].ends_with(HYPHENS),
    })
}

/// "Wednes-", "day".
struct CutWord<'t> {
    left: &'t str,
    /// Where `rest` begins, in bytes.
    right: usize,
    rest: &'t str,
    /// Other parts and hyphens stand before `left`.
    compound: bool,
}

/// How many bytes of letters and digits come first; `None` where there are too many.
fn word_len(chars: impl Iterator<Item = char>) -> Option<usize> {
    let mut len = 0;
    for c in chars.take_while(|&c| c.is_alphanumeric() || c == '\u{AD}') {
        len += c.len_utf8();
        if len > MAX_PART_BYTES {
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
        let copy = NormalizedText::new(&source, |w| KNOWN.contains(&w));
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
    fn spans_lead_back_to_the_source() {
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
                let home = copy.source_span(here);
                assert!(source.span(home.start(), home.end()).is_some(), "{a} {z}");
                assert!(!home.is_empty());
                let (got, want) = (plain(source.slice(home)), plain(fair.slice(here)));
                assert!(got.contains(&want) && got.len() <= want.len() + 4, "{got:?} {want:?}");
            }
        }
        let office = fair.as_str().find("office").unwrap();
        let home = copy.source_span(fair.span(office, office + 6).unwrap());
        assert_eq!(source.slice(home), "o\u{FB03}ce");
    }
}
