//! Jobs for the workers: started, sent, cancelled, given up.

use std::rc::Rc;

use super::announce::{announce, show_info, show_trouble};
use super::outcome::Outcome;
use super::revise::revise_text;
use super::saving::{open_document, save_edits, save_with_base};
use crate::dialog::Dialog;
use crate::effect::Effect;
use crate::intake::{unannotated_document, without_extension};
use crate::protocol::{ToEngine, ToFiles};
use crate::state::{Job, Open, Purpose, State, WorkerState};
use galley_engine::calendar::Stamp;
use galley_engine::edits::{Edit, EditLog};

/// Bytes of the first screenful; texts of three times that and more get one.
const FIRST_SCREENFUL: u32 = 8_000;

/// Starts a job; the one before is dropped.
pub(super) fn start_job(
    state: &mut State,
    purpose: Purpose,
    text: Rc<str>,
    published: Option<Stamp>,
    out: &mut Outcome,
) {
    if state.job.as_ref().is_some_and(|j| j.posted) {
        restart_engine(state, out);
    }
    state.last_job += 1;
    let job = Job {
        number: state.last_job,
        purpose,
        text,
        published,
        posted: false,
        deaths: 0,
        estimate: None,
        is_slow: false,
    };
    out.effect(Effect::StartTimer(job.number));
    if let WorkerState::GivenUp(why) = &state.engine
        && !matches!(job.purpose, Purpose::Import(..))
    {
        let why = why.clone();
        show_trouble(state, &why);
        return give_up(state, job, out);
    }
    state.job = Some(job);
    post_waiting_job(state, out);
}

fn restart_engine(state: &mut State, out: &mut Outcome) {
    out.effect(Effect::RestartEngine);
    state.engine = WorkerState::Starting { deaths: 0 };
}

/// Counts what was requested again, when it is shown and a worker has just come.
pub(super) fn count_again(state: &State, out: &mut Outcome) {
    if matches!(state.dialog, Some(Dialog::Leaving(_))) {
        out.effect(Effect::CountRequests);
    }
}

/// Sends the waiting job if its worker takes messages.
pub(super) fn post_waiting_job(state: &mut State, out: &mut Outcome) {
    let Some(job) = state.job.as_mut().filter(|j| !j.posted) else {
        return;
    };
    if let Purpose::Import(_, files) = &job.purpose {
        if state.files.is_ready() {
            job.posted = true;
            let (job, files) = (job.number, files.to_vec());
            out.effect(Effect::PostFiles(ToFiles::Open { job, files }));
        }
    } else if state.engine.is_ready() {
        job.posted = true;
        let (name, first) = match &job.purpose {
            Purpose::Open { name, .. } => (name.as_deref(), FIRST_SCREENFUL),
            Purpose::NewDate | Purpose::NewWords | Purpose::Revise(_) | Purpose::Import(..) => {
                (None, 0)
            }
        };
        out.effect(Effect::PostEngine(ToEngine::Analyze {
            job: job.number,
            text: job.text.to_string(),
            id: name.map(|n| without_extension(n).to_owned()),
            published: job.published.map(|s| s.to_string()),
            first,
            words: state.words.stored.clone(),
            learned: !state.learning.off,
        }));
    }
}

/// Ends a job without the engine: the text is opened to be annotated by hand, a new date is set as it is.
pub(super) fn give_up(state: &mut State, job: Job, out: &mut Outcome) {
    match job.purpose {
        Purpose::Open { key, name } => {
            let mut document = unannotated_document(&job.text);
            document.published = job.published;
            let mut open = Open::new(key, EditLog::new(document));
            open.name = name;
            open_document(state, open, out);
        }
        Purpose::Revise(key) => revise_text(state, &key, &job.text, None, out),
        Purpose::NewWords => {
            if state.engine.is_given_up() {
                show_info(state, "The reader is not available: the article stays as it is.");
            }
        }
        // The files worker says itself what is wrong.
        Purpose::Import(..) => {}
        Purpose::NewDate => {
            if let Some(open) = &mut state.open
                && open.log.apply(Edit::SetPublished(job.published)).is_ok()
            {
                open.refresh();
                save_edits(state, out);
            }
        }
    }
}

/// Cancels the current job. What has been read so far stays.
pub(super) fn cancel_job(state: &mut State, out: &mut Outcome) {
    let Some(job) = state.job.take() else { return };
    if job.posted {
        restart_engine(state, out);
    }
    announce(state, "Reading was cancelled");
    if let Some(open) = &mut state.open
        && open.partial
    {
        open.partial = false;
        show_info(
            state,
            "Reading was cancelled: only the beginning is marked. You can annotate the rest by hand.",
        );
        save_with_base(state, out);
    }
}
