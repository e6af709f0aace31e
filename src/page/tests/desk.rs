//! The popover's larger tools, the caret, and the keys that are one's own.

use super::*;
use crate::action::{
    Action, CaretAction, Edge, EditAction, KeyboardAction, PageAction, PopoverAction, WalkAction,
};
use galley_engine::text::Span;

fn speaker(state: &State, id: &AnnotationId) -> Option<(Option<String>, Vec<Span>)> {
    match &open(state).shown.annotation(id).unwrap().body {
        Body::Quote(q) => q.speaker.as_ref().map(|s| (s.name.clone(), s.mention.clone())),
        _ => None,
    }
}

#[test]
fn a_speaker_is_picked_by_a_click_or_enter_on_a_name() {
    let (mut state, quote) = with_quote();
    update(&mut state, PopoverAction::PickSpeaker);
    assert!(open(&state).popover.is_none() && open(&state).picking_speaker.is_some());
    // A place names nobody that is clicked by mistake: it does, so a date is the test.
    let date = open(&state).shown.annotations.iter();
    let date = date.map(|a| (a.kind(), a.id.clone())).find(|(k, _)| *k == Kind::Date);
    update(&mut state, WalkAction::Point(vec![date.unwrap().1]));
    assert!(state.announced.text.contains("There is no name"), "{}", state.announced.text);
    assert!(open(&state).picking_speaker.is_some());
    update(&mut state, WalkAction::Point(vec![id("n0")]));
    let named = Some((Some("Ana Ruiz".to_owned()), vec![at("Ana Ruiz", 1)]));
    assert_eq!(speaker(&state, &quote), named);
    assert_eq!(open(&state).card().unwrap().id, quote, "back at the quote");
    assert!(open(&state).picking_speaker.is_none());

    update(&mut state, PopoverAction::PickSpeaker);
    for _ in 0..20 {
        if open(&state).active == Some(id("n2")) {
            break;
        }
        let step = Action::Walk(WalkAction::Step { back: false, unreviewed: false });
        update(&mut state, step);
    }
    update(&mut state, WalkAction::OpenActive);
    assert_eq!(speaker(&state, &quote), Some((Some("Ruiz".to_owned()), vec![at("Ruiz", 2)])));
}

#[test]
fn a_speaker_is_picked_by_selecting_words_and_escape_leaves_it() {
    let (mut state, quote) = with_quote();
    update(&mut state, PopoverAction::PickSpeaker);
    let effects = update(&mut state, PageAction::Escape);
    assert!(effects.contains(&Effect::Focus(Target::Popover)));
    assert_eq!(speaker(&state, &quote), None);
    update(&mut state, PopoverAction::PickSpeaker);
    update(&mut state, WalkAction::Select(Some(at("Mayor", 0))));
    assert_eq!(speaker(&state, &quote), Some((Some("Mayor".to_owned()), vec![at("Mayor", 0)])));
    update(&mut state, EditAction::Undo);
    assert_eq!(speaker(&state, &quote), None);
    update(&mut state, WalkAction::Go(id("n0"), true));
    update(&mut state, PopoverAction::PickSpeaker);
    assert!(state.announced.text.contains("Only quotes"), "{}", state.announced.text);
}

#[test]
fn apply_to_all_lists_ticks_and_is_one_step() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Go(id("n0"), false));
    let effects = update(&mut state, PopoverAction::ToggleOccurrences);
    assert!(effects.contains(&Effect::Focus(Target::Id("spread"))), "{effects:?}");
    let hits = |state: &State| open(state).card().unwrap().occurrences.clone().unwrap();
    assert_eq!((hits(&state).hits.len(), hits(&state).ticked()), (1, 1));
    update(&mut state, PopoverAction::Tick(Some(0)));
    assert_eq!(hits(&state).ticked(), 0);
    update(&mut state, PopoverAction::Tick(None));
    update(&mut state, EditAction::ApplyToTicked { reject: false });
    assert!(open(&state).card().unwrap().occurrences.is_none());
    let ana = open(&state).shown.entity(&EntityId("e0".to_owned())).unwrap();
    assert_eq!(ana.mentions.len(), 2);
    assert_eq!(status(&state, "n0"), Status::Accepted);
    update(&mut state, EditAction::Undo);
    assert_eq!(status(&state, "n0"), Status::Machine);
    assert_eq!(open(&state).log.cursor(), 0);

    // What stands nowhere else has no list, quotes neither.
    update(&mut state, WalkAction::Go(id("n1"), true));
    update(&mut state, PopoverAction::ToggleOccurrences);
    assert!(open(&state).card().unwrap().occurrences.is_none());
    assert!(state.announced.text.contains("nowhere else"), "{}", state.announced.text);
}

