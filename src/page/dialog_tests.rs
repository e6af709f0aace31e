//! The dialogs without a browser: own words, another version of the text, comparing.

use super::action::{Action, Effect};
use super::dialog::{Deed, Dialog};
use super::protocol::{FromWorker, ToWorker};
use super::saved::{self, Stored};
use super::state::{Purpose, State};
use super::tests::{TEXT, answer, document, id, opened, status, take};
use super::update::update;
use galley_engine::document::{Label, Status};
use galley_engine::edits::{Edit, apply};
use galley_engine::text::SourceText;
use galley_engine::user_words;
use galley_formats::galley_json;

fn act(state: &mut State, deed: Deed) -> Vec<Effect> {
    update(state, Action::Dialog(deed))
}

/// The list as the last effect hands it to the storage.
fn kept(effects: &[Effect]) -> Option<&str> {
    effects.iter().rev().find_map(|e| match e {
        Effect::KeepWords { after, .. } => Some(after.as_str()),
        _ => None,
    })
}

fn said(state: &State) -> &str {
    &state.said.1
}

#[test]
fn names_go_on_the_list_by_the_form_and_by_the_popover() {
    let mut state = opened();
    act(&mut state, Deed::Menu);
    assert_eq!(state.dialog, Some(Dialog::Menu));
    act(&mut state, Deed::Words);
    let effects = act(&mut state, Deed::Lines("always\tORG\tThe Guild\t".to_owned()));
    assert_eq!(kept(&effects), Some("always\tORG\tThe Guild\n"));
    let effects = act(&mut state, Deed::Lines("always\tORG\t".to_owned()));
    assert_eq!(kept(&effects), None);
    let Some(Dialog::Words { trouble, .. }) = &state.dialog else {
        panic!("{:?}", state.dialog);
    };
    assert!(trouble[0].contains("the name is missing"), "{trouble:?}");
    update(&mut state, Action::Escape);
    assert_eq!(state.dialog, None);

    update(&mut state, Action::Go(id("n1"), true));
    let effects = act(&mut state, Deed::Mark(true));
    assert_eq!(kept(&effects), Some("always\tGPE\tKandahar\nalways\tORG\tThe Guild\n"));
    assert_eq!(status(&state, "n1"), Status::Accepted);
    assert!(said(&state).contains("always: Country or city"), "{}", said(&state));
    update(&mut state, Action::Go(id("n1"), true));
    let effects = act(&mut state, Deed::Mark(false));
    assert_eq!(kept(&effects), Some("never\t*\tKandahar\nalways\tORG\tThe Guild\n"));
    assert_eq!(status(&state, "n1"), Status::Rejected);
}

#[test]
fn an_entry_is_edited_and_taken_away_and_a_file_brings_many() {
    let mut state = opened();
    act(&mut state, Deed::Words);
    act(
        &mut state,
        Deed::Lines("always\tORG\tA\n# old\nnever\t*\tB\nodd\nlabel\tWeapon\trose\tw\n".to_owned()),
    );
    let Some(Dialog::Words { trouble, .. }) = &state.dialog else {
        panic!("{:?}", state.dialog);
    };
    assert!(trouble[0].starts_with("line 4: "), "{trouble:?}");
    let effects = act(&mut state, Deed::Edit(0));
    assert!(effects.contains(&Effect::Fill("word-rule", "always\tORG".to_owned())));
    let effects = act(&mut state, Deed::Lines("always\tWeapon\tC\tany case".to_owned()));
    let list = "label\tWeapon\trose\tw\nalways\tWeapon\tC\tany case\nnever\t*\tB\n";
    assert_eq!(kept(&effects), Some(list), "A became C");
    let effects = act(&mut state, Deed::Export);
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Download { bytes, .. } if bytes == list.as_bytes()))
    );
    act(&mut state, Deed::Drop(1));
    let effects = act(&mut state, Deed::DropLabel(0));
    assert_eq!(kept(&effects), Some("always\tWeapon\tC\tany case\n"));
    for deed in [Deed::Drop(9), Deed::DropLabel(9), Deed::Edit(9), Deed::EditLabel(9)] {
        assert_eq!(act(&mut state, deed), [], "what is not there");
    }
}

#[test]
fn what_the_storage_has_is_taken_unless_this_page_went_on() {
    let mut state = State::default();
    let kept = |asked: &str, stored: &str| Deed::Kept {
        asked: asked.to_owned(),
        stored: stored.to_owned(),
    };
    act(&mut state, kept("", "never\t*\tA\n"));
    assert_eq!(state.own.book.entries.len(), 1);
    act(&mut state, Deed::Words);
    act(&mut state, Deed::Lines("never\t*\tB".to_owned()));
    act(&mut state, kept("", ""));
    assert_eq!(state.own.book.entries.len(), 2, "an old answer");
    let now = state.own.kept.clone();
    act(&mut state, kept(&now, &format!("{now}never\t*\tC\n")));
    assert_eq!(state.own.book.entries.len(), 3, "another tab's");
}

