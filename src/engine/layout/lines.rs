//! The paragraphs of a text as lines of a page, with what every finder needs to know of them.

use std::ops::Range;

use crate::text::{Span, TokenKind, TokenizedText};
use crate::vocabulary::calendar::CALENDAR;
use crate::vocabulary::organisations::OUTLETS;

/// A paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Its place among all.
    pub(super) index: usize,
    /// Where.
    pub(super) span: Span,
    /// Its characters.
    pub(super) text: &'t str,
    /// Its words (numbers too).
    pub(super) words: usize,
    /// First token.
    first: usize,
    /// One past its last token.
    last: usize,
    /// A paragraph of the story: whole sentences, not a headline or a label.
    pub(super) body: bool,
}

impl Line<'_> {
    /// Indices of its tokens.
    pub(super) fn tokens(&self) -> Range<usize> {
        self.first..self.last
    }

    /// The span of a stretch of its text, in bytes from its start.
    pub(super) fn subspan(&self, range: Range<usize>) -> Span {
        let at = self.span.start();
        Span::new(at + range.start, at + range.end)
    }
}

/// All paragraphs of a text.
pub(super) struct Lines<'r, 't> {
    /// What they are lines of.
    pub(super) tokenized: &'r TokenizedText<'t>,
    all: Vec<Line<'t>>,
    head: usize,
}

/// More paragraphs than any page has above its story.
const MAX_HEAD_LINES: usize = 60;

/// Paragraphs at the end that may still hold names, dates and buttons.
const FOOT_LINES: usize = 6;

impl<'r, 't> Lines<'r, 't> {
    pub(super) fn new(tokenized: &'r TokenizedText<'t>) -> Lines<'r, 't> {
        let all: Vec<_> = tokenized
            .paragraphs()
            .iter()
            .enumerate()
            .map(|(index, paragraph)| {
                let text = tokenized.slice(paragraph.span);
                let words = tokenized
                    .tokens()
                    .get(paragraph.tokens.clone())
                    .unwrap_or(&[])
                    .iter()
                    .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
                    .count();
                let sentences = paragraph.sentences.len();
                Line {
                    index,
                    span: paragraph.span,
                    text,
                    words,
                    first: paragraph.tokens.start,
                    last: paragraph.tokens.end,
                    body: words >= 14 && (sentences > 1 || ends_sentence(text)) || words > 45,
                }
            })
            .collect();
        // A standfirst looks like the story; the lines around it still belong to the head.
        let bodies = all.iter().filter(|l| l.body).take(3);
        let head = bodies.last().map_or(all.len(), |l| l.index).min(MAX_HEAD_LINES);
        Lines { tokenized, all, head }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Line<'t>] {
        &self.all
    }

    /// What stands in the text between two lines.
    pub(super) fn between(&self, a: &Line<'_>, b: &Line<'_>) -> &'t str {
        let span = self.tokenized.source().span(a.span.end(), b.span.start());
        span.map_or("", |span| self.tokenized.slice(span))
    }

    /// Those at the top, down to the third paragraph of the story.
    pub(super) fn head(&self) -> &[Line<'t>] {
        self.all.get(..self.head).unwrap_or(&[])
    }

    /// Is it one of those?
    pub(super) fn in_head(&self, line: &Line<'_>) -> bool {
        line.index < self.head
    }

    /// Is it one of the last?
    pub(super) fn in_foot(&self, line: &Line<'_>) -> bool {
        line.index + FOOT_LINES >= self.all.len()
    }

    /// Those at the end that are not at the top too.
    pub(super) fn foot(&self) -> &[Line<'t>] {
        let from = self.all.len().saturating_sub(FOOT_LINES).max(self.head);
        self.all.get(from..).unwrap_or(&[])
    }
}

/// Ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…'])
}

/// Has uppercase letters and no lowercase ones.
pub(super) fn is_all_caps(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Begins with an uppercase letter.
pub(super) fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Is `word` in a list of lowercase words, whatever its case?
pub(super) fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// May the word follow a writer's name: an agency, a word of a paper's name, a role?
pub(super) fn is_outlet(word: &str) -> bool {
    OUTLETS.get_any_case(word).is_some_and(|outlet| outlet.after_writers)
}

/// Is it a month or a weekday, perhaps a short form, or "today"?
pub(super) fn is_calendar_word(word: &str) -> bool {
    CALENDAR.get_any_case(word).is_some()
}

/// Cuts a line into words at whitespace and marks: byte ranges, in order.
pub(super) fn split_words(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.' | '-');
    text.split(move |c: char| !inside(c))
        .map(move |w| w.trim_matches(['.', '-', '\'', '’']))
        .filter(|w| !w.is_empty())
        .map(move |w| (w.as_ptr() as usize - text.as_ptr() as usize, w))
}
