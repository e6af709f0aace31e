//! "KABUL, Afghanistan, July 23 (Reuters) —": where a story was filed, before its first sentence.

use crate::text::{Span, TokenKind};

use super::lines::{
    Line, Lines, ends_sentence, is_all_caps, is_calendar_word, is_capitalized, is_outlet,
};
use crate::vocabulary::page::{DATELINE_STOPWORDS, PUBLICATION_LABELS, UPDATE_LABELS};

/// The longest dateline, in tokens.
const MAX_DATELINE_TOKENS: usize = 28;

pub(super) fn find_dateline(lines: &Lines<'_, '_>) -> Option<Span> {
    let top = lines.head().len() + 1;
    lines.all().iter().take(top.max(6)).find_map(|line| parse_dateline(lines, line))
}

fn parse_dateline(lines: &Lines<'_, '_>, line: &Line<'_>) -> Option<Span> {
    let tokenized = lines.tokenized;
    let tokens = line.tokens();
    let limit = tokens.end.min(tokens.start + MAX_DATELINE_TOKENS);
    let mut i = tokens.start;
    let place = parse_place(lines, i, limit)?;
    i = place.end;
    let (mut agency, mut dated, mut dash) = (false, false, None);
    while i < limit {
        let (word, token) = (tokenized.word(i), tokenized.tokens().get(i)?);
        match word {
            "(" => {
                let close = (i + 1..limit.min(i + 8)).find(|&k| tokenized.word(k) == ")")?;
                let inside = (i + 1..close)
                    .all(|k| is_capitalized(tokenized.word(k)) || tokenized.word(k) == "/");
                (inside && close > i + 1).then_some(())?;
                agency = true;
                i = close + 1;
                continue;
            }
            "-" | "–" | "—" | "--" | "_" | "―" => {
                let next = tokenized.tokens().get(i + 1);
                // "CAIRO – 26 July 2022: …": the dash stands before the date.
                let date_after = next.is_some_and(|t| t.kind == TokenKind::Number) && !dated;
                let glued = word == "-" && !token.spaced && next.is_some_and(|t| !t.spaced);
                if glued {
                    return None;
                }
                if date_after && (i + 1..limit).any(|k| tokenized.word(k) == ":") {
                    i += 1;
                    continue;
                }
                dash = Some(i);
                break;
            }
            ":" => {
                // "KUALA LUMPUR: …": only for a place in uppercase before a paragraph of the story.
                (dated || agency || (place.caps && place.letters >= 5 && line.body))
                    .then_some(())?;
                dash = Some(i);
                break;
            }
            "," | "/" | "." | ")" => {}
            _ if is_calendar_word(word) => dated = true,
            _ if token.kind == TokenKind::Number => {}
            _ if is_calendar_word(word.trim_end_matches('.')) => dated = true,
            _ if is_capitalized(word) && token.kind == TokenKind::Word => {}
            _ if matches!(word, "and" | "of" | "the" | "de" | "al" | "on") => {}
            _ => return None,
        }
        i += 1;
    }
    let dash = dash?;
    // Mixed-case places need an agency or a date to be distinguished from "Kandahar — the city …".
    let sure = place.caps || agency || (dated && line.body);
    let story = dash + 1 >= tokens.end
        || (!is_rest_in_capitals(lines, dash + 1, tokens.end)
            && (line.body || ends_sentence(line.text) || agency));
    (sure && story).then(|| tokenized.span_of(tokens.start..dash + 1)).flatten()
}

struct Place {
    end: usize,
    caps: bool,
    letters: usize,
}

/// The place's first words: "NEW DELHI", "SYDNEY and KUALA LUMPUR", "O'SMACH", "Kabul".
fn parse_place(lines: &Lines<'_, '_>, from: usize, limit: usize) -> Option<Place> {
    let tokenized = lines.tokenized;
    let first = tokenized.word(from);
    if DATELINE_STOPWORDS.contains_any_case(first)
        || PUBLICATION_LABELS.contains_any_case(first)
        || UPDATE_LABELS.contains_any_case(first)
        || is_calendar_word(first)
        || is_outlet(first) && !is_all_caps(first)
    {
        return None;
    }
    let caps = is_all_caps(first) && first.chars().count() > 1;
    let (mut end, mut letters) = (from, 0);
    while end < limit {
        let word = tokenized.word(end);
        let fits = if caps { is_all_caps(word) } else { is_capitalized(word) };
        let joins = end > from && matches!(word, "and" | "-" | "/") && {
            let next = tokenized.word(end + 1);
            if caps { is_all_caps(next) } else { word != "-" && is_capitalized(next) }
        };
        if !(fits || joins) || end - from > 6 {
            break;
        }
        letters += word.chars().filter(|c| c.is_alphabetic()).count();
        end += 1;
    }
    (end > from && letters >= 3).then_some(Place { end, caps, letters })
}

fn is_rest_in_capitals(lines: &Lines<'_, '_>, from: usize, end: usize) -> bool {
    (from..end.min(from + 8)).all(|i| {
        let word = lines.tokenized.word(i);
        !word.chars().any(char::is_lowercase)
    })
}
