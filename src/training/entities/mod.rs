//! `cargo train entities`: corpora and word lists in, the entity model out.
//!
//! Owns reading the sets, learning, quantising, calibrating and measuring. Features and decoding
//! are the engine's own.

mod args;
mod augment;
mod calibration;
mod corpus;
mod crf;
mod data;
mod lexicons;
mod measure;
mod neural;
mod predict;
mod recipe;
mod show;
mod taught;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::random::SplitMix;
use args::{Args, parse_args};
use calibration::calibrate;
use corpus::Doc;
use galley_engine::asset;
use galley_engine::entities::features::FEATURES;
use galley_engine::entities::tagger::Prepared;
use galley_engine::entities::tags::TAGS;
use galley_engine::entities::weights::{MAX_WEIGHT, SCALE};
use galley_engine::entities::{Calibration, KIND, Model, VERSION};
use galley_engine::text::TokenizedText;
use predict::predict;

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

const MEASURED: [&str; 8] = [
    "worldwide_dev", "dwie_dev", "gum_dev", WEB, "wikigold_all", "dwie_test", "gum_test",
    "uner_ewt_test",
];

/// Of the web set, every so many texts are learned from; in development the others are held out.
fn web_step(set: &str, dev: bool) -> usize {
    if set == WEB && dev { 2 } else { 1 }
}

/// The texts to measure on; of the web set those that development holds out.
fn read_measured(shared: &Path, set: &str) -> Result<Vec<Doc>, String> {
    let docs = read_set(shared, set)?;
    Ok(if set == WEB { docs.into_iter().skip(1).step_by(2).collect() } else { docs })
}

/// `cargo train entities …`.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let args = parse_args(args)?;
    let clock = Instant::now();
    let say = |what: &str| eprintln!("{:>6.1} s  {what}", clock.elapsed().as_secs_f32());
    if let Some(path) = &args.measure {
        let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let model = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
        if let Some(path) = &args.show {
            let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            println!("{}", show::mark_names(&text, &model)?);
            return Ok(());
        }
        measure_all(&args, &model)?;
        return Ok(());
    }
    let linear = match &args.from {
        Some(path) => {
            let mut linear = Linear::from_model(path)?;
            if args.relist {
                linear.lexicon = pack_lists(&args)?.pack();
            }
            linear
        }
        None => learn_linear(&args, &say)?,
    };
    let rows = prune_rows(&linear.rows, args.prune, args.least);
    let make = |calibration: &Calibration| {
        let payload = Model::pack(&linear.lexicon, &linear.pairs, &rows, calibration);
        asset::write(KIND, VERSION, FEATURES, &linear.facts, &payload)
    };
    let bytes = make(&Calibration::default());
    let model = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
    say(&format!("{} features kept, {} bytes", model.weights.features(), bytes.len()));
    let steps = calibrate(&read_set(&args.shared, "worldwide_dev")?, &model);
    let bytes = make(&steps);
    fs::write(&args.out, &bytes).map_err(|e| format!("{}: {e}", args.out.display()))?;
    let model = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
    measure_all(&args, &model)?;
    say("done");
    Ok(())
}

type Rows = Vec<(u32, Vec<(u8, i16)>)>;

/// The linear part of a model, in whole numbers.
struct Linear {
    lexicon: Vec<u8>,
    pairs: [[i16; TAGS]; TAGS],
    rows: Rows,
    facts: String,
}

impl Linear {
    /// That of a model's file.
    fn from_model(path: &Path) -> Result<Linear, String> {
        let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let asset = read_asset(&bytes)?;
        let (lexicon, pairs, rows) = Model::parts(asset.payload).map_err(|e| e.to_string())?;
        Ok(Linear { lexicon, pairs, rows, facts: asset.facts.to_owned() })
    }
}

/// A model's file, also of an older set of features: what a template means never changes, so its
/// weights stay good beside new ones.
fn read_asset(bytes: &[u8]) -> Result<asset::Asset<'_>, String> {
    // After the magic number stand the kind, its length first, and the version.
    let at = 8 + 1 + KIND.len() + 4;
    let features = bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
    let features = features.ok_or("the file ends too early")?;
    asset::read(bytes, KIND, VERSION, features).map_err(|e| e.to_string())
}

