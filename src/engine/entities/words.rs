//! Words as the tagger sees them: affixes, lexicon, and uppercase read as it would be written
//! elsewhere.

use std::borrow::Cow;
use std::collections::HashMap;

pub use super::shape::{Case, Shape};
use super::shape::{line_case, pattern_hash, token_shape, word_shape};
use crate::lexicon::{Lexicon, Word, flag, hash, mix, strip_diacritics};
use crate::text::TokenizedText;

/// What the tagger knows of one spelling, wherever it stands.
#[derive(Debug, Clone)]
pub struct WordType {
    pub surface: u64,
    pub lower: u64,
    /// The letters' pattern, runs shortened: "Xx", "X.X.", "d,d".
    pub pattern: u64,
    pub shape: Shape,
    /// The first one to four characters; as many as there are.
    pub prefixes: [u64; 4],
    /// The last one to four characters.
    pub suffixes: [u64; 4],
    pub word: Word,
    /// The letters of a word in uppercase, as initials are added up; else 0.
    pub letters: u64,
    /// Number shared by all spellings of one lowercase word.
    pub key: u32,
    /// Length in characters, at most 15.
    pub len: u8,
    /// Letters of a script that has no capitals: Arabic, Devanagari, Chinese.
    pub caseless: bool,
}

/// The words of a text.
#[derive(Debug, Default)]
pub struct Words {
    pub types: Vec<WordType>,
    /// Index into `types`, one a token: the spelling that the tagger reads.
    pub of: Vec<u32>,
    /// How the token is really written, one a token.
    pub shapes: Vec<Shape>,
    /// One a paragraph.
    pub cases: Vec<Case>,
    /// Number of lowercase words.
    pub keys: u32,
}

impl Words {
    /// Reads all words; those in uppercase lines as they are written elsewhere in the text.
    pub fn new(tokenized: &TokenizedText<'_>, lexicon: &Lexicon) -> Words {
        let mut words = Words::default();
        let n = tokenized.tokens().len();
        words.shapes = (0..n).map(|i| token_shape(tokenized.word(i), tokenized, i)).collect();
        words.cases = tokenized
            .paragraphs()
            .iter()
            .map(|p| line_case(words.shapes.get(p.tokens.clone()).unwrap_or_default()))
            .collect();
        let mut shouted = words.find_shouted(tokenized);
        let capitals = lexicon.knows_capitals();
        if capitals {
            words.find_title_lines(tokenized, lexicon, &mut shouted);
        }
        if capitals && words.is_without_capitals() {
            let lower = shouted.iter_mut().zip(&words.shapes);
            lower.filter(|(_, s)| **s == Shape::Lower).for_each(|(slot, _)| *slot = Shout::Whisper);
        }
        let twins = usual_spellings(tokenized, &shouted);
        let mut reader = LineReader { body: None, given: false, place: 0 };
        let mut seen: HashMap<Cow<'_, str>, u32> = HashMap::new();
        let mut keys: HashMap<u64, u32> = HashMap::new();
        for (i, shout) in shouted.iter().enumerate() {
            let written = tokenized.word(i);
            let view = match shout {
                Shout::No => Cow::Borrowed(written),
                Shout::Title | Shout::TitleStart | Shout::Whisper => {
                    reader.spell(tokenized, i, *shout, &twins, lexicon)
                }
                shout => quieten(written, *shout, &twins, lexicon),
            };
            let next = words.types.len() as u32;
            let id = match seen.get(&view) {
                Some(&id) => id,
                None => {
                    let mut made = build_type(&view, lexicon);
                    let fresh = keys.len() as u32;
                    made.key = *keys.entry(made.lower).or_insert(fresh);
                    words.types.push(made);
                    seen.insert(view, next);
                    next
                }
            };
            words.of.push(id);
        }
        words.keys = keys.len() as u32;
        words
    }

    /// The type of token `i`.
    pub fn get(&self, i: usize) -> Option<&WordType> {
        self.types.get(*self.of.get(i)? as usize)
    }

