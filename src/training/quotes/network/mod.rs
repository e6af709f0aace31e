//! Learns the network that corrects the linear tagger: beside lattices of articles which that tagger
//! has not learnt from, so that it learns what the linear one does not know.

mod dense;
mod learn;
mod loss;
mod settings;

use serde::{Deserialize, Serialize};

use super::parallel::{Job, run_jobs};
use super::ready::Ready;
use super::unseen::Unseen;
use crate::random::XorShiftStar;
use galley_engine::quotes::training::neural::{
    self, Ensemble, QuoteNetwork, Spellings, TRANSITIONS,
};
use galley_engine::quotes::training::{Reader, TAGS, describe_surroundings};
use learn::{Example, Learner, Paragraph};
pub(crate) use settings::Settings;
use settings::Taught;

/// Tokens that one step of Adam learns from.
const BATCH: usize = 1200;

/// Networks, packed as the model file holds them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Group {
    /// Learnt from all articles.
    pub all: Vec<Vec<u8>>,
    /// Learnt from the articles outside one half.
    pub folds: [Vec<Vec<u8>>; 2],
}

/// What networks learn from.
#[derive(Clone, Copy)]
pub(super) struct Material<'a> {
    pub ready: &'a [Ready<'a>],
    pub spellings: &'a [Spellings],
    pub unseen: &'a [Unseen],
}

impl Material<'_> {
    /// So many networks, from as many starts, their folds first; those that are in `out` are learnt already.
    /// `teachers` read the articles that they have learnt from themselves: no network hears of an
    /// article outside its fold.
    pub(super) fn learn(
        self,
        nets: usize,
        how: Settings,
        teachers: Option<&Group>,
        trial: bool,
        mut out: Group,
        say: &mut dyn FnMut(String),
    ) -> Group {
        let count = self.ready.len();
        let every: Vec<usize> = (0..count).collect();
        let inside = [0, 1].map(|fold| (0..count).filter(|i| i % 2 != fold).collect::<Vec<_>>());
        let watched = [0, 1].map(|fold| (fold..count).step_by(10).collect::<Vec<_>>());
        let [first, second] = &mut out.folds;
        let mut places = vec![
            (first, &inside[0], &watched[0][..], teachers.map(|t| &t.folds[0])),
            (second, &inside[1], &watched[1][..], teachers.map(|t| &t.folds[1])),
        ];
        if !trial {
            places.push((&mut out.all, &every, &[][..], teachers.map(|t| &t.all)));
        }
        let mut jobs: Vec<Job<'_, Vec<u8>>> = Vec::new();
        for (done, which, watched, teachers) in &places {
            for n in done.len()..nets {
                let how = Settings { seed: how.seed + n as u64, ..how };
                let (which, watched, teachers) = (*which, *watched, *teachers);
                jobs.push(Box::new(move |say| {
                    learn_one(self, (which, watched), how, teachers, say)
                }));
            }
        }
        let mut learnt = run_jobs(jobs, how.threads, say).into_iter();
        for (done, ..) in places {
            done.truncate(nets);
            let missing = nets - done.len();
            done.extend(learnt.by_ref().take(missing));
        }
        out
    }
}

/// One network, from the start that the seed gives.
fn learn_one(
    from: Material<'_>,
    (which, watched): (&[usize], &[usize]),
    how: Settings,
    teachers: Option<&Vec<Vec<u8>>>,
    say: &mut dyn FnMut(String),
) -> Vec<u8> {
    let Material { ready, spellings, unseen } = from;
    say(format!(
        "a network of {} recurrent layers, {} articles",
        how.recurrent_layers,
        which.len()
    ));
    let teachers: Vec<QuoteNetwork> =
        teachers.into_iter().flatten().map(|n| open_network(n)).collect();
    let examples: Vec<Example<'_>> = which
        .iter()
        .map(|&i| build_example(&ready[i], &spellings[i], &unseen[i], &teachers, how.settled))
        .collect();
    let mut random = XorShiftStar::new(how.seed);
    let mut learner = Learner::new(how.recurrent_layers, &mut random);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let total = (examples.len() * how.epochs) as f32;
    let (mut done, mut steps) = (0.0, 0);
    for epoch in 0..how.epochs {
        random.shuffle(&mut order);
        let (mut loss, mut tokens, mut gathered) = (0.0, 0, 0);
        for &i in &order {
            let e = &examples[i];
            loss += learner.learn_text(e, how, &mut random);
            tokens += e.spellings.types.type_of.len();
            gathered += e.spellings.types.type_of.len();
            done += 1.0;
            if gathered >= BATCH {
                learner.adam_step(how.rate * (1.0 - done / total).max(0.02));
                gathered = 0;
                steps += 1;
                if steps % 10 == 0 && done > total * 0.6 {
                    learner.average_weights();
                }
            }
        }
        let mean = loss / tokens.max(1) as f64;
        let mut line = format!("network, epoch {} loss {mean:.4}", epoch + 1);
        if !watched.is_empty() {
            let net = open_network(&learner.quantise().pack());
            let (with, without) = watch_loss(ready, spellings, unseen, watched, &net);
            line += &format!("; watched {with:.4}, without the network {without:.4}");
        }
        say(line);
    }
    learner.quantise().pack()
}

