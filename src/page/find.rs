//! Looking for words in the text and in what was found in it.

use super::{lists, words};
use galley_engine::document::{Body, Document};
use galley_engine::text::{Span, lowercase_char};

/// Where `query` stands in `text`, without regard to case, from left to right without overlap, at
/// most `most` times. White space of any kind and length is one space. Linear.
pub fn find(text: &str, query: &str, most: usize) -> Vec<Span> {
    Folded::new(text).find(query, most)
}

/// A text as it is searched, made once for many queries.
#[derive(Debug, Default)]
pub struct Folded {
    text: String,
    /// Where a byte of it stands in the text itself, wherever that is not as far on as the byte before.
    places: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Folded {
        let mut out = Folded::default();
        let mut ahead = 0;
        for (at, _, c) in folded(text) {
            out.stands(at, &mut ahead);
            out.text.push(c);
        }
        out.stands(text.len(), &mut ahead);
        out
    }

    fn stands(&mut self, at: usize, ahead: &mut isize) {
        // Small letters can be longer than their capitals, too.
        let now = at as isize - self.text.len() as isize;
        if now != *ahead {
            *ahead = now;
            self.places.push((self.text.len(), at));
        }
    }

    fn place(&self, at: usize) -> usize {
        let before = self.places.partition_point(|&(here, _)| here <= at);
        let known = before.checked_sub(1).and_then(|i| self.places.get(i));
        known.map_or(at, |&(here, there)| there + (at - here))
    }

    /// [`find`], in this text.
    pub fn find(&self, query: &str, most: usize) -> Vec<Span> {
        let wanted = fold_query(query);
        if wanted.is_empty() {
            return Vec::new();
        }
        let hits = self.text.match_indices(&wanted).take(most);
        hits.map(|(at, hit)| Span::new(self.place(at), self.place(at + hit.len()))).collect()
    }
}

fn fold_query(query: &str) -> String {
    folded(query.trim()).map(|(_, _, c)| c).collect()
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
        _ => lowercase_char(c),
    }
}

/// What there is to search in a document.
#[derive(Debug)]
pub struct Index {
    /// Its text.
    pub text: Folded,
    /// For each annotation all that a person may look for: its words, what it is, the entity's names, the date
    /// in words and as a value, the speaker. A line each.
    lines: String,
}

impl Index {
    /// Of a document.
    pub fn new(document: &Document) -> Index {
        Index { text: Folded::new(document.text.as_str()), lines: lines(document) }
    }

    /// Which annotations hold the query; `None` for a query of nothing.
    pub fn matches(&self, query: &str) -> Option<Vec<bool>> {
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

fn lines(document: &Document) -> String {
    let mut all = String::new();
    let places = lists::places(document);
    for a in &document.annotations {
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
                add(&d.timex.value.to_string());
                add(&words::date(&d.timex));
            }
            Body::Quote(_) => {
                let speaker = lists::speaker(document, a).flatten();
                add(speaker.as_deref().unwrap_or("no speaker"));
            }
        }
        // White space becomes spaces: an end of line is the end of an annotation's.
        all.extend(folded(&line).map(|(_, _, c)| c));
        all.push('\n');
    }
    all
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
        assert_eq!(hits("Kabul, KABUL; kabul", "kabul"), ["Kabul", "KABUL", "kabul"]);
        assert_eq!(hits("the White\n  House", "white house"), ["White\n  House"]);
        assert_eq!(hits("It’s Élan", "it's é"), ["It’s É"]);
        assert_eq!(hits("aaaa", "aa"), ["aa", "aa"]);
        assert!(hits("abc", "  ").is_empty());
        assert!(hits("abc", "abcd").is_empty());
    }

    #[test]
    fn annotations_are_found_by_what_they_mean() {
        let text = "By Ana\n22 July 2021\n\nIt rained on Thursday and all of May.";
        let models = galley_engine::Models::default();
        let document =
            galley_engine::analyze(text, &galley_engine::Options::default(), &models).unwrap();
        let index = Index::new(&document);
        for (query, want) in [
            ("thursday 22 july", vec!["Thursday"]),
            ("2021-05", vec!["May"]),
            ("MAY 2021", vec!["May"]),
            ("nothing of it", vec![]),
        ] {
            let found = index.matches(query).unwrap();
            let hits = document.annotations.iter().zip(found).filter(|(_, hit)| *hit);
            let hits: Vec<&str> = hits.map(|(a, _)| document.text.slice(a.span)).collect();
            let mut hits = hits;
            hits.retain(|h| *h != "22 July 2021");
            assert_eq!(hits, want, "{query}");
        }
        assert_eq!(index.matches(" \n"), None);
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
            for span in find(&text, &query, 50) {
                proptest::prop_assert!(text.get(span.range()).is_some_and(|s| !s.is_empty()));
            }
        }
    }
}