#[test]
fn a_boundary_is_dragged_shown_and_let_go() {
    let mut state = opened_page();
    update(&mut state, WalkAction::Point(vec![id("n1")]));
    let before = open(&state).shown.clone();
    let drag = |at| {
        Action::Popover(PopoverAction::DragBoundary { edge: Edge::Start, at, character: false })
    };
    update(&mut state, drag(at("spoke", 0).start() + 2));
    let preview = open(&state).preview().unwrap();
    assert_eq!(before.text.slice(preview), "spoke in Kandahar");
    assert_eq!(open(&state).shown, before, "nothing has changed yet");
    update(&mut state, PopoverAction::DropBoundary(false));
    assert_eq!((open(&state).preview(), &open(&state).shown), (None, &before));
    update(&mut state, drag(at("spoke", 0).start() + 2));
    update(&mut state, PopoverAction::DropBoundary(true));
    let span = open(&state).shown.annotation(&id("n1")).unwrap().span;
    assert_eq!(before.text.slice(span), "spoke in Kandahar");
    assert!(open(&state).card().is_some(), "the popover stays");
    update(&mut state, EditAction::Undo);
    assert_eq!(open(&state).shown, before);
}

#[test]
fn the_caret_marks_what_is_selected_with_what_was_made_last() {
    let mut state = opened_page();
    let effects = update(&mut state, CaretAction::Toggle);
    assert_eq!(effects, [Effect::Caret(CaretAction::Toggle)]);
    let mut made = |words: &str, nth| {
        update(&mut state, WalkAction::Select(Some(at(words, nth))));
        update(&mut state, CaretAction::Enter);
        let open = open(&state);
        let a = open.shown.annotation(open.active.as_ref().unwrap()).unwrap();
        assert_eq!(a.span, at(words, nth));
        super::super::words::label_title(a)
    };
    assert_eq!(made("Mayor", 0), "Person");
    assert_eq!(made("\"We go on,\"", 0), "Direct quote");
    assert_eq!(made("2021-07-23", 0), "Date");
    update(&mut state, WalkAction::Go(id("n0"), true));
    update(&mut state, PageAction::Escape);
    assert!(open(&state).caret, "the popover closes first");
    let effects = update(&mut state, PageAction::Escape);
    assert!(effects.contains(&Effect::ClearSelection));
    assert!(!open(&state).caret);
}

#[test]
fn keys_are_given_refused_kept_and_given_back() {
    let mut state = opened_page();
    update(&mut state, KeyboardAction::ToggleHelp);
    update(&mut state, KeyboardAction::Rebind(Some(4)));
    update(&mut state, KeyboardAction::Bind("X".to_owned()));
    assert!(state.announced.text.contains("taken"), "{}", state.announced.text);
    let effects = update(&mut state, KeyboardAction::Bind("Y".to_owned()));
    let kept = Effect::StoreSetting("keys", Some("accept Y\n".to_owned()));
    assert!(effects.contains(&kept), "{effects:?}");
    let mut later = State::default();
    update(&mut later, KeyboardAction::Restore("accept Y\n".to_owned()));
    assert_eq!(later.keys, state.keys);
    update(&mut state, KeyboardAction::Rebind(Some(0)));
    update(&mut state, PageAction::Escape);
    assert!(state.help && state.keys.asked.is_none(), "Escape leaves the key alone");
    let effects = update(&mut state, KeyboardAction::Reset);
    assert_eq!(effects, [Effect::StoreSetting("keys", None)]);
}
