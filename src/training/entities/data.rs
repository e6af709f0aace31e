//! Texts as rows of features for the learner.

use std::ops::Range;

use super::corpus::{ALL, Doc, TagSet, allowed_tags};
use super::crf::Example;
use galley_engine::entities::features::{BITS, extract_features};
use galley_engine::entities::tagger::Prepared;
use galley_engine::lexicon::Lexicon;
use galley_engine::text::TokenizedText;

/// Examples with hashed features, and how often each feature was seen.
pub(super) struct Data {
    examples: Vec<Example>,
    counts: Vec<u8>,
    pub(super) tokens: usize,
}

impl Default for Data {
    fn default() -> Data {
        Data { examples: Vec::new(), counts: vec![0; 1 << BITS], tokens: 0 }
    }
}

impl Data {
    pub(super) fn len(&self) -> usize {
        self.examples.len()
    }

    /// Adds a text.
    pub(super) fn add(&mut self, doc: &Doc, lexicon: &Lexicon, weight: f32, either_place: bool) {
        let reading = TokenizedText::new(&doc.text);
        let sets = allowed_tags(doc, &reading, either_place);
        self.add_prepared(&Prepared::new(&reading, lexicon), &sets, weight);
    }

    /// Adds a text whose tokens may have the tags of `sets`.
    pub(super) fn add_prepared(&mut self, prepared: &Prepared, sets: &[TagSet], weight: f32) {
        let input = prepared.feature_input();
        let says = |seq: &&Range<usize>| sets[(*seq).clone()].iter().any(|&s| s != ALL);
        for seq in prepared.sequences.iter().filter(says) {
            let mut x = Example {
                features: Vec::new(),
                starts: vec![0],
                gold: sets[seq.clone()].to_vec(),
                weight,
            };
            for i in seq.clone() {
                extract_features(&input, i, seq.start, seq.end, &mut x.features);
                x.starts.push(x.features.len() as u32);
            }
            for &f in &x.features {
                let c = &mut self.counts[f as usize];
                *c = c.saturating_add(1);
            }
            self.tokens += seq.len();
            self.examples.push(x);
        }
    }

    /// Drops features seen fewer than `least` times and numbers the rest; returns their keys in
    /// rising order, the numbers being their places.
    pub(super) fn number_features(mut self, least: u8) -> (Vec<Example>, Vec<u32>) {
        let mut numbers = FeatureNumbers::new(&self.counts, least);
        let keys = std::mem::take(&mut numbers.keys);
        for x in &mut self.examples {
            let mut starts = vec![0];
            let mut kept = Vec::with_capacity(x.features.len());
            for pair in x.starts.windows(2) {
                let token = &x.features[pair[0] as usize..pair[1] as usize];
                kept.extend(token.iter().filter_map(|&f| numbers.get(f)));
                starts.push(kept.len() as u32);
            }
            kept.shrink_to_fit();
            (x.features, x.starts) = (kept, starts);
        }
        (self.examples, keys)
    }
}

/// From a hash to its rank among those kept: a bit each, and a sum before every 64.
struct FeatureNumbers {
    bits: Vec<u64>,
    before: Vec<u32>,
    keys: Vec<u32>,
}

impl FeatureNumbers {
    fn new(counts: &[u8], least: u8) -> FeatureNumbers {
        let mut n = FeatureNumbers {
            bits: vec![0; counts.len() / 64],
            before: Vec::with_capacity(counts.len() / 64),
            keys: Vec::new(),
        };
        for (w, chunk) in counts.chunks(64).enumerate() {
            n.before.push(n.keys.len() as u32);
            for (b, &c) in chunk.iter().enumerate() {
                if c >= least {
                    n.bits[w] |= 1 << b;
                    n.keys.push((w * 64 + b) as u32);
                }
            }
        }
        n
    }

    fn get(&self, f: u32) -> Option<u32> {
        let (w, b) = (f as usize / 64, f % 64);
        let bits = self.bits[w];
        (bits >> b & 1 == 1).then(|| self.before[w] + (bits & ((1 << b) - 1)).count_ones())
    }
}
