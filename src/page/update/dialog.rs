//! The dialogs: own words, the revised text, other people's annotations, download formats.

use std::rc::Rc;

use super::announce::{announce, announce_still_reading, show_trouble};
use super::download::{close_dialog, offer_download};
use super::outcome::Outcome;
use super::saving::save_edits;
use super::{compare, jobs, word_list};
use crate::action::{DialogAction, FilesAction, LearnAction, WalkAction};
use crate::dialog::{Comparison, Dialog, Preview};
use crate::effect::{Effect, Target};
use crate::learning::desk_file;
use crate::protocol::{ToEngine, ToFiles};
use crate::state::{Open, Promise, Purpose, State};
use crate::words;
use galley_engine::agreement;
use galley_engine::calendar::Stamp;
use galley_engine::document::{PublishedSource, Status};
use galley_engine::edits::{self, Edit, Revision};
use galley_engine::text::SourceText;
use galley_formats::galley_json;

pub(super) fn handle_action(state: &mut State, action: DialogAction, out: &mut Outcome) {
    match action {
        DialogAction::Close => close_dialog(state, out),
        DialogAction::OpenMenu => show_dialog(state, Dialog::Menu, out),
        DialogAction::OpenLeaving => {
            show_dialog(state, Dialog::Leaving(None), out);
            out.effect(Effect::CountRequests);
        }
        DialogAction::LeavingKnown(known) => {
            if let Some(Dialog::Leaving(leaving)) = &mut state.dialog {
                *leaving = Some(known);
                if state.engine.is_ready() {
                    out.effect(Effect::PostEngine(ToEngine::CountRequests));
                }
                if state.files.is_ready() {
                    out.effect(Effect::PostFiles(ToFiles::CountRequests));
                }
            }
        }
        DialogAction::Counted(program, report) => {
            if let Some(Dialog::Leaving(Some(leaving))) = &mut state.dialog {
                leaving.take(program, report);
            }
        }
        DialogAction::AskToKeep => {
            state.promise = Promise::Asked;
            out.effect(Effect::AskToPersist);
        }
        DialogAction::OpenBackup => show_dialog(state, Dialog::Backup, out),
        DialogAction::OpenWords => {
            show_dialog(state, Dialog::Words { editing: None, trouble: Vec::new() }, out);
        }
        DialogAction::WordsStored { written, stored } => {
            word_list::take_stored(state, &written, stored);
            if state.words.list.learned.is_some() {
                out.follow_up(LearnAction::Start);
            }
        }
        DialogAction::AddLines(text) => word_list::add_lines(state, &text, out),
        DialogAction::EditEntry(at) => word_list::edit_entry(state, at, out),
        DialogAction::RemoveEntry(at) => word_list::remove_entry(state, at, out),
        DialogAction::EditLabel(at) => word_list::edit_label(state, at, out),
        DialogAction::RemoveLabel(at) => word_list::remove_label(state, at, out),
        DialogAction::ExportWords => {
            let report = state.learning.report.as_ref();
            let learned = report.and_then(|report| report.line.as_deref());
            let list = desk_file(&state.words.list, learned).into_bytes();
            let (name, media_type) = ("desk.galley", "text/tab-separated-values");
            offer_download(state, name.to_owned(), list, media_type.to_owned(), out);
        }
        DialogAction::ListActiveMention { always } => {
            word_list::list_active_mention(state, always, out);
        }
        // The others are about the open document.
        _ if state.open.is_none() => {}
        _ if state.open.as_ref().is_some_and(|o| o.partial) => announce_still_reading(state),
        DialogAction::OpenText => show_dialog(state, Dialog::Text(None), out),
        DialogAction::OpenFormats => {
            show_dialog(state, Dialog::Files { asked: 0, offers: None }, out);
            out.follow_up(FilesAction::RequestOffers);
        }
        DialogAction::Download(None) => {
            close_dialog(state, out);
            out.follow_up(FilesAction::DownloadGalley);
        }
        DialogAction::Download(Some(format)) => download(state, format, out),
        DialogAction::ReadAgain => read_again(state, out),
        DialogAction::Revise(text) => preview_or_revise(state, text, out),
        DialogAction::OpenComparison => {
            if let Some(open) = &mut state.open {
                compare::refresh(open);
            }
            show_dialog(state, Dialog::Compare, out);
        }
        DialogAction::OpenTheirs(name, json) => open_theirs(state, name, &json),
        DialogAction::ShowComparison(at) => {
            if let Some(open) = &mut state.open {
                open.comparison_index = at;
            }
            announce_differences(state);
        }
        DialogAction::TakeTheirs(at) => settle_difference(state, at, true, out),
        DialogAction::KeepOurs(at) => settle_difference(state, at, false, out),
        DialogAction::ShowDifference(at) => show_difference(state, at, out),
    }
}

fn show_dialog(state: &mut State, dialog: Dialog, out: &mut Outcome) {
    state.dialog = Some(dialog);
    state.announced.text.clear();
    out.effect(Effect::Focus(Target::Id("dialog")));
}

fn download(state: &mut State, format: u32, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    match galley_json::write(&open.shown, false) {
        Ok(json) => out.effect(Effect::PostFiles(ToFiles::Write { json, format })),
        Err(why) => show_trouble(state, &format!("The document cannot be downloaded: {why}.")),
    }
}

fn read_again(state: &mut State, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    let (text, published) = (open.text.clone(), given_publication_date(open));
    close_dialog(state, out);
    jobs::start_job(state, Purpose::NewWords, text, published, out);
}

