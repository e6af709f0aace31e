//! How many words a second each engine reads.

use galley_engine::analysis::Skip;
use galley_engine::{Models, Options, analyze};

/// Stands between the texts.
pub(crate) const SEPARATOR: char = '\u{1e}';

// The models that the page and the command line ship.
static ENTITIES: &[u8] = include_bytes!("../../www/model/entities.bin");
static QUOTES: &[u8] = include_bytes!("../../www/model/quotes.bin");

/// The project's own texts, where there are no others.
#[cfg_attr(target_arch = "wasm32", allow(dead_code, reason = "only native decides"))]
pub(crate) fn bundled_texts() -> String {
    let texts = [
        include_str!("../data/articles/harbour.txt"),
        include_str!("../data/articles/patrols.txt"),
        include_str!("../../www/sample.txt"),
    ];
    texts.map(|text| format!("{text}{SEPARATOR}")).concat().repeat(20)
}

/// One line for opening the models, then one for each engine by itself and one for all, over
/// `texts`; `now` gives seconds. The best of three rounds counts.
pub(crate) fn measure_engines(texts: &str, now: impl Fn() -> f64) -> Vec<String> {
    let begin = now();
    let models = Models::from_bytes(ENTITIES, QUOTES).expect("the models are sound");
    let mut lines = vec![format!("models opened: {:.0} ms", (now() - begin) * 1e3)];
    let texts: Vec<&str> = texts.split_terminator(SEPARATOR).collect();
    let words: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
    let chars: usize = texts.iter().map(|t| t.chars().count()).sum();
    let linear = Models { entities: models.entities.clone().linear_alone(), ..Models::default() };
    let all = Skip::default();
    let none = Skip { entities: true, dates: true, quotes: true };
    let entities = Skip { entities: false, ..none };
    let dates = Skip { dates: false, ..none };
    let quotes = Skip { quotes: false, ..none };
    for (name, skip, models) in [
        ("tokens and layout alone", none, &models),
        ("entities alone", entities, &models),
        ("entities by the linear tagger alone", entities, &linear),
        ("dates alone", dates, &models),
        ("quotes alone", quotes, &models),
        ("all", all, &models),
    ] {
        let options = Options { skip, ..Options::default() };
        let mut best = f64::MAX;
        let mut found = 0;
        for _ in 0..3 {
            let begin = now();
            found = texts
                .iter()
                .map(|text| analyze(text, &options, models).expect("a short text"))
                .map(|document| document.annotations.len())
                .sum();
            best = best.min(now() - begin);
        }
        lines.push(format!(
            "{name}: {:.0} words/s, {:.0} characters/s, {found} found in {words} words",
            words as f64 / best,
            chars as f64 / best
        ));
    }
    lines
}
