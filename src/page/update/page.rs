//! The page as a whole: Escape, the start view, the notice, the colour scheme.

use super::announce::announce;
use super::focus::{row_of_list, target_after_closing};
use super::jobs;
use super::outcome::Outcome;
use crate::action::{DialogAction, KeyboardAction, PageAction, PopoverAction, Scheme};
use crate::effect::{Effect, Target};
use crate::state::{Open, State};

pub(super) fn handle_action(state: &mut State, action: PageAction, out: &mut Outcome) {
    match action {
        PageAction::CloseDocument => close_document(state, out),
        PageAction::Escape => close_innermost(state, out),
        PageAction::CloseNotice => state.notice = None,
        PageAction::NextScheme => {
            let scheme = state.scheme.next();
            announce(state, &format!("Colours: {}", scheme.name()));
            set_scheme(state, scheme, out);
        }
        PageAction::SetScheme(scheme) => set_scheme(state, scheme, out),
        PageAction::Announce(sentence) => announce(state, &sentence),
    }
}

fn set_scheme(state: &mut State, scheme: Scheme, out: &mut Outcome) {
    state.scheme = scheme;
    out.effect(Effect::SetScheme(scheme));
}

fn close_document(state: &mut State, out: &mut Outcome) {
    jobs::cancel_job(state, out);
    state.open = None;
    state.notice = None;
    out.effect(Effect::Remember(None));
    out.effect(Effect::ListDocuments);
    out.effect(Effect::Focus(Target::Id("paste")));
}

/// Closes the innermost thing that is open.
fn close_innermost(state: &mut State, out: &mut Outcome) {
    if state.keys.asked.is_some() {
        out.follow_up(KeyboardAction::Rebind(None));
    } else if state.dialog.is_some() {
        out.follow_up(DialogAction::Close);
    } else if state.help {
        out.follow_up(KeyboardAction::ToggleHelp);
    } else if let Some(open) = &mut state.open {
        if open.picking_speaker.is_some() {
            out.follow_up(PopoverAction::PickSpeaker);
        } else if close_innermost_of(open, out) {
            announce(state, "The caret is off");
        }
    }
}

/// Closes the innermost thing that is open in the document; true if that is the caret.
fn close_innermost_of(open: &mut Open, out: &mut Outcome) -> bool {
    if let Some(card) = open.card_mut()
        && (card.merge_list_open || card.occurrences.is_some() || card.preview.is_some())
    {
        card.merge_list_open = false;
        card.occurrences = None;
        card.preview = None;
        out.effect(Effect::Focus(Target::Popover));
        return false;
    }
    let mut caret_closed = false;
    if open.popover.take().is_none() {
        if let Some(list) = open.name_list.take() {
            out.effect(Effect::Focus(row_of_list(&list)));
            return false;
        }
        if open.search.take().is_none() {
            open.bottom_sheet_open = false;
            caret_closed = std::mem::take(&mut open.caret);
            if caret_closed {
                out.effect(Effect::ClearSelection);
            }
        }
    }
    out.effect(Effect::Focus(target_after_closing(open)));
    caret_closed
}
