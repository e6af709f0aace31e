//! Logistic regression over candidates, in whole numbers.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::article::{Candidate, OwnArticle};
use super::sigmoid::sigmoid;
use crate::document::Label;

/// One in a weight and a score.
pub(super) const ONE: i64 = 1 << 16;
/// How often the examples are gone through.
const PASSES: i64 = 12;
/// The first pass' step for a feature of an example that is wholly misjudged, in 1/65536.
const RATE: i64 = 6500;
/// What is left of a weight after each pass, in 1/256.
const KEPT: i64 = 250;

/// How far an example is to be believed, in tenths.
const REFUSED: i64 = 20;
const DECIDED: i64 = 10;
/// In an article of which a person has seen a part.
const UNSEEN: i64 = 3;

/// What one label's examples taught.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SpanLearner {
    pub(super) weights: FxHashMap<u32, i32>,
}

/// An example: a candidate, what it is, and how far that is to be believed.
struct Example<'a> {
    features: &'a [u32],
    right: bool,
    weight: i64,
}

/// What is known of an article's candidates; `None`: nothing.
fn judge(article: &OwnArticle, label: Label) -> Vec<Option<(bool, i64)>> {
    let decided = article.decisions.iter().filter(|d| d.label == label);
    let last = article.looked_up_to(label);
    let marked: Vec<u64> = decided.filter(|d| d.right).map(|d| article.key(&d.tokens)).collect();
    let unseen = if article.reviewed { DECIDED } else { UNSEEN };
    let of = |c: &Candidate| {
        let over = article.decisions.iter().filter(|d| overlap(&d.tokens, &c.tokens));
        let mut said = None;
        for d in over {
            let exact = d.tokens == c.tokens;
            said = match (d.label == label, d.right, exact) {
                (true, true, exact) => return Some((exact, DECIDED)),
                (true, false, true) => Some((false, REFUSED)),
                (false, true, _) => Some((false, DECIDED)),
                (true, false, false) | (false, false, _) => said,
            };
        }
        if said.is_some() {
            return said;
        }
        // The same name elsewhere in the article was most likely overlooked.
        let unknown = marked.contains(&c.words)
            || (article.open && !article.reviewed && c.tokens.start >= last);
        (!unknown).then_some((false, unseen))
    };
    article.candidates.iter().map(of).collect()
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

impl SpanLearner {
    /// Learns a label from articles, in their order.
    pub(super) fn learn(articles: &[&OwnArticle], label: Label) -> SpanLearner {
        let mut examples = Vec::new();
        for article in articles {
            for (candidate, said) in article.candidates.iter().zip(judge(article, label)) {
                if let Some((right, weight)) = said {
                    examples.push(Example { features: &candidate.features, right, weight });
                }
            }
        }
        let mut ids: FxHashMap<u32, u32> = FxHashMap::default();
        let mut rows: Vec<Vec<u32>> = Vec::with_capacity(examples.len());
        for example in &examples {
            let fresh = |f: &u32| {
                let next = ids.len() as u32;
                *ids.entry(*f).or_insert(next)
            };
            rows.push(example.features.iter().map(fresh).collect());
        }
        let mut weights = vec![0i64; ids.len()];
        for pass in 0..PASSES {
            let rate = RATE * 4 / (4 + pass);
            for (example, row) in examples.iter().zip(&rows) {
                let score: i64 = row.iter().map(|&f| weights[f as usize]).sum();
                let want = if example.right { 1024 } else { 0 };
                let off = want - i64::from(sigmoid(score, ONE));
                if off == 0 {
                    continue;
                }
                // A long row moves its score no further than a short one.
                let step = off * rate * example.weight / (10 * 1024) * 60 / row.len().max(1) as i64;
                row.iter().for_each(|&f| weights[f as usize] += step);
            }
            weights.iter_mut().for_each(|w| *w = *w * KEPT / 256);
        }
        let small = |(f, id): (u32, u32)| {
            let weight = weights[id as usize].clamp(-(1 << 24), 1 << 24) as i32;
            (weight != 0).then_some((f, weight))
        };
        SpanLearner { weights: ids.into_iter().filter_map(small).collect() }
    }

    fn score(&self, features: &[u32]) -> i64 {
        features.iter().map(|f| self.weights.get(f).map_or(0, |&w| i64::from(w))).sum()
    }

    /// The candidates that may bear the label, with their certainty in 1/1024: from `least` on, none
    /// over another. All mentions of one name in the article speak for each of them.
    pub(super) fn find(&self, article: &OwnArticle, least: i32) -> Vec<(Range<usize>, i32)> {
        let mut sums: FxHashMap<u64, (i64, i64)> = FxHashMap::default();
        for c in &article.candidates {
            let sum = sums.entry(c.words).or_default();
            sum.0 += self.score(&c.features);
            sum.1 += 1;
        }
        let sure = |c: &Candidate| {
            let (sum, count) = sums.get(&c.words).copied().unwrap_or((0, 1));
            (c.tokens.clone(), sigmoid(sum / count.max(1), ONE))
        };
        without_overlaps(article.candidates.iter().map(sure).filter(|c| c.1 >= least).collect())
    }
}

/// Of findings over one another the surest; of equally sure ones the longer, then the first.
pub(super) fn without_overlaps(mut found: Vec<(Range<usize>, i32)>) -> Vec<(Range<usize>, i32)> {
    found.sort_by_key(|(t, sure)| (-sure, usize::MAX - t.len(), t.start));
    let mut out: Vec<(Range<usize>, i32)> = Vec::new();
    let mut by_end: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for (tokens, sure) in found {
        // None of those kept overlaps another, so the first that ends behind the start tells.
        let next = by_end.range(tokens.start + 1..).next();
        if next.is_none_or(|(_, &start)| start >= tokens.end) {
            by_end.insert(tokens.end, tokens.start);
            out.push((tokens, sure));
        }
    }
    out.sort_by_key(|(t, _)| t.start);
    out
}
