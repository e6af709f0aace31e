//! What the network reads of a text: table rows and flags, no words.

use std::ops::Range;

use super::architecture::{FEATURE_VALUES, FLAGS, TABLES, VECTOR_RANK};
use crate::entities::prepared::Prepared;
use crate::entities::words::{Shape, WordType};

/// What the network reads of one spelling.
#[derive(Debug, Clone)]
pub struct SpellingInput {
    /// Its slot in the lexicon, from 1, if it has a vector; else 0.
    pub slot: u32,
    /// A row in each embedding table.
    pub rows: [u16; TABLES.len()],
    /// Yes-or-no inputs, one bit each.
    pub flags: u64,
}

/// What the network reads of a text.
#[derive(Debug, Clone)]
pub struct NetworkInput {
    pub spellings: Vec<SpellingInput>,
    /// Of each token: its spelling, an index into `spellings`.
    pub spelling_of: Vec<u32>,
    /// Of each token: the values of its features, see [`FEATURE_VALUES`].
    pub features: Vec<[u8; FEATURE_VALUES.len()]>,
    /// Windows do not reach beyond these.
    pub sequences: Vec<Range<usize>>,
    /// Of each token: 1 + the group of mentions of its word, 0 outside names.
    pub group_of: Vec<u32>,
    /// Number of groups.
    pub groups: usize,
}

impl NetworkInput {
    /// Reads a text that was made ready for the taggers.
    pub fn new(prepared: &Prepared) -> NetworkInput {
        let (words, context) = (&prepared.words, &prepared.context);
        let n = words.of.len();
        let mut input = NetworkInput {
            spellings: words.types.iter().map(describe_spelling).collect(),
            spelling_of: words.of.clone(),
            features: Vec::with_capacity(n),
            sequences: prepared.sequences.clone(),
            group_of: vec![0; n],
            groups: 0,
        };
        let mut numbers = vec![0u32; words.keys as usize];
        let flag = |v: &[bool], i: usize| u8::from(v.get(i).copied().unwrap_or(false));
        for i in 0..n {
            let key = words.get(i).map_or(0, |t| t.key as usize);
            let paragraph = context.paragraph.get(i).map_or(0, |&p| p as usize);
            let case = words.cases.get(paragraph).map_or(0, |&c| c as u8);
            let written = words.shapes.get(i).map_or(0, |&s| s as u8);
            let run = context.run_at(i);
            let place = context.places.get(i).copied().flatten();
            let inside = run.map_or(0, |r| {
                let before = (i - r.start as usize).min(3);
                let after = (r.end as usize - 1 - i).min(3);
                1 + 4 * before as u8 + after as u8
            });
            let seen = flag(&context.lower, key) | flag(&context.capital, key) << 1;
            input.features.push([
                (case * 2 + flag(&context.initial, i)) * 8 + written,
                flag(&prepared.glued, i) | flag(&prepared.glued, i + 1) << 1,
                place.map_or(0, |(p, part)| 1 + 4 * (p as u8 - 1) + part),
                inside,
                seen << 1 | u8::from(run.is_some()),
            ]);
            if run.is_some()
                && let Some(number) = numbers.get_mut(key)
            {
                if *number == 0 {
                    input.groups += 1;
                    *number = input.groups as u32;
                }
                input.group_of[i] = *number;
            }
        }
        input
    }

    /// The tokens that may be in a name: those in runs of capitals and two on both sides. The
    /// others are left to the linear tagger.
    pub fn tokens_near_names(&self) -> Vec<bool> {
        let mut out = vec![false; self.spelling_of.len()];
        for (i, _) in self.group_of.iter().enumerate().filter(|(_, g)| **g > 0) {
            let end = (i + 3).min(out.len());
            out[i.saturating_sub(2)..end].fill(true);
        }
        out
    }
}

fn describe_spelling(t: &WordType) -> SpellingInput {
    let row = |table: usize, hash: u64| {
        if hash == 0 { 0 } else { (hash >> 17) as usize as u16 & (TABLES[table].0 - 1) as u16 }
    };
    let has_vector = (1..=VECTOR_RANK).contains(&t.word.rank);
    let flags = u64::from(t.word.flags)
        | 1 << (16 + u64::from(t.word.rank.min(8)))
        | 1 << (25
            + match t.shape {
                Shape::Lower => 0u64,
                Shape::Capital => 1,
                Shape::Upper => 2,
                Shape::Mixed => 3,
                Shape::Initial => 4,
                Shape::Number => 5,
                Shape::Code => 6,
                Shape::Mark => 7,
            })
        | 1 << (33 + u64::from(t.len.min(7)));
    const { assert!(33 + 8 == FLAGS) };
    SpellingInput {
        slot: if has_vector { t.word.slot } else { 0 },
        rows: [
            row(0, t.lower),
            t.word.clusters[2].min(2047),
            row(2, t.suffixes[1]),
            row(3, t.suffixes[2]),
            row(4, t.suffixes[3]),
            row(5, t.prefixes[2]),
            row(6, t.prefixes[1]),
            row(7, t.pattern),
        ],
        flags,
    }
}
