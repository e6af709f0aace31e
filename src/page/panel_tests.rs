//! The panels without a browser: what a person asks there, and where the focus goes.

use super::action::{Action, Ask, Effect, Target};
use super::filter::Choice;
use super::lists;
use super::state::{Open, Pick, State};
use super::tests::{id, opened};
use super::update::update;
use galley_engine::document::{
    AnnotationId, Body, EntityId, Label, QuoteBody, QuoteKind, Status, Strength,
};
use galley_engine::edits::Edit;
use galley_engine::view::axis::Zoom;

fn entity(name: &str) -> EntityId {
    EntityId(name.to_owned())
}

fn open(state: &State) -> &Open {
    state.open.as_ref().unwrap()
}

fn ask(state: &mut State, ask: Ask) -> Vec<Effect> {
    update(state, Action::Panel(ask))
}

/// `name: words of its mentions` of each entity.
fn people(state: &State) -> Vec<String> {
    let open = open(state);
    let live = open.live();
    let list = lists::entities(&open.shown, &live);
    let line = |(e, mentions): &(
        &galley_engine::document::Entity,
        Vec<&galley_engine::document::Annotation>,
    )| {
        let words: Vec<&str> = mentions.iter().map(|a| open.shown.text.slice(a.span)).collect();
        format!("{}: {}", e.name, words.join(", "))
    };
    list.iter().map(line).collect()
}

fn focus(effects: &[Effect]) -> Option<Target> {
    effects.iter().find_map(|e| match e {
        Effect::Focus(target) => Some(target.clone()),
        _ => None,
    })
}

fn row(name: &str) -> Option<Target> {
    Some(Target::Row(name.to_owned()))
}

/// A quote over the words, added by hand.
fn with_quote(state: &mut State, words: &str) -> AnnotationId {
    let open = state.open.as_mut().unwrap();
    let start = open.shown.text.as_str().find(words).unwrap();
    let span = open.shown.text.span(start, start + words.len()).unwrap();
    let id = open.log.fresh_id();
    let body = Body::Quote(QuoteBody {
        kind: QuoteKind::Direct,
        parts: vec![span],
        cue: Vec::new(),
        speaker: None,
        strength: Strength::Speech,
    });
    let new = id.clone();
    open.log.apply(Edit::Add { id, span, body }).unwrap();
    open.refresh();
    new
}

#[test]
fn names_are_merged_and_parted_in_the_list_and_the_focus_stays_there() {
    let mut state = opened();
    let before = people(&state);
    assert_eq!(before, ["Ana Ruiz: Ana Ruiz", "Kandahar: Kandahar", "Ruiz: Ruiz"]);
    let effects = ask(&mut state, Ask::Pick(Some(Pick::Same(entity("e2")))));
    assert_eq!(focus(&effects), Some(Target::Id("names")));
    let effects = ask(&mut state, Ask::Unite(entity("e2"), entity("e0")));
    assert_eq!(focus(&effects), row("e0"));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { .. })));
    assert_eq!(open(&state).pick, None, "the list of names closes");
    assert_eq!(people(&state), ["Ana Ruiz: Ana Ruiz, Ruiz", "Kandahar: Kandahar"]);

    // A mention moves to another name, one that is the last takes its name with it.
    let effects = ask(&mut state, Ask::Attach(id("n2"), entity("e1")));
    assert_eq!(focus(&effects), row("e1"));
    assert_eq!(people(&state), ["Kandahar: Kandahar, Ruiz", "Ana Ruiz: Ana Ruiz"]);
    ask(&mut state, Ask::Attach(id("n0"), entity("e1")));
    assert_eq!(people(&state).len(), 1);

    let effects = ask(&mut state, Ask::Part(id("n2")));
    assert!(matches!(focus(&effects), Some(Target::Row(_))));
    assert_eq!(people(&state).len(), 2);
    for _ in 0..4 {
        update(&mut state, Action::Undo);
    }
    assert_eq!(people(&state), before);
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let mut state = opened();
    let before = people(&state);
    for nonsense in [
        Ask::Unite(entity("e0"), entity("e0")),
        Ask::Unite(entity("e0"), entity("gone")),
        Ask::Attach(id("n0"), entity("e0")),
        Ask::Attach(id("gone"), entity("e0")),
        Ask::Part(id("n0")),
        Ask::Speaker(id("n0"), Some(entity("e0"))),
        Ask::Jump(entity("gone"), false),
    ] {
        ask(&mut state, nonsense);
        assert_eq!(people(&state), before);
        assert_eq!(open(&state).log.cursor(), 0);
    }
}

