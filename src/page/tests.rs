//! The page without a browser: what it does, action by action.

mod backup;
mod desk;
mod editor;
mod kept;
mod learn;
mod over_all;
mod soak;

use std::rc::Rc;

use super::action::{
    Action, DialogAction, Edge, EditAction, FilesAction, FilterAction, NotSaved, PageAction,
    PanelAction, PopoverAction, ReadAction, SearchAction, Step, StorageAction, Taken, WalkAction,
};
use super::dialog::Dialog;
use super::effect::{Effect, Target};
use super::intake::Intake;
use super::protocol::{BUILD, File, FromEngine, FromFiles, Offer, PROTOCOL, ToEngine, ToFiles};
use super::saved::{self, Stored};
use super::state::{Open, Popover, Saving, State, WorkerState};
use super::update::update;
use galley_engine::document::{
    Annotation, AnnotationId, Body, Confidence, Document, Entity, EntityBody, EntityId, Kind,
    Label, QuoteKind, Status,
};
use galley_engine::text::Span;
use galley_engine::{Models, Options, analyze};
use galley_formats::galley_json;

pub(super) const TEXT: &str = "Mayor to resign\n\nBy Ana Ruiz\nPublished: 2021-07-23\n\nOn Thursday, Ana Ruiz spoke in Kandahar. \"We go on,\" she said. Ruiz left in May.";

fn open(state: &State) -> &Open {
    state.open.as_ref().unwrap()
}

fn at(words: &str, nth: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
    Span::new(start, start + words.len())
}

/// Marks the quote of the text, and leaves it active.
fn with_quote() -> (State, AnnotationId) {
    let mut state = opened_page();
    update(&mut state, WalkAction::Select(Some(at("\"We go on,\"", 0))));
    update(&mut state, EditAction::AddQuote);
    let id = open(&state).active.clone().unwrap();
    (state, id)
}

pub(super) fn engine_hello() -> Action {
    Action::Read(ReadAction::Engine(FromEngine::Hello {
        protocol: PROTOCOL,
        build: BUILD.to_owned(),
        trouble: None,
        sample: Vec::new(),
    }))
}

pub(super) fn take_text(text: &str) -> Action {
    Action::Read(ReadAction::Take(Taken {
        key: "k1".to_owned(),
        intake: Intake::Text(text.to_owned()),
        name: None,
        published: None,
    }))
}

/// What a worker would find: the dates of the engine, and two people and a place as they are here.
pub(super) fn document(text: &str, published: Option<&str>) -> Document {
    let options = Options {
        published: published.and_then(galley_engine::calendar::Stamp::parse),
        ..Options::default()
    };
    let mut document = analyze(text, &options, &Models::default()).unwrap();
    document.annotations.retain(|a| a.kind() == Kind::Date);
    document.entities.clear();
    let names =
        [("Ana Ruiz", Label::Person), ("Kandahar", Label::Gpe), ("Ruiz left", Label::Person)];
    for (i, (name, label)) in names.iter().enumerate() {
        let Some(start) = text.rfind(name) else {
            continue;
        };
        let name = name.trim_end_matches(" left");
        let (id, entity) = (AnnotationId(format!("n{i}")), EntityId(format!("e{i}")));
        document.annotations.push(Annotation {
            id: id.clone(),
            span: document.text.span(start, start + name.len()).unwrap(),
            body: Body::Entity(EntityBody { label: *label, entity: Some(entity.clone()) }),
            confidence: Confidence::from_permille(900 - 100 * i as u16),
            status: Status::Machine,
            reason: None,
            machine: None,
        });
        document.entities.push(Entity {
            id: entity,
            label: *label,
            name: name.to_owned(),
            aliases: Vec::new(),
            mentions: vec![id],
            status: Status::Machine,
        });
    }
    document.sort_annotations();
    document.check().unwrap();
    document
}

