//! `cargo train coreference`: learns the ranker of antecedents from texts whose mentions were
//! joined by hand.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::random::SplitMix;
use galley_engine::Models;
use galley_engine::coreference::{
    Query, QueryClass, Referents, SLOTS, UNIT, apposed_head, named_kind,
};
use galley_engine::document::Label;
use galley_engine::layout::find_layout;
use galley_engine::quotes::training::read_for_coreference;
use galley_engine::text::{SourceText, TokenizedText};
use galley_engine::vocabulary::people::Gender;
use galley_engine::vocabulary::speech::NamedKind;
use galley_engine::{entities, linking};

const HELP: &str = "cargo train coreference [OPTIONS]
  --shared DIR   holds data/coref (default ../shared)
  --out FILE     where the weights go (default src/engine/coreference/weights.bin)
  --nouns FILE   learns which nouns call people, bodies, places and things, writes that list, and ends
  --trial        measure by cross-validation over documents, write nothing
  --test         measure on the test files of --trial's corpora instead, once, at the end";

/// A set to learn from: file, weight of its cases, and whether mentions without a name are told.
const SETS: [(&str, f32, bool); 8] = [
    ("gum_train", 1.0, true),
    ("gum_dev", 1.0, true),
    ("wikicoref_train", 0.5, true),
    ("wikicoref_dev", 0.5, true),
    ("newswcl50_train", 1.0, false),
    ("newswcl50_dev", 1.0, false),
    ("ecbplus_train", 0.7, false),
    ("ecbplus_dev", 0.7, false),
];
const FOLDS: usize = 5;
const EPOCHS: usize = 12;
const CLASSES: [QueryClass; 4] =
    [QueryClass::Person, QueryClass::Thing, QueryClass::Group, QueryClass::Description];

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    genre: String,
    text: String,
    clusters: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    mentions: Vec<GoldMention>,
}

#[derive(Deserialize)]
struct GoldMention {
    start: usize,
    end: usize,
    form: String,
    head: Option<[usize; 2]>,
}

/// One query: the features of its candidates and which of them are right.
struct Case {
    class: QueryClass,
    candidates: Vec<Vec<u16>>,
    right: Vec<bool>,
    /// What two simpler rules say: the last candidate that fits; the rules by hand.
    last: Option<usize>,
    by_hand: Option<usize>,
    weight: f32,
    news: bool,
    fold: usize,
}

/// `cargo train coreference …`.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let mut shared = std::env::var_os("GALLEY_SHARED").map_or("../shared".into(), PathBuf::from);
    let mut out = PathBuf::from("src/engine/coreference/weights.bin");
    let (mut trial, mut test, mut nouns) = (false, false, None);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} wants a value"));
        match arg.as_str() {
            "--shared" => shared = value()?.into(),
            "--out" => out = value()?.into(),
            "--nouns" => nouns = Some(PathBuf::from(value()?)),
            "--trial" => trial = true,
            "--test" => test = true,
            "--help" | "-h" => {
                println!("{HELP}");
                return Ok(());
            }
            _ => return Err(format!("unknown option {arg}\n{HELP}")),
        }
    }
    let read = |p: &str| std::fs::read(p).map_err(|e| format!("{p}: {e}"));
    let models =
        Models::from_bytes(&read("www/model/entities.bin")?, &read("www/model/quotes.bin")?)
            .map_err(|e| e.to_string())?;
    if let Some(nouns) = nouns {
        return learn_nouns(&shared, &models, &nouns);
    }
    let folder = shared.join("data/coref");
    let mut cases = Vec::new();
    for (name, weight, complete) in SETS {
        let before = cases.len();
        read_set(&folder, name, weight, complete, &models, &mut cases)?;
        eprintln!("{name}: {} cases", cases.len() - before);
    }
    if trial {
        let mut right: BTreeMap<(bool, QueryClass), Tally> = BTreeMap::new();
        for fold in 0..FOLDS {
            let learn: Vec<&Case> = cases.iter().filter(|c| c.fold != fold).collect();
            let weights = learn_weights(&learn);
            cases.iter().filter(|c| c.fold == fold).for_each(|c| tally(c, &weights, &mut right));
        }
        report(&right);
        return Ok(());
    }
    let weights = learn_weights(&cases.iter().collect::<Vec<_>>());
    if test {
        let (mut held, mut right) = (Vec::new(), BTreeMap::new());
        read_set(&folder, "gum_test", 1.0, true, &models, &mut held)?;
        held.iter().for_each(|c| tally(c, &weights, &mut right));
        report(&right);
        return Ok(());
    }
    let bytes: Vec<u8> = weights.iter().map(|&w| w as u8).collect();
    std::fs::write(&out, bytes).map_err(|e| format!("{}: {e}", out.display()))
}

