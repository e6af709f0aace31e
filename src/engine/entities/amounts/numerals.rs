//! Numbers in digits and in words.

use crate::text::{TokenKind, TokenizedText};

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

const ONES: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
    fifteen sixteen seventeen eighteen nineteen";
const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";
const SCALES: &str = "hundred thousand million billion trillion dozen lakh crore bn mn quadrillion";
const PLURALS: &str = "tens dozens scores hundreds thousands millions billions";
const ORDINALS: &str = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth hundredth";
const PARTS: &str = "thirds quarters fifths sixths eighths tenths";
const GLUED_SCALES: &str = "m mn bn b k tn million";

/// A four-digit number that may be a year.
pub(super) fn like_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && ("1500".."2100").contains(&word)
}

/// The number that begins at token `i`, not going beyond `to`.
pub(super) fn at<'t>(reading: &TokenizedText<'t>, i: usize, to: usize) -> Option<Number<'t>> {
    let token = reading.tokens().get(i).filter(|_| i < to)?;
    match token.kind {
        TokenKind::Number => digits(reading, i, to),
        TokenKind::Word => {
            // Number words are short; names and long words are left at once.
            let word = reading.word(i);
            if word.len() > 12 || !word.is_ascii() {
                return None;
            }
            words(reading, i, to)
        }
        _ => None,
    }
}

fn low(reading: &TokenizedText<'_>, i: usize, to: usize) -> String {
    if i < to { reading.word(i).to_ascii_lowercase() } else { String::new() }
}

/// Is `word` one of the words of `list`?
pub(super) fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|w| w == word)
}

fn digits<'t>(reading: &TokenizedText<'t>, i: usize, to: usize) -> Option<Number<'t>> {
    let word = reading.word(i);
    let split =
        word.find(|c: char| !(c.is_numeric() || matches!(c, ',' | '.'))).unwrap_or(word.len());
    let (figures, letters) = word.split_at_checked(split)?;
    if figures.is_empty() {
        return None;
    }
    let mut n = Number { end: i + 1, form: Form::Plain, digits: true, suffix: None };
    if letters.is_empty() {
        n.end = scales(reading, i + 1, to);
        if n.end > i + 1 {
            n.form = Form::Scaled;
        }
        return Some(n);
    }
    let ending = letters.to_ascii_lowercase();
    match ending.as_str() {
        "st" | "nd" | "rd" | "th" => n.form = Form::Ordinal,
        e if has(GLUED_SCALES, e) => n.form = Form::Scaled,
        _ => {
            n.suffix = Some(letters);
        }
    }
    Some(n)
}

/// Scales from `i` on: "million", "hundred thousand".
fn scales(reading: &TokenizedText<'_>, i: usize, to: usize) -> usize {
    let mut end = i;
    while end < i + 4 && has(SCALES, &low(reading, end, to)) {
        end += 1;
    }
    end
}

fn words<'t>(reading: &TokenizedText<'t>, i: usize, to: usize) -> Option<Number<'t>> {
    let mut n = Number { end: i + 1, form: Form::Plain, digits: false, suffix: None };
    let first = low(reading, i, to);
    if has(ORDINALS, &first) {
        n.form = Form::Ordinal;
        return Some(n);
    }
    if has(PLURALS, &first) {
        if matches!(first.as_str(), "scores" | "tens") && low(reading, i + 1, to) != "of" {
            return None;
        }
        while low(reading, n.end, to) == "of" && has(PLURALS, &low(reading, n.end + 1, to)) {
            n.end += 2;
        }
        n.form = Form::Scaled;
        return Some(n);
    }
    if matches!(first.as_str(), "a" | "an") {
        let end = scales(reading, i + 1, to);
        n.form = Form::Scaled;
        n.end = end;
        return (end > i + 1).then_some(n);
    }
    if first == "half" {
        // "half a million"
        let end = scales(reading, i + 2, to);
        n.form = Form::Scaled;
        n.end = end;
        return (matches!(low(reading, i + 1, to).as_str(), "a" | "an") && end > i + 2)
            .then_some(n);
    }
    let mut end = small(reading, i, to)?;
    // "twenty-first"
    if end == i + 1
        && has(TENS, &first)
        && reading.word(end) == "-"
        && has(ORDINALS, &low(reading, end + 1, to))
    {
        n.end = end + 2;
        n.form = Form::Ordinal;
        return Some(n);
    }
    // "two-thirds", "three quarters"
    let dash = usize::from(low(reading, end, to) == "-");
    let part = low(reading, end + dash, to);
    if has(PARTS, &part)
        || (first == "one"
            && dash == 1
            && matches!(part.as_str(), "third" | "quarter" | "fifth" | "tenth"))
    {
        n.end = end + dash + 1;
        return Some(n);
    }
    // "two hundred and fifty thousand"
    for _ in 0..6 {
        let scaled = scales(reading, end, to);
        if scaled == end {
            break;
        }
        n.form = Form::Scaled;
        end = scaled;
        let and = usize::from(low(reading, end, to) == "and");
        let unit = end + and;
        let hundreds = has("hundred thousand", &low(reading, end - 1, to));
        match small(reading, unit, to) {
            Some(z) if hundreds => end = z,
            _ => break,
        }
    }
    n.end = end;
    Some(n)
}

/// Below a hundred: "seven", "forty-two"; the end.
fn small(reading: &TokenizedText<'_>, i: usize, to: usize) -> Option<usize> {
    let first = low(reading, i, to);
    if has(ONES, &first) {
        return Some(i + 1);
    }
    if !has(TENS, &first) {
        return None;
    }
    if low(reading, i + 1, to) == "-" && has(ONES, &low(reading, i + 2, to)) {
        return Some(i + 3);
    }
    Some(i + 1)
}
