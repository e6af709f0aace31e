//! Patterns made ready, and where they match.

use std::ops::Range;
use std::sync::Arc;

use regex_automata::nfa::thompson::{Compiler, Config, pikevm::PikeVM};
use regex_syntax::ParserBuilder;

use super::error::{PatternError, describe};
use super::rule::{MAX_PATTERNS, PatternRule, normalize_pattern};
use crate::document::Label;
use crate::text::{Span, TokenizedText};

/// Bytes that a pattern may take when it is made ready.
const MAX_COMPILED_BYTES: usize = 1 << 20;
/// Groups inside groups.
const MAX_NESTING: u32 = 50;
/// A longer paragraph is read in pieces, cut at the ends of sentences. One search is linear, but a
/// pattern that looks far ahead from every character would make all searches of a paragraph together
/// quadratic: so they are linear in the text.
const MAX_PIECE_BYTES: usize = 4096;
/// Matches of one pattern in one text.
const MAX_MATCHES: usize = 10_000;

/// One pattern, ready to be found.
#[derive(Debug, Clone)]
pub struct Pattern {
    machine: PikeVM,
    /// Numbers of the groups that are marked: its named ones, or else 0, the whole match.
    marked: Vec<usize>,
}

impl Pattern {
    /// Makes a pattern ready.
    ///
    /// # Errors
    /// [`PatternError`], with the place of a slip.
    pub fn new(pattern: &str, any_case: bool) -> Result<Pattern, PatternError> {
        let pattern = normalize_pattern(pattern).ok_or(PatternError::Length)?;
        let mut parser = ParserBuilder::new();
        parser.case_insensitive(any_case).nest_limit(MAX_NESTING);
        let meaning = parser.build().parse(&pattern).map_err(|e| describe(&e))?;
        match meaning.properties().minimum_len() {
            None => return Err(PatternError::NeverMatches),
            Some(0) => return Err(PatternError::MatchesNothing),
            Some(_) => {}
        }
        // All else was found by the parser.
        let limit = Config::new().nfa_size_limit(Some(MAX_COMPILED_BYTES));
        let automaton = Compiler::new().configure(limit).build_from_hir(&meaning);
        let automaton = automaton.map_err(|_| PatternError::TooLarge)?;
        let names = automaton.group_info().all_names().enumerate();
        let mut marked: Vec<usize> =
            names.filter(|(_, (.., name))| name.is_some()).map(|(i, _)| i).collect();
        if marked.is_empty() {
            marked.push(0);
        }
        let machine = PikeVM::new_from_nfa(automaton).map_err(|_| PatternError::TooLarge)?;
        Ok(Pattern { machine, marked })
    }

    /// Where it matches, in text order, none over another, at most `limit` times: the whole match, or
    /// its named groups that took part. White space at the ends does not count. Linear in the text.
    pub fn find(&self, tokenized: &TokenizedText<'_>, limit: usize) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        let mut cache = self.machine.create_cache();
        let source = tokenized.source();
        for piece in pieces(tokenized) {
            let Some(text) = source.as_str().get(piece.clone()) else {
                continue;
            };
            for found in self.machine.captures_iter(&mut cache, text) {
                let groups = self.marked.iter().filter_map(|&group| found.get_group(group));
                let mut groups: Vec<_> = groups.map(|group| (group.start, group.end)).collect();
                groups.sort();
                for (start, end) in groups {
                    let Some(span) = source.span(piece.start + start, piece.start + end) else {
                        continue;
                    };
                    let span = source.trim(span);
                    let free = out.last().is_none_or(|last| last.end() <= span.start());
                    if !span.is_empty() && free && out.len() < limit {
                        out.push(span);
                    }
                }
            }
            if out.len() >= limit {
                break;
            }
        }
        out
    }
}

/// The pieces of a text that patterns read: paragraphs, long ones cut.
fn pieces(tokenized: &TokenizedText<'_>) -> Vec<Range<usize>> {
    let text = tokenized.source().as_str();
    let mut out = Vec::with_capacity(tokenized.paragraphs().len());
    for paragraph in tokenized.paragraphs() {
        let (mut start, end) = (paragraph.span.start(), paragraph.span.end());
        if end - start > MAX_PIECE_BYTES {
            let sentences = tokenized.sentences().get(paragraph.sentences.clone());
            let mut last = start;
            for sentence in sentences.unwrap_or_default() {
                if sentence.span.end() - start > MAX_PIECE_BYTES && last > start {
                    out.push(start..last);
                    start = last;
                }
                last = sentence.span.end();
                while last - start > MAX_PIECE_BYTES {
                    let mut cut = start + MAX_PIECE_BYTES;
                    while !text.is_char_boundary(cut) {
                        cut -= 1;
                    }
                    out.push(start..cut);
                    start = cut;
                }
            }
        }
        if start < end {
            out.push(start..end);
        }
    }
    out
}

/// What a pattern found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatternMatch {
    /// Where, in bytes.
    pub span: Span,
    /// The label of its pattern.
    pub label: Label,
}

/// All patterns of a list. Cheap to copy.
#[derive(Debug, Clone, Default)]
pub struct PatternSet(Arc<Vec<(PatternRule, Pattern)>>);

impl PartialEq for PatternSet {
    fn eq(&self, other: &PatternSet) -> bool {
        self.0.iter().map(|p| &p.0).eq(other.0.iter().map(|p| &p.0))
    }
}

impl Eq for PatternSet {}

