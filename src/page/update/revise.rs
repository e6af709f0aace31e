//! The revised text takes the place of the old one.

use super::announce::{announce, show_info, show_trouble};
use super::outcome::Outcome;
use super::saving::save_edits;
use crate::effect::{Effect, Target};
use crate::state::State;
use galley_engine::document::Document;
use galley_engine::edits::Edit;
use galley_engine::text::SourceText;

/// Carries the annotations of the document with this key over to `text`, and adds what the engine found there
/// (`None`: there is no engine); all as one edit.
pub(super) fn revise_text(
    state: &mut State,
    key: &str,
    text: &str,
    analysis: Option<Document>,
    out: &mut Outcome,
) {
    let open = state.open.as_mut().filter(|o| o.key == key);
    let (Some(open), Ok(source)) = (open, SourceText::new(text)) else {
        return show_info(state, "The text was not revised: its document is no longer open.");
    };
    let revise = Edit::Revise(source);
    let done = match analysis {
        Some(analysis) => {
            let both = vec![revise.clone(), Edit::Reread(Box::new(analysis))];
            open.log.apply(Edit::Batch(both)).or_else(|_| open.log.apply(revise))
        }
        None => open.log.apply(revise),
    };
    match done {
        Ok(()) => {
            open.refresh();
            let n = open.shown.annotations.len();
            announce(
                state,
                &format!("The text is revised: {n} annotations. Undo brings the old text back."),
            );
            out.effect(Effect::Focus(Target::Article));
            save_edits(state, out);
        }
        Err(why) => show_trouble(state, &format!("The text was not revised: {why}.")),
    }
}
