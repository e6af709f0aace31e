//! The names that were marked, found again word by word.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::article::{MAX_TOKENS, OwnArticle};
use super::decisions::Decision;
use crate::document::Label;

/// A name's decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) text: String,
    pub(super) right: u32,
    pub(super) wrong: u32,
    len: usize,
}

/// The names of one label.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// By their words.
    pub(super) known: FxHashMap<u64, Known>,
    longest: usize,
}

impl Names {
    pub(super) fn learn(articles: &[&OwnArticle], label: Label) -> Names {
        let mut names = Names::default();
        for article in articles {
            let short = |d: &&Decision| d.label == label && d.tokens.len() <= MAX_TOKENS;
            for d in article.decisions.iter().filter(short) {
                let known = names.known.entry(article.key(&d.tokens)).or_default();
                if known.len == 0 {
                    known.text = article.text(&d.tokens);
                    known.len = d.tokens.len();
                }
                known.right += u32::from(d.right);
                known.wrong += u32::from(!d.right);
                names.longest = names.longest.max(d.tokens.len());
            }
        }
        names
    }

    /// Where marked names stand, those of which as many were refused left out; of two over one another
    /// the one that begins first and is longer.
    pub(super) fn find(&self, article: &OwnArticle) -> Vec<(Range<usize>, &Known)> {
        let mut out = Vec::new();
        for seq in &article.lesson.prepared.sequences {
            let mut i = seq.start;
            while i < seq.end {
                let ends = (i + 1..=seq.end.min(i + self.longest)).rev();
                let mut spots = ends.map(|end| i..end);
                let found = spots.find_map(|at| Some((self.known.get(&article.key(&at))?, at)));
                match found {
                    Some((known, at)) if known.right > known.wrong => {
                        i = at.end;
                        out.push((at, known));
                    }
                    _ => i += 1,
                }
            }
        }
        out
    }
}
