//! Where a date without its year or week lies, by the words before it and the verb of its clause:
//! ahead of the publication date or behind it.

use std::ops::Range;

use super::grammar::Parser;
use super::mention::Cue;
use super::tense::{Governed, Tense};
use super::vocabulary::{LexemeKind, Word as W};
use crate::text::TokenizedText;
use crate::timex::Unit;
use crate::vocabulary::dates::{
    BEFORE_COMING_DATE, COMPARED_OR_GONE, POSTPONING_VERBS, SCHEDULING_VERBS, VERB_CUES, VerbCue,
};

/// Words for the quarter or period that results are held against.
const COMPARED: [&str; 5] = ["same", "corresponding", "comparable", "like", "equivalent"];

/// What the words right before an expression of the lexemes `from` to `to` say.
pub(super) fn direction_cue(parser: &Parser<'_>, from: usize, to: usize) -> Cue {
    let at = |d: usize| from.checked_sub(d).map_or(LexemeKind::Other, |i| parser.kind(i));
    match at(1) {
        // "postponed until Tuesday", "has given the family until 9 a.m. Tuesday"
        LexemeKind::Word(W::Until)
            if (2..=6).any(|d| from >= d && parser.text_is_in(from - d, &POSTPONING_VERBS)) =>
        {
            Cue::Surely
        }
        // "have closed their schools until Monday": what holds now ends then.
        LexemeKind::Word(W::Until)
            if (2..=8).any(|d| from >= d && parser.text_is_any_of(from - d, &["has", "have"])) =>
        {
            Cue::Surely
        }
        LexemeKind::Word(W::By | W::Until | W::Through) => Cue::Ahead,
        // "ahead of Saturday's vote", "heading into Tuesday"
        LexemeKind::Word(W::Of) if at(2) == LexemeKind::Word(W::Ahead) => Cue::Surely,
        _ if from > 1
            && parser.text_is(from - 1, "into")
            && parser.text_is_any_of(from - 2, &["heading", "going"]) =>
        {
            Cue::Ahead
        }
        LexemeKind::Word(W::Than) if at(2) == LexemeKind::Word(W::Later) => Cue::Ahead,
        LexemeKind::Word(W::Since) => Cue::Behind,
        LexemeKind::Word(W::On) if from > 1 && parser.text_is_in(from - 2, &BEFORE_COMING_DATE) => {
            Cue::Ahead
        }
        _ if from > 0 && parser.text_is_in(from - 1, &BEFORE_COMING_DATE) => Cue::Ahead,
        // "as early as Tuesday", "as soon as May", "between now and Feb. 10"
        _ if from > 1
            && parser.text_is(from - 1, "as")
            && parser.text_is_any_of(from - 2, &["early", "soon"]) =>
        {
            Cue::Surely
        }
        LexemeKind::Word(W::To | W::For)
            if from > 1
                && (parser.text_is_in(from - 2, &POSTPONING_VERBS)
                    || is_scheduled(parser, from, to)) =>
        {
            Cue::Surely
        }
        LexemeKind::Word(W::And) if at(2) == LexemeKind::Word(W::Now) => Cue::Ahead,
        LexemeKind::Unit(Unit::Quarter | Unit::Period)
            if from > 1 && parser.text_is_any_of(from - 2, &COMPARED) =>
        {
            Cue::SamePeriod
        }
        _ => Cue::None,
    }
}

/// "was moved to Monday", "pushed back to Monday", "has called a strike for May": a verb of
/// scheduling leads to the date.
fn is_scheduled(parser: &Parser<'_>, from: usize, to: usize) -> bool {
    // "the service planned for Saturday was cancelled"
    if parser.text_is_any_of(to, &["was", "were", "had"]) {
        return false;
    }
    let words = (2..=7)
        .map_while(|d| from.checked_sub(d))
        .take_while(|&at| matches!(parser.kind(at), LexemeKind::Other | LexemeKind::Word(_)));
    let mut record = false;
    for at in words {
        // "set a record for July", "the figures called for May"
        record |= parser.text_is_any_of(at, &["record", "records", "high", "low", "for", "to"]);
        if parser.text_is_in(at, &SCHEDULING_VERBS) {
            return !record;
        }
    }
    false
}

