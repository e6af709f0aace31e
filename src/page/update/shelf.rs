//! The list of documents: searched, sorted, ticked; and what is done to many of them.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::announce::{announce, announce_unseen, show_trouble};
use super::digests::{find_missing, load_library};
use super::download::{file_name, offer_download};
use super::outcome::Outcome;
use super::{change, elsewhere};
use crate::action::{ShelfAction, StorageAction};
use crate::effect::{Effect, Target};
use crate::library::choice::View;
use crate::library::joined::JoinChange;
use crate::library::over_all;
use crate::library::pack::{Container, Pack};
use crate::library::shelf::OverAll;
use crate::library::shelf::ROWS;
use crate::library::{Digest, Loading};
use crate::protocol::{FromFiles, ToFiles};
use crate::saved::{self, Stored};
use crate::state::{GoTo, State, document_title};
use crate::words::{counted, quoted};
use galley_engine::document::{AnnotationId, Document};
use galley_formats::galley_json;

pub(super) fn handle_action(state: &mut State, action: ShelfAction, out: &mut Outcome) {
    if elsewhere::handle_action(state, &action, out) {
        return;
    }
    match action {
        ShelfAction::Search(query) => {
            state.shelf.query = query;
            load_library(state, out);
            refresh_from_top(state);
        }
        ShelfAction::Sort(sort) => {
            state.shelf.sort = sort;
            refresh_from_top(state);
        }
        ShelfAction::Show(progress) => {
            state.shelf.progress = progress;
            refresh_from_top(state);
        }
        ShelfAction::ShowCollection(collection) => {
            state.shelf.collection = collection;
            refresh_from_top(state);
        }
        ShelfAction::More => state.shelf.drawn += 5 * ROWS,
        ShelfAction::Tick(key) => {
            let ticked = Rc::make_mut(&mut state.shelf.ticked);
            if !ticked.remove(&key) {
                ticked.insert(key);
            }
            ask_for_formats(state, out);
        }
        ShelfAction::TickAll => {
            let rows = Rc::clone(&state.shelf.rows);
            let ticked = Rc::make_mut(&mut state.shelf.ticked);
            let all = rows.iter().all(|row| ticked.contains(&row.entry.key));
            ticked.clear();
            if !all {
                ticked.extend(rows.iter().map(|row| row.entry.key.clone()));
            }
            ask_for_formats(state, out);
        }
        ShelfAction::PutInto(name) => put_into(state, name.trim(), out),
        ShelfAction::ForgetTicked => {
            let keys = take_ticked(state);
            if !keys.is_empty() {
                out.follow_up(StorageAction::Forget(keys));
            }
        }
        ShelfAction::Download(format, container) => begin_pack(state, format, container, out),
        ShelfAction::PackLoaded(key, stored) => add_to_pack(state, &key, stored.as_deref(), out),
        ShelfAction::ShowView(view) => {
            state.shelf.view = view;
            state.shelf.open_row = None;
            load_library(state, out);
            refresh_from_top(state);
        }
        ShelfAction::ToggleRow(identity) => {
            let row = &mut state.shelf.open_row;
            *row = if row.as_ref() == Some(&identity) { None } else { Some(identity) };
        }
        ShelfAction::OpenAt(key, annotation) => {
            state.go_to = Some(GoTo::Annotation(key.clone(), AnnotationId(annotation)));
            out.follow_up(StorageAction::Open(key));
        }
        ShelfAction::OpenHit(key) => {
            state.go_to = Some(GoTo::Hit(key.clone(), state.shelf.query.clone()));
            out.follow_up(StorageAction::Open(key));
        }
        ShelfAction::DownloadTable => download_table(state, out),
        ShelfAction::Correct(identity, correction) => {
            change::begin(state, &identity, correction, out);
        }
        ShelfAction::ChangeLoaded(key, stored) => {
            change::go_on(state, &key, stored.as_deref(), out);
        }
        // Handled above.
        ShelfAction::OpenElsewhere
        | ShelfAction::TickElsewhere(_)
        | ShelfAction::CorrectElsewhere => {}
        ShelfAction::UndoChange => change::take_back(state, out),
        ShelfAction::DismissChange => {
            state.change = None;
            state.shelf.last_join = None;
        }
        ShelfAction::JoinedLoaded(joined) => {
            if joined != state.shelf.joined {
                state.shelf.joined = joined;
                state.refresh_shelf();
            }
        }
        ShelfAction::Join(identity, to) => join(state, identity, to, out),
        ShelfAction::Part(identity) => part(state, identity, out),
        ShelfAction::UndoJoin => {
            if let Some((_, after, before)) = state.shelf.last_join.take() {
                change_joined(state, JoinChange::Back(after, before), out);
                announce_unseen(state, "Taken back");
            }
        }
        ShelfAction::OpenNext => open_next(state, out),
        ShelfAction::DigestsLoaded(digests) => take_digests(state, digests, out),
        ShelfAction::DigestMissing(key, stored) => make_digest(state, key, stored.as_deref(), out),
    }
}

