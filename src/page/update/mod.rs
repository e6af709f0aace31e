//! `update(state, action) -> effects`: the whole behaviour of the page, without a browser.

mod create;
mod desk;
mod dialog;
mod edit;
mod files;
mod keyboard;
mod panels;
mod read;
mod speaker;
mod walk;

use super::action::{Action, Effect};
use super::dialog::{Deed, Dialog};
use super::state::{Notice, Open, Popover, State, Tone};

/// Takes one action. Total: an action that makes no sense now changes nothing.
pub fn update(state: &mut State, action: Action) -> Vec<Effect> {
    use Action as A;
    let mut out = Vec::new();
    match action {
        A::Take(taken) => read::take(state, taken, &mut out),
        A::Refused(why) => trouble(state, &why),
        A::Sample(key) => read::sample(state, key, &mut out),
        A::Worker(message) => read::worker(state, message, &mut out),
        A::WorkerDied => read::died(state, &mut out),
        A::Late(job) => read::late(state, job),
        A::Files(message) => files::heard(state, message, &mut out),
        A::FilesDied => files::died(state, &mut out),
        A::Cancel => read::cancel(state, &mut out),
        A::Shelf(entries) => state.shelf = entries,
        A::OpenKept(key) => out.push(Effect::Load(key)),
        A::Kept(key, stored) => read::kept(state, &key, stored, &mut out),
        A::Saved(key, revision) => read::saved(state, &key, revision, &mut out),
        A::NotSaved(key, why) => read::not_saved(state, &key, why, &mut out),
        A::Forget(key) => read::forget(state, key, &mut out),
        A::Forgotten(key) => read::forgotten(state, &key),
        A::StorageTrouble(why) => trouble(state, &why),
        A::Close => read::close(state, &mut out),
        A::NextScheme => {
            state.scheme = state.scheme.next();
            say(state, &format!("Colours: {}", state.scheme.word()));
            out.push(Effect::Scheme(state.scheme));
        }
        A::Scheme(scheme) => {
            state.scheme = scheme;
            out.push(Effect::Scheme(scheme));
        }
        A::Help | A::Keys | A::KeptKeys(_) | A::Rebind(_) | A::Bind(_) | A::UsualKeys => {
            keyboard::keyboard(state, action, &mut out)
        }
        A::CloseNotice => state.notice = None,
        A::Escape if state.keys.asked.is_some() => out = update(state, A::Rebind(None)),
        A::Dialog(deed) => dialog::deed(state, deed, &mut out),
        A::Escape if state.dialog.is_some() => dialog::deed(state, Deed::Close, &mut out),
        A::Escape if state.help => out = update(state, A::Help),
        action => {
            in_document(state, action, &mut out);
            // What a comparison says follows what is undone and done again under it.
            if let (Some(Dialog::Compare), Some(open)) = (&state.dialog, &mut state.open) {
                dialog::compare(open);
            }
        }
    }
    out
}

fn in_document(state: &mut State, action: Action, out: &mut Vec<Effect>) {
    use Action as A;
    if state.open.is_none() {
        return;
    }
    let Some(action) = desk::picking(state, action, out) else {
        return;
    };
    match action {
        A::Tab(_) | A::Sheet | A::Filter(_) | A::Choose(_) => panels::show(state, action),
        A::Panel(ask) => panels::ask(state, ask, out),
        A::Spread
        | A::Tick(_)
        | A::PickSpeaker
        | A::Unit
        | A::Drag { .. }
        | A::Drop(_)
        | A::Caret(_) => desk::desk(state, action, out),
        A::Point(_)
        | A::Go(..)
        | A::Step { .. }
        | A::Outer
        | A::Inner
        | A::OpenActive
        | A::Escape
        | A::Select(_)
        | A::Find
        | A::Query(_)
        | A::FindStep(_)
        | A::Merging
        | A::Field(_) => walk::walk(state, action, out),
        action => edit::edit(state, action, out),
    }
}

/// Says it in the live region.
fn say(state: &mut State, words: &str) {
    state.said = (state.said.0.wrapping_add(1), words.to_owned());
}

/// Says it in a box that stays, and in the live region.
fn trouble(state: &mut State, words: &str) {
    state.notice = Some(Notice { tone: Tone::Trouble, text: words.to_owned() });
}

fn info(state: &mut State, words: &str) {
    state.notice = Some(Notice { tone: Tone::Info, text: words.to_owned() });
}

/// Closes the popover; true when there was one.
fn close_popover(open: &mut Open) -> bool {
    matches!(open.popover.take(), Some(Popover::Card(_) | Popover::New(_)))
}