/// The word lists, and how the news writes their words.
fn pack_lists(args: &Args) -> Result<galley_engine::lexicon::Builder, String> {
    let lists = args.shared.join("data/lexicons");
    let mut lexicon = lexicons::read_lexicons(&lists, args.without).map_err(|e| e.to_string())?;
    let mut news = taught::read_texts(&args.shared, 1).map_err(|e| e.to_string())?;
    for set in ["worldwide_train", "dwie_train"] {
        news.extend(read_set(&args.shared, set)?.into_iter().map(|doc| doc.text));
    }
    lexicons::mark_proper_words(&mut lexicon, &lists, &news).map_err(|e| e.to_string())?;
    drop(news);
    Ok(lexicon)
}

/// Learns from the sets, and from what a teacher says of unlabelled texts.
fn learn_linear(args: &Args, say: &impl Fn(&str)) -> Result<Linear, String> {
    let lists = args.shared.join("data/lexicons");
    let lexicon = pack_lists(args)?;
    let packed_lexicon = lexicon.pack();
    let lexicon = lexicon.build();
    say(&format!("word lists: {} bytes", packed_lexicon.len()));

    let mut random = SplitMix::new(args.settings.seed);
    let mut maker = augment::Maker::new(&lists, args.made > 0.0).map_err(|e| e.to_string())?;
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
        let mut docs = read_set(&args.shared, set)?;
        if glue > 1 {
            docs = corpus::glue_sentences(docs, glue);
        }
        let step = args.quick * web_step(set, args.dev);
        let mut docs: Vec<Doc> = docs.into_iter().step_by(step).collect();
        docs.iter_mut().for_each(augment::name_parties_as_peoples);
        facts.insert(set.to_owned(), docs.len());
        for doc in &docs {
            data.add(doc, &lexicon, weight, !sure_place);
            if let Some(loud) = corpus::uppercase_some(doc, &mut random, args.shout, args.shout / 2)
            {
                data.add(&loud, &lexicon, weight * 0.5, !sure_place);
            }
        }
        for made in maker.make_docs(&docs) {
            data.add(&made, &lexicon, weight * args.made, !sure_place);
        }
    }
    for made in maker.make_sentences() {
        data.add(&made, &lexicon, args.made, false);
    }
    if let Some(path) = &args.teacher {
        let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let teacher = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
        let texts = taught::read_texts(&args.shared, args.quick).map_err(|e| e.to_string())?;
        facts.insert("taught".to_owned(), texts.len());
        for text in &texts {
            let reading = TokenizedText::new(text);
            let sets = taught::read_tag_sets(
                &Prepared::new(&reading, &teacher.lexicon),
                &teacher,
                args.sure,
            );
            data.add_prepared(&Prepared::new(&reading, &lexicon), &sets, args.taught);
        }
        let (n, who) = (texts.len(), teacher.name());
        say(&format!("{n} unlabelled texts read by {who}"));
    }
    say(&format!("{} tokens, {} sequences", data.tokens, data.len()));
    let (examples, keys) = data.number_features(2);
    say(&format!("{} features", keys.len()));
    let before = args.go_on.as_deref().map(Linear::from_model).transpose()?;
    let mut learner = crf::Learner::new(keys.len());
    if let Some(before) = &before {
        set_weights(&mut learner, &keys, before);
    }
    learner.learn_weights(&examples, args.settings, |epoch, loss| {
        say(&format!("epoch {} loss {:.0}", epoch + 1, loss));
    });
    let (mut rows, pairs) = quantise(&learner, &keys);
    if let Some(before) = before {
        // What these texts never have stays as it was.
        let unseen = before.rows.into_iter().filter(|(key, _)| keys.binary_search(key).is_err());
        rows.extend(unseen);
        rows.sort_by_key(|(key, _)| *key);
    }
    let facts = serde_json::json!({ "texts": facts, "epochs": args.settings.epochs });
    Ok(Linear { lexicon: packed_lexicon, pairs, rows, facts: facts.to_string() })
}