/// Changes what is joined here at once, and in the browser.
fn change_joined(state: &mut State, change: JoinChange, out: &mut Outcome) {
    state.shelf.joined.apply(&change);
    state.refresh_shelf();
    out.effect(Effect::KeepJoined(change));
}

/// The name over all documents that this identity, or one that was joined to it, has.
fn name_over_all<'s>(state: &'s State, identity: &str) -> Option<&'s str> {
    let OverAll::Names(names) = &*state.shelf.over_all else { return None };
    names.iter().find_map(|name| match name.identity == identity {
        true => Some(name.name.as_str()),
        false => name.joined.get(identity).map(String::as_str),
    })
}

fn join(state: &mut State, identity: String, to: String, out: &mut Outcome) {
    let name = |identity: &str| name_over_all(state, identity).map(|name| quoted(name, 60));
    let (Some(one), Some(other)) = (name(&identity), name(&to)) else { return };
    let said = format!("{one} is {other} now, in all articles");
    let before = state.shelf.joined.clone();
    state.change = None;
    state.shelf.open_row = Some(to.clone());
    change_joined(state, JoinChange::Join(identity, to.clone()), out);
    announce_unseen(state, &said);
    state.shelf.last_join = Some((said, state.shelf.joined.clone(), before));
    out.effect(Effect::Focus(Target::Row(to)));
}

fn part(state: &mut State, identity: String, out: &mut Outcome) {
    let Some(name) = name_over_all(state, &identity) else { return };
    let said = format!("{} stands alone again", quoted(name, 60));
    let before = state.shelf.joined.clone();
    state.change = None;
    change_joined(state, JoinChange::Part(identity), out);
    announce_unseen(state, &said);
    state.shelf.last_join = Some((said, state.shelf.joined.clone(), before));
}

fn refresh_from_top(state: &mut State) {
    state.shelf.drawn = ROWS;
    state.refresh_shelf();
}

/// The ticked documents in the order of the list; nothing is ticked any more.
fn take_ticked(state: &mut State) -> Vec<String> {
    let keys = ticked(state);
    state.shelf.ticked = Rc::default();
    keys
}

fn ticked(state: &State) -> Vec<String> {
    let listed: HashSet<&str> = state.shelf.rows.iter().map(|row| row.entry.key.as_str()).collect();
    let rows = state.shelf.rows.iter().map(|row| &row.entry);
    // After them those that the filter hides now.
    let hidden = state.kept_documents.iter().filter(|e| !listed.contains(e.key.as_str()));
    let all = rows.chain(hidden).map(|e| &e.key);
    all.filter(|key| state.shelf.ticked.contains(*key)).cloned().collect()
}

fn put_into(state: &mut State, name: &str, out: &mut Outcome) {
    let keys = take_ticked(state);
    if keys.is_empty() {
        return;
    }
    let chosen: HashSet<&str> = keys.iter().map(String::as_str).collect();
    for entry in state.kept_documents.iter_mut().filter(|e| chosen.contains(e.key.as_str())) {
        name.clone_into(&mut entry.collection);
    }
    let documents = counted(keys.len(), "document");
    announce(
        state,
        &match name.is_empty() {
            true => format!("{documents} taken out of the collection"),
            false => format!("{documents} put into “{name}”"),
        },
    );
    out.effect(Effect::SetCollection { keys, collection: name.to_owned() });
    state.refresh_shelf();
}

fn ask_for_formats(state: &mut State, out: &mut Outcome) {
    if state.formats.is_empty() && state.files.is_ready() {
        out.effect(Effect::PostFiles(ToFiles::ListFormats));
    }
}

fn download_table(state: &mut State, out: &mut Outcome) {
    let sources = state.shelf.sources(&state.kept_documents, &state.library);
    let rows = match &*state.shelf.over_all {
        OverAll::Nothing => return,
        OverAll::Names(names) => over_all::names_table(names, &sources),
        OverAll::Quotes(speakers) => over_all::quotes_table(speakers),
        OverAll::Dates(dates) => over_all::dates_table(dates, &sources),
    };
    out.effect(Effect::PostFiles(ToFiles::WriteTable { rows }));
}

fn begin_pack(state: &mut State, format: u32, container: Container, out: &mut Outcome) {
    let keys = ticked(state);
    if keys.is_empty() || state.pack.is_some() {
        return;
    }
    let zip = container == Container::Zip;
    out.effect(Effect::PostFiles(ToFiles::BeginPack { format, zip }));
    state.pack = Some(Pack::new(keys, container));
    load_next_of_pack(state, out);
}

