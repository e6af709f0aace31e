//! The files of the queue: held until their turn comes, then read and told apart; folders that are dropped.

use std::cell::RefCell;

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File as BrowserFile};

use super::dom::call;
use super::shared::Emit;
use super::{dom, web_page};
use crate::action::{Fetched, QueueAction};
use crate::intake::{self, Intake};
use crate::protocol::File;

thread_local! {
    /// Files by their number in the queue; those that belong together have one number.
    static FILES: RefCell<Vec<Vec<BrowserFile>>> = const { RefCell::new(Vec::new()) };
}

/// Puts files into the queue.
pub(super) fn enqueue(files: Vec<BrowserFile>, emit: &Emit) {
    let groups = group(files);
    let files = groups.len();
    FILES.with_borrow_mut(|all| all.extend(groups));
    let cores = dom::navigator_part("hardwareConcurrency").and_then(|n| n.as_f64());
    let cores = cores.map_or(2, |n| n as usize);
    let now = js_sys::Date::now() as u64;
    emit.emit(QueueAction::Add { files, cores, now }.into());
}

/// A brat file goes with its text; every other file stands alone.
fn group(files: Vec<BrowserFile>) -> Vec<Vec<BrowserFile>> {
    let stem = |name: &str| intake::without_extension(name).to_owned();
    let with_notes: std::collections::HashSet<String> = files
        .iter()
        .map(|f| f.name())
        .filter(|name| name.ends_with(".ann"))
        .map(|name| stem(&name))
        .collect();
    let mut groups: Vec<Vec<BrowserFile>> = Vec::new();
    let mut together: std::collections::HashMap<String, usize> = Default::default();
    for file in files {
        let own = stem(&file.name());
        if with_notes.contains(&own) {
            let at = *together.entry(own).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[at].push(file);
        } else {
            groups.push(vec![file]);
        }
    }
    groups
}

/// Reads the file with this number and sends what is in it.
pub(super) fn fetch(number: usize, emit: &Emit) {
    let files = FILES.with_borrow_mut(|all| all.get_mut(number).map(std::mem::take));
    let emit = emit.clone();
    spawn_local(async move {
        emit.emit(QueueAction::Fetched(read(files.unwrap_or_default()).await).into());
    });
}

/// Lets go of all files.
pub(super) fn let_go() {
    FILES.take();
}

async fn read(files: Vec<BrowserFile>) -> Result<Fetched, (String, String)> {
    let name = files.first().map(BrowserFile::name).unwrap_or_default();
    let mut contents = Vec::with_capacity(files.len());
    for file in files {
        let Some(bytes) = dom::read_file(&file).await else {
            return Err((name, "the browser could not read it".to_owned()));
        };
        contents.push(File { name: file.name(), bytes });
    }
    let intake = match intake::of_files(contents) {
        Ok(intake) => intake,
        Err(why) => return Err((name, why)),
    };
    let mut fetched = Fetched { key: dom::fresh_key(), name, intake, published: None };
    if let Intake::Html(source) = &fetched.intake {
        match web_page::read_web_page(source).filter(|page| !page.text.trim().is_empty()) {
            Some(page) => {
                fetched.intake = Intake::Text(page.text);
                fetched.published = page.published;
            }
            None => return Err((fetched.name, "no readable text in this web page".to_owned())),
        }
    }
    Ok(fetched)
}

fn is_set(target: &JsValue, name: &str) -> bool {
    Reflect::get(target, &name.into()).is_ok_and(|value| value.is_truthy())
}

/// The folders and files that are dropped, if a folder is among them. They have to be asked for while the drop is
/// being handled.
pub(super) fn dropped_folders(data: &DataTransfer) -> Option<Vec<JsValue>> {
    let items = Reflect::get(data, &"items".into()).ok()?;
    let items = Array::from(&items);
    let entries: Vec<JsValue> = items
        .iter()
        .filter_map(|item| call(&item, "webkitGetAsEntry", &[]))
        .filter(|entry| entry.is_object())
        .collect();
    entries.iter().any(|entry| is_set(entry, "isDirectory")).then_some(entries)
}

/// Puts all files of these folders into the queue, those of folders in them too.
pub(super) fn enqueue_folders(entries: Vec<JsValue>, emit: &Emit) {
    let emit = emit.clone();
    spawn_local(async move {
        let mut waiting = entries;
        let mut files: Vec<(String, BrowserFile)> = Vec::new();
        while let Some(entry) = waiting.pop() {
            if is_set(&entry, "isDirectory") {
                waiting.extend(entries_of(&entry).await);
            } else if let Some(file) = answer(&entry, "file").await
                && let Ok(file) = file.dyn_into::<BrowserFile>()
            {
                let path = Reflect::get(&entry, &"fullPath".into()).ok();
                files.push((path.and_then(|p| p.as_string()).unwrap_or_default(), file));
            }
        }
        files.sort_by(|a, b| a.0.cmp(&b.0));
        enqueue_seen(files.into_iter().map(|(_, file)| file).collect(), &emit);
    });
}

/// Puts files of a folder into the queue, without those that systems hide.
pub(super) fn enqueue_seen(mut files: Vec<BrowserFile>, emit: &Emit) {
    files.retain(|file| !file.name().starts_with('.'));
    if files.is_empty() {
        let why = "There is no file in this folder.".to_owned();
        return emit.emit(crate::action::ReadAction::Refused(why).into());
    }
    enqueue(files, emit);
}

/// What a method gives to the callback that is its first argument; `None` if it fails.
async fn answer(target: &JsValue, method: &str) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = call(target, method, &[&resolve, &reject]);
    });
    JsFuture::from(promise).await.ok()
}

async fn entries_of(folder: &JsValue) -> Vec<JsValue> {
    let Some(reader) = call(folder, "createReader", &[]) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    // Browsers give a hundred at a time, and none when there are no more.
    while let Some(some) = answer(&reader, "readEntries").await {
        let some = Array::from(&some);
        if some.length() == 0 {
            break;
        }
        all.extend(some.iter());
    }
    all
}
