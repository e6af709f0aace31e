//! The backup: everything into one file, and back. What is brought back is added; nothing is overwritten.

use super::announce::{announce, announce_unseen};
use super::download::offer_download;
use super::outcome::Outcome;
use super::saving::keep_digest;
use super::word_list::store_list;
use crate::action::{BackupAction, LearnAction, Restored};
use crate::effect::Effect;
use crate::library::Digest;
use crate::library::backup::{BackupState, RestoreReport, add_missing};
use crate::library::joined::{JoinChange, Joined};
use crate::protocol::{FromFiles, ToFiles};
use crate::saved::{self, Checked, Stored};
use crate::state::{State, document_title};
use crate::words::counted;
use galley_engine::user_words::{format_word_list, parse_word_list};
use galley_formats::{BackupDocument, write_edits};

const NOT_READY: &str =
    "The part of this page that writes and opens files is not there yet. Try again in a moment.";

pub(super) fn handle_action(state: &mut State, action: BackupAction, out: &mut Outcome) {
    match action {
        BackupAction::Begin => begin(state, out),
        BackupAction::Loaded(key, stored) => add(state, &key, stored, out),
        BackupAction::Restore(file, bytes) => {
            if state.backup.is_busy() {
                return announce(
                    state,
                    "One moment, please: the last backup is still being worked on",
                );
            }
            if !state.files.is_ready() {
                return fail(state, NOT_READY);
            }
            let report = RestoreReport { file, ..RestoreReport::default() };
            state.backup = BackupState::Restoring { total: 0, report };
            out.effect(Effect::PostFiles(ToFiles::OpenBackup(bytes)));
        }
        BackupAction::Worker(message) => take_message(state, message, out),
        BackupAction::Restored(became) => {
            let BackupState::Restoring { report, .. } = &mut state.backup else { return };
            match became {
                Ok(Restored::New) => report.new += 1,
                Ok(Restored::Same) => report.same += 1,
                Ok(Restored::KeptBoth(title)) => report.both.push(title),
                Err(why) => report.damaged.push(why),
            }
            out.effect(Effect::PostFiles(ToFiles::NextOfBackup));
        }
    }
}

fn fail(state: &mut State, why: &str) {
    state.backup = BackupState::Failed(why.to_owned());
    announce_unseen(state, why);
}

fn begin(state: &mut State, out: &mut Outcome) {
    if state.backup.is_busy() {
        return;
    }
    if !state.files.is_ready() {
        return fail(state, NOT_READY);
    }
    keep_digest(state, out);
    let kept = &state.kept_documents;
    let titles = kept.iter().map(|e| e.title.clone()).collect();
    let left = kept.iter().map(|e| e.key.clone()).collect();
    state.backup = BackupState::Writing { left, total: kept.len(), failed: Vec::new() };
    out.effect(Effect::PostFiles(ToFiles::BeginBackup { titles }));
    load_next(state, out);
}

fn load_next(state: &mut State, out: &mut Outcome) {
    let BackupState::Writing { left, .. } = &state.backup else { return };
    match left.front() {
        Some(key) => out.effect(Effect::LoadForBackup(key.clone())),
        None => {
            let words = state.words.stored.clone();
            let joined = match state.shelf.joined.is_empty() {
                true => String::new(),
                false => state.shelf.joined.to_json(),
            };
            out.effect(Effect::PostFiles(ToFiles::EndBackup { words, joined }));
        }
    }
}

fn add(state: &mut State, key: &str, stored: Option<Box<Stored>>, out: &mut Outcome) {
    let BackupState::Writing { left, failed, .. } = &mut state.backup else { return };
    if left.front().is_none_or(|next| next != key) {
        return;
    }
    left.pop_front();
    let document = stored.map(|stored| {
        let Stored { entry, base, edits, parts } = *stored;
        BackupDocument {
            title: entry.title.clone(),
            entry: serde_json::to_string(&entry).unwrap_or_default(),
            reading: base,
            edits: std::iter::once(edits).chain(parts).collect(),
        }
    });
    if document.is_none() {
        let entry = state.kept_documents.iter().find(|e| e.key == key);
        failed.push(entry.map_or(key, |e| &e.title).to_owned());
    }
    out.effect(Effect::PostFiles(ToFiles::AddToBackup(document)));
    load_next(state, out);
}

