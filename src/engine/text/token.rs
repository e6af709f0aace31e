use super::{SourceText, Span};
use crate::vocabulary::calendar::CALENDAR;
use crate::vocabulary::people::TITLES;
use crate::vocabulary::sentences::{ABBREVIATIONS, TOP_LEVEL_DOMAINS};

/// What a token looks like; nothing about its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits, apostrophes or full stops inside: `Biden`, `O'Brien`, `U.S.`, `A320`, `n't`.
    Word,
    /// Begins with a digit: `3.5`, `1,000`, `19:27`, `20th`, `5pm`.
    Number,
    /// `http://…`, `www.…`, a mail address.
    Link,
    /// `@name` or `#topic`.
    Handle,
    /// Marks of punctuation, one mark a token (`...`, `--`, ` `` `, `''` are one).
    Punct,
    /// Currency, emoji (one visible cluster a token) and everything else.
    Symbol,
}

/// One token of the text. Hyphens divide (`US-led` is three tokens), so do clitics (`Biden` `'s`,
/// `do` `n't`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where, in bytes.
    pub span: Span,
    /// What it looks like.
    pub kind: TokenKind,
    /// White space (or the start of the text) before it.
    pub spaced: bool,
    /// Its last character is the full stop of an abbreviation or an initial.
    pub abbreviation: bool,
}

/// Longer words are cut, so that no pasted text makes one token of ten megabytes.
const MAX_WORD_BYTES: usize = 200;

pub(super) fn tokenize(source: &SourceText, within: Span) -> Vec<Token> {
    let mut lexer =
        Lexer { text: source.slice(within), at: 0, base: within.start(), out: Vec::new() };
    lexer.tokenize_all();
    lexer.out
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    base: usize,
    out: Vec<Token>,
}

