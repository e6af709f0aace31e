//! Features of the linear tagger, as 24-bit hashes. Training and use compute the same ones.

use super::context::{NearestCue, bucket_distance, find_nearest_cues};
use super::words::{CLOSES, INSIDE, OPENS, OUTSIDE, Word, shape};
use crate::feature_hash::mix_feature;

/// Names the set of features: a model trained with another is refused.
pub(super) const FEATURE_SET: &str = "quotes features 3";

/// Bits of a feature's hash.
pub const BITS: u32 = 24;

/// Features of one token, in a buffer that holds all there can be.
pub struct FeatureList {
    features: [u32; 64],
    len: usize,
}

impl Default for FeatureList {
    fn default() -> FeatureList {
        FeatureList { features: [0; 64], len: 0 }
    }
}

impl FeatureList {
    /// Empties it for the next token.
    pub fn clear(&mut self) {
        self.len = 0;
    }

    fn push(&mut self, feature: u32) {
        if let Some(slot) = self.features.get_mut(self.len) {
            *slot = feature;
            self.len += 1;
        }
    }

    /// The features' hashes.
    pub fn as_slice(&self) -> &[u32] {
        &self.features[..self.len.min(self.features.len())]
    }
}

/// What stands before a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub struct Surroundings {
    /// The paragraph before ends with a colon.
    pub after_colon: bool,
    /// The paragraph before ends inside quotation.
    pub after_unclosed: bool,
    /// The paragraph before has speech between marks.
    pub after_quote: bool,
    /// It is the first of the text.
    pub title: bool,
}

/// A paragraph, prepared for the features of its tokens.
pub struct ParagraphFeatures<'a> {
    words: &'a [Word],
    around: Surroundings,
    left: Vec<NearestCue>,
    right: Vec<NearestCue>,
    /// The nearest punctuation on either side with the word after it, hashed, and its distance.
    stop_left: Vec<[u32; 2]>,
    stop_right: Vec<[u32; 2]>,
}

/// The hash of a feature: its template and up to three values.
pub(super) fn hash_feature(template: u32, a: u32, b: u32, c: u32) -> u32 {
    (mix_feature(template, a, b, c) >> (64 - BITS)) as u32
}

/// Numbers of the feature templates. They are part of a feature's hash: models are trained with them.
mod template {
    /// Templates of a word near the token: its offset is added to the number.
    pub(super) const NEAR_WORD: isize = 10;
    pub(super) const NEAR_FINE_CLUSTER: isize = 20;
    pub(super) const NEAR_COARSE_CLUSTER: isize = 30;
    pub(super) const NEAR_SUFFIX: isize = 40;
    pub(super) const NEAR_SHAPE: isize = 100;

    pub(super) const SHORT_SUFFIX: u32 = 50;
    pub(super) const PREFIX: u32 = 51;
    pub(super) const WORD_AND_PREVIOUS: u32 = 52;
    pub(super) const WORD_AND_NEXT: u32 = 53;
    pub(super) const PREVIOUS_AND_NEXT: u32 = 54;
    pub(super) const CLASSES_AROUND: u32 = 59;
    pub(super) const CLASSES_AHEAD: u32 = 60;
    pub(super) const PREVIOUS_WORD_AND_CLASSES: u32 = 62;
    pub(super) const WORD_AND_CLASSES_AHEAD: u32 = 63;
    pub(super) const PUNCTUATION_LEFT: u32 = 65;
    pub(super) const PUNCTUATION_RIGHT: u32 = 66;
    pub(super) const QUOTATION: u32 = 71;
    pub(super) const QUOTATION_AND_WORD: u32 = 72;
    pub(super) const QUOTATION_AND_CLASSES: u32 = 74;
    pub(super) const QUOTATION_WINDOW: u32 = 75;
    pub(super) const AFTER_MARK_WORD: u32 = 76;
    pub(super) const AFTER_MARK_CLASS: u32 = 77;
    pub(super) const BEFORE_MARK_WORD: u32 = 78;
    pub(super) const CUE_LEFT: u32 = 80;
    pub(super) const CUE_RIGHT: u32 = 81;
    pub(super) const CUE_WORD_LEFT: u32 = 82;
    pub(super) const CUE_WORD_RIGHT: u32 = 83;
    pub(super) const CUES_ON_BOTH_SIDES: u32 = 84;
    pub(super) const CUE_STRENGTHS: u32 = 87;
    pub(super) const SENTENCE_START: u32 = 90;
    pub(super) const SURROUNDINGS: u32 = 91;
    pub(super) const SURROUNDINGS_AND_REGION: u32 = 92;

    /// Templates of the step from the previous token's tag.
    pub(super) const STEP_QUOTATION: u32 = 201;
    pub(super) const STEP_WORD: u32 = 202;
    pub(super) const STEP_PREVIOUS_WORD: u32 = 203;
    pub(super) const STEP_CLASSES: u32 = 204;
    pub(super) const STEP_AFTER: u32 = 205;
    pub(super) const STEP_BEFORE_NEXT: u32 = 206;
    pub(super) const STEP_CUES: u32 = 207;
    pub(super) const STEP_OVER_MARK: u32 = 208;
}

