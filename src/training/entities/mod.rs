//! `galley train entities`: corpora and word lists in, the entity model out.
//!
//! Owns reading the sets, learning, quantising, calibrating and measuring. Features and decoding
//! are the engine's own.

mod corpus;
mod crf;
mod data;
mod lexicons;
mod measure;
mod neural;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::asset;
use crate::entities::features::FEATURES;
use crate::entities::tagger::{self, Prepared};
use crate::entities::tags::TAGS;
use crate::entities::weights::{MOST, SCALE};
use crate::entities::{Calibration, KIND, Model, VERSION};
use crate::text::Reading;
use corpus::Doc;

const HELP: &str = "galley train entities [OPTIONS]
  --shared DIR    corpora and word lists (default ../shared)
  --out FILE      where the model goes (default www/model/entities.bin)
  --epochs N      (default 10)
  --rate R        AdaGrad's rate (default 0.2)
  --dropout R     share of features left out at a time (default 0.5)
  --decay R       pull of weights to 0 (default 0)
  --prune R       weights smaller than this are dropped (default 0.06)
  --shout N       per mille of lines and names read once more in capitals (default 40)
  --rename N      per mille of people read once more with a demonym as first name (default 15)
  --silver W      weight of the silver sentences (default 0: left out)
  --without WHAT  clusters or lists: learn without them
  --web W         weight of the web sentences (default 2)
  --quick N       every N-th document only
  --dev           hold the development sets out, to tune
  --measure FILE  measure this model, learn nothing
  --errors SET N  print N errors on SET";

struct Args {
    shared: PathBuf,
    out: PathBuf,
    settings: crf::Settings,
    prune: f32,
    shout: u64,
    rename: u64,
    web: f32,
    silver: f32,
    without: lexicons::Without,
    quick: usize,
    dev: bool,
    measure: Option<PathBuf>,
    errors: Option<(String, usize)>,
}

fn parse(args: &[String]) -> Result<Args, String> {
    let mut out = Args {
        shared: std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), PathBuf::from),
        out: "www/model/entities.bin".into(),
        settings: crf::Settings {
            epochs: 10,
            rate: 0.2,
            dropout: 0.5,
            decay: 0.0,
            seed: 1,
        },
        prune: 0.06,
        shout: 40,
        rename: 15,
        web: 2.0,
        silver: 0.0,
        without: lexicons::Without::default(),
        quick: 1,
        dev: false,
        measure: None,
        errors: None,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().cloned().ok_or(format!("{arg} wants a value"));
        fn number<T: std::str::FromStr>(text: String) -> Result<T, String> {
            text.parse().map_err(|_| format!("'{text}' is no number"))
        }
        match arg.as_str() {
            "--shared" => out.shared = value()?.into(),
            "--out" => out.out = value()?.into(),
            "--epochs" => out.settings.epochs = number(value()?)?,
            "--rate" => out.settings.rate = number(value()?)?,
            "--dropout" => out.settings.dropout = number(value()?)?,
            "--decay" => out.settings.decay = number(value()?)?,
            "--seed" => out.settings.seed = number(value()?)?,
            "--prune" => out.prune = number(value()?)?,
            "--shout" => out.shout = number(value()?)?,
            "--rename" => out.rename = number(value()?)?,
            "--web" => out.web = number(value()?)?,
            "--silver" => out.silver = number(value()?)?,
            "--without" => match value()?.as_str() {
                "clusters" => out.without.clusters = true,
                "lists" => out.without.lists = true,
                other => return Err(format!("--without {other}?\n{HELP}")),
            },
            "--quick" => out.quick = number::<usize>(value()?)?.max(1),
            "--dev" => out.dev = true,
            "--measure" => out.measure = Some(value()?.into()),
            "--errors" => out.errors = Some((value()?, number(value()?)?)),
            _ => return Err(format!("unknown option {arg}\n{HELP}")),
        }
    }
    Ok(out)
}

/// A small generator of chance (SplitMix64): the same on every machine.
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u64 + 1) as usize;
            items.swap(i, j);
        }
    }
}

/// The sets that are learned from: file, weight, whether its GPE and LOC are told apart by hand,
/// sentences to glue into one text, whether it is for development.
const SETS: [(&str, f32, bool, usize, bool); 9] = [
    ("dwie_train", 1.0, true, 1, false),
    ("dwie_dev", 1.0, true, 1, true),
    ("worldwide_train", 1.0, false, 1, false),
    ("gum_train", 1.0, false, 1, false),
    ("gum_dev", 1.0, false, 1, true),
    ("uner_ewt_dev", 1.0, false, 1, false),
    ("crossner_politics_train", 0.7, true, 1, false),
    ("crossner_politics_dev", 0.7, true, 1, false),
    ("crossner_politics_test", 0.7, true, 1, false),
];

/// The one set from the open web, which is small.
const WEB: &str = "uner_ewt_dev";

const MEASURED: [&str; 7] = [
    "worldwide_dev",
    "dwie_dev",
    "gum_dev",
    "wikigold_all",
    "dwie_test",
    "gum_test",
    "uner_ewt_test",
];

