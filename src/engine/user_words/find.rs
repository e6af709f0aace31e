//! Listed names in a text: a trie over tokens, walked once from every token; and what the list's
//! patterns match.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::list::{PATTERN_REASON, REASON, WordEntry, WordListFile, WordRule};
use crate::patterns::{PatternError, PatternRule, PatternSet};
use crate::text::{SourceText, Span, TokenizedText};

/// Names and patterns ready to be found. Cheap to copy.
#[derive(Debug, Clone, Default)]
pub struct WordList {
    names: Arc<Trie>,
    patterns: PatternSet,
}

#[derive(Debug, Default)]
struct Trie {
    entries: Vec<WordEntry>,
    /// Numbers of the folded tokens that names are made of.
    tokens: BTreeMap<String, u32>,
    /// From a node by a token to another; node 0 is the root.
    steps: BTreeMap<(u32, u32), u32>,
    /// Entries that end at a node, by node.
    ends: BTreeMap<u32, Vec<usize>>,
}

impl PartialEq for WordList {
    fn eq(&self, other: &WordList) -> bool {
        self.names.entries == other.names.entries && self.patterns == other.patterns
    }
}

impl Eq for WordList {}

/// A listed name in the text, or what a pattern matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordMatch {
    /// Where, in bytes; whole tokens of one paragraph.
    pub span: Span,
    /// The rule of its entry; of a pattern's match always its label.
    pub rule: WordRule,
    /// Why it is marked; shown to people.
    pub reason: &'static str,
}

/// A place where an entry's name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryMatch {
    /// Where, in bytes.
    pub span: Span,
    /// The entry's index.
    pub entry: usize,
}

impl WordList {
    /// All of a file that is found in texts. Patterns that cannot be used are left out and come
    /// back with the reason.
    pub fn of_file(file: WordListFile) -> (WordList, Vec<(PatternRule, PatternError)>) {
        let (patterns, refused) = PatternSet::new(file.patterns);
        (WordList { patterns, ..WordList::new(file.entries) }, refused)
    }

    /// Linear in the names. Of entries that contradict one another the first counts.
    pub fn new(entries: Vec<WordEntry>) -> WordList {
        let mut trie = Trie::default();
        let mut nodes = 1;
        for (i, entry) in entries.iter().enumerate() {
            let mut node = 0;
            for token in folded_tokens(&entry.name) {
                let next = u32::try_from(trie.tokens.len()).unwrap_or(u32::MAX);
                let token = *trie.tokens.entry(token).or_insert(next);
                node = *trie.steps.entry((node, token)).or_insert_with(|| {
                    nodes += 1;
                    nodes - 1
                });
            }
            if node != 0 {
                trie.ends.entry(node).or_default().push(i);
            }
        }
        trie.entries = entries;
        WordList { names: Arc::new(trie), patterns: PatternSet::default() }
    }

    /// True when it has neither entries nor patterns.
    pub fn is_empty(&self) -> bool {
        self.names.entries.is_empty() && self.patterns.is_empty()
    }

    /// Where any entry's name stands, as it is written: every entry by itself. Patterns are left out.
    pub fn find_all(&self, tokenized: &TokenizedText<'_>) -> Vec<EntryMatch> {
        let mut out = Vec::new();
        self.names.walk(tokenized, |_, span, entries| {
            out.extend(entries.iter().map(|&entry| EntryMatch { span, entry }));
        });
        out
    }

    /// Where the names stand, in text order: of those that are always marked the longest at the
    /// earliest place, none inside another; of those that never are, every one. A name has at most
    /// [`super::MAX_NAME_CHARS`] tokens, so the time is linear in the text. With them what the
    /// patterns match, but for what touches a name that is always marked.
    pub fn find_matches(&self, tokenized: &TokenizedText<'_>) -> Vec<WordMatch> {
        let mut out = match self.names.entries.is_empty() {
            true => Vec::new(),
            false => self.names.find_matches(tokenized),
        };
        if !self.patterns.is_empty() {
            let is_name = |f: &&WordMatch| matches!(f.rule, WordRule::Always(_));
            let names: Vec<Span> = out.iter().filter(is_name).map(|f| f.span).collect();
            let touched = |span: Span| {
                let near = names.partition_point(|n| n.end() <= span.start());
                names.get(near).is_some_and(|n| n.start() < span.end())
            };
            let found = self.patterns.find(tokenized).into_iter().filter(|f| !touched(f.span));
            out.extend(found.map(|f| WordMatch {
                span: f.span,
                rule: WordRule::Always(f.label),
                reason: PATTERN_REASON,
            }));
        }
        out.sort_by_key(|f| (f.span, f.rule));
        out
    }
}

impl Trie {
    /// Calls `meet` with each stretch of tokens that is written as entries' names are, and these
    /// entries; in the order of its first token, then of its length.
    fn walk(
        &self,
        tokenized: &TokenizedText<'_>,
        mut meet: impl FnMut(Range<usize>, Span, &[usize]),
    ) {
        let text = |i| fold_token(tokenized.word(i));
        let known = (0..tokenized.tokens().len()).map(|i| self.tokens.get(&text(i)).copied());
        let known: Vec<Option<u32>> = known.collect();
        let mut fitting = Vec::new();
        for paragraph in tokenized.paragraphs() {
            for start in paragraph.tokens.clone() {
                let mut node = 0;
                let tokens = known.get(start..paragraph.tokens.end).unwrap_or(&[]);
                for (end, token) in (start + 1..).zip(tokens) {
                    let step = token.and_then(|t| self.steps.get(&(node, t)));
                    let Some(&next) = step else { break };
                    node = next;
                    let (Some(ends), Some(span)) =
                        (self.ends.get(&node), tokenized.span_of(start..end))
                    else {
                        continue;
                    };
                    let fits = |&i: &usize| {
                        self.entries.get(i).is_some_and(|e| {
                            e.any_case || is_same_spelling(&e.name, tokenized.slice(span))
                        })
                    };
                    fitting.clear();
                    fitting.extend(ends.iter().copied().filter(fits));
                    if !fitting.is_empty() {
                        meet(start..end, span, &fitting);
                    }
                }
            }
        }
    }