/// A bare weekday lies ahead where its sentence knows no past: "The deadline is Tuesday", "The new
/// rules take effect on Tuesday", "However, Wednesday is a holiday". A noun that it may belong to
/// ("the search after the storm on Tuesday") leaves it open.
pub(super) fn is_coming(
    reading: &TokenizedText<'_>,
    sentence: Range<usize>,
    tokens: Range<usize>,
    governed: Governed,
) -> bool {
    let word = |at: usize| reading.word(at);
    let closes = |at: usize| matches!(word(at), "." | "!" | "”" | "\"" | "''");
    if sentence.len() < 4 || !sentence.end.checked_sub(1).is_some_and(closes) {
        return false;
    }
    let on = tokens.start.checked_sub(1).filter(|&at| word(at).eq_ignore_ascii_case("on"));
    let from = on.unwrap_or(tokens.start);
    let heads = from == sentence.start
        || from.checked_sub(1).is_some_and(|at| word(at) == ",") && from <= sentence.start + 2;
    let left = |start: usize| (start.max(from.saturating_sub(12))..from).rev();
    // Words that tie it to a noun, or tell of another time.
    let tied = |start: usize| {
        left(start).any(|at| {
            let word = word(at);
            COMPARED_OR_GONE.contains_any_case(word) || word.len() > 4 && word.ends_with("ing")
        })
    };
    match (governed.tense, governed.verb) {
        (Tense::Present, Some(verb)) => {
            let cue = VERB_CUES.get_any_case(word(verb));
            // "says in a letter on Tuesday"; but "says that it reopens Tuesday".
            let says = matches!(cue, Some(VerbCue::Do))
                || matches!(word(verb), "says" | "say") && from < verb + 4
                || word(verb) == "remains";
            !says && !tied(verb + 1)
        }
        // "However, Wednesday is a holiday", "On Tuesday the court is closed"
        (Tense::Present, None) => heads,
        // No form of the past anywhere near: a verb in the present.
        (Tense::Unknown, _) => {
            let quote = matches!(word(tokens.end), "\"" | "“" | "``");
            let verb = left(sentence.start + 1).any(|at| word(at).starts_with(char::is_lowercase));
            !heads && !quote && verb && !tied(sentence.start)
        }
        _ => false,
    }
}

/// "The storm hit the coast in September", told in July: of last year, as nothing in the sentence
/// looks ahead.
pub(super) fn is_over(
    reading: &TokenizedText<'_>,
    sentence: Range<usize>,
    tokens: Range<usize>,
    governed: Governed,
) -> bool {
    let (Tense::Past, Some(verb)) = (governed.tense, governed.verb) else {
        return false;
    };
    if SCHEDULING_VERBS.contains_any_case(reading.word(verb)) {
        return false;
    }
    let plan = |at: usize| {
        let word = reading.word(at);
        matches!(word, "to" | "for" | "plan" | "plans" | "agreed" | "announced" | "confirmed")
            || matches!(
                VERB_CUES.get_any_case(word),
                Some(
                    VerbCue::Will
                        | VerbCue::Would
                        | VerbCue::Could
                        | VerbCue::Modal
                        | VerbCue::Scheduled
                        | VerbCue::Expected
                        | VerbCue::Predicted
                        | VerbCue::Planned
                        | VerbCue::Planning
                        | VerbCue::Intends
                )
            )
    };
    let around = tokens.start.saturating_sub(REACH).max(sentence.start)
        ..(tokens.end + REACH).min(sentence.end);
    verb < tokens.start && !around.filter(|at| !tokens.contains(at)).any(plan)
}

/// Tokens looked at on either side.
const REACH: usize = 18;
