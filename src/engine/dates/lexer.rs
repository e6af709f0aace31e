//! Tokens of the text turned into what they can be in a date.

use super::vocabulary::{LexemeKind, Word, class_of};
use crate::text::{Token, TokenKind, TokenizedText};
use crate::timex::{Unit, year_of_two_digits};

/// One piece: a token, or a part of one ("27Nov" is two).
#[derive(Debug, Clone, Copy)]
pub(super) struct Lexeme {
    pub(super) kind: LexemeKind,
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
pub(super) fn lex_tokens(
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
            kind: LexemeKind::Other,
            start: token.span.start() as u32,
            end: token.span.end() as u32,
            spaced: token.spaced,
            opens: opens && index == first,
            token: index as u32,
        };
        match token.kind {
            TokenKind::Word => out.push(Lexeme { kind: classify_word(text), ..lexeme }),
            TokenKind::Number => lex_number(text, token, lexeme, out),
            TokenKind::Punct | TokenKind::Symbol => {
                out.push(Lexeme { kind: classify_mark(text), ..lexeme })
            }
            TokenKind::Link | TokenKind::Handle => out.push(lexeme),
        }
    }
}

fn classify_word(text: &str) -> LexemeKind {
    match class_of(text) {
        LexemeKind::Other => classify_code_word(text),
        kind => kind,
    }
}

/// `Q3`, `H1`, `FY2019`, `'s`.
fn classify_code_word(text: &str) -> LexemeKind {
    let bytes = text.as_bytes();
    match bytes {
        [b'\'', b's' | b'S'] => return LexemeKind::Word(Word::Poss),
        [0xe2, 0x80, 0x99, b's' | b'S'] => return LexemeKind::Word(Word::Poss),
        [b'Q', n @ b'1'..=b'4'] => return LexemeKind::Quarter(n - b'0'),
        [b'H', n @ b'1'..=b'2'] => return LexemeKind::Half(n - b'0'),
        _ => {}
    }
    if let Some(year) = text.strip_prefix("FY")
        && year.bytes().all(|b| b.is_ascii_digit())
        && let Ok(n) = year.parse::<i32>()
    {
        match year.len() {
            4 => return LexemeKind::FiscalYear(n),
            2 => return LexemeKind::FiscalYear(year_of_two_digits(n)),
            _ => {}
        }
    }
    LexemeKind::Other
}

