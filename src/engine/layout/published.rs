//! When the article appeared, from a publication line, a line that is a date, a byline or a
//! dateline; never from the story's own sentences.

use std::cmp::Reverse;
use std::ops::Range;

use crate::calendar::{Stamp, find_written_date};
use crate::text::Span;

use super::lines::{Line, Lines, ends_sentence, is_capitalized, is_one_of, split_words};
use crate::vocabulary::page::{
    BEFORE_DATE_LABEL, BETWEEN_LABEL_AND_DATE, CLOCK_WORDS, LOWERCASE_BESIDE_DATE,
    OTHER_DATE_LABELS, PUBLICATION_LABELS, UPDATE_LABELS,
};

/// Longer lines are the story's own.
const LONGEST: usize = 260;

/// The likeliest date, by where it stands; the first of equals.
pub(super) fn find(
    lines: &Lines<'_, '_>,
    bylines: &[Span],
    dateline: Option<Span>,
    stamps: &[Span],
) -> Option<(Stamp, Span)> {
    let mut found = Vec::new();
    let mut alone = 0;
    for line in lines.all() {
        let own_dateline = dateline.filter(|d| line.span.contains(*d));
        if let Some(span) = own_dateline {
            let text = lines.tokenized.slice(span);
            found.extend(
                find_written_date(text).map(|(stamp, range)| (72, stamp, line.subspan(range))),
            );
        }
        let brief = line.text.len() <= LONGEST && line.text.bytes().any(|b| b.is_ascii_digit());
        if !brief || own_dateline.is_some() {
            continue;
        }
        let before = found.len();
        labelled(lines, line, &mut found);
        if let Some(&(60, _, update)) = found.get(before) {
            // "11:48, Thu, Jul 18, 2024 | UPDATED: …": the first date is the publication's.
            let first = find_written_date(line.text)
                .map(|(stamp, range)| (stamp, line.subspan(range)))
                .filter(|(_, span)| span.end() <= update.start());
            found.extend(first.map(|(stamp, span)| (86, stamp, span)));
        }
        if found.len() > before {
            continue;
        }
        let Some((stamp, range)) = find_written_date(line.text) else {
            continue;
        };
        let span = line.subspan(range.clone());
        // "July 23, 2021 7:27 PM UTC Updated 2 years ago": the first date is the publication's.
        let end = update_mark(line.text, range.end).unwrap_or(line.text.len());
        let beside = beside(&line.text[..end], range.clone());
        alone += usize::from(beside == Beside::Nothing);
        if bylines.iter().any(|b| line.span.contains(*b)) && !line.body {
            found.push((75, stamp, span));
        } else if stamps.contains(&line.span)
            && !split_words(line.text).any(|(_, w)| OTHER_DATE_LABELS.contains_any_case(w))
            && !stands_in_sentence(line.text, range)
        {
            found.push((84, stamp, span));
        } else if let Some(rank) = rank(lines, line, beside) {
            found.push((rank, stamp, span));
        }
    }
    // Many lines that are dates: a chronicle. Only one at its very top can be its own.
    let chronicle = alone > 3;
    let top = lines.all().get(2).map_or(usize::MAX, |l| l.span.end());
    found.retain(|&(rank, _, span)| {
        !chronicle || !matches!(rank, 40..=56 | 85) || span.end() <= top
    });
    found
        .into_iter()
        .max_by_key(|&(rank, _, span)| (rank, Reverse(span)))
        .map(|(_, stamp, span)| (stamp, span))
}

/// "Published July 23, 2021", "Publish : 2021-07-23 19:27:00 | Updated …".
fn labelled(lines: &Lines<'_, '_>, line: &Line<'_>, found: &mut Vec<(u8, Stamp, Span)>) {
    let text = line.text;
    let all: Vec<(usize, &str)> =
        split_words(text).map(|(at, word)| (at, without_glued_date(word))).collect();
    for (n, &(at, word)) in all.iter().enumerate() {
        let first = PUBLICATION_LABELS.contains_any_case(word);
        if !(first || UPDATE_LABELS.contains_any_case(word)) || !opens(text, &all, n) {
            continue;
        }
        let from = at + word.len();
        let Some((stamp, range)) = find_written_date(&text[from..]) else {
            continue;
        };
        let range = from + range.start..from + range.end;
        let between = &text[from..range.start];
        // "Posted by Jane on 23 July 2021": who posted it is no sentence.
        let by = split_words(between).next().is_some_and(|(_, w)| is_one_of(w, &["by"]));
        let fits = |(_, w): (usize, &str)| by || BETWEEN_LABEL_AND_DATE.contains_any_case(w);
        if between.len() > 40 || !split_words(between).all(fits) {
            continue;
        }
        if goes_on(&text[range.end..]) {
            continue;
        }
        let rank = match (first, lines.in_head(line)) {
            (true, true) => 95,
            (true, false) => 70,
            (false, true) => 60,
            (false, false) => 45,
        };
        found.push((rank, stamp, line.subspan(range)));
    }
}

