//! Which learner serves a label, and what it suggests.

use std::ops::Range;

use super::LEAST_EXAMPLES;
use super::article::{OwnArticle, name_features};
use super::names::Names;
use super::span_learner::{SpanLearner, overlap};
use super::token_learner::TokenLearner;
use crate::document::{Confidence, Label, SUGGESTED, Suggestion};

/// What suggests more of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Server {
    /// The names that were marked, and nothing else.
    Names,
    /// Them, and names that look like them.
    Spans,
    /// Them, and words that stand like them.
    Tokens,
}

/// How the last suggestions of a label fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Silence {
    /// Of the last ones, at most ten.
    pub answered: u32,
    /// That were taken.
    pub taken: u32,
}

impl Silence {
    /// Of answers in their order, those that count.
    fn of(answers: &[bool]) -> Silence {
        let count = answers.len().min(LAST as usize);
        let tail = &answers[answers.len() - count..];
        let taken = tail.iter().filter(|taken| **taken).count();
        Silence { answered: count as u32, taken: taken as u32 }
    }

    /// Too few of the last ten were taken: nothing is suggested.
    pub fn is_quiet(self) -> bool {
        self.answered - self.taken > LAST - LEAST_TAKEN
    }
}

/// Suggestions that count.
const LAST: u32 = 10;
/// Of them so many must be taken.
const LEAST_TAKEN: u32 = 7;
/// Of a hundred suggestions so many are to be right in the articles by which learners are compared: as many as
/// [`LEAST_TAKEN`] of [`LAST`].
const AIM: u32 = 70;
/// The reader's last articles by which learners are compared.
const TRIALS: usize = 6;
/// Examples from which on a tagger of tokens can learn.
const LEAST_FOR_TOKENS: usize = 30;
/// Certainties from which on a learner may suggest, in 1/1024.
const LEVELS: [i32; 5] = [512, 614, 717, 819, 922];
/// The tagger of tokens is less sure than it says.
const TOKEN_LEVELS: [i32; 4] = [717, 819, 922, 980];
/// Names that are named as a reason.
const REASONS: usize = 2;
/// Names among which a reason is looked for.
const MAX_REASONS: usize = 200;

/// What is known of a label, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelReport {
    /// The label.
    pub label: Label,
    /// Marks of it.
    pub examples: usize,
    /// Articles that they stand in.
    pub articles: usize,
    /// What serves it; `None`: there are too few examples.
    pub server: Option<Server>,
    /// How its last suggestions fared.
    pub last: Silence,
}

/// The choice for a label, from the articles that were finished before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Studied {
    label: Label,
    server: Server,
    least: i32,
    last: Silence,
}

/// A label that is ready to be suggested.
#[derive(Debug)]
struct Learnt {
    label: Label,
    fitted: Fitted,
    server: Server,
    least: i32,
    examples: Vec<(String, Vec<u32>)>,
    report: LabelReport,
}

/// What was learned about labels of the reader's own.
#[derive(Debug, Default)]
pub struct OwnLabels {
    labels: Vec<Learnt>,
    few: Vec<LabelReport>,
}

/// A finding: where, how sure in 1/1024, and whether its very words were marked before.
struct Found {
    tokens: Range<usize>,
    sure: i32,
    marked: bool,
}

/// The labels of the reader's own in these articles, by name.
pub fn own_labels(articles: &[&OwnArticle]) -> Vec<Label> {
    let mut labels: Vec<Label> = articles.iter().flat_map(|a| a.labels()).collect();
    labels.sort();
    labels.dedup();
    labels
}

fn examples_of(articles: &[&OwnArticle], label: Label) -> usize {
    let marks =
        |a: &&OwnArticle| a.decisions.iter().filter(|d| d.label == label && d.right).count();
    articles.iter().map(marks).sum()
}

