//! `galley learn`: what corrected documents teach, in a file; and how much a person would save.

use std::fmt::Write as _;
use std::sync::Arc;

use galley_engine::Models;
use galley_engine::document::Document;
use galley_engine::entities::{LearnedWeights, Model};
use galley_engine::learning::{
    self, Learned, Learner, Lesson, OwnArticle, OwnRun, SEEDS, Share, SimulatedRun, is_reviewed,
    own_labels, simulate, simulate_own_label, was_worked_on,
};
use galley_engine::user_words::{self, WordListFile};

use crate::args::Learn;
use crate::outcome::{Outcome, complain, print};
use crate::{documents, input, models, partial_file};

/// Runs the command.
pub(crate) fn run(options: &Learn) -> Outcome {
    let read = || -> Result<_, String> {
        Ok((models::shipped_models()?, documents::read_all(&options.files)?))
    };
    let (models, corrected) = match read() {
        Ok(read) => read,
        Err(why) => {
            complain(why);
            return Outcome::Failed;
        }
    };
    if options.simulate {
        return simulate_person(options, models, &corrected);
    }
    let list = match options.words.as_deref().map(input::read_word_list).transpose() {
        Ok(read) => read.map_or_else(WordListFile::default, |(list, _)| list),
        Err(why) => {
            complain(why);
            return Outcome::Failed;
        }
    };
    let start = list.learned.as_ref().and_then(learning::read_line);
    let start = start.map_or(LearnedWeights::default(), |(weights, _)| weights);
    let mut learner = Learner::new(&models.entities, &start);
    let mut skipped = 0;
    for document in &corrected {
        if !options.reviewed && !was_worked_on(document) {
            skipped += 1;
            continue;
        }
        let reviewed = options.reviewed || is_reviewed(document);
        learner.add_document(document, reviewed, options.labels());
    }
    if skipped > 0 {
        complain(format_args!(
            "{skipped} documents were left out: nobody has corrected or accepted a name in them \
             (--reviewed takes them as they stand)"
        ));
    }
    let learned = learner.learned();
    let report = describe(&learned, &learner);
    let mut file = list;
    let articles = file.learned.as_ref().map_or(0, |line| line.articles);
    if let Some(mut line) = learned.to_line() {
        line.articles += articles;
        file.learned = Some(line);
    }
    let text = user_words::format_word_list(&file);
    let written = match &options.output {
        Some(path) => partial_file::write_whole(path, text.as_bytes())
            .map_err(|e| format!("{}: cannot be written: {e}", path.display())),
        None => return print(text.as_bytes()),
    };
    match written {
        Ok(()) => print(report.as_bytes()),
        Err(why) => {
            complain(why);
            Outcome::Failed
        }
    }
}

/// What was learned, for people. Writing into a string cannot fail.
fn describe(learned: &Learned, learner: &Learner<'_>) -> String {
    let mut out = String::new();
    let (of, saved) = learned.saved();
    let n = learned.articles.len();
    let articles = if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    let _ = match learned.share {
        _ if n < 2 => {
            writeln!(out, "Learned from {articles}: too few to tell whether it helps, so off.")
        }
        Share::Off => writeln!(
            out,
            "Learned from {articles}. Would have saved {saved} of {of} corrections: off, as that is no sure gain."
        ),
        Share::Half => writeln!(
            out,
            "Learned from {articles}. Would have saved {saved} of {of} corrections: on, by half."
        ),
        Share::Full => writeln!(
            out,
            "Learned from {articles}. Would have saved {saved} of {of} corrections: on."
        ),
    };
    let label = |l: Option<galley_engine::document::Label>| l.map_or("nothing", |l| l.name());
    for change in learner.changes(&learned.weights).iter().take(20) {
        let (was, is) = (label(change.before), label(change.now));
        let _ = writeln!(out, "  {}: {was} becomes {is}, {} times", change.words, change.places);
    }
    out
}