fn load_next_of_pack(state: &mut State, out: &mut Outcome) {
    let Some(pack) = &state.pack else { return };
    match pack.left.front() {
        Some(key) => out.effect(Effect::LoadForPack(key.clone())),
        None => out.effect(Effect::PostFiles(ToFiles::EndPack)),
    }
}

fn add_to_pack(state: &mut State, key: &str, stored: Option<&Stored>, out: &mut Outcome) {
    let Some(pack) = state.pack.as_mut().filter(|p| p.left.front().is_some_and(|k| k == key))
    else {
        return;
    };
    pack.left.pop_front();
    let json = stored
        .and_then(|stored| saved::open(stored).ok())
        .and_then(|(log, _)| galley_json::write(log.current(), false).ok());
    let title = stored.map_or("", |stored| stored.entry.title.as_str());
    match json {
        Some(json) => {
            let name = pack.own_name(&file_name(title));
            out.effect(Effect::PostFiles(ToFiles::AddToPack { json, name }));
        }
        None => pack.failed.push(title.to_owned()),
    }
    load_next_of_pack(state, out);
}

/// What the files worker says of a download of several documents.
pub(super) fn take_packed(state: &mut State, message: FromFiles, out: &mut Outcome) {
    match message {
        FromFiles::Formats(formats) => state.formats = formats,
        FromFiles::Table(file) => {
            let view = View::ALL.iter().find(|row| row.0 == state.shelf.view);
            let name = format!("galley-{}{}", view.map_or("table", |row| row.1), file.name);
            offer_download(state, name, file.bytes, "text/csv".to_owned(), out);
        }
        FromFiles::Packed { file, media_type } => {
            let Some(pack) = state.pack.take() else { return };
            let name = match state.shelf.collection.as_deref() {
                Some(collection) => file_name(collection),
                None => "galley-documents".to_owned(),
            };
            offer_download(state, name + &file.name, file.bytes, media_type, out);
            if let Some(first) = pack.failed.first() {
                let n = pack.failed.len();
                show_trouble(
                    state,
                    &format!("{n} of the documents could not be added, “{first}” among them."),
                );
            }
        }
        FromFiles::Hello { .. }
        | FromFiles::Offers { .. }
        | FromFiles::File { .. }
        | FromFiles::Opened { .. }
        | FromFiles::Articles { .. }
        | FromFiles::BackedUp(_)
        | FromFiles::BackupOpened { .. }
        | FromFiles::NoBackup
        | FromFiles::OfBackup(_)
        | FromFiles::Requests(_)
        | FromFiles::Failed { .. } => {}
    }
}

fn open_next(state: &mut State, out: &mut Outcome) {
    if !state.listed {
        state.opens_next = true;
        return out.effect(Effect::ListDocuments);
    }
    if state.shelf.rows.is_empty() {
        state.refresh_shelf();
    }
    let open = state.open.as_ref().map(|o| o.key.clone());
    match state.shelf.next_open(open.as_deref()).map(|e| e.key.clone()) {
        Some(key) => out.follow_up(StorageAction::Open(key)),
        None => announce(state, "Every document of the list is checked"),
    }
}

fn take_digests(state: &mut State, digests: Vec<(String, u32, String)>, out: &mut Outcome) {
    state.library.loading = Loading::Done;
    let revisions: HashMap<&str, u32> =
        state.kept_documents.iter().map(|e| (e.key.as_str(), e.revision)).collect();
    for (key, revision, json) in digests {
        let is_current = revisions.get(key.as_str()) == Some(&revision);
        if is_current && let Some(digest) = Digest::from_json(&json) {
            state.library.insert(key, revision, digest);
        }
    }
    find_missing(state, out);
    state.refresh_shelf();
    elsewhere::look_up(state);
}

fn make_digest(state: &mut State, key: String, stored: Option<&Stored>, out: &mut Outcome) {
    let opened = stored.and_then(|stored| Some((stored, saved::open(stored).ok()?.0)));
    if let Some((stored, log)) = opened {
        let document: &Document = log.current();
        let title = match stored.entry.title.is_empty() {
            true => document_title(document, None),
            false => stored.entry.title.clone(),
        };
        let digest = Digest::of(document, &title);
        let revision = stored.entry.revision;
        if let Some(entry) = state.kept_documents.iter_mut().find(|e| e.key == key) {
            entry.checked.get_or_insert_with(|| saved::Checked::of(document));
        }
        let json = digest.to_json();
        out.effect(Effect::KeepDigest { key: key.clone(), revision, digest: json });
        state.library.insert(key, revision, digest);
    } else {
        state.library.missing.retain(|k| *k != key);
    }
    match state.library.missing.first() {
        Some(next) => {
            out.effect(Effect::LoadForDigest(next.clone()));
            if state.library.missing.len().is_multiple_of(50) {
                state.refresh_shelf();
            }
        }
        None => {
            state.refresh_shelf();
            elsewhere::look_up(state);
        }
    }
}