/// `galley train entities …`.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let args = parse(args)?;
    let clock = Instant::now();
    let say = |what: &str| eprintln!("{:>6.1} s  {what}", clock.elapsed().as_secs_f32());
    if let Some(path) = &args.measure {
        let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let model = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
        measure_all(&args, &model)?;
        return Ok(());
    }
    let read = |set: &str| -> Result<Vec<Doc>, String> {
        let path = args.shared.join(format!("data/entities/{set}.jsonl"));
        corpus::read(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let lexicon = lexicons::read(&args.shared.join("data/lexicons"), args.without)
        .map_err(|e| e.to_string())?;
    let packed_lexicon = lexicon.pack();
    let lexicon = lexicon.build();
    say(&format!("word lists: {} bytes", packed_lexicon.len()));

    let mut rng = Rng::new(args.settings.seed);
    let mut names = Rng::new(args.settings.seed + 1);
    let peoples =
        lexicons::peoples(&args.shared.join("data/lexicons")).map_err(|e| e.to_string())?;
    let mut data = data::Data::default();
    let mut facts = BTreeMap::new();
    let mut sets: Vec<(&str, f32, bool, usize, bool)> = SETS.to_vec();
    for set in &mut sets {
        if set.0 == WEB {
            set.1 = args.web;
        }
    }
    if args.silver > 0.0 {
        sets.push(("gmb_silver", args.silver, false, 12, false));
    }
    for (set, weight, sure_place, glue, dev) in sets {
        if dev && args.dev {
            continue;
        }
        let mut docs = read(set)?;
        if glue > 1 {
            docs = corpus::glue(docs, glue);
        }
        let docs: Vec<Doc> = docs.into_iter().step_by(args.quick).collect();
        facts.insert(set.to_owned(), docs.len());
        for doc in &docs {
            data.add(doc, &lexicon, weight, !sure_place);
            if let Some(loud) = corpus::shout(doc, &mut rng, args.shout, args.shout / 2) {
                data.add(&loud, &lexicon, weight * 0.5, !sure_place);
            }
            if let Some(other) = corpus::rename(doc, &mut names, args.rename, &peoples) {
                data.add(&other, &lexicon, weight * 0.5, !sure_place);
            }
        }
    }
    say(&format!("{} tokens, {} sequences", data.tokens, data.len()));
    let (examples, keys) = data.finish(2);
    say(&format!("{} features", keys.len()));
    let mut learner = crf::Learner::new(keys.len());
    learner.run(&examples, args.settings, |epoch, loss| {
        say(&format!("epoch {} loss {:.0}", epoch + 1, loss));
    });
    drop(examples);
    let (rows, pairs) = quantise(&learner, &keys, args.prune);
    drop(learner);
    let facts = serde_json::json!({ "texts": facts, "epochs": args.settings.epochs, "features": rows.len() });
    let make = |calibration: &Calibration| {
        let payload = Model::pack(&packed_lexicon, &pairs, &rows, calibration);
        asset::write(KIND, VERSION, FEATURES, &facts.to_string(), &payload)
    };
    let bytes = make(&Calibration::default());
    let model = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
    say(&format!(
        "{} features kept, {} bytes",
        model.weights.len(),
        bytes.len()
    ));
    let steps = calibrate(&read("worldwide_dev")?, &model);
    let bytes = make(&steps);
    fs::write(&args.out, &bytes).map_err(|e| format!("{}: {e}", args.out.display()))?;
    let model = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
    measure_all(&args, &model)?;
    say("done");
    Ok(())
}

type Rows = Vec<(u32, Vec<(u8, i16)>)>;

/// Reals to whole numbers; small ones go.
fn quantise(learner: &crf::Learner, keys: &[u32], prune: f32) -> (Rows, [[i16; TAGS]; TAGS]) {
    // Pairs of tags are kept in full, weights within the bounds of their entries.
    let whole = |w: f32| (w * SCALE as f32).round() as i16;
    let mut rows = Vec::new();
    for (key, weights) in keys.iter().zip(&learner.weights) {
        let entries: Vec<(u8, i16)> = weights
            .iter()
            .enumerate()
            .filter(|(_, w)| w.abs() >= prune)
            .map(|(tag, &w)| (tag as u8, whole(w).clamp(-MOST, MOST)))
            .filter(|e| e.1 != 0)
            .collect();
        if !entries.is_empty() {
            rows.push((*key, entries));
        }
    }
    (rows, learner.pairs.map(|row| row.map(whole)))
}

pub(crate) use neural::run as run_neural;

fn predict(doc: &Doc, model: &Model) -> Vec<(crate::text::Span, crate::document::Label, i32)> {
    let reading = Reading::new(&doc.text);
    let prepared = Prepared::new(&reading, &model.lexicon);
    tagger::tag(&prepared, model)
        .into_iter()
        .filter_map(|f| {
            Some((
                reading.span_of(tagger::trim(&reading, f.tokens))?,
                f.label,
                f.margin,
            ))
        })
        .collect()
}

/// Margins to shares of right mentions: pooled so that they rise.
fn calibrate(docs: &[Doc], model: &Model) -> Calibration {
    let mut seen: Vec<(i32, bool)> = Vec::new();
    for doc in docs {
        let found = predict(doc, model);
        let plain: Vec<_> = found.iter().map(|f| (f.0, f.1)).collect();
        let right = measure::compare(doc, &plain, &mut BTreeMap::new());
        for (f, r) in found.iter().zip(right) {
            if let Some(r) = r {
                seen.push((f.2, r));
            }
        }
    }
    seen.sort_unstable();
    // Blocks of equal size, then neighbours that fall are pooled.
    let mut blocks: Vec<(i32, usize, usize)> = Vec::new();
    for chunk in seen.chunks((seen.len() / 40).max(20)) {
        blocks.push((
            chunk[0].0,
            chunk.iter().filter(|s| s.1).count(),
            chunk.len(),
        ));
        while let [.., a, b] = blocks[..] {
            if a.1 * b.2 <= b.1 * a.2 && a.0 < b.0 {
                break;
            }
            blocks.pop();
            blocks.pop();
            blocks.push((a.0, a.1 + b.1, a.2 + b.2));
        }
    }
    Calibration {
        steps: blocks
            .iter()
            .map(|&(margin, right, n)| (margin, (1000 * right + 500) as u16 as usize, n, right))
            .map(|(margin, _, n, right)| (margin, ((1000 * right + n / 2) / n.max(1)) as u16))
            .collect(),
    }
}

fn measure_all(args: &Args, model: &Model) -> Result<(), String> {
    for set in MEASURED {
        let path = args.shared.join(format!("data/entities/{set}.jsonl"));
        let docs = corpus::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let clock = Instant::now();
        let mut counts = BTreeMap::new();
        let mut bins: BTreeMap<u16, (usize, usize, usize)> = BTreeMap::new();
        let mut words = 0;
        let mut shown = 0;
        for doc in &docs {
            words += doc.text.as_str().split_whitespace().count();
            let found = predict(doc, model);
            let plain: Vec<_> = found.iter().map(|f| (f.0, f.1)).collect();
            let right = measure::compare(doc, &plain, &mut counts);
            for (f, r) in found.iter().zip(&right) {
                let c = model.calibration.confidence(f.2).get();
                if let Some(r) = r {
                    let bin = bins.entry((c / 100).min(9)).or_default();
                    *bin = (bin.0 + 1, bin.1 + usize::from(*r), bin.2 + usize::from(c));
                }
            }
            if let Some((wanted, most)) = &args.errors
                && wanted == set
            {
                shown += errors(doc, &plain, &right, most.saturating_sub(shown));
            }
        }
        let head = measure::headline(&counts);
        let detail: Vec<String> = counts
            .iter()
            .map(|(l, c)| format!("{} {:.1}", l.name(), c.f1()))
            .collect();
        println!(
            "{set:<16} {:5.2}  P {:.1} R {:.1}  {} | {:.0} words/s",
            head.f1(),
            100.0 * head.right as f64 / head.predicted.max(1) as f64,
            100.0 * head.right as f64 / head.gold.max(1) as f64,
            detail.join("  "),
            words as f64 / clock.elapsed().as_secs_f64()
        );
        if set == "dwie_test" {
            for (bin, (n, right, sum)) in bins {
                println!(
                    "    confidence {:.1}–{:.1}: {n:>5} mentions, said {:.3}, right {:.3}",
                    f64::from(bin) / 10.0,
                    f64::from(bin + 1) / 10.0,
                    sum as f64 / n as f64 / 1000.0,
                    right as f64 / n as f64
                );
            }
        }
    }
    Ok(())
}

/// Prints what is wrong in a text of a development set.
fn errors(
    doc: &Doc,
    found: &[(crate::text::Span, crate::document::Label)],
    right: &[Option<bool>],
    most: usize,
) -> usize {
    let around = |s: crate::text::Span| {
        let text = doc.text.as_str();
        let a = text[..s.start()]
            .char_indices()
            .rev()
            .nth(40)
            .map_or(0, |c| c.0);
        let z = text[s.end()..]
            .char_indices()
            .nth(30)
            .map_or(text.len(), |c| s.end() + c.0);
        text[a..z].replace('\n', " ")
    };
    let mut lines: Vec<(usize, String)> = Vec::new();
    for ((s, l), r) in found.iter().zip(right) {
        if *r == Some(false) {
            lines.push((
                s.start(),
                format!(
                    "  + {:<7} {:?} | {}",
                    l.name(),
                    doc.text.slice(*s),
                    around(*s)
                ),
            ));
        }
    }
    for (s, l) in &doc.names {
        if doc.known.contains(l)
            && !found
                .iter()
                .any(|f| f.0.overlaps(*s) && f.1 == *l && f.0.len().abs_diff(s.len()) < 5)
        {
            lines.push((
                s.start(),
                format!(
                    "  - {:<7} {:?} | {}",
                    l.name(),
                    doc.text.slice(*s),
                    around(*s)
                ),
            ));
        }
    }
    lines.sort();
    lines.truncate(most);
    for (_, l) in &lines {
        println!("{l}");
    }
    lines.len()
}
