//! Paragraphs and sentences.

use super::token::{is_space, leads_to_name};
use super::{SourceText, Span, Token, TokenKind};
use crate::vocabulary::people::NAME_PARTICLES;
use crate::vocabulary::sentences::SENTENCE_STARTERS;
use crate::vocabulary::speech::FUNCTION_WORDS;

/// Paragraphs: a line each, or several lines that were wrapped at a fixed width.
/// `wrapped`: the text is known to be wrapped.
pub(super) fn paragraphs(source: &SourceText, wrapped: bool) -> Vec<Span> {
    let text = source.as_str();
    let lines: Vec<Span> = {
        let mut at = 0;
        text.split('\n')
            .map(|line| {
                let span = Span::new(at, at + line.len());
                at += line.len() + 1;
                span
            })
            .collect()
    };
    let blank = |s: Span| source.slice(s).chars().all(is_space);
    let wrapped = is_hard_wrapped(source, &lines, wrapped);
    let mut out: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        if blank(line) {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open && wrapped => *last = last.hull(line),
            _ => out.push(line),
        }
        open = true;
    }
    out.into_iter().map(|p| source.trim(p)).collect()
}

/// A text whose lines were cut at a fixed width: neighbours without a blank line between them
/// mostly go on in the middle of a sentence.
fn is_hard_wrapped(source: &SourceText, lines: &[Span], known: bool) -> bool {
    let (mut neighbours, mut continued, mut longest) = (0usize, 0usize, 0usize);
    let mut lows = 0usize;
    for pair in lines.windows(2) {
        let (a, b) = (source.slice(pair[0]).trim(), source.slice(pair[1]).trim());
        if a.is_empty() || b.is_empty() {
            continue;
        }
        neighbours += 1;
        longest = longest.max(a.len());
        let ends = a.ends_with(['.', '!', '?', '"', '”', '’', ':', '…']);
        let low = b.starts_with(|c: char| c.is_lowercase());
        // Short lines (a column of a newspaper) must go on in lowercase to count.
        let goes_on = !ends && low;
        // No line ends with "of" by itself.
        let last = a.rsplit(' ').next().unwrap_or_default();
        let open = a.len() > 15
            && (FUNCTION_WORDS.get(last).is_some_and(|w| w.preposition || w.determiner)
                || NAME_PARTICLES.contains(last));
        let joins = a.len() > 40 && (low || !ends) || a.len() > 15 && goes_on || open;
        continued += usize::from(joins);
        lows += usize::from(joins && low || open);
    }
    // Headlines and links below one another begin with capitals; of cut sentences few do.
    let cut = lows * 3 >= continued;
    longest <= 130 && (known || neighbours >= 3 && cut && continued * 2 > neighbours)
}

/// Sentences of one paragraph, as ranges of `tokens`.
pub(super) fn sentences(source: &SourceText, tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while i < tokens.len() {
        if !can_end_sentence(source, tokens, i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < tokens.len() && is_closing_mark(source, tokens, end) {
            end += 1;
        }
        if end < tokens.len() && can_begin_sentence(source, tokens, i, end) {
            out.push(start..end);
            start = end;
        }
        i = end;
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

fn can_end_sentence(source: &SourceText, tokens: &[Token], i: usize) -> bool {
    let token = tokens[i];
    let text = source.slice(token.span);
    token.abbreviation
        || (token.kind == TokenKind::Punct
            && (matches!(text, "!" | "?" | "…" | "।") || text.starts_with('.')))
}

/// A closing mark that belongs to the sentence before it.
fn is_closing_mark(source: &SourceText, tokens: &[Token], i: usize) -> bool {
    let token = tokens[i];
    let text = source.slice(token.span);
    match text {
        "”" | "’" | "»" | ")" | "]" | "!" | "?" => true,
        "\"" | "''" | "'" => {
            !token.spaced
                && tokens.get(i + 1).is_none_or(|n| n.spaced || n.kind == TokenKind::Punct)
        }
        _ => false,
    }
}

/// Can a sentence begin at token `next`, after the stop at `stop`?
fn can_begin_sentence(source: &SourceText, tokens: &[Token], stop: usize, next: usize) -> bool {
    // Opening marks are skipped: the first word decides.
    let mut first = next;
    while first < tokens.len()
        && matches!(
            source.slice(tokens[first].span),
            "\"" | "“" | "‘" | "'" | "``" | "«" | "(" | "[" | "—" | "-" | "•" | "*"
        )
    {
        first += 1;
    }
    let Some(word) = tokens.get(first) else {
        return false;
    };
    let text = source.slice(word.span);
    let stop_text = source.slice(tokens[stop].span);
    let capital = text.starts_with(|c: char| c.is_uppercase());
    let lower = text.starts_with(|c: char| c.is_lowercase());
    if tokens[stop].abbreviation {
        let bare = stop_text.trim_end_matches('.').to_lowercase();
        if leads_to_name(&bare) || !tokens[next].spaced {
            return false;
        }
        let initial = bare.chars().count() == 1;
        return capital && !initial && (first > next || SENTENCE_STARTERS.contains(text));
    }
    if stop_text.starts_with('.') || stop_text == "…" {
        let glued = !tokens[next].spaced;
        let run_on = capital && stop_text == ".";
        if glued && !run_on {
            return false;
        }
        if stop_text.len() > 1 {
            return capital;
        }
    }
    !lower
}