pub(super) fn engine_answer(job: u32, partial: bool, document: &Document) -> Action {
    Action::Read(ReadAction::Engine(FromEngine::Document {
        job,
        partial,
        json: galley_json::write(document, false).unwrap().into_bytes(),
        millis: 1,
    }))
}

/// A page with the document open and saved.
pub(super) fn opened_page() -> State {
    let mut state = State::default();
    update(&mut state, engine_hello());
    update(&mut state, take_text(TEXT));
    let job = state.job.as_ref().unwrap().number;
    let effects = update(&mut state, engine_answer(job, false, &document(TEXT, None)));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { base: Some(_), .. })));
    update(&mut state, StorageAction::Saved("k1".to_owned(), 1));
    state
}

pub(super) fn id(name: &str) -> AnnotationId {
    AnnotationId(name.to_owned())
}

pub(super) fn status(state: &State, name: &str) -> Status {
    let open = state.open.as_ref().unwrap();
    open.shown.annotation(&id(name)).unwrap().status
}

pub(super) fn label(state: &State, name: &str) -> &'static str {
    let open = state.open.as_ref().unwrap();
    super::words::label_title(open.shown.annotation(&id(name)).unwrap())
}

#[test]
fn nothing_is_posted_before_the_worker_said_hello() {
    let mut state = State::default();
    let effects = update(&mut state, take_text(TEXT));
    assert!(!effects.iter().any(|e| matches!(e, Effect::PostEngine(_))));
    let effects = update(&mut state, engine_hello());
    let posted = effects.iter().any(
        |e| matches!(e, Effect::PostEngine(ToEngine::Analyze { job: 1, text, .. }) if text == TEXT),
    );
    assert!(posted, "{effects:?}");
}

#[test]
fn a_worker_of_another_build_is_not_used() {
    let mut state = State::default();
    update(&mut state, take_text(TEXT));
    let other = Action::Read(ReadAction::Engine(FromEngine::Hello {
        protocol: PROTOCOL,
        build: "older".to_owned(),
        trouble: None,
        sample: Vec::new(),
    }));
    let effects = update(&mut state, other);
    assert!(!effects.iter().any(|e| matches!(e, Effect::PostEngine(_))));
    assert!(matches!(state.engine, WorkerState::GivenUp(_)));
    assert_eq!(state.open.unwrap().text.as_ref(), TEXT, "to annotate by hand");
    assert!(state.notice.unwrap().text.contains("Reload"));
}

#[test]
fn an_answer_to_an_old_job_is_dropped() {
    let mut state = State::default();
    update(&mut state, engine_hello());
    update(&mut state, take_text(TEXT));
    let effects = update(&mut state, take_text("Another text."));
    assert!(effects.contains(&Effect::RestartEngine), "the old job is ended");
    assert_eq!(update(&mut state, engine_answer(1, false, &document(TEXT, None))), []);
    assert!(state.open.is_none());
}

#[test]
fn a_long_text_fills_in_from_the_top_and_is_edited_only_when_whole() {
    let long = format!("{TEXT}\n\n{}", "More words follow here. ".repeat(2000));
    let mut state = State::default();
    update(&mut state, engine_hello());
    update(&mut state, take_text(&long));
    update(&mut state, engine_answer(1, true, &document(TEXT, None)));
    {
        let open = state.open.as_ref().unwrap();
        assert!(open.partial);
        assert_eq!(open.text.len(), long.len(), "the whole text is shown");
        assert!(open.shown.annotation(&id("n0")).is_some());
        let estimate = state.job.as_ref().unwrap().estimate.unwrap() as usize;
        assert_eq!(estimate, long.len() / TEXT.len(), "in proportion to the length");
    }
    update(&mut state, WalkAction::Point(vec![id("n0")]));
    assert_eq!(update(&mut state, EditAction::Accept), []);
    assert_eq!(status(&state, "n0"), Status::Machine);
    let effects = update(&mut state, engine_answer(1, false, &document(&long, None)));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { .. })));
    assert!(!state.open.as_ref().unwrap().partial);
    update(&mut state, WalkAction::Point(vec![id("n0")]));
    update(&mut state, EditAction::Accept);
    assert_eq!(status(&state, "n0"), Status::Accepted);
}

