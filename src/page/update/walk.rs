//! The focus moves through the annotations of the article.

use super::announce::{announce, announce_unseen};
use super::focus::{
    focus_annotation, go_on_to, is_shown, open_card, open_card_at, reveal_annotation, stack_at,
    target_after_closing, unchecked_from_here,
};
use super::outcome::Outcome;
use super::pick_speaker;
use crate::action::{EditAction, WalkAction};
use crate::effect::{Effect, Target};
use crate::lists;
use crate::state::{Open, Popover, State};
use crate::words;
use galley_engine::document::{Annotation, AnnotationId, Status};
use galley_engine::text::Span;

pub(super) fn handle_action(state: &mut State, action: WalkAction, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let picking = open.picking_speaker.is_some();
    let sentence = match action {
        WalkAction::Point(stack) if picking => return pick_speaker::from_marks(state, &stack, out),
        WalkAction::OpenActive if picking => return pick_speaker::from_active(state, out),
        WalkAction::Select(Some(span)) if picking => {
            return pick_speaker::from_text(state, span, out);
        }
        WalkAction::Select(None) if picking => None,
        WalkAction::Point(stack) => open_innermost(open, stack, out),
        WalkAction::Go(id, with_popover) => go_to_annotation(open, id, with_popover, out),
        WalkAction::Step { back, unreviewed } => match neighbour(open, back, unreviewed) {
            Some(id) => go_on_to(open, id, out),
            None if unreviewed => return announce(state, "Everything is checked"),
            None => return announce(state, "There are no annotations to go to"),
        },
        WalkAction::ToggleReview => return toggle_review(state, out),
        WalkAction::Hover(id) => {
            open.hovered = id.filter(|id| open.is_present(id));
            None
        }
        WalkAction::DoubleClick(span) => return mark_word(open, span, out),
        WalkAction::Outer => go_through_stack(open, true, out),
        WalkAction::Inner => go_through_stack(open, false, out),
        WalkAction::OpenActive => open_active(open, out),
        WalkAction::Select(span) => offer_labels(open, span),
        WalkAction::FocusField(id) => focus_field(open, id, out),
    };
    if let Some(sentence) = sentence {
        announce_unseen(state, &sentence);
    }
}

/// Starts the review with the least certain, or ends it.
fn toggle_review(state: &mut State, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    if open.reviewing {
        open.reviewing = false;
        open.popover = None;
        out.effect(Effect::Focus(target_after_closing(open)));
        return announce_unseen(state, "The review has ended");
    }
    let first = lists::unchecked(&open.listed()).first().map(|a| a.id.clone());
    let Some(first) = first else {
        return announce(state, "Everything is checked");
    };
    open.reviewing = true;
    open.bottom_sheet_open = false;
    if let Some(description) = go_on_to(open, first, out) {
        announce_unseen(state, &format!("Review, the least certain first. {description}"));
    }
}

/// A double-clicked word gets the label that is kept.
fn mark_word(open: &mut Open, span: Span, out: &mut Outcome) {
    let marked = open.shown.annotations.iter().any(|a| a.span == span && open.is_visible(a));
    if let Some(label) = open.last_label.filter(|_| open.keeps_label && !marked && !open.partial) {
        open.popover = Some(Popover::New(span));
        out.follow_up(EditAction::SetLabel(label));
    }
}

/// Opens the innermost annotation of a stack; if its popover is open already, the next one outwards.
fn open_innermost(open: &mut Open, stack: Vec<AnnotationId>, out: &mut Outcome) -> Option<String> {
    let stack: Vec<_> = stack.into_iter().filter(|id| is_shown(open, id)).collect();
    let current = open.card().and_then(|card| stack.iter().position(|id| *id == card.id));
    let next = current.map_or(0, |at| (at + 1) % stack.len().max(1));
    let id = stack.get(next).cloned()?;
    open_card(open, id, stack, out)
}

fn go_to_annotation(
    open: &mut Open,
    id: AnnotationId,
    with_popover: bool,
    out: &mut Outcome,
) -> Option<String> {
    reveal_annotation(open, &id);
    if !is_shown(open, &id) {
        return None;
    }
    open.bottom_sheet_open = false;
    open.popover = None;
    open.active = Some(id.clone());
    match with_popover {
        true => open_card_at(open, id, out),
        false => focus_annotation(open, id, out),
    }
}

/// Goes to the annotation around (or inside) the active one; an open popover goes along.
fn go_through_stack(open: &mut Open, outwards: bool, out: &mut Outcome) -> Option<String> {
    let id = open.active.clone()?;
    let stack = stack_at(open, &id);
    let at = stack.iter().position(|s| s == &id).unwrap_or(0);
    let next = if outwards { at + 1 } else { at.wrapping_sub(1) };
    let id = stack.get(next).cloned()?;
    match open.card() {
        Some(_) => open_card(open, id, stack, out),
        None => focus_annotation(open, id, out),
    }
}

fn open_active(open: &mut Open, out: &mut Outcome) -> Option<String> {
    let id = open.active.clone().filter(|id| is_shown(open, id))?;
    open_card_at(open, id, out)
}

/// Offers the labels for selected text.
fn offer_labels(open: &mut Open, span: Option<Span>) -> Option<String> {
    let span = span.map(|s| open.shown.text.trim(s)).filter(|s| !s.is_empty());
    match span.filter(|_| !open.partial) {
        Some(span) => {
            let text = words::quoted(open.shown.text.slice(span), 60);
            open.popover = Some(Popover::New(span));
            // Keys are about the selected words now, and the walk goes on from there.
            open.active = None;
            open.hovered = None;
            open.place = span.start();
            Some(format!("Selected {text}. A digit marks it."))
        }
        None => {
            if matches!(open.popover, Some(Popover::New(_))) {
                open.popover = None;
            }
            None
        }
    }
}

fn focus_field(open: &mut Open, id: &'static str, out: &mut Outcome) -> Option<String> {
    let mut sentence = None;
    if open.card().is_none()
        && let Some(active) = open.active.clone()
    {
        sentence = open_card_at(open, active, out);
    }
    if open.card().is_some() {
        out.effect(Effect::Focus(Target::Id(id)));
    }
    sentence
}

/// The next annotation, round the end: in the order of the text, or of the review.
fn neighbour(open: &Open, back: bool, unreviewed: bool) -> Option<AnnotationId> {
    if unreviewed {
        let mut order = unchecked_from_here(open);
        let next = if back { order.pop() } else { order.into_iter().next() };
        let here = || open.active.clone().filter(|id| is_unchecked(open, id));
        return next.or_else(here);
    }
    let wanted = |a: &&Annotation| open.is_visible(a);
    let all = &open.shown.annotations;
    let at = open.active.as_ref().and_then(|id| all.iter().position(|a| &a.id == id));
    let found = match (at, back) {
        (Some(at), false) => all[at + 1..].iter().chain(&all[..at]).find(wanted),
        (Some(at), true) => all[at + 1..].iter().chain(&all[..at]).rev().find(wanted),
        (None, _) => {
            let at = all.partition_point(|a| a.span.start() < open.place);
            let mut round = all[at..].iter().chain(&all[..at]);
            if back { round.rfind(wanted) } else { round.find(wanted) }
        }
    };
    found.map(|a| a.id.clone())
}

fn is_unchecked(open: &Open, id: &AnnotationId) -> bool {
    is_shown(open, id) && open.shown.annotation(id).is_some_and(|a| a.status == Status::Machine)
}
