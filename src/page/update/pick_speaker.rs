//! Picking a speaker in the text: meanwhile a click on a name, or selected words, say who speaks.

use super::announce::announce;
use super::apply_edit::{self, Plan};
use super::focus::{open_card_at, stack_at};
use super::outcome::Outcome;
use super::speaker;
use crate::action::{Action, FilesAction, PopoverAction, WalkAction};
use crate::effect::{Effect, Target};
use crate::state::{Open, State};
use galley_engine::document::{AnnotationId, Body};
use galley_engine::text::Span;

/// True for actions of a person that are about something else, so that picking ends.
pub(super) fn is_ended_by(action: &Action) -> bool {
    match action {
        Action::Walk(walk) => match walk {
            WalkAction::Point(_)
            | WalkAction::Step { .. }
            | WalkAction::Outer
            | WalkAction::Inner
            | WalkAction::OpenActive
            | WalkAction::Select(_)
            | WalkAction::Hover(_)
            | WalkAction::DoubleClick(_) => false,
            WalkAction::Go(..) | WalkAction::FocusField(_) | WalkAction::ToggleReview => true,
        },
        Action::Popover(popover) => match popover {
            PopoverAction::PickSpeaker | PopoverAction::LeaveField(..) => false,
            PopoverAction::ToggleMergeList
            | PopoverAction::ToggleOccurrences
            | PopoverAction::Tick(_)
            | PopoverAction::ToggleUnit
            | PopoverAction::Type(..)
            | PopoverAction::ToggleScope
            | PopoverAction::ToggleKeep
            | PopoverAction::ToggleEdge
            | PopoverAction::SetEdge(_)
            | PopoverAction::TypeEdge(_)
            | PopoverAction::StepEdge(_)
            | PopoverAction::DragBoundary { .. }
            | PopoverAction::DropBoundary(_) => true,
        },
        Action::Caret(_) | Action::Panel(_) | Action::Filter(_) | Action::Edit(_) => true,
        Action::Files(files) => matches!(files, FilesAction::DownloadGalley),
        Action::Read(_)
        | Action::Storage(_)
        | Action::Shelf(_)
        | Action::Queue(_)
        | Action::Backup(_)
        | Action::Page(_)
        | Action::Keyboard(_)
        | Action::Dialog(_)
        | Action::Learn(_)
        | Action::Search(_) => false,
    }
}

/// Ends picking.
pub(super) fn end_picking(state: &mut State) {
    if let Some(open) = &mut state.open {
        open.picking_speaker = None;
    }
}

/// Starts picking a speaker for the active quote, or stops it.
pub(super) fn toggle_picking(state: &mut State, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let sentence = match open.picking_speaker.take() {
        Some(quote) => {
            open_card_at(open, quote, out);
            "No speaker was picked"
        }
        None => match active_quote(open) {
            Some(quote) => {
                open.popover = None;
                out.effect(Effect::Focus(Target::Mark(quote.clone())));
                open.active = Some(quote.clone());
                open.picking_speaker = Some(quote);
                open.bottom_sheet_open = false;
                "Pick the speaker: click a name in the text, or go to it and press Enter. Escape cancels."
            }
            None => "Only quotes have a speaker",
        },
    };
    announce(state, sentence);
}

fn active_quote(open: &Open) -> Option<AnnotationId> {
    let id = open.card().map(|c| &c.id).or(open.active.as_ref())?;
    let a = open.shown.annotation(id)?;
    (open.is_present(id) && matches!(a.body, Body::Quote(_))).then(|| id.clone())
}

/// The speaker is the innermost entity of these annotations.
pub(super) fn from_marks(state: &mut State, stack: &[AnnotationId], out: &mut Outcome) {
    set_speaker(state, out, |open, quote| speaker::set_from_marks(open, quote, stack));
}

/// The speaker is the active annotation.
pub(super) fn from_active(state: &mut State, out: &mut Outcome) {
    set_speaker(state, out, |open, quote| {
        let stack = open.active.as_ref().map(|id| stack_at(open, id));
        speaker::set_from_marks(open, quote, &stack.unwrap_or_default())
    });
}

/// The speaker is named by these words.
pub(super) fn from_text(state: &mut State, span: Span, out: &mut Outcome) {
    set_speaker(state, out, |open, quote| speaker::set_from_text(open, quote, span));
}

fn set_speaker(
    state: &mut State,
    out: &mut Outcome,
    plan: impl FnOnce(&Open, &AnnotationId) -> Option<Plan>,
) {
    let Some(open) = &mut state.open else { return };
    let Some(quote) = open.picking_speaker.clone() else {
        return;
    };
    match plan(open, &quote) {
        Some(plan) => {
            open.picking_speaker = None;
            open_card_at(open, quote, out);
            out.effect(Effect::ClearSelection);
            apply_edit::carry_out(state, plan, out);
        }
        None => announce(state, "There is no name there. Click a name, or select the words."),
    }
}
