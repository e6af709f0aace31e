//! From a text to mentions: words, context, features, rows, the best row of tags.

use std::ops::Range;

use super::document::Evidence;
use super::features::extract_features;
use super::learned::LearnedWeights;
use super::mention::Mention;
use super::model::Model;
use super::neural::NetworkInput;
pub use super::prepared::{Prepared, TaggedName};
use super::revise::revise;
use super::sequence::Row;
use super::tags::{self, TAGS, Tag};
use crate::chain::decode;
use crate::text::{Span, TokenizedText};

/// Tags all sequences.
pub fn tag_text(prepared: &Prepared, model: &Model) -> Vec<TaggedName> {
    let scores = score_tokens(prepared, model, &LearnedWeights::default());
    find_names(prepared, model, scores.own)
}

/// The names of a text whose tokens' tags score `rows`: both passes and the rules after them.
pub fn find_names(prepared: &Prepared, model: &Model, rows: Vec<Row>) -> Vec<TaggedName> {
    let names = decode_rows(prepared, model, rows, |seq, path, losses| {
        names_of_path(seq.start, path, losses)
    });
    let mut names: Vec<TaggedName> = names.into_iter().flatten().collect();
    revise(prepared, &model.lexicon, &mut names);
    names
}

/// What `make` makes of each sequence: of its tokens, its best tags, and what every other tag would
/// cost, after the second pass. A model that was never trained reads nothing.
pub fn decode_sequences<T>(
    prepared: &Prepared,
    model: &Model,
    make: impl Fn(&Range<usize>, &[Tag], &[Row]) -> T,
) -> Vec<T> {
    let scores = score_tokens(prepared, model, &LearnedWeights::default());
    decode_rows(prepared, model, scores.own, make)
}

fn decode_rows<T>(
    prepared: &Prepared,
    model: &Model,
    mut rows: Vec<Row>,
    make: impl Fn(&Range<usize>, &[Tag], &[Row]) -> T,
) -> Vec<T> {
    if model.weights.features() == 0 {
        return Vec::new();
    }
    let mut evidence = Evidence::new(prepared);
    let mut out = Vec::with_capacity(prepared.sequences.len());
    for seq in &prepared.sequences {
        let (path, losses) = decode(&model.transitions, &rows[seq.clone()]);
        evidence.add_evidence(prepared, seq.start, &path, &losses);
        out.push(make(seq, &path, &losses));
    }
    for (seq, made) in prepared.sequences.iter().zip(&mut out) {
        let rows = &mut rows[seq.clone()];
        if evidence.apply_evidence(prepared, seq.clone(), rows) {
            let (path, losses) = decode(&model.transitions, rows);
            *made = make(seq, &path, &losses);
        }
    }
    out
}

/// The score of a tag that needs no asking.
const CERTAIN_SCORE: i32 = 100_000;

/// The scores of every token's tags.
#[derive(Debug)]
pub struct TokenScores {
    /// The two learners' of the model, added as they count.
    pub own: Vec<Row>,
    /// The same with what was learned from a reader; empty where nothing was.
    pub with_learned: Vec<Row>,
}

/// Scores every token. A model that was never trained, or a text without words, has nothing to say.
pub fn score_tokens(prepared: &Prepared, model: &Model, learned: &LearnedWeights) -> TokenScores {
    let mut with_learned = Vec::new();
    if !learned.is_empty() {
        with_learned = vec![[0; TAGS]; prepared.words.of.len()];
    }
    let page = prepared.feature_input();
    let mix = model.mix;
    let mut rows = match &model.net {
        Some(net) if mix.neural != 0 => net.score(&NetworkInput::new(prepared)),
        _ => vec![[0; TAGS]; prepared.words.of.len()],
    };
    let mut features = Vec::new();
    for seq in &prepared.sequences {
        for i in seq.clone() {
            features.clear();
            extract_features(&page, i, seq.start, seq.end, &mut features);
            let mut row = [0; TAGS];
            model.weights.add(&features, &mut row);
            mix.add(&mut row, &rows[i]);
            // Nothing that was learned from English tells where a name begins and ends there.
            let caseless = is_caseless(prepared, i);
            if caseless {
                row = [-CERTAIN_SCORE; TAGS];
                row[usize::from(tags::OUTSIDE)] = CERTAIN_SCORE;
            }
            rows[i] = row;
            if let Some(slot) = with_learned.get_mut(i) {
                if !caseless {
                    learned.add(&features, &mut row);
                }
                *slot = row;
            }
        }
    }
    for cue in &prepared.cues {
        for rows in [&mut rows, &mut with_learned] {
            if let Some(row) = rows.get_mut(cue.token()) {
                cue.apply(row);
            }
        }
    }
    TokenScores { own: rows, with_learned }
}

/// A word of a script without capitals?
pub fn is_caseless(prepared: &Prepared, token: usize) -> bool {
    prepared.words.get(token).is_some_and(|t| t.caseless)
}

/// Names of one sequence with their margins: the least that any of their tokens' next best tag
/// would cost.
pub fn names_of_path(base: usize, path: &[Tag], losses: &[Row]) -> Vec<TaggedName> {
    tags::names(path)
        .into_iter()
        .map(|(label, a, z)| {
            let margin = (a..z)
                .filter_map(|i| {
                    let (row, best) = (losses.get(i)?, usize::from(*path.get(i)?));
                    let others = row.iter().enumerate().filter(|&(t, _)| t != best);
                    others.map(|(_, &l)| l).min()
                })
                .min();
            TaggedName { label, tokens: base + a..base + z, margin: margin.unwrap_or(0) }
        })
        .collect()
}

/// As mentions.
pub fn to_mentions(
    tokenized: &TokenizedText<'_>,
    found: &[TaggedName],
    model: &Model,
) -> Vec<Mention> {
    found
        .iter()
        .filter_map(|f| {
            let span: Span = tokenized.span_of(f.tokens.clone())?;
            Some(Mention {
                span,
                label: f.label,
                confidence: model.calibration.confidence(f.margin),
                reason: None,
            })
        })
        .collect()
}

/// Leaves out a leading "the" and a trailing possessive, unless nothing would be left.
pub fn trim_name(tokenized: &TokenizedText<'_>, mut tokens: Range<usize>) -> Range<usize> {
    if tokens.len() > 1 && tokenized.word(tokens.start).eq_ignore_ascii_case("the") {
        tokens.start += 1;
    }
    let possessive = |w: &str| matches!(w, "'s" | "’s" | "'" | "’" | "'S" | "’S");
    if tokens.len() > 1 && possessive(tokenized.word(tokens.end - 1)) {
        tokens.end -= 1;
    }
    tokens
}
