//! How names are compared: folded, cut into words, without titles, possessives and endings.

use std::ops::Range;

use crate::text::{Span, TokenizedText, plain_letters};
use crate::vocabulary::people::{
    GIVEN_NAMES, Gender, NAME_PARTICLES, NAME_SUFFIXES, NICKNAMES, RELATIVES, TITLES,
};

/// How many tokens before a name are searched for a relative ("his wife, the painter …").
const RELATIVE_WINDOW: usize = 10;

/// Longer names are compared by their first words only.
const MAX_NAME_WORDS: usize = 16;

/// The words of a name for comparison: lowercase letters without diacritics, full stops or
/// possessive; "the" at the start is gone. Hyphens divide ("US-led") unless `join_hyphens`.
pub(super) fn name_words(name: &str, join_hyphens: bool) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut hyphen = false;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let particle = || out.last().is_some_and(|word| NAME_PARTICLES.contains(word));
        match c {
            '\'' | '’' | '‘' | '`' | '.' => {
                // "Biden's", "the Greens'": a possessive, not a part of the name.
                let last = chars.peek().is_none_or(|n| !n.is_alphanumeric());
                let s = matches!(chars.peek(), Some('s' | 'S')) && c != '.';
                if s && !last {
                    let mut ahead = chars.clone();
                    ahead.next();
                    if ahead.next().is_none_or(|n| !n.is_alphanumeric()) {
                        chars.next();
                    }
                }
                // "J.R." is two initials, "U.S." and "D.C." one word: the caller distinguishes them.
            }
            '-' | '‐' | '‑' | '–' if join_hyphens && !particle() => hyphen = true,
            _ if c.is_alphanumeric() => {
                if let Some(word) = out.last_mut() {
                    for lower in c.to_lowercase() {
                        match plain_letters(lower) {
                            Some(letters) => word.push_str(letters),
                            None => word.push(lower),
                        }
                    }
                }
                hyphen = false;
            }
            '\u{300}'..='\u{36f}' => {}
            _ => {
                if !hyphen && out.last().is_some_and(|w| !w.is_empty()) {
                    if out.len() == MAX_NAME_WORDS {
                        break;
                    }
                    out.push(String::new());
                }
            }
        }
    }
    out.retain(|w| !w.is_empty());
    if out.len() > 1 && out.first().is_some_and(|w| w == "the") {
        out.remove(0);
    }
    out
}

/// A person's name as one mention writes it.
#[derive(Debug, Clone, Default)]
pub(super) struct PersonName {
    /// Its words without titles and generation.
    pub(super) words: Vec<String>,
    /// Titles inside or right before the mention, in lowercase.
    pub(super) titles: Vec<String>,
    /// Known from the titles and the first name.
    pub(super) gender: Option<Gender>,
    /// Introduced as somebody's relative: "his wife, the painter Michelle Obama".
    pub(super) relative: bool,
    /// The same, with the word right before the name: "his wife Michelle Obama".
    pub(super) close_relative: bool,
    /// It goes on from the name before it, in a list: "and", a comma.
    pub(super) listed: bool,
    /// Its first token, and one past its last.
    pub(super) tokens: Range<usize>,
    /// Bytes of the mention that are titles, at its start.
    pub(super) title_bytes: usize,
}

impl PersonName {
    /// Reads the mention at `span`, and the words before it.
    pub(super) fn new(tokenized: &TokenizedText<'_>, span: Span) -> PersonName {
        let text = tokenized.slice(span);
        let mut name = PersonName { words: name_words(text, true), ..PersonName::default() };
        name.cut_titles_and_suffixes(text);
        name.tokens = tokenized.tokens_in(span);
        let before = name.tokens.start;
        name.listed = before
            .checked_sub(1)
            .is_some_and(|b| matches!(tokenized.word(b), "," | "and" | "or" | "&" | "not"));
        let inside = name.titles.len();
        // Another name stands between: the relative is that one.
        let mut crossed = false;
        for back in 1..=RELATIVE_WINDOW {
            let Some(at) = before.checked_sub(back) else {
                break;
            };
            let word = tokenized.word(at);
            if matches!(word, "." | "?" | "!" | ";" | "\"" | "”") {
                break;
            }
            let word = word.trim_end_matches('.').to_lowercase();
            // Titles stand right before the name, "Prime Minister" and "Vice President" too.
            let adjacent = back == name.titles.len() - inside + 1;
            let title = is_title(&word);
            if adjacent && title {
                name.titles.push(word.clone());
            }
            // "The father of George Doe" introduces the father.
            let relative = RELATIVES.contains(&word) && (!crossed || word == "family");
            if relative && tokenized.word(at + 1) != "of" {
                name.relative = true;
                name.close_relative |= back <= 3;
            }
            crossed |= !title && tokenized.word(at).starts_with(char::is_uppercase);
        }
        name.gender = name.titles.iter().find_map(|title| TITLES.get(title)?.gender);
        if name.gender.is_none() && name.given_words() >= 2 {
            name.gender = name.words.first().and_then(|given| GIVEN_NAMES.get(given)).copied();
        }
        name
    }

