//! A text comes in, and the engine's worker answers.

use std::rc::Rc;

use super::announce::{announce, announce_unseen, show_info, show_trouble};
use super::jobs;
use super::outcome::Outcome;
use super::revise::revise_text;
use super::saving::{keep_document, open_document, save_edits};
use crate::action::{DialogAction, FilesAction, LearnAction, ReadAction, SuggestAction, Taken};
use crate::effect::Effect;
use crate::intake::{self, Intake};
use crate::language;
use crate::leaving::Program;
use crate::protocol::{self, File, FromEngine};
use crate::sample;
use crate::state::{Job, Open, Purpose, State, WorkerState};
use galley_engine::calendar::Stamp;
use galley_engine::document::Document;
use galley_engine::edits::{Edit, EditLog};
use galley_engine::text::SourceText;
use galley_formats::galley_json;

/// How often the worker may die in a row without a hello before the page does without it.
const MAX_DEATHS: u8 = 3;
/// How often the worker may die while reading one text before the page gives the text up.
const MAX_DEATHS_OF_JOB: u8 = 2;

pub(super) fn handle_action(state: &mut State, action: ReadAction, out: &mut Outcome) {
    match action {
        ReadAction::Take(taken) => take_in(state, taken, out),
        ReadAction::Refused(why) => show_trouble(state, &why),
        ReadAction::TakeSample(key) => {
            let intake = Intake::Text(sample::TEXT.to_owned());
            take_in(state, Taken { key, intake, name: None, published: None }, out);
        }
        ReadAction::Engine(message) => handle_message(state, message, out),
        ReadAction::EngineDied => handle_death(state, out),
        ReadAction::TimerEnded(number) => {
            if let Some(job) = state.job.as_mut().filter(|job| job.number == number) {
                job.is_slow = true;
                announce_unseen(state, "Reading");
            }
        }
        ReadAction::Cancel => jobs::cancel_job(state, out),
    }
}

fn take_in(state: &mut State, taken: Taken, out: &mut Outcome) {
    state.notice = None;
    // A dialog is about the document that is open now.
    state.dialog = None;
    let Taken { key, intake, name, published } = taken;
    match intake {
        Intake::Html(_) => {
            out.effect(Effect::ReduceHtml(Taken { key, intake, name, published }));
        }
        Intake::Galley(json) => match galley_json::read(&json) {
            Ok(document) => {
                let mut open = Open::new(key, EditLog::new(document));
                open.name = name;
                open_document(state, open, out);
                announce_unseen(state, "Opened where you left off");
            }
            // The files worker finds out what can be read of a damaged file.
            Err(_) => {
                let file = File { name: name.unwrap_or_default(), bytes: json.into_bytes() };
                out.follow_up(FilesAction::Open { key, files: vec![file] });
            }
        },
        Intake::Foreign(files) => out.follow_up(FilesAction::Open { key, files }),
        Intake::Text(text) => {
            let text: Rc<str> = Rc::from(text);
            if let Some(remark) = intake::remark_on_text(&text) {
                show_info(state, &remark);
            }
            let published = published.as_deref().and_then(Stamp::parse);
            jobs::start_job(state, Purpose::Open { key, name }, text, published, out);
        }
    }
}

fn handle_message(state: &mut State, message: FromEngine, out: &mut Outcome) {
    match message {
        FromEngine::Hello { protocol, build, trouble, sample } => {
            if let Some(why) = protocol::version_conflict(protocol, &build) {
                return give_up_on_engine(state, why, out);
            }
            state.engine = WorkerState::Ready { deaths: 0 };
            if let Some(why) = trouble {
                show_trouble(state, &why);
            }
            jobs::post_waiting_job(state, out);
            jobs::count_again(state, out);
            if state.open.is_none() && state.job.is_none() {
                out.effect(Effect::WarmUp(sample));
            }
            out.follow_up(FilesAction::Start);
            // A new worker has learned nothing.
            state.learning.learned_from = None;
            state.learning.suggesting = false;
            out.follow_up(LearnAction::Start);
        }
        FromEngine::Document { job, partial, json, millis } => {
            let Some(current) = state.job.as_ref().filter(|j| j.number == job) else {
                return;
            };
            match galley_json::read(std::str::from_utf8(&json).unwrap_or_default()) {
                Ok(document) if partial => show_first_screenful(state, document, millis),
                Ok(document) => {
                    let job = current.clone();
                    state.job = None;
                    finish_job(state, job, document, millis, out);
                }
                Err(_) if partial => {}
                Err(why) => {
                    let job = current.clone();
                    state.job = None;
                    show_trouble(state, &format!("The reader's answer could not be used: {why}."));
                    jobs::give_up(state, job, out);
                }
            }
        }
        FromEngine::Requests(report) => {
            out.follow_up(DialogAction::Counted(Program::Reader, report));
        }
        FromEngine::Learned(report) => out.follow_up(LearnAction::Learned(report)),
        FromEngine::Suggested { key, suggestions, labels } => {
            out.follow_up(SuggestAction::Found { key, suggestions, labels });
        }
        FromEngine::SuggestedEverywhere(rows) => {
            out.follow_up(SuggestAction::FoundEverywhere(rows));
        }
        FromEngine::PatternHits { job, hits, trouble } => {
            out.follow_up(LearnAction::Tried { job, hits, trouble });
        }
        // Only the queue's workers are asked for this.
        FromEngine::ForList { .. } => {}
        FromEngine::Failed { job, message } => {
            if state.job.take_if(|j| j.number == job).is_some() {
                show_trouble(state, &format!("The text could not be read: {message}."));
            }
        }
    }
}

