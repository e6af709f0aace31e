//! A tagger of tokens for one label: passive-aggressive over the tagger's features, with a chain of
//! three tags. It finds lowercase names too.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::article::OwnArticle;
use super::sigmoid::sigmoid;
use crate::chain::{FixedTransitions, decode};
use crate::document::Label;

const OUTSIDE: usize = 0;
const BEGINS: usize = 1;
const INSIDE: usize = 2;
const TAGS: usize = 3;

/// One nat in a score.
const ONE: i64 = 1 << 10;
/// Weights are this much finer than scores.
const FINE: i64 = 1 << 6;
/// How often the articles are gone through.
const PASSES: usize = 6;
/// By how much the right tag is to be ahead.
const MARGIN: i64 = 2 * ONE;
/// The most that one step changes a weight: 0.05 nats.
const MAX_STEP: i64 = ONE * FINE / 20;

/// What one label's examples taught.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TokenLearner {
    weights: FxHashMap<u32, [i32; TAGS]>,
}

/// The tag of each token and how far it is to be believed, in tenths.
fn gold(article: &OwnArticle, label: Label) -> (Vec<u8>, Vec<u8>) {
    let n = article.lesson.spans.len();
    let (mut tags, mut trust) =
        (vec![OUTSIDE as u8; n], vec![if article.reviewed { 10 } else { 3 }; n]);
    let own = || article.decisions.iter().filter(|d| d.label == label);
    if article.open && !article.reviewed {
        let last = article.looked_up_to(label);
        trust[last.min(n)..].fill(0);
    }
    for d in article.decisions.iter().filter(|d| d.label != label && d.right) {
        trust[d.tokens.clone()].fill(10);
    }
    for d in own().filter(|d| !d.right) {
        trust[d.tokens.clone()].fill(10);
    }
    for d in own().filter(|d| d.right) {
        trust[d.tokens.clone()].fill(10);
        tags[d.tokens.clone()].fill(INSIDE as u8);
        tags[d.tokens.start] = BEGINS as u8;
    }
    (tags, trust)
}

fn transitions() -> FixedTransitions<TAGS> {
    FixedTransitions::new(&[[0; TAGS]; TAGS], |before, after| {
        after != Some(INSIDE) || matches!(before, Some(BEGINS | INSIDE))
    })
}

impl TokenLearner {
    pub(super) fn learn(articles: &[&OwnArticle], label: Label) -> TokenLearner {
        let mut learner = TokenLearner::default();
        let chain = transitions();
        let golds: Vec<_> = articles.iter().map(|a| gold(a, label)).collect();
        for _ in 0..PASSES {
            for (article, (tags, trust)) in articles.iter().zip(&golds) {
                for seq in &article.lesson.prepared.sequences {
                    if trust[seq.clone()].iter().any(|&t| t > 0) {
                        learner.study(article, seq.clone(), tags, trust, &chain);
                    }
                }
            }
        }
        learner
    }

    fn study(
        &mut self,
        article: &OwnArticle,
        seq: Range<usize>,
        tags: &[u8],
        trust: &[u8],
        chain: &FixedTransitions<TAGS>,
    ) {
        let (_, losses) = decode(chain, &self.rows(article, seq.clone()));
        for (i, loss) in seq.zip(&losses) {
            let features = article.lesson.features_of(i);
            let gold = usize::from(tags[i]);
            if trust[i] == 0 || features.is_empty() {
                continue;
            }
            let others = (0..TAGS).filter(|&t| t != gold).min_by_key(|&t| (loss[t], t));
            let Some(rival) = others else { continue };
            let lacking = i64::from(loss[gold]) - i64::from(loss[rival]) + MARGIN;
            if lacking <= 0 {
                continue;
            }
            let needed = lacking * FINE / (2 * features.len() as i64);
            let step = needed.min(MAX_STEP * i64::from(trust[i]) / 10) as i32;
            for &feature in features {
                let row = self.weights.entry(feature).or_default();
                row[gold] = row[gold].saturating_add(step);
                row[rival] = row[rival].saturating_sub(step);
            }
        }
    }

    fn rows(&self, article: &OwnArticle, seq: Range<usize>) -> Vec<[i32; TAGS]> {
        let row = |i: usize| {
            let mut sums = [0i64; TAGS];
            for feature in article.lesson.features_of(i) {
                if let Some(row) = self.weights.get(feature) {
                    sums.iter_mut().zip(row).for_each(|(sum, &w)| *sum += i64::from(w));
                }
            }
            sums.map(|sum| (sum / FINE).clamp(-(1 << 24), 1 << 24) as i32)
        };
        seq.map(row).collect()
    }

    /// Names with their certainty in 1/1024, from `least` on.
    pub(super) fn find(&self, article: &OwnArticle, least: i32) -> Vec<(Range<usize>, i32)> {
        let chain = transitions();
        let mut out = Vec::new();
        for seq in &article.lesson.prepared.sequences {
            let (path, losses) = decode(&chain, &self.rows(article, seq.clone()));
            let mut i = 0;
            while i < path.len() {
                let start = i;
                i += 1;
                if usize::from(path[start]) != BEGINS {
                    continue;
                }
                while path.get(i).is_some_and(|&t| usize::from(t) == INSIDE) {
                    i += 1;
                }
                let margin = |at: usize| {
                    let row = &losses[at];
                    let others = (0..TAGS).filter(|&t| t != usize::from(path[at]));
                    others.map(|t| row[t]).min().unwrap_or(0)
                };
                let margin = (start..i).map(margin).min().unwrap_or(0);
                let sure = sigmoid(i64::from(margin), ONE);
                if sure >= least {
                    out.push((seq.start + start..seq.start + i, sure));
                }
            }
        }
        out
    }
}
