//! The popover's larger tools, the caret, and the keys that are one's own.

use super::*;
use crate::action::Caret;
use crate::state::Open;
use galley_engine::text::Span;

fn open(state: &State) -> &Open {
    state.open.as_ref().unwrap()
}

fn at(words: &str, nth: usize) -> Span {
    let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
    Span::new(start, start + words.len())
}

/// Marks the quote of the text, and leaves it active.
fn with_quote() -> (State, AnnotationId) {
    let mut state = opened();
    update(&mut state, Action::Select(Some(at("\"We go on,\"", 0))));
    update(&mut state, Action::AddQuote);
    let id = open(&state).active.clone().unwrap();
    (state, id)
}

fn speaker(state: &State, id: &AnnotationId) -> Option<(Option<String>, Vec<Span>)> {
    match &open(state).shown.annotation(id).unwrap().body {
        Body::Quote(q) => q.speaker.as_ref().map(|s| (s.name.clone(), s.mention.clone())),
        _ => None,
    }
}

#[test]
fn a_speaker_is_picked_by_a_click_or_enter_on_a_name() {
    let (mut state, quote) = with_quote();
    update(&mut state, Action::PickSpeaker);
    assert!(open(&state).popover.is_none() && open(&state).picking.is_some());
    // A place names nobody that is clicked by mistake: it does, so a date is the test.
    let date = open(&state).shown.annotations.iter();
    let date = date.map(|a| (a.kind(), a.id.clone())).find(|(k, _)| *k == Kind::Date);
    update(&mut state, Action::Point(vec![date.unwrap().1]));
    assert!(state.said.1.contains("Nobody is named"), "{}", state.said.1);
    assert!(open(&state).picking.is_some());
    update(&mut state, Action::Point(vec![id("n0")]));
    let named = Some((Some("Ana Ruiz".to_owned()), vec![at("Ana Ruiz", 1)]));
    assert_eq!(speaker(&state, &quote), named);
    assert_eq!(open(&state).card().unwrap().id, quote, "back at the quote");
    assert!(open(&state).picking.is_none());

    update(&mut state, Action::PickSpeaker);
    for _ in 0..20 {
        if open(&state).active == Some(id("n2")) {
            break;
        }
        let step = Action::Step { back: false, unreviewed: false };
        update(&mut state, step);
    }
    update(&mut state, Action::OpenActive);
    assert_eq!(speaker(&state, &quote), Some((Some("Ruiz".to_owned()), vec![at("Ruiz", 2)])));
}

#[test]
fn a_speaker_is_picked_by_selecting_words_and_escape_leaves_it() {
    let (mut state, quote) = with_quote();
    update(&mut state, Action::PickSpeaker);
    let effects = update(&mut state, Action::Escape);
    assert!(effects.contains(&Effect::Focus(Target::Popover)));
    assert_eq!(speaker(&state, &quote), None);
    update(&mut state, Action::PickSpeaker);
    update(&mut state, Action::Select(Some(at("Mayor", 0))));
    assert_eq!(speaker(&state, &quote), Some((Some("Mayor".to_owned()), vec![at("Mayor", 0)])));
    update(&mut state, Action::Undo);
    assert_eq!(speaker(&state, &quote), None);
    update(&mut state, Action::Go(id("n0"), true));
    update(&mut state, Action::PickSpeaker);
    assert!(state.said.1.contains("Only quotes"), "{}", state.said.1);
}

