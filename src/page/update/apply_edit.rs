//! Carries out an edit: it goes through the log, is announced, and is saved at once.

use super::announce::{announce, announce_change, announce_unseen};
use super::focus::{
    focus_annotation, go_on_to, is_shown, open_card_at, target_after_closing, unchecked_from_here,
};
use super::outcome::Outcome;
use super::saving::save_edits;
use super::{compare, elsewhere};
use crate::effect::{Effect, Target};
use crate::state::{Open, Popover, State};
use galley_engine::document::{AnnotationId, Status};
use galley_engine::edits::Edit;

/// What an action comes to.
pub(super) enum Plan {
    /// There is nothing to do.
    Nothing,
    /// It cannot be done, for this reason.
    Refuse(String),
    /// Nothing changes, but the person goes on.
    GoOn(String),
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
    /// What nobody has checked comes next.
    GoOn,
    /// The new annotation gets the focus.
    FocusNew(AnnotationId),
    /// The popover of the new annotation opens.
    OpenNew(AnnotationId),
    /// The text gets the focus where it is.
    FocusText,
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
            Plan::Nothing | Plan::Refuse(_) | Plan::GoOn(_) => self,
        }
    }
}

/// Does what was planned, announces it and saves.
pub(super) fn carry_out(state: &mut State, plan: Plan, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    match plan {
        Plan::Nothing => {}
        Plan::Refuse(why) => announce_refusal(state, why),
        Plan::GoOn(sentence) => {
            let next = unchecked_from_here(open);
            let focused = go_on(open, next, out);
            announce_change(state, &sentence, focused.as_deref(), false);
        }
        Plan::Edit { edit, sentence, then } => {
            let next = match then {
                AfterEdit::GoOn => unchecked_from_here(open),
                _ => Vec::new(),
            };
            let name = elsewhere::corrected_name(&open.shown, &edit);
            match open.log.apply(*edit) {
                Ok(()) => {
                    open.refresh();
                    let here = (open.key.clone(), open.log.cursor());
                    let focused = settle_focus(open, then, next, out);
                    announce_change(state, &sentence, focused.as_deref(), true);
                    save_edits(state, out);
                    compare::refresh_if_shown(state);
                    elsewhere::note(state, name, here, out);
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
    next: Vec<AnnotationId>,
    out: &mut Outcome,
) -> Option<String> {
    if let Some(card) = open.card_mut() {
        card.error = None;
        card.merge_list_open = false;
        card.occurrences = None;
        card.preview = None;
        card.edge = None;
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
        AfterEdit::FocusText => {
            open.popover = None;
            out.effect(Effect::Focus(target_after_closing(open)));
            None
        }
        AfterEdit::GoOn => go_on(open, next, out),
        AfterEdit::FocusRow(id) => {
            out.effect(Effect::Focus(Target::Row(id)));
            None
        }
        AfterEdit::FocusNew(id) => {
            open.popover = None;
            out.effect(Effect::ClearSelection);
            focus_annotation(open, id, out)
        }
        AfterEdit::OpenNew(id) => {
            open.popover = None;
            out.effect(Effect::ClearSelection);
            open_card_at(open, id, out)
        }
    }
}

/// Goes on to the first of these that is still to be checked.
fn go_on(open: &mut Open, next: Vec<AnnotationId>, out: &mut Outcome) -> Option<String> {
    let unchecked = |id: &AnnotationId| {
        is_shown(open, id) && open.shown.annotation(id).is_some_and(|a| a.status == Status::Machine)
    };
    let next = next.into_iter().find(unchecked);
    match next {
        Some(id) => go_on_to(open, id, out),
        None => {
            open.popover = None;
            open.reviewing = false;
            out.effect(Effect::Focus(target_after_closing(open)));
            Some("Everything is checked".to_owned())
        }
    }
}

/// Says why not: in the popover if it is open, and aloud.
fn announce_refusal(state: &mut State, mut why: String) {
    if let Some(first) = why.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    match state.open.as_mut().and_then(Open::card_mut) {
        // The popover shows it.
        Some(card) => {
            card.error = Some(why.clone());
            announce_unseen(state, &why);
        }
        None => announce(state, &why),
    }
}

/// Undoes (or redoes) one edit.
pub(super) fn undo_or_redo(state: &mut State, undo: bool, out: &mut Outcome) {
    elsewhere::undo_with(state, undo, out);
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
