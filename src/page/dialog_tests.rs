//! The dialogs without a browser: own words, another version of the text, comparing.

use super::action::{DialogAction, EditAction, PageAction, ReadAction, WalkAction};
use super::dialog::Dialog;
use super::effect::Effect;
use super::protocol::{FromEngine, ToEngine};
use super::saved::{self, Stored};
use super::state::{Purpose, State};
use super::tests::{TEXT, document, engine_answer, id, opened_page, status, take_text};
use super::update::update;
use galley_engine::document::{Label, Status};
use galley_engine::edits::{Edit, apply};
use galley_engine::text::SourceText;
use galley_engine::user_words;
use galley_formats::galley_json;

fn dialog_action(state: &mut State, deed: DialogAction) -> Vec<Effect> {
    update(state, deed)
}

/// The list as the last effect hands it to the storage.
fn stored_list(effects: &[Effect]) -> Option<&str> {
    effects.iter().rev().find_map(|e| match e {
        Effect::StoreWords { after, .. } => Some(after.as_str()),
        _ => None,
    })
}

fn announced(state: &State) -> &str {
    &state.announced.text
}

#[test]
fn names_go_on_the_list_by_the_form_and_by_the_popover() {
    let mut state = opened_page();
    dialog_action(&mut state, DialogAction::OpenMenu);
    assert_eq!(state.dialog, Some(Dialog::Menu));
    dialog_action(&mut state, DialogAction::OpenWords);
    let effects =
        dialog_action(&mut state, DialogAction::AddLines("always\tORG\tThe Guild\t".to_owned()));
    assert_eq!(stored_list(&effects), Some("always\tORG\tThe Guild\n"));
    let effects = dialog_action(&mut state, DialogAction::AddLines("always\tORG\t".to_owned()));
    assert_eq!(stored_list(&effects), None);
    let Some(Dialog::Words { trouble, .. }) = &state.dialog else {
        panic!("{:?}", state.dialog);
    };
    assert!(trouble[0].contains("the name is missing"), "{trouble:?}");
    update(&mut state, PageAction::Escape);
    assert_eq!(state.dialog, None);

    update(&mut state, WalkAction::Go(id("n1"), true));
    let effects = dialog_action(&mut state, DialogAction::ListActiveMention { always: true });
    assert_eq!(stored_list(&effects), Some("always\tGPE\tKandahar\nalways\tORG\tThe Guild\n"));
    assert_eq!(status(&state, "n1"), Status::Accepted);
    assert!(announced(&state).contains("always marked: Country or city"), "{}", announced(&state));
    update(&mut state, WalkAction::Go(id("n1"), true));
    let effects = dialog_action(&mut state, DialogAction::ListActiveMention { always: false });
    assert_eq!(stored_list(&effects), Some("never\t*\tKandahar\nalways\tORG\tThe Guild\n"));
    assert_eq!(status(&state, "n1"), Status::Rejected);
}

#[test]
fn an_entry_is_edited_and_taken_away_and_a_file_brings_many() {
    let mut state = opened_page();
    dialog_action(&mut state, DialogAction::OpenWords);
    dialog_action(
        &mut state,
        DialogAction::AddLines(
            "always\tORG\tA\n# old\nnever\t*\tB\nodd\nlabel\tWeapon\trose\tw\n".to_owned(),
        ),
    );
    let Some(Dialog::Words { trouble, .. }) = &state.dialog else {
        panic!("{:?}", state.dialog);
    };
    assert!(trouble[0].starts_with("line 4: "), "{trouble:?}");
    let effects = dialog_action(&mut state, DialogAction::EditEntry(0));
    assert!(effects.contains(&Effect::FillField("word-rule", "always\tORG".to_owned())));
    let effects =
        dialog_action(&mut state, DialogAction::AddLines("always\tWeapon\tC\tany case".to_owned()));
    let list = "label\tWeapon\trose\tw\nalways\tWeapon\tC\tany case\nnever\t*\tB\n";
    assert_eq!(stored_list(&effects), Some(list), "A became C");
    let effects = dialog_action(&mut state, DialogAction::ExportWords);
    assert!(
        effects
            .iter()
            .any(|e| matches!(e, Effect::Download { bytes, .. } if bytes == list.as_bytes()))
    );
    dialog_action(&mut state, DialogAction::RemoveEntry(1));
    let effects = dialog_action(&mut state, DialogAction::RemoveLabel(0));
    assert_eq!(stored_list(&effects), Some("always\tWeapon\tC\tany case\n"));
    for deed in [
        DialogAction::RemoveEntry(9),
        DialogAction::RemoveLabel(9),
        DialogAction::EditEntry(9),
        DialogAction::EditLabel(9),
    ] {
        assert_eq!(dialog_action(&mut state, deed), [], "what is not there");
    }
}

