//! What looks like a date and is none: modal may, names, scores, prices, ages.

use super::grammar::Parser;
use super::meaning::{Meaning, ParsedDate, YearPart, YearRef};
use super::vocabulary::{LexemeKind, Word as W};
use crate::timex::Unit;
use crate::vocabulary::dates::{
    AFTER_MODAL_MAY, BEFORE_NAMED_WEEKDAY, BUSINESS_WORDS, EVENTS_OF_MAY, GAME_WORDS,
    NAMED_FOR_HOLIDAYS, NAMED_FOR_WEEKDAYS, POSSESSIVES,
};

/// True for an expression to keep.
pub(super) fn is_meant_as_date(p: &Parser<'_>, found: &ParsedDate) -> bool {
    match found.meaning {
        Meaning::Partial(partial) | Meaning::Near(_, partial) => {
            // "32 August 2014": no such day, and no month of it either.
            if partial.month.is_some()
                && partial.day.is_none()
                && matches!(p.kind_before(found.from), LexemeKind::Number(_, 1..=2))
                && p.is_spaced(found.from)
                && matches!(p.kind(found.from), LexemeKind::Month(_))
            {
                return false;
            }
            if let (Some(_), None, YearRef::Open, None, None) =
                (partial.month, partial.day, partial.year, partial.weekday, partial.sub)
                && !is_bare_month(p, found)
            {
                return false;
            }
            // "Easter Island", "the Christmas Tree"
            if matches!(partial.sub, Some(YearPart::Holiday(_)))
                && partial.year == YearRef::Open
                && p.is_capitalized(found.to)
                && p.text_is_in(found.to, &NAMED_FOR_HOLIDAYS)
            {
                return false;
            }
            // "the Sunday Times", "Saturday Night Live", "Bloody Sunday"
            if partial.weekday.is_some()
                && partial.day.is_none()
                && (p.is_capitalized(found.to) && p.text_is_in(found.to, &NAMED_FOR_WEEKDAYS)
                    || p.is_capitalized(found.from.wrapping_sub(1))
                        && p.text_is_in(found.from.wrapping_sub(1), &BEFORE_NAMED_WEEKDAY))
            {
                return false;
            }
            if matches!(partial.sub, Some(YearPart::Season(_)))
                && partial.year == YearRef::Open
                && !is_bare_season(p, found)
            {
                return false;
            }
            true
        }
        // "in the first quarter", of a match
        Meaning::FiscalQuarter(_, YearRef::Open) => !is_of_a_game(p, found),
        Meaning::Length(_, Unit::Minute) if is_reading_time(p, found) => false,
        // "24 hours a day", "seven days a week"
        _ => {
            !(p.is_word(found.from, W::A)
                && matches!(p.kind_before(found.from), LexemeKind::Units(Unit::Hour | Unit::Day))
                && matches!(
                    p.kind(found.from.wrapping_sub(2)),
                    LexemeKind::Number(24 | 7, _) | LexemeKind::Cardinal(7)
                ))
        }
    }
}

/// A month's name alone: April, May, June and August are people, May and March are verbs.
fn is_bare_month(p: &Parser<'_>, found: &ParsedDate) -> bool {
    let Some(at) = (found.from..found.to).find(|&i| matches!(p.kind(i), LexemeKind::Month(_)))
    else {
        return true;
    };
    // "32 August", "29 February" of a year that has none.
    if at == found.from
        && matches!(p.kind_before(at), LexemeKind::Number(_, 1..=2))
        && p.is_spaced(at)
    {
        return false;
    }
    if at > found.from {
        return true;
    }
    // "February 151998"
    if matches!(p.kind(at + 1), LexemeKind::Number(_, 5..)) {
        return false;
    }
    let text = p.text(at);
    // "(NASDAQ: MAR)", "$DEC"
    if p.is_uppercase(at)
        && text.len() <= 4
        && matches!(p.kind_before(at), LexemeKind::Mark(':' | '$' | '('))
        && !matches!(p.kind(at + 1), LexemeKind::Number(..))
    {
        return false;
    }
    let cue = matches!(
        p.kind_before(at),
        LexemeKind::Word(
            W::In
                | W::Since
                | W::By
                | W::Until
                | W::Of
                | W::From
                | W::To
                | W::Before
                | W::After
                | W::During
                | W::Late
                | W::Early
                | W::Mid
                | W::Between
                | W::Through
                | W::For
                | W::Throughout
                | W::Toward
                | W::Each
                | W::Every
        )
    );
    // "as early as May", "as late as March"
    let cue = cue
        || at > 1
            && p.text_is(at - 1, "as")
            && p.text_is_any_of(at - 2, &["early", "soon", "late", "recently"]);
    // "In May it was ready": no verb stands there.
    let sure = p.is_any_word(
        at.wrapping_sub(1),
        &[W::In, W::Since, W::Until, W::During, W::Late, W::Early, W::Mid, W::Throughout],
    );
    let next_name =
        p.is_capitalized(at + 1) && p.kind(at + 1) == LexemeKind::Other && p.is_spaced(at + 1);
    match text.trim_end_matches('.') {
        "May" | "MAY" if sure && !next_name => true,
        // "the bank's May forecast", "his May trip"
        "May"
            if (p.is_word(at.wrapping_sub(1), W::Poss)
                || p.text_is_in(at.wrapping_sub(1), &POSSESSIVES)
                || p.is_word(at.wrapping_sub(1), W::The)
                    && p.kind(at + 1) == LexemeKind::Other)
                && p.text(at + 1).starts_with(char::is_lowercase)
                && !p.text_is_in(at + 1, &AFTER_MODAL_MAY) =>
        {
            true
        }
        "May" | "MAY" => {
            let subject = p.text_is_in(at + 1, &AFTER_MODAL_MAY);
            (cue || matches!(
                p.kind_before(at),
                LexemeKind::Mark('-' | '(' | ',')
                    | LexemeKind::Word(W::And | W::Or | W::The)
                    | LexemeKind::Month(_)
            ) && !p.opens_sentence(at))
                && !subject
                && !next_name
                && !(p.is_word(at.wrapping_sub(1), W::Of) && p.is_word(at + 1, W::Poss))
                || !p.opens_sentence(at) && p.text_is_in(at + 1, &EVENTS_OF_MAY)
        }
        "April" | "June" | "August" => cue || !next_name,
        "March" | "MARCH" => {
            cue || !next_name
                && !p.text_is_any_of(at + 1, &["on", "for", "of", "through", "to", "against"])
                && !p
                    .text_is_any_of(at.wrapping_sub(1), &["the", "a", "this", "his", "'s", "women"])
                || p.is_word(at.wrapping_sub(1), W::The)
                    && p.text_is_any_of(at + 1, &["accession", "agreement", "report", "election"])
        }
        short if is_short_month_name(short) => cue && (!next_name || text.ends_with('.')),
        _ => true,
    }
}