/// Texts that nouns are learnt from, under the shared folder.
const NOUN_TEXTS: [&str; 6] = [
    "data/quotes/polnear_train.jsonl",
    "articles/wikinews_2019_2020.jsonl",
    "data/entities/dwie_train.jsonl",
    "data/entities/worldwide_train.jsonl",
    "data/coref/ecbplus_train.jsonl",
    "data/entities/gmb_silver.jsonl",
];
/// A noun is kept from so many appositions on, of which at least so many hundredths agree.
const MIN_NOUN_COUNT: u32 = 3;
const MIN_NOUN_SHARE: u32 = 75;

#[derive(Deserialize)]
struct PlainLine {
    text: String,
}

/// Counts the nouns in apposition to names that the entity engine finds, and writes those that
/// nearly always call one kind.
fn learn_nouns(shared: &Path, models: &Models, out: &Path) -> Result<(), String> {
    let mut counts: BTreeMap<String, BTreeMap<NamedKind, u32>> = BTreeMap::new();
    let mut common: BTreeMap<String, u32> = BTreeMap::new();
    for name in NOUN_TEXTS {
        let path = shared.join(name);
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("{}: left out", path.display());
            continue;
        };
        for line in text.lines() {
            let line: PlainLine = serde_json::from_str(line).map_err(|e| format!("{name}: {e}"))?;
            let source = SourceText::new(&line.text).map_err(|e| e.to_string())?;
            let reading = TokenizedText::new(&source);
            let layout = find_layout(&reading);
            for m in entities::find_mentions(&reading, &layout, &models.entities) {
                let kind = named_kind(&m.label).filter(|_| m.label != Label::Norp);
                let Some(kind) = kind else { continue };
                let tokens = reading.tokens_in(m.span);
                let word = |i: usize| reading.word(i);
                let mut add = |noun: &str, count: u32| {
                    *counts.entry(noun.to_owned()).or_default().entry(kind).or_default() += count;
                };
                let after = match (word(tokens.end), word(tokens.end + 1)) {
                    ("," | "is" | "was", "a" | "an" | "the") => tokens.end + 2,
                    _ => 0,
                };
                if let Some(head) = apposed_head(&reading, after).filter(|_| after > 0) {
                    add(word(head), 2);
                }
                // What stands before a place is an adjective as often ("central Leeds").
                if let Some(before) = tokens.start.checked_sub(1)
                    && matches!(kind, NamedKind::Person | NamedKind::Organisation)
                    && word(before).chars().all(char::is_lowercase)
                {
                    add(word(before), 1);
                }
            }
            for i in 1..reading.tokens().len() {
                let determined = matches!(reading.word(i - 1), "the" | "The" | "a" | "an");
                if determined && reading.word(i).chars().all(char::is_lowercase) {
                    *common.entry(reading.word(i).to_owned()).or_default() += 1;
                }
            }
        }
    }
    let mut lines = String::from(
        "# What a noun is called that stands in apposition to names (\"Rovers, the club\", \"striker Ann Lee\"): a tab, then person,\n\
         # organisation, place or thing. Learnt from news by `cargo train coreference --nouns`.\n",
    );
    for (noun, kinds) in &counts {
        let all: u32 = kinds.values().sum();
        let best = kinds.iter().max_by_key(|k| k.1);
        let Some((kind, &count)) = best else { continue };
        let name = NamedKind::ALL.iter().find(|k| k.0 == *kind).map_or("", |k| k.1);
        let known = common.get(noun).is_some_and(|&n| n >= 2);
        let word = noun.len() > 2 && !noun.ends_with("ing") && !noun.ends_with("ed");
        let many = noun.ends_with('s') && !noun.ends_with("ss");
        if all >= MIN_NOUN_COUNT && count * 100 >= all * MIN_NOUN_SHARE && known && word && !many {
            lines += &format!("{noun}\t{name}\n");
        }
    }
    std::fs::write(out, lines).map_err(|e| format!("{}: {e}", out.display()))
}

fn read_set(
    folder: &Path,
    name: &str,
    weight: f32,
    complete: bool,
    models: &Models,
    cases: &mut Vec<Case>,
) -> Result<(), String> {
    let path = folder.join(name).with_extension("jsonl");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    for (n, line) in text.lines().enumerate() {
        let line: Line =
            serde_json::from_str(line).map_err(|e| format!("{name}, line {}: {e}", n + 1))?;
        read_document(&line, n % FOLDS, weight, complete, models, cases)
            .map_err(|e| format!("{name}, line {}: {e}", n + 1))?;
    }
    Ok(())
}

