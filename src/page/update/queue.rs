//! Many texts are read: fetched one after another, handed to the workers, stored as they come back.

use std::rc::Rc;

use super::announce::{announce, announce_unseen, show_info, show_trouble};
use super::outcome::Outcome;
use crate::action::{Fetched, NotSaved, PageAction, QueueAction};
use crate::effect::Effect;
use crate::intake::Intake;
use crate::library::queue::{Article, Queue};
use crate::library::{Digest, Loading};
use crate::protocol::{self, FromEngine, ToEngine, ToFiles};
use crate::saved::{Checked, EditsToKeep, Entry};
use crate::state::{State, document_title};
use galley_formats::galley_json;

/// The edits of a document that nobody has edited.
const NO_EDITS: &str = r#"{"cursor":0,"edits":[]}"#;

pub(super) fn handle_action(state: &mut State, action: QueueAction, out: &mut Outcome) {
    match action {
        QueueAction::Add { files, cores, now } => add_files(state, files, cores, now, out),
        QueueAction::Fetched(found) => take_fetched(state, found, out),
        QueueAction::Worker(worker, message) => handle_message(state, worker, message, out),
        QueueAction::WorkerDied(worker) => {
            if let Some(queue) = &mut state.queue
                && queue.note_death(worker)
            {
                out.effect(Effect::RestartPoolWorker(worker));
            }
        }
        QueueAction::Saved(key, revision) => note_saved(state, &key, revision),
        QueueAction::NotSaved(key, why) => note_not_saved(state, &key, &why, out),
        QueueAction::Opened(job, documents, left_out) => {
            if let Some(queue) = &mut state.queue
                && let Some(name) = queue.foreign.remove(&job)
            {
                if let Some(first) = left_out.into_iter().next() {
                    queue.failed.push((name.clone(), first));
                }
                let begun = queue.begun;
                for (i, json) in documents.into_iter().enumerate() {
                    store_galley(state, fresh_key(begun, job, i), &name, json, out);
                }
            }
        }
        QueueAction::FoundArticles(job, articles, left_out) => {
            if let Some(queue) = &mut state.queue
                && let Some(name) = queue.foreign.remove(&job)
            {
                queue.failed.extend(left_out.into_iter().map(|why| (name.clone(), why)));
                for (i, article) in articles.into_iter().enumerate() {
                    let own = Some(article.name).filter(|own| !own.is_empty());
                    queue.push(Article {
                        key: fresh_key(queue.begun, job, i),
                        name: own.unwrap_or_else(|| name.clone()),
                        text: Rc::from(article.text),
                        published: article.published,
                        deaths: 0,
                    });
                }
            }
        }
        QueueAction::NotOpened(job, why) => {
            if let Some(queue) = &mut state.queue
                && let Some(name) = queue.foreign.remove(&job)
            {
                queue.failed.push((name, why));
            }
        }
        QueueAction::Cancel => {
            if let Some(queue) = state.queue.take() {
                out.effect(Effect::EndPool);
                announce(state, &format!("Stopped. {}", queue.in_words()));
                show_info(
                    state,
                    &format!("Stopped. {} The rest was not opened.", queue.in_words()),
                );
                state.refresh_shelf();
            }
            return;
        }
    }
    go_on(state, out);
}

fn add_files(state: &mut State, files: usize, cores: usize, now: u64, out: &mut Outcome) {
    if let Some(queue) = &mut state.queue {
        return queue.add_files(files);
    }
    // The list is where they come in.
    if state.open.is_some() {
        out.follow_up(PageAction::CloseDocument);
    }
    state.notice = None;
    let mut queue = Queue::new(files, cores);
    queue.collection = state.shelf.collection.clone().unwrap_or_default();
    queue.begun = now;
    out.effect(Effect::StartPool(queue.workers.len()));
    state.queue = Some(queue);
    announce_unseen(state, &format!("Reading {files} files"));
}

fn take_fetched(state: &mut State, found: Result<Fetched, (String, String)>, out: &mut Outcome) {
    let Some(queue) = &mut state.queue else { return };
    queue.note_fetched();
    let Fetched { key, name, intake, published } = match found {
        Ok(fetched) => fetched,
        Err(failed) => return queue.failed.push(failed),
    };
    match intake {
        Intake::Text(text) | Intake::Html(text) => {
            queue.push(Article { key, name, text: Rc::from(text), published, deaths: 0 });
        }
        Intake::Galley(json) => store_galley(state, key, &name, json, out),
        Intake::Foreign(files) => {
            if state.files.is_given_up() {
                let why = "the part of this page that opens such files stopped".to_owned();
                return queue.failed.push((name, why));
            }
            state.last_job += 1;
            queue.foreign.insert(state.last_job, name);
            out.effect(Effect::PostFiles(ToFiles::Open { job: state.last_job, files }));
        }
    }
}

/// The key of a document that was in a file with others.
fn fresh_key(begun: u64, job: u32, number: usize) -> String {
    format!("{begun:x}-{job:x}-{number:x}")
}

