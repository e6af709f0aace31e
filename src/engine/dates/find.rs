//! The way through a text: lex, read, filter, resolve.

use super::context::{
    is_narrative, is_report, place_quarters, place_times, share_last_year, share_years,
};

use super::expression::{Anchor, DateValue, Expression};
use super::read::read_all;
use super::resolve::{Discourse, Resolved, ResolvedAgainst, resolve};
use super::tense::Tense;
use crate::calendar::Stamp;
use crate::document::Confidence;
use crate::text::{Span, TokenizedText};
use crate::timex::{ClockTime, Period, TimexType, TimexValue};

/// What `galley explain` prints of one expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The name of the grammar's rule, and what it reads.
    pub rule: &'static str,
    /// What the rule reads, in words.
    pub about: &'static str,
    /// The tense that the nearest verb shows.
    pub tense: &'static str,
    /// Whether the text was taken for a story far from its publication date.
    pub narrative: bool,
}

/// See [`super::find`].
pub(super) fn find(
    reading: &TokenizedText<'_>,
    publication_line: Option<(Stamp, Span)>,
    published: Option<Stamp>,
) -> Vec<(Expression, Explanation)> {
    let mut reads = read_all(reading);
    share_years(&mut reads);
    share_last_year(&mut reads, reading);
    place_quarters(&mut reads, reading);
    place_times(&mut reads);
    let narrative = is_narrative(&reads, published);
    let mut discourse = Discourse::new(published, narrative, is_report(&reads));
    let mut out: Vec<(Expression, Explanation)> = Vec::with_capacity(reads.len());
    let published_span = publication_line.map(|(_, span)| span);
    for read in reads {
        discourse.enter_mention(&read);
        let Some(resolved) = resolve(&read.found, &discourse) else {
            continue;
        };
        let explanation = Explanation {
            rule: read.found.rule,
            about: rule_description(read.found.rule),
            tense: tense_name(read.tense),
            narrative,
        };
        let antecedent_index = discourse.antecedent_index;
        if !published_span.is_some_and(|s| s.overlaps(read.span)) {
            discourse.remember_mention(&read, &resolved, out.len());
        }
        out.push((
            make_expression(resolved, read.span, antecedent_index, read.found.rule),
            explanation,
        ));
    }
    if let Some((stamp, span)) = publication_line {
        out = insert_publication_line(out, stamp, span);
    }
    out
}

fn rule_description(rule: &str) -> &'static str {
    super::grammar::rules::Rule::ALL.iter().find(|r| r.name == rule).map_or("", |r| r.about)
}

fn tense_name(tense: Tense) -> &'static str {
    match tense {
        Tense::Unknown => "none",
        Tense::Past => "past",
        Tense::Present | Tense::Set => "present",
        Tense::Perhaps | Tense::Possible => "perhaps to come",
        Tense::Future => "future",
    }
}

/// Rules whose readings people share less often than their resolution alone would tell
/// (measured on annotated news and histories).
fn max_confidence(rule: &str) -> u16 {
    match rule {
        "bare length" | "some time" => 520,
        "daily" | "plural seasons" => 600,
        "year end" | "nth day" => 620,
        "offset" => 800,
        "rate" | "this part" | "day and time" | "time and day" => 850,
        "told" => 770,
        _ => 1000,
    }
}

fn make_expression(
    resolved: Resolved,
    span: Span,
    antecedent_index: Option<usize>,
    rule: &str,
) -> Expression {
    let anchor = match resolved.against {
        ResolvedAgainst::Nothing => Anchor::None,
        ResolvedAgainst::Published => Anchor::Published,
        ResolvedAgainst::Antecedent => antecedent_index.map_or(Anchor::None, Anchor::Expression),
    };
    let modifier = resolved.modifier;
    let value =
        |value: TimexValue| DateValue { kind: resolved.kind, value, modifier: modifier.clone() };
    Expression {
        span,
        alternatives: resolved.others.into_iter().map(value).collect(),
        value: value(resolved.value),
        anchor,
        confidence: Confidence::from_permille(resolved.confidence.min(max_confidence(rule))),
        reason: Some(resolved.reason.to_owned()),
    }
}

/// The publication line is one expression: what the layout read there, as it read it.
fn insert_publication_line(
    mut all: Vec<(Expression, Explanation)>,
    stamp: Stamp,
    span: Span,
) -> Vec<(Expression, Explanation)> {
    let from = all.partition_point(|(e, _)| e.span.end() <= span.start());
    let to = all.partition_point(|(e, _)| e.span.start() < span.end());
    let removed = to.saturating_sub(from);
    let (kind, value) = match stamp.time {
        None => (TimexType::Date, Period::Day(stamp.day)),
        Some((hour, minute, second)) => {
            let (hour, minute, second) = (u32::from(hour), u32::from(minute), u32::from(second));
            let clock = ClockTime::new(hour, Some(minute), Some(second));
            let period = clock.map_or(Period::Day(stamp.day), |c| Period::Clock(stamp.day, c));
            (TimexType::Time, period)
        }
    };
    let line = Expression {
        span,
        value: DateValue::new(kind, value),
        anchor: Anchor::None,
        alternatives: Vec::new(),
        confidence: Confidence::from_permille(980),
        reason: Some("the publication date".to_owned()),
    };
    let explanation = Explanation {
        rule: "publication",
        about: "the publication line",
        tense: "none",
        narrative: false,
    };
    all.splice(from..to.max(from), [(line, explanation)]);
    // Indices behind the line moved; those that pointed into it point to it.
    for (expression, _) in &mut all {
        if let Anchor::Expression(i) = expression.anchor {
            expression.anchor = Anchor::Expression(if i < from {
                i
            } else if i < from + removed {
                from
            } else {
                i + 1 - removed
            });
        }
    }
    all
}