    /// Which tokens are in uppercase as a matter of style: whole lines, and runs of two or more
    /// uppercase words one of which is too long for an acronym ("BOB STRONG / REUTERS").
    fn find_shouted(&self, tokenized: &TokenizedText<'_>) -> Vec<Shout> {
        let mut out = vec![Shout::No; self.shapes.len()];
        for (p, case) in tokenized.paragraphs().iter().zip(&self.cases) {
            if *case == Case::Upper {
                for i in p.tokens.clone() {
                    if self.shapes[i] == Shape::Upper {
                        out[i] = Shout::Line;
                    }
                }
                continue;
            }
            let mut i = p.tokens.start;
            while i < p.tokens.end {
                if self.shapes[i] != Shape::Upper {
                    i += 1;
                    continue;
                }
                let start = i;
                let (mut count, mut long, mut end) = (0, false, i);
                while i < p.tokens.end {
                    let word = tokenized.word(i);
                    match self.shapes[i] {
                        Shape::Upper => {
                            count += 1;
                            long |= word.len() >= 4 && !word.contains('.');
                            end = i + 1;
                        }
                        Shape::Initial => {}
                        Shape::Mark if matches!(word, "/" | "-" | "&" | "|") => {}
                        _ => break,
                    }
                    i += 1;
                }
                if count >= 2 && long {
                    let run = out[start..end].iter_mut().zip(&self.shapes[start..end]);
                    for (slot, _) in run.filter(|(_, s)| **s == Shape::Upper) {
                        *slot = Shout::Run;
                    }
                }
            }
        }
        out
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shout {
    No,
    Line,
    Run,
    /// In a headline with capitals throughout.
    Title,
    /// The same, its first word.
    TitleStart,
    /// In a text without capitals.
    Whisper,
}

/// Fewer words in lowercase than this say nothing of how a text is written.
const LEAST_LOWERCASE_WORDS: usize = 4;

impl Words {
    /// Lines in which every word but the small ones begins with a capital: what is a name there is
    /// told by how the words are written elsewhere.
    fn find_title_lines(
        &self,
        tokenized: &TokenizedText<'_>,
        lexicon: &Lexicon,
        shouted: &mut [Shout],
    ) {
        for (p, case) in tokenized.paragraphs().iter().zip(&self.cases) {
            if *case != Case::Title {
                continue;
            }
            let known = |i: usize| lexicon.word(&lowercase_word(tokenized.word(i)));
            let small = |i: usize| matches!(known(i).rank, 1..=2) && tokenized.word(i).len() <= 5;
            let lower = |i: &usize| self.shapes.get(*i) == Some(&Shape::Lower);
            let strict = p
                .tokens
                .clone()
                .filter(lower)
                .all(|i| small(i) || tokenized.word(i).starts_with(['\'', '’']));
            let common = p.tokens.clone().skip(1).any(|i| {
                let word = known(i);
                self.shapes.get(i) == Some(&Shape::Capital)
                    && (2..=5).contains(&word.rank)
                    && !word.proper
                    && word.flags == 0
            });
            if strict && common {
                for i in p.tokens.clone().filter(|&i| self.shapes[i] == Shape::Capital) {
                    let first = i == p.tokens.start;
                    shouted[i] = if first { Shout::TitleStart } else { Shout::Title };
                }
            }
        }
    }

    /// Nobody writes a whole text of some length without a capital but on purpose.
    fn is_without_capitals(&self) -> bool {
        let count = |is: &dyn Fn(&Shape) -> bool| self.shapes.iter().filter(|s| is(s)).count();
        let capitals =
            count(&|s| matches!(s, Shape::Capital | Shape::Mixed | Shape::Upper | Shape::Initial));
        let lower = count(&|s| *s == Shape::Lower);
        lower >= LEAST_LOWERCASE_WORDS && capitals * 200 <= lower
    }
}

/// Reads lines whose capitals say nothing, from left to right.
struct LineReader {
    /// The "of" after the head of a body, or the word after that: "Ministry of Health".
    body: Option<usize>,
    /// The token before is a first name.
    given: bool,
    /// Where the listed place that began last ends.
    place: usize,
}

impl LineReader {
    /// The word as it would be written in a sentence.
    fn spell<'t>(
        &mut self,
        tokenized: &TokenizedText<'t>,
        i: usize,
        shout: Shout,
        twins: &HashMap<String, &'t str>,
        lexicon: &Lexicon,
    ) -> Cow<'t, str> {
        let written = tokenized.word(i);
        let low = lowercase_word(written);
        let known = lexicon.word(&low);
        let title = matches!(shout, Shout::Title | Shout::TitleStart);
        let given = std::mem::take(&mut self.given);
        let joined =
            matches!(i.checked_sub(1).map(|b| tokenized.word(b)), Some("and" | "And" | "&"));
        let of_body = match self.body {
            Some(at) if at == i => return Cow::Owned(low),
            Some(at) => at + 1 == i || joined && at + 2 == i,
            None => false,
        };
        self.body = of_body.then_some(i).filter(|_| !joined);
        if i >= self.place {
            self.place = i + place_tokens(tokenized, i, lexicon);
        }
        let surname = given && known.flags & (flag::SURNAME | flag::RARE_SURNAME) != 0;
        let unknown = known.rank == 0 && low.chars().all(char::is_alphabetic) && low.len() > 2;
        let head = title && known.flags & flag::ORG_HEAD != 0;
        let capital = match twins.get(&low) {
            Some(twin) => twin.starts_with(char::is_uppercase),
            None => known.proper || unknown || surname || head || of_body || i < self.place,
        };
        if !capital && shout != Shout::TitleStart {
            return if title { Cow::Owned(low) } else { Cow::Borrowed(written) };
        }
        self.given = known.flags & (flag::FEMALE | flag::MALE) != 0;
        if head && matches!(tokenized.word(i + 1), "of" | "Of" | "for" | "For") {
            self.body = Some(i + 1);
        }
        if title {
            return Cow::Borrowed(written);
        }
        if known.flags & flag::MEDIA != 0 && low.len() <= 4 {
            return Cow::Owned(low.to_uppercase());
        }
        let mut chars = low.chars();
        match chars.next() {
            Some(first) => Cow::Owned(first.to_uppercase().chain(chars).collect()),
            None => Cow::Borrowed(written),
        }
    }
}

