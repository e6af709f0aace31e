//! Learns the network that corrects the linear tagger: beside lattices of articles which that tagger
//! has not learnt from, so that it learns what the linear one does not know.

mod chain;
mod dense;
mod learn;

use super::Ready;
use super::unseen::Unseen;
use crate::quotes::learn::network::{self, Committee, Net, STEPS, Spellings};
use crate::quotes::learn::{Reader, TAGS, around};
use dense::Rng;
use learn::{Example, Learner, Paragraph};

/// How long and how boldly to learn.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub epochs: usize,
    /// Adam's.
    pub rate: f32,
    /// Share of activations left out at a time.
    pub drop: f32,
    /// Share of spellings read without their own rows, half of these also without their vector.
    pub drop_word: f32,
    pub seed: u64,
    /// So many networks, from as many starts.
    pub nets: u64,
    /// What the linear scores count beside the network's, in 256ths.
    pub share: i32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            epochs: 16,
            rate: 0.002,
            drop: 0.25,
            drop_word: 0.3,
            seed: 1,
            nets: 2,
            share: 40,
        }
    }
}

/// Tokens that one step of Adam learns from.
const BATCH: usize = 1200;

/// Learns the networks that `out` lacks from the articles numbered `which.0`, and says how well those
/// of `which.1` are read. They are packed as the model file holds them.
pub(super) fn learn(
    ready: &[Ready<'_>],
    spellings: &[Spellings],
    unseen: &[Unseen],
    which: (&[usize], &[usize]),
    settings: Settings,
    out: &mut Vec<Vec<u8>>,
    say: &mut dyn FnMut(String),
) {
    for n in out.len() as u64..settings.nets {
        let settings = Settings {
            seed: settings.seed + n,
            ..settings
        };
        out.push(learn_one(ready, spellings, unseen, which, settings, say));
    }
}

/// One network, from the start that the seed gives.
fn learn_one(
    ready: &[Ready<'_>],
    spellings: &[Spellings],
    unseen: &[Unseen],
    (which, watched): (&[usize], &[usize]),
    how: Settings,
    say: &mut dyn FnMut(String),
) -> Vec<u8> {
    let examples: Vec<Example<'_>> = which
        .iter()
        .map(|&i| example(&ready[i], &spellings[i], &unseen[i]))
        .collect();
    let mut rng = Rng::new(how.seed);
    let mut learner = Learner::new(&mut rng);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let total = (examples.len() * how.epochs) as f32;
    let (mut done, mut steps) = (0.0, 0);
    for epoch in 0..how.epochs {
        rng.shuffle(&mut order);
        let (mut loss, mut tokens, mut gathered) = (0.0, 0, 0);
        for &i in &order {
            let e = &examples[i];
            loss += learner.text(e, how, &mut rng);
            tokens += e.spellings.of.len();
            gathered += e.spellings.of.len();
            done += 1.0;
            if gathered >= BATCH {
                learner.step(how.rate * (1.0 - done / total).max(0.02));
                gathered = 0;
                steps += 1;
                if steps % 10 == 0 && done > total * 0.6 {
                    learner.average();
                }
            }
        }
        let mean = loss / tokens.max(1) as f64;
        let mut line = format!("network, epoch {} loss {mean:.4}", epoch + 1);
        if !watched.is_empty() {
            let net = open(&learner.quantise().pack());
            let (with, without) = watch(ready, spellings, unseen, watched, &net);
            line += &format!("; watched {with:.4}, without the network {without:.4}");
        }
        say(line);
    }
    learner.quantise().pack()
}

/// Loss a token of the articles numbered `which`, with the network in whole numbers and without it.
fn watch(
    ready: &[Ready<'_>],
    spellings: &[Spellings],
    unseen: &[Unseen],
    which: &[usize],
    net: &Net,
) -> (f64, f64) {
    let (mut with, mut without, mut tokens) = (0.0, 0.0, 0);
    for &i in which {
        let mut added = unseen[i].clone();
        add(
            &ready[i],
            &spellings[i],
            &mut added,
            std::slice::from_ref(net),
        );
        let paragraphs = ready[i].reading.paragraphs().iter();
        let lattices = unseen[i].lattices.iter().zip(&added.lattices);
        for (p, (old, new)) in paragraphs.zip(lattices) {
            let gold = &ready[i].tags[p.tokens.clone()];
            let none = vec![[0.0; TAGS]; gold.len()];
            let loss = |l| f64::from(chain::gradient(l, &none, &[0.0; STEPS], gold).0);
            with += loss(new);
            without += loss(old);
            tokens += gold.len();
        }
    }
    let n = tokens.max(1) as f64;
    (with / n, without / n)
}

/// Adds the networks' scores to an article's lattices.
fn add(r: &Ready<'_>, spellings: &Spellings, unseen: &mut Unseen, nets: &[Net]) {
    let committee = Committee::new(nets, spellings);
    let paragraphs = r.reading.paragraphs().iter().enumerate();
    for ((p, paragraph), lattice) in paragraphs.zip(&mut unseen.lattices) {
        let around = around(&r.reading, &r.regions, p);
        let words = &r.words[paragraph.tokens.clone()];
        committee.add(lattice, words, paragraph.tokens.start, around);
    }
}

fn example<'a>(r: &'a Ready<'_>, spellings: &'a Spellings, unseen: &'a Unseen) -> Example<'a> {
    let paragraphs = r.reading.paragraphs().iter().enumerate();
    let paragraphs = paragraphs
        .zip(&unseen.lattices)
        .map(|((p, paragraph), lattice)| {
            let around = around(&r.reading, &r.regions, p);
            let tokens = paragraph.tokens.clone();
            Paragraph {
                from: tokens.start,
                lattice,
                marks: tokens
                    .clone()
                    .map(|i| network::marks(&r.words[i], around, spellings.names[i]))
                    .collect(),
                gold: &r.tags[tokens],
            }
        });
    Example {
        spellings,
        paragraphs: paragraphs.filter(|p| !p.gold.is_empty()).collect(),
    }
}

/// Learns the networks that each fold lacks from the articles outside that half.
pub(super) fn folds(
    ready: &[Ready<'_>],
    spellings: &[Spellings],
    unseen: &[Unseen],
    settings: Settings,
    out: &mut [Vec<Vec<u8>>],
    say: &mut dyn FnMut(String),
) {
    for (fold, out) in out.iter_mut().enumerate() {
        say(format!("network, fold {} of 2", fold + 1));
        let inside: Vec<usize> = (0..ready.len()).filter(|i| i % 2 != fold).collect();
        let watched: Vec<usize> = (fold..ready.len()).step_by(10).collect();
        learn(
            ready,
            spellings,
            unseen,
            (&inside, &watched),
            settings,
            out,
            say,
        );
    }
}

/// Adds to the lattices of each article what those networks say that have not learnt from it.
pub(super) fn crossed(
    ready: &[Ready<'_>],
    spellings: &[Spellings],
    unseen: &mut [Unseen],
    folds: &[Vec<Vec<u8>>],
) {
    let open_all = |fold: &Vec<Vec<u8>>| fold.iter().map(|n| open(n)).collect();
    let nets: Vec<Vec<Net>> = folds.iter().map(open_all).collect();
    for (i, unseen) in unseen.iter_mut().enumerate() {
        if let Some(nets) = nets.get(i % 2) {
            add(&ready[i], &spellings[i], unseen, nets);
        }
    }
}

/// Opens what was just written.
fn open(bytes: &[u8]) -> Net {
    Net::read(&mut Reader::new(bytes)).expect("what was packed can be read")
}