/// Loss a token of the articles numbered `which`, with the network in whole numbers and without it.
fn watch_loss(
    ready: &[Ready<'_>],
    spellings: &[Spellings],
    unseen: &[Unseen],
    which: &[usize],
    net: &QuoteNetwork,
) -> (f64, f64) {
    let (mut with, mut without, mut tokens) = (0.0, 0.0, 0);
    for &i in which {
        let mut added = unseen[i].clone();
        add_network_scores(&ready[i], &spellings[i], &mut added, std::slice::from_ref(net));
        let paragraphs = ready[i].reading.paragraphs().iter();
        let lattices = unseen[i].lattices.iter().zip(&added.lattices);
        for (p, (old, new)) in paragraphs.zip(lattices) {
            let gold = &ready[i].tags[p.tokens.clone()];
            let none = vec![[0.0; TAGS]; gold.len()];
            let loss = |l| f64::from(loss::gradient(l, &none, &[0.0; TRANSITIONS], gold).0);
            with += loss(new);
            without += loss(old);
            tokens += gold.len();
        }
    }
    let n = tokens.max(1) as f64;
    (with / n, without / n)
}

/// Adds the networks' scores to an article's lattices.
fn add_network_scores(
    r: &Ready<'_>,
    spellings: &Spellings,
    unseen: &mut Unseen,
    nets: &[QuoteNetwork],
) {
    let mut ensemble = Ensemble::new(nets, spellings);
    let paragraphs = r.reading.paragraphs().iter().enumerate();
    for ((p, paragraph), lattice) in paragraphs.zip(&mut unseen.lattices) {
        let around = describe_surroundings(&r.reading, &r.regions, p);
        let words = &r.words[paragraph.tokens.clone()];
        ensemble.add_scores(lattice, words, paragraph.tokens.start, around);
    }
}

fn build_example<'a>(
    r: &'a Ready<'_>,
    spellings: &'a Spellings,
    unseen: &'a Unseen,
    teachers: &[QuoteNetwork],
    settled: bool,
) -> Example<'a> {
    let mut taught = unseen.clone();
    if !teachers.is_empty() {
        add_network_scores(r, spellings, &mut taught, teachers);
    }
    let paragraphs = r.reading.paragraphs().iter().enumerate();
    let paragraphs = paragraphs
        .zip(unseen.lattices.iter().zip(&taught.lattices))
        .zip(&unseen.settled)
        .filter(|(_, is_settled)| settled || !**is_settled)
        .map(|(((p, paragraph), (lattice, taught)), _)| {
            let around = describe_surroundings(&r.reading, &r.regions, p);
            let tokens = paragraph.tokens.clone();
            Paragraph {
                from: tokens.start,
                lattice,
                marks: tokens
                    .clone()
                    .map(|i| neural::token_features(&r.words[i], around, spellings.names[i]))
                    .collect(),
                gold: &r.tags[tokens.clone()],
                taught: (!teachers.is_empty()).then(|| {
                    let gold = &r.tags[tokens];
                    let none = vec![[0.0; TAGS]; gold.len()];
                    let (_, tags, steps) = loss::gradient(taught, &none, &[0.0; TRANSITIONS], gold);
                    Taught { tags, steps }
                }),
            }
        });
    Example { spellings, paragraphs: paragraphs.filter(|p| !p.gold.is_empty()).collect() }
}

/// Adds to the lattices of each article what those networks say that have not learnt from it.
pub(super) fn add_crossed_scores(
    ready: &[Ready<'_>],
    spellings: &[Spellings],
    unseen: &mut [Unseen],
    group: &Group,
) {
    let open_all = |fold: &Vec<Vec<u8>>| fold.iter().map(|n| open_network(n)).collect();
    let nets: Vec<Vec<QuoteNetwork>> = group.folds.iter().map(open_all).collect();
    for (i, unseen) in unseen.iter_mut().enumerate() {
        if let Some(nets) = nets.get(i % 2) {
            add_network_scores(&ready[i], &spellings[i], unseen, nets);
        }
    }
}

/// Opens what was just written.
fn open_network(bytes: &[u8]) -> QuoteNetwork {
    QuoteNetwork::unpack(&mut Reader::new(bytes)).expect("what was packed can be read")
}
