//! Edits of the document: each action becomes a plan, which is then carried out.

use std::rc::Rc;

use super::announce::{announce_still_reading, show_trouble};
use super::apply_edit::{AfterEdit, Plan, carry_out, undo_or_redo};
use super::edit_plans as plans;
use super::focus::current_annotation;
use super::jobs;
use super::new_annotation::{self, NewAnnotation};
use super::outcome::Outcome;
use super::{draft, speaker};
use crate::action::EditAction;
use crate::state::{Open, Popover, Purpose, State};
use crate::words;
use galley_engine::calendar::Stamp;
use galley_engine::document::{Annotation, AnnotationId, Body, Label, QuoteBody};
use galley_engine::edits::Edit;

pub(super) fn handle_action(state: &mut State, action: EditAction, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let selected = match open.popover {
        Some(Popover::New(span)) => Some(span),
        Some(Popover::Card(_)) | None => None,
    };
    // Of selected text, else of the current annotation, which becomes one of another kind.
    let plan_new = |open: &Open, new: NewAnnotation| match selected {
        Some(span) => new_annotation::plan_new(open, span, new),
        None => plan_for_current(open, |open, a| new_annotation::plan_other_kind(open, a, new)),
    };
    let plan = match action {
        EditAction::SetPublished(typed) => return set_published(state, &typed, out),
        _ if open.partial => return announce_still_reading(state),
        EditAction::Undo => return undo_or_redo(state, true, out),
        EditAction::Redo => return undo_or_redo(state, false, out),
        EditAction::NameSpeaker(name) if selected.is_none() => {
            return draft::name_speaker(state, &name, out);
        }
        EditAction::OnlyThisOne(id, label) => return relabel_only(state, id, label, out),
        EditAction::AddDate => plan_new(open, NewAnnotation::Date),
        EditAction::AddQuote => plan_new(open, NewAnnotation::Quote),
        EditAction::SetTitle(title) => plans::set_title(open, title.trim()),
        EditAction::MarkFound(label) => plans::mark_found(open, label),
        EditAction::AcceptSure => plans::accept_sure(open),
        EditAction::SetLabel(label) if selected.is_some() => {
            open.last_label = Some(label);
            plan_new(open, NewAnnotation::Entity(label))
        }
        // While text is selected, no annotation is active.
        _ if selected.is_some() => Plan::Nothing,
        EditAction::Restore(id) => plans::restore_annotation(open, id),
        EditAction::AcceptEntity(id) => plans::accept_entity(open, &id),
        EditAction::ApplyToTicked { reject } => plans::apply_to_ticked(open, reject),
        EditAction::Accept => {
            let then = if open.reviewing { AfterEdit::GoOn } else { AfterEdit::ClosePopover };
            plan_for_current(open, |open, a| plans::accept_annotation(open, a, then))
        }
        EditAction::AcceptAndGoOn => {
            plan_for_current(open, |open, a| plans::accept_annotation(open, a, AfterEdit::GoOn))
        }
        EditAction::AcceptMentions => plan_for_current(open, plans::accept_mentions),
        EditAction::Reject => plan_for_current(open, plans::reject_annotation),
        EditAction::Split => plan_for_current(open, plans::split_mention),
        EditAction::SetLabel(label) => {
            return relabel(state, label, out);
        }
        EditAction::MoveBoundary(edge, step) => {
            plan_for_current(open, |open, a| plans::move_boundary(open, a, edge, step))
        }
        EditAction::Rename(name) => {
            plan_for_current(open, |open, a| plans::rename_entity(open, a, name.trim()))
        }
        EditAction::Merge(into) => {
            plan_for_current(open, |open, a| plans::merge_entity(open, a, into))
        }
        EditAction::SetDate(typed) => {
            plan_for_current(open, |open, a| plans::set_date(open, a, &typed))
        }
        EditAction::PickAlternative(at) => {
            plan_for_current(open, |open, a| plans::pick_alternative(open, a, at))
        }
        EditAction::SetSpeaker(entity) => {
            plan_for_quote(open, |open, a, q| speaker::set_entity(open, a.id.clone(), q, entity))
        }
        EditAction::NameSpeaker(_) => Plan::Nothing,
        EditAction::PickSpeaker(at) => plan_for_quote(open, |open, a, q| {
            match open.offered_speakers(&a.id).get(at).map(|e| e.id.clone()) {
                Some(entity) => speaker::set_entity(open, a.id.clone(), q, Some(entity)),
                None => Plan::Nothing,
            }
        }),
        EditAction::SetQuoteKind(kind) => {
            plan_for_quote(open, |_, a, q| plans::set_quote_kind(a, q, kind))
        }
    };
    carry_out(state, plan, out);
}

fn plan_for_current(open: &Open, plan: impl FnOnce(&Open, &Annotation) -> Plan) -> Plan {
    current_annotation(open).map_or(Plan::Nothing, |a| plan(open, a))
}

fn plan_for_quote(open: &Open, plan: impl FnOnce(&Open, &Annotation, &QuoteBody) -> Plan) -> Plan {
    plan_for_current(open, |open, a| match &a.body {
        Body::Quote(quote) => plan(open, a, quote),
        Body::Entity(_) | Body::Date(_) => Plan::Nothing,
    })
}

/// Another label for the current annotation, and what a toast offers after it.
fn relabel(state: &mut State, label: Label, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    let Some(a) = current_annotation(open) else {
        return;
    };
    let id = a.id.clone();
    let plan = match &a.body {
        Body::Entity(_) => plans::relabel_entity(open, a, label),
        Body::Date(_) | Body::Quote(_) => {
            new_annotation::plan_other_kind(open, a, NewAnnotation::Entity(label))
        }
    };
    let others = plans::mentions_changed(open, a) > 1;
    let done = open.log.cursor();
    carry_out(state, plan, out);
    let changed = state.open.as_ref().is_some_and(|o| o.log.cursor() != done);
    if let Some(toast) = state.toast.as_mut().filter(|_| others && changed) {
        toast.only_this = Some((id, label));
    }
}

/// Takes the last relabelling back and does it to one mention alone.
fn relabel_only(state: &mut State, id: AnnotationId, label: Label, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    if !open.log.undo() {
        return;
    }
    open.refresh();
    let words = open.shown.annotation(&id).map(|a| open.shown.text.slice(a.span));
    let words = words::quoted(words.unwrap_or_default(), 60);
    let edit = Edit::Relabel { id, label, whole_entity: false };
    let sentence = format!("Only this one: {words} is now {}", label.title());
    carry_out(state, Plan::edit(edit, sentence, AfterEdit::Stay), out);
}

/// Reads the document again with another publication date.
fn set_published(state: &mut State, typed: &str, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    let typed = typed.trim();
    let stamp = Stamp::parse(typed);
    if stamp.is_none() && !typed.is_empty() {
        show_trouble(state, &format!("“{typed}” is not a date. Write it as 2021-07-23."));
        return;
    }
    if open.partial {
        return announce_still_reading(state);
    }
    let same = match (stamp, open.shown.published) {
        (Some(new), Some(old)) => new.day == old.day && new.time.is_none(),
        (new, old) => new == old,
    };
    if !same {
        let text: Rc<str> = Rc::from(open.shown.text.as_str());
        jobs::start_job(state, Purpose::NewDate, text, stamp, out);
    }
}
