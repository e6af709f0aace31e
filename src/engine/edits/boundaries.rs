//! Where a span may begin and end: by visible characters, by words, and from a selection.

use crate::document::{AnnotationId, Document};
use crate::text::{SourceText, Span, lowercase_char};

/// `span` with its start (`start`) or end one visible character on (`forward`) or back. `None`
/// when the text ends there or nothing would be left. Never cuts an emoji, a letter with its
/// accents or a syllable.
pub fn move_edge_by_character(
    text: &SourceText,
    span: Span,
    start: bool,
    forward: bool,
) -> Option<Span> {
    let from = if start { span.start() } else { span.end() };
    let to = if forward { text.next_grapheme(from)? } else { text.previous_grapheme(from)? };
    let (a, z) = if start { (to, span.end()) } else { (span.start(), to) };
    (a < z).then(|| text.span(a, z)).flatten()
}

/// What a selection means: without white space at its ends, whole words where it ends inside one,
/// whole visible characters always. `None` when only white space was selected.
pub fn snap_to_words(text: &SourceText, selection: Span) -> Option<Span> {
    let span = text.trim(selection);
    if span.is_empty() {
        return None;
    }
    let (mut start, mut end) = (span.start(), span.end());
    for _ in 0..MAX_WORD_GRAPHEMES {
        if !inside_word(text, start) {
            break;
        }
        match text.previous_grapheme(start) {
            Some(at) => start = at,
            None => break,
        }
    }
    for _ in 0..MAX_WORD_GRAPHEMES {
        if !inside_word(text, end) {
            break;
        }
        match text.next_grapheme(end) {
            Some(at) => end = at,
            None => break,
        }
    }
    text.span(start, end)
}

/// No word is longer, in visible characters: a text without spaces is not one word.
const MAX_WORD_GRAPHEMES: usize = 200;

/// The other places where the words of this annotation stand as words of their own, with the same
/// capitals, in text order. Linear.
pub fn same_words_same_case(document: &Document, id: &AnnotationId) -> Vec<Span> {
    let Some(own) = document.annotation(id).map(|a| a.span) else {
        return Vec::new();
    };
    let text = &document.text;
    let words = text.slice(own);
    let starts = text.as_str().match_indices(words);
    let spans = starts.filter_map(|(start, _)| text.span(start, start + words.len()));
    spans.filter(|s| *s != own && is_whole_words(text, *s)).collect()
}

/// The other places where the words of this annotation stand as words of their own: those
/// written with the same capitals first, then the others, each in text order. Linear.
pub fn same_words(document: &Document, id: &AnnotationId) -> Vec<Span> {
    let Some(own) = document.annotation(id).map(|a| a.span) else {
        return Vec::new();
    };
    let text = &document.text;
    let words = text.slice(own);
    let (mut same, mut other) = (same_words_same_case(document, id), Vec::new());
    // Another case is looked for where a word begins.
    let mut past = 0;
    let wanted: Vec<char> = words.chars().map(lowercase_char).collect();
    let first = wanted.first().copied();
    for (start, c) in text.as_str().char_indices() {
        if start < past || Some(lowercase_char(c)) != first {
            continue;
        }
        let rest = text.as_str().get(start..).unwrap_or("").chars();
        let same = rest.zip(&wanted).take_while(|(c, w)| lowercase_char(*c) == **w);
        let (mut read, mut end) = (0, start);
        for (c, _) in same {
            (read, end) = (read + 1, end + c.len_utf8());
        }
        if read == wanted.len()
            && let Some(span) = text.span(start, end)
            && is_whole_words(text, span)
        {
            past = end;
            if span != own && text.slice(span) != words {
                other.push(span);
            }
        }
    }
    same.append(&mut other);
    same
}

/// Does no word go on over either end?
fn is_whole_words(text: &SourceText, span: Span) -> bool {
    !inside_word(text, span.start()) && !inside_word(text, span.end())
}

