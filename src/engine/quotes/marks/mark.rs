//! A mark with its neighbours, and a paragraph's marks in a row.
//!
//! Owns which way a lone mark may face. Must not know pairs of any kind.

use super::region::Style;

/// A pair in bytes of its paragraph.
pub(super) struct FoundPair {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) inner: (usize, usize),
    pub(super) style: Style,
    pub(super) closed: bool,
    pub(super) opened: bool,
}

impl FoundPair {
    pub(super) fn whole_line(skip: usize, end: usize) -> FoundPair {
        FoundPair {
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
pub(super) struct Mark {
    pub(super) at: usize,
    pub(super) len: usize,
    pub(super) glyph: char,
    pub(super) before: char,
    pub(super) after: char,
}

impl Mark {
    pub(super) fn end(&self) -> usize {
        self.at + self.len
    }

    pub(super) fn can_open(&self) -> bool {
        (self.before.is_whitespace() || is_opening(self.before))
            && !self.after.is_whitespace()
            && !matches!(self.after, ',' | '.' | ';' | ':' | '?' | '!' | ')')
    }

    pub(super) fn can_close(&self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }
}

/// A quotation mark of any kind.
pub(super) fn is_mark(c: char) -> bool {
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

pub(super) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '«' | '„' | '"' | '\'' | '`' | '…'
    )
}

pub(super) struct Pairer<'a> {
    pub(super) text: &'a str,
    pub(super) doubles: Vec<Mark>,
    pub(super) singles: Vec<Mark>,
    pub(super) found: Vec<FoundPair>,
    pub(super) unclosed_double: bool,
}

impl<'a> Pairer<'a> {
    /// Whether the paragraph has a double mark of any kind.
    pub(super) fn has_doubles(&self) -> bool {
        !self.doubles.is_empty()
    }

    pub(super) fn new(text: &'a str) -> Pairer<'a> {
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
                let mark = Mark { at, len, glyph, before, after };
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

    pub(super) fn push(&mut self, open: Mark, close: Mark, style: Style) {
        self.found.push(FoundPair {
            start: open.at,
            end: close.end(),
            inner: (open.end(), close.at),
            style,
            closed: true,
            opened: true,
        });
    }
}
