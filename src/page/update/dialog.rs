//! The dialogs: own words, another version of the text, someone else's annotations.

use std::rc::Rc;

use super::{edit, files, info, read, say, trouble, walk};
use crate::action::{Action, Effect, Target};
use crate::dialog::{Comparison, Deed, Dialog, Preview};
use crate::protocol::ToFiles;
use crate::state::{Engine, Open, Purpose, State};
use crate::words;
use galley_engine::agreement;
use galley_engine::calendar::Stamp;
use galley_engine::document::{Body, PublishedSource, Status};
use galley_engine::edits::{self, Edit};
use galley_engine::text::SourceText;
use galley_engine::user_words::{self, WordEntry, WordRule};
use galley_formats::galley_json;

/// Complaints about a file that are shown.
const COMPLAINTS: usize = 5;
/// Names that a list can have.
const MOST: usize = 5000;

pub(super) fn deed(state: &mut State, deed: Deed, out: &mut Vec<Effect>) {
    match deed {
        Deed::Close => close(state, out),
        Deed::Menu if state.open.is_some() => show(state, Dialog::Menu, out),
        Deed::Menu | Deed::Words => show(state, words_dialog(), out),
        Deed::Kept { asked, stored } => {
            if asked == state.own.kept {
                state.own.book = user_words::parse_word_list(&stored).0;
                state.own.kept = stored;
            }
        }
        Deed::Lines(text) => lines(state, &text, out),
        Deed::Edit(at) => fill(state, at, out),
        Deed::Drop(at) if at < state.own.book.entries.len() => {
            let gone = state.own.book.entries.remove(at);
            say(state, &format!("Off your list: {}", gone.name));
            keep(state, out);
        }
        Deed::EditLabel(at) => {
            if let Some(own) = state.own.book.labels.get(at) {
                let key = own.key.map(String::from).unwrap_or_default();
                for (id, value) in [
                    ("label-name", own.label.name()),
                    ("label-colour", own.colour),
                    ("label-key", &key),
                ] {
                    out.push(Effect::Fill(id, value.to_owned()));
                }
                out.push(Effect::Focus(Target::Id("label-name")));
            }
        }
        Deed::DropLabel(at) if at < state.own.book.labels.len() => {
            let gone = state.own.book.labels.remove(at);
            say(state, &format!("No label any more: {}", gone.label.name()));
            keep(state, out);
        }
        Deed::Export => {
            let (name, text) =
                ("galley-words.tsv".to_owned(), user_words::format_word_list(&state.own.book));
            let kind = "text/tab-separated-values".to_owned();
            hand_over(state, name, text.into_bytes(), kind, out);
        }
        Deed::Mark(always) => mark(state, always, out),
        deed => in_document(state, deed, out),
    }
}

