//! Learning the zones of pages (`cargo train layout`): an averaged perceptron over the features of
//! `galley_engine::layout`, each line read with the zone that was found for the line before.
//!
//! Owns the learner and its pages: annotated ones (`--pages`, JSONL with `text` and `layout`) and
//! made-up ones, which put stories (`--stories`, JSONL with `title` and `text`) into what `pages.txt`
//! puts around them. Must not know how the engine uses the zones.

mod generate;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;

use crate::random::SplitMix;
use galley_engine::document::Zone;
use galley_engine::layout::{
    Scores, ZoneWeights, best_zone, lines_with_features, tell_zones_before,
};
use galley_engine::text::{OffsetMap, SourceText, TokenizedText};

/// A line of a page: its features by themselves, and its zone.
struct LabelledLine {
    features: Vec<String>,
    zone: Zone,
    text: String,
}

/// A page, and how often it counts.
struct Page {
    id: String,
    lines: Vec<LabelledLine>,
    weight: usize,
}

#[derive(Deserialize)]
struct AnnotatedPage {
    id: String,
    text: String,
    /// Start and end in code points, and the zone's name.
    layout: Vec<(usize, usize, String)>,
}

const USAGE: &str = "Usage: cargo train layout --pages FILE --stories FILE [--made N] [--rounds N] \
    [--cross-validate] [--out FILE]";

/// Runs the learner.
///
/// # Errors
/// What is wrong with the arguments or the files.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let (mut pages, mut stories, mut out) = (None, None, None);
    let (mut made, mut rounds, mut folds) = (500usize, 8usize, false);
    let mut args = args.iter();
    while let Some(flag) = args.next() {
        let mut value = || args.next().cloned().ok_or_else(|| USAGE.to_owned());
        match flag.as_str() {
            "--pages" => pages = Some(value()?),
            "--stories" => stories = Some(value()?),
            "--out" => out = Some(value()?),
            "--made" => made = value()?.parse().map_err(|_| USAGE.to_owned())?,
            "--rounds" => rounds = value()?.parse().map_err(|_| USAGE.to_owned())?,
            "--cross-validate" => folds = true,
            _ => return Err(USAGE.to_owned()),
        }
    }
    let (pages, stories) = (pages.ok_or(USAGE)?, stories.ok_or(USAGE)?);
    let annotated = read_pages(&pages)?;
    let stories: Vec<generate::Story> = read_rows(&stories)?;
    let made: Vec<Page> = generate::make_pages(&stories, made)
        .into_iter()
        .enumerate()
        .map(|(i, (text, zones))| label_lines(format!("made {i}"), &text, &zones, 1))
        .collect();
    if folds {
        cross_validate(&annotated, &made, rounds);
    }
    if let Some(out) = out {
        let all: Vec<&Page> = annotated.iter().chain(&made).collect();
        let weights = weights_of(&learn(&all, rounds));
        fs::write(&out, weights.to_bytes()).map_err(|error| format!("{out}: {error}"))?;
    }
    Ok(())
}

fn read_rows<T: for<'a> Deserialize<'a>>(path: &str) -> Result<Vec<T>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let rows = text.lines().filter(|line| !line.is_empty());
    rows.map(serde_json::from_str).collect::<Result<_, _>>().map_err(|e| format!("{path}: {e}"))
}

/// How often an annotated page counts for one of the made-up pages.
const ANNOTATED_WEIGHT: usize = 4;

fn read_pages(path: &str) -> Result<Vec<Page>, String> {
    let rows: Vec<AnnotatedPage> = read_rows(path)?;
    let mut out = Vec::new();
    for row in rows {
        let source = SourceText::new(&row.text).map_err(|_| format!("{}: too long", row.id))?;
        let map = OffsetMap::new(&source);
        let zones: Vec<(usize, usize, Zone)> = row
            .layout
            .iter()
            .filter_map(|(from, to, name)| {
                let byte = |point: usize| map.byte_of_point(point);
                Some((byte(*from), byte(*to), Zone::from_name(name)?))
            })
            .collect();
        out.push(label_lines(row.id, &row.text, &zones, ANNOTATED_WEIGHT));
    }
    Ok(out)
}

/// The lines of `text`, each with the zone that covers most of it.
fn label_lines(id: String, text: &str, zones: &[(usize, usize, Zone)], weight: usize) -> Page {
    let Ok(source) = SourceText::new(text) else {
        return Page { id, lines: Vec::new(), weight };
    };
    let tokenized = TokenizedText::new(&source);
    let lines = lines_with_features(&tokenized)
        .into_iter()
        .map(|(span, features)| {
            let mut covered = BTreeMap::<Zone, usize>::new();
            for &(from, to, zone) in zones {
                let shared = span.end().min(to).saturating_sub(span.start().max(from));
                *covered.entry(zone).or_default() += shared;
            }
            let zone = covered.into_iter().max_by_key(|&(_, bytes)| bytes);
            let zone = zone.filter(|&(_, bytes)| bytes * 2 > span.end() - span.start());
            let text = source.slice(span).to_owned();
            LabelledLine { features, zone: zone.map_or(Zone::Body, |(zone, _)| zone), text }
        })
        .collect();
    Page { id, lines, weight }
}

/// Pages in which a feature must stand, so that no page's own words are learned.
const MIN_PAGES: usize = 4;

