//! What the whole text says about a word: runs of capitalized words, other mentions, expansions.

use std::collections::HashMap;

use super::words::{Case, Shape, Words};
use crate::lexicon::{Lexicon, PhraseHash, Place, flag};
use crate::text::{TokenKind, TokenizedText};

/// How many other mentions of a word are looked at.
const MAX_OTHER_MENTIONS: usize = 8;
/// The longest phrase of the gazetteer, in tokens.
const MAX_PHRASE_TOKENS: usize = 5;

/// A stretch of words that look like a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub start: u32,
    pub end: u32,
}

/// How many tokens after a word its pronoun is looked for.
const PRONOUN_WINDOW: usize = 14;

/// Whom or what a pronoun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Pronoun {
    /// None follows.
    #[default]
    None,
    /// "it", "its", "which"
    Thing,
    /// "he", "her", "who"
    Person,
    /// "they", "their"
    Several,
}

impl Pronoun {
    fn parse(word: &str) -> Option<Pronoun> {
        Some(match word {
            "it" | "its" | "itself" | "which" => Pronoun::Thing,
            "he" | "his" | "him" | "himself" | "she" | "her" | "hers" | "herself" | "who"
            | "whose" | "whom" => Pronoun::Person,
            "they" | "their" | "them" | "themselves" => Pronoun::Several,
            _ => return None,
        })
    }
}

/// Facts about every token that come from beyond its neighbours.
#[derive(Debug, Default)]
pub struct Context {
    pub runs: Vec<Run>,
    /// Index + 1 into `runs`, one a token; 0: none.
    pub run_of: Vec<u32>,
    /// Per key: tokens inside runs, the first few.
    pub mentions: Vec<Vec<u32>>,
    /// Per key: the longest run that holds it.
    pub longest: Vec<u32>,
    /// Per key: it stands in lowercase somewhere in plain text.
    pub lower: Vec<bool>,
    /// Per key: it stands with a capital where plain text asks for none.
    pub capital: Vec<bool>,
    /// Per token: phrase of the gazetteer and part (0 only, 1 first, 2 inside, 3 last).
    pub places: Vec<Option<(Place, u8)>>,
    /// Per key of an acronym: the run that spells it out.
    pub expansion: HashMap<u32, u32>,
    /// Per token: the sentence begins here.
    pub initial: Vec<bool>,
    /// Per token: paragraph.
    pub paragraph: Vec<u32>,
    /// Per token: the first pronoun that follows in its sentence.
    pub pronoun_ahead: Vec<Pronoun>,
}

impl Context {
    /// The case of the line that a token stands in.
    pub fn case_of(&self, words: &Words, token: usize) -> Case {
        let paragraph = self.paragraph.get(token).map(|&p| p as usize);
        paragraph.and_then(|p| words.cases.get(p)).copied().unwrap_or(Case::Plain)
    }

    /// Reads the text once.
    pub fn new(tokenized: &TokenizedText<'_>, words: &Words, lexicon: &Lexicon) -> Context {
        let n = words.of.len();
        let keys = words.keys as usize;
        let mut c = Context {
            run_of: vec![0; n],
            mentions: vec![Vec::new(); keys],
            longest: vec![0; keys],
            lower: vec![false; keys],
            capital: vec![false; keys],
            places: vec![None; n],
            initial: vec![false; n],
            paragraph: vec![0; n],
            pronoun_ahead: vec![Pronoun::None; n],
            ..Context::default()
        };
        for (p, paragraph) in tokenized.paragraphs().iter().enumerate() {
            for i in paragraph.tokens.clone() {
                c.paragraph[i] = p as u32;
            }
        }
        for s in tokenized.sentences() {
            let first =
                s.tokens.clone().find(|&i| words.shapes.get(i).is_some_and(|s| *s != Shape::Mark));
            if let Some(i) = first {
                c.initial[i] = true;
            }
            c.find_runs(tokenized, words, s.tokens.clone());
            c.find_pronouns(tokenized, words, s.tokens.clone());
        }
        c.collect_mentions(words);
        c.find_places(words, lexicon);
        c.find_expansions(tokenized, words);
        c
    }

    /// The run of token `i`.
    pub fn run_at(&self, i: usize) -> Option<Run> {
        let at = *self.run_of.get(i)?;
        self.runs.get((at as usize).checked_sub(1)?).copied()
    }