#[test]
fn a_dead_worker_is_started_again_and_asked_again_once() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Point(vec![id("n0")]));
    update(&mut state, EditAction::Accept);
    update(&mut state, EditAction::SetPublished("2021-08-01".to_owned()));
    assert_eq!(update(&mut state, ReadAction::EngineDied), [Effect::RestartEngine]);
    let effects = update(&mut state, engine_hello());
    assert!(
        matches!(effects[..], [Effect::PostEngine(_), Effect::GatherCorrected(_)]),
        "{effects:?}"
    );
    let effects = update(&mut state, ReadAction::EngineDied);
    assert!(effects.contains(&Effect::RestartEngine));
    assert!(state.job.is_none(), "not a third time");
    assert_eq!(status(&state, "n0"), Status::Accepted, "edits are kept");
    assert!(state.notice.is_some());
}

#[test]
fn a_worker_that_never_comes_leaves_the_page_usable() {
    let mut state = State::default();
    update(&mut state, take_text(TEXT));
    for _ in 0..5 {
        update(&mut state, ReadAction::EngineDied);
    }
    assert!(matches!(state.engine, WorkerState::GivenUp(_)));
    assert!(state.open.is_some());
}

#[test]
fn only_a_reading_that_takes_long_is_told_of() {
    let mut state = State::default();
    let effects = update(&mut state, take_text(TEXT));
    assert!(effects.contains(&Effect::StartTimer(1)), "{effects:?}");
    assert!(!state.job.as_ref().unwrap().is_slow);
    update(&mut state, ReadAction::TimerEnded(7));
    assert!(!state.job.as_ref().unwrap().is_slow, "another job's while");
    update(&mut state, ReadAction::TimerEnded(1));
    assert!(state.job.as_ref().unwrap().is_slow);
    assert_eq!(state.announced.text, "Reading");
    update(&mut state, engine_hello());
    update(&mut state, engine_answer(1, false, &document(TEXT, None)));
    update(&mut state, ReadAction::TimerEnded(1));
    assert_ne!(state.announced.text, "Reading", "it is over");
}

#[test]
fn cancelling_keeps_what_is_there() {
    let long = format!("{TEXT}\n\n{}", "More words follow here. ".repeat(2000));
    let mut state = State::default();
    update(&mut state, engine_hello());
    update(&mut state, take_text(&long));
    update(&mut state, engine_answer(1, true, &document(TEXT, None)));
    let effects = update(&mut state, ReadAction::Cancel);
    assert!(effects.contains(&Effect::RestartEngine));
    let open = state.open.as_ref().unwrap();
    assert!(!open.partial && open.shown.annotation(&id("n0")).is_some());
    assert_eq!(update(&mut state, engine_answer(1, false, &document(&long, None))), []);
}

#[test]
fn a_click_opens_and_changes_nothing() {
    let mut state = opened_page();
    let before = state.open.as_ref().unwrap().log.current().clone();
    let effects = update(&mut state, WalkAction::Point(vec![id("n0")]));
    assert_eq!(effects, [Effect::Focus(Target::Popover)]);
    assert_eq!(state.open.as_ref().unwrap().log.current(), &before);
    let effects = update(&mut state, PageAction::Escape);
    assert_eq!(effects, [Effect::Focus(Target::MarkInPlace(id("n0")))]);
    assert!(state.open.unwrap().popover.is_none());
}

#[test]
fn clicking_again_moves_outwards_and_round() {
    let mut state = opened_page();
    let stack = vec![id("n0"), id("n1")];
    let at = |state: &State| state.open.as_ref().unwrap().card().unwrap().id.0.clone();
    for want in ["n0", "n1", "n0"] {
        update(&mut state, WalkAction::Point(stack.clone()));
        assert_eq!(at(&state), want);
    }
}

