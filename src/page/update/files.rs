//! The worker of files: what it offers, writes and opens.

use std::rc::Rc;

use super::{dialog, edit, info, read, say, trouble};
use crate::action::Effect;
use crate::dialog::Dialog;
use crate::protocol::{self, File, FromFiles, ToFiles};
use crate::state::{Open, Purpose, State};
use galley_engine::edits::EditLog;
use galley_formats::galley_json;

/// Things left out of a file that are named.
const COMPLAINTS: usize = 5;
/// Deaths of the worker after which it is left alone.
const DEATHS: u8 = 3;

/// Starts it, once the engine's worker is there or will not come: that one goes first on a slow line.
pub(super) fn start(state: &mut State, out: &mut Vec<Effect>) {
    if !std::mem::replace(&mut state.files_begun, true) {
        out.push(Effect::StartFiles);
    }
}

/// Gives it files to open.
pub(super) fn begin(state: &mut State, key: String, files: Vec<File>, out: &mut Vec<Effect>) {
    let purpose = Purpose::Import(key, Rc::new(files));
    read::begin(state, purpose, Rc::from(""), None, out);
    if state.files_deaths >= DEATHS {
        gone(state);
    }
}

pub(super) fn heard(state: &mut State, message: FromFiles, out: &mut Vec<Effect>) {
    match message {
        FromFiles::Hello { protocol, build } => match protocol::objection(protocol, &build) {
            // The engine's worker says so, too.
            Some(_) => {
                state.files_deaths = DEATHS;
                gone(state);
            }
            None => {
                state.files = true;
                read::post(state, out);
                ask(state, out);
            }
        },
        FromFiles::Offers { job, offers: formats } => {
            if let Some(Dialog::Files { asked, offers }) = &mut state.dialog
                && *asked == job
            {
                *offers = Some(formats);
            }
        }
        FromFiles::File { file, kind } => {
            if let Some(open) = &state.open {
                let name = edit::file_name(&open.title()) + &file.name;
                dialog::hand_over(state, name, file.bytes, kind, out);
            }
        }
        FromFiles::Opened { job, documents, left } => {
            if let Some(key) = imported(state, job) {
                opened(state, key, &documents, &left, out);
            }
        }
        FromFiles::Failed { job, message } => {
            if imported(state, job).is_some() {
                trouble(
                    state,
                    &format!(
                        "This cannot be opened: {message}. The text itself can still be pasted."
                    ),
                );
            }
        }
    }
}

/// Takes the job of this number; the key for its document.
fn imported(state: &mut State, job: u32) -> Option<String> {
    match state.job.take_if(|j| j.number == job)?.purpose {
        Purpose::Import(key, _) => Some(key),
        _ => None,
    }
}

/// Asks for the formats, once it can be spoken to.
pub(super) fn ask(state: &mut State, out: &mut Vec<Effect>) {
    let (Some(open), Some(Dialog::Files { asked, offers })) = (&state.open, &mut state.dialog)
    else {
        return;
    };
    if state.files_deaths >= DEATHS {
        offers.get_or_insert_default();
    } else if state.files && *asked == 0 {
        state.jobs += 1;
        let job = state.jobs;
        *asked = job;
        // A document that does not hold is refused when it is written.
        if let Ok(json) = galley_json::write(&open.shown, false) {
            out.push(Effect::PostFiles(ToFiles::Offer { job, json }));
        }
    }
}

pub(super) fn died(state: &mut State, out: &mut Vec<Effect>) {
    state.files = false;
    state.files_deaths += 1;
    gone(state);
    if state.files_deaths < DEATHS {
        out.push(Effect::StartFiles);
    }
}

/// What it was asked for will not come.
fn gone(state: &mut State) {
    let why = "The part of this page that writes and opens files stopped. Try again, or reload the page; \
               your edits are kept.";
    if let Some(Dialog::Files { offers, .. }) = &mut state.dialog {
        offers.get_or_insert_default();
        say(state, why);
    }
    let import = |purpose: &Purpose| matches!(purpose, Purpose::Import(..));
    if state.job.take_if(|j| import(&j.purpose)).is_some() {
        trouble(state, why);
    }
}

/// The first document is shown, the others are kept.
fn opened(
    state: &mut State,
    key: String,
    documents: &[String],
    left: &[String],
    out: &mut Vec<Effect>,
) {
    // The last one is saved first, the first one is what stays open.
    for (i, json) in documents.iter().enumerate().rev() {
        let Ok(document) = galley_json::read(json) else {
            continue;
        };
        let own = match i {
            0 => key.clone(),
            i => format!("{key}-{i}"),
        };
        let open = Open::new(own, EditLog::new(document));
        if i == 0 {
            read::show(state, open, out);
        } else if let Ok(save) = read::saving(&open, true) {
            out.push(save);
        }
    }
    say(state, "Opened");
    if documents.len() > 1 {
        let n = documents.len();
        info(
            state,
            &format!(
                "{n} documents were in it: this is the first, the others are in the list of those kept in this browser."
            ),
        );
    }
    if left.is_empty() {
        return;
    }
    let some: Vec<&str> = left.iter().take(COMPLAINTS).map(String::as_str).collect();
    let mut said =
        format!("A part of the file is damaged; the rest is loaded. Left out: {}", some.join("; "));
    if left.len() > COMPLAINTS {
        said.push_str(&format!("; and {} more", left.len() - COMPLAINTS));
    }
    said.push('.');
    trouble(state, &said);
}
