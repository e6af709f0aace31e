//! `update(state, action) -> effects`: the whole behaviour of the page, without a browser.
//!
//! Each area of [`Action`] has one handler. A handler changes the state, adds effects, and hands what belongs to
//! another area back as a follow-up action; no handler calls another one. What several of them need (announcing,
//! focus, saving, jobs, carrying out an edit) is in leaf modules that know no handler.

mod announce;
mod apply_edit;
mod compare;
mod digests;
mod download;
mod draft;
mod edit_plans;
mod elsewhere;
mod focus;
mod jobs;
mod new_annotation;
mod outcome;
mod pick_speaker;
mod revise;
mod saving;
mod speaker;
mod word_list;

mod change;

mod backup;
mod caret;
mod dialog;
mod edit;
mod files;
mod filter;
mod keyboard;
mod learn;
mod page;
mod panel;
mod popover;
mod queue;
mod read;
mod search;
mod shelf;
mod storage;
mod suggest;
mod walk;

use std::collections::VecDeque;

use super::action::Action;
use super::effect::Effect;
use super::state::State;
use outcome::Outcome;

/// Takes one action and all that follows from it. Total: an action that makes no sense now changes nothing.
pub fn update(state: &mut State, action: impl Into<Action>) -> Vec<Effect> {
    let action = action.into();
    if pick_speaker::is_ended_by(&action) {
        pick_speaker::end_picking(state);
    }
    let mut effects = Vec::new();
    let mut first = Outcome::default();
    let goes_on = draft::finish_before(state, &action, &mut first);
    effects.append(&mut first.effects);
    if !goes_on {
        return effects;
    }
    let mut waiting = VecDeque::from([action]);
    while let Some(action) = waiting.pop_front() {
        let mut out = Outcome::default();
        handle_action(state, action, &mut out);
        effects.append(&mut out.effects);
        waiting.extend(out.follow_ups);
    }
    // What is suggested follows from the document, whatever changed it.
    let mut out = Outcome::default();
    suggest::follow(state, &mut out);
    effects.append(&mut out.effects);
    effects
}

fn handle_action(state: &mut State, action: Action, out: &mut Outcome) {
    match action {
        Action::Read(action) => read::handle_action(state, action, out),
        Action::Files(action) => files::handle_action(state, action, out),
        Action::Storage(action) => storage::handle_action(state, action, out),
        Action::Shelf(action) => shelf::handle_action(state, action, out),
        Action::Queue(action) => queue::handle_action(state, action, out),
        Action::Backup(action) => backup::handle_action(state, action, out),
        Action::Page(action) => page::handle_action(state, action, out),
        Action::Keyboard(action) => keyboard::handle_action(state, action, out),
        Action::Dialog(action) => dialog::handle_action(state, action, out),
        Action::Learn(action) => learn::handle_action(state, action, out),
        Action::Walk(action) => walk::handle_action(state, action, out),
        Action::Search(action) => search::handle_action(state, action, out),
        Action::Popover(action) => popover::handle_action(state, action, out),
        Action::Caret(action) => caret::handle_action(state, action, out),
        Action::Panel(action) => panel::handle_action(state, action, out),
        Action::Filter(action) => filter::handle_action(state, action),
        Action::Edit(action) => edit::handle_action(state, action, out),
    }
}
