//! Moving the boundaries of an annotation by words and characters.

use crate::action::{Edge, Step};
use galley_engine::edits::boundaries;
use galley_engine::text::{SourceText, Span, lowercase};

/// `span` with one boundary moved; `None` when it cannot go further. By words a boundary goes to
/// the next start (or end) of a word, over marks and white space; the span is never empty.
pub fn move_boundary(text: &SourceText, span: Span, edge: Edge, step: Step) -> Option<Span> {
    let start = edge == Edge::Start;
    if step.character {
        return boundaries::move_edge_by_character(text, span, start, step.forward);
    }
    let all = text.as_str();
    let from = if start { span.start() } else { span.end() };
    let to = match step.forward {
        true => next_boundary(all, from, edge)?,
        false => previous_boundary(all, from, edge)?,
    };
    let (start, end) = match edge {
        Edge::Start => (to, span.end()),
        Edge::End => (span.start(), to),
    };
    text.span(start, end).filter(|s| !s.is_empty())
}

/// `span` with one boundary put where the pointer is (byte `at`): a start at the start of the word
/// there or after it, an end at the end of the word there or before it; by characters exactly
/// there. `None` when nothing would be left.
pub fn drag_boundary(
    text: &SourceText,
    span: Span,
    edge: Edge,
    at: usize,
    character: bool,
) -> Option<Span> {
    let all = text.as_str();
    let mut at = at.min(all.len());
    while !text.is_grapheme_start(at) {
        at = at.checked_sub(1)?;
    }
    // No word is longer than half of the window.
    let (mut low, mut high) = (at.saturating_sub(2_000), (at + 2_000).min(all.len()));
    while !all.is_char_boundary(low) {
        low += 1;
    }
    while !all.is_char_boundary(high) {
        high -= 1;
    }
    let mut words = word_ranges(all.get(low..high)?).map(|(start, end)| (low + start, low + end));
    let to = match (character, edge) {
        (true, _) => at,
        (false, Edge::Start) => words.find(|&(_, end)| end > at)?.0,
        (false, Edge::End) => words.take_while(|&(start, _)| start < at).last()?.1,
    };
    let (start, end) = match edge {
        Edge::Start => (to, span.end()),
        Edge::End => (span.start(), to),
    };
    if start >= end {
        return None;
    }
    text.span(start, end)
}

fn next_boundary(all: &str, from: usize, edge: Edge) -> Option<usize> {
    let rest = all.get(from..)?;
    let words = word_ranges(rest);
    let found = match edge {
        Edge::Start => words.map(|(start, _)| start).find(|&s| s > 0),
        Edge::End => words.map(|(_, end)| end).find(|&e| e > 0),
    };
    found.map(|at| from + at)
}

fn previous_boundary(all: &str, from: usize, edge: Edge) -> Option<usize> {
    // A window is enough: no word is longer than a line.
    let mut low = from.saturating_sub(2_000);
    while !all.is_char_boundary(low) {
        low += 1;
    }
    let window = all.get(low..from)?;
    let found = word_ranges(window).filter(|&(start, end)| match edge {
        Edge::Start => start < window.len(),
        Edge::End => end < window.len(),
    });
    let last = found.last()?;
    Some(low + if edge == Edge::Start { last.0 } else { last.1 })
}

/// Bytes around an annotation in which words are looked for that become its edge.
const EDGE_WINDOW: usize = 4_000;

/// `span` with its nearer edge at the word at byte `at`: the word becomes the first or the last. `None` if that
/// changes nothing.
pub fn edge_at_word(text: &SourceText, span: Span, at: usize) -> Option<Span> {
    let word = words_near(text, span).into_iter().find(|w| at < w.end())?;
    let [nearer, _] = with_edge_at(span, word);
    text.span(nearer.start(), nearer.end()).filter(|&new| new != span && !new.is_empty())
}

