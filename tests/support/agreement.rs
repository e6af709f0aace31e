//! Texts, and what the engine made of each as one line: native and wasm must give the same lines.

use galley_engine::document::{Body, Label, Status};
use galley_engine::entities::LearnedWeights;
use galley_engine::learning::Learner;
use galley_engine::{Models, Options, analyze};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Whole texts, each with its name.
const TEXTS: [(&str, &str); 4] = [
    ("harbour", include_str!("../data/articles/harbour.txt")),
    ("odd", include_str!("../data/articles/odd.txt")),
    ("sentences", include_str!("../data/text/sentences.txt")),
    ("tokens", include_str!("../data/text/tokens.txt")),
];

// The models that the page and the command line ship.
static ENTITIES: &[u8] = include_bytes!("../../www/model/entities.bin");
static QUOTES: &[u8] = include_bytes!("../../www/model/quotes.bin");

/// Variants made of each text by shuffling and cutting its words.
const VARIANTS_PER_TEXT: u64 = 40;

/// Scraps that are put between the words of variants.
const INSERTED_SCRAPS: [&str; 16] = [
    "\"", "”", "“", "'", "’", "\n\n", "\r\n", "…", "U.S.", "said", "by May", "$", "\u{0}",
    "é\u{301}", "\u{200d}", "𝔉",
];

/// A small generator: the same numbers everywhere.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next_below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % (end.max(1) as u64)).unwrap_or_default()
    }
}

/// A text with some of its words moved, dropped and joined by scraps.
fn shuffled_variant(text: &str, seed: u64) -> String {
    let mut numbers = SplitMix64(seed);
    let mut words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    for _ in 0..words.len() / 8 {
        let (a, b) = (numbers.next_below(words.len()), numbers.next_below(words.len()));
        words.swap(a, b);
    }
    words.truncate(numbers.next_below(words.len()) + 1);
    let mut made = String::new();
    for word in words {
        made.push_str(word);
        if numbers.next_below(12) == 0 {
            made.push_str(INSERTED_SCRAPS[numbers.next_below(INSERTED_SCRAPS.len())]);
        }
    }
    made
}

/// Stands between the articles of a corpus that is there to compare with.
pub(crate) const SEPARATOR: char = '\u{1e}';

/// One line for each text, then one for each of `articles`: its name, the length of its document in bytes, the document's SHA-256.
pub(crate) fn fingerprints(articles: &str) -> Vec<String> {
    let models = Models::from_bytes(ENTITIES, QUOTES).expect("the models are sound");
    let mut lines = Vec::new();
    for (name, text) in TEXTS {
        lines.push(fingerprint(name, text, &models));
        for seed in 0..VARIANTS_PER_TEXT {
            lines.push(fingerprint(
                &format!("{name}-{seed}"),
                &shuffled_variant(text, seed),
                &models,
            ));
        }
    }
    lines.push(learned_fingerprint(&models));
    lines.push(fingerprint("empty", "", &models));
    lines.push(fingerprint("repeated", &TEXTS[0].1.repeat(20), &models));
    for (i, article) in articles.split_terminator(SEPARATOR).enumerate() {
        lines.push(fingerprint(&format!("article-{i}"), article, &models));
    }
    lines
}

/// What is learned of someone who calls every organisation a product.
fn learned_fingerprint(models: &Models) -> String {
    let corrected = (0..6).map(|seed| {
        let text = shuffled_variant(TEXTS[0].1, 1000 + seed);
        let mut document =
            analyze(&text, &Options::default(), models).expect("a short text is read");
        for annotation in &mut document.annotations {
            if let Body::Entity(entity) = &mut annotation.body {
                annotation.status = Status::Accepted;
                if entity.label == Label::Org {
                    entity.label = Label::Product;
                }
            }
        }
        document
    });
    let corrected: Vec<_> = corrected.collect();
    let learned = Learner::learn_all(&models.entities, &LearnedWeights::default(), &corrected);
    let mut line = format!("learned {:?} {:?} ", learned.share, learned.articles);
    for byte in Sha256::digest(learned.weights.pack()) {
        write!(line, "{byte:02x}").expect("a string takes all");
    }
    line
}

fn fingerprint(name: &str, text: &str, models: &Models) -> String {
    let document = analyze(text, &Options::default(), models).expect("a short text is read");
    let json =
        galley_formats::galley_json::write(&document, false).expect("a fresh document is sound");
    let mut line = format!("{name} {} ", json.len());
    for byte in Sha256::digest(json.as_bytes()) {
        write!(line, "{byte:02x}").expect("a string takes all");
    }
    line
}
