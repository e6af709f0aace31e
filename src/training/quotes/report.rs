//! How well articles are read that were not learnt from.

use std::collections::BTreeSet;
use std::ops::Range;

use super::corpus;
use super::ready::Ready;
use super::unseen::Unseen;
use galley_engine::quotes::training::{CONTENT_AFTER, TextTags};

/// Right, found, to be found.
#[derive(Default, Clone, Copy)]
pub(crate) struct Count(pub usize, pub usize, pub usize);

impl Count {
    /// Harmonic mean of precision and recall, in per cent.
    pub(crate) fn f1(self) -> f64 {
        self.f_score(1.0)
    }

    /// The same, where recall weighs so many times as much as precision.
    fn f_score(self, recall: f64) -> f64 {
        let weighed = self.1 as f64 + recall * self.2 as f64;
        100.0 * (1.0 + recall) * self.0 as f64 / weighed.max(1.0)
    }

    fn percent_of(self, of: usize) -> f64 {
        100.0 * self.0 as f64 / of.max(1) as f64
    }
}

/// Content segments that gold gives an article.
pub(crate) fn gold_segments(r: &Ready<'_>) -> BTreeSet<(usize, usize)> {
    r.article
        .quotes
        .iter()
        .flat_map(|q| corpus::content_segments(&r.reading, &q.content))
        .map(|s| (s.start, s.end))
        .collect()
}

/// Counts segments that are right to the token.
pub(crate) fn count_segments(
    gold: &BTreeSet<(usize, usize)>,
    found: &[Range<usize>],
    out: &mut Count,
) {
    let found: BTreeSet<_> = found.iter().map(|r| (r.start, r.end)).collect();
    out.0 += gold.intersection(&found).count();
    out.1 += found.len();
    out.2 += gold.len();
}

/// Counts tokens of content, but for marks.
pub(crate) fn count_tokens(r: &Ready<'_>, tags: &[u8], out: &mut Count) {
    let content = |t: &u8| usize::from(*t >= CONTENT_AFTER);
    for (w, (t, g)) in r.words.iter().zip(tags.iter().zip(&r.tags)) {
        if !w.punct {
            out.0 += content(t) * content(g);
            out.1 += content(t);
            out.2 += content(g);
        }
    }
}

/// In the choice of what counts for every token outside, recall and precision weigh the same: on pages as
/// people paste them, every third quote was one that nobody said while recall weighed more.
const RECALL: f64 = 1.0;

/// Says the F1 of content tokens and of exact segments, by tags alone; returns the former's F with
/// recall at its weight.
pub(super) fn report_taggers<'a>(
    what: &str,
    ready: &[Ready<'_>],
    passes: impl Iterator<Item = &'a TextTags>,
    say: &mut dyn FnMut(String),
) -> f64 {
    let (mut tokens, mut exact) = (Count::default(), Count::default());
    for (r, pass) in ready.iter().zip(passes) {
        count_tokens(r, &pass.tags, &mut tokens);
        let found = galley_engine::quotes::training::split_segments(&pass.tags, 0..pass.tags.len());
        let found: Vec<_> =
            found.into_iter().filter(|s| s.tag >= CONTENT_AFTER).map(|s| s.tokens).collect();
        count_segments(&gold_segments(r), &found, &mut exact);
    }
    let f1 = |name: &str, c: Count| {
        let (precision, recall) = (c.percent_of(c.1), c.percent_of(c.2));
        format!("{name} F1 {:.2} ({precision:.1}, {recall:.1})", c.f1())
    };
    say(format!(
        "{what}, articles not learnt from: {}, {}",
        f1("content tokens", tokens),
        f1("exact segments", exact)
    ));
    tokens.f_score(RECALL)
}

/// What counts for every token outside, chosen where the tokens of content are best; and what the
/// last pass says with it.
pub(super) fn choose_lean(
    ready: &[Ready<'_>],
    unseen: &[Unseen],
    say: &mut dyn FnMut(String),
) -> (i32, Vec<TextTags>) {
    let tried = [-2, -1, 0, 1, 2, 3].map(|lean| {
        let passes: Vec<TextTags> = unseen.iter().map(|u| u.decode(lean)).collect();
        let what = format!("with the network, lean {lean}");
        (report_taggers(&what, ready, passes.iter(), say), lean, passes)
    });
    let best = tried.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, lean, passes)| (lean, passes)).unwrap_or_default()
}

/// Says how often segments are wrong in which way.
pub(super) fn report_segment_errors(
    ready: &[Ready<'_>],
    passes: &[TextTags],
    say: &mut dyn FnMut(String),
) {
    let (mut exact, mut left, mut right, mut both, mut missed, mut spurious) = (0, 0, 0, 0, 0, 0);
    for (r, pass) in ready.iter().zip(passes) {
        let gold = gold_segments(r);
        let found = galley_engine::quotes::training::split_segments(&pass.tags, 0..pass.tags.len());
        let found: Vec<(usize, usize)> = found
            .into_iter()
            .filter(|s| s.tag >= CONTENT_AFTER)
            .map(|s| (s.tokens.start, s.tokens.end))
            .collect();
        let meets = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.1 && b.0 < a.1;
        for g in &gold {
            let same = |f: &&(usize, usize)| f.0 == g.0 || f.1 == g.1;
            let near = found.iter().find(|f| meets(g, f) && same(f));
            match near.or_else(|| found.iter().find(|f| meets(g, f))) {
                None => missed += 1,
                Some(f) if f == g => exact += 1,
                Some(f) if f.0 == g.0 => right += 1,
                Some(f) if f.1 == g.1 => left += 1,
                Some(_) => both += 1,
            }
        }
        let alone = |f: &&(usize, usize)| !gold.iter().any(|g| meets(g, f));
        spurious += found.iter().filter(alone).count();
    }
    say(format!(
        "segments: {exact} exact, {left} with another left edge, {right} with another right edge, \
         {both} with both, {missed} missed, {spurious} where there is none"
    ));
}