/// Prints what a person who corrects article after article would save.
fn simulate_person(options: &Learn, models: &Models, corrected: &[Document]) -> Outcome {
    let model = &models.entities;
    let lessons: Vec<Arc<Lesson>> =
        corrected.iter().map(|d| Arc::new(Lesson::new(d, model, true, options.labels()))).collect();
    if lessons.len() < 3 {
        complain("a simulation takes three documents at least");
        return Outcome::Failed;
    }
    let runs: Vec<SimulatedRun> =
        (0..SEEDS).map(|seed| simulate(model, &lessons, seed, options.articles)).collect();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "Corrections from the 3rd to the {}th of {} articles, in {SEEDS} orders",
        options.articles.min(lessons.len()),
        lessons.len()
    );
    let _ = writeln!(
        out,
        "{:<8}{:>9}{:>18}{:>18}{:>7}",
        "order", "alone", "learned", "behind the gate", "open"
    );
    let gain = |with: u32, without: u32| {
        100.0 * (f64::from(with) - f64::from(without)) / f64::from(without.max(1))
    };
    let cell = |with, without| format!("{with} ({:+.1} %)", gain(with, without));
    for (n, run) in (1..).zip(&runs) {
        let (full, gated) = (cell(run.full, run.without), cell(run.gated, run.without));
        let _ = writeln!(out, "{n:<8}{:>9}{full:>18}{gated:>18}{:>7}", run.without, run.open);
    }
    let mean = |with: fn(&SimulatedRun) -> u32| {
        runs.iter().map(|r| gain(with(r), r.without)).sum::<f64>() / runs.len() as f64
    };
    let worst = |with: fn(&SimulatedRun) -> u32| {
        runs.iter().map(|r| gain(with(r), r.without)).fold(f64::MIN, f64::max)
    };
    let _ = writeln!(
        out,
        "mean {:+.1} % learned, {:+.1} % behind the gate; worst {:+.1} % and {:+.1} %",
        mean(|r| r.full),
        mean(|r| r.gated),
        worst(|r| r.full),
        worst(|r| r.gated)
    );
    simulate_own_labels(model, corrected, options.articles, &mut out);
    print(out.as_bytes())
}

/// Articles after which suggestions of own labels are counted.
const OWN_FROM: [usize; 3] = [5, 10, 20];
/// Orders that are tried for own labels.
const OWN_SEEDS: u64 = 2;

/// What would be suggested of labels of the reader's own, after some articles; nothing where there are none.
fn simulate_own_labels(model: &Model, corrected: &[Document], most: usize, out: &mut String) {
    let articles: Vec<OwnArticle> =
        corrected.iter().map(|d| OwnArticle::new(d, model, true, false)).collect();
    let labels = own_labels(&articles.iter().collect::<Vec<_>>());
    if labels.is_empty() {
        return;
    }
    let blank = |d: &Document| {
        let text = d.text.clone();
        OwnArticle::new(&Document { text, ..Document::default() }, model, false, false)
    };
    let blank: Vec<OwnArticle> = corrected.iter().map(blank).collect();
    let _ = writeln!(
        out,
        "\nLabels of one's own: precision / recall of what is suggested after so many articles, in {OWN_SEEDS} orders"
    );
    let _ = write!(out, "{:<24}", "label");
    for from in OWN_FROM {
        let _ = write!(out, "{:>14}", format!("after {from}"));
    }
    out.push('\n');
    let mut useful = [0; OWN_FROM.len()];
    for &label in &labels {
        let _ = write!(out, "{:<24}", label.name());
        let run = |seed| simulate_own_label(&articles, &blank, label, seed, &OWN_FROM, most);
        let runs: Vec<Vec<OwnRun>> = (0..OWN_SEEDS).map(run).collect();
        for (n, useful) in useful.iter_mut().enumerate() {
            let mut sum = OwnRun::default();
            for run in runs.iter().filter_map(|runs| runs.get(n)) {
                sum.right += run.right;
                sum.found += run.found;
                sum.wanted += run.wanted;
            }
            let share = |of: u32| 100.0 * f64::from(sum.right) / f64::from(of.max(1));
            let (precision, recall) = (share(sum.found), share(sum.wanted));
            *useful += usize::from(precision >= 70.0 && recall >= 40.0);
            let _ = write!(out, "{:>14}", format!("{precision:.0} / {recall:.0}"));
        }
        out.push('\n');
    }
    let _ = write!(out, "{:<24}", "useful (70 / 40)");
    for n in useful {
        let _ = write!(out, "{:>14}", format!("{n} of {}", labels.len()));
    }
    out.push('\n');
}
