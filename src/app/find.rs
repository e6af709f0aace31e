//! Looking for words in the text.

use crate::text::Span;

/// Where `query` stands in `text`, without regard to case, from left to right without overlap, at
/// most `most` times. White space of any kind and length is one space. Linear for ordinary queries.
pub fn find(text: &str, query: &str, most: usize) -> Vec<Span> {
    let wanted: Vec<char> = folded(query.trim()).map(|(_, _, c)| c).collect();
    let Some(&first) = wanted.first() else {
        return Vec::new();
    };
    let mut hits: Vec<Span> = Vec::new();
    for (start, _, c) in folded(text) {
        if c != first || hits.last().is_some_and(|h| start < h.end()) {
            continue;
        }
        let rest = text.get(start..).unwrap_or("");
        let mut end = 0;
        let mut read = folded(rest);
        let same = wanted.iter().all(|&w| match read.next() {
            Some((_, to, c)) if c == w => {
                end = to;
                true
            }
            _ => false,
        });
        if same {
            hits.push(Span::new(start, start + end));
            if hits.len() == most {
                break;
            }
        }
    }
    hits
}

/// Characters in lower case with their bytes; a run of white space is one space.
fn folded(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = chars.next()?;
        let mut end = at + c.len_utf8();
        if c.is_whitespace() {
            while let Some(&(next, space)) = chars.peek().filter(|(_, c)| c.is_whitespace()) {
                end = next + space.len_utf8();
                chars.next();
            }
            return Some((at, end, ' '));
        }
        Some((at, end, fold(c)))
    })
}

fn fold(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str, query: &str) -> Vec<String> {
        let spans = find(text, query, 100);
        spans.iter().map(|s| text[s.range()].to_owned()).collect()
    }

    #[test]
    fn found_without_regard_to_case_quotes_and_line_ends() {
        assert_eq!(
            hits("Kabul, KABUL; kabul", "kabul"),
            ["Kabul", "KABUL", "kabul"]
        );
        assert_eq!(
            hits("the White\n  House", "white house"),
            ["White\n  House"]
        );
        assert_eq!(hits("It’s Élan", "it's é"), ["It’s É"]);
        assert_eq!(hits("aaaa", "aa"), ["aa", "aa"]);
        assert!(hits("abc", "  ").is_empty());
        assert!(hits("abc", "abcd").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn hits_cut_the_text(text: String, query: String) {
            for span in find(&text, &query, 50) {
                proptest::prop_assert!(text.get(span.range()).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