#[test]
fn corrections_are_done_said_saved_undone_and_redone() {
    let mut state = opened_page();
    let base = state.open.as_ref().unwrap().log.current().clone();
    update(&mut state, WalkAction::Point(vec![id("n1")]));
    let effects = update(&mut state, EditAction::SetLabel(Label::Org));
    assert_eq!(label(&state, "n1"), "Organisation");
    assert!(state.announced.text.contains("Organisation"), "{}", state.announced.text);
    let saved = effects.iter().any(|e| matches!(e, Effect::Save { base: None, .. }));
    assert!(saved, "{effects:?}");
    let step = Step { forward: false, character: false };
    update(&mut state, EditAction::MoveBoundary(Edge::Start, step));
    let open = state.open.as_ref().unwrap();
    let span = open.shown.annotation(&id("n1")).unwrap().span;
    assert_eq!(open.shown.text.slice(span), "in Kandahar");
    let after = open.log.current().clone();
    update(&mut state, EditAction::Undo);
    update(&mut state, EditAction::Undo);
    assert_eq!(state.open.as_ref().unwrap().log.current(), &base);
    update(&mut state, EditAction::Redo);
    update(&mut state, EditAction::Redo);
    assert_eq!(state.open.as_ref().unwrap().log.current(), &after);
}

#[test]
fn rejecting_moves_the_focus_on_and_can_be_taken_back() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n1"), false));
    let effects = update(&mut state, EditAction::Reject);
    assert_eq!(status(&state, "n1"), Status::Rejected);
    let moved =
        effects.iter().any(|e| matches!(e, Effect::Focus(Target::Mark(at)) if at != &id("n1")));
    assert!(moved, "{effects:?}");
    update(&mut state, EditAction::Restore(id("n1")));
    assert_eq!(status(&state, "n1"), Status::Machine);
}

#[test]
fn selected_words_become_annotations() {
    let mut state = opened_page();
    let start = TEXT.find("Mayor").unwrap();
    let span = state.open.as_ref().unwrap().shown.text.span(start, start + 5);
    update(&mut state, WalkAction::Select(span));
    assert!(matches!(state.open.as_ref().unwrap().popover, Some(Popover::New(_))));
    update(&mut state, EditAction::SetLabel(Label::Person));
    let open = state.open.as_ref().unwrap();
    let added: Vec<_> =
        open.shown.annotations.iter().filter(|a| a.status == Status::Added).collect();
    assert_eq!(added.len(), 1);
    assert_eq!(open.shown.text.slice(added[0].span), "Mayor");

    let start = TEXT.find("\"We").unwrap();
    let span = open.shown.text.span(start, start + "\"We go on,\"".len());
    update(&mut state, WalkAction::Select(span));
    update(&mut state, EditAction::AddQuote);
    let open = state.open.as_ref().unwrap();
    let quote = open.shown.annotations.iter().find_map(|a| match &a.body {
        Body::Quote(q) if Some(a.span) == span => Some(q),
        _ => None,
    });
    let quote = quote.unwrap();
    assert_eq!(quote.kind, QuoteKind::Direct);
    assert_eq!(open.shown.text.slice(quote.parts[0]), "We go on,");
    open.shown.check().unwrap();
}

#[test]
fn another_publication_date_reads_again_and_keeps_what_was_decided() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Accept);
    let effects = update(&mut state, EditAction::SetPublished("2021-08-01".to_owned()));
    let asked = effects.iter().any(|e| {
        matches!(e, Effect::PostEngine(ToEngine::Analyze { published: Some(p), .. }) if p == "2021-08-01")
    });
    assert!(asked, "{effects:?}");
    let job = state.job.as_ref().unwrap().number;
    update(&mut state, engine_answer(job, false, &document(TEXT, Some("2021-08-01"))));
    let open = state.open.as_ref().unwrap();
    assert_eq!(open.shown.published.unwrap().day.to_string(), "2021-08-01");
    let accepted = open.shown.annotations.iter().filter(|a| a.status == Status::Accepted);
    assert_eq!(accepted.count(), 1);
    let effects = update(&mut state, EditAction::SetPublished("soon".to_owned()));
    assert_eq!(effects, []);
    assert!(state.notice.unwrap().text.contains("not a date"));
}

