//! Who and what is named: mentions with label and confidence, and amounts by a grammar.
//!
//! Owns the taggers (a linear one, and a network whose scores are added to its), their model and
//! the reading of one article as a whole. Must not know dates, quotes or which mentions are the
//! same entity (that is `linking`).

mod amounts;
#[doc(hidden)]
pub mod context;
#[doc(hidden)]
pub mod cues;
mod document;
#[doc(hidden)]
pub mod features;
mod learned;
mod mention;
mod model;
#[doc(hidden)]
pub mod neural;
mod prepared;
mod revise;
#[doc(hidden)]
pub mod sequence;
mod shape;
#[doc(hidden)]
pub mod tagger;
#[doc(hidden)]
pub mod tags;
mod template;
mod vectors;
#[doc(hidden)]
pub mod weights;
#[doc(hidden)]
pub mod words;

pub(crate) use learned::sum_by_tag;
pub use learned::{LEARNED_SCALE, LearnedWeights};
pub use mention::Mention;
pub use model::Model;
pub use model::{Calibration, KIND, Mix, VERSION};
pub use revise::kinds::STORMS;
pub use vectors::NUMBERS as VECTOR;
pub use vectors::Vectors;

use crate::document::{Confidence, Label};
use crate::layout::Layout;
use crate::text::{Span, TokenizedText};

/// Finds all mentions, in text order, none inside another. Never fails; deterministic.
pub fn find_mentions(
    tokenized: &TokenizedText<'_>,
    layout: &Layout,
    model: &Model,
) -> Vec<Mention> {
    find_mentions_with(tokenized, layout, model, &LearnedWeights::default())
}

/// Why a name is marked that would not be, or not so, without what was learned; shown to people.
pub const LEARNED_REASON: &str = "learned from your corrections";

/// The same with what was learned from a reader's corrections. Names that only this brings say so.
pub fn find_mentions_with(
    tokenized: &TokenizedText<'_>,
    layout: &Layout,
    model: &Model,
    learned: &LearnedWeights,
) -> Vec<Mention> {
    let prepared = tagger::Prepared::new(tokenized, &model.lexicon);
    let scores = tagger::score_tokens(&prepared, model, learned);
    let (rows, without) = match learned.is_empty() {
        true => (scores.own, None),
        false => (scores.with_learned, Some(scores.own)),
    };
    let found = tagger::find_names(&prepared, model, rows);
    let mut names = tagger::to_mentions(tokenized, &found, model);
    if let Some(rows) = without {
        let before = tagger::find_names(&prepared, model, rows);
        let mut before: Vec<_> =
            before.into_iter().map(|n| (n.tokens.start, n.tokens.end, n.label)).collect();
        before.sort();
        for (name, mention) in found.iter().zip(&mut names) {
            let key = (name.tokens.start, name.tokens.end, name.label);
            if before.binary_search(&key).is_err() {
                mention.reason = Some(LEARNED_REASON.to_owned());
            }
        }
    }
    let amounts = amounts::find_amounts(tokenized);
    let mut all = merge_names_and_amounts(add_bylines(names, &layout.bylines), amounts);
    if !layout.reading_times.is_empty() {
        all.retain(|mention| {
            let next = layout.reading_times.partition_point(|s| s.end() <= mention.span.start());
            layout.reading_times.get(next).is_none_or(|line| !line.overlaps(mention.span))
        });
    }
    all
}

/// How sure a name in a byline is a person's, at least: such lines are known by their form, and the
/// layout leaves out agencies and desks.
const BYLINE_PERMILLE: u16 = 900;

/// A byline's names are people, whatever the taggers made of their words.
fn add_bylines(names: Vec<Mention>, bylines: &[Span]) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(names.len() + bylines.len());
    let mut names = names.into_iter().peekable();
    for &byline in bylines {
        while let Some(name) = names.next_if(|n| n.span.end() <= byline.start()) {
            out.push(name);
        }
        let mut inside = Vec::new();
        while let Some(name) = names.next_if(|n| n.span.start() < byline.end()) {
            inside.push(name);
        }
        let cut = inside.iter().any(|n| !byline.contains(n.span));
        let known = matches!(&inside[..], [n] if n.span == byline && n.label == Label::Person);
        if cut || known {
            out.extend(inside);
        } else if out.last().is_none_or(|n| n.span.end() <= byline.start()) {
            out.push(Mention {
                span: byline,
                label: Label::Person,
                confidence: Confidence::from_permille(BYLINE_PERMILLE),
                reason: Some("byline".to_owned()),
            });
        }
    }
    out.extend(names);
    out
}

/// Names and amounts in text order. An amount of money or measure wins over a name inside it
/// ("US$200", "5 million US dollars"); any other that touches a name gives way.
fn merge_names_and_amounts(names: Vec<Mention>, amounts: Vec<Mention>) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::with_capacity(names.len() + amounts.len());
    let mut names = names.into_iter().peekable();
    for amount in amounts {
        while let Some(name) = names.next_if(|n| n.span.end() <= amount.span.start()) {
            out.push(name);
        }
        let measured = matches!(amount.label, Label::Money | Label::Percent | Label::Quantity);
        let mut inside = Vec::new();
        while let Some(name) = names.next_if(|n| n.span.start() < amount.span.end()) {
            inside.push(name);
        }
        let wins = measured && inside.iter().all(|n| amount.span.contains(n.span));
        if wins || inside.is_empty() {
            out.push(amount);
        } else {
            out.extend(inside);
        }
    }
    out.extend(names);
    out
}
