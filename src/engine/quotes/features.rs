//! Features of the tagger, as 24-bit hashes; training and running compute the same ones.

use super::context::{Near, bucket, sweep};
use super::words::{CLOSES, INSIDE, OPENS, OUTSIDE, Word};

/// Names the set of features: a model trained with another is refused.
pub(super) const SET: &str = "quotes features 3";

/// Bits of a feature's hash.
pub const BITS: u32 = 24;

/// Features of one token; there are never more than it holds.
pub struct List {
    features: [u32; 64],
    len: usize,
}

impl Default for List {
    fn default() -> List {
        List { features: [0; 64], len: 0 }
    }
}

impl List {
    pub fn clear(&mut self) {
        self.len = 0;
    }

    fn push(&mut self, feature: u32) {
        if let Some(slot) = self.features.get_mut(self.len) {
            *slot = feature;
            self.len += 1;
        }
    }

    pub fn get(&self) -> &[u32] {
        &self.features[..self.len.min(self.features.len())]
    }
}

/// What stands around a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around {
    /// The paragraph before ends with a colon.
    pub after_colon: bool,
    /// The paragraph before ends inside quotation.
    pub after_unclosed: bool,
    /// The paragraph before has speech between marks.
    pub after_quote: bool,
    /// First of the text.
    pub title: bool,
}

/// One paragraph, ready for features.
pub struct Scene<'a> {
    words: &'a [Word],
    around: Around,
    left: Vec<Near>,
    right: Vec<Near>,
    /// The nearest stop or comma on either side, the word after it, and how far it is.
    stop_left: Vec<[u32; 2]>,
    stop_right: Vec<[u32; 2]>,
}