impl PatternSet {
    /// Makes all patterns ready; those that cannot be used are left out and come back with the reason.
    pub fn new(
        rules: impl IntoIterator<Item = PatternRule>,
    ) -> (PatternSet, Vec<(PatternRule, PatternError)>) {
        let (mut set, mut refused) = (Vec::new(), Vec::new());
        for rule in rules {
            let made = match set.len() < MAX_PATTERNS {
                true => Pattern::new(&rule.pattern, rule.any_case),
                false => Err(PatternError::TooMany),
            };
            match made {
                Ok(pattern) => set.push((rule, pattern)),
                Err(why) => refused.push((rule, why)),
            }
        }
        (PatternSet(Arc::new(set)), refused)
    }

    /// True when it has no patterns.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the patterns find, in text order, none over another: the earlier match stays, of those
    /// that begin together the longer, of equals the pattern that stands first in the list.
    pub fn find(&self, tokenized: &TokenizedText<'_>) -> Vec<PatternMatch> {
        let mut all: Vec<(usize, usize, usize, PatternMatch)> = Vec::new();
        for (n, (rule, pattern)) in self.0.iter().enumerate() {
            let spans = pattern.find(tokenized, MAX_MATCHES).into_iter();
            all.extend(spans.map(|span| {
                let found = PatternMatch { span, label: rule.label };
                (span.start(), usize::MAX - span.end(), n, found)
            }));
        }
        all.sort();
        let mut out: Vec<PatternMatch> = Vec::with_capacity(all.len());
        for (.., found) in all {
            if out.last().is_none_or(|last| last.span.end() <= found.span.start()) {
                out.push(found);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    fn found(pattern: &str, any_case: bool, text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let tokenized = TokenizedText::new(&source);
        let pattern = Pattern::new(pattern, any_case).unwrap();
        pattern.find(&tokenized, 100).iter().map(|&s| source.slice(s).to_owned()).collect()
    }

    #[test]
    fn the_whole_match_or_the_named_groups_are_marked() {
        for (pattern, any_case, text, want) in [
            (r"No\. \d+-\d+", false, "See No. 19-123 and No. 20-4.", "No. 19-123|No. 20-4"),
            (r"\(NYSE: (?<it>[A-Z]+)\)", false, "Acme (NYSE: ACM) fell.", "ACM"),
            (r"(?<a>\w+) v\. (?<b>\w+)", false, "In Roe v. Wade it", "Roe|Wade"),
            (r"(?<a>x)?y", false, "xy y", "x"),
            ("budget", true, "BUDGET, Budget", "BUDGET|Budget"),
            ("budget", false, "BUDGET, Budget", ""),
            (r"^\w+", false, "One two.\n\nThree four.", "One|Three"),
            (r"\bélan\b", true, "Élan vital", "Élan"),
            (r"\s*a\s*", false, "b a c", "a"),
        ] {
            assert_eq!(found(pattern, any_case, text).join("|"), want, "{pattern}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_told_in_words() {
        for (pattern, want) in [
            ("a*", PatternError::MatchesNothing),
            (r"\b", PatternError::MatchesNothing),
            ("x|", PatternError::MatchesNothing),
            ("[^\\s\\S]", PatternError::NeverMatches),
            ("(a{1,900}){1,900}", PatternError::TooLarge),
            (&format!("{}a{}", "(".repeat(80), ")".repeat(80)), PatternError::TooLarge),
            ("  ", PatternError::Length),
            ("é(a", PatternError::Syntax { at: 2, why: "this ( has no )" }),
        ] {
            assert_eq!(Pattern::new(pattern, false).err(), Some(want), "{pattern}");
        }
        for bad in
            ["[a", "a)", "(?=a)b", r"(a)\1", "+a", "a{2", "a{3,2}b", "[z-a]", r"\p{Lx}", "(?<>a)"]
        {
            let why = Pattern::new(bad, false).unwrap_err();
            assert!(matches!(why, PatternError::Syntax { .. }), "{bad}: {why:?}");
            assert_ne!(why.to_string(), "at character 1: this cannot be read", "{bad}");
        }
    }

    #[test]
    fn of_two_matches_over_one_another_the_earlier_stays() {
        let rule = |label: &str, pattern: &str| PatternRule {
            label: Label::named(label).unwrap(),
            pattern: pattern.to_owned(),
            any_case: false,
        };
        let (set, refused) = PatternSet::new([
            rule("Short", r"\d+"),
            rule("Bad", "("),
            rule("Long", r"\d+ U\.S\. \d+"),
        ]);
        assert_eq!(refused.len(), 1);
        let source = SourceText::new("410 U.S. 113 and 12").unwrap();
        let all = set.find(&TokenizedText::new(&source));
        let all: Vec<_> = all.iter().map(|f| (f.label.name(), source.slice(f.span))).collect();
        assert_eq!(all, [("Long", "410 U.S. 113"), ("Short", "12")]);
    }

    #[test]
    fn long_paragraphs_are_read_in_pieces_that_cut_no_sentence() {
        let text = "Case 12 was heard by Ann Lee in the hall of the court. ".repeat(400);
        assert_eq!(found(r"Case \d+", false, &text).len(), 100);
        // From every character this one looks to the end.
        let slow = "A".repeat(60_000);
        assert_eq!(found(".*[^A-Z]|[A-Z]", false, &slow).len(), 100);
    }

    proptest::proptest! {
        #[test]
        fn any_pattern_on_any_text(pattern in "[a-z\\\\()\\[\\]{}?*+|.^$<>dwsb0-9é-]{0,12}", text in "[a-zé 0-9.\n]{0,60}") {
            let Ok(pattern) = Pattern::new(&pattern, true) else { return Ok(()) };
            let source = SourceText::new(&text).unwrap();
            let spans = pattern.find(&TokenizedText::new(&source), 50);
            for pair in spans.windows(2) {
                proptest::prop_assert!(pair[0].end() <= pair[1].start());
            }
            for span in spans {
                proptest::prop_assert!(!source.slice(span).trim().is_empty());
            }
        }
    }
}
