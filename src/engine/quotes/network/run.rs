//! The network in whole numbers, and its section of the model file.

#![allow(
    clippy::needless_range_loop,
    reason = "loops over arrays of one length become vector instructions"
)]

use super::block::{Block, Sums, Vector};
use super::form::*;
use super::input::{Spelling, Spellings, marks};
use crate::asset::AssetError;
use crate::quotes::features::Around;
use crate::quotes::pack::Reader;
use crate::quotes::tagger::{Lattice, TAGS, UNIT};
use crate::quotes::words::Word;

/// More scans a network does not have.
const MOST_SCANS: usize = 4;

/// The network.
#[derive(Debug, Clone, Default)]
pub struct Net {
    scans: usize,
    blocks: Vec<Block>,
    bias: Vec<Vector>,
    marks: Vec<Vector>,
    tables: Vec<Vec<i8>>,
    /// In the units of the linear weights.
    steps: Vec<i16>,
}

/// Whole numbers as they are packed; weights input-major.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    pub weights: Vec<i16>,
    pub bias: Vec<i16>,
    pub marks: Vec<i16>,
    pub tables: Vec<i8>,
    pub steps: Vec<i16>,
}

impl Parts {
    /// The section's bytes: a count of blocks, then columns, high bytes after the low ones.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = vec![(self.weights.len() / (H * H)) as u8];
        for column in [&self.weights, &self.bias, &self.marks, &self.steps] {
            out.extend(column.iter().map(|w| w.to_le_bytes()[0]));
            out.extend(column.iter().map(|w| w.to_le_bytes()[1]));
        }
        out.extend(self.tables.iter().map(|w| w.to_le_bytes()[0]));
        out
    }
}

fn words16(reader: &mut Reader<'_>, n: usize) -> Result<Vec<i16>, AssetError> {
    let low = reader.take(n)?;
    let high = reader.take(n)?;
    let pairs = low.iter().zip(high);
    let all: Vec<i16> = pairs.map(|(&l, &h)| i16::from_le_bytes([l, h])).collect();
    let most = WEIGHT_MOST as i16;
    if all.iter().all(|w| (-most..=most).contains(w)) {
        Ok(all)
    } else {
        Err(AssetError::Payload("a weight is too great"))
    }
}

impl Net {
    /// Reads what [`Parts::pack`] wrote.
    pub fn read(reader: &mut Reader<'_>) -> Result<Net, AssetError> {
        let count = usize::from(reader.byte()?);
        let scans = (1..=MOST_SCANS)
            .find(|&scans| blocks(scans) == count)
            .ok_or(AssetError::Payload("a network of another form"))?;
        let flat = words16(reader, count * H * H)?;
        let bias = words16(reader, (bias_scan(scans) + 1) * H)?;
        let marks = words16(reader, MARKS.iter().sum::<usize>() * H)?;
        let steps = words16(reader, STEPS)?;
        let mut tables = Vec::new();
        for (rows, width) in TABLES {
            let bytes = reader.take(rows * width)?;
            tables.push(bytes.iter().map(|&b| i8::from_le_bytes([b])).collect());
        }
        Ok(Net {
            scans,
            blocks: flat.chunks(H * H).map(Block::new).collect(),
            bias: bias.as_chunks::<H>().0.to_vec(),
            marks: marks.as_chunks::<H>().0.to_vec(),
            tables,
            steps,
        })
    }

    /// A spelling's projection as seen from each neighbour.
    fn near(&self, s: &Spelling) -> Near {
        let x = self.input(s);
        let mut sums = self.start(0);
        for (block, part) in x.as_chunks::<H>().0.iter().enumerate() {
            self.add(block, part, &mut sums);
        }
        let v = activate(&sums);
        let mut out = [[0; H]; NEAR.len()];
        for (k, sums) in out.iter_mut().enumerate() {
            self.add(AT_NEAR + k, &v, sums);
        }
        out
    }

