//! A person who marks a label of their own in article after article, simulated.

use super::super::learner::shuffled;
use super::article::OwnArticle;
use super::served::{Fitted, OwnLabels, Studied};
use crate::document::Label;

/// What was suggested of one label from some article on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnRun {
    /// Suggested.
    pub found: u32,
    /// Of these right, span and all.
    pub right: u32,
    /// Marks that there are.
    pub wanted: u32,
}

/// Goes through the articles in an order drawn from `seed`, at most `most` of them, and counts what would
/// have been suggested in each by what was learned from those before; a sum for each of `from`, up to the
/// next one. `articles` are as a person leaves them, `blank` the same without any mark.
pub fn simulate_own_label(
    articles: &[OwnArticle],
    blank: &[OwnArticle],
    label: Label,
    seed: u64,
    from: &[usize],
    most: usize,
) -> Vec<OwnRun> {
    let mut runs = vec![OwnRun::default(); from.len()];
    let mut known: Vec<&OwnArticle> = Vec::new();
    let mut trials = Vec::new();
    for (n, &i) in shuffled(articles.len(), seed).iter().take(most).enumerate() {
        let (Some(gold), Some(bare)) = (articles.get(i), blank.get(i)) else { continue };
        let wanted = gold.decisions.iter().filter(|d| d.label == label && d.right);
        let wanted: Vec<_> = wanted.map(|d| gold.span(&d.tokens)).collect();
        let slot = from.iter().rposition(|&from| n >= from).and_then(|at| runs.get_mut(at));
        let fitted = Fitted::new(&known, label);
        let trial = fitted.as_ref().filter(|_| gold.knows(label));
        let trial = trial.map(|f| f.try_on(gold, label, known.len()));
        if let Some(run) = slot {
            run.wanted += wanted.len() as u32;
            if let Some(fitted) = fitted {
                let choice = Studied::of_trials(&trials, &known, label);
                let found = OwnLabels::of_one(fitted, choice, &known).suggest(bare);
                let right = found.iter().filter(|s| wanted.contains(&Some(s.span)));
                run.right += right.count() as u32;
                run.found += found.len() as u32;
            }
        }
        trials.extend(trial);
        if gold.knows(label) {
            known.push(gold);
        }
    }
    runs
}
