//! The page as a whole: Escape, the start view, the notice, the colour scheme.

use super::announce::{announce, announce_unseen, show_info};
use super::focus::{row_of_list, target_after_closing};
use super::jobs;
use super::outcome::Outcome;
use super::saving::keep_digest;
use crate::action::{DialogAction, KeyboardAction, LearnAction, PageAction, PopoverAction, Scheme};
use crate::effect::{Effect, Target};
use crate::state::{Open, Popover, Search, State};
use galley_engine::document::{Annotation, Body};
use galley_engine::edits::boundaries;

pub(super) fn handle_action(state: &mut State, action: PageAction, out: &mut Outcome) {
    match action {
        PageAction::CloseDocument => close_document(state, out),
        PageAction::Escape => close_innermost(state, out),
        PageAction::CloseNotice => state.notice = None,
        PageAction::HideToast(number) => {
            if state.toast.as_ref().is_some_and(|t| t.number == number) {
                state.toast = None;
            }
        }
        PageAction::CloseHints => {
            state.hints_seen = true;
            out.effect(Effect::StoreSetting("hints", Some("seen".to_owned())));
        }
        PageAction::HintsSeen => state.hints_seen = true,
        PageAction::NextScheme => {
            let scheme = state.scheme.next();
            announce_unseen(state, &format!("Colours: {}", scheme.name()));
            set_scheme(state, scheme, out);
        }
        PageAction::SetScheme(scheme) => set_scheme(state, scheme, out),
        PageAction::Announce(sentence) => announce(state, &sentence),
        PageAction::Tell(sentence) => show_info(state, &sentence),
    }
}

fn set_scheme(state: &mut State, scheme: Scheme, out: &mut Outcome) {
    state.scheme = scheme;
    out.effect(Effect::SetScheme(scheme));
}

fn close_document(state: &mut State, out: &mut Outcome) {
    jobs::cancel_job(state, out);
    keep_digest(state, out);
    state.open = None;
    state.notice = None;
    // It was about this document.
    state.toast = None;
    out.effect(Effect::Remember(None));
    out.effect(Effect::ListDocuments);
    out.effect(Effect::Focus(Target::Id("paste")));
    // The next article is read with what this one taught.
    out.follow_up(LearnAction::Start);
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
            announce_unseen(state, "The caret is off");
        }
    }
}

/// Closes the innermost thing that is open in the document; true if that is the caret.
fn close_innermost_of(open: &mut Open, out: &mut Outcome) -> bool {
    if let Some(card) = open.card_mut()
        && (card.merge_list_open
            || card.occurrences.is_some()
            || card.preview.is_some()
            || card.edge.is_some())
    {
        card.edge = None;
        card.merge_list_open = false;
        card.occurrences = None;
        card.preview = None;
        out.effect(Effect::Focus(Target::Popover));
        return false;
    }
    let mut caret_closed = false;
    let popover = open.popover.take();
    // What stays selected would be dragged by the next try at selecting.
    if matches!(popover, Some(Popover::New(_))) && !open.caret {
        out.effect(Effect::ClearSelection);
    }
    open.reviewing &= popover.is_none();
    if popover.is_none() {
        if let Some(list) = open.name_list.take() {
            out.effect(Effect::Focus(row_of_list(&list)));
            return false;
        }
        if let Some(search) = open.search.take() {
            stay_at_hit(open, &search);
        } else {
            open.hovered = None;
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

/// After a search the reader is where its hit is: at the annotation there, or at the words.
fn stay_at_hit(open: &mut Open, search: &Search) {
    let Some(&hit) = search.hits.get(search.at) else {
        return;
    };
    // A quote is what was searched for only when no more than it was found.
    let means = |a: &&Annotation| !matches!(a.body, Body::Quote(_)) || hit.contains(a.span);
    let over = open.shown.annotations.iter().filter(|a| a.span.overlaps(hit));
    let over = over.filter(|a| open.is_visible(a)).filter(means).min_by_key(|a| a.span.len());
    open.active = over.map(|a| a.id.clone());
    open.place = hit.start();
    // Words that are not marked yet and were gone to are probably to be marked.
    if open.active.is_none() && search.stepped && !open.partial {
        let words = boundaries::snap_to_words(&open.shown.text, hit);
        open.popover = words.map(Popover::New);
    }
}
