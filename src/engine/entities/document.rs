//! The second pass: each mention of a word gets a bonus for the labels of its other mentions.
//!
//! The first pass decodes every paragraph by itself. Here every capitalized word adds its margin to
//! the evidence for its label. The evidence of all other mentions is added to the scores of that
//! label's tags, and paragraphs whose scores changed are decoded again. So "Smith" alone is who "Ada Smith" is, and one name keeps one label unless its
//! own surroundings speak louder. Whole numbers, two looks at each token: linear in the text.

use std::ops::Range;

use super::prepared::Prepared;
use super::sequence::Row;
use super::tags::{TAGS, Tag};
use super::words::Shape;

/// The labels of tags, 0 for none.
const LABEL_COUNT: usize = 12;
/// The share of the evidence that counts, in 256ths.
const SHARE: i32 = 192;
/// The same for a word inside a longer run of capitalized words, which mostly is another thing: "China" in "Bank of China".
const SHARE_INSIDE: i32 = 48;
/// The largest bonus; scores are whole 32nds.
const MAX_BONUS: i32 = 128;
/// A smaller bonus is ignored.
const MIN_BONUS: i32 = 48;
/// The most evidence that one mention gives.
const MAX_MARGIN_OF_MENTION: i32 = 160;

/// The evidence for labels of words, from all names of a text.
#[derive(Debug)]
pub(super) struct Evidence {
    /// By the word's key: the sums of its mentions, by label.
    sums: Vec<[i32; LABEL_COUNT]>,
    /// Per token: the label and evidence that it gave itself.
    own: Vec<(u8, u8)>,
}

impl Evidence {
    /// No name has been read yet.
    pub(super) fn new(prepared: &Prepared) -> Evidence {
        Evidence {
            sums: vec![[0; LABEL_COUNT]; prepared.words.keys as usize],
            own: vec![(0, 0); prepared.words.of.len()],
        }
    }

    /// Adds the evidence of the sequence that begins at token `base`: its best tags, and what every
    /// other tag would cost (see `chain::decode`).
    pub(super) fn add_evidence(
        &mut self,
        prepared: &Prepared,
        base: usize,
        path: &[Tag],
        losses: &[Row],
    ) {
        for (i, (&tag, row)) in (base..).zip(path.iter().zip(losses)) {
            let Some((key, _)) = evidence_key(prepared, i) else {
                continue;
            };
            let label = LABEL_OF_TAG[usize::from(tag) % TAGS];
            let others = row.iter().zip(LABEL_OF_TAG).filter(|&(_, l)| l != label);
            let sure = others.map(|(&loss, _)| loss).min().unwrap_or(0);
            let said = sure.clamp(0, MAX_MARGIN_OF_MENTION);
            if let (Some(sum), Some(own)) = (self.sums.get_mut(key), self.own.get_mut(i)) {
                let sum = &mut sum[usize::from(label)];
                *sum = sum.saturating_add(said);
                *own = (label, said as u8);
            }
        }
    }

    /// Adds the bonus of their other mentions to the scores of a sequence's tokens; true when any
    /// changed.
    pub(super) fn apply_evidence(
        &self,
        prepared: &Prepared,
        sequence: Range<usize>,
        rows: &mut [Row],
    ) -> bool {
        let mut changed = false;
        for (i, row) in sequence.zip(rows) {
            let Some((key, inside)) = evidence_key(prepared, i) else {
                continue;
            };
            let share = if inside { SHARE_INSIDE } else { SHARE };
            let heard = self.evidence_of_others(key, i).map(|sum| {
                let part = sum.min(256 * MAX_BONUS / share) * share / 256;
                if part < MIN_BONUS { 0 } else { part }
            });
            if heard.iter().any(|&h| h != 0) {
                changed = true;
                for (score, label) in row.iter_mut().zip(LABEL_OF_TAG) {
                    *score += heard[usize::from(label)];
                }
            }
        }
        changed
    }

