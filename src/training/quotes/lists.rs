//! The word lists of the model: clusters, first names, words that begin cues.

use std::collections::BTreeMap;
use std::path::Path;

use super::ready::{Ready, read_file};
use galley_engine::quotes::training::{self, Table};

/// The most frequent words' clusters: 64 coarse, 512 fine.
pub(super) fn build_cluster_table(tsv: &str) -> Table {
    let mut map = BTreeMap::new();
    for line in tsv.lines().take(45_000) {
        let mut fields = line.split('\t');
        let (Some(word), Some(a), Some(b)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let (Ok(a), Ok(b)) = (a.parse::<u16>(), b.parse::<u16>()) else {
            continue;
        };
        map.entry(training::hash_word(word)).or_insert((a % 64 + 1) | (((b % 511) + 1) << 7));
    }
    Table::new(&map)
}

/// First names by gender: 1 women's, 2 men's, 3 both.
pub(super) fn build_name_table(data: &Path) -> Result<Table, String> {
    let mut share: BTreeMap<String, [f32; 2]> = BTreeMap::new();
    for (n, name) in ["female", "male"].iter().enumerate() {
        let text = read_file(&data.join(format!("lexicons/census1990_{name}_first.tsv")))?;
        for line in text.lines() {
            if let Some((word, freq)) = line.split_once('\t') {
                share.entry(word.to_lowercase()).or_default()[n] += freq.parse().unwrap_or(0.0);
            }
        }
    }
    let map = share
        .iter()
        .map(|(word, [f, m])| {
            let kind = if *f > 8.0 * m {
                1
            } else if *m > 8.0 * f {
                2
            } else {
                3
            };
            (training::hash_word(word), kind)
        })
        .filter(|x| x.1 != 3)
        .collect();
    Ok(Table::new(&map))
}

/// How often a word begins a cue, smoothed, in seven steps.
pub(super) fn build_cue_table(ready: &[Ready<'_>]) -> Table {
    let mut counts: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for r in ready {
        for (i, &t) in r.tags.iter().enumerate() {
            let c = counts.entry(training::hash_word(r.reading.word(i))).or_default();
            c.0 += u32::from(t == training::CUE || t == training::CUE + 1);
            c.1 += 1;
        }
    }
    let map = counts
        .into_iter()
        .filter(|&(_, (c, _))| c >= 2)
        .filter_map(|(k, (c, n))| {
            let share = f64::from(c) / (f64::from(n) + 2.0);
            let step =
                [0.02, 0.05, 0.12, 0.25, 0.45, 0.7, 0.88].iter().filter(|&&s| share >= s).count();
            (step > 0).then_some((k, step as u16))
        })
        .collect();
    Table::new(&map)
}
