//! Documents in IndexedDB: a line for the list, the reading, the edits, each under the document's
//! key. A save looks at the stored revision in its own transaction, so that two tabs never
//! overwrite each other.

use idb::{
    Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Transaction, TransactionMode,
};
use wasm_bindgen::JsValue;

use crate::action::NotSaved;
use crate::saved::{Entry, Stored};
use galley_engine::wordlist;

const NAME: &str = "galley";
const LIST: &str = "documents";
const BASES: &str = "readings";
const EDITS: &str = "edits";
/// The key of the reader's own words, beside the edits: no document has a key without a hyphen.
const WORDS: &str = "words";

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(NAME, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            for name in [LIST, BASES, EDITS] {
                // A store that cannot be made shows itself at the first transaction.
                let _ = database.create_object_store(name, ObjectStoreParams::new());
            }
        }
    });
    request.await
}

async fn begin(mode: TransactionMode) -> Result<(Database, Transaction), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[LIST, BASES, EDITS], mode)?;
    Ok((database, transaction))
}

async fn text(
    transaction: &Transaction,
    store: &str,
    key: &JsValue,
) -> Result<Option<String>, Error> {
    let value = transaction.object_store(store)?.get(key.clone())?.await?;
    Ok(value.and_then(|v| v.as_string()))
}

async fn put(
    transaction: &Transaction,
    store: &str,
    key: &JsValue,
    text: &str,
) -> Result<(), Error> {
    let store = transaction.object_store(store)?;
    store.put(&JsValue::from_str(text), Some(key))?.await?;
    Ok(())
}

/// Saves; gives the new revision.
pub(super) async fn save(
    mut entry: Entry,
    base: Option<String>,
    edits: String,
    fresh: String,
) -> Result<u32, NotSaved> {
    let attempt = async {
        let (database, transaction) = begin(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(&entry.key);
        let stored = text(&transaction, LIST, &key).await?;
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
            put(&transaction, BASES, &key, &base).await?;
        }
        put(&transaction, EDITS, &key, &edits).await?;
        let line = serde_json::to_string(&entry).unwrap_or_default();
        put(&transaction, LIST, &key, &line).await?;
        transaction.commit()?.await?;
        database.close();
        Ok(Some(entry.revision))
    };
    match attempt.await {
        Ok(Some(revision)) => Ok(revision),
        Ok(None) => Err(NotSaved::Conflict(fresh)),
        Err(why) => Err(NotSaved::Refused(plain(&why))),
    }
}

/// The list, latest first.
pub(super) async fn list() -> Result<Vec<Entry>, String> {
    let read = async {
        let (database, transaction) = begin(TransactionMode::ReadOnly).await?;
        let lines = transaction.object_store(LIST)?.get_all(None, None)?.await?;
        database.close();
        Ok::<_, Error>(lines)
    };
    let lines = read.await.map_err(|why| plain(&why))?;
    let mut entries: Vec<Entry> =
        lines.iter().filter_map(|line| serde_json::from_str(&line.as_string()?).ok()).collect();
    entries.sort_by(|a, b| (b.updated, &b.key).cmp(&(a.updated, &a.key)));
    Ok(entries)
}

/// One document; `None` when it is not there.
pub(super) async fn load(key: &str) -> Result<Option<Stored>, String> {
    let read = async {
        let (database, transaction) = begin(TransactionMode::ReadOnly).await?;
        let key = JsValue::from_str(key);
        let line = text(&transaction, LIST, &key).await?;
        let base = text(&transaction, BASES, &key).await?;
        let edits = text(&transaction, EDITS, &key).await?;
        database.close();
        Ok::<_, Error>(line.zip(base).map(|(line, base)| Stored {
            entry: serde_json::from_str(&line).unwrap_or_default(),
            base,
            edits: edits.unwrap_or_default(),
        }))
    };
    read.await.map_err(|why| plain(&why))
}

/// Deletes all that is kept of a document.
pub(super) async fn forget(key: &str) -> Result<(), String> {
    let delete = async {
        let (database, transaction) = begin(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(key);
        for store in [LIST, BASES, EDITS] {
            transaction.object_store(store)?.delete(key.clone())?.await?;
        }
        transaction.commit()?.await?;
        database.close();
        Ok::<_, Error>(())
    };
    delete.await.map_err(|why| plain(&why))
}

/// Changes the reader's own words from `before` to `after`, in one transaction with what another
/// tab has made of them meanwhile; gives what they are now. Nothing to nothing changes nothing.
pub(super) async fn keep_words(before: &str, after: &str) -> Result<String, String> {
    let change = async {
        let (database, transaction) = begin(TransactionMode::ReadWrite).await?;
        let key = JsValue::from_str(WORDS);
        let stored = text(&transaction, EDITS, &key).await?.unwrap_or_default();
        let now = wordlist::rebase(before, after, &stored);
        if now != stored {
            put(&transaction, EDITS, &key, &now).await?;
        }
        transaction.commit()?.await?;
        database.close();
        Ok::<_, Error>(now)
    };
    change.await.map_err(|why| plain(&why))
}

fn plain(why: &Error) -> String {
    let said = why.to_string();
    if said.contains("Quota") {
        "the browser's storage is full.".to_owned()
    } else {
        "the browser does not give this page storage (a private window, perhaps).".to_owned()
    }
}
