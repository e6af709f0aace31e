//! Search in the text and in its annotations.

use super::{lists, words};
use galley_engine::document::{Body, Document};
use galley_engine::text::{Span, lowercase_char};
use galley_engine::view;

/// A text with case, quotation marks and white space folded, made once for many queries.
#[derive(Debug, Default)]
pub struct FoldedText {
    text: String,
    /// Byte offsets in the folded and in the original text, wherever their distance changes.
    offsets: Vec<(usize, usize)>,
}

impl FoldedText {
    /// Folds a text.
    pub fn new(text: &str) -> FoldedText {
        let mut out = FoldedText::default();
        let mut distance = 0;
        for (at, _, c) in folded_chars(text) {
            out.record_offset(at, &mut distance);
            out.text.push(c);
        }
        out.record_offset(text.len(), &mut distance);
        out
    }

    fn record_offset(&mut self, original: usize, distance: &mut isize) {
        // Signed: a lowercase letter can also have more bytes than its uppercase one.
        let now = original as isize - self.text.len() as isize;
        if now != *distance {
            *distance = now;
            self.offsets.push((self.text.len(), original));
        }
    }

    fn original_offset(&self, at: usize) -> usize {
        let before = self.offsets.partition_point(|&(folded, _)| folded <= at);
        let known = before.checked_sub(1).and_then(|i| self.offsets.get(i));
        known.map_or(at, |&(folded, original)| original + (at - folded))
    }

    /// Where `query` stands in the original text, ignoring case, from left to right without overlap, at most
    /// `limit` times. White space of any kind and length is one space. Linear.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Span> {
        let query = fold_query(query);
        if query.is_empty() {
            return Vec::new();
        }
        let hits = self.text.match_indices(&query).take(limit);
        let span = |(at, hit): (usize, &str)| {
            Span::new(self.original_offset(at), self.original_offset(at + hit.len()))
        };
        hits.map(span).collect()
    }
}

/// A query with its case, quotation marks and white space folded.
pub(super) fn fold_query(query: &str) -> String {
    folded_chars(query.trim()).map(|(_, _, c)| c).collect()
}

/// Folded characters with their first byte and the byte after them; a run of white space is one space.
fn folded_chars(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
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
        Some((at, end, fold_char(c)))
    })
}

fn fold_char(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        _ => lowercase_char(c),
    }
}

/// The pattern of a query that is written as one, and whether case does not matter: `/No\. \d+/`,
/// `/budget/i`.
pub fn pattern_of_query(query: &str) -> Option<(&str, bool)> {
    let (pattern, flags) = query.trim().strip_prefix('/')?.rsplit_once('/')?;
    match flags {
        _ if pattern.is_empty() => None,
        "" => Some((pattern, false)),
        "i" => Some((pattern, true)),
        _ => None,
    }
}

/// A document made ready for many queries.
#[derive(Debug)]
pub struct SearchIndex {
    /// Its text.
    pub text: FoldedText,
    /// One line for each annotation with all that a person may search for: its words, its label, the entity's
    /// names, the date in words and as a value, the speaker.
    lines: String,
}

impl SearchIndex {
    /// Indexes a document.
    pub fn new(document: &Document) -> SearchIndex {
        SearchIndex {
            text: FoldedText::new(document.text.as_str()),
            lines: annotation_lines(document),
        }
    }

    /// Which annotations match the query, in the document's order; `None` for an empty query.
    pub fn matching_annotations(&self, query: &str) -> Option<Vec<bool>> {
        let wanted = fold_query(query);
        if wanted.is_empty() {
            return None;
        }
        let mut hits = self.lines.match_indices(&wanted).map(|(at, _)| at).peekable();
        let mut end = 0;
        let lines = self.lines.split_terminator('\n').map(|line| {
            end += line.len() + 1;
            let found = hits.peek().is_some_and(|&at| at < end);
            while hits.next_if(|&at| at < end).is_some() {}
            found
        });
        Some(lines.collect())
    }
}

