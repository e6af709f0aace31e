//! What the tagger sees of each token: hashed word, endings, shape, clusters, place in quotation.

use super::marks::{Region, Style};
use super::pack::Table;
use crate::coreference::{self, FirstName, Spelling};
use crate::text::{TokenKind, TokenizedText};
use crate::vocabulary::people::Gender;

/// A token as the tagger sees it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// Hash of the lower-case word, digits as 0, one kind of apostrophe.
    pub low: u32,
    /// Hashes of its last two and three characters.
    pub suffix: [u32; 2],
    /// Hash of its first three characters.
    pub prefix: u32,
    /// Word clusters, coarse and fine; 0 where the word is in none.
    pub cluster: [u16; 2],
    /// Capitals, digits, punctuation: see [`shape`].
    pub shape: u8,
    /// How often the word begins a cue, 0–7.
    pub cue: u8,
    /// Place in quotation: see [`OUTSIDE`] and its neighbours.
    pub quote: u8,
    /// What the quotation around it is like: length, end, first letter; 0 outside.
    pub region: u8,
    /// First of its sentence.
    pub first: bool,
    /// A mark of punctuation.
    pub punct: bool,
    /// The linear tagger's tag.
    pub tag: u8,
    /// How sure that tagger was, in five steps, + 8 × the tag that it would have liked next.
    pub doubt: u8,
}

impl Word {
    /// No capital.
    pub(super) fn is_lowercase(&self) -> bool {
        self.shape == shape::LOWERCASE
    }

    /// Its first letter is a capital, and it is not of [`shape::MIXED`] case.
    pub(super) fn is_capitalized(&self) -> bool {
        matches!(self.shape, shape::CAPITALIZED | shape::CAPITAL_LETTER | shape::UPPERCASE)
    }

    /// Its first letter alone is a capital, as at the start of a sentence.
    pub(super) fn is_title_case(&self) -> bool {
        matches!(self.shape, shape::CAPITALIZED | shape::CAPITAL_LETTER)
    }

    /// Notes what the linear tagger said of the word: its tag, the margin in weight units and the
    /// tag that came second.
    pub fn note_tag(&mut self, tag: u8, margin: i32, other: u8) {
        let step = [12, 36, 80, 150].iter().filter(|&&m| margin >= m).count() as u8;
        self.tag = tag;
        self.doubt = step + 8 * other;
    }
}

/// [`Word::quote`]: no quotation.
pub(super) const OUTSIDE: u8 = 0;
/// [`Word::quote`]: a mark that opens one.
pub(super) const OPENS: u8 = 1;
/// [`Word::quote`]: a mark that closes one.
pub(super) const CLOSES: u8 = 2;
/// [`Word::quote`]: between marks.
pub(super) const INSIDE: u8 = 3;

/// Values of [`Word::shape`]. Models are trained with these numbers.
pub(super) mod shape {
    pub(crate) const NUMBER: u8 = 1;
    pub(crate) const LINK: u8 = 2;
    pub(crate) const HANDLE: u8 = 3;
    pub(crate) const PUNCTUATION: u8 = 4;
    pub(crate) const SYMBOL: u8 = 5;
    pub(crate) const LOWERCASE: u8 = 6;
    /// "Paris"
    pub(crate) const CAPITALIZED: u8 = 7;
    /// "A", "É."
    pub(crate) const CAPITAL_LETTER: u8 = 8;
    /// Capitals alone, more than one: "WHO".
    pub(crate) const UPPERCASE: u8 = 9;
    /// "iPhone", "McCain"
    pub(crate) const MIXED: u8 = 10;
    /// No word: beyond the ends of a paragraph.
    pub(crate) const BEYOND: u8 = 11;
}

/// Word lists of the model.
#[derive(Debug, Clone, Default)]
pub struct WordTables {
    /// Lower-case word → coarse cluster + 128 × fine cluster, both from 1.
    pub clusters: Table,
    /// Lower-case word → cue strength 1–7.
    pub cues: Table,
    /// First name → 1 woman, 2 man, 3 either.
    pub names: Table,
}

/// FNV-1a over characters, folded to 32 bits.
pub(super) fn hash_chars(chars: impl Iterator<Item = char>) -> u32 {
    let mut h = 0x811c_9dc5u32;
    for c in chars {
        h = (h ^ c as u32).wrapping_mul(0x0100_0193);
    }
    h ^ (h >> 15)
}

/// The folding that all lists share: lower case, digits as 0, ’ as '.
pub(super) fn fold_char(c: char) -> char {
    if c.is_ascii() {
        if c.is_ascii_digit() { '0' } else { c.to_ascii_lowercase() }
    } else if matches!(c, '’' | '‘') {
        '\''
    } else {
        c.to_lowercase().next().unwrap_or(c)
    }
}

/// Hash of a folded word.
pub fn hash_word(word: &str) -> u32 {
    hash_chars(word.chars().map(fold_char))
}

