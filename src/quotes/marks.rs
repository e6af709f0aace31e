//! Quotation marks paired, one paragraph at a time.
//!
//! Double marks are paired first, by a stack; single ones then fill in wherever they do not cross
//! a double pair. A mark that finds no partner is dropped, or runs to its paragraph's end when it
//! plainly opens; nothing that is wrong in one paragraph is felt in another, but for speech that
//! goes on: an unclosed opening mark and a next paragraph that closes without opening.

use crate::text::{Reading, Span};

/// How a region is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// “ ” „ " `` ''
    Double,
    /// ‘ ’ '
    Single,
    /// « » ‹ › 「 」
    Guillemet,
    /// A dialogue dash, a block quote: the rest of the paragraph.
    Line,
}

/// A stretch between two marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Region {
    /// With the marks.
    pub outer: Span,
    /// Without them, and without white space at the ends.
    pub inner: Span,
    /// What marks it.
    pub style: Style,
    /// How many regions hold it.
    pub depth: u8,
    /// False: it runs to the end of its paragraph.
    pub closed: bool,
    /// False: it came over from the paragraph before without a mark.
    pub opened: bool,
    /// Index into [`Reading::paragraphs`].
    pub paragraph: usize,
}

/// All regions of a text, by (start, −end).
pub(crate) fn pair(reading: &Reading<'_>) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let paragraphs = reading.paragraphs();
    let mut carried = false;
    let dashed = |p: usize| {
        paragraphs
            .get(p)
            .is_some_and(|p| dash(reading.slice(p.span)).is_some())
    };
    for (p, paragraph) in paragraphs.iter().enumerate() {
        let text = reading.slice(paragraph.span);
        let first = out.len();
        let mut pairer = Pairer::new(text);
        pairer.doubles(carried);
        pairer.singles();
        carried = pairer.unclosed_double;
        let mut found = pairer.found;
        if found.is_empty()
            && let Some(skip) = dash(text)
            && (text.starts_with('>') || dashed(p + 1) || (p > 0 && dashed(p - 1)))
        {
            found.push(Found::whole_line(skip, text.len()));
        }
        crate::order::sort_by_key(&mut found, |f| (f.start, usize::MAX - f.end));
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
        debug_assert!(
            out[first..]
                .windows(2)
                .all(|w| w[0].outer.start() <= w[1].outer.start())
        );
    }
    out
}

/// Bytes to skip at the start of a line of dialogue or of a block quote.
fn dash(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let mark = chars
        .next()
        .filter(|c| matches!(c, '—' | '–' | '―' | '>'))?;
    let rest = chars.as_str();
    let body = rest.trim_start();
    let start = body.chars().next()?;
    let speech = start.is_uppercase() || matches!(start, '¿' | '¡' | '…') || mark == '>';
    let words = body.split_whitespace().take(3).count();
    (speech && (words == 3 || body.ends_with(['.', '?', '!', '…'])))
        .then(|| text.len() - body.len())
}

/// A pair in bytes of its paragraph.
struct Found {
    start: usize,
    end: usize,
    inner: (usize, usize),
    style: Style,
    closed: bool,
    opened: bool,
}

impl Found {
    fn whole_line(skip: usize, end: usize) -> Found {
        Found {
            start: 0,
            end,
            inner: (skip, end),
            style: Style::Line,
            closed: true,
            opened: true,
        }
    }
}

/// A mark and its neighbours; `' '` stands for the paragraph's ends.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    len: usize,
    glyph: char,
    before: char,
    after: char,
}

impl Mark {
    fn end(&self) -> usize {
        self.at + self.len
    }

    fn can_open(&self) -> bool {
        (self.before.is_whitespace() || is_opening(self.before))
            && !self.after.is_whitespace()
            && !matches!(self.after, ',' | '.' | ';' | ':' | '?' | '!' | ')')
    }

    fn can_close(&self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }
}

/// A quotation mark of any kind.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '"'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '\u{FF02}'
            | '‘'
            | '’'
            | '\''
            | '‚'
            | '‛'
            | '`'
    )
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '«' | '„' | '"' | '\'' | '`' | '…'
    )
}