    fn find_runs(
        &mut self,
        tokenized: &TokenizedText<'_>,
        words: &Words,
        range: std::ops::Range<usize>,
    ) {
        let namely = |c: &Context, i: usize| {
            let Some(t) = words.get(i) else { return false };
            match t.shape {
                Shape::Capital | Shape::Upper | Shape::Mixed | Shape::Initial => {
                    // "The", "On" at the start of a sentence; "I" anywhere.
                    let dull = matches!(t.word.rank, 1..=2)
                        && t.word.flags & (flag::FEMALE | flag::MALE) == 0;
                    !(dull && (c.initial[i] || t.shape != Shape::Upper))
                }
                Shape::Code => t.len <= 6 && tokenized.word(i).starts_with(char::is_uppercase),
                _ => false,
            }
        };
        let mut i = range.start;
        while i < range.end {
            if !namely(self, i) {
                i += 1;
                continue;
            }
            let start = i;
            let mut end = i + 1;
            loop {
                if end < range.end && namely(self, end) {
                    end += 1;
                    continue;
                }
                // A hyphen or a particle between two such words.
                let joins = end + 1 < range.end && namely(self, end + 1) && {
                    let token = tokenized.tokens()[end];
                    let glued =
                        !token.spaced && matches!(tokenized.word(end), "-" | "–" | "&" | "'" | "’");
                    let particle =
                        words.get(end).is_some_and(|t| t.word.flags & flag::PARTICLE != 0);
                    glued || (particle && token.kind == TokenKind::Word)
                };
                if !joins {
                    break;
                }
                end += 2;
            }
            self.runs.push(Run { start: start as u32, end: end as u32 });
            for slot in &mut self.run_of[start..end] {
                *slot = self.runs.len() as u32;
            }
            i = end;
        }
    }

    /// Backwards, so that each token is looked at once.
    fn find_pronouns(
        &mut self,
        tokenized: &TokenizedText<'_>,
        words: &Words,
        range: std::ops::Range<usize>,
    ) {
        let mut next = None;
        for i in range.rev() {
            let near = next.filter(|&(at, _)| at - i <= PRONOUN_WINDOW);
            self.pronoun_ahead[i] = near.map_or(Pronoun::None, |(_, pronoun)| pronoun);
            if words.shapes.get(i) == Some(&Shape::Lower)
                && let Some(pronoun) = Pronoun::parse(tokenized.word(i))
            {
                next = Some((i, pronoun));
            }
        }
    }

    fn collect_mentions(&mut self, words: &Words) {
        for (i, &initial) in self.initial.iter().enumerate() {
            let Some(t) = words.get(i) else { continue };
            let key = t.key as usize;
            let plain = words.cases.get(self.paragraph[i] as usize) == Some(&Case::Plain);
            match t.shape {
                Shape::Lower if plain => self.lower[key] = true,
                Shape::Capital | Shape::Upper | Shape::Mixed if plain && !initial => {
                    self.capital[key] = true;
                }
                _ => {}
            }
            let at = self.run_of[i];
            if at == 0 {
                continue;
            }
            if self.mentions[key].len() < MAX_OTHER_MENTIONS + 1 {
                self.mentions[key].push(i as u32);
            }
            let len =
                |r: u32| self.runs.get((r as usize).wrapping_sub(1)).map_or(0, |r| r.end - r.start);
            if plain && len(at) > len(self.longest[key]) {
                self.longest[key] = at;
            }
        }
    }

    fn find_places(&mut self, words: &Words, lexicon: &Lexicon) {
        let mut i = 0;
        while i < words.of.len() {
            let Some(t) = words.get(i) else { break };
            if self.run_of[i] == 0 || t.shape == Shape::Lower {
                i += 1;
                continue;
            }
            let Some((place, len)) = longest_place(words, lexicon, i..words.of.len()) else {
                i += 1;
                continue;
            };
            for k in 0..len {
                let part = match k {
                    _ if len == 1 => 0,
                    0 => 1,
                    _ if k + 1 == len => 3,
                    _ => 2,
                };
                self.places[i + k] = Some((place, part));
            }
            i += len;
        }
    }

    /// "World Health Organization (WHO)": the acronym's key to the run before the parenthesis.
    fn find_expansions(&mut self, tokenized: &TokenizedText<'_>, words: &Words) {
        for i in 1..words.of.len() {
            let Some(t) = words.get(i) else { break };
            if t.shape != Shape::Upper || t.len < 2 || tokenized.word(i - 1) != "(" || i < 2 {
                continue;
            }
            let letters: Vec<char> =
                tokenized.word(i).chars().filter(|c| c.is_alphabetic()).collect();
            let at = self.run_of[i - 2];
            let Some(run) = self.run_at(i - 2) else { continue };
            // The last words' initials, backwards; small words may be skipped.
            let mut left = letters.len();
            let floor = (run.end as usize).saturating_sub(letters.len() * 2 + 2);
            for j in (floor..run.end as usize).rev() {
                let Some(first) = tokenized.word(j).chars().next() else {
                    break;
                };
                if left > 0 && first.to_uppercase().eq(letters[left - 1].to_uppercase()) {
                    left -= 1;
                }
            }
            if left == 0 {
                self.expansion.entry(t.key).or_insert(at);
            }
        }
    }
}

/// The longest listed place that begins where `tokens` do and ends within them; its length in tokens.
pub(super) fn longest_place(
    words: &Words,
    lexicon: &Lexicon,
    tokens: std::ops::Range<usize>,
) -> Option<(Place, usize)> {
    let mut hash = PhraseHash::EMPTY;
    let mut best = None;
    for (len, i) in (1..=MAX_PHRASE_TOKENS).zip(tokens) {
        let Some(t) = words.get(i) else { break };
        hash = hash.push_hash(t.lower);
        if let Some(place) = lexicon.phrase(hash) {
            best = Some((place, len));
        }
    }
    best
}
