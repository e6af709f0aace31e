//! What looks like a date and is none: modal may, names, scores, prices, ages.

use super::grammar::Parser;
use super::meaning::{Found, Meaning, Sub, YearRef};
use super::vocabulary::{Kind, Word as W};
use crate::timex::Unit;

/// True for an expression to keep.
pub(super) fn keep(p: &Parser<'_>, found: &Found) -> bool {
    match found.meaning {
        Meaning::Partial(partial) | Meaning::Near(_, partial) => {
            // "32 August 2014": no such day, and no month of it either.
            if partial.month.is_some()
                && partial.day.is_none()
                && matches!(p.before(found.from), Kind::Number(_, 1..=2))
                && p.spaced(found.from)
                && matches!(p.kind(found.from), Kind::Month(_))
            {
                return false;
            }
            if let (Some(_), None, YearRef::Open, None, None) =
                (partial.month, partial.day, partial.year, partial.weekday, partial.sub)
                && !bare_month(p, found)
            {
                return false;
            }
            // "Easter Island", "the Christmas Tree"
            if matches!(partial.sub, Some(Sub::Holiday(_)))
                && partial.year == YearRef::Open
                && p.capital(found.to)
                && p.says_any(found.to, &NAMED_FOR_HOLIDAYS)
            {
                return false;
            }
            // "the Sunday Times", "Saturday Night Live", "Bloody Sunday"
            if partial.weekday.is_some()
                && partial.day.is_none()
                && (p.capital(found.to) && p.says_any(found.to, &NAMED_FOR_WEEKDAYS)
                    || p.capital(found.from.wrapping_sub(1))
                        && p.says_any(found.from.wrapping_sub(1), &["tgi", "ruby", "bloody"]))
            {
                return false;
            }
            if matches!(partial.sub, Some(Sub::Season(_)))
                && partial.year == YearRef::Open
                && !bare_season(p, found)
            {
                return false;
            }
            true
        }
        // "24 hours a day", "seven days a week"
        _ => {
            !(p.is(found.from, W::A)
                && matches!(p.before(found.from), Kind::Units(Unit::Hour | Unit::Day))
                && matches!(
                    p.kind(found.from.wrapping_sub(2)),
                    Kind::Number(24 | 7, _) | Kind::Cardinal(7)
                ))
        }
    }
}

/// What bears a holiday's name and is none.
const NAMED_FOR_HOLIDAYS: [&str; 9] =
    ["island", "islands", "rising", "carol", "tree", "parade", "seals", "foundation", "bunny"];

/// Papers and programmes that bear a weekday's name.
const NAMED_FOR_WEEKDAYS: [&str; 14] = [
    "times", "telegraph", "mirror", "express", "herald", "tribune", "mail", "post", "independent",
    "live", "lights", "football", "fever", "addams",
];

/// A month's name alone: April, May, June and August are people, May and March are verbs.
fn bare_month(p: &Parser<'_>, found: &Found) -> bool {
    let Some(at) = (found.from..found.to).find(|&i| matches!(p.kind(i), Kind::Month(_))) else {
        return true;
    };
    // "32 August", "29 February" of a year that has none.
    if at == found.from && matches!(p.before(at), Kind::Number(_, 1..=2)) && p.spaced(at) {
        return false;
    }
    if at > found.from {
        return true;
    }
    // "February 151998"
    if matches!(p.kind(at + 1), Kind::Number(_, 5..)) {
        return false;
    }
    let text = p.text(at);
    let cue = matches!(
        p.before(at),
        Kind::Word(
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
    // "In May it was ready": no verb stands there.
    let sure = p.is_any(
        at.wrapping_sub(1),
        &[W::In, W::Since, W::Until, W::During, W::Late, W::Early, W::Mid, W::Throughout],
    );
    let next_name = p.capital(at + 1) && p.kind(at + 1) == Kind::Other && p.spaced(at + 1);
    match text.trim_end_matches('.') {
        "May" | "MAY" if sure && !next_name => true,
        "May" | "MAY" => {
            let subject = p.says_any(
                at + 1,
                &[
                    "be", "not", "have", "i", "we", "you", "he", "she", "they", "it", "god",
                    "also", "well", "the", "family", "government", "cabinet", "administration",
                ],
            );
            (cue || matches!(
                p.before(at),
                Kind::Mark('-' | '(' | ',') | Kind::Word(W::And | W::Or | W::The) | Kind::Month(_)
            ) && !p.opens(at))
                && !subject
                && !next_name
                && !p.is(at.wrapping_sub(1), W::Of) | !p.is(at + 1, W::Poss)
                || !p.opens(at)
                    && p.says_any(
                        at + 1,
                        &[
                            "agreement", "election", "report", "summit", "deadline", "vote",
                            "meeting",
                        ],
                    )
        }
        "April" | "June" | "August" => cue || !next_name,
        "March" | "MARCH" => {
            cue || !next_name
                && !p.says_any(at + 1, &["on", "for", "of", "through", "to", "against"])
                && !p.says_any(at.wrapping_sub(1), &["the", "a", "this", "his", "'s", "women"])
                || p.is(at.wrapping_sub(1), W::The)
                    && p.says_any(at + 1, &["accession", "agreement", "report", "election"])
        }
        "Jan" | "Dec" | "Mar" | "Sep" | "Jun" | "Oct" | "Nov" | "Feb" | "Jul" | "Apr" | "Aug" => {
            cue && (!next_name || text.ends_with('.'))
        }
        _ => true,
    }
}

/// Spring, fall and winter are more often something else.
fn bare_season(p: &Parser<'_>, found: &Found) -> bool {
    let Some(at) = (found.from..found.to).find(|&i| matches!(p.kind(i), Kind::Season(_))) else {
        return true;
    };
    if at > found.from && !p.is(found.from, W::The) {
        return true;
    }
    let the = at > found.from;
    let cue = p.is_any(
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
    let name = p.capital(at + 1) && p.kind(at + 1) == Kind::Other;
    let fall = p.says(at, "fall") || p.says(at, "spring");
    if fall {
        return cue
            && !p.capital(at)
            && !p.is_any(at + 1, &[W::Of, W::In])
            && (the || !p.is(found.from.wrapping_sub(1), W::Of));
    }
    (cue || the) && !name && !p.capital(at)
}

/// False for a day that its own month never has.
pub(super) fn exists(found: &Found) -> bool {
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
