//! From the text to what the grammar reads in it: expressions in text order, filtered, each with the
//! tense and the word that stand before it.

use super::direction::{direction_cue, is_coming, is_over};
use super::filter;
use super::grammar::{Parser, read_longest};
use super::lexer::{Lexeme, lex_tokens};
use super::meaning::{Meaning, ParsedDate, Time, YearRef};
use super::mention::{Cue, DateMention};
use super::tense::{self, Governed, Tense};
use super::vocabulary::{LexemeKind, Word as W};
use crate::text::TokenizedText;
use crate::timex::{Amount, Modifier, Unit};

/// Everything that the grammar reads, in text order, filtered.
pub(super) fn read_all(reading: &TokenizedText<'_>) -> Vec<DateMention> {
    let text = reading.source().as_str();
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut out = Vec::new();
    for (index, paragraph) in reading.paragraphs().iter().enumerate() {
        lexemes.clear();
        let mut sentence_of = Vec::new();
        for s in paragraph.sentences.clone() {
            let Some(sentence) = reading.sentences().get(s) else {
                continue;
            };
            sentence_of.push((lexemes.len(), s));
            lex_tokens(reading, sentence.tokens.clone(), true, &mut lexemes);
        }
        let parser = Parser { lexemes: &lexemes, text };
        let mut sentences = sentence_of.iter().peekable();
        let mut sentence = 0;
        // Quotation marks passed so far: are we inside?
        let (mut quoted, mut passed) = (false, 0);
        let mut i = 0;
        while i < lexemes.len() {
            while let Some(&&(at, s)) = sentences.peek()
                && at <= i
            {
                sentence = s;
                sentences.next();
            }
            let Some(found) = read_longest(&parser, i)
                .filter(|f| f.to > f.from && filter::is_meant_as_date(&parser, f))
            else {
                i += 1;
                continue;
            };
            let next = found.to.max(i + 1);
            let second = parser.read_second_day(&found).filter(|f| f.to > f.from);
            // "June 10 - 31": neither is meant.
            if let Some(second) = &second
                && !filter::day_exists(second)
            {
                i = second.to.max(next);
                continue;
            }
            for lexeme in lexemes.get(passed..found.from).unwrap_or_default() {
                quoted = match lexeme.kind {
                    LexemeKind::Mark('"') => !quoted,
                    LexemeKind::Mark('“' | '«' | '„') => true,
                    LexemeKind::Mark('”' | '»') => false,
                    _ => quoted,
                };
            }
            passed = found.from;
            push_mention(reading, &parser, found, index, sentence, quoted, &mut out);
            i = next;
            if let Some(second) = second {
                i = second.to.max(i);
                push_mention(reading, &parser, second, index, sentence, quoted, &mut out);
            }
        }
    }
    out
}

/// A longer paragraph is no stamp ("PUBLISHED: 8 November 2023 at 11:30 p.m. GMT | UPDATED: …").
const MAX_STAMP_LEXEMES: usize = 30;

