//! Documents in IndexedDB, under the document's key in five stores: its entry in the list, its annotations
//! before the first edit, its edits, its digest for what is done over many documents, and the keys of what was
//! forgotten. One connection is kept. A save compares the stored revision in the same transaction, so that two
//! tabs never overwrite each other.
//!
//! Edits are appended: the whole log stands under the document's key, what was done since under the key and
//! the revision, each a part of [`galley_formats::read_edit_parts`].

use std::cell::RefCell;
use std::rc::Rc;

use idb::{
    Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, Query, Transaction,
    TransactionMode,
};
use wasm_bindgen::{JsCast, JsValue};

use crate::action::{NotSaved, Restored};
use crate::library::joined::{JoinChange, Joined};
use crate::protocol::KeptDocument;
use crate::saved::{self, EditsToKeep, Entry, Stored};
use galley_engine::user_words;

const DATABASE: &str = "galley";
/// Version 1 had the first three stores and no appended edits: its documents are read as they are.
const VERSION: u32 = 2;
const LIST_STORE: &str = "documents";
const BASE_STORE: &str = "readings";
const EDIT_STORE: &str = "edits";
const DIGEST_STORE: &str = "digests";
/// The keys of forgotten documents with the time: another tab must not write them back.
const FORGOTTEN_STORE: &str = "forgotten";
const STORES: [&str; 5] = [LIST_STORE, BASE_STORE, EDIT_STORE, DIGEST_STORE, FORGOTTEN_STORE];
/// The key of the reader's own words in [`EDIT_STORE`]. A document's key always has a hyphen.
const OWN_WORDS_KEY: &str = "words";
/// The key of what is joined over all documents, there too.
const JOINED_KEY: &str = "joined";
/// How long a forgotten document can be taken back, in milliseconds.
pub(super) const UNDO_MILLIS: i32 = 10_000;

thread_local! {
    static CONNECTION: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
    static ON_LOST: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Calls this when the browser closes the connection by itself, as when it removes all that is kept.
pub(super) fn when_connection_is_lost(call: impl Fn() + 'static) {
    ON_LOST.set(Some(Box::new(call)));
}

async fn open_database() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let there = database.store_names();
            for name in STORES.iter().filter(|name| !there.iter().any(|t| t == *name)) {
                // If a store cannot be created, the first transaction reports it.
                let _ = database.create_object_store(name, ObjectStoreParams::new());
            }
        }
    });
    request.await
}

async fn connection() -> Result<Rc<Database>, Error> {
    if let Some(kept) = CONNECTION.with_borrow(Clone::clone) {
        return Ok(kept);
    }
    let mut database = open_database().await?;
    // Several may have begun to open one: the first is kept.
    if let Some(kept) = CONNECTION.with_borrow(Clone::clone) {
        database.close();
        return Ok(kept);
    }
    database.on_close(|_| {
        CONNECTION.take();
        ON_LOST.with_borrow(|call| call.iter().for_each(|call| call()));
    });
    // A newer page, or the person, wants the database: this one does not stand in the way.
    database.on_version_change(|_| disconnect());
    let kept = Rc::new(database);
    CONNECTION.set(Some(Rc::clone(&kept)));
    Ok(kept)
}

fn disconnect() {
    if let Some(database) = CONNECTION.take() {
        database.close();
    }
}

async fn begin_transaction(mode: TransactionMode) -> Result<Transaction, Error> {
    match connection().await?.transaction(&STORES, mode) {
        Ok(transaction) => Ok(transaction),
        // Closed meanwhile.
        Err(_) => {
            disconnect();
            connection().await?.transaction(&STORES, mode)
        }
    }
}

async fn read_text(
    transaction: &Transaction,
    store: &str,
    key: &JsValue,
) -> Result<Option<String>, Error> {
    let value = transaction.object_store(store)?.get(key.clone())?.await?;
    Ok(value.and_then(|v| v.as_string()))
}

async fn write_text(
    transaction: &Transaction,
    store: &str,
    key: &JsValue,
    text: &str,
) -> Result<(), Error> {
    let store = transaction.object_store(store)?;
    store.put(&JsValue::from_str(text), Some(key))?.await?;
    Ok(())
}

async fn texts(transaction: &Transaction, store: &str) -> Result<Vec<String>, Error> {
    let values = transaction.object_store(store)?.get_all(None, None)?.await?;
    Ok(values.iter().filter_map(JsValue::as_string).collect())
}