    /// The evidence of all mentions of the word but token `i`, for each label.
    fn evidence_of_others(&self, key: usize, i: usize) -> [i32; LABEL_COUNT] {
        let mut sums = self.sums.get(key).copied().unwrap_or_default();
        if let Some(&(label, said)) = self.own.get(i) {
            sums[usize::from(label)] -= i32::from(said);
        }
        sums
    }
}

/// The number of each tag's label.
const LABEL_OF_TAG: [u8; TAGS] = {
    let mut out = [0; TAGS];
    let mut tag = 1;
    while tag < TAGS {
        out[tag] = match tag {
            1..=20 => 1 + (tag as u8 - 1) / 4,
            21..=30 => 6 + (tag as u8 - 21) / 2,
            _ => 11,
        };
        tag += 1;
    }
    out
};

/// The word's key, and whether more words stand in its run; `None` for words outside runs and for
/// those that give no evidence: lowercase, initials, numbers, marks.
fn evidence_key(prepared: &Prepared, i: usize) -> Option<(usize, bool)> {
    let run = prepared.context.run_at(i)?;
    let t = prepared.words.get(i)?;
    let speaks = matches!(t.shape, Shape::Capital | Shape::Upper | Shape::Mixed | Shape::Code);
    speaks.then_some((t.key as usize, run.end - run.start > 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Label;
    use crate::entities::tags;
    use crate::lexicon::Lexicon;
    use crate::text::{SourceText, TokenizedText};

    #[test]
    fn labels_are_those_of_the_tags() {
        for a in 0..TAGS as Tag {
            for b in 0..TAGS as Tag {
                let label = |t: Tag| tags::meaning(t).map(|m| m.0);
                let same = LABEL_OF_TAG[usize::from(a)] == LABEL_OF_TAG[usize::from(b)];
                assert_eq!(same, label(a) == label(b));
            }
        }
    }

    /// Scores that are added to "Ferndale" in the second sentence, once the first was read as `label`
    /// with a margin of `sure`.
    fn bonus_of_second_mention(label: Label, sure: i32) -> Row {
        let text = SourceText::new("Mara Ferndale met us.\n\nWe saw Ferndale there.").unwrap();
        let tokenized = TokenizedText::new(&text);
        let prepared = Prepared::new(&tokenized, &Lexicon::default());
        let [first, second] = &prepared.sequences[..] else {
            panic!("two paragraphs");
        };
        let mut path = vec![tags::OUTSIDE; first.len()];
        (path[0], path[1]) = (tags::tag(label, 0, 2), tags::tag(label, 1, 2));
        let losses: Vec<Row> = path
            .iter()
            .map(|&best| std::array::from_fn(|t| if t == usize::from(best) { 0 } else { sure }))
            .collect();
        let mut evidence = Evidence::new(&prepared);
        evidence.add_evidence(&prepared, first.start, &path, &losses);
        let mut rows = vec![[0; TAGS]; first.len()];
        // The mention itself gets no bonus: it is the only evidence.
        assert!(!evidence.apply_evidence(&prepared, first.clone(), &mut rows));
        let mut rows = vec![[0; TAGS]; second.len()];
        evidence.apply_evidence(&prepared, second.clone(), &mut rows);
        assert!(rows.iter().enumerate().all(|(i, r)| i == 2 || *r == [0; TAGS]));
        rows[2]
    }

    #[test]
    fn a_full_name_speaks_for_the_surname_alone() {
        for label in [Label::Person, Label::Org, Label::Law] {
            let row = bonus_of_second_mention(label, 1000);
            let mine = usize::from(tags::tag(label, 0, 1));
            assert_eq!(row[mine], MAX_MARGIN_OF_MENTION * SHARE / 256);
            for (t, &score) in row.iter().enumerate() {
                assert_eq!(score != 0, LABEL_OF_TAG[t] == LABEL_OF_TAG[mine]);
            }
        }
        assert_eq!(bonus_of_second_mention(Label::Person, 20), [0; TAGS], "hardly sure: no bonus");
    }
}