    fn input(&self, s: &Spelling) -> [i16; IN] {
        let mut x = [0; IN];
        for (slot, &v) in x.iter_mut().zip(&s.vector) {
            *slot = i16::from(v) * (ONE / VECTOR_ONE) as i16;
        }
        let mut from = VECTOR;
        for ((table, (_, width)), &row) in self.tables.iter().zip(TABLES).zip(&s.rows) {
            let at = usize::from(row) * width;
            let values = table.get(at..at + width).unwrap_or_default();
            for (slot, &v) in x[from..].iter_mut().zip(values) {
                *slot = i16::from(v) * (ONE / TABLE_ONE) as i16;
            }
            from += width;
        }
        x
    }

    fn start(&self, layer: usize) -> Sums {
        let mut out = [0; H];
        if let Some(bias) = self.bias.get(layer) {
            for k in 0..H {
                out[k] = i32::from(bias[k]) * ONE;
            }
        }
        out
    }

    fn add(&self, block: usize, x: &Vector, sums: &mut Sums) {
        if let Some(block) = self.blocks.get(block) {
            block.add(x, sums);
        }
    }

    /// Scores of the tags at every token of a paragraph, in the units of the linear weights.
    /// `from`: the paragraph's first token.
    fn scores(
        &self,
        seen: &mut Seen,
        spellings: &Spellings,
        words: &[Word],
        from: usize,
        around: Around,
    ) -> Vec<[i32; TAGS]> {
        let tokens = from..from + words.len();
        let types = spellings.of.of.get(tokens).unwrap_or_default();
        for &t in types {
            seen.see(t, self, spellings);
        }
        let of = |i: usize| seen.of(*types.get(i)?);
        let mut x: Vec<Vector> = Vec::with_capacity(words.len());
        for (i, w) in words.iter().enumerate() {
            let mut sums = self.start(1);
            for (k, offset) in NEAR.iter().enumerate() {
                let at = i.checked_add_signed(*offset).filter(|&j| j < words.len());
                if let Some(near) = at.and_then(of) {
                    plus(&mut sums, &near[k]);
                }
            }
            let name = spellings.names.get(from + i).copied().unwrap_or(0);
            let mut base = 0;
            for (row, rows) in marks(w, around, name).into_iter().zip(MARKS) {
                if let Some(row) = self.marks.get(base + usize::from(row).min(rows - 1)) {
                    for k in 0..H {
                        sums[k] = sums[k].wrapping_add(i32::from(row[k]) * ONE);
                    }
                }
                base += rows;
            }
            x.push(activate(&sums));
        }
        for scan in 0..self.scans {
            x = self.scan(&x, scan);
        }
        x.iter().map(|x| self.output(x)).collect()
    }

    /// One scan over a paragraph, added to what came in.
    fn scan(&self, x: &[Vector], scan: usize) -> Vec<Vector> {
        let (block, layer) = (at_scan(scan), bias_scan(scan));
        let mut incoming: Vec<Sums> = Vec::with_capacity(x.len());
        let mut gates: Vec<Sums> = Vec::with_capacity(x.len());
        for x in x {
            let (mut coming, mut gate) = (self.start(layer), self.start(layer + 1));
            self.add(block, x, &mut coming);
            self.add(block + 1, x, &mut gate);
            incoming.push(coming);
            gates.push(gate);
        }
        // The first half of a state goes from start to end, the second from end to start.
        let mut states: Vec<Vector> = vec![[0; H]; x.len()];
        let mut there = [0; HALF];
        let mut back = [0; HALF];
        for i in 0..x.len() {
            let j = x.len() - 1 - i;
            for (i, half, state) in [(i, 0, &mut there), (j, 1, &mut back)] {
                let (coming, _) = incoming[i].as_chunks::<HALF>();
                let (gate, _) = gates[i].as_chunks::<HALF>();
                let (out, _) = states[i].as_chunks_mut::<HALF>();
                step(&coming[half], &gate[half], state, &mut out[half]);
            }
        }
        let read = |(i, x): (usize, &Vector)| {
            let mut sums = self.start(layer + 2);
            for (k, offset) in READ.iter().enumerate() {
                if let Some(s) = i.checked_add_signed(*offset).and_then(|j| states.get(j)) {
                    self.add(block + 2 + k, s, &mut sums);
                }
            }
            let (mut out, more) = (*x, activate(&sums));
            for k in 0..H {
                out[k] = (out[k] + more[k]).min(MOST as i16);
            }
            out
        };
        x.iter().enumerate().map(read).collect()
    }