fn annotation_lines(document: &Document) -> String {
    let mut all = String::new();
    let indices = lists::entity_indices(document);
    for a in &document.annotations {
        let mut line = [document.text.slice(a.span), words::label_title(a)].join("\n");
        let mut add = |more: &str| {
            line.push('\n');
            line.push_str(more);
        };
        match &a.body {
            Body::Entity(e) => {
                let index = e.entity.as_ref().and_then(|id| indices.get(id));
                if let Some(entity) = index.and_then(|&i| document.entities.get(i)) {
                    add(&entity.name);
                    entity.aliases.iter().for_each(|alias| add(alias));
                }
            }
            Body::Date(d) => {
                add(&d.timex.value.to_string());
                add(&words::date_in_words(&d.timex));
            }
            Body::Quote(_) => {
                let speaker = view::speaker_name(document, a).flatten();
                add(speaker.as_deref().unwrap_or("no speaker"));
            }
        }
        // Folding turns white space into spaces, so the only line breaks are those between annotations.
        all.extend(folded_chars(&line).map(|(_, _, c)| c));
        all.push('\n');
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str, query: &str) -> Vec<String> {
        let spans = FoldedText::new(text).find(query, 100);
        spans.iter().map(|s| text[s.range()].to_owned()).collect()
    }

    #[test]
    fn found_without_regard_to_case_quotes_and_line_ends() {
        assert_eq!(hits("Kabul, KABUL; kabul", "kabul"), ["Kabul", "KABUL", "kabul"]);
        assert_eq!(hits("the White\n  House", "white house"), ["White\n  House"]);
        assert_eq!(hits("It’s Élan", "it's é"), ["It’s É"]);
        assert_eq!(hits("aaaa", "aa"), ["aa", "aa"]);
        assert!(hits("abc", "  ").is_empty());
        assert!(hits("abc", "abcd").is_empty());
    }

    #[test]
    fn a_query_between_slashes_is_a_pattern() {
        for (query, want) in [
            ("/a+/", Some(("a+", false))),
            (" /a/b/i ", Some(("a/b", true))),
            ("/", None),
            ("//", None),
            ("and/or", None),
            ("/a/x", None),
        ] {
            assert_eq!(pattern_of_query(query), want, "{query}");
        }
    }

    #[test]
    fn annotations_are_found_by_what_they_mean() {
        let text = "By Ana\n22 July 2021\n\nIt rained on Thursday and all of May.";
        let models = galley_engine::Models::default();
        let document =
            galley_engine::analyze(text, &galley_engine::Options::default(), &models).unwrap();
        let index = SearchIndex::new(&document);
        for (query, want) in [
            ("thursday 22 july", vec!["Thursday"]),
            ("2021-05", vec!["May"]),
            ("MAY 2021", vec!["May"]),
            ("nothing of it", vec![]),
        ] {
            let found = index.matching_annotations(query).unwrap();
            let hits = document.annotations.iter().zip(found).filter(|(_, hit)| *hit);
            let hits: Vec<&str> = hits.map(|(a, _)| document.text.slice(a.span)).collect();
            let mut hits = hits;
            hits.retain(|h| *h != "22 July 2021");
            assert_eq!(hits, want, "{query}");
        }
        assert_eq!(index.matching_annotations(" \n"), None);
    }

    #[test]
    fn places_are_those_of_the_text_itself() {
        let text = "  “Élan”  \n and İzmir’s\tĿ  ";
        for (query, hit) in
            [("élan", "Élan"), ("izmir's", "İzmir’s"), ("\" and", "”  \n and"), ("ŀ", "Ŀ")]
        {
            assert_eq!(hits(text, query), [hit]);
        }
    }

    proptest::proptest! {
        #[test]
        fn hits_cut_the_text(text: String, query: String) {
            for span in FoldedText::new(&text).find(&query, 50) {
                proptest::prop_assert!(text.get(span.range()).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
