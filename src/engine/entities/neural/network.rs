//! The network in integers, and its section of the model file.

use std::ops::Range;

use super::architecture::*;
use super::input::{NetworkInput, SpellingInput};
use crate::entities::sequence::Row;
use crate::entities::tags::TAGS;
use crate::lexicon::{Lexicon, Reader};

/// The network that tags names.
#[derive(Debug, Clone, Default)]
pub struct NameNetwork {
    layers: DenseLayers,
    features: FeatureRows,
    tables: EmbeddingTables,
    vectors: WordVectors,
    /// Transitions, in the scale of the linear weights.
    transitions: Vec<i16>,
}

/// Word vectors, quantised by parts.
#[derive(Debug, Clone, Default)]
struct WordVectors {
    /// For each code the 256 parts.
    parts: Vec<i8>,
    /// [`CODES`] of each word that has a vector.
    codes: Vec<u8>,
    /// By slot of the lexicon: 1 + the word's number in `codes`, 0 for none.
    number_of: Vec<u32>,
}

/// By slot of the lexicon: 1 + running number of the words that have a vector; 0 for the others.
pub fn number_vectors(lexicon: &Lexicon) -> Vec<u32> {
    let mut n = 0;
    let mut out = vec![0];
    out.extend(lexicon.ranks().iter().map(|rank| {
        if (1..=VECTOR_RANK).contains(rank) {
            n += 1;
            n
        } else {
            0
        }
    }));
    out
}

/// All numbers of a network as the model file holds them; blocks of weights are input-major.
#[derive(Debug, Clone, Default)]
pub struct NameNetworkWeights {
    pub weights: Vec<i16>,
    pub biases: Vec<i16>,
    pub features: Vec<i16>,
    pub tables: Vec<i8>,
    pub parts: Vec<i8>,
    pub codes: Vec<u8>,
    pub transitions: Vec<i16>,
}

impl NameNetworkWeights {
    /// Appends the section's bytes.
    pub fn pack(&self, out: &mut Vec<u8>) {
        for column in [&self.weights, &self.biases, &self.features, &self.transitions] {
            pack_weights(column, out);
        }
        out.extend(self.tables.iter().map(|w| w.to_le_bytes()[0]));
        out.extend(self.parts.iter().map(|w| w.to_le_bytes()[0]));
        // Code by code: likelier to repeat.
        for c in 0..CODES {
            out.extend(self.codes.iter().skip(c).step_by(CODES));
        }
    }
}

impl WordVectors {
    fn unpack(reader: &mut Reader<'_>, lexicon: &Lexicon) -> Option<WordVectors> {
        let parts = reader.take(256 * VECTOR)?;
        let number_of = number_vectors(lexicon);
        let words = number_of.iter().max().copied().unwrap_or(0) as usize;
        let packed = reader.take(words * CODES)?;
        let mut codes = vec![0; words * CODES];
        for (c, column) in packed.chunks(words.max(1)).enumerate() {
            for (w, &code) in column.iter().enumerate() {
                codes[w * CODES + c] = code;
            }
        }
        let parts = parts.iter().map(|&b| i8::from_le_bytes([b])).collect();
        Some(WordVectors { parts, codes, number_of })
    }

    fn look_up(&self, slot: u32, out: &mut [i8; VECTOR]) {
        let number = self.number_of.get(slot as usize).copied().unwrap_or(0) as usize;
        if let Some(word) = number.checked_sub(1)
            && let Some(codes) = self.codes.get(word * CODES..(word + 1) * CODES)
        {
            for (c, &code) in codes.iter().enumerate() {
                let from = (c * 256 + usize::from(code)) * PART;
                let part = self.parts.get(from..from + PART).unwrap_or_default();
                for (slot, &p) in out[c * PART..].iter_mut().zip(part) {
                    *slot = p;
                }
            }
        }
    }
}

impl NameNetwork {
    /// Reads what [`NameNetworkWeights::pack`] wrote; `None` for anything else.
    pub fn unpack(reader: &mut Reader<'_>, lexicon: &Lexicon) -> Option<NameNetwork> {
        let mut column = |n: usize| unpack_weights(reader.take(2 * n)?);
        let weights = column(BLOCKS * HIDDEN * HIDDEN)?;
        let biases = column(LAYERS * HIDDEN)?;
        let features = column(FEATURE_VALUES.iter().sum::<usize>() * HIDDEN)?;
        let transitions = column(TAGS * TAGS)?;
        let tables = EmbeddingTables::unpack(&TABLES, |n| reader.take(n).ok_or(())).ok()?;
        Some(NameNetwork {
            layers: DenseLayers::new(&weights, &biases),
            features: FeatureRows::new(&FEATURE_VALUES, &features),
            tables,
            vectors: WordVectors::unpack(reader, lexicon)?,
            transitions,
        })
    }