#[test]
fn a_speaker_is_set_in_the_list() {
    let mut state = opened();
    let quote = with_quote(&mut state, "\"We go on,\"");
    ask(&mut state, Ask::Pick(Some(Pick::Speaker(quote.clone()))));
    let effects = ask(&mut state, Ask::Speaker(quote.clone(), Some(entity("e0"))));
    assert_eq!(focus(&effects), row(&quote.0));
    let name = |state: &State| {
        let shown = &open(state).shown;
        lists::speaker(shown, shown.annotation(&quote).unwrap()).flatten()
    };
    assert_eq!(name(&state).as_deref(), Some("Ana Ruiz"));
    ask(&mut state, Ask::Speaker(quote.clone(), None));
    assert_eq!(name(&state), None);
}

#[test]
fn mentions_are_jumped_through_round_the_end_and_the_focus_stays() {
    let mut state = opened();
    ask(&mut state, Ask::Unite(entity("e2"), entity("e0")));
    let mut met = Vec::new();
    for back in [false, false, false, true] {
        let effects = ask(&mut state, Ask::Jump(entity("e0"), back));
        assert!(matches!(effects[..], [Effect::ShowSpan(_)]), "{effects:?}");
        met.push(open(&state).active.clone().unwrap().0);
    }
    assert_eq!(met, ["n0", "n2", "n0", "n2"]);
    assert!(state.said.1.starts_with("2 of 2: "), "{}", state.said.1);
}

#[test]
fn a_filter_that_hides_what_is_asked_for_gives_way() {
    let mut state = opened();
    update(&mut state, Action::Choose(Choice::Label("GPE".to_owned())));
    assert_eq!(people(&state), ["Kandahar: Kandahar"]);
    assert_eq!(state.said.1, "1 shown");
    update(&mut state, Action::Go(id("n0"), false));
    assert_eq!(people(&state).len(), 3);
}

#[test]
fn the_lists_follow_the_search_and_edits() {
    let mut state = opened();
    update(&mut state, Action::Find);
    update(&mut state, Action::Query("ruiz".to_owned()));
    assert_eq!(people(&state), ["Ana Ruiz: Ana Ruiz", "Ruiz: Ruiz"]);
    assert_eq!(state.said.1, "3 in the text, 2 in the lists");
    ask(&mut state, Ask::Unite(entity("e1"), entity("e2")));
    assert_eq!(people(&state), ["Ruiz: Kandahar, Ruiz", "Ana Ruiz: Ana Ruiz"]);
    update(&mut state, Action::Query("zzz".to_owned()));
    assert_eq!(state.said.1, "Not in the text, 0 in the lists");
    update(&mut state, Action::Escape);
    assert_eq!(people(&state).len(), 2);
    assert_eq!(open(&state).found(), None);
}

#[test]
fn escape_closes_the_list_of_names_before_the_search() {
    let mut state = opened();
    update(&mut state, Action::Find);
    ask(&mut state, Ask::Pick(Some(Pick::Same(entity("e2")))));
    let effects = update(&mut state, Action::Escape);
    assert_eq!(focus(&effects), row("e2"));
    assert!(open(&state).pick.is_none() && open(&state).find.is_some());
}

#[test]
fn the_time_axis_moves_and_says_where_it_is() {
    let mut state = opened();
    let live = open(&state).live();
    let dates = lists::timeline(&live);
    assert!(dates.placed.len() >= 2, "{dates:?}");
    let before = dates.view(None).minutes();
    ask(&mut state, Ask::Time(Zoom::At(500, true)));
    assert_eq!(open(&state).time.unwrap().minutes(), (before / 2).max(180));
    assert_eq!(state.said.1, open(&state).time.unwrap().in_words());
    ask(&mut state, Ask::Time(Zoom::Whole));
    let live = open(&state).live();
    let view = open(&state).time.unwrap();
    let stretches = lists::timeline(&live).stretches();
    assert!(stretches.iter().all(|s| view.from <= s.from && s.to <= view.to));
}

#[test]
fn restoring_in_the_list_keeps_the_focus_there() {
    let mut state = opened();
    update(&mut state, Action::Go(id("n0"), false));
    update(&mut state, Action::Reject);
    let effects = update(&mut state, Action::Restore(id("n0")));
    assert_eq!(focus(&effects), row("n0"));
    let shown = &open(&state).shown;
    assert_eq!(shown.annotation(&id("n0")).unwrap().status, Status::Machine);
    assert_eq!(shown.entity(&entity("e0")).unwrap().label, Label::Person);
}
