//! Who said what: direct, mixed and indirect speech with cue and speaker.
//!
//! Owns the pairing of quotation marks, the cue and content tagger and the ranking of speakers. Must not know dates,
//! how mentions were found, nor whom a speaker's words refer to: it asks [`crate::coreference`].
//!
//! In this order: quotation marks are paired ([`marks`]) → every token is described ([`words`]) → a linear-chain
//! tagger reads them ([`features`], [`tagger`]), and a network corrects it ([`neural`], [`passes`])
//! → tags become quotes ([`assemble`]).

#![allow(
    clippy::nonminimal_bool,
    clippy::if_same_then_else,
    clippy::single_range_in_vec_init,
    reason = "the rules of quotation marks read case by case"
)]

mod according;
mod assemble;
mod attributed;
mod build;
mod builder;
mod context;
mod continuing;
mod cues;
mod edges;
mod features;
mod labels;
mod marks;
mod model;
#[doc(hidden)]
pub mod neural;
mod pack;
mod passes;
mod quote;
mod relayed;
mod speakers;
mod strength;
mod tagger;
mod types;
mod words;

use crate::coreference::Referents;
use crate::entities::{Mention, Vectors};
use crate::layout::Layout;
use crate::linking::Cluster;
use crate::text::TokenizedText;

pub use model::Model;
pub use quote::{Quote, Speaker};

/// What training needs of this room.
#[doc(hidden)]
pub mod training {
    pub use super::assemble::{Draft, split_segments};
    pub use super::build_drafts;
    pub use super::features::{BITS, FeatureList, ParagraphFeatures, Surroundings};
    pub use super::marks::{Region, pair_marks};
    pub use super::model::{Extra, KIND, VERSION, feature_hash};
    pub use super::neural;
    pub use super::pack::{Reader, Table, Writer};
    pub use super::passes::{TextTags, describe_surroundings, needs_network, score_linear};
    pub use super::read_for_coreference;
    pub use super::speakers::{SpeakerCandidate, SpeakerRanker};
    pub use super::tagger::{
        CONTENT_AFTER, CONTENT_BEFORE, CUE, Lattice, ParagraphTags, SCORE_UNIT, SPEAKER, TAGS,
        Tagger, may_follow,
    };
    pub use super::types::WordTypes;
    pub use super::words::{Word, WordTables, describe_words, hash_word};
}

/// What coreference is told of a text: its tokens, and what of it is reported speech.
#[doc(hidden)]
pub fn read_for_coreference(
    reading: &TokenizedText<'_>,
    layout: &Layout,
    mentions: &[Mention],
    model: &Model,
    vectors: Vectors<'_>,
) -> Option<(Vec<crate::coreference::Token>, Vec<std::ops::Range<usize>>)> {
    let trained = model.trained.as_ref()?;
    let regions = marks::pair_marks(reading);
    let words = words::describe_words(reading, &regions, &trained.lists);
    let found = find(reading, layout, mentions, &[], model, vectors);
    let parts = found.iter().flat_map(|q| q.parts.iter().map(|p| reading.tokens_in(*p)));
    let tokens = words::describe_for_coreference(reading, &words, &trained.lists.names);
    Some((tokens, parts.collect()))
}

/// The tags of a text and the quotes they make.
pub struct TaggedDrafts {
    /// One tag a token.
    pub tags: Vec<u8>,
    /// How far ahead of the next best tag each is.
    pub margins: Vec<i32>,
    /// The quotes they make.
    pub drafts: Vec<assemble::Draft>,
}

/// Turns the last pass's tags into drafts: applies the rules for quotation marks, labels and
/// headlines, and looks for missing cues.
pub fn build_drafts(
    reading: &TokenizedText<'_>,
    regions: &[marks::Region],
    words: &[words::Word],
    pass: passes::TextTags,
) -> TaggedDrafts {
    let passes::TextTags { mut tags, mut margins, others } = pass;
    assemble::unify_quoted_tags(reading, regions, &mut tags);
    according::tag_according_to(reading, words, &mut tags, &mut margins);
    attributed::tag_plain_reports(reading, words, &mut tags, &mut margins);
    attributed::tag_attributed_quotations(reading, regions, words, &mut tags, &mut margins);
    assemble::detach_quoted_sentences(reading, regions, words, &mut tags);
    cues::continue_speech(reading, regions, words, &mut tags);
    attributed::tag_speech_paragraphs(reading, regions, words, &mut tags);
    labels::tag_signed_quotations(reading, regions, words, &mut tags, &mut margins);
    let turns = labels::find_turns(reading, words);
    labels::tag_headline(reading, words, &mut tags, &mut margins);
    labels::tag_turns(&turns, reading, &mut tags, &mut margins);
    let mut drafts = assemble::assemble_drafts(reading, words, &tags, &margins);
    labels::assign_turn_speakers(&turns, &mut drafts);
    labels::attach_signatures(reading, words, &mut drafts);
    assemble::split_later_sentences(reading, words, &mut drafts);
    cues::find_cues(words, &tags, &others, reading, &mut drafts);
    assemble::drop_report_after_speech(words, &mut drafts);
    relayed::return_to_inner_speaker(reading, regions, words, &mut drafts);
    relayed::split_joined_reports(reading, words, &mut drafts);
    edges::drop_allusions(reading, words, &mut drafts);
    edges::settle_edges(reading, words, &mut drafts);
    TaggedDrafts { tags, margins, drafts }
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
    let regions = marks::pair_marks(reading);
    let Some(trained) = &model.trained else {
        return build::build_unattributed(reading, &regions);
    };
    let mut words = words::describe_words(reading, &regions, &trained.lists);
    let spellings = neural::Spellings::new(reading, &words, mentions, vectors);
    let mut pass = passes::tag_text(reading, &regions, &mut words, &spellings, trained);
    // "LONDON (Reuters) -": nobody says that.
    // Nor what stands around the story.
    for span in layout.dateline.into_iter().chain(layout.unread()) {
        let tags = pass.tags.get_mut(reading.tokens_in(span));
        tags.unwrap_or_default().fill(0);
    }
    let read = build_drafts(reading, &regions, &words, pass);
    let ranker = speakers::SpeakerRanker::new(reading, &words, &read.tags, &read.margins, mentions);
    let spoken = ranker.rank_speakers(&read.drafts, &trained.extra.ranker);
    let tokens = words::describe_for_coreference(reading, &words, &trained.lists.names);
    let spoken_parts = read.drafts.iter().flat_map(|d| d.parts.iter().cloned());
    let mut referents = Referents::new(reading, &tokens, mentions, clusters, spoken_parts);
    let builder =
        builder::QuoteBuilder { reading, regions: &regions, words: &words, extra: &trained.extra };
    build::build_quotes(&builder, &mut referents, &read.drafts, spoken)
}

#[cfg(test)]
mod tests;