/// The articles that say something of a label: those in which it was decided about.
fn that_know<'a>(articles: &[&'a OwnArticle], label: Label) -> Vec<&'a OwnArticle> {
    articles.iter().copied().filter(|a| a.knows(label)).collect()
}

/// All learners of a label, from the same articles.
#[derive(Debug)]
pub(super) struct Fitted {
    names: Names,
    spans: Option<SpanLearner>,
    tokens: Option<TokenLearner>,
}

/// What each learner, from each certainty on, would have suggested in an article.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    /// The article's index among those that know the label.
    at: usize,
    rows: Vec<(Server, i32, Tally)>,
}

impl Fitted {
    /// `None` while there are too few examples.
    pub(super) fn new(before: &[&OwnArticle], label: Label) -> Option<Fitted> {
        let examples = examples_of(before, label);
        (examples >= LEAST_EXAMPLES).then(|| Fitted {
            names: Names::learn(before, label),
            spans: has_shape(before, label).then(|| SpanLearner::learn(before, label)),
            tokens: (examples >= LEAST_FOR_TOKENS).then(|| TokenLearner::learn(before, label)),
        })
    }

    /// Tries all of them on an article, the one at `at`.
    pub(super) fn try_on(&self, article: &OwnArticle, label: Label, at: usize) -> Trial {
        let mut rows = Vec::new();
        let mut count = |server, least, found: Vec<(Range<usize>, i32)>| {
            let found = with_list(&self.names, article, found);
            rows.push((server, least, Tally::of(&found, article, label)));
        };
        count(Server::Names, 0, Vec::new());
        let from = |found: &[(Range<usize>, i32)], least| {
            found.iter().filter(|f| f.1 >= least).cloned().collect()
        };
        if let Some(learner) = &self.spans {
            let found = learner.find(article, LEVELS[0]);
            LEVELS.iter().for_each(|&least| count(Server::Spans, least, from(&found, least)));
        }
        if let Some(learner) = &self.tokens {
            let found = learner.find(article, TOKEN_LEVELS[0]);
            TOKEN_LEVELS
                .iter()
                .for_each(|&least| count(Server::Tokens, least, from(&found, least)));
        }
        Trial { at, rows }
    }
}

impl Studied {
    /// Compares the learners on the last of `articles`, each by what was learned from those before it.
    pub fn new(articles: &[&OwnArticle], label: Label) -> Studied {
        let all = that_know(articles, label);
        let trials = (all.len().saturating_sub(TRIALS)..all.len())
            .filter_map(|at| Some(Fitted::new(&all[..at], label)?.try_on(all[at], label, at)));
        Studied::of_trials(&trials.collect::<Vec<_>>(), &all, label)
    }

    /// Compares them by the last of these trials; `all` are the articles that know the label.
    pub(super) fn of_trials(trials: &[Trial], all: &[&OwnArticle], label: Label) -> Studied {
        let trials = &trials[trials.len().saturating_sub(TRIALS)..];
        let mut sums: Vec<(Server, i32, Tally)> = Vec::new();
        for &(server, least, tally) in trials.iter().flat_map(|t| &t.rows) {
            match sums.iter_mut().find(|s| (s.0, s.1) == (server, least)) {
                Some(sum) => sum.2 = sum.2.plus(tally),
                None => sums.push((server, least, tally)),
            }
        }
        // Of equal ones the first: the simplest.
        let mut best: Option<(Server, i32, Tally)> = None;
        for &sum in &sums {
            if best.is_none_or(|other| sum.2.rank() > other.2.rank()) {
                best = Some(sum);
            }
        }
        let told = best.filter(|b| b.2.found() >= LEAST_TOLD);
        let (server, least) = told.map_or_else(|| first_choice(all, label), |b| (b.0, b.1));
        let chosen = |trial: &Trial| {
            let row = trial.rows.iter().find(|r| (r.0, r.1) == (server, least));
            row.map(|r| (trial.at, r.2))
        };
        let chosen: Vec<(usize, Tally)> = trials.iter().filter_map(chosen).collect();
        Studied { label, server, least, last: last_answers(all, label, &chosen) }
    }
}

