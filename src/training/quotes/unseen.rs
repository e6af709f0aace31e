//! What linear taggers say of articles that they have not learnt from.

use super::parallel::{Job, run_jobs};
use super::ready::Ready;
use super::taggers;
use galley_engine::quotes::training::{self, Lattice, ParagraphTags, Tagger, TextTags};

/// One article.
#[derive(Clone, Default)]
pub(super) struct Unseen {
    pub pass: TextTags,
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
        let types = training::WordTypes::new(&r.words);
        let word_scores = tagger.score_words(&r.words, &types);
        for (p, paragraph) in r.reading.paragraphs().iter().enumerate() {
            let words = &r.words[paragraph.tokens.clone()];
            let around = training::describe_surroundings(&r.reading, &r.regions, p);
            let lattice =
                training::score_linear(tagger, &word_scores, words, paragraph.tokens.start, around);
            let decoded = lattice.decode(0);
            out.settled.push(decoded.is_settled());
            out.asks.push(training::needs_network(&decoded, words));
            out.pass.push(decoded);
            out.lattices.push(lattice);
        }
        out
    }

    /// Reads the lattices of which a network is asked with so much added to every token outside.
    pub(super) fn decode(&self, lean: i32) -> TextTags {
        let mut pass = TextTags::default();
        for (lattice, asks) in self.lattices.iter().zip(&self.asks) {
            if !asks {
                let at = pass.tags.len()..pass.tags.len() + lattice.nodes.len();
                pass.push(ParagraphTags {
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
    pub(super) fn note_tags(&self, r: &mut Ready<'_>) {
        let said = self.pass.tags.iter().zip(&self.pass.margins);
        for (w, ((&tag, &margin), &other)) in r.words.iter_mut().zip(said.zip(&self.pass.others)) {
            w.note_tag(tag, margin, other);
        }
    }
}

/// Taggers, packed: one learnt from all articles, then one from those outside each fold.
pub(super) fn learn_taggers(
    ready: &[Ready<'_>],
    folds: usize,
    threads: usize,
    say: &mut dyn FnMut(String),
) -> Vec<Vec<u8>> {
    let learn = |fold: Option<usize>| -> Job<'_, Vec<u8>> {
        Box::new(move |say| {
            say(fold.map_or("linear tagger, all".to_owned(), |fold| {
                format!("linear tagger, fold {} of {folds}", fold + 1)
            }));
            let inside: Vec<usize> =
                (0..ready.len()).filter(|i| fold.is_none_or(|fold| i % folds != fold)).collect();
            taggers::learn_tagger(ready, &inside, say)
        })
    };
    run_jobs(std::iter::once(None).chain((0..folds).map(Some)).map(learn).collect(), threads, say)
}

/// What each article's tagger says of it.
pub(super) fn read_unseen(ready: &[Ready<'_>], folds: &[Vec<u8>]) -> Vec<Unseen> {
    let taggers: Vec<Tagger> = folds.iter().map(|f| taggers::open_tagger(f)).collect();
    let articles = ready.iter().enumerate();
    articles.map(|(i, r)| Unseen::new(r, &taggers[i % taggers.len()])).collect()
}
