//! A name that was just corrected here may stand in other articles of the list: that is offered, made there, and taken
//! back with what was done here.

use std::collections::BTreeSet;

use super::announce::announce_unseen;
use super::outcome::Outcome;
use super::{change, digests};
use crate::action::{DialogAction, ShelfAction};
use crate::dialog::Dialog;
use crate::effect::{Effect, Target};
use crate::library::Loading;
use crate::library::change::Correction;
use crate::library::elsewhere::Elsewhere;
use crate::state::State;
use galley_engine::document::Document;
use galley_engine::edits::Edit;

/// The words of the name that this edit corrects, and what it does to them.
pub(super) fn corrected_name(document: &Document, edit: &Edit) -> Option<(String, Correction)> {
    let (id, correction) = match edit {
        Edit::Relabel { id, label, .. } => (id, Correction::Relabel(*label)),
        Edit::Reject(id) => (id, Correction::Reject),
        _ => return None,
    };
    let a = document.annotation(id).filter(|a| a.entity().is_some())?;
    Some((document.text.slice(a.span).to_owned(), correction))
}

/// Notes what was corrected, and looks up where else it stands.
pub(super) fn note(
    state: &mut State,
    name: Option<(String, Correction)>,
    here: (String, usize),
    out: &mut Outcome,
) {
    state.elsewhere = name.map(|(words, correction)| Elsewhere {
        words,
        correction,
        here,
        places: Vec::new(),
        unticked: BTreeSet::new(),
        found: false,
    });
    if state.elsewhere.is_none() {
        return;
    }
    if !state.listed {
        // What is known of the others comes with the list.
        out.effect(Effect::ListDocuments);
    } else if state.kept_documents.len() > 1 {
        digests::load_library(state, out);
    }
    look_up(state);
}

/// Looks up where else the last correction may hold, as far as the other articles are known.
pub(super) fn look_up(state: &mut State) {
    let Some(mut elsewhere) = state.elsewhere.take() else { return };
    if state.library.loading == Loading::Done {
        let known = state.kept_documents.iter().filter_map(|entry| {
            Some((entry.key.as_str(), &**state.library.documents.get(&entry.key)?))
        });
        elsewhere.find(&known.collect::<Vec<_>>());
    }
    state.elsewhere = Some(elsewhere);
}

/// True while the last correction waits for what is known of the others.
pub(super) fn is_waiting(state: &State) -> bool {
    state.elsewhere.as_ref().is_some_and(|e| !e.found)
}

pub(super) fn handle_action(state: &mut State, action: &ShelfAction, out: &mut Outcome) -> bool {
    match action {
        ShelfAction::OpenElsewhere => {
            let is_there = state.elsewhere.as_ref().is_some_and(|e| !e.places.is_empty());
            match is_there {
                true => {
                    state.dialog = Some(Dialog::Elsewhere);
                    out.effect(Effect::Focus(Target::Id("correct-elsewhere")));
                }
                false => announce_unseen(
                    state,
                    "The last correction has nothing to do in other articles",
                ),
            }
        }
        ShelfAction::TickElsewhere(which) => {
            if let Some(elsewhere) = &mut state.elsewhere {
                match which {
                    Some(at) => {
                        if !elsewhere.unticked.remove(at) {
                            elsewhere.unticked.insert(*at);
                        }
                    }
                    None if elsewhere.unticked.is_empty() => {
                        elsewhere.unticked = (0..elsewhere.places.len()).collect();
                    }
                    None => elsewhere.unticked.clear(),
                }
            }
        }
        ShelfAction::CorrectElsewhere => {
            if state.dialog == Some(Dialog::Elsewhere) {
                out.follow_up(DialogAction::Close);
            }
            if let Some(elsewhere) = state.elsewhere.take() {
                change::begin_elsewhere(state, &elsewhere, out);
            }
        }
        _ => return false,
    }
    true
}

/// Before what was done here is undone: so is what was made of it in other articles.
pub(super) fn undo_with(state: &mut State, undo: bool, out: &mut Outcome) {
    state.elsewhere = None;
    let cursor = state.open.as_ref().map(|o| (o.key.as_str(), o.log.cursor()));
    if let Some(change) = state.change.as_mut().filter(|c| c.step.is_none() && undo)
        && change.here.as_ref().is_some_and(|(key, at)| Some((key.as_str(), *at)) == cursor)
    {
        change.here = None;
        out.follow_up(ShelfAction::UndoChange);
    }
}