/// The key of the edits that were appended by the save that made this revision.
fn part_key(key: &str, revision: u32) -> JsValue {
    js_sys::Array::of2(&JsValue::from_str(key), &revision.into()).into()
}

/// All edits that were appended to a document.
fn part_range(key: &str) -> Result<KeyRange, Error> {
    let from = js_sys::Array::of1(&JsValue::from_str(key));
    // An array stands behind every number.
    let to = js_sys::Array::of2(&JsValue::from_str(key), &js_sys::Array::new());
    KeyRange::bound(&from.into(), &to.into(), None, None)
}

/// What a save comes to in the transaction.
enum Verdict {
    Go(u32),
    No(NotSaved),
}

/// Whether a document may be saved over what is stored, and the revision that this makes. `tab` tells tabs
/// apart, `fresh` is a key for a copy.
fn judge(stored: Option<&Entry>, entry: &Entry, is_part: bool, tab: &str, fresh: &str) -> Verdict {
    let built_on = entry.revision;
    match stored {
        None if built_on == 0 && !is_part => Verdict::Go(1),
        None => Verdict::No(NotSaved::Gone),
        Some(stored) if stored.revision == built_on => Verdict::Go(built_on + 1),
        Some(stored) if stored.writer == tab || stored.revision <= entry.seen => match is_part {
            // One of this tab's own saves was refused: the part has nothing to stand on.
            true => Verdict::No(NotSaved::Gap),
            false => Verdict::Go(stored.revision.max(built_on) + 1),
        },
        Some(_) => Verdict::No(NotSaved::Conflict(fresh.to_owned())),
    }
}

/// Saves a document and returns its new revision. `fresh` is a key for a copy, should another tab have saved
/// it; `tab` tells this tab from the others.
pub(super) async fn save_document(
    mut entry: Entry,
    base: Option<String>,
    edits: EditsToKeep,
    digest: Option<String>,
    fresh: String,
    tab: String,
) -> Result<u32, NotSaved> {
    let attempt = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(&entry.key);
        if transaction.object_store(FORGOTTEN_STORE)?.get_key(key.clone())?.await?.is_some() {
            return Ok(Err(NotSaved::Forgotten));
        }
        let stored = read_text(&transaction, LIST_STORE, &key).await?;
        let stored = stored.and_then(|json| serde_json::from_str::<Entry>(&json).ok());
        let is_part = matches!(edits, EditsToKeep::Part(_));
        let revision = match judge(stored.as_ref(), &entry, is_part, &tab, &fresh) {
            Verdict::Go(revision) => revision,
            Verdict::No(why) => {
                transaction.abort()?;
                return Ok(Err(why));
            }
        };
        if let Some(stored) = stored {
            entry.collection = stored.collection;
        }
        entry.revision = revision;
        entry.writer = tab;
        // Those of the queue say when they came in, so that they stay in their order.
        if entry.updated == 0 {
            entry.updated = js_sys::Date::now() as u64;
        }
        if let Some(base) = base {
            write_text(&transaction, BASE_STORE, &key, &base).await?;
        }
        match edits {
            EditsToKeep::Whole(log) => {
                let store = transaction.object_store(EDIT_STORE)?;
                store.delete(part_range(&entry.key)?)?.await?;
                write_text(&transaction, EDIT_STORE, &key, &log).await?;
            }
            EditsToKeep::Part(part) => {
                let part_key = part_key(&entry.key, revision);
                write_text(&transaction, EDIT_STORE, &part_key, &part).await?;
            }
        }
        if let Some(digest) = digest {
            let digest = stamp_digest(revision, &digest);
            write_text(&transaction, DIGEST_STORE, &key, &digest).await?;
        }
        let line = serde_json::to_string(&entry).unwrap_or_default();
        write_text(&transaction, LIST_STORE, &key, &line).await?;
        transaction.commit()?.await?;
        Ok::<_, Error>(Ok(revision))
    };
    attempt.await.unwrap_or_else(|why| Err(NotSaved::Refused(explain_error(&why))))
}

/// A digest with the revision that it is of: edits are appended without it.
fn stamp_digest(revision: u32, digest: &str) -> String {
    format!("{revision}\n{digest}")
}

