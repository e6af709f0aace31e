//! Suggestions of the reader's own labels: asked for when the document changes, walked, taken, refused.

use std::rc::Rc;

use super::announce::{announce, announce_still_reading};
use super::apply_edit::{AfterEdit, Plan, carry_out};
use super::outcome::Outcome;
use crate::action::SuggestAction;
use crate::effect::Effect;
use crate::protocol::{SuggestionRow, ToEngine};
use crate::state::{Open, State};
use crate::words::{counted, quoted};
use galley_engine::document::{Annotation, Body, Confidence, Document, Label, Status, Suggestion};
use galley_engine::edits::Edit;
use galley_formats::galley_json;

pub(super) fn handle_action(state: &mut State, action: SuggestAction, out: &mut Outcome) {
    match action {
        SuggestAction::Found { key, suggestions, labels } => {
            state.learning.suggesting = false;
            state.learning.labels = labels;
            if let Some(open) = state.open.as_mut().filter(|open| open.key == key) {
                take_suggestions(open, suggestions);
            }
        }
        SuggestAction::Step { back } => step(state, back, out),
        SuggestAction::Show(at) => show(state, at, out),
        SuggestAction::PointAt(byte) => {
            let at = state.open.as_ref().and_then(|open| {
                let holds = |s: &Suggestion| s.span.contains_offset(byte);
                open.suggestions.iter().position(holds)
            });
            if let Some(at) = at {
                show(state, at, out);
            }
        }
        SuggestAction::Answer { at, taken } => answer(state, at, taken, out),
        SuggestAction::TakeSure => take_sure(state, out),
        SuggestAction::Everywhere => {
            state.learning.everywhere = None;
            let collection = state.shelf.collection.clone();
            out.effect(Effect::GatherForSuggestions(collection));
        }
        SuggestAction::GatheredEverywhere(documents) => {
            if state.engine.is_ready() {
                announce(state, "Looking through your documents…");
                out.effect(Effect::PostEngine(ToEngine::SuggestEverywhere { documents }));
            }
        }
        SuggestAction::FoundEverywhere(rows) => {
            let all: u32 = rows.iter().map(|row| row.suggestions).sum();
            let found = counted(all as usize, "suggestion");
            announce(state, &format!("{found} in {}", counted(rows.len(), "document")));
            state.learning.everywhere = Some(rows);
        }
    }
}

/// Asks for suggestions anew when the open document, or what was learned, has changed since.
pub(super) fn follow(state: &mut State, out: &mut Outcome) {
    let learning = &mut state.learning;
    let Some(open) = state.open.as_mut().filter(|open| !open.partial) else {
        return;
    };
    if learning.off {
        open.suggestions.clear();
        open.suggested_for = None;
        return;
    }
    let is_new = !open.suggested_for.as_ref().is_some_and(|d| Rc::ptr_eq(d, &open.shown));
    if is_new {
        drop_answered(open);
    }
    let wanted = is_new || learning.taught;
    if !wanted || learning.suggesting || !state.engine.is_ready() {
        return;
    }
    open.suggested_for = Some(open.shown.clone());
    learning.taught = false;
    if learning.labels.is_empty() && !open.shown.annotations.iter().any(is_own_decision) {
        open.suggestions.clear();
        return;
    }
    let Ok(json) = galley_json::write(&open.shown, false) else {
        return;
    };
    learning.suggesting = true;
    out.effect(Effect::PostEngine(ToEngine::Suggest { key: open.key.clone(), json }));
}

fn is_own_decision(a: &Annotation) -> bool {
    a.status != Status::Machine
        && matches!(&a.body, Body::Entity(e) if matches!(e.label, Label::Custom(_)))
}

/// A person has decided about the words meanwhile.
fn is_answered(document: &Document, suggestion: &Suggestion) -> bool {
    let over = |a: &&Annotation| a.span.overlaps(suggestion.span);
    document.annotations.iter().filter(over).any(|a| match &a.body {
        Body::Entity(e) if a.status == Status::Rejected => e.label == suggestion.label,
        Body::Entity(_) => a.status != Status::Machine,
        Body::Date(_) => a.status != Status::Rejected,
        Body::Quote(_) => false,
    })
}

fn drop_answered(open: &mut Open) {
    let shown = open.shown.clone();
    keep_current(open, |all| all.retain(|s| !is_answered(&shown, s)));
}

/// Changes the suggestions; the one that is shown stays so if it is still there.
fn keep_current(open: &mut Open, change: impl FnOnce(&mut Vec<Suggestion>)) {
    let current = open.suggestion().cloned();
    change(&mut open.suggestions);
    let same =
        |s: &Suggestion| current.as_ref().is_some_and(|c| (c.span, c.label) == (s.span, s.label));
    let last = open.suggestions.len().saturating_sub(1);
    let at = open.suggestions.iter().position(same);
    open.suggestion_index = at.unwrap_or(open.suggestion_index.min(last));
}

