//! Five thousand actions of a person with no plan. Whatever they do, the document stays sound, is
//! drawn, said and kept; in the end it goes through a file and the browser's store and back, and
//! all of it can be taken back and done again.

use super::*;
use crate::action::{
    Action, CaretAction, Edge, EditAction, FilterAction, PageAction, PanelAction, PopoverAction,
    Step, StorageAction, Tab, WalkAction,
};

/// A small generator of chance (SplitMix64): the same on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    fn flip(&mut self) -> bool {
        self.next(2) == 0
    }
}

fn any_action(chance: &mut Chance, state: &State) -> Action {
    let open = state.open.as_ref().unwrap();
    let annotations = &open.shown.annotations;
    let some = chance.next(annotations.len());
    let id = annotations.get(some).map_or(id("x"), |a| a.id.clone());
    let entities = &open.shown.entities;
    let e = chance.next(entities.len());
    let entity = entities.get(e).map_or(EntityId("x".to_owned()), |e| e.id.clone());
    let at = chance.next(open.text.len());
    let edge = [Edge::Start, Edge::End][chance.next(2)];
    let (one, two) = (chance.flip(), chance.flip());
    match chance.next(44) {
        0..4 => Action::Walk(WalkAction::Go(id, one)),
        4..6 => Action::Walk(WalkAction::Point(vec![id])),
        6 => Action::Walk(WalkAction::Step { back: one, unreviewed: two }),
        7 => [
            Action::Walk(WalkAction::Outer),
            Action::Walk(WalkAction::Inner),
            Action::Walk(WalkAction::OpenActive),
        ][chance.next(3)]
        .clone(),
        8 => Action::Page(PageAction::Escape),
        9..13 => {
            let end = at + chance.next(40);
            Action::Walk(WalkAction::Select(open.shown.text.span(at, end.min(open.text.len()))))
        }
        13..15 => Action::Edit(EditAction::Accept),
        15 => Action::Edit(EditAction::Reject),
        16 => Action::Edit(EditAction::Restore(id)),
        17..20 => Action::Edit(EditAction::SetLabel(Label::ALL[chance.next(Label::ALL.len())].0)),
        20 => Action::Edit(EditAction::AddDate),
        21..23 => Action::Edit(EditAction::AddQuote),
        23..25 => {
            Action::Edit(EditAction::MoveBoundary(edge, Step { forward: one, character: two }))
        }
        25 => Action::Edit(EditAction::Rename(
            ["Ana", "B. Ruiz", " ", "Old Harbour"][chance.next(4)].to_owned(),
        )),
        26 => Action::Edit(EditAction::Merge(entity)),
        27 => Action::Edit(EditAction::Split),
        28 => Action::Edit(EditAction::SetDate(
            ["2021-07", "last year", "P3M", "soon"][chance.next(4)].to_owned(),
        )),
        29 => Action::Edit(EditAction::PickAlternative(chance.next(3))),
        30 => Action::Edit(EditAction::SetSpeaker(one.then_some(entity))),
        31 => Action::Edit(EditAction::NameSpeaker(
            ["", "Ana", "The mayor"][chance.next(3)].to_owned(),
        )),
        32 => Action::Edit(EditAction::SetQuoteKind(
            [QuoteKind::Direct, QuoteKind::Mixed][chance.next(2)],
        )),
        33 => Action::Popover(PopoverAction::ToggleOccurrences),
        34 => Action::Popover(PopoverAction::Tick(one.then_some(chance.next(5)))),
        35 => Action::Edit(EditAction::ApplyToTicked { reject: one && two }),
        36 => Action::Popover(PopoverAction::PickSpeaker),
        37 => Action::Popover(PopoverAction::DragBoundary { edge, at, character: one }),
        38 => Action::Popover(PopoverAction::DropBoundary(one)),
        39 => Action::Caret([CaretAction::Toggle, CaretAction::Enter][chance.next(2)]),
        40 => Action::Filter(FilterAction::ToggleKind(Kind::ALL[chance.next(6)])),
        41 => Action::Panel(PanelAction::ShowTab(
            [Tab::People, Tab::Quotes, Tab::Timeline][chance.next(3)],
        )),
        42 => Action::Edit(EditAction::Undo),
        _ => [
            Action::Edit(EditAction::Redo),
            Action::Popover(PopoverAction::ToggleUnit),
            Action::Popover(PopoverAction::ToggleMergeList),
            Action::Edit(EditAction::AcceptEntity(entity)),
        ][chance.next(4)]
        .clone(),
    }
}

#[test]
fn five_thousand_actions() {
    let text = super::super::sample::TEXT;
    let mut state = State::default();
    update(&mut state, engine_hello());
    update(&mut state, take_text(text));
    update(&mut state, engine_answer(1, false, &document(text, None)));
    let mut chance = Chance(20_210_723);
    let mut base = None;
    let mut edits = 0;
    for n in 0..5_000 {
        let action = any_action(&mut chance, &state);
        let before = state.open.as_ref().unwrap().log.cursor();
        let effects = update(&mut state, action.clone());
        if effects.iter().any(|e| matches!(e, Effect::Save { .. })) {
            update(&mut state, StorageAction::Saved("k1".to_owned(), n + 1));
        }
        let open = state.open.as_ref().unwrap();
        base.get_or_insert_with(|| open.log.base().clone());
        edits += usize::from(open.log.cursor() > before);
        assert_eq!(open.shown.check(), Ok(()), "{n}: {action:?}");
        let drawn = open.sections.all().iter().flat_map(|s| &s.blocks);
        let drawn: usize = drawn.map(|b| b.span.len()).sum();
        assert_eq!(drawn, text.len(), "{n}: {action:?}");
    }
    assert!(edits > 500, "{edits} edits: the actions do something");

    let open = state.open.as_mut().unwrap();
    let written = galley_json::write(&open.shown, false).unwrap();
    assert_eq!(&galley_json::read(&written).unwrap(), &*open.shown);
    let stored = Stored {
        base: galley_json::write(open.log.base(), false).unwrap(),
        edits: saved::write_edits(&open.log),
        ..Stored::default()
    };
    let (log, lost) = saved::open(&stored).unwrap();
    assert_eq!((lost, log.current()), (0, open.log.current()));
    let end = open.log.current().clone();
    let steps = open.log.cursor();
    while open.log.undo() {}
    assert_eq!(Some(open.log.current()), base.as_ref());
    for _ in 0..steps {
        assert!(open.log.redo());
    }
    assert_eq!(open.log.current(), &end);
}