    fn cut_titles_and_suffixes(&mut self, text: &str) {
        while self.words.len() > 1
            && let Some(first) = self.words.first()
            && is_title(first)
        {
            self.titles.push(self.words.remove(0));
        }
        while self.words.len() > 1 && self.words.last().is_some_and(|w| NAME_SUFFIXES.contains(w)) {
            self.words.pop();
        }
        if !self.titles.is_empty() {
            // The first word of the text that is no title begins the name.
            let first = self.words.first().map_or("", String::as_str);
            let start = text.split_inclusive(char::is_whitespace).scan(0, |at, part| {
                let start = *at;
                *at += part.len();
                Some((start, part))
            });
            let mut start = start
                .filter(|(_, part)| name_words(part, true).first().is_some_and(|w| w == first));
            self.title_bytes = start.next().map_or(0, |(at, _)| at);
        }
    }

    /// How many words are not particles.
    pub(super) fn given_words(&self) -> usize {
        self.words.iter().filter(|w| !NAME_PARTICLES.contains(w)).count()
    }

    /// The last word: the surname, or its last part.
    pub(super) fn last_word(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Does its title make the first name the usual short form ("Pope Francis")?
    pub(super) fn is_regal(&self) -> bool {
        self.titles.iter().any(|title| TITLES.get(title).is_some_and(|title| title.regal))
    }
}

/// Is `word` a title that stands before people's names? In lowercase, without full stop.
fn is_title(word: &str) -> bool {
    TITLES.get(word).is_some_and(|title| title.before_names)
}

/// May these two first (or middle) names be one person's: equal, short forms, an initial?
pub(super) fn given_names_agree(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    a == b
        || initial(a, b)
        || initial(b, a)
        || NICKNAMES.get(a).is_some_and(|name| NICKNAMES.get(b) == Some(name))
}

/// How a name sounds: its consonants, those that transliterations and clerks write in several ways made one
/// ("Maksymov" and "Maksimov", "Mohammed" and "Muhamad"). The first letter counts though it is a vowel.
pub(super) fn consonants_of(word: &str) -> String {
    let mut out = String::new();
    let mut chars = word.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        let one = match c {
            // "Tkatchenko"
            't' if at > 0 && chars.peek().is_some_and(|(_, next)| *next == 'c') => continue,
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' if at > 0 => continue,
            'y' | 'j' => 'i',
            'h' if at > 0 => continue,
            'w' => 'v',
            'c' | 'q' => 'k',
            'z' => 's',
            other => other,
        };
        if !out.ends_with(one) {
            out.push(one);
        }
    }
    out
}

/// May these be two spellings of one word: the same consonants, and a letter or two between them? `most` letters
/// in longer words, one in shorter ones; short words are spelled as they are.
fn spelled_alike(a: &str, b: &str, most: usize) -> bool {
    /// In letters.
    const SHORTEST: usize = 4;
    const LONG: usize = 8;
    let (len_a, len_b) = (a.chars().count(), b.chars().count());
    if a == b {
        return true;
    }
    // "Ivan" and "Ivana", "Mario" and "Maria" are two.
    let gendered = a.ends_with('a') != b.ends_with('a');
    let letters = if len_a.min(len_b) >= LONG || len_a.max(len_b) > LONG { most } else { 1 };
    len_a.min(len_b) >= SHORTEST
        && !gendered
        && consonants_of(a) == consonants_of(b)
        && strsim::levenshtein(a, b) <= letters
}

/// May these be one surname in two spellings: "Zelensky", "Zelenskyy"?
pub(super) fn surnames_alike(a: &str, b: &str) -> bool {
    /// In letters: "Lee" and "Leigh" are two.
    const SHORTEST: usize = 5;
    a == b || a.len().min(b.len()) >= SHORTEST && spelled_alike(a, b, 2)
}

/// May these be one first name in two spellings: "Yuriy", "Yurii"? Names that are well known by
/// themselves are two, and so are initials.
pub(super) fn given_names_alike(a: &str, b: &str) -> bool {
    let known = |name: &str| GIVEN_NAMES.get(name).is_some();
    a == b && a.chars().count() > 1 || !(known(a) && known(b)) && spelled_alike(a, b, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        let folded = |name, join| name_words(name, join).join(" ");
        assert_eq!(folded("the U.S.", false), "us");
        assert_eq!(folded("Biden's", false), "biden");
        assert_eq!(folded("the Greens’", false), "greens");
        assert_eq!(folded("São Tomé", false), "sao tome");
        assert_eq!(folded("Bashar al-Assad", true), "bashar al assad");
        assert_eq!(folded("Ocasio-Cortez", true), "ocasiocortez");
        assert_eq!(folded("O'Brien", false), "obrien");
        assert_eq!(folded("Macy's Inc.", false), "macy inc");
        assert_eq!(folded("e\u{301}a", false), "ea");
        assert_eq!(folded("...", false), "");
    }
}