/// Does this byte lie between two letters of one word, or inside a visible character?
fn inside_word(text: &SourceText, at: usize) -> bool {
    if !text.is_grapheme_start(at) {
        return true;
    }
    // The letter that accents hang on stands first in its visible character.
    let letter = |at: usize| {
        let rest = text.as_str().get(at..);
        let first = rest.and_then(|t| t.chars().next());
        first.is_some_and(char::is_alphanumeric)
    };
    text.previous_grapheme(at).is_some_and(letter) && letter(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Annotation, Body, Confidence, EntityBody, Label, Status};

    fn find(text: &SourceText, words: &str) -> Span {
        let start = text.as_str().find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn characters_are_what_people_see() {
        let text = SourceText::new("x👩‍👩‍👧e\u{301}🇩🇪y").unwrap();
        let mut span = find(&text, "x");
        let mut seen = Vec::new();
        while let Some(next) = move_edge_by_character(&text, span, false, true) {
            seen.push(text.slice(Span::new(span.end(), next.end())).to_owned());
            span = next;
        }
        assert_eq!(seen, ["👩‍👩‍👧", "e\u{301}", "🇩🇪", "y"]);
        assert_eq!(move_edge_by_character(&text, find(&text, "x"), false, false), None);
        assert_eq!(move_edge_by_character(&text, find(&text, "x"), true, false), None);
    }

    #[test]
    fn selections_become_words() {
        let text = SourceText::new("Then Ann O’Brien-Ray, 61, cafe\u{301}s. ").unwrap();
        for (selected, want) in [
            (" Ann ", Some("Ann")),
            ("nn O’Bri", Some("Ann O’Brien")),
            ("Ray,", Some("Ray,")),
            ("af", Some("cafe\u{301}s")),
            (" ", None),
        ] {
            let snapped = snap_to_words(&text, find(&text, selected));
            assert_eq!(snapped.map(|s| text.slice(s)), want, "{selected:?}");
        }
    }

    #[test]
    fn identical_words() {
        let text = SourceText::new("May. may, mayor May’s MAY dismay May").unwrap();
        let annotation = Annotation {
            id: AnnotationId("a1".to_owned()),
            span: Span::new(0, 3),
            body: Body::Entity(EntityBody { label: Label::Person, entity: None }),
            confidence: Confidence::CERTAIN,
            status: Status::Machine,
            reason: None,
            machine: None,
        };
        let document = Document { text, annotations: vec![annotation], ..Document::default() };
        let id = AnnotationId("a1".to_owned());
        let found = same_words(&document, &id).into_iter();
        let found: Vec<_> = found.map(|s| (s.start(), document.text.slice(s))).collect();
        let start = |w: &str, n| document.text.as_str().match_indices(w).nth(n).unwrap().0;
        assert_eq!(
            found,
            [
                (start("May", 1), "May"),
                (start("May", 2), "May"),
                (start("may", 0), "may"),
                (start("MAY", 0), "MAY")
            ]
        );
        assert_eq!(same_words(&document, &AnnotationId("a9".to_owned())), []);
    }

    proptest::proptest! {
        #[test]
        fn any_selection_of_any_text(raw: String, a: usize, z: usize, start: bool, forward: bool) {
            let text = SourceText::new(&raw).unwrap();
            let n = text.len() + 1;
            if let Some(span) = text.span((a % n).min(z % n), (a % n).max(z % n)) {
                if let Some(snapped) = snap_to_words(&text, span) {
                    proptest::prop_assert!(snapped.contains(text.trim(span)));
                    proptest::prop_assert!(text.is_grapheme_start(snapped.start()));
                    proptest::prop_assert!(text.is_grapheme_start(snapped.end()));
                    proptest::prop_assert!(!snapped.is_empty());
                }
                if let Some(moved) = move_edge_by_character(&text, span, start, forward) {
                    proptest::prop_assert!(!moved.is_empty() && moved != span);
                }
            }
        }
    }
}
