//! Numbers in digits and in words.

use crate::text::{TokenKind, TokenizedText};
use crate::vocabulary::amounts::{NUMERALS, Numeral, SCALE_SUFFIXES};

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// "12", "twelve", "3.5"
    Plain,
    /// With a scale: "3 million", "5bn", "two dozen".
    Scaled,
    /// "first", "20th"
    Ordinal,
}

/// A number that begins at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number<'t> {
    /// One past its last token.
    pub(super) end: usize,
    pub(super) form: Form,
    /// It begins with a digit.
    pub(super) digits: bool,
    /// Letters glued to the digits that are no scale and no ordinal ending: "km" of "5km".
    pub(super) suffix: Option<&'t str>,
}

/// A four-digit number that may be a year.
pub(super) fn is_like_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && ("1500".."2100").contains(&word)
}

/// The number that begins at token `i`, not going beyond `to`.
pub(super) fn number_at<'t>(
    tokenized: &TokenizedText<'t>,
    i: usize,
    to: usize,
) -> Option<Number<'t>> {
    let token = tokenized.tokens().get(i).filter(|_| i < to)?;
    match token.kind {
        TokenKind::Number => number_in_digits(tokenized, i, to),
        TokenKind::Word => {
            // Number words are short; names and long words are left at once.
            let word = tokenized.word(i);
            if word.len() > 12 || !word.is_ascii() {
                return None;
            }
            number_in_words(tokenized, i, to)
        }
        _ => None,
    }
}

/// The token at `i`, nothing from `to` on.
fn word_at<'t>(tokenized: &TokenizedText<'t>, i: usize, to: usize) -> &'t str {
    if i < to { tokenized.word(i) } else { "" }
}

/// What the token at `i` does in a number.
fn numeral_at(tokenized: &TokenizedText<'_>, i: usize, to: usize) -> Option<Numeral> {
    NUMERALS.get_any_case(word_at(tokenized, i, to)).copied()
}

/// Is the token at `i` one of these words, in any case?
fn is_any_of(tokenized: &TokenizedText<'_>, i: usize, to: usize, words: &[&str]) -> bool {
    let word = word_at(tokenized, i, to);
    words.iter().any(|w| word.eq_ignore_ascii_case(w))
}

fn number_in_digits<'t>(tokenized: &TokenizedText<'t>, i: usize, to: usize) -> Option<Number<'t>> {
    let word = tokenized.word(i);
    let split =
        word.find(|c: char| !(c.is_numeric() || matches!(c, ',' | '.'))).unwrap_or(word.len());
    let (figures, letters) = word.split_at_checked(split)?;
    if figures.is_empty() {
        return None;
    }
    let mut n = Number { end: i + 1, form: Form::Plain, digits: true, suffix: None };
    if letters.is_empty() {
        n.end = scales_end_after_hyphen(tokenized, i + 1, to);
        if n.end > i + 1 {
            n.form = Form::Scaled;
        }
        return Some(n);
    }
    let ending = letters.to_ascii_lowercase();
    match ending.as_str() {
        "st" | "nd" | "rd" | "th" => n.form = Form::Ordinal,
        e if SCALE_SUFFIXES.contains(e) => n.form = Form::Scaled,
        _ => {
            n.suffix = Some(letters);
        }
    }
    Some(n)
}

/// The same after a hyphen ("20-crore"), if there is one.
fn scales_end_after_hyphen(tokenized: &TokenizedText<'_>, i: usize, to: usize) -> usize {
    let glued = |k: usize| tokenized.tokens().get(k).is_some_and(|t| !t.spaced);
    let hyphen = word_at(tokenized, i, to) == "-" && glued(i) && glued(i + 1);
    if hyphen {
        let end = scales_end(tokenized, i + 1, to);
        return if end > i + 1 { end } else { i };
    }
    scales_end(tokenized, i, to)
}

/// Scales from `i` on: "million", "hundred thousand".
fn scales_end(tokenized: &TokenizedText<'_>, i: usize, to: usize) -> usize {
    let mut end = i;
    while end < i + 4 && numeral_at(tokenized, end, to) == Some(Numeral::Scale) {
        end += 1;
    }
    end
}

fn number_in_words<'t>(tokenized: &TokenizedText<'t>, i: usize, to: usize) -> Option<Number<'t>> {
    let mut n = Number { end: i + 1, form: Form::Plain, digits: false, suffix: None };
    let first = numeral_at(tokenized, i, to);
    if first == Some(Numeral::Ordinal) {
        n.form = Form::Ordinal;
        return Some(n);
    }
    if first == Some(Numeral::Scales) {
        if is_any_of(tokenized, i, to, &["scores", "tens"])
            && !is_any_of(tokenized, i + 1, to, &["of"])
        {
            return None;
        }
        while is_any_of(tokenized, n.end, to, &["of"])
            && numeral_at(tokenized, n.end + 1, to) == Some(Numeral::Scales)
        {
            n.end += 2;
        }
        n.form = Form::Scaled;
        return Some(n);
    }
    if is_any_of(tokenized, i, to, &["a", "an"]) {
        let end = scales_end(tokenized, i + 1, to);
        n.form = Form::Scaled;
        n.end = end;
        return (end > i + 1).then_some(n);
    }
    if is_any_of(tokenized, i, to, &["half"]) {
        // "half a million"
        let end = scales_end(tokenized, i + 2, to);
        n.form = Form::Scaled;
        n.end = end;
        return (is_any_of(tokenized, i + 1, to, &["a", "an"]) && end > i + 2).then_some(n);
    }
    let mut end = below_hundred_end(tokenized, i, to)?;
    // "twenty-first"
    if end == i + 1
        && first == Some(Numeral::Tens)
        && tokenized.word(end) == "-"
        && numeral_at(tokenized, end + 1, to) == Some(Numeral::Ordinal)
    {
        n.end = end + 2;
        n.form = Form::Ordinal;
        return Some(n);
    }
    // "two-thirds", "three quarters"
    let dash = usize::from(word_at(tokenized, end, to) == "-");
    let one_part = dash == 1
        && is_any_of(tokenized, i, to, &["one"])
        && is_any_of(tokenized, end + dash, to, &["third", "quarter", "fifth", "tenth"]);
    if one_part || numeral_at(tokenized, end + dash, to) == Some(Numeral::Part) {
        n.end = end + dash + 1;
        return Some(n);
    }
    // "two hundred and fifty thousand"
    for _ in 0..6 {
        let scaled = scales_end(tokenized, end, to);
        if scaled == end {
            break;
        }
        n.form = Form::Scaled;
        end = scaled;
        let and = usize::from(is_any_of(tokenized, end, to, &["and"]));
        let unit = end + and;
        let hundreds = is_any_of(tokenized, end - 1, to, &["hundred", "thousand"]);
        match below_hundred_end(tokenized, unit, to) {
            Some(z) if hundreds => end = z,
            _ => break,
        }
    }
    n.end = end;
    Some(n)
}

/// Below a hundred: "seven", "forty-two"; the end.
fn below_hundred_end(tokenized: &TokenizedText<'_>, i: usize, to: usize) -> Option<usize> {
    match numeral_at(tokenized, i, to)? {
        Numeral::Unit => Some(i + 1),
        Numeral::Tens => {
            let hyphenated = word_at(tokenized, i + 1, to) == "-"
                && numeral_at(tokenized, i + 2, to) == Some(Numeral::Unit);
            Some(if hyphenated { i + 3 } else { i + 1 })
        }
        _ => None,
    }
}