impl Lexer<'_> {
    fn tokenize_all(&mut self) {
        let mut spaced = true;
        while let Some(c) = self.current_char() {
            if is_space(c) {
                self.at += c.len_utf8();
                spaced = true;
                continue;
            }
            let start = self.at;
            let (end, kind) = self.next_token(c);
            let end = end.max(start + c.len_utf8());
            self.push_token(start, end, kind, spaced);
            spaced = false;
            self.at = end;
        }
    }

    fn push_token(&mut self, start: usize, end: usize, kind: TokenKind, spaced: bool) {
        let span = |a: usize, z: usize| Span::new(self.base + a, self.base + z);
        if matches!(kind, TokenKind::Word)
            && let Some(cut) = clitic_start(&self.text[start..end])
        {
            let cut = start + cut;
            self.out.push(Token { span: span(start, cut), kind, spaced, abbreviation: false });
            self.out.push(Token { span: span(cut, end), kind, spaced: false, abbreviation: false });
            return;
        }
        let abbreviation = matches!(kind, TokenKind::Word) && self.text[start..end].ends_with('.');
        self.out.push(Token { span: span(start, end), kind, spaced, abbreviation });
    }

    fn current_char(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn rest_from(&self, from: usize) -> &str {
        &self.text[from..]
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.rest_from(at).chars().next()
    }

    fn next_token(&self, c: char) -> (usize, TokenKind) {
        let start = self.at;
        if c.is_alphanumeric() {
            if let Some(end) = self.link_end(start) {
                return (end, TokenKind::Link);
            }
            if c.is_numeric() {
                return (self.number_end(start), TokenKind::Number);
            }
            return (self.word_end(start), TokenKind::Word);
        }
        match c {
            '@' | '#' => {
                let end = self.run_end(start + 1, |c| c.is_alphanumeric() || c == '_');
                let named = self.rest_from(start + 1).starts_with(char::is_alphabetic);
                if named { (end, TokenKind::Handle) } else { (start + 1, TokenKind::Symbol) }
            }
            '.' | '-' | '*' | '_' | '=' | '~' => {
                (self.run_end(start, |d| d == c), TokenKind::Punct)
            }
            '`' | '\'' if self.rest_from(start + 1).starts_with(c) => (start + 2, TokenKind::Punct),
            '\'' | '’' => match leading_clitic_len(self.rest_from(start)) {
                Some(len) if start > 0 => (start + len, TokenKind::Word),
                _ => (start + c.len_utf8(), TokenKind::Punct),
            },
            _ if is_punct(c) => (start + c.len_utf8(), TokenKind::Punct),
            _ => (self.symbol_end(start, c), TokenKind::Symbol),
        }
    }

    fn run_end(&self, from: usize, keep: impl Fn(char) -> bool) -> usize {
        let mut end = from;
        for (i, c) in self.rest_from(from).char_indices() {
            if !keep(c) || i > MAX_WORD_BYTES {
                break;
            }
            end = from + i + c.len_utf8();
        }
        end
    }

    fn word_end(&self, start: usize) -> usize {
        let mut end = start;
        let mut before: Option<char> = None;
        let mut chars = self.rest_from(start).char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let next = chars.peek().map(|&(_, c)| c);
            let inside = before.is_some() && next.is_some_and(char::is_alphanumeric);
            let keep = c.is_alphanumeric()
                || is_joiner(c)
                || c == '_'
                || (matches!(c, '\'' | '’') && inside && before.is_some_and(char::is_alphabetic))
                || (c == '&'
                    && inside
                    && before.is_some_and(char::is_uppercase)
                    && next.is_some_and(char::is_uppercase))
                || (c == '.' && inside && self.full_stop_joins(start, start + i));
            if !keep || (i > MAX_WORD_BYTES && !is_joiner(c)) {
                break;
            }
            if !is_joiner(c) {
                before = Some(c);
            }
            end = start + i + c.len_utf8();
        }
        if self.rest_from(end).starts_with('.') && !self.rest_from(end).starts_with("..") {
            let word = &self.text[start..end];
            let next = self.rest_from(end + 1).trim_start_matches(is_space_on_line).chars().next();
            if is_abbreviation(word, next) {
                return end + 1;
            }
        }
        end
    }

    /// Does the full stop at `at` join the two parts of one word (`U.S`, `p.m`, `nytimes.com`)?
    fn full_stop_joins(&self, start: usize, at: usize) -> bool {
        let left = self.text[start..at].rsplit('.').next().unwrap_or("");
        let right: &str = {
            let end = self.run_end(at + 1, char::is_alphanumeric);
            &self.text[at + 1..end]
        };
        let single = |s: &str| s.chars().count() == 1 && s.chars().all(char::is_alphabetic);
        let degree = matches!(left, "Ph" | "Ed" | "Sc") && right == "D";
        degree
            || (single(left) && single(right))
            || (left.len() > 1 && TOP_LEVEL_DOMAINS.contains(right))
    }

    fn number_end(&self, start: usize) -> usize {
        let mut end = start;
        let mut before = ' ';
        let mut chars = self.rest_from(start).char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let next = chars.peek().map(|&(_, c)| c);
            let keep = c.is_alphanumeric()
                || is_joiner(c)
                || (matches!(c, '.' | ',' | ':')
                    && before.is_ascii_digit()
                    && next.is_some_and(|n| n.is_ascii_digit()));
            if !keep || i > MAX_WORD_BYTES {
                break;
            }
            before = c;
            end = start + i + c.len_utf8();
        }
        // "9 a.m." written together: "9a.m."
        let lower = self.text[start..end].to_ascii_lowercase();
        if (lower.ends_with('a') || lower.ends_with('p'))
            && self.rest_from(end).get(..3).is_some_and(|s| s.eq_ignore_ascii_case(".m."))
        {
            end += 3;
        }
        end
    }

    fn link_end(&self, start: usize) -> Option<usize> {
        let rest = self.rest_from(start);
        let scheme = ["http://", "https://", "ftp://", "www."]
            .iter()
            .any(|s| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s)));
        if scheme {
            let end = rest
                .char_indices()
                .find(|&(i, c)| {
                    i > 2000 || is_space(c) || matches!(c, '"' | '<' | '>' | '“' | '”' | '[' | ']')
                })
                .map_or(rest.len(), |(i, _)| i);
            let link = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']);
            let link = if link.contains('(') { link } else { link.trim_end_matches(')') };
            let link = link.trim_end_matches(['.', ',']);
            return (link.len() > 4).then(|| start + link.len());
        }
        let local = rest.char_indices().take(65).find(|&(_, c)| {
            !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'))
        })?;
        if local.1 != '@' {
            return None;
        }
        let host = &rest[local.0 + 1..];
        let end = host
            .char_indices()
            .find(|&(i, c)| i > 255 || !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-')))
            .map_or(host.len(), |(i, _)| i);
        let host = host[..end].trim_end_matches(['.', '-']);
        host.contains('.').then(|| start + local.0 + 1 + host.len())
    }

    /// One visible symbol: an emoji with its modifiers, joined emoji, a flag.
    fn symbol_end(&self, start: usize, first: char) -> usize {
        let flag = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
        let mut end = start + first.len_utf8();
        if flag(first)
            && let Some(second) = self.char_at(end).filter(|&c| flag(c))
        {
            return end + second.len_utf8();
        }
        let mut joined = false;
        while let Some(c) = self.char_at(end) {
            let extends = is_joiner(c) || ('\u{1F3FB}'..='\u{1F3FF}').contains(&c);
            let part = joined && !c.is_alphanumeric() && !is_space(c) && !is_punct(c);
            if !extends && !part {
                break;
            }
            joined = c == '\u{200D}';
            end += c.len_utf8();
            if end - start > MAX_WORD_BYTES {
                break;
            }
        }
        end
    }
}

