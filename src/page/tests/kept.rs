//! What the browser keeps: every edit at once, nothing lost when a save fails, nothing comes back that was
//! forgotten.

use super::*;
use crate::saved::{EditsToKeep, Entry};
use crate::state::{Open, Promise};

fn open(state: &State) -> &Open {
    state.open.as_ref().unwrap()
}

/// The saves among the effects: key, revision that they build on, with base, whole.
fn saves(effects: &[Effect]) -> Vec<(String, u32, bool, bool)> {
    let saves = effects.iter().filter_map(|e| match e {
        Effect::Save { entry, base, edits, .. } => Some((
            entry.key.clone(),
            entry.revision,
            base.is_some(),
            matches!(edits, EditsToKeep::Whole(_)),
        )),
        _ => None,
    });
    saves.collect()
}

/// The browser's storage as far as one document goes: what opens there later.
#[derive(Default)]
struct Disk(Stored);

impl Disk {
    fn write(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Save { entry, base, edits, .. } = effect.clone() {
                self.0.entry = entry;
                self.0.base = base.unwrap_or(std::mem::take(&mut self.0.base));
                match edits {
                    EditsToKeep::Whole(all) => {
                        self.0.edits = all;
                        self.0.parts.clear();
                    }
                    EditsToKeep::Part(part) => self.0.parts.push(part),
                }
            }
        }
    }
}

fn entry(key: &str) -> Entry {
    Entry { key: key.to_owned(), ..Entry::default() }
}

#[test]
fn every_edit_is_sent_at_once_and_appended() {
    let mut state = State::default();
    let mut disk = Disk::default();
    update(&mut state, engine_hello());
    update(&mut state, take_text(TEXT));
    disk.write(&update(&mut state, engine_answer(1, false, &document(TEXT, None))));
    update(&mut state, StorageAction::Saved("k1".to_owned(), 1));
    update(&mut state, WalkAction::Go(id("n0"), false));
    let steps: [Action; 6] = [
        EditAction::Accept.into(),
        EditAction::SetLabel(Label::Org).into(),
        EditAction::Undo.into(),
        EditAction::Undo.into(),
        EditAction::Redo.into(),
        EditAction::Reject.into(),
    ];
    for (n, step) in steps.into_iter().enumerate() {
        let effects = update(&mut state, step);
        // The answer to the one before has not come yet.
        assert_eq!(saves(&effects), [("k1".to_owned(), 1 + n as u32, false, false)]);
        disk.write(&effects);
        // Killed now, all of it opens again.
        let (log, lost) = saved::open(&disk.0).unwrap();
        assert_eq!((lost, log.current()), (0, &*open(&state).shown), "{n}");
        assert_eq!(log.cursor(), open(&state).log.cursor());
    }
    assert_eq!(open(&state).saving, Saving::Saving);
    update(&mut state, StorageAction::Saved("k1".to_owned(), 4));
    assert_eq!(open(&state).saving, Saving::Saving, "an answer to an earlier one");
    update(&mut state, StorageAction::Saved("k1".to_owned(), 7));
    assert_eq!(open(&state).saving, Saving::Saved);
    assert_eq!(disk.0.parts.len(), 6);
}

#[test]
fn after_a_refusal_all_is_written_again() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Accept);
    let full = NotSaved::Refused("the browser's storage is full.".to_owned());
    update(&mut state, StorageAction::NotSaved("k1".to_owned(), full));
    assert!(matches!(open(&state).saving, Saving::Failed(_)));
    let effects = update(&mut state, EditAction::Undo);
    assert_eq!(saves(&effects), [("k1".to_owned(), 1, false, true)]);
    update(&mut state, StorageAction::Saved("k1".to_owned(), 2));
    assert_eq!(open(&state).saving, Saving::Saved);
    // One of several on their way did not get there: the next has nothing to stand on.
    update(&mut state, EditAction::Redo);
    let effects = update(&mut state, StorageAction::NotSaved("k1".to_owned(), NotSaved::Gap));
    assert_eq!(saves(&effects).iter().map(|s| s.3).collect::<Vec<_>>(), [true]);
}

#[test]
fn an_emptied_store_is_said_truthfully() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Accept);
    let effects = update(&mut state, StorageAction::NotSaved("k1".to_owned(), NotSaved::Gone));
    assert_eq!(saves(&effects), [("k1".to_owned(), 0, true, true)], "saved again, whole");
    let said = state.notice.clone().unwrap().text;
    assert!(said.contains("no longer in this browser") && !said.contains("another tab"), "{said}");
    assert!(!open(&state).title().contains("copy"));
    // The connection was closed by the browser: what is there is looked at without waiting for an edit.
    let mut state = opened_page();
    let effects = update(&mut state, StorageAction::ConnectionLost);
    assert_eq!(saves(&effects), [("k1".to_owned(), 1, false, true)]);
}

