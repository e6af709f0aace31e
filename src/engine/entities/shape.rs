//! How words and lines are written: capitals, digits, marks.

use crate::lexicon::mix;
use crate::text::{TokenKind, TokenizedText};

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Shape {
    /// "minister"
    Lower,
    /// "Minister"
    Capital,
    /// "NATO", "U.S."
    Upper,
    /// "eBay", "McDonald"
    Mixed,
    /// "X", "J."
    Initial,
    /// "12"
    Number,
    /// Letters and digits, "G20".
    Code,
    /// ","
    Mark,
}

/// How a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// As sentences are written.
    Plain,
    /// Most Words Begin With A Capital.
    Title,
    /// ALL OF IT.
    Upper,
}

pub(super) fn pattern_hash(chars: &[char]) -> u64 {
    let class = |c: char| {
        if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        }
    };
    let mut h = 0x1234_5678;
    let (mut last, mut run) = ('\0', 0);
    for &c in chars {
        let c = class(c);
        run = if c == last { run + 1 } else { 0 };
        last = c;
        // Runs count up to two, so "Xx", "XX", "XXx" differ and long words do not.
        if run < 2 {
            h = mix(h ^ u64::from(u32::from(c)));
        }
    }
    h
}

pub(super) fn token_shape(word: &str, tokenized: &TokenizedText<'_>, i: usize) -> Shape {
    match tokenized.tokens().get(i).map(|t| t.kind) {
        Some(TokenKind::Punct | TokenKind::Symbol) => Shape::Mark,
        Some(TokenKind::Link) => Shape::Code,
        _ => word_shape(word),
    }
}

pub(super) fn word_shape(word: &str) -> Shape {
    let (mut upper, mut low, mut digits) = (0, 0, 0);
    let mut first_upper = false;
    for (i, c) in word.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= i == 0;
        } else if c.is_alphabetic() {
            low += 1;
        } else if c.is_numeric() {
            digits += 1;
        }
    }
    match (upper, low, digits) {
        (0, 0, 0) => Shape::Mark,
        (0, 0, _) => Shape::Number,
        (0, _, 0) => Shape::Lower,
        (1, 0, 0) => Shape::Initial,
        (_, 0, 0) => Shape::Upper,
        (1, _, 0) if first_upper => Shape::Capital,
        (_, _, 0) => Shape::Mixed,
        _ => Shape::Code,
    }
}

/// The case of a line by its words.
pub(super) fn line_case(shapes: &[Shape]) -> Case {
    let (mut upper, mut capital, mut low) = (0, 0, 0);
    for s in shapes {
        match s {
            Shape::Upper => upper += 1,
            Shape::Capital | Shape::Mixed => capital += 1,
            Shape::Lower => low += 1,
            _ => {}
        }
    }
    let words = upper + capital + low;
    if words >= 3 && upper * 4 >= words * 3 {
        Case::Upper
    } else if words >= 4 && (upper + capital) * 10 >= words * 6 {
        Case::Title
    } else {
        Case::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_a_case() {
        let case = |words: &str| line_case(&words.split(' ').map(word_shape).collect::<Vec<_>>());
        assert_eq!(case("MINISTER QUITS AFTER VOTE"), Case::Upper);
        assert_eq!(case("Minister Quits After Vote in Paris"), Case::Title);
        assert_eq!(case("The minister quit after a vote in Paris"), Case::Plain);
    }
}