#[test]
fn what_the_storage_has_is_taken_unless_this_page_went_on() {
    let mut state = State::default();
    let kept = |written: &str, stored: &str| DialogAction::WordsStored {
        written: written.to_owned(),
        stored: stored.to_owned(),
    };
    dialog_action(&mut state, kept("", "never\t*\tA\n"));
    assert_eq!(state.words.list.entries.len(), 1);
    dialog_action(&mut state, DialogAction::OpenWords);
    dialog_action(&mut state, DialogAction::AddLines("never\t*\tB".to_owned()));
    dialog_action(&mut state, kept("", ""));
    assert_eq!(state.words.list.entries.len(), 2, "an old answer");
    let now = state.words.stored.clone();
    dialog_action(&mut state, kept(&now, &format!("{now}never\t*\tC\n")));
    assert_eq!(state.words.list.entries.len(), 3, "another tab's");
}

#[test]
fn the_worker_gets_the_list_and_reads_again_on_demand() {
    let mut state = opened_page();
    dialog_action(&mut state, DialogAction::OpenWords);
    dialog_action(&mut state, DialogAction::AddLines("always\tPERSON\tMayor".to_owned()));
    let effects = dialog_action(&mut state, DialogAction::ReadAgain);
    assert_eq!(state.dialog, None);
    let list = effects.iter().find_map(|e| match e {
        Effect::PostEngine(ToEngine::Analyze { words, .. }) => Some(words.clone()),
        _ => None,
    });
    assert_eq!(list.as_deref(), Some("always\tPERSON\tMayor\n"));
    let (book, _) = user_words::parse_word_list(&list.unwrap_or_default());
    let options = galley_engine::Options {
        words: user_words::WordList::of_file(book).0,
        ..galley_engine::Options::default()
    };
    let read = galley_engine::analyze(TEXT, &options, &galley_engine::Models::default()).unwrap();
    let job = state.job.as_ref().unwrap();
    assert_eq!((job.purpose.clone(), job.published), (Purpose::NewWords, None));
    let number = job.number;
    update(&mut state, engine_answer(number, false, &read));
    let open = state.open.as_ref().unwrap();
    let listed = open.shown.annotations.iter().find(|a| a.reason.is_some());
    let listed = listed.filter(|a| open.shown.text.slice(a.span) == "Mayor");
    assert_eq!(listed.unwrap().reason.as_deref(), Some(user_words::REASON));
}