/// Keeps the digest of a document as it is stored with this revision.
pub(super) async fn keep_digest(key: &str, revision: u32, digest: &str) -> Result<(), String> {
    let keep = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        let name = JsValue::from_str(key);
        // Not for a document that was deleted meanwhile.
        if transaction.object_store(LIST_STORE)?.get_key(name.clone())?.await?.is_some() {
            write_text(&transaction, DIGEST_STORE, &name, &stamp_digest(revision, digest)).await?;
        }
        transaction.commit()?.await?;
        Ok::<_, Error>(())
    };
    keep.await.map_err(|why| explain_error(&why))
}

/// Every digest that is of its document's last revision, by the document's key.
pub(super) async fn load_digests() -> Result<Vec<(String, u32, String)>, String> {
    let read = async {
        let transaction = begin_transaction(TransactionMode::ReadOnly).await?;
        let store = transaction.object_store(DIGEST_STORE)?;
        let keys = store.get_all_keys(None, None)?.await?;
        let digests = store.get_all(None, None)?.await?;
        Ok::<_, Error>((keys, digests))
    };
    let (keys, digests) = read.await.map_err(|why| explain_error(&why))?;
    let all = keys.iter().zip(&digests).filter_map(|(key, digest)| {
        let digest = digest.as_string()?;
        let (revision, json) = digest.split_once('\n')?;
        Some((key.as_string()?, revision.parse().ok()?, json.to_owned()))
    });
    Ok(all.collect())
}

/// Brings a document of a backup back. Where another state of it is kept, or it was forgotten, it gets a key and a
/// line of its own; what is there is never overwritten.
pub(super) async fn restore_document(incoming: Stored, digest: &str) -> Result<Restored, String> {
    let restore = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        let mut entry = incoming.entry.clone();
        let mut kept_both = false;
        for n in 2.. {
            let key = JsValue::from_str(&entry.key);
            let gone = transaction.object_store(FORGOTTEN_STORE)?.get_key(key.clone())?.await?;
            match read_document(&transaction, &entry.key).await? {
                Some(kept) if saved::holds(&kept, &incoming) && gone.is_none() => {
                    return Ok(Restored::Same);
                }
                Some(_) => kept_both = gone.is_none() || kept_both,
                None if gone.is_none() => break,
                None => {}
            }
            // The same key each time, so that bringing it back once more finds it.
            entry = saved::beside(&incoming.entry, format!("{}-{n}", incoming.entry.key));
        }
        if !kept_both {
            entry.title.clone_from(&incoming.entry.title);
        }
        entry.revision = 1;
        entry.writer.clear();
        let key = JsValue::from_str(&entry.key);
        let line = serde_json::to_string(&entry).unwrap_or_default();
        write_text(&transaction, BASE_STORE, &key, &incoming.base).await?;
        write_text(&transaction, EDIT_STORE, &key, &incoming.edits).await?;
        write_text(&transaction, DIGEST_STORE, &key, &stamp_digest(1, digest)).await?;
        write_text(&transaction, LIST_STORE, &key, &line).await?;
        transaction.commit()?.await?;
        Ok::<_, Error>(match kept_both {
            true => Restored::KeptBoth(entry.title),
            false => Restored::New,
        })
    };
    restore.await.map_err(|why| explain_error(&why))
}

/// Changes what is joined over all documents, and returns what is kept then.
pub(super) async fn keep_joined(change: &JoinChange) -> Result<Joined, String> {
    let keep = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(JOINED_KEY);
        let stored = read_text(&transaction, EDIT_STORE, &key).await?.unwrap_or_default();
        let mut joined = Joined::from_json(&stored);
        joined.apply(change);
        let now = joined.to_json();
        if now != stored && *change != JoinChange::Nothing {
            write_text(&transaction, EDIT_STORE, &key, &now).await?;
        }
        transaction.commit()?.await?;
        Ok::<_, Error>(joined)
    };
    keep.await.map_err(|why| explain_error(&why))
}

/// Puts documents into a collection; an empty name takes them out of theirs.
pub(super) async fn set_collection(keys: &[String], collection: &str) -> Result<(), String> {
    let change = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        for key in keys {
            let key = JsValue::from_str(key);
            let line = read_text(&transaction, LIST_STORE, &key).await?;
            let entry = line.and_then(|line| serde_json::from_str::<Entry>(&line).ok());
            if let Some(mut entry) = entry {
                entry.collection = collection.to_owned();
                let line = serde_json::to_string(&entry).unwrap_or_default();
                write_text(&transaction, LIST_STORE, &key, &line).await?;
            }
        }
        transaction.commit()?.await?;
        Ok::<_, Error>(())
    };
    change.await.map_err(|why| explain_error(&why))
}