/// Shows the whole text with its beginning annotated.
fn show_first_screenful(state: &mut State, mut document: Document, millis: u32) {
    let Some(Job { purpose: Purpose::Open { key, name }, text, estimate, .. }) = &mut state.job
    else {
        return;
    };
    let Ok(whole) = SourceText::new(text) else {
        return;
    };
    if whole.as_str().starts_with(document.text.as_str()) {
        let read = document.text.len().max(1) as u64;
        let all = u64::from(millis.max(1)) * whole.len() as u64 / read;
        *estimate = u32::try_from(all).ok();
        document.text = whole;
        let mut open = Open::new(key.clone(), EditLog::new(document));
        open.name = name.clone();
        open.partial = true;
        state.open = Some(open);
    }
}

fn finish_job(state: &mut State, job: Job, document: Document, millis: u32, out: &mut Outcome) {
    match job.purpose {
        Purpose::Open { key, name } => {
            let mut open = Open::new(key, EditLog::new(document));
            open.name = name;
            open.reading_millis = Some(millis);
            show_document(state, open, out);
        }
        Purpose::Revise(key) => revise_text(state, &key, &job.text, Some(document), out),
        Purpose::Import(..) => {}
        Purpose::NewDate => {
            let published = document.published;
            if replace_analysis(state, document, out).is_some() {
                let day = published.map_or("unknown".to_owned(), |p| p.day.to_string());
                announce(state, &format!("Publication date: {day}. Relative dates follow it."));
            }
        }
        Purpose::NewWords => {
            if let Some(found) = replace_analysis(state, document, out) {
                announce(state, &format!("Read again: {found} found"));
            }
        }
    }
}

/// Shows a new document. If its first screenful is shown, what the person has chosen there stays.
fn show_document(state: &mut State, mut open: Open, out: &mut Outcome) {
    let before = state.open.take().filter(|o| o.partial && o.key == open.key);
    let found = open.shown.annotations.len();
    if state.notice.is_none() && !language::looks_english(&open.text) {
        show_info(
            state,
            "This does not look like English, the one language that Galley reads: what it found may be wrong. Select words to mark them by hand.",
        );
    }
    match before {
        Some(before) => {
            open.tab = before.tab;
            open.bottom_sheet_open = before.bottom_sheet_open;
            open.filter = before.filter;
            open.sections = before.sections;
            open.redraw();
            keep_document(state, open, out);
        }
        None => open_document(state, open, out),
    }
    announce(state, &format!("{found} found. J and K go through them, ? lists the keys."));
}

/// Puts a new analysis under the edits of the open document; the number of its annotations.
fn replace_analysis(state: &mut State, document: Document, out: &mut Outcome) -> Option<usize> {
    let open = state.open.as_mut()?;
    if let Err(why) = open.log.apply(Edit::Reread(Box::new(document))) {
        show_trouble(state, &format!("Nothing was changed: {why}."));
        return None;
    }
    open.refresh();
    let found = open.shown.annotations.len();
    save_edits(state, out);
    Some(found)
}

fn handle_death(state: &mut State, out: &mut Outcome) {
    let deaths = match state.engine {
        WorkerState::GivenUp(_) => return,
        // Only deaths before the hello are counted: a worker that has said hello can start.
        WorkerState::Ready { .. } => 0,
        WorkerState::Starting { .. } | WorkerState::NotStarted => state.engine.deaths() + 1,
    };
    state.engine = WorkerState::Starting { deaths };
    if let Some(job) = state.job.as_mut().filter(|job| job.posted) {
        job.posted = false;
        job.deaths += 1;
        if job.deaths >= MAX_DEATHS_OF_JOB {
            let job = state.job.take();
            show_trouble(
                state,
                "The reader crashed twice on this text and was restarted. Your edits are safe; you can annotate the text by hand.",
            );
            if let Some(job) = job {
                jobs::give_up(state, job, out);
            }
        } else {
            show_info(state, "The reader crashed and was restarted. Your edits are safe.");
        }
    }
    if deaths >= MAX_DEATHS {
        let why = "The reader does not start in this browser. Reload the page; your edits are safe. You can annotate texts by hand.";
        give_up_on_engine(state, why.to_owned(), out);
    } else {
        out.effect(Effect::RestartEngine);
    }
}

/// The page goes on without the engine.
fn give_up_on_engine(state: &mut State, why: String, out: &mut Outcome) {
    show_trouble(state, &why);
    state.engine = WorkerState::GivenUp(why);
    if let Some(job) = state.job.take() {
        jobs::give_up(state, job, out);
    }
    out.follow_up(FilesAction::Start);
}