#[test]
fn edits_survive_the_browsers_storage() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Accept);
    update(&mut state, WalkAction::Go(id("n1"), false));
    update(&mut state, EditAction::SetLabel(Label::Fac));
    update(&mut state, EditAction::Rename("Kandahar Airfield".to_owned()));
    update(&mut state, WalkAction::Go(id("n2"), false));
    update(&mut state, EditAction::Merge(EntityId("e0".to_owned())));
    update(&mut state, EditAction::Split);
    update(&mut state, EditAction::Undo);
    let open = state.open.as_ref().unwrap();
    let stored = Stored {
        base: galley_json::write(open.log.base(), false).unwrap(),
        edits: saved::write_edits(&open.log),
        ..Stored::default()
    };
    let (log, lost) = saved::open(&stored).unwrap();
    assert_eq!(lost, 0);
    assert_eq!(log.current(), open.log.current());
    assert_eq!(log.edits(), open.log.edits());
    assert_eq!(log.cursor(), open.log.cursor());

    let mut reloaded = State::default();
    update(&mut reloaded, StorageAction::Loaded("k1".to_owned(), Some(Box::new(stored.clone()))));
    update(&mut reloaded, EditAction::Redo);
    update(&mut state, EditAction::Redo);
    let current = |s: &State| s.open.as_ref().unwrap().log.current().clone();
    assert_eq!(current(&reloaded), current(&state));

    let damaged = Stored { edits: stored.edits[..stored.edits.len() / 2].to_owned(), ..stored };
    let (_, lost) = saved::open(&damaged).unwrap();
    assert!(lost > 0, "said, and the reading still opens");
}

#[test]
fn a_second_tab_overwrites_nothing() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Accept);
    let conflict = NotSaved::Conflict("k2".to_owned());
    let effects = update(&mut state, StorageAction::NotSaved("k1".to_owned(), conflict));
    let copied = effects.iter().any(|e| {
        matches!(e, Effect::Save { entry, base: Some(_), .. } if entry.key == "k2" && entry.revision == 0)
    });
    assert!(copied, "{effects:?}");
    assert!(state.notice.unwrap().text.contains("another tab"));
    assert_eq!(state.open.unwrap().key, "k2");
}

#[test]
fn what_cannot_be_done_is_said_in_the_popover() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Point(vec![id("n0")]));
    update(&mut state, EditAction::Rename("   ".to_owned()));
    let card = state.open.as_ref().unwrap().card().unwrap();
    assert!(card.error.as_ref().unwrap().contains("blank"));
}

