//! The learner: passive-aggressive over the tagger's features, article by article.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::corrections::{MarkedName, count_corrections};
use super::gate::{Gate, Share};
use super::lesson::{Lesson, is_reviewed, was_worked_on};
use crate::chain::decode;
use crate::document::{Document, Label};
use crate::entities::sequence::Row;
use crate::entities::tags::{TAGS, Tag};
use crate::entities::weights::SCALE;
use crate::entities::{LEARNED_SCALE, LearnedWeights, Model, sum_by_tag};

/// Weights are learned in whole numbers of this part of a nat.
const FINE: i32 = 1 << 15;
/// A score's unit in these.
const FINE_TO_SCORE: i32 = FINE / SCALE;
/// A learned weight's unit in these.
const FINE_TO_LEARNED: i32 = FINE / LEARNED_SCALE;
/// The most that one step changes a weight: PA-I's C, 0.05 nats.
const MAX_STEP: i32 = FINE / 20;
/// By how much the right tag is to be ahead of every other: 2 nats, in scores.
const MARGIN: i32 = 2 * SCALE;
/// How often an article and those that are repeated with it are gone through.
const PASSES: usize = 5;
/// How many earlier articles are repeated with each new one.
const REPEATED: usize = 5;
/// Changes that are listed.
const MAX_CHANGES: usize = 200;

/// What came of one article, before anything was learned from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleReport {
    /// Corrections that it would have needed by the program alone.
    pub without: u32,
    /// With all that had been learned before it.
    pub full: u32,
    /// With as much of that as the gate let through then.
    pub gated: u32,
    /// How much that was.
    pub share: Share,
}

/// A name that is read differently for what was learned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Its words.
    pub words: String,
    /// What the program alone makes of it; `None`: no name, or other boundaries.
    pub before: Option<Label>,
    /// What it is now.
    pub now: Option<Label>,
    /// In how many places of the articles that were learned from.
    pub places: u32,
}

/// All that was learned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned {
    /// All of it, whatever the gate says.
    pub weights: LearnedWeights,
    /// How much of it counts.
    pub share: Share,
    /// The articles it was learned from, in their order.
    pub articles: Vec<ArticleReport>,
}

impl Learned {
    /// The weights that reading takes: as much as the gate lets through.
    pub fn in_force(&self) -> LearnedWeights {
        weights_in_force(&self.weights, self.share)
    }

    /// Corrections that the articles would have needed by the program alone, and how many of them were
    /// (or would have been) saved: the first article, of which nothing could be known, is left out.
    /// Saved is what the gate let through; where it is shut now, what all that was learned would have.
    pub fn saved(&self) -> (u32, i64) {
        let later = self.articles.get(1..).unwrap_or(&[]);
        let without: u32 = later.iter().map(|a| a.without).sum();
        let with = |a: &ArticleReport| if self.share == Share::Off { a.full } else { a.gated };
        let with: u32 = later.iter().map(with).sum();
        (without, i64::from(without) - i64::from(with))
    }
}

/// As much of `weights` as `share` says.
pub fn weights_in_force(weights: &LearnedWeights, share: Share) -> LearnedWeights {
    match share {
        Share::Off => LearnedWeights::default(),
        Share::Half => weights.halved(),
        Share::Full => weights.clone(),
    }
}

/// Sparse weights under learning, by feature.
#[derive(Debug, Clone, Default)]
struct FineWeights(FxHashMap<u32, Vec<(Tag, i32)>>);

impl FineWeights {
    /// The sums of a token's features for each tag.
    fn sums(&self, features: &[u32]) -> Row {
        sum_by_tag(features, |feature| self.0.get(&feature).map_or(&[], Vec::as_slice))
    }

    fn change(&mut self, features: &[u32], tag: Tag, step: i32) {
        for &feature in features {
            let row = self.0.entry(feature).or_default();
            match row.iter_mut().find(|entry| entry.0 == tag) {
                Some(entry) => entry.1 = entry.1.saturating_add(step),
                None => row.push((tag, step)),
            }
        }
    }