/// Byte index at which a clitic begins: `Biden|'s`, `do|n't`, `we|'ll`.
fn clitic_start(word: &str) -> Option<usize> {
    let mark = word.rfind(['\'', '’'])?;
    let after = word[mark..].trim_start_matches(['\'', '’']);
    if mark == 0 {
        return None;
    }
    let after = after.to_ascii_lowercase();
    if after == "t" && mark > 1 && word[..mark].ends_with(['n', 'N']) {
        return Some(mark - 1);
    }
    matches!(after.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m").then_some(mark)
}

/// Length of a clitic that stands by itself after a mark or a full stop (`U.S.'s`, `"Time"'s`).
fn leading_clitic_len(rest: &str) -> Option<usize> {
    let mark = rest.chars().next()?.len_utf8();
    let len = rest[mark..].find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len() - mark);
    (rest[mark..mark + len].eq_ignore_ascii_case("s")).then_some(mark + len)
}

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}')
}

fn is_space_on_line(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}')
}

/// Characters that belong to the one before them: combining marks, variation selectors, joiners.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}'
        | '\u{05BF}' | '\u{05C1}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}'
        | '\u{0670}' | '\u{06D6}'..='\u{06ED}' | '\u{093C}' | '\u{094D}' | '\u{09CD}' | '\u{0A4D}'
        | '\u{0ACD}' | '\u{0B4D}' | '\u{0BCD}' | '\u{0C4D}' | '\u{0CCD}' | '\u{0D4D}'
        | '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_punct(c: char) -> bool {
    (c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '>' | '=' | '^' | '|' | '~'))
        || matches!(c,
            '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203E}' | '\u{2041}'..='\u{205E}'
            | '«' | '»' | '¡' | '¿' | '·' | '§' | '¶' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}' | '\u{060C}' | '\u{061B}' | '\u{061F}' | '\u{0964}')
}

/// Does the full stop after `word` belong to it? `next` is the next visible character on the line.
fn is_abbreviation(word: &str, next: Option<char>) -> bool {
    let mut parts = word.split('.');
    if parts.clone().count() > 1 && parts.all(|p| p.chars().count() == 1) {
        return true;
    }
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        // An initial: "J. Smith"; "Plan B." at the end of a line is a sentence's own stop.
        return c.is_uppercase() && next.is_some_and(char::is_alphanumeric) && c != 'I';
    }
    let lower = word.to_lowercase();
    let abbreviation = ABBREVIATIONS.get(&lower).copied().unwrap_or_default();
    if abbreviation.before_numbers {
        return next.is_some_and(|c| c.is_ascii_digit());
    }
    if leads_to_name(&lower) || abbreviation.closing {
        return true;
    }
    // "Mar." is the month; "sat." is the verb at the end of its sentence.
    let capitalized =
        abbreviation.capitalized || CALENDAR.get(&lower).is_some_and(|word| word.abbreviation);
    capitalized && word.starts_with(char::is_uppercase)
}

/// Does this abbreviation (in lowercase, without its full stop) lead to a name, so that no sentence
/// ends after it?
pub(super) fn leads_to_name(lower: &str) -> bool {
    TITLES.get(lower).is_some_and(|title| title.abbreviation)
        || ABBREVIATIONS.get(lower).is_some_and(|abbreviation| abbreviation.before_names)
}
