//! Unlabelled texts, and what a trained model says of them: the gold of self-training.
//!
//! The teacher may be both learners together, second pass and all; where it wavers, every tag that
//! it would nearly have chosen stays possible, so the pupil is told only what the teacher is sure of.

use std::fs;
use std::io;
use std::path::Path;

use super::corpus::{ALL, TagSet};
use galley_engine::entities::Model;
use galley_engine::entities::sequence::Row;
use galley_engine::entities::tagger;
use galley_engine::entities::tagger::Prepared;
use galley_engine::entities::words::Case;
use galley_engine::text::SourceText;

/// JSONL files with a "text" a line, and how many lines in a row are one text.
const SOURCES: [(&str, usize); 3] = [
    ("articles/wikinews_2019_2020.jsonl", 1),
    ("data/quotes/polnear_train.jsonl", 1),
    ("data/entities/gmb_silver.jsonl", 12),
];

/// The texts below `shared`, every `quick`-th.
pub(super) fn read_texts(shared: &Path, quick: usize) -> io::Result<Vec<SourceText>> {
    let mut out = Vec::new();
    for (name, glue) in SOURCES {
        let file = fs::read_to_string(shared.join(name))?;
        let lines: Vec<&str> = file.lines().filter(|l| !l.trim().is_empty()).collect();
        for group in lines.chunks(glue).step_by(quick) {
            let mut text = String::new();
            for line in group {
                let row: serde_json::Value =
                    serde_json::from_str(line).map_err(|e| io::Error::other(e.to_string()))?;
                text.push_str(row["text"].as_str().unwrap_or_default());
                text.push('\n');
            }
            out.extend(SourceText::new(&text));
        }
    }
    Ok(out)
}

/// For each token the tags that cost the teacher's reading less than `sure`.
pub(super) fn read_tag_sets(prepared: &Prepared, teacher: &Model, sure: i32) -> Vec<TagSet> {
    let near = |row: &Row| {
        let possible = row.iter().enumerate().filter(|(_, loss)| **loss < sure);
        possible.fold(0, |set, (tag, _)| set | 1 << tag)
    };
    let sets = tagger::decode_sequences(prepared, teacher, |_, _, losses| {
        losses.iter().map(near).collect::<Vec<TagSet>>()
    });
    let mut sets: Vec<TagSet> = sets.into_iter().flatten().collect();
    // The teacher reads headlines worse than the pupil shall.
    let words = &prepared.words;
    for (set, &paragraph) in sets.iter_mut().zip(&prepared.context.paragraph) {
        if words.cases.get(paragraph as usize).is_some_and(|case| *case == Case::Title) {
            *set = ALL;
        }
    }
    sets
}