struct Pairer<'a> {
    text: &'a str,
    doubles: Vec<Mark>,
    singles: Vec<Mark>,
    found: Vec<Found>,
    unclosed_double: bool,
}

impl<'a> Pairer<'a> {
    fn new(text: &'a str) -> Pairer<'a> {
        let mut pairer = Pairer {
            text,
            doubles: Vec::new(),
            singles: Vec::new(),
            found: Vec::new(),
            unclosed_double: false,
        };
        let mut before = ' ';
        let mut skip = false;
        for (at, c) in text.char_indices() {
            if skip {
                skip = false;
                before = c;
                continue;
            }
            if is_mark(c) {
                let single = matches!(c, '‘' | '’' | '\'' | '‚' | '‛' | '`');
                let rest = &text[at + c.len_utf8()..];
                let twin = matches!(c, '`' | '\'' | '‘' | '’') && rest.starts_with(c);
                let len = c.len_utf8() * if twin { 2 } else { 1 };
                let after = text[at + len..].chars().next().unwrap_or(' ');
                let glyph = match (twin, c) {
                    (true, '`' | '‘') => '“',
                    (true, '’') => '”',
                    (true, _) => 'D',
                    (_, '\u{FF02}') => '"',
                    _ => c,
                };
                let mark = Mark {
                    at,
                    len,
                    glyph,
                    before,
                    after,
                };
                // ''' is a nested single that closes with its double, or opens after it.
                skip = twin;
                if twin || !single {
                    pairer.doubles.push(mark);
                } else {
                    pairer.singles.push(mark);
                }
            }
            before = c;
        }
        pairer
    }

    fn push(&mut self, open: Mark, close: Mark, style: Style) {
        self.found.push(Found {
            start: open.at,
            end: close.end(),
            inner: (open.end(), close.at),
            style,
            closed: true,
            opened: true,
        });
    }

    /// Pairs double marks and guillemets. `carried`: the paragraph before ended inside speech.
    fn doubles(&mut self, carried: bool) {
        let marks = std::mem::take(&mut self.doubles);
        let mut stack: Vec<Mark> = Vec::new();
        let straight_closers = marks
            .iter()
            .filter(|m| m.glyph == '"' && m.can_close())
            .count();
        let mut closers_left = straight_closers;
        for (i, &mark) in marks.iter().enumerate() {
            if mark.glyph == '"' && mark.can_close() {
                closers_left -= 1;
            }
            match direction(mark, &stack) {
                Way::Open => {
                    // Nobody nests deeper; a page of opening marks stays cheap.
                    if stack.len() > 16 {
                        stack.remove(0);
                    }
                    stack.push(mark);
                }
                Way::Close => {
                    if self.is_inch(mark, &stack, closers_left) {
                        continue;
                    }
                    match partner(mark.glyph, &stack) {
                        Some(at) => {
                            let open = stack[at];
                            stack.truncate(at);
                            let style = if family(open.glyph) == 'g' {
                                Style::Guillemet
                            } else {
                                Style::Double
                            };
                            self.push(open, mark, style);
                        }
                        None if carried && i == 0 => self.found.push(Found {
                            start: 0,
                            end: mark.end(),
                            inner: (0, mark.at),
                            style: Style::Double,
                            closed: true,
                            opened: false,
                        }),
                        None => {}
                    }
                }
                Way::Neither => {}
            }
        }
        // What is left open runs to the end of the paragraph, if it is the last to open.
        let Some(&last) = stack.last() else {
            return;
        };
        let reopened = marks.iter().any(|m| m.at > last.at && m.can_open());
        let starts = last.before.is_whitespace() || is_opening(last.before);
        let first = self.text[..last.at].trim().is_empty();
        // A first mark that something reopens: it held the paragraph, unless that ends in a pair of
        // its own ("A, he said. "B."), when its own closing mark was forgotten.
        let tail = self.found.last().is_some_and(|f| {
            self.text
                .get(f.end..)
                .is_some_and(|t| !t.contains(char::is_alphanumeric))
        });
        let faces = !last.after.is_whitespace() || family(last.glyph) == 'g';
        if starts && faces && (!reopened || (first && !tail)) {
            self.found.push(Found {
                start: last.at,
                end: self.text.len(),
                inner: (last.end(), self.text.len()),
                style: if family(last.glyph) == 'g' {
                    Style::Guillemet
                } else {
                    Style::Double
                },
                closed: false,
                opened: true,
            });
            self.unclosed_double = true;
        }
    }

    /// `5'11" tall`: a mark after a digit that no quotation needs.
    fn is_inch(&self, mark: Mark, stack: &[Mark], closers_left: usize) -> bool {
        if mark.glyph != '"' || !mark.before.is_ascii_digit() {
            return false;
        }
        let left = &self.text[..mark.at];
        let feet = left
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '/')
            .ends_with(['\'', '’', '′']);
        let rest = &self.text[mark.end()..];
        let goes_on = rest.starts_with([' ', '-', '\u{a0}'])
            && rest
                .trim_start_matches([' ', '-', '\u{a0}'])
                .starts_with(char::is_lowercase);
        let open = stack.iter().any(|m| family(m.glyph) == 'd');
        feet && closers_left > 0
            || !open
            || (goes_on && closers_left > 0 && {
                // The next straight mark closes: so this one did not.
                let next = rest.find('"').map(|n| &rest[n + 1..]);
                next.is_some_and(|n| !n.starts_with(char::is_alphanumeric))
            })
    }

