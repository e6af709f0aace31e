//! Patterns and what was learned, without a browser.

use super::{opened_page, status};
use crate::action::{
    DialogAction, EditAction, LearnAction, ReadAction, SearchAction, SuggestAction,
};
use crate::dialog::Dialog;
use crate::effect::Effect;
use crate::learning::TrialPurpose;
use crate::protocol::{
    FromEngine, KeptDocument, LabelRow, LearnedArticle, LearnedReport, SuggestionRow, ToEngine,
};
use crate::state::{State, WorkerState};
use crate::update::update;
use galley_engine::document::Status;

fn ready_page() -> State {
    let mut state = opened_page();
    state.engine = WorkerState::Ready { deaths: 0 };
    state
}

/// The message to the engine's worker among these effects.
fn posted(effects: &[Effect]) -> Option<&ToEngine> {
    effects.iter().find_map(|effect| match effect {
        Effect::PostEngine(message) => Some(message),
        _ => None,
    })
}

fn answer(state: &mut State, hits: &[(u32, u32)], trouble: Option<&str>) -> Vec<Effect> {
    let job = state.learning.trial.as_ref().unwrap().job;
    let trouble = trouble.map(str::to_owned);
    update(state, ReadAction::Engine(FromEngine::PatternHits { job, hits: hits.to_vec(), trouble }))
}

#[test]
fn a_pattern_is_tried_before_it_goes_on_the_list() {
    let mut state = ready_page();
    update(&mut state, DialogAction::OpenWords);
    let line = "pattern\tCase\tNo \\d\t".to_owned();
    let add = LearnAction::Try(TrialPurpose::Add(line), "No \\d".to_owned(), false);
    let effects = update(&mut state, add.clone());
    assert!(
        matches!(posted(&effects), Some(ToEngine::TryPattern { text, .. }) if !text.is_empty())
    );
    answer(&mut state, &[], Some("at character 1: this ( has no )"));
    assert!(state.words.list.patterns.is_empty());
    assert!(state.announced.text.contains("this ( has no )"));

    update(&mut state, add);
    answer(&mut state, &[(0, 2)], None);
    assert_eq!(state.words.list.patterns.len(), 1);
    assert!(state.words.stored.contains("pattern\tCase\tNo \\d\n"));
    update(&mut state, LearnAction::RemovePattern(0));
    assert!(state.words.list.patterns.is_empty());

    update(&mut state, LearnAction::ToggleShipped(1));
    assert_eq!(state.words.list.patterns[0].label.name(), "E-mail");
    update(&mut state, LearnAction::ToggleShipped(1));
    assert!(state.words.list.patterns.is_empty());
}

#[test]
fn find_takes_a_pattern() {
    let mut state = ready_page();
    update(&mut state, SearchAction::Open);
    let effects = update(&mut state, SearchAction::Query("/k[a-z]+/i".to_owned()));
    let asked = posted(&effects);
    assert!(
        matches!(asked, Some(ToEngine::TryPattern { pattern, any_case: true, .. }) if pattern == "k[a-z]+"),
        "{asked:?}"
    );
    let effects = answer(&mut state, &[(0, 3), (5, 8)], None);
    assert!(effects.iter().any(|e| matches!(e, Effect::ShowSpan(_))));
    assert_eq!(state.open.as_ref().unwrap().search.as_ref().unwrap().summary(), "2 in the text");
    // An older answer changes nothing.
    update(
        &mut state,
        ReadAction::Engine(FromEngine::PatternHits { job: 0, hits: vec![], trouble: None }),
    );
    assert_eq!(state.open.as_ref().unwrap().search.as_ref().unwrap().hits.len(), 2);
}

#[test]
fn an_article_is_marked_as_reviewed_in_one_step() {
    let mut state = ready_page();
    update(&mut state, LearnAction::MarkReviewed);
    assert_eq!(status(&state, "n1"), Status::Accepted);
    let open = state.open.as_ref().unwrap();
    assert!(galley_engine::learning::is_reviewed(&open.shown));
    assert_eq!(open.log.cursor(), 1);
}