fn in_document(state: &mut State, deed: Deed, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    if open.partial {
        return say(state, "Still reading: a moment, please");
    }
    match deed {
        Deed::Text => show(state, Dialog::Text(None), out),
        Deed::Files => {
            let (asked, offers) = (0, None);
            show(state, Dialog::Files { asked, offers }, out);
            files::ask(state, out);
        }
        Deed::Write(None) => {
            close(state, out);
            edit::edit(state, Action::Download, out);
        }
        Deed::Write(Some(format)) => match galley_json::write(&open.shown, false) {
            Ok(json) => out.push(Effect::PostFiles(ToFiles::Write { json, format })),
            Err(why) => trouble(state, &format!("The document cannot be downloaded: {why}.")),
        },
        Deed::Compare => {
            compare(open);
            show(state, Dialog::Compare, out);
        }
        Deed::Apply => {
            let (text, published) = (open.text.clone(), given(open));
            close(state, out);
            read::begin(state, Purpose::Again, text, published, out);
        }
        Deed::Revise(text) => revise(state, text, out),
        Deed::Open(name, json) => match galley_json::read(&json) {
            Ok(theirs) => {
                let (theirs, lost) = agreement::align_text(&open.shown, theirs);
                let other = Comparison {
                    agreement: agreement::compare(&open.shown, &theirs),
                    theirs: Rc::new(theirs),
                    kept: Vec::new(),
                    name,
                    lost,
                };
                // The same file again is its newer version.
                let known = open.others.iter().position(|o| o.name == other.name);
                open.beside = known.unwrap_or(open.others.len());
                match known {
                    Some(at) => open.others[at] = other,
                    None => open.others.push(other),
                }
                told(state);
            }
            Err(why) => say(state, &format!("“{name}” cannot be compared: {why}")),
        },
        Deed::Beside(at) => {
            open.beside = at;
            told(state);
        }
        Deed::Theirs(at) => settle(state, at, true, out),
        Deed::Ours(at) => settle(state, at, false, out),
        Deed::Show(at) => {
            let Some(other) = open.other() else { return };
            let Some(place) = other.open().nth(at) else {
                return;
            };
            let theirs = place.theirs.as_ref().and_then(|id| other.theirs.annotation(id));
            let (mine, span) = (place.mine.clone(), theirs.map(|a| a.span));
            state.dialog = None;
            match (mine, span) {
                (Some(id), _) => walk::walk(state, Action::Go(id, false), out),
                (None, Some(span)) => {
                    out.extend([Effect::ShowSpan(span), Effect::Focus(Target::Article)])
                }
                (None, None) => {}
            }
        }
        _ => {}
    }
}

fn show(state: &mut State, dialog: Dialog, out: &mut Vec<Effect>) {
    state.dialog = Some(dialog);
    state.said.1.clear();
    out.push(Effect::Focus(Target::Id("dialog")));
}

fn close(state: &mut State, out: &mut Vec<Effect>) {
    state.dialog = None;
    out.push(Effect::Focus(match &state.open {
        Some(open) => walk::home(open),
        None => Target::Id("more"),
    }));
}

fn words_dialog() -> Dialog {
    Dialog::Words { editing: None, trouble: Vec::new() }
}

/// Gives the list to the browser's storage.
fn keep(state: &mut State, out: &mut Vec<Effect>) {
    let after = user_words::format_word_list(&state.own.book);
    let before = std::mem::replace(&mut state.own.kept, after.clone());
    if before != after {
        out.push(Effect::KeepWords { before, after });
    }
}

/// Takes lines of a form or a file.
fn lines(state: &mut State, text: &str, out: &mut Vec<Effect>) {
    let (book, damage) = user_words::parse_word_list(text);
    let (names, labels) = (book.entries.len(), book.labels.len());
    let mut complaints: Vec<String> = match damage.as_slice() {
        // A form has one line; to number it would be odd.
        [one] if !text.contains('\n') => vec![format!("Not taken: {}", one.why)],
        all => all.iter().take(COMPLAINTS).map(|d| d.to_string()).collect(),
    };
    if damage.len() > COMPLAINTS {
        complaints.push(format!("and {} lines more", damage.len() - COMPLAINTS));
    }
    if let Some(Dialog::Words { editing, trouble }) = &mut state.dialog {
        *trouble = complaints;
        if let Some(old) = editing.take_if(|_| names > 0) {
            state.own.book.entries.retain(|e| *e != old);
        }
    }
    let room = MOST.saturating_sub(state.own.book.entries.len());
    for entry in book.entries.into_iter().take(room).rev() {
        state.own.book.set_entry(entry);
    }
    for own in book.labels {
        state.own.book.set_label(own);
    }
    let said = match (names, labels) {
        (0, 0) => "Nothing was taken".to_owned(),
        (1, 0) => "On your list".to_owned(),
        (0, 1) => "A label of yours".to_owned(),
        _ if names > room => format!("A list has room for {MOST} names: {room} were taken"),
        _ => format!("{names} names and {labels} labels were taken"),
    };
    say(state, &said);
    if names + labels > 0 {
        for id in ["word-name", "label-name", "label-key"] {
            out.push(Effect::Fill(id, String::new()));
        }
        keep(state, out);
    }
}

