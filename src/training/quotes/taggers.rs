//! Learns the linear tagger and packs it: pruned, in whole numbers.

use super::crf::{self, Data, Index, Settings, strength, strength_threshold};
use super::ready::Ready;
use galley_engine::quotes::training::{
    self, ParagraphFeatures, Reader, SCORE_UNIT, Surroundings, TAGS, Tagger, Writer,
};

/// A tagger as bytes: sorted keys, then a column of weights a tag.
struct PackedTagger {
    nodes: (Vec<u32>, Vec<[i8; TAGS]>),
    edges: (Vec<u32>, Vec<[i8; TAGS * TAGS]>),
}

/// A feature of words is learnt when it is seen so often.
const LEAST: u32 = 3;

/// So many features of words and of steps stay in the shipped tagger.
const ROWS: [usize; 2] = [70_000, 8_000];

impl PackedTagger {
    fn new(
        nodes: (&[u32], &[[f32; TAGS]]),
        edges: (&[u32], &[[f32; TAGS * TAGS]]),
    ) -> PackedTagger {
        PackedTagger {
            nodes: quantise(nodes.0, nodes.1, ROWS[0]),
            edges: quantise(edges.0, edges.1, ROWS[1]),
        }
    }

    fn write(&self, w: &mut Writer) {
        w.keys(&self.nodes.0);
        for y in 0..TAGS {
            w.bytes.extend(self.nodes.1.iter().map(|r| r[y] as u8));
        }
        w.keys(&self.edges.0);
        for y in 0..TAGS * TAGS {
            w.bytes.extend(self.edges.1.iter().map(|r| r[y] as u8));
        }
    }
}

/// Opens what [`learn_tagger`] made.
pub(super) fn open_tagger(packed: &[u8]) -> Tagger {
    Tagger::unpack(&mut Reader::new(packed)).expect("what was packed can be read")
}

/// Whole numbers; the `keep` rows with the largest weights.
fn quantise<const N: usize>(
    keys: &[u32],
    rows: &[[f32; N]],
    keep: usize,
) -> (Vec<u32>, Vec<[i8; N]>) {
    let least = strength_threshold(rows, keep).max(0.75 / SCORE_UNIT as f32);
    keys.iter()
        .zip(rows)
        .filter(|(_, r)| strength(r) > least)
        .map(|(&k, r)| (k, r.map(|w| (w * SCORE_UNIT as f32).round().clamp(-127.0, 127.0) as i8)))
        .unzip()
}

/// Learns it from the articles numbered `which`; the tagger as the model file holds it.
pub(super) fn learn_tagger(
    ready: &[Ready<'_>],
    which: &[usize],
    say: &mut dyn FnMut(String),
) -> Vec<u8> {
    let settings = Settings {
        epochs: 8,
        rate: 0.05,
        l1: 0.01,
        l2: 0.002,
        start: 1.0,
        dropout: 0.3,
        keep: ROWS,
    };
    let (mut data, mut list) = (Data::default(), training::FeatureList::default());
    for &i in which {
        let r = &ready[i];
        for (p, paragraph) in r.reading.paragraphs().iter().enumerate() {
            let words = &r.words[paragraph.tokens.clone()];
            let around: Surroundings = training::describe_surroundings(&r.reading, &r.regions, p);
            let features = ParagraphFeatures::new(words, around);
            for t in 0..words.len() {
                list.clear();
                features.push_all_tag_features(t, &mut list);
                data.nodes.extend(list.as_slice());
                data.node_ends.push(data.nodes.len() as u32);
                list.clear();
                features.push_transition_features(t, &mut list);
                data.edges.extend(list.as_slice());
                data.edge_ends.push(data.edges.len() as u32);
            }
            data.tags.extend(&r.tags[paragraph.tokens.clone()]);
            data.ends.push(data.tags.len());
        }
    }
    let nodes = Index::new(&data.nodes, LEAST);
    let edges = Index::new(&data.edges, 5);
    nodes.apply(&mut data.nodes, &mut data.node_ends);
    edges.apply(&mut data.edges, &mut data.edge_ends);
    say(format!(
        "{} tokens, {} features, {} of steps",
        data.tags.len(),
        nodes.keys.len(),
        edges.keys.len()
    ));
    let weights = crf::learn_weights(data, nodes.keys.len(), edges.keys.len(), settings, say);
    let mut w = Writer::default();
    PackedTagger::new((&nodes.keys, &weights.nodes), (&edges.keys, &weights.edges)).write(&mut w);
    w.bytes
}