/// The list of documents, latest first, without those that are being forgotten.
pub(super) async fn list_documents() -> Result<Vec<Entry>, String> {
    let read = async {
        let transaction = begin_transaction(TransactionMode::ReadOnly).await?;
        let lines = texts(&transaction, LIST_STORE).await?;
        let store = transaction.object_store(FORGOTTEN_STORE)?;
        let forgotten = store.get_all_keys(None, None)?.await?;
        Ok::<_, Error>((lines, forgotten))
    };
    let (lines, forgotten) = read.await.map_err(|why| explain_error(&why))?;
    let forgotten: std::collections::HashSet<String> =
        forgotten.iter().filter_map(JsValue::as_string).collect();
    let mut entries: Vec<Entry> =
        lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    entries.retain(|e| !forgotten.contains(&e.key));
    entries.sort_by(|a, b| (b.updated, &b.key).cmp(&(a.updated, &a.key)));
    Ok(entries)
}

/// Loads one document; `None` when it is not there.
pub(super) async fn load_document(key: &str) -> Result<Option<Stored>, String> {
    let read = async {
        let transaction = begin_transaction(TransactionMode::ReadOnly).await?;
        read_document(&transaction, key).await
    };
    read.await.map_err(|why| explain_error(&why))
}

async fn read_document(transaction: &Transaction, key: &str) -> Result<Option<Stored>, Error> {
    let Some(line) = read_text(transaction, LIST_STORE, &JsValue::from_str(key)).await? else {
        return Ok(None);
    };
    let entry = serde_json::from_str(&line).unwrap_or_default();
    let content = read_content(transaction, key).await?;
    Ok(content.map(|(base, edits, parts)| Stored { entry, base, edits, parts }))
}

/// A document's reading, its log of edits, and the parts behind that.
async fn read_content(
    transaction: &Transaction,
    key: &str,
) -> Result<Option<(String, String, Vec<String>)>, Error> {
    let name = JsValue::from_str(key);
    let Some(base) = read_text(transaction, BASE_STORE, &name).await? else { return Ok(None) };
    let edits = read_text(transaction, EDIT_STORE, &name).await?.unwrap_or_default();
    let range = Query::KeyRange(part_range(key)?);
    let parts = transaction.object_store(EDIT_STORE)?.get_all(Some(range), None)?.await?;
    Ok(Some((base, edits, parts.iter().filter_map(JsValue::as_string).collect())))
}

/// The documents that a person has worked on, the one that was saved first at the head; at most
/// [`MOST_LESSONS`] of the latest. `None`: they are those with the keys and revisions of `known`.
pub(super) async fn load_corrected(
    known: Option<&[(String, u32)]>,
) -> Result<Option<Vec<KeptDocument>>, String> {
    let mut entries = list_documents().await?;
    // What is open now and was only read teaches nothing; what an older version kept may.
    entries.retain(|e| e.edits > 0 || e.checked.is_none_or(|c| c.done > 0));
    entries.truncate(MOST_LESSONS);
    entries.reverse();
    let same = |known: &[(String, u32)]| {
        let now = entries.iter().map(|e| (&e.key, e.revision));
        now.eq(known.iter().map(|(key, revision)| (key, *revision)))
    };
    if known.is_some_and(same) {
        return Ok(None);
    }
    load_kept(entries).await.map(Some)
}

/// The documents of a collection (`None`: all), the one that was saved last at the head.
pub(super) async fn load_collection(collection: Option<&str>) -> Result<Vec<KeptDocument>, String> {
    let mut entries = list_documents().await?;
    entries.retain(|e| collection.is_none_or(|name| e.collection == name));
    entries.truncate(MOST_SEARCHED);
    load_kept(entries).await
}

/// Reads documents in one transaction; those that are gone are left out.
async fn load_kept(entries: Vec<Entry>) -> Result<Vec<KeptDocument>, String> {
    let read = async {
        let transaction = begin_transaction(TransactionMode::ReadOnly).await?;
        let mut kept = Vec::with_capacity(entries.len());
        for entry in entries {
            let content = read_content(&transaction, &entry.key).await?;
            let Some((base, edits, parts)) = content else { continue };
            let Entry { key, title, revision, .. } = entry;
            kept.push(KeptDocument { key, revision, title, base, edits, parts });
        }
        Ok::<_, Error>(kept)
    };
    read.await.map_err(|why| explain_error(&why))
}

/// Documents in which suggestions are counted at a time.
const MOST_SEARCHED: usize = 500;