/// The publication date, unless it was found in the text.
fn given_publication_date(open: &Open) -> Option<Stamp> {
    let source = open.shown.published_source;
    open.shown.published.filter(|_| source == PublishedSource::Given)
}

/// Previews what happens to the annotations with this text. If that is what is shown already, the text is
/// revised.
fn preview_or_revise(state: &mut State, text: String, out: &mut Outcome) {
    let Some(open) = &state.open else { return };
    let source = match SourceText::new(&text) {
        Ok(source) if !source.as_str().trim().is_empty() => source,
        Ok(_) => return announce(state, "There is no text left. Paste the revised article."),
        Err(why) => return announce(state, &format!("This cannot be read: {why}")),
    };
    if source == open.shown.text {
        return announce(state, "The text is the same: nothing changes");
    }
    if let Some(Dialog::Text(Some(preview))) = &state.dialog
        && preview.text == text
    {
        let purpose = Purpose::Revise(open.key.clone());
        let published = given_publication_date(open);
        close_dialog(state, out);
        return jobs::start_job(state, purpose, Rc::from(source.as_str()), published, out);
    }
    match edits::revise(&open.shown, &source) {
        Ok(revision) => {
            let preview = preview_of(open, &revision, text);
            let sentence = format!(
                "{} stay, {} change, {} go",
                preview.same,
                preview.changed.len(),
                preview.lost.len()
            );
            state.dialog = Some(Dialog::Text(Some(preview)));
            announce(state, &sentence);
        }
        Err(why) => announce(state, &format!("The text was not accepted: {why}")),
    }
}

fn preview_of(open: &Open, revision: &Revision, text: String) -> Preview {
    let quoted_now = |id| {
        let now = revision.document.annotation(id)?;
        Some(words::quoted(revision.document.text.slice(now.span), 60))
    };
    let changed = revision.changed.iter();
    let changed = changed.filter_map(|(id, was)| Some((words::quoted(was, 60), quoted_now(id)?)));
    let lost = revision.lost.iter();
    let lost =
        lost.map(|a| (words::label_title(a), words::quoted(open.shown.text.slice(a.span), 60)));
    Preview { same: revision.same, changed: changed.collect(), lost: lost.collect(), text }
}

/// Compares with the document of another person's file.
fn open_theirs(state: &mut State, name: String, json: &str) {
    let Some(open) = &mut state.open else { return };
    let theirs = match galley_json::read(json) {
        Ok(theirs) => theirs,
        Err(why) => return announce(state, &format!("“{name}” cannot be compared: {why}")),
    };
    let (theirs, lost) = agreement::align_text(&open.shown, theirs);
    let comparison = Comparison {
        agreement: agreement::compare(&open.shown, &theirs),
        theirs: Rc::new(theirs),
        kept: Vec::new(),
        name,
        lost,
    };
    // A file of the same name is its newer version.
    let known = open.comparisons.iter().position(|c| c.name == comparison.name);
    open.comparison_index = known.unwrap_or(open.comparisons.len());
    match known {
        Some(at) => open.comparisons[at] = comparison,
        None => open.comparisons.push(comparison),
    }
    announce_differences(state);
}

/// Announces how many differences are not settled.
fn announce_differences(state: &mut State) {
    let comparison = state.open.as_ref().and_then(Open::comparison);
    let sentence = match comparison.map_or(0, |c| c.unsettled().count()) {
        0 => "No differences left".to_owned(),
        1 => "1 difference left".to_owned(),
        n => format!("{n} differences left"),
    };
    announce(state, &sentence);
}

/// Takes their side of a difference, or keeps ours.
fn settle_difference(state: &mut State, at: usize, take_theirs: bool, out: &mut Outcome) {
    let Some(open) = &mut state.open else { return };
    let Some(comparison) = open.comparisons.get_mut(open.comparison_index) else {
        return;
    };
    let Some(difference) = comparison.unsettled().nth(at).cloned() else {
        return;
    };
    let edit = if take_theirs {
        let new_id = open.log.fresh_id();
        agreement::take_theirs(&open.shown, &comparison.theirs, &difference, new_id)
    } else {
        let mine = difference.mine.as_ref().and_then(|id| open.shown.annotation(id));
        let unchecked = mine.filter(|a| a.status == Status::Machine);
        comparison.kept.push(difference.clone());
        unchecked.map(|a| Edit::Accept(a.id.clone()))
    };
    if let Some(edit) = edit {
        if let Err(why) = open.log.apply(edit) {
            return announce(state, &format!("This was not done: {why}"));
        }
        open.refresh();
        save_edits(state, out);
    }
    if let Some(open) = &mut state.open {
        compare::refresh(open);
    }
    announce_differences(state);
    out.effect(Effect::Focus(Target::Id("differences")));
}

/// Closes the dialog and shows where a difference is.
fn show_difference(state: &mut State, at: usize, out: &mut Outcome) {
    let Some(comparison) = state.open.as_ref().and_then(Open::comparison) else {
        return;
    };
    let Some(difference) = comparison.unsettled().nth(at) else {
        return;
    };
    let theirs = difference.theirs.as_ref().and_then(|id| comparison.theirs.annotation(id));
    let (mine, theirs) = (difference.mine.clone(), theirs.map(|a| a.span));
    state.dialog = None;
    match (mine, theirs) {
        (Some(id), _) => out.follow_up(WalkAction::Go(id, false)),
        (None, Some(span)) => {
            out.effect(Effect::ShowSpan(span));
            out.effect(Effect::Focus(Target::Article));
        }
        (None, None) => {}
    }
}