fn classify_mark(text: &str) -> LexemeKind {
    LexemeKind::Mark(match text {
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
fn lex_number(text: &str, token: &Token, lexeme: Lexeme, out: &mut Vec<Lexeme>) {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let kind = if digits == bytes.len() {
        plain_number(text, digits)
    } else if digits == 0 {
        LexemeKind::Other
    } else {
        number_with_tail(text, digits)
    };
    if kind == LexemeKind::Other
        && (1..=2).contains(&digits)
        && let Some(tail) = text.get(digits..)
        && let month @ LexemeKind::Month(_) = class_of(tail)
    {
        // "27Nov"
        let middle = lexeme.start + digits as u32;
        let head = text.get(..digits).unwrap_or("");
        out.push(Lexeme { kind: plain_number(head, digits), end: middle, ..lexeme });
        out.push(Lexeme { kind: month, start: middle, spaced: false, opens: false, ..lexeme });
        return;
    }
    // "3,2021": a day and a year without a blank between them.
    if kind == LexemeKind::Other
        && (1..=2).contains(&digits)
        && let Some(year) = text.get(digits..).and_then(|tail| tail.strip_prefix(','))
        && year.len() == 4
        && let Ok(number @ 1900..2100) = year.parse::<u32>()
    {
        let comma = lexeme.start + digits as u32;
        let head = text.get(..digits).unwrap_or("");
        let later = Lexeme { spaced: false, opens: false, ..lexeme };
        out.push(Lexeme { kind: plain_number(head, digits), end: comma, ..lexeme });
        out.push(Lexeme { kind: LexemeKind::Mark(','), start: comma, end: comma + 1, ..later });
        let kind = LexemeKind::Number(number, 4);
        out.push(Lexeme { kind, start: comma + 1, ..later });
        return;
    }
    debug_assert!(token.kind == TokenKind::Number);
    out.push(Lexeme { kind, ..lexeme });
}

fn plain_number(text: &str, digits: usize) -> LexemeKind {
    match text.parse::<u32>() {
        Ok(n) if digits <= 8 => LexemeKind::Number(n, digits as u8),
        _ => LexemeKind::Other,
    }
}

fn number_with_tail(text: &str, digits: usize) -> LexemeKind {
    let (head, tail) = text.split_at(digits);
    let Ok(n) = head.parse::<u32>() else {
        return LexemeKind::Other;
    };
    if let Some(half) = tail.strip_prefix('½') {
        return if half.is_empty() && n < 10_000 {
            LexemeKind::Decimal(n * 100 + 50)
        } else {
            LexemeKind::Other
        };
    }
    let first = tail.as_bytes().first().copied().unwrap_or(0);
    match first {
        b',' => parse_thousands(text),
        b':' => parse_clock(n, digits, tail),
        b'.' => parse_point(n, digits, tail),
        b'T' if digits == 2 => match parse_clock_text(&tail[1..]) {
            Some((h, m, s, 0)) => LexemeKind::DayClock(n as u8, h, m, s),
            _ => parse_tail(n, digits, tail),
        },
        _ => parse_tail(n, digits, tail),
    }
}

/// `1,000,000`: a number, but never a year or a day.
fn parse_thousands(text: &str) -> LexemeKind {
    let mut n = 0u32;
    for (i, group) in text.split(',').enumerate() {
        let fits = group.bytes().all(|b| b.is_ascii_digit()) && (i == 0 || group.len() == 3);
        let Some(next) = group
            .parse::<u32>()
            .ok()
            .filter(|_| fits)
            .and_then(|g| n.checked_mul(1000)?.checked_add(g))
        else {
            return LexemeKind::Other;
        };
        n = next;
    }
    LexemeKind::Number(n, 9)
}

fn parse_point(n: u32, digits: usize, tail: &str) -> LexemeKind {
    let rest = &tail[1..];
    if rest.contains('.') && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return LexemeKind::Dotted;
    }
    let places = rest.bytes().take_while(|b| b.is_ascii_digit()).count();
    let after = rest.get(places..).unwrap_or("");
    if !after.is_empty() {
        // "7.30pm"
        let minute = rest.get(..places).and_then(|m| m.parse::<u8>().ok());
        return match (parse_half_of_day(after), minute) {
            (Some(pm), Some(minute)) if digits <= 2 && places == 2 && minute < 60 => {
                clock_in_half(n, minute, 255, pm)
            }
            _ => LexemeKind::Other,
        };
    }
    let hundredths = match places {
        1 => rest.parse::<u32>().ok().map(|d| d * 10),
        2 => rest.parse::<u32>().ok(),
        _ => None,
    };
    match hundredths {
        Some(h) if n < 100_000 => LexemeKind::Decimal(n * 100 + h),
        _ => LexemeKind::Other,
    }
}

fn parse_clock(n: u32, digits: usize, tail: &str) -> LexemeKind {
    if digits > 2 {
        return LexemeKind::Other;
    }
    match parse_clock_tail(n, tail) {
        Some((h, m, s, half)) => LexemeKind::Clock(h, m, s, half),
        None => LexemeKind::Other,
    }
}

/// `19:27`, `19:27:00`: hour, minute, second (255: not given), half of the day.
pub(super) fn parse_clock_text(text: &str) -> Option<(u8, u8, u8, u8)> {
    let digits = text.bytes().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let hour = text.get(..digits)?.parse().ok()?;
    parse_clock_tail(hour, text.get(digits..)?)
}

/// `:27`, `:27:00`, `:27pm`, `:27:00.000`, `:00hrs` after the hour.
fn parse_clock_tail(hour: u32, tail: &str) -> Option<(u8, u8, u8, u8)> {
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
    // "14:05.20" is a running time.
    if let Some(after) = rest.strip_prefix('.').filter(|_| second != 255) {
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let half = match rest {
        "" | "h" | "hrs" | "Z" | "hours" => 0,
        other => 1 + u8::from(parse_half_of_day(other)?),
    };
    match clock_in_half(
        hour,
        minute,
        second,
        match half {
            0 => return (hour <= 24).then_some((hour as u8, minute, second, 0)),
            half => half == 2,
        },
    ) {
        LexemeKind::Clock(h, m, s, half) => Some((h, m, s, half)),
        _ => None,
    }
}

/// Some(true) for pm.
fn parse_half_of_day(text: &str) -> Option<bool> {
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

fn clock_in_half(hour: u32, minute: u8, second: u8, pm: bool) -> LexemeKind {
    if (1..=12).contains(&hour) {
        let hour = hour % 12 + if pm { 12 } else { 0 };
        LexemeKind::Clock(hour as u8, minute, second, 1 + u8::from(pm))
    } else if pm && (13..24).contains(&hour) {
        LexemeKind::Clock(hour as u8, minute, second, 2)
    } else {
        LexemeKind::Other
    }
}

/// A unit that may be written on to a number, in lowercase: "24hrs".
fn glued_unit(tail: &str) -> Option<Unit> {
    match (tail, class_of(tail)) {
        _ if tail.ends_with('.') => None,
        ("year", _) => None,
        ("h", _) => Some(Unit::Hour),
        ("sec" | "secs", _) => Some(Unit::Second),
        ("wk" | "wks", _) => Some(Unit::Week),
        (_, LexemeKind::Unit(unit) | LexemeKind::Units(unit)) => matches!(
            unit,
            Unit::Minute | Unit::Hour | Unit::Day | Unit::Week | Unit::Month | Unit::Year
        )
        .then_some(unit),
        _ => None,
    }
}

fn parse_tail(n: u32, digits: usize, tail: &str) -> LexemeKind {
    if tail.len() > 8 || !tail.is_ascii() {
        return LexemeKind::Other;
    }
    let lower = tail.to_ascii_lowercase();
    // "16h00"
    if let (1..=2, Some(Ok(minute @ 0..60)), 3) =
        (digits, lower.strip_prefix('h').map(str::parse::<u8>), lower.len())
        && n < 24
    {
        return LexemeKind::Clock(n as u8, minute, 255, 0);
    }
    match lower.as_str() {
        "st" | "nd" | "rd" | "th" if digits <= 4 => return LexemeKind::Ordinal(n, true),
        "s" if digits == 4 && n.is_multiple_of(10) && (1000..2100).contains(&n) => {
            return LexemeKind::Decade(n as i32);
        }
        "s" if digits == 2 && n.is_multiple_of(10) => return LexemeKind::Nineties(n as u8),
        "q" if digits == 1 && (1..=4).contains(&n) => return LexemeKind::Quarter(n as u8),
        "h" if digits == 1 && tail == "H" && (1..=2).contains(&n) => {
            return LexemeKind::Half(n as u8);
        }
        "hrs" | "hours" | "h" | "z" if digits == 4 && n < 2400 && n % 100 < 60 => {
            return LexemeKind::Clock((n / 100) as u8, (n % 100) as u8, 255, 0);
        }
        _ => {}
    }
    if let Some(pm) = parse_half_of_day(&lower) {
        return match digits {
            1 | 2 if n <= 12 => clock_in_half(n, 255, 255, pm),
            3 | 4 if n % 100 < 60 => clock_in_half(n / 100, (n % 100) as u8, 255, pm),
            _ => LexemeKind::Other,
        };
    }
    match glued_unit(&lower) {
        Some(unit) if digits <= 4 && tail != "H" => LexemeKind::NumberUnit(n, unit),
        _ => LexemeKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    fn kinds(text: &str) -> Vec<LexemeKind> {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        let mut out = Vec::new();
        lex_tokens(&reading, 0..reading.tokens().len(), true, &mut out);
        out.iter().map(|l| l.kind).collect()
    }

    #[test]
    fn tokens_that_begin_with_a_digit() {
        for (text, want) in [
            ("1990s", LexemeKind::Decade(1990)),
            ("90s", LexemeKind::Nineties(90)),
            ("20th", LexemeKind::Ordinal(20, true)),
            ("1,500", LexemeKind::Number(1500, 9)),
            ("2.5", LexemeKind::Decimal(250)),
            ("5pm", LexemeKind::Clock(17, 255, 255, 2)),
            ("12am", LexemeKind::Clock(0, 255, 255, 1)),
            ("7.30pm", LexemeKind::Clock(19, 30, 255, 2)),
            ("19:27:00", LexemeKind::Clock(19, 27, 0, 0)),
            ("23T19:27:00", LexemeKind::DayClock(23, 19, 27, 0)),
            ("0530hrs", LexemeKind::Clock(5, 30, 255, 0)),
            ("24hrs", LexemeKind::NumberUnit(24, Unit::Hour)),
            ("3Q", LexemeKind::Quarter(3)),
            ("Q3", LexemeKind::Quarter(3)),
            ("FY21", LexemeKind::FiscalYear(2021)),
            ("14pm", LexemeKind::Other),
            ("25:12", LexemeKind::Other),
            ("737s", LexemeKind::Other),
            ("99999999999", LexemeKind::Other),
        ] {
            assert_eq!(kinds(text), [want], "{text}");
        }
        assert_eq!(kinds("27Nov"), [LexemeKind::Number(27, 2), LexemeKind::Month(11)]);
    }
}
