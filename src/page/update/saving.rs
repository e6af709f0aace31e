//! Saving the open document in this browser.
//!
//! Every edit is sent at once, also while others are on their way: the browser writes them in order, and a page
//! that is killed has lost nothing but what the browser had not begun.

use super::outcome::Outcome;
use crate::effect::{Effect, Target};
use crate::library::Digest;
use crate::saved::{self, Checked, EditsToKeep, Entry};
use crate::state::{Open, Promise, Saving, State};
use galley_formats::galley_json;

/// How many times edits are appended before all of them are written anew.
const MAX_APPENDED: u32 = 200;

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
    if state.promise == Promise::NotAsked {
        state.promise = Promise::Asked;
        out.effect(Effect::AskToPersist);
    }
    request_save(state, false, out);
}

/// Saves the document before the edits, and the edits.
pub(super) fn save_with_base(state: &mut State, out: &mut Outcome) {
    request_save(state, true, out);
}

/// Saves all edits, and what is not stored yet.
pub(super) fn save_whole(state: &mut State, out: &mut Outcome) {
    if let Some(open) = &mut state.open {
        open.has_gap = true;
    }
    request_save(state, false, out);
}

fn request_save(state: &mut State, with_base: bool, out: &mut Outcome) {
    let Some(open) = state.open.as_mut().filter(|o| !o.partial && !o.forgotten) else {
        return;
    };
    // A document that is not yet in storage (revision 0) is saved with its base.
    match save_effect(open, with_base || open.revision == 0) {
        Ok(save) => {
            open.revision += 1;
            if open.saving != Saving::Saving {
                open.saving = Saving::Saving;
                out.effect(Effect::StartSaveTimer(open.key.clone(), open.revision));
            }
            out.effect(save);
        }
        Err(why) => {
            open.has_gap = true;
            open.saving = Saving::Failed(why.to_string());
        }
    }
}

/// The effect that saves a document: its line in the list, its edits and, if asked for, the document before
/// them.
///
/// # Errors
/// If the document cannot be written as Galley JSON.
pub(super) fn save_effect(
    open: &mut Open,
    with_base: bool,
) -> Result<Effect, galley_formats::FormatError> {
    let base = with_base.then(|| galley_json::write(open.log.base(), false)).transpose()?;
    let entry = entry_of(open);
    let unchanged = open.log.take_unchanged();
    let whole = with_base || open.has_gap || open.appended >= MAX_APPENDED;
    let edits = if whole {
        open.has_gap = false;
        open.appended = 0;
        EditsToKeep::Whole(saved::write_edits(&open.log))
    } else {
        open.appended += 1;
        EditsToKeep::Part(saved::write_edits_after(&open.log, unchanged))
    };
    let digest = with_base.then(|| Digest::of(&open.shown, &entry.title).to_json());
    Ok(Effect::Save { entry, base, edits, digest })
}

/// The document's line in the list.
fn entry_of(open: &Open) -> Entry {
    Entry {
        key: open.key.clone(),
        title: open.title(),
        revision: open.revision,
        seen: open.saved_revision,
        words: open.words,
        edits: u32::try_from(open.log.cursor()).unwrap_or(u32::MAX),
        checked: Some(Checked::of(&open.shown)),
        ..Entry::default()
    }
}

/// Keeps the digest of the open document as it now is, if it was edited since its digest was kept.
pub(super) fn keep_digest(state: &mut State, out: &mut Outcome) {
    let Some(open) = state.open.as_ref().filter(|o| !o.partial && !o.forgotten) else {
        return;
    };
    if open.appended > 0 && !matches!(open.saving, Saving::Failed(_)) {
        let digest = Digest::of(&open.shown, &open.title()).to_json();
        let (key, revision) = (open.key.clone(), open.revision);
        out.effect(Effect::KeepDigest { key, revision, digest });
    }
}
