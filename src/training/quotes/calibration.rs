//! How often what the engine finds is right, by the tagger's margin and by the ranker's lead, on
//! articles that neither has learnt from: two tables that only rise.

use std::ops::Range;

use super::ranker::{self, Case};
use super::ready::{Ready, gold_drafts};
use galley_engine::quotes::training::{SpeakerRanker, TextTags, build_drafts};

/// Entries of a table; each stands for twelve units more.
const STEPS: usize = 20;

/// Right and all, by step.
type Bins = [(u32, u32); STEPS];

fn add_to_bin(bins: &mut Bins, points: i32, right: bool) {
    let bin = &mut bins[(points / 12).clamp(0, STEPS as i32 - 1) as usize];
    bin.0 += u32::from(right);
    bin.1 += 1;
}

/// Tokens that two lists of ranges share, and that either has.
fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> (usize, usize) {
    let held = |r: &[Range<usize>], i: usize| r.iter().any(|r| r.contains(&i));
    let shared = a.iter().cloned().flatten().filter(|&i| held(b, i)).count();
    let total = |r: &[Range<usize>]| r.iter().map(ExactSizeIterator::len).sum::<usize>();
    (shared, total(a) + total(b) - shared)
}

/// The tables for quotes and for speakers. `cases`: those of each article, for the ranker.
pub(super) fn build_tables(
    ready: &[Ready<'_>],
    passes: &[TextTags],
    cases: &[Vec<Case>],
    say: &mut dyn FnMut(String),
) -> [Vec<u16>; 2] {
    let (mut quotes, mut speakers) = (Bins::default(), Bins::default());
    for half in 0..2 {
        let inside: Vec<&Case> = cases.iter().skip(1 - half).step_by(2).flatten().collect();
        let table = ranker::learn_ranker(&inside, ranker::EPOCHS);
        for (r, pass) in ready.iter().zip(passes).skip(half).step_by(2) {
            let read = build_drafts(&r.reading, &r.regions, &r.words, pass.clone());
            let ranker =
                SpeakerRanker::new(&r.reading, &r.words, &read.tags, &read.margins, &r.mentions);
            let gold = gold_drafts(r);
            for (d, spoken) in read.drafts.iter().zip(ranker.rank_speakers(&read.drafts, &table)) {
                let same = gold.iter().find(|(g, _)| {
                    let (shared, all) = overlap(&d.parts, &g.parts);
                    2 * shared >= all
                });
                add_to_bin(&mut quotes, d.margin, same.is_some());
                if let (Some((_, Some(want))), Some((c, lead))) = (same, spoken) {
                    let right = c.tokens.start < want.end && want.start < c.tokens.end;
                    add_to_bin(&mut speakers, lead, right);
                }
            }
        }
    }
    for (name, bins) in [("quotes", &quotes), ("speakers", &speakers)] {
        say(format!("{name}, right of all by twelve units: {bins:?}"));
    }
    [pool_rising(&quotes), pool_rising(&speakers)]
}

/// Shares per mille that never fall: neighbours that would are pooled (isotonic regression by
/// pool-adjacent-violators), each with one half of a doubt.
fn pool_rising(bins: &Bins) -> Vec<u16> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for &(right, all) in bins {
        pools.push((f64::from(right) + 0.5, f64::from(all) + 1.0, 1));
        while let [.., a, b] = pools.as_slice() {
            if a.0 / a.1 <= b.0 / b.1 {
                break;
            }
            let joined = (a.0 + b.0, a.1 + b.1, a.2 + b.2);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    let entry = |&(right, all, n): &(f64, f64, usize)| {
        std::iter::repeat_n((1000.0 * right / all).round().clamp(10.0, 990.0) as u16, n)
    };
    pools.iter().flat_map(entry).collect()
}