/// Of words only those of the made-up pages' templates are learned: words of sites, not of stories.
fn is_known(feature: &str, vocabulary: &BTreeSet<String>) -> bool {
    let Some((kind, value)) = feature.split_once('=') else {
        return true;
    };
    let words: Vec<&str> = match kind {
        "word" | "last" | "first" | "first-1" | "first+1" => vec![value],
        "first+second" => value.split('+').collect(),
        "first+length" => value.split('+').take(1).collect(),
        _ => return true,
    };
    words.iter().all(|word| vocabulary.contains(*word))
}

/// Learned weights, summed over all steps, by feature.
type Learned = BTreeMap<String, Scores>;

fn learn(pages: &[&Page], rounds: usize) -> Learned {
    let mut seen = BTreeMap::<&str, usize>::new();
    for page in pages {
        let own: BTreeSet<&str> =
            page.lines.iter().flat_map(|line| line.features.iter().map(String::as_str)).collect();
        for feature in own {
            *seen.entry(feature).or_default() += 1;
        }
    }
    let vocabulary = generate::template_words();
    let keep = |feature: &str| {
        let context = feature.starts_with("zone") || feature.starts_with("titled");
        context
            || seen.get(feature).is_some_and(|&n| n >= MIN_PAGES) && is_known(feature, &vocabulary)
    };
    // Weight, its sum over time, and when that was last brought up to date.
    let mut weights = BTreeMap::<String, [(i64, i64, i64); Zone::ALL.len()]>::new();
    let mut time = 0i64;
    let mut random = SplitMix::new(7);
    let mut order: Vec<usize> =
        (0..pages.len()).flat_map(|i| std::iter::repeat_n(i, pages[i].weight)).collect();
    for _ in 0..rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let mut before: Vec<Zone> = Vec::new();
            for line in &pages[index].lines {
                let mut features: Vec<String> =
                    line.features.iter().filter(|name| keep(name)).cloned().collect();
                tell_zones_before(
                    &mut |feature| features.push(feature.concat()),
                    before.iter().rev().copied(),
                );
                time += 1;
                let mut scores = Scores::default();
                for row in features.iter().filter_map(|name| weights.get(name)) {
                    for (score, (weight, ..)) in scores.iter_mut().zip(row) {
                        *score += *weight as i32;
                    }
                }
                let found = best_zone(&scores);
                before.push(found);
                if found == line.zone {
                    continue;
                }
                for name in features {
                    let row = weights.entry(name).or_default();
                    for (zone, step) in [(line.zone, 1), (found, -1)] {
                        let (weight, sum, at) = &mut row[zone as usize];
                        *sum += *weight * (time - *at);
                        *at = time;
                        *weight += step;
                    }
                }
            }
        }
    }
    let mut out = Learned::new();
    for (name, row) in weights {
        let scores = row.map(|(weight, sum, at)| {
            let total = sum + weight * (time - at);
            (total as f64 * SCALE / time.max(1) as f64).round() as i32
        });
        if scores.iter().any(|score| score.abs() >= MIN_WEIGHT) {
            out.insert(name, scores);
        }
    }
    out
}

/// Weights are whole numbers; this is what a weight of one becomes.
const SCALE: f64 = 20.0;

/// Features that say less are left out.
const MIN_WEIGHT: i32 = 6;

fn weights_of(learned: &Learned) -> ZoneWeights {
    ZoneWeights::from_names(learned.iter().map(|(name, scores)| (name.as_str(), *scores)))
}

fn find_zones(weights: &ZoneWeights, page: &Page) -> Vec<Zone> {
    let mut found: Vec<Zone> = Vec::new();
    for line in &page.lines {
        let mut scores = Scores::default();
        for feature in &line.features {
            weights.add_to(&mut scores, &[feature]);
        }
        let mut add = |feature: &[&str]| weights.add_to(&mut scores, feature);
        tell_zones_before(&mut add, found.iter().rev().copied());
        found.push(best_zone(&scores));
    }
    found
}

/// Each annotated page is read with what was learned from the others and the made-up pages.
fn cross_validate(annotated: &[Page], made: &[Page], rounds: usize) {
    const FOLDS: usize = 9;
    let mut counts = BTreeMap::<(Zone, Zone), usize>::new();
    let (mut titles, mut titled) = (0, 0);
    for fold in 0..FOLDS {
        let others: Vec<&Page> = annotated
            .iter()
            .enumerate()
            .filter(|(i, _)| i % FOLDS != fold)
            .map(|(_, page)| page)
            .chain(made)
            .collect();
        let weights = weights_of(&learn(&others, rounds));
        for (_, page) in annotated.iter().enumerate().filter(|(i, _)| i % FOLDS == fold) {
            let found = find_zones(&weights, page);
            let gold = page.lines.iter().position(|line| line.zone == Zone::Title);
            titles += usize::from(gold.is_some());
            titled +=
                usize::from(gold.is_some() && gold == found.iter().position(|&z| z == Zone::Title));
            for (line, zone) in page.lines.iter().zip(found) {
                *counts.entry((line.zone, zone)).or_default() += 1;
                if line.zone != zone {
                    let text: String = line.text.chars().take(90).collect();
                    println!("{}\t{} as {}\t{text}", page.id, line.zone.name(), zone.name());
                }
            }
        }
    }
    println!("titles {titled} of {titles}");
    for zone in Zone::ALL {
        let sum = |test: &dyn Fn(&(Zone, Zone)) -> bool| -> usize {
            counts.iter().filter(|(pair, _)| test(pair)).map(|(_, n)| n).sum()
        };
        let right = sum(&|&pair| pair == (zone, zone));
        let (found, gold) = (sum(&|&(_, f)| f == zone), sum(&|&(g, _)| g == zone));
        println!("{:<12} right {right} of {found} found, {gold} in all", zone.name());
    }
}