#[test]
fn what_was_learned_is_switched_off_and_forgotten() {
    let mut state = ready_page();
    let kept = KeptDocument {
        key: "d1".to_owned(),
        revision: 1,
        title: "A".to_owned(),
        base: "{}".to_owned(),
        edits: String::new(),
        parts: Vec::new(),
    };
    let effects = update(&mut state, LearnAction::Gathered(Some(vec![kept])));
    assert!(
        matches!(posted(&effects), Some(ToEngine::Learn { documents, .. }) if documents.len() == 1)
    );
    let article = |n: u32| LearnedArticle { title: format!("{n}"), without: 5, with: 2 };
    let report = LearnedReport {
        articles: vec![article(1), article(2)],
        without: 5,
        saved: 3,
        on: true,
        line: Some("learned\t2\tfull\tAAE=".to_owned()),
        ..LearnedReport::default()
    };
    update(&mut state, ReadAction::Engine(FromEngine::Learned(report)));
    assert_eq!(
        state.learning.summary(),
        "Learned from 2 articles. Would have saved 3 of 5 corrections: on."
    );
    // It travels with the lists.
    update(&mut state, DialogAction::AddLines("always\tORG\tThe Guild".to_owned()));
    let effects = update(&mut state, DialogAction::ExportWords);
    let file = effects.iter().find_map(|e| match e {
        Effect::Download { name, bytes, .. } => {
            Some((name.as_str(), String::from_utf8_lossy(bytes)))
        }
        _ => None,
    });
    let (name, text) = file.unwrap();
    assert_eq!(name, "desk.galley");
    assert_eq!(text, "always\tORG\tThe Guild\nlearned\t2\tfull\tAAE=\n");

    update(&mut state, LearnAction::Switch);
    assert!(state.learning.off && state.learning.summary().ends_with(": off."));
    // An article is forgotten: the rest is learned from anew.
    let effects = update(&mut state, crate::action::StorageAction::Deleted(vec!["k".to_owned()]));
    assert!(effects.iter().any(|e| matches!(e, Effect::GatherCorrected(_))));
    let effects = update(&mut state, LearnAction::Gathered(Some(Vec::new())));
    assert!(
        matches!(posted(&effects), Some(ToEngine::Learn { documents, .. }) if documents.is_empty())
    );
    update(&mut state, ReadAction::Engine(FromEngine::Learned(LearnedReport::default())));
    assert_eq!(state.learning.report, None);
}

#[test]
fn a_colleagues_file_brings_what_was_learned() {
    let mut state = ready_page();
    update(&mut state, LearnAction::Open);
    assert_eq!(state.dialog, Some(Dialog::Learned));
    let file = "label\tCourt\tteal\nlearned\t12\tfull\tAAE=\n".to_owned();
    let effects = update(&mut state, DialogAction::AddLines(file));
    assert!(effects.iter().any(|e| matches!(e, Effect::GatherCorrected(_))));
    assert_eq!(state.words.list.learned.as_ref().unwrap().articles, 12);
    let effects = update(&mut state, LearnAction::Gathered(Some(Vec::new())));
    assert!(
        matches!(posted(&effects), Some(ToEngine::Learn { words, .. }) if words.contains("learned\t12"))
    );
    update(&mut state, LearnAction::DropShare);
    assert_eq!(state.words.list.learned, None);
}

fn label_row() -> LabelRow {
    LabelRow {
        label: "Union".to_owned(),
        examples: 6,
        articles: 2,
        server: Some("names".to_owned()),
        answered: 0,
        taken: 0,
        quiet: false,
    }
}