#[test]
fn the_worker_gets_the_list_and_reads_again_on_demand() {
    let mut state = opened();
    act(&mut state, Deed::Words);
    act(&mut state, Deed::Lines("always\tPERSON\tMayor".to_owned()));
    let effects = act(&mut state, Deed::Apply);
    assert_eq!(state.dialog, None);
    let list = effects.iter().find_map(|e| match e {
        Effect::Post(ToWorker::Analyze { words, .. }) => Some(words.clone()),
        _ => None,
    });
    assert_eq!(list.as_deref(), Some("always\tPERSON\tMayor\n"));
    let (book, _) = user_words::parse_word_list(&list.unwrap_or_default());
    let options = galley_engine::Options {
        words: user_words::WordList::new(book.entries),
        ..galley_engine::Options::default()
    };
    let read = galley_engine::analyze(TEXT, &options, &galley_engine::Models::default()).unwrap();
    let job = state.job.as_ref().unwrap();
    assert_eq!((job.purpose.clone(), job.published), (Purpose::Again, None));
    let number = job.number;
    update(&mut state, answer(number, false, &read));
    let open = state.open.as_ref().unwrap();
    let listed = open.shown.annotations.iter().find(|a| a.reason.is_some());
    let listed = listed.filter(|a| open.shown.text.slice(a.span) == "Mayor");
    assert_eq!(listed.unwrap().reason.as_deref(), Some(user_words::REASON));
}

#[test]
fn another_version_of_the_text_is_shown_first_and_then_one_undo_step() {
    let mut state = opened();
    update(&mut state, Action::Go(id("n1"), true));
    update(&mut state, Action::Accept);
    let before = state.open.as_ref().unwrap().shown.clone();
    let new = TEXT.replace("Kandahar", "Kandahaar").replace("Ruiz left in May.", "It rained.");
    act(&mut state, Deed::Text);
    act(&mut state, Deed::Revise(new.clone()));
    let Some(Dialog::Text(Some(preview))) = &state.dialog else {
        panic!("{:?}", state.dialog);
    };
    assert_eq!(preview.changed, [("“Kandahar”".to_owned(), "“Kandahaar”".to_owned())]);
    assert!(preview.lost.contains(&("Person", "“Ruiz”".to_owned())), "{preview:?}");
    assert_eq!(state.open.as_ref().unwrap().shown, before, "only shown so far");

    let effects = act(&mut state, Deed::Revise(new.clone()));
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Post(ToWorker::Analyze { text, .. }) if *text == new))
    );
    let job = state.job.as_ref().unwrap().number;
    update(&mut state, answer(job, false, &document(&new, None)));
    let open = state.open.as_ref().unwrap();
    assert_eq!((&*open.text, open.shown.text.as_str()), (new.as_str(), new.as_str()));
    let a = open.shown.annotation(&id("n1")).unwrap();
    assert_eq!((open.shown.text.slice(a.span), a.status), ("Kandahaar", Status::Accepted));

    // Kept and opened again, with what was done after it.
    update(&mut state, Action::Go(id("n1"), true));
    update(&mut state, Action::Label(Label::Loc));
    let open = state.open.as_ref().unwrap();
    let stored = Stored {
        base: galley_json::write(open.log.base(), false).unwrap(),
        edits: saved::write_edits(&open.log),
        ..Stored::default()
    };
    let (log, lost) = saved::open(&stored).unwrap();
    assert_eq!((log.current(), lost), (open.log.current(), 0));

    update(&mut state, Action::Undo);
    update(&mut state, Action::Undo);
    let open = state.open.as_ref().unwrap();
    assert_eq!((&*open.text, &open.shown), (TEXT, &before));
    update(&mut state, Action::Redo);
    assert_eq!(&*state.open.as_ref().unwrap().text, new.as_str());
}

#[test]
fn a_revision_is_for_its_own_document_and_for_a_text() {
    let mut state = opened();
    act(&mut state, Deed::Text);
    for (text, word) in [(" \n", "no text left"), (TEXT, "nothing changes")] {
        act(&mut state, Deed::Revise(text.to_owned()));
        assert!(said(&state).contains(word), "{}", said(&state));
    }
    let new = format!("{TEXT} More.");
    act(&mut state, Deed::Revise(new.clone()));
    act(&mut state, Deed::Revise(new.clone()));
    let job = state.job.as_ref().unwrap().number;
    state.open.as_mut().unwrap().key = "k2".to_owned();
    update(&mut state, answer(job, false, &document(&new, None)));
    assert_eq!(&*state.open.as_ref().unwrap().text, TEXT);
}

#[test]
fn a_text_is_revised_without_a_reader_too() {
    let mut state = opened();
    act(&mut state, Deed::Text);
    let new = TEXT.replace("Mayor", "The mayor");
    act(&mut state, Deed::Revise(new.clone()));
    state.engine = super::state::Engine::Gone("gone".to_owned());
    act(&mut state, Deed::Revise(new.clone()));
    let open = state.open.as_ref().unwrap();
    assert_eq!(open.shown.text.as_str(), new);
    assert!(open.shown.annotation(&id("n1")).is_some());
}