    fn output(&self, x: &Vector) -> [i32; TAGS] {
        let mut sums = self.start(bias_scan(self.scans));
        self.add(at_scan(self.scans), x, &mut sums);
        std::array::from_fn(|y| sums[y] / ONE * UNIT / WEIGHT_ONE)
    }
}

/// A spelling's projection as seen from each neighbour.
type Near = [Sums; NEAR.len()];

/// What a network makes of a text's spellings, each when it is first met.
#[derive(Default)]
struct Seen {
    /// By spelling: 1 + its place in `near`.
    at: Vec<u32>,
    near: Vec<Near>,
}

impl Seen {
    fn see(&mut self, spelling: u32, net: &Net, spellings: &Spellings) {
        self.at.resize(spellings.types.len(), 0);
        let at = self.at.get_mut(spelling as usize);
        let spelling = spellings.types.get(spelling as usize);
        if let (Some(at @ 0), Some(spelling)) = (at, spelling) {
            self.near.push(net.near(spelling));
            *at = self.near.len() as u32;
        }
    }

    fn of(&self, spelling: u32) -> Option<&Near> {
        self.near.get(self.at.get(spelling as usize)?.checked_sub(1)? as usize)
    }
}

/// Networks that read one text.
pub struct Committee<'a> {
    spellings: &'a Spellings,
    members: Vec<(&'a Net, Seen)>,
}

impl<'a> Committee<'a> {
    pub fn new(nets: &'a [Net], spellings: &'a Spellings) -> Committee<'a> {
        Committee { spellings, members: nets.iter().map(|net| (net, Seen::default())).collect() }
    }

    /// Adds the mean of the members' scores to a paragraph's lattice; `from` is its first token.
    pub fn add(&mut self, lattice: &mut Lattice, words: &[Word], from: usize, around: Around) {
        let count = self.members.len().max(1) as i32;
        let mut sums = vec![[0; TAGS]; words.len()];
        let mut steps = [0i32; STEPS];
        for (net, seen) in &mut self.members {
            let scores = net.scores(seen, self.spellings, words, from, around);
            for (sum, more) in sums.iter_mut().flatten().zip(scores.iter().flatten()) {
                *sum += more / count;
            }
            for (sum, more) in steps.iter_mut().zip(&net.steps) {
                *sum += i32::from(*more);
            }
        }
        lattice.add(&sums, &steps.map(|s| (s / count) as i16));
    }
}

/// `a += b`
fn plus(a: &mut Sums, b: &Sums) {
    for k in 0..H {
        a[k] = a[k].wrapping_add(b[k]);
    }
}

/// Half of a layer: the states that go one way.
const HALF: usize = H / 2;

/// Takes a state one token on: as much of it stays as the gate says, the rest is what comes in.
fn step(coming: &[i32; HALF], gate: &[i32; HALF], state: &mut [i32; HALF], out: &mut [i16; HALF]) {
    for k in 0..HALF {
        let coming = (coming[k] / WEIGHT_ONE).clamp(-STATE_MOST, STATE_MOST);
        let keeps = (gate[k] / (4 * WEIGHT_ONE) + ONE / 2).clamp(0, ONE);
        state[k] += (((coming << STATE_BITS) - state[k]) * (ONE - keeps)) >> 8;
        out[k] = (state[k] >> STATE_BITS) as i16;
    }
}