/// Puts an entry into the form.
fn fill(state: &mut State, at: usize, out: &mut Vec<Effect>) {
    let Some(entry) = state.own.book.entries.get(at).cloned() else {
        return;
    };
    for (id, value) in [
        ("word-name", entry.name.clone()),
        ("word-rule", rule_field(entry.rule)),
        ("word-case", if entry.any_case { "any case" } else { "" }.to_owned()),
    ] {
        out.push(Effect::Fill(id, value));
    }
    out.push(Effect::Focus(Target::Id("word-name")));
    if let Some(Dialog::Words { editing, .. }) = &mut state.dialog {
        *editing = Some(entry);
    }
}

/// The first two fields of an entry's line.
pub(crate) fn rule_field(rule: WordRule) -> String {
    match rule {
        WordRule::Always(label) => format!("always\t{}", label.name()),
        WordRule::Never(label) => format!("never\t{}", label.map_or("*", |l| l.name())),
    }
}

/// The active mention's words go on the list, and this one is accepted or rejected.
fn mark(state: &mut State, always: bool, out: &mut Vec<Effect>) {
    let Some(open) = &state.open else { return };
    let Some(a) = edit::current(open) else { return };
    let Body::Entity(e) = &a.body else { return };
    let Some(name) = user_words::normalize_name(open.shown.text.slice(a.span)) else {
        return say(state, "These words cannot be on a list");
    };
    let rule = match always {
        true => WordRule::Always(e.label),
        false => WordRule::Never(None),
    };
    let said = match always {
        true => format!("“{name}” is always: {}", e.label.title()),
        false => format!("“{name}” is never marked"),
    };
    state.own.book.set_entry(WordEntry { name, rule, any_case: false });
    keep(state, out);
    let deed = if always { Action::Accept } else { Action::Reject };
    edit::edit(state, deed, out);
    say(state, &format!("{said}, from the next article on. It is on your word list."));
}

/// Gives the person a file.
pub(super) fn hand_over(
    state: &mut State,
    name: String,
    bytes: Vec<u8>,
    kind: String,
    out: &mut Vec<Effect>,
) {
    if let Some(Dialog::Files { .. }) = state.dialog {
        close(state, out);
    }
    say(state, &format!("Downloaded {name}"));
    out.push(Effect::Download { name, bytes, kind });
}

/// The publication date, where it did not come from the text.
fn given(open: &Open) -> Option<Stamp> {
    let source = open.shown.published_source;
    open.shown.published.filter(|_| source == PublishedSource::Given)
}

fn revise(state: &mut State, text: String, out: &mut Vec<Effect>) {
    let Some(open) = &state.open else { return };
    let source = match SourceText::new(&text) {
        Ok(source) if !source.as_str().trim().is_empty() => source,
        Ok(_) => return say(state, "There is no text left. Paste the revised article."),
        Err(why) => return say(state, &format!("This cannot be read: {why}")),
    };
    if source == open.shown.text {
        return say(state, "This is the text as it stands: nothing changes");
    }
    if let Some(Dialog::Text(Some(preview))) = &state.dialog
        && preview.text == text
    {
        let (published, purpose) = (given(open), Purpose::Revise(open.key.clone()));
        close(state, out);
        let text: Rc<str> = Rc::from(source.as_str());
        return read::begin(state, purpose, text, published, out);
    }
    match edits::revise(&open.shown, &source) {
        Ok(revision) => {
            let old = &open.shown;
            let new = |id| {
                let now = revision.document.annotation(id);
                now.map(|a| words::quote(revision.document.text.slice(a.span), 60))
            };
            let changed = revision.changed.iter();
            let changed = changed.filter_map(|(id, was)| Some((words::quote(was, 60), new(id)?)));
            let lost = revision.lost.iter();
            let lost = lost.map(|a| (words::label(a), words::quote(old.text.slice(a.span), 60)));
            let preview = Preview {
                same: revision.same,
                changed: changed.collect(),
                lost: lost.collect(),
                text,
            };
            let said = format!(
                "{} stay, {} change, {} go",
                preview.same,
                preview.changed.len(),
                preview.lost.len()
            );
            state.dialog = Some(Dialog::Text(Some(preview)));
            say(state, &said);
        }
        Err(why) => say(state, &format!("The text was not taken: {why}")),
    }
}

