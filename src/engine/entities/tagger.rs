//! From a text to mentions: words, context, features, rows, the best row of tags.

use std::ops::Range;

use super::context::Context;
use super::document::Evidence;
use super::features::{Page, extract};
use super::neural::NetworkInput;
use super::revise::revise;
use super::sequence::{Row, sequences};
use super::tags::{self, TAGS, Tag};
use super::words::Words;
use super::{Mention, Model};
use crate::chain::decode;
use crate::document::Label;
use crate::lexicon::Lexicon;
use crate::text::{Span, TokenizedText};

/// A text made ready for the tagger.
pub struct Prepared {
    pub words: Words,
    pub context: Context,
    pub glued: Vec<bool>,
    pub sequences: Vec<Range<usize>>,
}

impl Prepared {
    pub fn new(reading: &TokenizedText<'_>, lexicon: &Lexicon) -> Prepared {
        let words = Words::new(reading, lexicon);
        let context = Context::new(reading, &words, lexicon);
        Prepared {
            glued: reading.tokens().iter().map(|t| !t.spaced).collect(),
            sequences: sequences(reading),
            words,
            context,
        }
    }

    pub fn page(&self) -> Page<'_> {
        Page { words: &self.words, context: &self.context, glued: &self.glued }
    }
}

/// A name found: label, tokens, integer margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub label: Label,
    pub tokens: Range<usize>,
    pub margin: i32,
}

/// Tags all sequences.
pub fn tag(prepared: &Prepared, model: &Model) -> Vec<Found> {
    let names = read(prepared, model, |seq, path, losses| found(seq.start, path, losses));
    let mut names: Vec<Found> = names.into_iter().flatten().collect();
    revise(prepared, &model.lexicon, &mut names);
    names
}

/// What `make` makes of each sequence: of its tokens, its best tags, and what every other tag would
/// cost, after the second pass. A model that was never trained reads nothing.
pub fn read<T>(
    prepared: &Prepared,
    model: &Model,
    make: impl Fn(&Range<usize>, &[Tag], &[Row]) -> T,
) -> Vec<T> {
    if model.weights.features() == 0 {
        return Vec::new();
    }
    let mut rows = scores(prepared, model);
    let mut evidence = Evidence::new(prepared);
    let mut out = Vec::with_capacity(prepared.sequences.len());
    for seq in &prepared.sequences {
        let (path, losses) = decode(&model.transitions, &rows[seq.clone()]);
        evidence.hear(prepared, seq.start, &path, &losses);
        out.push(make(seq, &path, &losses));
    }
    for (seq, made) in prepared.sequences.iter().zip(&mut out) {
        let rows = &mut rows[seq.clone()];
        if evidence.tell(prepared, seq.clone(), rows) {
            let (path, losses) = decode(&model.transitions, rows);
            *made = make(seq, &path, &losses);
        }
    }
    out
}

/// The score of a tag that needs no asking.
const CLEARLY: i32 = 100_000;

/// Both learners' scores of every token's tags, added as they count.
fn scores(prepared: &Prepared, model: &Model) -> Vec<Row> {
    let page = prepared.page();
    let mix = model.mix;
    let mut rows = match &model.net {
        Some(net) if mix.neural != 0 => net.score(&NetworkInput::new(prepared)),
        _ => vec![[0; TAGS]; prepared.words.of.len()],
    };
    let mut features = Vec::new();
    for seq in &prepared.sequences {
        for i in seq.clone() {
            features.clear();
            extract(&page, i, seq.start, seq.end, &mut features);
            let mut row = [0; TAGS];
            model.weights.add(&features, &mut row);
            mix.add(&mut row, &rows[i]);
            // Nothing that was learned from English tells where a name begins and ends there.
            if prepared.words.get(i).is_some_and(|t| t.caseless) {
                row = [-CLEARLY; TAGS];
                row[usize::from(tags::OUTSIDE)] = CLEARLY;
            }
            rows[i] = row;
        }
    }
    rows
}

/// Names of one sequence with their margins: the least that any of their tokens' next best tag
/// would cost.
pub fn found(base: usize, path: &[Tag], losses: &[Row]) -> Vec<Found> {
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
            Found { label, tokens: base + a..base + z, margin: margin.unwrap_or(0) }
        })
        .collect()
}

/// As mentions, without a leading "the" and a trailing possessive.
pub fn mentions(reading: &TokenizedText<'_>, found: &[Found], model: &Model) -> Vec<Mention> {
    found
        .iter()
        .filter_map(|f| {
            let tokens = trim(reading, f.tokens.clone());
            let span: Span = reading.span_of(tokens)?;
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
pub fn trim(reading: &TokenizedText<'_>, mut tokens: Range<usize>) -> Range<usize> {
    if tokens.len() > 1 && reading.word(tokens.start).eq_ignore_ascii_case("the") {
        tokens.start += 1;
    }
    let possessive = |w: &str| matches!(w, "'s" | "’s" | "'" | "’" | "'S" | "’S");
    if tokens.len() > 1 && possessive(reading.word(tokens.end - 1)) {
        tokens.end -= 1;
    }
    tokens
}
