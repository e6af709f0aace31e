//! Corrections over many documents.

use super::*;
use crate::action::ShelfAction;
use crate::library::Digest;
use crate::library::change::Correction;
use crate::library::choice::View;
use crate::saved::{EditsToKeep, Entry};
use std::collections::HashMap;

/// A browser that keeps documents and answers the page.
#[derive(Default)]
struct Browser {
    kept: HashMap<String, Stored>,
    digests: Vec<(String, u32, String)>,
}

impl Browser {
    fn with(texts: &[(&str, &str)]) -> Browser {
        let mut browser = Browser::default();
        for &(key, title) in texts {
            let document = document(TEXT, None);
            let entry = Entry {
                key: key.to_owned(),
                title: title.to_owned(),
                revision: 1,
                ..Entry::default()
            };
            let digest = Digest::of(&document, title).to_json();
            browser.digests.push((key.to_owned(), 1, digest));
            let base = galley_json::write(&document, false).unwrap();
            browser.kept.insert(key.to_owned(), Stored { entry, base, ..Stored::default() });
        }
        browser
    }

    fn run(&mut self, state: &mut State, action: impl Into<Action>) {
        let mut waiting = vec![action.into()];
        while let Some(action) = waiting.pop() {
            for effect in update(state, action) {
                match effect {
                    Effect::LoadForChange(key) => {
                        let stored = self.kept.get(&key).cloned().map(Box::new);
                        waiting.push(ShelfAction::ChangeLoaded(key, stored).into());
                    }
                    Effect::LoadDigests => {
                        waiting.push(ShelfAction::DigestsLoaded(self.digests.clone()).into());
                    }
                    Effect::Save { entry, edits, .. } => {
                        let stored = self.kept.get_mut(&entry.key).unwrap();
                        assert_eq!(stored.entry.revision, entry.revision);
                        stored.entry.revision += 1;
                        match edits {
                            EditsToKeep::Whole(all) => {
                                stored.edits = all;
                                stored.parts.clear();
                            }
                            EditsToKeep::Part(part) => stored.parts.push(part),
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn label(&self, key: &str) -> (Label, Status) {
        let (log, lost) = saved::open(&self.kept[key]).unwrap();
        assert_eq!(lost, 0);
        let a = log.current().annotation(&id("n0")).unwrap().clone();
        match a.body {
            Body::Entity(e) => (e.label, a.status),
            _ => panic!("n0 is a name"),
        }
    }
}

#[test]
fn a_correction_over_all_articles_is_made_and_taken_back_as_one() {
    let mut browser = Browser::with(&[("a-1", "One"), ("b-1", "Two"), ("c-1", "Three")]);
    let mut state = State::default();
    let entries = browser.kept.values().map(|s| s.entry.clone()).collect();
    browser.run(&mut state, StorageAction::Listed(entries));
    browser.run(&mut state, ShelfAction::ShowView(View::Names));
    let correct = |correction| ShelfAction::Correct("PERSON\tana ruiz".to_owned(), correction);
    browser.run(&mut state, correct(Correction::Relabel(Label::Org)));
    let change = state.change.clone().unwrap();
    assert_eq!((change.done.len(), change.failed, change.step), (3, 0, None));
    for key in ["a-1", "b-1", "c-1"] {
        assert_eq!(browser.label(key).0, Label::Org);
    }
    assert!(state.announced.text.contains("3 articles"), "{}", state.announced.text);
    // The list of names follows at once.
    assert!(format!("{:?}", state.shelf.over_all).contains("Organisation"));
    // One was edited since: it stays, the others go back.
    let part = r#"{"keep":1,"cursor":2,"edits":[{"do":"accept","on":"n1"}]}"#.to_owned();
    browser.kept.get_mut("b-1").unwrap().parts.push(part);
    browser.run(&mut state, ShelfAction::UndoChange);
    assert_eq!(browser.label("a-1"), (Label::Person, Status::Machine));
    assert_eq!(browser.label("b-1").0, Label::Org);
    assert_eq!(browser.label("c-1"), (Label::Person, Status::Machine));
    assert!(state.change.is_none() && state.notice.is_some());
}

#[test]
fn a_name_corrected_in_one_article_is_offered_to_the_others_and_undone_as_one() {
    let mut browser = Browser::with(&[("a-1", "One"), ("b-1", "Two"), ("c-1", "Three")]);
    let mut state = State::default();
    let entries = browser.kept.values().map(|s| s.entry.clone()).collect();
    browser.run(&mut state, StorageAction::Listed(entries));
    let stored = browser.kept["a-1"].clone();
    browser.run(&mut state, StorageAction::Loaded("a-1".to_owned(), Some(Box::new(stored))));
    update(&mut state, WalkAction::Go(id("n0"), false));
    // Nothing of the others is loaded before a name is corrected.
    assert_eq!(state.library.documents.len(), 0);
    browser.run(&mut state, EditAction::SetLabel(Label::Org));
    let found = state.elsewhere.clone().unwrap();
    assert_eq!((found.places.len(), found.articles(), found.words.as_str()), (2, 2, "Ana Ruiz"));
    browser.run(&mut state, ShelfAction::OpenElsewhere);
    assert_eq!(state.dialog, Some(Dialog::Elsewhere));
    browser.run(&mut state, ShelfAction::TickElsewhere(Some(0)));
    browser.run(&mut state, ShelfAction::CorrectElsewhere);
    assert_eq!(state.dialog, None);
    let labels = |browser: &Browser| ["b-1", "c-1"].map(|key| browser.label(key).0);
    let org = |browser: &Browser| labels(browser).into_iter().filter(|l| *l == Label::Org).count();
    assert_eq!(org(&browser), 1, "the one that stayed ticked");
    assert!(state.toast.as_ref().unwrap().undo_change);
    // Undo takes it back here and there.
    browser.run(&mut state, EditAction::Undo);
    assert_eq!(org(&browser), 0);
    assert_eq!(open(&state).log.cursor(), 0);
    // From the toast as well.
    browser.run(&mut state, EditAction::Redo);
    browser.run(&mut state, EditAction::Undo);
    browser.run(&mut state, EditAction::Reject);
    assert_eq!(state.elsewhere.as_ref().unwrap().places.len(), 2);
    browser.run(&mut state, ShelfAction::CorrectElsewhere);
    assert_eq!(browser.label("b-1").1, Status::Rejected);
    browser.run(&mut state, ShelfAction::UndoChange);
    assert_eq!((browser.label("b-1").1, open(&state).log.cursor()), (Status::Machine, 0));
    // An edit of another kind offers nothing.
    browser.run(&mut state, EditAction::Accept);
    assert_eq!(state.elsewhere, None);
}