/// What the worker (or, without one, nobody) read in the revised text comes under the annotations
/// that are carried over to it; all in one step.
pub(super) fn revised(
    state: &mut State,
    key: &str,
    text: &str,
    reading: Option<galley_engine::document::Document>,
    out: &mut Vec<Effect>,
) {
    let open = state.open.as_mut().filter(|o| o.key == key);
    let (Some(open), Ok(source)) = (open, SourceText::new(text)) else {
        return info(state, "The text was not revised: its document is not open any more.");
    };
    let revise = Edit::Revise(source);
    let alone = revise.clone();
    let done = match reading {
        Some(reading) => {
            let both = vec![revise, Edit::Reread(Box::new(reading))];
            let done = open.log.apply(Edit::Batch(both));
            done.or_else(|_| open.log.apply(alone))
        }
        None => open.log.apply(alone),
    };
    match done {
        Ok(()) => {
            open.refresh();
            let n = open.shown.annotations.len();
            say(state, &format!("The text is revised: {n} annotations. Undo takes it back."));
            out.push(Effect::Focus(Target::Article));
            read::save(state, out);
        }
        Err(why) => trouble(state, &format!("The text was not revised: {why}.")),
    }
}

/// Brings the comparisons up to date with the document.
pub(super) fn compare(open: &mut Open) {
    for other in &mut open.others {
        if other.theirs.text != open.shown.text {
            let (theirs, lost) = agreement::align_text(&open.shown, (*other.theirs).clone());
            other.theirs = Rc::new(theirs);
            other.lost += lost;
        }
        other.agreement = agreement::compare(&open.shown, &other.theirs);
    }
}

/// Says how many differences are left.
fn told(state: &mut State) {
    let other = state.open.as_ref().and_then(Open::other);
    let left = other.map_or(0, |o| o.open().count());
    let said = match left {
        0 => "No difference is left".to_owned(),
        1 => "1 difference is left".to_owned(),
        n => format!("{n} differences are left"),
    };
    say(state, &said);
}

fn settle(state: &mut State, at: usize, theirs: bool, out: &mut Vec<Effect>) {
    let Some(open) = &mut state.open else { return };
    let Some(other) = open.others.get_mut(open.beside) else {
        return;
    };
    let Some(difference) = other.open().nth(at).cloned() else {
        return;
    };
    let edit = if theirs {
        let fresh = open.log.fresh_id();
        agreement::take_theirs(&open.shown, &other.theirs, &difference, fresh)
    } else {
        let mine = difference.mine.as_ref().and_then(|id| open.shown.annotation(id));
        let unchecked = mine.filter(|a| a.status == Status::Machine);
        other.kept.push(difference.clone());
        unchecked.map(|a| Edit::Accept(a.id.clone()))
    };
    if let Some(edit) = edit {
        if let Err(why) = open.log.apply(edit) {
            return say(state, &format!("This was not done: {why}"));
        }
        open.refresh();
        read::save(state, out);
    }
    if let Some(open) = &mut state.open {
        compare(open);
    }
    told(state);
    out.push(Effect::Focus(Target::Id("differences")));
}

/// Says that there is no reader to do this.
pub(super) fn unread(state: &mut State) {
    if let Engine::Gone(_) = state.engine {
        info(state, "There is no reader: the article stays as it was read.");
    }
}
