//! How many corrections turn one set of names into another.

use std::ops::Range;

use crate::document::Label;

/// A name with its stretch: of tokens or of bytes, the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedName {
    /// What is named.
    pub label: Label,
    /// Where.
    pub at: Range<usize>,
}

/// The corrections that make `found` into `wanted`: one for each name with a wrong label or wrong
/// boundaries (or both), one for each that is missing, one for each that is too much. Both are in text
/// order and none of a side overlaps another.
pub fn count_corrections(wanted: &[MarkedName], found: &[MarkedName]) -> u32 {
    let mut corrections = 0;
    let mut left_over = Vec::new();
    let mut rest = found.iter().peekable();
    let mut missing = Vec::new();
    for want in wanted {
        while let Some(other) =
            rest.next_if(|f| (f.at.start, f.at.end) < (want.at.start, want.at.end))
        {
            left_over.push(other);
        }
        match rest.next_if(|f| f.at == want.at) {
            Some(same) => corrections += u32::from(same.label != want.label),
            None => missing.push(want),
        }
    }
    left_over.extend(rest);
    // What is left is paired by overlap, from left to right.
    let mut rest = left_over.into_iter().peekable();
    for want in missing {
        while rest.next_if(|f| f.at.end <= want.at.start).is_some() {
            corrections += 1;
        }
        rest.next_if(|f| f.at.start < want.at.end);
        corrections += 1;
    }
    corrections + rest.count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_is_one_correction() {
        let name = |label, a, z| MarkedName { label, at: a..z };
        let (person, org) = (Label::Person, Label::Org);
        let gold = [name(person, 0, 2), name(org, 5, 6), name(org, 8, 10)];
        for (found, want) in [
            (gold.to_vec(), 0),
            (vec![], 3),
            (vec![name(org, 0, 2), gold[1].clone(), gold[2].clone()], 1),
            (vec![name(person, 0, 1), gold[1].clone(), gold[2].clone()], 1),
            (vec![name(org, 1, 3), gold[1].clone(), gold[2].clone()], 1),
            (vec![name(person, 0, 1), name(person, 1, 2), gold[1].clone(), gold[2].clone()], 2),
            (vec![gold[0].clone(), name(org, 3, 4), gold[1].clone(), gold[2].clone()], 1),
            (vec![name(org, 12, 13)], 4),
            (vec![name(org, 4, 9)], 3),
        ] {
            assert_eq!(count_corrections(&gold, &found), want, "{found:?}");
        }
        assert_eq!(count_corrections(&[], &gold), 3);
    }
}