/// Findings from which on learners can be told apart.
const LEAST_TOLD: u32 = 5;

/// Right, wrong and missed findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn of(found: &[Found], article: &OwnArticle, label: Label) -> Tally {
        let own = || article.decisions.iter().filter(|d| d.label == label);
        let gold = own().filter(|d| d.right).count() as u32;
        let mut tally = Tally::default();
        for f in found {
            if own().any(|d| d.right && d.tokens == f.tokens) {
                tally.right += 1;
            } else if article.reviewed
                || article.decisions.iter().any(|d| overlap(&d.tokens, &f.tokens))
            {
                tally.wrong += 1;
            }
        }
        tally.missed = gold.saturating_sub(tally.right);
        tally
    }

    fn plus(self, other: Tally) -> Tally {
        Tally {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }

    fn found(self) -> u32 {
        self.right + self.wrong
    }

    /// Higher is better: of those that are right in seven of ten the one that finds most, else the one
    /// of the best F½, which counts precision twice as much as recall.
    fn rank(self) -> (bool, u64, u64) {
        let sure = self.right * 100 >= AIM * self.found() && self.found() > 0;
        let below = u64::from(5 * self.right + 4 * self.wrong + self.missed).max(1);
        let half = u64::from(5 * self.right) * 100_000 / below;
        let one = u64::from(2 * self.right) * 100_000
            / u64::from(2 * self.right + self.wrong + self.missed).max(1);
        (sure, if sure { one } else { half }, half)
    }
}

/// How the last suggestions fared: what was taken and refused, then what would have been suggested in
/// the articles after the last answer.
fn last_answers(articles: &[&OwnArticle], label: Label, trials: &[(usize, Tally)]) -> Silence {
    let mut last: Vec<bool> = Vec::new();
    for (at, article) in articles.iter().enumerate() {
        let answers: Vec<bool> = article.answers(label).collect();
        let trial = trials.iter().find(|t| t.0 == at);
        match (answers.is_empty(), trial) {
            (false, _) => last.extend(answers),
            (true, Some((_, tally))) => {
                // Mixed evenly: which of them came last is not known.
                let (right, all) = (tally.right, tally.found());
                last.extend((0..all).map(|i| (i + 1) * right / all != i * right / all));
            }
            (true, None) => {}
        }
    }
    Silence::of(&last)
}

/// Do half of a label's marks stand where a name could? Others have no shape to learn.
fn has_shape(articles: &[&OwnArticle], label: Label) -> bool {
    let (mut all, mut shaped) = (0, 0);
    for article in articles {
        for d in article.decisions.iter().filter(|d| d.label == label && d.right) {
            all += 1;
            shaped += usize::from(article.candidates.iter().any(|c| c.tokens == d.tokens));
        }
    }
    2 * shaped >= all
}

/// What serves a label while nothing tells the learners apart, and from which certainty on.
fn first_choice(articles: &[&OwnArticle], label: Label) -> (Server, i32) {
    match has_shape(articles, label) {
        true => (Server::Spans, LEVELS[0]),
        false => (Server::Names, 0),
    }
}

/// What a learner found, and the names that were marked before.
fn with_list(names: &Names, article: &OwnArticle, found: Vec<(Range<usize>, i32)>) -> Vec<Found> {
    let listed = names.find(article);
    let mut out: Vec<Found> = listed
        .iter()
        .map(|(tokens, known)| {
            let (right, all) = (known.right as i32, (known.right + known.wrong) as i32);
            Found { tokens: tokens.clone(), sure: 1024 * (right + 1) / (all + 2), marked: true }
        })
        .collect();
    for (tokens, sure) in found {
        let over = out.iter_mut().find(|f| overlap(&f.tokens, &tokens));
        match over {
            // The longer of two is the name: "Alder Union of Teachers", not "Alder Union".
            Some(f) if f.tokens.len() < tokens.len() => {
                *f = Found { tokens, sure, marked: false };
            }
            Some(f) if f.tokens == tokens => f.sure = f.sure.max(sure),
            Some(_) => {}
            None => out.push(Found { tokens, sure, marked: false }),
        }
    }
    out.sort_by_key(|f| (f.tokens.start, usize::MAX - f.tokens.end));
    out.dedup_by(|b, a| b.tokens.start < a.tokens.end);
    out
}