#[test]
fn a_damaged_file_is_loaded_without_its_damage() {
    let mut state = State::default();
    let json = "{\"format\":\"galley\",\"version\":1,".to_owned();
    let taken = Taken {
        key: "k".to_owned(),
        intake: Intake::Galley(json.clone()),
        name: Some("x.json".to_owned()),
        published: None,
    };
    assert_eq!(posted_files(&update(&mut state, ReadAction::Take(taken.clone()))), 0);
    let effects = update(&mut state, files_hello());
    assert!(matches!(&effects[..], [Effect::PostFiles(ToFiles::Open { job: 1, files })]
        if files[0].bytes == json.as_bytes()));
    let failed = FromFiles::Failed { job: 1, message: "there is nothing in it".to_owned() };
    update(&mut state, FilesAction::Worker(failed));
    assert!(state.open.is_none() && state.job.is_none());
    assert!(notice_text(&state).contains("cannot be opened: there is nothing in it"));
    // The same again, and now something of it holds.
    assert_eq!(posted_files(&update(&mut state, ReadAction::Take(taken))), 1);
    let whole = galley_json::write(&opened_page().open.unwrap().shown, false).unwrap();
    let lines = (1..9).map(|n| format!("line {n}, annotation a{n}: no"));
    let answer = |job| {
        Action::Files(FilesAction::Worker(FromFiles::Opened {
            job,
            documents: vec![whole.clone(), whole.clone()],
            left_out: lines.clone().collect(),
        }))
    };
    assert_eq!(update(&mut state, answer(1)), [], "an answer to an old job");
    let effects = update(&mut state, answer(2));
    let saved = effects.iter().filter_map(|e| match e {
        Effect::Save { entry, base, .. } => Some((entry.key.as_str(), base.is_some())),
        _ => None,
    });
    assert_eq!(saved.collect::<Vec<_>>(), [("k-1", true), ("k", true)]);
    assert_eq!(state.open.as_ref().unwrap().key, "k");
    assert!(
        notice_text(&state).contains("line 5, annotation a5: no; and 3 more"),
        "{}",
        notice_text(&state)
    );
}

/// Several articles in one file come into the list, all of them.
#[test]
fn a_file_of_several_articles_is_queued() {
    let mut state = State::default();
    update(&mut state, files_hello());
    let taken = Taken {
        key: "k".to_owned(),
        intake: Intake::Foreign(vec![File { name: "news.zip".to_owned(), bytes: b"PK".to_vec() }]),
        name: Some("news.zip".to_owned()),
        published: None,
    };
    assert_eq!(posted_files(&update(&mut state, ReadAction::Take(taken))), 1);
    let job = state.last_job;
    let article = |name: &str| crate::protocol::FoundArticle {
        name: name.to_owned(),
        text: "It rained.".to_owned(),
        published: None,
    };
    let articles = vec![article("a"), article("b")];
    let found = FromFiles::Articles { job, articles, left_out: Vec::new() };
    assert_eq!(
        update(&mut state, FilesAction::Worker(found)),
        [Effect::QueueOpenedFiles],
        "and nothing is read by itself"
    );
    assert!(state.job.is_none());
}

fn files_hello() -> Action {
    Action::Files(FilesAction::Worker(FromFiles::Hello {
        protocol: PROTOCOL,
        build: BUILD.to_owned(),
    }))
}

fn posted_files(effects: &[Effect]) -> usize {
    effects.iter().filter(|e| matches!(e, Effect::PostFiles(_))).count()
}

fn notice_text(state: &State) -> &str {
    state.notice.as_ref().map_or("", |n| n.text.as_str())
}