/// "Updated" of "Updated21:22" and "UpdatedOctober": a label with its date written on to it.
fn without_glued_date(word: &str) -> &str {
    let mut last = ' ';
    for (at, c) in word.char_indices() {
        if last.is_lowercase() && (c.is_uppercase() || c.is_ascii_digit()) {
            let label = &word[..at];
            let known = PUBLICATION_LABELS.contains_any_case(label)
                || UPDATE_LABELS.contains_any_case(label);
            return if known { label } else { word };
        }
        last = c;
    }
    word
}

/// Does word `n` open a label? At the line's start, after a mark, or behind words such as "first".
fn opens(text: &str, all: &[(usize, &str)], n: usize) -> bool {
    let mut n = n;
    loop {
        let Some(&(at, word)) = all.get(n) else {
            return false;
        };
        let before = text[..at].trim_end();
        if before.is_empty()
            || before.ends_with(['|', '·', '•', '—', '–', '-', '(', '[', ';', '/', ':', '*', '>'])
        {
            return true;
        }
        let Some(&(_, previous)) = n.checked_sub(1).and_then(|p| all.get(p)) else {
            return true;
        };
        // "This article was first published on …" closes many a page.
        if word == "was" {
            return n <= 3 && all.first().is_some_and(|(_, w)| *w == "This");
        }
        if !BEFORE_DATE_LABEL.contains_any_case(previous) {
            // "By Jane Doe Published July 23, 2021"; "July 24, 2021 Updated …"
            return is_capitalized(word)
                && all.len() < 24
                && !ends_sentence(text)
                && is_capitalized(previous);
        }
        n -= 1;
    }
}

/// The date is a sentence's own: "join us for the walk on 3 May 2021", or the last word of one: "It rained on 3 May 2021."
fn stands_in_sentence(text: &str, date: Range<usize>) -> bool {
    let (before, after) = (&text[..date.start], &text[date.end..]);
    let lowercase = split_words(before).filter(|(_, w)| w.starts_with(char::is_lowercase));
    let ends = !before.is_empty() && ends_sentence(text) && !after.contains(char::is_alphanumeric);
    ends || lowercase.count() > 2
}

/// What follows the date is a sentence's own.
fn goes_on(rest: &str) -> bool {
    let small = split_words(rest)
        .take_while(|(_, w)| {
            !PUBLICATION_LABELS.contains_any_case(w) && !UPDATE_LABELS.contains_any_case(w)
        })
        .filter(|(_, w)| w.starts_with(char::is_lowercase));
    small.count() > 2
}

/// Where "Updated …" or "Last modified …" begins behind the date.
fn update_mark(text: &str, from: usize) -> Option<usize> {
    let (at, _) = split_words(&text[from..])
        .find(|(_, w)| is_capitalized(w) && UPDATE_LABELS.contains_any_case(w))?;
    Some(from + at)
}

/// What stands on a line beside its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    /// A few capitalised words, set off by a mark: "BBC News, 23 July 2021".
    Names,
    Sentence,
}

/// "19.27", as British papers write it.
fn is_clock(word: &str) -> bool {
    let parts = word.split_once('.');
    parts.is_some_and(|(h, m)| {
        let number = |part: &str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        !h.is_empty() && number(h) && m.len() == 2 && number(m)
    })
}

fn beside(text: &str, date: std::ops::Range<usize>) -> Beside {
    let (before, after) = (&text[..date.start], &text[date.end..]);
    let count = |part: &str| {
        split_words(part).filter(|(_, w)| !CLOCK_WORDS.contains_any_case(w) && !is_clock(w)).count()
    };
    if count(before) + count(after) == 0 {
        return Beside::Nothing;
    }
    let marks = [',', '|', '·', '•', '—', '–', '-', '(', '/', ':', ';', '\t'];
    let set_off = |part: &str, end: bool| {
        let part = if end { part.trim_end() } else { part.trim_start_matches(')').trim_start() };
        part.is_empty() || if end { part.ends_with(marks) } else { part.starts_with(marks) }
    };
    let small = |part: &str| {
        split_words(part)
            .any(|(_, w)| w.starts_with(char::is_lowercase) && !LOWERCASE_BESIDE_DATE.contains(w))
    };
    let digits =
        |part: &str| split_words(part).any(|(_, w)| w.starts_with(|c: char| c.is_ascii_digit()));
    let event = |part: &str| split_words(part).any(|(_, w)| OTHER_DATE_LABELS.contains_any_case(w));
    let fine = set_off(before, true)
        && set_off(after, false)
        && count(before) + count(after) <= 7
        && [before, after].iter().all(|p| !small(p) && !event(p))
        && !(digits(before) || (digits(after) && !after.contains("min")));
    if fine { Beside::Names } else { Beside::Sentence }
}

fn rank(lines: &Lines<'_, '_>, line: &Line<'_>, beside: Beside) -> Option<u8> {
    match (beside, lines.in_head(line), lines.in_foot(line)) {
        (Beside::Nothing, true, _) => Some(85),
        (Beside::Nothing, _, true) => Some(50),
        (Beside::Names, true, _) => Some(56),
        (Beside::Names, _, true) => Some(40),
        _ => None,
    }
}
