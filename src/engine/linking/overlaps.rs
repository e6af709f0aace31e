//! Which annotation stays where two engines found something in the same characters.

use std::cmp::Reverse;

use crate::dates::{Anchor, Expression};
use crate::document::{Confidence, Label};
use crate::entities::Mention;
use crate::text::Span;
use crate::user_words::{WordMatch, WordRule};

/// See [`super::settle_overlaps`]. `surname`: is this stretch the last word of a longer name in the text?
/// Linear in the annotations, apart from sorting.
pub(super) fn settle_overlaps(
    mentions: &mut Vec<Mention>,
    dates: &mut Vec<Expression>,
    surname: impl Fn(Span) -> bool,
) {
    drop_overlapping_mentions(mentions);
    let mut keep_mention = vec![true; mentions.len()];
    let mut keep_date = vec![true; dates.len()];
    let mut from = 0;
    for (m, mention) in mentions.iter().enumerate() {
        while dates.get(from).is_some_and(|d| d.span.end() <= mention.span.start()) {
            from += 1;
        }
        let touched = dates.iter().enumerate().skip(from);
        for (d, date) in touched.take_while(|(_, d)| d.span.start() < mention.span.end()) {
            if !date.span.overlaps(mention.span) {
                continue;
            }
            let (mention_stands, date_stands) = resolve_overlap(mention, date.span, &surname);
            if let Some(keep) = keep_mention.get_mut(m) {
                *keep &= mention_stands;
            }
            if let Some(keep) = keep_date.get_mut(d) {
                *keep &= date_stands;
            }
        }
    }
    let mut keep = keep_mention.iter();
    mentions.retain(|_| keep.next().copied().unwrap_or(true));
    drop_dates(dates, &keep_date);
}

/// Whether the mention stays, and whether the date does.
fn resolve_overlap(mention: &Mention, date: Span, surname: impl Fn(Span) -> bool) -> (bool, bool) {
    if !mention.label.is_name() {
        return (false, true);
    }
    if mention.span == date {
        let person = mention.label == Label::Person && surname(mention.span);
        return (person, !person);
    }
    if mention.span.contains(date) {
        return (true, matches!(mention.label, Label::Event | Label::Law));
    }
    (false, true)
}

fn drop_overlapping_mentions(mentions: &mut Vec<Mention>) {
    let stronger = |m: &Mention| {
        (m.label.is_name(), m.span.len(), m.confidence, Reverse(m.span), Reverse(m.label))
    };
    mentions.sort_by(|a, b| a.span.cmp(&b.span).then(b.confidence.cmp(&a.confidence)));
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions.drain(..) {
        if mention.span.is_empty() {
            continue;
        }
        let mut stands = true;
        while let Some(last) = kept.last().filter(|last| last.span.overlaps(mention.span)) {
            if stronger(last) >= stronger(&mention) {
                stands = false;
                break;
            }
            kept.pop();
        }
        if stands {
            kept.push(mention);
        }
    }
    *mentions = kept;
}

/// See [`super::apply_word_list`].
pub(super) fn apply_word_list(
    mentions: &mut Vec<Mention>,
    dates: &mut Vec<Expression>,
    matches: &[WordMatch],
) {
    let never = |m: &Mention| {
        let here = matches.partition_point(|f| f.span < m.span);
        let rules = matches.iter().skip(here).take_while(|f| f.span == m.span);
        rules.map(|f| f.rule).any(|rule| match rule {
            WordRule::Never(label) => label.is_none_or(|l| l == m.label),
            WordRule::Always(_) => false,
        })
    };
    mentions.retain(|m| !never(m));
    let mut keep_date = vec![true; dates.len()];
    let mut out: Vec<Mention> = Vec::with_capacity(mentions.len() + matches.len());
    let mut found = std::mem::take(mentions).into_iter().peekable();
    let mut from = 0;
    for find in matches {
        let WordRule::Always(label) = find.rule else {
            continue;
        };
        let span = find.span;
        let longer = |other: Span| other.contains(span) && other != span;
        while let Some(m) = found.next_if(|m| m.span.end() <= span.start()) {
            out.push(m);
        }
        while dates.get(from).is_some_and(|d| d.span.end() <= span.start()) {
            from += 1;
        }
        let near = dates.iter().enumerate().skip(from);
        let near = near.take_while(|(_, d)| d.span.start() < span.end());
        if near.clone().any(|(_, d)| longer(d.span)) || found.peek().is_some_and(|m| longer(m.span))
        {
            continue;
        }
        while found.next_if(|m| m.span.overlaps(span)).is_some() {}
        for (d, date) in near.filter(|(_, d)| d.span.overlaps(span)) {
            let inside = date.span != span && span.contains(date.span);
            let both = inside && matches!(label, Label::Event | Label::Law);
            if let Some(keep) = keep_date.get_mut(d) {
                *keep &= both;
            }
        }
        out.push(Mention {
            span,
            label,
            confidence: Confidence::CERTAIN,
            reason: Some(find.reason.to_owned()),
        });
    }
    out.extend(found);
    *mentions = out;
    drop_dates(dates, &keep_date);
}

/// Removes expressions and updates the anchors of the others.
fn drop_dates(dates: &mut Vec<Expression>, keep: &[bool]) {
    if keep.iter().all(|&k| k) {
        return;
    }
    let mut place = Vec::with_capacity(keep.len());
    let mut next = 0;
    for &stays in keep {
        place.push(stays.then_some(next));
        next += usize::from(stays);
    }
    let mut stays = keep.iter();
    dates.retain(|_| stays.next().copied().unwrap_or(true));
    for date in dates {
        if let Anchor::Expression(i) = date.anchor {
            date.anchor = place.get(i).copied().flatten().map_or(Anchor::None, Anchor::Expression);
        }
    }
}
