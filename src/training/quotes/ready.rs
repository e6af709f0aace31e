//! The articles that everything learns from, divided and with their gold.

use std::path::Path;

use galley_engine::quotes::training::{self, Region, Word};
use galley_engine::text::TokenizedText;

use super::corpus::{self, Article};

/// An article that has been divided, with its gold tags.
pub(super) struct Ready<'a> {
    pub(super) article: &'a Article,
    pub(super) reading: TokenizedText<'a>,
    pub(super) regions: Vec<Region>,
    pub(super) words: Vec<Word>,
    pub(super) tags: Vec<u8>,
    pub(super) mentions: Vec<galley_engine::entities::Mention>,
}

pub(super) fn read_file(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Gold quotes as drafts, with the tokens of their speaker.
pub(super) fn gold_drafts(r: &Ready<'_>) -> Vec<(training::Draft, Option<std::ops::Range<usize>>)> {
    let mut out: Vec<_> = r
        .article
        .quotes
        .iter()
        .filter_map(|q| {
            let parts = corpus::content_segments(&r.reading, &q.content);
            let first = parts.first()?.start;
            let draft = training::Draft {
                cue: q.cue.first().map(|c| r.reading.tokens_in(*c)).filter(|c| !c.is_empty()),
                paragraph: r.reading.paragraph_at(r.reading.tokens()[first].span.start())?,
                parts,
                ..training::Draft::default()
            };
            Some((draft, q.speaker.first().map(|s| r.reading.tokens_in(*s))))
        })
        .collect();
    out.sort_by_key(|d| d.0.parts[0].start);
    out
}
