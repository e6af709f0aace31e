//! Writers' names: "By Jane Doe and John Roe", "Jane Doe, Reuters", "(Reporting by …)".

use crate::text::{Span, TokenKind};

use super::lines::{
    Line, Lines, is_all_caps, is_calendar_word, is_capitalized, is_one_of, is_outlet,
};
use crate::vocabulary::WordSet;
use crate::vocabulary::organisations::OUTLETS;
use crate::vocabulary::page::{
    BYLINE_CREDITS, BYLINE_OPENERS, BYLINE_STOPWORDS, BYLINE_VERBS, SECTIONS,
};
use crate::vocabulary::people::NAME_PARTICLES;

/// The longest byline, in bytes.
const MAX_BYLINE_BYTES: usize = 200;

pub(super) fn find_bylines(lines: &Lines<'_, '_>) -> Vec<Span> {
    let mut out = Vec::new();
    for line in lines.head() {
        if line.text.len() <= MAX_BYLINE_BYTES {
            let found = names_after_opener(lines, line)
                .or_else(|| names_before_outlet(lines, line))
                .or_else(|| name_in_capitals(lines, line));
            out.extend(found.into_iter().flatten());
        }
    }
    // "Reporting by …; Editing by …" ends a story, on a line of its own or after its last word.
    for line in lines.foot().iter().chain(lines.head()) {
        let tokens = line.tokens();
        let from = tokens.end.saturating_sub(120).max(tokens.start);
        for at in from..tokens.end {
            if is_capitalized(lines.tokenized.word(at))
                && lines.in_foot(line)
                && let Some(len) = phrase_at(lines, at, tokens.end, &BYLINE_CREDITS)
            {
                let (names, _) = parse_names(lines, at + len, tokens.end);
                out.extend(names);
            }
        }
        if line.text.len() <= MAX_BYLINE_BYTES && !lines.in_head(line) {
            out.extend(names_after_opener(lines, line).into_iter().flatten());
        }
    }
    out.sort();
    out.dedup();
    out
}

/// The number of tokens of the phrase at token `at`, if one of `phrases` is there and ends before `end`.
fn phrase_at(lines: &Lines<'_, '_>, at: usize, end: usize, phrases: &WordSet) -> Option<usize> {
    let (first, second) = (lines.tokenized.word(at), lines.tokenized.word(at + 1));
    if at + 1 < end && phrases.contains_any_case(first) {
        return Some(1);
    }
    (at + 2 < end && phrases.contains_any_case(&format!("{first} {second}"))).then_some(2)
}

/// "By …" at the start of a line.
fn names_after_opener(lines: &Lines<'_, '_>, line: &Line<'_>) -> Option<Vec<Span>> {
    let tokens = line.tokens();
    let mut start = tokens.start;
    while matches!(lines.tokenized.word(start), "*" | "•" | "|" | "_" | "(" | "-" | "—" | "–")
    {
        start += 1;
    }
    let opener = phrase_at(lines, start, tokens.end, &BYLINE_OPENERS)?;
    let first = lines.tokenized.word(start);
    if !is_capitalized(first) && (opener > 1 || start == tokens.start) && line.words > 4 {
        return None;
    }
    let (found, end) = parse_names(lines, start + opener, tokens.end);
    (!found.is_empty() && rest_is_no_sentence(lines, end, tokens.end)).then_some(found)
}

/// "Jane Doe, Reuters", "Jane Doe, Staff Writer": a name, a comma and an outlet, at the top.
fn names_before_outlet(lines: &Lines<'_, '_>, line: &Line<'_>) -> Option<Vec<Span>> {
    let tokens = line.tokens();
    if line.words > 9 || line.body {
        return None;
    }
    let (found, end) = parse_names(lines, tokens.start, tokens.end);
    let mark = matches!(lines.tokenized.word(end), "," | "|" | "/" | "—" | "–" | "-" | "•" | "·");
    let outlet = |i: usize| is_outlet(lines.tokenized.word(i));
    let named = mark
        && (end + 1..tokens.end.min(end + 6)).any(outlet)
        && rest_is_no_sentence(lines, end, tokens.end);
    let handle = (end..tokens.end).any(|i| {
        let kind = lines.tokenized.tokens().get(i).map(|t| t.kind);
        matches!(kind, Some(TokenKind::Handle | TokenKind::Link))
    });
    let alone = handle && line.words <= 5 && !found.is_empty();
    // "Jane Doe in Brenna", below a headline.
    let below = lines.head().iter().take(line.index).any(|l| l.words >= 4);
    let placed = below
        && found.len() == 1
        && line.words <= 6
        && lines.tokenized.word(end) == "in"
        && end + 1 < tokens.end
        && (end + 1..tokens.end).all(|i| is_capitalized(lines.tokenized.word(i)));
    let alone = alone || placed;
    (found.len() <= 3 && (named || alone)).then_some(found)
}

