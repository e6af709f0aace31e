//! Saving the open document in this browser.

use super::outcome::Outcome;
use crate::effect::{Effect, Target};
use crate::saved::{self, Entry};
use crate::state::{Open, Saving, State};
use galley_formats::galley_json;

/// Shows a document as the open one, saves it, and focuses its text.
pub(super) fn open_document(state: &mut State, open: Open, out: &mut Outcome) {
    keep_document(state, open, out);
    out.effect(Effect::Focus(Target::Article));
}

/// Shows a document as the open one and saves it; the focus stays.
pub(super) fn keep_document(state: &mut State, open: Open, out: &mut Outcome) {
    out.effect(Effect::Remember(Some(open.key.clone())));
    state.open = Some(open);
    save_with_base(state, out);
}

/// Saves the edits; the document before them is stored already.
pub(super) fn save_edits(state: &mut State, out: &mut Outcome) {
    request_save(state, false, out);
}

/// Saves the document before the edits, and the edits.
pub(super) fn save_with_base(state: &mut State, out: &mut Outcome) {
    request_save(state, true, out);
}

fn request_save(state: &mut State, with_base: bool, out: &mut Outcome) {
    let Some(open) = state.open.as_mut().filter(|o| !o.partial) else {
        return;
    };
    if let Saving::Saving { again } = &mut open.saving {
        *again = true;
        return;
    }
    // A document that is not yet in storage (revision 0) is saved whole.
    match save_effect(open, with_base || open.revision == 0) {
        Ok(save) => {
            open.saving = Saving::Saving { again: false };
            out.effect(save);
        }
        Err(why) => open.saving = Saving::Failed(why.to_string()),
    }
}

/// The effect that saves a document: its line in the list, its edits and, if asked for, the document before
/// them.
///
/// # Errors
/// If the document cannot be written as Galley JSON.
pub(super) fn save_effect(
    open: &Open,
    with_base: bool,
) -> Result<Effect, galley_formats::FormatError> {
    let base = with_base.then(|| galley_json::write(open.log.base(), false)).transpose()?;
    let words = open.shown.text.as_str().split_whitespace().count();
    Ok(Effect::Save {
        entry: Entry {
            key: open.key.clone(),
            title: open.title(),
            updated: 0,
            revision: open.revision,
            words: u32::try_from(words).unwrap_or(u32::MAX),
            edits: u32::try_from(open.log.cursor()).unwrap_or(u32::MAX),
        },
        base,
        edits: saved::write_edits(&open.log),
    })
}