impl OwnLabels {
    /// Learns all labels of the reader's own from articles in their order, the choices included.
    pub fn learn(articles: &[&OwnArticle]) -> OwnLabels {
        let studied: Vec<Studied> =
            own_labels(articles).into_iter().map(|l| Studied::new(articles, l)).collect();
        OwnLabels::learn_with(&studied, articles)
    }

    /// The same where the choices were made before; a label without one is served as at its start.
    pub fn learn_with(studied: &[Studied], articles: &[&OwnArticle]) -> OwnLabels {
        let mut out = OwnLabels::default();
        for label in own_labels(articles) {
            let all = that_know(articles, label);
            let examples = examples_of(&all, label);
            let known = studied.iter().find(|s| s.label == label).copied();
            let choice = known.unwrap_or_else(|| {
                let (server, least) = first_choice(&all, label);
                Studied { label, server, least, last: Silence::default() }
            });
            let enough = examples >= LEAST_EXAMPLES;
            let open = all.last().is_some_and(|a| a.open);
            let last = match open {
                true => add_answers(choice.last, all.last(), label),
                false => choice.last,
            };
            let report = LabelReport {
                label,
                examples,
                articles: all.len(),
                server: enough.then_some(choice.server),
                last,
            };
            if !enough {
                out.few.push(report);
                continue;
            }
            let server = choice.server;
            let fitted = Fitted {
                names: Names::learn(&all, label),
                spans: (server == Server::Spans).then(|| SpanLearner::learn(&all, label)),
                tokens: (server == Server::Tokens).then(|| TokenLearner::learn(&all, label)),
            };
            out.labels.push(Learnt::new(fitted, choice, &all, report));
        }
        out
    }

    /// One label that was fitted and chosen for, for the simulation.
    pub(super) fn of_one(fitted: Fitted, choice: Studied, all: &[&OwnArticle]) -> OwnLabels {
        let label = choice.label;
        let report = LabelReport {
            label,
            examples: examples_of(all, label),
            articles: all.len(),
            server: Some(choice.server),
            last: choice.last,
        };
        OwnLabels { labels: vec![Learnt::new(fitted, choice, all, report)], few: Vec::new() }
    }

    /// What is known of each label, by name.
    pub fn reports(&self) -> Vec<LabelReport> {
        let all = self.labels.iter().map(|l| &l.report).chain(&self.few);
        let mut all: Vec<LabelReport> = all.cloned().collect();
        all.sort_by_key(|r| r.label);
        all
    }

    /// More of the reader's labels in an article, in text order, none over another nor over what a
    /// person decided there.
    pub fn suggest(&self, article: &OwnArticle) -> Vec<Suggestion> {
        let mut all: Vec<(Found, &Learnt)> = Vec::new();
        for learnt in self.labels.iter().filter(|l| !l.report.last.is_quiet()) {
            all.extend(learnt.find(article).into_iter().map(|f| (f, learnt)));
        }
        all.sort_by_key(|(f, l)| (-f.sure, usize::MAX - f.tokens.len(), f.tokens.start, l.label));
        let mut free: Vec<bool> = article.taken.iter().map(|taken| !taken).collect();
        let mut out = Vec::new();
        for (found, learnt) in all {
            let refused = article
                .decisions
                .iter()
                .any(|d| !d.right && d.label == learnt.label && overlap(&d.tokens, &found.tokens));
            let Some(slots) = free.get_mut(found.tokens.clone()) else { continue };
            let Some(span) = article.span(&found.tokens).filter(|_| !refused) else { continue };
            if slots.iter().all(|free| *free) {
                slots.fill(false);
                out.push(Suggestion {
                    span,
                    label: learnt.label,
                    confidence: Confidence::from_permille((found.sure * 1000 / 1024) as u16),
                    reason: learnt.reason(&found, article),
                });
            }
        }
        out.sort_by_key(|s| s.span.start());
        out
    }
}

