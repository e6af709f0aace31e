//! Learns the ranker of speakers: a conditional log-linear model over each quote's candidates.

use std::collections::BTreeMap;

use crate::random::XorShift;
use galley_engine::quotes::training::{Draft, SpeakerRanker, Table};

/// Epochs of learning.
pub(crate) const EPOCHS: usize = 8;

/// One quote: the features of its candidates, and which of them are right.
#[derive(Default)]
pub(crate) struct Case {
    pub candidates: Vec<Vec<u32>>,
    pub right: Vec<bool>,
}

/// The cases of one article. `gold`: token range of each draft's speaker, if it has one.
pub(crate) fn collect_cases(
    ranker: &SpeakerRanker<'_>,
    drafts: &[(Draft, Option<std::ops::Range<usize>>)],
    out: &mut Vec<Case>,
) {
    let mut here: Option<(usize, Vec<galley_engine::quotes::training::SpeakerCandidate>)> = None;
    let mut before: Option<(usize, std::ops::Range<usize>)> = None;
    for (draft, gold) in drafts {
        let Some(cue) = &draft.cue else { continue };
        let Some((p, tokens)) = ranker.paragraph_of(cue.start) else {
            continue;
        };
        if here.as_ref().is_none_or(|h| h.0 != p) {
            here = Some((p, ranker.find_candidates(&tokens)));
        }
        let all = here.as_ref().map_or(&[][..], |h| h.1.as_slice());
        let inherited =
            before.as_ref().filter(|b| b.0 >= tokens.start && b.0 < cue.start).map(|b| &b.1);
        let mut case = Case { candidates: Vec::new(), right: Vec::new() };
        for c in ranker.shortlist(draft, all, &tokens) {
            let mut features = Vec::new();
            ranker.push_features(draft, &c, &tokens, inherited, &mut features);
            case.right.push(match gold {
                Some(g) => g.start < c.tokens.end && c.tokens.start < g.end,
                None => c.tokens.is_empty(),
            });
            case.candidates.push(features);
        }
        if case.right.contains(&true) {
            out.push(case);
        }
        if let Some(g) = gold {
            before = Some((cue.start, g.clone()));
        }
    }
}

/// Whole-number weights, 32 a log unit, stored + 32768.
pub(crate) fn learn_ranker(cases: &[&Case], epochs: usize) -> Table {
    let mut w: BTreeMap<u32, usize> = BTreeMap::new();
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for f in cases.iter().flat_map(|c| c.candidates.iter().flatten()) {
        *counts.entry(*f).or_default() += 1;
    }
    for (n, (f, _)) in counts.iter().filter(|x| *x.1 >= 3).enumerate() {
        w.insert(*f, n);
    }
    let dense: Vec<Vec<Vec<usize>>> = cases
        .iter()
        .map(|c| {
            c.candidates
                .iter()
                .map(|f| f.iter().filter_map(|f| w.get(f).copied()).collect())
                .collect()
        })
        .collect();
    let mut weight = vec![0f32; w.len()];
    let mut squares = vec![1f32; w.len()];
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = XorShift::new(0x9e37_79b9_97f4_a7c1);
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let rate = 0.1 / (1.0 + 0.2 * epoch as f32);
        for &n in &order {
            let scores: Vec<f32> =
                dense[n].iter().map(|f| f.iter().map(|&i| weight[i]).sum()).collect();
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let e: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
            let total: f32 = e.iter().sum();
            let right: f32 = e.iter().zip(&cases[n].right).filter(|x| *x.1).map(|x| x.0).sum();
            for (k, f) in dense[n].iter().enumerate() {
                let p = e[k] / total;
                let q = if cases[n].right[k] { e[k] / right.max(1e-20) } else { 0.0 };
                let g = p - q;
                if g.abs() < 1e-4 {
                    continue;
                }
                for &i in f {
                    let d = g + 0.001 * weight[i];
                    squares[i] += d * d;
                    let r = rate / squares[i].sqrt();
                    let v = weight[i] - r * d;
                    weight[i] = v.signum() * (v.abs() - r * 0.005).max(0.0);
                }
            }
        }
    }
    let map = w
        .iter()
        .filter_map(|(f, &i)| {
            let q = (weight[i] * 32.0).round() as i32;
            (q != 0).then_some((*f, (q.clamp(-2000, 2000) + 32_768) as u16))
        })
        .collect();
    Table::new(&map)
}