#[test]
fn apply_to_all_lists_ticks_and_is_one_step() {
    let mut state = opened();
    update(&mut state, Action::Go(id("n0"), false));
    let effects = update(&mut state, Action::Spread);
    assert!(effects.contains(&Effect::Focus(Target::Id("spread"))), "{effects:?}");
    let hits = |state: &State| open(state).card().unwrap().spread.clone().unwrap();
    assert_eq!((hits(&state).hits.len(), hits(&state).ticked()), (1, 1));
    update(&mut state, Action::Tick(Some(0)));
    assert_eq!(hits(&state).ticked(), 0);
    update(&mut state, Action::Tick(None));
    update(&mut state, Action::ApplyAll(false));
    assert!(open(&state).card().unwrap().spread.is_none());
    let ana = open(&state).shown.entity(&EntityId("e0".to_owned())).unwrap();
    assert_eq!(ana.mentions.len(), 2);
    assert_eq!(status(&state, "n0"), Status::Accepted);
    update(&mut state, Action::Undo);
    assert_eq!(status(&state, "n0"), Status::Machine);
    assert_eq!(open(&state).log.cursor(), 0);

    // What stands nowhere else has no list, quotes neither.
    update(&mut state, Action::Go(id("n1"), true));
    update(&mut state, Action::Spread);
    assert!(open(&state).card().unwrap().spread.is_none());
    assert!(state.said.1.contains("nowhere else"), "{}", state.said.1);
}

#[test]
fn a_boundary_is_dragged_shown_and_let_go() {
    let mut state = opened();
    update(&mut state, Action::Point(vec![id("n1")]));
    let before = open(&state).shown.clone();
    let drag = |at| Action::Drag { edge: Edge::Start, at, character: false };
    update(&mut state, drag(at("spoke", 0).start() + 2));
    let preview = open(&state).preview().unwrap();
    assert_eq!(before.text.slice(preview), "spoke in Kandahar");
    assert_eq!(open(&state).shown, before, "nothing has changed yet");
    update(&mut state, Action::Drop(false));
    assert_eq!((open(&state).preview(), &open(&state).shown), (None, &before));
    update(&mut state, drag(at("spoke", 0).start() + 2));
    update(&mut state, Action::Drop(true));
    let span = open(&state).shown.annotation(&id("n1")).unwrap().span;
    assert_eq!(before.text.slice(span), "spoke in Kandahar");
    assert!(open(&state).card().is_some(), "the popover stays");
    update(&mut state, Action::Undo);
    assert_eq!(open(&state).shown, before);
}

#[test]
fn the_caret_marks_what_is_selected_with_what_was_made_last() {
    let mut state = opened();
    let effects = update(&mut state, Action::Caret(Caret::Switch));
    assert_eq!(effects, [Effect::Caret(Caret::Switch)]);
    let mut made = |words: &str, nth| {
        update(&mut state, Action::Select(Some(at(words, nth))));
        update(&mut state, Action::Caret(Caret::Enter));
        let open = open(&state);
        let a = open.shown.annotation(open.active.as_ref().unwrap()).unwrap();
        assert_eq!(a.span, at(words, nth));
        super::super::words::label(a)
    };
    assert_eq!(made("Mayor", 0), "Person");
    assert_eq!(made("\"We go on,\"", 0), "Direct quote");
    assert_eq!(made("2021-07-23", 0), "Date");
    update(&mut state, Action::Go(id("n0"), true));
    update(&mut state, Action::Escape);
    assert!(open(&state).caret, "the popover closes first");
    let effects = update(&mut state, Action::Escape);
    assert!(effects.contains(&Effect::Unselect));
    assert!(!open(&state).caret);
}

#[test]
fn keys_are_given_refused_kept_and_given_back() {
    let mut state = opened();
    update(&mut state, Action::Help);
    update(&mut state, Action::Rebind(Some(4)));
    update(&mut state, Action::Bind("X".to_owned()));
    assert!(state.said.1.contains("taken"), "{}", state.said.1);
    let effects = update(&mut state, Action::Bind("Y".to_owned()));
    let kept = Effect::Keep("keys", Some("accept Y\n".to_owned()));
    assert!(effects.contains(&kept), "{effects:?}");
    let mut later = State::default();
    update(&mut later, Action::KeptKeys("accept Y\n".to_owned()));
    assert_eq!(later.keys, state.keys);
    update(&mut state, Action::Rebind(Some(0)));
    update(&mut state, Action::Escape);
    assert!(state.help && state.keys.asked.is_none(), "Escape leaves the key alone");
    let effects = update(&mut state, Action::UsualKeys);
    assert_eq!(effects, [Effect::Keep("keys", None)]);
}