/// What was answered in the open article counts too.
fn add_answers(before: Silence, open: Option<&&OwnArticle>, label: Label) -> Silence {
    let mut all: Vec<bool> = (0..before.answered).map(|i| i < before.taken).collect();
    all.extend(open.into_iter().flat_map(|article| article.answers(label)));
    Silence::of(&all)
}

/// The names that were marked, with the properties of their words: those marked most often first.
fn examples_for_reasons(articles: &[&OwnArticle], label: Label) -> Vec<(String, Vec<u32>)> {
    let mut seen: Vec<(u64, u32, String, Vec<u32>)> = Vec::new();
    for article in articles {
        for d in article.decisions.iter().filter(|d| d.label == label && d.right) {
            let key = article.key(&d.tokens);
            if let Some(known) = seen.iter_mut().find(|s| s.0 == key) {
                known.1 += 1;
            } else if seen.len() < MAX_REASONS {
                seen.push((key, 1, article.text(&d.tokens), word_features(article, &d.tokens)));
            }
        }
    }
    seen.sort_by_key(|s| std::cmp::Reverse(s.1));
    seen.into_iter().map(|s| (s.2, s.3)).collect()
}

fn word_features(article: &OwnArticle, tokens: &Range<usize>) -> Vec<u32> {
    let words: Vec<_> = tokens.clone().filter_map(|i| article.word(i)).collect();
    let mut out = Vec::new();
    name_features(&words, &mut |t, v| out.push(super::article::hash_feature(t, v)));
    out.sort();
    out.dedup();
    out
}

impl Learnt {
    fn new(fitted: Fitted, choice: Studied, all: &[&OwnArticle], report: LabelReport) -> Learnt {
        Learnt {
            label: choice.label,
            fitted,
            server: choice.server,
            least: choice.least,
            examples: examples_for_reasons(all, choice.label),
            report,
        }
    }

    fn find(&self, article: &OwnArticle) -> Vec<Found> {
        let Fitted { names, spans, tokens } = &self.fitted;
        let found = match self.server {
            Server::Names => Vec::new(),
            Server::Spans => spans.as_ref().map_or(Vec::new(), |l| l.find(article, self.least)),
            Server::Tokens => tokens.as_ref().map_or(Vec::new(), |l| l.find(article, self.least)),
        };
        with_list(names, article, found)
    }

    /// "suggested: like Acme Union, Delta Union".
    fn reason(&self, found: &Found, article: &OwnArticle) -> String {
        if found.marked {
            return format!("{SUGGESTED}: you marked it before");
        }
        let own = word_features(article, &found.tokens);
        let like = |(n, example): (usize, &(String, Vec<u32>))| {
            let shared = example.1.iter().filter(|f| own.binary_search(f).is_ok());
            let worth = |f: &u32| match &self.fitted.spans {
                Some(learner) => learner.weights.get(f).map_or(0, |&w| i64::from(w.max(0))),
                None => 1,
            };
            (-shared.map(worth).sum::<i64>(), n)
        };
        let mut likest: Vec<_> = self.examples.iter().enumerate().map(like).collect();
        likest.sort();
        let names: Vec<&str> =
            likest.iter().take(REASONS).map(|&(_, n)| self.examples[n].0.as_str()).collect();
        format!("{SUGGESTED}: like {}", names.join(", "))
    }
}
