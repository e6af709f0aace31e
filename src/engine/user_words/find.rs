//! Listed names in a text: a trie over tokens, walked once from every token.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::list::{WordEntry, WordRule};
use crate::text::{SourceText, Span, TokenizedText};

/// Names ready to be found. Cheap to copy.
#[derive(Debug, Clone, Default)]
pub struct WordList(Arc<Trie>);

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
        self.0.entries == other.0.entries
    }
}

impl Eq for WordList {}

/// A listed name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordMatch {
    /// Where, in bytes; whole tokens of one paragraph.
    pub span: Span,
    /// The rule of its entry.
    pub rule: WordRule,
}

impl WordList {
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
        WordList(Arc::new(trie))
    }

    /// True when it has no entries.
    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    /// Where the names stand, in text order: of those that are always marked the longest at the
    /// earliest place, none inside another; of those that never are, every one. A name has at most
    /// [`super::MAX_NAME_CHARS`] tokens, so the time is linear in the text.
    pub fn find_matches(&self, tokenized: &TokenizedText<'_>) -> Vec<WordMatch> {
        let trie = &*self.0;
        let mut out = Vec::new();
        if self.is_empty() {
            return out;
        }
        let text = |i| fold_token(tokenized.word(i));
        let known = (0..tokenized.tokens().len()).map(|i| trie.tokens.get(&text(i)).copied());
        let known: Vec<Option<u32>> = known.collect();
        for paragraph in tokenized.paragraphs() {
            // Up to here a name that is always marked was found.
            let mut taken = paragraph.tokens.start;
            for start in paragraph.tokens.clone() {
                let mut always = None;
                let mut node = 0;
                let tokens = known.get(start..paragraph.tokens.end).unwrap_or(&[]);
                for (n, token) in tokens.iter().enumerate() {
                    let step = token.and_then(|t| trie.steps.get(&(node, t)));
                    let Some(&next) = step else { break };
                    node = next;
                    let end = start + n + 1;
                    let (Some(ends), Some(span)) =
                        (trie.ends.get(&node), tokenized.span_of(start..end))
                    else {
                        continue;
                    };
                    let mut rules = ends.iter().filter_map(|&i| trie.entries.get(i));
                    let fits = |e: &&WordEntry| {
                        e.any_case || is_same_spelling(&e.name, tokenized.slice(span))
                    };
                    while let Some(entry) = rules.find(fits) {
                        let find = WordMatch { span, rule: entry.rule };
                        match entry.rule {
                            WordRule::Never(_) => out.push(find),
                            WordRule::Always(_) if start < taken => {}
                            WordRule::Always(_) if always.is_some_and(|(e, _)| e == end) => {}
                            WordRule::Always(_) => always = Some((end, find)),
                        }
                    }
                }
                if let Some((end, find)) = always {
                    out.push(find);
                    taken = end;
                }
            }
        }
        out.sort_by_key(|f| (f.span, f.rule));
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
        let all = WordList::new(file.entries).find_matches(&tokenized);
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