/// The spans that the annotation can get by an edge at a word that begins with these letters, in whatever case;
/// those first whose edge moves least.
pub fn edges_at_words(text: &SourceText, span: Span, letters: &str) -> Vec<Span> {
    let letters = lowercase(letters.trim());
    if letters.is_empty() {
        return Vec::new();
    }
    let words = words_near(text, span).into_iter();
    let words = words.filter(|&w| lowercase(text.slice(w)).starts_with(&letters));
    let mut spans: Vec<Span> = words.flat_map(|w| with_edge_at(span, w)).collect();
    spans.retain(|&new| new != span && !new.is_empty());
    let moved = |new: &Span| new.start().abs_diff(span.start()) + new.end().abs_diff(span.end());
    spans.sort_by_key(|new| (moved(new), new.start()));
    spans.dedup();
    spans
}

/// A span with an edge at a word: first with the nearer edge, then, if the word is inside, with the other.
fn with_edge_at(span: Span, word: Span) -> [Span; 2] {
    let starting = Span::new(word.start(), span.end().max(word.end()));
    let ending = Span::new(span.start().min(word.start()), word.end());
    if word.start() < span.start() {
        [starting, starting]
    } else if word.end() > span.end() {
        [ending, ending]
    } else if word.start() - span.start() < span.end() - word.end() {
        [starting, ending]
    } else {
        [ending, starting]
    }
}

/// The words around and in a span.
fn words_near(text: &SourceText, span: Span) -> Vec<Span> {
    let all = text.as_str();
    let mut low = span.start().saturating_sub(EDGE_WINDOW);
    let mut high = (span.end() + EDGE_WINDOW).min(all.len());
    while !all.is_char_boundary(low) {
        low += 1;
    }
    while !all.is_char_boundary(high) {
        high -= 1;
    }
    let words = word_ranges(all.get(low..high).unwrap_or_default());
    words.map(|(start, end)| Span::new(low + start, low + end)).collect()
}

