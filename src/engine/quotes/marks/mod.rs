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

/// At most so many paragraphs of one speech follow each other without a mark.
const MAX_PARAGRAPHS_WITHOUT_MARK: usize = 4;

/// All regions of a text, by (start, −end).
pub fn pair_marks(reading: &TokenizedText<'_>) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let paragraphs = reading.paragraphs();
    let mut carried = false;
    let dashed = |p: usize| {
        paragraphs.get(p).is_some_and(|p| skip_dialogue_mark(reading.slice(p.span)).is_some())
    };
    // Speech goes on over paragraphs without a mark where the next mark closes without opening.
    let closes_later = |p: usize| {
        let mut later = paragraphs.iter().skip(p + 1).take(MAX_PARAGRAPHS_WITHOUT_MARK);
        later.find_map(|p| {
            let mut pairer = Pairer::new(reading.slice(p.span));
            pairer.has_doubles().then(|| {
                pairer.pair_doubles(true);
                pairer.found.iter().any(|f| !f.opened)
            })
        }) == Some(true)
    };
    for (p, paragraph) in paragraphs.iter().enumerate() {
        let text = reading.slice(paragraph.span);
        let first = out.len();
        let mut pairer = Pairer::new(text);
        let goes_on = carried && !pairer.has_doubles() && closes_later(p);
        pairer.pair_doubles(carried);
        pairer.pair_singles();
        carried = pairer.unclosed_double || goes_on;
        let mut found = pairer.found;
        if goes_on {
            found.push(FoundPair {
                start: 0,
                end: text.len(),
                inner: (0, text.len()),
                style: Style::Double,
                closed: false,
                opened: false,
            });
        }
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
    fn speech_goes_on_over_paragraphs_without_marks() {
        let speech = "\"We lost the pier.\n\nThe boats are gone.\n\nWe start again,\" Lee said.";
        assert_eq!(
            regions(speech),
            ["We lost the pier.", "The boats are gone.", "We start again,"]
        );
        // A forgotten mark: what follows opens marks of its own, or never closes any.
        let forgotten = "\"We lost the pier.\n\nHe left.\n\n\"We start again,\" Lee said.";
        assert_eq!(regions(forgotten), ["We lost the pier.", "We start again,"]);
        let unclosed = "\"We lost the pier.\n\nHe left.\n\nIt rained.";
        assert_eq!(regions(unclosed), ["We lost the pier."]);
    }

    #[test]
    fn quotation_marks_are_paired() {
        let cases = galley_testcases::check("tests/data/quotes/marks.txt", |case| {
            regions(&case.input).join("\n")
        });
        assert!(cases >= 150, "{cases} cases");
    }
}