/// How many tokens the listed place has that begins at `i`, of two or more; else 0.
fn place_tokens(tokenized: &TokenizedText<'_>, i: usize, lexicon: &Lexicon) -> usize {
    let mut hash = crate::lexicon::PhraseHash::EMPTY;
    let mut best = 0;
    for len in 1..=MAX_PLACE_TOKENS {
        let word = tokenized.word(i + len - 1);
        if word.is_empty() {
            break;
        }
        hash = hash.push(&lowercase_word(word));
        if len > 1 && lexicon.phrase(hash).is_some() {
            best = len;
        }
    }
    best
}

/// The longest name of a place that is looked for in such lines, in tokens.
const MAX_PLACE_TOKENS: usize = 4;

/// Lowercase word → its most frequent spelling outside such lines and runs.
fn usual_spellings<'t>(
    tokenized: &TokenizedText<'t>,
    shouted: &[Shout],
) -> HashMap<String, &'t str> {
    if shouted.iter().all(|s| *s == Shout::No) {
        return HashMap::new();
    }
    let mut counts: HashMap<String, Vec<(&'t str, u32)>> = HashMap::new();
    for s in tokenized.sentences() {
        // The first word of a sentence says nothing about its capital.
        for i in s.tokens.clone().skip(1) {
            let word = tokenized.word(i);
            if shouted.get(i) != Some(&Shout::No) || !word.starts_with(char::is_alphabetic) {
                continue;
            }
            let forms = counts.entry(lowercase_word(word)).or_default();
            if let Some(form) = forms.iter_mut().find(|f| f.0 == word) {
                form.1 += 1;
            } else if forms.len() < 4 {
                forms.push((word, 1));
            }
        }
    }
    counts
        .into_iter()
        .filter_map(|(k, forms)| {
            // The first of the most frequent.
            let best = forms.iter().rev().max_by_key(|f| f.1)?;
            Some((k, best.0))
        })
        .collect()
}