/// One feature: a template and up to three values, hashed.
pub(super) fn mix(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut h = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(a);
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 32;
    h = (h ^ u64::from(b)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^= h >> 29;
    h = (h ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (h >> (64 - BITS)) as u32
}

/// The tokens around one whose words tell of its tag.
pub(super) const NEAR: [isize; 7] = [-3, -2, -1, 0, 1, 2, 3];
/// Those whose shapes do.
pub(super) const SHAPED: std::ops::Range<usize> = 1..6;
/// Different shapes.
pub(super) const SHAPES: usize = 12;

/// What the word `w`, capitals apart, tells of the tag of the token that has it `k` tokens on.
pub(super) fn spelt(w: &Word, k: isize, out: &mut List) {
    let mut f = |f| out.push(f);
    let t = |base: isize| (base + k) as u32;
    f(mix(t(10), w.low, 0, 0));
    f(mix(t(20), u32::from(w.cluster[1]), 0, 0));
    if k.abs() <= 2 {
        f(mix(t(30), u32::from(w.cluster[0]), 0, 0));
        f(mix(t(40), w.suffix[1], 0, 0));
    }
    if k == 0 {
        f(mix(50, w.suffix[0], 0, 0));
        f(mix(51, w.prefix, 0, 0));
    }
}

/// The same of a shape.
pub(super) fn shaped(shape: u8, k: isize) -> Option<u32> {
    (k.abs() <= 2).then(|| mix((100 + k) as u32, u32::from(shape), 0, 0))
}

/// Stands for a word beyond the paragraph's ends.
pub(super) const EDGE: Word = Word {
    low: 1,
    suffix: [1, 1],
    prefix: 1,
    cluster: [127, 1023],
    shape: 11,
    cue: 0,
    quote: OUTSIDE,
    region: 0,
    first: false,
    punct: true,
    tag: 15,
    doubt: 127,
};

impl<'a> Scene<'a> {
    pub fn new(words: &'a [Word], around: Around) -> Scene<'a> {
        let n = words.len();
        let mut scene = Scene {
            words,
            around,
            left: vec![Near::default(); n],
            right: vec![Near::default(); n],
            stop_left: vec![[0; 2]; n],
            stop_right: vec![[0; 2]; n],
        };
        scene.stops();
        let strong = |w: &Word| (w.cue >= 3 && w.quote == OUTSIDE).then_some(w.cue);
        sweep(words, &mut scene.left, &mut scene.right, strong);
        scene
    }

    /// Finds the marks of punctuation nearest to each token.
    fn stops(&mut self) {
        let after = |i: usize| self.words.get(i + 1).map_or(1, |w| w.low);
        let mark = |at: usize, i: usize| {
            let far = u32::from(bucket(at.abs_diff(i)));
            [mix(0, self.words[at].low, after(at), 0), far]
        };
        let mut last = None;
        for i in 0..self.words.len() {
            if let Some(at) = last {
                self.stop_left[i] = mark(at, i);
            }
            if self.words[i].punct {
                last = Some(i);
            }
        }
        last = None;
        for i in (0..self.words.len()).rev() {
            if let Some(at) = last {
                self.stop_right[i] = mark(at, i);
            }
            if self.words[i].punct {
                last = Some(i);
            }
        }
    }

    pub fn at(&self, i: usize, k: isize) -> &Word {
        i.checked_add_signed(k).and_then(|i| self.words.get(i)).unwrap_or(&EDGE)
    }

    /// Features of the tag at token `i` but for those of single words, [`spelt`] and [`shaped`].
    pub fn node(&self, i: usize, out: &mut List) {
        let w = |k| self.at(i, k);
        let (a, b, c, d, e) = (w(-2), w(-1), w(0), w(1), w(2));
        let mut f = |t: u32, x: u32, y: u32, z: u32| out.push(mix(t, x, y, z));
        let q = u32::from(c.quote);
        f(52, b.low, c.low, 0);
        f(53, c.low, d.low, 0);
        f(54, b.low, d.low, 0);
        let c64 = |w: &Word| u32::from(w.cluster[0]) + 128 * u32::from(w.shape);
        f(59, c64(b), c64(c), c64(d));
        f(60, c64(c), c64(d), c64(e));
        f(62, b.low, c64(c), c64(d));
        f(63, c.low, c64(d), c64(e));
        let (sl, sr) = (&self.stop_left[i], &self.stop_right[i]);
        f(65, sl[0], sl[1], q);
        f(66, sr[0], sr[1], q);
        // Quotation.
        let qs = q + 4 * u32::from(b.quote) + 16 * u32::from(d.quote);
        f(71, qs, u32::from(c.region), 0);
        f(72, q, c.low, 0);
        f(74, q, c64(c), c64(b));
        f(75, u32::from(a.quote), u32::from(b.quote), u32::from(e.quote) + 8 * q);
        if b.quote != c.quote || b.quote == CLOSES {
            f(76, qs, u32::from(b.region.max(a.region)), c.low);
            f(77, qs, u32::from(b.region.max(a.region)), c64(c));
        }
        if d.quote != c.quote {
            f(78, qs, u32::from(d.region.max(e.region)), c.low);
        }
        // Likely cues around.
        let near = |n: &Near| {
            u32::from(n.distance) + 16 * u32::from(n.strength) + 128 * u32::from(n.comma)
        };
        let (l, r) = (&self.left[i], &self.right[i]);
        f(80, near(l), q, 0);
        f(81, near(r), q, 0);
        f(82, l.word, u32::from(l.comma), q);
        f(83, r.word, u32::from(r.comma), q);
        f(84, near(l), near(r), q);
        f(87, u32::from(c.cue), u32::from(d.cue) + 8 * u32::from(b.cue), q);
        let start = u32::from(c.first) + 2 * u32::from(b.first) + 4 * u32::from(d.first);
        f(90, start, q, u32::from(c.shape));
        let around = u32::from(self.around.after_colon)
            + 2 * u32::from(self.around.after_unclosed)
            + 4 * u32::from(self.around.after_quote)
            + 8 * u32::from(self.around.title);
        f(91, around, q, u32::from(bucket(i)));
        f(92, around, u32::from(c.region), q);
    }

    /// All features of the tag at token `i`.
    pub fn all(&self, i: usize, out: &mut List) {
        for k in NEAR {
            spelt(self.at(i, k), k, out);
            if let Some(f) = shaped(self.at(i, k).shape, k) {
                out.push(f);
            }
        }
        self.node(i, out);
    }

    /// Features of the step from the tag at `i - 1` to the tag at `i`.
    pub fn edge(&self, i: usize, out: &mut List) {
        let w = |k| self.at(i, k);
        let (b, c, d) = (w(-1), w(0), w(1));
        let mut f = |t: u32, x: u32, y: u32, z: u32| out.push(mix(200 + t, x, y, z));
        let c64 = |w: &Word| u32::from(w.cluster[0]) + 128 * u32::from(w.shape);
        let q = u32::from(b.quote) + 4 * u32::from(c.quote);
        f(1, q, u32::from(c.first), u32::from(d.quote));
        f(2, c.low, 0, 0);
        f(3, b.low, 0, 0);
        f(4, c64(b), c64(c), 0);
        if b.punct {
            f(5, b.low, c.low, 1);
        } else {
            f(5, c64(b), c64(c), c64(d));
        }
        if c.punct {
            f(6, c.low, d.low, 1);
        }
        let (l, r) = (&self.left[i], &self.right[i]);
        f(
            7,
            u32::from(l.strength) + 8 * u32::from(r.strength),
            u32::from(c.punct) + 2 * u32::from(b.punct),
            q,
        );
        if b.quote == CLOSES || c.quote == OPENS || (b.quote == INSIDE) != (c.quote == INSIDE) {
            f(8, q, u32::from(b.region), u32::from(c.region));
        }
    }
}
