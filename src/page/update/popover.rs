//! The popover of an annotation: its lists, its boundaries, picking a speaker.

use super::announce::{announce, announce_still_reading};
use super::apply_edit::carry_out;
use super::edit_plans::resize_annotation;
use super::focus::open_card_at;
use super::outcome::Outcome;
use super::pick_speaker;
use crate::action::{Edge, PopoverAction};
use crate::boundary;
use crate::effect::{Effect, Target};
use crate::occurrences::Occurrences;
use crate::state::{Card, Open, State};
use crate::words;

pub(super) fn handle_action(state: &mut State, action: PopoverAction, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    if open.partial && action != PopoverAction::ToggleMergeList {
        return announce_still_reading(state);
    }
    let sentence = match action {
        PopoverAction::ToggleMergeList => toggle_merge_list(open, out),
        PopoverAction::ToggleOccurrences => Some(toggle_occurrences(open, out)),
        PopoverAction::Tick(which) => Some(tick_occurrence(open, which)),
        PopoverAction::PickSpeaker => return pick_speaker::toggle_picking(state, out),
        PopoverAction::ToggleUnit => toggle_unit(open, out),
        PopoverAction::DragBoundary { edge, at, character } => {
            drag_boundary(open, edge, at, character);
            None
        }
        PopoverAction::DropBoundary(done) => return drop_boundary(state, done, out),
    };
    if let Some(sentence) = sentence {
        announce(state, &sentence);
    }
}

/// The popover; opened over the active annotation if it is not open yet.
fn open_popover<'o>(open: &'o mut Open, out: &mut Outcome) -> Option<&'o mut Card> {
    if open.card().is_none() {
        let id = open.active.clone().filter(|id| open.is_present(id))?;
        open_card_at(open, id, out);
    }
    open.card_mut()
}

fn toggle_merge_list(open: &mut Open, out: &mut Outcome) -> Option<String> {
    if let Some(card) = open.card_mut() {
        card.merge_list_open = !card.merge_list_open;
        card.occurrences = None;
        let target = match card.merge_list_open {
            true => Target::Id("merge-list"),
            false => Target::Popover,
        };
        out.effect(Effect::Focus(target));
        return None;
    }
    let id = open.active.clone()?;
    let description = open_card_at(open, id, out);
    open.card_mut()?.merge_list_open = true;
    out.effect(Effect::Focus(Target::Id("merge-list")));
    description
}

fn toggle_occurrences(open: &mut Open, out: &mut Outcome) -> String {
    let document = open.shown.clone();
    let Some(card) = open_popover(open, out) else {
        return "Go to an annotation first".to_owned();
    };
    if card.occurrences.take().is_some() {
        out.effect(Effect::Focus(Target::Popover));
        return "The list is closed".to_owned();
    }
    let Some(occurrences) = Occurrences::of(&document, &card.id) else {
        return "Only names and dates can be applied to all".to_owned();
    };
    if occurrences.hits.is_empty() {
        return "These words occur nowhere else".to_owned();
    }
    let (all, ticked) = (occurrences.hits.len(), occurrences.ticked());
    card.occurrences = Some(occurrences);
    card.merge_list_open = false;
    out.effect(Effect::Focus(Target::Id("spread")));
    format!("{all} other places, {ticked} ticked")
}

fn tick_occurrence(open: &mut Open, which: Option<usize>) -> String {
    let Some(occurrences) = open.card_mut().and_then(|card| card.occurrences.as_mut()) else {
        return String::new();
    };
    let all_ticked = occurrences.hits.iter().all(|h| h.ticked);
    match which {
        None => occurrences.hits.iter_mut().for_each(|h| h.ticked = !all_ticked),
        Some(i) => {
            if let Some(hit) = occurrences.hits.get_mut(i) {
                hit.ticked = !hit.ticked;
            }
        }
    }
    format!("{} of {} ticked", occurrences.ticked(), occurrences.hits.len())
}

fn toggle_unit(open: &mut Open, out: &mut Outcome) -> Option<String> {
    let card = open_popover(open, out)?;
    card.characters = !card.characters;
    let unit = if card.characters { "character" } else { "word" };
    Some(format!("Boundaries now move by one {unit}"))
}

/// Previews where a dragged boundary would be dropped.
fn drag_boundary(open: &mut Open, edge: Edge, at: usize, character: bool) {
    let shown = open.shown.clone();
    if let Some(card) = open.card_mut()
        && let Some(a) = shown.annotation(&card.id)
    {
        let by_character = character != card.characters;
        let preview = boundary::drag_boundary(&shown.text, a.span, edge, at, by_character);
        card.preview = preview.or(card.preview);
    }
}

fn drop_boundary(state: &mut State, done: bool, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let Some(card) = open.card_mut() else { return };
    let Some(span) = card.preview.take().filter(|_| done) else {
        return;
    };
    let id = card.id.clone();
    if open.shown.annotation(&id).is_some_and(|a| a.span != span) {
        let words = words::quoted(open.shown.text.slice(span), 60);
        carry_out(state, resize_annotation(id, span, format!("Now {words}")), out);
    }
}
