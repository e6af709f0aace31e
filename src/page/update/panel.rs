//! What a person does in the panels: merging and splitting names, speakers, the time axis.

use super::announce::{announce_still_reading, announce_unseen};
use super::apply_edit::{AfterEdit, Plan, carry_out};
use super::focus::{reveal_annotation, row_of_list};
use super::outcome::Outcome;
use super::speaker;
use crate::action::{NameList, PanelAction, Tab};
use crate::effect::{Effect, Target};
use crate::lists;
use crate::state::{Open, State};
use crate::words;
use galley_engine::document::{AnnotationId, Body, EntityId};
use galley_engine::edits::Edit;
use galley_engine::view::axis::Zoom;
use galley_engine::view::context;

pub(super) fn handle_action(state: &mut State, action: PanelAction, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let plan = match action {
        PanelAction::ShowTab(tab) => return show_tab(open, tab),
        PanelAction::ToggleBottomSheet => {
            open.bottom_sheet_open = !open.bottom_sheet_open;
            return;
        }
        PanelAction::ListNames(list) => return list_names(open, list, out),
        PanelAction::SetSureFrom(permille) => {
            open.sure_from = permille.min(1000);
            let n = lists::sure(&open.listed(), open.sure_from).len();
            let sentence = format!("{n} are {}% sure or more", open.sure_from / 10);
            return announce_unseen(state, &sentence);
        }
        PanelAction::FocusSure => {
            open.tab = Tab::Review;
            open.bottom_sheet_open = true;
            out.effect(Effect::Focus(Target::Id("accept-sure")));
            return;
        }
        PanelAction::JumpToMention(entity, back) => {
            if let Some(sentence) = jump_to_mention(open, &entity, back, out) {
                announce_unseen(state, &sentence);
            }
            return;
        }
        PanelAction::ZoomTimeline(zoom) => {
            let sentence = zoom_timeline(open, zoom);
            return announce_unseen(state, &sentence);
        }
        _ if open.partial => return announce_still_reading(state),
        PanelAction::Merge(from, into) => plan_merge(open, from, into),
        PanelAction::MoveMention(id, into) => move_mention(open, id, into),
        PanelAction::SplitMention(id) => split_mention(open, id),
        PanelAction::SetSpeaker(id, entity) => set_speaker(open, id, entity),
    };
    open.name_list = None;
    carry_out(state, plan, out);
}

fn show_tab(open: &mut Open, tab: Tab) {
    // On a small screen a tab also raises the bottom sheet, and the current tab lowers it again.
    open.bottom_sheet_open = !(open.bottom_sheet_open && open.tab == tab);
    open.name_list = None;
    open.tab = tab;
}

fn list_names(open: &mut Open, list: Option<NameList>, out: &mut Outcome) {
    let target = match (&list, &open.name_list) {
        (Some(_), _) => Target::Id("names"),
        (None, Some(before)) => row_of_list(before),
        (None, None) => return,
    };
    open.name_list = list;
    out.effect(Effect::Focus(target));
}

/// The sentence that announces a plan for this annotation begins with its words.
fn quoted_words(open: &Open, id: &AnnotationId) -> Option<String> {
    let span = open.shown.annotation(id)?.span;
    Some(words::quoted(open.shown.text.slice(span), 60))
}

fn plan_merge(open: &Open, from: EntityId, into: EntityId) -> Plan {
    let (Some(old), Some(new)) = (open.shown.entity(&from), open.shown.entity(&into)) else {
        return Plan::Nothing;
    };
    if from == into {
        return Plan::Nothing;
    }
    let sentence = format!("{}: same as {}", old.name, new.name);
    let then = AfterEdit::FocusRow(into.0.clone());
    Plan::edit(Edit::Merge { from, into }, sentence, then)
}

/// Moves one mention to another entity. A mention that is the last takes its entity with it.
fn move_mention(open: &Open, id: AnnotationId, into: EntityId) -> Plan {
    let from = open.shown.annotation(&id).and_then(|a| a.entity()).cloned();
    let (Some(from), Some(new), Some(words)) =
        (from, open.shown.entity(&into), quoted_words(open, &id))
    else {
        return Plan::Nothing;
    };
    if from == into {
        return Plan::Nothing;
    }
    let sentence = format!("{words}: a mention of {}", new.name);
    let then = AfterEdit::FocusRow(into.0.clone());
    if !has_other_mentions(open, &from) {
        return Plan::edit(Edit::Merge { from, into }, sentence, then);
    }
    let entity = open.log.fresh_entity_id();
    let from = entity.clone();
    let both = vec![Edit::Split { id, entity }, Edit::Merge { from, into }];
    Plan::edit(Edit::Batch(both), sentence, then)
}

fn split_mention(open: &Open, id: AnnotationId) -> Plan {
    let own = open.shown.annotation(&id).and_then(|a| a.entity());
    let splittable = own.is_some_and(|entity| has_other_mentions(open, entity));
    let Some(words) = quoted_words(open, &id).filter(|_| splittable) else {
        return Plan::Nothing;
    };
    let entity = open.log.fresh_entity_id();
    let then = AfterEdit::FocusRow(entity.0.clone());
    Plan::edit(Edit::Split { id, entity }, format!("{words} is now a separate entity"), then)
}

fn set_speaker(open: &Open, id: AnnotationId, entity: Option<EntityId>) -> Plan {
    match open.shown.annotation(&id).map(|a| &a.body) {
        Some(Body::Quote(quote)) => {
            let row = id.0.clone();
            speaker::set_entity(open, id, quote, entity).ending_with(AfterEdit::FocusRow(row))
        }
        Some(Body::Entity(_) | Body::Date(_)) | None => Plan::Nothing,
    }
}

fn has_other_mentions(open: &Open, entity: &EntityId) -> bool {
    open.shown.entity(entity).is_some_and(|e| e.mentions.len() > 1)
}

/// Shows the next mention of an entity in the text; after the last comes the first.
fn jump_to_mention(
    open: &mut Open,
    entity: &EntityId,
    back: bool,
    out: &mut Outcome,
) -> Option<String> {
    let shown = open.shown.clone();
    let mentions = &shown.entity(entity)?.mentions;
    let at = open.active.as_ref().and_then(|id| mentions.iter().position(|m| m == id));
    let n = mentions.len();
    let next = match (at, back) {
        (Some(at), true) => (at + n - 1) % n,
        (Some(at), false) => (at + 1) % n,
        (None, true) => n.checked_sub(1)?,
        (None, false) => 0,
    };
    let id = mentions.get(next)?;
    let span = shown.annotation(id)?.span;
    reveal_annotation(open, id);
    open.popover = None;
    open.active = Some(id.clone());
    out.effect(Effect::ShowSpan(span));
    let words = context::words_around(&shown, span, shown.text.slice(span), 5);
    Some(format!("{} of {n}: {words}", next + 1))
}

fn zoom_timeline(open: &mut Open, zoom: Zoom) -> String {
    let (range, all) = {
        let listed = open.listed();
        let dates = lists::timeline(&listed);
        (dates.view(open.time_range), dates.stretches())
    };
    let range = range.zoomed(zoom, &all);
    open.time_range = Some(range);
    range.in_words()
}
