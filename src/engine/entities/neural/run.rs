//! The network in whole numbers, and its section of the model file.

use std::ops::Range;

use super::form::*;
use super::input::{Input, TypeIn};
use crate::entities::sequence::Row;
use crate::entities::tags::TAGS;
use crate::lexicon::{Lexicon, Reader};

/// One activation of a layer, [`ONE`] meaning 1.
type Vector = [i16; H];
/// Sums of a layer, `ONE * WEIGHT_ONE` meaning 1.
type Sums = [i32; H];

/// The network.
#[derive(Debug, Clone, Default)]
pub struct Net {
    /// Output-major: `weights[block][output * H + input]`.
    weights: Vec<Vec<i16>>,
    bias: Vec<Vec<i16>>,
    marks: Vec<i16>,
    tables: Vec<Vec<i8>>,
    /// For each code the 256 parts.
    parts: Vec<i8>,
    /// [`CODES`] a word that has a vector.
    codes: Vec<u8>,
    /// By slot of the lexicon: 1 + place in `codes`.
    place: Vec<u32>,
    /// Transitions, in the scale of the linear weights.
    pairs: Vec<i16>,
}

/// By slot: 1 + running number of the words that have a vector; 0 for the others.
pub fn places(lexicon: &Lexicon) -> Vec<u32> {
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

/// Whole numbers as they are packed.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    pub weights: Vec<i16>,
    pub bias: Vec<i16>,
    pub marks: Vec<i16>,
    pub tables: Vec<i8>,
    pub parts: Vec<i8>,
    pub codes: Vec<u8>,
    pub pairs: Vec<i16>,
}

impl Parts {
    /// The section's bytes: columns, high bytes of 16-bit numbers after the low ones.
    pub fn pack(&self, out: &mut Vec<u8>) {
        for column in [&self.weights, &self.bias, &self.marks, &self.pairs] {
            out.extend(column.iter().map(|w| w.to_le_bytes()[0]));
            out.extend(column.iter().map(|w| w.to_le_bytes()[1]));
        }
        out.extend(self.tables.iter().map(|w| w.to_le_bytes()[0]));
        out.extend(self.parts.iter().map(|w| w.to_le_bytes()[0]));
        // Code by code: likelier to repeat.
        for c in 0..CODES {
            out.extend(self.codes.iter().skip(c).step_by(CODES));
        }
    }
}

fn words16(reader: &mut Reader<'_>, n: usize) -> Option<Vec<i16>> {
    let low = reader.take(n)?;
    let high = reader.take(n)?;
    let all = low.iter().zip(high).map(|(&l, &h)| i16::from_le_bytes([l, h]));
    let all: Vec<i16> = all.collect();
    let most = WEIGHT_MOST as i16;
    all.iter().all(|w| (-most..=most).contains(w)).then_some(all)
}

fn bytes8(reader: &mut Reader<'_>, n: usize) -> Option<Vec<i8>> {
    Some(reader.take(n)?.iter().map(|&b| i8::from_le_bytes([b])).collect())
}

impl Net {
    /// Reads what [`Parts::pack`] wrote; `None` for anything else.
    pub fn unpack(reader: &mut Reader<'_>, lexicon: &Lexicon) -> Option<Net> {
        let flat = words16(reader, BLOCKS * H * H)?;
        let weights = flat.chunks(H * H).map(|block| {
            // Kept input-major in the file; dot products want it output-major.
            let mut turned = vec![0; H * H];
            for (i, row) in block.chunks(H).enumerate() {
                for (o, &w) in row.iter().enumerate() {
                    turned[o * H + i] = w;
                }
            }
            turned
        });
        let weights: Vec<Vec<i16>> = weights.collect();
        let bias = words16(reader, LAYERS * H)?;
        let marks = words16(reader, MARKS.iter().sum::<usize>() * H)?;
        let pairs = words16(reader, TAGS * TAGS)?;
        let mut tables = Vec::new();
        for (rows, width) in TABLES {
            tables.push(bytes8(reader, rows * width)?);
        }
        let parts = bytes8(reader, 256 * VECTOR)?;
        let place = places(lexicon);
        let words = place.iter().max().copied().unwrap_or(0) as usize;
        let packed = reader.take(words * CODES)?;
        let mut codes = vec![0; words * CODES];
        for (c, column) in packed.chunks(words.max(1)).enumerate() {
            for (w, &code) in column.iter().enumerate() {
                codes[w * CODES + c] = code;
            }
        }
        Some(Net {
            weights,
            bias: bias.chunks(H).map(<[i16]>::to_vec).collect(),
            marks,
            tables,
            parts,
            codes,
            place,
            pairs,
        })
    }

