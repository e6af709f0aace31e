//! Turns what is pasted, typed, dropped or opened into an action. Must not know what happens to the text then.

use std::cell::RefCell;

use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, FileList};

use super::shared::Emit;
use super::{dom, queue_files, web_page};
use crate::action::{Action, BackupAction, DialogAction, ReadAction, Taken};
use crate::intake;
use crate::protocol::File;

/// The action for a web page: its text, or why there is none. Other input is taken as it is.
pub(super) fn text_of_web_page(taken: Taken) -> Action {
    let intake::Intake::Html(source) = &taken.intake else {
        return Action::Read(ReadAction::Take(taken));
    };
    match web_page::read_web_page(source) {
        Some(page) if !page.text.trim().is_empty() => Action::Read(ReadAction::Take(Taken {
            intake: intake::Intake::Text(page.text),
            published: page.published,
            ..taken
        })),
        _ => Action::Read(ReadAction::Refused(
            "No readable text was found in this web page. Copy the article's text and paste it here.".to_owned(),
        )),
    }
}

/// The action for text that was pasted, typed or dropped.
pub(super) fn import_text(text: &str, name: Option<String>) -> Action {
    match intake::of_text(text, name.as_deref()) {
        Ok(intake) => Action::Read(ReadAction::Take(Taken {
            key: dom::fresh_key(),
            intake,
            name,
            published: None,
        })),
        Err(why) => Action::Read(ReadAction::Refused(why)),
    }
}

/// Files that are opened together when they belong together; more of them come into the list one by one.
const MOST_TOGETHER: usize = 8;

thread_local! {
    /// The files that were opened last, for when they turn out to hold many articles.
    static OPENED: RefCell<Vec<web_sys::File>> = const { RefCell::new(Vec::new()) };
}

/// Puts the files that were opened last into the queue, which reads all their articles.
pub(super) fn queue_opened_files(emit: &Emit) {
    let files = OPENED.take();
    if !files.is_empty() {
        queue_files::enqueue(files, emit);
    }
}

/// Reads files that were dropped or opened together, then sends the action.
pub(super) fn import_files(files: Option<FileList>, emit: &Emit) {
    let list = dom::list_files(files);
    if list.is_empty() {
        return;
    }
    if list.len() > MOST_TOGETHER {
        return queue_files::enqueue(list, emit);
    }
    OPENED.set(list.clone());
    let emit = emit.clone();
    spawn_local(async move {
        let mut files = Vec::with_capacity(list.len());
        for file in &list {
            let name = file.name();
            let Some(bytes) = dom::read_file(file).await else {
                let why = format!("“{name}” could not be read. Open it again.");
                return emit.emit(Action::Read(ReadAction::Refused(why)));
            };
            files.push(File { name, bytes });
        }
        if let [file] = files.as_slice()
            && intake::is_backup(&file.bytes)
        {
            let File { name, bytes } = files.remove(0);
            emit.emit(DialogAction::OpenBackup.into());
            return emit.emit(BackupAction::Restore(name, bytes).into());
        }
        let name = files.first().map(|file| file.name.clone());
        // Texts come into the list one by one; what belongs together is opened.
        let several = files.len() > 1;
        if !several && files.first().is_some_and(intake::may_hold_many_articles) {
            return queue_files::enqueue(list, &emit);
        }
        let intake = intake::of_files(files);
        if several && !matches!(intake, Ok(intake::Intake::Foreign(_))) {
            return queue_files::enqueue(list, &emit);
        }
        emit.emit(match intake {
            Ok(intake) => Action::Read(ReadAction::Take(Taken {
                key: dom::fresh_key(),
                intake,
                name,
                published: None,
            })),
            Err(why) => Action::Read(ReadAction::Refused(why)),
        });
    });
}

/// The action for what is in the clipboard: part of a web page, text, or files (which are sent later).
pub(super) fn import_clipboard(event: &ClipboardEvent, emit: &Emit) -> Option<Action> {
    let data = event.clipboard_data()?;
    let get = |kind: &str| data.get_data(kind).unwrap_or_default();
    let html = get("text/html");
    if let Some(page) = (!html.trim().is_empty()).then(|| web_page::read_web_page(&html)).flatten()
        && page.text.trim().len() > 1
    {
        return Some(import_reduced_page(page.text, page.published));
    }
    let text = get("text/plain");
    if text.is_empty() && data.files().is_some_and(|f| f.length() > 0) {
        import_files(data.files(), emit);
        event.prevent_default();
        return None;
    }
    Some(import_text(&text, None))
}

/// The action for the text of a web page.
fn import_reduced_page(text: String, published: Option<String>) -> Action {
    match intake::of_text(&text, None) {
        Ok(_) => Action::Read(ReadAction::Take(Taken {
            key: dom::fresh_key(),
            intake: intake::Intake::Text(text),
            name: None,
            published,
        })),
        Err(why) => Action::Read(ReadAction::Refused(why)),
    }
}
