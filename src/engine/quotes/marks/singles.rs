//! Single marks, beside apostrophes: they pair where they do not cross a double pair.

use super::mark::{FoundPair, Mark, Pairer, is_opening};
use super::region::Style;
use crate::vocabulary::speech::{ELIDED_WORDS, WORDS_IN_IN};

impl Pairer<'_> {
    /// Pairs single marks that do not cross a pair of double ones.
    pub(super) fn pair_singles(&mut self) {
        let marks = std::mem::take(&mut self.singles);
        if marks.is_empty() {
            return;
        }
        // The innermost double pair that holds an offset names its level.
        let mut edges: Vec<(usize, bool, usize)> = Vec::new();
        for (n, f) in self.found.iter().enumerate() {
            edges.push((f.start, true, n + 1));
            edges.push((f.end, false, n + 1));
        }
        edges.sort();
        let mut levels = Vec::with_capacity(marks.len());
        let (mut e, mut holding) = (0, vec![0usize]);
        for m in &marks {
            while e < edges.len() && edges[e].0 <= m.at {
                if edges[e].1 {
                    holding.push(edges[e].2);
                } else {
                    holding.retain(|&n| n != edges[e].2 || n == 0);
                }
                e += 1;
            }
            levels.push(holding.last().copied().unwrap_or(0));
        }
        let mut i = 0;
        while i < marks.len() {
            let open = marks[i];
            if !self.may_open_single(open) {
                i += 1;
                continue;
            }
            match self.find_single_closer(&marks, &levels, i) {
                Some(j) => {
                    self.push(open, marks[j], Style::Single);
                    // Marks between them may hold a nested pair; one level is enough.
                    i = if open.glyph == '‚' { i + 1 } else { j + 1 };
                }
                None => {
                    let first = self.text[..open.at].trim().is_empty();
                    let long = self.text.len() - open.at > 24;
                    let speech = open.after.is_uppercase() || open.after == '“';
                    if first
                        && long
                        && speech
                        && matches!(open.glyph, '‘' | '\'')
                        && !self.is_elided(open)
                    {
                        self.found.push(FoundPair {
                            start: open.at,
                            end: self.text.len(),
                            inner: (open.end(), self.text.len()),
                            style: Style::Single,
                            closed: false,
                            opened: true,
                        });
                    }
                    i += 1;
                }
            }
        }
    }

    fn may_open_single(&self, m: Mark) -> bool {
        let before = m.before.is_whitespace() || is_opening(m.before);
        let after = m.after.is_alphanumeric()
            || matches!(
                m.after,
                '“' | '"'
                    | '«'
                    | '‘'
                    | '$'
                    | '£'
                    | '€'
                    | '['
                    | '('
                    | '…'
                    | '@'
                    | '#'
                    | '¿'
                    | '¡'
                    | '.'
            );
        match m.glyph {
            '‘' | '‚' | '‛' => after,
            '\'' | '`' => before && after,
            // Some papers open with the closing mark.
            '’' => before && after && !m.before.is_alphanumeric(),
            _ => false,
        }
    }

    /// 'em, 'til, '90s: an apostrophe that only looks like an opening mark.
    fn is_elided(&self, m: Mark) -> bool {
        let rest = &self.text[m.end()..];
        let word: String = rest
            .chars()
            .take(8)
            .take_while(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        ELIDED_WORDS.contains(&word)
            || (word.len() >= 2
                && word.len() <= 3
                && word.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn find_single_closer(&self, marks: &[Mark], levels: &[usize], i: usize) -> Option<usize> {
        let elided = self.is_elided(marks[i]);
        let mut weak = None;
        let mut nested = 0usize;
        for (j, m) in marks.iter().enumerate().skip(i + 1).take(400) {
            if levels[j] != levels[i] {
                // Inside a nested double pair; outside the pair that holds the opener: stop.
                if levels[i] != 0 && m.at > self.found[levels[i] - 1].end {
                    break;
                }
                continue;
            }
            let opens = match m.glyph {
                '‘' => {
                    m.after.is_alphanumeric() && !m.before.is_alphanumeric() && !self.is_elided(*m)
                }
                '\'' => m.can_open() && m.after.is_alphanumeric() && !self.is_elided(*m),
                _ => false,
            };
            if opens {
                // A second opener: nested inside a sentence of speech, or the first was stray.
                if m.glyph == '\'' || weak.is_some() {
                    break;
                }
                nested += 1;
                continue;
            }
            let shape = matches!(m.glyph, '’' | '\'' | '‘') && m.can_close();
            if !shape || (marks[i].glyph == '\'' && m.glyph == '‘') {
                continue;
            }
            let head = &self.text[..m.at];
            let stop = m.before.is_ascii_punctuation() || matches!(m.before, '…' | '”' | '’' | '»');
            let ends = self.text[m.end()..].trim().is_empty()
                || matches!(
                    m.after,
                    ',' | '.' | ';' | ':' | '?' | '!' | ')' | '”' | '"' | ']' | '—' | '–'
                );
            let possessive = matches!(m.before, 's' | 'S' | 'z' | 'x')
                && m.after == ' '
                && self.text[m.end()..].trim_start().starts_with(char::is_alphabetic);
            let dropped = {
                let low: Vec<char> = head
                    .chars()
                    .rev()
                    .take(12)
                    .take_while(|c| c.is_alphabetic())
                    .flat_map(char::to_lowercase)
                    .collect();
                let low: String = low.into_iter().rev().collect();
                (low.ends_with("in") && low.len() > 3 && !WORDS_IN_IN.contains(&low))
                    || matches!(low.as_str(), "n" | "o" | "an" | "th" | "ol" | "wi" | "lil")
            };
            if nested > 0 && !stop {
                nested -= 1;
                continue;
            }
            if !stop && (possessive || dropped) && !(ends && !dropped) {
                if !(elided || weak.is_some()) {
                    weak = Some(j);
                }
                continue;
            }
            if elided && !stop && !ends {
                return None;
            }
            if elided && marks[i].glyph != '‘' {
                return None;
            }
            return Some(j);
        }
        weak.filter(|_| !elided).filter(|&j| {
            // "the 'workers' party": short, and not itself a plural owner far away.
            marks[j].at - marks[i].at < 60
        })
    }
}
