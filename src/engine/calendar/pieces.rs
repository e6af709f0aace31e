//! A short line cut into words, numbers and marks, for dates that are written out or typed. The finder
//! reads the text's own tokens instead.

use std::ops::Range;

/// One piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// Its characters.
    pub(crate) text: &'a str,
    /// Where, in bytes of the line.
    pub(crate) at: usize,
    /// What it looks like.
    pub(crate) kind: PieceKind,
    /// White space, or the start of the line, before it.
    pub(crate) spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Letters only.
    Word,
    /// ASCII digits only.
    Number,
    /// One character of anything else.
    Mark,
}

impl Piece<'_> {
    /// One past its last byte.
    pub(crate) fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Its number, when it is one of at most nine digits.
    pub(crate) fn number(&self) -> Option<u32> {
        (self.kind == PieceKind::Number && self.text.len() <= 9)
            .then(|| self.text.parse().ok())
            .flatten()
    }

    /// True for this mark or, in any case, this word.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text.eq_ignore_ascii_case(text)
    }
}

/// Cuts `line`, in linear time.
pub(crate) fn cut_pieces(line: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut spaced = true;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let kind = kind_of(c);
        let mut end = at + c.len_utf8();
        let mut last = c;
        while kind != PieceKind::Mark
            && let Some(&(next, d)) = chars.peek()
            && kind_of(d) == kind
            && !d.is_whitespace()
            // "UpdatedOctober": a label and a month without a blank between them.
            && !(last.is_lowercase() && d.is_uppercase())
        {
            end = next + d.len_utf8();
            last = d;
            chars.next();
        }
        let text = &line[at..end];
        out.push(Piece { text, at, kind, spaced });
        spaced = false;
    }
    out
}

fn kind_of(c: char) -> PieceKind {
    if c.is_ascii_digit() {
        PieceKind::Number
    } else if c.is_alphabetic() {
        PieceKind::Word
    } else {
        PieceKind::Mark
    }
}

/// A cursor over pieces; every step is checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'p, 'a> {
    pieces: &'p [Piece<'a>],
    at: usize,
}

impl<'p, 'a> Cursor<'p, 'a> {
    pub(crate) fn new(pieces: &'p [Piece<'a>], at: usize) -> Cursor<'p, 'a> {
        Cursor { pieces, at }
    }

    pub(crate) fn peek(&self) -> Option<&'p Piece<'a>> {
        self.pieces.get(self.at)
    }

    /// Takes the next piece where `read` makes something of it.
    pub(crate) fn take<T>(&mut self, read: impl Fn(&Piece<'a>) -> Option<T>) -> Option<T> {
        let value = read(self.peek()?)?;
        self.at += 1;
        Some(value)
    }

    /// Takes the next piece when it is one of `texts`; `joined`: only without white space before it.
    pub(crate) fn skip_any(&mut self, texts: &[&str], joined: bool) -> bool {
        self.take(|p| {
            let fits = texts.iter().any(|t| p.is(t)) && !(joined && p.spaced);
            fits.then_some(())
        })
        .is_some()
    }

    /// Runs `read`; goes back to where it was when that finds nothing.
    pub(crate) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let value = read(self);
        if value.is_none() {
            self.at = start;
        }
        value
    }

    /// The bytes of the line from piece `from` up to here.
    pub(crate) fn bytes_since(&self, from: usize) -> Range<usize> {
        let start = self.pieces.get(from).map_or(0, |p| p.at);
        let end = self.at.checked_sub(1).and_then(|i| self.pieces.get(i)).map_or(start, Piece::end);
        start..end.max(start)
    }
}