/// Words of a text: runs without white space, without the marks around them.
fn word_ranges(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.find(|c: char| !c.is_whitespace())?;
            let rest = text.get(start..)?;
            let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
            at = end;
            let word = text.get(start..end)?;
            let left = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            let bare = left.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !bare.is_empty() {
                let start = start + (word.len() - left.len());
                return Some((start, start + bare.len()));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved_text(
        text: &str,
        marked: &str,
        edge: Edge,
        forward: bool,
        character: bool,
    ) -> Option<String> {
        let source = SourceText::new(text).unwrap();
        let start = text.find(marked).unwrap();
        let span = source.span(start, start + marked.len()).unwrap();
        let step = Step { forward, character };
        move_boundary(&source, span, edge, step).map(|s| source.slice(s).to_owned())
    }

    #[test]
    fn by_words() {
        let text = "said Pentagon spokesman John Kirby, who left. (Then)";
        let moved = |marked, edge, forward| moved_text(text, marked, edge, forward, false);
        use Edge::{End, Start};
        assert_eq!(moved("John Kirby", Start, false).unwrap(), "spokesman John Kirby");
        assert_eq!(moved("John Kirby", Start, true).unwrap(), "Kirby");
        assert_eq!(moved("John Kirby", End, true).unwrap(), "John Kirby, who");
        assert_eq!(moved("John Kirby", End, false).unwrap(), "John");
        assert_eq!(moved("Kirby", End, false), None, "never empty");
        assert_eq!(moved("Kirby", Start, true), None);
        assert_eq!(moved("said", Start, false), None, "the text begins");
        assert_eq!(moved("Then", End, true), None, "no word follows");
    }

    #[test]
    fn by_characters() {
        assert_eq!(moved_text("aé日b", "é", Edge::End, true, true).unwrap(), "é日");
        assert_eq!(moved_text("aé日b", "é日", Edge::Start, true, true).unwrap(), "日");
        assert_eq!(moved_text("aé日b", "é", Edge::Start, false, true).unwrap(), "aé");
        assert_eq!(moved_text("aé日b", "é", Edge::End, false, true), None);
    }

    #[test]
    fn dragged_to_words() {
        let text = "said Pentagon spokesman John Kirby, who left. (Then)";
        let source = SourceText::new(text).unwrap();
        let start = text.find("John").unwrap();
        let span = source.span(start, start + "John Kirby".len()).unwrap();
        let drag = |edge, to: &str, into: usize, character| {
            let at = text.find(to).unwrap() + into;
            drag_boundary(&source, span, edge, at, character).map(|s| source.slice(s))
        };
        use Edge::{End, Start};
        for (edge, to, into, character, want) in [
            (Start, "spokesman", 4, false, Some("spokesman John Kirby")),
            (Start, "spokesman", 0, false, Some("spokesman John Kirby")),
            (Start, " John", 0, false, Some("John Kirby")),
            (Start, "Kirby", 2, false, Some("Kirby")),
            (Start, "who", 1, false, None),
            (Start, "spokesman", 5, true, Some("sman John Kirby")),
            (End, "who", 2, false, Some("John Kirby, who")),
            (End, " who", 1, false, Some("John Kirby")),
            (End, "John", 1, false, Some("John")),
            (End, "spokesman", 1, false, None),
            (End, "Kirby", 2, true, Some("John Ki")),
            (End, "(Then)", 6, false, Some("John Kirby, who left. (Then")),
        ] {
            assert_eq!(drag(edge, to, into, character), want, "{edge:?} {to} {into}");
        }
    }

    #[test]
    fn an_edge_goes_to_a_word() {
        let text = "He said we will leave by May and then go home, she added.";
        let source = SourceText::new(text).unwrap();
        let at = |words: &str| text.find(words).unwrap();
        let span = source.span(at("we"), at(", she")).unwrap();
        let set = |words: &str| edge_at_word(&source, span, at(words)).map(|s| source.slice(s));
        assert_eq!(set("then"), Some("we will leave by May and then"), "the end is nearer");
        assert_eq!(set("leave"), Some("leave by May and then go home"), "the start is nearer");
        assert_eq!(set("added"), Some("we will leave by May and then go home, she added"));
        assert_eq!(set("said"), Some("said we will leave by May and then go home"));
        assert_eq!(set("home"), None, "it ends there already");
        let typed = |letters: &str| {
            let spans = edges_at_words(&source, span, letters).into_iter();
            spans.map(|s| source.slice(s)).collect::<Vec<_>>()
        };
        assert_eq!(
            typed("MAY"),
            ["we will leave by May", "May and then go home"],
            "either edge, the one first that moves less"
        );
        assert_eq!(typed("zz"), [""; 0]);
        assert_eq!(typed(" "), [""; 0]);
    }

    proptest::proptest! {
        #[test]
        fn an_edge_at_any_word_is_sound(text: String, a: usize, b: usize, at: usize, letters in "[a-z]?") {
            let source = SourceText::new(&text).unwrap();
            let n = source.len() + 1;
            if let Some(span) = source.span((a % n).min(b % n), (a % n).max(b % n)) {
                for new in edge_at_word(&source, span, at % (2 * n)).into_iter().chain(edges_at_words(&source, span, &letters)) {
                    proptest::prop_assert!(source.span(new.start(), new.end()).is_some());
                    proptest::prop_assert!(new != span && !new.is_empty());
                }
            }
        }

        #[test]
        fn dragged_anywhere(text: String, a: usize, b: usize, at: usize, start: bool, character: bool) {
            let source = SourceText::new(&text).unwrap();
            let n = source.len() + 1;
            if let Some(span) = source.span((a % n).min(b % n), (a % n).max(b % n)) {
                let edge = if start { Edge::Start } else { Edge::End };
                if let Some(to) = drag_boundary(&source, span, edge, at % (2 * n), character) {
                    proptest::prop_assert!(!source.slice(to).is_empty());
                }
            }
        }

        #[test]
        fn never_off_a_boundary(text: String, a: usize, b: usize, start: bool, forward: bool, character: bool) {
            let source = SourceText::new(&text).unwrap();
            let n = source.len() + 1;
            let (a, b) = ((a % n).min(b % n), (a % n).max(b % n));
            if let Some(span) = source.span(a, b) {
                let edge = if start { Edge::Start } else { Edge::End };
                if let Some(to) = move_boundary(&source, span, edge, Step { forward, character }) {
                    proptest::prop_assert!(!source.slice(to).is_empty());
                    proptest::prop_assert!(to != span);
                }
            }
        }
    }
}