#[test]
fn another_version_of_the_text_is_shown_first_and_then_one_undo_step() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n1"), true));
    update(&mut state, EditAction::Accept);
    let before = state.open.as_ref().unwrap().shown.clone();
    let new = TEXT.replace("Kandahar", "Kandahaar").replace("Ruiz left in May.", "It rained.");
    dialog_action(&mut state, DialogAction::OpenText);
    dialog_action(&mut state, DialogAction::Revise(new.clone()));
    let Some(Dialog::Text(Some(preview))) = &state.dialog else {
        panic!("{:?}", state.dialog);
    };
    assert_eq!(preview.changed, [("“Kandahar”".to_owned(), "“Kandahaar”".to_owned())]);
    assert!(preview.lost.contains(&("Person", "“Ruiz”".to_owned())), "{preview:?}");
    assert_eq!(state.open.as_ref().unwrap().shown, before, "only shown so far");

    let effects = dialog_action(&mut state, DialogAction::Revise(new.clone()));
    assert!(
        effects.iter().any(
            |e| matches!(e, Effect::PostEngine(ToEngine::Analyze { text, .. }) if *text == new)
        )
    );
    let job = state.job.as_ref().unwrap().number;
    update(&mut state, engine_answer(job, false, &document(&new, None)));
    let open = state.open.as_ref().unwrap();
    assert_eq!((&*open.text, open.shown.text.as_str()), (new.as_str(), new.as_str()));
    let a = open.shown.annotation(&id("n1")).unwrap();
    assert_eq!((open.shown.text.slice(a.span), a.status), ("Kandahaar", Status::Accepted));

    // Kept and opened again, with what was done after it.
    update(&mut state, WalkAction::Go(id("n1"), true));
    update(&mut state, EditAction::SetLabel(Label::Loc));
    let open = state.open.as_ref().unwrap();
    let stored = Stored {
        base: galley_json::write(open.log.base(), false).unwrap(),
        edits: saved::write_edits(&open.log),
        ..Stored::default()
    };
    let (log, lost) = saved::open(&stored).unwrap();
    assert_eq!((log.current(), lost), (open.log.current(), 0));

    update(&mut state, EditAction::Undo);
    update(&mut state, EditAction::Undo);
    let open = state.open.as_ref().unwrap();
    assert_eq!((&*open.text, &open.shown), (TEXT, &before));
    update(&mut state, EditAction::Redo);
    assert_eq!(&*state.open.as_ref().unwrap().text, new.as_str());
}

#[test]
fn a_revision_is_for_its_own_document_and_for_a_text() {
    let mut state = opened_page();
    dialog_action(&mut state, DialogAction::OpenText);
    for (text, word) in [(" \n", "no text left"), (TEXT, "nothing changes")] {
        dialog_action(&mut state, DialogAction::Revise(text.to_owned()));
        assert!(announced(&state).contains(word), "{}", announced(&state));
    }
    let new = format!("{TEXT} More.");
    dialog_action(&mut state, DialogAction::Revise(new.clone()));
    dialog_action(&mut state, DialogAction::Revise(new.clone()));
    let job = state.job.as_ref().unwrap().number;
    state.open.as_mut().unwrap().key = "k2".to_owned();
    update(&mut state, engine_answer(job, false, &document(&new, None)));
    assert_eq!(&*state.open.as_ref().unwrap().text, TEXT);
}

#[test]
fn a_text_is_revised_without_a_reader_too() {
    let mut state = opened_page();
    dialog_action(&mut state, DialogAction::OpenText);
    let new = TEXT.replace("Mayor", "The mayor");
    dialog_action(&mut state, DialogAction::Revise(new.clone()));
    state.engine = super::state::WorkerState::GivenUp("gone".to_owned());
    dialog_action(&mut state, DialogAction::Revise(new.clone()));
    let open = state.open.as_ref().unwrap();
    assert_eq!(open.shown.text.as_str(), new);
    assert!(open.shown.annotation(&id("n1")).is_some());
}

