//! F1 as `eval/score.py entities` counts it, and the reliability of confidences.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::Doc;
use galley_engine::document::Label;
use galley_engine::text::Span;

/// Right, predicted and gold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) right: usize,
    pub(super) predicted: usize,
    pub(super) gold: usize,
}

impl Counts {
    pub(super) fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.predicted + self.gold).max(1) as f64
    }
}

fn merge_places(l: Label) -> Label {
    if l == Label::Loc { Label::Gpe } else { l }
}

/// Without "the" before and a possessive after, as the scorer trims.
fn trim_span(text: &str, s: Span) -> (usize, usize) {
    let (mut a, mut z) = (s.start(), s.end());
    let cut = text.get(a..z).unwrap_or_default();
    let low = cut.to_ascii_lowercase();
    if low.starts_with("the") {
        let rest = &cut[3..];
        let skip = rest.len() - rest.trim_start().len();
        if skip > 0 && skip < rest.len() {
            a += 3 + skip;
        }
    }
    let cut = text.get(a..z).unwrap_or_default();
    for end in ["'s", "’s", "'", "’"] {
        if let Some(rest) = cut.strip_suffix(end) {
            if !rest.is_empty() {
                z = a + rest.len();
            }
            break;
        }
    }
    (a, z)
}

/// Counts by label (LOC under GPE) of one text; each prediction and whether it is right.
pub(super) fn count_matches(
    doc: &Doc,
    predicted: &[(Span, Label)],
    counts: &mut BTreeMap<Label, Counts>,
) -> Vec<Option<bool>> {
    let text = doc.text.as_str();
    let known: BTreeSet<Label> = doc.known.iter().map(|&l| merge_places(l)).collect();
    let gold: BTreeSet<_> = doc
        .names
        .iter()
        .filter(|(_, l)| known.contains(&merge_places(*l)))
        .map(|&(s, l)| (trim_span(text, s), merge_places(l)))
        .collect();
    for (_, l) in &gold {
        counts.entry(*l).or_default().gold += 1;
    }
    let mut seen = BTreeSet::new();
    predicted
        .iter()
        .map(|&(s, l)| {
            let l = merge_places(l);
            let item = (trim_span(text, s), l);
            let (a, z) = item.0;
            let hidden = doc.ignore.iter().any(|i| a < i.end() && z > i.start());
            if hidden || !known.contains(&l) || !seen.insert(item) {
                return None;
            }
            let right = gold.contains(&item);
            let c = counts.entry(l).or_default();
            c.predicted += 1;
            c.right += usize::from(right);
            Some(right)
        })
        .collect()
}

/// The headline: micro F1 over PERSON ORG PLACE NORP.
pub(super) fn headline(counts: &BTreeMap<Label, Counts>) -> Counts {
    let mut sum = Counts::default();
    for l in [Label::Person, Label::Org, Label::Gpe, Label::Norp] {
        let c = counts.get(&l).copied().unwrap_or_default();
        sum.right += c.right;
        sum.predicted += c.predicted;
        sum.gold += c.gold;
    }
    sum
}
