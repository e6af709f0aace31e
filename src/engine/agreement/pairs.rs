//! Which stretches of two lists stand against one another.

use std::cmp::Reverse;

use crate::text::Span;

/// Pairs of indices, each stretch in one at most: first those over the same characters, then those
/// that overlap, each with the one that it shares the most characters with. Both lists are in the
/// order of the text.
pub(super) fn pair_spans(a: &[Span], b: &[Span]) -> Vec<(usize, usize)> {
    let mut free = vec![true; b.len()];
    let mut out = Vec::new();
    let mut rest = Vec::new();
    let place = |span: &Span| (span.start(), Reverse(span.end()));
    let mut others = b.iter().enumerate().peekable();
    for (i, span) in a.iter().enumerate() {
        while others.next_if(|(_, o)| place(o) < place(span)).is_some() {}
        match others.next_if(|(_, o)| *o == span) {
            Some((j, _)) => {
                free[j] = false;
                out.push((i, j));
            }
            None => rest.push((i, *span)),
        }
    }
    // Those of `b` that begin before the end of the present one and may reach into it.
    let mut near: Vec<(usize, Span)> = Vec::new();
    let mut others = b.iter().copied().enumerate().peekable();
    for (i, span) in rest {
        while let Some((j, other)) = others.next_if(|(_, o)| o.start() < span.end()) {
            if free.get(j) == Some(&true) {
                near.push((j, other));
            }
        }
        near.retain(|(_, o)| o.end() > span.start());
        let shared = |o: Span| {
            let (from, to) = (o.start().max(span.start()), o.end().min(span.end()));
            to.saturating_sub(from)
        };
        let best = (0..near.len())
            .filter(|&n| shared(near[n].1) > 0)
            .max_by_key(|&n| (shared(near[n].1), usize::MAX - n));
        if let Some(n) = best {
            out.push((i, near.remove(n).0));
        }
    }
    out.sort();
    out
}