/// "5 min read", "a 2-minute listen", "Reading time: 3 minutes": how long a page takes is no part of its story.
fn is_reading_time(p: &Parser<'_>, found: &ParsedDate) -> bool {
    let after = found.to + usize::from(p.is_mark(found.to, '-') || p.is_mark(found.to, '.'));
    if p.text_is_any_of(after, &["read", "listen"]) {
        return true;
    }
    let label =
        found.from.wrapping_sub(1 + usize::from(p.is_mark(found.from.wrapping_sub(1), ':')));
    p.is_word(label, W::Time) && p.text_is_any_of(label.wrapping_sub(1), &["read", "reading"])
}

/// Lexemes around a quarter in which words tell what it is of.
const GAME_REACH: usize = 60;

/// "In the second quarter Hale scored ten points": words of a game stand around it, and none of
/// business.
fn is_of_a_game(p: &Parser<'_>, found: &ParsedDate) -> bool {
    let (mut game, mut business) = (0, 0);
    let from = found.from.saturating_sub(GAME_REACH);
    for at in (from..found.from).chain(found.to..found.to + GAME_REACH) {
        match p.kind(at) {
            LexemeKind::Mark('$' | '%' | '£' | '€') => business += 2,
            LexemeKind::Other if p.text_is_in(at, &BUSINESS_WORDS) => business += 1,
            LexemeKind::Other if p.text_is_in(at, &GAME_WORDS) => game += 1,
            _ => {}
        }
    }
    game > business * 2
}

/// "Jan", with its capital; "May" and "Sept" are not shortened as the others are.
fn is_short_month_name(name: &str) -> bool {
    name.len() == 3
        && name.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        && name.starts_with(char::is_uppercase)
}

/// Spring, fall and winter are more often something else.
fn is_bare_season(p: &Parser<'_>, found: &ParsedDate) -> bool {
    let Some(at) = (found.from..found.to).find(|&i| matches!(p.kind(i), LexemeKind::Season(_)))
    else {
        return true;
    };
    if at > found.from && !p.is_word(found.from, W::The) {
        return true;
    }
    let the = at > found.from;
    let cue = p.is_any_word(
        found.from.wrapping_sub(1),
        &[
            W::In,
            W::By,
            W::During,
            W::Since,
            W::Until,
            W::Over,
            W::Throughout,
            W::Through,
            W::For,
            W::Of,
        ],
    );
    let name = p.is_capitalized(at + 1) && p.kind(at + 1) == LexemeKind::Other;
    let fall = p.text_is(at, "fall") || p.text_is(at, "spring");
    if fall {
        return cue
            && !p.is_capitalized(at)
            && !p.is_any_word(at + 1, &[W::Of, W::In])
            && (the || !p.is_word(found.from.wrapping_sub(1), W::Of));
    }
    (cue || the) && !name && !p.is_capitalized(at)
}

/// False for a day that its own month never has.
pub(super) fn day_exists(found: &ParsedDate) -> bool {
    let Meaning::Partial(p) = found.meaning else {
        return true;
    };
    let (Some(month), Some(day)) = (p.month, p.day) else {
        return true;
    };
    let year = match p.year {
        YearRef::Known(year) => year,
        _ => 2000,
    };
    u32::from(day) <= crate::calendar::days_in_month(year, u32::from(month))
}
