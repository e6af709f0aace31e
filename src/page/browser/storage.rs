//! Documents in IndexedDB, in three stores under the document's key: its entry in the list, its annotations
//! before the first edit, its edits. A save compares the stored revision in the same transaction, so that two
//! tabs never overwrite each other.

use idb::{
    Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Transaction, TransactionMode,
};
use wasm_bindgen::JsValue;

use crate::action::NotSaved;
use crate::protocol::KeptDocument;
use crate::saved::{Entry, Stored};
use galley_engine::user_words;

const DATABASE: &str = "galley";
const LIST_STORE: &str = "documents";
const BASE_STORE: &str = "readings";
const EDIT_STORE: &str = "edits";
/// The key of the reader's own words in [`EDIT_STORE`]. A document's key always has a hyphen.
const OWN_WORDS_KEY: &str = "words";

async fn open_database() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            for name in [LIST_STORE, BASE_STORE, EDIT_STORE] {
                // If a store cannot be created, the first transaction reports it.
                let _ = database.create_object_store(name, ObjectStoreParams::new());
            }
        }
    });
    request.await
}

async fn begin_transaction(mode: TransactionMode) -> Result<(Database, Transaction), Error> {
    let database = open_database().await?;
    let transaction = database.transaction(&[LIST_STORE, BASE_STORE, EDIT_STORE], mode)?;
    Ok((database, transaction))
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

/// Saves a document and returns its new revision. `fresh` is a key for a copy, should another tab have saved it.
pub(super) async fn save_document(
    mut entry: Entry,
    base: Option<String>,
    edits: String,
    fresh: String,
) -> Result<u32, NotSaved> {
    let attempt = async {
        let (database, transaction) = begin_transaction(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(&entry.key);
        let stored = read_text(&transaction, LIST_STORE, &key).await?;
        let stored: u32 = stored
            .and_then(|json| serde_json::from_str::<Entry>(&json).ok())
            .map_or(0, |e| e.revision);
        if stored != entry.revision {
            transaction.abort()?;
            database.close();
            return Ok(None);
        }
        entry.revision += 1;
        entry.updated = js_sys::Date::now() as u64;
        if let Some(base) = base {
            write_text(&transaction, BASE_STORE, &key, &base).await?;
        }
        write_text(&transaction, EDIT_STORE, &key, &edits).await?;
        let line = serde_json::to_string(&entry).unwrap_or_default();
        write_text(&transaction, LIST_STORE, &key, &line).await?;
        transaction.commit()?.await?;
        database.close();
        Ok(Some(entry.revision))
    };
    match attempt.await {
        Ok(Some(revision)) => Ok(revision),
        Ok(None) => Err(NotSaved::Conflict(fresh)),
        Err(why) => Err(NotSaved::Refused(explain_error(&why))),
    }
}

/// The list of documents, latest first.
pub(super) async fn list_documents() -> Result<Vec<Entry>, String> {
    let read = async {
        let (database, transaction) = begin_transaction(TransactionMode::ReadOnly).await?;
        let lines = transaction.object_store(LIST_STORE)?.get_all(None, None)?.await?;
        database.close();
        Ok::<_, Error>(lines)
    };
    let lines = read.await.map_err(|why| explain_error(&why))?;
    let mut entries: Vec<Entry> =
        lines.iter().filter_map(|line| serde_json::from_str(&line.as_string()?).ok()).collect();
    entries.sort_by(|a, b| (b.updated, &b.key).cmp(&(a.updated, &a.key)));
    Ok(entries)
}

/// Loads one document; `None` when it is not there.
pub(super) async fn load_document(key: &str) -> Result<Option<Stored>, String> {
    let read = async {
        let (database, transaction) = begin_transaction(TransactionMode::ReadOnly).await?;
        let key = JsValue::from_str(key);
        let line = read_text(&transaction, LIST_STORE, &key).await?;
        let base = read_text(&transaction, BASE_STORE, &key).await?;
        let edits = read_text(&transaction, EDIT_STORE, &key).await?;
        database.close();
        Ok::<_, Error>(line.zip(base).map(|(line, base)| Stored {
            entry: serde_json::from_str(&line).unwrap_or_default(),
            base,
            edits: edits.unwrap_or_default(),
        }))
    };
    read.await.map_err(|why| explain_error(&why))
}

/// The documents, the one that was saved first at the head; at most [`MOST_LESSONS`] of the latest.
pub(super) async fn load_corrected() -> Result<Vec<KeptDocument>, String> {
    let mut entries = list_documents().await?;
    entries.truncate(MOST_LESSONS);
    entries.reverse();
    let mut kept = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(stored) = load_document(&entry.key).await? {
            let Stored { base, edits, .. } = stored;
            kept.push(KeptDocument { title: entry.title, base, edits });
        }
    }
    Ok(kept)
}

/// Documents that are learned from: later ones say more, and learning from all takes longer with each.
const MOST_LESSONS: usize = 60;

/// Deletes a document from all stores.
pub(super) async fn delete_document(key: &str) -> Result<(), String> {
    let delete = async {
        let (database, transaction) = begin_transaction(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(key);
        for store in [LIST_STORE, BASE_STORE, EDIT_STORE] {
            transaction.object_store(store)?.delete(key.clone())?.await?;
        }
        transaction.commit()?.await?;
        database.close();
        Ok::<_, Error>(())
    };
    delete.await.map_err(|why| explain_error(&why))
}

/// Changes the reader's own words from `before` to `after` and merges what another tab has stored meanwhile,
/// in one transaction. Returns the stored words; empty to empty only reads them.
pub(super) async fn merge_own_words(before: &str, after: &str) -> Result<String, String> {
    let change = async {
        let (database, transaction) = begin_transaction(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(OWN_WORDS_KEY);
        let stored = read_text(&transaction, EDIT_STORE, &key).await?.unwrap_or_default();
        let now = user_words::merge_edits(before, after, &stored);
        if now != stored {
            write_text(&transaction, EDIT_STORE, &key, &now).await?;
        }
        transaction.commit()?.await?;
        database.close();
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
