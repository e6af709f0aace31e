//! What stands around an annotation: its paragraph, the words before and after, the date of a quote.

use std::ops::Range;

use crate::document::{Annotation, Body, Document, Timex};
use crate::text::Span;
use crate::timex::{Period, TimexType, TimexValue};

/// How many lines further a paragraph is looked for.
const MAX_JOINED_LINES: usize = 4;

/// The bytes of the line that holds `span` (or of the lines, when it holds line ends), and of lines
/// around it that begin in the midst of a sentence.
fn paragraph_range(text: &str, span: Span) -> Range<usize> {
    let part = |range: Range<usize>| text.get(range).unwrap_or("");
    let start_of = |at: usize| part(0..at).rfind('\n').map_or(0, |end| end + 1);
    let end_of = |at: usize| part(at..text.len()).find('\n').map_or(text.len(), |to| at + to);
    let goes_on = |at: usize| part(at..text.len()).starts_with(char::is_lowercase);
    let (mut start, mut end) = (start_of(span.start()), end_of(span.end()));
    for _ in 0..MAX_JOINED_LINES {
        if start > 1 && goes_on(start) {
            start = start_of(start - 1);
        }
        if goes_on(end + 1) {
            end = end_of(end + 1);
        }
    }
    start..end
}

/// Up to `most` words before and after a stretch in its paragraph, with "…" where there are more,
/// around `between`.
pub fn words_around(document: &Document, span: Span, between: &str, most: usize) -> String {
    let text = document.text.as_str();
    let paragraph = paragraph_range(text, span);
    let part = |range: Range<usize>| text.get(range).unwrap_or("").split_whitespace();
    let mut before: Vec<&str> = part(paragraph.start..span.start()).rev().take(most + 1).collect();
    let mut after: Vec<&str> = part(span.end()..paragraph.end).take(most + 1).collect();
    if before.len() > most {
        before[most] = "…";
    }
    if after.len() > most {
        after[most] = "…";
    }
    before.reverse();
    before.push(between);
    before.append(&mut after);
    before.join(" ")
}

/// How far from a quote's cue its date may stand, in words.
const MAX_WORDS_TO_DATE: usize = 12;

/// When a quote was said: the day that stands nearest to its cue (to itself, where it has none) in the same
/// sentence, outside of all quoted words. A month or a year is no day on which something is said.
pub fn find_quote_date<'d>(document: &'d Document, quote: &Annotation) -> Option<&'d Annotation> {
    let (text, at) = (document.text.as_str(), quote.span);
    let Body::Quote(body) = &quote.body else {
        return None;
    };
    let from = body.cue.first().copied().unwrap_or(at);
    let paragraph = paragraph_range(text, at);
    let all = &document.annotations;
    let live = |a: &&Annotation| a.status != crate::document::Status::Rejected;
    let first = all.partition_point(|a| a.span.start() < paragraph.start);
    let here = all.get(first..).unwrap_or(&[]).iter();
    let here = here.take_while(|a| a.span.start() < paragraph.end);
    let quoted = |span: Span| {
        let mut quotes = here.clone().filter(live);
        quotes.any(|q| matches!(q.body, Body::Quote(_)) && q.span.contains(span))
    };
    let dates = here
        .clone()
        .filter(live)
        .filter(|a| matches!(&a.body, Body::Date(d) if is_day(&d.timex)) && !at.contains(a.span));
    dates
        .filter_map(|a| {
            let (start, end) = if a.span.end() <= from.start() {
                (a.span.end(), from.start())
            } else {
                (from.end(), a.span.start())
            };
            let between = text.get(start..end)?;
            // A paragraph can be a whole book: what is far off is not read to its end.
            let words = between.split_whitespace().take(MAX_WORDS_TO_DATE + 1).count();
            let near = words <= MAX_WORDS_TO_DATE && !ends_sentence(between) && !quoted(a.span);
            near.then_some((words, a))
        })
        .min_by_key(|(words, _)| *words)
        .map(|(_, a)| a)
}

/// A day, or a time of a day.
fn is_day(timex: &Timex) -> bool {
    let is_day = |period| {
        matches!(
            period,
            Period::Day(_) | Period::Part(..) | Period::Clock(..) | Period::Weekend(..)
        )
    };
    matches!(timex.kind, TimexType::Date | TimexType::Time)
        && match timex.value.normalized() {
            Some(TimexValue::Period(period)) => is_day(period),
            Some(TimexValue::Range(first, _)) => is_day(first),
            _ => false,
        }
}

/// A mark that ends a sentence, followed by a blank: an abbreviation counts too, which only loses a date.
fn ends_sentence(between: &str) -> bool {
    let closing =
        |word: &str| word.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '!', '?']);
    between
        .split_inclusive(char::is_whitespace)
        .any(|word| word.ends_with(char::is_whitespace) && closing(word.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{QuoteBody, QuoteKind, Strength};
    use crate::{Models, Options, analyze};

    const TEXT: &str = "On Monday it rained.\n\nOn 3 May 2021 she said \"we left on 2 May 2021\" to a crowd of many hundreds in the old town on 9 May 2021.\nEnd.";

    fn span(words: &str) -> Span {
        let start = TEXT.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "He left.\n\nThe mayor\nsaid that it\nwould rain in\nJune.";
        let at = text.find("that").unwrap();
        let found = paragraph_range(text, Span::new(at, at + 4));
        assert_eq!(&text[found], "The mayor\nsaid that it\nwould rain in");
    }

    #[test]
    fn words_around_stay_in_the_paragraph() {
        let document = analyze(TEXT, &Options::default(), &Models::default()).unwrap();
        for (words, most, want) in [
            ("she said", 2, "… May 2021 ~ \"we left …"),
            ("On 3 May", 3, "~ 2021 she said …"),
            ("End", 3, "~ ."),
        ] {
            assert_eq!(words_around(&document, span(words), "~", most), want);
        }
    }

    #[test]
    fn the_nearest_date_outside_the_words() {
        let mut document = analyze(TEXT, &Options::default(), &Models::default()).unwrap();
        let mut quote = document.annotations[0].clone();
        quote.span = span("\"we left on 2 May 2021\"");
        let body = |cue| QuoteBody {
            kind: QuoteKind::Direct,
            parts: Vec::new(),
            cue,
            speaker: None,
            strength: Strength::Speech,
        };
        quote.body = Body::Quote(body(vec![span("town")]));
        let said = find_quote_date(&document, &quote).unwrap();
        assert_eq!(document.text.slice(said.span), "9 May 2021", "beside the cue");
        quote.body = Body::Quote(body(Vec::new()));
        let said = find_quote_date(&document, &quote).unwrap();
        assert_eq!(document.text.slice(said.span), "3 May 2021");
        quote.body = Body::Quote(body(vec![span("End")]));
        assert_eq!(find_quote_date(&document, &quote), None, "another sentence's");
        quote.body = Body::Quote(body(Vec::new()));
        document.annotations.retain(|a| a.span.start() < 20);
        assert_eq!(find_quote_date(&document, &quote), None, "not from another paragraph");
    }

    proptest::proptest! {
        #[test]
        fn any_stretch_has_surroundings(text: String, a: usize, b: usize) {
            let document = Document {
                text: crate::text::SourceText::new(&text).unwrap_or_default(),
                ..Document::default()
            };
            let n = document.text.as_str().len();
            if let Some(span) = document.text.span(a % (n + 1), b % (n + 1)) {
                words_around(&document, span, "", 3);
            }
        }
    }
}
