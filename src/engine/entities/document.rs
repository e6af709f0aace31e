//! The second pass: what a word is elsewhere in the text, told to each of its mentions.
//!
//! The first pass reads every paragraph by itself. Here every reading of a word in capitals bears
//! witness as far as it is sure; what the witnesses say of a label, the mention's own voice left
//! out, is added to the scores of that label's tags, and the paragraphs that hear something new are
//! read again. So "Smith" alone is who "Ada Smith" is, and one name keeps one label unless its
//! own surroundings speak louder. Whole numbers, two looks at each token: linear in the text.

use std::ops::Range;

use super::sequence::Row;
use super::tagger::Prepared;
use super::tags::{TAGS, Tag};
use super::words::Shape;

/// The labels of tags, 0 for none.
const LABELS: usize = 12;
/// What counts of the witnesses' sum, in 256ths.
const SHARE: i32 = 192;
/// The same for a word inside a longer run of capitals, which mostly is another thing: "China" in "Bank of China".
const SHARE_INSIDE: i32 = 48;
/// The most that is added to a score; scores are whole 32nds.
const MOST: i32 = 128;
/// Less than this is not heard.
const LEAST: i32 = 48;
/// The most that one mention can say.
const MOST_OF_ONE: i32 = 160;

/// What the names of a text say of their words.
#[derive(Debug)]
pub(super) struct Evidence {
    /// By the word's key: the sums of its mentions, by label.
    sums: Vec<[i32; LABELS]>,
    /// One a token: label and strength of what it said itself.
    own: Vec<(u8, u8)>,
}

impl Evidence {
    /// No name has been read yet.
    pub(super) fn new(prepared: &Prepared) -> Evidence {
        Evidence {
            sums: vec![[0; LABELS]; prepared.words.keys as usize],
            own: vec![(0, 0); prepared.words.of.len()],
        }
    }

    /// Hears the sequence that begins at token `base`: its best tags, and what every other tag
    /// would cost (see `chain::decode`).
    pub(super) fn hear(&mut self, prepared: &Prepared, base: usize, path: &[Tag], losses: &[Row]) {
        for (i, (&tag, row)) in (base..).zip(path.iter().zip(losses)) {
            let Some((key, _)) = speaker(prepared, i) else {
                continue;
            };
            let label = LABEL[usize::from(tag) % TAGS];
            let others = row.iter().zip(LABEL).filter(|&(_, l)| l != label);
            let sure = others.map(|(&loss, _)| loss).min().unwrap_or(0);
            let said = sure.clamp(0, MOST_OF_ONE);
            if let (Some(sum), Some(own)) = (self.sums.get_mut(key), self.own.get_mut(i)) {
                let sum = &mut sum[usize::from(label)];
                *sum = sum.saturating_add(said);
                *own = (label, said as u8);
            }
        }
    }

    /// Adds to the scores of a sequence's tokens what their other mentions say; true when any changed.
    pub(super) fn tell(
        &self,
        prepared: &Prepared,
        sequence: Range<usize>,
        rows: &mut [Row],
    ) -> bool {
        let mut changed = false;
        for (i, row) in sequence.zip(rows) {
            let Some((key, inside)) = speaker(prepared, i) else {
                continue;
            };
            let share = if inside { SHARE_INSIDE } else { SHARE };
            let heard = self.others(key, i).map(|sum| {
                let part = sum.min(256 * MOST / share) * share / 256;
                if part < LEAST { 0 } else { part }
            });
            if heard.iter().any(|&h| h != 0) {
                changed = true;
                for (score, label) in row.iter_mut().zip(LABEL) {
                    *score += heard[usize::from(label)];
                }
            }
        }
        changed
    }

    /// What all mentions of the word but token `i` say of each label.
    fn others(&self, key: usize, i: usize) -> [i32; LABELS] {
        let mut sums = self.sums.get(key).copied().unwrap_or_default();
        if let Some(&(label, said)) = self.own.get(i) {
            sums[usize::from(label)] -= i32::from(said);
        }
        sums
    }
}

/// The number of each tag's label.
const LABEL: [u8; TAGS] = {
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
/// those that tell nothing: lower case, initials, numbers, marks.
fn speaker(prepared: &Prepared, i: usize) -> Option<(usize, bool)> {
    let run = prepared.context.run(i)?;
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
                let same = LABEL[usize::from(a)] == LABEL[usize::from(b)];
                assert_eq!(same, label(a) == label(b));
            }
        }
    }

    /// Scores that are added to "Ferndale" in the second sentence, once the first was read as `label`
    /// with a margin of `sure`.
    fn told(label: Label, sure: i32) -> Row {
        let text = SourceText::new("Mara Ferndale met us.\n\nWe saw Ferndale there.").unwrap();
        let reading = TokenizedText::new(&text);
        let prepared = Prepared::new(&reading, &Lexicon::default());
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
        evidence.hear(&prepared, first.start, &path, &losses);
        let mut rows = vec![[0; TAGS]; first.len()];
        // The mention itself hears nothing: it is the only witness.
        assert!(!evidence.tell(&prepared, first.clone(), &mut rows));
        let mut rows = vec![[0; TAGS]; second.len()];
        evidence.tell(&prepared, second.clone(), &mut rows);
        assert!(rows.iter().enumerate().all(|(i, r)| i == 2 || *r == [0; TAGS]));
        rows[2]
    }

    #[test]
    fn a_full_name_speaks_for_the_surname_alone() {
        for label in [Label::Person, Label::Org, Label::Law] {
            let row = told(label, 1000);
            let mine = usize::from(tags::tag(label, 0, 1));
            assert_eq!(row[mine], MOST_OF_ONE * SHARE / 256);
            for (t, &score) in row.iter().enumerate() {
                assert_eq!(score != 0, LABEL[t] == LABEL[mine]);
            }
        }
        assert_eq!(told(Label::Person, 20), [0; TAGS], "hardly sure: not heard");
    }
}