#[test]
fn formats_are_offered_written_and_missed() {
    let mut state = opened_page();
    let files = Action::Dialog(DialogAction::OpenFormats);
    assert_eq!(posted_files(&update(&mut state, files.clone())), 0, "it is not there yet");
    let effects = update(&mut state, files_hello());
    let [Effect::PostFiles(ToFiles::Offer { job, json })] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert!(json.contains("\"format\":\"galley\""));
    let offer = Offer {
        name: "CoNLL".to_owned(),
        about: "a token a line".to_owned(),
        lost: "3 nested spans".to_owned(),
    };
    let offers = |job| {
        Action::Files(FilesAction::Worker(FromFiles::Offers { job, offers: vec![offer.clone()] }))
    };
    update(&mut state, offers(job + 1));
    assert!(matches!(state.dialog, Some(Dialog::Files { offers: None, .. })));
    update(&mut state, offers(*job));
    assert!(
        matches!(&state.dialog, Some(Dialog::Files { offers: Some(o), .. }) if *o == [offer.clone()])
    );
    let write = Action::Dialog(DialogAction::Download(Some(0)));
    let effects = update(&mut state, write.clone());
    assert!(matches!(&effects[..], [Effect::PostFiles(ToFiles::Write { format: 0, .. })]));
    let effects = update(
        &mut state,
        FilesAction::Worker(FromFiles::File {
            file: File { name: ".conll".to_owned(), bytes: b"x".to_vec() },
            media_type: "text/plain".to_owned(),
        }),
    );
    assert!(
        matches!(&effects[..], [Effect::Focus(_), Effect::Download { name, bytes, media_type }]
        if name == "mayor-to-resign.conll" && bytes == b"x" && media_type == "text/plain")
    );
    // Galley JSON needs nobody.
    let effects = update(&mut state, DialogAction::Download(None));
    assert!(matches!(&effects[..], [.., Effect::Download { .. }]));
    // It dies: it is started again, twice; then the page does without it.
    for _ in 0..2 {
        update(&mut state, files.clone());
        let effects = update(&mut state, FilesAction::Died);
        assert_eq!(effects, [Effect::StartFiles]);
        assert!(
            matches!(&state.dialog, Some(Dialog::Files { offers: Some(o), .. }) if o.is_empty())
        );
    }
    assert_eq!(update(&mut state, FilesAction::Died), []);
    update(&mut state, files);
    assert!(matches!(&state.dialog, Some(Dialog::Files { offers: Some(o), .. }) if o.is_empty()));
}