/// Someone else's file: a place relabelled, a mention rejected, words added at the end.
fn theirs(state: &State) -> String {
    let base = state.open.as_ref().unwrap().log.base();
    let mut theirs = base.clone();
    let label = Label::Loc;
    for edit in [
        Edit::Relabel { id: id("n1"), label, whole_entity: true },
        Edit::Reject(id("n2")),
        Edit::Revise(SourceText::new(&format!("{TEXT} The end.")).unwrap()),
    ] {
        theirs = apply(&theirs, &edit).unwrap();
    }
    galley_json::write(&theirs, false).unwrap()
}

#[test]
fn someone_elses_file_is_compared_and_settled_difference_by_difference() {
    let mut state = opened();
    act(&mut state, Deed::Compare);
    act(&mut state, Deed::Open("b.json".to_owned(), "{".to_owned()));
    assert!(said(&state).contains("cannot be compared"), "{}", said(&state));
    let file = theirs(&state);
    act(&mut state, Deed::Open("b.json".to_owned(), file));
    let left = |state: &State| {
        let other = state.open.as_ref().unwrap().other().unwrap();
        let open = other.open().map(|d| (d.mine.clone(), d.points.join(",")));
        open.collect::<Vec<_>>()
    };
    let label = (Some(id("n1")), "label".to_owned());
    let only = (Some(id("n2")), String::new());
    assert_eq!(left(&state), [label.clone(), only.clone()]);
    act(&mut state, Deed::Theirs(0));
    assert_eq!(super::tests::label(&state, "n1"), "Other place");
    assert_eq!(left(&state), std::slice::from_ref(&only));
    act(&mut state, Deed::Ours(0));
    assert_eq!(status(&state, "n2"), Status::Accepted);
    assert_eq!(left(&state), []);
    assert_eq!(said(&state), "No difference is left");
    // Undo is there while the dialog is open, and what it shows follows.
    update(&mut state, Action::Undo);
    update(&mut state, Action::Undo);
    assert_eq!(left(&state), [label]);
    act(&mut state, Deed::Show(0));
    assert_eq!(state.dialog, None);
    assert_eq!(state.open.as_ref().unwrap().active, Some(id("n1")));
}

#[test]
fn several_files_stand_beside_the_document_by_turns() {
    let mut state = opened();
    act(&mut state, Deed::Compare);
    let (file, same) =
        (theirs(&state), galley_json::write(&state.open.as_ref().unwrap().shown, false).unwrap());
    act(&mut state, Deed::Open("b.json".to_owned(), file.clone()));
    act(&mut state, Deed::Open("c.json".to_owned(), same));
    let names = |state: &State| {
        let open = state.open.as_ref().unwrap();
        let names: Vec<_> = open.others.iter().map(|o| o.name.clone()).collect();
        (names.join(" "), open.other().unwrap().open().count())
    };
    assert_eq!(names(&state), ("b.json c.json".to_owned(), 0));
    act(&mut state, Deed::Beside(0));
    assert_eq!(names(&state), ("b.json c.json".to_owned(), 2));
    // What is taken from one is a difference from the other.
    act(&mut state, Deed::Theirs(0));
    assert_eq!(names(&state).1, 1);
    act(&mut state, Deed::Beside(1));
    assert_eq!(names(&state).1, 1);
    act(&mut state, Deed::Open("b.json".to_owned(), file));
    assert_eq!(names(&state), ("b.json c.json".to_owned(), 1));
    act(&mut state, Deed::Beside(7));
    assert!(state.open.as_ref().unwrap().other().is_none());
    assert_eq!(act(&mut state, Deed::Theirs(0)), []);
}

#[test]
fn while_it_reads_nothing_is_opened_and_without_a_document_only_the_words() {
    let mut state = State::default();
    for deed in [
        Deed::Text,
        Deed::Compare,
        Deed::Apply,
        Deed::Revise("x".to_owned()),
        Deed::Theirs(0),
        Deed::Mark(true),
    ] {
        assert_eq!(act(&mut state, deed), []);
        assert_eq!(state.dialog, None);
    }
    act(&mut state, Deed::Menu);
    assert!(matches!(state.dialog, Some(Dialog::Words { .. })));
    update(&mut state, Action::Escape);
    update(&mut state, super::tests::hello());
    update(&mut state, take(&format!("{TEXT}\n\n{}", "More words. ".repeat(4000))));
    update(&mut state, answer(1, true, &document(TEXT, None)));
    act(&mut state, Deed::Text);
    assert_eq!(state.dialog, None);
    assert!(said(&state).contains("Still reading"));
    let failed = FromWorker::Failed { job: 1, message: "x".to_owned() };
    update(&mut state, Action::Worker(failed));
}
