//! The networks in integers, their section of the model file, and the mean of several.

use super::architecture::*;
use super::input::{Spelling, Spellings, token_features};
use crate::asset::AssetError;
use crate::quotes::features::Surroundings;
use crate::quotes::pack::Reader;
use crate::quotes::tagger::{Lattice, SCORE_UNIT, TAGS};
use crate::quotes::words::Word;

/// More recurrent layers a network does not have.
const MAX_RECURRENT_LAYERS: usize = 4;

/// A network that tags cues and content.
#[derive(Debug, Clone, Default)]
pub struct QuoteNetwork {
    recurrent_layers: usize,
    layers: DenseLayers,
    features: FeatureRows,
    tables: EmbeddingTables,
    /// In the units of the linear weights.
    transitions: Vec<i16>,
}

/// All numbers of a network as the model file holds them; blocks of weights are input-major.
#[derive(Debug, Clone, Default)]
pub struct QuoteNetworkWeights {
    /// Blocks of the dense layers.
    pub weights: Vec<i16>,
    /// Their biases.
    pub biases: Vec<i16>,
    /// Rows of the tokens' features.
    pub features: Vec<i16>,
    /// Embedding tables.
    pub tables: Vec<i8>,
    /// Scores of steps between two tags.
    pub transitions: Vec<i16>,
}

impl QuoteNetworkWeights {
    /// The section's bytes: a count of blocks, then columns.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = vec![(self.weights.len() / (HIDDEN * HIDDEN)) as u8];
        for column in [&self.weights, &self.biases, &self.features, &self.transitions] {
            pack_weights(column, &mut out);
        }
        out.extend(self.tables.iter().map(|w| w.to_le_bytes()[0]));
        out
    }
}

impl QuoteNetwork {
    /// Reads what [`QuoteNetworkWeights::pack`] wrote.
    ///
    /// # Errors
    /// [`AssetError::Payload`], for bytes that are no network.
    pub fn unpack(reader: &mut Reader<'_>) -> Result<QuoteNetwork, AssetError> {
        let count = usize::from(reader.byte()?);
        let recurrent_layers = (1..=MAX_RECURRENT_LAYERS)
            .find(|&layers| block_count(layers) == count)
            .ok_or(AssetError::Payload("a network of another form"))?;
        let mut column = |n: usize| {
            unpack_weights(reader.take(2 * n)?).ok_or(AssetError::Payload("a weight is too great"))
        };
        let weights = column(count * HIDDEN * HIDDEN)?;
        let biases = column((output_bias(recurrent_layers) + 1) * HIDDEN)?;
        let features = column(FEATURE_VALUES.iter().sum::<usize>() * HIDDEN)?;
        let transitions = column(TRANSITIONS)?;
        Ok(QuoteNetwork {
            recurrent_layers,
            layers: DenseLayers::new(&weights, &biases),
            features: FeatureRows::new(&FEATURE_VALUES, &features),
            tables: EmbeddingTables::unpack(&TABLES, |n| reader.take(n))?,
            transitions,
        })
    }

    fn encode_spelling(&self, spelling: &Spelling) -> [i16; INPUT] {
        let mut x = [0; INPUT];
        for (slot, &v) in x.iter_mut().zip(&spelling.vector) {
            *slot = i16::from(v) * (ONE / VECTOR_ONE) as i16;
        }
        self.tables.write_rows(&spelling.rows, &mut x[VECTOR..]);
        x
    }

