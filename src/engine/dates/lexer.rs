//! Tokens of the text turned into what they can be in a date.

use super::vocabulary::{Kind, Word, class};
use crate::text::{Token, TokenKind, TokenizedText};
use crate::timex::{Unit, year_of_two_digits};

/// One piece: a token, or a part of one ("27Nov" is two).
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme {
    pub(super) kind: Kind,
    /// Bytes of the text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// White space before it.
    pub(super) spaced: bool,
    /// First of its sentence.
    pub(super) opens: bool,
    /// Index of the token it comes from.
    pub(super) token: u32,
}

/// Appends the pieces of `tokens` (indices) to `out`.
pub(super) fn lex(
    reading: &TokenizedText<'_>,
    tokens: std::ops::Range<usize>,
    opens: bool,
    out: &mut Vec<Lexeme>,
) {
    let first = tokens.start;
    for index in tokens {
        let Some(token) = reading.tokens().get(index) else {
            return;
        };
        let text = reading.word(index);
        let lexeme = Lexeme {
            kind: Kind::Other,
            start: token.span.start() as u32,
            end: token.span.end() as u32,
            spaced: token.spaced,
            opens: opens && index == first,
            token: index as u32,
        };
        match token.kind {
            TokenKind::Word => out.push(Lexeme { kind: word(text), ..lexeme }),
            TokenKind::Number => number(text, token, lexeme, out),
            TokenKind::Punct | TokenKind::Symbol => out.push(Lexeme { kind: mark(text), ..lexeme }),
            TokenKind::Link | TokenKind::Handle => out.push(lexeme),
        }
    }
}

fn word(text: &str) -> Kind {
    match class(text) {
        Kind::Other => odd_word(text),
        kind => kind,
    }
}

/// `Q3`, `H1`, `FY2019`, `'s`.
fn odd_word(text: &str) -> Kind {
    let bytes = text.as_bytes();
    match bytes {
        [b'\'', b's' | b'S'] => return Kind::Word(Word::Poss),
        [0xe2, 0x80, 0x99, b's' | b'S'] => return Kind::Word(Word::Poss),
        [b'Q', n @ b'1'..=b'4'] => return Kind::Quarter(n - b'0'),
        [b'H', n @ b'1'..=b'2'] => return Kind::Half(n - b'0'),
        _ => {}
    }
    if let Some(year) = text.strip_prefix("FY")
        && year.bytes().all(|b| b.is_ascii_digit())
        && let Ok(n) = year.parse::<i32>()
    {
        match year.len() {
            4 => return Kind::FiscalYear(n),
            2 => return Kind::FiscalYear(year_of_two_digits(n)),
            _ => {}
        }
    }
    Kind::Other
}

fn mark(text: &str) -> Kind {
    Kind::Mark(match text {
        "-" | "–" | "‐" | "‑" | "−" => '-',
        "--" | "—" | "---" => '—',
        "'" | "’" | "‘" => '\'',
        "``" => '“',
        "''" => '”',
        _ => {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => c,
                _ => '?',
            }
        }
    })
}

/// A token that begins with a digit.
fn number(text: &str, token: &Token, lexeme: Lexeme, out: &mut Vec<Lexeme>) {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let kind = if digits == bytes.len() {
        plain(text, digits)
    } else if digits == 0 {
        Kind::Other
    } else {
        mixed(text, digits)
    };
    if kind == Kind::Other
        && (1..=2).contains(&digits)
        && let Some(tail) = text.get(digits..)
        && let month @ Kind::Month(_) = class(tail)
    {
        // "27Nov"
        let middle = lexeme.start + digits as u32;
        let head = text.get(..digits).unwrap_or("");
        out.push(Lexeme { kind: plain(head, digits), end: middle, ..lexeme });
        out.push(Lexeme { kind: month, start: middle, spaced: false, opens: false, ..lexeme });
        return;
    }
    debug_assert!(token.kind == TokenKind::Number);
    out.push(Lexeme { kind, ..lexeme });
}

fn plain(text: &str, digits: usize) -> Kind {
    match text.parse::<u32>() {
        Ok(n) if digits <= 8 => Kind::Number(n, digits as u8),
        _ => Kind::Other,
    }
}

