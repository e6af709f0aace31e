//! Carries out an edit: it goes through the log, is announced, and is saved at once.

use super::announce::announce;
use super::compare;
use super::focus::{current_annotation, focus_annotation, next_shown, target_after_closing};
use super::outcome::Outcome;
use super::saving::save_edits;
use crate::effect::{Effect, Target};
use crate::state::{Open, Popover, State};
use galley_engine::document::AnnotationId;
use galley_engine::edits::Edit;
use galley_engine::text::Span;

/// What an action comes to.
pub(super) enum Plan {
    /// There is nothing to do.
    Nothing,
    /// It cannot be done, for this reason.
    Refuse(String),
    /// An edit.
    Edit {
        /// The edit.
        edit: Box<Edit>,
        /// The sentence that announces it.
        sentence: String,
        /// Popover and focus after it.
        then: AfterEdit,
    },
}

/// What happens to the popover and the focus after an edit.
pub(super) enum AfterEdit {
    /// They stay.
    Stay,
    /// The popover closes, its mark gets the focus.
    ClosePopover,
    /// The annotation is gone; the next one gets the focus.
    FocusNext,
    /// The new annotation gets the focus.
    FocusNew(AnnotationId),
    /// The row of this annotation or entity in the panel gets the focus.
    FocusRow(String),
}

impl Plan {
    /// An edit with the sentence that announces it.
    pub(super) fn edit(edit: Edit, sentence: String, then: AfterEdit) -> Plan {
        Plan::Edit { edit: Box::new(edit), sentence, then }
    }

    /// The same plan with another end.
    pub(super) fn ending_with(self, then: AfterEdit) -> Plan {
        match self {
            Plan::Edit { edit, sentence, .. } => Plan::Edit { edit, sentence, then },
            Plan::Nothing | Plan::Refuse(_) => self,
        }
    }
}

/// Does what was planned, announces it and saves.
pub(super) fn carry_out(state: &mut State, plan: Plan, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    match plan {
        Plan::Nothing => {}
        Plan::Refuse(why) => announce_refusal(state, why),
        Plan::Edit { edit, sentence, then } => {
            let span = current_annotation(open).map(|a| a.span);
            match open.log.apply(*edit) {
                Ok(()) => {
                    open.refresh();
                    let focused = settle_focus(open, then, span, out).unwrap_or_default();
                    announce(state, &[sentence, focused].join(". "));
                    save_edits(state, out);
                    compare::refresh_if_shown(state);
                }
                Err(why) => announce_refusal(state, why.to_string()),
            }
        }
    }
}

/// Popover and focus after an edit. The result describes the annotation that is focused, to be announced.
fn settle_focus(
    open: &mut Open,
    then: AfterEdit,
    edited: Option<Span>,
    out: &mut Outcome,
) -> Option<String> {
    if let Some(card) = open.card_mut() {
        card.error = None;
        card.merge_list_open = false;
        card.occurrences = None;
        card.preview = None;
    }
    match then {
        AfterEdit::Stay => {
            if let (None, Some(id)) = (&open.popover, &open.active) {
                out.effect(Effect::Focus(Target::Mark(id.clone())));
            }
            None
        }
        AfterEdit::ClosePopover => {
            open.popover = None;
            out.effect(Effect::Focus(target_after_closing(open)));
            None
        }
        AfterEdit::FocusNext => {
            open.popover = None;
            match edited.and_then(|span| next_shown(open, span)) {
                Some(id) => focus_annotation(open, id, out),
                None => {
                    open.active = None;
                    out.effect(Effect::Focus(Target::Article));
                    None
                }
            }
        }
        AfterEdit::FocusRow(id) => {
            out.effect(Effect::Focus(Target::Row(id)));
            None
        }
        AfterEdit::FocusNew(id) => {
            open.popover = None;
            out.effect(Effect::ClearSelection);
            focus_annotation(open, id, out)
        }
    }
}

/// Says why not: in the popover if it is open, and aloud.
fn announce_refusal(state: &mut State, mut why: String) {
    if let Some(first) = why.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if let Some(card) = state.open.as_mut().and_then(Open::card_mut) {
        card.error = Some(why.clone());
    }
    announce(state, &why);
}

/// Undoes (or redoes) one edit.
pub(super) fn undo_or_redo(state: &mut State, undo: bool, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let done = if undo { open.log.undo() } else { open.log.redo() };
    if !done {
        announce(state, if undo { "Nothing to undo" } else { "Nothing to redo" });
        return;
    }
    if matches!(open.popover, Some(Popover::New(_))) {
        open.popover = None;
    }
    let had_popover = open.popover.is_some();
    open.refresh();
    if had_popover && open.popover.is_none() {
        out.effect(Effect::Focus(target_after_closing(open)));
    }
    announce(state, if undo { "Undone" } else { "Redone" });
    save_edits(state, out);
    compare::refresh_if_shown(state);
}