fn activate(sums: &Sums) -> Vector {
    let mut out = [0; H];
    for k in 0..H {
        out[k] = (sums[k] / WEIGHT_ONE).clamp(0, MOST) as i16;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities;
    use crate::quotes::{marks, words};
    use crate::text::{SourceText, TokenizedText};

    const SCANS: usize = 2;

    /// A network whose every number is the same.
    fn all(weight: i16, small: i8) -> Parts {
        let tables = TABLES.iter().map(|(rows, width)| rows * width).sum();
        Parts {
            weights: vec![weight; blocks(SCANS) * H * H],
            bias: vec![weight; (bias_scan(SCANS) + 1) * H],
            marks: vec![weight; MARKS.iter().sum::<usize>() * H],
            tables: vec![small; tables],
            steps: vec![weight; STEPS],
        }
    }

    fn open(parts: &Parts) -> Result<Net, AssetError> {
        let bytes = parts.pack();
        let mut reader = Reader::new(&bytes);
        let net = Net::read(&mut reader)?;
        reader.end()?;
        Ok(net)
    }

    /// Scores of the text's only paragraph.
    fn scores(net: &Net, text: &str) -> Vec<[i32; TAGS]> {
        let source = SourceText::new(text).unwrap();
        let reading = TokenizedText::new(&source);
        let words = words::read(&reading, &marks::pair(&reading), &words::Lists::default());
        let model = entities::Model::default();
        let spellings = Spellings::new(&reading, &words, &[], model.vectors());
        net.scores(&mut Seen::default(), &spellings, &words, 0, Around::default())
    }

    const TEXT: &str = "Mara Ferndale said the harbour “is full” of ice. She left.";

    #[test]
    fn the_greatest_weights_stay_below_the_limits() {
        let most = WEIGHT_MOST as i16;
        for (weight, small) in [(most, 127), (-most, -127), (most, -127), (0, 0)] {
            let net = open(&all(weight, small)).unwrap();
            for row in scores(&net, TEXT) {
                assert!(row.iter().all(|s| s.abs() < 1 << 24));
            }
        }
        assert!(open(&all(most + 1, 0)).is_err());
    }

    #[test]
    fn cut_sections_are_refused() {
        let bytes = all(1, 1).pack();
        for cut in [0, 1, 4096, bytes.len() / 2, bytes.len() - 1] {
            assert!(Net::read(&mut Reader::new(&bytes[..cut])).is_err());
        }
    }

    /// A scan carries what one token says to tokens far away, in its own direction alone.
    #[test]
    fn a_state_goes_along_the_paragraph() {
        let mut parts = all(0, 0);
        let bias = |layer: usize, unit: usize| layer * H + unit;
        // Words between marks light unit 0 of the first layer.
        let inside = [3, 3 + 4, 3 + 8, 3 + 12];
        for row in inside {
            parts.marks[row * H] = 512;
        }
        // Of the first scan, state 0 takes that unit and keeps nearly all of itself.
        let at = |block: usize, from: usize, to: usize| (block * H + from) * H + to;
        parts.weights[at(at_scan(0), 0, 0)] = 2000;
        parts.bias[bias(bias_scan(0) + 1, 0)] = 900;
        // It is read into unit 1, and unit 1 is the first tag's score.
        parts.weights[at(at_scan(0) + 3, 0, 1)] = 2000;
        parts.weights[at(at_scan(SCANS), 1, 0)] = 2000;
        let net = open(&parts).unwrap();
        let rows = scores(&net, TEXT);
        let first: Vec<i32> = rows.iter().map(|r| r[0]).collect();
        let marked = TEXT.split(' ').position(|w| w.starts_with('“')).unwrap();
        assert!(first[..marked].iter().all(|&s| s == 0), "{first:?}");
        assert!(*first.last().unwrap() > 0, "{first:?}");
    }
}