fn read_document(
    line: &Line,
    fold: usize,
    weight: f32,
    complete: bool,
    models: &Models,
    cases: &mut Vec<Case>,
) -> Result<(), String> {
    let source = SourceText::new(&line.text).map_err(|e| e.to_string())?;
    let mut bytes: Vec<usize> = source.as_str().char_indices().map(|(i, _)| i).collect();
    bytes.push(source.len());
    let reading = TokenizedText::new(&source);
    let tokens = |a: usize, z: usize| -> Range<usize> {
        let span = bytes.get(a).zip(bytes.get(z)).and_then(|(&a, &z)| source.span(a, z));
        span.map_or(0..0, |s| reading.tokens_in(s))
    };
    let layout = find_layout(&reading);
    let mentions = entities::find_mentions(&reading, &layout, &models.entities);
    let clusters = linking::cluster_mentions(&reading, &mentions);
    let Some((described, spoken)) = read_for_coreference(
        &reading,
        &layout,
        &mentions,
        &models.quotes,
        models.entities.vectors(),
    ) else {
        return Err("the quote model is not trained".to_owned());
    };
    let mut referents =
        Referents::new(&reading, &described, &mentions, &clusters, spoken.into_iter());
    let mut queries = Vec::new();
    for (c, gold) in line.clusters.iter().enumerate() {
        for m in &gold.mentions {
            let words = tokens(m.start, m.end);
            if let Some(query) = as_query(&reading, m, &words) {
                queries.push((query, c));
            }
        }
    }
    queries.sort_by_key(|q| q.0.words.start);
    for (query, c) in queries {
        if described.get(query.words.start).is_none_or(|w| w.quoted) {
            continue;
        }
        let gold = &line.clusters[c].mentions;
        let named: Vec<(Range<usize>, Range<usize>)> = gold
            .iter()
            .filter(|m| m.form != "pronoun")
            .map(|m| {
                let words = tokens(m.start, m.end);
                let last = words.end.saturating_sub(1)..words.end;
                (words, m.head.map_or(last, |h| tokens(h[0], h[1])))
            })
            .collect();
        let means = |place: &Range<usize>| {
            named.iter().any(|(words, head)| {
                words.start <= place.start
                    && place.end <= words.end
                    && place.start < head.end
                    && head.start < place.end
            })
        };
        let by_hand = referents.resolve(&query.words, None, &[]).map(|r| r.candidate);
        let all = referents.describe_candidates(&query);
        let mut right: Vec<bool> = all
            .iter()
            .map(|(f, _)| f.is_some_and(|f| referents.places_of(f).iter().any(means)))
            .collect();
        let nobody = !right.contains(&true);
        if nobody && !complete {
            continue;
        }
        if let Some(last) = right.last_mut() {
            *last = nobody;
        }
        let nearest = |f: usize| {
            let before = |p: &&Range<usize>| p.start < query.words.start;
            referents.places_of(f).iter().filter(before).map(|p| p.start).max()
        };
        let last = (0..all.len() - 1).max_by_key(|&k| all[k].0.and_then(nearest));
        let by_hand = by_hand.and_then(|f| all.iter().position(|x| x.0 == Some(f)));
        let news = matches!(line.genre.as_str(), "news" | "interview" | "speech" | "bio");
        let weight = weight * if line.genre == "news" { 2.0 } else { 1.0 };
        cases.push(Case {
            class: query.class,
            candidates: all.into_iter().map(|x| x.1).collect(),
            right,
            last,
            by_hand,
            weight,
            news,
            fold,
        });
    }
    Ok(())
}

/// The query that a gold mention makes, if it is of one of the four classes.
fn as_query<'a>(
    reading: &TokenizedText<'_>,
    mention: &GoldMention,
    words: &Range<usize>,
) -> Option<Query<'a>> {
    let first = reading.word(words.start).to_lowercase();
    let (class, gender) = match (mention.form.as_str(), first.as_str()) {
        ("pronoun", "he") => (QueryClass::Person, Some(Gender::Male)),
        ("pronoun", "she") => (QueryClass::Person, Some(Gender::Female)),
        ("pronoun", "it") => (QueryClass::Thing, None),
        ("pronoun", "they") => (QueryClass::Group, None),
        ("nominal", "the") if words.len() > 1 => {
            let query = Referents::description(reading, words)?;
            return Some(query);
        }
        _ => return None,
    };
    (words.len() == 1).then(|| Query { class, gender, words: words.clone(), content: &[] })
}

