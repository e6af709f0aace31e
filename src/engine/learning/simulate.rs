//! A person who corrects article after article, simulated.

use std::sync::Arc;

use super::gate::Share;
use super::learner::{Learner, shuffled};
use super::lesson::Lesson;
use crate::entities::{LearnedWeights, Model};

/// Orders of the articles that are tried.
pub const SEEDS: u64 = 5;
/// The first article that is counted: nothing can be known of the first, nothing is sure after one.
const FIRST_COUNTED: usize = 2;

/// The corrections that one order of the articles needs, from the third article on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SimulatedRun {
    /// By the program alone.
    pub without: u32,
    /// With all that was learned before each article.
    pub full: u32,
    /// With as much of it as the gate let through.
    pub gated: u32,
    /// Articles in which the gate was open.
    pub open: u32,
}

/// Goes through `lessons` in an order drawn from `seed`, at most `most` of them.
pub fn simulate(model: &Model, lessons: &[Arc<Lesson>], seed: u64, most: usize) -> SimulatedRun {
    let order = shuffled(lessons.len(), seed);
    let mut learner = Learner::new(model, &LearnedWeights::default());
    let mut run = SimulatedRun::default();
    for (n, &i) in order.iter().take(most).enumerate() {
        let report = learner.add(Arc::clone(&lessons[i]));
        if n >= FIRST_COUNTED {
            run.without += report.without;
            run.full += report.full;
            run.gated += report.gated;
            run.open += u32::from(report.share != Share::Off);
        }
    }
    run
}