fn mixed(text: &str, digits: usize) -> Kind {
    let (head, tail) = text.split_at(digits);
    let Ok(n) = head.parse::<u32>() else {
        return Kind::Other;
    };
    if let Some(half) = tail.strip_prefix('½') {
        return if half.is_empty() && n < 10_000 {
            Kind::Decimal(n * 100 + 50)
        } else {
            Kind::Other
        };
    }
    let first = tail.as_bytes().first().copied().unwrap_or(0);
    match first {
        b',' => thousands(text),
        b':' => clock(n, digits, tail),
        b'.' => point(n, digits, tail),
        b'T' if digits == 2 => match clock_text(&tail[1..]) {
            Some((h, m, s, 0)) => Kind::DayClock(n as u8, h, m, s),
            _ => suffix(n, digits, tail),
        },
        _ => suffix(n, digits, tail),
    }
}

/// `1,000,000`: a number, but never a year or a day.
fn thousands(text: &str) -> Kind {
    let mut n = 0u32;
    for (i, group) in text.split(',').enumerate() {
        let fits = group.bytes().all(|b| b.is_ascii_digit()) && (i == 0 || group.len() == 3);
        let Some(next) = group
            .parse::<u32>()
            .ok()
            .filter(|_| fits)
            .and_then(|g| n.checked_mul(1000)?.checked_add(g))
        else {
            return Kind::Other;
        };
        n = next;
    }
    Kind::Number(n, 9)
}

fn point(n: u32, digits: usize, tail: &str) -> Kind {
    let rest = &tail[1..];
    if rest.contains('.') && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Kind::Dotted;
    }
    let places = rest.bytes().take_while(|b| b.is_ascii_digit()).count();
    let after = rest.get(places..).unwrap_or("");
    if !after.is_empty() {
        // "7.30pm"
        let minute = rest.get(..places).and_then(|m| m.parse::<u8>().ok());
        return match (half_of_day(after), minute) {
            (Some(pm), Some(minute)) if digits <= 2 && places == 2 && minute < 60 => {
                clock_of(n, minute, 255, pm)
            }
            _ => Kind::Other,
        };
    }
    let hundredths = match places {
        1 => rest.parse::<u32>().ok().map(|d| d * 10),
        2 => rest.parse::<u32>().ok(),
        _ => None,
    };
    match hundredths {
        Some(h) if n < 100_000 => Kind::Decimal(n * 100 + h),
        _ => Kind::Other,
    }
}

fn clock(n: u32, digits: usize, tail: &str) -> Kind {
    if digits > 2 {
        return Kind::Other;
    }
    match clock_text_from(n, tail) {
        Some((h, m, s, half)) => Kind::Clock(h, m, s, half),
        None => Kind::Other,
    }
}

/// `19:27`, `19:27:00`: hour, minute, second (255: not told), half of the day.
pub(super) fn clock_text(text: &str) -> Option<(u8, u8, u8, u8)> {
    let digits = text.bytes().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let hour = text.get(..digits)?.parse().ok()?;
    clock_text_from(hour, text.get(digits..)?)
}