/// Starts from the weights of a model that was learned before.
fn set_weights(learner: &mut crf::Learner, keys: &[u32], before: &Linear) {
    let real = |w: i16| f32::from(w) / SCALE as f32;
    for (key, entries) in &before.rows {
        let Ok(n) = keys.binary_search(key) else { continue };
        learner.set_weights(n, entries.iter().map(|&(tag, w)| (usize::from(tag), real(w))));
    }
    // Forbidden pairs hold what no score reaches, and are never asked.
    learner.pairs = before.pairs.map(|row| row.map(|w| if w < -4096 { 0.0 } else { real(w) }));
}

fn read_set(shared: &Path, set: &str) -> Result<Vec<Doc>, String> {
    let path = shared.join(format!("data/entities/{set}.jsonl"));
    corpus::read_docs(&path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Weights below this say nothing.
const SMALLEST: f32 = 0.06;

/// Reals to whole numbers: pairs of tags in full, weights within the bounds of their entries.
fn quantise(learner: &crf::Learner, keys: &[u32]) -> (Rows, [[i16; TAGS]; TAGS]) {
    let whole = |w: f32| (w * SCALE as f32).round() as i16;
    let mut rows = Vec::new();
    for (key, weights) in keys.iter().zip(&learner.weights) {
        let entries = weights.iter().enumerate();
        let entries = entries.filter(|(_, w)| w.abs() >= SMALLEST);
        let entries = entries.map(|(tag, &w)| (tag as u8, whole(w).clamp(-MAX_WEIGHT, MAX_WEIGHT)));
        let entries: Vec<(u8, i16)> = entries.filter(|e| e.1 != 0).collect();
        if !entries.is_empty() {
            rows.push((*key, entries));
        }
    }
    (rows, learner.pairs.map(|row| row.map(whole)))
}

/// Weights below `prune` go, and whole features whose weights are all below `least`.
fn prune_rows(rows: &Rows, prune: i16, least: i16) -> Rows {
    let kept = rows.iter().filter_map(|(feature, entries)| {
        let most = entries.iter().map(|e| e.1.abs()).max()?;
        let entries = entries.iter().filter(|e| e.1.abs() >= prune);
        let entries: Vec<(u8, i16)> = entries.copied().collect();
        (most >= least && !entries.is_empty()).then_some((*feature, entries))
    });
    kept.collect()
}

pub(crate) use neural::run as run_neural;
pub(crate) use recipe::run_all;

fn measure_all(args: &Args, model: &Model) -> Result<(), String> {
    for set in MEASURED {
        let docs = read_measured(&args.shared, set)?;
        let clock = Instant::now();
        let mut counts = BTreeMap::new();
        let mut bins: BTreeMap<u16, (usize, usize, usize)> = BTreeMap::new();
        let mut words = 0;
        let mut shown = 0;
        for doc in &docs {
            words += doc.text.as_str().split_whitespace().count();
            let found = predict(&doc.text, model);
            let plain: Vec<_> = found.iter().map(|f| (f.0, f.1)).collect();
            let right = measure::count_matches(doc, &plain, &mut counts);
            for (f, r) in found.iter().zip(&right) {
                let c = model.calibration.confidence(f.2).permille();
                if let Some(r) = r {
                    let bin = bins.entry((c / 100).min(9)).or_default();
                    *bin = (bin.0 + 1, bin.1 + usize::from(*r), bin.2 + usize::from(c));
                }
            }
            if let Some((wanted, most)) = &args.errors
                && wanted == set
            {
                shown += show::print_errors(doc, &plain, &right, most.saturating_sub(shown));
            }
        }
        let head = measure::headline(&counts);
        let detail: Vec<String> =
            counts.iter().map(|(l, c)| format!("{} {:.1}", l.name(), c.f1())).collect();
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

#[cfg(test)]
mod tests {
    use super::prune_rows;

    #[test]
    fn small_weights_and_weak_features_go() {
        let rows = vec![(1, vec![(0, 2), (1, -5)]), (2, vec![(0, 3), (2, -3)]), (3, vec![(4, -4)])];
        assert_eq!(prune_rows(&rows, 2, 2), rows);
        assert_eq!(prune_rows(&rows, 3, 4), [(1, vec![(1, -5)]), (3, vec![(4, -4)])]);
    }
}
