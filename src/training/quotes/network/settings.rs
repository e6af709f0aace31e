//! How a network learns, and what its teachers add.

use galley_engine::quotes::training::TAGS;
use galley_engine::quotes::training::neural::TRANSITIONS;

/// How long and how boldly to learn.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub epochs: usize,
    /// Adam's.
    pub rate: f32,
    /// Share of activations left out at a time.
    pub drop: f32,
    /// Share of spellings read without their own rows, half of these also without their vector.
    pub drop_word: f32,
    pub seed: u64,
    /// Learns also from paragraphs that the linear tagger settles.
    pub settled: bool,
    /// Recurrent layers of each network.
    pub recurrent_layers: usize,
    /// What the teachers' reading counts beside gold: nothing for them themselves.
    pub teacher: f32,
    /// What the linear scores count beside the network's, in 256ths.
    pub share: i32,
    /// So many networks learn at a time.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            epochs: 24,
            rate: 0.002,
            drop: 0.15,
            drop_word: 0.3,
            seed: 1,
            settled: false,
            recurrent_layers: 1,
            teacher: 0.0,
            share: 40,
            threads: 1,
        }
    }
}

/// What teachers make of a paragraph: the gradient that its gold would have with their scores. It taken
/// from a learner's own, as often as [`Settings::teacher`] says, the teachers' probabilities stand
/// for so much of gold.
pub(super) struct Taught {
    pub(super) tags: Vec<[f32; TAGS]>,
    pub(super) steps: [f32; TRANSITIONS],
}

impl Taught {
    pub(super) fn correct(
        &self,
        tags: &mut [[f32; TAGS]],
        steps: &mut [f32; TRANSITIONS],
        share: f32,
    ) {
        let tags = tags.iter_mut().flatten().zip(self.tags.iter().flatten());
        for (g, t) in tags.chain(steps.iter_mut().zip(&self.steps)) {
            *g -= share * t;
        }
    }
}
