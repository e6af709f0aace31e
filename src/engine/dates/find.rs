//! The way through a text: lex, read, filter, resolve.

use super::context::{
    is_narrative, is_report, place_quarters, place_times, share_last_year, share_years,
};
use super::period::interval_of;
use super::read::read_all;
use super::resolve::{Hung, Resolved, Scene, resolve};
use super::tense::Tense;
use super::{Anchor, Expression, Value};
use crate::calendar::Stamp;
use crate::document::{Confidence, TimexType};
use crate::layout::Layout;
use crate::text::{Span, TokenizedText};

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
    layout: &Layout,
    published: Option<Stamp>,
) -> Vec<(Expression, Explanation)> {
    let mut reads = read_all(reading);
    share_years(&mut reads);
    share_last_year(&mut reads, reading);
    place_quarters(&mut reads, reading);
    place_times(&mut reads);
    let narrative = is_narrative(&reads, published);
    let mut scene = Scene::new(published, narrative, is_report(&reads));
    let mut out: Vec<(Expression, Explanation)> = Vec::with_capacity(reads.len());
    let published_span = layout.published.as_ref().map(|(_, span)| *span);
    for read in reads {
        scene.enter(&read);
        let Some(resolved) = resolve(&read.found, &scene) else {
            continue;
        };
        let explanation = Explanation {
            rule: read.found.rule,
            about: about(read.found.rule),
            tense: tense_name(read.tense),
            narrative,
        };
        let told_by = scene.told_by;
        if !published_span.is_some_and(|s| s.overlaps(read.span)) {
            scene.remember(&read, &resolved, out.len());
        }
        out.push((dress(resolved, read.span, told_by, read.found.rule), explanation));
    }
    if let Some((stamp, span)) = &layout.published {
        out = with_publication(out, *stamp, *span);
    }
    out
}

fn about(rule: &str) -> &'static str {
    super::grammar::rules::Rule::ALL.iter().find(|r| r.name == rule).map_or("", |r| r.about)
}

fn tense_name(tense: Tense) -> &'static str {
    match tense {
        Tense::Unknown => "none",
        Tense::Past => "past",
        Tense::Present | Tense::Set => "present",
        Tense::Perhaps => "perhaps to come",
        Tense::Future => "future",
    }
}

/// Rules whose readings people share less often than their resolution alone would tell
/// (measured on annotated news and histories).
fn ceiling(rule: &str) -> u16 {
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

fn dress(resolved: Resolved, span: Span, told_by: Option<usize>, rule: &str) -> Expression {
    let anchor = match resolved.hung {
        Hung::Nothing => Anchor::None,
        Hung::Published => Anchor::Published,
        Hung::Told => told_by.map_or(Anchor::None, Anchor::Expression),
    };
    let modifier = resolved.modifier.map(|m| m.name());
    let value = |text: String| Value {
        kind: resolved.kind,
        interval: interval_of(&text),
        value: text,
        modifier,
    };
    Expression {
        span,
        alternatives: resolved.others.iter().cloned().map(value).collect(),
        value: value(resolved.value.clone()),
        anchor,
        confidence: Confidence::per_mille(resolved.sure.min(ceiling(rule))),
        reason: Some(resolved.reason.to_owned()),
    }
}

/// The publication line is one expression: what the layout read there, as it read it.
fn with_publication(
    mut all: Vec<(Expression, Explanation)>,
    stamp: Stamp,
    span: Span,
) -> Vec<(Expression, Explanation)> {
    let from = all.partition_point(|(e, _)| e.span.end() <= span.start());
    let to = all.partition_point(|(e, _)| e.span.start() < span.end());
    let removed = to.saturating_sub(from);
    let text = stamp.to_string();
    let line = Expression {
        span,
        value: Value {
            kind: if stamp.time.is_some() { TimexType::Time } else { TimexType::Date },
            interval: interval_of(&text),
            value: text,
            modifier: None,
        },
        anchor: Anchor::None,
        alternatives: Vec::new(),
        confidence: Confidence::per_mille(980),
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
