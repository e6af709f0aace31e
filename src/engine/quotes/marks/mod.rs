//! Quotation marks paired, one paragraph at a time.
//!
//! Double marks are paired first, by a stack; single ones then fill in wherever they do not cross
//! a double pair. A mark that finds no partner is dropped, or runs to its paragraph's end when it
//! plainly opens; nothing that is wrong in one paragraph is felt in another, but for speech that
//! goes on: an unclosed opening mark and a next paragraph that closes without opening.

mod doubles;
mod mark;
mod region;
mod singles;

use crate::text::{Span, TokenizedText};
pub use region::Region;

pub(super) use region::Style;

use mark::{FoundPair, Pairer, is_mark};

/// All regions of a text, by (start, −end).
pub fn pair_marks(reading: &TokenizedText<'_>) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let paragraphs = reading.paragraphs();
    let mut carried = false;
    let dashed = |p: usize| {
        paragraphs.get(p).is_some_and(|p| skip_dialogue_mark(reading.slice(p.span)).is_some())
    };
    for (p, paragraph) in paragraphs.iter().enumerate() {
        let text = reading.slice(paragraph.span);
        let first = out.len();
        let mut pairer = Pairer::new(text);
        pairer.pair_doubles(carried);
        pairer.pair_singles();
        carried = pairer.unclosed_double;
        let mut found = pairer.found;
        if found.is_empty()
            && let Some(skip) = skip_dialogue_mark(text)
            && (text.starts_with('>') || dashed(p + 1) || (p > 0 && dashed(p - 1)))
        {
            found.push(FoundPair::whole_line(skip, text.len()));
        }
        found.sort_by_key(|f| (f.start, usize::MAX - f.end));
        let mut open: Vec<usize> = Vec::new();
        for f in found {
            while open.last().is_some_and(|&end| end <= f.start) {
                open.pop();
            }
            let base = paragraph.span.start();
            let outer = Span::new(base + f.start, base + f.end);
            let inner = Span::new(base + f.inner.0, base + f.inner.1.max(f.inner.0));
            let inner = reading.source().trim(inner);
            if !reading.slice(inner).contains(|c: char| !is_mark(c)) {
                continue;
            }
            out.push(Region {
                outer,
                inner,
                style: f.style,
                depth: open.len().min(200) as u8,
                closed: f.closed,
                opened: f.opened,
                paragraph: p,
            });
            open.push(f.end);
        }
        debug_assert!(out[first..].windows(2).all(|w| w[0].outer.start() <= w[1].outer.start()));
    }
    out
}

/// Bytes to skip at the start of a line of dialogue or of a block quote.
fn skip_dialogue_mark(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mark = chars.next().filter(|c| matches!(c, '—' | '–' | '―' | '>'))?;
    let rest = chars.as_str();
    let body = rest.trim_start();
    let start = body.chars().next()?;
    let speech = start.is_uppercase() || matches!(start, '¿' | '¡' | '…') || mark == '>';
    let words = body.split_whitespace().take(3).count();
    (speech && (words == 3 || body.ends_with(['.', '?', '!', '…'])))
        .then(|| text.len() - body.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    fn regions(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        pair_marks(&reading).iter().map(|r| reading.slice(r.inner).to_owned()).collect()
    }

    #[test]
    fn quotation_marks_are_paired() {
        let cases = galley_testcases::check("tests/data/quotes/marks.txt", |case| {
            regions(&case.input).join("\n")
        });
        assert!(cases >= 150, "{cases} cases");
    }
}