    /// Scores of the tags at every token of a paragraph, in the units of the linear weights.
    /// `from`: the paragraph's first token.
    fn score_paragraph(
        &self,
        cache: &mut ProjectionCache,
        spellings: &Spellings,
        words: &[Word],
        from: usize,
        around: Surroundings,
    ) -> Vec<[i32; TAGS]> {
        let tokens = from..from + words.len();
        let types = spellings.types.type_of.get(tokens).unwrap_or_default();
        for &spelling in types {
            cache.project(spelling, self, spellings);
        }
        let mut x: Vec<Activations> = Vec::with_capacity(words.len());
        for (i, w) in words.iter().enumerate() {
            let word_at = |offset: isize| {
                let at = i.checked_add_signed(offset).filter(|&j| j < words.len())?;
                cache.get(*types.get(at)?)
            };
            let name = spellings.names.get(from + i).copied().unwrap_or(0);
            let features = token_features(w, around, name);
            x.push(self.layers.convolve_words(word_at, &self.features, &features));
        }
        for layer in 0..self.recurrent_layers {
            x = self.layers.run_recurrent((recurrent_bias(layer), recurrent_block(layer)), &x);
        }
        x.iter().map(|x| self.score_tags(x)).collect()
    }

    fn score_tags(&self, x: &Activations) -> [i32; TAGS] {
        let mut sums = self.layers.bias_sums(output_bias(self.recurrent_layers));
        self.layers.add_product(output_block(self.recurrent_layers), x, &mut sums);
        std::array::from_fn(|tag| sums[tag] / ONE * SCORE_UNIT / WEIGHT_ONE)
    }
}

/// What a network makes of a text's spellings, each when it is first met.
#[derive(Default)]
struct ProjectionCache {
    /// By spelling: 1 + its place in `projections`.
    place_of: Vec<u32>,
    projections: Vec<WordProjections>,
}

impl ProjectionCache {
    fn project(&mut self, spelling: u32, net: &QuoteNetwork, spellings: &Spellings) {
        self.place_of.resize(spellings.spellings.len(), 0);
        let place = self.place_of.get_mut(spelling as usize);
        let spelling = spellings.spellings.get(spelling as usize);
        if let (Some(place @ 0), Some(spelling)) = (place, spelling) {
            self.projections.push(net.layers.project_word(&net.encode_spelling(spelling)));
            *place = self.projections.len() as u32;
        }
    }

    fn get(&self, spelling: u32) -> Option<&WordProjections> {
        let place = *self.place_of.get(spelling as usize)?;
        self.projections.get(place.checked_sub(1)? as usize)
    }
}

/// Networks that read one text: the mean of their scores counts.
pub struct Ensemble<'a> {
    spellings: &'a Spellings,
    members: Vec<(&'a QuoteNetwork, ProjectionCache)>,
}