/// Documents that are learned from: later ones say more, and learning from all takes longer with each.
const MOST_LESSONS: usize = 60;

/// Marks documents as forgotten, or takes that back. They stay in the stores until [`delete_documents`].
pub(super) async fn mark_forgotten(keys: &[String], forgotten: bool) -> Result<(), String> {
    let change = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        let store = transaction.object_store(FORGOTTEN_STORE)?;
        for key in keys {
            let key = JsValue::from_str(key);
            match forgotten {
                true => drop(store.put(&js_sys::Date::now().into(), Some(&key))?.await?),
                false => store.delete(key)?.await?,
            }
        }
        transaction.commit()?.await?;
        Ok::<_, Error>(())
    };
    change.await.map_err(|why| explain_error(&why))
}

/// Deletes documents from all stores; that they are forgotten stays on record.
pub(super) async fn delete_documents(keys: &[String]) -> Result<(), String> {
    let delete = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        let record = transaction.object_store(FORGOTTEN_STORE)?;
        for key in keys {
            let name = JsValue::from_str(key);
            // Taken back in another tab meanwhile.
            if record.get_key(name.clone())?.await?.is_none() {
                continue;
            }
            for store in [LIST_STORE, BASE_STORE, EDIT_STORE, DIGEST_STORE] {
                transaction.object_store(store)?.delete(name.clone())?.await?;
            }
            transaction.object_store(EDIT_STORE)?.delete(part_range(key)?)?.await?;
        }
        transaction.commit()?.await?;
        Ok::<_, Error>(())
    };
    delete.await.map_err(|why| explain_error(&why))
}

/// Deletes what was forgotten when the page was last closed before it could delete it. What another tab may
/// still take back stays.
pub(super) async fn delete_forgotten() -> Result<(), String> {
    let find = async {
        let transaction = begin_transaction(TransactionMode::ReadOnly).await?;
        let store = transaction.object_store(FORGOTTEN_STORE)?;
        let keys = store.get_all_keys(None, None)?.await?;
        let times = store.get_all(None, None)?.await?;
        let there = transaction.object_store(LIST_STORE)?.get_all_keys(None, None)?.await?;
        Ok::<_, Error>((keys, times, there))
    };
    let (keys, times, there) = find.await.map_err(|why| explain_error(&why))?;
    let there: Vec<String> = there.iter().filter_map(JsValue::as_string).collect();
    let now = js_sys::Date::now();
    let is_over = |time: &JsValue| {
        let age = (now - time.as_f64().unwrap_or(0.0)).abs();
        age > 2.0 * f64::from(UNDO_MILLIS)
    };
    let due = keys.iter().zip(&times).filter(|(_, time)| is_over(time));
    let due: Vec<String> =
        due.filter_map(|(key, _)| key.as_string()).filter(|key| there.contains(key)).collect();
    match due.is_empty() {
        true => Ok(()),
        false => delete_documents(&due).await,
    }
}

/// Changes the reader's own words from `before` to `after` and merges what another tab has stored meanwhile,
/// in one transaction. Returns the stored words; empty to empty only reads them.
pub(super) async fn merge_own_words(before: &str, after: &str) -> Result<String, String> {
    let change = async {
        let transaction = begin_transaction(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(OWN_WORDS_KEY);
        let stored = read_text(&transaction, EDIT_STORE, &key).await?.unwrap_or_default();
        let now = user_words::merge_edits(before, after, &stored);
        if now != stored {
            write_text(&transaction, EDIT_STORE, &key, &now).await?;
        }
        transaction.commit()?.await?;
        Ok::<_, Error>(now)
    };
    change.await.map_err(|why| explain_error(&why))
}

fn explain_error(why: &Error) -> String {
    let said = why.to_string();
    if said.contains("Quota") {
        "the browser's storage is full.".to_owned()
    } else {
        "the browser gives this page no storage (perhaps this is a private window).".to_owned()
    }
}

/// Asks the browser to keep what this page stores; `None`: it knows no such promise.
pub(super) async fn ask_to_persist() -> Option<bool> {
    let storage = super::dom::navigator_part("storage")?;
    let ask: js_sys::Function =
        js_sys::Reflect::get(&storage, &"persist".into()).ok()?.dyn_into().ok()?;
    let answer: js_sys::Promise = ask.call0(&storage).ok()?.dyn_into().ok()?;
    wasm_bindgen_futures::JsFuture::from(answer).await.ok()?.as_bool()
}