/// `:27`, `:27:00`, `:27pm`, `:27:00.000`, `:00hrs` after the hour.
fn clock_text_from(hour: u32, tail: &str) -> Option<(u8, u8, u8, u8)> {
    let mut rest = tail.strip_prefix(':')?;
    let two = |rest: &str| {
        let n: u8 =
            rest.get(..2).filter(|m| m.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
        (n < 60).then_some(n)
    };
    let minute = two(rest)?;
    rest = rest.get(2..)?;
    let mut second = 255;
    if let Some(after) = rest.strip_prefix(':') {
        second = two(after)?;
        rest = after.get(2..)?;
    }
    if let Some(after) = rest.strip_prefix('.') {
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let half = match rest {
        "" | "h" | "hrs" | "Z" | "hours" => 0,
        other => 1 + u8::from(half_of_day(other)?),
    };
    match clock_of(
        hour,
        minute,
        second,
        match half {
            0 => return (hour <= 24).then_some((hour as u8, minute, second, 0)),
            half => half == 2,
        },
    ) {
        Kind::Clock(h, m, s, half) => Some((h, m, s, half)),
        _ => None,
    }
}

/// Some(true) for pm.
fn half_of_day(text: &str) -> Option<bool> {
    let mut kept = [0u8; 2];
    for (n, b) in text.bytes().filter(|b| *b != b'.').enumerate() {
        *kept.get_mut(n)? = b.to_ascii_lowercase();
    }
    match &kept {
        b"am" => Some(false),
        b"pm" => Some(true),
        _ => None,
    }
}

fn clock_of(hour: u32, minute: u8, second: u8, pm: bool) -> Kind {
    if (1..=12).contains(&hour) {
        let hour = hour % 12 + if pm { 12 } else { 0 };
        Kind::Clock(hour as u8, minute, second, 1 + u8::from(pm))
    } else if pm && (13..24).contains(&hour) {
        Kind::Clock(hour as u8, minute, second, 2)
    } else {
        Kind::Other
    }
}

/// Units that may be written on to a number, in lower case.
const UNITS: [(&str, Unit); 22] = [
    ("h", Unit::Hour),
    ("hr", Unit::Hour),
    ("hrs", Unit::Hour),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("min", Unit::Minute),
    ("mins", Unit::Minute),
    ("minute", Unit::Minute),
    ("minutes", Unit::Minute),
    ("sec", Unit::Second),
    ("secs", Unit::Second),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("wk", Unit::Week),
    ("wks", Unit::Week),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("yr", Unit::Year),
    ("yrs", Unit::Year),
    ("years", Unit::Year),
];

fn suffix(n: u32, digits: usize, tail: &str) -> Kind {
    if tail.len() > 8 || !tail.is_ascii() {
        return Kind::Other;
    }
    let lower = tail.to_ascii_lowercase();
    // "16h00"
    if let (1..=2, Some(Ok(minute @ 0..60)), 3) =
        (digits, lower.strip_prefix('h').map(str::parse::<u8>), lower.len())
        && n < 24
    {
        return Kind::Clock(n as u8, minute, 255, 0);
    }
    match lower.as_str() {
        "st" | "nd" | "rd" | "th" if digits <= 4 => return Kind::Ordinal(n, true),
        "s" if digits == 4 && n.is_multiple_of(10) && (1000..2100).contains(&n) => {
            return Kind::Decade(n as i32);
        }
        "s" if digits == 2 && n.is_multiple_of(10) => return Kind::Nineties(n as u8),
        "q" if digits == 1 && (1..=4).contains(&n) => return Kind::Quarter(n as u8),
        "h" if digits == 1 && tail == "H" && (1..=2).contains(&n) => return Kind::Half(n as u8),
        "hrs" | "hours" | "h" | "z" if digits == 4 && n < 2400 && n % 100 < 60 => {
            return Kind::Clock((n / 100) as u8, (n % 100) as u8, 255, 0);
        }
        _ => {}
    }
    if let Some(pm) = half_of_day(&lower) {
        return match digits {
            1 | 2 if n <= 12 => clock_of(n, 255, 255, pm),
            3 | 4 if n % 100 < 60 => clock_of(n / 100, (n % 100) as u8, 255, pm),
            _ => Kind::Other,
        };
    }
    match UNITS.iter().find(|(name, _)| *name == lower) {
        Some(&(_, unit)) if digits <= 4 && tail != "H" => Kind::NumberUnit(n, unit),
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    fn kinds(text: &str) -> Vec<Kind> {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        let mut out = Vec::new();
        lex(&reading, 0..reading.tokens().len(), true, &mut out);
        out.iter().map(|l| l.kind).collect()
    }

    #[test]
    fn tokens_that_begin_with_a_digit() {
        for (text, want) in [
            ("1990s", Kind::Decade(1990)),
            ("90s", Kind::Nineties(90)),
            ("20th", Kind::Ordinal(20, true)),
            ("1,500", Kind::Number(1500, 9)),
            ("2.5", Kind::Decimal(250)),
            ("5pm", Kind::Clock(17, 255, 255, 2)),
            ("12am", Kind::Clock(0, 255, 255, 1)),
            ("7.30pm", Kind::Clock(19, 30, 255, 2)),
            ("19:27:00", Kind::Clock(19, 27, 0, 0)),
            ("23T19:27:00", Kind::DayClock(23, 19, 27, 0)),
            ("0530hrs", Kind::Clock(5, 30, 255, 0)),
            ("24hrs", Kind::NumberUnit(24, Unit::Hour)),
            ("3Q", Kind::Quarter(3)),
            ("Q3", Kind::Quarter(3)),
            ("FY21", Kind::FiscalYear(2021)),
            ("14pm", Kind::Other),
            ("25:12", Kind::Other),
            ("737s", Kind::Other),
            ("99999999999", Kind::Other),
        ] {
            assert_eq!(kinds(text), [want], "{text}");
        }
        assert_eq!(kinds("27Nov"), [Kind::Number(27, 2), Kind::Month(11)]);
    }
}
