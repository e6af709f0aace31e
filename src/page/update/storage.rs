//! What the browser keeps: the list of documents, opening, saving and forgetting one.

use super::announce::{announce, show_info, show_trouble};
use super::outcome::Outcome;
use super::saving::{save_edits, save_with_base};
use crate::action::{LearnAction, NotSaved, PageAction, StorageAction};
use crate::effect::{Effect, Target};
use crate::saved::{self, Stored};
use crate::state::{Open, Saving, State};

pub(super) fn handle_action(state: &mut State, action: StorageAction, out: &mut Outcome) {
    match action {
        StorageAction::Listed(entries) => state.kept_documents = entries,
        StorageAction::Open(key) => out.effect(Effect::LoadDocument(key)),
        StorageAction::Loaded(key, Some(stored)) => open_stored(state, key, &stored, out),
        StorageAction::Loaded(_, None) => out.effect(Effect::Remember(None)),
        StorageAction::Saved(key, revision) => note_saved(state, &key, revision, out),
        StorageAction::NotSaved(key, why) => note_not_saved(state, &key, why, out),
        StorageAction::Forget(key) => {
            let is_open = state.open.as_ref().is_some_and(|o| o.key == key);
            out.effect(Effect::Forget(key));
            if is_open {
                out.follow_up(PageAction::CloseDocument);
            }
        }
        // Announced only now that the browser has deleted it: the tab may be closed at any moment.
        StorageAction::Forgotten(key) => {
            state.kept_documents.retain(|e| e.key != key);
            announce(state, "Forgotten");
            // What it taught goes with it.
            out.follow_up(LearnAction::Start);
        }
        StorageAction::Failed(why) => show_trouble(state, &why),
    }
}

fn open_stored(state: &mut State, key: String, stored: &Stored, out: &mut Outcome) {
    match saved::open(stored) {
        Ok((log, lost)) => {
            let mut open = Open::new(key, log);
            open.revision = stored.entry.revision;
            out.effect(Effect::Remember(Some(open.key.clone())));
            state.open = Some(open);
            state.notice = None;
            announce(state, "Opened where you left off");
            if lost > 0 {
                show_trouble(
                    state,
                    &format!(
                        "{lost} of your edits could not be restored; the rest is as you left it."
                    ),
                );
            }
            out.effect(Effect::Focus(Target::Article));
        }
        Err(why) => {
            out.effect(Effect::Remember(None));
            show_trouble(
                state,
                &format!(
                    "“{}” is damaged in this browser's storage: {why}. It stays in the list; open your downloaded copy if you have one.",
                    stored.entry.title
                ),
            );
        }
    }
}

fn note_saved(state: &mut State, key: &str, revision: u32, out: &mut Outcome) {
    let Some(open) = state.open.as_mut().filter(|o| o.key == key) else {
        return;
    };
    let again = open.saving == Saving::Saving { again: true };
    open.revision = revision;
    open.saving = Saving::Saved;
    if again {
        save_edits(state, out);
    }
}

fn note_not_saved(state: &mut State, key: &str, why: NotSaved, out: &mut Outcome) {
    let Some(open) = state.open.as_mut().filter(|o| o.key == key) else {
        return;
    };
    match why {
        NotSaved::Conflict(new_key) => {
            open.key = new_key;
            open.copy = true;
            open.revision = 0;
            open.saving = Saving::Saved;
            out.effect(Effect::Remember(Some(open.key.clone())));
            show_info(
                state,
                "This document was changed in another tab. Nothing was overwritten: this tab continues with its own copy.",
            );
            save_with_base(state, out);
        }
        NotSaved::Refused(why) => {
            open.saving = Saving::Failed(why.clone());
            show_trouble(
                state,
                &format!(
                    "Your edits are not saved in this browser: {why} Download the document now."
                ),
            );
        }
    }
}