/// "JANE DOE", on a line of its own right above the story.
fn name_in_capitals(lines: &Lines<'_, '_>, line: &Line<'_>) -> Option<Vec<Span>> {
    let next = lines.all().get(line.index + 1)?;
    let tokens = line.tokens();
    let capitals = (2..=3).contains(&line.words)
        && tokens.clone().all(|i| is_all_caps(lines.tokenized.word(i)))
        && !tokens.clone().any(|i| SECTIONS.contains_any_case(lines.tokenized.word(i)));
    if !capitals || !next.body {
        return None;
    }
    let (found, end) = parse_names(lines, tokens.start, tokens.end);
    (found.len() == 1 && end == tokens.end).then_some(found)
}

/// Names from token `at` on: "A B", "A B and C D", "A B, C D and E F", each with its span; and the
/// first token after them.
fn parse_names(lines: &Lines<'_, '_>, mut at: usize, end: usize) -> (Vec<Span>, usize) {
    let mut found = Vec::new();
    let mut stop = at;
    // Names after commas count only when an "and" closes the list: "Jane Doe, New York".
    let mut tentative: Vec<(Span, usize)> = Vec::new();
    while found.len() + tentative.len() < 12 {
        let Some(to) = parse_name(lines, at, end) else {
            break;
        };
        let Some(span) = lines.tokenized.span_of(at..to) else {
            break;
        };
        tentative.push((span, to));
        let word = lines.tokenized.word(to);
        let next = lines.tokenized.word(to + 1);
        let serial = word == "," && is_one_of(next, &["and", "&"]);
        let after = if serial { to + 2 } else { to + 1 };
        let closing = (serial || is_one_of(word, &["and", "&", ";", "with"]))
            && parse_name(lines, after, end).is_some();
        // "Jane Doe in Brenna and John Roe in Selby".
        let and = (to + 2..end.min(to + 5))
            .find(|&i| is_one_of(lines.tokenized.word(i), &["and", "&", ";"]))
            .filter(|_| is_one_of(word, &["in", "at"]))
            .filter(|&i| parse_name(lines, i + 1, end).is_some());
        if closing || found.is_empty() || lines.tokenized.word(at.wrapping_sub(1)) != "," {
            stop = to;
            found.extend(tentative.drain(..).map(|(span, _)| span));
        }
        at = match word {
            _ if closing => after,
            _ if and.is_some() => and.map_or(end, |i| i + 1),
            "," => to + 1,
            _ => break,
        };
        if at >= end {
            break;
        }
    }
    (found, stop)
}

/// The end of one name of two to six words that begins at token `at`.
fn parse_name(lines: &Lines<'_, '_>, at: usize, end: usize) -> Option<usize> {
    let tokenized = lines.tokenized;
    let (mut i, mut words, mut close) = (at, 0, at);
    while i < end && words < 6 {
        let (word, token) = (tokenized.word(i), tokenized.tokens().get(i)?);
        let particle = NAME_PARTICLES.contains(word);
        let fits = token.kind == TokenKind::Word
            && (i == at || token.spaced || tokenized.word(i - 1) == "-")
            && BYLINE_STOPWORDS.get_any_case(word).is_none()
            && !is_calendar_word(word)
            && (is_capitalized(word) || (particle && i > at))
            && !word.contains(|c: char| c.is_ascii_digit());
        if !fits || (is_outlet(word) && !word.ends_with('.')) {
            break;
        }
        words += usize::from(!particle);
        i += 1;
        if !particle {
            close = i;
        }
        let hyphen = |i: usize| {
            tokenized.word(i) == "-" && tokenized.tokens().get(i).is_some_and(|t| !t.spaced)
        };
        if hyphen(i) && tokenized.tokens().get(i + 1).is_some_and(|t| !t.spaced) {
            i += 1;
        }
    }
    // A name before a word of an outlet is part of the outlet's name: "Washington Post".
    let outlet = close < end
        && tokenized.tokens().get(close).is_some_and(|t| t.spaced)
        && OUTLETS
            .get_any_case(tokenized.word(close))
            .is_some_and(|outlet| outlet.after_writers && !outlet.alone);
    (words >= 2 && !outlet).then_some(close)
}

/// What follows the names: nothing, a role, an outlet, a place, a date, a handle.
fn rest_is_no_sentence(lines: &Lines<'_, '_>, from: usize, end: usize) -> bool {
    if from >= end {
        return true;
    }
    let tokenized = lines.tokenized;
    let word = tokenized.word(from);
    let kind = tokenized.tokens().get(from).map(|t| t.kind);
    let opens = matches!(
        word,
        "," | "|" | "·" | "•" | "—" | "–" | "-" | "(" | "/" | ";" | ":" | ")" | "_" | "*"
    ) || (word == "." && from + 1 == end)
        || matches!(kind, Some(TokenKind::Handle | TokenKind::Link | TokenKind::Number))
        || BYLINE_STOPWORDS.get_any_case(word) == Some(&true)
        || is_outlet(word)
        || is_calendar_word(word);
    opens && !(from..end).any(|i| BYLINE_VERBS.contains(tokenized.word(i)))
}
