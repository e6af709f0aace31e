//! The popover of an annotation: its lists, its boundaries, picking a speaker.

use super::announce::{announce, announce_still_reading, announce_unseen};
use super::apply_edit::carry_out;
use super::edit_plans::resize_annotation;
use super::focus::open_card_at;
use super::outcome::Outcome;
use super::{draft, pick_speaker};
use crate::action::{Edge, PopoverAction};
use crate::boundary;
use crate::effect::{Effect, Target};
use crate::occurrences::Occurrences;
use crate::state::{Card, EdgeWord, Open, State};
use crate::words;

pub(super) fn handle_action(state: &mut State, action: PopoverAction, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let harmless = matches!(
        action,
        PopoverAction::ToggleMergeList | PopoverAction::LeaveField(..) | PopoverAction::Type(..)
    );
    if open.partial && !harmless {
        return announce_still_reading(state);
    }
    let tells_what_is_next =
        matches!(action, PopoverAction::ToggleKeep | PopoverAction::ToggleEdge);
    let sentence = match action {
        PopoverAction::Type(field, text) => return draft::type_text(state, field, text),
        PopoverAction::LeaveField(field, text) => {
            return draft::leave_field(state, field, text, out);
        }
        PopoverAction::ToggleScope => toggle_scope(open, out),
        PopoverAction::ToggleKeep => {
            open.keeps_label = !open.keeps_label;
            Some(match open.keeps_label {
                true => {
                    "From now on a double click on a word gives the label given last".to_owned()
                }
                false => "A double click only selects again".to_owned(),
            })
        }
        PopoverAction::ToggleEdge => Some(toggle_edge(open, out)),
        PopoverAction::SetEdge(at) => return set_edge(state, at, out),
        PopoverAction::TypeEdge(typed) => preview_edge(open, EdgeWord { typed, at: 0 }),
        PopoverAction::StepEdge(back) => step_edge(open, back),
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
        // What opens and closes is seen; what the next click or key does has to be known.
        match tells_what_is_next {
            true => announce(state, &sentence),
            false => announce_unseen(state, &sentence),
        }
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
    if card.edge.take().is_some() {
        out.effect(Effect::Focus(Target::Popover));
    }
    let Some(span) = card.preview.take().filter(|_| done) else {
        return;
    };
    let id = card.id.clone();
    if open.shown.annotation(&id).is_some_and(|a| a.span != span) {
        let words = words::quoted(open.shown.text.slice(span), 60);
        carry_out(state, resize_annotation(id, span, format!("Now {words}")), out);
    }
}

fn toggle_scope(open: &mut Open, out: &mut Outcome) -> Option<String> {
    let card = open_popover(open, out)?;
    card.only_this = !card.only_this;
    let whose = if card.only_this { "only this one" } else { "all of this name" };
    Some(format!("A label now goes to {whose}"))
}

/// Waits for a word that becomes the nearer edge, or stops waiting.
fn toggle_edge(open: &mut Open, out: &mut Outcome) -> String {
    let Some(card) = open_popover(open, out) else {
        return "Go to an annotation first".to_owned();
    };
    card.preview = None;
    if card.edge.take().is_some() {
        out.effect(Effect::Focus(Target::Popover));
        return "The boundaries stay".to_owned();
    }
    card.edge = Some(EdgeWord::default());
    out.effect(Effect::Focus(Target::Id("edge-word")));
    "Click the word where it begins or ends, or type its first letters".to_owned()
}

/// Previews the nearer edge at a word that begins with what is typed.
fn preview_edge(open: &mut Open, edge: EdgeWord) -> Option<String> {
    let shown = open.shown.clone();
    let card = open.card_mut()?;
    let a = shown.annotation(&card.id)?;
    let spans = boundary::edges_at_words(&shown.text, a.span, &edge.typed);
    card.preview = spans.get(edge.at.min(spans.len().saturating_sub(1))).copied();
    let found = card.preview.map(|span| words::quoted(shown.text.slice(span), 60));
    card.edge = Some(edge);
    Some(found.unwrap_or_else(|| "No word near begins so".to_owned()))
}

fn step_edge(open: &mut Open, back: bool) -> Option<String> {
    let shown = open.shown.clone();
    let card = open.card()?;
    let EdgeWord { typed, at } = card.edge.clone()?;
    let n = boundary::edges_at_words(&shown.text, shown.annotation(&card.id)?.span, &typed).len();
    let at = if back { at.saturating_sub(1) } else { (at + 1).min(n.saturating_sub(1)) };
    preview_edge(open, EdgeWord { typed, at })
}

/// Moves the nearer edge to the word at a byte of the text.
fn set_edge(state: &mut State, at: usize, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let shown = open.shown.clone();
    let Some(card) = open.card_mut() else { return };
    card.edge = None;
    card.preview = None;
    let Some(a) = shown.annotation(&card.id) else { return };
    match boundary::edge_at_word(&shown.text, a.span, at) {
        Some(span) => {
            let sentence = format!("Now {}", words::quoted(shown.text.slice(span), 60));
            carry_out(state, resize_annotation(a.id.clone(), span, sentence), out);
        }
        None => announce(state, "The boundary is there already"),
    }
    out.effect(Effect::Focus(Target::Popover));
}
