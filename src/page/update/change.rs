//! One correction in many documents, and taking it back.

use super::announce::{announce, show_info};
use super::outcome::Outcome;
use super::saving::save_effect;
use crate::action::EditAction;
use crate::effect::Effect;
use crate::library::Digest;
use crate::library::change::{self, Change, Corrected, Correction, Step};
use crate::library::elsewhere::Elsewhere;
use crate::library::over_all::Place;
use crate::library::shelf::OverAll;
use crate::saved::{self, Checked, Stored};
use crate::state::{Open, State};
use crate::words::counted;
use galley_engine::edits::EditLog;

/// Begins to correct every mention of a name that the view lists.
pub(super) fn begin(state: &mut State, identity: &str, correction: Correction, out: &mut Outcome) {
    if state.change.as_ref().is_some_and(|c| c.step.is_some()) {
        return announce(state, "One moment, please: the last correction is still being made");
    }
    let OverAll::Names(names) = &*state.shelf.over_all else { return };
    let Some(name) = names.iter().find(|name| name.identity == identity) else { return };
    let (name, mentions) = (name.name.clone(), name.mentions.clone());
    begin_at(state, name, &mut mentions.iter(), correction, None, out);
}

/// Begins to correct what stands in other articles as it was corrected here.
pub(super) fn begin_elsewhere(state: &mut State, elsewhere: &Elsewhere, out: &mut Outcome) {
    let here = Some(elsewhere.here.clone());
    let name = elsewhere.words.clone();
    begin_at(state, name, &mut elsewhere.ticked(), elsewhere.correction, here, out);
}

fn begin_at(
    state: &mut State,
    name: String,
    places: &mut dyn Iterator<Item = &Place>,
    correction: Correction,
    here: Option<(String, usize)>,
    out: &mut Outcome,
) {
    let mut change = Change {
        name,
        here,
        step: Some(Step::Make(correction)),
        left: Default::default(),
        done: Vec::new(),
        mentions: 0,
        failed: 0,
    };
    for mention in places {
        match change.left.back_mut().filter(|(key, _)| *key == mention.document) {
            Some((_, ids)) => ids.push(mention.annotation.clone()),
            None => {
                change.left.push_back((mention.document.clone(), vec![mention.annotation.clone()]));
            }
        }
    }
    state.change = Some(change);
    load_next(state, out);
}

/// Begins to take the last correction back.
pub(super) fn take_back(state: &mut State, out: &mut Outcome) {
    let Some(change) = state.change.as_mut().filter(|c| c.step.is_none()) else { return };
    let mut done = std::mem::take(&mut change.done);
    // What was done by hand goes back with it, unless something was done since.
    if let Some((key, cursor)) = change.here.take() {
        match state.open.as_ref().filter(|o| o.key == key) {
            Some(open) if open.log.cursor() == cursor => out.follow_up(EditAction::Undo),
            Some(_) => {}
            None => done.push(Corrected { key, cursor }),
        }
    }
    change.left = done.iter().map(|d| (d.key.clone(), Vec::new())).collect();
    change.step = Some(Step::TakeBack(done));
    change.failed = 0;
    load_next(state, out);
}

fn load_next(state: &mut State, out: &mut Outcome) {
    let Some(change) = &mut state.change else { return };
    if let Some((key, _)) = change.left.front() {
        return out.effect(Effect::LoadForChange(key.clone()));
    }
    let failed = match change.failed {
        0 => String::new(),
        n => format!(" {} had been changed since and stayed as they are.", counted(n, "article")),
    };
    let said = match change.step.take() {
        Some(Step::TakeBack(_)) => {
            let said = format!("“{}”: taken back in all articles.{failed}", change.name);
            state.change = None;
            said
        }
        Some(Step::Make(_)) | None => {
            let (mentions, n) = (change.mentions, counted(change.done.len(), "article"));
            format!("“{}”: {mentions} mentions corrected in {n}.{failed}", change.name)
        }
    };
    announce(state, &said);
    let can_be_undone = state.change.as_ref().is_some_and(|c| !c.done.is_empty());
    if let Some(toast) = &mut state.toast {
        toast.undo_change = can_be_undone;
    }
    if !failed.is_empty() {
        show_info(state, &said);
    }
    state.refresh_shelf();
}

/// Corrects the document that was loaded, or takes the correction back in it, and goes on with the next.
pub(super) fn go_on(state: &mut State, key: &str, stored: Option<&Stored>, out: &mut Outcome) {
    let Some(change) = &mut state.change else { return };
    if change.left.front().is_none_or(|(next, _)| next != key) {
        return;
    }
    let Some((_, ids)) = change.left.pop_front() else { return };
    let log = stored.and_then(|stored| Some((stored, saved::open(stored).ok()?.0)));
    let changed = log.and_then(|(stored, log)| Some((stored, step(change, key, &ids, log)?)));
    match changed {
        Some((stored, log)) => save(state, key, stored, log, out),
        None => change.failed += 1,
    }
    load_next(state, out);
}

/// The log after this step of the change; `None`: it cannot be done there.
fn step(change: &mut Change, key: &str, ids: &[String], mut log: EditLog) -> Option<EditLog> {
    let _ = log.take_unchanged();
    match change.step.as_ref()? {
        Step::Make(correction) => {
            let (edit, mentions) = change::edit_for(log.current(), ids, *correction)?;
            let before = log.cursor();
            log.apply(edit).ok()?;
            change.mentions += mentions;
            if log.cursor() > before {
                change.done.push(Corrected { key: key.to_owned(), cursor: log.cursor() });
            }
        }
        Step::TakeBack(done) => {
            let cursor = done.iter().find(|d| d.key == key)?.cursor;
            change::take_back(&mut log, cursor).then_some(())?;
        }
    }
    Some(log)
}

fn save(state: &mut State, key: &str, stored: &Stored, log: EditLog, out: &mut Outcome) {
    let mut open = Open::new(key.to_owned(), log);
    open.revision = stored.entry.revision;
    open.saved_revision = open.revision;
    let Ok(save) = save_effect(&mut open, false) else { return };
    let revision = open.revision + 1;
    let digest = Digest::of(&open.shown, &stored.entry.title);
    out.effect(save);
    // It was opened meanwhile: what is shown follows.
    if state.open.as_ref().is_some_and(|o| o.key == key) {
        out.effect(Effect::LoadDocument(key.to_owned()));
    }
    out.effect(Effect::KeepDigest { key: key.to_owned(), revision, digest: digest.to_json() });
    state.library.insert(key.to_owned(), revision, digest);
    if let Some(entry) = state.kept_documents.iter_mut().find(|e| e.key == key) {
        entry.revision = revision;
        entry.checked = Some(Checked::of(&open.shown));
        entry.edits = u32::try_from(open.log.cursor()).unwrap_or(u32::MAX);
    }
}