/// Conditional log-linear learning with Adagrad, then rounding to whole weights.
fn learn_weights(cases: &[&Case]) -> Vec<i8> {
    let (mut w, mut g) = (vec![0.0f32; SLOTS], vec![1e-3f32; SLOTS]);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    let mut random = SplitMix::new(7);
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let rate = 0.15 / (1.0 + epoch as f32 * 0.25);
        for &k in &order {
            let case = cases[k];
            let scores: Vec<f32> = case
                .candidates
                .iter()
                .map(|x| x.iter().map(|&s| w[usize::from(s)]).sum())
                .collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let all: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
            let sum: f32 = all.iter().sum();
            let good: f32 = all.iter().zip(&case.right).filter(|x| *x.1).map(|x| x.0).sum();
            for ((p, right), features) in all.iter().zip(&case.right).zip(&case.candidates) {
                let want = if *right { p / good.max(1e-9) } else { 0.0 };
                let slope = (p / sum - want) * case.weight;
                if slope.abs() < 1e-4 {
                    continue;
                }
                for &s in features {
                    let s = usize::from(s);
                    let slope = slope + 2e-4 * w[s];
                    g[s] += slope * slope;
                    w[s] -= rate * slope / g[s].sqrt();
                }
            }
        }
    }
    w.iter().map(|w| (w * UNIT as f32).round().clamp(-127.0, 127.0) as i8).collect()
}

/// Right answers: the ranker, the last that fits, by hand; and cases, named ones, answers that
/// name somebody and are right or wrong, by the ranker and by hand, and by how sure it was.
#[derive(Default)]
struct Tally {
    cases: usize,
    named: usize,
    right: [usize; 3],
    dared: [(usize, usize); 2],
    sure: Vec<(i32, bool)>,
}

fn tally(case: &Case, weights: &[i8], out: &mut BTreeMap<(bool, QueryClass), Tally>) {
    let score =
        |x: &Vec<u16>| -> i32 { x.iter().map(|&s| i32::from(weights[usize::from(s)])).sum() };
    let scores: Vec<i32> = case.candidates.iter().map(score).collect();
    let nobody = scores.len() - 1;
    let best = (0..scores.len()).max_by_key(|&k| (scores[k], k)).unwrap_or(nobody);
    let next = (0..scores.len()).filter(|&k| k != best).map(|k| scores[k]).max();
    let lead = scores[best] - next.unwrap_or(scores[best] - 15 * UNIT);
    for news in [false, true] {
        if news && !case.news {
            continue;
        }
        let t = out.entry((news, case.class)).or_default();
        t.cases += 1;
        t.named += usize::from(!case.right[nobody]);
        let right = |k: Option<usize>| case.right[k.unwrap_or(nobody)];
        for (n, k) in [Some(best), case.last, case.by_hand].into_iter().enumerate() {
            t.right[n] += usize::from(right(k));
        }
        for (n, k) in [Some(best).filter(|&k| k != nobody), case.by_hand].into_iter().enumerate() {
            if k.is_some() {
                t.dared[n].0 += usize::from(right(k));
                t.dared[n].1 += 1;
            }
        }
        if best != nobody {
            t.sure.push((lead, right(Some(best))));
        }
    }
}

fn report(all: &BTreeMap<(bool, QueryClass), Tally>) {
    for news in [false, true] {
        println!("{}", if news { "news, interviews, speeches, lives:" } else { "all texts:" });
        for class in CLASSES {
            let Some(t) = all.get(&(news, class)) else { continue };
            let share = |n: usize, of: usize| 100.0 * n as f32 / of.max(1) as f32;
            println!(
                "  {class:?}: {} cases, {} named; right: ranker {:.1}, last that fits {:.1}, by hand {:.1}; \
                 named and right of those dared: ranker {}/{}, by hand {}/{}",
                t.cases,
                t.named,
                share(t.right[0], t.cases),
                share(t.right[1], t.cases),
                share(t.right[2], t.cases),
                t.dared[0].0,
                t.dared[0].1,
                t.dared[1].0,
                t.dared[1].1
            );
            for least in [0, 8, 16, 24, 32, 48] {
                let sure: Vec<_> = t.sure.iter().filter(|s| s.0 >= least).collect();
                let right = sure.iter().filter(|s| s.1).count();
                print!("   lead {least}: {right}/{}", sure.len());
            }
            println!();
        }
    }
}