    /// The score of a step between two tags, in the scale of the linear weights.
    pub fn transition_score(&self, from: usize, to: usize) -> i32 {
        self.transitions.get(from * TAGS + to).map_or(0, |&p| i32::from(p))
    }

    /// The vector of the word at a slot of the lexicon, [`VECTOR_ONE`] meaning 1; where there is
    /// none `out` stays as it is.
    pub fn look_up_vector(&self, slot: u32, out: &mut [i8; VECTOR]) {
        self.vectors.look_up(slot, out);
    }

    /// The spelling's input.
    fn encode_spelling(&self, spelling: &SpellingInput) -> [i16; INPUT] {
        let mut x = [0; INPUT];
        let mut vector = [0; VECTOR];
        self.look_up_vector(spelling.slot, &mut vector);
        for (slot, &p) in x.iter_mut().zip(&vector) {
            *slot = i16::from(p) * (ONE / VECTOR_ONE) as i16;
        }
        self.tables.write_rows(&spelling.rows, &mut x[VECTOR..]);
        for flag in 0..FLAGS {
            if spelling.flags >> flag & 1 == 1 {
                x[FLAGS_START + flag] = ONE as i16;
            }
        }
        x
    }

    /// Scores of every token's tags, in 512ths.
    ///
    /// Two passes over the text: what the mentions of a word have in common is known after the
    /// first. Between them one vector a token is kept; the other layers live for a sequence.
    pub fn score(&self, input: &NetworkInput) -> Vec<Row> {
        let wanted = input.tokens_near_names();
        let conv2 = self.convolve_twice(input, &wanted);
        let pooled = self.pool_mentions(input, &conv2);
        let mut out = vec![[0; TAGS]; input.spelling_of.len()];
        for seq in &input.sequences {
            let (Some(conv2), Some(out)) = (conv2.get(seq.clone()), out.get_mut(seq.clone()))
            else {
                continue;
            };
            let pooled = |i: usize| match input.group_of.get(seq.start + i) {
                Some(&group) if group > 0 => pooled.get(group as usize),
                _ => None,
            };
            for (i, out) in out.iter_mut().enumerate() {
                if wanted[seq.start + i] {
                    let conv3 = (3, CONV3_BLOCK);
                    let x = self.layers.convolve(conv3, &CONV3_OFFSETS, conv2, i, pooled(i));
                    *out = self.score_tags(&x);
                }
            }
        }
        out
    }

    /// The second convolution of the tokens that the third one of `wanted` tokens reads.
    fn convolve_twice(&self, input: &NetworkInput, wanted: &[bool]) -> Vec<Activations> {
        let (second, first) = (widen(wanted, 1), widen(wanted, 3));
        let spellings = input.spellings.iter();
        let projections: Vec<WordProjections> =
            spellings.map(|s| self.layers.project_word(&self.encode_spelling(s))).collect();
        let mut out: Vec<Activations> = vec![[0; HIDDEN]; input.spelling_of.len()];
        let mut conv1: Vec<Activations> = Vec::new();
        for seq in &input.sequences {
            conv1.clear();
            conv1.extend(seq.clone().map(|i| {
                if first[i] {
                    self.convolve_words(input, &projections, seq, i)
                } else {
                    [0; HIDDEN]
                }
            }));
            for (i, &x) in conv1.iter().enumerate() {
                let at = seq.start + i;
                out[at] = if second[at] {
                    self.layers.convolve((2, CONV2_BLOCK), &CONV2_OFFSETS, &conv1, i, None)
                } else {
                    x
                };
            }
        }
        out
    }

    /// The first convolution at token `i`.
    fn convolve_words(
        &self,
        input: &NetworkInput,
        projections: &[WordProjections],
        seq: &Range<usize>,
        i: usize,
    ) -> Activations {
        let word_at = |offset: isize| {
            let j = i.checked_add_signed(offset).filter(|j| seq.contains(j))?;
            projections.get(*input.spelling_of.get(j)? as usize)
        };
        self.layers.convolve_words(word_at, &self.features, &input.features[i])
    }