/// Keeps a document that was read elsewhere.
fn store_galley(state: &mut State, key: String, name: &str, json: String, out: &mut Outcome) {
    let Some(queue) = &mut state.queue else { return };
    let document = match galley_json::read(&json) {
        Ok(document) => document,
        Err(why) => return queue.failed.push((name.to_owned(), why.to_string())),
    };
    let title = document_title(&document, Some(name));
    let words = document.text.as_str().split_whitespace().count();
    let digest = Digest::of(&document, &title).to_json();
    let entry = Entry {
        key,
        title,
        words: u32::try_from(words).unwrap_or(u32::MAX),
        checked: Some(Checked::of(&document)),
        ..Entry::default()
    };
    store(state, entry, json, digest, out);
}

fn handle_message(state: &mut State, worker: usize, message: FromEngine, out: &mut Outcome) {
    let Some(queue) = &mut state.queue else { return };
    match message {
        FromEngine::Hello { protocol, build, .. } => {
            if protocol::version_conflict(protocol, &build).is_some() {
                if queue.note_death(worker) {
                    out.effect(Effect::RestartPoolWorker(worker));
                }
            } else if let Some(worker) = queue.workers.get_mut(worker) {
                worker.ready = true;
            }
        }
        FromEngine::ForList { job, json, title, words, marks, digest } => {
            let Some(article) = queue.take_job(worker, job) else { return };
            let checked = Some(Checked { done: 0, all: marks });
            let entry = Entry { key: article.key, title, words, checked, ..Entry::default() };
            store(state, entry, json, digest, out);
        }
        FromEngine::Failed { job, message } => {
            if let Some(article) = queue.take_job(worker, job) {
                queue.failed.push((article.name, message));
            }
        }
        // The queue asks for no such answer.
        FromEngine::Document { .. }
        | FromEngine::Learned(_)
        | FromEngine::Requests(_)
        | FromEngine::Suggested { .. }
        | FromEngine::SuggestedEverywhere(_)
        | FromEngine::PatternHits { .. } => {}
    }
}

fn store(state: &mut State, mut entry: Entry, base: String, digest: String, out: &mut Outcome) {
    let Some(queue) = &mut state.queue else { return };
    entry.collection.clone_from(&queue.collection);
    // In the list the first file stands first.
    queue.taken += 1;
    entry.updated = queue.begun.saturating_sub(queue.taken);
    if state.library.loading == Loading::Done
        && let Some(digest) = Digest::from_json(&digest)
    {
        state.library.insert(entry.key.clone(), 1, digest);
    }
    queue.saving.insert(entry.key.clone(), entry.clone());
    let edits = EditsToKeep::Whole(NO_EDITS.to_owned());
    out.effect(Effect::Save { entry, base: Some(base), edits, digest: Some(digest) });
}

fn note_saved(state: &mut State, key: &str, revision: u32) {
    let Some(queue) = &mut state.queue else { return };
    if let Some(mut entry) = queue.saving.remove(key) {
        entry.revision = revision;
        queue.stored += 1;
        // Drawing the list for each of a thousand would take longer than reading them.
        let draw = queue.stored.is_power_of_two() || queue.stored.is_multiple_of(50);
        state.kept_documents.push(entry);
        if draw {
            state.refresh_shelf();
        }
    }
}

fn note_not_saved(state: &mut State, key: &str, why: &NotSaved, out: &mut Outcome) {
    let why = match why {
        NotSaved::Refused(why) => why.as_str(),
        NotSaved::Conflict(_) | NotSaved::Gone | NotSaved::Gap => "another tab changed it.",
        NotSaved::Forgotten => "it was deleted.",
    };
    let Some(queue) = &mut state.queue else {
        let title = state.kept_documents.iter().find(|e| e.key == key).map(|e| e.title.clone());
        if let Some(title) = title {
            show_trouble(state, &format!("The last edits of “{title}” are not saved: {why}"));
        }
        return;
    };
    if let Some(entry) = queue.saving.remove(key) {
        queue.failed.push((entry.title, why.trim_end_matches('.').to_owned()));
        // The others would fare no better, and what is read without being kept is lost.
        out.follow_up(QueueAction::Cancel);
        show_trouble(state, &format!("The articles cannot be kept: {why}"));
    }
}

/// Hands out what waits, fetches more, and ends the queue when all is done.
fn go_on(state: &mut State, out: &mut Outcome) {
    let Some(queue) = &mut state.queue else { return };
    let last_job = &mut state.last_job;
    let handed_out = queue.hand_out(|| {
        *last_job += 1;
        *last_job
    });
    for (worker, job, article) in handed_out {
        let message = ToEngine::AnalyzeForList {
            job,
            text: article.text.to_string(),
            name: article.name,
            published: article.published,
            words: state.words.stored.clone(),
        };
        out.effect(Effect::PostPool(worker, message));
    }
    while let Some(file) = queue.take_file() {
        out.effect(Effect::FetchFile(file));
    }
    if queue.is_done() {
        let said = queue.in_words();
        let failed = !queue.failed.is_empty();
        state.queue = None;
        out.effect(Effect::EndPool);
        state.refresh_shelf();
        announce(state, &said);
        if failed {
            show_trouble(state, &said);
        }
    }
}