    /// Transition scores, in the scale of the linear weights.
    pub fn pair(&self, a: usize, b: usize) -> i32 {
        self.pairs.get(a * TAGS + b).map_or(0, |&p| i32::from(p))
    }

    /// The vector of the word at a slot of the lexicon, [`VECTOR_ONE`] meaning 1; where there is
    /// none `out` stays as it is.
    pub fn vector(&self, slot: u32, out: &mut [i8; VECTOR]) {
        let at = self.place.get(slot as usize).copied().unwrap_or(0) as usize;
        if let Some(at) = at.checked_sub(1)
            && let Some(codes) = self.codes.get(at * CODES..(at + 1) * CODES)
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

    /// The spelling's input.
    fn read(&self, t: &TypeIn) -> [i16; IN] {
        let mut x = [0; IN];
        let mut vector = [0; VECTOR];
        self.vector(t.slot, &mut vector);
        for (slot, &p) in x.iter_mut().zip(&vector) {
            *slot = i16::from(p) * (ONE / VECTOR_ONE) as i16;
        }
        let mut from = VECTOR;
        for ((table, (_, width)), &row) in self.tables.iter().zip(TABLES).zip(&t.rows) {
            let at = usize::from(row) * width;
            for (slot, &v) in
                x[from..].iter_mut().zip(table.get(at..at + width).unwrap_or_default())
            {
                *slot = i16::from(v) * 2;
            }
            from += width;
        }
        for bit in 0..BITS {
            if t.bits >> bit & 1 == 1 {
                x[BITS_AT + bit] = ONE as i16;
            }
        }
        x
    }

    fn start(&self, layer: usize) -> Sums {
        let mut out = [0; H];
        for (slot, &b) in out.iter_mut().zip(self.bias.get(layer).map_or(&[][..], |b| b)) {
            *slot = i32::from(b) * ONE;
        }
        out
    }

    fn add(&self, block: usize, x: &[i16], sums: &mut Sums) {
        let Some(weights) = self.weights.get(block) else {
            return;
        };
        for (sum, row) in sums.iter_mut().zip(weights.chunks_exact(H)) {
            let dot: i32 = x.iter().zip(row).map(|(&a, &w)| i32::from(a) * i32::from(w)).sum();
            *sum = sum.wrapping_add(dot);
        }
    }

    /// Scores of every token's tags, in 512ths.
    ///
    /// Two looks at the text: what the mentions of a word have in common is known after the first.
    /// Between them one vector a token is kept; the other layers live for a sequence.
    pub fn scores(&self, input: &Input) -> Vec<Row> {
        let wanted = input.wanted();
        let (wide, first) = (widen(&wanted, 1), widen(&wanted, 3));
        let two = self.first_look(input, &wide, &first);
        let pooled = self.pool(input, &two);
        let mut out = vec![[0; TAGS]; input.of.len()];
        for seq in &input.sequences {
            let (Some(two), Some(out)) = (two.get(seq.clone()), out.get_mut(seq.clone())) else {
                continue;
            };
            let pooled = |i: usize| match input.group.get(seq.start + i) {
                Some(&group) if group > 0 => pooled.get(group as usize),
                _ => None,
            };
            for (i, out) in out.iter_mut().enumerate() {
                if wanted[seq.start + i] {
                    let h = self.convolve(two, i, 3, AT_LAST, &LAST, pooled(i));
                    *out = self.output(&h);
                }
            }
        }
        out
    }

    /// The second layer of the tokens that are asked for by `wide`; the first one's of `first`.
    fn first_look(&self, input: &Input, wide: &[bool], first: &[bool]) -> Vec<Vector> {
        let near = self.spellings(input);
        let mut two: Vec<Vector> = vec![[0; H]; input.of.len()];
        let mut one: Vec<Vector> = Vec::new();
        for seq in &input.sequences {
            one.clear();
            one.extend(
                seq.clone().map(
                    |i| {
                        if first[i] { self.near(input, &near, seq, i) } else { [0; H] }
                    },
                ),
            );
            for (i, &h) in one.iter().enumerate() {
                two[seq.start + i] = if wide[seq.start + i] {
                    self.convolve(&one, i, 2, AT_WIDE, &WIDE, None)
                } else {
                    h
                };
            }
        }
        two
    }

    /// Once a spelling: its projection as seen from each neighbour.
    fn spellings(&self, input: &Input) -> Vec<[Sums; NEAR.len()]> {
        let spelling = |t: &TypeIn| {
            let x = self.read(t);
            let mut sums = self.start(0);
            for (block, part) in x.chunks_exact(H).enumerate() {
                self.add(block, part, &mut sums);
            }
            let v = activate(&sums);
            let mut out = [[0; H]; NEAR.len()];
            for (k, sums) in out.iter_mut().enumerate() {
                self.add(AT_NEAR + k, &v, sums);
            }
            out
        };
        input.types.iter().map(spelling).collect()
    }

    /// The first layer of token `i`: its neighbours' spellings and its place in the text.
    fn near(
        &self,
        input: &Input,
        near: &[[Sums; NEAR.len()]],
        seq: &Range<usize>,
        i: usize,
    ) -> Vector {
        let mut sums = self.start(1);
        for (k, offset) in NEAR.iter().enumerate() {
            let Some(j) = i.checked_add_signed(*offset).filter(|j| seq.contains(j)) else {
                continue;
            };
            let near = input.of.get(j).and_then(|&t| near.get(t as usize));
            for (s, &v) in sums.iter_mut().zip(near.map_or(&[][..], |n| &n[k])) {
                *s = s.wrapping_add(v);
            }
        }
        let mut base = 0;
        for (&row, rows) in input.marks[i].iter().zip(MARKS) {
            let at = (base + usize::from(row).min(rows - 1)) * H;
            let row = self.marks.get(at..at + H).unwrap_or_default();
            for (s, &v) in sums.iter_mut().zip(row) {
                *s = s.wrapping_add(i32::from(v) * ONE);
            }
            base += rows;
        }
        activate(&sums)
    }

    /// Of each group of mentions the greatest activations, as the third layer sees them.
    fn pool(&self, input: &Input, two: &[Vector]) -> Vec<Sums> {
        let mut pool: Vec<Vector> = vec![[0; H]; input.groups + 1];
        for (h, &group) in two.iter().zip(&input.group) {
            if group > 0
                && let Some(pool) = pool.get_mut(group as usize)
            {
                for (p, &v) in pool.iter_mut().zip(h) {
                    *p = (*p).max(v);
                }
            }
        }
        let seen = |p: &Vector| {
            let mut sums = [0; H];
            self.add(AT_LAST + LAST.len(), p, &mut sums);
            sums
        };
        pool.iter().map(seen).collect()
    }

    /// One layer at token `i` of the sequence `x`, added to what came in.
    fn convolve(
        &self,
        x: &[Vector],
        i: usize,
        layer: usize,
        block: usize,
        offsets: &[isize],
        more: Option<&Sums>,
    ) -> Vector {
        let mut sums = self.start(layer);
        for (k, offset) in offsets.iter().enumerate() {
            if let Some(x) = i.checked_add_signed(*offset).and_then(|j| x.get(j)) {
                self.add(block + k, x, &mut sums);
            }
        }
        for (s, &v) in sums.iter_mut().zip(more.map_or(&[][..], |m| m)) {
            *s = s.wrapping_add(v);
        }
        let mut out = x.get(i).copied().unwrap_or([0; H]);
        for (slot, v) in out.iter_mut().zip(activate(&sums)) {
            *slot = (*slot + v).min(MOST as i16);
        }
        out
    }

    fn output(&self, h: &Vector) -> Row {
        let mut sums = self.start(4);
        self.add(AT_OUT, h, &mut sums);
        let mut row = [0; TAGS];
        for (slot, s) in row.iter_mut().zip(sums) {
            *slot = s / ONE;
        }
        row
    }
}

/// Also those at most `by` tokens from one that is wanted.
fn widen(wanted: &[bool], by: usize) -> Vec<bool> {
    let mut out = wanted.to_vec();
    for (i, _) in wanted.iter().enumerate().filter(|(_, w)| **w) {
        let end = (i + by + 1).min(out.len());
        out[i.saturating_sub(by)..end].fill(true);
    }
    out
}

fn activate(sums: &Sums) -> Vector {
    let mut out = [0; H];
    for (slot, &s) in out.iter_mut().zip(sums) {
        *slot = (s / WEIGHT_ONE).clamp(0, MOST) as i16;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::tagger::Prepared;
    use crate::text::{SourceText, TokenizedText};

    /// A network whose every number is the same.
    fn all(weight: i16, small: i8) -> Parts {
        let tables = TABLES.iter().map(|(rows, width)| rows * width).sum();
        Parts {
            weights: vec![weight; BLOCKS * H * H],
            bias: vec![weight; LAYERS * H],
            marks: vec![weight; MARKS.iter().sum::<usize>() * H],
            tables: vec![small; tables],
            parts: vec![small; 256 * VECTOR],
            codes: Vec::new(),
            pairs: vec![weight; TAGS * TAGS],
        }
    }

    fn open(parts: &Parts) -> Option<Net> {
        let mut bytes = Vec::new();
        parts.pack(&mut bytes);
        let mut reader = Reader::new(&bytes);
        let net = Net::unpack(&mut reader, &Lexicon::default())?;
        reader.is_empty().then_some(net)
    }

    fn scores(net: &Net, text: &str) -> Vec<Row> {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        net.scores(&Input::new(&Prepared::new(&reading, &Lexicon::default())))
    }

    const TEXT: &str =
        "Mara Ferndale met the Harbour Board in Osslow.\n\nFerndale left on Tuesday.";

    #[test]
    fn the_greatest_weights_stay_below_the_limits() {
        let most = WEIGHT_MOST as i16;
        for (weight, small) in [(most, 127), (-most, -127), (most, -127), (0, 0)] {
            let net = open(&all(weight, small)).unwrap();
            for row in scores(&net, TEXT) {
                assert!(row.iter().all(|s| s.abs() < 1 << 23));
            }
        }
        assert!(open(&all(most + 1, 0)).is_none());
    }

    #[test]
    fn cut_sections_are_refused() {
        let mut bytes = Vec::new();
        all(1, 1).pack(&mut bytes);
        for cut in [0, 1, 4096, bytes.len() / 2, bytes.len() - 1] {
            assert!(Net::unpack(&mut Reader::new(&bytes[..cut]), &Lexicon::default()).is_none());
        }
    }

    #[test]
    fn a_mention_hears_of_the_others() {
        // Only the pooled block and the output are not nothing; the marks tell runs apart.
        let mut parts = all(0, 0);
        let inside = MARKS[..3].iter().sum::<usize>() + 1;
        // Marks: the first word of a two-word name lights unit 0.
        for row in inside..inside + 16 {
            parts.marks[row * H] = if row == inside + 1 { 512 } else { 0 };
        }
        parts.weights[(AT_LAST + LAST.len()) * H * H] = 512;
        parts.weights[AT_OUT * H * H] = 512;
        let net = open(&parts).unwrap();
        let lone = scores(&net, "Yesterday we saw Mara in town.");
        let both = scores(&net, "Yesterday we saw Mara in town. He saw Mara Ferndale.");
        let spoken = |rows: &[Row]| rows[3][0];
        assert_eq!(spoken(&lone), 0);
        assert!(spoken(&both) > 0);
    }
}