/// Someone else's file: a place relabelled, a mention rejected, words added at the end.
fn their_file(state: &State) -> String {
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
    let mut state = opened_page();
    dialog_action(&mut state, DialogAction::OpenComparison);
    dialog_action(&mut state, DialogAction::OpenTheirs("b.json".to_owned(), "{".to_owned()));
    assert!(announced(&state).contains("cannot be compared"), "{}", announced(&state));
    let file = their_file(&state);
    dialog_action(&mut state, DialogAction::OpenTheirs("b.json".to_owned(), file));
    let left = |state: &State| {
        let other = state.open.as_ref().unwrap().comparison().unwrap();
        let open = other.unsettled().map(|d| (d.mine.clone(), d.points.join(",")));
        open.collect::<Vec<_>>()
    };
    let label = (Some(id("n1")), "label".to_owned());
    let only = (Some(id("n2")), String::new());
    assert_eq!(left(&state), [label.clone(), only.clone()]);
    dialog_action(&mut state, DialogAction::TakeTheirs(0));
    assert_eq!(super::tests::label(&state, "n1"), "Other place");
    assert_eq!(left(&state), std::slice::from_ref(&only));
    dialog_action(&mut state, DialogAction::KeepOurs(0));
    assert_eq!(status(&state, "n2"), Status::Accepted);
    assert_eq!(left(&state), []);
    assert_eq!(announced(&state), "No differences left");
    // Undo is there while the dialog is open, and what it shows follows.
    update(&mut state, EditAction::Undo);
    update(&mut state, EditAction::Undo);
    assert_eq!(left(&state), [label]);
    dialog_action(&mut state, DialogAction::ShowDifference(0));
    assert_eq!(state.dialog, None);
    assert_eq!(state.open.as_ref().unwrap().active, Some(id("n1")));
}

#[test]
fn several_files_stand_beside_the_document_by_turns() {
    let mut state = opened_page();
    dialog_action(&mut state, DialogAction::OpenComparison);
    let (file, same) = (
        their_file(&state),
        galley_json::write(&state.open.as_ref().unwrap().shown, false).unwrap(),
    );
    dialog_action(&mut state, DialogAction::OpenTheirs("b.json".to_owned(), file.clone()));
    dialog_action(&mut state, DialogAction::OpenTheirs("c.json".to_owned(), same));
    let names = |state: &State| {
        let open = state.open.as_ref().unwrap();
        let names: Vec<_> = open.comparisons.iter().map(|o| o.name.clone()).collect();
        (names.join(" "), open.comparison().unwrap().unsettled().count())
    };
    assert_eq!(names(&state), ("b.json c.json".to_owned(), 0));
    dialog_action(&mut state, DialogAction::ShowComparison(0));
    assert_eq!(names(&state), ("b.json c.json".to_owned(), 2));
    // What is taken from one is a difference from the other.
    dialog_action(&mut state, DialogAction::TakeTheirs(0));
    assert_eq!(names(&state).1, 1);
    dialog_action(&mut state, DialogAction::ShowComparison(1));
    assert_eq!(names(&state).1, 1);
    dialog_action(&mut state, DialogAction::OpenTheirs("b.json".to_owned(), file));
    assert_eq!(names(&state), ("b.json c.json".to_owned(), 1));
    dialog_action(&mut state, DialogAction::ShowComparison(7));
    assert!(state.open.as_ref().unwrap().comparison().is_none());
    assert_eq!(dialog_action(&mut state, DialogAction::TakeTheirs(0)), []);
}

#[test]
fn while_it_reads_nothing_is_opened_and_without_a_document_only_the_menu() {
    let mut state = State::default();
    for deed in [
        DialogAction::OpenText,
        DialogAction::OpenComparison,
        DialogAction::ReadAgain,
        DialogAction::Revise("x".to_owned()),
        DialogAction::TakeTheirs(0),
        DialogAction::ListActiveMention { always: true },
    ] {
        assert_eq!(dialog_action(&mut state, deed), []);
        assert_eq!(state.dialog, None);
    }
    dialog_action(&mut state, DialogAction::OpenMenu);
    assert_eq!(state.dialog, Some(Dialog::Menu));
    update(&mut state, PageAction::Escape);
    update(&mut state, super::tests::engine_hello());
    update(&mut state, take_text(&format!("{TEXT}\n\n{}", "More words. ".repeat(4000))));
    update(&mut state, engine_answer(1, true, &document(TEXT, None)));
    dialog_action(&mut state, DialogAction::OpenText);
    assert_eq!(state.dialog, None);
    assert!(announced(&state).contains("Still reading"));
    let failed = FromEngine::Failed { job: 1, message: "x".to_owned() };
    update(&mut state, ReadAction::Engine(failed));
}
