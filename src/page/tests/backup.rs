//! A backup is written and brought back.

use super::*;
use crate::action::{BackupAction, DialogAction, Restored};
use crate::library::backup::BackupState;
use crate::saved::Entry;
use galley_formats::{BackupWriter, read_backup};

/// What the files worker and the browser do.
#[derive(Default)]
struct Rest {
    kept: Vec<Stored>,
    writer: Option<BackupWriter>,
    file: Vec<u8>,
    coming: Vec<galley_formats::BackupDocument>,
}

impl Rest {
    fn run(&mut self, state: &mut State, action: impl Into<Action>) {
        let mut waiting = vec![action.into()];
        while let Some(action) = waiting.pop() {
            for effect in update(state, action) {
                if let Some(action) = self.answer(effect) {
                    waiting.push(action);
                }
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Option<Action> {
        let said = |message| Some(FilesAction::Worker(message).into());
        match effect {
            Effect::LoadForBackup(key) => {
                let stored = self.kept.iter().find(|s| s.entry.key == key).cloned();
                Some(BackupAction::Loaded(key, stored.map(Box::new)).into())
            }
            Effect::PostFiles(ToFiles::BeginBackup { titles }) => {
                self.writer = Some(BackupWriter::new(titles));
                None
            }
            Effect::PostFiles(ToFiles::AddToBackup(document)) => {
                self.writer.as_mut().unwrap().add(document.as_ref());
                None
            }
            Effect::PostFiles(ToFiles::EndBackup { words, joined }) => {
                let bytes = self.writer.take().unwrap().finish(&words, &joined);
                said(FromFiles::BackedUp(File { name: ".zip".to_owned(), bytes }))
            }
            Effect::PostFiles(ToFiles::OpenBackup(bytes)) => match read_backup(&bytes) {
                Some(backup) => {
                    let documents = u32::try_from(backup.documents.len()).unwrap();
                    self.coming = backup.documents;
                    said(FromFiles::BackupOpened {
                        documents,
                        words: backup.words,
                        joined: backup.joined,
                        damaged: backup.damaged,
                    })
                }
                None => said(FromFiles::NoBackup),
            },
            Effect::PostFiles(ToFiles::NextOfBackup) => {
                let next = (!self.coming.is_empty()).then(|| self.coming.remove(0));
                said(FromFiles::OfBackup(next))
            }
            Effect::RestoreDocument(stored, _) => {
                let there = self.kept.iter().find(|s| s.entry.key == stored.entry.key);
                let became = match there {
                    Some(kept) if saved::holds(kept, &stored) => Restored::Same,
                    Some(_) => {
                        Restored::KeptBoth(saved::beside(&stored.entry, "x-2".to_owned()).title)
                    }
                    None => Restored::New,
                };
                self.kept.push(*stored);
                Some(BackupAction::Restored(Ok(became)).into())
            }
            Effect::Download { bytes, .. } => {
                self.file = bytes;
                None
            }
            _ => None,
        }
    }
}

fn stored(key: &str, edits: &str) -> Stored {
    let entry = Entry { key: key.to_owned(), title: key.to_owned(), ..Entry::default() };
    let base = galley_json::write(&document(TEXT, None), false).unwrap();
    Stored { entry, base, edits: edits.to_owned(), parts: Vec::new() }
}

fn page(rest: &Rest) -> State {
    let mut state = State { files: WorkerState::Ready { deaths: 0 }, ..State::default() };
    let entries = rest.kept.iter().map(|s| s.entry.clone()).collect();
    update(&mut state, StorageAction::Listed(entries));
    state
}

const ACCEPTED: &str = r#"{"cursor":1,"edits":[{"do":"accept","on":"n0"}]}"#;

#[test]
fn a_backup_brings_back_what_is_missing_and_overwrites_nothing() {
    let mut rest = Rest {
        kept: vec![stored("a-1", ACCEPTED), stored("b-1", ""), stored("c-1", ACCEPTED)],
        ..Rest::default()
    };
    let mut state = page(&rest);
    update(&mut state, DialogAction::AddLines("never\t*\tMay\n".to_owned()));
    rest.run(&mut state, BackupAction::Begin);
    assert!(state.announced.text.contains("3 documents"), "{}", state.announced.text);
    // Elsewhere: the first is gone, the second was edited since, the third was edited in another way.
    let other = r#"{"cursor":1,"edits":[{"do":"reject","on":"n0"}]}"#;
    rest.kept = vec![stored("b-1", ACCEPTED), stored("c-1", other)];
    let mut state = page(&rest);
    let file = rest.file.clone();
    rest.run(&mut state, BackupAction::Restore("b.zip".to_owned(), file));
    let BackupState::Restored(report) = &state.backup else { panic!("{:?}", state.backup) };
    assert_eq!((report.new, report.same, report.words), (1, 1, 1));
    assert_eq!(report.both, ["c-1 (from the backup)"]);
    assert!(report.damaged.is_empty() && report.summary().starts_with("1 document brought back"));
    assert_eq!(state.words.list.entries.len(), 1);
    // Edits are there: the restored document opens with them.
    let first = rest.kept.iter().find(|s| s.entry.key == "a-1").unwrap();
    assert_eq!(saved::open(first).unwrap().0.cursor(), 1);
    assert_eq!(first.entry.edits, 1);
}

#[test]
fn what_is_damaged_in_a_backup_is_named_and_other_files_are_refused() {
    let mut rest =
        Rest { kept: vec![stored("a-1", ACCEPTED), stored("b-1", "")], ..Rest::default() };
    rest.kept[1].base = "{".to_owned();
    let mut state = page(&rest);
    rest.run(&mut state, BackupAction::Begin);
    rest.kept.clear();
    let mut state = page(&rest);
    let mut file = rest.file.clone();
    file.truncate(file.len() - 10);
    rest.run(&mut state, BackupAction::Restore("b.zip".to_owned(), file));
    let BackupState::Restored(report) = &state.backup else { panic!("{:?}", state.backup) };
    assert_eq!((report.new, report.damaged.len()), (1, 2), "{report:?}");
    rest.run(&mut state, BackupAction::Restore("c.zip".to_owned(), b"PK".to_vec()));
    assert!(matches!(&state.backup, BackupState::Failed(why) if why.contains("c.zip")));
    // A worker that dies ends it.
    update(&mut state, BackupAction::Begin);
    update(&mut state, FilesAction::Died);
    assert!(matches!(state.backup, BackupState::Failed(_)));
}