/// The tokens around one whose words are features of its tag, relative to it.
pub(super) const WORD_WINDOW: [isize; 7] = [-3, -2, -1, 0, 1, 2, 3];
/// Of this window, the part whose shapes are features, too.
pub(super) const SHAPE_WINDOW: std::ops::Range<usize> = 1..6;
/// Number of different shapes.
pub(super) const SHAPES: usize = 12;

/// Features of the tag of a token that has the word `w`, whatever its case, `k` tokens on.
pub(super) fn push_word_features(w: &Word, k: isize, out: &mut FeatureList) {
    let mut f = |f| out.push(f);
    let at = |base: isize| (base + k) as u32;
    f(hash_feature(at(template::NEAR_WORD), w.low, 0, 0));
    f(hash_feature(at(template::NEAR_FINE_CLUSTER), u32::from(w.cluster[1]), 0, 0));
    if k.abs() <= 2 {
        f(hash_feature(at(template::NEAR_COARSE_CLUSTER), u32::from(w.cluster[0]), 0, 0));
        f(hash_feature(at(template::NEAR_SUFFIX), w.suffix[1], 0, 0));
    }
    if k == 0 {
        f(hash_feature(template::SHORT_SUFFIX, w.suffix[0], 0, 0));
        f(hash_feature(template::PREFIX, w.prefix, 0, 0));
    }
}

/// The feature of a word's shape, in the same place.
pub(super) fn shape_feature(shape: u8, k: isize) -> Option<u32> {
    (k.abs() <= 2).then(|| hash_feature((template::NEAR_SHAPE + k) as u32, u32::from(shape), 0, 0))
}

/// Stands for a word beyond the paragraph's ends.
pub(super) const BEYOND_PARAGRAPH: Word = Word {
    low: 1,
    suffix: [1, 1],
    prefix: 1,
    cluster: [127, 1023],
    shape: shape::BEYOND,
    cue: 0,
    quote: OUTSIDE,
    region: 0,
    first: false,
    punct: true,
    tag: 15,
    doubt: 127,
};

