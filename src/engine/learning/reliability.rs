//! How good annotations are against a person's: F1 by label, corrections, and whether certainty
//! keeps what it promises.

use std::collections::BTreeMap;

use super::corrections::{MarkedName, count_corrections};
use crate::document::{Body, Document, Label, Status};

/// Counts for one label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelScore {
    /// Of the right span and label.
    pub right: u32,
    /// Found.
    pub found: u32,
    /// That there are.
    pub wanted: u32,
}

impl LabelScore {
    /// Precision, recall and F1 in thousandths; `None` where there is nothing to divide by.
    pub fn measures(self) -> [Option<u32>; 3] {
        let share = |a: u32, b: u32| (b > 0).then(|| (a * 1000 + b / 2) / b);
        [
            share(self.right, self.found),
            share(self.right, self.wanted),
            share(2 * self.right, self.found + self.wanted),
        ]
    }
}

/// Names of about one certainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CertaintyBin {
    /// From this certainty on, in thousandths.
    pub from: u16,
    /// How many.
    pub names: u32,
    /// How many of them are right.
    pub right: u32,
    /// The sum of their certainties, in thousandths.
    pub promised: u32,
}

/// The lower edges of the bins.
const EDGES: [u16; 8] = [0, 500, 600, 700, 800, 900, 950, 990];

/// All scores of a set of documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scores {
    /// Entities by label, dates by TIMEX3 type, quotes; each by its name in files.
    pub labels: BTreeMap<&'static str, LabelScore>,
    /// Entities of all labels.
    pub entities: LabelScore,
    /// Documents compared.
    pub articles: u32,
    /// Corrections that make the names into the wanted ones.
    pub corrections: u32,
    /// By certainty, rising.
    pub bins: Vec<CertaintyBin>,
}

impl Scores {
    /// How far certainty and truth are apart on the mean, in thousandths: each bin's distance, weighed
    /// by its names (expected calibration error). `None` without names.
    pub fn calibration_error(&self) -> Option<u32> {
        let names: u32 = self.bins.iter().map(|b| b.names).sum();
        let apart: u32 = self.bins.iter().map(|b| b.promised.abs_diff(b.right * 1000)).sum();
        (names > 0).then(|| apart / names)
    }
}

/// Compares pairs of a wanted document and a found one over the same text. An entity is right when
/// span and label are, a date when span and value are, a quote when its span is; rejected ones are not
/// there. Corrections and certainty are those of entities. `labels`: only these (none: all).
pub fn score_documents<'d>(
    pairs: impl IntoIterator<Item = (&'d Document, &'d Document)>,
    labels: &[Label],
) -> Scores {
    let mut scores = Scores {
        bins: EDGES.map(|from| CertaintyBin { from, ..CertaintyBin::default() }).to_vec(),
        ..Scores::default()
    };
    for (wanted, found) in pairs {
        scores.articles += 1;
        let counts = |l: Label| labels.is_empty() || labels.contains(&l);
        let gold = names_of(wanted, counts);
        let (predicted, sure): (Vec<MarkedName>, Vec<u16>) =
            names_of(found, counts).into_iter().unzip();
        let gold: Vec<MarkedName> = gold.into_iter().map(|n| n.0).collect();
        for name in &gold {
            scores.labels.entry(name.label.name()).or_default().wanted += 1;
            scores.entities.wanted += 1;
        }
        for (name, sure) in predicted.iter().zip(sure) {
            let right = gold.contains(name);
            let row = scores.labels.entry(name.label.name()).or_default();
            row.found += 1;
            row.right += u32::from(right);
            scores.entities.found += 1;
            scores.entities.right += u32::from(right);
            let at = EDGES.partition_point(|&e| e <= sure).saturating_sub(1);
            if let Some(bin) = scores.bins.get_mut(at) {
                bin.names += 1;
                bin.right += u32::from(right);
                bin.promised += u32::from(sure);
            }
        }
        if labels.is_empty() {
            let gold = others_of(wanted);
            for key in &gold {
                scores.labels.entry(key.0).or_default().wanted += 1;
            }
            for key in others_of(found) {
                let row = scores.labels.entry(key.0).or_default();
                row.found += 1;
                row.right += u32::from(gold.binary_search(&key).is_ok());
            }
        }
        scores.corrections +=
            count_corrections(&without_overlaps(gold), &without_overlaps(predicted));
    }
    scores.bins.retain(|bin| bin.names > 0);
    scores
}

fn names_of(document: &Document, counts: impl Fn(Label) -> bool) -> Vec<(MarkedName, u16)> {
    let live = document.annotations.iter().filter(|a| a.status != Status::Rejected);
    let names = live.filter_map(|a| match &a.body {
        Body::Entity(e) if counts(e.label) => {
            let name = MarkedName { label: e.label, at: a.span.range() };
            Some((name, a.confidence.permille()))
        }
        _ => None,
    });
    names.collect()
}

/// Dates with their value, and quotes, each with its span.
fn others_of(document: &Document) -> Vec<(&'static str, usize, usize, String)> {
    let live = document.annotations.iter().filter(|a| a.status != Status::Rejected);
    let others = live.filter_map(|a| {
        let (name, value) = match &a.body {
            Body::Entity(_) => return None,
            Body::Date(d) => (d.timex.kind.name(), d.timex.value.to_string()),
            Body::Quote(_) => ("QUOTE", String::new()),
        };
        Some((name, a.span.start(), a.span.end(), value))
    });
    let mut others: Vec<_> = others.collect();
    others.sort();
    others
}

/// Of names over one another the first, which is the longer.
fn without_overlaps(names: Vec<MarkedName>) -> Vec<MarkedName> {
    let mut out: Vec<MarkedName> = Vec::with_capacity(names.len());
    for name in names {
        if out.last().is_none_or(|last| last.at.end <= name.at.start) {
            out.push(name);
        }
    }
    out
}