#[test]
fn a_browser_that_never_answers_is_said() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    let effects = update(&mut state, EditAction::Accept);
    let timer = effects.iter().find_map(|e| match e {
        Effect::StartSaveTimer(key, revision) => Some((key.clone(), *revision)),
        _ => None,
    });
    let (key, revision) = timer.unwrap();
    assert_eq!(state.promise, Promise::Asked);
    assert!(effects.contains(&Effect::AskToPersist));
    let over = StorageAction::SaveTimeOver(key, revision);
    update(&mut state, over.clone());
    assert!(state.notice.take().unwrap().text.contains("has not answered"));
    update(&mut state, StorageAction::Saved("k1".to_owned(), revision));
    update(&mut state, over);
    assert!(state.notice.is_none());
    let mut state = State::default();
    update(&mut state, StorageAction::ListTimeOver);
    assert!(state.notice.is_some());
}

#[test]
fn forgetting_can_be_taken_back_and_then_is_final() {
    let mut state = State::default();
    update(&mut state, StorageAction::Listed(vec![entry("a-1"), entry("b-1"), entry("c-1")]));
    let keys = |state: &State| -> Vec<String> {
        state.kept_documents.iter().map(|e| e.key.clone()).collect()
    };
    let both = vec!["a-1".to_owned(), "c-1".to_owned()];
    let effects = update(&mut state, StorageAction::Forget(both.clone()));
    assert!(matches!(
        &effects[..],
        [Effect::MarkForgotten { forgotten: true, .. }, Effect::StartUndoTimer(1)]
    ));
    assert_eq!(keys(&state), ["b-1"]);
    let effects = update(&mut state, StorageAction::UndoForget);
    assert!(matches!(&effects[..],
        [Effect::MarkForgotten { keys, forgotten: false }, Effect::ListDocuments] if *keys == both));
    update(&mut state, StorageAction::Listed(vec![entry("a-1"), entry("b-1"), entry("c-1")]));
    // Another one: the time of the first is over, that of the second is not.
    update(&mut state, StorageAction::Forget(vec!["b-1".to_owned()]));
    assert_eq!(update(&mut state, StorageAction::UndoTimeOver(1)), []);
    // What is forgotten next makes the one before final, and so does closing the page.
    let effects = update(&mut state, StorageAction::Forget(vec!["c-1".to_owned()]));
    assert_eq!(effects[0], Effect::Delete(vec!["b-1".to_owned()]));
    let effects = update(&mut state, StorageAction::Leaving);
    assert_eq!(effects, [Effect::Delete(vec!["c-1".to_owned()])]);
    // A list that was asked for before does not bring it back.
    update(&mut state, StorageAction::Forget(vec!["a-1".to_owned()]));
    update(&mut state, StorageAction::Listed(vec![entry("a-1")]));
    assert_eq!(keys(&state), [""; 0]);
}

#[test]
fn a_document_forgotten_elsewhere_does_not_come_back() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Accept);
    update(&mut state, StorageAction::NotSaved("k1".to_owned(), NotSaved::Forgotten));
    assert!(state.notice.as_ref().unwrap().text.contains("deleted in another tab"));
    assert_eq!(saves(&update(&mut state, EditAction::Undo)), [], "not even by the next edit");
    let mut state = opened_page();
    let effects = update(&mut state, StorageAction::ForgottenElsewhere(vec!["k1".to_owned()]));
    assert!(state.open.is_none() && state.notice.is_some());
    assert_eq!(saves(&effects), []);
}

#[test]
fn what_another_tab_saves_is_shown_unless_this_one_is_ahead() {
    let mut state = opened_page();
    let elsewhere = |revision| StorageAction::SavedElsewhere("k1".to_owned(), revision);
    assert_eq!(update(&mut state, elsewhere(1)), [], "it is what is shown");
    let effects = update(&mut state, elsewhere(2));
    assert_eq!(effects, [Effect::LoadDocument("k1".to_owned())]);
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Accept);
    assert_eq!(update(&mut state, elsewhere(3)), [], "the save finds out");
    update(&mut state, StorageAction::OpenElsewhere("k1".to_owned()));
    assert!(state.notice.as_ref().unwrap().text.contains("open in another tab"));
}

#[test]
fn the_first_version_of_the_store_still_opens() {
    // As version 0.1 kept it: no counts, no parts.
    let kept = include_str!("../../../tests/data/kept/version-1.json");
    let kept: std::collections::HashMap<String, serde_json::Value> =
        serde_json::from_str(kept).unwrap();
    let text = |store: &str| kept[store].as_object().unwrap().clone();
    for (key, line) in text("documents") {
        let entry: Entry = serde_json::from_str(line.as_str().unwrap()).unwrap();
        assert_eq!((&entry.key, entry.checked), (&key, None));
        let stored = Stored {
            entry,
            base: text("readings")[&key].as_str().unwrap().to_owned(),
            edits: text("edits")[&key].as_str().unwrap().to_owned(),
            parts: Vec::new(),
        };
        let (log, lost) = saved::open(&stored).unwrap();
        assert_eq!((lost, log.cursor()), (0, stored.entry.edits as usize));
        log.current().check().unwrap();
    }
}