    fn find_matches(&self, tokenized: &TokenizedText<'_>) -> Vec<WordMatch> {
        let mut out = Vec::new();
        // The longest name so far that is always marked and begins at one token.
        let mut always: Option<(Range<usize>, WordMatch)> = None;
        // Up to here such a name was found.
        let mut taken = 0;
        self.walk(tokenized, |tokens, span, entries| {
            if let Some((at, find)) = always.take_if(|(at, _)| at.start != tokens.start) {
                out.push(find);
                taken = at.end;
            }
            for entry in entries.iter().filter_map(|&i| self.entries.get(i)) {
                let find = WordMatch { span, rule: entry.rule, reason: REASON };
                match entry.rule {
                    WordRule::Never(_) => out.push(find),
                    WordRule::Always(_) if tokens.start < taken => {}
                    WordRule::Always(_) if always.as_ref().is_some_and(|(at, _)| *at == tokens) => {
                    }
                    WordRule::Always(_) => always = Some((tokens.clone(), find)),
                }
            }
        });
        out.extend(always.map(|(_, find)| find));
        out
    }
}

/// The tokens of a name, as they are compared.
fn folded_tokens(name: &str) -> Vec<String> {
    let source = SourceText::new(name).unwrap_or_default();
    let tokenized = TokenizedText::new(&source);
    let tokens = 0..tokenized.tokens().len();
    tokens.map(|i| fold_token(tokenized.word(i))).collect()
}

/// In lowercase, with one kind of apostrophe.
fn fold_token(word: &str) -> String {
    word.chars().map(straight_apostrophe).flat_map(char::to_lowercase).collect()
}

fn straight_apostrophe(c: char) -> char {
    if c == '’' { '\'' } else { c }
}

/// The same spelling and case; whitespace and kinds of apostrophes do not count.
fn is_same_spelling(name: &str, text: &str) -> bool {
    let letters = |t: &'_ str| -> Vec<char> {
        let letters = t.chars().filter(|c| !c.is_whitespace());
        letters.map(straight_apostrophe).collect()
    };
    letters(name) == letters(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user_words;

    fn found_in(list: &str, text: &str) -> Vec<String> {
        let (file, damage) = user_words::parse_word_list(list);
        assert_eq!(damage, []);
        let source = SourceText::new(text).unwrap();
        let tokenized = TokenizedText::new(&source);
        let (list, refused) = WordList::of_file(file);
        assert_eq!(refused, []);
        let all = list.find_matches(&tokenized);
        let show = |f: &WordMatch| match f.rule {
            WordRule::Always(label) => format!("+{} {}", label.name(), source.slice(f.span)),
            WordRule::Never(None) => format!("- {}", source.slice(f.span)),
            WordRule::Never(Some(label)) => format!("-{} {}", label.name(), source.slice(f.span)),
        };
        all.iter().map(show).collect()
    }

    #[test]
    fn names_are_found_by_whole_tokens() {
        for (list, text, want) in [
            (
                "always\tPERSON\tAna Ruiz",
                "Ana Ruiz met Ana  Ruiz.",
                "+PERSON Ana Ruiz|+PERSON Ana  Ruiz",
            ),
            ("always\tPERSON\tRuiz", "Ruiz’s Ruizes RUIZ", "+PERSON Ruiz"),
            ("always\tORG\tmet office\tany case", "The Met Office met.", "+ORG Met Office"),
            (
                "always\tORG\tMet\nalways\tPERSON\tMet Opera",
                "Met Opera, Met",
                "+PERSON Met Opera|+ORG Met",
            ),
            ("always\tORG\tA B\nalways\tORG\tB C", "A B C", "+ORG A B"),
            ("always\tPERSON\tO'Brien", "O’Brien left", "+PERSON O’Brien"),
            ("always\tORG\tMacy's", "at Macy’s today", "+ORG Macy’s"),
            ("always\tORG\tUS-led group", "the US-led group", "+ORG US-led group"),
            ("never\t*\tMay\nnever\tORG\tMay Day", "May Day", "- May|-ORG May Day"),
            ("never\t*\tMay\nalways\tPERSON\tMay", "May", "+PERSON May|- May"),
            ("always\tPERSON\tA B", "A\n\nB", ""),
            ("always\tORG\tB 12\npattern\tCode\t[A-Z] \\d+", "A 11, B 12", "+Code A 11|+ORG B 12"),
            ("pattern\tCode\tno \\d\\b\tany case", "NO 1, no 22", "+Code NO 1"),
            ("always\tWeapon\tHK 416", "the HK 416 rifle", "+Weapon HK 416"),
        ] {
            assert_eq!(found_in(list, text).join("|"), want, "{list:?} {text:?}");
        }
        assert_eq!(found_in("", "Ana Ruiz"), [""; 0]);
    }

    #[test]
    fn the_time_is_linear_where_names_begin_alike() {
        let list = (1..60).map(|n| format!("never\t*\t{}b\n", "a ".repeat(n)));
        let list: String = list.collect();
        assert_eq!(found_in(&list, &"a ".repeat(5000)), [""; 0]);
    }
}
