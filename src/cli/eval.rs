//! `galley eval`: how good documents are against a person's.

use std::collections::HashMap;
use std::fmt::Write as _;

use galley_engine::agreement;
use galley_engine::document::Document;
use galley_engine::learning::{LabelScore, Scores, score_documents};

use crate::args::Eval;
use crate::documents;
use crate::outcome::{Outcome, complain, print};

/// Runs the command.
pub(crate) fn run(options: &Eval) -> Outcome {
    let read = |file| documents::read_all(std::slice::from_ref(file));
    let (gold, found) = match (read(&options.gold), read(&options.found)) {
        (Ok(gold), Ok(found)) => (gold, found),
        (Err(why), _) | (_, Err(why)) => {
            complain(why);
            return Outcome::Failed;
        }
    };
    let (pairs, alone) = pair_documents(gold, found);
    let mut outcome = Outcome::Fine;
    if alone > 0 {
        complain(format_args!("{alone} documents are in one file alone, and were left out"));
        outcome = Outcome::BadLines;
    }
    let scores = score_documents(pairs.iter().map(|(g, f)| (g, f)), options.labels());
    outcome.max(print(write_report(&scores).as_bytes()))
}

/// Documents of one id, or (where ids are missing or not unique) of one place; and how many have no
/// partner. Annotations over another version of the text are carried over to the gold's.
fn pair_documents(gold: Vec<Document>, found: Vec<Document>) -> (Vec<(Document, Document)>, usize) {
    let total = gold.len() + found.len();
    let unique = |documents: &[Document]| {
        let mut ids: Vec<_> = documents.iter().map(|d| d.id.clone()).collect();
        ids.sort();
        ids.windows(2).all(|pair| pair[0] != pair[1]) && ids.first().is_none_or(Option::is_some)
    };
    let several = gold.len() > 1 || found.len() > 1;
    let pairs: Vec<_> = if several && unique(&gold) && unique(&found) {
        let mut by_id: HashMap<_, _> = found.into_iter().map(|d| (d.id.clone(), d)).collect();
        gold.into_iter().filter_map(|g| by_id.remove(&g.id).map(|f| (g, f))).collect()
    } else {
        gold.into_iter().zip(found).collect()
    };
    let alone = total - 2 * pairs.len();
    let aligned = pairs.into_iter().map(|(gold, found)| {
        if gold.text == found.text {
            return (gold, found);
        }
        let (found, lost) = agreement::align_text(&gold, found);
        if lost > 0 {
            let id = gold.id.as_deref().unwrap_or("a document");
            complain(format_args!("{id}: {lost} annotations have no place in the other text"));
        }
        (gold, found)
    });
    (aligned.collect(), alone)
}

/// The tables. Writing into a string cannot fail.
fn write_report(scores: &Scores) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:<16}{:>7}{:>7}{:>7}{:>11}{:>8}{:>7}",
        "label", "gold", "found", "right", "precision", "recall", "F1"
    );
    for (label, row) in &scores.labels {
        write_row(&mut out, label, *row);
    }
    write_row(&mut out, "all names", scores.entities);
    let (corrections, articles) = (scores.corrections, scores.articles);
    let each = f64::from(corrections) / f64::from(articles.max(1));
    let _ = writeln!(out, "\n{each:.2} corrections an article ({corrections} in {articles})");
    let _ = writeln!(out, "\n{:<16}{:>7}{:>11}{:>8}", "certainty", "names", "promised", "right");
    for bin in &scores.bins {
        let percent = |sum: u32, of: u32| f64::from(sum) / f64::from(of.max(1)) / 10.0;
        let _ = writeln!(
            out,
            "{:<16}{:>7}{:>9.1} %{:>6.1} %",
            format!("from {:.1} %", f64::from(bin.from) / 10.0),
            bin.names,
            percent(bin.promised, bin.names),
            percent(bin.right * 1000, bin.names),
        );
    }
    if let Some(apart) = scores.calibration_error() {
        let apart = f64::from(apart) / 10.0;
        let _ = writeln!(out, "promised and right are {apart:.1} points apart on the mean");
    }
    out
}

fn write_row(out: &mut String, label: &str, row: LabelScore) {
    let [precision, recall, f1] =
        row.measures().map(|m| m.map_or("-".to_owned(), |n| format!("{:.1}", f64::from(n) / 10.0)));
    let (gold, found, right) = (row.wanted, row.found, row.right);
    let _ =
        writeln!(out, "{label:<16}{gold:>7}{found:>7}{right:>7}{precision:>11}{recall:>8}{f1:>7}");
}
