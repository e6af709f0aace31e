//! Division into sequences, and the chain that their tags form.

use std::ops::Range;

use super::tags::{self, TAGS, Tag};
use crate::chain::{FixedTransitions, IMPOSSIBLE};
use crate::text::TokenizedText;

/// Sequences are paragraphs, the cells of a table between tabs; longer ones are cut at the end of a
/// sentence, then anywhere.
const SENTENCE_CUT: usize = 300;
const MAX_TOKENS: usize = 1200;

/// The sequences of a text, as ranges of tokens.
pub fn sequences(tokenized: &TokenizedText<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for p in tokenized.paragraphs() {
        let sentences = tokenized.sentences().get(p.sentences.clone()).unwrap_or_default();
        let mut start = p.tokens.start;
        let mut cut = |end: usize| {
            let from = sentences.partition_point(|s| s.tokens.end <= start);
            let ends = sentences.iter().skip(from).map(|s| s.tokens.end);
            cut_sequences(start..end, ends.take_while(|&e| e < end), &mut out);
            start = end;
        };
        if tokenized.slice(p.span).contains('\t') {
            p.tokens.clone().skip(1).filter(|&i| tokenized.follows_tab(i)).for_each(&mut cut);
        }
        cut(p.tokens.end);
    }
    out
}

/// Adds the sequences of `tokens`, whose sentences end at `ends`.
fn cut_sequences(
    tokens: Range<usize>,
    ends: impl Iterator<Item = usize>,
    out: &mut Vec<Range<usize>>,
) {
    let mut start = tokens.start;
    for end in ends {
        while end - start > MAX_TOKENS {
            out.push(start..start + MAX_TOKENS);
            start += MAX_TOKENS;
        }
        if end - start > SENTENCE_CUT {
            out.push(start..end);
            start = end;
        }
    }
    while tokens.end - start > MAX_TOKENS {
        out.push(start..start + MAX_TOKENS);
        start += MAX_TOKENS;
    }
    if start < tokens.end {
        out.push(start..tokens.end);
    }
}

/// Scores of one token's tags.
pub type Row = [i32; TAGS];

/// Scores of pairs of neighbouring tags; forbidden pairs hold [`IMPOSSIBLE`].
pub type Pairs = [[i32; TAGS]; TAGS];

/// Marks the pairs that may not stand beside each other.
pub fn forbid(pairs: &mut Pairs) {
    for (a, row) in pairs.iter_mut().enumerate() {
        for (b, score) in row.iter_mut().enumerate() {
            if !tags::follows(Some(a as Tag), Some(b as Tag)) {
                *score = IMPOSSIBLE;
            }
        }
    }
}

/// The transitions of the tagger's chain.
pub type TagTransitions = FixedTransitions<TAGS>;

/// The chain whose neighbouring tags score `pairs`.
pub fn build_transitions(pairs: &Pairs) -> TagTransitions {
    let tag = |t: Option<usize>| t.map(|t| t as Tag);
    FixedTransitions::new(pairs, |before, after| tags::follows(tag(before), tag(after)))
}

#[cfg(test)]
mod tests {
    use super::tags::OUTSIDE;
    use super::*;
    use crate::chain::{LOWEST_POSSIBLE, decode};
    use crate::document::Label;

    #[test]
    fn the_best_row_is_whole_and_its_losses_are_right() {
        let mut pairs = [[0; TAGS]; TAGS];
        forbid(&mut pairs);
        let transitions = build_transitions(&pairs);
        let b = usize::from(tags::tag(Label::Person, 0, 2));
        let l = usize::from(tags::tag(Label::Person, 1, 2));
        let mut rows = vec![[0; TAGS]; 3];
        rows[0][b] = 5;
        rows[1][l] = 3;
        let (path, losses) = decode(&transitions, &rows);
        assert_eq!(tags::names(&path), [(Label::Person, 0, 2)]);
        assert_eq!(losses[0][b], 0);
        assert_eq!(losses[0][0], 8);
        assert_eq!(losses[2][0], 0);
        assert!(decode(&transitions, &[]).0.is_empty());
    }

    /// The best sum of a row of tags that has `tag` at token `at`, by trying every pair.
    fn best_row_score(pairs: &Pairs, rows: &[Row], at: usize, tag: usize) -> i32 {
        let allowed = |i: usize, t: usize| {
            let fits = i != at || t == tag;
            let first = i > 0 || tags::follows(None, Some(t as Tag));
            fits && first && (i + 1 < rows.len() || tags::follows(Some(t as Tag), None))
        };
        let mut sums = vec![0; TAGS];
        for (i, row) in rows.iter().enumerate() {
            let before = sums.clone();
            for (t, slot) in sums.iter_mut().enumerate() {
                let leads = (0..TAGS).filter(|&a| pairs[a][t] != IMPOSSIBLE);
                let lead = leads.map(|a| before[a] + pairs[a][t]).max().unwrap_or(IMPOSSIBLE);
                let lead = if i == 0 { 0 } else { lead };
                *slot = if allowed(i, t) && lead > LOWEST_POSSIBLE {
                    lead + row[t]
                } else {
                    IMPOSSIBLE
                };
            }
        }
        sums.into_iter().max().unwrap_or(IMPOSSIBLE)
    }

    #[test]
    fn losses_are_those_of_trying_every_row() {
        let mut seed = 1u64;
        let mut draw = |max: i32| {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (seed >> 33) as i32 % (2 * max + 1) - max
        };
        for round in 0..200 {
            let mut pairs = [[0; TAGS]; TAGS];
            pairs.iter_mut().flatten().for_each(|p| *p = draw(60));
            forbid(&mut pairs);
            let mut rows = vec![[0; TAGS]; 1 + round % 6];
            for row in &mut rows {
                row.iter_mut().for_each(|s| *s = draw(200));
                // From hardly a difference to far ahead: both ways of looking are taken.
                row[usize::from(OUTSIDE)] += draw(600);
            }
            let (path, losses) = decode(&build_transitions(&pairs), &rows);
            let best = best_row_score(&pairs, &rows, usize::MAX, 0);
            for (i, row) in losses.iter().enumerate() {
                assert_eq!(row[usize::from(path[i])], 0);
                for (tag, &loss) in row.iter().enumerate() {
                    let want = best_row_score(&pairs, &rows, i, tag);
                    assert_eq!(
                        loss,
                        best - want.max(LOWEST_POSSIBLE),
                        "round {round}, token {i}, tag {tag}"
                    );
                }
            }
        }
    }
}
