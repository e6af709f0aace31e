//! What the browser keeps: the list of documents, opening, saving and forgetting one.

use std::collections::HashSet;

use super::announce::{announce, announce_unseen, show_info, show_trouble};
use super::outcome::Outcome;
use super::saving::{keep_digest, save_whole, save_with_base};
use super::{digests, elsewhere};
use crate::action::{
    LearnAction, NotSaved, PageAction, QueueAction, SearchAction, ShelfAction, StorageAction,
    WalkAction,
};
use crate::effect::{Effect, Target};
use crate::saved::{self, Stored};
use crate::state::{Forgetting, GoTo, Open, Promise, Saving, State};

pub(super) fn handle_action(state: &mut State, action: StorageAction, out: &mut Outcome) {
    match action {
        StorageAction::Listed(entries) => {
            state.listed = true;
            state.kept_documents = entries;
            if let Some(forgetting) = &state.forgetting {
                let is_going = |key: &str| forgetting.entries.iter().any(|e| e.key == key);
                state.kept_documents.retain(|e| !is_going(&e.key));
            }
            state.refresh_shelf();
            digests::find_missing(state, out);
            if elsewhere::is_waiting(state) && state.kept_documents.len() > 1 {
                digests::load_library(state, out);
            }
            if std::mem::take(&mut state.opens_next) {
                out.follow_up(ShelfAction::OpenNext);
            }
        }
        StorageAction::ListTimeOver => {
            if !state.listed {
                show_trouble(
                    state,
                    "The browser does not say what it keeps for this page. You can read and correct articles; download them before you close this tab, and reload the page to try again.",
                );
            }
        }
        StorageAction::Open(key) => out.effect(Effect::LoadDocument(key)),
        StorageAction::Loaded(key, Some(stored)) => open_stored(state, key, &stored, out),
        StorageAction::Loaded(key, None) => {
            out.effect(Effect::Remember(None));
            out.effect(Effect::ListDocuments);
            if state.kept_documents.iter().any(|e| e.key == key) {
                show_info(
                    state,
                    "This document is no longer in this browser. Open your downloaded copy if you have one.",
                );
            }
        }
        StorageAction::Saved(key, revision) => match is_open(state, &key) {
            true => note_saved(state, &key, revision),
            false => out.follow_up(QueueAction::Saved(key, revision)),
        },
        StorageAction::NotSaved(key, why) => match is_open(state, &key) {
            true => note_not_saved(state, &key, why, out),
            false => out.follow_up(QueueAction::NotSaved(key, why)),
        },
        StorageAction::SaveTimeOver(key, revision) => {
            let open = state.open.as_ref().filter(|o| o.key == key);
            if open.is_some_and(|o| o.saving == Saving::Saving && o.saved_revision < revision) {
                show_trouble(
                    state,
                    "The browser has not answered for a while: the last edits may not be saved. Go on working, and download the document now to be safe.",
                );
            }
        }
        StorageAction::Forget(keys) => forget(state, keys, out),
        StorageAction::UndoForget => {
            if let Some(forgetting) = state.forgetting.take() {
                let keys = forgetting.entries.iter().map(|e| e.key.clone()).collect();
                out.effect(Effect::MarkForgotten { keys, forgotten: false });
                out.effect(Effect::ListDocuments);
                announce_unseen(state, "Taken back");
            }
        }
        StorageAction::UndoTimeOver(number) => {
            if state.forgetting.as_ref().is_some_and(|f| f.number == number) {
                delete_forgotten(state, out);
            }
        }
        // Said only now that the browser has deleted it.
        StorageAction::Deleted(_) => {
            announce_unseen(state, "Deleted from this browser");
            // What they taught goes with them.
            out.follow_up(LearnAction::Start);
        }
        StorageAction::Leaving => {
            delete_forgotten(state, out);
            out.follow_up(StorageAction::Hidden);
        }
        StorageAction::Hidden => {
            if matches!(&state.open, Some(open) if matches!(open.saving, Saving::Failed(_))) {
                save_whole(state, out);
            }
            keep_digest(state, out);
        }
        StorageAction::Persisted(answer) => {
            state.promise = match answer {
                Some(true) => Promise::Given,
                Some(false) => Promise::Refused,
                None => Promise::Unknown,
            };
        }
        StorageAction::OpenElsewhere(key) => {
            if state.open.as_ref().is_some_and(|o| o.key == key) {
                show_info(
                    state,
                    "This document is open in another tab too. What you correct in one shows in the other; if both change it at once, this tab goes on with a copy of its own.",
                );
            }
        }
        StorageAction::SavedElsewhere(key, revision) => {
            if let Some(open) = state.open.as_ref().filter(|o| o.key == key) {
                if open.saving == Saving::Saved && open.revision != revision && !open.partial {
                    out.effect(Effect::LoadDocument(key));
                }
            } else {
                out.effect(Effect::ListDocuments);
            }
        }
        StorageAction::ForgottenElsewhere(keys) => {
            if state.open.as_ref().is_some_and(|o| keys.contains(&o.key)) {
                out.follow_up(PageAction::CloseDocument);
                out.follow_up(PageAction::Tell(
                    "This document was deleted in another tab, so it was closed here.".to_owned(),
                ));
            } else {
                state.kept_documents.retain(|e| !keys.contains(&e.key));
                state.refresh_shelf();
            }
        }
        // The browser may have removed everything: saving finds out, and says so.
        StorageAction::ConnectionLost => {
            if state.open.as_ref().is_some_and(|o| o.revision > 0) {
                save_whole(state, out);
            } else {
                out.effect(Effect::ListDocuments);
            }
        }
        StorageAction::Failed(why) => show_trouble(state, &why),
    }
}