#[test]
fn the_download_reads_back_as_the_document() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n1"), false));
    update(&mut state, EditAction::Reject);
    let effects = update(&mut state, FilesAction::DownloadGalley);
    let [Effect::Download { name, bytes, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(name, "mayor-to-resign.galley.json");
    let read = galley_json::read(std::str::from_utf8(bytes).unwrap()).unwrap();
    assert_eq!(Rc::new(read), state.open.unwrap().shown);
}

#[test]
fn panels_list_the_least_certain_first_and_filters_hide() {
    let mut state = opened_page();
    let open = state.open.as_ref().unwrap();
    let confidence: Vec<u16> =
        super::lists::unchecked(&open.listed()).iter().map(|a| a.confidence.permille()).collect();
    assert!(confidence.is_sorted(), "{confidence:?}");
    update(&mut state, FilterAction::ToggleKind(Kind::Person));
    let step = Action::Walk(WalkAction::Step { back: false, unreviewed: false });
    for _ in 0..6 {
        update(&mut state, step.clone());
        let open = state.open.as_ref().unwrap();
        let kind = open.shown.annotation(open.active.as_ref().unwrap()).unwrap().kind();
        assert_ne!(kind, Kind::Person);
    }
}

mod any {
    use proptest::prelude::*;

    use super::*;

    fn some_id() -> impl Strategy<Value = AnnotationId> {
        prop_oneof!["n[0-2]", "a[1-5]", "x"].prop_map(AnnotationId)
    }

    fn action() -> impl Strategy<Value = Action> {
        let entity = "e[0-4]".prop_map(EntityId);
        prop_oneof![
            some_id().prop_map(|id| Action::Walk(WalkAction::Point(vec![id]))),
            (some_id(), any::<bool>())
                .prop_map(|(id, open)| Action::Walk(WalkAction::Go(id, open))),
            (any::<bool>(), any::<bool>())
                .prop_map(|(back, unreviewed)| Action::Walk(WalkAction::Step { back, unreviewed })),
            Just(Action::Walk(WalkAction::Outer)),
            Just(Action::Page(PageAction::Escape)),
            Just(Action::Edit(EditAction::Accept)),
            Just(Action::Edit(EditAction::Reject)),
            some_id().prop_map(|x| EditAction::Restore(x).into()),
            (0..16usize).prop_map(|i| Action::Edit(EditAction::SetLabel(Label::ALL[i].0))),
            (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
                |(start, forward, character)| {
                    let edge = if start { Edge::Start } else { Edge::End };
                    Action::Edit(EditAction::MoveBoundary(edge, Step { forward, character }))
                }
            ),
            (0..TEXT.len(), 0..30usize).prop_map(|(at, len)| {
                let text = galley_engine::text::SourceText::new(TEXT).unwrap();
                Action::Walk(WalkAction::Select(text.span(at, (at + len).min(TEXT.len()))))
            }),
            Just(Action::Edit(EditAction::AddDate)),
            Just(Action::Edit(EditAction::AddQuote)),
            "[A-Z]?[a-z ]{0,6}".prop_map(|x| EditAction::Rename(x).into()),
            entity.clone().prop_map(|x| EditAction::Merge(x).into()),
            Just(Action::Edit(EditAction::Split)),
            entity.clone().prop_map(|x| EditAction::AcceptEntity(x).into()),
            entity.prop_map(|e| Action::Edit(EditAction::SetSpeaker(Some(e)))),
            "(Ana|Bo|)".prop_map(|x| EditAction::NameSpeaker(x).into()),
            "(2021-0[0-9]-1[0-9]|soon)".prop_map(|x| EditAction::SetDate(x).into()),
            Just(Action::Edit(EditAction::Undo)),
            Just(Action::Edit(EditAction::Redo)),
            Just(Action::Popover(PopoverAction::ToggleMergeList)),
            "[a-z]{0,2}".prop_map(|x| SearchAction::Query(x).into()),
            Just(Action::Search(SearchAction::Step(true))),
            Just(Action::Storage(StorageAction::Saved("k1".to_owned(), 2))),
            Just(Action::Read(ReadAction::EngineDied)),
            Just(Action::Filter(FilterAction::ToggleKind(Kind::Date))),
            any::<bool>()
                .prop_map(|always| Action::Dialog(DialogAction::ListActiveMention { always })),
            "(Mayor|Ana Ruiz|In May|\n|[a-z ]{0,9}){0,6}"
                .prop_map(|text| Action::Dialog(DialogAction::Revise(text))),
            Just(Action::Read(ReadAction::Cancel)),
            Just(Action::Filter(FilterAction::ToggleUncertain)),
            Just(Action::Filter(FilterAction::Status("machine".to_owned()))),
            Just(Action::Filter(FilterAction::ShowAll)),
            ("e[0-4]", "e[0-4]")
                .prop_map(|(a, b)| Action::Panel(PanelAction::Merge(EntityId(a), EntityId(b)))),
            (some_id(), "e[0-4]")
                .prop_map(|(a, b)| Action::Panel(PanelAction::MoveMention(a, EntityId(b)))),
            some_id().prop_map(|id| Action::Panel(PanelAction::SplitMention(id))),
            some_id().prop_map(|id| Action::Panel(PanelAction::SetSpeaker(id, None))),
            "[a-z ]{0,3}".prop_map(|x| SearchAction::Query(x).into()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn actions_never_break_the_document(actions in proptest::collection::vec(action(), 0..40)) {
            let mut state = opened_page();
            for action in actions {
                update(&mut state, action.clone());
                let open = state.open.as_ref().unwrap();
                prop_assert_eq!(open.shown.check(), Ok(()), "after {:?}", action);
                let drawn: usize = open.sections.all().iter().flat_map(|s| &s.blocks).map(|b| b.span.len()).sum();
                prop_assert!(drawn <= TEXT.len());
            }
            let open = state.open.as_ref().unwrap();
            let written = galley_json::write(&open.shown, false).unwrap();
            prop_assert_eq!(&galley_json::read(&written).unwrap(), &*open.shown);
            let stored = Stored {
                base: galley_json::write(open.log.base(), false).unwrap(),
                edits: saved::write_edits(&open.log),
                ..Stored::default()
            };
            let (log, lost) = saved::open(&stored).unwrap();
            prop_assert_eq!(lost, 0);
            prop_assert_eq!(log.current(), open.log.current());
        }
    }
}