fn push_mention(
    reading: &TokenizedText<'_>,
    parser: &Parser<'_>,
    found: ParsedDate,
    paragraph: usize,
    sentence: usize,
    quoted: bool,
    out: &mut Vec<DateMention>,
) {
    let (Some(first), Some(last)) = (
        parser.lexemes.get(found.from),
        found.to.checked_sub(1).and_then(|i| parser.lexemes.get(i)),
    ) else {
        return;
    };
    // "EST." at a sentence's end: the full stop is the sentence's.
    let zone = matches!(last.kind, LexemeKind::Zone(_)) && parser.text(found.to - 1).ends_with('.');
    let end = last.end as usize - usize::from(zone);
    let Some(span) = reading.source().span(first.start as usize, end) else {
        return;
    };
    let tokens = first.token as usize..last.token as usize + 1;
    let bounds = reading.sentences().get(sentence).map_or(tokens.clone(), |s| s.tokens.clone());
    let needs = needs_tense(&found.meaning);
    let governed = if needs {
        tense::tense_around(reading, bounds.clone(), tokens.clone(), quoted)
    } else {
        Governed { tense: Tense::Unknown, verb: None }
    };
    let (tense, before) = (governed.tense, governed.verb.is_some());
    // "they could win on Tuesday"; but "Friday's agreement may reset the clock".
    let bare =
        matches!(found.meaning, Meaning::Partial(p) if p.weekday.is_some() && p.day.is_none());
    let tense = match tense {
        Tense::Set if bare => Tense::Future,
        Tense::Set => Tense::Present,
        // "No ship may sail after June": the coming one, or the one just gone.
        Tense::Possible
            if parser.is_any_word(
                found.from.wrapping_sub(1),
                &[W::After, W::Before, W::Since, W::Until],
            ) =>
        {
            Tense::Perhaps
        }
        tense => tense,
    };
    let cue = match direction_cue(parser, found.from, found.to) {
        Cue::None
            if bare
                && before
                && matches!(tense, Tense::Perhaps | Tense::Possible)
                && !parser.is_word(found.to, W::Poss)
                && parser.kind_before(found.from) != LexemeKind::Word(W::A) =>
        {
            Cue::Ahead
        }
        // "In October, the senator proposed a bill."
        Cue::None
            if tense == Tense::Past
                && !before
                && (parser.opens_sentence(found.from)
                    || parser.opens_sentence(found.from.wrapping_sub(1)))
                && matches!(found.meaning, Meaning::Partial(p) if p.month.is_some() && p.day.is_none()) =>
        {
            Cue::Behind
        }
        Cue::None
            if bare
                && !parser.is_word(found.to, W::Poss)
                && is_coming(reading, bounds.clone(), tokens.clone(), governed) =>
        {
            Cue::Surely
        }
        Cue::None
            if parser.is_word(found.from.wrapping_sub(1), W::In)
                && matches!(found.meaning, Meaning::Partial(p) if p.month.is_some() && p.day.is_none())
                && is_over(reading, bounds, tokens, governed) =>
        {
            Cue::Behind
        }
        cue => cue,
    };
    let mut found = found;
    // The stamp of a page goes by the page's own clock, as its publication date does.
    let stamp = parser.lexemes.len() <= MAX_STAMP_LEXEMES
        && parser.lexemes.last().is_none_or(|last| last.kind != LexemeKind::Mark('.'))
        && (has_known_year(&found.meaning)
            || found.meaning == Meaning::TimeOnly
                && out.last().is_some_and(|last| {
                    last.paragraph == paragraph && has_known_year(&last.found.meaning)
                }));
    if let (true, Some(Time::Clock(clock, sure))) = (stamp, found.time) {
        found.time = Some(Time::Clock(clock.in_zone(None), sure));
    }
    if found.modifier.is_none() {
        found.modifier = limiting_modifier(parser, &found);
    }
    out.push(DateMention {
        ended: false,
        range_to: range_end_of(parser, &found),
        long_period: is_long_period(parser, &found),
        sentence,
        joins: matches!(
            parser.kind(found.to),
            LexemeKind::Mark('-' | '—' | '&')
                | LexemeKind::Word(W::And | W::To | W::Or | W::Until | W::Through)
        ),
        cue,
        found,
        span,
        tense,
        paragraph,
    });
}

fn has_known_year(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Partial(p) if matches!(p.year, YearRef::Known(_)))
}

/// "the first nine months", "the six months ended June 30", "for the year": what results are of.
fn is_long_period(parser: &Parser<'_>, found: &ParsedDate) -> bool {
    match found.meaning {
        Meaning::Length(Amount::Exact(600 | 900 | 1200), Unit::Month) => {
            parser.is_word(found.from, W::The)
                || matches!(parser.kind(found.from), LexemeKind::Ordinal(1, _))
                || parser.is_any_word(found.to, &[W::Ended, W::Ending])
        }
        Meaning::Length(Amount::ONE, Unit::Year) => {
            parser.is_any_word(found.to, &[W::Ended, W::Ending])
        }
        Meaning::The(Unit::Year) => true,
        _ => false,
    }
}

/// Where the other end of a range begins, if `found` opens one.
fn range_end_of(parser: &Parser<'_>, found: &ParsedDate) -> Option<usize> {
    let opens = match parser.kind(found.to) {
        LexemeKind::Mark('-' | '—') | LexemeKind::Word(W::To | W::Until | W::Through) => true,
        LexemeKind::Word(W::And) => parser.is_word(found.from.wrapping_sub(1), W::Between),
        _ => false,
    };
    opens.then_some(found.to + 1)
}

fn needs_tense(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Partial(p) => p.year == YearRef::Open,
        Meaning::Near(..) | Meaning::Either(..) | Meaning::FiscalQuarter(..) => true,
        Meaning::Around(..) | Meaning::WeekendOf(_) | Meaning::TimeOnly => true,
        Meaning::Shift(unit, ..) => *unit == Unit::Weekend,

        _ => false,
    }
}

/// "no later than Friday", "on or after 1 July": a bound that the words before a date set.
fn limiting_modifier(parser: &Parser<'_>, found: &ParsedDate) -> Option<Modifier> {
    let from = found.from;
    if from < 3
        || !matches!(found.meaning, Meaning::Partial(_) | Meaning::Near(..) | Meaning::Shift(..))
    {
        return None;
    }
    let (first, second, third) = (from - 3, from - 2, from - 1);
    let no = parser.is_any_word(first, &[W::No, W::Not]) && parser.is_word(third, W::Than);
    let on_or = parser.is_word(first, W::On) && parser.is_word(second, W::Or);
    if no && parser.is_word(second, W::Later) || on_or && parser.is_word(third, W::Before) {
        Some(Modifier::OnOrBefore)
    } else if no && (parser.is_word(second, W::Earlier) || parser.text_is(second, "sooner"))
        || on_or && parser.is_word(third, W::After)
    {
        Some(Modifier::OnOrAfter)
    } else {
        None
    }
}
