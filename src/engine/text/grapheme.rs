//! Grapheme clusters: characters as people see them, where a boundary of an annotation may stand.
//!
//! Unicode's own (UAX 29, by `unicode-segmentation`), with one rule more: a character that nobody
//! sees (a soft hyphen, a zero-width space, a direction mark) belongs to the one before it, so
//! that moving a boundary by one character always moves it on the screen.

use unicode_segmentation::GraphemeCursor;

use super::SourceText;

/// How far around a place the text is read, in bytes. Longer clusters are cut, so that no text
/// made of one cluster (flags, combining marks) costs more than linear time.
const WINDOW: usize = 512;

impl SourceText {
    /// The next place (bytes) after `from` where a grapheme cluster begins, or the end of the
    /// text; `None` at the end or inside a character.
    pub fn next_grapheme(&self, from: usize) -> Option<usize> {
        self.as_str().get(from..).filter(|rest| !rest.is_empty())?;
        let mut at = from;
        loop {
            let (window, low) = self.window(at);
            let mut cursor = GraphemeCursor::new(at - low, window.len(), true);
            let next = cursor.next_boundary(window, 0).ok().flatten();
            at = next.map_or(self.len(), |next| low + next);
            if at >= self.len() || self.is_grapheme_start(at) || at - from > WINDOW {
                return Some(at);
            }
        }
    }

    /// The nearest place (bytes) before `from` where a grapheme cluster begins; `None` at the
    /// start of the text or inside a character.
    pub fn previous_grapheme(&self, from: usize) -> Option<usize> {
        self.as_str().get(..from).filter(|left| !left.is_empty())?;
        let mut at = from;
        loop {
            let (window, low) = self.window(at);
            let mut cursor = GraphemeCursor::new(at - low, window.len(), true);
            let previous = cursor.prev_boundary(window, 0).ok().flatten();
            at = previous.map_or(0, |previous| low + previous);
            if at == 0 || self.is_grapheme_start(at) || from - at > WINDOW {
                return Some(at);
            }
        }
    }

    /// Does a grapheme cluster begin (or the text end) at this byte?
    pub fn is_grapheme_start(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.as_str().get(..at), self.as_str().get(at..)) else {
            return false;
        };
        let (Some(last), Some(next)) = (left.chars().next_back(), right.chars().next()) else {
            return true;
        };
        if last.is_ascii() && next.is_ascii() {
            return (last, next) != ('\r', '\n');
        }
        if is_invisible(next) {
            return last.is_control() || matches!(last, '\u{2028}' | '\u{2029}');
        }
        let (window, low) = self.window(at);
        let mut cursor = GraphemeCursor::new(at - low, window.len(), true);
        cursor.is_boundary(window, 0).unwrap_or(true)
    }

    /// The text around a place, and where it begins; both on character boundaries.
    fn window(&self, at: usize) -> (&str, usize) {
        let text = self.as_str();
        let mut low = at.saturating_sub(WINDOW);
        while !text.is_char_boundary(low) {
            low -= 1;
        }
        let mut high = (at + WINDOW).min(text.len());
        while !text.is_char_boundary(high) {
            high += 1;
        }
        (text.get(low..high).unwrap_or(""), low)
    }
}

/// Characters without width that are no combining marks: soft hyphen, zero-width space, word
/// joiner, byte order mark, direction marks and isolates.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'
            ..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::strategy::Strategy;
    use unicode_segmentation::UnicodeSegmentation;

    /// All places where a cluster begins, and the end; the same when the text is read backwards.
    fn boundaries(text: &str) -> Vec<usize> {
        let source = SourceText::new(text).unwrap();
        let mut at = 0;
        let mut boundaries = vec![0];
        while let Some(next) = source.next_grapheme(at) {
            boundaries.push(next);
            at = next;
        }
        assert_eq!(boundaries.last(), Some(&source.len()));
        let mut back = vec![source.len()];
        while let Some(before) = source.previous_grapheme(at) {
            back.push(before);
            at = before;
        }
        back.reverse();
        assert_eq!(back, boundaries, "{text:?}");
        for at in 0..=source.len() {
            assert_eq!(source.is_grapheme_start(at), boundaries.contains(&at), "{text:?} {at}");
        }
        boundaries
    }

    /// Places where we cut and Unicode does not.
    fn cut_clusters(text: &str) -> Option<String> {
        let source = SourceText::new(text).unwrap();
        let text = source.as_str();
        let unicode: Vec<usize> = text.grapheme_indices(true).map(|(i, _)| i).collect();
        let boundaries = boundaries(text);
        let bad = boundaries.iter().find(|c| **c < text.len() && !unicode.contains(c));
        bad.map(|c| format!("{:?}|{:?}", &text[..*c], &text[*c..]))
    }

    #[test]
    fn every_character_after_and_before_a_letter() {
        let all = (0..=0x10FFFF).filter_map(char::from_u32);
        let bad: Vec<String> = all
            .filter(|c| cut_clusters(&format!("a{c}a")).is_some())
            .map(|c| format!("{:04X}", c as u32))
            .collect();
        assert!(bad.is_empty(), "{} {}", bad.len(), bad.join(" "));
    }

    #[test]
    fn what_english_text_has_is_not_joined() {
        let text = "Ann—Ray’s “é” £5… naïve\u{a0}x\u{2028}y 日本 😀😀 שלום";
        let source = SourceText::new(text).unwrap();
        for (i, _) in text.grapheme_indices(true) {
            assert!(source.is_grapheme_start(i), "{:?}", &text[i..]);
        }
    }

    #[test]
    fn what_nobody_sees_belongs_to_the_character_before() {
        for (text, want) in [
            ("o\u{AD}p", vec![0, 3, 4]),
            ("a \u{200B}b", vec![0, 1, 5, 6]),
            ("a\u{200E}\u{2060}b", vec![0, 7, 8]),
            ("a\n\u{FEFF}b", vec![0, 1, 2, 5, 6]),
        ] {
            assert_eq!(boundaries(text), want, "{text:?}");
        }
    }

    #[test]
    fn long_clusters_are_cut() {
        for part in ["\u{301}", "\u{AD}", "🇩"] {
            let source = SourceText::new(&format!("a{}", part.repeat(9_000))).unwrap();
            let (mut at, mut steps) = (0, 0);
            while let Some(next) = source.next_grapheme(at) {
                assert!(next > at && next - at <= 2 * WINDOW);
                (at, steps) = (next, steps + 1);
            }
            assert_eq!(at, source.len());
            while let Some(before) = source.previous_grapheme(at) {
                assert!(before < at && at - before <= 2 * WINDOW);
                at = before;
            }
            assert!(at == 0 && steps > 10);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 20_000, failure_persistence: None, ..Default::default() })]
        #[test]
        fn no_visible_character_is_cut(pieces in proptest::collection::vec(proptest::prop_oneof![
            proptest::sample::select(vec!["a", " ", "\n", "👩", "\u{200d}", "👧", "🏽", "🇩", "🇪", "\u{301}",
                "क", "\u{94d}", "ष", "ि", "\u{1100}", "\u{1161}", "\u{11a8}", "각", "\u{fe0f}", "❤", "\u{600}", "\u{ad}"])
                .prop_map(str::to_owned),
            proptest::prelude::any::<char>().prop_map(String::from),
        ], 0..20)) {
            proptest::prop_assert_eq!(cut_clusters(&pieces.concat()), None);
        }
    }
}
