//! Looking for words in the text and in what was found in it.

use super::{lists, words};
use crate::document::{Annotation, Body, Document};
use crate::text::{Span, lower};

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
        _ => lower(c),
    }
}

/// For each annotation all that a person may look for, folded: its words, what it is, the entity's
/// names, the date in words and as a value, the speaker.
pub fn index(document: &Document) -> Vec<String> {
    let places = lists::places(document);
    let line = |a: &Annotation| {
        let mut line = [document.text.slice(a.span), words::label(a)].join("\n");
        let mut add = |more: &str| {
            line.push('\n');
            line.push_str(more);
        };
        match &a.body {
            Body::Entity(e) => {
                let place = e.entity.as_ref().and_then(|id| places.get(id));
                if let Some(entity) = place.and_then(|&i| document.entities.get(i)) {
                    add(&entity.name);
                    entity.aliases.iter().for_each(|alias| add(alias));
                }
            }
            Body::Date(d) => {
                add(&d.timex.value);
                add(&words::date(&d.timex));
            }
            Body::Quote(_) => {
                let speaker = lists::speaker(document, a).flatten();
                add(speaker.as_deref().unwrap_or("no speaker"));
            }
        }
        folded(&line).map(|(_, _, c)| c).collect()
    };
    document.annotations.iter().map(line).collect()
}

/// Which lines of an [`index`] hold the query; `None` for a query of nothing.
pub fn matches(index: &[String], query: &str) -> Option<Vec<bool>> {
    let wanted: String = folded(query.trim()).map(|(_, _, c)| c).collect();
    (!wanted.is_empty()).then(|| index.iter().map(|line| line.contains(&wanted)).collect())
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

    #[test]
    fn annotations_are_found_by_what_they_mean() {
        let text = "By Ana\n22 July 2021\n\nIt rained on Thursday and all of May.";
        let models = crate::Models::default();
        let document = crate::analyze(text, &crate::Options::default(), &models).unwrap();
        let index = index(&document);
        for (query, want) in [
            ("thursday 22 july", vec!["Thursday"]),
            ("2021-05", vec!["May"]),
            ("MAY 2021", vec!["May"]),
            ("nothing of it", vec![]),
        ] {
            let found = matches(&index, query).unwrap();
            let hits = document
                .annotations
                .iter()
                .zip(found)
                .filter(|(_, hit)| *hit);
            let hits: Vec<&str> = hits.map(|(a, _)| document.text.slice(a.span)).collect();
            let mut hits = hits;
            hits.retain(|h| *h != "22 July 2021");
            assert_eq!(hits, want, "{query}");
        }
        assert_eq!(matches(&index, " \n"), None);
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
