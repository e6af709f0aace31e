//! The panels without a browser: what a person asks there, and where the focus goes.

use super::action::{
    EditAction, FilterAction, NameList, PageAction, PanelAction, SearchAction, WalkAction,
};
use super::effect::{Effect, Target};
use super::lists;
use super::state::{Open, State};
use super::tests::{id, opened_page};
use super::update::update;
use galley_engine::document::{
    AnnotationId, Body, EntityId, Label, QuoteBody, QuoteKind, Status, Strength,
};
use galley_engine::edits::Edit;
use galley_engine::view::axis::Zoom;

fn entity_id(name: &str) -> EntityId {
    EntityId(name.to_owned())
}

fn open(state: &State) -> &Open {
    state.open.as_ref().unwrap()
}

fn panel_action(state: &mut State, action: PanelAction) -> Vec<Effect> {
    update(state, action)
}

/// `name: words of its mentions` of each entity.
fn listed_people(state: &State) -> Vec<String> {
    let open = open(state);
    let live = open.listed();
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

fn focus_target(effects: &[Effect]) -> Option<Target> {
    effects.iter().find_map(|e| match e {
        Effect::Focus(target) => Some(target.clone()),
        _ => None,
    })
}

fn row_target(name: &str) -> Option<Target> {
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
    let mut state = opened_page();
    let before = listed_people(&state);
    assert_eq!(before, ["Ana Ruiz: Ana Ruiz", "Kandahar: Kandahar", "Ruiz: Ruiz"]);
    let effects =
        panel_action(&mut state, PanelAction::ListNames(Some(NameList::SameAs(entity_id("e2")))));
    assert_eq!(focus_target(&effects), Some(Target::Id("names")));
    let effects = panel_action(&mut state, PanelAction::Merge(entity_id("e2"), entity_id("e0")));
    assert_eq!(focus_target(&effects), row_target("e0"));
    assert!(effects.iter().any(|e| matches!(e, Effect::Save { .. })));
    assert_eq!(open(&state).name_list, None, "the list of names closes");
    assert_eq!(listed_people(&state), ["Ana Ruiz: Ana Ruiz, Ruiz", "Kandahar: Kandahar"]);

    // A mention moves to another name, one that is the last takes its name with it.
    let effects = panel_action(&mut state, PanelAction::MoveMention(id("n2"), entity_id("e1")));
    assert_eq!(focus_target(&effects), row_target("e1"));
    assert_eq!(listed_people(&state), ["Kandahar: Kandahar, Ruiz", "Ana Ruiz: Ana Ruiz"]);
    panel_action(&mut state, PanelAction::MoveMention(id("n0"), entity_id("e1")));
    assert_eq!(listed_people(&state).len(), 1);

    let effects = panel_action(&mut state, PanelAction::SplitMention(id("n2")));
    assert!(matches!(focus_target(&effects), Some(Target::Row(_))));
    assert_eq!(listed_people(&state).len(), 2);
    for _ in 0..4 {
        update(&mut state, EditAction::Undo);
    }
    assert_eq!(listed_people(&state), before);
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let mut state = opened_page();
    let before = listed_people(&state);
    for nonsense in [
        PanelAction::Merge(entity_id("e0"), entity_id("e0")),
        PanelAction::Merge(entity_id("e0"), entity_id("gone")),
        PanelAction::MoveMention(id("n0"), entity_id("e0")),
        PanelAction::MoveMention(id("gone"), entity_id("e0")),
        PanelAction::SplitMention(id("n0")),
        PanelAction::SetSpeaker(id("n0"), Some(entity_id("e0"))),
        PanelAction::JumpToMention(entity_id("gone"), false),
    ] {
        panel_action(&mut state, nonsense);
        assert_eq!(listed_people(&state), before);
        assert_eq!(open(&state).log.cursor(), 0);
    }
}

#[test]
fn a_speaker_is_set_in_the_list() {
    let mut state = opened_page();
    let quote = with_quote(&mut state, "\"We go on,\"");
    panel_action(&mut state, PanelAction::ListNames(Some(NameList::SpeakerOf(quote.clone()))));
    let effects =
        panel_action(&mut state, PanelAction::SetSpeaker(quote.clone(), Some(entity_id("e0"))));
    assert_eq!(focus_target(&effects), row_target(&quote.0));
    let name = |state: &State| {
        let shown = &open(state).shown;
        galley_engine::view::speaker_name(shown, shown.annotation(&quote).unwrap()).flatten()
    };
    assert_eq!(name(&state).as_deref(), Some("Ana Ruiz"));
    panel_action(&mut state, PanelAction::SetSpeaker(quote.clone(), None));
    assert_eq!(name(&state), None);
}

#[test]
fn mentions_are_jumped_through_round_the_end_and_the_focus_stays() {
    let mut state = opened_page();
    panel_action(&mut state, PanelAction::Merge(entity_id("e2"), entity_id("e0")));
    let mut met = Vec::new();
    for back in [false, false, false, true] {
        let effects = panel_action(&mut state, PanelAction::JumpToMention(entity_id("e0"), back));
        assert!(matches!(effects[..], [Effect::ShowSpan(_)]), "{effects:?}");
        met.push(open(&state).active.clone().unwrap().0);
    }
    assert_eq!(met, ["n0", "n2", "n0", "n2"]);
    assert!(state.announced.text.starts_with("2 of 2: "), "{}", state.announced.text);
}

#[test]
fn a_filter_that_hides_what_is_asked_for_gives_way() {
    let mut state = opened_page();
    update(&mut state, FilterAction::Label("GPE".to_owned()));
    assert_eq!(listed_people(&state), ["Kandahar: Kandahar"]);
    assert_eq!(state.announced.text, "1 shown");
    update(&mut state, WalkAction::Go(id("n0"), false));
    assert_eq!(listed_people(&state).len(), 3);
}

#[test]
fn the_lists_follow_the_search_and_edits() {
    let mut state = opened_page();
    update(&mut state, SearchAction::Open);
    update(&mut state, SearchAction::Query("ruiz".to_owned()));
    assert_eq!(listed_people(&state), ["Ana Ruiz: Ana Ruiz", "Ruiz: Ruiz"]);
    assert_eq!(state.announced.text, "3 in the text, 2 in the lists");
    panel_action(&mut state, PanelAction::Merge(entity_id("e1"), entity_id("e2")));
    assert_eq!(listed_people(&state), ["Ruiz: Kandahar, Ruiz", "Ana Ruiz: Ana Ruiz"]);
    update(&mut state, SearchAction::Query("zzz".to_owned()));
    assert_eq!(state.announced.text, "Not in the text, 0 in the lists");
    update(&mut state, PageAction::Escape);
    assert_eq!(listed_people(&state).len(), 2);
    assert_eq!(open(&state).found(), None);
}

#[test]
fn escape_closes_the_list_of_names_before_the_search() {
    let mut state = opened_page();
    update(&mut state, SearchAction::Open);
    panel_action(&mut state, PanelAction::ListNames(Some(NameList::SameAs(entity_id("e2")))));
    let effects = update(&mut state, PageAction::Escape);
    assert_eq!(focus_target(&effects), row_target("e2"));
    assert!(open(&state).name_list.is_none() && open(&state).search.is_some());
}

#[test]
fn the_time_axis_moves_and_says_where_it_is() {
    let mut state = opened_page();
    let live = open(&state).listed();
    let dates = lists::timeline(&live);
    assert!(dates.placed.len() >= 2, "{dates:?}");
    let before = dates.view(None).minutes();
    panel_action(&mut state, PanelAction::ZoomTimeline(Zoom::At(500, true)));
    assert_eq!(open(&state).time_range.unwrap().minutes(), (before / 2).max(180));
    assert_eq!(state.announced.text, open(&state).time_range.unwrap().in_words());
    panel_action(&mut state, PanelAction::ZoomTimeline(Zoom::Whole));
    let live = open(&state).listed();
    let view = open(&state).time_range.unwrap();
    let stretches = lists::timeline(&live).stretches();
    assert!(stretches.iter().all(|s| view.from <= s.from && s.to <= view.to));
}

#[test]
fn restoring_in_the_list_keeps_the_focus_there() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    update(&mut state, EditAction::Reject);
    let effects = update(&mut state, EditAction::Restore(id("n0")));
    assert_eq!(focus_target(&effects), row_target("n0"));
    let shown = &open(&state).shown;
    assert_eq!(shown.annotation(&id("n0")).unwrap().status, Status::Machine);
    assert_eq!(shown.entity(&entity_id("e0")).unwrap().label, Label::Person);
}
