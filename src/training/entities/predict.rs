//! What a model finds in a text: spans, labels and margins, before any rule of the engine.

use galley_engine::document::Label;
use galley_engine::entities::Model;
use galley_engine::entities::tagger::{self, Prepared};
use galley_engine::text::{SourceText, Span, TokenizedText};

/// The names that the tagger alone finds, each with its margin in score units.
pub(super) fn predict(text: &SourceText, model: &Model) -> Vec<(Span, Label, i32)> {
    let reading = TokenizedText::new(text);
    let prepared = Prepared::new(&reading, &model.lexicon);
    tagger::tag_text(&prepared, model)
        .into_iter()
        .filter_map(|f| Some((reading.span_of(f.tokens)?, f.label, f.margin)))
        .collect()
}
