//! How well articles are read that were not learnt from.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Ready, corpus};
use crate::quotes::learn::{AFTER, Pass};

/// Right, found, to be found.
#[derive(Default, Clone, Copy)]
pub(crate) struct Count(pub usize, pub usize, pub usize);

impl Count {
    /// Harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(self) -> f64 {
        200.0 * self.0 as f64 / (self.1 + self.2).max(1) as f64
    }
}

/// Content segments that gold gives an article.
pub(crate) fn gold_segments(r: &Ready<'_>) -> BTreeSet<(usize, usize)> {
    r.article
        .quotes
        .iter()
        .flat_map(|q| corpus::segments(&r.reading, &q.content))
        .map(|s| (s.start, s.end))
        .collect()
}

/// Counts segments that are right to the token.
pub(crate) fn segments(gold: &BTreeSet<(usize, usize)>, found: &[Range<usize>], out: &mut Count) {
    let found: BTreeSet<_> = found.iter().map(|r| (r.start, r.end)).collect();
    out.0 += gold.intersection(&found).count();
    out.1 += found.len();
    out.2 += gold.len();
}

/// Counts tokens of content, but for marks.
pub(crate) fn tokens(r: &Ready<'_>, tags: &[u8], out: &mut Count) {
    let content = |t: &u8| usize::from(*t >= AFTER);
    for (w, (t, g)) in r.words.iter().zip(tags.iter().zip(&r.tags)) {
        if !w.punct {
            out.0 += content(t) * content(g);
            out.1 += content(t);
            out.2 += content(g);
        }
    }
}

/// Says the F1 of content tokens and of exact segments, by tags alone.
pub(crate) fn taggers(ready: &[Ready<'_>], passes: &[Pass], say: &mut dyn FnMut(String)) {
    let (mut tokens, mut exact) = (Count::default(), Count::default());
    for (r, pass) in ready.iter().zip(passes) {
        self::tokens(r, &pass.tags, &mut tokens);
        let found = crate::quotes::learn::segments(&pass.tags, 0..pass.tags.len());
        let found: Vec<_> = found
            .into_iter()
            .filter(|s| s.tag >= AFTER)
            .map(|s| s.tokens)
            .collect();
        segments(&gold_segments(r), &found, &mut exact);
    }
    say(format!(
        "not learnt from: content tokens F1 {:.2}, exact segments F1 {:.2}",
        tokens.f1(),
        exact.f1()
    ));
}