    fn rounded(&self) -> LearnedWeights {
        let round = |&(tag, weight): &(Tag, i32)| {
            (tag, (weight + FINE_TO_LEARNED / 2).div_euclid(FINE_TO_LEARNED))
        };
        LearnedWeights::new(self.0.iter().map(|(&f, row)| (f, row.iter().map(round).collect())))
    }
}

/// Learns from one article after another.
pub struct Learner<'m> {
    model: &'m Model,
    weights: FineWeights,
    lessons: Vec<Arc<Lesson>>,
    gate: Gate,
    articles: Vec<ArticleReport>,
}

impl<'m> Learner<'m> {
    /// A learner that knows what a colleague's corrections taught, or nothing.
    pub fn new(model: &'m Model, start: &LearnedWeights) -> Learner<'m> {
        let fine = |entries: &[(Tag, i32)]| {
            entries.iter().map(|&(tag, w)| (tag, w.saturating_mul(FINE_TO_LEARNED))).collect()
        };
        let rows = start.rows().into_iter().map(|(feature, entries)| (feature, fine(entries)));
        Learner {
            model,
            weights: FineWeights(rows.collect()),
            lessons: Vec::new(),
            gate: Gate::default(),
            articles: Vec::new(),
        }
    }

    /// All of `documents` that a person worked on, in their order.
    pub fn learn_all(model: &'m Model, start: &LearnedWeights, documents: &[Document]) -> Learned {
        let mut learner = Learner::new(model, start);
        for document in documents.iter().filter(|d| was_worked_on(d)) {
            learner.add_document(document, is_reviewed(document), &[]);
        }
        learner.learned()
    }

    /// Counts what the article would have needed, then learns from it.
    pub fn add(&mut self, lesson: Arc<Lesson>) -> ArticleReport {
        let report = self.judge(&lesson);
        // Before the second article nothing had been learned, so there was nothing to count.
        if !self.weights.0.is_empty() {
            self.gate.count(report.0.without, report.1, report.0.full);
        }
        self.articles.push(report.0);
        self.study(&lesson);
        self.lessons.push(lesson);
        report.0
    }

    /// The same for a document as it is kept; see [`Lesson::new`].
    pub fn add_document(&mut self, document: &Document, reviewed: bool, labels: &[Label]) {
        self.add(Arc::new(Lesson::new(document, self.model, reviewed, labels)));
    }

    /// What was learned up to now.
    pub fn learned(&self) -> Learned {
        Learned {
            weights: self.weights.rounded(),
            share: self.gate.share(),
            articles: self.articles.clone(),
        }
    }

    /// The report, and the corrections with half of what was learned.
    fn judge(&self, lesson: &Lesson) -> (ArticleReport, u32) {
        let count =
            |rows: Vec<Row>| count_corrections(&lesson.names, &lesson.find_names(self.model, rows));
        let without = count(lesson.rows.clone());
        if self.weights.0.is_empty() {
            let report =
                ArticleReport { without, full: without, gated: without, share: Share::Off };
            return (report, without);
        }
        let half = count(self.scores(lesson, 0..lesson.rows.len(), 2 * FINE_TO_SCORE));
        let full = count(self.scores(lesson, 0..lesson.rows.len(), FINE_TO_SCORE));
        let share = self.gate.share();
        let gated = match share {
            Share::Off => without,
            Share::Half => half,
            Share::Full => full,
        };
        (ArticleReport { without, full, gated, share }, half)
    }

    /// The scores of tokens with what was learned, of which `unit` is one unit of a score.
    fn scores(&self, lesson: &Lesson, tokens: std::ops::Range<usize>, unit: i32) -> Vec<Row> {
        let own = lesson.rows.get(tokens.clone()).unwrap_or(&[]);
        let with = |(i, row): (usize, &Row)| {
            let sums = self.weights.sums(lesson.features_of(i));
            std::array::from_fn(|tag| row[tag] + (sums[tag] + unit / 2).div_euclid(unit))
        };
        tokens.zip(own).map(with).collect()
    }

    /// Goes through the new article and some earlier ones, drawn from a fixed seed.
    fn study(&mut self, lesson: &Arc<Lesson>) {
        let mut draw = Draw(self.lessons.len() as u64);
        let mut others: Vec<usize> = (0..self.lessons.len()).collect();
        let mut chosen = Vec::with_capacity(REPEATED + 1);
        while chosen.len() < REPEATED && !others.is_empty() {
            let at = others.swap_remove(draw.below(others.len()));
            chosen.push(Arc::clone(&self.lessons[at]));
        }
        chosen.push(Arc::clone(lesson));
        for _ in 0..PASSES {
            for lesson in &chosen {
                for seq in &lesson.prepared.sequences {
                    self.study_sequence(lesson, seq.clone());
                }
            }
        }
    }

    /// One step for every token whose right tag is not far enough ahead.
    fn study_sequence(&mut self, lesson: &Lesson, seq: std::ops::Range<usize>) {
        let rows = self.scores(lesson, seq.clone(), FINE_TO_SCORE);
        let (_, losses) = decode(&self.model.transitions, &rows);
        for (i, loss) in seq.zip(&losses) {
            let features = lesson.features_of(i);
            let (Some(&gold), Some(&evidence)) = (lesson.tags.get(i), lesson.evidence.get(i))
            else {
                continue;
            };
            if evidence == 0 || features.is_empty() {
                continue;
            }
            let others = loss.iter().enumerate().filter(|&(tag, _)| tag != usize::from(gold));
            let Some((rival, &best)) = others.min_by_key(|&(tag, &loss)| (loss, tag)) else {
                continue;
            };
            // How far the right tag is from being ahead by the margin, in scores.
            let lacking =
                loss[usize::from(gold) % TAGS].saturating_sub(best).saturating_add(MARGIN);
            if lacking <= 0 {
                continue;
            }
            let needed =
                i64::from(lacking) * i64::from(FINE_TO_SCORE) / (2 * features.len() as i64);
            let step = needed.min(i64::from(MAX_STEP * i32::from(evidence) / 10)) as i32;
            self.weights.change(features, gold, step);
            self.weights.change(features, rival as Tag, -step);
        }
    }

    /// The names of the articles that are read differently with `weights`, the most frequent first.
    pub fn changes(&self, weights: &LearnedWeights) -> Vec<Change> {
        let mut places: BTreeMap<(String, Option<Label>, Option<Label>), u32> = BTreeMap::new();
        for lesson in &self.lessons {
            let mut rows = lesson.rows.clone();
            for (i, row) in rows.iter_mut().enumerate() {
                weights.add(lesson.features_of(i), row);
            }
            let before = lesson.find_names(self.model, lesson.rows.clone());
            let now = lesson.find_names(self.model, rows);
            let label = |names: &[MarkedName], at: &std::ops::Range<usize>| {
                let found = names.binary_search_by_key(&at.start, |n| n.at.start).ok();
                found.map(|i| &names[i]).filter(|n| n.at == *at).map(|n| n.label)
            };
            let mut spots: Vec<_> = before.iter().chain(&now).map(|n| n.at.clone()).collect();
            spots.sort_by_key(|at| (at.start, at.end));
            spots.dedup();
            for at in spots {
                let (was, is) = (label(&before, &at), label(&now, &at));
                if was != is {
                    *places.entry((lesson.words(&at), was, is)).or_default() += 1;
                }
            }
        }
        let change = |((words, before, now), places)| Change { words, before, now, places };
        let mut all: Vec<Change> = places.into_iter().map(change).collect();
        all.sort_by(|a, b| b.places.cmp(&a.places).then_with(|| a.cmp(b)));
        all.truncate(MAX_CHANGES);
        all
    }
}

/// The numbers below `n` in an order drawn from `seed`.
pub(super) fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut draw = Draw(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d);
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, draw.below(i + 1));
    }
    order
}

/// Numbers that look drawn and are the same everywhere (Knuth's MMIX generator).
#[derive(Debug)]
pub(super) struct Draw(pub(super) u64);

impl Draw {
    /// A number below `n`; 0 for 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize).checked_rem(n).unwrap_or(0)
    }
}