fn take_message(state: &mut State, message: FromFiles, out: &mut Outcome) {
    match message {
        FromFiles::BackedUp(file) => {
            let BackupState::Writing { total, failed, .. } = std::mem::take(&mut state.backup)
            else {
                return;
            };
            let name = format!("galley-backup{}", file.name);
            let n = counted(total - failed.len(), "document");
            offer_download(state, name.clone(), file.bytes, "application/zip".to_owned(), out);
            announce_unseen(state, &format!("Downloaded {name}: {n} and your word list"));
            if let Some(first) = failed.first() {
                fail(
                    state,
                    &format!(
                        "{} could not be read and are not in the backup, “{first}” among them.",
                        counted(failed.len(), "document")
                    ),
                );
            }
        }
        FromFiles::NoBackup => {
            if let BackupState::Restoring { report, .. } = &state.backup {
                let why = format!(
                    "“{}” is no backup of Galley's. Choose a file named galley-backup.zip; other files are opened by “Open files”.",
                    report.file
                );
                fail(state, &why);
            }
        }
        FromFiles::BackupOpened { documents, words, joined, damaged } => {
            let BackupState::Restoring { total, report } = &mut state.backup else { return };
            *total = documents as usize;
            report.damaged = damaged;
            let (other, _) = parse_word_list(&words);
            let before = format_word_list(&state.words.list);
            (report.words, report.other_words) = add_missing(&mut state.words.list, other);
            if format_word_list(&state.words.list) != before {
                store_list(state, out);
            }
            let joined = Joined::from_json(&joined);
            if !joined.is_empty() {
                out.effect(Effect::KeepJoined(JoinChange::Add(joined)));
            }
            out.effect(Effect::PostFiles(ToFiles::NextOfBackup));
        }
        FromFiles::OfBackup(Some(document)) => restore(state, document, out),
        FromFiles::OfBackup(None) => {
            let BackupState::Restoring { report, .. } = std::mem::take(&mut state.backup) else {
                return;
            };
            announce_unseen(state, &report.summary());
            state.backup = BackupState::Restored(report);
            out.effect(Effect::ListDocuments);
            // What they teach counts again.
            out.follow_up(LearnAction::Start);
        }
        FromFiles::Hello { .. }
        | FromFiles::Offers { .. }
        | FromFiles::Formats(_)
        | FromFiles::Packed { .. }
        | FromFiles::Table(_)
        | FromFiles::File { .. }
        | FromFiles::Opened { .. }
        | FromFiles::Articles { .. }
        | FromFiles::Requests(_)
        | FromFiles::Failed { .. } => {}
    }
}

/// Brings one document back, or says what is wrong with it.
fn restore(state: &mut State, document: BackupDocument, out: &mut Outcome) {
    let BackupState::Restoring { total, report } = &mut state.backup else { return };
    let mut edits = document.edits.into_iter();
    let mut stored = Stored {
        entry: serde_json::from_str(&document.entry).unwrap_or_default(),
        base: document.reading,
        edits: edits.next().unwrap_or_default(),
        parts: edits.collect(),
    };
    let title = document.title;
    match saved::open(&stored) {
        Ok((log, lost)) => {
            if lost > 0 {
                report
                    .damaged
                    .push(format!("{} of “{title}” could not be read", counted(lost, "edit")));
            }
            let shown = log.current();
            let entry = &mut stored.entry;
            // The line in the list is damaged.
            if entry.key.is_empty() {
                entry.key = format!("restored-{}-{}", report.done(), total);
                entry.title = document_title(shown, Some(&title));
                let words = shown.text.as_str().split_whitespace().count();
                entry.words = u32::try_from(words).unwrap_or(u32::MAX);
            }
            entry.edits = u32::try_from(log.cursor()).unwrap_or(u32::MAX);
            entry.checked = Some(Checked::of(shown));
            let digest = Digest::of(shown, &entry.title).to_json();
            stored.edits = write_edits(&log);
            stored.parts.clear();
            out.effect(Effect::RestoreDocument(Box::new(stored), digest));
        }
        Err(why) => {
            report.damaged.push(format!("“{title}” is damaged: {why}"));
            out.effect(Effect::PostFiles(ToFiles::NextOfBackup));
        }
    }
}
