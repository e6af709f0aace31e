//! Who said what: direct, mixed and indirect speech with cue and speaker.
//!
//! Owns mark pairing, the cue and content tagger, the ranking of speakers and the resolution of
//! speaking pronouns. Must not know dates or how mentions were found; it reads them.
//!
//! The way: marks are paired ([`marks`]) → every token is described ([`words`]) → a linear-chain
//! tagger reads them ([`features`], [`tagger`]), and a network corrects it ([`neural`], [`passes`])
//! → tags become quotes ([`assemble`]).

#![allow(
    clippy::nonminimal_bool,
    clippy::if_same_then_else,
    clippy::single_range_in_vec_init,
    reason = "the rules of quotation marks read case by case"
)]

#[allow(missing_docs)]
mod assemble;
mod build;
mod candidate;
mod context;
mod cues;
mod describe;
#[allow(missing_docs)]
mod features;
mod labels;
#[allow(missing_docs)]
mod marks;
#[allow(missing_docs)]
mod model;
#[doc(hidden)]
pub mod neural;
mod nouns;
#[allow(missing_docs)]
mod pack;
#[allow(missing_docs)]
mod passes;
mod pronouns;
mod referents;
mod resolve;
#[allow(missing_docs)]
mod speakers;
mod strength;
#[allow(missing_docs)]
mod tagger;
#[allow(missing_docs)]
mod types;
#[allow(missing_docs)]
mod words;

use crate::document::{Confidence, QuoteKind, Strength};
use crate::entities::{Mention, Vectors};
use crate::layout::Layout;
use crate::linking::Cluster;
use crate::text::{Span, TokenizedText};

pub use model::Model;

/// A piece of reported speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Hull of the parts, with the quotation marks.
    pub span: Span,
    /// Direct, mixed, indirect.
    pub kind: QuoteKind,
    /// The words without marks, without a leading "that".
    pub parts: Vec<Span>,
    /// "said", "according to".
    pub cue: Vec<Span>,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// Speech, document, attitude.
    pub strength: Strength,
    /// How sure that this is reported speech.
    pub confidence: Confidence,
    /// Why, in words for people ("cue verb: said").
    pub reason: Option<String>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker, title and all.
    pub mention: Vec<Span>,
    /// Index into the clusters given to [`find`], through pronouns and role nouns.
    pub cluster: Option<usize>,
    /// The name, where no cluster has it.
    pub name: Option<String>,
    /// How sure.
    pub confidence: Confidence,
}

/// What training needs of this room.
#[doc(hidden)]
pub mod training {
    pub use super::assemble::{Draft, segments};
    pub use super::draft;
    pub use super::features::{Around, BITS, List, Scene};
    pub use super::marks::{Region, pair};
    pub use super::model::{Extra, KIND, VERSION, feature_hash};
    pub use super::neural;
    pub use super::pack::{Reader, Table, Writer};
    pub use super::passes::{Pass, around, asks, linear};
    pub use super::speakers::{SpeakerCandidate, SpeakerRanker};
    pub use super::tagger::{
        AFTER, BEFORE, CUE, Decoded, Lattice, SPEAKER, TAGS, Tagger, UNIT, allowed,
    };
    pub use super::types::Types;
    pub use super::words::{Lists, Word, hash_word, read};
}

/// What the tags of a text come to.
pub struct Drafted {
    /// One tag a token.
    pub tags: Vec<u8>,
    /// How far ahead of the next best tag each is.
    pub margins: Vec<i32>,
    /// The quotes they make.
    pub drafts: Vec<assemble::Draft>,
}

/// From the last pass's tags to drafts: rules of marks, labels and headlines applied, cues found.
pub fn draft(
    reading: &TokenizedText<'_>,
    regions: &[marks::Region],
    words: &[words::Word],
    pass: passes::Pass,
) -> Drafted {
    let passes::Pass { mut tags, mut margins, others } = pass;
    assemble::snap(reading, regions, &mut tags);
    assemble::loosen(reading, regions, words, &mut tags);
    cues::carry_on(reading, regions, words, &mut tags);
    labels::tag_signed(reading, regions, words, &mut tags, &mut margins);
    let turns = labels::turns(reading, words);
    labels::headline(reading, words, &mut tags, &mut margins);
    labels::tag(&turns, reading, &mut tags, &mut margins);
    let mut drafts = assemble::drafts(reading, words, &tags, &margins);
    labels::give(&turns, &mut drafts);
    labels::signed(reading, words, &mut drafts);
    cues::find_cues(words, &tags, &others, reading, &mut drafts);
    assemble::part_speech_from_report(words, &mut drafts);
    Drafted { tags, margins, drafts }
}

/// Finds all reported speech, in text order. Total and deterministic.
pub fn find(
    reading: &TokenizedText<'_>,
    layout: &Layout,
    mentions: &[Mention],
    clusters: &[Cluster],
    model: &Model,
    vectors: Vectors<'_>,
) -> Vec<Quote> {
    let regions = marks::pair(reading);
    let Some(trained) = &model.trained else {
        return build::build_unattributed(reading, &regions);
    };
    let mut words = words::read(reading, &regions, &trained.lists);
    let spellings = neural::Spellings::new(reading, &words, mentions, vectors);
    let mut pass = passes::all(reading, &regions, &mut words, &spellings, trained);
    // "LONDON (Reuters) -": nobody says that.
    if let Some(dateline) = layout.dateline {
        let tags = pass.tags.get_mut(reading.tokens_in(dateline));
        tags.unwrap_or_default().fill(0);
    }
    let read = draft(reading, &regions, &words, pass);
    let ranker = speakers::SpeakerRanker::new(reading, &words, &read.tags, &read.margins, mentions);
    let spoken = ranker.rank(&read.drafts, &trained.extra.ranker);
    let mut referents = referents::Referents::new(
        reading, &words, mentions, clusters, &read.drafts, &trained.lists.names,
    );
    let builder =
        build::QuoteBuilder { reading, regions: &regions, words: &words, extra: &trained.extra };
    let mut quotes = build::build_quotes(&builder, &mut referents, &read.drafts, spoken);
    continue_speakers(reading, &mut quotes);
    quotes
}

/// A paragraph that is nothing but a quote without a cue goes on with the speaker of the direct
/// quote in the paragraph before it.
fn continue_speakers(reading: &TokenizedText<'_>, quotes: &mut [Quote]) {
    for i in 1..quotes.len() {
        let (before, rest) = quotes.split_at_mut(i);
        let (Some(last), Some(quote)) =
            (before.iter().rev().take(8).find(|q| q.kind != QuoteKind::Indirect), rest.first_mut())
        else {
            continue;
        };
        let direct = quote.kind == QuoteKind::Direct;
        if !direct || quote.speaker.is_some() || !quote.cue.is_empty() {
            continue;
        }
        let here = reading.paragraph_at(quote.span.start());
        let there = reading.paragraph_at(last.span.start());
        let whole =
            here.and_then(|p| reading.paragraphs().get(p)).is_some_and(|p| p.span == quote.span);
        if whole && here.and_then(|p| p.checked_sub(1)) == there {
            quote.speaker = last.speaker.clone().map(|s| Speaker {
                confidence: Confidence::from_permille(s.confidence.permille() / 10 * 9),
                ..s
            });
        }
    }
}

#[cfg(test)]
mod tests;