    /// Pairs single marks that do not cross a pair of double ones.
    fn singles(&mut self) {
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
        crate::order::sort(&mut edges);
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
            if !self.single_opens(open) {
                i += 1;
                continue;
            }
            match self.single_closer(&marks, &levels, i) {
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
                        && !self.elided(open)
                    {
                        self.found.push(Found {
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

    fn single_opens(&self, m: Mark) -> bool {
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
    fn elided(&self, m: Mark) -> bool {
        let rest = &self.text[m.end()..];
        let word: String = rest
            .chars()
            .take(8)
            .take_while(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        ELIDED.contains(&word.as_str())
            || (word.len() >= 2
                && word.len() <= 3
                && word.starts_with(|c: char| c.is_ascii_digit()))
    }

    fn single_closer(&self, marks: &[Mark], levels: &[usize], i: usize) -> Option<usize> {
        let elided = self.elided(marks[i]);
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
                    m.after.is_alphanumeric() && !m.before.is_alphanumeric() && !self.elided(*m)
                }
                '\'' => m.can_open() && m.after.is_alphanumeric() && !self.elided(*m),
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
                && self.text[m.end()..]
                    .trim_start()
                    .starts_with(char::is_alphabetic);
            let dropped = {
                let low: Vec<char> = head
                    .chars()
                    .rev()
                    .take(12)
                    .take_while(|c| c.is_alphabetic())
                    .flat_map(char::to_lowercase)
                    .collect();
                let low: String = low.into_iter().rev().collect();
                (low.ends_with("in")
                    && low.len() > 3
                    && !matches!(
                        low.as_str(),
                        "again"
                            | "begin"
                            | "certain"
                            | "captain"
                            | "plain"
                            | "main"
                            | "train"
                            | "win"
                            | "chain"
                            | "pain"
                            | "remain"
                    ))
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

/// Words that begin with an apostrophe of their own.
const ELIDED: [&str; 20] = [
    "em", "til", "till", "tis", "twas", "cause", "cos", "cuz", "n", "round", "bout", "nuff",
    "tude", "hood", "burbs", "fro", "kay", "sup", "twere", "neath",
];

#[derive(PartialEq)]
enum Way {
    Open,
    Close,
    Neither,
}

fn family(glyph: char) -> char {
    match glyph {
        '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' => 'g',
        _ => 'd',
    }
}

/// Which way a double mark faces, by its form, its neighbours and what is open.
fn direction(m: Mark, stack: &[Mark]) -> Way {
    let open = |c: char| stack.iter().any(|s| s.glyph == c);
    let any = stack.iter().any(|s| family(s.glyph) == 'd');
    let top = stack.last().map(|s| s.glyph);
    let closes_here = m.can_close();
    match m.glyph {
        '„' | '‟' => Way::Open,
        '「' | '『' => Way::Open,
        '」' | '』' => Way::Close,
        '“' => {
            let low = open('„') && top != Some('“');
            if low && !m.before.is_whitespace() {
                Way::Close
            } else if any
                && closes_here
                && !m.can_open()
                && (m.after.is_whitespace() || is_stop(m.after))
            {
                // Facing the wrong way.
                Way::Close
            } else {
                Way::Open
            }
        }
        '”' => {
            if !any && m.can_open() {
                Way::Open
            } else if m.can_open() && m.after.is_alphanumeric() && m.before.is_whitespace() {
                Way::Open
            } else {
                Way::Close
            }
        }
        '«' | '‹' => {
            let reverse = if m.glyph == '«' { '»' } else { '›' };
            if open(reverse) && !m.before.is_whitespace() {
                Way::Close
            } else {
                Way::Open
            }
        }
        '»' | '›' => {
            let forward = if m.glyph == '»' { '«' } else { '‹' };
            if open(forward) {
                Way::Close
            } else if m.can_open() {
                Way::Open
            } else {
                Way::Neither
            }
        }
        // '' and " have no direction of their own.
        _ => {
            if any && closes_here && !m.can_open() {
                Way::Close
            } else if m.can_open()
                && (!any || m.after.is_alphanumeric() || is_opening(m.after))
                && !(any
                    && !m.before.is_whitespace()
                    && is_opening(m.before)
                    && !matches!(m.before, '(' | '[' | '{' | '‘' | '\'' | '“'))
            {
                Way::Open
            } else if any {
                Way::Close
            } else if m.before.is_whitespace() && m.after.is_alphanumeric() {
                Way::Open
            } else if !closes_here || (m.before.is_whitespace() && m.after.is_whitespace()) {
                Way::Open
            } else {
                // Closing with nothing open.
                Way::Close
            }
        }
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '?' | '!' | ')' | '—' | '–' | ']')
}

/// The open mark that `glyph` closes: the nearest of its own style, else the nearest of its family.
fn partner(glyph: char, stack: &[Mark]) -> Option<usize> {
    let own: &[char] = match glyph {
        '”' => &['“', '„', '”', '‟'],
        '“' => &['„', '“'],
        '»' => &['«'],
        '«' => &['»'],
        '›' => &['‹'],
        '‹' => &['›'],
        '」' => &['「'],
        '』' => &['『'],
        'D' => &['“', 'D'],
        _ => &['"'],
    };
    let family_of = family(glyph);
    stack
        .iter()
        .rposition(|s| own.contains(&s.glyph))
        .or_else(|| {
            let top = stack.iter().rposition(|s| family(s.glyph) == family_of)?;
            (family_of == 'd').then_some(top)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    fn regions(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let reading = Reading::new(&source);
        pair(&reading)
            .iter()
            .map(|r| reading.slice(r.inner).to_owned())
            .collect()
    }

    #[test]
    fn every_case() {
        let mut count = 0;
        let mut wrong = Vec::new();
        for line in include_str!("../../tests/data/quotes/marks.txt").lines() {
            let Some((text, want)) = line.split_once(" =>") else {
                continue;
            };
            if line.starts_with('#') {
                continue;
            }
            count += 1;
            let got = regions(&text.replace('¶', "\n"));
            let want: Vec<&str> = want.trim().split(" | ").filter(|w| !w.is_empty()).collect();
            if got != want {
                wrong.push(format!("{text}\n   want {want:?}\n   got  {got:?}"));
            }
        }
        assert!(
            wrong.is_empty(),
            "{} wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
        assert!(count >= 150, "{count} cases");
    }
}