/// Every token of `reading`.
pub fn describe_words(
    reading: &TokenizedText<'_>,
    regions: &[Region],
    lists: &WordTables,
) -> Vec<Word> {
    let lists = &mut CachedTables::new(lists);
    let mut words: Vec<Word> = reading
        .tokens()
        .iter()
        .map(|t| describe_word(reading.slice(t.span), t.kind, lists))
        .collect();
    for s in reading.sentences() {
        if let Some(w) = words.get_mut(s.tokens.start) {
            w.first = true;
        }
    }
    for r in outermost_regions(regions) {
        let tokens = reading.tokens_in(r.outer);
        let inner = reading.tokens_in(r.inner);
        let property = describe_region(reading, r, inner.len());
        // Marks that American papers, from which was learnt, do not use are read like theirs.
        let rare = reading.slice(r.outer).starts_with(['«', '»', '‹', '›', '„', '‟', '「', '『']);
        for t in tokens.clone() {
            let Some(w) = words.get_mut(t) else { continue };
            w.region = property;
            w.quote = if inner.contains(&t) {
                INSIDE
            } else if t < inner.start {
                OPENS
            } else {
                CLOSES
            };
            if rare && w.quote != INSIDE {
                let mark = if w.quote == OPENS { "“" } else { "”" };
                let common = describe_word(mark, TokenKind::Punct, lists);
                (w.low, w.suffix, w.prefix) = (common.low, common.suffix, common.prefix);
                w.cluster = common.cluster;
            }
        }
    }
    words
}

/// The regions that no other holds, but for a single-marked one inside nothing.
pub(super) fn outermost_regions(regions: &[Region]) -> impl Iterator<Item = &Region> {
    regions.iter().filter(|r| r.depth == 0)
}

fn describe_region(reading: &TokenizedText<'_>, r: &Region, tokens: usize) -> u8 {
    let length = match tokens {
        0..=1 => 0,
        2 => 1,
        3..=4 => 2,
        5..=8 => 3,
        9..=20 => 4,
        _ => 5,
    };
    let text = reading.slice(r.inner);
    let end = match text.chars().next_back() {
        Some(',') => 1,
        Some('.' | '!' | '?' | '…') => 2,
        _ => 0,
    };
    let capital = u8::from(text.starts_with(|c: char| c.is_uppercase()));
    let style = u8::from(r.style == Style::Single);
    1 + length + 6 * (end + 3 * (capital + 2 * (u8::from(r.closed) + 2 * style)))
}

/// What coreference is told of every token. `names`: first names, as in [`WordTables::names`].
pub(super) fn describe_for_coreference(
    reading: &TokenizedText<'_>,
    words: &[Word],
    names: &Table,
) -> Vec<coreference::Token> {
    let first_name = |w: &Word| match names.get(w.low).filter(|_| w.is_capitalized()) {
        Some(1) => FirstName::Of(Gender::Female),
        Some(2) => FirstName::Of(Gender::Male),
        Some(_) => FirstName::Either,
        None => FirstName::No,
    };
    let describe = |w: &Word| coreference::Token {
        spelling: match w.shape {
            shape::LOWERCASE => Spelling::Lowercase,
            shape::CAPITALIZED => Spelling::Capitalized,
            shape::CAPITAL_LETTER => Spelling::CapitalLetter,
            shape::UPPERCASE => Spelling::Uppercase,
            _ => Spelling::Other,
        },
        quoted: w.quote == INSIDE,
        first: w.first,
        punct: w.punct,
        cue: w.cue >= 3,
        first_name: first_name(w),
    };
    debug_assert_eq!(words.len(), reading.tokens().len());
    words.iter().map(describe).collect()
}

/// What the lists say of words; the last word met in each cell is remembered.
struct CachedTables<'a> {
    lists: &'a WordTables,
    /// Word, clusters, cue strength.
    cells: Vec<(u32, u16, u16)>,
}

impl CachedTables<'_> {
    fn new(lists: &WordTables) -> CachedTables<'_> {
        let mut out = CachedTables { lists, cells: Vec::new() };
        // A cell's first word must be true, too.
        out.cells = vec![out.look_up(0); 512];
        out
    }

    fn look_up(&self, low: u32) -> (u32, u16, u16) {
        let of = |table: &Table| table.get(low).unwrap_or(0);
        (low, of(&self.lists.clusters), of(&self.lists.cues))
    }

    fn get(&mut self, low: u32) -> (u16, u16) {
        let at = low as usize % self.cells.len();
        if self.cells[at].0 != low {
            self.cells[at] = self.look_up(low);
        }
        (self.cells[at].1, self.cells[at].2)
    }
}

fn describe_word(text: &str, kind: TokenKind, lists: &mut CachedTables<'_>) -> Word {
    let low = hash_word(text);
    let (clusters, cue) = lists.get(low);
    let mut last = ['\0'; 3];
    for c in text.chars().rev().take(3).zip(&mut last) {
        *c.1 = fold_char(c.0);
    }
    Word {
        low,
        suffix: [hash_chars(last[..2].iter().copied()), hash_chars(last.iter().copied())],
        prefix: hash_chars(text.chars().take(3).map(fold_char)),
        cluster: [clusters & 127, clusters >> 7],
        shape: word_shape(text, kind),
        cue: cue as u8,
        punct: kind == TokenKind::Punct,
        ..Word::default()
    }
}

fn word_shape(text: &str, kind: TokenKind) -> u8 {
    match kind {
        TokenKind::Number => shape::NUMBER,
        TokenKind::Link => shape::LINK,
        TokenKind::Handle => shape::HANDLE,
        TokenKind::Punct => shape::PUNCTUATION,
        TokenKind::Symbol => shape::SYMBOL,
        TokenKind::Word => {
            let mut chars = text.chars();
            let first = chars.next().is_some_and(char::is_uppercase);
            let more = chars.clone().any(char::is_uppercase);
            let lower = chars.any(char::is_lowercase);
            match (first, more, lower) {
                (false, false, _) => shape::LOWERCASE,
                (true, false, true) => shape::CAPITALIZED,
                (true, false, false) => shape::CAPITAL_LETTER,
                (true, true, false) => shape::UPPERCASE,
                (_, true, _) => shape::MIXED,
            }
        }
    }
}
