//! From the text to what the grammar reads in it: expressions in text order, filtered, each with the
//! tense and the word that stand before it.

use super::filter;
use super::grammar::Parser;
use super::lexer::{Lexeme, lex};
use super::meaning::{Found, Meaning, YearRef};
use super::mention::{Cue, DateMention};
use super::tense::{self, Tense};
use super::vocabulary::{Kind, Word as W};
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
            lex(reading, sentence.tokens.clone(), true, &mut lexemes);
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
            let Some(found) = parser.read(i).filter(|f| f.to > f.from && filter::keep(&parser, f))
            else {
                i += 1;
                continue;
            };
            let next = found.to.max(i + 1);
            let second = parser.second_day(&found).filter(|f| f.to > f.from);
            // "June 10 - 31": neither is meant.
            if let Some(second) = &second
                && !filter::exists(second)
            {
                i = second.to.max(next);
                continue;
            }
            for lexeme in lexemes.get(passed..found.from).unwrap_or_default() {
                quoted = match lexeme.kind {
                    Kind::Mark('"') => !quoted,
                    Kind::Mark('“' | '«' | '„') => true,
                    Kind::Mark('”' | '»') => false,
                    _ => quoted,
                };
            }
            passed = found.from;
            push(reading, &parser, found, index, sentence, quoted, &mut out);
            i = next;
            if let Some(second) = second {
                i = second.to.max(i);
                push(reading, &parser, second, index, sentence, quoted, &mut out);
            }
        }
    }
    out
}

fn push(
    reading: &TokenizedText<'_>,
    parser: &Parser<'_>,
    found: Found,
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
    let Some(span) = reading.source().span(first.start as usize, last.end as usize) else {
        return;
    };
    let tokens = first.token as usize..last.token as usize + 1;
    let bounds = reading.sentences().get(sentence).map_or(tokens.clone(), |s| s.tokens.clone());
    let needs = needs_tense(&found.meaning);
    let (tense, before) = if needs {
        tense::around(reading, bounds, tokens, quoted)
    } else {
        (Tense::Unknown, false)
    };
    // "they could win on Tuesday"; but "Friday's agreement may reset the clock".
    let bare =
        matches!(found.meaning, Meaning::Partial(p) if p.weekday.is_some() && p.day.is_none());
    let tense = match tense {
        Tense::Set if bare => Tense::Future,
        Tense::Set => Tense::Present,
        tense => tense,
    };
    let cue = match cue(parser, found.from) {
        Cue::None
            if bare
                && before
                && tense == Tense::Perhaps
                && !parser.is(found.to, W::Poss)
                && parser.before(found.from) != Kind::Word(W::A) =>
        {
            Cue::Ahead
        }
        // "In October, the senator proposed a bill."
        Cue::None
            if tense == Tense::Past
                && !before
                && (parser.opens(found.from) || parser.opens(found.from.wrapping_sub(1)))
                && matches!(found.meaning, Meaning::Partial(p) if p.month.is_some() && p.day.is_none()) =>
        {
            Cue::Behind
        }
        cue => cue,
    };
    let mut found = found;
    if found.modifier.is_none() {
        found.modifier = limit(parser, &found);
    }
    out.push(DateMention {
        ended: false,
        range_to: range_to(parser, &found),
        long_period: is_long_period(parser, &found),
        sentence,
        joins: matches!(
            parser.kind(found.to),
            Kind::Mark('-' | '—' | '&')
                | Kind::Word(W::And | W::To | W::Or | W::Until | W::Through)
        ),
        cue,
        found,
        span,
        tense,
        paragraph,
    });
}

/// "the first nine months", "the six months ended June 30", "for the year": what results are of.
fn is_long_period(parser: &Parser<'_>, found: &Found) -> bool {
    match found.meaning {
        Meaning::Length(Amount::Exact(600 | 900 | 1200), Unit::Month) => {
            parser.is(found.from, W::The)
                || matches!(parser.kind(found.from), Kind::Ordinal(1, _))
                || parser.is_any(found.to, &[W::Ended, W::Ending])
        }
        Meaning::Length(Amount::ONE, Unit::Year) => parser.is_any(found.to, &[W::Ended, W::Ending]),
        Meaning::The(Unit::Year) => true,
        _ => false,
    }
}

