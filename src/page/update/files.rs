//! The files worker: started, asked for formats, answered.

use std::rc::Rc;

use super::announce::{announce, announce_unseen, show_info, show_trouble};
use super::download::{file_name, offer_download};
use super::jobs;
use super::outcome::Outcome;
use super::saving::{open_document, save_effect};
use super::shelf;
use crate::action::{BackupAction, DialogAction, FilesAction, QueueAction};
use crate::dialog::Dialog;
use crate::effect::Effect;
use crate::leaving::Program;
use crate::protocol::{self, FoundArticle, FromFiles, ToFiles};
use crate::state::{Open, Purpose, State, WorkerState};
use galley_engine::calendar::Stamp;
use galley_engine::edits::EditLog;
use galley_formats::galley_json;

/// How many things that were left out of a file are named.
const MAX_COMPLAINTS: usize = 5;
/// How often the worker may die before the page does without it.
const MAX_DEATHS: u8 = 3;
const STOPPED: &str = "The part of this page that writes and opens files stopped. Try again, or reload the page; your edits are kept.";

pub(super) fn handle_action(state: &mut State, action: FilesAction, out: &mut Outcome) {
    match action {
        // Once the engine's worker is there or given up: on a slow line that one goes first.
        FilesAction::Start => {
            if state.files == WorkerState::NotStarted {
                state.files = WorkerState::Starting { deaths: 0 };
                out.effect(Effect::StartFiles);
            }
        }
        FilesAction::Worker(message) => handle_message(state, message, out),
        FilesAction::Died => handle_death(state, out),
        FilesAction::Open { key, files } => {
            let purpose = Purpose::Import(key, Rc::new(files));
            jobs::start_job(state, purpose, Rc::from(""), None, out);
            if state.files.is_given_up() {
                end_requests(state);
            }
        }
        FilesAction::RequestOffers => request_offers(state, out),
        FilesAction::DownloadGalley => download_galley(state, out),
    }
}

fn handle_message(state: &mut State, message: FromFiles, out: &mut Outcome) {
    match message {
        FromFiles::Hello { protocol, build } => {
            // The engine's worker tells the person about another version.
            if let Some(why) = protocol::version_conflict(protocol, &build) {
                state.files = WorkerState::GivenUp(why);
                return end_requests(state);
            }
            state.files = WorkerState::Ready { deaths: state.files.deaths() };
            jobs::post_waiting_job(state, out);
            jobs::count_again(state, out);
            request_offers(state, out);
        }
        FromFiles::Requests(report) => {
            out.follow_up(DialogAction::Counted(Program::Files, report));
        }
        FromFiles::Offers { job, offers: formats } => {
            if let Some(Dialog::Files { asked, offers }) = &mut state.dialog
                && *asked == job
            {
                *offers = Some(formats);
            }
        }
        FromFiles::File { file, media_type } => {
            if let Some(open) = &state.open {
                let name = file_name(&open.title()) + &file.name;
                offer_download(state, name, file.bytes, media_type, out);
            }
        }
        message @ (FromFiles::Formats(_) | FromFiles::Packed { .. } | FromFiles::Table(_)) => {
            shelf::take_packed(state, message, out);
        }
        message @ (FromFiles::BackedUp(_)
        | FromFiles::BackupOpened { .. }
        | FromFiles::NoBackup
        | FromFiles::OfBackup(_)) => out.follow_up(BackupAction::Worker(message)),
        FromFiles::Opened { job, documents, left_out } => {
            if is_of_queue(state, job) {
                out.follow_up(QueueAction::Opened(job, documents, left_out));
            } else if let Some(key) = take_import(state, job) {
                open_documents(state, &key, &documents, &left_out, out);
            }
        }
        FromFiles::Articles { job, articles, left_out } => {
            if is_of_queue(state, job) {
                out.follow_up(QueueAction::FoundArticles(job, articles, left_out));
            } else if let Some(key) = take_import(state, job) {
                read_found_articles(state, key, articles, &left_out, out);
            }
        }
        FromFiles::Failed { job, message } => {
            if is_of_queue(state, job) {
                out.follow_up(QueueAction::NotOpened(job, message));
            } else if take_import(state, job).is_some() {
                show_trouble(
                    state,
                    &format!(
                        "This cannot be opened: {message}. You can still paste the text itself."
                    ),
                );
            }
        }
    }
}

fn is_of_queue(state: &State, job: u32) -> bool {
    state.queue.as_ref().is_some_and(|queue| queue.foreign.contains_key(&job))
}