impl<'a> Ensemble<'a> {
    /// Networks that read the text of `spellings`.
    pub fn new(networks: &'a [QuoteNetwork], spellings: &'a Spellings) -> Ensemble<'a> {
        let members = networks.iter().map(|net| (net, ProjectionCache::default())).collect();
        Ensemble { spellings, members }
    }

    /// Adds the mean of the members' scores to a paragraph's lattice; `from` is its first token.
    pub fn add_scores(
        &mut self,
        lattice: &mut Lattice,
        words: &[Word],
        from: usize,
        around: Surroundings,
    ) {
        let count = self.members.len().max(1) as i32;
        let mut sums = vec![[0; TAGS]; words.len()];
        let mut transitions = [0i32; TRANSITIONS];
        for (net, cache) in &mut self.members {
            let scores = net.score_paragraph(cache, self.spellings, words, from, around);
            for (sum, more) in sums.iter_mut().flatten().zip(scores.iter().flatten()) {
                *sum += more / count;
            }
            for (sum, more) in transitions.iter_mut().zip(&net.transitions) {
                *sum += i32::from(*more);
            }
        }
        lattice.add_scores(&sums, &transitions.map(|s| (s / count) as i16));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities;
    use crate::quotes::{marks, words};
    use crate::text::{SourceText, TokenizedText};

    const RECURRENT_LAYERS: usize = 2;

    /// A network whose every number is the same.
    fn uniform_weights(weight: i16, small: i8) -> QuoteNetworkWeights {
        let tables = TABLES.iter().map(|(rows, width)| rows * width).sum();
        QuoteNetworkWeights {
            weights: vec![weight; block_count(RECURRENT_LAYERS) * HIDDEN * HIDDEN],
            biases: vec![weight; (output_bias(RECURRENT_LAYERS) + 1) * HIDDEN],
            features: vec![weight; FEATURE_VALUES.iter().sum::<usize>() * HIDDEN],
            tables: vec![small; tables],
            transitions: vec![weight; TRANSITIONS],
        }
    }

    fn open_network(parts: &QuoteNetworkWeights) -> Result<QuoteNetwork, AssetError> {
        let bytes = parts.pack();
        let mut reader = Reader::new(&bytes);
        let net = QuoteNetwork::unpack(&mut reader)?;
        reader.end()?;
        Ok(net)
    }

    /// Scores of the text's only paragraph.
    fn score_text(net: &QuoteNetwork, text: &str) -> Vec<[i32; TAGS]> {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        let words = words::describe_words(
            &reading,
            &marks::pair_marks(&reading),
            &words::WordTables::default(),
        );
        let model = entities::Model::default();
        let spellings = Spellings::new(&reading, &words, &[], model.vectors());
        net.score_paragraph(
            &mut ProjectionCache::default(),
            &spellings,
            &words,
            0,
            Surroundings::default(),
        )
    }

    const TEXT: &str = "Mara Ferndale said the harbour “is full” of ice. She left.";

    #[test]
    fn the_greatest_weights_stay_below_the_limits() {
        let max = WEIGHT_MAX as i16;
        for (weight, small) in [(max, 127), (-max, -127), (max, -127), (0, 0)] {
            let net = open_network(&uniform_weights(weight, small)).unwrap();
            for row in score_text(&net, TEXT) {
                assert!(row.iter().all(|s| s.abs() < 1 << 24));
            }
        }
        assert!(open_network(&uniform_weights(max + 1, 0)).is_err());
    }

    #[test]
    fn cut_sections_are_refused() {
        let bytes = uniform_weights(1, 1).pack();
        for cut in [0, 1, 4096, bytes.len() / 2, bytes.len() - 1] {
            assert!(QuoteNetwork::unpack(&mut Reader::new(&bytes[..cut])).is_err());
        }
    }

    /// A recurrent layer carries what one token says to tokens far away, in its own direction alone.
    #[test]
    fn a_state_goes_along_the_paragraph() {
        let mut parts = uniform_weights(0, 0);
        let bias_at = |layer: usize, unit: usize| layer * HIDDEN + unit;
        // Words between quotation marks light unit 0 of the first layer.
        let inside = [3, 3 + 4, 3 + 8, 3 + 12];
        for row in inside {
            parts.features[row * HIDDEN] = 512;
        }
        // Of the first recurrent layer, state 0 takes that unit and keeps nearly all of itself.
        let weight_at =
            |block: usize, from: usize, to: usize| (block * HIDDEN + from) * HIDDEN + to;
        parts.weights[weight_at(recurrent_block(0), 0, 0)] = 2000;
        parts.biases[bias_at(recurrent_bias(0) + 1, 0)] = 900;
        // It is read into unit 1, and unit 1 is the first tag's score.
        parts.weights[weight_at(recurrent_block(0) + 3, 0, 1)] = 2000;
        parts.weights[weight_at(output_block(RECURRENT_LAYERS), 1, 0)] = 2000;
        let net = open_network(&parts).unwrap();
        let rows = score_text(&net, TEXT);
        let first: Vec<i32> = rows.iter().map(|r| r[0]).collect();
        let marked = TEXT.split(' ').position(|w| w.starts_with('“')).unwrap();
        assert!(first[..marked].iter().all(|&s| s == 0), "{first:?}");
        assert!(*first.last().unwrap() > 0, "{first:?}");
    }
}