/// Where the other end of a range begins, if `found` opens one.
fn range_to(parser: &Parser<'_>, found: &Found) -> Option<usize> {
    let opens = match parser.kind(found.to) {
        Kind::Mark('-' | '—') | Kind::Word(W::To | W::Until | W::Through) => true,
        Kind::Word(W::And) => parser.is(found.from.wrapping_sub(1), W::Between),
        _ => false,
    };
    opens.then_some(found.to + 1)
}

fn needs_tense(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Partial(p) => p.year == YearRef::Open,
        Meaning::Near(..) | Meaning::Either(..) | Meaning::FiscalQuarter(..) => true,
        Meaning::Around(..) => true,
        Meaning::Shift(unit, ..) => *unit == Unit::Weekend,

        _ => false,
    }
}

/// "no later than Friday", "on or after 1 July": a bound that the words before a date set.
fn limit(parser: &Parser<'_>, found: &Found) -> Option<Modifier> {
    let from = found.from;
    if from < 3
        || !matches!(found.meaning, Meaning::Partial(_) | Meaning::Near(..) | Meaning::Shift(..))
    {
        return None;
    }
    let (first, second, third) = (from - 3, from - 2, from - 1);
    let no = parser.is_any(first, &[W::No, W::Not]) && parser.is(third, W::Than);
    let on_or = parser.is(first, W::On) && parser.is(second, W::Or);
    if no && parser.is(second, W::Later) || on_or && parser.is(third, W::Before) {
        Some(Modifier::OnOrBefore)
    } else if no && (parser.is(second, W::Earlier) || parser.says(second, "sooner"))
        || on_or && parser.is(third, W::After)
    {
        Some(Modifier::OnOrAfter)
    } else {
        None
    }
}

/// Words after which a date lies ahead.
const AHEAD: [&str; 8] =
    ["due", "effective", "payable", "expire", "expires", "record", "redeemable", "deadline"];

/// Verbs whose "until" or "to" lies ahead, in whatever tense they stand.
const PUT_OFF: [&str; 11] = [
    "deadline", "gave", "given", "postponed", "delayed", "extended", "deferred", "adjourned",
    "suspended", "off", "rescheduled",
];

/// Words for the quarter or period that results are held against.
const COMPARED: [&str; 5] = ["same", "corresponding", "comparable", "like", "equivalent"];

fn cue(parser: &Parser<'_>, from: usize) -> Cue {
    let at = |d: usize| from.checked_sub(d).map_or(Kind::Other, |i| parser.kind(i));
    match at(1) {
        // "postponed until Tuesday", "has given the family until 9 a.m. Tuesday"
        Kind::Word(W::Until)
            if (2..=6).any(|d| from >= d && parser.says_any(from - d, &PUT_OFF)) =>
        {
            Cue::Surely
        }
        Kind::Word(W::By | W::Until | W::Through) => Cue::Ahead,
        // "ahead of Saturday's vote", "heading into Tuesday"
        Kind::Word(W::Of) if at(2) == Kind::Word(W::Ahead) => Cue::Surely,
        _ if from > 1
            && parser.says(from - 1, "into")
            && parser.says_any(from - 2, &["heading", "going"]) =>
        {
            Cue::Ahead
        }
        Kind::Word(W::Than) if at(2) == Kind::Word(W::Later) => Cue::Ahead,
        Kind::Word(W::Since) => Cue::Behind,
        Kind::Word(W::On) if from > 1 && parser.says_any(from - 2, &AHEAD) => Cue::Ahead,
        _ if from > 0 && parser.says_any(from - 1, &AHEAD) => Cue::Ahead,
        // "as early as Tuesday", "as soon as May", "between now and Feb. 10"
        _ if from > 1
            && parser.says(from - 1, "as")
            && parser.says_any(from - 2, &["early", "soon"]) =>
        {
            Cue::Surely
        }
        Kind::Word(W::To | W::For) if from > 1 && parser.says_any(from - 2, &PUT_OFF) => {
            Cue::Surely
        }
        Kind::Word(W::And) if at(2) == Kind::Word(W::Now) => Cue::Ahead,
        Kind::Unit(Unit::Quarter | Unit::Period)
            if from > 1 && parser.says_any(from - 2, &COMPARED) =>
        {
            Cue::SamePeriod
        }
        _ => Cue::None,
    }
}
