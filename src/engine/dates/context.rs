//! What expressions of one text say of each other, before any is resolved.

use super::grammar::is_day;
use super::meaning::{CountedFrom, Meaning, Time, YearRef};
use super::mention::DateMention;
use super::tense::Tense;
use crate::calendar::Stamp;
use crate::text::TokenizedText;

/// "between March and April 1918": the year stands with the second month and holds for the first.
pub(super) fn share_years(reads: &mut [DateMention]) {
    for i in (1..reads.len()).rev() {
        let (head, tail) = reads.split_at_mut(i);
        let (Some(one), Some(two)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let near =
            one.paragraph == two.paragraph && one.found.to + 1 == two.found.from && one.joins;
        let (Meaning::Partial(a), Meaning::Partial(b)) =
            (&mut one.found.meaning, two.found.meaning)
        else {
            continue;
        };
        let (Some(month), Some(other)) = (a.month, b.month) else {
            continue;
        };
        if near && a.year == YearRef::Open {
            a.year = match b.year {
                YearRef::Known(y) if month > other => YearRef::Known(y - 1),
                year => year,
            };
        }
    }
}

/// "Thu Oct 26, 10:00 - 11:00:09 2023": the year stands behind the clock times of a log.
pub(super) fn share_last_year(reads: &mut [DateMention], reading: &TokenizedText<'_>) {
    for i in 1..reads.len() {
        let (head, tail) = reads.split_at_mut(i);
        let Some((two, Meaning::Partial(last))) = tail.first().map(|r| (r, r.found.meaning)) else {
            continue;
        };
        if last.month.is_some() || !matches!(last.year, YearRef::Known(_)) {
            continue;
        }
        for one in head.iter_mut().rev().take(2) {
            let between = reading.source().span(one.span.end(), two.span.start());
            let between = between.map_or("", |s| reading.slice(s));
            let clocks = between.bytes().all(|b| matches!(b, b'0'..=b':' | b',' | b'-' | b' '))
                && between.contains(':');
            if let Meaning::Partial(day) = &mut one.found.meaning
                && day.month.is_some()
                && day.year == YearRef::Open
                && clocks
            {
                day.year = last.year;
            }
        }
    }
}

/// "at 8:30 p.m. (1930 UTC) on August 27": the day stands behind the time.
pub(super) fn place_times(reads: &mut [DateMention]) {
    for i in (1..reads.len()).rev() {
        let (head, tail) = reads.split_at_mut(i);
        let (Some(one), Some(two)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let alone = matches!(one.found.meaning, Meaning::TimeOnly)
            && matches!(one.found.time, Some(Time::Clock(..)));
        let near = one.sentence == two.sentence && two.found.from <= one.found.to + 3;
        let day = matches!(two.found.meaning, Meaning::TimeOnly) || is_day(&two.found.meaning);
        if alone && near && day && one.found.rule != "clock range" {
            one.found.meaning = two.found.meaning;
            one.tense = two.tense;
            one.cue = two.cue;
            // "from 10 a.m. to 4 p.m. on Saturday": both on that day.
            one.range_to = None;
        }
    }
}

/// "the quarter ended Sept. 30": the day after it says which.
pub(super) fn place_quarters(reads: &mut [DateMention], reading: &TokenizedText<'_>) {
    for i in 1..reads.len() {
        let (head, tail) = reads.split_at_mut(i);
        let (Some(one), Some(two)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let near = one.sentence == two.sentence && two.found.from <= one.found.to + 2;
        let (Meaning::FiscalQuarter(n, year), Meaning::Partial(end)) =
            (one.found.meaning, two.found.meaning)
        else {
            continue;
        };
        let between = reading
            .source()
            .span(one.span.end(), two.span.start())
            .map_or("", |s| reading.slice(s));
        let (Some(month), Some(day)) = (end.month, end.day) else {
            continue;
        };
        if !near || year != YearRef::Open || !matches!(between.trim(), "ended" | "ending") {
            continue;
        }
        // The quarter that holds the middle of those three months.
        let middle = u32::from(month) * 2 - u32::from(day < 15) - 3 + 24;
        let quarter = (middle / 2 - 1) % 12 / 3 + 1;
        one.ended = true;
        if n == 0 {
            one.found.meaning = Meaning::FiscalQuarter(quarter as u8, YearRef::Open);
            one.tense = Tense::Past;
        }
    }
}

/// Most years that are written out lie far before the publication date, or there is none and
/// little counts from the day of writing: the text tells a story, and its bare dates are resolved
/// against the antecedent.
pub(super) fn is_narrative(reads: &[DateMention], published: Option<Stamp>) -> bool {
    let (mut far, mut near, mut bare) = (0usize, 0usize, 0usize);
    for read in reads {
        match read.found.meaning {
            Meaning::Partial(p) => match (p.year, published) {
                (YearRef::Known(y), Some(stamp)) if (y - stamp.day.year()).abs() <= 1 => near += 1,
                (YearRef::Known(_), _) => far += 1,
                (YearRef::Open, _) if p.weekday.is_some() && p.month.is_none() => bare += 1,
                _ => {}
            },
            // "last year", "thirty years ago", "next summer" count from the day of writing.
            Meaning::Shift(_, _, CountedFrom::Published)
            | Meaning::Offset(_, _, _, CountedFrom::Published)
            | Meaning::Near(..) => bare += 1,
            _ => {}
        }
    }
    match published {
        Some(_) => far >= 5 && far > 8 * bare && far > near,
        // News without its date: "last week" and "on Friday" are no days of 1940.
        None => far > 2 * bare,
    }
}

/// A company's report: it speaks of quarters and of money.
pub(super) fn is_report(reads: &[DateMention]) -> bool {
    reads.iter().any(|r| {
        matches!(
            r.found.meaning,
            Meaning::FiscalQuarter(..) | Meaning::SamePeriod(_) | Meaning::PeriodOf(_)
        )
    })
}