/// The worker suggests these words of the article.
fn suggest(state: &mut State, words: &[&str]) -> Vec<Effect> {
    let open = state.open.as_ref().unwrap();
    let row = |words: &&str| {
        let start = open.shown.text.as_str().find(words).unwrap();
        SuggestionRow {
            start: start as u32,
            end: (start + words.len()) as u32,
            label: "Union".to_owned(),
            permille: 810,
            reason: "suggested: like Acme Union".to_owned(),
        }
    };
    let (key, suggestions) = (open.key.clone(), words.iter().map(row).collect());
    let labels = vec![label_row()];
    update(state, ReadAction::Engine(FromEngine::Suggested { key, suggestions, labels }))
}

#[test]
fn suggestions_are_asked_for_shown_taken_and_refused() {
    let mut state = ready_page();
    let report = LearnedReport {
        articles: vec![LearnedArticle { title: "A".to_owned(), without: 1, with: 1 }],
        labels: vec![label_row()],
        ..LearnedReport::default()
    };
    let effects = update(&mut state, LearnAction::Learned(report));
    assert!(matches!(posted(&effects), Some(ToEngine::Suggest { .. })), "{effects:?}");
    // One question at a time.
    let effects = update(&mut state, LearnAction::Open);
    assert_eq!(posted(&effects), None);
    update(&mut state, DialogAction::Close);
    suggest(&mut state, &["Mayor", "Thursday", "Kandahar"]);
    let open = state.open.as_ref().unwrap();
    assert_eq!(open.suggestion_reason(), Some("like Acme Union"));
    assert!(!open.suggestion_shown);
    update(&mut state, SuggestAction::Step { back: false });
    assert!(
        state.announced.text.contains("Union? 81 %, like Acme Union. 1 of"),
        "{:?}",
        state.announced
    );

    let before = state.open.as_ref().unwrap().suggestions.len();
    let effects = update(&mut state, SuggestAction::Answer { at: None, taken: true });
    assert!(
        matches!(posted(&effects), Some(ToEngine::Suggest { .. })),
        "the rest is asked for anew"
    );
    let open = state.open.as_ref().unwrap();
    assert_eq!(open.suggestions.len(), before - 1);
    let taken = open.shown.annotations.iter().find(|a| a.confidence.permille() == 810).unwrap();
    assert_eq!((taken.status, taken.span.start()), (Status::Accepted, 0));
    update(&mut state, SuggestAction::Answer { at: None, taken: false });
    let open = state.open.as_ref().unwrap();
    let refused = open
        .shown
        .annotations
        .iter()
        .filter(|a| a.status == Status::Rejected && a.confidence.permille() == 810);
    assert_eq!(refused.count(), 1);
    update(&mut state, EditAction::Undo);
    update(&mut state, EditAction::Undo);
    let open = state.open.as_ref().unwrap();
    assert!(open.shown.annotations.iter().all(|a| a.confidence.permille() != 810));

    // Switched off, nothing is suggested.
    update(&mut state, LearnAction::Switch);
    assert!(state.open.as_ref().unwrap().suggestions.is_empty());
}

#[test]
fn what_was_learned_from_is_not_loaded_again() {
    let mut state = ready_page();
    let kept = KeptDocument {
        key: "d1".to_owned(),
        revision: 3,
        title: "A".to_owned(),
        base: String::new(),
        edits: String::new(),
        parts: Vec::new(),
    };
    let gathers = |effects: &[Effect]| {
        effects.iter().find_map(|e| match e {
            Effect::GatherCorrected(known) => Some(known.clone()),
            _ => None,
        })
    };
    assert_eq!(gathers(&update(&mut state, LearnAction::Start)), Some(None));
    let effects = update(&mut state, LearnAction::Gathered(Some(vec![kept])));
    assert!(matches!(posted(&effects), Some(ToEngine::Learn { .. })));
    let known = Some(vec![("d1".to_owned(), 3)]);
    assert_eq!(gathers(&update(&mut state, LearnAction::Start)), Some(known));
    assert_eq!(posted(&update(&mut state, LearnAction::Gathered(None))), None);
}
