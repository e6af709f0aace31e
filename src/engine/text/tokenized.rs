use std::ops::Range;

use super::{SourceText, Span, Token, segment, token};

/// A sentence: its stretch of the text and of the token list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token's first byte to its last token's last.
    pub span: Span,
    /// Indices into [`TokenizedText::tokens`].
    pub tokens: Range<usize>,
    /// Index into [`TokenizedText::paragraphs`].
    pub paragraph: usize,
}

/// A paragraph (a headline, a caption and a list item are paragraphs too).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Without whitespace at its ends.
    pub span: Span,
    /// Indices into [`TokenizedText::sentences`].
    pub sentences: Range<usize>,
    /// Indices into [`TokenizedText::tokens`].
    pub tokens: Range<usize>,
}

/// A text divided into tokens, sentences and paragraphs: what every engine reads.
#[derive(Debug, Clone)]
pub struct TokenizedText<'t> {
    source: &'t SourceText,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    paragraphs: Vec<Paragraph>,
}

impl<'t> TokenizedText<'t> {
    /// Divides the text. Linear in its length, never fails.
    pub fn new(source: &'t SourceText) -> TokenizedText<'t> {
        TokenizedText::divide(source, false)
    }

    /// `wrapped`: paragraphs are known to go on over several lines.
    pub(super) fn divide(source: &'t SourceText, wrapped: bool) -> TokenizedText<'t> {
        let mut tokenized = TokenizedText {
            source,
            tokens: Vec::new(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        };
        for span in segment::paragraphs(source, wrapped) {
            let tokens = token::tokenize(source, span);
            let (t0, s0) = (tokenized.tokens.len(), tokenized.sentences.len());
            for range in segment::sentences(source, &tokens) {
                let span = tokens[range.start].span.hull(tokens[range.end - 1].span);
                tokenized.sentences.push(Sentence {
                    span,
                    tokens: t0 + range.start..t0 + range.end,
                    paragraph: tokenized.paragraphs.len(),
                });
            }
            tokenized.tokens.extend(tokens);
            tokenized.paragraphs.push(Paragraph {
                span,
                sentences: s0..tokenized.sentences.len(),
                tokens: t0..tokenized.tokens.len(),
            });
        }
        tokenized
    }

    /// The text that was divided.
    pub fn source(&self) -> &'t SourceText {
        self.source
    }

    /// All tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All sentences, in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All paragraphs, in order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The characters of `span`.
    pub fn slice(&self, span: Span) -> &'t str {
        self.source.slice(span)
    }

    /// The characters of token `i`; empty when there is none.
    pub fn word(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| self.source.slice(t.span))
    }

    /// Whether a tab stands between token `i` and the one before: it begins a cell of a table.
    pub fn follows_tab(&self, i: usize) -> bool {
        let pair = i.checked_sub(1).and_then(|before| self.tokens.get(before..=i));
        let Some([before, token]) = pair else {
            return false;
        };
        let gap = self.source.span(before.span.end(), token.span.start());
        gap.is_some_and(|gap| self.source.slice(gap).contains('\t'))
    }

    /// The tokens that share at least a byte with `span`, as indices.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end() <= span.start());
        let end = self.tokens.partition_point(|t| t.span.start() < span.end());
        start..end.max(start)
    }

    /// The sentence that holds the byte at `offset`, or the nearest before it.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        self.sentences.partition_point(|s| s.span.start() <= offset).checked_sub(1)
    }

    /// The index of the sentence that holds a token; the number of sentences past the last one.
    pub fn sentence_of_token(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The paragraph that holds the byte at `offset`, or the nearest before it.
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        self.paragraphs.partition_point(|p| p.span.start() <= offset).checked_sub(1)
    }

    /// From the first byte of the first token to the last byte of the last; `None` for an empty
    /// or foreign range.
    pub fn span_of(&self, tokens: Range<usize>) -> Option<Span> {
        let slice = self.tokens.get(tokens)?;
        Some(slice.first()?.span.hull(slice.last()?.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let tokenized = TokenizedText::new(&source);
        (0..tokenized.tokens().len()).map(|i| tokenized.word(i).to_owned()).collect()
    }

    fn split(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let tokenized = TokenizedText::new(&source);
        tokenized.sentences().iter().map(|s| tokenized.slice(s.span).to_owned()).collect()
    }

    #[test]
    fn tokens() {
        galley_testcases::check("tests/data/text/tokens.txt", |case| words(&case.input).join("|"));
    }

    #[test]
    fn sentences() {
        galley_testcases::check("tests/data/text/sentences.txt", |case| {
            split(&case.input).join("\n")
        });
    }

    #[test]
    fn lines_are_paragraphs_unless_the_text_was_wrapped() {
        let paragraphs =
            |t: &str| TokenizedText::new(&SourceText::new(t).unwrap()).paragraphs().len();
        assert_eq!(paragraphs("Headline\nBy A. Writer\nThe story begins here."), 3);
        let wrapped = "The minister said on Tuesday that the long-awaited\nreport would be out by the end of the month, and that\nnobody in the government had read it before it was\nprinted by the state's own press.\n\nNext.";
        assert_eq!(paragraphs(wrapped), 2);
    }
}