impl<'a> ParagraphFeatures<'a> {
    /// Looks over a paragraph for the cues and marks nearest to each token.
    pub fn new(words: &'a [Word], around: Surroundings) -> ParagraphFeatures<'a> {
        let n = words.len();
        let mut out = ParagraphFeatures {
            words,
            around,
            left: vec![NearestCue::default(); n],
            right: vec![NearestCue::default(); n],
            stop_left: vec![[0; 2]; n],
            stop_right: vec![[0; 2]; n],
        };
        out.find_punctuation();
        let strong = |w: &Word| (w.cue >= 3 && w.quote == OUTSIDE).then_some(w.cue);
        find_nearest_cues(words, &mut out.left, &mut out.right, strong);
        out
    }

    /// Finds the marks of punctuation nearest to each token.
    fn find_punctuation(&mut self) {
        let after = |i: usize| self.words.get(i + 1).map_or(1, |w| w.low);
        let nearest_mark = |at: usize, i: usize| {
            let far = u32::from(bucket_distance(at.abs_diff(i)));
            [hash_feature(0, self.words[at].low, after(at), 0), far]
        };
        let mut last = None;
        for i in 0..self.words.len() {
            if let Some(at) = last {
                self.stop_left[i] = nearest_mark(at, i);
            }
            if self.words[i].punct {
                last = Some(i);
            }
        }
        last = None;
        for i in (0..self.words.len()).rev() {
            if let Some(at) = last {
                self.stop_right[i] = nearest_mark(at, i);
            }
            if self.words[i].punct {
                last = Some(i);
            }
        }
    }

    /// The word `k` tokens after token `i`, [`BEYOND_PARAGRAPH`] beyond the ends.
    pub fn word_at(&self, i: usize, k: isize) -> &Word {
        i.checked_add_signed(k).and_then(|i| self.words.get(i)).unwrap_or(&BEYOND_PARAGRAPH)
    }

    /// Features of the tag at token `i` but for those of single words, [`push_word_features`] and [`shape_feature`].
    pub fn push_tag_features(&self, i: usize, out: &mut FeatureList) {
        let w = |k| self.word_at(i, k);
        let (a, b, c, d, e) = (w(-2), w(-1), w(0), w(1), w(2));
        let mut f = |t: u32, x: u32, y: u32, z: u32| out.push(hash_feature(t, x, y, z));
        let q = u32::from(c.quote);
        f(template::WORD_AND_PREVIOUS, b.low, c.low, 0);
        f(template::WORD_AND_NEXT, c.low, d.low, 0);
        f(template::PREVIOUS_AND_NEXT, b.low, d.low, 0);
        let word_class = |w: &Word| u32::from(w.cluster[0]) + 128 * u32::from(w.shape);
        f(template::CLASSES_AROUND, word_class(b), word_class(c), word_class(d));
        f(template::CLASSES_AHEAD, word_class(c), word_class(d), word_class(e));
        f(template::PREVIOUS_WORD_AND_CLASSES, b.low, word_class(c), word_class(d));
        f(template::WORD_AND_CLASSES_AHEAD, c.low, word_class(d), word_class(e));
        let (sl, sr) = (&self.stop_left[i], &self.stop_right[i]);
        f(template::PUNCTUATION_LEFT, sl[0], sl[1], q);
        f(template::PUNCTUATION_RIGHT, sr[0], sr[1], q);
        // Quotation.
        let qs = q + 4 * u32::from(b.quote) + 16 * u32::from(d.quote);
        f(template::QUOTATION, qs, u32::from(c.region), 0);
        f(template::QUOTATION_AND_WORD, q, c.low, 0);
        f(template::QUOTATION_AND_CLASSES, q, word_class(c), word_class(b));
        f(
            template::QUOTATION_WINDOW,
            u32::from(a.quote),
            u32::from(b.quote),
            u32::from(e.quote) + 8 * q,
        );
        if b.quote != c.quote || b.quote == CLOSES {
            f(template::AFTER_MARK_WORD, qs, u32::from(b.region.max(a.region)), c.low);
            f(template::AFTER_MARK_CLASS, qs, u32::from(b.region.max(a.region)), word_class(c));
        }
        if d.quote != c.quote {
            f(template::BEFORE_MARK_WORD, qs, u32::from(d.region.max(e.region)), c.low);
        }
        // Likely cues around.
        let near = |n: &NearestCue| {
            u32::from(n.distance) + 16 * u32::from(n.strength) + 128 * u32::from(n.comma)
        };
        let (l, r) = (&self.left[i], &self.right[i]);
        f(template::CUE_LEFT, near(l), q, 0);
        f(template::CUE_RIGHT, near(r), q, 0);
        f(template::CUE_WORD_LEFT, l.word, u32::from(l.comma), q);
        f(template::CUE_WORD_RIGHT, r.word, u32::from(r.comma), q);
        f(template::CUES_ON_BOTH_SIDES, near(l), near(r), q);
        f(template::CUE_STRENGTHS, u32::from(c.cue), u32::from(d.cue) + 8 * u32::from(b.cue), q);
        let start = u32::from(c.first) + 2 * u32::from(b.first) + 4 * u32::from(d.first);
        f(template::SENTENCE_START, start, q, u32::from(c.shape));
        let around = u32::from(self.around.after_colon)
            + 2 * u32::from(self.around.after_unclosed)
            + 4 * u32::from(self.around.after_quote)
            + 8 * u32::from(self.around.title);
        f(template::SURROUNDINGS, around, q, u32::from(bucket_distance(i)));
        f(template::SURROUNDINGS_AND_REGION, around, u32::from(c.region), q);
    }

    /// All features of the tag at token `i`.
    pub fn push_all_tag_features(&self, i: usize, out: &mut FeatureList) {
        for k in WORD_WINDOW {
            push_word_features(self.word_at(i, k), k, out);
            if let Some(f) = shape_feature(self.word_at(i, k).shape, k) {
                out.push(f);
            }
        }
        self.push_tag_features(i, out);
    }

    /// Features of the step from the tag at `i - 1` to the tag at `i`.
    pub fn push_transition_features(&self, i: usize, out: &mut FeatureList) {
        let w = |k| self.word_at(i, k);
        let (b, c, d) = (w(-1), w(0), w(1));
        let mut f = |t: u32, x: u32, y: u32, z: u32| out.push(hash_feature(t, x, y, z));
        let word_class = |w: &Word| u32::from(w.cluster[0]) + 128 * u32::from(w.shape);
        let q = u32::from(b.quote) + 4 * u32::from(c.quote);
        f(template::STEP_QUOTATION, q, u32::from(c.first), u32::from(d.quote));
        f(template::STEP_WORD, c.low, 0, 0);
        f(template::STEP_PREVIOUS_WORD, b.low, 0, 0);
        f(template::STEP_CLASSES, word_class(b), word_class(c), 0);
        if b.punct {
            f(template::STEP_AFTER, b.low, c.low, 1);
        } else {
            f(template::STEP_AFTER, word_class(b), word_class(c), word_class(d));
        }
        if c.punct {
            f(template::STEP_BEFORE_NEXT, c.low, d.low, 1);
        }
        let (l, r) = (&self.left[i], &self.right[i]);
        f(
            template::STEP_CUES,
            u32::from(l.strength) + 8 * u32::from(r.strength),
            u32::from(c.punct) + 2 * u32::from(b.punct),
            q,
        );
        if b.quote == CLOSES || c.quote == OPENS || (b.quote == INSIDE) != (c.quote == INSIDE) {
            f(template::STEP_OVER_MARK, q, u32::from(b.region), u32::from(c.region));
        }
    }
}