fn take_suggestions(open: &mut Open, rows: Vec<SuggestionRow>) {
    let shown = open.shown.clone();
    let make = |row: SuggestionRow| {
        Some(Suggestion {
            span: shown.text.span(row.start as usize, row.end as usize)?,
            label: Label::named(&row.label)?,
            confidence: Confidence::from_permille(row.permille),
            reason: row.reason,
        })
    };
    let all: Vec<Suggestion> = rows.into_iter().filter_map(make).collect();
    keep_current(open, |old| *old = all);
    drop_answered(open);
}

fn step(state: &mut State, back: bool, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    let count = open.suggestions.len();
    if count == 0 {
        return announce(state, "There are no suggestions");
    }
    // The first key press shows the one that the bar already names.
    let at = match (open.suggestion_shown, back) {
        (false, _) => open.suggestion_index,
        (true, false) => (open.suggestion_index + 1) % count,
        (true, true) => (open.suggestion_index + count - 1) % count,
    };
    show(state, at, out);
}

fn show(state: &mut State, at: usize, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let Some(span) = open.suggestions.get(at).map(|s| s.span) else { return };
    (open.suggestion_index, open.suggestion_shown) = (at, true);
    open.popover = None;
    out.effect(Effect::ShowSpan(span));
    let said = describe(open);
    announce(state, &said);
}

/// "Delta Union: Union? 83 %, like Acme Union. 2 of 5".
fn describe(open: &Open) -> String {
    let Some(suggestion) = open.suggestion() else {
        return "There are no more suggestions".to_owned();
    };
    format!(
        "{}: {}? {} %, {}. {} of {}",
        quoted(open.shown.text.slice(suggestion.span), 60),
        suggestion.label.title(),
        suggestion.confidence.permille() / 10,
        open.suggestion_reason().unwrap_or_default(),
        open.suggestion_index + 1,
        open.suggestions.len()
    )
}

/// The edit that takes a suggestion, in the place of what the machine had marked there, or refuses it.
fn plan_answer(open: &Open, suggestion: &Suggestion, taken: bool, fresh: usize) -> Vec<Edit> {
    let mut edits = Vec::new();
    if taken {
        let machine = open.shown.annotations.iter().filter(|a| {
            a.status == Status::Machine
                && matches!(a.body, Body::Entity(_))
                && a.span.overlaps(suggestion.span)
        });
        edits.extend(machine.map(|a| Edit::Reject(a.id.clone())));
    }
    if let Some(id) = open.log.fresh_ids(fresh + 1).pop() {
        edits.push(Edit::Answer { id, suggestion: suggestion.clone(), taken });
    }
    edits
}

fn answer(state: &mut State, at: Option<usize>, taken: bool, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    if open.partial {
        return announce_still_reading(state);
    }
    let at = at.unwrap_or(open.suggestion_index);
    let Some(suggestion) = open.suggestions.get(at).cloned() else { return };
    let words = quoted(open.shown.text.slice(suggestion.span), 60);
    let label = suggestion.label.title();
    let said = match taken {
        true => format!("{words} is marked: {label}"),
        false => format!("{words} is not: {label}"),
    };
    let edits = plan_answer(open, &suggestion, taken, 0);
    carry_out(state, Plan::edit(Edit::Batch(edits), said.clone(), AfterEdit::Stay), out);
    let Some(open) = &mut state.open else { return };
    drop_answered(open);
    let left = open.suggestions.len();
    if let Some(next) = open.suggestion().filter(|_| open.suggestion_shown) {
        out.effect(Effect::ShowSpan(next.span));
    }
    let next = if left == 0 {
        "No more suggestions".to_owned()
    } else {
        format!("Next: {}", describe(open))
    };
    super::announce::announce_change(state, &said, Some(&next), true);
}

/// Takes all that are sure, as one edit.
fn take_sure(state: &mut State, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    if open.partial {
        return announce_still_reading(state);
    }
    let sure: Vec<&Suggestion> = open.sure_suggestions().collect();
    let edits: Vec<Edit> =
        sure.iter().enumerate().flat_map(|(n, s)| plan_answer(open, s, true, n)).collect();
    if sure.is_empty() {
        return announce(state, "None of the suggestions is surer than 90 %");
    }
    let said = format!("{} taken", counted(sure.len(), "suggestion"));
    carry_out(state, Plan::edit(Edit::Batch(edits), said, AfterEdit::Stay), out);
    if let Some(open) = &mut state.open {
        drop_answered(open);
    }
}