fn is_open(state: &State, key: &str) -> bool {
    state.open.as_ref().is_some_and(|o| o.key == key)
}

fn forget(state: &mut State, keys: Vec<String>, out: &mut Outcome) {
    delete_forgotten(state, out);
    let going: HashSet<&str> = keys.iter().map(String::as_str).collect();
    let (entries, kept) = std::mem::take(&mut state.kept_documents)
        .into_iter()
        .partition(|e| going.contains(e.key.as_str()));
    state.kept_documents = kept;
    state.refresh_shelf();
    if state.open.as_ref().is_some_and(|o| keys.contains(&o.key)) {
        out.follow_up(PageAction::CloseDocument);
    }
    state.last_forgetting += 1;
    let number = state.last_forgetting;
    state.forgetting = Some(Forgetting { number, entries });
    out.effect(Effect::MarkForgotten { keys, forgotten: true });
    out.effect(Effect::StartUndoTimer(number));
}

/// Deletes what can no longer be taken back.
fn delete_forgotten(state: &mut State, out: &mut Outcome) {
    if let Some(forgetting) = state.forgetting.take() {
        out.effect(Effect::Delete(forgetting.entries.into_iter().map(|e| e.key).collect()));
    }
}

fn open_stored(state: &mut State, key: String, stored: &Stored, out: &mut Outcome) {
    match saved::open(stored) {
        Ok((mut log, lost)) => {
            let _ = log.take_unchanged();
            let shown_before = state.open.take().filter(|o| o.key == key);
            let mut open = Open::new(key, log);
            open.revision = stored.entry.revision;
            open.saved_revision = open.revision;
            open.appended = u32::try_from(stored.parts.len()).unwrap_or(u32::MAX);
            // What could not be restored is written over by the next save, whole.
            open.has_gap = lost > 0;
            open.copy = stored.entry.title.ends_with(COPY);
            out.effect(Effect::Remember(Some(open.key.clone())));
            match shown_before {
                // Another tab has saved it: what the person has chosen here stays.
                Some(before) => {
                    open.tab = before.tab;
                    open.filter = before.filter;
                    open.bottom_sheet_open = before.bottom_sheet_open;
                    open.active = before.active;
                    open.refresh();
                    state.open = Some(open);
                    announce(state, "This shows what was done in another tab");
                }
                None => {
                    state.open = Some(open);
                    state.notice = None;
                    announce_unseen(state, "Opened where you left off");
                    out.effect(Effect::Focus(Target::Article));
                }
            }
            match state.go_to.take() {
                Some(GoTo::Annotation(key, id)) if is_open(state, &key) => {
                    out.follow_up(WalkAction::Go(id, false));
                }
                Some(GoTo::Hit(key, query)) if is_open(state, &key) => {
                    out.follow_up(SearchAction::Open);
                    out.follow_up(SearchAction::Query(query));
                }
                Some(_) | None => {}
            }
            if lost > 0 {
                show_trouble(
                    state,
                    &format!(
                        "{lost} of your edits could not be restored; the rest is as you left it."
                    ),
                );
            }
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

/// What the title of a tab's own copy ends in.
const COPY: &str = " (copy)";

fn note_saved(state: &mut State, key: &str, revision: u32) {
    let Some(open) = state.open.as_mut().filter(|o| o.key == key) else {
        return;
    };
    open.saved_revision = revision;
    // An answer to the last save, not to one before it.
    if revision >= open.revision {
        open.revision = revision;
        open.saving = Saving::Saved;
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
            open.saved_revision = 0;
            open.saving = Saving::Saved;
            out.effect(Effect::Remember(Some(open.key.clone())));
            show_info(
                state,
                "This document was changed in another tab. Nothing was overwritten: this tab continues with its own copy.",
            );
            save_with_base(state, out);
        }
        NotSaved::Gone => {
            open.revision = 0;
            open.saved_revision = 0;
            open.saving = Saving::Saved;
            show_trouble(
                state,
                "This document was no longer in this browser: its storage has been emptied, by the browser or by hand. It has been saved again from this tab; other documents of the list may be gone.",
            );
            save_with_base(state, out);
        }
        NotSaved::Gap => save_whole(state, out),
        NotSaved::Forgotten => {
            open.forgotten = true;
            let why = "it was deleted in another tab.".to_owned();
            open.saving = Saving::Failed(why);
            show_trouble(
                state,
                "This document was deleted in another tab, so it is not saved any more. Download it now if you want to keep it.",
            );
        }
        NotSaved::Refused(why) => {
            open.has_gap = true;
            open.revision = open.saved_revision;
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