/// A word in uppercase as it would be written otherwise.
fn quieten<'a>(
    written: &'a str,
    shout: Shout,
    twins: &HashMap<String, &'a str>,
    lexicon: &Lexicon,
) -> Cow<'a, str> {
    let low = lowercase_word(written);
    if let Some(twin) = twins.get(&low) {
        return Cow::Borrowed(twin);
    }
    if written.contains('.') || written.contains('&') {
        return Cow::Borrowed(written);
    }
    let known = lexicon.word(&low);
    let name = flag::FEMALE | flag::MALE | flag::SURNAME;
    let common = (1..=5).contains(&known.rank) && known.flags & name == 0 && !known.proper;
    if shout == Shout::Line
        && common
        && lexicon.phrase(crate::lexicon::PhraseHash::EMPTY.push(&low)).is_none()
    {
        return Cow::Owned(low);
    }
    if known.rank == 0 && low.len() <= 4 && known.flags & name == 0 {
        return Cow::Borrowed(written);
    }
    let mut chars = low.chars();
    let Some(first) = chars.next() else {
        return Cow::Borrowed(written);
    };
    Cow::Owned(first.to_uppercase().chain(chars).collect())
}

/// In lowercase, with one kind of apostrophe.
pub fn lowercase_word(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.to_lowercase().replace('’', "'")
    }
}

fn build_type(view: &str, lexicon: &Lexicon) -> WordType {
    let low = lowercase_word(view);
    let chars: Vec<char> = view.chars().take(64).collect();
    let lows: Vec<char> = strip_diacritics(&low).chars().take(64).collect();
    let affix = |part: &[char]| {
        let h = part.iter().fold(0xff51_afd7_ed55_8ccd, |h, &c| mix(h ^ u64::from(u32::from(c))));
        mix(h)
    };
    let mut prefixes = [0; 4];
    let mut suffixes = [0; 4];
    for n in 1..=4 {
        if lows.len() >= n {
            prefixes[n - 1] = affix(&lows[..n]);
            suffixes[n - 1] = affix(&lows[lows.len() - n..]);
        }
    }
    let shape = word_shape(view);
    let letters = match shape {
        Shape::Upper => (0..lows.len()).fold(0, |h, n| mix(h ^ affix(&lows[n..=n]))),
        _ => 0,
    };
    WordType {
        letters,
        surface: hash(view),
        lower: hash(&low),
        pattern: pattern_hash(&chars),
        shape,
        prefixes,
        suffixes,
        word: lexicon.word(&low),
        key: 0,
        len: chars.len().min(15) as u8,
        caseless: is_caseless(&chars),
    }
}

fn is_caseless(chars: &[char]) -> bool {
    let mut letters = chars.iter().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase() && !c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    fn spellings(text: &str) -> Vec<u64> {
        let source = SourceText::new(text).unwrap();
        let tokenized = TokenizedText::new(&source);
        let words = Words::new(&tokenized, &Lexicon::default());
        (0..words.of.len()).map(|i| words.get(i).unwrap().surface).collect()
    }

    #[test]
    fn capitals_are_read_through_their_twins() {
        let seen = spellings(
            "Then the officials and Bob Ferndale left.\n\n(photo: BOB FERNDALE / REUTERS)",
        );
        assert!(seen.ends_with(&[
            hash("Bob"),
            hash("Ferndale"),
            hash("/"),
            hash("Reuters"),
            hash(")")
        ]));
        let acronyms = spellings("The EU and NATO met the UN.");
        assert!(acronyms.contains(&hash("NATO")) && acronyms.contains(&hash("EU")));
    }
}