/// Has the engine read the article of a file; of several, each as one of the list.
fn read_found_articles(
    state: &mut State,
    key: String,
    articles: Vec<FoundArticle>,
    left_out: &[String],
    out: &mut Outcome,
) {
    if articles.len() > 1 {
        // All of them go into the list, as those of a folder do.
        return out.effect(Effect::QueueOpenedFiles);
    }
    let Some(article) = articles.into_iter().next() else {
        return show_trouble(state, "There is no article in this file. Paste the text itself.");
    };
    let text = Rc::from(article.text);
    let published = article.published.as_deref().and_then(Stamp::parse);
    let name = Some(article.name).filter(|name| !name.is_empty());
    jobs::start_job(state, Purpose::Open { key, name }, text, published, out);
    if let Some(first) = left_out.first() {
        show_info(state, &format!("Part of the file was left out: {first}."));
    }
}

/// Ends the job of this number; the key for its document.
fn take_import(state: &mut State, job: u32) -> Option<String> {
    match state.job.take_if(|j| j.number == job)?.purpose {
        Purpose::Import(key, _) => Some(key),
        Purpose::Open { .. } | Purpose::NewDate | Purpose::NewWords | Purpose::Revise(_) => None,
    }
}

/// Asks which formats there are for the document, if the dialog needs them and the worker takes messages.
fn request_offers(state: &mut State, out: &mut Outcome) {
    let (Some(open), Some(Dialog::Files { asked, offers })) = (&state.open, &mut state.dialog)
    else {
        return;
    };
    if state.files.is_given_up() {
        offers.get_or_insert_default();
    } else if state.files.is_ready() && *asked == 0 {
        state.last_job += 1;
        let job = state.last_job;
        *asked = job;
        // A document with errors is refused when it is written.
        if let Ok(json) = galley_json::write(&open.shown, false) {
            out.effect(Effect::PostFiles(ToFiles::Offer { job, json }));
        }
    }
}

fn download_galley(state: &mut State, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    match galley_json::write(&open.shown, true) {
        Ok(text) => {
            let name = format!("{}.galley.json", file_name(&open.title()));
            offer_download(state, name, text.into_bytes(), "application/json".to_owned(), out);
        }
        Err(why) => {
            show_trouble(
                state,
                &format!("The document was not written because it would be invalid: {why}."),
            );
        }
    }
}

fn handle_death(state: &mut State, out: &mut Outcome) {
    let deaths = state.files.deaths() + 1;
    if state.files.is_given_up() || deaths >= MAX_DEATHS {
        state.files = WorkerState::GivenUp(STOPPED.to_owned());
    } else {
        state.files = WorkerState::Starting { deaths };
        out.effect(Effect::StartFiles);
    }
    end_requests(state);
}

/// The worker will not answer what it was asked for: the person is told.
fn end_requests(state: &mut State) {
    if let Some(Dialog::Files { offers, .. }) = &mut state.dialog {
        offers.get_or_insert_default();
        announce(state, STOPPED);
    }
    if let Some(queue) = &mut state.queue {
        let lost = queue.foreign.drain().map(|(_, name)| (name, STOPPED.to_owned()));
        queue.failed.extend(lost.collect::<Vec<_>>());
    }
    if state.pack.take().is_some() | state.backup.stop(STOPPED) {
        show_trouble(state, STOPPED);
    }
    if state.job.take_if(|j| matches!(j.purpose, Purpose::Import(..))).is_some() {
        show_trouble(state, STOPPED);
    }
}

/// Shows the first document and keeps the others.
fn open_documents(
    state: &mut State,
    key: &str,
    documents: &[String],
    left_out: &[String],
    out: &mut Outcome,
) {
    // The last one is saved first, the first one is what stays open.
    for (i, json) in documents.iter().enumerate().rev() {
        let Ok(document) = galley_json::read(json) else {
            continue;
        };
        let own_key = match i {
            0 => key.to_owned(),
            i => format!("{key}-{i}"),
        };
        let mut open = Open::new(own_key, EditLog::new(document));
        if i == 0 {
            open_document(state, open, out);
        } else if let Ok(save) = save_effect(&mut open, true) {
            out.effect(save);
        }
    }
    announce_unseen(state, "Opened");
    if documents.len() > 1 {
        let n = documents.len();
        show_info(
            state,
            &format!(
                "The file had {n} documents. This is the first; the others are in the list of documents saved in this browser."
            ),
        );
    }
    if left_out.is_empty() {
        return;
    }
    let named: Vec<&str> = left_out.iter().take(MAX_COMPLAINTS).map(String::as_str).collect();
    let mut sentence =
        format!("Part of the file is damaged; the rest is loaded. Left out: {}", named.join("; "));
    if left_out.len() > MAX_COMPLAINTS {
        sentence.push_str(&format!("; and {} more", left_out.len() - MAX_COMPLAINTS));
    }
    sentence.push('.');
    show_trouble(state, &sentence);
}