    /// Of each group of mentions the greatest activations, as the third convolution reads them.
    fn pool_mentions(&self, input: &NetworkInput, conv2: &[Activations]) -> Vec<Sums> {
        let mut pool: Vec<Activations> = vec![[0; HIDDEN]; input.groups + 1];
        for (x, &group) in conv2.iter().zip(&input.group_of) {
            if group > 0
                && let Some(pool) = pool.get_mut(group as usize)
            {
                for (p, &v) in pool.iter_mut().zip(x) {
                    *p = (*p).max(v);
                }
            }
        }
        let project = |p: &Activations| {
            let mut sums = [0; HIDDEN];
            self.layers.add_product(POOL_BLOCK, p, &mut sums);
            sums
        };
        pool.iter().map(project).collect()
    }

    fn score_tags(&self, x: &Activations) -> Row {
        let mut sums = self.layers.bias_sums(4);
        self.layers.add_product(OUTPUT_BLOCK, x, &mut sums);
        std::array::from_fn(|tag| sums[tag] / ONE)
    }
}

/// Also the tokens at most `by` from one that is wanted.
fn widen(wanted: &[bool], by: usize) -> Vec<bool> {
    let mut out = wanted.to_vec();
    for (i, _) in wanted.iter().enumerate().filter(|(_, w)| **w) {
        let end = (i + by + 1).min(out.len());
        out[i.saturating_sub(by)..end].fill(true);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::prepared::Prepared;
    use crate::text::{SourceText, TokenizedText};

    /// A network whose every number is the same.
    fn uniform_weights(weight: i16, small: i8) -> NameNetworkWeights {
        let tables = TABLES.iter().map(|(rows, width)| rows * width).sum();
        NameNetworkWeights {
            weights: vec![weight; BLOCKS * HIDDEN * HIDDEN],
            biases: vec![weight; LAYERS * HIDDEN],
            features: vec![weight; FEATURE_VALUES.iter().sum::<usize>() * HIDDEN],
            tables: vec![small; tables],
            parts: vec![small; 256 * VECTOR],
            codes: Vec::new(),
            transitions: vec![weight; TAGS * TAGS],
        }
    }

    fn open_network(parts: &NameNetworkWeights) -> Option<NameNetwork> {
        let mut bytes = Vec::new();
        parts.pack(&mut bytes);
        let mut reader = Reader::new(&bytes);
        let net = NameNetwork::unpack(&mut reader, &Lexicon::default())?;
        reader.is_empty().then_some(net)
    }

    fn score_text(net: &NameNetwork, text: &str) -> Vec<Row> {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        net.score(&NetworkInput::new(&Prepared::new(&reading, &Lexicon::default())))
    }

    const TEXT: &str =
        "Mara Ferndale met the Harbour Board in Osslow.\n\nFerndale left on Tuesday.";

    #[test]
    fn the_greatest_weights_stay_below_the_limits() {
        let max = WEIGHT_MAX as i16;
        for (weight, small) in [(max, 127), (-max, -127), (max, -127), (0, 0)] {
            let net = open_network(&uniform_weights(weight, small)).unwrap();
            for row in score_text(&net, TEXT) {
                assert!(row.iter().all(|s| s.abs() < 1 << 23));
            }
        }
        assert!(open_network(&uniform_weights(max + 1, 0)).is_none());
    }

    #[test]
    fn cut_sections_are_refused() {
        let mut bytes = Vec::new();
        uniform_weights(1, 1).pack(&mut bytes);
        for cut in [0, 1, 4096, bytes.len() / 2, bytes.len() - 1] {
            assert!(
                NameNetwork::unpack(&mut Reader::new(&bytes[..cut]), &Lexicon::default()).is_none()
            );
        }
    }

    #[test]
    fn a_mention_reads_the_others() {
        // Only the pooled block and the output are not zero; the features tell runs apart.
        let mut parts = uniform_weights(0, 0);
        let inside = FEATURE_VALUES[..3].iter().sum::<usize>() + 1;
        // The first word of a two-word name lights unit 0.
        for row in inside..inside + 16 {
            parts.features[row * HIDDEN] = if row == inside + 1 { 512 } else { 0 };
        }
        parts.weights[POOL_BLOCK * HIDDEN * HIDDEN] = 512;
        parts.weights[OUTPUT_BLOCK * HIDDEN * HIDDEN] = 512;
        let net = open_network(&parts).unwrap();
        let lone = score_text(&net, "Yesterday we saw Mara in town.");
        let both = score_text(&net, "Yesterday we saw Mara in town. He saw Mara Ferndale.");
        let first_tag = |rows: &[Row]| rows[3][0];
        assert_eq!(first_tag(&lone), 0);
        assert!(first_tag(&both) > 0);
    }
}
