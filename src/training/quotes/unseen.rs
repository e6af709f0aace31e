//! What linear taggers say of articles that they have not learnt from.

use super::{Ready, taggers};
use galley_engine::quotes::training::{self, Decoded, Lattice, Pass, Tagger};

/// One article.
#[derive(Clone, Default)]
pub(super) struct Unseen {
    pub pass: Pass,
    /// One a paragraph.
    pub lattices: Vec<Lattice>,
    /// The same: the tagger settles it, and no network learns from it.
    pub settled: Vec<bool>,
    /// The same: a network is asked.
    pub asks: Vec<bool>,
}

impl Unseen {
    fn new(r: &Ready<'_>, tagger: &Tagger) -> Unseen {
        let mut out = Unseen::default();
        let types = training::Types::new(&r.words);
        let spelt = tagger.spelt(&r.words, &types);
        for (p, paragraph) in r.reading.paragraphs().iter().enumerate() {
            let words = &r.words[paragraph.tokens.clone()];
            let around = training::around(&r.reading, &r.regions, p);
            let lattice = training::linear(tagger, &spelt, words, paragraph.tokens.start, around);
            let decoded = lattice.decode(0);
            out.settled.push(decoded.is_settled());
            out.asks.push(training::asks(&decoded, words));
            out.pass.push(decoded);
            out.lattices.push(lattice);
        }
        out
    }

    /// Reads the lattices of which a network is asked with so much added to every token outside.
    pub(super) fn decode(&self, lean: i32) -> Pass {
        let mut pass = Pass::default();
        for (lattice, asks) in self.lattices.iter().zip(&self.asks) {
            if !asks {
                let at = pass.tags.len()..pass.tags.len() + lattice.nodes.len();
                pass.push(Decoded {
                    tags: self.pass.tags[at.clone()].to_vec(),
                    margins: self.pass.margins[at.clone()].to_vec(),
                    others: self.pass.others[at].to_vec(),
                });
            } else {
                pass.push(lattice.decode(lean));
            }
        }
        pass
    }

    /// Notes it on the article's words, for the next pass.
    pub(super) fn note(&self, r: &mut Ready<'_>) {
        let said = self.pass.tags.iter().zip(&self.pass.margins);
        for (w, ((&tag, &margin), &other)) in r.words.iter_mut().zip(said.zip(&self.pass.others)) {
            w.note(tag, margin, other);
        }
    }
}

/// Taggers, packed, each learnt from the articles outside its fold.
pub(super) fn folds(
    ready: &[Ready<'_>],
    count: usize,
    say: &mut dyn FnMut(String),
) -> Vec<Vec<u8>> {
    let learn = |fold| {
        say(format!("linear tagger, fold {} of {count}", fold + 1));
        let inside: Vec<usize> = (0..ready.len()).filter(|i| i % count != fold).collect();
        taggers::learn(ready, &inside, say)
    };
    (0..count).map(learn).collect()
}

/// What each article's tagger says of it.
pub(super) fn read(ready: &[Ready<'_>], folds: &[Vec<u8>]) -> Vec<Unseen> {
    let taggers: Vec<Tagger> = folds.iter().map(|f| taggers::open(f)).collect();
    let articles = ready.iter().enumerate();
    articles.map(|(i, r)| Unseen::new(r, &taggers[i % taggers.len()])).collect()
}
